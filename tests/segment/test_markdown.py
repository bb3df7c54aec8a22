from __future__ import annotations

import pytest
from hypothesis import given

from cleancorpus import Kind, Record, segment
from cleancorpus.measures import link_share, shown
from cleancorpus.render.source import to_source
from cleancorpus.segment.markdown import markdown_blocks
from cleancorpus.testing import texts

PAGE = """\
# Tea and *water*

Intro to `tea`, see [the notes](notes.md).
It goes on here.

Underlined
----------

- [Home](/)
  * [News](/news "all")
1. first
   goes on

> a quote
> of two lines

| a | b |
|---|---|
| 1 | 2 |

```python
# no heading

- no item
```

    indented code

---
"""


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in markdown_blocks(source)]


def test_every_kind_is_told() -> None:
    assert kinds(PAGE) == [
        ("heading", "Tea and *water*"),
        ("paragraph", "Intro to `tea`, see [the notes](notes.md).\nIt goes on here."),
        ("heading", "Underlined\n----------"),
        ("list-item", "[Home](/)"),
        ("list-item", '[News](/news "all")'),
        ("list-item", "first\n   goes on"),
        ("quote", "a quote\n> of two lines"),
        ("table-row", "| a | b |"),
        ("table-row", "|---|---|"),
        ("table-row", "| 1 | 2 |"),
        ("code", "```python\n# no heading\n\n- no item\n```"),
        ("code", "indented code"),
        ("line", "---"),
    ]


def test_levels_are_the_depth_of_headings_and_lists() -> None:
    found = {block.text: block.level for block in markdown_blocks(PAGE)}
    assert found["Tea and *water*"] == 1
    assert found["Underlined\n----------"] == 2
    assert found["[Home](/)"] == 1
    assert found['[News](/news "all")'] == 2
    assert markdown_blocks("### x")[0].level == 3


@given(texts())
def test_blocks_lie_in_the_source_in_order(text: str) -> None:
    place = 0
    left = []
    for block in markdown_blocks(text):
        assert block.start is not None
        assert block.end is not None
        assert text[block.start : block.end] == block.text != ""
        assert text[block.start - len(block.mark) : block.start] == block.mark
        assert block.start - len(block.mark) >= place
        assert 0 <= block.link_chars <= len(shown(block))
        left.append(text[place : block.start - len(block.mark)])
        place = block.end
    left.append(text[place:])
    assert not "".join(left).strip(), "text outside of all blocks"


@given(texts())
def test_markdown_comes_back_to_the_character(text: str) -> None:
    document = segment(Record(text, media="markdown"))
    assert document.markdown == document.source
    assert to_source(document) == document.source


@given(texts())
def test_the_plain_text_is_cut_out_of_the_source(text: str) -> None:
    document = segment(Record(text, media="markdown"))
    rest = iter(document.source or "")
    assert all(char in rest for char in document.text)


@pytest.mark.parametrize(
    ("text", "seen", "share"),
    [
        ("Plain words.", "Plain words.", 0),
        ("[all of it](/a)", "all of it", 1),
        ("half [half](/a)", "half half", 4 / 9),
        ("[a](/a) [b](/b)", "a b", 2 / 3),
        ("[a](/x_(y) 'title')", "a", 1),
        ("[![logo](/logo.png)](/home)", "logo", 1),
        ("![a photo](/photo.png)", "a photo", 0),
        ("see [the notes][1]", "see the notes", 9 / 13),
        ("<https://harbour.example>", "https://harbour.example", 0),
        ("*very* **strong** ~~gone~~ `code`", "very strong gone code", 0),
        ("[*fresh*](/a)", "fresh", 1),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4", 0),
        ("a [bracket] and (another)", "a [bracket] and (another)", 0),
    ],
)
def test_what_a_reader_sees_and_how_much_of_it_is_link(text: str, seen: str, share: float) -> None:
    (block,) = markdown_blocks(text)
    assert shown(block) == seen
    assert link_share(block) == pytest.approx(share)


def test_an_open_fence_runs_to_the_end() -> None:
    assert kinds("```\na\n\nb\n") == [("code", "```\na\n\nb")]


def test_a_fence_closes_on_a_fence_as_long() -> None:
    assert kinds("~~~~\n~~~\n~~~~\nx")[0] == ("code", "~~~~\n~~~\n~~~~")


def test_code_is_not_read_for_links() -> None:
    (block,) = markdown_blocks("```\n[a](b)\n```\n")
    assert (block.shown, block.link_chars) == (None, 0)
    assert block.kind is Kind.CODE
