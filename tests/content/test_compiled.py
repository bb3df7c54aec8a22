"""The words of class, id and role as the compiled twin knows them, and how it is turned off."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from cleancorpus.content.compiled import compiled
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import as_matrix

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled counts are not built")


@needs_compiled
@pytest.mark.parametrize(
    "call",
    [
        lambda module: module.make_vocabulary([(b"w" * 25, 1)]),
        lambda module: module.make_vocabulary([(b"", 1)]),
        lambda module: module.make_vocabulary([(b"%d" % at, 1) for at in range(3_000)]),
    ],
)
def test_words_that_do_not_fit_are_refused(call: Callable[[ModuleType], object]) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="word"):
        call(module)


def test_python_counts_where_the_compiled_ones_are_not_wanted(
    monkeypatch: pytest.MonkeyPatch, drawn: Callable[[int], Any]
) -> None:
    expected = as_matrix(read_features(drawn(1)))
    monkeypatch.setenv("CLEANCORPUS_WALK", "python")
    compiled.cache_clear()
    assert compiled() is None
    assert as_matrix(read_features(drawn(1))).tobytes() == expected.tobytes()
    monkeypatch.undo()
    compiled.cache_clear()
