"""The judge, its weights and their card."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.features import read_features
from cleancorpus.content.judge import from_arrays, judge_of, load
from cleancorpus.content.medium import Medium
from cleancorpus.content.names import HTML
from cleancorpus.content.text_names import TEXT
from cleancorpus.errors import WeightsError

MOST_BYTES = 300_000
WEIGHTS = files("cleancorpus.content") / "weights"
FOREST = ("feature", "turn", "gone", "starts", "says")

Drawn = Callable[[int], Any]


@pytest.mark.parametrize("medium", [HTML, TEXT], ids=lambda medium: medium.name)
def test_the_shipped_weights_are_small_and_match_their_card(medium: Medium) -> None:
    folder = files("cleancorpus.content") / "weights"
    assert len((folder / f"{medium.name}.npz").read_bytes()) <= MOST_BYTES
    card = json.loads((folder / f"{medium.name}.json").read_text(encoding="utf-8"))
    assert card["features"] == list(medium.features)
    assert {"data", "date", "command", "cross_validated_word_f1", "sha256"} <= card.keys()
    judge_of(medium)  # checks the hash


@pytest.mark.parametrize("seed", range(5))
def test_probabilities_are_the_same_twice(drawn: Drawn, seed: int) -> None:
    first, second = (judge_of(HTML).probabilities(read_features(drawn(seed))) for _ in range(2))
    assert ((first >= 0) & (first <= 1)).all()
    assert first.tobytes() == second.tobytes()


def test_weights_of_other_features_are_refused() -> None:
    with pytest.raises(WeightsError, match="train them again"):
        from_arrays({"first": np.zeros((3, 8)), "mean": np.zeros(HTML.numbers)}, HTML)


def test_a_forest_counts_as_much_as_the_network(drawn: Drawn) -> None:
    features, judge = read_features(drawn(0)), judge_of(HTML)
    assert judge.forest is not None
    logits = judge.network.logits(features), judge.forest.logits(features)
    assert np.abs(logits[0] - logits[1]).max() > 0.1
    found = judge.probabilities(features)
    assert found == pytest.approx(1 / (1 + np.exp(-(logits[0] + logits[1]) / 2)), abs=1e-6)
    alone = replace(judge, forest=None).probabilities(features)
    assert alone == pytest.approx(1 / (1 + np.exp(-logits[0])), abs=1e-6)


def test_weights_that_are_not_their_card_s_are_refused(tmp_path: Path) -> None:
    (tmp_path / "html.npz").write_bytes(b"other")
    (tmp_path / "html.json").write_text('{"sha256": "0"}', encoding="utf-8")
    with pytest.raises(WeightsError, match="not the file"):
        load(tmp_path, HTML)


def test_a_folder_without_weights_for_a_medium_leaves_it_to_the_package(tmp_path: Path) -> None:
    weights = files("cleancorpus.content") / "weights"
    for name in ("html.npz", "html.json"):
        (tmp_path / name).write_bytes((weights / name).read_bytes())
    own, other = judge_of(HTML, str(tmp_path)), judge_of(TEXT, str(tmp_path))
    assert own is not judge_of(HTML)
    assert other.network.out.tobytes() == judge_of(TEXT).network.out.tobytes()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="'html' cannot be read"):
        load(tmp_path, HTML)


@pytest.mark.parametrize(
    ("raw", "card"), [(b"PK broken", None), (b"", None), (b"x", "{"), (b"x", "{}"), (b"x", "[]")]
)
def test_damaged_weights_are_refused(tmp_path: Path, raw: bytes, card: str | None) -> None:
    said = card or json.dumps({"sha256": hashlib.sha256(raw).hexdigest()})
    (tmp_path / "html.npz").write_bytes(raw)
    (tmp_path / "html.json").write_text(said, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"html\.npz .* no weights|cannot be read"):
        load(tmp_path, HTML)


def test_weights_without_a_forest_are_those_of_a_network(drawn: Drawn, tmp_path: Path) -> None:
    with np.load(BytesIO((WEIGHTS / "html.npz").read_bytes())) as arrays:
        left = {name: array for name, array in arrays.items() if name not in FOREST}
    np.savez(tmp_path / "html.npz", allow_pickle=False, **left)
    raw = (tmp_path / "html.npz").read_bytes()
    card = json.dumps({"sha256": hashlib.sha256(raw).hexdigest()})
    (tmp_path / "html.json").write_text(card, encoding="utf-8")
    judge, features = load(tmp_path, HTML), read_features(drawn(0))
    assert judge.forest is None
    assert judge.network.logits(features).tobytes() == (
        judge_of(HTML).network.logits(features).tobytes()
    )


def test_weights_that_lack_an_array_say_which(tmp_path: Path) -> None:
    np.savez(tmp_path / "html.npz", mean=np.zeros(HTML.numbers))
    raw = (tmp_path / "html.npz").read_bytes()
    card = json.dumps({"sha256": hashlib.sha256(raw).hexdigest()})
    (tmp_path / "html.json").write_text(card, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"html\.npz in .* has no array 'first'"):
        load(tmp_path, HTML)
