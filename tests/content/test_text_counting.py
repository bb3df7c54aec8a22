"""The compiled twin counts a text as Python does, to the last bit."""

from __future__ import annotations

import json
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus import Block, Document, Kind, Record, page, segment
from cleancorpus.content.compiled import compiled
from cleancorpus.content.text_columns import TextColumns, read_columns
from cleancorpus.content.text_counting import CountedText, count
from cleancorpus.content.text_features import count_in_python
from cleancorpus.testing import documents

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")
SAMPLE = 5  # every so manieth text; all of them with CLEANCORPUS_ALL_PAGES set

WORDS = ("the", "ferry", "of", "é", "", "日", "a", "2024", "und", "der", "Home", "carries", "back.")
SPOKEN = (
    "the",
    "ferry",
    "of",
    "é",
    "a",
    "2024",
    "und",
    "Home",
    "carries",
    *"bcdfghjklmnpqrstvwxyz",
)
TEXTS = (
    *(
        "ÀB c.",
        "٣ x:",
        "\ud800",
        "𝒳：",
        "• Home",
        "\xa0A",
        "ǅ",
        "ⓐ Ⅷ ²",
        "话。",
        "|»_*",
        "A a\u2003B",
    ),
    *(
        "http://a.org/the-ferry",
        "https://a.org/ferry ",
        "https://a.org/ ferry",
        "http:/a",
        "http://",
    ),
    *(
        "Read more",
        "Share this",
        "Posted on 12 May 2024",
        "12 May 2024",
        "Photo: the ferry",
        "Fares:",
    ),
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
)
blocks = st.builds(
    Block,
    text=st.one_of(
        st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join),
        st.sampled_from(TEXTS),
        st.text(min_size=1, max_size=9),
    ),
    kind=st.sampled_from(Kind),
    mark=st.sampled_from(["", "", "- ", "  ", "\t* "]),
    level=st.integers(-1, 9),
    link_chars=st.integers(-1, 200),
    shown=st.sampled_from([None, None, "", "shown"]),
)


def in_bytes(found: CountedText) -> dict[str, tuple[str, bytes]]:
    """Everything that was counted; bytes tell one NaN, and a zero from its negative."""
    parts: dict[str, Any] = found._asdict() | {
        f"groups.{name}": getattr(found.groups, name) for name in found.groups.__slots__
    }
    del parts["groups"]
    return {
        name: (str(part.dtype), np.ascontiguousarray(part).tobytes())
        for name, part in parts.items()
    }


def columns_of(document: Document) -> TextColumns:
    return read_columns(document, page.read(document))


def edited(columns: TextColumns, **changed: Any) -> TextColumns:  # noqa: ANN401 - of other types
    return columns._replace(**changed)


def compare(columns: TextColumns) -> None:
    module = compiled()
    assert module is not None
    assert in_bytes(count(module, columns)) == in_bytes(count_in_python(columns))


@needs_compiled
@given(st.lists(blocks, min_size=1, max_size=60))
@example([Block("x" * 60_001 + ":")])
@example([Block("ab" * 30_000 + "É.")])
@example([Block("word " * 25), *[Block("x")] * 1_100])  # further than distances are told
def test_drawn_lines_are_counted_alike(found: list[Block]) -> None:
    compare(columns_of(Document(tuple(found))))


@needs_compiled
@given(documents())
def test_drawn_documents_are_counted_alike(document: Document) -> None:
    if document.blocks:
        compare(columns_of(document))


def chance(seed: int) -> TextColumns:
    """The columns of a text of chance, and of chance what reading found in it."""
    rng = random.Random(seed)  # noqa: S311 - no secret
    count = rng.randrange(1, 90)
    texts = [
        rng.choice(TEXTS) if rng.random() < 0.3 else " ".join(rng.choices(SPOKEN, k=length))
        for length in rng.choices((1, 2, 3, 4, 7, 8, 9, 10, 14, 15, 20, 24, 25, 32), k=count)
    ]
    kinds = rng.choices((Kind.LINE, *Kind), (30, *[1] * len(Kind)), k=count)
    found = [Block(text or "x", kind) for text, kind in zip(texts, kinds, strict=True)]
    chars = [len(text) * 2 // 5 for text in texts]
    begin, end = sorted((rng.randrange(count), rng.randrange(count)))
    flags = ("is_item", "is_indented", "is_prose", "is_furniture", "is_aside", "is_date")
    return edited(
        columns_of(Document(tuple(found))),
        link_chars=[rng.choice((0, few, few + 1, 999)) for few in chars],
        levels=rng.choices((0, 1, 6, 7, 8), k=count),
        gaps=rng.choices((0, 0, 1, 3), k=count),
        phrases=[rng.choice((0, 0, rng.randrange(1 << 22))) for _ in texts],
        headline=rng.randrange(count),
        headlines=rng.sample(range(count), min(2, count)),
        body=range(begin, end),
        **{name: rng.choices((False, False, True), k=count) for name in flags},
    )


@needs_compiled
@pytest.mark.parametrize("seed", range(60))
def test_whatever_reading_found_is_counted_alike(seed: int) -> None:
    compare(chance(seed))


@pytest.mark.gold
@needs_compiled
def test_real_texts_are_counted_alike(data: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    step = 1 if os.environ.get("CLEANCORPUS_ALL_PAGES") else SAMPLE
    compared = 0
    with zstandard.open(data / "wcxb-dev.jsonl.zst", "rt", encoding="utf-8") as file:
        for at, line in enumerate(file):
            if at % step:
                continue
            document = segment(Record(json.loads(line)["html"], media="html"))
            for media, text in (("text", document.text), ("markdown", document.markdown)):
                read = segment(Record(text, media=media))
                if read.blocks:
                    compare(columns_of(read))
                    compared += 1
    assert compared > 400


COLUMNS = ("texts", "keys", "kinds", "words", "link_chars", "levels", "gaps", "phrases", "is_item")
SOURCE = "Home\nThe ferry came back on Monday, and it carries cars.\nShare this\n"


@needs_compiled
@pytest.mark.parametrize(
    "edit",
    [
        *(lambda it, name=name: {name: getattr(it, name)[1:]} for name in COLUMNS),
        lambda it: {"copies": it.copies[1:]},
        lambda _: {"headline": 3},
        lambda _: {"headline": -1},
        lambda _: {"headlines": [3]},
        lambda _: {"headlines": [-1]},
        lambda _: {"body": range(4)},
        lambda _: {"body": range(-1, 2)},
        lambda _: {"body": range(2, 1)},
        lambda _: {"kinds": ["line"] * 3},
        lambda _: {name: [] for name in COLUMNS} | {"copies": np.zeros(0, np.float32)},
    ],
)
def test_columns_that_cannot_be_are_refused(
    edit: Callable[[TextColumns], dict[str, Any]],
) -> None:
    module, columns = compiled(), columns_of(segment(Record(SOURCE, media="text")))
    assert module is not None
    count(module, columns)
    with pytest.raises(ValueError, match=r"length|there|line"):
        count(module, edited(columns, **edit(columns)))


@needs_compiled
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("texts", [None] * 3),
        ("keys", [None] * 3),
        ("words", ["1"] * 3),
        ("headlines", ["1"]),
        ("stopwords", [1]),
        ("stopwords", None),
        ("is_prose", (True,) * 3),
    ],
)
def test_columns_of_other_things_are_refused(name: str, value: object) -> None:
    module, columns = compiled(), columns_of(segment(Record(SOURCE, media="text")))
    assert module is not None
    with pytest.raises((TypeError, ValueError)):
        count(module, edited(columns, **{name: value}))


@needs_compiled
def test_a_number_past_all_bounds_is_refused() -> None:
    module, columns = compiled(), columns_of(segment(Record(SOURCE, media="text")))
    assert module is not None
    with pytest.raises(OverflowError):
        count(module, edited(columns, words=[1, 2, 1 << 64]))
