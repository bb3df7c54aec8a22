"""A kind of document as the judge reads it: its features by name, and how evidence says them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Cue:
    """Something a reader can see: how it is said where the first feature is low or high.

    Low is under the mean of all training blocks, or under zero for a distance with a sign.
    """

    low: str
    high: str
    features: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Medium:
    """What the judge reads of the blocks of a document, in the order of its inputs.

    Training drops the features of a group together. The groups named by `switched` stand last
    and are zero or one; all others are numbers, of which those in `counted` are read as
    logarithms, those in `distances` as logarithms with a sign. A block sees the means of
    `pooled`, of the `spans` around it; in the span `container` a list goes or stays as a whole,
    and of two kept blocks in the span `body`, what stands between them is inside the text.
    """

    name: str
    groups: Mapping[str, tuple[str, ...]]
    switched: tuple[str, ...]
    counted: tuple[str, ...]
    distances: tuple[str, ...]
    spans: int
    pooled: tuple[int, ...]
    container: int
    body: int
    cues: tuple[Cue, ...]

    @cached_property
    def features(self) -> tuple[str, ...]:
        """All features."""
        return tuple(name for names in self.groups.values() for name in names)

    @cached_property
    def numbers(self) -> int:
        """How many features are numbers; those after them are zero or one."""
        return len(self.features) - sum(len(self.groups[name]) for name in self.switched)

    @cached_property
    def slices(self) -> Mapping[str, slice]:
        """Where each group stands among the features."""
        found: dict[str, slice] = {}
        at = 0
        for group, names in self.groups.items():
            found[group] = slice(at, at + len(names))
            at += len(names)
        return found

    @cached_property
    def logged(self) -> Ints:
        """Where the counts stand among the features."""
        return self._places(self.counted)

    @cached_property
    def signed(self) -> Ints:
        """Where the distances before or after stand among the features."""
        return self._places(self.distances)

    @cached_property
    def place(self) -> Mapping[str, int]:
        """Where each feature stands among all."""
        return {name: at for at, name in enumerate(self.features)}

    def _places(self, names: tuple[str, ...]) -> Ints:
        return np.array([self.place[name] for name in names], np.int64)
