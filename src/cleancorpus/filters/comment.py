"""Reader comments and reply forms under an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import SENTENCE, has_date, quoted
from cleancorpus.options import check_at_least, option
from cleancorpus.page import AFTER, BEFORE, INSIDE, Line, Page, read

_HEADING_WORDS = 8
_HEADINGS = 2  # a list of posts has "Comments" under each
_LINES_WITHOUT_MARK = 12
_LINES_A_MARK = 6  # a comment is a name, a date, a paragraph or two and a button
_MOST_SAID = 0.1  # of the page's running text; a thread has more
_ENDS_THREAD = ("related", "navigation", "legal", "consent", "share")


@dataclass(frozen=True, slots=True)
class Comment:
    r"""Remove reader comments and reply forms under an article.

    Removes:
        "3 comments" and the thread under it, "Leave a reply" forms, "Comments are closed",
        reply and report buttons.

    Keeps:
        Posts of a forum thread, the conversation of an interview, text about comments, listings
        of texts with a count of comments under each.
        Known miss: a thread without a heading, outside HTML.

    Example:
        >>> from cleancorpus import clean
        >>> page = "The ferry is back in port, and it carries cars again.\nLeave a reply\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["is 'leave a reply', after the body"]

    Cost:
        One look at the phrases found in a line.
    """

    max_words: int = option(30, unit="words of a prompt or heading", source="none: a guess")
    min_prose: int = option(
        3, unit="blocks of running text before a thread", source="none: a guess"
    )

    name: ClassVar[str] = "comment"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("max_words", self.max_words, 1)
        check_at_least("min_prose", self.min_prose, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Find prompts and headings, then the threads under the headings."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at in page.lines_with("comment"):
            line = page.lines[at]
            if line.words <= self.max_words and line.kind is not Kind.CODE:
                if verdict := _weigh(page, at, line):
                    found[at] = verdict
        end = -1
        for at in sorted(found):
            if at > end:
                end = self._thread(page, at, found)
        self._in_boxes(page, found)
        yield from removals(document, self.name, found)

    def _in_boxes(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """Containers of comments under an article; where they hold more, they are the page."""
        boxed = {at: box for box, at, _ in page.boxed("comment")}
        said = sum(page.lines[at].words for at in boxed if page.lines[at].is_prose)
        is_thread = page.has_large_box("comment") or said > _MOST_SAID * page.prose_words
        if page.is_article and not is_thread:
            for at, box in boxed.items():
                if at not in found and at > page.prose_place(self.min_prose):
                    found[at] = (0.85, box.says(page.lines[at]))

    def _thread(self, page: Page, heading: int, found: dict[int, tuple[float, str]]) -> int:
        """Find the lines from a heading to the last one that shows it is a thread; say which."""
        line = page.lines[heading]
        if line.words > _HEADING_WORDS or not line.hit("comment", modes=("exact", "ends")):
            return heading
        if not page.is_article or page.counts[line.key] > _HEADINGS or _is_listing(page, heading):
            return heading
        if heading < page.prose_place(self.min_prose):
            return heading
        last, marks = heading, 0
        for at in range(heading + 1, len(page.lines)):
            other = page.lines[at]
            if at - last > _LINES_WITHOUT_MARK:
                break
            if at in found or other.is_date or other.hit("byline", modes=("exact", "ends")):
                last, marks = at, marks + 1
            elif other.hit(*_ENDS_THREAD, modes=("exact", "contains")) and not other.hit("share"):
                break
        if marks * _LINES_A_MARK < last - heading:
            return heading
        for at in range(heading + 1, last + 1):
            found.setdefault(
                at, (0.75, f"between '{quoted(line.text)}' and {marks} signs of a thread")
            )
        return last


def _is_listing(page: Page, heading: int) -> bool:
    """Other texts have their counts of comments close by: the count belongs to one of a list."""
    said = page.lines[heading].hit("comment", modes=("exact", "ends"))
    if said is None or "0" not in said.phrase:
        return False
    beside = page.near(heading, 2 * _LINES_WITHOUT_MARK)
    return sum(line.hit("comment") == said for line in beside) >= _HEADINGS


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    zone = page.zone(at)
    if hit := line.hit("comment", modes=("exact",)):
        beside = sum(other.hit("comment") is not None for other in page.near(at, 4))
        if page.is_topic(hit, at) and not beside:
            return None
        if zone is AFTER or (zone is BEFORE and page.is_raw):
            return 0.9, f"{hit}, {zone}"
        if beside and (page.company(at) or _heads_thread(page, at)):
            return 0.85, f"{hit}, beside {beside} comment phrases"
        if _heads_thread(page, at):
            return 0.85, f"{hit}, over names and dates"
    if hit := line.hit("comment", modes=("contains", "starts", "ends")):
        is_alone = zone is INSIDE and not page.company(at)
        if hit.mode == "starts" and (line.ending is SENTENCE or is_alone):
            return None
        if hit.mode == "ends" and zone is INSIDE and not line.is_furniture:
            return None  # too long: it says something of its own before "91 comments"
        if not line.is_prose or hit.mode == "contains":
            if not page.is_topic(hit, at):
                return 0.85, f"{hit}, {line.words} words"
    return None


def _heads_thread(page: Page, at: int) -> bool:
    """Within the next three lines a short one holds a date: a reader's comment begins."""
    dates = page.index.dates
    return any(
        line.is_date
        or (line.words <= _HEADING_WORDS * 2 and has_date(line.text, line.tokens, dates))
        for line in page.lines[at + 1 : at + 4]
        if not line.is_prose
    )
