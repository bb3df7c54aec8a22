"""The blocks of an HTML page as lines: what stands between them, since no source says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cleancorpus.document import Block, Kind


def to_lines(blocks: Iterable[Block], read: Callable[[Block], str] | None = None) -> str:
    r"""Return blocks joined by line breaks, with a blank line between paragraphs.

    List items, table rows and the lines of one piece of code follow one another without. `read`
    gives a block's text; left out, it is as it stands.

    Example:
        >>> to_lines([Block("Tea"), Block("water", Kind.LIST_ITEM), Block("tea", Kind.LIST_ITEM)])
        'Tea\n\nwater\ntea\n'
    """
    parts: list[str] = []
    before: Block | None = None
    for block in blocks:
        if before is not None:
            parts.append("\n" if go_together(before, block) else "\n\n")
        parts.append(read(block) if read else block.text)
        before = block
    return "".join(parts) + ("\n" if parts else "")


def go_together(before: Block, after: Block) -> bool:
    """Neighbours that no blank line parts: items, rows, lines of one piece of code."""
    if before.kind is not after.kind:
        return False
    if before.kind is Kind.CODE and before.place and after.place:
        code = before.place.nearest("pre")
        return code is not None and code == after.place.nearest("pre")
    return before.kind in (Kind.LIST_ITEM, Kind.TABLE_ROW)
