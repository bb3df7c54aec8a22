"""Cleaning and learning with Polars.

Needs the extra `polars`.
"""

from __future__ import annotations

import functools
from pathlib import Path

from cleancorpus.adapters.arrow import DEFAULT, Columns, clean_table, count_table
from cleancorpus.chain import Chain
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.files import Thresholds
from cleancorpus.learn.keys import SITES
from cleancorpus.learn.table import Table

try:
    import polars as pl
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.polars needs polars: pip install 'cleancorpus[polars]'"
    ) from error


def clean(
    frame: pl.DataFrame, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> pl.DataFrame:
    """Return the frame with text, removals and error of each record, as `clean_batch` adds them."""
    cleaned = pl.from_arrow(clean_table(frame.to_arrow(), chain, columns))
    assert isinstance(cleaned, pl.DataFrame)
    return cleaned


def clean_lazily(
    frame: pl.LazyFrame, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> pl.LazyFrame:
    """Return a lazy frame that is cleaned when it is collected, chunk by chunk where it streams."""
    schema = frame.collect_schema()
    cleaned = functools.partial(clean, chain=chain, columns=columns)
    return frame.map_batches(cleaned, schema=cleaned(schema.to_frame()).schema, streamable=True)


def learn(
    frame: pl.DataFrame,
    path: str | Path | None = None,
    thresholds: Thresholds | None = None,
    columns: Columns = DEFAULT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of a frame's records, counted in this process."""
    return freeze([count_table(frame.to_arrow(), columns, what)], path, thresholds, what=what)
