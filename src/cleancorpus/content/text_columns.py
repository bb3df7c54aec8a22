"""What is handed to the counts over a text: its lines in columns, before anything is counted."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from cleancorpus.content.lines import Line, Lines
from cleancorpus.content.shape import Floats, copies_of
from cleancorpus.content.text_names import CATEGORIES
from cleancorpus.document import Document, Kind

_MOST_GAP: Final = 3  # empty lines; what is wider says no more
_HELD: Final = len(CATEGORIES)  # the bits of categories that the whole line is
_WHOLE: Final = ("exact", "label")
_BITS: Final = {name: 1 << bit for bit, name in enumerate(CATEGORIES)}


class TextColumns(NamedTuple):
    """The lines of a text in columns, and where on it things are.

    `phrases` has a bit for each category that the line is a phrase of, and then for each that it
    holds one of. `headline` is the first heading of Markdown, or the line over the running text
    that may be one; `headlines` are all that may be.
    """

    texts: list[str]
    keys: list[str]
    kinds: list[Kind]
    words: list[int]
    link_chars: list[int]
    levels: list[int]
    gaps: list[int]
    phrases: list[int]
    is_item: list[bool]
    is_indented: list[bool]
    is_date: list[bool]
    is_prose: list[bool]
    is_furniture: list[bool]
    is_aside: list[bool]
    copies: Floats
    headline: int
    headlines: list[int]
    body: range
    stopwords: Collection[str]


def read_columns(document: Document, lines: Lines) -> TextColumns:
    """Bring the blocks and lines of a text into columns."""
    blocks, measured = document.blocks, lines.lines
    kinds = [block.kind for block in blocks]
    keys = [line.key for line in measured]
    headlines = list(lines.headlines)
    headline = min(headlines, default=0)
    if Kind.HEADING in kinds:
        headline = kinds.index(Kind.HEADING)
    return TextColumns(
        [line.text for line in measured],
        keys,
        kinds,
        [line.words for line in measured],
        [block.link_chars for block in blocks],
        [block.level for block in blocks],
        _gaps(document),
        [_phrases(line) if line.hits else 0 for line in measured],
        *_marks([block.mark for block in blocks]),
        [line.is_date for line in measured],
        [line.is_prose for line in measured],
        [line.is_furniture for line in measured],
        [line.is_aside for line in measured],
        copies_of(keys),
        headline,
        headlines,
        lines.body,
        lines.index.stopwords,
    )


def _phrases(line: Line) -> int:
    found = 0
    for hit in line.hits:
        bit = _BITS.get(hit.category, 0)
        found |= bit if hit.mode in _WHOLE else bit << _HELD
    return found


def _marks(marks: Sequence[str]) -> tuple[list[bool], list[bool]]:
    """Whether more than white space stands before each block, and whether its line is indented."""
    if not any(marks):
        none = [False] * len(marks)
        return none, none
    return [bool(mark.strip()) for mark in marks], [mark[:1].isspace() for mark in marks]


def _gaps(document: Document) -> list[int]:
    """The empty lines before each block; none where the source is not known."""
    gaps = [0] * len(document.blocks)
    source, last = document.source, 0
    if source is None or source.strip().count("\n") < len(gaps):  # a line break for each at most
        return gaps
    for at, block in enumerate(document.blocks):
        if block.start is None or block.end is None:
            continue
        if at:
            gaps[at] = max(min(source.count("\n", last, block.start) - 1, _MOST_GAP), 0)
        last = block.end
    return gaps
