"""Text files: one record each, to the byte where nothing goes; and which format a file has."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.errors import UnknownMedia
from cleancorpus.formats import NAMES, SUFFIXES, JsonLines, TextFile, by_name, name_of
from cleancorpus.segment import segment


def through(raw: bytes, form: TextFile | None = None) -> bytes:
    form = form or TextFile()
    ((number, content),) = form.split(io.BytesIO(raw))
    assert number == 1
    entry = form.parse(content, "a.txt")
    assert entry.record.media == form.name
    return form.render(entry, segment(entry.record))


plain = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufeff")
    | st.sampled_from("\t\n\r\f")
)


@pytest.mark.parametrize("name", ["text", "markdown"])
@given(text=plain)
def test_a_file_that_nothing_is_removed_from_comes_out_to_the_byte(name: str, text: str) -> None:
    assert through(text.encode(), TextFile(name)) == text.encode()


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
    assert through(PAGE, TextFile("html", rendering)) == written.encode()


def test_text_and_markdown_are_written_otherwise_on_request_alone() -> None:
    assert through(b"# Tea\n\n*Stir.*\n", TextFile("markdown", "text")) == b"Tea\n\nStir.\n"
    assert through(b"- Tea\n# Stir\n", TextFile("text", "markdown")) == b"- Tea\n\n\\# Stir\n"
    html = through(b"# Tea\n\nStir.\n", TextFile("markdown", "html"))
    assert b"<h1>Tea</h1>\n<p>Stir.</p>\n" in html


def test_the_charset_that_a_page_declares_is_read() -> None:
    page = '<meta charset="windows-1251"><p>Чай'
    assert through(page.encode("windows-1251"), TextFile("html")) == "Чай\n".encode()


@pytest.mark.parametrize(
    ("raw", "media"),
    [(PAGE, "text"), (b"<!DOCTYPE html>" + PAGE, "html"), (b"# Tea\n\n# Pot\n", "markdown")],
)
def test_a_file_that_nothing_is_known_of_is_looked_at(raw: bytes, media: str) -> None:
    form = by_name(None)
    assert segment(form.parse(raw, "a").record).media == media


def test_what_comes_out_is_utf8() -> None:
    assert through("\ufeffnaïve\n".encode("utf-16")) == "naïve\n".encode()


def test_formats_are_chosen_by_suffix_whatever_its_case() -> None:
    assert {name_of(Path(f"a{suffix}")) for suffix in SUFFIXES} == set(NAMES)
    assert name_of(Path("a.TXT")) == "text"
    assert name_of(Path("a.pdf")) is None
    assert name_of(Path("a.HTM")) == "html"


def test_formats_are_found_by_name() -> None:
    assert by_name("markdown") == TextFile("markdown")
    assert by_name("jsonl", field="body", removals=True) == JsonLines("body", removals=True)
    with pytest.raises(UnknownMedia, match="did you mean markdown"):
        by_name("markdwon")


def test_only_a_place_that_needs_a_number_has_one() -> None:
    assert (TextFile().place(1), TextFile().place(2)) == ("", ", record 2")
    assert JsonLines().place(2) == ", line 2"
