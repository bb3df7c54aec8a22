"""Documents built from blocks, with a source that the blocks' places fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleancorpus.document import Block, Document


def lay_out(
    blocks: Sequence[Block], gaps: Sequence[str] = (), media: str = "text", first_gap: str = ""
) -> Document:
    r"""Return the blocks as a document with a source, each after its mark, gaps between them.

    `gaps` are what follows each block; a line end where they run out.

    Example:
        >>> document = lay_out([Block("Tea", mark="# "), Block("Boil water.")], ["\n\n"])
        >>> document.source
        '# Tea\n\nBoil water.\n'
        >>> [document.source[block.start : block.end] for block in document.blocks]
        ['Tea', 'Boil water.']
    """
    placed: list[Block] = []
    parts = [first_gap]
    place = len(first_gap)
    for at, block in enumerate(blocks):
        gap = gaps[at] if at < len(gaps) else "\n"
        start = place + len(block.mark)
        place = start + len(block.text)
        placed.append(replace(block, start=start, end=place))
        parts += (block.mark, block.text, gap)
        place += len(gap)
    return Document(tuple(placed), source="".join(parts), media=media)
