"""Where things lie on a page: the body, what is before and after it, runs of short entries."""

from __future__ import annotations

import bisect
import functools
import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from cleancorpus import phrases
from cleancorpus.document import Document, Kind
from cleancorpus.page import runs
from cleancorpus.page.boxes import Box, Boxes, find_boxes
from cleancorpus.page.finds import look_up
from cleancorpus.page.joined import Joined
from cleancorpus.page.language import find_languages
from cleancorpus.page.line import LONG_WORDS, Line, measure
from cleancorpus.page.manual import is_manual
from cleancorpus.page.mentions import Mentions
from cleancorpus.page.runs import Group
from cleancorpus.page.zone import AFTER, BEFORE, INSIDE, Zone
from cleancorpus.phrases import Hit

_RAW_FURNITURE = 5  # lines; clean documents hold one or two by chance
_PHRASE_MENTIONS = 2  # one word of a longer phrase may stand in the text by chance
_ARTICLE_BLOCKS, _ARTICLE_WINDOW = 3, 8
_SUBJECTS = ("comment", "consent", "form")  # what manuals write about
_HEAD_LINES = 8  # from the headline to the text: bylines, dates, captions, share buttons


class Page:
    """What the filters know of a document."""

    def __init__(self, document: Document) -> None:
        """Measure every block; see `read`."""
        self.lines, read = measure(document.blocks)
        self.languages = find_languages(self.lines)
        self.index = phrases.index(*self.languages)
        self._topic_shares: dict[str, float] = {}
        self._mentions = Mentions(self.lines)
        self._texts = Joined([line.text for line in self.lines])
        look_up(self.lines, read, self.index)

    @functools.cached_property
    def hit_lines(self) -> list[int]:
        """The indices of the lines that hold any phrase, in order."""
        return [at for at, line in enumerate(self.lines) if line.hits]

    @functools.cached_property
    def _with(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for at in self.hit_lines:
            for category in {hit.category for hit in self.lines[at].hits}:
                found.setdefault(category, []).append(at)
        return found

    def lines_with(self, category: str) -> Sequence[int]:
        """Return the indices of the lines that hold a phrase of a category, in order."""
        return self._with.get(category, ())

    def lines_of(self, *signs: str) -> list[int]:
        """Return the indices of the lines whose text holds one of these signs, in order."""
        return sorted(set().union(*map(self._texts.lines_of, signs)))

    @functools.cached_property
    def _boxes(self) -> Boxes:
        return find_boxes(self.lines, self.prose)

    def boxes(self, role: str) -> list[Box]:
        """Return the small containers of that role, see `boxes.find_boxes`.

        In a manual a section inside the body is called after its heading: cookies are a subject.
        """
        found = self._boxes.small.get(role, [])
        if found and role in _SUBJECTS and self.is_manual:
            return [box for box in found if box.is_sure or not self._is_section(box)]
        return found

    def _is_section(self, box: Box) -> bool:
        head, is_inside = self.lines[box.start], self.zone(box.start) is INSIDE
        return is_inside and head.kind is Kind.HEADING and box.name in head.tokens

    def has_large_box(self, role: str) -> bool:
        """A container of that role is not small: the role tells nothing on this page."""
        return role in self._boxes.large

    def boxed(self, *roles: str) -> Iterator[tuple[Box, int, Line]]:
        """Yield the lines that stand in small containers of these roles, some of them twice."""
        for role in roles:
            for box in self.boxes(role):
                for at in range(box.start, box.end):
                    yield box, at, self.lines[at]

    @functools.cached_property
    def counts(self) -> Counter[str]:
        """How often each line's key stands on the page."""
        return Counter([line.key for line in self.lines if line.key])

    def is_of_body(self, box: Box) -> bool:
        """A heading such as "Ingredients" in the container shows that the text goes on there."""
        headings = self.lines_with("body")
        first = bisect.bisect_left(headings, box.start)
        return first < len(headings) and headings[first] < box.end

    @functools.cached_property
    def repeated(self) -> frozenset[str]:
        """The keys of lines that stand on the page more than once."""
        return frozenset([key for key, count in self.counts.items() if count > 1])

    @functools.cached_property
    def body(self) -> range:
        """From the first to the last block of running text that is no notice; may be empty."""
        prose = self._body
        return range(prose[0], prose[-1] + 1) if prose else range(0)

    @functools.cached_property
    def _body(self) -> list[int]:
        return [at for at in self.prose if _is_body(self.lines[at])]

    @functools.cached_property
    def prose_count(self) -> int:
        """How many blocks of running text there are that are no notice."""
        return len(self._body)

    def prose_place(self, number: int) -> int:
        """Where the block of running text with this number, from 1, stands; else past the end."""
        return self.prose[number - 1] if number <= len(self.prose) else len(self.lines)

    @functools.cached_property
    def prose(self) -> list[int]:
        """The indices of all running text, in order."""
        return [at for at, line in enumerate(self.lines) if line.is_prose]

    @functools.cached_property
    def prose_words(self) -> int:
        """How many words of running text there are."""
        return sum([self.lines[at].words for at in self.prose])

    @functools.cached_property
    def long_count(self) -> int:
        """How many blocks are long for a line: a page of verse has none."""
        return sum(line.words >= LONG_WORDS for line in self.lines)

    @functools.cached_property
    def dates(self) -> list[int]:
        """The indices of the lines that are a date and nothing else, in order."""
        return [at for at, line in enumerate(self.lines) if line.is_date]

    def has(self, kind: Kind) -> bool:
        """One of the page's blocks is of that kind."""
        # A set of kinds would ask each for its hash, which is a call in Python.
        return any(line.kind is kind for line in self.lines)

    @functools.cached_property
    def is_manual(self) -> bool:
        """Several code listings stand on the page, see `manual.is_manual`."""
        return self.has(Kind.CODE) and is_manual([line.kind for line in self.lines])

    @functools.cached_property
    def hit_counts(self) -> Counter[Hit | None]:
        """How many lines have the same first byline phrase."""
        return Counter(line.hit("byline") for line in self.lines if line.hits)

    @functools.cached_property
    def headings(self) -> dict[str, int]:
        """For each line right before running text, by its key, where it stands last."""
        return {self.lines[at - 1].key: at - 1 for at in self.prose if at}

    @functools.cached_property
    def is_raw(self) -> bool:
        """The page came with its furniture, so that shape and place alone may speak."""
        return self.furniture[-1] >= _RAW_FURNITURE

    @functools.cached_property
    def is_article(self) -> bool:
        """Several blocks of running text stand close together, as in no list of teasers."""
        places = self._body
        return any(
            places[at + _ARTICLE_BLOCKS - 1] - place < _ARTICLE_WINDOW
            for at, place in enumerate(places[: 1 - _ARTICLE_BLOCKS])
        )

    def topic_share(self, category: str) -> float:
        """The share of the body's running text that holds phrases of a category, 0 to 1."""
        if category not in self._topic_shares:
            prose = [self.lines[at] for at in self.body if self.lines[at].is_prose]
            holding = sum(line.hit(category) is not None for line in prose)
            self._topic_shares[category] = holding / len(prose) if prose else 0.0
        return self._topic_shares[category]

    def is_topic(self, hit: Hit, at: int, own_box: int = 0) -> bool:
        """The page speaks of what the phrase names, and the line stands in no menu.

        The phrase may then be the heading of what the text is about. Mentions within `own_box`
        lines of the phrase do not count.
        """
        enough = self.company(at) + (1 if " " not in hit.phrase else _PHRASE_MENTIONS)
        stem = self.index.topic(hit.phrase)
        return self._mentions.count(stem, at, own_box) >= enough

    def head_of(self, prose: int) -> int:
        """Where the headline over a block of running text stands, bylines between passed over."""
        at = prose - 1
        while at > max(0, prose - _HEAD_LINES):
            line = self.lines[at]
            if not (line.is_date or line.is_aside or line.hits or len(line.key) <= 1):
                break
            at -= 1
        return max(at, 0)

    @functools.cached_property
    def headlines(self) -> frozenset[int]:
        """The lines that may be the headline: the last two before the body that no phrase explains.

        Two, for what stands under a headline may be a byline or caption whose label no pack has.
        """
        if not self.body.start:
            return frozenset()
        last = self.head_of(self.body.start)
        return frozenset(at for at in (last, self.head_of(last)) if not self.lines[at].hits)

    def zone(self, at: int) -> Zone:
        """Where the block lies; a page without running text is all inside."""
        inside = self._inside
        if at in inside:
            return INSIDE
        return BEFORE if at < inside.start else AFTER

    @functools.cached_property
    def _inside(self) -> range:
        return self.body or range(len(self.lines) + 1)

    def near(self, at: int, reach: int = 1) -> list[Line]:
        """The neighbours within `reach` blocks on both sides, the block itself left out."""
        lines = self.lines
        return lines[max(0, at - reach) : at] + lines[at + 1 : at + 1 + reach]

    def company(self, at: int) -> int:
        """How many of up to two neighbours on each side, running text apart, are furniture."""
        count = 0
        for step in (-1, 1):
            for beside in (at + step, at + 2 * step):
                if not 0 <= beside < len(self.lines) or _is_body(self.lines[beside]):
                    break
                count += self.lines[beside].is_furniture
        return count

    @functools.cached_property
    def facts(self) -> frozenset[int]:
        """The blocks in runs of `label: value` lines with several labels: facts of a thing.

        Before the body a run that is mostly bylines is the head of an article.
        """
        labelled = [at for at in self.lines_of(":") if runs.label(self.lines[at])]
        found = (run for run in runs.facts(self.lines, labelled) if not self._is_head(run))
        return frozenset(at for run in found for at in run)

    def _is_head(self, run: list[int]) -> bool:
        bylines = sum(self.lines[at].hit("byline") is not None for at in run)
        return self.zone(run[0]) is BEFORE and bylines * 2 > len(run)

    @functools.cached_property
    def furniture(self) -> list[int]:
        """How many lines before each, and in all, are furniture."""
        return [0, *itertools.accumulate([line.is_furniture for line in self.lines])]

    @functools.cached_property
    def groups(self) -> list[Group]:
        """All runs of neighbouring short entries, in order."""
        return runs.groups(self.lines, self.furniture)

    @functools.cached_property
    def led(self) -> frozenset[int]:
        """The blocks of all groups that the body introduces."""
        groups = (group for group in self.groups if self.is_led(group.start))
        return frozenset(at for group in groups for at in range(group.start, group.end))

    def is_part_of_list(self, start: int, end: int) -> bool:
        """These list items go on with longer ones right before or after: one list of the body."""
        return runs.is_part_of_list(self.lines, start, end)

    def is_led(self, at: int) -> bool:
        """A colon or a heading such as "Ingredients" right before introduces the block."""
        return runs.is_led(self.lines, at)


def read(document: Document) -> Page:
    """Return the document's page, read once and kept in its memo."""
    page = document.memo.get("page")
    if page is None:
        page = document.memo["page"] = Page(document)
    assert isinstance(page, Page)
    return page


def _is_body(line: Line) -> bool:
    return line.is_prose and not line.is_furniture and not line.is_aside
