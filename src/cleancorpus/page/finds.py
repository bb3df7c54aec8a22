"""What the phrases of a page's languages, and dates, say of one line."""

from __future__ import annotations

import functools
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from cleancorpus.measures import capital_share, is_date, quoted, tokens
from cleancorpus.page.compiled import ASK_PYTHON, ROW, Read, compiled
from cleancorpus.page.compiled import look_up as find_phrases
from cleancorpus.page.line import Line
from cleancorpus.page.signs import (
    BRACKETS,
    DASHES,
    DATE_WORDS,
    PARTS_WORDS,
    ROW_WORDS,
    SEPARATORS,
    is_label,
)
from cleancorpus.phrases import Hit, Index

# Furniture: menus, notices, prompts. A phrase that is the whole line needs nothing more, one
# somewhere in a line needs a line that is short for running text.
_FURNITURE = (
    "navigation", "related", "share", "consent", "legal", "comment", "advertisement", "widget",
)  # fmt: skip
_FURNITURE_WORDS = 25
_NOTICE_WORDS = 120
_COUNT_WORDS = 10  # of a line that ends with "3 comments"; a longer one has its own to say
_NOTICES = ("consent", "legal")
_ASIDES = ("byline", "caption")
_ASIDE_MODES = ("exact", "ends", "contains")

_DATE = "date"  # stands in for a mode until a part with a phrase confirms that it is a byline
_PARTS = re.compile(r"\s*[|·•›»＞⟩→｜]\s*|\s+>\s*|(?<=\w)>\s+|\s/\s|\s[–—-]\s|[\u3000\t]+|\s{3,}")
_TRAIL = re.compile(r"[›»＞>⟩→]|\s/\s")
_COUNTED_CHARS = 4  # "followers 8" is a count, "3X" is not
_GLUED = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])")
_SIGN = re.compile(r"[|·•›»＞>⟩→｜/–—\-\u3000\t:：@)）\]】。]")  # of anything inside a line
_SPACED_DASH = re.compile(r"\s[>/–—-]|>\s")
_LABEL = re.compile(r"([^:：]{2,40})[:：]\s*\S")
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}")
_TAIL_WORDS = 8
_SENTENCE_BREAK = re.compile(r"(?<=\w\w)[.!?]\s|[。！？]")  # not after an initial
# The short lines of a site, its menus above all, come again on each of its pages.
_KNOWN_LINES, _KNOWN_CHARS = 4_096, 300


class Finds(NamedTuple):
    """What was found in a line; the fields are those of `Line`."""

    hits: tuple[Hit, ...] = ()
    is_date: bool = False
    parts: int = 1


_NOTHING: Final = Finds()


def look_up(lines: Sequence[Line], read: Read, index: Index) -> None:
    """Fill in what the phrases of the page's languages say of each line."""
    module = compiled()
    if module is None:
        for line in lines:
            _fill(line, _known(line, index))
        return
    texts = [line.text for line in lines]
    for at, outcome, hits, dated, parts in find_phrases(module, index, read, texts):
        line = lines[at]
        row = _as_row(hits, parts) if hits and outcome == ROW else None
        if outcome == ASK_PYTHON or (outcome == ROW and row is None):
            _fill(line, _known(line, index))
        elif row is not None:
            _fill(line, Finds((row[0],), dated, row[1]))
        else:
            line.is_date, line.parts = dated, parts
            if hits:
                _fill_hits(line, index.in_order(hits))


def _known(line: Line, index: Index) -> Finds:
    """What is found in a line, looked for once."""
    known = index.known
    finds: Finds | None = known.get(line.text)
    if finds is None:
        finds = find(line, index)
        if len(line.text) <= _KNOWN_CHARS:
            if len(known) >= _KNOWN_LINES:
                known.clear()
            known[line.text] = finds
    return finds


def _fill(line: Line, finds: Finds) -> None:
    if finds is not _NOTHING:
        hits, line.is_date, line.parts = finds
        if hits:
            _fill_hits(line, hits)


def _fill_hits(line: Line, hits: tuple[Hit, ...]) -> None:
    line.hits = hits
    most_words, line.is_aside = _told(hits)
    line.is_furniture = line.words <= most_words


@functools.lru_cache(maxsize=_KNOWN_LINES)
def _told(hits: tuple[Hit, ...]) -> tuple[int, bool]:
    """How many words a line of the page's furniture has at most, and whether it is an aside."""
    most = -1
    for category, mode, _ in hits:
        if category == "body":
            most = -1
            break
        if category in _FURNITURE:
            if mode == "exact":
                most = sys.maxsize
            is_notice = category in _NOTICES and mode == "contains"
            few = _COUNT_WORDS if mode == "ends" else _FURNITURE_WORDS
            most = max(most, _NOTICE_WORDS if is_notice else few)
    modes = {hit.mode for hit in hits if hit.category in _ASIDES}
    return most, not modes.isdisjoint(_ASIDE_MODES)


def find(line: Line, index: Index) -> Finds:
    """Look for phrases and dates in a line."""
    text, found, words = line.text, line.tokens, line.words
    if words > PARTS_WORDS:
        hits = index.hits(found)
        return Finds(hits) if hits else _NOTHING
    if not found:
        return _NOTHING
    if "".join(found).isalpha():  # without a number
        dated, hits = line.key in index.dates, index.hits_of_normal(found)
    else:
        dated, hits = _is_date(text, found, index), index.hits(found)
    if not hits and words <= ROW_WORDS and (row := _row(text, found, index)):
        return Finds((row[0],), dated, row[1])
    signs = set(_SIGN.findall(text))
    if not signs and ". " not in text and "   " not in text:
        return Finds(hits, dated) if hits or dated else _NOTHING
    inner, parts = _inner_hits(text, signs, index, bool(hits))
    if not (hits or inner or dated) and parts == 1:
        return _NOTHING
    return Finds(hits + tuple(hit for hit in inner if hit not in hits), dated, parts)


def _is_date(text: str, found: Sequence[str], index: Index) -> bool:
    if len(found) > DATE_WORDS:
        return False
    for word in found:
        if word not in index.date_words and not word[0].isdigit():
            return False
    return is_date(text, found, index.dates)


def _inner_hits(
    text: str, signs: AbstractSet[str], index: Index, has_hits: bool
) -> tuple[list[Hit], int]:
    """Phrases that are a label before a colon, parts between separators, or the tail of a line."""
    inner: list[Hit] = []
    parts = 1
    if not has_hits and (":" in signs or "：" in signs) and (label := _LABEL.match(text)):
        inner += [
            Hit(hit.category, "label", hit.phrase)
            for hit in index.hits(tokens(label.group(1)))
            if hit.mode == "exact" and is_label(hit)
        ]
    is_cut = not SEPARATORS.isdisjoint(signs) or "   " in text
    if is_cut or (not DASHES.isdisjoint(signs) and _SPACED_DASH.search(text)):
        pieces = [part for part in _PARTS.split(text) if part]
        parts = len(pieces)
        inner += _hits_of_parts(text, pieces, index)
    if "@" in signs and _MAIL.search(text):
        hits = index.hits(tokens(_MAIL.sub(" ", text)))
        inner += [hit for hit in hits if hit.category == "byline"]
    if text[-1] in BRACKETS or ". " in text or "。" in text:
        tail = _tail(text) or ""
        for hit in index.hits(tokens(tail)):
            if _is_credit(hit, tail):
                inner.append(Hit(hit.category, "ends", hit.phrase))
    return inner, parts


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


def _row(text: str, words: Sequence[str], index: Index) -> tuple[Hit, int] | None:
    """A row of menu words or buttons, also with the spaces between them lost; and how many."""
    if not index.opens_row(words[0]) and text.isascii():
        start = text.lower().find(words[0])
        first = text[start : start + len(words[0])]
        if first[1:].islower() or not _GLUED.search(first):
            return None
    if not (text[1:].islower() or text.istitle()) and _GLUED.search(text):
        words = tokens(_GLUED.sub(" ", text))
    has_number = not "".join(words).isalpha() and any(word[0].isdigit() for word in words)
    if has_number and index.share_words.isdisjoint(words):
        return None
    return _as_row(index.cover(words), len(words), has_number=has_number)


def _as_row(
    found: Sequence[Hit], words: int, *, has_number: bool = False
) -> tuple[Hit, int] | None:
    """What phrases that cover a line of so many words make of it."""
    hits = [hit for hit in found if hit.category in _FURNITURE]
    if not hits or (len(hits) < 2 and (words < 2 or len(hits[0].phrase) < _COUNTED_CHARS)):
        return None
    common = Counter(hit.category for hit in hits).most_common(1)[0][0]
    if common != "share" and has_number:
        return None
    phrase = next(hit.phrase for hit in hits if hit.category == common)
    return Hit(common, "exact", phrase), max(len(hits), 2)


def _hits_of_parts(text: str, parts: Sequence[str], index: Index) -> Iterator[Hit]:
    """A category that at least half of the parts of a line belong to."""
    if len(parts) < 2:
        return
    found: dict[str, list[Hit]] = {}
    for hit in index.hits(tokens(parts[0])):
        if hit.category == "navigation" and hit.mode == "exact" and _TRAIL.search(text):
            yield hit  # a breadcrumb begins with a menu word and goes on with the page's own path
    for part in parts:
        words = tokens(part)
        for hit in index.hits(words):
            if hit.mode == "exact" or hit.category == "byline":
                found.setdefault(hit.category, []).append(hit)
        if _is_date(part, words, index):
            found.setdefault("byline", []).append(Hit("byline", _DATE, quoted(part)))
    for hits in found.values():
        dates = sum(hit.mode == _DATE for hit in hits)
        if len(hits) * 2 >= len(parts) and (dates < len(hits) or dates == len(parts)):
            yield Hit(hits[0].category, "exact", hits[0].phrase)


def _tail(text: str) -> str | None:
    """The last bracket or the last short sentence of a text, where credits stand."""
    if text[-1] in BRACKETS:
        start = text.rfind(BRACKETS[text[-1]])
        tail = text[start + 1 : -1] if start >= 0 else ""
    else:
        ended = text.rstrip(".。 ")
        before = ended.rsplit(None, _TAIL_WORDS + 1)  # a tail that begins there is too long
        start = len(before[0]) if len(before) > _TAIL_WORDS + 1 else 0
        tail = _SENTENCE_BREAK.split(ended[start:])[-1]
        if len(tail) >= len(text) - 2:
            return None
    return tail if 0 < len(tail.split()) <= _TAIL_WORDS else None
