"""Which blocks to keep, given how likely each of them is content."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Choice = NDArray[np.bool_]

_LEAST_LIKELY: Final = 0.2
_LEAST_LINKS: Final = 0.3
_MANY_BLOCKS: Final = 10  # a fragment of a few words is nothing that the judge was trained on
_RUN: Final = 3  # blocks
_SHORT: Final = 12  # words a block


def kept(
    probabilities: Floats,
    words: Floats,
    leaning: float = 1.0,
    links: float = 0.0,
    worth: Floats | float = 0.0,
) -> Choice:
    """The blocks over the page's cut; none where no block of many is likely content.

    Such a page came with its furniture alone, and a script was to fetch the rest. `links` is the
    share of its characters that are links: a page of one large table is no such page.

    A block that is content is worth its words and as many more as `worth` says, and costs its
    words where it is none: so a short one stays sooner than a long one.

    Example:
        >>> kept(np.array([0.9, 0.1]), np.array([9.0, 9.0])).tolist()
        [True, False]
        >>> kept(np.full(20, 0.1), np.full(20, 9.0), links=0.8).any()
        np.False_
        >>> kept(np.array([0.9, 0.1, 0.1]), np.array([90.0, 30.0, 1.0]), worth=9.0).tolist()
        [True, False, True]
    """
    count = len(probabilities)
    is_furniture = count >= _MANY_BLOCKS and links >= _LEAST_LINKS
    if not count or (is_furniture and probabilities.max() < _LEAST_LIKELY):
        return np.zeros(count, np.bool_)
    least = lowest_kept(probabilities, words, leaning)
    found: Choice = probabilities * (words + worth) >= least * words
    return found


def together(probabilities: Floats, words: Floats, groups: Ints, container: Ints) -> Floats:
    """Give neighbours that look alike the mean of their run: a list goes or stays as a whole.

    A run is three or more short blocks in a row of one group of look-alikes, in one container.
    On the development pages this costs nothing, and halves of lists are what a reader dislikes.

    Example:
        >>> p, words = np.array([0.9, 0.4, 0.5, 0.6], np.float32), np.array([30.0, 1.0, 1.0, 1.0])
        >>> together(p, words, np.array([0, 1, 1, 1]), np.zeros(4)).round(2).tolist()
        [0.9, 0.5, 0.5, 0.5]
    """
    parts = (groups[1:] != groups[:-1]) | (container[1:] != container[:-1])
    starts = np.concatenate([[0], parts.nonzero()[0] + 1])
    sizes = np.concatenate([starts[1:], [len(words)]]) - starts
    totals = np.add.reduceat(words, starts)
    shared = (sizes >= _RUN) & (totals <= _SHORT * sizes)
    means = np.add.reduceat(probabilities * words, starts) / totals
    found: Floats = np.where(shared.repeat(sizes), means.repeat(sizes), probabilities)
    return found


def lowest_kept(probabilities: Floats, words: Floats, leaning: float = 1.0) -> float:
    """The probability from which blocks are kept, where the expected word F1 is highest.

    The blocks are sorted by probability, and of all prefixes the one is taken that maximises
    `2 * sum(p * words) / (sum(words) + leaning * sum of all p * words)`: what a page holds
    decides, not a fixed threshold. A `leaning` over 1 keeps more (recall), under 1 less
    (precision).

    Example:
        >>> p, words = np.array([0.9, 0.5, 0.1]), np.array([100.0, 50.0, 50.0])
        >>> lowest_kept(p, words), lowest_kept(p, words, leaning=0.2)
        (0.5, 0.9)
    """
    order = (-probabilities).argsort(kind="stable")
    weights = words.take(order).astype(np.float64)
    found = (probabilities.take(order) * weights).cumsum()
    best = int((found / (weights.cumsum() + leaning * found[-1])).argmax())
    return float(probabilities[order[best]])
