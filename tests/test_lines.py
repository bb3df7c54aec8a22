"""The compiled twin reads a page's lines as Python does, and finds in them what Python finds."""

from __future__ import annotations

import io
import itertools
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus import Block, Record, phrases, segment
from cleancorpus.measures import shown
from cleancorpus.page.compiled import compiled
from cleancorpus.page.finds import find, look_up
from cleancorpus.page.line import measure, read_in_python
from cleancorpus.testing import texts

EXAMPLES = Path(__file__).parents[1] / "docs" / "examples"

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")

PHRASES = sorted({hit.phrase for code in phrases.languages() for hit in phrases.load(code).phrases})
DATES = sorted({date for code in phrases.languages() for date in phrases.load(code).dates})
SIGNS = [
    " ", "  ", "   ", "\t", "\u00a0", "\u2009", "\u200b", "\u3000", "\x1c", "|", "·", "›", "»", ">",
    " > ", "/", " / ", "–", " - ", "-", ":", ": ", "：", ".", ". ", "! ", "。", "(", ")", "[", "]",
    "）", "@", "×", "÷", "→", "★", "☰", "‘", "”", "_", "²", "\0", "\ud800", "\u0307",
]  # fmt: skip
pieces = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(PHRASES).map(str.title),
    st.sampled_from(DATES),
    st.sampled_from(SIGNS),
    st.sampled_from(["2024", "1,204", "1.2K", "0", "12:30", "2024-05-01", "٣", "½"]),
    st.sampled_from(
        [
            "a",
            "Words",
            "YouTube",
            "HomeContact",
            "aÀ",
            "é",
            "ß",
            "İ",
            "东京",
            "Übersicht",
            "МенюПоиск",
            "Éa",
            "🔹",
            "✉️",
        ]
    ),
    st.sampled_from(["a@b.org", "word " * 9, "long " * 41, "x" * 4_001, "news! " * 121]),
    texts(2),
)
glue = st.sampled_from(["", " ", " ", " ", " | ", ". "])
lines = st.lists(st.tuples(pieces, glue).map("".join), max_size=8).map("".join)


def assert_alike(blocks: list[Block], *languages: str) -> None:
    index = phrases.index("en", *languages)
    measured, shapes = measure(blocks)
    look_up(measured, shapes, index)
    read = read_in_python([shown(block) for block in blocks])
    for line, key, words in zip(measured, read.keys, read.words, strict=True):
        assert (line.key, line.words) == (key, words), line.text
        assert (line.hits, line.is_date, line.parts) == tuple(find(line, index)), line.text


@needs_compiled
@given(st.lists(lines, max_size=6), st.sampled_from(phrases.languages()))
@example(["1 2 3", "24", "5min", "May 2024", "0 shares", "12k Followers"], "en")
@example(["Photo: Ann Lee (Photo by Ann Lee)", "Source: Reuters", "He left. Photo: Ann Lee"], "en")
@example(["HomeContactSearch", "“HomeContact”", "iPhone Home", "Home × Contact"], "en")
@example(["Home About us Contact", "Home 2 Contact", "the for by", "Share 24 Tweet 3"], "en")
@example(["word! Photo  Ann. Lee   x. ", "a-b", "a - b", "a >b", "Share this:", "By: x"], "en")
def test_lines_hold_what_python_finds(found: list[str], language: str) -> None:
    assert_alike([Block(text) for text in found], language)


@needs_compiled
@pytest.mark.parametrize("language", phrases.languages())
def test_all_phrases_of_a_pack_are_found(language: str) -> None:
    found = [hit.phrase for hit in phrases.load(language).phrases]
    found += phrases.load(language).dates
    framed = [
        form.format(phrase)
        for phrase, form in itertools.product(
            found, ("{}", "{} more words", "words {}", "a {} b", "{}: 3", "A text. {} Ann", "({})")
        )
    ]
    assert_alike([Block(text) for text in framed], language)


@needs_compiled
def test_each_character_is_read_as_in_python() -> None:
    chars = [chr(code) for code in range(0x3100) if not 0xD800 <= code < 0xE000]
    forms = ("a{}b", "Home{}", "x{} Y{}Z 1{}2", "(Home{})", "Home{}: 3", "one. Photo{} x")
    assert_alike([Block(form.replace("{}", char)) for char in chars for form in forms])


@needs_compiled
@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.*.*")), ids=lambda path: path.name)
def test_the_examples_are_read_alike(path: Path) -> None:
    media = {".txt": "text", ".md": "markdown", ".html": "html"}[path.suffix]
    document = segment(Record(path.read_text("utf-8"), media=media))
    assert_alike(list(document.blocks), path.suffixes[0][1:])


@needs_compiled
@pytest.mark.gold
def test_pages_are_read_alike(data: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    with (data / "wcxb-dev.jsonl.zst").open("rb") as file:
        source = io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")
        for line in itertools.islice(source, 0, None, 12):
            document = segment(Record(json.loads(line)["html"], media="html"))
            assert_alike(list(document.blocks), "de", "fr")


@needs_compiled
@pytest.mark.parametrize(
    "call",
    [
        lambda module: module.make_table((), ((0, 0, b"a", b" a "),), (), (9, 9, 9, 9)),
        lambda module: module.make_table((), ((7, 0, b"a", b" a "),), (1, 2), (9, 9, 9, 9)),
        lambda module: module.make_table((), ((0, 8, b"a", b" a "),), (1, 2), (9, 9, 9, 9)),
        lambda module: module.make_table((), ((0, 0, b"a", b""),), (1, 2), (9, 9, 9, 9)),
        lambda module: module.make_table((), (), (), (999, 9, 9, 9)),
        lambda module: module.look_up(
            module.make_table((), (), (), (9, 9, 9, 9)), ["a"], b"", ["a"], (b"", b"")
        ),
        lambda module: module.read(["a"], (b"aa", b""), 9),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[ModuleType], object]) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match=r"hits|mode|length"):
        call(module)


def test_python_reads_where_the_twin_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLEANCORPUS_WALK", "python")
    compiled.cache_clear()
    assert compiled() is None
    assert_alike([Block("Home | Contact"), Block("YouTube"), Block("Share this: 24")])
    monkeypatch.undo()
    compiled.cache_clear()
