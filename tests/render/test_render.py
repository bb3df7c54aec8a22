from __future__ import annotations

import re

import pytest
from hypothesis import given

from cleancorpus import Block, Document, Kind, Record, Removal, segment
from cleancorpus.errors import UnknownRendering
from cleancorpus.render.markdown import to_markdown
from cleancorpus.render.markup import to_html
from cleancorpus.render.named import RENDERINGS, render
from cleancorpus.render.plain import to_text
from cleancorpus.render.source import to_source
from cleancorpus.segment.decode import mend
from cleancorpus.segment.plain import plain_blocks
from cleancorpus.testing import documents


def without(text: str, *places: int, media: str = "text") -> Document:
    document = segment(Record(text, media=media))
    return document.mark(Removal(at, "trial", "x") for at in places)


@pytest.mark.parametrize(
    ("text", "gone", "left"),
    [
        ("a\nb\nc\n", [1], "a\nc\n"),
        ("a\nb\nc\n", [0], "b\nc\n"),
        ("a\nb\nc\n", [2], "a\nb\n"),
        ("a\nb\nc\n", [0, 1, 2], ""),
        ("a\n\nb\nc\n", [1], "a\n\nc\n"),
        ("a\nb\n\nc\n", [1], "a\n\nc\n"),
        ("a\n\n\nb\n\nc\nd\n", [1, 2], "a\n\n\nd\n"),
        ("\n\n  a\n  - b\n", [], "\n\n  a\n  - b\n"),
        ("a\n  - b\n  - c\n", [1], "a\n  - c\n"),
        ("a\r\nb\r\nc", [1], "a\r\nc"),
        ("a\u2028b\u2028c", [1], "a\u2028c"),
    ],
)
def test_what_is_left_keeps_its_spaces(text: str, gone: list[int], left: str) -> None:
    assert without(text, *gone).text == left


@given(documents())
def test_kept_lines_neither_fuse_nor_change(document: Document) -> None:
    if document.media == "text" and document.source is not None:
        lines = segment(Record(document.source, media="text"), join_wrapped=False)
        marked = lines.mark(Removal(at, "trial", "x") for at in range(0, len(lines.blocks), 2))
        again = plain_blocks(marked.text, join_wrapped=False)
        assert [block.text for block in again] == [block.text for block in marked.kept]


@given(documents())
def test_nothing_removed_gives_the_source_back(document: Document) -> None:
    if document.source is not None:
        assert to_source(document.restore()) == document.source


def test_a_block_without_a_place_is_refused() -> None:
    with pytest.raises(ValueError, match="block 0 of a document with a source has no place"):
        to_source(Document((Block("a"),), source="a"))


def test_without_a_source_each_block_has_a_line() -> None:
    page = Document((Block("a", mark="- "), Block("b")))
    assert to_text(page) == "- a\nb"
    assert to_text(page.mark([Removal(0, "x", "y")])) == "b"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# Tea #\n\nSee [it](/a).\n", "Tea\n\nSee it.\n"),
        ("Tea\n===\n\nx\n", "Tea\n\nx\n"),
        ("- *a*\n- b\n", "- a\n- b\n"),
        ("> a\n> b\n", "a\nb\n"),
        ("```py\nx = 1\n```\nend\n", "x = 1\nend\n"),
        ("```py\nx = 1\n", "x = 1\n"),
        ("    code\n", "    code\n"),
    ],
)
def test_plain_text_of_markdown_has_no_marks(source: str, text: str) -> None:
    assert segment(Record(source, media="markdown")).text == text


def test_markdown_of_markdown_is_the_source_without_what_went() -> None:
    page = without("# Tea\n\n[Home](/)\n\nBoil *it*.\n", 1, media="markdown")
    assert page.markdown == "# Tea\n\nBoil *it*.\n"


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("a\nb\n", "a\n\nb\n"),
        ("• a\n• b\nc\n", "- a\n- b\n\nc\n"),
        ("1. a\n2. b\n", "1. a\n2. b\n"),
        ("- a\n  - b\n", "- a\n  - b\n"),
        ("# no heading\n", "\\# no heading\n"),
        ("> no quote\n", "\\> no quote\n"),
        ("---\n", "\\---\n"),
        ("2024. A year\n", "2024\\. A year\n"),
        ("#hashtag\n", "#hashtag\n"),
        ("", ""),
    ],
)
def test_markdown_of_plain_text_escapes_what_would_be_markup(text: str, markdown: str) -> None:
    assert to_markdown(segment(Record(text, media="text"))) == markdown


@given(documents())
def test_markdown_of_lines_is_read_back_as_paragraphs(document: Document) -> None:
    if document.media != "text" or document.source is None:
        return
    lines = segment(Record(document.source, media="text"))
    kinds = {block.kind for block in segment(Record(lines.markdown, media="markdown")).blocks}
    if all(block.kind is Kind.LINE for block in lines.blocks):
        assert kinds <= {Kind.PARAGRAPH}


@pytest.mark.parametrize(
    ("media", "text", "body"),
    [
        ("text", "Tea\n1. water\n2. leaves\n- a < b\n", (
            "<p>Tea</p>\n<ol>\n<li>water</li>\n<li>leaves</li>\n</ol>\n"
            "<ul>\n<li>a &lt; b</li>\n</ul>"
        )),
        ("markdown", "## Tea\n\n> Stir\n> *well*.\n\n```\na\n<b>\n```\n\n```\nc\n```\n", (
            "<h2>Tea</h2>\n<blockquote>Stir<br>well.</blockquote>\n"
            "<pre>\na\n&lt;b&gt;</pre>\n<pre>\nc</pre>"
        )),
        ("markdown", "| a | b |\n|---|:-:|\n| 1 | 2 |\n", (
            "<table>\n<tr><td>a</td><td>b</td></tr>\n<tr><td>1</td><td>2</td></tr>\n</table>"
        )),
        ("html", "<h1>Tea</h1><ol><li>a<li>b</ol><table><tr><td>1<td>2</table><p>c<br>d", (
            "<h1>Tea</h1>\n<ol>\n<li>a</li>\n<li>b</li>\n</ol>\n"
            "<table>\n<tr><td>1</td><td>2</td></tr>\n</table>\n<p>c<br>d</p>"
        )),
    ],
)  # fmt: skip
def test_kept_blocks_become_the_elements_of_their_kinds(media: str, text: str, body: str) -> None:
    assert to_html(without(text, media=media)).partition("<body>\n")[2] == (
        f"{body}\n</body>\n</html>\n"
    )


BARE = re.compile(
    r"<(?!(?:!DOCTYPE html|/?(?:html|head|title|body|h[1-6]|p|ul|ol|li|table|tr|td|pre|blockquote"
    r'|figcaption)|br|meta charset="utf-8")>)'
)


@given(documents())
def test_html_has_the_kept_words_and_no_markup_but_its_own(document: Document) -> None:
    written = to_html(document)
    again = segment(Record(written, media="html"))
    if document.media != "markdown":
        kept, _ = mend("".join(f" {block.text}" for block in document.kept))
        assert again.text.split() == kept.split()
    assert not BARE.search(written)


def test_an_unknown_rendering_is_refused() -> None:
    with pytest.raises(UnknownRendering, match="did you mean markdown"):
        render(without("a"), "markdwon")
    assert list(RENDERINGS) == ["text", "markdown", "html"]
