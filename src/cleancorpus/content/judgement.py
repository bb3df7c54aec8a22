"""What the judge says of a document's blocks, computed once and kept on its memo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.cut import Choice, kept, together
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import Features
from cleancorpus.content.judge import Judge, judge_of
from cleancorpus.content.lines import Lines
from cleancorpus.content.text_features import read_text_features
from cleancorpus.document import Document

Floats = NDArray[np.float32]


_LIKELY: Final = (0.2, 0.5)  # of the likeliest block; of a timetable few lines are sure
_NOT_UNLIKELY: Final = 0.2
_LEAST_TITLE: Final = 3  # words of the text in a line beside the title
_TEXT_WORDS: Final = 10  # of the first block of the text
_NEAR: Final = 3  # blocks; buttons and markers may stand between paragraphs
_LEAST_LINES: Final = 1e-4  # of a text that holds no content at all
_LIST, _MOST = 4, 0.7  # look-alikes, and the share of them
_REACH: Final = 16  # blocks over it in which its title is looked for


@dataclass(frozen=True, slots=True)
class Judgement:
    """For each block of a page how likely it is content."""

    features: Features
    probabilities: Floats
    judge: Judge

    def kept(self, leaning: float, line_worth: float = 0.0) -> Choice:
        """The blocks over the page's cut.

        `line_worth` is how many mean lines of content a line of a text counts for beyond its own
        words: whoever reads what is left misses a line, be it short or long. One that phrases
        call furniture is not missed.
        """
        at = self.features.medium.place["page_links"]
        links = float(self.features.numbers[at, 0])
        words, likely = self.features.words, self.probabilities
        if not line_worth:
            return kept(likely, words, leaning, links)
        line = likely @ words / max(likely.sum(), _LEAST_LINES)
        worth = np.where(self._switch("is_furniture"), np.float32(0), line_worth * line)
        return kept(likely, words, leaning, links, worth)

    @property
    def boilerplate(self) -> float:
        """The share of the words that is expected to be no content, 0 to 1."""
        words = self.features.words
        return float(1 - self.probabilities @ words / words.sum())

    def headlines(self, kept: Choice, gap: int) -> list[int]:
        """The blocks of the main heading, if one of the next `gap` blocks is kept.

        Where it says the page's title, however far below text is kept.
        """
        if self.features.titles is not None:
            return self._titles(self.features.titles, kept, gap)
        below = self.features.headline + 1
        near = kept[below:] if self.features.is_titled else kept[below : below + gap]
        return [below - 1] if near.any() else []

    def _titles(self, titles: Floats, kept: Choice, gap: int) -> list[int]:
        """The lines over the text that are most like a title, and others right beside them.

        The text begins with the first line that may well be content, or with the first that most
        likely is: a caption or a deck may stand over it. Neither hangs on what is kept, so that
        keeping more keeps more titles. Nor does a notice above all that may be a title begin it.
        """
        is_long = self.features.words >= _TEXT_WORDS
        is_long[: int((titles > 0).argmax()) + 1] = False
        found: set[int] = set()
        for least in _LIKELY:
            is_text = is_long & (self.probabilities >= least * self.probabilities.max())
            first = int(is_text.argmax())
            if is_text[first] and kept[first]:
                found.update(_titles_over(titles, first, gap))
        return sorted(found)

    def going_on(self, kept: Choice) -> Choice:
        """The running text that goes on from running text that stays, without large gaps.

        A last paragraph behind an advertisement is short of neighbours that speak for it; a line
        that holds a phrase of furniture goes on with nothing.
        """
        wanted = self._switch("is_prose") & (kept | ~self._switch("is_furniture"))
        prose = np.flatnonzero(wanted)
        is_begin = np.diff(prose, prepend=-_NEAR - 1) > _NEAR
        begins = np.maximum.accumulate(np.where(is_begin, prose, 0))
        last = np.maximum.accumulate(np.where(kept[prose], prose, -1))
        found: Choice = np.zeros_like(kept)
        found[prose] = last >= begins
        return found

    def _switch(self, name: str) -> Choice:
        medium = self.features.medium
        found: Choice = self.features.switches[:, medium.place[name] - medium.numbers] > 0
        return found

    def alike(self, kept: Choice) -> Choice:
        """The blocks most of whose look-alikes on the page stay, so that a list stays whole."""
        groups = self.features.groups
        stay = np.bincount(groups.of, kept, len(groups.sizes))
        is_list = (groups.sizes >= _LIST) & (stay >= _MOST * groups.sizes)
        found: Choice = is_list[groups.of] & (self.probabilities >= _NOT_UNLIKELY)
        return found

    def inside(self, kept: Choice) -> Choice:
        """The blocks with a kept one before and one behind them in the body's span around them."""
        blocks = np.arange(len(kept))
        before = np.maximum.accumulate(np.where(kept, blocks, -1))
        after = np.minimum.accumulate(np.where(kept, blocks, len(kept))[::-1])[::-1]
        body = self.features.medium.body
        begin, end = self.features.begin[body], self.features.end[body]
        found: Choice = (before >= begin) & (after < end)
        return found

    def against(self, at: NDArray[np.int64]) -> list[str]:
        """For each of these blocks what spoke most against it, in words."""
        return self.judge.surrogate.against(self.features, at)


def _titles_over(titles: Floats, first: int, gap: int) -> list[int]:
    """The title over the text that begins at `first`, unless too much stands between them."""
    start = max(first - _REACH, 0)
    above = titles[start:first]
    if not (above > 0).any():
        return []
    best = len(above) - 1 - int(above[::-1].argmax())  # of several alike the nearest
    if (above[best:] >= 0).sum() > gap:
        return []
    beside = (at for at in (best - 1, best + 1) if 0 <= at < len(above))
    return [start + best, *(start + at for at in beside if above[at] >= _LEAST_TITLE)]


def judgement_of(
    document: Document, weights: str = "", lines: Callable[[Document], Lines] | None = None
) -> Judgement | None:
    """Judge a document; `None` for an empty one and for HTML that no walk left columns on.

    `weights` is a folder of weights, or nothing for those of the package. `lines` reads a text;
    without it none is judged.

    Raises:
        WeightsError: the weights cannot be read.
    """
    key = f"content-judgement {weights}"
    found: Judgement | None = document.memo.get(key)
    if found is None:
        features = _features(document, lines)
        if features is None:
            return None
        judge = judge_of(features.medium, weights)
        likely = judge.probabilities(features)
        container = features.begin[features.medium.container]
        likely = together(likely, features.words, features.groups.of, container)
        # Rounded, so that the last bits of a matrix product do not move the cut.
        found = Judgement(features, likely.round(4), judge)
        document.memo[key] = found
    return found


def _features(document: Document, lines: Callable[[Document], Lines] | None) -> Features | None:
    columns = document.columns
    if not document.blocks:
        return None
    if document.media != "html":
        return None if lines is None else read_text_features(document, lines(document))
    if columns is None or len(columns.text) != len(document.blocks):
        return None
    return read_features(columns)
