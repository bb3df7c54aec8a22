"""Authors, dates, read times and sign-offs."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import (
    OPEN,
    SENTENCE,
    capital_share,
    has_clock,
    has_date,
    is_date,
    quoted,
    tokens,
)
from cleancorpus.options import check_at_least, option
from cleancorpus.page import BORROWED, INSIDE, LONG_WORDS, Line, Page, read
from cleancorpus.phrases import Hit, Index

_NAME_WORDS = 5  # "Dr. Anna Maria de la Cruz" without its particles
_PERSON_WORDS = 3
_BEFORE_END_WORDS = 5
_DATELINE = re.compile(r"[^\W\d_a-z][^\W\d_a-z .'/-]{1,40}, ")
_DATELINE_WORDS = 8
_POSTS_OF_A_THREAD = 3
_HEAD_LINES = 12
_PRICE = re.compile(r"[$€£¥₹₽%]")
_HEAD_WORDS = 4
_POST_SIGN = re.compile(r"^#\d{1,5}(?:$|\s*[·|])|(?<!\d)\d{1,2}:\d\d\s?(?:[AaPp]\.?[Mm]|\b)")
_POST_NUMBER = re.compile(r"#?\d[\d.,]{0,6}[kK]?(?:\s\w{1,12})?")
_SIGN_OFF_WORDS = 4
_BETWEEN = 3  # stop words between "published by" and its date; a sentence has more
_BIO_WORDS = 80
_BIO_TEXTS = 4  # paragraphs; a section that is called after the authors it speaks to has more
_BYLINE_BOXES = 3
_DATES_OF_A_LIST = 3  # lines that are a date and nothing else; an article has one or two


@dataclass(frozen=True, slots=True)
class Byline:
    r"""Remove lines that say who wrote a text, when, for whom and how long it takes to read.

    Removes:
        Author, date, "published" and "updated" lines, read times, "Reporting by", bio boxes,
        a section label above the headline, the outlet's name alone on the last line.

    Keeps:
        A dateline that opens a paragraph, names and dates in prose, the dates of a timetable,
        a chronicle or a list of events.
        Known miss: a name alone on its line, with no date or label beside it.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Ferry returns\nBy Ada Marsh\nThe ferry is back, and it carries cars again.\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["starts with 'by', then a name"]

    Cost:
        One look at the phrases found in a line; names are looked at beside a byline only.
    """

    max_words: int = option(24, unit="words of a byline", source="none: a guess")

    name: ClassVar[str] = "byline"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("max_words", self.max_words, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Find the lines that speak for themselves, then the names and dates beside them."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at in _candidates(page):
            line = page.lines[at]
            if line.kind in BORROWED:
                continue
            if line.is_date:
                verdict = _by_date(page, at)
            elif line.words <= _DATELINE_WORDS and _DATELINE.match(line.text):
                verdict = _by_dateline(page, at, line)
            else:
                verdict = self._by_phrase(page, at, line)
            if verdict:
                found[at] = verdict
        for at in sorted(found):
            for beside in (at - 1, at + 1):
                if beside not in found and 0 <= beside < len(page.lines):
                    self._beside(page, beside, at, found)
        self._in_boxes(page, found)
        _posts(page, found)
        _sign_off(page, found)
        yield from removals(document, self.name, found)

    def _in_boxes(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """The byline and bio of an article: a list of posts has more containers of authors."""
        if not page.is_article or len(page.boxes("byline")) > _BYLINE_BOXES:
            return
        for box in page.boxes("byline"):
            texts = bisect_left(page.prose, box.end) - bisect_left(page.prose, box.start)
            for at in range(box.start, box.end) if texts <= _BIO_TEXTS else ():
                line = page.lines[at]
                most = _BIO_WORDS if line.is_prose else self.max_words
                if line.words <= most and line.kind is not Kind.HEADING:
                    found.setdefault(at, (0.85, box.says(line)))

    def _by_phrase(self, page: Page, at: int, line: Line) -> tuple[float, str] | None:
        if not line.hits:
            return None
        zone = page.zone(at)
        if line.words <= _BIO_WORDS and zone is not INSIDE:
            if hit := line.hit("byline", modes=("contains",)):
                return 0.85, f"{hit}, {zone}"
        if line.words > self.max_words or line.is_prose or at in page.facts:
            return None
        if hit := line.hit("byline", modes=("exact", "ends", "contains")):
            if line.parts > 1:
                is_said = _opens_sentences(page, hit) and capital_share(line.text) * 2 < 1
                if zone is INSIDE and (is_said or not page.index.hits(tokens(hit.phrase))):
                    return None
                return 0.85, f"of {line.parts} parts most are a name, a date or '{hit.phrase}'"
            if page.is_topic(hit, at) and zone is INSIDE:
                return None
            if hit.mode == "ends" and line.words - len(hit.phrase.split()) > _BEFORE_END_WORDS:
                return None  # a headline with its age behind it
            return 0.9, f"{hit}, {line.words} words"
        if hit := line.hit("byline", modes=("starts", "label")):
            verdict = _after_phrase(line, hit.phrase, page.index)
            alike = page.hit_counts[line.hit("byline")]
            is_post = verdict is not None and "date" in verdict[1] and _opens_text(page, at)
            return verdict if alike < _DATES_OF_A_LIST or is_post else None
        return None

    def _beside(
        self, page: Page, at: int, byline: int, found: dict[int, tuple[float, str]]
    ) -> None:
        """A date, a name or a bio right beside a byline belongs to it."""
        line, other = page.lines[at], page.lines[byline]
        said = f"the byline '{quoted(other.text)}'"
        is_label = other.parts == 1 and other.hit("byline", modes=("exact",)) is not None
        if line.is_prose:
            if is_label and at > byline and line.words <= _BIO_WORDS and at >= page.body.stop - 1:
                found[at] = (0.75, f"a bio of {line.words} words under {said}")
        elif line.words > self.max_words or line.hits or at in page.headlines:
            return
        elif line.is_date:
            found[at] = (0.85, f"a date beside {said}")
        elif at > byline and (other.is_date or is_label) and _is_name(page, line):
            found[at] = (0.8, f"a name beside {said}")


def _candidates(page: Page) -> list[int]:
    """Dates, the lines that hold a phrase, and short ones that may be a dateline."""
    short = [
        at
        for at, line in enumerate(page.lines)
        if line.words <= _DATELINE_WORDS and ", " in line.text
    ]
    return sorted({*page.dates, *page.lines_with("byline"), *short})


def _by_dateline(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    """A place in capitals and a date, alone on their line."""
    rest = line.text.partition(",")[2]
    if page.zone(at) is not INSIDE and is_date(rest, tokens(rest), page.index.dates):
        return 0.85, "a place in capitals and a date, alone on their line"
    return None


def _by_date(page: Page, at: int) -> tuple[float, str] | None:
    """A date alone on its line, where a headline or a text begins or ends."""
    body = page.body
    if not body:
        return None
    if len(page.dates) >= _DATES_OF_A_LIST and not _opens_text(page, at):
        if at >= body.start + 2 or bisect_left(page.dates, body.start + 2) >= _DATES_OF_A_LIST:
            return None
    if body.start + 2 <= at < body.stop:
        is_post = has_clock(page.lines[at].text) and _opens_text(page, at)
        return (0.8, "the date and time of a post") if is_post else None
    far = [*range(body.start, at - 1), *range(at + 2, body.stop)]
    if at in body and any(page.lines[other].is_date for other in far):
        return None  # the headings of a chronicle
    return 0.85, f"a date alone on its line, {page.zone(at)}"


def _posts(page: Page, found: dict[int, tuple[float, str]]) -> None:
    """The heads of a thread's posts: short lines before each text, with a time, rank or count.

    Three such heads make a thread; a list of teasers has its headlines right before the text.
    """
    heads = list(_heads(page))
    if len(heads) < _POSTS_OF_A_THREAD:
        return
    for head in heads:
        start = head[0]
        while start < head[-1] and not _is_head(page.lines[start]):
            if page.counts[page.lines[start].key] > 1 and _is_head(page.lines[start + 1]):
                break  # the poster's name, which stands on the page again
            start += 1
        for at in range(start, head[-1] + 1):
            found.setdefault(at, (0.8, f"in the head of one of {len(heads)} posts"))


def _heads(page: Page) -> Iterator[list[int]]:
    """The short lines right before running text, if the last is of a head and one bears a sign."""
    for prose in page.prose:
        if not prose or not _is_head(page.lines[prose - 1]):
            continue
        head: list[int] = []
        for at in range(prose - 1, max(-1, prose - 1 - _HEAD_LINES), -1):
            before = page.lines[at]
            is_small = before.words <= _HEAD_WORDS and before.ending is OPEN
            is_small = is_small and not _PRICE.search(before.text)
            if at in page.headlines or not (_is_head(before) or is_small):
                break
            head.append(at)
        if any(_POST_SIGN.search(page.lines[at].text) or _is_member(page, at) for at in head):
            yield head[::-1]


def _is_head(line: Line) -> bool:
    if line.is_date or _POST_NUMBER.fullmatch(line.text):
        return True
    hit = line.hit("byline")
    if hit is None or line.words >= LONG_WORDS:
        return False
    return line.ending is not SENTENCE or " " in hit.phrase  # "Posted by Ann from the sea dept."


def _is_member(page: Page, at: int) -> bool:
    hit = page.lines[at].hit("byline", modes=("exact", "starts", "label"))
    dated = ("published", "updated")
    return hit is not None and hit.phrase not in dated and not _opens_sentences(page, hit)


def _opens_sentences(page: Page, hit: Hit) -> bool:
    """The phrase is a word such as "by" or "par", with which sentences begin as well."""
    return hit.phrase.casefold() in page.index.stopwords


def _opens_text(page: Page, at: int) -> bool:
    """Running text follows at once: a post's date, not an entry of a list."""
    return at + 1 < len(page.lines) and page.lines[at + 1].is_prose


def _sign_off(page: Page, found: dict[int, tuple[float, str]]) -> None:
    """The outlet's name on the last line, which the text itself mentions."""
    last = page.body.stop  # at the end of the page, or before the furniture after the body
    if last >= len(page.lines):
        last = len(page.lines) - 1
    elif last + 1 < len(page.lines) and not page.lines[last + 1].is_furniture:
        return
    if last < 2 or last in found:
        return
    line, before = page.lines[last], page.lines[last - 1]
    if not before.is_prose or not 1 < line.words <= _SIGN_OFF_WORDS:
        return
    if line.ending is OPEN and capital_share(line.text) == 1:
        said = f" {line.key} "
        if any(said in f" {other.key} " for other in page.lines[:last]):
            found[last] = (0.8, "a name the page mentions, alone after the last paragraph")


def _after_phrase(line: Line, phrase: str, index: Index) -> tuple[float, str] | None:
    """Whether what follows a phrase such as "by" or "published" is a name or a date."""
    rest = line.text[len(phrase) :].strip(" \t:：-–—|,（(")
    if not rest or line.ending is SENTENCE:
        return None
    said = f"starts with '{phrase}'"
    before_date = itertools.takewhile(str.isalpha, line.tokens[len(phrase.split()) :])
    is_near = sum(word in index.stopwords for word in before_date) <= _BETWEEN
    if is_near and has_date(line.text, line.tokens, index.dates):
        return 0.9, f"{said}, then a date"
    if line.text[len(phrase) :].lstrip()[:1] in (":", "：") and line.words <= _NAME_WORDS * 2:
        return 0.85, f"{said} and a colon"
    words = rest.split()
    if len(words) <= _NAME_WORDS and capital_share(rest) == 1 and rest[0].isalpha():
        return 0.85, f"{said}, then a name"
    if len(words) <= 2 and any(word[0].isdigit() for word in line.tokens):
        return 0.8, f"{said}, then a number"
    return None


def _is_name(page: Page, line: Line) -> bool:
    """Two or three capitalised words, none of them a number or a word of running text."""
    return (
        1 < line.words <= _PERSON_WORDS
        and line.ending is OPEN
        and capital_share(line.text) == 1
        and not any(word[0].isdigit() or word in page.index.stopwords for word in line.tokens)
    )
