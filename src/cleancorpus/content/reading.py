"""A page as the features read it: its tree, its blocks' shapes, and sums over the blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.columns import Columns
from cleancorpus.content.names import WINDOWS
from cleancorpus.content.shape import Shapes, copies_of, read_shapes
from cleancorpus.content.tree import Tree, container_path, read_tree
from cleancorpus.content.vocabulary import PROSE_TAGS

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

PADDING: Final = max(WINDOWS) + 1
"""Empty rows before the running sums, and copies of the last one after them."""

WORDS, CHARS, LINKED, MARKS, LONG, LONG_WORDS, PROSE_WORDS = range(7)
"""The columns of the running sums over blocks."""


@dataclass(frozen=True, slots=True)
class Page:
    """What the parts below share."""

    columns: Columns
    tree: Tree
    shapes: Shapes
    words: Floats
    copies: Floats
    linked: Floats
    element: Ints
    tags: Ints
    path: Ints
    sums: Doubles  # with padding for windows at both ends
    blocks: Ints

    @property
    def running(self) -> Doubles:
        """The sums up to each block, with those of the whole page last."""
        return self.sums[PADDING : PADDING + 1 + len(self.blocks)]

    @property
    def before(self) -> Doubles:
        """The words before each block."""
        return self.running[:-1, WORDS]


def read_page(columns: Columns) -> Page:
    """Read tree and shapes and add up what windows and containers take differences of."""
    tree, shapes = read_tree(columns.elements), read_shapes(columns.text)
    words = np.maximum(np.asarray(columns.words, np.float32), 1)
    element = np.asarray(columns.element, np.int64)
    linked = np.minimum(np.asarray(columns.link_chars, np.float32), shapes.chars)
    tags = tree.tags.take(element)
    count, pad = len(element), PADDING
    sums = np.zeros((count + 2 * pad, 7))
    rows = sums[pad + 1 : pad + 1 + count]
    long = (words >= 12) & (linked < 0.4 * shapes.chars)
    rows[:, WORDS], rows[:, CHARS], rows[:, LINKED] = words, shapes.chars, linked
    rows[:, MARKS], rows[:, LONG] = shapes.marks, long
    rows[:, LONG_WORDS], rows[:, PROSE_WORDS] = (
        words * long,
        words * PROSE_TAGS.take(tags),
    )
    np.cumsum(rows, axis=0, out=rows)
    sums[pad + 1 + count :] = rows[-1]
    path = container_path(tree, element)
    return Page(
        columns, tree, shapes, words, copies_of(columns.text), linked, element, tags, path, sums,
        np.arange(count),
    )  # fmt: skip
