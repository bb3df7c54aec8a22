"""A document as the filters see it: each line measured once, its phrases, and where the body is.

A page is read from the blocks alone, removed ones included, so every filter and every second
pass sees the same.
"""

from __future__ import annotations

import enum
import functools
from collections import Counter
from dataclasses import dataclass

from cleancorpus import phrases
from cleancorpus.document import Block, Document, Kind
from cleancorpus.measures import Ending, count_words, ending, is_date, link_share, shown, tokens
from cleancorpus.phrases import Hit

_READ_CHARS = 4_000  # of a block; a longer one is prose or raw data, whatever follows
_SAMPLED_TOKENS = 3_000
_SECOND_LANGUAGE_SHARE = 0.5  # of the stop words that the first language has

# Prose: a sentence of some length, or a text too long for a heading or a menu entry.
_SENTENCE_WORDS = 10
_LONG_WORDS = 24
_MOST_LINK_SHARE = 0.5
_MOST_DATE_TOKENS = 14

# Furniture: menus, notices, prompts. A phrase that is the whole line needs nothing more, one
# somewhere in a line needs a line that is short for running text.
_FURNITURE = (
    "navigation", "related", "share", "consent", "legal", "comment", "advertisement", "widget",
)  # fmt: skip
_FURNITURE_WORDS = 25
_NOTICE_WORDS = 120
_NOTICES = ("consent", "legal")
_RAW_FURNITURE = 5  # lines; clean documents hold one or two by chance
_ENTRY_WORDS = 7  # a menu entry; headlines are longer
_NOT_PROSE = (Kind.CODE, Kind.TABLE_ROW, Kind.HEADING)


@dataclass(slots=True)
class Line:
    """A block measured: its shown text, tokens, words, ending, and the phrases found in it."""

    text: str
    kind: Kind
    mark: str
    tokens: list[str]
    words: int
    ending: Ending
    link_share: float
    key: str
    hits: tuple[Hit, ...] = ()
    is_date: bool = False
    is_prose: bool = False
    is_furniture: bool = False
    is_whole: bool = True  # the tokens are those of the whole text

    def hit(self, *categories: str, modes: tuple[str, ...] = phrases.MODES) -> Hit | None:
        """Return the first phrase of one of these categories, if there is one."""
        for found in self.hits:
            if found.category in categories and found.mode in modes:
                return found
        return None


class Zone(enum.StrEnum):
    """Where a block lies: before the first running text, between first and last, after the last."""

    BEFORE = "before the body"
    INSIDE = "inside the body"
    AFTER = "after the body"


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring short entries of one shape: a list with bullets, or bare lines.

    `start` and `end` are indices, `end` one past the last; `furniture` says how many entries
    hold a phrase of the page's furniture; `is_led` that a colon or a heading such as
    "Ingredients" right before introduces them as part of the body.
    """

    start: int
    end: int
    is_list: bool
    furniture: int
    is_led: bool

    def __len__(self) -> int:
        """How many entries there are."""
        return self.end - self.start


class Page:
    """What the filters know of a document."""

    def __init__(self, document: Document) -> None:
        """Measure every block; see `read`."""
        self.lines = [_measure(block) for block in document.blocks]
        self.languages = _languages(self.lines)
        index = phrases.index(*self.languages)
        self.date_words = index.dates
        for line in self.lines:
            line.hits = index.hits(line.tokens)
            line.is_date = len(line.tokens) <= _MOST_DATE_TOKENS and is_date(
                line.text, line.tokens, index.dates
            )
            line.is_furniture = _is_furniture(line)

    @functools.cached_property
    def counts(self) -> Counter[str]:
        """How often each line's key stands on the page."""
        return Counter(line.key for line in self.lines if line.key)

    @functools.cached_property
    def body(self) -> range:
        """From the first to the last block of running text that is no notice; may be empty."""
        prose = [at for at, line in enumerate(self.lines) if line.is_prose and not line.is_furniture]
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    @functools.cached_property
    def prose_count(self) -> int:
        """How many blocks of running text there are that are no notice."""
        return sum(self.lines[at].is_prose and not self.lines[at].is_furniture for at in self.body)

    @functools.cached_property
    def long_count(self) -> int:
        """How many blocks are running text of some length: a page of verse has none."""
        return sum(line.words >= _LONG_WORDS for line in self.lines)

    @functools.cached_property
    def date_lines(self) -> int:
        """How many blocks are a date and nothing else."""
        return sum(line.is_date for line in self.lines)

    def topic_share(self, *categories: str) -> float:
        """The share of running text that holds phrases of these categories, 0 to 1."""
        prose = [line for line in self.lines if line.is_prose]
        return sum(line.hit(*categories) is not None for line in prose) / len(prose) if prose else 0

    @functools.cached_property
    def furniture_count(self) -> int:
        """How many blocks hold a phrase of the page's furniture: how raw the page is."""
        return sum(line.is_furniture for line in self.lines)

    @property
    def is_raw(self) -> bool:
        """The page came with its furniture, so that shape and place alone may speak."""
        return self.furniture_count >= _RAW_FURNITURE

    def zone(self, at: int) -> Zone:
        """Where the block lies; a page without running text is all inside."""
        if not self.body or self.body.start <= at < self.body.stop:
            return Zone.INSIDE
        return Zone.BEFORE if at < self.body.start else Zone.AFTER

    def near(self, at: int, reach: int = 1) -> list[Line]:
        """The neighbours within `reach` blocks on both sides, the block itself left out."""
        lines = self.lines
        return lines[max(0, at - reach) : at] + lines[at + 1 : at + 1 + reach]

    @functools.cached_property
    def groups(self) -> list[Group]:
        """All runs of neighbouring short entries, in order."""
        groups = []
        start = 0
        while start < len(self.lines):
            if not self._is_entry(start):
                start += 1
                continue
            is_list = self.lines[start].kind is Kind.LIST_ITEM
            end = start + 1
            while end < len(self.lines) and self._is_entry(end) and (
                is_list == (self.lines[end].kind is Kind.LIST_ITEM)
            ):
                end += 1
            furniture = sum(line.is_furniture for line in self.lines[start:end])
            groups.append(Group(start, end, is_list, furniture, self._is_led(start)))
            start = end
        return groups

    def _is_entry(self, at: int) -> bool:
        line = self.lines[at]
        if line.is_furniture:
            return not line.is_prose
        return (
            line.words <= _ENTRY_WORDS
            and line.ending is not Ending.SENTENCE
            and line.kind not in (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE)
        )

    def _is_led(self, at: int) -> bool:
        if at == 0:
            return False
        before = self.lines[at - 1]
        return before.ending is Ending.LEAD or before.hit("body") is not None


def read(document: Document) -> Page:
    """Return the document's page, read once and kept in its memo."""
    page = document.memo.get("page")
    if page is None:
        page = document.memo["page"] = Page(document)
    assert isinstance(page, Page)
    return page


def _measure(block: Block) -> Line:
    text = shown(block)
    read = text if len(text) <= _READ_CHARS else text[:_READ_CHARS]
    found = tokens(read)
    words = len(found) if read.isascii() else count_words(found)
    line = Line(
        text, block.kind, block.mark, found, words, ending(text), link_share(block), " ".join(found)
    )
    line.is_whole = read is text
    line.is_prose = (
        block.kind not in _NOT_PROSE
        and (words >= _LONG_WORDS or (words >= _SENTENCE_WORDS and line.ending is Ending.SENTENCE))
        and line.link_share <= _MOST_LINK_SHARE
    )
    return line


def _languages(lines: list[Line]) -> tuple[str, ...]:
    """The languages whose phrases to look for: English, which is everywhere, and the page's own."""
    known = phrases.stopword_languages()
    counts: Counter[str] = Counter()
    sampled = 0
    for line in lines:
        for word in line.tokens:
            counts.update(known.get(word, ()))
        sampled += len(line.tokens)
        if sampled > _SAMPLED_TOKENS:
            break
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:2]
    chosen = [name for name, count in ranked if count >= _SECOND_LANGUAGE_SHARE * ranked[0][1]]
    return tuple(sorted({"en", *chosen}))


def _is_furniture(line: Line) -> bool:
    if not line.hits or line.hit("body"):
        return False
    if line.hit(*_FURNITURE, modes=("exact",)):
        return True
    if line.words <= _FURNITURE_WORDS and line.hit(*_FURNITURE):
        return True
    return line.words <= _NOTICE_WORDS and line.hit(*_NOTICES, modes=("contains",)) is not None
