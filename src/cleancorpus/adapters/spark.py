"""Cleaning and learning in Spark: each partition goes through Arrow.

Needs the extra `spark`, which brings pyspark; Java is needed too.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from cleancorpus.adapters.arrow import DEFAULT, Columns, clean_batch, count_batch, output_schema
from cleancorpus.chain import Chain
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.files import Thresholds, default_thresholds
from cleancorpus.learn.keys import FAILED, SITES
from cleancorpus.learn.table import Table
from cleancorpus.presets import as_chain

try:
    from pyspark.sql import DataFrame
    from pyspark.sql import functions as sql
    from pyspark.sql.types import (
        ArrayType,
        DoubleType,
        LongType,
        StringType,
        StructField,
        StructType,
    )
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.spark needs pyspark: pip install 'cleancorpus[spark]'"
    ) from error

_COUNTS: Final = "site string, key bigint, documents bigint, sample string"


def clean(
    frame: DataFrame, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> DataFrame:
    """Return the frame with text, removals and error of each record, as `clean_batch` adds them.

    Raises:
        OptionError: there is no column of the contents, or an added column is there already.
    """
    output_schema(pa.schema([(name, pa.null()) for name in frame.columns]), columns)
    chosen = as_chain(chain)
    schema = StructType([*frame.schema.fields, *_added(columns)])

    def cleaned(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield clean_batch(batch, chosen, columns)

    return frame.mapInArrow(cleaned, schema)


def learn(
    frame: DataFrame,
    path: str | Path,
    thresholds: Thresholds | None = None,
    columns: Columns = DEFAULT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of a frame's records, written to a file of the driver.

    Spark sums up the counts; only what stands on enough pages comes to the driver.
    """
    least = (thresholds or default_thresholds(what)).min_pages
    wanted = {columns.content, columns.url, columns.media, columns.id}

    def counted(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield count_batch(batch, columns, what)

    counts = frame.select(*(name for name in frame.columns if name in wanted))
    summed = (
        counts.mapInArrow(counted, _COUNTS)
        .groupBy("site", "key")
        .agg(sql.sum("documents").alias("documents"), sql.min("sample").alias("sample"))
        .where((sql.col("documents") >= least) | (sql.col("key") == FAILED))
    )
    return freeze([summed.toArrow()], path, thresholds, what=what)


def _added(columns: Columns) -> list[StructField]:
    """The columns that cleaning adds, in Spark's types."""
    removal = StructType(
        [
            StructField("start", LongType()),
            StructField("end", LongType()),
            StructField("filter", StringType()),
            StructField("because", StringType()),
            StructField("score", DoubleType()),
        ]
    )
    return [
        StructField(columns.text, StringType()),
        StructField(columns.removals, ArrayType(removal)),
        StructField(columns.error, StringType()),
    ]
