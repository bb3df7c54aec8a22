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
from cleancorpus.learn.keys import COPIES, FORM, SITES
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

_NOTHING: Final = np.zeros(0, np.int64)
_Numbers = NDArray[np.int64]
_Columns = tuple[tuple[str, ...], _Numbers, _Numbers, _Numbers, _Numbers, tuple[str, ...]]


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


def default_thresholds(what: str) -> Thresholds:
    """Return what a table of these asks for where nobody says: of copies, any two documents."""
    return Thresholds(2, 0.0) if what == COPIES else Thresholds()


def write(
    path: Path, rows: Iterable[pa.RecordBatch], thresholds: Thresholds, what: str = SITES
) -> None:
    """Write a table's rows, which are sorted by site and key, as one Parquet file.

    How the rows are cut into batches leaves no trace in the file.
    """
    about = json.dumps({"keys": FORM, "of": what, **asdict(thresholds)}, sort_keys=True)
    schema = SCHEMA.with_metadata({_ABOUT: about.encode()})
    with parquet.ParquetWriter(path, schema, compression="zstd", version="2.6") as file:
        # Older readers want a group of rows even where there are none.
        waiting: list[pa.RecordBatch] = [pa.RecordBatch.from_pylist([], SCHEMA)]
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


def about(path: str | Path) -> str:
    """Return what a file was learned of: `SITES` or `COPIES`.

    Raises:
        TableError: the file is no table, or one of another form.
    """
    try:
        metadata = parquet.read_schema(path).metadata or {}
        found = json.loads(metadata.get(_ABOUT, b"{}"))
        if found.get("keys") != FORM:
            raise TableError(f"{path}: not a table that this version learned; learn it anew")
        return str(found["of"])
    except (OSError, pa.ArrowException, KeyError, ValueError) as error:
        if isinstance(error, TableError):
            raise
        raise TableError(f"{path}: cannot be read as a learned table: {error}") from error


def read(path: str | Path, what: str = SITES) -> _Columns:
    """Return the sites of a file, their pages, where each starts, the keys and the counts.

    Of copies, the ids of the first documents come last; of sites no samples are read.

    Raises:
        TableError: the file is no table of these, or one of another form.
    """
    if (found := about(path)) != what:
        raise TableError(f"{path}: a table of {found}, not of {what}")
    names = ["site", "pages", "key", "documents", *(["sample"] if what == COPIES else [])]
    try:
        table = parquet.ParquetFile(path).read(columns=names).combine_chunks()
    except (OSError, pa.ArrowException) as error:
        raise TableError(f"{path}: cannot be read as a learned table: {error}") from error
    site, pages, keys, documents = (table.column(name) for name in names[:4])
    if not table.num_rows:
        return (), _NOTHING, np.zeros(1, np.int64), _NOTHING, _NOTHING, ()
    runs = site.combine_chunks().dictionary_encode()
    # The rows are sorted by site, so the dictionary is in their order and its codes rise.
    starts = np.flatnonzero(np.diff(runs.indices.to_numpy(), prepend=-1)).astype(np.int64)
    return (
        tuple(runs.dictionary.to_pylist()),
        pages.to_numpy()[starts],
        np.append(starts, np.int64(table.num_rows)),
        keys.to_numpy().copy(),
        documents.to_numpy().copy(),
        tuple(table.column("sample").to_pylist()) if what == COPIES else (),
    )
