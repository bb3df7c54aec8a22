"""From columns to blocks and to a document's metadata."""

from __future__ import annotations

from cleancorpus.document import Block
from cleancorpus.outline import Place
from cleancorpus.segment.html.columns import KINDS, Columns
from cleancorpus.segment.html.walk import walk


def html_blocks(source: str) -> tuple[Block, ...]:
    r"""Return the blocks of a page in reading order.

    Blocks of HTML have no `start` and `end`: character references and white space make their
    text another than the source's. `place` says where they stand instead.

    Raises:
        TooDeep: reading the page would cost time or memory out of proportion to its length.

    Example:
        >>> page = "<h1>Tea</h1><div>Boil <b>fresh</b> water.<br>Wait.<p>Pour &amp; stir.</div>"
        >>> [(block.kind.value, block.text, block.locator) for block in html_blocks(page)]
        [('heading', 'Tea', 'html/body/h1'),
         ('line', 'Boil fresh water.\nWait.', 'html/body/div'),
         ('paragraph', 'Pour & stir.', 'html/body/div/p')]
    """
    return as_blocks(walk(source))


def as_blocks(columns: Columns) -> tuple[Block, ...]:
    """Return the columns' blocks as objects; blocks of one element share their place."""
    elements = columns.elements
    places = {row: Place(elements, row) for row in set(columns.element)}
    return tuple(
        # By position, which is a fifth faster.
        Block(text, KINDS[kind], None, None, "", level, link_chars, None, hidden == 1, places[row])
        for text, kind, level, link_chars, hidden, row in zip(
            columns.text,
            columns.kind,
            columns.level,
            columns.link_chars,
            columns.hidden,
            columns.element,
            strict=True,
        )
    )
