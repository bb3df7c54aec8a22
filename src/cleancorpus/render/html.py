"""The blocks of an HTML page as lines: what stands between them, since no source says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from cleancorpus.document import Block, Kind

# Looked up on the enumeration, a member costs ten times as much (Python 3.11).
_RUNS = (Kind.LIST_ITEM, Kind.TABLE_ROW, Kind.CODE)


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
    kind = before.kind
    if kind is not after.kind or kind not in _RUNS:
        return False
    if kind is not Kind.CODE:
        return True
    code = before.place.nearest("pre") if before.place and after.place else None
    return code is not None and after.place is not None and code == after.place.nearest("pre")
