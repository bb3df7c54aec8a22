"""Cookie and privacy prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.page import INSIDE, Line, Page, is_in_index, read

_CLEAR_WORDS = 3
_BUTTON_WORDS = 8
_BOX_LINES = 6  # what a banner says of itself is no mention by the page


@dataclass(frozen=True, slots=True)
class ConsentNotice:
    r"""Remove cookie and privacy prompts with their buttons.

    Removes:
        "We use cookies ...", "Accept all", "Manage preferences", lists of purposes in a
        consent box.

    Keeps:
        Articles about cookies, privacy policies that are the document.
        Known miss: descriptions of single cookies in an opened preference centre.

    Example:
        >>> from cleancorpus import clean
        >>> page = "We use cookies here.\nAccept all\nThe ferry carries cars again.\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["holds 'we use cookies', 4 words", "is 'accept all', beside a consent phrase"]

    Cost:
        One look at the phrases found in a line.
    """

    max_words: int = option(150, unit="words of a notice", source="none: a guess")
    max_topic_share: float = option(
        0.25,
        unit="blocks of running text with consent phrases per block of running text, 0 to 1",
        source="none: a guess",
    )

    name: ClassVar[str] = "consent-notice"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("max_words", self.max_words, 1)
        check_share("max_topic_share", self.max_topic_share)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge each line, then what stands beside the notices found."""
        page = read(document)
        first = page.lines[0] if page.lines else None
        if first and not page.is_raw and first.hit("legal", modes=("exact",)):
            return  # the title says so: the document is a policy
        found: dict[int, tuple[float, str]] = {}
        for at in page.lines_with("consent"):
            line = page.lines[at]
            if line.words <= self.max_words and line.kind is not Kind.CODE:
                if verdict := self._weigh(page, at, line):
                    found[at] = verdict
        for at in sorted(found):
            self._spread(page, at, found)
        for box, at, line in page.boxed("consent"):
            if line.words <= self.max_words and line.kind is not Kind.CODE:
                if page.topic_share("consent") <= self.max_topic_share:
                    found.setdefault(at, (0.9, box.says(line)))
        yield from removals(document, self.name, found)

    def _weigh(self, page: Page, at: int, line: Line) -> tuple[float, str] | None:
        is_topic = page.topic_share("consent") > self.max_topic_share
        if hit := line.hit("consent", modes=("exact",)):
            is_beside = any(other.hit("consent") for other in page.near(at, 3))
            if (at in page.led and page.zone(at) is INSIDE) or is_in_index(page.groups, at):
                return None
            if is_beside and not (is_topic or page.is_topic(hit, at, _BOX_LINES)):
                return 0.95, f"{hit}, beside a consent phrase"
            is_clear = page.is_raw or len(hit.phrase.split()) >= _CLEAR_WORDS
            if page.zone(at) is not INSIDE and is_clear:
                return 0.85, f"{hit}, {page.zone(at)}"
        hit = line.hit("consent", modes=("contains", "starts", "ends"))
        if hit is None or is_topic or page.is_topic(hit, at, _BOX_LINES):
            return None
        if (page.zone(at) is INSIDE or line.is_prose) and line.quotes(hit):
            return None
        return 0.9, f"{hit}, {line.words} words"

    def _spread(self, page: Page, at: int, found: dict[int, tuple[float, str]]) -> None:
        """Lines next to a notice that speak of the same thing, and its last buttons."""
        hit = page.lines[at].hit("consent")
        if hit is None:
            return
        stem = f" {page.index.topic(hit.phrase)}"
        for step in (-1, 1):
            for reach in range(2, _BOX_LINES // 2 + 2):
                between = range(at + 1, at + reach) if step > 0 else range(at - reach + 1, at)
                if at + step * reach in found and all(
                    _may_be_button(page.lines[one]) for one in between
                ):
                    for one in between:
                        found.setdefault(one, (0.8, "between two lines of a consent notice"))
            beside = at + step
            while 0 <= beside < len(page.lines) and beside not in found:
                line = page.lines[beside]
                is_other = line.kind is Kind.CODE or stem not in f" {line.key}"
                if line.words > self.max_words or is_other:
                    break
                found[beside] = (0.8, f"speaks of '{stem.strip()}' beside a consent notice")
                beside += step


def _may_be_button(line: Line) -> bool:
    return line.words <= _BUTTON_WORDS and line.kind is not Kind.CODE
