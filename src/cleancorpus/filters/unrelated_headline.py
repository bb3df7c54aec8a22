"""Headlines and teasers of other articles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import LEAD, OPEN, SENTENCE, capital_share
from cleancorpus.options import check_at_least, option
from cleancorpus.page import AFTER, BEFORE, BORROWED, INSIDE, Line, Page, read
from cleancorpus.phrases import Hit

_HEADLINE_WORDS = range(3, 26)
_HEADING_WORDS = 8
_HEAD_LINES = 8
_LABEL_WORDS = 4  # "More from Business"
_LINK_WORDS = 4  # of a headline that is a link
_LINES_A_HEADLINE = 4  # a headline comes with a date, a section and a teaser
_INLINE_WORDS = 30
_TEASER_WORDS = 60
_SEPARATOR_CHARS = 3
_TITLE_CASE = 0.7
_SENTENCE_STOPS = ".。।"  # a headline may ask or shout, but seldom ends with a full stop
_HEADLINES_A_BLOCK = 4  # of running text; a page with more headlines is a list of them
_HEADLINES_A_SECTION = 2
_SECTION_LINES = 1_000  # a bound on what each heading costs
_PARAGRAPHS = 3  # in a row; among teasers headlines stand between any two
_LINES_A_TEASER = 6  # under a heading that says so: a source, a count and a button as well
_HEADINGS = 2  # "Read more" under every teaser is no heading
_PRICE = re.compile(r"[$€£¥₹₽]\s?\d|\d\s?[€£¥₹₽]")
_LABELLED = re.compile(r"[^:]{1,20}:\s?\S{1,20}$|[^:]{1,20}:\s?\w{3,9}\.? \d")


@dataclass(frozen=True, slots=True)
class UnrelatedHeadline:
    r"""Remove runs of headlines and teasers of other articles, with all that belongs to them.

    Removes:
        "Related articles" and the headlines under it, a run of headlines after the end of the
        text with its separators and dates, "Read also: ..." lines.

    Keeps:
        The document's own headings, lists of titles that the body introduces, references, and
        every list on a page without running text.
        Known miss: a few headlines without a heading over them in the middle of the text.

    Example:
        >>> from cleancorpus import clean
        >>> page = "The ferry is back, and it carries cars again.\nRead also: Harbour to grow\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["has the label 'read also', then a headline"]

    Cost:
        One look at the phrases found in a line; runs are looked at after the body only, and
        under a heading the containers that begin with it.
    """

    min_run: int = option(3, unit="headlines after the body", source="none: a guess")
    min_prose: int = option(3, unit="blocks of running text before a run", source="none: a guess")

    max_section: int = option(
        40, unit="lines without bullets under a heading", source="none: a guess"
    )

    name: ClassVar[str] = "unrelated-headline"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("min_run", self.min_run, 1)
        check_at_least("min_prose", self.min_prose, 1)
        check_at_least("max_section", self.max_section, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Find sections under a heading, single pointers, then the run after the body."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at in page.lines_with("related"):
            line = page.lines[at]
            if at in found or line.kind is Kind.CODE:
                continue
            hit = _heading(line)
            is_placed = page.is_article or (
                page.prose_count >= self.min_prose and page.zone(at) is AFTER
            )
            if hit and is_placed:
                self._section(page, at, str(hit), found)
            elif (hit := line.hit("related", modes=("starts", "label"))) and _points(
                line, hit.phrase
            ):
                found[at] = (0.85, f"{hit}, then a headline")
        if page.is_article and page.prose_count >= self.min_prose:
            self._trailing(page, found)
        self._in_boxes(page, found)
        yield from removals(document, self.name, found)

    def _in_boxes(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """Links in containers of related articles, and headlines in columns beside the text."""
        if page.prose_count < self.min_prose:
            return
        for box in page.boxes("related"):
            if box.name == "related" and box.end <= page.body.start:
                continue  # there is nothing yet to be related to: the page lists its own works
            if not _holds_headlines(page.lines[box.start : box.end]):
                continue
            for at in range(box.start, box.end):
                line = page.lines[at]
                if line.is_linked or (not line.is_prose and line.words <= _HEADING_WORDS):
                    found.setdefault(at, (0.85, box.says(line)))
        for box, at, line in page.boxed("aside"):
            if line.is_linked and line.words >= _HEADING_WORDS and not page.is_of_body(box):
                found.setdefault(at, (0.85, box.says(line)))

    def _section(
        self, page: Page, heading: int, said: str, found: dict[int, tuple[float, str]]
    ) -> None:
        """The heading and the headlines under it, up to the next thing of another kind."""
        lines = page.lines
        stop = heading + 1
        if page.counts[lines[heading].key] > _HEADINGS or stop in page.facts:
            return
        if section := _container(page, heading):
            _take(section, said, found, 0.85)
            return
        while stop < len(lines) and self._belongs(page, heading, stop):
            stop += 1
        if page.zone(heading) is BEFORE and stop > page.body.start - _HEAD_LINES:
            # The document's own headline stands somewhere right before the body.
            while stop > heading + 1 and lines[stop - 1].kind is not Kind.LIST_ITEM:
                stop -= 1
        elif stop < len(lines) and page.zone(stop) is INSIDE and lines[stop].is_prose:
            # What stands right before running text is its heading, unless a bullet precedes it.
            head = page.head_of(stop)
            if heading + 1 < head and lines[stop - 1].kind is not Kind.LIST_ITEM:
                stop = head
        count = stop - heading - 1
        is_list = count > 0 and lines[heading + 1].kind is Kind.LIST_ITEM
        is_bare_word = lines[heading].words < 2 and page.zone(heading) is INSIDE
        if not is_list and (count > self.max_section or is_bare_word):
            return
        _take(range(heading, stop), said, found, 0.8)

    def _belongs(self, page: Page, heading: int, at: int) -> bool:
        line = page.lines[at]
        if line.kind in (Kind.CODE, Kind.TABLE_ROW, Kind.HEADING) or line.hit("body"):
            return False
        if page.lines[heading + 1].kind is Kind.LIST_ITEM:
            return line.kind is Kind.LIST_ITEM
        if line.hit("comment", "legal", "consent", "navigation") and not line.is_prose:
            return False
        if _PRICE.search(line.text):
            return False
        if line.is_prose and line.text.endswith(("...", "…", "[…]", "[...]")):
            return True
        if line.is_prose:
            after = page.lines[at + 1] if at + 1 < len(page.lines) else None
            is_teaser = at > heading + 1 and line.words <= _TEASER_WORDS
            return is_teaser and page.zone(at) is AFTER and not (after and after.is_prose)
        return line.ending is not LEAD

    def _trailing(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """Headlines after the last running text, if they are many and nothing introduces them."""
        lines = page.lines
        at = page.body.stop
        while at < len(lines):
            stop, headlines, marks = self._run(page, at)
            is_run = self.min_run <= headlines <= page.prose_count * _HEADLINES_A_BLOCK
            if is_run and not _is_introduced(lines, at):
                share = sum(capital_share(line.text) for line in lines[at:stop]) / (stop - at)
                if marks or (page.is_raw and share >= _TITLE_CASE):
                    for inside in range(at, stop):
                        because = f"in a run of {headlines} headlines after the body"
                        found.setdefault(inside, (0.8, because))
            at = max(stop, at + 1)

    def _run(self, page: Page, start: int) -> tuple[int, int, int]:
        """Where the run of headlines from `start` ends, its headlines, and what sets them apart."""
        headlines = marks = 0
        at = start
        while at < len(page.lines):
            line = page.lines[at]
            if (len(line.text) <= _SEPARATOR_CHARS and not line.key) or line.is_date:
                marks += 1
            elif _is_headline(line):
                headlines += 1
            else:
                break
            at += 1
        return at, headlines, marks


def _take(section: range, said: str, found: dict[int, tuple[float, str]], score: float) -> None:
    count = len(section) - 1
    found[section.start] = (0.85, f"{said}, over {count} headlines")
    for at in section[1:]:
        found[at] = (score, f"one of {count} lines under a heading that {said}")


def _container(page: Page, heading: int) -> range | None:
    """The smallest container that begins with the heading and holds links to other articles.

    Each link may be a heading itself, and have a picture's text, a source, a date, a count and a
    teaser beside it: where a section ends, elements say better than lines.
    """
    place = page.lines[heading].block.place
    if place is None or page.zone(heading) is BEFORE or not _has_paragraphs(page):
        return None
    for blocks in place.opened(heading):
        if len(blocks) > _SECTION_LINES:
            return None
        ends = (at for at in blocks[1:] if _opens_another(page.lines[at]))
        section = range(heading, next(ends, blocks.stop))
        if _is_of_teasers(page, page.lines[heading + 1 : section.stop]):
            return section
    return None


def _has_paragraphs(page: Page) -> bool:
    """The page has a text of its own; the front of a site has teasers all over."""
    own = [at for at in page.prose if not page.lines[at].hits]
    return any(
        last - first < _PARAGRAPHS for first, last in zip(own, own[_PARAGRAPHS - 1 :], strict=False)
    )


def _opens_another(line: Line) -> bool:
    return line.kind is Kind.HEADING and not line.is_linked and line.hit("related") is None


def _is_of_teasers(page: Page, lines: Sequence[Line]) -> bool:
    """Most of the lines come with a link as long as a headline, and running text is a teaser's."""
    own = [line for line in lines if line.key and not line.is_furniture]
    headlines = sum(line.is_linked and line.words >= _LINK_WORDS for line in own)
    if headlines < _HEADLINES_A_SECTION or headlines * _LINES_A_TEASER < len(own):
        return False
    words = [line.words for line in lines if line.is_prose]
    is_small = sum(words) * 2 <= page.prose_words and max(words, default=0) <= _TEASER_WORDS
    return is_small and len(words) <= headlines and all(line.kind not in BORROWED for line in own)


def _holds_headlines(lines: Sequence[Line]) -> bool:
    """Manuals call a bar of links to the next and last page related, too, and tables of names."""
    headlines = sum(line.is_linked and line.words >= _LINK_WORDS for line in lines)
    return headlines * _LINES_A_HEADLINE >= len(lines)


def _heading(line: Line) -> Hit | None:
    if line.words > _HEADING_WORDS:
        return None
    hit = line.hit("related", modes=("exact",))
    if hit is None and line.ending is not SENTENCE:
        if line.words <= _LABEL_WORDS:
            hit = line.hit("related", modes=("starts",))
        hit = hit or _whole(line)
    return hit


def _whole(line: Line) -> Hit | None:
    """A phrase that is more than half of the line, such as "könnte Sie auch interessieren"."""
    for hit in line.hits:
        if hit.category == "related" and len(hit.phrase) * 2 > len(line.text):
            return hit
    return None


def _points(line: Line, phrase: str) -> bool:
    """A pointer such as "Read also: a headline", not a sentence that begins so."""
    if line.words > _INLINE_WORDS:
        return False
    has_colon = line.text[len(phrase) :].lstrip()[:1] in (":", "：", "|", "-", "–", ">", "»", "→")
    return has_colon or (line.ending is OPEN and not line.is_prose)


def _is_headline(line: Line) -> bool:
    return (
        line.words in _HEADLINE_WORDS
        and line.ending is not LEAD
        and not line.is_furniture
        and line.text[-1] not in _SENTENCE_STOPS
        and not _LABELLED.match(line.text)
        and line.kind not in BORROWED
    )


def _is_introduced(lines: list[Line], at: int) -> bool:
    return any(line.ending is LEAD or line.hit("body") for line in lines[max(0, at - 2) : at])
