"""Menus, breadcrumbs, tag links and pagination."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import SENTENCE, quoted
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.page import (
    AFTER,
    BEFORE,
    INSIDE,
    VERBATIM,
    Box,
    Group,
    Line,
    Page,
    Zone,
    is_in_index,
    read,
)

# Home > News > Sport, Home / News, A | B | C: short parts with one sign between them.
_TRAIL = re.compile(r"\s*(?:[>»›→|•·⟩/]|::)\s*")
_SPACED_TRAIL = re.compile(r"\s(?:[>»›→|•·⟩/–-]|::)\s|\|")
_TRAIL_WORDS = 40  # longer lines are not cut into parts when the page is read
_TRAIL_PART_CHARS = 40
_PAGE_NUMBERS = re.compile(r"[\s\d.…<>«»‹›|,/-]+")
_LEAST_PAGE_NUMBERS = 3
_ENTRY_WORDS = 20
_MANY_PARTS = 4
_CRUMB_WORDS = 3  # longer lines between menu words may be titles, but on raw pages' tops
_LEAST_CONTENTS = 3
_CERTAIN = 0.95
_BOX_SCORE = 0.9
_TWICE = 0.7  # of the doubt is left where much of a group stands on the page twice
_SHORT_WORDS = 7
_MENU_SHARE = 0.02  # of a menu's entries are menu words; in a long index a few are by chance


@dataclass(frozen=True, slots=True)
class NavigationList:
    r"""Remove menus, breadcrumbs, section labels, tag links, pagination and skip links.

    A list is judged as a whole: how many of its entries are words that menus are made of, where
    it stands (before or after the running text), and whether it stands on the page twice. On HTML
    short lines and links in small containers of menus go too.

    Removes:
        Menus, breadcrumbs, section labels, tag and category links, pagination, skip links,
        language pickers, link tables of contents.

    Keeps:
        Lists that belong to the body: steps, ingredients, references, results; whatever a
        colon or a heading such as "Ingredients" introduces; an index that is most of its page.
        Known miss: a menu of bare topic names in the middle of the text.

    Example:
        >>> from cleancorpus import clean
        >>> body = "The ferry is back in port, and it carries cars again."
        >>> document = clean(f"Home\nAbout us\nContact\nFerry returns\n{body}\n", chain="default")
        >>> document.removals[0].because
        "one of 4 short lines before the body, 3 of them menu words; is 'home'"

    Cost:
        A few comparisons a line; no regular expression on lines without a separator.
    """

    min_entries: int = option(
        3, unit="entries of a list that goes by its place", source="none: a guess"
    )
    min_score: float = option(
        0.8,
        unit="score, 0 to 1",
        source="none: a guess",
    )

    name: ClassVar[str] = "navigation-list"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("min_entries", self.min_entries, 1)
        check_share("min_score", self.min_score)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge groups of entries first, then the lines that speak for themselves."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for group in page.groups:
            verdict = _contents(page, group) or self._weigh(page, group)
            if verdict is None or verdict[0] < self.min_score:
                continue
            score, because = verdict
            is_whole = group.is_list or score >= _CERTAIN
            score = round(score, 2)
            for at in range(group.start, group.end):
                if is_whole or self._may_go_bare(page, group, at):
                    hit = page.lines[at].hit("navigation")
                    found[at] = (score, f"{because}; {hit}" if hit else because)
        for at in _candidates(page):
            line = page.lines[at]
            if line.is_prose or at in found:
                continue
            alone = _alone(page, at, line) or _trail(page, at, line)
            if alone and alone[0] >= self.min_score:
                found[at] = alone
        if self.min_score <= _BOX_SCORE:
            _in_boxes(page, found)
        _add_headings(page, found)
        yield from removals(document, self.name, found)

    def _weigh(self, page: Page, group: Group) -> tuple[float, str] | None:
        """How sure it is that a group is a menu, and why."""
        zone = page.zone(group.start)
        if _is_page(page, group):
            return None
        doubt = _doubt(page, group, zone)
        if 1 - doubt * _TWICE < self.min_score:  # whatever stands on the page twice
            return None
        size = len(group)
        if group.furniture * 2 < size:
            is_few = size < self.min_entries and zone is not BEFORE
            if is_few or page.is_led(group.start):
                return None
            if group.is_list and page.is_part_of_list(group.start, group.end):
                return None
        repeated = sum([line.key in page.repeated for line in page.lines[group.start : group.end]])
        if repeated * 2 >= size and page.is_raw:
            doubt *= _TWICE
        shape = "list entries" if group.is_list else "short lines"
        parts = [f"one of {size} {shape} {zone}"]
        if group.furniture:
            parts.append(f"{group.furniture} of them menu words")
        if repeated > 1:
            parts.append(f"{repeated} of them on the page twice")
        return 1 - doubt, ", ".join(parts)

    def _may_go_bare(self, page: Page, group: Group, at: int) -> bool:
        """Of bare lines only what stands between menu words goes: others may be titles."""
        if at in page.headlines:
            return False
        if page.lines[at].is_furniture:
            return page.lines[at].hit("navigation") is not None
        is_inside = page.zone(at) is INSIDE
        if is_inside and group.furniture * 2 < len(group):
            return False
        if (is_inside or not page.is_raw) and page.lines[at].words > _CRUMB_WORDS:
            return False
        counted = page.furniture
        near_before = counted[at] > counted[max(group.start, at - 3)]
        if near_before and page.lines[at].is_date and page.zone(at) is AFTER:
            return True
        near_after = counted[min(group.end, at + 4)] > counted[at + 1]
        return near_before and near_after


def _is_page(page: Page, group: Group) -> bool:
    """An index: a list that is most of a page without an article, of other words than menus."""
    is_most = group.is_list and len(group) * 2 > len(page.lines)
    return is_most and group.furniture < _MENU_SHARE * len(group) and not page.is_article


def _doubt(page: Page, group: Group, zone: Zone) -> float:
    """How far menu words and place leave it open that a group is a menu, 0 to 1."""
    doubt = 1.0
    if group.furniture >= (max(2, _MENU_SHARE * len(group)) if group.is_list else 2):
        doubt *= 0.1 if group.is_list else 0.2
    elif group.furniture:
        doubt *= 0.5
    if zone is not INSIDE and page.is_raw:
        doubt *= 0.2 if group.is_list else 0.5
    return doubt


def _in_boxes(page: Page, found: dict[int, tuple[float, str]]) -> None:
    """Short lines and links in containers of menus, in headers, footers and beside the text."""
    boxed = itertools.chain(_in_menus(page, found), _in_headers(page), _linked(page, found))
    for box, at, line in boxed:
        if at not in found and not line.is_prose and line.kind not in VERBATIM:
            found[at] = (_BOX_SCORE, box.says(line))


def _in_menus(page: Page, found: Container[int]) -> Iterator[tuple[Box, int, Line]]:
    for box in page.boxes("navigation"):
        places = [at for at in range(box.start, box.end) if at not in found]
        is_menu = places and (box.is_sure or _looks_like_menu(page, box))
        for at in places:
            line = page.lines[at]
            is_entry = is_menu and (line.words <= _SHORT_WORDS or line.is_linked)
            if is_entry or page.zone(at) is not INSIDE:
                yield box, at, line


def _looks_like_menu(page: Page, box: Box) -> bool:
    """All its blocks are short and links, on a page whose own text is no list of links."""
    if not page.is_article or box.end - box.start < _LEAST_CONTENTS:
        return False
    entries = page.lines[box.start : box.end]
    return all(entry.words <= _SHORT_WORDS and entry.is_linked for entry in entries)


def _in_headers(page: Page) -> Iterator[tuple[Box, int, Line]]:
    for box, at, line in page.boxed("header"):
        is_heading = line.kind is Kind.HEADING or at in page.headlines
        if page.zone(at) is BEFORE and not is_heading:
            yield box, at, line


def _linked(page: Page, found: Container[int]) -> Iterator[tuple[Box, int, Line]]:
    for box, at, line in page.boxed("aside", "footer"):
        if at not in found and line.is_linked and not page.is_of_body(box):
            yield box, at, line


def _add_headings(page: Page, found: dict[int, tuple[float, str]]) -> None:
    """Menu words right over what was found belong to it."""
    for at in sorted(found):
        over = page.lines[at - 1] if at and at - 1 not in found else None
        if over and over.hits and over.kind not in VERBATIM:
            if hit := over.hit("navigation", modes=("exact",)):
                found[at - 1] = (found[at][0], f"{hit}, over a menu")


def _candidates(page: Page) -> list[int]:
    """The lines that hold a menu word or start like page numbers, and trails before the body."""
    numbers = [at for at, line in enumerate(page.lines) if line.text[:1].isdigit()]
    trails = [at for at, line in enumerate(page.lines[: page.body.start]) if _may_be_trail(line)]
    return sorted({*page.lines_with("navigation"), *numbers, *trails})


def _may_be_trail(line: Line) -> bool:
    return line.parts > 1 or line.words > _TRAIL_WORDS or "::" in line.text


def _contents(page: Page, group: Group) -> tuple[float, str] | None:
    """A table of contents: its entries stand again below, each over running text."""
    if group.end - group.start < _LEAST_CONTENTS or page.zone(group.start) is AFTER:
        return None
    keys = {line.key for line in page.lines[group.start : group.end]} & page.headings.keys()
    headings = sum([page.headings[key] >= group.end for key in keys if key])
    if headings * 4 < len(group) * 3:
        return None
    return _CERTAIN, f"one of {len(group)} entries, {headings} of them headings further down"


def _alone(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    """A line that is navigation by itself, with a score and the evidence."""
    if line.kind in VERBATIM:
        return None
    zone = page.zone(at)
    if line.text[:1].isdigit() and _PAGE_NUMBERS.fullmatch(line.text):
        if (zone is not INSIDE or page.company(at)) and _is_counting(line.tokens):
            return 0.9, f"page numbers in a row: {quoted(line.text)}"
    if not line.hits:
        return None
    company = page.company(at)
    hit = line.hit("navigation", modes=("exact",))
    if hit and (company > 1 or not is_in_index(page.groups, at)):
        is_placed = zone is not INSIDE or company > 0
        if line.parts > 1 and is_placed:
            return 0.9, f"most of {line.parts} parts are menu words such as '{hit.phrase}'"
        if company >= 2 or (zone is not INSIDE and (page.is_raw or company)):
            return 0.9, f"{hit}, {zone}, {company} of its neighbours are menu words too"
    if hit := line.hit("navigation", modes=("starts", "ends", "contains")):
        is_placed = hit.mode != "starts" or zone is not INSIDE or company > 0
        if line.ending is not SENTENCE and line.words <= _ENTRY_WORDS and is_placed:
            return 0.9, f"{hit}, {line.words} words"
    if (hit := line.hit("navigation", modes=("label",))) and page.is_raw:
        if zone is not INSIDE:
            return 0.85, f"{hit}, {zone}"
    return None


def _trail(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    """A section label such as "SOURCE / ECONOMY": parts in capitals, or many short ones."""
    if page.zone(at) is not BEFORE or at == max(page.headlines, default=-1):
        return None
    if not _SPACED_TRAIL.search(line.text):
        return None
    parts = [part for part in _TRAIL.split(line.text) if part]
    if not len(parts) >= 2 or any(len(part) > _TRAIL_PART_CHARS for part in parts):
        return None
    if line.text.isupper() or len(parts) >= _MANY_PARTS:
        return 0.85, f"{len(parts)} short parts with separators {page.zone(at)}"
    return None


def _is_counting(numbers: list[str]) -> bool:
    values = [int(number) for number in numbers if number.isdecimal() and len(number) < 6]
    if len(values) < _LEAST_PAGE_NUMBERS:
        return False
    steps = [after - value for value, after in itertools.pairwise(values)]
    return sum(step == 1 for step in steps) * 2 >= len(steps) and min(steps) > 0
