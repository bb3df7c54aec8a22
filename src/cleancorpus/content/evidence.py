"""Why a block was judged no content, in words a reader can check against the page.

The judge is no sum of parts, so a linear model that was fitted to its logits stands in for it:
what a feature adds there, against the mean of all training blocks, is what it said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.content.medium import Cue, Medium

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]

MOST_CUES: Final = 3
_NOTHING: Final = "nothing by itself"
_MOST_SAYINGS: Final = 10_000  # kept at once
_ROWS: Final = 10_000  # at once, while fitting


@dataclass(frozen=True)
class Surrogate:
    """What each feature says in the linear model, and its mean over the training blocks."""

    medium: Medium
    weights: Floats
    means: Floats

    @cached_property
    def _members(self) -> list[list[int]]:
        """Where the features of each cue stand, its leading one first."""
        features = self.medium.features
        return [[features.index(name) for name in cue.features] for cue in self.medium.cues]

    @cached_property
    def _leading(self) -> Ints:
        """Where the leading feature of each cue stands."""
        return np.array([members[0] for members in self._members])

    @cached_property
    def _parts(self) -> list[tuple[Ints, Ints]]:
        """The first feature of each cue, then the second of those that have two, and so on."""
        members = self._members
        most = max(map(len, members))
        having = [[at for at, own in enumerate(members) if len(own) > n] for n in range(most)]
        return [
            (np.array(cues), np.array([members[at][n] for at in cues]))
            for n, cues in enumerate(having)
        ]

    @cached_property
    def _usual(self) -> Floats:
        """What all means together say for each cue."""
        usual: Floats = self._summed(self.means[None, :])[0]
        return usual

    @cached_property
    def _turns(self) -> Floats:
        """From where on the leading feature of each cue is high."""
        is_signed = np.isin(self._leading, self.medium.signed)
        return np.where(is_signed, np.float32(0), self.means.take(self._leading))

    @cached_property
    def _columns(self) -> tuple[Codes, tuple[Codes, Floats, Floats], tuple[Codes, Floats]]:
        """All of this as the compiled twin takes it."""
        flat = np.concatenate(self._members).astype(np.int32)
        starts = np.cumsum([0, *map(len, self._members)]).astype(np.int32)
        by_cue = (self._leading.astype(np.int32), self._usual, self._turns)
        return starts, by_cue, (flat, self.weights.take(flat))

    @cached_property
    def _sayings(self) -> _Sayings:
        return _Sayings(self.medium.cues)

    def against(self, features: Features, at: Ints) -> list[str]:
        """For each of these blocks the cues that spoke most against it, the strongest first."""
        module = compiled()
        if module is None:
            codes = self.codes_in_python(features, at)
        else:
            numbers, switches = map(np.ascontiguousarray, (features.numbers, features.switches))
            found = module.against(numbers, self.medium.numbers, switches, at, self._columns)
            codes = np.frombuffer(found, np.int64).reshape(-1, MOST_CUES)
        return self._sayings.of(codes)

    def codes_in_python(self, features: Features, at: Ints) -> Ints:
        """Twice the number of each cue, and one more where its leading feature is high.

        -1 stands where fewer cues spoke against a block.
        """
        values = as_matrix(features, at)
        said = self._summed(values) - self._usual
        high = values.take(self._leading, axis=1) >= self._turns
        switched = self._leading >= self.medium.numbers
        # That something is absent is no evidence that anybody could point at.
        said[:, switched] *= high[:, switched]
        said = np.where(said < 0, said, np.float32(0))
        rows = np.arange(len(at))
        codes = np.empty((len(at), MOST_CUES), np.int64)
        for place in range(MOST_CUES):
            cue = said.argmin(axis=1)
            codes[:, place] = np.where(said[rows, cue] < 0, cue * 2 + high[rows, cue], -1)
            said[rows, cue] = 0
        return codes

    def _summed(self, values: Floats) -> Floats:
        """What each cue says, summed in the order of its features, as no library would promise."""
        said = np.zeros((len(values), len(self.medium.cues)), np.float32)
        for cues, features in self._parts:
            said[:, cues] += values.take(features, axis=1) * self.weights.take(features)
        return said


class _Sayings(dict[int, str]):
    """The words for up to three cues, put together when first asked for.

    The key is their codes, each one higher, as the digits of a number: of blocks on one page most
    are told apart by few cues.
    """

    def __init__(self, cues: tuple[Cue, ...]) -> None:
        super().__init__()
        self.cues = cues
        self.digits = np.array([(2 * len(cues) + 1) ** place for place in range(MOST_CUES)])

    def of(self, codes: Ints) -> list[str]:
        """What each row of codes says."""
        return list(map(self.__getitem__, ((codes + 1) @ self.digits).tolist()))

    def __missing__(self, key: int) -> str:
        if len(self) >= _MOST_SAYINGS:
            self.clear()
        codes = (key // self.digits % self.digits[1] - 1).tolist()
        cues = ((self.cues[code // 2], code % 2) for code in codes if code >= 0)
        said = ", ".join(cue.high if high else cue.low for cue, high in cues) or _NOTHING
        self[key] = said
        return said


def fit_surrogate(
    medium: Medium, inputs: NDArray[np.float16], logits: Floats, weights: Floats
) -> Surrogate:
    """Fit the linear model to what the judge said of the training blocks, by weight."""
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
