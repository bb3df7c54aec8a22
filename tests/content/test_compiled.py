"""The compiled counts are those of Python, to the last one."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus.content import shape, tree, vocabulary
from cleancorpus.content.compiled import compiled

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled counts are not built")

pieces = st.one_of(
    st.sampled_from(
        ["articleBody", "nav", "NAV", "x1 related", "side~bar", "é", "\ud800", "𝒳", " "]
    ),
    st.sampled_from(["3.", "٣", "。", "ÀÉ", "Ω", "a" * 40, "end.”", "\uffff", "\x7f", "\x00"]),
    st.text(max_size=8),
)
texts = st.lists(st.lists(pieces, min_size=1).map("".join).filter(bool), min_size=1, max_size=6)


@needs_compiled
@given(texts)
@example(["", "-"])
def test_words_have_the_same_bits(found: list[str]) -> None:
    assert vocabulary.bits_of(found).tolist() == vocabulary.bits_in_python(found).tolist()


@needs_compiled
def test_every_word_of_the_vocabulary_is_known() -> None:
    found = [word for words in vocabulary.CATEGORIES.values() for word in words.split()]
    assert vocabulary.bits_of(found).all()
    assert vocabulary.bits_of(found).tolist() == vocabulary.bits_in_python(found).tolist()


@needs_compiled
@given(texts)
@example(["a" * 60_001 + "."])
@example(["ab" * 30_000 + "É."])
def test_characters_are_counted_alike(found: list[str]) -> None:
    shapes = shape.read_shapes(found, [1] * len(found))
    counted = (shapes.chars, shapes.marks, shapes.digits, shapes.capitals, shapes.sentence_end)
    assert np.array(counted).tolist() == shape.counts_in_python(found).tolist()


@needs_compiled
@pytest.mark.parametrize("seed", range(20))
def test_containers_are_the_same(drawn: Callable[[int], Any], seed: int) -> None:
    elements = drawn(seed).elements
    bits = np.arange(len(elements.parent), dtype=np.int64) ** 3
    found = tree._containers(elements, bits)
    for one, other in zip(found, tree.containers_in_python(elements, bits), strict=True):
        assert one.tolist() == other.tolist()


@needs_compiled
@pytest.mark.parametrize(
    "call",
    [
        lambda module: module.containers(b"\0\0\0\0", b"", b"", b""),
        lambda module: module.containers(b"\1\0\0\0" * 2, b"\0" * 8, b"\0" * 8, b"\0" * 16),
        lambda module: module.shapes(["a"], b"short", 9),
        lambda module: module.make_vocabulary([(b"w" * 25, 1)]),
        lambda module: module.make_vocabulary([(b"%d" % at, 1) for at in range(3_000)]),
    ],
)
def test_columns_that_cannot_be_are_refused(call: Callable[[ModuleType], object]) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match=r"length|parent|word"):
        call(module)


def test_python_counts_where_the_compiled_ones_are_not_wanted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLEANCORPUS_WALK", "python")
    compiled.cache_clear()
    assert compiled() is None
    assert vocabulary.bits_of(["nav"]).tolist() == vocabulary.bits_in_python(["nav"]).tolist()
    monkeypatch.undo()
    compiled.cache_clear()
