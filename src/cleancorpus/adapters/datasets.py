"""Cleaning and learning with Hugging Face datasets.

Needs the extra `datasets`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from cleancorpus.adapters.arrow import DEFAULT, Columns, clean_table, count_table
from cleancorpus.chain import Chain
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.files import Thresholds
from cleancorpus.learn.keys import SITES
from cleancorpus.learn.table import Table
from cleancorpus.presets import as_chain

try:
    from datasets import Dataset, IterableDataset
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.datasets needs datasets: pip install 'cleancorpus[datasets]'"
    ) from error

_ROWS_A_BATCH = 1000


def clean(
    dataset: Dataset | IterableDataset,
    chain: str | Chain | None = None,
    columns: Columns = DEFAULT,
    **options: Any,  # noqa: ANN401 - those of `map`
) -> Dataset | IterableDataset:
    """Return the dataset with text, removals and error of each record, as `clean_batch` adds them.

    `options` go to `map`, such as `num_proc=`. A streamed dataset stays one.
    """
    given = {"chain": as_chain(chain), "columns": columns}
    mapped = dataset.with_format("arrow").map(clean_table, batched=True, fn_kwargs=given, **options)
    return mapped.with_format(None)


def learn(
    dataset: Dataset | IterableDataset,
    path: str | Path | None = None,
    thresholds: Thresholds | None = None,
    columns: Columns = DEFAULT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of a dataset's records, counted in this process."""

    def counts() -> Iterator[pa.Table]:
        for table in dataset.with_format("arrow").iter(_ROWS_A_BATCH):
            yield count_table(table, columns, what)

    return freeze(counts(), path, thresholds, what=what)
