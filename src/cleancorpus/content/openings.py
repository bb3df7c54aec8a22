"""How the blocks of a text and their words begin and end, counted over all blocks at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.shape import MOST_CHARS, codes_of

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]

_PLANE: Final = 65_536
_LEADS: Final = ":："
_SIGNS: Final = "|»›→←•·●■▪/\\©®™@#<>{}[]=_~*+^–—✓★▼▲"
_SMALL, _CAPITAL, _DIGIT, _SPACE, _LEAD, _SIGN = (1 << bit for bit in range(6))


@cache
def _classes() -> Bits:
    """For each character of the first plane the bits of its classes; made when first needed."""
    table = np.zeros(_PLANE, np.uint8)
    for code in range(_PLANE):
        char = chr(code)
        bits = char.islower(), char.isupper(), char.isdigit(), char.isspace()
        table[code] = sum(bit << at for at, bit in enumerate(bits))
    table[[ord(char) for char in _LEADS]] |= _LEAD
    table[[ord(char) for char in _SIGNS]] |= _SIGN
    return table


@dataclass(frozen=True, slots=True)
class Openings:
    """For each block how it and its words begin, whether it leads on to the next, and its signs."""

    is_small: Bits
    is_capital: Bits
    is_digit: Bits
    capital_words: Floats
    lead_end: Floats
    signs: Floats


@cache
def _class_bytes() -> bytes:
    """The same table as the compiled twin takes it."""
    return _classes().tobytes()


def read_openings(texts: list[str]) -> Openings:
    """Look at every character of the blocks, none of which is empty."""
    module = compiled()
    if module is None:
        return openings_in_python(texts)
    found = module.openings(texts, _class_bytes(), MOST_CHARS)
    columns = np.frombuffer(found, np.int32).reshape(-1, 6).T
    is_small, is_capital, is_digit = columns[:3].astype(np.uint8)
    return Openings(is_small, is_capital, is_digit, *columns[3:].astype(np.float32))


def openings_in_python(texts: Sequence[str]) -> Openings:
    """Do the same with arrays, in one pass over the joined text."""
    if max(map(len, texts)) > MOST_CHARS:
        texts = [text[:MOST_CHARS] for text in texts]
    classes = _classes().take(codes_of("\n".join(texts)))
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)) + 1)
    starts = np.concatenate([[0], ends[:-1]])
    is_capital = (classes & _CAPITAL) > 0
    is_capital[1:] &= (classes[:-1] & _SPACE) > 0
    first = classes.take(starts)
    is_small, is_big, is_digit = ((first & bit > 0) for bit in (_SMALL, _CAPITAL, _DIGIT))
    return Openings(
        is_small.astype(np.uint8),
        is_big.astype(np.uint8),
        is_digit.astype(np.uint8),
        np.add.reduceat(is_capital, starts, dtype=np.float32),
        (classes.take(ends - 2) & _LEAD > 0).astype(np.float32),
        np.add.reduceat((classes & _SIGN) > 0, starts, dtype=np.float32),
    )
