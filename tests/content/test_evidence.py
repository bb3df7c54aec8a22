"""Evidence names what can be seen on the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.evidence import Surrogate, fit_surrogate
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import as_matrix
from cleancorpus.content.names import HTML
from cleancorpus.content.text_names import TEXT


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
