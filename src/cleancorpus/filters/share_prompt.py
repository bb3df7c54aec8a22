"""Prompts to share, follow, subscribe, sign in or pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import tokens
from cleancorpus.options import check_at_least, option
from cleancorpus.page import INSIDE, VERBATIM, Line, Page, read
from cleancorpus.phrases import Hit

_LONE_WORDS = 1  # "Facebook" alone needs company, "Share on Facebook" does not
_COUNT_WORDS = 5  # "1.2K followers", no headline


@dataclass(frozen=True, slots=True)
class SharePrompt:
    r"""Remove prompts to share, follow, like, subscribe, install an app, sign in or pay.

    Removes:
        Share and follow buttons, newsletter and app boxes, sign-in and paywall prompts,
        counts of likes and followers.

    Keeps:
        Prose about social media; names of networks as headings of the text.
        Known miss: a newsletter box that speaks in plain sentences, outside HTML.

    Example:
        >>> from cleancorpus import clean
        >>> page = "The ferry is back in port, and it carries cars again.\nFollow us on Facebook\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["holds 'follow us on', 4 words"]

    Cost:
        One look at the phrases found in a line.
    """

    max_words: int = option(40, unit="words of a prompt", source="none: a guess")

    name: ClassVar[str] = "share-prompt"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("max_words", self.max_words, 1)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge each line with its neighbours."""
        page = read(document)
        found: dict[int, tuple[float, str]] = {}
        for at in sorted({*page.lines_with("share"), *page.lines_of("http")}):
            line = page.lines[at]
            if line.words > self.max_words or line.kind in VERBATIM:
                continue
            if verdict := _weigh(page, at, line):
                found[at] = verdict
        for box, at, line in page.boxed("share"):
            if line.words <= self.max_words and line.kind not in VERBATIM:
                found.setdefault(at, (0.85, box.says(line)))
        yield from removals(document, self.name, found)


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    is_address = line.text.startswith(("http://", "https://")) and len(line.text.split()) == 1
    if is_address and any(other.hit("share") for other in page.near(at, 2)):
        return 0.8, "an address alone on its line, beside a share prompt"
    if not line.hits or (line.kind is Kind.HEADING and line.words <= _LONE_WORDS):
        return None
    if line.opens_quoted or (at in page.led and page.zone(at) is INSIDE):
        return None
    if hit := line.hit("share", modes=("exact",)):
        return None if page.is_topic(hit, at) else _by_whole_line(page, at, line, hit)
    if hit := line.hit("share", modes=("contains", "starts", "ends", "label")):
        return None if page.is_topic(hit, at) else _by_part(page, at, line, hit)
    return None


def _by_whole_line(page: Page, at: int, line: Line, hit: Hit) -> tuple[float, str] | None:
    """A button or heading: sure in a row of such, else it must be more than a word or a count."""
    if company := page.company(at):
        return 0.9, f"{hit}, {company} of its neighbours are menu words too"
    is_clear = line.words > _LONE_WORDS and not hit.phrase[0].isdigit()
    if page.zone(at) is INSIDE:
        is_clear = is_clear and (line.words > _LONE_WORDS + 1 or page.is_raw)
    else:
        is_clear = is_clear or page.is_raw
    return (0.85, f"{hit}, {page.zone(at)}") if is_clear else None


def _by_part(page: Page, at: int, line: Line, hit: Hit) -> tuple[float, str] | None:
    """A prompt that a phrase begins, ends or stands in; prose and instructions begin so too."""
    if line.quotes(hit) or (hit.phrase[0].isdigit() and line.words > _COUNT_WORDS):
        return None
    if hit.mode != "contains" and not page.company(at):
        is_weak = len(tokens(hit.phrase)) < 2 or line.kind is Kind.LIST_ITEM
        if hit.mode in ("starts", "label") and is_weak:
            return None
        if line.is_prose and page.zone(at) is INSIDE:
            return None
    return 0.85, f"{hit}, {line.words} words"
