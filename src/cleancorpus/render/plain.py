"""The kept blocks as plain text."""

from __future__ import annotations

from cleancorpus.document import Block, Document, Kind
from cleancorpus.render.html import to_lines
from cleancorpus.render.source import to_source


def to_text(document: Document) -> str:
    """Return the kept blocks as plain text.

    Of plain text the kept lines come out to the character. Of Markdown the marks of headings,
    quotes and code fences, the addresses of links and the signs of emphasis are left out; list
    marks stay. Every result is a subsequence of the source. Of HTML a blank line stands between
    blocks, but not between list items or table rows; cells are joined by tabs.
    """
    if document.media == "html":
        return to_lines(document.kept)
    return to_source(document, read if document.media == "markdown" else None)


def read(block: Block) -> str:
    """Return what a reader sees of a block of Markdown, with the mark of a list item."""
    if block.kind is Kind.CODE:
        return _without_fence(block)
    shown = block.text if block.shown is None else block.shown
    if block.kind is Kind.HEADING:
        lines = shown.rstrip("# \t").splitlines(keepends=True)
        if len(lines) > 1 and not lines[-1].strip(" =-"):
            lines = lines[:-1]
        return "".join(lines).rstrip()
    if block.kind is Kind.QUOTE:
        return "".join(line.lstrip("> \t") for line in shown.splitlines(keepends=True))
    return block.mark + shown


def _without_fence(block: Block) -> str:
    text = block.text
    lines = text.splitlines(keepends=True)
    if not lines or not lines[0].lstrip().startswith(("```", "~~~")):
        return block.mark + text
    fence = lines[0].lstrip()[:3]
    inner = lines[1:-1] if len(lines) > 1 and lines[-1].lstrip().startswith(fence) else lines[1:]
    return "".join(inner).rstrip("\r\n")
