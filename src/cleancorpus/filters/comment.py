"""Reader comments and reply forms under an article."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.options import check_at_least, option
from cleancorpus.page import Line, Page, Zone, read

_HEADING_WORDS = 8
_ENDS_THREAD = ("related", "navigation", "legal", "consent", "share")


@dataclass(frozen=True, slots=True)
class Comment:
    """Remove reader comments and reply forms under an article.

    Removes:
        "3 comments" and the thread under it, "Leave a reply" forms, "Comments are closed",
        reply and report buttons.

    Keeps:
        Posts of a forum thread, the conversation of an interview, text about comments.
        Known miss: a thread without a heading.

    Example:
        >>> from cleancorpus import clean
        >>> page = "The ferry is back in port, and it carries cars again.\\nLeave a reply\\n"
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
        for at, line in enumerate(page.lines):
            if line.hits and line.words <= self.max_words and line.kind is not Kind.CODE:
                if verdict := _weigh(page, at, line):
                    found[at] = verdict
        for at in sorted(found):
            self._thread(page, at, found)
        for at, (score, because) in sorted(found.items()):
            if document.is_kept(at):
                yield Removal(at, self.name, because, score)

    def _thread(self, page: Page, heading: int, found: dict[int, tuple[float, str]]) -> None:
        """The lines from a heading to the last line of the thread that shows it is one."""
        line = page.lines[heading]
        if line.words > _HEADING_WORDS or not line.hit("comment", modes=("exact", "ends")):
            return
        prose_before = sum(other.is_prose for other in page.lines[:heading])
        if prose_before < self.min_prose:
            return
        last = heading
        for at in range(heading + 1, len(page.lines)):
            if at in found:
                last = at
            elif page.lines[at].hit(*_ENDS_THREAD, modes=("exact", "contains")):
                break
        marks = sum(at in found for at in range(heading + 1, last + 1))
        if marks * 6 < last - heading:
            return
        for at in range(heading + 1, last + 1):
            found.setdefault(at, (0.7, f"between '{line.key}' and {marks} more comment phrases"))


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    zone = page.zone(at)
    if hit := line.hit("comment", modes=("exact",)):
        company = sum(other.hit("comment") is not None for other in page.near(at, 4))
        if zone is not Zone.INSIDE:
            return 0.9, f"{hit}, {zone}"
        if company:
            return 0.85, f"{hit}, beside {company} comment phrases"
    if hit := line.hit("comment", modes=("contains", "starts", "ends")):
        if not line.is_prose or (zone is not Zone.INSIDE and hit.mode == "contains"):
            return 0.85, f"{hit}, {line.words} words"
    return None
