"""Ad markers, sponsored boxes and affiliate notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import SENTENCE
from cleancorpus.options import check_at_least, option
from cleancorpus.page import VERBATIM, Line, Page, read


@dataclass(frozen=True, slots=True)
class Advertisement:
    r"""Remove ad markers, sponsored boxes and affiliate notes.

    Removes:
        "Advertisement", "Sponsored by ...", "Article continues below", "We may earn a
        commission", shop prompts.

    Keeps:
        Product facts on a product page, articles about advertising.
        Known miss: the text of an ad without a marker.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Advertisement\nThe ferry is back in port, and it carries cars again.\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["is 'advertisement'"]

    Cost:
        One look at the phrases found in a line.
    """

    max_words: int = option(80, unit="words of a note", source="none: a guess")

    name: ClassVar[str] = "advertisement"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("max_words", self.max_words, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge each line by its own phrase."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at in page.lines_with("advertisement"):
            line = page.lines[at]
            if line.words > self.max_words or line.kind in VERBATIM:
                continue
            if verdict := _weigh(page, at, line):
                found[at] = verdict
        for box, at, line in page.boxed("advertisement"):
            if line.is_linked and line.words <= self.max_words:
                found.setdefault(at, (0.85, box.says(line)))
        yield from removals(document, self.name, found)


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    if line.kind is Kind.HEADING:
        return None
    hit = line.hit("advertisement")
    if hit is None or page.is_topic(hit, at) or line.opens_quoted:
        return None
    if hit.mode == "exact":
        return 0.9, str(hit)
    if hit.mode == "contains":
        return 0.85, f"{hit}, {line.words} words"
    if not line.is_prose and line.ending is not SENTENCE and page.is_raw:
        return 0.8, f"{hit}, {line.words} words"
    return None
