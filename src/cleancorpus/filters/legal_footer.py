"""Copyright lines, terms, imprints and address blocks."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import LEAD
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.page import AFTER, BEFORE, INSIDE, VERBATIM, Line, Page, read

_PHONE = re.compile(r"(?:\+|\(|\b)\d[\d\s().+/-]{6,18}\d")
_DOTTED = re.compile(  # the address of a machine or a network, a version, a date
    r"(?<![\d.])(?:\d{1,3}(?:\.\d{1,3}){3}(?:/\d{1,2})?|\d{1,2}\.\d{1,2}\.\d{1,5})(?!\.?\d)"
)
_MAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.[\w.-]{2,60}")
_POSTCODE = re.compile(
    r"\b(?:[A-Z]{2},?\s+\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[\dA-Z]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|(?<![./])\d{4,6}(?![./]\d))\b"
)
_ADDRESS_WORDS = 12
_ADDRESS_REACH = 4
_LEAST_LIST = 2  # entries that are no list yet
_COPYRIGHT_WORDS = 40


@dataclass(frozen=True, slots=True)
class LegalFooter:
    r"""Remove copyright lines, terms, imprints and the address blocks of footers.

    Removes:
        "© 2025 ... All rights reserved", links to terms and privacy policies, company numbers,
        address, phone and mail lines beside them after the end of the text; on HTML what is no
        link in a footer.

    Keeps:
        Licences and legal texts that are the document; addresses that the text gives, and those
        of machines.
        Known miss: an address block far from any legal phrase.

    Example:
        >>> from cleancorpus import clean
        >>> page = "The ferry is back in port, and it carries cars again.\n© 2025 Harbour Post\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ['a copyright sign, 3 words, after the body']

    Cost:
        One look at the phrases found in a line; addresses are looked for after the body only.
    """

    max_words: int = option(120, unit="words of a legal line", source="none: a guess")
    max_topic_share: float = option(
        0.25,
        unit="blocks of running text with legal phrases per block of running text, 0 to 1",
        source="none: a guess",
    )

    name: ClassVar[str] = "legal-footer"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("max_words", self.max_words, 1)
        check_share("max_topic_share", self.max_topic_share)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge each line, then the addresses beside what was found after the body."""
        page = read(document)
        if self._is_legal_text(page):
            return
        found: dict[int, tuple[float, str]] = {}
        for at in _candidates(page):
            line = page.lines[at]
            if line.words <= self.max_words and line.kind not in VERBATIM:
                if verdict := _weigh(page, at, line):
                    found[at] = verdict
        for at in sorted(found):
            if page.zone(at) is AFTER:
                _spread(page, at, found)
        self._in_boxes(page, found)
        _in_lists(page, found)
        yield from removals(document, self.name, found)

    def _in_boxes(self, page: Page, found: dict[int, tuple[float, str]]) -> None:
        """What is no link in the page's footer; its links are a menu."""
        for box in page.boxes("footer"):
            if box.name == "footer" and not box.is_sure:
                continue  # a class on many other things
            for at in range(box.start, box.end):
                line = page.lines[at]
                is_short = not line.is_linked and line.words <= self.max_words
                if is_short and line.kind not in VERBATIM:
                    found.setdefault(at, (0.85, box.says(line)))

    def _is_legal_text(self, page: Page) -> bool:
        """Much of the running text is legal wording, or a legal phrase is the title."""
        body = [page.lines[at] for at in page.prose if at in page.body]
        legal = sum(line.hit("legal") is not None for line in body)
        if body and legal > self.max_topic_share * len(body):
            return True
        first = page.lines[0] if page.lines else None
        return bool(first and first.hit("legal", modes=("exact",)) and not page.is_raw)


def _in_lists(page: Page, found: dict[int, tuple[float, str]]) -> None:
    """The other entries of lists of which at least half were found."""
    places = sorted(found)
    for group in page.groups if found else ():
        if not group.is_list or len(group) <= _LEAST_LIST:
            continue
        legal = bisect_left(places, group.end) - bisect_left(places, group.start)
        if legal * 2 >= len(group):
            for at in range(group.start, group.end):
                found.setdefault(at, (0.8, f"in a list of {len(group)}, {legal} of them legal"))


def _candidates(page: Page) -> list[int]:
    named = [at for at in page.hit_lines if page.lines[at].key.startswith("copyright")]
    return sorted({*page.lines_with("legal"), *page.lines_of("©"), *named})


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    zone = page.zone(at)
    if zone is BEFORE and not page.is_raw:
        return None
    if ("©" in line.text or line.tokens[:1] == ["copyright"]) and line.words <= _COPYRIGHT_WORDS:
        if zone is AFTER or (line.words <= _ADDRESS_WORDS and not line.is_prose):
            if len(line.tokens) > 1 or not page.body:
                return 0.9, f"a copyright sign, {line.words} words, {zone}"
    if not line.hits:
        return None
    company = page.company(at)
    if hit := line.hit("legal", modes=("exact",)):
        if page.is_topic(hit, at):
            return None
        is_clear = page.is_raw or (line.words > 1 and "0" not in hit.phrase)
        if company or (zone is not INSIDE and is_clear):
            return 0.9, f"{hit}, {zone}, {company} of its neighbours are menu words too"
        return None
    hit = line.hit("legal", modes=("contains",)) or line.hit("legal", modes=("starts", "ends"))
    if hit is None or (zone is INSIDE and (line.is_prose or hit.mode != "contains")):
        return None
    if hit.mode != "contains" and not (company or page.is_raw):
        return None
    is_short = line.words <= _ADDRESS_WORDS
    if not is_short and (hit.mode == "ends" or (hit.mode == "starts" and zone is BEFORE)):
        return None
    return 0.85, f"{hit}, {line.words} words, {zone}"


def _spread(page: Page, at: int, found: dict[int, tuple[float, str]]) -> None:
    """Address, phone and mail lines near a legal line, joined by each other."""
    for step in (-1, 1):
        reach, beside = _ADDRESS_REACH, at + step
        while reach and 0 <= beside < len(page.lines) and page.zone(beside) is AFTER:
            line = page.lines[beside]
            if beside in found or line.is_prose or line.kind in VERBATIM:
                break  # an address is neither code nor stands behind it
            if sign := _address_sign(line):
                for between in range(min(at, beside) + 1, max(at, beside)):
                    if page.lines[between].words <= _ADDRESS_WORDS and between not in found:
                        found[between] = (0.6, f"between a legal line and {sign}")
                found[beside] = (0.8, f"{sign} near a legal line after the body")
                reach = _ADDRESS_REACH
            else:
                reach -= 1
            beside += step


def _address_sign(line: Line) -> str | None:
    if line.words > _ADDRESS_WORDS * 2 or line.ending is LEAD:
        return None
    if "@" in line.text and _MAIL.search(line.text):
        return "a mail address"
    if any(word[0].isdigit() for word in line.tokens):
        if _PHONE.search(_DOTTED.sub(" ", line.text)):
            return "a phone number"
        if line.words <= _ADDRESS_WORDS and _POSTCODE.search(line.text):
            return "a postcode"
    return None
