"""One block measured: its tokens, words, ending, and the phrases found in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from cleancorpus import phrases
from cleancorpus.document import Block, Kind
from cleancorpus.measures import (
    Ending,
    capital_share,
    count_words,
    ending,
    is_date,
    link_share,
    quoted,
    shown,
    tokens,
)
from cleancorpus.phrases import Hit, Index

_READ_CHARS = 4_000  # of a block; a longer one is prose or raw data, whatever follows

# Prose: a sentence of some length, or a text too long for a heading or a menu entry.
_SENTENCE_WORDS = 10
LONG_WORDS: Final = 24
_MOST_LINK_SHARE = 0.5
_NOT_PROSE = (Kind.CODE, Kind.TABLE_ROW, Kind.HEADING)

# Furniture: menus, notices, prompts. A phrase that is the whole line needs nothing more, one
# somewhere in a line needs a line that is short for running text.
_FURNITURE = (
    "navigation", "related", "share", "consent", "legal", "comment", "advertisement", "widget",
)  # fmt: skip
_FURNITURE_WORDS = 25
_NOTICE_WORDS = 120
_NOTICES = ("consent", "legal")
_ASIDES = ("byline", "caption")
_LABELS = ("byline", "caption", "share", "navigation")

_MOST_DATE_TOKENS = 14
_DATE = "date"  # stands in for a mode until a part with a phrase confirms that it is a byline
_PARTS = re.compile(r"\s*[|·•›»＞⟩→｜]\s*|\s+>\s*|(?<=\w)>\s+|\s/\s|\s[–—-]\s|[\u3000\t]+|\s{3,}")
_TRAIL = re.compile(r"[›»＞>⟩→]|\s/\s")
_PARTS_WORDS = 40
_ROW_WORDS = 16
_COUNTED_CHARS = 4  # "followers 8" is a count, "3X" is not
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_PART_SIGNS = frozenset("|·•›»＞>⟩→｜/–—-\u3000\t") | {"   "}
_LABEL = re.compile(r"([^:：]{2,40})[:：]\s*\S")
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}")
_TAIL_WORDS = 8
_SENTENCE_BREAK = re.compile(r"(?<=\w\w)[.!?]\s|[。！？]")  # not after an initial
_OPENING_QUOTES = '"“„«「『'
_BRACKETS = {")": "(", "）": "（", "]": "[", "】": "【"}


@dataclass(slots=True)
class Line:
    """A block measured.

    `key` is the tokens as one string, by which lines are compared; `parts` says how many pieces
    separators such as `|` cut the line into.
    """

    text: str
    kind: Kind
    tokens: list[str]
    words: int
    ending: Ending
    link_share: float
    key: str
    is_whole: bool  # the tokens are those of the whole text
    is_prose: bool
    hits: tuple[Hit, ...] = ()
    is_date: bool = False
    is_furniture: bool = False
    is_aside: bool = False  # a byline or caption, which opens or closes no body
    parts: int = 1

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


def measure(block: Block) -> Line:
    """Return what can be said of a block without knowing its language."""
    text = shown(block)
    read = text if len(text) <= _READ_CHARS else text[:_READ_CHARS]
    found = tokens(read)
    words = len(found) if read.isascii() else count_words(found)
    how = ending(text)
    links = link_share(block)
    is_prose = (
        block.kind not in _NOT_PROSE
        and (words >= LONG_WORDS or (words >= _SENTENCE_WORDS and how is Ending.SENTENCE))
        and links <= _MOST_LINK_SHARE
    )
    return Line(text, block.kind, found, words, how, links, " ".join(found), read is text, is_prose)


def look_up(line: Line, index: Index) -> None:
    """Fill in what the phrases of the page's languages say of a line."""
    if not line.tokens:
        return
    if len(line.tokens) <= _MOST_DATE_TOKENS:
        line.is_date = is_date(line.text, line.tokens, index.dates)
    hits = index.hits(line.tokens)
    if line.words <= _PARTS_WORDS:
        hits += tuple(hit for hit in _inner_hits(line, index, bool(hits)) if hit not in hits)
    line.hits = hits
    if hits:
        line.is_furniture = _is_furniture(line)
        line.is_aside = line.hit(*_ASIDES, modes=("exact", "ends", "contains")) is not None


def _inner_hits(line: Line, index: Index, has_hits: bool) -> Iterator[Hit]:
    """Phrases that are a label before a colon, parts between separators, or the tail of a line."""
    text = line.text
    if not has_hits and line.words <= _ROW_WORDS and (row := _row(line, index)):
        yield row
        return
    if not has_hits and (":" in text or "：" in text) and (label := _LABEL.match(text)):
        for hit in index.hits(tokens(label.group(1))):
            is_label = hit.category in _LABELS or " " in hit.phrase
            if hit.mode == "exact" and is_label:
                yield Hit(hit.category, "label", hit.phrase)
    if not _PART_SIGNS.isdisjoint(text) or "   " in text:
        yield from _hits_of_parts(line, index)
    if "@" in text and _MAIL.search(text):
        for hit in index.hits(tokens(_MAIL.sub(" ", text))):
            if hit.category == "byline":
                yield hit
    if (text[-1] in _BRACKETS or ". " in text or "。" in text) and (tail := _tail(text)):
        for hit in index.hits(tokens(tail)):
            if _is_credit(hit, tail):
                yield Hit(hit.category, "ends", hit.phrase)


def _is_credit(hit: Hit, tail: str) -> bool:
    """A credit ends a line: a label with a colon, or a word such as "photo" before a name."""
    if hit.category == "byline":
        return hit.mode == "exact"
    if hit.category != "caption" or hit.mode not in ("exact", "starts"):
        return False
    name = tail[len(hit.phrase) :]
    return (
        " " in hit.phrase
        or ":" in tail
        or "：" in tail
        or (name != "" and capital_share(name) == 1)
    )


def _row(line: Line, index: Index) -> Hit | None:
    """A row of menu words or buttons, also with the spaces between them lost."""
    words = line.tokens
    if _GLUED.search(line.text):
        words = tokens(_GLUED.sub(" ", line.text))
    hits = [hit for hit in index.cover(words) if hit.category in _FURNITURE]
    if not hits or (len(hits) < 2 and (len(words) < 2 or len(hits[0].phrase) < _COUNTED_CHARS)):
        return None
    common = Counter(hit.category for hit in hits).most_common(1)[0][0]
    if common != "share" and any(word[0].isdigit() for word in words):
        return None
    line.parts = max(len(hits), 2)
    phrase = next(hit.phrase for hit in hits if hit.category == common)
    return Hit(common, "exact", phrase)


def _hits_of_parts(line: Line, index: Index) -> Iterator[Hit]:
    """A category that at least half of the parts of a line belong to."""
    parts = [part for part in _PARTS.split(line.text) if part]
    line.parts = len(parts)
    if len(parts) < 2:
        return
    found: dict[str, list[Hit]] = {}
    for hit in index.hits(tokens(parts[0])):
        if hit.category == "navigation" and hit.mode == "exact" and _TRAIL.search(line.text):
            yield hit  # a breadcrumb begins with a menu word and goes on with the page's own path
    for part in parts:
        words = tokens(part)
        for hit in index.hits(words):
            if hit.mode == "exact" or hit.category == "byline":
                found.setdefault(hit.category, []).append(hit)
        if is_date(part, words, index.dates):
            found.setdefault("byline", []).append(Hit("byline", _DATE, quoted(part)))
    for hits in found.values():
        dates = sum(hit.mode == _DATE for hit in hits)
        if len(hits) * 2 >= len(parts) and (dates < len(hits) or dates == len(parts)):
            yield Hit(hits[0].category, "exact", hits[0].phrase)


def _tail(text: str) -> str | None:
    """The last bracket or the last short sentence of a text, where credits stand."""
    if text[-1] in _BRACKETS:
        start = text.rfind(_BRACKETS[text[-1]])
        tail = text[start + 1 : -1] if start >= 0 else ""
    else:
        tail = _SENTENCE_BREAK.split(text.rstrip(".。 "))[-1]
        if len(tail) >= len(text) - 2:
            return None
    return tail if 0 < len(tail.split()) <= _TAIL_WORDS else None


def _is_furniture(line: Line) -> bool:
    if line.hit("body"):
        return False
    if line.hit(*_FURNITURE, modes=("exact",)):
        return True
    if line.words <= _FURNITURE_WORDS and line.hit(*_FURNITURE):
        return True
    return line.words <= _NOTICE_WORDS and line.hit(*_NOTICES, modes=("contains",)) is not None
