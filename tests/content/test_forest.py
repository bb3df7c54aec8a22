"""The forest: what its trees say, in Python and compiled."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.features import read_features
from cleancorpus.content.forest import LEAVES, Forest, from_arrays
from cleancorpus.content.inputs import as_matrix
from cleancorpus.content.names import HTML
from cleancorpus.errors import WeightsError

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")

Drawn = Callable[[int], Any]


def grown(trees: list[tuple[list[tuple[int, float, int]], list[float]]]) -> Forest:
    """A forest of trees, each its nodes, (feature, turn, gone), and what its leaves say."""
    nodes = [node for own, _ in trees for node in own]
    arrays = {
        "feature": np.array([node[0] for node in nodes]),
        "turn": np.array([node[1] for node in nodes]),
        "gone": np.array([node[2] for node in nodes]),
        "starts": np.cumsum([0, *(len(own) for own, _ in trees)]),
        "says": np.array([says + [0.0] * (LEAVES - len(says)) for _, says in trees]),
    }
    return from_arrays(arrays, len(HTML.features))


def chance(seed: int) -> Forest:
    """Trees of all sizes whose nodes rule out leaves by chance, sometimes all."""
    rng = np.random.default_rng(seed)
    trees = []
    for leaves in rng.integers(2, LEAVES + 1, 20):
        node = [
            (
                int(rng.integers(len(HTML.features))),
                float(rng.choice((0, 0.5, 1, 2))),
                int(rng.integers(1 << 32)),
            )
            for _ in range(leaves - 1)
        ]
        trees.append((node, rng.standard_normal(leaves).tolist()))
    return grown(trees)


def test_a_value_over_the_turn_goes_to_the_right(page_of: Callable[[Any], Any]) -> None:
    columns = page_of(("body", "", ["one", "one two three", "one two three four five"]))
    features = read_features(columns)
    words = HTML.features.index("words")
    turns = np.log1p(np.array([1, 3], np.float32)).tolist()
    forest = grown([([(words, turns[1], 0b011), (words, turns[0], 0b001)], [1.0, 2.0, 4.0])])
    assert forest.logits(features).tolist() == [1, 2, 4]
    assert forest.logits_in_python(features).tolist() == [1, 2, 4]
    twice = grown([([(words, turns[0], 1)], [1.0, 2.0]), ([(words, turns[1], 1)], [8.0, 16.0])])
    assert twice.logits(features).tolist() == [9, 10, 18]


@needs_compiled
@pytest.mark.parametrize("seed", range(20))
def test_the_compiled_forest_says_the_same(drawn: Drawn, seed: int) -> None:
    features, forest, module = read_features(drawn(seed)), chance(seed), compiled()
    assert module is not None
    wanted = forest.logits_in_python(features).tobytes()
    assert forest.logits(features).tobytes() == wanted
    assert forest.voted(module, features, wide=False).tobytes() == wanted


@pytest.mark.parametrize("most", [3, 16, LEAVES])
def test_the_arrays_say_what_the_trees_say(drawn: Drawn, most: int) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    from cleancorpus.content.grown import arrays_of

    features = [read_features(drawn(seed)) for seed in range(20)]
    inputs = np.concatenate([as_matrix(one) for one in features])
    wanted = np.random.default_rng(most).random(len(inputs))
    options = {"objective": "cross_entropy", "num_leaves": most, "min_data_in_leaf": 2}
    trees = lightgbm.train({**options, "verbosity": -1}, lightgbm.Dataset(inputs, wanted), 9)
    forest = from_arrays(arrays_of(trees), len(HTML.features))
    found = np.concatenate([forest.logits(one) for one in features])
    assert found == pytest.approx(trees.predict(inputs, raw_score=True), abs=1e-5)


def test_a_tree_without_a_question_says_its_one_answer(drawn: Drawn) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    from cleancorpus.content.grown import arrays_of

    features = read_features(drawn(0))
    options = {"objective": "cross_entropy", "verbosity": -1}
    data = lightgbm.Dataset(as_matrix(features), np.full(len(features), 0.25))
    arrays = arrays_of(lightgbm.train(options, data, 2))
    found = from_arrays(arrays, len(HTML.features)).logits(features)
    assert found == pytest.approx(np.full(len(features), np.log(0.25 / 0.75)), abs=1e-4)


PARTS = [
    ("feature", np.full(3, len(HTML.features)), "feature that is not there"),
    ("feature", np.full(3, -1), "feature that is not there"),
    ("feature", np.zeros(2), "one length"),
    ("turn", np.zeros(2), "one length"),
    ("turn", np.zeros(()), "one length"),
    ("gone", np.zeros(4), "one length"),
    ("starts", np.array([0, 1]), "begin and end"),
    ("starts", np.array([0, 1, 2]), "begin and end"),
    ("starts", np.array([1, 1, 3]), "or none"),
    ("starts", np.array([0, 0, 3]), "or none"),
    ("starts", np.array([0, 3, 3]), "or none"),
    ("starts", np.array([0, 4, 3]), "more leaves"),
    ("starts", np.array([0, -1, 3]), "more leaves"),
    ("says", np.zeros(2 * LEAVES + 1), "begin and end"),
]


def two_trees() -> Forest:
    return grown([([(0, 0.5, 1)], [1.0, 2.0]), ([(1, 0.5, 1), (2, 0.5, 2)], [1.0, 2.0, 3.0])])


@needs_compiled
@pytest.mark.parametrize(("part", "wrong", "message"), PARTS)
def test_the_compiled_twin_refuses_what_is_no_forest(
    drawn: Drawn, part: str, wrong: NDArray[Any], message: str
) -> None:
    forest = two_trees()
    forest = replace(forest, **{part: wrong.astype(getattr(forest, part).dtype)})
    with pytest.raises(ValueError, match=message):
        forest.logits(read_features(drawn(0)))


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        *((part, wrong) for part, wrong, _ in PARTS),
        ("says", np.zeros((2, LEAVES - 1))),
        ("says", np.full((2, LEAVES), np.nan)),
        ("turn", np.array(["a", "b", "c"])),
    ],
)
def test_arrays_that_are_no_forest_are_refused(part: str, wrong: NDArray[Any]) -> None:
    with pytest.raises(WeightsError, match="train it again"):
        from_arrays({**asdict(two_trees()), part: wrong}, len(HTML.features))


@pytest.mark.parametrize("part", ["feature", "turn", "gone", "starts", "says"])
def test_an_array_that_is_missing_is_named(part: str) -> None:
    arrays = {name: array for name, array in asdict(two_trees()).items() if name != part}
    with pytest.raises(WeightsError, match=f"'{part}'"):
        from_arrays(arrays, len(HTML.features))
