"""Counts over the characters of all blocks of a page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_MOST_CHARS: Final = 60_000
"""Code points of a block that are read: its counts stay under the 16 bits they have."""
_MARKS = ".,!?;:、，。！？؟।"
_SENTENCE_ENDS = '.!:?;。"”…！？।'
_LEADS = ":："
_SIGNS = "|»›→←•·●■▪/\\©®™@#<>{}[]=_~*+^–—✓★▼▲"
_PLANE = 65_536


@cache
def _classes() -> NDArray[np.uint64]:
    """For each character of the first plane a 1 in the 16 bits of its class.

    Made when the first page is read: the table takes longer than all imports together.
    """
    table = np.zeros(_PLANE, np.uint64)
    for code in range(_PLANE):
        char = chr(code)
        if char in _SIGNS:
            table[code] = 1
        elif char in _MARKS:
            table[code] = 1 << 16
        elif char.isdigit():
            table[code] = 1 << 32
        elif char.isupper():
            table[code] = 1 << 48
    return table


@cache
def _ends(ends: str) -> Floats:
    table = np.zeros(_PLANE, np.float32)
    table[[ord(char) for char in ends]] = 1
    return table


@cache
def _openings() -> NDArray[np.uint8]:
    """For each character of the first plane the bit of what it may open a word as."""
    table = np.zeros(_PLANE, np.uint8)
    for code in range(_PLANE):
        char = chr(code)
        bits = char.islower(), char.isupper(), char.isdigit(), char.isspace()
        table[code] = sum(bit << at for at, bit in enumerate(bits))
    return table


@dataclass(frozen=True, slots=True)
class Shapes:
    """For each block its characters by class, and its words.

    `codes` are the characters of all blocks with a line break after each but the last, `starts`
    where in them each block begins.
    """

    codes: NDArray[np.uint16]
    starts: Ints
    chars: Floats
    words: Floats
    signs: Floats
    marks: Floats
    digits: Floats
    capitals: Floats
    sentence_end: Floats
    copies: Floats


def read_shapes(texts: Sequence[str], words: Sequence[int] | Floats) -> Shapes:
    """Count all blocks in one pass over their joined text."""
    if max(map(len, texts)) > _MOST_CHARS:
        texts = [text[:_MOST_CHARS] for text in texts]
    chars = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = _codes("\n".join(texts))
    ends = np.cumsum(chars + 1)
    counts = np.add.reduceat(_classes().take(codes), ends - chars - 1)
    lanes = counts.astype("<u8").view("<u2").reshape(-1, 4).T.astype(np.float32)
    return Shapes(
        codes,
        ends - chars - 1,
        chars.astype(np.float32),
        np.maximum(np.asarray(words, np.float32), 1),
        lanes[0],
        lanes[1],
        lanes[2],
        lanes[3],
        _ends(_SENTENCE_ENDS).take(codes.take(ends - 2)),
        _copies(texts),
    )


@dataclass(frozen=True, slots=True)
class Openings:
    """For each block how it and its words begin, and whether it leads on to the next."""

    is_small: Floats
    is_capital: Floats
    is_digit: Floats
    capital_words: Floats
    lead_end: Floats


def read_openings(shapes: Shapes) -> Openings:
    """Look at the characters that begin words and blocks, and at those that end blocks."""
    kinds = _openings().take(shapes.codes)
    is_capital = (kinds & 2) > 0
    is_capital[1:] &= (kinds[:-1] & 8) > 0
    first = kinds.take(shapes.starts)
    is_small, is_big, is_digit = ((first & bit > 0).astype(np.float32) for bit in (1, 2, 4))
    last = shapes.codes.take(shapes.starts + shapes.chars.astype(np.int64) - 1)
    return Openings(
        is_small,
        is_big,
        is_digit,
        np.add.reduceat(is_capital, shapes.starts, dtype=np.float32),
        _ends(_LEADS).take(last),
    )


def _codes(text: str) -> NDArray[np.uint16]:
    """The code points of a text; those beyond the first plane as its last one."""
    codes: NDArray[np.uint16] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.asarray(np.minimum(wide, _PLANE - 1), np.uint16)


def _copies(texts: Sequence[str]) -> Floats:
    counts = Counter(texts)
    if len(counts) == len(texts):
        return np.ones(len(texts), np.float32)
    return np.fromiter(map(counts.__getitem__, texts), np.float32, len(texts))
