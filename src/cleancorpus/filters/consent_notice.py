"""Cookie and privacy prompts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.page import Line, Page, Zone, read


@dataclass(frozen=True, slots=True)
class ConsentNotice:
    """Remove cookie and privacy prompts with their buttons.

    Removes:
        "We use cookies ...", "Accept all", "Manage preferences", lists of purposes in a
        consent box.

    Keeps:
        Articles about cookies, privacy policies that are the document.
        Known miss: descriptions of single cookies in an opened preference centre.

    Example:
        >>> from cleancorpus import clean
        >>> page = "We use cookies to improve the site.\\nAccept all\\nThe ferry carries cars again.\\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["holds 'we use cookies', 7 words", "is 'accept all', beside a consent phrase"]

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
        """Judge each line, unless the page itself is about consent."""
        page = read(document)
        is_topic = page.topic_share("consent", "legal") > self.max_topic_share
        for at, line in enumerate(page.lines):
            if not line.hits or line.words > self.max_words or line.kind is Kind.CODE:
                continue
            verdict = _weigh(page, at, line, is_topic)
            if verdict and document.is_kept(at):
                yield Removal(at, self.name, verdict[1], verdict[0])


def _weigh(page: Page, at: int, line: Line, is_topic: bool) -> tuple[float, str] | None:
    if hit := line.hit("consent", modes=("exact",)):
        if any(other.hit("consent") for other in page.near(at, 3)):
            return 0.95, f"{hit}, beside a consent phrase"
        if page.zone(at) is not Zone.INSIDE:
            return 0.85, f"{hit}, {page.zone(at)}"
    if is_topic:
        return None
    if hit := line.hit("consent", modes=("contains", "starts", "ends")):
        return 0.9, f"{hit}, {line.words} words"
    return None
