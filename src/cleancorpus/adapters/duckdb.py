"""Cleaning and learning with DuckDB.

Needs the extra `corpus`, which brings DuckDB.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from cleancorpus.adapters.arrow import DEFAULT, Columns, clean_batch, count_batch, output_schema
from cleancorpus.chain import Chain
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.files import Thresholds
from cleancorpus.learn.keys import SITES
from cleancorpus.learn.table import Table
from cleancorpus.presets import as_chain

try:
    from duckdb import DuckDBPyRelation
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.duckdb needs duckdb: pip install 'cleancorpus[corpus]'"
    ) from error


def clean(
    relation: DuckDBPyRelation, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> pa.RecordBatchReader:
    """Return a relation's records batch by batch, with what `clean_batch` adds.

    The reader is read once: by `duckdb.from_arrow`, by the writer of a file, or by a loop.
    """
    chosen = as_chain(chain)
    batches = pa.RecordBatchReader.from_stream(relation)

    def cleaned() -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield clean_batch(batch, chosen, columns)

    return pa.RecordBatchReader.from_batches(output_schema(batches.schema, columns), cleaned())


def learn(
    relation: DuckDBPyRelation,
    path: str | Path | None = None,
    thresholds: Thresholds | None = None,
    columns: Columns = DEFAULT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of a relation's records."""
    batches = pa.RecordBatchReader.from_stream(relation)
    return freeze(
        (count_batch(batch, columns, what) for batch in batches), path, thresholds, what=what
    )
