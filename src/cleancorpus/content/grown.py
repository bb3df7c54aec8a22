"""The forest as LightGBM grows it, and the arrays that `forest.py` reads.

Needs the extra `train`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.forest import LEAVES

Floats = NDArray[np.float32]
Tree = dict[str, Any]
Node = tuple[int, float, int]  # feature, turn, leaves that are gone where it is higher


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees are grown; the shares are drawn anew for each tree."""

    trees: int
    leaves: int = 31
    rate: float = 0.12
    least_blocks: int = 60
    shrinking: float = 2.0
    features: float = 0.3
    blocks: float = 0.7


def grow(
    inputs: Floats, targets: Floats, weights: Floats, growth: Growth, seed: int
) -> lightgbm.Booster:
    """Grow a forest that says for each block how likely it is content."""
    options = {
        "objective": "cross_entropy",
        "num_leaves": growth.leaves,
        "learning_rate": growth.rate,
        # Of few blocks a leaf may hold fewer, or nothing would be learned.
        "min_data_in_leaf": min(growth.least_blocks, max(1, len(inputs) // 100)),
        "lambda_l2": growth.shrinking,
        "feature_fraction": growth.features,
        "bagging_fraction": growth.blocks,
        "bagging_freq": 1,
        "seed": seed,
        "deterministic": True,
        "force_col_wise": True,
        "num_threads": 1,  # sums in one order, whatever the number of cores
        "verbosity": -1,
    }
    data = lightgbm.Dataset(inputs, targets, weight=weights / weights.mean())
    return lightgbm.train(options, data, growth.trees)


def arrays_of(forest: lightgbm.Booster) -> dict[str, NDArray[Any]]:
    """The arrays of a forest, as `forest.from_arrays` takes them."""
    nodes: list[Node] = []
    starts, says = [0], []
    for tree in forest.dump_model()["tree_info"]:
        values: list[float] = []
        _read(tree["tree_structure"], nodes, values)
        if len(nodes) == starts[-1]:  # nothing to ask: all are on its only leaf
            nodes.append((0, float("inf"), 0))
        starts.append(len(nodes))
        says.append(values + [0.0] * (LEAVES - len(values)))
    feature, turn, gone = zip(*nodes, strict=True)
    return {
        "feature": np.array(feature, np.int16),
        "turn": np.array(turn, np.float32),
        "gone": np.array(gone, np.uint32),
        "starts": np.array(starts, np.int32),
        "says": np.array(says, np.float32),
    }


def _read(tree: Tree, nodes: list[Node], values: list[float]) -> None:
    """Add the nodes of a branch, and what its leaves say from left to right."""
    if "split_feature" not in tree:
        values.append(tree["leaf_value"])
        return
    first = len(values)
    _read(tree["left_child"], nodes, values)
    gone = (1 << len(values)) - (1 << first)
    nodes.append((tree["split_feature"], tree["threshold"], gone))
    _read(tree["right_child"], nodes, values)
