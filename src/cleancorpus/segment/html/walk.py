"""From source to columns: guard, parse, read the head, and one pass over the tree."""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleancorpus.segment.html.choice import Walk, chosen_walk
from cleancorpus.segment.html.columns import Columns
from cleancorpus.segment.html.guard import check_cost
from cleancorpus.segment.html.head import read_head
from cleancorpus.segment.html.tags import CODE

_NEARLY_EMPTY_CHARS: Final = 500  # forums that deliver their posts in <noscript> show 0 to 180


def walk(html: str, utf_8: bytes | None = None) -> Columns:
    """Return a page's elements and blocks as columns.

    Blocks end where a block-level element begins or ends, and at two `<br>` in a row. Hidden
    elements are read and marked. `<noscript>` is read where the rest is nearly empty. `utf_8`
    is the page encoded, where that is at hand.

    Raises:
        TooDeep: reading the page would cost time or memory out of proportion to its length.
    """
    return walk_with(chosen_walk(), html, utf_8)


def walk_with(chosen: Walk, html: str, utf_8: bytes | None = None) -> Columns:
    """Return a page's elements and blocks as columns, read by this walk; see `walk`."""
    # Once for all: the parser would encode it again, and bytes are searched faster.
    source = html.encode(errors="ignore") if utf_8 is None else utf_8
    seen = chosen.survey(source)
    check_cost(source, seen)
    tree = LexborHTMLParser(source, options=LexborDocumentOptions.WO_EVENTS)
    head = read_head(tree, source, seen.linked)
    columns = chosen.read(tree, head, read_noscript=False)
    if sum(columns.chars) < _NEARLY_EMPTY_CHARS and CODE["noscript"] in columns.elements.tag:
        columns = chosen.read(tree, head, read_noscript=True)
    return columns
