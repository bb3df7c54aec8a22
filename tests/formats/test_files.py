"""Text files: one record each, to the byte where nothing goes; and which format a file has."""

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.errors import UnknownMedia
from cleancorpus.formats import NAMES, SUFFIXES, JsonLines, TextFile, by_name, is_html, name_of
from cleancorpus.segment import segment


def through(raw: bytes, name: str = "text") -> bytes:
    form = TextFile(name)
    ((number, content),) = form.split(io.BytesIO(raw))
    assert number == 1
    entry = form.parse(content, "a.txt")
    assert entry.record.media == name
    return form.render(entry, segment(entry.record))


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


def test_what_comes_out_is_utf8() -> None:
    assert through("\ufeffnaïve\n".encode("utf-16")) == "naïve\n".encode()


def test_formats_are_chosen_by_suffix_whatever_its_case() -> None:
    assert {name_of(Path(f"a{suffix}")) for suffix in SUFFIXES} == set(NAMES)
    assert name_of(Path("a.TXT")) == "text"
    assert name_of(Path("a.pdf")) is None
    assert is_html(Path("a.HTM"))
    assert not is_html(Path("a.md"))


def test_formats_are_found_by_name() -> None:
    assert by_name("markdown") == TextFile("markdown")
    assert by_name("jsonl", field="body", removals=True) == JsonLines("body", removals=True)
    with pytest.raises(UnknownMedia, match="did you mean markdown"):
        by_name("markdwon")


def test_only_a_place_that_needs_a_number_has_one() -> None:
    assert (TextFile().place(1), TextFile().place(2)) == ("", ", record 2")
    assert JsonLines().place(2) == ", line 2"
