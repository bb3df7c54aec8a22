"""Whatever is left that the learned judge takes for no content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus import page
from cleancorpus.content import Choice, Judgement, judgement_of
from cleancorpus.document import Block, Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.options import check_at_least, check_share, option

# A tuple, since a kind is found by identity and its hash takes a call.
_PROTECTED: Final = (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE)
_ROW_PARTS: Final = 3
_LIKELY_CODE: Final = 0.2  # most of the code that is less likely was no content
_LIKELY: Final = [f"content with a likelihood of {percent}%: " for percent in range(101)]
_SCORES: Final = [round(1 - percent / 100, 2) for percent in range(101)]


@dataclass(frozen=True, slots=True)
class MainContent:
    r"""Remove whatever is left that the learned judge scores as not content.

    A small network reads the shape of each block, its neighbours and the page, of HTML the
    elements it stands in, of text the phrases found in it, and says how likely the block is
    content; on HTML a forest of trees says it too. What is kept is decided page by page: the
    choice of blocks whose expected word F1 is highest; of a text, lines count beside words.

    Removes:
        Boilerplate that no named filter describes, of any language and layout.

    Keeps:
        The page's headline and headings over text that stays; code, table rows, rows of facts and
        quotes between blocks that stay; the code of a manual; on HTML the rest of a list that
        mostly stays; small fragments, which it does not judge;
        text that is likely clean, and there what is likely content from the chain's other filters
        too, elsewhere a likely copy of what goes further up; of a text short lines sooner than
        long ones.
        Known miss: on pages of products and in lists of products it is often wrong.

    Example:
        >>> from cleancorpus import Chain, clean
        >>> page = "<ul class=menu><li><a href=/>Home</a><li><a href=/n>News</a></ul>"
        >>> page += "<p>The ferry came back on Monday, and it carries cars and lorries again."
        >>> page += "<p>Four hundred people stood on the pier before dawn, some with bicycles."
        >>> page += "<p>The crossing takes forty minutes, and an hour when the sea is rough."
        >>> page += "<div id=footer><a href=/c>Contact the office</a></div>"
        >>> document = clean(page, "html", chain=Chain((MainContent(),)))
        >>> [document.blocks[removal.at].text for removal in document.removals]
        ['Home', 'News', 'Contact the office']

    Cost:
        A few passes over the page, compiled where that is built, and some matrix products;
        measured in `benchmarks/speed/html.py`. Of text, some more counting line by line.
    """

    leaning: float = option(
        1.0,
        unit="over 1 keeps more (recall), under 1 less (precision)",
        source="1 is the cut of the highest expected F1, Ye et al., ICML 2012",
    )
    min_blocks: int = option(
        5, unit="blocks; a smaller page is left as it is", source="none: a guess"
    )
    text_line_worth: float = option(
        0.85,
        unit="mean lines of content that a line of a text counts for beyond its own words",
        source="swept on labelled lines and whole pages",
    )
    max_headline_gap: int = option(
        8,
        unit="blocks from the main heading to text that stays, for the heading to stay too",
        source="none: readers miss a headline, though four of five gold texts leave it out",
    )
    min_boilerplate: float = option(
        0.05,
        unit="expected share of a text's words, 0 to 1; a text with less is left as it is",
        source="swept on gold texts, of which nothing may go",
    )
    min_named_boilerplate: float = option(
        0.15,
        unit="expected share of a text's words, 0 to 1; a text with less is likely clean",
        source="swept on gold texts of half of the sites, of which nothing may go",
    )
    max_named_likelihood: float = option(
        0.7,
        unit="of content, 0 to 1; from it on no other filter takes a block of a likely clean text",
        source="swept on the same, and high enough that bylines of clean articles go",
    )
    weights: str = option(
        "",
        unit="folder that `cleancorpus train` wrote; nothing for the weights of the package",
        source="trained by the command on the card of the weights",
    )

    name: ClassVar[str] = "main-content"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("leaning", self.leaning, 0)
        check_at_least("min_blocks", self.min_blocks, 1)
        check_at_least("max_headline_gap", self.max_headline_gap, 0)
        check_at_least("text_line_worth", self.text_line_worth, 0)
        check_share("min_boilerplate", self.min_boilerplate)
        check_share("min_named_boilerplate", self.min_named_boilerplate)
        check_share("max_named_likelihood", self.max_named_likelihood)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge the whole page, blocks that are gone included, so that every pass says the same.

        Raises:
            WeightsError: the weights cannot be read.
        """
        judgement = self._judgement(document)
        if judgement is None:
            return
        gone = document.gone
        places = [at for at in self._gone(judgement, document).tolist() if at not in gone]
        said = judgement.against(np.array(places, np.int64))
        percents = (judgement.probabilities.take(places) * 100).round().astype(np.int64).tolist()
        found = {
            at: (_SCORES[percent], f"{_LIKELY[percent]}{cues}")
            for at, percent, cues in zip(places, percents, said, strict=True)
        }
        yield from removals(document, self.name, found)

    def spares(self, document: Document) -> AbstractSet[int]:
        """Return what is likely content of a text that is likely clean, and last copies of any.

        Of HTML also the main heading, where it says the page's title and text under it stays.

        A date, a name or a word of menus stands in clean texts by rights, and the filters that
        look for these see neither the words nor the whole text. Of copies and of headlines behind
        the text they know more: how likely a line is content says nothing of whether it should
        stand there twice, or belongs to another article. But a heading whose first copy goes with
        the table of contents is the only one that stays.

        Raises:
            WeightsError: the weights cannot be read.
        """
        judgement = self._judgement(document)
        if judgement is None:
            return frozenset()
        likely = np.flatnonzero(judgement.probabilities >= self.max_named_likelihood).tolist()
        whole = page.read(document)
        is_clean = _is_cleaner(judgement, document, self.min_named_boilerplate)
        found = frozenset(likely) - page.strays(whole) if is_clean else frozenset[int]()
        head = judgement.features.headline
        if judgement.features.is_titled and document.blocks[head].kind is Kind.HEADING:
            found |= {head}.difference(self._gone(judgement, document).tolist())
        copies = frozenset(at for at in likely if whole.lines[at].key in whole.repeated)
        return found | self._last(copies, judgement, document) if copies else found

    def _last(
        self, copies: frozenset[int], judgement: Judgement, document: Document
    ) -> frozenset[int]:
        """Which of these are the first of their copies to stay, where others go before them."""
        lines, gone = page.read(document).lines, set(self._gone(judgement, document).tolist())
        keys = {lines[at].key for at in copies}
        first, standing = dict[str, int](), dict[str, int]()
        for at, line in enumerate(lines):
            if line.key in keys:
                first.setdefault(line.key, at)
                if at not in gone:
                    standing.setdefault(line.key, at)
        return copies & (set(standing.values()) - set(first.values()))

    def _judgement(self, document: Document) -> Judgement | None:
        small = len(document.blocks) < self.min_blocks
        return None if small else judgement_of(document, self.weights, page.read)

    def _gone(self, judgement: Judgement, document: Document) -> NDArray[np.int64]:
        """What goes, found once: what is spared hangs on it too."""
        known: dict[MainContent, NDArray[np.int64]]
        known = document.memo.setdefault("main-content-gone", {})
        if self not in known:
            known[self] = self._cut(judgement, document)
        return known[self]

    def _cut(self, judgement: Judgement, document: Document) -> NDArray[np.int64]:
        """The blocks under the cut, but for what is protected; none of a text that is clean."""
        if _is_cleaner(judgement, document, self.min_boilerplate):
            return np.zeros(0, np.int64)
        is_text = document.media != "html"
        kept = judgement.kept(self.leaning, self.text_line_worth if is_text else 0)
        if not is_text:
            kept |= judgement.alike(kept)
        gone, blocks = ~kept, document.blocks
        for at in judgement.headlines(kept, self.max_headline_gap):
            if is_text or blocks[at].kind is Kind.HEADING:
                gone[at] = False
        inside = judgement.inside(kept)
        if is_text:
            gone &= ~judgement.going_on(kept)
            inside[1:] |= kept[:-1]  # a table of facts may be the last of a text
        for at in np.flatnonzero(gone & inside).tolist():
            if blocks[at].kind in _PROTECTED or (
                is_text and _is_row(page.read(document).lines[at])
            ):
                gone[at] = False
        gone[_heading(gone, blocks)] = False
        found = np.flatnonzero(gone)
        return found[~_are_code(found, judgement, document)]


def _heading(gone: Choice, blocks: Sequence[Block]) -> list[int]:
    """The headings right over what stays."""
    over = np.flatnonzero(gone[:-1] & ~gone[1:]).tolist()
    return [
        at
        for at in over
        if blocks[at].kind is Kind.HEADING and blocks[at + 1].kind is not Kind.HEADING
    ]


def _is_cleaner(judgement: Judgement, document: Document, boilerplate: float) -> bool:
    """Nobody hands over whole pages of HTML without any boilerplate, but clean texts."""
    return document.media != "html" and judgement.boilerplate < boilerplate


def _are_code(at: NDArray[np.int64], judgement: Judgement, document: Document) -> NDArray[np.bool_]:
    """Which of these blocks are likely the code of a manual, which is read for it."""
    blocks, found = document.blocks, np.zeros(len(at), np.bool_)
    likely = np.flatnonzero(judgement.probabilities[at] >= _LIKELY_CODE)
    code = [one for one in likely.tolist() if blocks[at[one]].kind is Kind.CODE]
    if code and page.is_manual(block.kind for block in blocks):
        found[code] = True
    return found


def _is_row(line: page.Line) -> bool:
    """The line is a row of a table that lost its marks: several facts with separators."""
    is_row = line.parts >= _ROW_PARTS and line.text.count(":") >= line.parts
    return is_row and not line.hits
