"""Second and later copies of a block in one document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.measures import LEAD, SENTENCE, quoted, tokens
from cleancorpus.options import check_at_least, option
from cleancorpus.page import BORROWED, Line, Page, read

_CERTAIN_WORDS = 24  # so many words in the same order are a copy, in verse too
_VERSE_WORDS = 3  # the lines of a refrain are longer
_NUMBERED = re.compile(r"\w{1,3}[:.)]\s")  # an entry of a list, which may stand in two lists
_SIGNS = re.compile("[=<>*+-]")
_QUOTED_BY_WORDS = 8  # "Jane wrote on Monday at 10:30:"


@dataclass(frozen=True, slots=True)
class DuplicateParagraph:
    r"""Remove the second and later copies of a block; the first one stays.

    Copies are compared by their words alone, so other quotation marks, case, punctuation and
    spaces do not hide one. Where a deck under the headline returns in the body, the deck stays
    and the copy in the body goes: the first place is the one the reader meets.

    Removes:
        A body delivered twice, a deck repeated in the text, a paragraph repeated as pull quote;
        on raw pages also runs of short lines that stood there before in the same order.

    Keeps:
        Refrains in verse, table rows, code, short answers, what a forum post quotes; a heading
        that a table of contents gave, entries of a list that differ in a sign; what stands
        on the page many times, such as the same terms under each offer; everything on a page with
        several blocks of code, as a manual says the same of each of its steps.
        Known miss: a copy with a word changed; a manual that was delivered twice.

    Example:
        >>> from cleancorpus import clean
        >>> deck = "The ferry is back in port after nine days of storms, and from Monday it "
        >>> deck += "carries cars again between the town and the islands."
        >>> page = f"{deck}\nNobody was hurt, the harbour master said.\n{deck}\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["the same 24 words as further up: 'The ferry is back in port after nine day'"]

    Cost:
        One dictionary look-up a line.
    """

    min_words: int = option(8, unit="words of a block", source="none: a guess")
    min_run: int = option(4, unit="blocks in the same order as before", source="none: a guess")
    max_times: int = option(
        3,
        unit="times on the page; whatever stands there more often is repeated on purpose",
        source="most gold texts have such blocks as often as their page",
    )

    name: ClassVar[str] = "duplicate-paragraph"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("min_words", self.min_words, 1)
        check_at_least("min_run", self.min_run, 2)
        check_at_least("max_times", self.max_times, 2)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Compare every block with those before it, then runs of short ones."""
        page = read(document)
        if page.is_manual:
            return
        first: dict[str, int] = {}
        copies: dict[int, int] = {}
        repeated = page.repeated
        for at in [at for at, line in enumerate(page.lines) if line.key in repeated]:
            line = page.lines[at]
            if line.kind in BORROWED:
                continue
            original = first.setdefault(line.key, at)
            if original != at and _is_same(page.lines[original], line):
                copies[at] = original
        runs = self._runs(page, copies) if page.is_raw else {}
        for at, original in copies.items():
            line = page.lines[at]
            if not document.is_kept(at):
                continue
            if self._is_copy(page, original, line) and not _is_quoted(page, at):
                said = quoted(page.lines[original].text)
                because = f"the same {line.words} words as further up: '{said}'"
                yield Removal(at, self.name, because, 0.95)
            elif at in runs:
                said = quoted(page.lines[original].text)
                because = f"one of {runs[at]} lines in the same order as further up: '{said}'"
                yield Removal(at, self.name, because, 0.8)

    def _is_copy(self, page: Page, original: int, line: Line) -> bool:
        """A shorter block must be a sentence that stands twice: a refrain stands more often."""
        first = page.lines[original]
        if page.counts[line.key] > self.max_times:
            return False
        if _is_announced(first, line) or _is_told_apart(first, line):
            return False
        if line.words >= _CERTAIN_WORDS:
            return True
        return (
            line.words >= self.min_words
            and line.ending is SENTENCE
            and page.long_count > 0
            and not _NUMBERED.match(line.text)
            and (page.counts[line.key] == 2 or page.is_raw)
        )

    def _runs(self, page: Page, copies: dict[int, int]) -> dict[int, int]:
        """For each block of a repeated run the run's length, in blocks."""
        runs: dict[int, int] = {}
        run: list[int] = []
        for at in [*sorted(copies), len(page.lines) + 1]:
            if run and at == run[-1] + 1 and copies.get(at) == copies[run[-1]] + 1:
                run.append(at)
                continue
            if len(run) >= self.min_run and _is_no_verse(page, run):
                runs.update(dict.fromkeys(run, len(run)))
            run = [at] if at in copies else []
        return runs


def _is_same(one: Line, other: Line) -> bool:
    """Giant blocks are read in part; where those parts are alike, the whole is compared."""
    if one.is_whole and other.is_whole:
        return True
    return one.text == other.text or tokens(one.text) == tokens(other.text)


def _is_announced(one: Line, other: Line) -> bool:
    """The other is the heading that a table of contents or a line at the top announced."""
    return other.kind is Kind.HEADING and one.kind is not Kind.HEADING and not one.is_prose


def _is_told_apart(one: Line, other: Line) -> bool:
    """Items of a list such as ">=version: ..." and "<version: ..." differ in their signs alone."""
    are_items = one.kind is other.kind is Kind.LIST_ITEM
    return are_items and _SIGNS.findall(one.text) != _SIGNS.findall(other.text)


def _is_no_verse(page: Page, run: list[int]) -> bool:
    """A repeated run is no menu, and no refrain: it repeats an article's lines or bare words."""
    lines = [page.lines[at] for at in run]
    if sum([line.is_furniture for line in lines]) * 2 > len(lines):
        return False
    return (
        page.is_article or sorted([line.words for line in lines])[len(lines) // 2] <= _VERSE_WORDS
    )


def _is_quoted(page: Page, at: int) -> bool:
    """A line such as "Jane wrote:" stands before the copy: a post quotes another."""
    before: Line | None = page.lines[at - 1] if at else None
    return before is not None and before.ending is LEAD and before.words <= _QUOTED_BY_WORDS
