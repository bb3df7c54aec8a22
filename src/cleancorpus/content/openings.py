"""How the blocks of a text and their words begin and end, counted over all blocks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleancorpus.content.shape import (
    CAPITAL,
    DIGIT,
    LEAD,
    MOST_CHARS,
    SMALL,
    SPACE,
    Bits,
    Floats,
    codes_of,
    kinds,
)


@dataclass(frozen=True, slots=True)
class Openings:
    """For each block how it and its words begin, and whether it leads on to the next."""

    is_small: Bits
    is_capital: Bits
    is_digit: Bits
    capital_words: Floats
    lead_end: Floats


def read_openings(texts: Sequence[str]) -> Openings:
    """Look at every character of the blocks, none of which is empty: one pass over all."""
    if max(map(len, texts)) > MOST_CHARS:
        texts = [text[:MOST_CHARS] for text in texts]
    found = kinds().take(codes_of("\n".join(texts)))
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    is_capital = (found & CAPITAL) > 0
    is_capital[1:] &= (found[:-1] & SPACE) > 0
    first = found.take(starts)
    is_small, is_big, is_digit = ((first & bit > 0) for bit in (SMALL, CAPITAL, DIGIT))
    return Openings(
        is_small.astype(np.uint8),
        is_big.astype(np.uint8),
        is_digit.astype(np.uint8),
        np.add.reduceat(is_capital, starts, dtype=np.float32),
        (found.take(ends - 2) & LEAD > 0).astype(np.float32),
    )
