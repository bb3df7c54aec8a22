from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Kind, Record, segment
from cleancorpus.segment import sniff
from cleancorpus.segment.plain import plain_blocks
from cleancorpus.testing import LINE_ENDS, texts

WRAPPED = """\
The lamp at the north pier was lit again on Monday, eleven weeks after
a storm had broken the glass and left the fishing boats without a
light to steer by. Two engineers carried the new lens up the stairs in
four pieces, because the crane could not be moved close enough.

The repair cost less than feared, and the harbour office will pay it
over three years. Visitors may climb the tower again from the first of
May, if the stairs are dry.
"""
POEM = """\
The river rises, the river falls,
the miller sleeps in his crooked house,
and the willow leans on the garden walls
over the bank of the water mouse.

A child throws pebbles into the weir
because a pebble must sink and sleep,
and nobody comes to tell it here
that the water is cold and deep.
"""


@pytest.mark.parametrize("join_wrapped", [None, True, False])
@given(text=texts())
def test_blocks_lie_in_the_source_in_order(text: str, join_wrapped: bool | None) -> None:
    place = 0
    left = []
    for block in plain_blocks(text, join_wrapped):
        assert block.start is not None
        assert block.end is not None
        assert text[block.start : block.end] == block.text
        assert text[block.start - len(block.mark) : block.start] == block.mark
        assert block.start - len(block.mark) >= place
        assert block.text.strip() == block.text != ""
        left.append(text[place : block.start - len(block.mark)])
        place = block.end
    left.append(text[place:])
    assert not "".join(left).strip(), "text outside of all blocks"


@given(texts())
def test_without_joining_a_line_is_a_block(text: str) -> None:
    found = [block.mark + block.text for block in plain_blocks(text, join_wrapped=False)]
    assert [line.strip() for line in found] == [
        line.strip() for line in text.splitlines() if line.strip()
    ]


@given(texts())
def test_the_text_comes_back_to_the_character(text: str) -> None:
    document = segment(Record(text, media="text"))
    assert document.text == document.source


@pytest.mark.parametrize("line_end", LINE_ENDS)
def test_every_line_end_survives(line_end: str) -> None:
    text = f"  one{line_end}\t{line_end}{line_end}two  {line_end}"
    document = segment(Record(text, media="text"))
    assert [block.text for block in document.blocks] == ["one", "two"]
    assert document.text == text


def test_hard_wrapped_text_is_joined_to_paragraphs() -> None:
    found = plain_blocks(WRAPPED)
    assert [block.kind for block in found] == [Kind.PARAGRAPH, Kind.PARAGRAPH]
    assert found[0].text.startswith("The lamp")
    assert found[0].text.endswith("close enough.")
    assert len(plain_blocks(WRAPPED, join_wrapped=False)) == 7


def test_wrapped_text_with_windows_line_ends_is_joined_too() -> None:
    text = WRAPPED.replace("\n", "\r\n")
    assert len(plain_blocks(text)) == 2
    assert segment(Record(text, media="text")).text == text


def test_a_poem_is_not_joined() -> None:
    assert len(plain_blocks(POEM)) == 8


def test_a_menu_is_not_joined() -> None:
    assert len(plain_blocks("Home\nNews\nSport\nWeather\nAbout us\nContact\n")) == 6


def test_a_list_stands_apart_from_the_wrapped_text_before_it() -> None:
    text = WRAPPED + "- one of the things that were\n  carried up\n- another\n"
    kinds = [block.kind for block in plain_blocks(text)]
    assert kinds.count(Kind.LIST_ITEM) == 2


@pytest.mark.parametrize(
    ("line", "mark", "text", "kind"),
    [
        ("Home", "", "Home", Kind.LINE),
        ("  • Home", "  • ", "Home", Kind.LIST_ITEM),
        ("-\tHome", "-\t", "Home", Kind.LIST_ITEM),
        ("12. Home", "12. ", "Home", Kind.LIST_ITEM),
        ("3) Home", "3) ", "Home", Kind.LIST_ITEM),
        ("\tHome", "\t", "Home", Kind.LINE),
        ("-", "", "-", Kind.LINE),
        ("-5 degrees", "", "-5 degrees", Kind.LINE),
        ("2024. was a year", "", "2024. was a year", Kind.LINE),
    ],
)
def test_what_begins_a_line_is_its_mark(line: str, mark: str, text: str, kind: Kind) -> None:
    (block,) = plain_blocks(line + "\n")
    assert (block.mark, block.text, block.kind) == (mark, text, kind)


@pytest.mark.parametrize("row", ["a\tb", "a | b", "a    b"])
def test_lines_with_as_many_cells_are_a_table(row: str) -> None:
    kinds = [block.kind for block in plain_blocks(f"{row}\n{row}\n{row}\n")]
    assert kinds == [Kind.TABLE_ROW] * 3


def test_deeper_indentation_is_a_deeper_level() -> None:
    levels = [block.level for block in plain_blocks("- a\n  - b\n    - c\n")]
    assert levels == [1, 2, 3]


@given(st.text(max_size=50))
def test_sniffing_answers_for_any_text(text: str) -> None:
    assert sniff(text) in ("text", "markdown", "html")


@pytest.mark.parametrize(
    ("text", "media"),
    [
        ("", "text"),
        ("One line.\nTwo [notes] (here).\n", "text"),
        ("# Not enough\n", "text"),
        ("# Title\n\n## Part\n", "markdown"),
        ("[a](b)\n- [c](d)\n", "markdown"),
        ("```\ncode\n```\n", "markdown"),
        (" <!doctype HTML>", "html"),
        ("<p>a paragraph</p>", "text"),
    ],
)
def test_media_are_told_from_how_a_text_begins(text: str, media: str) -> None:
    assert sniff(text) == media


def test_the_record_says_its_media() -> None:
    assert segment(Record("# Tea\n\n# Tea\n", media="text")).blocks[0].text == "# Tea"
    assert segment(Record("Tea", media="markdown", url="u")).url == "u"
