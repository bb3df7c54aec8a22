"""The containers that blocks stand in, found with array operations over all elements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.names import LEVELS
from cleancorpus.content.vocabulary import HIDDEN, OUTLINE_CODES, TAG_BITS, bits_of
from cleancorpus.outline import Elements

Ints = NDArray[np.int64]

_NAMING = ("id", "role")


@dataclass(frozen=True, slots=True)
class Tree:
    """The elements of a page.

    `outer` is the nearest element around that holds more blocks: what a reader sees as the next
    container. `signature` tells kinds of elements apart by tag and first class.
    """

    up: Ints
    tags: Ints
    begin: Ints
    end: Ints
    outer: Ints
    depth: Ints
    signature: Ints
    bits: Ints
    bits_above: Ints


def read_tree(elements: Elements) -> Tree:
    """Bring the columns of elements into arrays and find the containers."""
    up = np.array(elements.parent, np.int64)
    up[0] = 0
    tags = OUTLINE_CODES.take(np.asarray(elements.tag, np.int64))
    begin = np.asarray(elements.first_block, np.int64)
    end = np.asarray(elements.end_block, np.int64)
    bits, first = _read_classes(elements, tags)
    outer, depth, above = _containers(elements, bits)
    return Tree(up, tags, begin, end, outer, depth, tags + 64 * first, bits, above)


def container_path(tree: Tree, elements: Ints) -> Ints:
    """For each block its element and the six containers around it: [7, blocks]."""
    path = np.empty((LEVELS + 1, len(elements)), np.int64)
    path[0] = elements
    for level in range(LEVELS):
        tree.outer.take(path[level], out=path[level + 1])
    return path


def meeting(tree: Tree, element: int, count: int) -> tuple[Ints, Ints]:
    """For each of `count` blocks where its containers meet those of the element.

    Returns how many containers the element has to climb, and the element they meet in.
    """
    chain = [element]
    while chain[-1]:
        chain.append(int(tree.outer[chain[-1]]))
    ring = np.array(chain)
    blocks = np.arange(count)
    # The ranges of a chain only widen, so where a block falls inside is found by bisection.
    climb = np.maximum(
        np.searchsorted(tree.end.take(ring), blocks, "right"),
        np.searchsorted(-tree.begin.take(ring), -blocks, "left"),
    )
    climb = np.minimum(climb, len(chain) - 1)
    return climb, ring.take(climb)


def _read_classes(elements: Elements, tags: Ints) -> tuple[Ints, Ints]:
    """The bits of each element's tag, class, id and role; and a number for its first class."""
    classes = elements.classes
    told = zip(
        elements.attribute_rows, elements.attribute_names, elements.attribute_texts, strict=True
    )
    named = [(row, text) for row, name, text in told if name in _NAMING]
    found = bits_of([*classes, *(text for _, text in named)])
    class_of = np.asarray(elements.class_at, np.int64)
    bits = TAG_BITS.take(tags) | found[: len(classes)].take(class_of)
    if named:
        np.bitwise_or.at(bits, [row for row, _ in named], found[len(classes) :])
    if elements.hidden_rows:
        bits[np.asarray(elements.hidden_rows, np.int64)] |= HIDDEN
    numbers: dict[str, int] = {"": 0}
    firsts = ((text.split(None, 1) or [""])[0] for text in classes)
    first = np.array([numbers.setdefault(text, len(numbers)) for text in firsts], np.int64)
    return bits, first.take(class_of)


def _containers(elements: Elements, bits: Ints) -> tuple[Ints, Ints, Ints]:
    """For each element its outer container, how many there are around it, and all their bits.

    By pointer jumping, since a loop over thousands of elements takes longer.
    """
    up = np.maximum(np.array(elements.parent, np.int64), 0)
    held = np.array(elements.end_block, np.int64) - np.array(elements.first_block, np.int64)
    outer = up.take(_same_blocks(up, held))
    return outer, _depths(outer), _gathered(up, bits)


def _same_blocks(up: Ints, counts: Ints) -> Ints:
    """For each element the outermost one around it that holds the same blocks."""
    here = np.where(counts.take(up) == counts, up, np.arange(len(up)))
    while not np.array_equal(further := here.take(here), here):
        here = further
    return here


def _depths(outer: Ints) -> Ints:
    """How many containers lie around each element; jumps double, so few rounds reach the body."""
    depth = (np.arange(len(outer)) != 0).astype(np.int64)
    jump = outer
    while jump.any():
        depth = depth + depth.take(jump)
        jump = jump.take(jump)
    return np.asarray(depth, np.int64)


def _gathered(up: Ints, bits: Ints) -> Ints:
    """The bits of each element with those of all elements around it."""
    gathered, jump = bits, up
    while jump.any():
        gathered = gathered | gathered.take(jump)
        jump = jump.take(jump)
    return np.asarray(gathered | gathered[0], np.int64)
