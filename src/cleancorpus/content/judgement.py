"""What the network says of a document's blocks, computed once and kept on its memo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.cut import Choice, kept, together
from cleancorpus.content.features import Features, read_features
from cleancorpus.content.names import FEATURES
from cleancorpus.content.network import Network, network
from cleancorpus.document import Document

Floats = NDArray[np.float32]

_PAGE_LINKS: Final = FEATURES.index("page_links")
_BODY_LEVEL: Final = 4
"""The container, from 0, in which two kept blocks make a body: measured, wider was better."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """For each block of a page how likely it is content."""

    features: Features
    probabilities: Floats
    network: Network

    def kept(self, leaning: float) -> Choice:
        """The blocks over the page's cut."""
        links = float(self.features.numbers[_PAGE_LINKS, 0])
        return kept(self.probabilities, self.features.words, leaning, links)

    def headline(self, kept: Choice, gap: int) -> int | None:
        """The block of the main heading, if one of the next `gap` blocks is kept."""
        below = self.features.headline + 1
        return below - 1 if kept[below : below + gap].any() else None

    def inside(self, kept: Choice) -> Choice:
        """The blocks with a kept one before and one behind them in a container around them."""
        blocks = np.arange(len(kept))
        before = np.maximum.accumulate(np.where(kept, blocks, -1))
        after = np.minimum.accumulate(np.where(kept, blocks, len(kept))[::-1])[::-1]
        begin, end = self.features.begin[_BODY_LEVEL], self.features.end[_BODY_LEVEL]
        found: Choice = (before >= begin) & (after < end)
        return found

    def against(self, at: NDArray[np.int64]) -> list[str]:
        """For each of these blocks what spoke most against it, in words."""
        return self.network.surrogate.against(self.features, at)


def judgement_of(document: Document, weights: str = "") -> Judgement | None:
    """Judge a document that a walk left columns on; `None` for text and for an empty page.

    `weights` is a folder of weights, or nothing for those of the package.

    Raises:
        WeightsError: the weights cannot be read.
    """
    columns = document.columns
    if columns is None or not document.blocks or len(columns.text) != len(document.blocks):
        return None
    key = f"content-judgement {weights}"
    found: Judgement | None = document.memo.get(key)
    if found is None:
        features, judge = read_features(columns), network(weights)
        likely = judge.probabilities(features)
        likely = together(likely, features.words, features.groups.of, features.begin[0])
        # Rounded, so that the last bits of a matrix product do not move the cut.
        found = Judgement(features, likely.round(4), judge)
        document.memo[key] = found
    return found
