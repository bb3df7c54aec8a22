"""Text files: one record each, to the byte where nothing goes; and which format a file has."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.errors import UnknownFormat
from cleancorpus.formats import FORMATS, format_of, make_sink, make_source
from cleancorpus.formats.base import Raw, Start, Writing
from cleancorpus.formats.files import TextFile, TextSink
from cleancorpus.formats.jsonl import JsonLines, JsonLinesSink
from cleancorpus.formats.warc import Warc, WarcSink
from cleancorpus.segment import segment

LIMIT = 1 << 20


def cut(data: bytes, start: Start | None = None, max_bytes: int = LIMIT) -> list[Raw]:
    return list(TextFile().split(io.BytesIO(data), start or Start(), max_bytes))


def through(data: bytes, name: str = "text", rendering: str | None = None) -> bytes:
    form, sink = TextFile(name), TextSink(name, Writing(rendering=rendering))
    (raw,) = cut(data)
    assert raw == Raw(1, data, len(data))
    entry = form.parse(raw.data, form.head(io.BytesIO(data)), "a.txt")
    assert (entry.record.media, entry.record.id, entry.fields) == (name, "a.txt", {"id": "a.txt"})
    return b"".join(sink.encode([sink.row(entry, segment(entry.record))], b""))


plain = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
    | st.sampled_from("\t\n\r\f")
)


@pytest.mark.parametrize("name", ["text", "markdown"])
@given(text=plain)
def test_a_file_that_nothing_is_removed_from_comes_out_to_the_byte(name: str, text: str) -> None:
    assert through(text.encode(), name) == text.encode()


@pytest.mark.parametrize("raw", [b"", b"\n", b" \r\n\t\n\n", b"no line end", b"a\r\nb\r\n"])
def test_line_ends_and_blank_lines_stay(raw: bytes) -> None:
    assert through(raw) == raw


PAGE = b"<h1>Tea</h1><ul><li>water<li>leaves</ul><p>Stir &amp; wait."


@pytest.mark.parametrize(
    ("rendering", "written"),
    [
        (None, "Tea\n\nwater\nleaves\n\nStir & wait.\n"),
        ("text", "Tea\n\nwater\nleaves\n\nStir & wait.\n"),
        ("markdown", "# Tea\n\n- water\n- leaves\n\nStir & wait.\n"),
    ],
)
def test_a_page_is_written_as_text_or_as_is_wanted(rendering: str | None, written: str) -> None:
    assert through(PAGE, "html", rendering) == written.encode()


def test_text_and_markdown_are_written_otherwise_on_request_alone() -> None:
    assert through(b"# Tea\n\n*Stir.*\n", "markdown", "text") == b"Tea\n\nStir.\n"
    assert through(b"- Tea\n# Stir\n", "text", "markdown") == b"- Tea\n\n\\# Stir\n"
    html = through(b"# Tea\n\nStir.\n", "markdown", "html")
    assert b"<h1>Tea</h1>\n<p>Stir.</p>\n" in html


def test_the_charset_that_a_page_declares_is_read() -> None:
    page = '<meta charset="windows-1251"><p>Чай'
    assert through(page.encode("windows-1251"), "html") == "Чай\n".encode()


@pytest.mark.parametrize(
    ("raw", "media"),
    [(PAGE, "text"), (b"<!DOCTYPE html>" + PAGE, "html"), (b"# Tea\n\n# Pot\n", "markdown")],
)
def test_a_file_that_nothing_is_known_of_is_looked_at(raw: bytes, media: str) -> None:
    form = make_source(None)
    assert segment(form.parse(raw, b"", "a").record).media == media


def test_what_comes_out_is_utf8() -> None:
    assert through("\ufeffnaïve\n".encode("utf-16")) == "naïve\n".encode()


@pytest.mark.parametrize("size", [0, 1, 9, 10])
def test_a_file_up_to_the_limit_is_one_record(size: int) -> None:
    assert cut(b"x" * size, max_bytes=10) == [Raw(1, b"x" * size, size)]


@pytest.mark.parametrize("size", [11, 3 << 20])
def test_a_file_over_the_limit_is_told_with_its_size(size: int) -> None:
    (raw,) = cut(b"x" * size, max_bytes=10)
    assert (raw.data, raw.next) == (b"", size)
    assert raw.error == f"{size:,} bytes, over the limit of 10: --max-bytes raises it"


def test_after_its_one_record_a_file_has_no_other() -> None:
    (raw,) = cut(b"Tea.\n")
    assert cut(b"Tea.\n", Start(raw.next, raw.number + 1)) == []


def test_all_that_is_handed_to_workers_can_be_pickled() -> None:
    form, sink = TextFile("html"), TextSink("markdown", Writing(extras=("removals",)))
    entry = form.parse(PAGE, b"", "a")
    for one in (form, sink, entry, *cut(PAGE)):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes


def test_formats_are_chosen_by_suffix_whatever_its_case_and_packing() -> None:
    for name, form in FORMATS.items():
        for suffix in form.suffixes:
            for written in (suffix, suffix.upper(), f"{suffix}.gz", f"{suffix}.ZST"):
                assert format_of(Path(f"a{written}")) == name
    assert format_of(Path("a.pdf")) is None
    assert format_of(Path("a.gz")) is None


def test_formats_are_found_by_name() -> None:
    assert make_source("markdown") == TextFile("markdown")
    assert make_source("jsonl", "body", "html") == JsonLines("body", "html")
    assert make_source("warc") == Warc()
    writing = Writing("clean", "markdown", ("removals",))
    assert make_sink("text", writing) == TextSink("text", writing)
    assert make_sink("jsonl", writing) == JsonLinesSink(writing)
    assert make_sink("warc", writing) == WarcSink(writing)
    for make in (make_source, lambda name: make_sink(name, writing)):
        with pytest.raises(UnknownFormat, match="did you mean markdown"):
            make("markdwon")


def test_only_a_place_that_needs_a_number_has_one() -> None:
    assert (TextFile().place(1), TextFile().place(2)) == ("", ", record 2")
    assert JsonLines().place(2) == ", line 2"
    assert Warc().place(2) == ", record 2"
