"""A forest over the features of blocks, evaluated with numpy or by the compiled twin.

Trees are grown by `grown.py` and ship as arrays. No tree has more leaves than there are bits: each
node whose answer is "higher" rules out the leaves of its left branch, and the lowest bit left is
the leaf, as in QuickScorer (Lucchese et al., SIGIR 2015). Answers are compared and what the leaves
say is summed in the order of the trees, so every machine comes to the same logit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.errors import WeightsError

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Bits = NDArray[np.uint32]

LEAVES: Final = 32
"""The most leaves of a tree, one for each bit."""
_ALL: Final = np.uint32(0xFFFFFFFF)
_BLOCKS: Final = 64  # at once: of each, every node has an answer


@dataclass(frozen=True, slots=True)
class Forest:
    """For each node what it asks for, from where on that is high, and the leaves that rules out.

    `starts` says where the nodes of each tree begin, and where the last ends; `says` has a row of
    `LEAVES` logits for each tree, of which those it has no leaves for are zero.
    """

    feature: Ints
    turn: Floats
    gone: Bits
    starts: Ints
    says: Floats

    def logits(self, features: Features) -> Floats:
        """For each block how much speaks for content, as a logit."""
        module = compiled()
        return self.logits_in_python(features) if module is None else self.voted(module, features)

    def voted(self, module: ModuleType, features: Features, *, wide: bool = True) -> Floats:
        """Do so with the compiled twin, in wide vectors where the processor has them, or not."""
        numbers, switches = map(np.ascontiguousarray, (features.numbers, features.switches))
        nodes = (self.feature, self.turn, self.gone)
        found = module.vote(numbers, len(numbers), switches, nodes, self.starts, self.says, wide)
        return np.frombuffer(found, np.float32)

    def logits_in_python(self, features: Features) -> Floats:
        """Do the same with arrays."""
        parts = [slice(at, at + _BLOCKS) for at in range(0, len(features), _BLOCKS)]
        return np.concatenate([self._of(as_matrix(features, part).T) for part in parts])

    def _of(self, rows: Floats) -> Floats:
        high = rows.take(self.feature, axis=0) > self.turn[:, None]
        stays = np.where(high, ~self.gone[:, None], _ALL)
        left = np.bitwise_and.reduceat(stays, self.starts[:-1], axis=0)
        lowest = (left & (~left + np.uint32(1))).astype(np.float64)
        leaf = np.frexp(lowest)[1] - 1  # the last place, -1, where no bit is left
        said = np.take_along_axis(self.says, leaf, axis=1)
        # One after the other: `sum` may take another order.
        last: Floats = np.cumsum(said, axis=0, dtype=np.float32)[-1]
        return last


def from_arrays(arrays: Mapping[str, NDArray[Any]], features: int) -> Forest:
    """Build a forest over so many features from the arrays that training writes.

    Raises:
        WeightsError: an array is missing, or they do not fit together.
    """
    try:
        forest = Forest(
            np.ascontiguousarray(arrays["feature"], np.int32),
            np.ascontiguousarray(arrays["turn"], np.float32),
            np.ascontiguousarray(arrays["gone"], np.uint32),
            np.ascontiguousarray(arrays["starts"], np.int32),
            np.ascontiguousarray(arrays["says"], np.float32),
        )
    except (KeyError, ValueError) as error:
        raise WeightsError(f"the forest has no good array {error}: train it again") from error
    if not _is_forest(forest, features):
        raise WeightsError("the arrays of the forest do not fit together: train it again")
    return forest


def _is_forest(forest: Forest, features: int) -> bool:
    nodes, starts, says = len(forest.feature), forest.starts, forest.says
    if says.shape != (len(starts) - 1, LEAVES) or not (
        forest.turn.shape == forest.gone.shape == (nodes,)
    ):
        return False
    sizes = np.diff(starts)
    return bool(
        len(sizes)
        and starts[0] == 0
        and starts[-1] == nodes
        and ((sizes > 0) & (sizes < LEAVES)).all()
        and ((forest.feature >= 0) & (forest.feature < features)).all()
        and np.isfinite(says).all()
    )
