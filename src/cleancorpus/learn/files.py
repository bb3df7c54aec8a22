"""Tables in files: Parquet, the same bytes for the same counts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.errors import MissingExtra, TableError
from cleancorpus.learn.keys import FORM
from cleancorpus.options import check_at_least, check_share

try:
    import pyarrow as pa
    from pyarrow import parquet
except ImportError as error:
    raise MissingExtra("learned tables need pyarrow: pip install 'cleancorpus[corpus]'") from error

ROWS_A_GROUP: Final = 1 << 16
_ABOUT: Final = b"cleancorpus"
SCHEMA: Final = pa.schema(
    [
        pa.field("site", pa.string(), nullable=False),
        pa.field("pages", pa.int64(), nullable=False),
        pa.field("key", pa.int64(), nullable=False),
        pa.field("documents", pa.int64(), nullable=False),
        pa.field("sample", pa.string(), nullable=False),
    ]
)

_Columns = tuple[
    tuple[str, ...], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]
]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What a block must reach for a table to hold it.

    `min_pages` is a number of pages of the site, `min_share` a share of all its pages.
    """

    min_pages: int = 5  # fewer pages share a block by chance; none: a guess
    min_share: float = 0.05  # swept on documentation sites, see docs/measured.md

    def __post_init__(self) -> None:
        """Check both."""
        check_at_least("min_pages", self.min_pages, 2)
        check_share("min_share", self.min_share)


def write(path: Path, rows: Iterable[pa.RecordBatch], thresholds: Thresholds) -> None:
    """Write a table's rows, which are sorted by site and key, as one Parquet file.

    How the rows are cut into batches leaves no trace in the file.
    """
    about = json.dumps({"keys": FORM, **asdict(thresholds)}, sort_keys=True)
    schema = SCHEMA.with_metadata({_ABOUT: about.encode()})
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6") as file:
        waiting: list[pa.RecordBatch] = []
        for batch in rows:
            start = 0
            while start < batch.num_rows:
                wanted = ROWS_A_GROUP - sum(one.num_rows for one in waiting)
                waiting.append(batch.slice(start, wanted))
                start += wanted
                if sum(one.num_rows for one in waiting) == ROWS_A_GROUP:
                    _write_group(file, waiting, schema)
                    waiting = []
        if waiting:
            _write_group(file, waiting, schema)


def _write_group(
    file: parquet.ParquetWriter, batches: list[pa.RecordBatch], schema: pa.Schema
) -> None:
    """One array a column, as the encoder starts a page anew at every chunk."""
    together = pa.Table.from_batches(batches).combine_chunks()
    file.write_table(pa.Table.from_arrays(together.columns, schema=schema), ROWS_A_GROUP)


def read(path: str | Path) -> _Columns:
    """Return the sites of a file, their pages, where each starts, the keys and the counts.

    Raises:
        TableError: the file is no table, or one of another form.
    """
    try:
        file = parquet.ParquetFile(path)
        about = json.loads((file.schema_arrow.metadata or {}).get(_ABOUT, b"{}"))
        if about.get("keys") != FORM:
            raise TableError(f"{path}: not a table that this version learned; learn it anew")
        names = ["site", "pages", "key", "documents"]
        table = file.read(columns=names).combine_chunks()
        site, pages, keys, documents = (table.column(name) for name in names)
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"{path}: cannot be read as a learned table: {error}") from error
    runs = site.combine_chunks().dictionary_encode() if table.num_rows else None
    if runs is None:
        nothing = np.zeros(0, np.int64)
        return (), nothing, np.zeros(1, np.int64), nothing, nothing
    # The rows are sorted by site, so the dictionary is in their order and its codes rise.
    codes = runs.indices.to_numpy()
    starts = np.flatnonzero(np.diff(codes, prepend=-1)).astype(np.int64)
    return (
        tuple(runs.dictionary.to_pylist()),
        pages.to_numpy()[starts],
        np.append(starts, np.int64(table.num_rows)),
        keys.to_numpy().copy(),
        documents.to_numpy().copy(),
    )
