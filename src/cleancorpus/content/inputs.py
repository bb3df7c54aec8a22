"""What the judge reads of one document, of whichever medium."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.medium import Medium

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Groups:
    """Blocks that look alike: `order` lists them group by group."""

    of: Ints
    sizes: Ints
    order: Ints
    starts: Ints


@dataclass(frozen=True, slots=True)
class Features:
    """Numbers with a row a feature, switches with a row a block, and where to pool.

    `begin` and `end` say of each span around each block where it lies: [spans, blocks].
    `headline` is the block of the main heading, which may say the page's title; where no element
    tells it, `titles` says how much speaks for each block being it, and -1 of one that may stand
    between it and the text.
    """

    medium: Medium
    numbers: Floats
    switches: Bits
    words: Floats
    begin: Ints
    end: Ints
    groups: Groups
    headline: int
    titles: Floats | None = None
    is_titled: bool = False

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self.words)


def as_matrix(features: Features, at: Ints | slice = slice(None)) -> Floats:
    """The features of these blocks, a row for each, in the order of the medium's."""
    return np.concatenate(
        [features.numbers[:, at].T, features.switches[at].astype(np.float32)], axis=1
    )


def by_group(numbers: Floats, medium: Medium) -> dict[str, Floats]:
    """The rows of each group whose features are numbers."""
    rows = medium.slices.items()
    return {group: numbers[at] for group, at in rows if at.stop <= medium.numbers}


def in_logarithms(numbers: Floats, medium: Medium) -> None:
    """Bring counts and distances to the scale that the judge reads them in."""
    counts = numbers.take(medium.logged, axis=0)
    counts += 1  # the logarithm of a sum is several times faster than log1p
    numbers[medium.logged] = np.log(counts, out=counts)
    signed = numbers[medium.signed]
    numbers[medium.signed] = np.copysign(np.log1p(np.abs(signed)), signed)


def grouped(keys: Ints) -> Groups:
    """Number equal keys alike; sorting beats a dictionary of thousands."""
    order = keys.argsort(kind="stable")
    ordered = keys[order]
    fresh = np.concatenate([[True], ordered[1:] != ordered[:-1]])
    starts = np.flatnonzero(fresh)
    of = np.empty(len(keys), np.int64)
    of[order] = np.cumsum(fresh) - 1
    return Groups(of, np.diff(starts, append=len(keys)), order, starts)
