"""Kinds of characters, and counts of them over all blocks of a page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]

MOST_CHARS: Final = 60_000
"""Code points of a block that are read: its counts stay under the 16 bits they have."""
_MARKS: Final = ".,!?;:、，。！？؟।"
_SENTENCE_ENDS: Final = '.!:?;。"”…！？।'
_SIGNS: Final = "|»›→←•·●■▪/\\©®™@#<>{}[]=_~*+^–—✓★▼▲"
_LEADS: Final = ":："
_PLANE: Final = 65_536

MARK, DIGIT, CAPITAL, SIGN, SENTENCE_END, SMALL, SPACE, LEAD = (1 << bit for bit in range(8))
"""Kinds of characters, the bits that features.h knows them by."""


@cache
def kinds() -> Bits:
    """For each character of the first plane the bits of its kinds.

    Made when the first page is read: the table takes longer than all imports together.
    """
    table = np.zeros(_PLANE, np.uint8)
    for code in range(_PLANE):
        char = chr(code)
        table[code] = (
            DIGIT * char.isdigit()
            | CAPITAL * char.isupper()
            | SMALL * char.islower()
            | SPACE * char.isspace()
        )
    named = ((MARK, _MARKS), (SIGN, _SIGNS), (SENTENCE_END, _SENTENCE_ENDS), (LEAD, _LEADS))
    for kind, chars in named:
        table[[ord(char) for char in chars]] |= kind
    return table


@cache
def kind_bytes() -> bytes:
    """The same table as the compiled twins take it."""
    return kinds().tobytes()


@cache
def _lanes() -> NDArray[np.uint64]:
    """For each character a 1 in the 16 bits of its kind: marks, digits, capitals and signs."""
    bits = np.unpackbits(kinds()[:, None], axis=1, count=4, bitorder="little")
    return bits.astype("<u2").view("<u8")[:, 0]


@dataclass(frozen=True, slots=True)
class Shapes:
    """For each block its characters, those of some kinds, and whether it ends a sentence."""

    chars: Floats
    marks: Floats
    digits: Floats
    capitals: Floats
    signs: Floats
    sentence_end: Floats


def read_shapes(texts: Sequence[str]) -> Shapes:
    """Count all blocks of a page, none of which is empty: one pass over the joined text."""
    if max(map(len, texts)) > MOST_CHARS:
        texts = [text[:MOST_CHARS] for text in texts]
    chars = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = codes_of("\n".join(texts))
    ends = np.cumsum(chars + 1)
    counts = np.add.reduceat(_lanes().take(codes), ends - chars - 1)
    lanes = counts.astype("<u8").view("<u2").reshape(-1, 4).T
    last = kinds().take(codes.take(ends - 2)) & SENTENCE_END > 0
    return Shapes(*np.array([chars, *lanes, last], np.float32))


def codes_of(text: str) -> NDArray[np.uint16]:
    """The code points of a text; those beyond the first plane as its last one."""
    codes: NDArray[np.uint16] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.asarray(np.minimum(wide, _PLANE - 1), np.uint16)


def copies_of(texts: Sequence[str]) -> Floats:
    """How often each text stands among them."""
    counts = Counter(texts)
    if len(counts) == len(texts):
        return np.ones(len(texts), np.float32)
    return np.fromiter(map(counts.__getitem__, texts), np.float32, len(texts))
