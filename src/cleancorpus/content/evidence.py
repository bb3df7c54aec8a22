"""Why a block was judged no content, in words a reader can check against the page.

The network is no sum of parts, so a linear model that was fitted to its logits stands in for it:
what a feature adds there, against the mean of all training blocks, is what it said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.content.medium import Medium
from cleancorpus.content.products import product

Floats = NDArray[np.float32]

MOST_CUES: Final = 3
_NOTHING: Final = "nothing by itself"
_ROWS: Final = 10_000  # at once, while fitting


@dataclass(frozen=True)
class Surrogate:
    """What each feature says in the linear model, and its mean over the training blocks."""

    medium: Medium
    weights: Floats
    means: Floats

    @cached_property
    def _leading(self) -> NDArray[np.int64]:
        """Where the leading feature of each cue stands."""
        features = self.medium.features
        return np.array([features.index(cue.features[0]) for cue in self.medium.cues])

    @cached_property
    def _cues(self) -> tuple[Floats, Floats]:
        """What each feature says for each cue, and what all means together say."""
        features, cues = self.medium.features, self.medium.cues
        members = np.zeros((len(features), len(cues)), np.float32)
        for at, cue in enumerate(cues):
            members[[features.index(name) for name in cue.features], at] = 1
        table = self.weights[:, None] * members
        return table, self.means @ table

    @cached_property
    def _turns(self) -> Floats:
        """From where on the leading feature of each cue is high."""
        is_signed = np.isin(self._leading, self.medium.signed)
        return np.where(is_signed, np.float32(0), self.means.take(self._leading))

    def against(self, features: Features, at: NDArray[np.int64]) -> list[str]:
        """For each of these blocks the cues that spoke most against it, the strongest first."""
        values = as_matrix(features, at)
        table, usual = self._cues
        said = product(values, table)
        said -= usual
        high = values.take(self._leading, axis=1) >= self._turns
        # That something is absent is no evidence that anybody could point at.
        switched = self._leading >= self.medium.numbers
        said[:, switched] *= high[:, switched]
        rows = np.arange(len(at))
        codes = np.empty((len(at), MOST_CUES), np.int64)
        for place in range(MOST_CUES):
            cue = said.argmin(axis=1)
            codes[:, place] = np.where(said[rows, cue] < 0, cue * 2 + high[rows, cue], -1)
            said[rows, cue] = np.inf
        return [_said(self.medium, tuple(row)) for row in codes.tolist()]


@lru_cache(maxsize=10_000)
def _said(medium: Medium, codes: tuple[int, ...]) -> str:
    cues = ((medium.cues[code // 2], code % 2) for code in codes if code >= 0)
    return ", ".join(cue.high if high else cue.low for cue, high in cues) or _NOTHING


def fit_surrogate(
    medium: Medium, inputs: NDArray[np.float16], logits: Floats, weights: Floats
) -> Surrogate:
    """Fit the linear model to what the network said of the training blocks, by weight."""
    total = float(weights.sum())
    steps = [slice(at, at + _ROWS) for at in range(0, len(inputs), _ROWS)]
    means = np.zeros(inputs.shape[1], np.float32)
    for step in steps:
        means += weights[step] @ inputs[step].astype(np.float32) / total
    target = logits - float(weights @ logits) / total
    size = inputs.shape[1]
    products, wanted = np.zeros((size, size)), np.zeros(size)
    for step in steps:
        part = inputs[step].astype(np.float32) - means
        weighted = part * weights[step, None]
        products += weighted.T @ part
        wanted += weighted.T @ target[step]
    # Ridge: features that say the same share what they say.
    products[np.diag_indices(size)] += 1e-3 * np.trace(products) / size
    found = np.linalg.solve(products, wanted)
    return Surrogate(medium, found.astype(np.float32), means.astype(np.float32))
