"""A text as its features read it: the measures of its lines in columns, and sums over them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.lines import Line, Lines
from cleancorpus.content.shape import Openings, Shapes, read_openings, read_shapes
from cleancorpus.content.text_names import CATEGORIES, KINDS, WINDOWS
from cleancorpus.document import Document

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]

_LONG_WORDS: Final = 20
_PROSE_WORDS: Final = 10
_MOST_LINK_SHARE: Final = 0.4
_MOST_GAP: Final = 3  # empty lines; what is wider says no more
_EXACT: Final = ("exact", "label")
_CODES: Final = {name: code for code, name in enumerate(CATEGORIES)}
_KIND_CODES: Final = {kind: code for code, kind in enumerate(KINDS)}

WORDS, CHARS, LINKED, MARKS, LONG, PROSE, FURNITURE, STOPWORDS, CAPITALS = range(9)
"""The columns of the running sums over lines."""
PADDING: Final = max(WINDOWS) + 1
"""Empty rows before the running sums, and copies of the last one after them."""


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
class Text:
    """What the features share: a column for each measure, a row for each line."""

    lines: Lines
    shapes: Shapes
    openings: Openings
    words: Floats
    linked: Floats
    stopwords: Floats
    known: Floats
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
        return self.sums[PADDING : PADDING + 1 + len(self.rows)]


def read_text(document: Document, lines: Lines) -> Text:
    """Bring the measures of the lines into columns and add up what windows take differences of."""
    blocks, measured = document.blocks, lines.lines
    count = len(blocks)
    words = np.fromiter((max(line.words, 1) for line in measured), np.float32, count)
    shapes = read_shapes([line.text or " " for line in measured], words)
    openings = read_openings(shapes)
    linked = np.fromiter((block.link_chars for block in blocks), np.float32, count)
    np.minimum(linked, shapes.chars, out=linked)
    stopwords, known = _vocabulary(measured, lines)
    findings = _findings(measured)
    is_long = (words >= _LONG_WORDS) & (linked < _MOST_LINK_SHARE * shapes.chars)
    columns = (
        words, shapes.chars, linked, shapes.marks, is_long, findings.is_prose,
        findings.is_furniture, stopwords, openings.capital_words,
    )  # fmt: skip
    return Text(
        lines,
        shapes,
        openings,
        words,
        linked,
        stopwords,
        known,
        np.fromiter((_KIND_CODES[block.kind] for block in blocks), np.int64, count),
        np.fromiter((block.level for block in blocks), np.float32, count),
        np.fromiter((bool(block.mark.strip()) for block in blocks), np.uint8, count),
        np.fromiter((block.mark[:1].isspace() for block in blocks), np.uint8, count),
        _gaps(document),
        is_long,
        findings,
        _sums(columns),
        np.arange(count),
    )


def _sums(columns: Sequence[NDArray[np.generic]]) -> Doubles:
    count, pad = len(columns[0]), PADDING
    sums = np.zeros((count + 2 * pad, len(columns)))
    rows = sums[pad + 1 : pad + 1 + count]
    for at, column in enumerate(columns):
        rows[:, at] = column
    np.cumsum(rows, axis=0, out=rows)
    sums[pad + 1 + count :] = rows[-1]
    return sums


def _gaps(document: Document) -> Floats:
    """The empty lines before each block; none where the source is not known."""
    gaps = np.zeros(len(document.blocks), np.float32)
    source, last = document.source, 0
    if source is None:
        return gaps
    for at, block in enumerate(document.blocks):
        if block.start is None or block.end is None:
            continue
        gaps[at] = min(source.count("\n", last, block.start) - 1, _MOST_GAP) if at else 0
        last = block.end
    return np.maximum(gaps, 0)


def _vocabulary(lines: Sequence[Line], page: Lines) -> tuple[Floats, Floats]:
    """How many words of each line are stop words, and which share of the others other lines use.

    Only lines long enough to be running text count as using a word.
    """
    is_stop = page.stopwords.__contains__
    stopwords = [sum(map(is_stop, line.tokens)) for line in lines]
    uses: Counter[str] = Counter()
    for line in lines:
        if line.words >= _PROSE_WORDS:
            uses.update({word for word in line.tokens if not is_stop(word)})
    once, twice = set(uses), {word for word, count in uses.items() if count > 1}
    known = (
        sum(map((twice if line.words >= _PROSE_WORDS else once).__contains__, line.tokens))
        for line in lines
    )
    count = len(lines)
    tokens = np.fromiter((len(line.tokens) for line in lines), np.float32, count)
    stops = np.array(stopwords, np.float32)
    return stops, np.fromiter(known, np.float32, count) / np.maximum(tokens - stops, 1)


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
        np.fromiter((line.is_date for line in lines), np.uint8, count),
        np.fromiter((line.is_prose for line in lines), np.uint8, count),
        np.fromiter((line.is_furniture for line in lines), np.uint8, count),
        np.fromiter((line.is_aside for line in lines), np.uint8, count),
    )
