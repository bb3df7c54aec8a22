"""Authors, dates, read times and sign-offs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.measures import Ending, capital_share
from cleancorpus.options import check_at_least, option
from cleancorpus.page import Line, Page, Zone, read

_NAME_WORDS = 5  # "Dr. Anna Maria de la Cruz" without its particles
_SIGN_OFF_WORDS = 4
_BIO_WORDS = 80
_DATES_OF_A_LIST = 4  # lines that are a date and nothing else; an article has one or two


@dataclass(frozen=True, slots=True)
class Byline:
    """Remove lines that say who wrote a text, when, for whom and how long it takes to read.

    Removes:
        Author, date, "published" and "updated" lines, read times, "Reporting by", bio boxes,
        a section label above the headline, the outlet's name alone on the last line.

    Keeps:
        A dateline that opens a paragraph, names and dates in prose, the dates of a timetable,
        a chronicle or a list of events.
        Known miss: a name alone on its line, with no date or label beside it.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Ferry returns\\nBy Ada Marsh\\nThe ferry is back, and it carries cars again.\\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["starts with 'by', then a name"]

    Cost:
        One look at the phrases found in a line; names are looked at beside a byline only.
    """

    max_words: int = option(16, unit="words of a byline", source="none: a guess")

    name: ClassVar[str] = "byline"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("max_words", self.max_words, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Find the lines that speak for themselves, then the names and dates beside them."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at, line in enumerate(page.lines):
            if line.kind in (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE):
                continue
            if verdict := self._by_phrase(page, at, line) or self._by_date(page, at, line):
                found[at] = verdict
        for at in sorted(found):
            for beside in (at - 1, at + 1):
                if beside not in found and 0 <= beside < len(page.lines):
                    self._beside(page, beside, at, found)
        self._sign_off(page, found)
        for at, (score, because) in sorted(found.items()):
            if document.is_kept(at):
                yield Removal(at, self.name, because, score)

    def _by_phrase(self, page: Page, at: int, line: Line) -> tuple[float, str] | None:
        if not line.hits:
            return None
        if line.words <= _BIO_WORDS and page.zone(at) is not Zone.INSIDE:
            if hit := line.hit("byline", modes=("contains",)):
                return 0.85, f"{hit}, {page.zone(at)}"
        if line.words > self.max_words or line.is_prose:
            return None
        if hit := line.hit("byline", modes=("exact", "ends", "contains")):
            if line.ending is not Ending.SENTENCE or hit.mode == "contains":
                return 0.9, f"{hit}, {line.words} words"
        if hit := line.hit("byline", modes=("starts",)):
            return _after_phrase(page, line, hit.phrase)
        return None

    def _by_date(self, page: Page, at: int, line: Line) -> tuple[float, str] | None:
        if not line.is_date or page.date_lines >= _DATES_OF_A_LIST:
            return None
        body = page.body
        if not body or not (at < body.start + 2 or at >= body.stop):
            return None
        return 0.85, f"a date alone on its line, {page.zone(at)}"

    def _beside(
        self, page: Page, at: int, byline: int, found: dict[int, tuple[float, str]]
    ) -> None:
        """A date or a name right beside a byline belongs to it."""
        line = page.lines[at]
        if line.words > self.max_words or line.is_prose or line.hits:
            return
        if line.is_date:
            found[at] = (0.85, f"a date beside the byline '{_short(page.lines[byline].text)}'")
        elif page.lines[byline].is_date or page.lines[byline].hit("byline", modes=("exact",)):
            if _is_name(line) and page.zone(at) is not Zone.INSIDE and line.words > 1:
                found[at] = (0.8, f"a name beside the byline '{_short(page.lines[byline].text)}'")

    def _sign_off(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """The outlet's name on the last line, which the text itself mentions."""
        last = len(page.lines) - 1
        if last < 2 or last in found:
            return
        line, before = page.lines[last], page.lines[last - 1]
        if not before.is_prose or line.words > _SIGN_OFF_WORDS or not line.key:
            return
        if line.ending is Ending.OPEN and capital_share(line.text) == 1 and line.words > 1:
            said = f" {line.key} "
            if any(said in f" {other.key} " for other in page.lines[:last]):
                found[last] = (0.8, "a name the text mentions, alone on the last line")


def _after_phrase(page: Page, line: Line, phrase: str) -> tuple[float, str] | None:
    """Whether what follows a phrase such as "by" or "published" is a name or a date."""
    rest = line.text[len(phrase) :].strip(" \t:：-–—|,")
    if not rest or line.ending is Ending.SENTENCE:
        return None
    said = f"starts with '{phrase}'"
    has_date = any(word in page.date_words for word in line.tokens) or line.is_date
    has_number = any(word[0].isdigit() for word in line.tokens)
    if has_date and has_number:
        return 0.9, f"{said}, then a date"
    if line.text[len(phrase) :].lstrip()[:1] in (":", "：") and line.words <= _NAME_WORDS * 2:
        return 0.85, f"{said} and a colon"
    words = rest.split()
    if len(words) <= _NAME_WORDS and capital_share(rest) == 1 and rest[0].isalpha():
        return 0.85, f"{said}, then a name"
    if has_number and len(words) <= 2:
        return 0.8, f"{said}, then a number"
    return None


def _is_name(line: Line) -> bool:
    """Two to five capitalised words without digits or a sentence's end."""
    return (
        1 <= line.words <= _NAME_WORDS
        and line.ending is Ending.OPEN
        and capital_share(line.text) == 1
        and not any(word[0].isdigit() for word in line.tokens)
    )


def _short(text: str) -> str:
    return " ".join(text.split())[:40]
