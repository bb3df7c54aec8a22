"""The network in numpy, its weights and their card."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.corpus import Read, prepare
from cleancorpus.content.evidence import Surrogate
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import as_matrix
from cleancorpus.content.medium import Medium
from cleancorpus.content.names import HTML
from cleancorpus.content.network import from_arrays, load, network
from cleancorpus.content.text_names import TEXT
from cleancorpus.errors import WeightsError

MOST_BYTES = 300_000

Drawn = Callable[[int], Any]


@pytest.mark.parametrize("medium", [HTML, TEXT], ids=lambda medium: medium.name)
def test_the_shipped_weights_are_small_and_match_their_card(medium: Medium) -> None:
    folder = files("cleancorpus.content") / "weights"
    assert len((folder / f"{medium.name}.npz").read_bytes()) <= MOST_BYTES
    card = json.loads((folder / f"{medium.name}.json").read_text(encoding="utf-8"))
    assert card["features"] == list(medium.features)
    assert {"data", "date", "command", "cross_validated_word_f1", "sha256"} <= card.keys()
    network(medium)  # checks the hash


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_the_same_twice(drawn: Drawn, seed: int) -> None:
    first, second = (network(HTML).probabilities(read_features(drawn(seed))) for _ in range(2))
    assert ((first >= 0) & (first <= 1)).all()
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("seed", range(5))
def test_numpy_says_what_torch_says(drawn: Drawn, seed: int) -> None:
    torch = pytest.importorskip("torch")
    from cleancorpus.content.trained import Trained, batch_of, scaling_of

    page = drawn(seed)
    features = read_features(page)
    read = Read(HTML, "html", lambda _: (page.text, features), {})
    pages = replace(prepare([{"main_content": page.text[0]}], read), inputs=as_matrix(features))  # type: ignore[arg-type]
    torch.manual_seed(seed)
    scaling = scaling_of(pages, np.array([0]))
    blank = np.zeros(len(HTML.features), np.float32)
    trained = Trained(HTML, 8, scaling).eval()
    with torch.no_grad():
        for weights in trained.parameters():
            weights.copy_(weights.half())
        expected = trained(batch_of(pages, np.array([0]), scaling)).numpy()
    found = from_arrays(trained.arrays(Surrogate(HTML, blank, blank)), HTML).logits(features)
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-3)


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(WeightsError, match="train them again"):
        from_arrays({"first": np.zeros((3, 8)), "mean": np.zeros(HTML.numbers)}, HTML)


def test_weights_that_are_not_their_card_s_are_refused(tmp_path: Path) -> None:
    (tmp_path / "html.npz").write_bytes(b"other")
    (tmp_path / "html.json").write_text('{"sha256": "0"}', encoding="utf-8")
    with pytest.raises(WeightsError, match="not the file"):
        load(tmp_path, HTML)


def test_a_folder_without_weights_for_a_medium_leaves_it_to_the_package(tmp_path: Path) -> None:
    weights = files("cleancorpus.content") / "weights"
    for name in ("html.npz", "html.json"):
        (tmp_path / name).write_bytes((weights / name).read_bytes())
    own, other = network(HTML, str(tmp_path)), network(TEXT, str(tmp_path))
    assert own is not network(HTML)
    assert other.out.tobytes() == network(TEXT).out.tobytes()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="'html' cannot be read"):
        load(tmp_path, HTML)
