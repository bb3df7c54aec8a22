"""A text as its features read it where nothing is compiled: arrays of its lines, and their sums."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.openings import Openings, read_openings
from cleancorpus.content.shape import Bits, Floats, Shapes, read_shapes
from cleancorpus.content.text_columns import TextColumns
from cleancorpus.content.text_names import CATEGORIES, KINDS, WINDOWS

Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]

_LONG_WORDS: Final = 20
_RUNNING_WORDS: Final = 10  # in lines that use words
_MOST_LINK_SHARE: Final = 0.4

WORDS, CHARS, LINKED, MARKS, LONG, PROSE, FURNITURE, STOPWORDS, CAPITALS = range(9)
"""The rows of the running sums over lines."""
PADDING: Final = max(WINDOWS) + 1
"""Empty sums before the running ones, and copies of the last one after them."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of each line: stop words, the share of the others that other lines use, repeats.

    Only lines long enough to be running text count as using a word.
    """

    stopwords: Floats
    known: Floats
    first_repeats: Floats
    last_repeats: Floats


@dataclass(frozen=True, slots=True)
class Text:
    """What the features share: an array for each measure, with a value for each line.

    `phrases` has a row for each line, with a column for each category that it is a phrase of, and
    then for each that it holds one of.
    """

    columns: TextColumns
    shapes: Shapes
    openings: Openings
    words: Floats
    linked: Floats
    vocabulary: Vocabulary
    kinds: Ints
    levels: Floats
    gaps: Floats
    phrases: Bits
    is_prose: Bits
    is_furniture: Bits
    is_long: NDArray[np.bool_]
    sums: Doubles  # with padding for windows at both ends
    rows: Ints

    @property
    def running(self) -> Doubles:
        """The sums up to each line, with those of the whole text last."""
        return self.sums[:, PADDING : PADDING + 1 + len(self.rows)]


def read_text(columns: TextColumns) -> Text:
    """Bring the columns into arrays and add up what windows take differences of."""
    words = np.maximum(np.array(columns.words, np.float32), 1)
    texts = [text or " " for text in columns.texts]
    shapes, openings = read_shapes(texts), read_openings(texts)
    linked = np.minimum(np.array(columns.link_chars, np.float32), shapes.chars)
    vocabulary = read_vocabulary(columns.keys, columns.stopwords, words >= _RUNNING_WORDS)
    is_prose, is_furniture = (
        np.array(column, np.uint8) for column in (columns.is_prose, columns.is_furniture)
    )
    is_long = (words >= _LONG_WORDS) & (linked < _MOST_LINK_SHARE * shapes.chars)
    summed = (
        words, shapes.chars, linked, shapes.marks, is_long, is_prose, is_furniture,
        vocabulary.stopwords, openings.capital_words,
    )  # fmt: skip
    return Text(
        columns,
        shapes,
        openings,
        words,
        linked,
        vocabulary,
        np.array([KINDS.index(kind) for kind in columns.kinds], np.int64),
        np.array(columns.levels, np.float32),
        np.array(columns.gaps, np.float32),
        _unpacked(columns.phrases),
        is_prose,
        is_furniture,
        is_long,
        _sums(summed),
        np.arange(len(texts)),
    )


def _unpacked(phrases: Sequence[int]) -> Bits:
    """The bits of each line, lowest first."""
    rows = np.array(phrases, "<u4").view(np.uint8).reshape(len(phrases), 4)
    return np.unpackbits(rows, axis=1, count=2 * len(CATEGORIES), bitorder="little")


def _sums(columns: Sequence[NDArray[np.generic]]) -> Doubles:
    count, pad = len(columns[0]), PADDING
    sums = np.zeros((len(columns), count + 2 * pad))
    rows = sums[:, pad + 1 : pad + 1 + count]
    for row, column in zip(rows, columns, strict=True):
        np.cumsum(column, dtype=np.float64, out=row)
    sums[:, pad + 1 + count :] = rows[:, -1:]
    return sums


def read_vocabulary(
    keys: Sequence[str], stopwords: Collection[str], is_running: NDArray[np.bool_]
) -> Vocabulary:
    """Count the words of all lines; an empty line has the empty word."""
    tokens = [key.split(" ") for key in keys]
    flat = list(itertools.chain.from_iterable(tokens))
    numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    words = np.fromiter(map(numbers.__getitem__, flat), np.int64, len(flat))
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    starts = np.cumsum(lengths) - lengths
    is_stop = np.fromiter(map(stopwords.__contains__, numbers), bool, len(numbers))
    line_of = np.repeat(np.arange(len(tokens)), lengths)
    used = is_running.take(line_of) & ~is_stop.take(words)
    pairs = np.sort(line_of[used] * len(numbers) + words[used])
    once = pairs[np.diff(pairs, prepend=-1) > 0] % len(numbers)
    uses = np.bincount(once, minlength=len(numbers))
    known = uses.take(words) > is_running.take(line_of)  # a line does not count for itself
    found = np.add.reduceat(is_stop.take(words), starts, dtype=np.float32)
    shares = np.add.reduceat(known, starts, dtype=np.float32)
    shares /= np.maximum(lengths - found, 1)
    first, last = words.take(starts), words.take(starts + lengths - 1)
    return Vocabulary(found, shares, _repeats(first), _repeats(last))


def _repeats(numbers: Ints) -> Floats:
    return np.bincount(numbers).take(numbers).astype(np.float32)
