"""Blocks that stand on many pages of a site: its frame of menus, notices and boxes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar

from cleancorpus.document import Document, Record, Removal
from cleancorpus.learn import Table, block_keys, site_of
from cleancorpus.measures import holds_quotation
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.page import VERBATIM, Line, Page, read, strays
from cleancorpus.page.frame import Frame, find_frame

_SLOT_SCORE = 0.8  # a line of the page's own: only its neighbours repeat


@dataclass(frozen=True, slots=True)
class RepeatedBlock:
    r"""Remove blocks that stand on many pages of the site, by a table learned beforehand.

    The body of a page is the stretch whose own words outweigh the repeated ones the most. What
    repeats outside of it is the site's frame and goes, with the page's own short lines between
    its parts; what repeats inside goes only if it is long and stands on very many pages.
    Without a table, or on a page of a site that the table does not know, nothing goes. What the
    body has of its own is left alone by the other filters of a chain, but for what phrases explain.

    Removes:
        Menus, footers, newsletter boxes, standing disclaimers and notices of any language;
        breadcrumbs and tables of contents among them.

    Keeps:
        Labels and table headings inside the body, code and table rows there, a standing first
        sentence right before the body, sentences that only some pages share or that quote
        somebody, the line above the body, which may be the headline, and a page that has nothing
        of its own.
        Known miss: a table of contents longer than the body it stands over.

    Example:
        >>> from cleancorpus import Chain, Record, process
        >>> stories = ("The pier is open", "Boats are late", "Fog", "Two ferries", "A lamp is lit")
        >>> pages = [Record(f"Harbour Gazette\n{story} again.\n", url="hg") for story in stories]
        >>> chain = Chain((RepeatedBlock(),)).learn(pages)
        >>> [removal.because for removal in process(pages[0], chain).removals]
        ["on 5 of 5 pages of hg: 'Harbour Gazette'"]

    Cost:
        A hash and a look-up a block.
    """

    table: Table | str = option(  # noqa: RUF009 - as every option
        "",
        unit="file that `cleancorpus.learn` wrote; nothing removes nothing",
        source="learned from the pages of the sites at hand",
    )
    min_inside_share: float = option(
        0.3,
        unit="pages of the site, 0 to 1, for a block of the body, and for a sentence anywhere",
        source="none: a guess",
    )
    min_inside_words: int = option(
        12, unit="words of neighbouring repeated blocks inside the body", source="none: a guess"
    )
    max_slot_words: int = option(
        10,
        unit="words of a line of the page's own between repeated ones; 0 keeps them all",
        source="none: a guess",
    )

    name: ClassVar[str] = "repeated-block"

    def __post_init__(self) -> None:
        """Check the options, and read the table if it is named by its file.

        Raises:
            TableError: the file cannot be read as a table.
        """
        check_share("min_inside_share", self.min_inside_share)
        check_at_least("min_inside_words", self.min_inside_words, 1)
        check_at_least("max_slot_words", self.max_slot_words, 0)
        table = Table.read(self.table) if self.table and isinstance(self.table, str) else self.table
        # An empty table is written like none, so that both are equal.
        object.__setattr__(self, "table", table or "")

    def learn(self, records: Iterable[Record], path: str | Path | None = None) -> RepeatedBlock:
        """Return the filter with a table learned from these records; a path keeps it in a file.

        Raises:
            MissingExtra: the extra `corpus` is not installed.
        """
        from cleancorpus.learn.counting import learn  # noqa: PLC0415 - it needs an extra

        return replace(self, table=learn(records, path))

    def spares(self, document: Document) -> AbstractSet[int]:
        """Return what the body has of its own, but for what phrases and places explain.

        Where the frame of a site is known, what stands inside it is the page: a judge that knows
        no site has nothing to add there. Bylines, prompts, copies and headlines of other pages
        are nobody's frame, and stay a matter of the filters that look for them.
        """
        found = self._found(document)
        if found is None:
            return frozenset()
        page, frame, _, _ = found
        own = (at for at in frame.body if not frame.shares[at] and not _is_detail(page.lines[at]))
        return frozenset(own) - strays(page)

    def _found(self, document: Document) -> tuple[Page, Frame, int, Sequence[int]] | None:
        """The page, its frame, and the counts it was found by; None where nothing is known."""
        if not isinstance(self.table, Table):
            return None
        pages, counts = self.table.counts(site_of(document.url), block_keys(document))
        if not any(counts) or all(counts):
            return None
        page = read(document)
        return page, find_frame(page, [count / pages for count in counts]), pages, counts

    def judge(self, document: Document) -> Iterator[Removal]:
        """Find the body between what repeats, then say what goes on both sides and inside."""
        found = self._found(document)
        if found is None:
            return
        page, frame, pages, counts = found
        site = site_of(document.url)
        gone = {*self._outside(page, frame), *self._inside(page, frame)}
        slots = set(self._slots(page, frame, gone))
        where = f"pages of {site}" if site else "pages without a site"
        for at in sorted(gone | slots):
            if not document.is_kept(at):
                continue
            said = page.lines[at].text.split()
            quote = " ".join(said)[:40]
            if at in gone:
                because = f"on {counts[at]} of {pages} {where}: '{quote}'"
                yield Removal(at, self.name, because, round(0.7 + 0.3 * frame.shares[at], 2))
            else:
                because = f"between blocks that repeat on the {pages} {where}: '{quote}'"
                yield Removal(at, self.name, because, _SLOT_SCORE)

    def _outside(self, page: Page, frame: Frame) -> Iterator[int]:
        """What repeats before and after the body; a sentence that few pages share is quoted."""
        for at, share in enumerate(frame.shares):
            if share and at not in frame.body and not self._is_said(page.lines[at], share):
                yield at

    def _is_said(self, line: Line, share: float) -> bool:
        """A sentence that few pages share, or one that quotes somebody."""
        return _is_text(line) and (share < self.min_inside_share or holds_quotation(line.text))

    def _inside(self, page: Page, frame: Frame) -> Iterator[int]:
        """Runs of blocks inside the body that are too long for labels and on very many pages."""
        run: list[int] = []
        for at in [*frame.body, -1]:
            if at >= 0 and self._may_go_inside(page.lines[at], frame.shares[at]):
                run.append(at)
                continue
            words = sum(page.lines[place].words for place in run)
            if words >= self.min_inside_words and not _is_opening(page, frame, run):
                yield from run
            run = []

    def _may_go_inside(self, line: Line, share: float) -> bool:
        if not share or line.kind in VERBATIM or self._is_said(line, share):
            return False
        return share >= self.min_inside_share

    def _slots(self, page: Page, frame: Frame, gone: set[int]) -> Iterator[int]:
        """The page's own short lines in the frame: between repeated ones, or copied in the body.

        The last line before the body, bylines and dates passed over, may be its headline.
        """
        said = {page.lines[at].key for at in frame.body}
        own = [at for at, share in enumerate(frame.shares) if not share and at not in frame.body]
        first, last = min(gone, default=0), max(gone, default=0)
        before = [at for at in own if at < frame.body.start and not _is_detail(page.lines[at])]
        for at in own:
            line = page.lines[at]
            if not first < at < last or line.is_prose or line.words > self.max_slot_words:
                continue
            is_between = at - 1 in gone and at + 1 in gone
            if line.words and at not in before[-1:] and (is_between or line.key in said):
                yield at


def _is_text(line: Line) -> bool:
    """Running text that is no notice."""
    return line.is_prose and not line.is_furniture and not line.is_aside


def _is_detail(line: Line) -> bool:
    """What stands under headlines: a byline, a date, a button."""
    return line.is_date or line.is_aside or bool(line.hits)


def _is_opening(page: Page, frame: Frame, run: list[int]) -> bool:
    """One sentence before all running text of the page's own, and right before such text."""
    at = run[0]
    if len(run) > 1 or not _is_text(page.lines[at]) or at + 1 >= frame.body.stop:
        return False
    before = range(frame.body.start, at)
    return page.lines[at + 1].is_prose and not any(
        page.lines[place].is_prose and not frame.shares[place] for place in before
    )
