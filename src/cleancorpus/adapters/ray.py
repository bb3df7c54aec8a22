"""Cleaning and learning in Ray Data.

Needs the extra `ray`, which brings Ray Data.
"""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import pyarrow as pa

from cleancorpus.adapters.arrow import DEFAULT, Columns, clean_table, count_table
from cleancorpus.chain import Chain
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.files import Thresholds, default_thresholds
from cleancorpus.learn.keys import FAILED, SITES
from cleancorpus.learn.table import Table
from cleancorpus.presets import as_chain

try:
    from ray.data import Dataset
    from ray.data.aggregate import Min, Sum
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.ray needs Ray Data: pip install 'cleancorpus[ray]'"
    ) from error


class Cleaner:
    """What an actor of Ray runs: the chain comes to it once, not with every batch."""

    def __init__(self, chain: Chain | None = None, columns: Columns = DEFAULT) -> None:
        """Keep the chain."""
        self._chain = chain
        self._columns = columns

    def __call__(self, table: pa.Table) -> pa.Table:
        """Return the batch, which Ray hands over as a table, with what cleaning adds."""
        return clean_table(table, self._chain, self._columns)


def clean(
    dataset: Dataset,
    chain: str | Chain | None = None,
    columns: Columns = DEFAULT,
    **options: Any,  # noqa: ANN401 - Ray's own
) -> Dataset:
    """Return the dataset with text, removals and error of each record, as `clean_batch` adds them.

    `options` go to `map_batches`, such as `compute=` for how many actors there are.
    """
    given = {"chain": as_chain(chain), "columns": columns}
    return dataset.map_batches(
        Cleaner, fn_constructor_kwargs=given, batch_format="pyarrow", **options
    )


def learn(
    dataset: Dataset,
    path: str | Path,
    thresholds: Thresholds | None = None,
    columns: Columns = DEFAULT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of a dataset's records, written to a file of the driver.

    Ray sums up the counts; only what stands on enough pages comes to the driver.
    """
    least = (thresholds or default_thresholds(what)).min_pages
    counted = functools.partial(count_table, columns=columns, what=what)
    summed = (
        dataset.map_batches(counted, batch_format="pyarrow")
        .groupby(["site", "key"])
        .aggregate(Sum("documents", alias_name="documents"), Min("sample", alias_name="sample"))
        .map_batches(_passing, batch_format="pyarrow", fn_kwargs={"least": least})
    )
    return freeze(
        summed.iter_batches(batch_format="pyarrow", batch_size=None), path, thresholds, what=what
    )


def _passing(table: pa.Table, least: int) -> pa.Table:
    """What may pass the thresholds, and how many records failed."""
    import pyarrow.compute as pc  # noqa: PLC0415 - pickled with the function otherwise

    return table.filter((pc.field("documents") >= least) | (pc.field("key") == FAILED))
