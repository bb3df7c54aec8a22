"""Training, on a corpus so small that a test can do it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.corpus import Folders, Found, Pages, Read, prepare, prepared, read_records
from cleancorpus.content.features import read_features
from cleancorpus.content.judge import load
from cleancorpus.content.names import HTML
from cleancorpus.errors import RecordError

pytest.importorskip("torch")
pytest.importorskip("lightgbm")

from cleancorpus.content.fitted import Plan, _weights
from cleancorpus.content.train import FOLDS, Teachers, folds_of, report, train
from cleancorpus.content.trained import batch_of, scaling_of

SMALL = Plan(channels=4, epochs=2, pages_a_step=4, trees=3, teachers=1, teacher_channels=6)
FACTS = {"data": "drawn", "command": "none"}


@pytest.fixture
def pages(drawn: Callable[[int], Any]) -> Pages:
    """Twelve drawn pages of six domains, whose gold text is their first half."""
    return prepare(_records(drawn), _reader(drawn))


def _reader(drawn: Callable[[int], Any], read: Callable[[str], object] = str) -> Read:
    def features(record: Mapping[str, Any]) -> Found | None:
        read(record["html"])
        if not record["html"]:
            return None
        page = drawn(int(record["html"]))
        return page.text, read_features(page)

    return Read(HTML, "html", features, {})


def _records(drawn: Callable[[int], Any]) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for seed in range(12):
        texts = drawn(seed).text
        gold = "\n".join(texts[: len(texts) // 2 + 1])
        kind = "forum" if seed % 2 else "article"
        records.append(
            {"html": str(seed), "main_content": gold, "domain": f"{seed // 2}", "page_type": kind}
        )
    return [*records, {"html": "", "main_content": None, "domain": "x", "page_type": "empty"}]


def test_the_same_seed_gives_the_same_weights(pages: Pages, tmp_path: Path) -> None:
    figures = [
        train(pages, SMALL, Folders(tmp_path / name, tmp_path / f"{name}-folds"), FACTS)
        for name in "ab"
    ]
    assert figures[0] == figures[1]
    weights = [(tmp_path / name / "html.npz").read_bytes() for name in "ab"]
    assert weights[0] == weights[1]
    judge = load(tmp_path / "a", HTML)
    assert judge.network.out.shape == (SMALL.channels,)
    assert judge.forest is not None
    assert len(judge.forest.says) == SMALL.trees
    card = json.loads((tmp_path / "a/html.json").read_text(encoding="utf-8"))
    assert card["cross_validated_word_f1"] == figures[0]
    assert card["plan"]["seed"] == SMALL.seed


def test_the_second_opinion_on_a_page_comes_from_those_who_saw_neither_it_nor_the_tested(
    pages: Pages,
) -> None:
    fold = folds_of(pages, 0)
    tested, own = (np.repeat(fold == number, np.diff(pages.starts)) for number in (0, 1))
    other = np.where(tested | own, 1 - pages.targets, pages.targets)
    said, said_of_other = (
        Teachers(found, SMALL, fold).targets(0)[own]
        for found in (pages, replace(pages, targets=other))
    )
    gold = (1 - SMALL.taught) * (other - pages.targets)[own]
    assert said_of_other - said == pytest.approx(gold, abs=1e-6)
    assert np.abs(said - pages.targets[own]).max() > 0.01


def test_of_two_sites_there_is_no_second_opinion(pages: Pages) -> None:
    fold = np.minimum(folds_of(pages, 0), 1)
    assert Teachers(pages, SMALL, fold).targets(0).tolist() == pages.targets.tolist()
    assert Teachers(pages, SMALL, fold).targets().tolist() != pages.targets.tolist()


def test_a_lower_power_of_words_lifts_short_blocks_and_leaves_each_page_its_weight(
    pages: Pages,
) -> None:
    chosen = np.arange(4)
    batch = batch_of(pages, chosen, scaling_of(pages, chosen))
    page = batch.page[batch.at].numpy()
    flat, some, full = (_weights(batch, power).numpy() for power in (0, 0.5, 1))
    for number in chosen:
        own = page == number
        assert flat[own] == pytest.approx(1 / own.sum(), rel=1e-5)
        assert some[own].sum() == pytest.approx(1, rel=1e-5)
        shortest = full[own].argmin()
        assert full[own][shortest] <= some[own][shortest] <= flat[own][shortest] * 1.00001


def test_a_domain_is_in_one_fold_alone(pages: Pages) -> None:
    folds = folds_of(pages, 0)
    assert set(folds.tolist()) <= set(range(FOLDS))
    for domain in set(pages.domains.tolist()):
        assert len(set(folds[pages.domains == domain].tolist())) == 1


def test_a_page_is_scored_as_its_text_would_be(pages: Pages) -> None:
    everything = np.ones(len(pages.words), np.float32)
    figures = report(pages, everything)
    scores = []
    for page in range(12):
        found = pages.found[slice(*_words(pages, page))]
        gold = pages.gold[pages.gold_starts[page] : pages.gold_starts[page + 1]]
        right = np.minimum(np.bincount(found[found >= 0], minlength=len(gold)), gold).sum()
        scores.append(2 * right / (len(found) + gold.sum()))
    assert figures["pages with gold text"] == pytest.approx(np.mean(scores), abs=1e-4)
    assert figures["all pages"] == pytest.approx((sum(scores) + 1) / 13, abs=1e-4)
    assert "empty" not in figures


def _words(pages: Pages, page: int) -> tuple[int, int]:
    first, last = pages.starts[page], pages.starts[page + 1]
    return int(pages.found_starts[first]), int(pages.found_starts[last])


def test_prepared_pages_are_read_from_the_cache(
    drawn: Callable[[int], Any], tmp_path: Path
) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text("\n".join(map(json.dumps, _records(drawn))), encoding="utf-8")
    told: list[str] = []
    read = _reader(drawn, told.append)
    first, second = (prepared(source, read_records(source), read, tmp_path) for _ in range(2))
    assert len(told) == 13
    assert first.inputs.tobytes() == second.inputs.tobytes()
    assert len(first) == len(second) == 13


def test_a_line_without_gold_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "pages.jsonl"
    source.write_text('{"html": ""}\n', encoding="utf-8")
    with pytest.raises(RecordError, match=r"pages\.jsonl, line 1"):
        list(read_records(source))
