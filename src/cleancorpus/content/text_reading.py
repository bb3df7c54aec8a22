"""A text as its features read it: the measures of its lines in columns, and sums over them."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.lines import Line, Lines
from cleancorpus.content.openings import Openings, read_openings
from cleancorpus.content.shape import Shapes, read_shapes
from cleancorpus.content.text_names import CATEGORIES, KINDS, WINDOWS
from cleancorpus.document import Document

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]
Number = TypeVar("Number", np.float32, np.uint8)

_LONG_WORDS: Final = 20
_PROSE_WORDS: Final = 10
_MOST_LINK_SHARE: Final = 0.4
_NO_TOKENS: Final = ("",)
_MOST_GAP: Final = 3  # empty lines; what is wider says no more
_EXACT: Final = ("exact", "label")
_CODES: Final = {name: code for code, name in enumerate(CATEGORIES)}
_KIND_CODES: Final = {kind: code for code, kind in enumerate(KINDS)}

WORDS, CHARS, LINKED, MARKS, LONG, PROSE, FURNITURE, STOPWORDS, CAPITALS = range(9)
"""The rows of the running sums over lines."""
PADDING: Final = max(WINDOWS) + 1
"""Empty sums before the running ones, and copies of the last one after them."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What reading the lines found: a row of zeros and ones for each."""

    is_phrase: Bits
    has_phrase: Bits
    is_date: Bits
    is_prose: Bits
    is_furniture: Bits
    is_aside: Bits


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
    """What the features share: a column for each measure, a row for each line."""

    lines: Lines
    shapes: Shapes
    openings: Openings
    words: Floats
    linked: Floats
    vocabulary: Vocabulary
    kinds: Ints
    levels: Floats
    is_item: Bits
    is_indented: Bits
    gaps: Floats
    is_long: NDArray[np.bool_]
    findings: Findings
    sums: Doubles  # with padding for windows at both ends
    rows: Ints

    @property
    def running(self) -> Doubles:
        """The sums up to each line, with those of the whole text last."""
        return self.sums[:, PADDING : PADDING + 1 + len(self.rows)]


def read_text(document: Document, lines: Lines) -> Text:
    """Bring the measures of the lines into columns and add up what windows take differences of."""
    blocks, measured = document.blocks, lines.lines
    count = len(blocks)
    words = np.maximum(_column(measured, "words", np.float32), 1)
    texts = [line.text or " " for line in measured]
    shapes, openings = read_shapes(texts, words), read_openings(texts)
    linked = _column(blocks, "link_chars", np.float32)
    np.minimum(linked, shapes.chars, out=linked)
    vocabulary = read_vocabulary(lines, words >= _PROSE_WORDS)
    findings = _findings(measured)
    is_long = (words >= _LONG_WORDS) & (linked < _MOST_LINK_SHARE * shapes.chars)
    columns = (
        words, shapes.chars, linked, shapes.marks, is_long, findings.is_prose,
        findings.is_furniture, vocabulary.stopwords, openings.capital_words,
    )  # fmt: skip
    return Text(
        lines,
        shapes,
        openings,
        words,
        linked,
        vocabulary,
        np.fromiter((_KIND_CODES[block.kind] for block in blocks), np.int64, count),
        _column(blocks, "level", np.float32),
        *_marks([block.mark for block in blocks]),
        _gaps(document),
        is_long,
        findings,
        _sums(columns),
        np.arange(count),
    )


def _column(of: Sequence[object], name: str, kind: type[Number]) -> NDArray[Number]:
    """What so many objects have under a name; a loop in Python takes twice as long."""
    return np.fromiter(map(attrgetter(name), of), kind, len(of))


def _marks(marks: Sequence[str]) -> tuple[Bits, Bits]:
    """Whether more than white space stands before each block, and whether its line is indented."""
    if not any(marks):
        return np.zeros(len(marks), np.uint8), np.zeros(len(marks), np.uint8)
    is_item = np.fromiter((bool(mark.strip()) for mark in marks), np.uint8, len(marks))
    is_indented = np.fromiter((mark[:1].isspace() for mark in marks), np.uint8, len(marks))
    return is_item, is_indented


def _sums(columns: Sequence[NDArray[np.generic]]) -> Doubles:
    count, pad = len(columns[0]), PADDING
    sums = np.zeros((len(columns), count + 2 * pad))
    rows = sums[:, pad + 1 : pad + 1 + count]
    for row, column in zip(rows, columns, strict=True):
        np.cumsum(column, dtype=np.float64, out=row)
    sums[:, pad + 1 + count :] = rows[:, -1:]
    return sums


def _gaps(document: Document) -> Floats:
    """The empty lines before each block; none where the source is not known."""
    gaps = np.zeros(len(document.blocks), np.float32)
    source, last = document.source, 0
    if source is None or source.strip().count("\n") < len(gaps):  # a line break for each at most
        return gaps
    for at, block in enumerate(document.blocks):
        if block.start is None or block.end is None:
            continue
        gaps[at] = min(source.count("\n", last, block.start) - 1, _MOST_GAP) if at else 0
        last = block.end
    return np.maximum(gaps, 0)


def read_vocabulary(page: Lines, is_long: NDArray[np.bool_]) -> Vocabulary:
    """Count the words of all lines."""
    module = compiled()
    if module is None:
        return vocabulary_in_python(page, is_long)
    found = module.tokens([line.key for line in page.lines], page.index.stopwords, is_long)
    return Vocabulary(*(np.frombuffer(column, np.float32) for column in found))


def vocabulary_in_python(page: Lines, is_long: NDArray[np.bool_]) -> Vocabulary:
    """Do the same with arrays, on the numbers of words."""
    tokens = [line.tokens or _NO_TOKENS for line in page.lines]
    flat = list(itertools.chain.from_iterable(tokens))
    numbers: defaultdict[str, int] = defaultdict(itertools.count().__next__)
    words = np.fromiter(map(numbers.__getitem__, flat), np.int64, len(flat))
    lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
    starts = np.cumsum(lengths) - lengths
    is_stop = np.fromiter(map(page.index.stopwords.__contains__, numbers), bool, len(numbers))
    line_of = np.repeat(np.arange(len(tokens)), lengths)
    used = is_long.take(line_of) & ~is_stop.take(words)
    pairs = np.sort(line_of[used] * len(numbers) + words[used])
    once = pairs[np.diff(pairs, prepend=-1) > 0] % len(numbers)
    uses = np.bincount(once, minlength=len(numbers))
    known = uses.take(words) > is_long.take(line_of)  # a line does not count for itself
    stopwords = np.add.reduceat(is_stop.take(words), starts, dtype=np.float32)
    shares = np.add.reduceat(known, starts, dtype=np.float32)
    shares /= np.maximum(lengths - stopwords, 1)
    first, last = words.take(starts), words.take(starts + lengths - 1)
    return Vocabulary(stopwords, shares, _repeats(first), _repeats(last))


def _repeats(numbers: Ints) -> Floats:
    return np.bincount(numbers).take(numbers).astype(np.float32)


def _findings(lines: Sequence[Line]) -> Findings:
    count = len(lines)
    is_phrase, has_phrase = (np.zeros((count, len(CATEGORIES)), np.uint8) for _ in range(2))
    for at, line in enumerate(lines):
        for hit in line.hits:
            code = _CODES.get(hit.category)
            if code is not None:
                (is_phrase if hit.mode in _EXACT else has_phrase)[at, code] = 1
    return Findings(
        is_phrase,
        has_phrase,
        *(
            _column(lines, name, np.uint8)
            for name in ("is_date", "is_prose", "is_furniture", "is_aside")
        ),
    )
