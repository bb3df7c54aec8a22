"""Evidence names what can be seen on the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cleancorpus import Record, page, segment
from cleancorpus.content.compiled import compiled
from cleancorpus.content.evidence import MOST_CUES, Surrogate, fit_surrogate
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.content.medium import Medium
from cleancorpus.content.names import HTML
from cleancorpus.content.text_features import read_text_features
from cleancorpus.content.text_names import TEXT

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")


def surrogate(**weights: float) -> Surrogate:
    values = np.zeros(len(HTML.features), np.float32)
    for name, weight in weights.items():
        values[HTML.features.index(name)] = weight
    return Surrogate(HTML, values, np.full(len(values), 0.5, np.float32))


def test_the_strongest_cue_comes_first(page_of: Callable[[Any], Any]) -> None:
    page = page_of(("body", "", [("footer", "", ["A word"]), ("p", "", ["word " * 9 + "end."])]))
    says = surrogate(**{"above_<footer>": -3.0, "sentence_end": 1.0})
    assert says.against(read_features(page), np.array([0])) == [
        "inside <footer>, no end of a sentence"
    ]


def test_what_is_absent_is_no_evidence(page_of: Callable[[Any], Any]) -> None:
    page = page_of(("body", "", ["A word"]))
    says = surrogate(**{"above_<article>": 3.0})
    assert says.against(read_features(page), np.array([0])) == ["nothing by itself"]


@pytest.mark.parametrize("cue", [*HTML.cues, *TEXT.cues], ids=lambda cue: cue.high)
def test_every_cue_can_be_said(cue: Any) -> None:  # noqa: ANN401 - a private tuple's member
    assert cue.high
    assert all("," not in words and len(words) < 60 for words in (cue.low, cue.high))


def test_the_linear_model_is_found_again(drawn: Callable[[int], Any]) -> None:
    inputs = np.concatenate([as_matrix(read_features(drawn(seed))) for seed in range(20)])
    at = HTML.features.index("digits")
    logits = 3 * inputs[:, at] - 1
    found = fit_surrogate(HTML, inputs.astype(np.float16), logits, np.ones(len(inputs), np.float32))
    said = (inputs - found.means) @ found.weights
    assert np.corrcoef(said, logits)[0, 1] > 0.95


def random_surrogate(seed: int, medium: Medium = HTML) -> Surrogate:
    """Weights and means such that every kind of cue is said, some of them alike."""
    rng, size = np.random.default_rng(seed), len(medium.features)
    weights = rng.standard_normal(size).round(seed % 3)
    means = rng.random(size) * (rng.random(size) < 0.8)
    return Surrogate(medium, weights.astype(np.float32), means.astype(np.float32))


def codes(says: Surrogate, features: Features, at: Any) -> Any:  # noqa: ANN401 - arrays
    """What the compiled twin finds, before it is put in words."""
    module = compiled()
    assert module is not None
    found = module.against(
        features.numbers, features.medium.numbers, features.switches, at, says._columns
    )
    return np.frombuffer(found, np.int64).reshape(-1, MOST_CUES)


@needs_compiled
@pytest.mark.parametrize("seed", range(20))
def test_the_compiled_twin_says_the_same(drawn: Callable[[int], Any], seed: int) -> None:
    features, says = read_features(drawn(seed)), random_surrogate(seed)
    at = np.random.default_rng(seed).permutation(len(features))[: seed + 1]
    assert codes(says, features, at).tolist() == says.codes_in_python(features, at).tolist()


@needs_compiled
@pytest.mark.parametrize("seed", range(20))
def test_of_equal_cues_the_first_comes_first_in_any_order(
    drawn: Callable[[int], Any], seed: int
) -> None:
    cues = np.random.default_rng(seed).permutation(len(HTML.cues))
    medium = replace(HTML, cues=tuple(HTML.cues[at] for at in cues))
    # A block's tag says as much as that it stands on the page once.
    weights = np.zeros(len(HTML.features), np.float32)
    weights[HTML.place["copies"]] = -1
    weights[HTML.numbers :] = -np.log(np.float32(2))
    features, says = read_features(drawn(seed)), Surrogate(medium, weights, weights * 0)
    at = np.arange(len(features))
    assert codes(says, features, at).tolist() == says.codes_in_python(features, at).tolist()


@needs_compiled
@pytest.mark.parametrize("seed", range(5))
def test_the_compiled_twin_says_the_same_of_text(seed: int) -> None:
    document = segment(Record("Home\n12 May\nRead more\nThe ferry came back.\n", media="text"))
    features = read_text_features(document, page.read(document))
    says, at = random_surrogate(seed, TEXT), np.arange(4)
    assert codes(says, features, at).tolist() == says.codes_in_python(features, at).tolist()


@needs_compiled
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("numbers", np.zeros(3, np.float32)),
        ("switches", np.zeros(0, np.uint8)),
        ("at", np.array([-1])),
        ("at", np.array([10_000])),
        ("at", np.zeros(3, np.uint8)),
        ("starts", np.zeros(3, np.int32)),
        ("starts", np.full(len(HTML.cues) + 1, 999, np.int32)),
        ("starts", np.eye(1, len(HTML.cues) + 1, 1, dtype=np.int32) * 999),
        ("starts", -np.arange(len(HTML.cues) + 1, dtype=np.int32)),
        ("leading", np.full(len(HTML.cues), len(HTML.features), np.int32)),
        ("members", -np.ones(200, np.int32)),
    ],
)
def test_features_that_cannot_be_are_refused(
    drawn: Callable[[int], Any],
    name: str,
    value: Any,  # noqa: ANN401 - an array of any kind
) -> None:
    features, says = read_features(drawn(1)), random_surrogate(1)
    starts, (leading, usual, turns), (members, weights) = says._columns
    given: dict[str, Any] = {
        "numbers": features.numbers,
        "switches": features.switches,
        "at": np.array([0]),
    }
    given |= {"starts": starts, "leading": leading, "members": members, name: value}
    module = compiled()
    assert module is not None
    cues = (given["starts"], (given["leading"], usual, turns))
    with pytest.raises(ValueError, match=r"length|there|begin"):
        module.against(
            given["numbers"], HTML.numbers, given["switches"], given["at"],
            (*cues, (given["members"], np.resize(weights, len(given["members"])))),
        )  # fmt: skip
