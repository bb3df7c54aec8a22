from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleancorpus import Chain

datasets = pytest.importorskip("datasets", reason="datasets is not installed: the extra `datasets`")

Rows = list[dict[str, Any]]


def test_a_dataset_is_cleaned_as_without_it(rows: Rows, chain: Chain, cleaned: Rows) -> None:
    from cleancorpus.adapters.datasets import clean

    found = list(clean(datasets.Dataset.from_list(rows), chain, batch_size=10))
    assert sorted(found, key=lambda row: row["id"]) == cleaned


def test_a_stream_is_cleaned_as_without_it(rows: Rows, chain: Chain, cleaned: Rows) -> None:
    from cleancorpus.adapters.datasets import clean

    stream = datasets.Dataset.from_list(rows).to_iterable_dataset(num_shards=3)
    found = list(clean(stream, chain, batch_size=10))
    assert sorted(found, key=lambda row: row["id"]) == cleaned


@pytest.mark.parametrize("shards", [0, 1, 7])
def test_datasets_and_streams_learn_the_same_table(
    rows: Rows, table: Path, tmp_path: Path, shards: int
) -> None:
    from cleancorpus.adapters.datasets import learn

    given = datasets.Dataset.from_list(rows).shuffle(seed=shards)
    if shards:
        given = given.to_iterable_dataset(num_shards=shards)
    learn(given, tmp_path / "one.table")
    assert (tmp_path / "one.table").read_bytes() == table.read_bytes()
