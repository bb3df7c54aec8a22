"""One block measured: its words, its ending, and what phrases were found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Final, NamedTuple

from cleancorpus import phrases
from cleancorpus.document import Block, Kind
from cleancorpus.instances import instances
from cleancorpus.measures import (
    SENTENCE,
    Ending,
    count_words,
    ending,
    tokens,
    tokens_of_each,
)
from cleancorpus.page.compiled import Read, compiled, read_texts
from cleancorpus.phrases import Hit

_READ_CHARS = 4_000  # of a block; a longer one is prose or raw data, whatever follows

# Prose: a sentence of some length, or a text too long for a heading or a menu entry.
_SENTENCE_WORDS = 10
LONG_WORDS: Final = 24
_MOST_LINK_SHARE = 0.5
# Looked up on the enumeration, a member costs ten times as much (Python 3.11).
VERBATIM: Final = (Kind.CODE, Kind.TABLE_ROW)
"""Kinds whose blocks are no lines of text."""
BORROWED: Final = (*VERBATIM, Kind.QUOTE)
"""Kinds whose blocks are no text of the page's own."""
_NOT_PROSE = (Kind.CODE, Kind.TABLE_ROW, Kind.HEADING)

_OPENING_QUOTES = '"“„«「『'


@dataclass(slots=True)
class Line:
    """A block measured.

    `key` is the tokens as one string, by which lines are compared; `parts` says how many pieces
    separators such as `|` cut the line into.
    """

    block: Block
    text: str
    kind: Kind
    key: str
    words: int
    is_prose: bool
    is_linked: bool  # most of it is link text
    hits: tuple[Hit, ...] = ()
    is_date: bool = False
    is_furniture: bool = False
    is_aside: bool = False  # a byline or caption, which opens or closes no body
    parts: int = 1

    @property
    def tokens(self) -> list[str]:
        """The folded words and numbers of the line, in order."""
        return self.key.split()

    @property
    def ending(self) -> Ending:
        """How the line ends."""
        return ending(self.text)

    @property
    def is_whole(self) -> bool:
        """The tokens are those of the whole text, not of its start."""
        return len(self.text) <= _READ_CHARS

    def hit(self, *categories: str, modes: tuple[str, ...] = phrases.HIT_MODES) -> Hit | None:
        """Return the first phrase of one of these categories, if there is one."""
        for found in self.hits:
            if found.category in categories and found.mode in modes:
                return found
        return None

    @property
    def opens_quoted(self) -> bool:
        """The line begins with a quotation mark: somebody is quoted, or a label is spoken of."""
        return self.text[:1] != "" and self.text[0] in _OPENING_QUOTES

    def quotes(self, hit: Hit) -> bool:
        """A quotation mark stands before the phrase: the line speaks of it."""
        before = self.text.casefold().partition(hit.phrase.casefold())[0]
        return any(mark in before for mark in _OPENING_QUOTES)


class Measured(NamedTuple):
    """The lines of a page, and what was read of their texts."""

    lines: list[Line]
    read: Read


def measure(blocks: Sequence[Block]) -> Measured:
    """Return what can be said of each block without knowing its language."""
    texts = [block.text if block.shown is None else block.shown for block in blocks]
    module = compiled()
    read = read_in_python(texts) if module is None else _read(module, texts)
    kinds = [block.kind for block in blocks]
    is_linked = [
        (linked := block.link_chars) > 0 and text != "" and linked > _MOST_LINK_SHARE * len(text)
        for block, text in zip(blocks, texts, strict=True)
    ]
    is_prose = [False] * len(texts)
    for at, words in enumerate(read.words):
        if words >= _SENTENCE_WORDS and not is_linked[at]:
            is_prose[at] = _is_prose(kinds[at], texts[at], words)
    lines = instances(
        Line,
        len(texts),
        block=list(blocks),
        text=texts,
        kind=kinds,
        key=read.keys,
        words=read.words,
        is_prose=is_prose,
        is_linked=is_linked,
        hits=(),
        is_date=False,
        is_furniture=False,
        is_aside=False,
        parts=1,
    )
    return Measured(lines, read)


def read_in_python(texts: Sequence[str]) -> Read:
    """Read each text where nothing is compiled; no shape is known."""
    found = tokens_of_each([text[:_READ_CHARS] for text in texts])
    keys = [" ".join(words) for words in found]
    return Read(keys, list(map(_count, keys, found)), b"", [])


def _read(module: ModuleType, texts: list[str]) -> Read:
    """Read each text with the compiled twin, and in Python what it cannot read."""
    read = read_texts(module, texts, _READ_CHARS)
    for at in read.odd:
        found = tokens(texts[at][:_READ_CHARS])
        read.keys[at] = " ".join(found)
        read.words[at] = _count(read.keys[at], found)
    return read


def _count(key: str, found: Sequence[str]) -> int:
    return len(found) if key.isascii() else count_words(found)


def _is_prose(kind: Kind, text: str, words: int) -> bool:
    return kind not in _NOT_PROSE and (words >= LONG_WORDS or ending(text) is SENTENCE)
