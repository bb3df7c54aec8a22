"""Counts over the characters of all blocks of a page at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled

Floats = NDArray[np.float32]

MOST_CHARS: Final = 60_000
"""Code points of a block that are read: its counts stay under the 16 bits they have."""
_MARKS = ".,!?;:、，。！？؟।"
_SENTENCE_ENDS = '.!:?;。"”…！？।'
_PLANE = 65_536


@cache
def _classes() -> NDArray[np.uint64]:
    """For each character of the first plane a 1 in the 16 bits of its class.

    Made when the first page is read: the table takes longer than all imports together.
    """
    table = np.zeros(_PLANE, np.uint64)
    for code in range(_PLANE):
        char = chr(code)
        if char in _MARKS:
            table[code] = 1 << 16
        elif char.isdigit():
            table[code] = 1 << 32
        elif char.isupper():
            table[code] = 1 << 48
    return table


@cache
def _ends() -> Floats:
    table = np.zeros(_PLANE, np.float32)
    table[[ord(char) for char in _SENTENCE_ENDS]] = 1
    return table


@dataclass(frozen=True, slots=True)
class Shapes:
    """For each block its characters by class, and its words."""

    chars: Floats
    words: Floats
    marks: Floats
    digits: Floats
    capitals: Floats
    sentence_end: Floats
    copies: Floats


def read_shapes(texts: Sequence[str], words: Sequence[int] | Floats) -> Shapes:
    """Count all blocks of a page."""
    module = compiled()
    if module is None:
        counted = counts_in_python(texts)
    else:
        found = module.shapes(list(texts), class_bytes(), MOST_CHARS)
        counted = np.frombuffer(found, np.int32).reshape(-1, 5).T.astype(np.float32)
    chars, marks, digits, capitals, ends = counted
    counted_words = np.maximum(np.asarray(words, np.float32), 1)
    return Shapes(chars, counted_words, marks, digits, capitals, ends, copies_of(texts))


def counts_in_python(texts: Sequence[str]) -> Floats:
    """Characters, marks, digits, capitals and ends of a sentence, one pass over the joined text."""
    if max(map(len, texts)) > MOST_CHARS:
        texts = [text[:MOST_CHARS] for text in texts]
    chars = np.fromiter(map(len, texts), np.int64, len(texts))
    codes = codes_of("\n".join(texts))
    ends = np.cumsum(chars + 1)
    counts = np.add.reduceat(_classes().take(codes), ends - chars - 1)
    lanes = counts.astype("<u8").view("<u2").reshape(-1, 4).T
    _, marks, digits, capitals = lanes
    last = _ends().take(codes.take(ends - 2))
    return np.array([chars, marks, digits, capitals, last], np.float32)


def codes_of(text: str) -> NDArray[np.uint16]:
    """The code points of a text; those beyond the first plane as its last one."""
    codes: NDArray[np.uint16] = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")
    if len(codes) == len(text):
        return codes
    wide = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    return np.asarray(np.minimum(wide, _PLANE - 1), np.uint16)


@cache
def class_bytes() -> bytes:
    """The same tables as the compiled twin takes them: a bit for each class."""
    lanes = _classes().view("<u2").reshape(-1, 4)
    flags = lanes[:, 1] + 2 * lanes[:, 2] + 4 * lanes[:, 3] + 8 * _ends().astype(np.uint16)
    return bytes(flags.astype(np.uint8))


def copies_of(texts: Sequence[str]) -> Floats:
    """How often each text stands among them."""
    counts = Counter(texts)
    if len(counts) == len(texts):
        return np.ones(len(texts), np.float32)
    return np.fromiter(map(counts.__getitem__, texts), np.float32, len(texts))
