"""From columns to blocks and to a document's metadata."""

from __future__ import annotations

from cleancorpus.document import Block
from cleancorpus.instances import instances
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
    rows = columns.element.tolist()
    distinct = list(set(rows))
    places = instances(Place, len(distinct), elements=columns.elements, row=distinct)
    place_of = dict(zip(distinct, places, strict=True))
    blocks = instances(
        Block,
        len(rows),
        text=columns.text,
        kind=list(map(KINDS.__getitem__, columns.kind)),
        start=None,
        end=None,
        mark="",
        level=columns.level.tolist(),
        link_chars=columns.link_chars.tolist(),
        shown=None,
        hidden=list(map(bool, columns.hidden)),
        place=list(map(place_of.__getitem__, rows)),
    )
    return tuple(blocks)
