"""What a walk over a page returns: columns, not objects, so that a compiled walk can fill them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from cleancorpus.document import Kind
from cleancorpus.outline import Elements

KINDS: Final = tuple(Kind)
"""Kinds by their code in `Columns.kind`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A page as parallel columns: its elements in preorder, its blocks in reading order.

    Of each block: `element` is the row of the nearest block-level element around it, `part` its
    number among that element's own blocks, from 0 (text before and after a child, or between
    two `<br>`), `chars` its length in code points, `link_chars` the code points of link text
    in it with white space collapsed, `links` the links that begin in it, `words` its words cut
    at white space, `kind` a code of `KINDS`, `level` the depth of a heading or list item, and
    `hidden` is 1 where a browser would not show it. `head` holds what the page says of itself,
    see `head.read_head`.
    """

    elements: Elements
    text: list[str]
    element: array[int]
    part: array[int]
    chars: array[int]
    link_chars: array[int]
    links: array[int]
    words: array[int]
    kind: array[int]
    level: array[int]
    hidden: bytearray
    head: Mapping[str, str]
