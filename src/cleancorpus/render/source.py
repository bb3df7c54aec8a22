"""The kept blocks as they stand in the source, to the character."""

from __future__ import annotations

from collections.abc import Callable

from cleancorpus.document import Block, Document
from cleancorpus.render.html import to_lines


def to_source(document: Document, read: Callable[[Block], str] | None = None) -> str:
    r"""Return the source without the removed blocks.

    White space between two kept neighbours stays as it was. Where blocks went from between
    them, the widest gap that stood there stays (the one with most line ends), so that
    paragraphs neither fuse nor drift apart. With nothing removed the source comes back whole.
    `read` gives a block's text with its mark; left out, both are as in the source.

    A document made without a source has its blocks on a line each, and one of HTML as
    `render.html` joins them.
    """
    if document.media == "html":
        return to_lines(document.kept, read)
    source = document.source
    if source is None:
        return "\n".join(
            read(block) if read else block.mark + block.text for block in document.kept
        )
    parts: list[str] = []
    gap, place = "", 0
    for at, block in enumerate(document.blocks):
        if block.start is None or block.end is None:
            raise ValueError(f"block {at} of a document with a source has no place in it")
        here = source[place : block.start - len(block.mark)]
        place = block.end
        if not gap or here.count("\n") > gap.count("\n"):
            gap = here
        if document.is_kept(at):
            if parts or not _removed_before(document, at):
                parts.append(gap)
            parts.append(read(block) if read else source[block.start - len(block.mark) : block.end])
            gap = ""
    if parts or not document.blocks:
        parts.append(source[place:])
    return "".join(parts)


def _removed_before(document: Document, at: int) -> bool:
    return bool(document.removals) and document.removals[0].at < at
