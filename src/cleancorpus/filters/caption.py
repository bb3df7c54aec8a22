"""Captions of images and videos, photo credits, gallery counters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import SENTENCE, quoted
from cleancorpus.options import check_at_least, option
from cleancorpus.page import AFTER, VERBATIM, Line, Page, read
from cleancorpus.phrases import Hit

_COUNTER = re.compile(r"^\d{1,3}\s?(?:/|\w{1,4})\s?\d{1,3}$")
_CREDIT = re.compile(r"\w\W{1,3}(©\s?[^\sa-z©.][^©.]{2,60})$")
_LABEL_SIGNS = ":：=＝./©|(–—-"


@dataclass(frozen=True, slots=True)
class Caption:
    r"""Remove captions and credits of images and videos.

    Removes:
        "Photo: ...", "Image credit: ...", lines that name a photo agency, "3 of 12" counters,
        "View gallery".

    Keeps:
        Figures and tables that the text discusses ("Figure 2 shows ..."), prose about
        photography.
        Known miss: a caption that is a plain sentence without a credit.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Photo: The ferry on its first day\nThe ferry is back, and carries cars again.\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["starts with the label 'photo'"]

    Cost:
        One look at the phrases found in a line.
    """

    max_words: int = option(60, unit="words of a caption", source="none: a guess")

    name: ClassVar[str] = "caption"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("max_words", self.max_words, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge each line by its own label or credit."""
        page = read(document)
        verdict: tuple[float, str] | None
        found: dict[int, tuple[float, str]] = {}
        for at in self._candidates(page):
            line = page.lines[at]
            if line.kind is Kind.CAPTION:
                is_of_text = _is_of_text(page, line)
                verdict = None if is_of_text else (0.9, "marked up as a caption")
            elif line.words > self.max_words or line.kind in VERBATIM:
                continue
            else:
                verdict = _weigh(page, at, line)
            if verdict:
                found[at] = verdict
        yield from removals(document, self.name, found)

    def _candidates(self, page: Page) -> list[int]:
        marked: list[int] = []
        if page.has(Kind.CAPTION):
            marked = [at for at, line in enumerate(page.lines) if line.kind is Kind.CAPTION]
        return sorted({*marked, *page.lines_with("caption"), *page.lines_of("©")})


def _is_of_text(page: Page, line: Line) -> bool:
    """The figure holds a quotation, a listing or a table: what stands under it belongs to that."""
    place = line.block.place
    figure = place.nearest("figure") if place else None
    if place is None or figure is None:
        return False
    start, end = place.elements.first_block[figure], place.elements.end_block[figure]
    return any(other.kind is not Kind.CAPTION for other in page.lines[start:end])


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    if not line.hit("caption"):
        is_credit = "©" in line.text and page.zone(at) is not AFTER
        if is_credit and _CREDIT.search(line.text) and not line.hit("legal"):
            return 0.85, f"ends with a credit: {quoted(_CREDIT.findall(line.text)[-1])}"
        return None
    if at in page.facts:
        return None
    if hit := line.hit("caption", modes=("exact",)):
        is_counter = any(word[0].isdigit() for word in line.tokens)
        if line.words > 1 and (is_counter or not page.is_topic(hit, at)):
            return 0.85, str(hit)
    if hit := line.hit("caption", modes=("starts", "label")):
        if verdict := _by_label(line, hit):
            return verdict
    if hit := line.hit("caption", modes=("ends", "contains")):
        is_credit = line.text.rstrip(" .")[-1:] in ")）]】" or "©" in line.text
        if is_credit or not line.is_prose or hit.mode == "ends":
            return 0.85, f"{hit}, as credits do"
    return None


def _by_label(line: Line, hit: Hit) -> tuple[float, str] | None:
    """What follows a word such as "photo": a sign and a text, a counter, or a credit."""
    rest = line.text[len(hit.phrase) :]
    if rest[:1] == "-":  # "video-based" is a word
        return None
    rest = rest.lstrip()
    if rest[:1] in _LABEL_SIGNS and rest.strip(_LABEL_SIGNS + " "):
        return 0.9, f"starts with the label '{hit.phrase}'"
    if _COUNTER.search(rest):
        return 0.9, f"{hit}, then a counter"
    if " " in hit.phrase and line.ending is not SENTENCE:
        return 0.85, str(hit)
    return None
