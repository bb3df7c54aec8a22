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

from cleancorpus.content.compiled import compiled
from cleancorpus.content.features import Features, as_matrix
from cleancorpus.content.names import FEATURES, GROUPS, LEVELS, NUMBERS, SIGNED, WINDOWS
from cleancorpus.content.vocabulary import BITS, CATEGORIES

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Codes = NDArray[np.int32]

MOST_CUES: Final = 3
_NOTHING: Final = "nothing by itself"
_ROWS: Final = 10_000  # at once, while fitting


@dataclass(frozen=True, slots=True)
class Cue:
    """Something a reader can see: how it is said where the first feature is low or high.

    Low is under the mean of all training blocks, or under zero for a distance with a sign.
    """

    low: str
    high: str
    features: tuple[str, ...]


def _around(name: str) -> tuple[str, ...]:
    return tuple(f"container{level}_{name}" for level in range(1, LEVELS + 1))


def _nearby(name: str) -> tuple[str, ...]:
    return tuple(f"window{size}_{name}" for size in WINDOWS)


_NUMBER_CUES = (
    Cue("short", "long", ("words", "chars")),
    Cue("few links", "many links", ("link_share", "links")),
    Cue("no end of a sentence", "ends a sentence", ("sentence_end", "marks", "mark_share")),
    Cue("few digits", "many digits", ("digits",)),
    Cue("few capitals", "many capitals", ("capitals",)),
    Cue("no copy on the page", "repeated on the page", ("copies",)),
    Cue("early on the page", "late on the page", GROUPS["place"]),
    Cue("before the headline", "behind the headline", GROUPS["headline"]),
    Cue("close to a heading", "far from a heading", GROUPS["heading"][:2]),
    Cue("above the footer", "at or under the footer", GROUPS["footer"]),
    Cue("close to long text", "far from long text", GROUPS["long"]),
    Cue("among short blocks", "among long blocks", (*_nearby("words"), *_nearby("long"))),
    Cue("among blocks without links", "among links", _nearby("links")),
    Cue("little punctuation around", "much punctuation around", _nearby("marks")),
    Cue("in a small container", "in a large container", (*_around("share"), *_around("blocks"))),
    Cue("in a container without links", "in a container of links", _around("links")),
    Cue(
        "in a container of short blocks", "in a container of long blocks",
        (*_around("words_per_block"), *_around("long"), *_around("prose"), *_around("marks")),
    ),
    Cue(
        "outside the main text", "inside the main text",
        ("in_top", "own_climb_to_top", "top_climb", "shared_with_top", "blocks_from_top"),
    ),
    Cue("close to the headline's container", "far from the headline's container",
        GROUPS["headline_tree"]),
    Cue("few siblings like it", "many siblings like it", ("repeats",)),
    Cue("few blocks like it", "many blocks like it", ("group_blocks",)),
)  # fmt: skip
_TAG_CUES = tuple(Cue("", f"in a {name.removeprefix('own_')}", (name,)) for name in GROUPS["tag"])


def _bit_cue(bit: str) -> Cue:
    features = (f"above_{bit}", f"near_{bit}")
    if bit in CATEGORIES:
        return Cue("", f"inside an element named for {bit}", features)
    return Cue("", "hidden by the page" if bit == "hidden" else f"inside {bit}", features)


CUES: Final = (*_NUMBER_CUES, *_TAG_CUES, *map(_bit_cue, BITS))


_LEADING: Final = np.array([FEATURES.index(cue.features[0]) for cue in CUES])
_SWITCHED: Final = np.flatnonzero(_LEADING >= NUMBERS)
_SIGNED: Final = np.isin(_LEADING, SIGNED)


@dataclass(frozen=True)
class Surrogate:
    """What each feature says in the linear model, and its mean over the training blocks."""

    weights: Floats
    means: Floats

    @cached_property
    def _parts(self) -> list[tuple[Ints, Ints]]:
        """The first feature of each cue, then the second of those that have two, and so on."""
        most = max(len(cue.features) for cue in CUES)
        having = [[at for at, cue in enumerate(CUES) if len(cue.features) > n] for n in range(most)]
        return [
            (np.array(cues), np.array([FEATURES.index(CUES[at].features[n]) for at in cues]))
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
        return np.where(_SIGNED, np.float32(0), self.means.take(_LEADING))

    @cached_property
    def _columns(self) -> tuple[Codes, tuple[Codes, Floats, Floats], tuple[Codes, Floats]]:
        """All of this as the compiled twin takes it."""
        members = [[FEATURES.index(name) for name in cue.features] for cue in CUES]
        flat = np.concatenate(members).astype(np.int32)
        starts = np.cumsum([0, *map(len, members)]).astype(np.int32)
        by_cue = (_LEADING.astype(np.int32), self._usual, self._turns)
        return starts, by_cue, (flat, self.weights.take(flat))

    def against(self, features: Features, at: Ints) -> list[str]:
        """For each of these blocks the cues that spoke most against it, the strongest first."""
        module = compiled()
        if module is None:
            codes = self.codes_in_python(features, at)
        else:
            numbers, switches = map(np.ascontiguousarray, (features.numbers, features.switches))
            found = module.against(numbers, NUMBERS, switches, at, self._columns)
            codes = np.frombuffer(found, np.int64).reshape(-1, MOST_CUES)
        return [_said(tuple(row)) for row in codes.tolist()]

    def codes_in_python(self, features: Features, at: Ints) -> Ints:
        """Twice the number of each cue, and one more where its leading feature is high.

        -1 stands where fewer cues spoke against a block.
        """
        values = as_matrix(features, at)
        said = self._summed(values) - self._usual
        high = values.take(_LEADING, axis=1) >= self._turns
        # That something is absent is no evidence that anybody could point at.
        said[:, _SWITCHED] *= high[:, _SWITCHED]
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
        said = np.zeros((len(values), len(CUES)), np.float32)
        for cues, features in self._parts:
            said[:, cues] += values.take(features, axis=1) * self.weights.take(features)
        return said


@lru_cache(maxsize=10_000)
def _said(codes: tuple[int, ...]) -> str:
    cues = ((CUES[code // 2], code % 2) for code in codes if code >= 0)
    return ", ".join(cue.high if high else cue.low for cue, high in cues) or _NOTHING


def fit_surrogate(inputs: NDArray[np.float16], logits: Floats, weights: Floats) -> Surrogate:
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
    return Surrogate(found.astype(np.float32), means.astype(np.float32))
