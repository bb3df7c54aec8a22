"""The compiled twin counts a page as Python does, to the last bit."""

from __future__ import annotations

import io
import json
import os
import random
from array import array
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.content import features, vocabulary
from cleancorpus.content.compiled import compiled
from cleancorpus.content.counting import Counted, count
from cleancorpus.content.names import HTML
from cleancorpus.content.vocabulary import TAGS
from cleancorpus.segment.html import walk
from cleancorpus.testing import pages

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled counts are not built")
SAMPLE = 5  # every so manieth page; all of them with CLEANCORPUS_ALL_PAGES set

NAMES = (
    *("div", "p", "h1", "h2", "h6", "footer", "article", "nav", "li", "ul", "pre", "blockquote"),
    *("td", "tr", "a", "span", "section", "x-y", "hgroup", "noscript"),
)
VALUES = (
    *("", "nav", "post-body x", "\xa0sideBar nav", "\x1f", "menu\u2003a", "mainContent", "é"),
    *("\U0001f375 comment", "nav", "x" * 30, "a\x00b"),
)
WORDS = ("a", "Über", "3.", "話。", "\U0001d54f", "end.”", "and so on, ", "word " * 11, "x " * 25)


@st.composite
def elements(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    """An element with what the counts ask for."""
    name, keys = draw(st.sampled_from(NAMES)), st.sampled_from(("class", "id", "role", "hidden"))
    attributes = draw(st.dictionaries(keys, st.sampled_from(VALUES), max_size=2))
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    href = ' href="/x"' if name == "a" else ""
    return f"<{name}{written}{href}>{draw(inner)}</{name}>"


markup = st.recursive(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join),
    lambda inner: st.one_of(elements(inner), st.lists(inner, max_size=5).map("".join)),
    max_leaves=25,
)


def in_bytes(found: Counted) -> dict[str, bytes | float]:
    """Everything that was counted; bytes tell one NaN, and a zero from its negative."""
    parts: dict[str, Any] = found._asdict() | {
        f"groups.{name}": getattr(found.groups, name) for name in found.groups.__slots__
    }
    del parts["groups"]
    parts["numbers"] = parts["numbers"][: HTML.slices["page"].start]
    parts["tag_counts"] = parts["tag_counts"][: len(TAGS)].astype(np.int64)
    return {
        name: part if isinstance(part, float) else np.ascontiguousarray(part).tobytes()
        for name, part in parts.items()
    }


def compare(columns: Any, headline: int | None = None) -> None:  # noqa: ANN401 - of both kinds
    module = compiled()
    assert module is not None
    if headline is None:
        headline = features._headline(columns)
    found = in_bytes(count(module, columns, headline))
    assert found == in_bytes(features.count_in_python(columns, headline))


def edited(page: Any, **columns: Any) -> Any:  # noqa: ANN401 - a page of the fixtures
    """The page with columns of its elements, or else of its blocks, put in place."""
    for name in list(columns):
        if hasattr(page.elements, name):
            page.elements = replace(page.elements, **{name: columns.pop(name)})
    return replace(page, **columns)


def changed(column: Any, at: int, value: int) -> array[int]:  # noqa: ANN401 - array or list
    found = array("i", column)
    found[at] = value
    return found


@needs_compiled
@pytest.mark.parametrize("seed", range(30))
def test_drawn_pages_are_counted_alike(drawn: Callable[[int], Any], seed: int) -> None:
    page = drawn(seed)
    for headline in (0, len(page.text) // 2, len(page.text) - 1):
        compare(page, headline)


def altered(page: Any, seed: int) -> Any:  # noqa: ANN401 - a page of the fixtures
    """The page with other numbers and classes, some of which no walk would write."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    texts = page.text
    classes = ["", *(rng.choice(VALUES) + rng.choice(VALUES) for _ in page.elements.classes[1:])]
    return edited(
        page,
        link_chars=[rng.randrange(len(text) + 3) for text in texts],
        links=[rng.randrange(9) for _ in texts],
        words=[rng.randrange(60) for _ in texts],
        classes=classes,
        hidden_rows=array("i", rng.sample(range(len(page.elements.parent)), 3)),
    )


@needs_compiled
@pytest.mark.parametrize("seed", range(60))
def test_altered_pages_are_counted_alike(drawn: Callable[[int], Any], seed: int) -> None:
    page = altered(drawn(seed), seed)
    compare(page)
    # Blocks that no element holds are met nowhere.
    first, end, half = page.elements.first_block, page.elements.end_block, len(page.text) // 2
    held = (array("i", [min(at, half) for at in column]) for column in (first, end))
    compare(edited(page, **dict(zip(("first_block", "end_block"), held, strict=True))))


CHARACTERS = (
    *("articleBody", "NAV", "x1 related", "side~bar", "\ud800", "𝒳", "3.", "٣", "。", "ÀÉ", "Ω"),
    *("a" * 40, "end.”", "\uffff", "\x7f", "\x00", "~", "a" * 60_001 + ".", "ab" * 30_000 + "É."),
)


@needs_compiled
def test_odd_characters_are_counted_alike(page_of: Callable[[Any], Any]) -> None:
    page = page_of(("body", "", [("p", one, [f"{one} ", one]) for one in CHARACTERS]))
    compare(page)
    compare(edited(page, text=[*CHARACTERS, *CHARACTERS]))


@needs_compiled
def test_every_word_of_the_vocabulary_is_known(page_of: Callable[[Any], Any]) -> None:
    known = [word for words in vocabulary.CATEGORIES.values() for word in words.split()]
    page = page_of(("body", "", [("p", word, ["a"]) for word in known]))
    compare(page)
    assert vocabulary.bits_of(known).all()


@needs_compiled
def test_an_empty_footer_is_none(page_of: Callable[[Any], Any]) -> None:
    compare(page_of(("body", "", ["a", ("footer", "", []), "b", ("footer", "x", ["c"])])))


@needs_compiled
@given(st.one_of(pages(), markup))
def test_pages_of_html_are_counted_alike(page: str) -> None:
    columns = walk(page)
    if columns.text:
        compare(columns)


@pytest.mark.gold
@needs_compiled
def test_real_pages_are_counted_alike(data: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    step = 1 if os.environ.get("CLEANCORPUS_ALL_PAGES") else SAMPLE
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    compared = 0
    with (data / "wcxb-dev.jsonl.zst").open("rb") as file:
        for at, line in enumerate(io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")):
            columns = walk(json.loads(line)["html"]) if at % step == 0 else None
            if columns is not None and columns.text:
                compare(columns)
                compared += 1
    assert compared > 200


@needs_compiled
@pytest.mark.parametrize(
    "edit",
    [
        lambda page: edited(page, element=changed(page.element, 0, len(page.elements.parent))),
        lambda page: edited(page, element=changed(page.element, 3, -1)),
        lambda page: edited(page, element=page.element[:-1]),
        lambda page: edited(page, links=page.links[1:]),
        lambda page: edited(page, text=[], element=[], link_chars=[], links=[], words=[]),
        lambda page: edited(page, parent=changed(page.elements.parent, 2, 2)),
        lambda page: edited(page, parent=changed(page.elements.parent, 2, -1)),
        lambda page: edited(page, parent=page.elements.parent[:-1]),
        lambda page: edited(page, tag=changed(page.elements.tag, 1, 999)),
        lambda page: edited(page, tag=changed(page.elements.tag, 1, -1)),
        lambda page: edited(page, class_at=changed(page.elements.class_at, 1, 99)),
        lambda page: edited(page, classes=page.elements.classes[:-1]),
        lambda page: edited(page, classes=[]),
        lambda page: edited(page, first_block=changed(page.elements.first_block, 1, -1)),
        lambda page: edited(page, end_block=changed(page.elements.end_block, 1, 9_999)),
        lambda page: edited(page, hidden_rows=array("i", [9_999])),
        lambda page: edited(page, attribute_rows=array("i", [0])),
        lambda page: edited(
            page, attribute_rows=array("i", [-1]), attribute_names=["id"], attribute_texts=["nav"]
        ),
    ],
)
def test_columns_that_cannot_be_are_refused(
    drawn: Callable[[int], Any], edit: Callable[[Any], Any]
) -> None:
    module = compiled()
    assert module is not None
    page = drawn(1)
    count(module, page, 0)
    with pytest.raises(ValueError, match=r"length|parent|there|rows|tables"):
        count(module, edit(page), 0)


@needs_compiled
@pytest.mark.parametrize("headline", [-1, 10_000])
def test_a_headline_outside_the_page_is_refused(drawn: Callable[[int], Any], headline: int) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="headline"):
        count(module, drawn(1), headline)


@needs_compiled
def test_texts_and_classes_that_are_none_are_refused(drawn: Callable[[int], Any]) -> None:
    module = compiled()
    assert module is not None
    page = drawn(1)
    with pytest.raises(TypeError):
        count(module, edited(page, classes=[*page.elements.classes, None]), 0)
    page.text[0] = ("no", "text")
    with pytest.raises(TypeError):
        count(module, page, 0)
