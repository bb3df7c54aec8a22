"""Counts of any number of records added up on one machine, in bounded memory."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa

from cleancorpus.document import Record
from cleancorpus.errors import MissingExtra, TableError
from cleancorpus.learn import files
from cleancorpus.learn.counts import partial_counts
from cleancorpus.learn.files import Thresholds
from cleancorpus.learn.keys import FAILED, PAGE, SITES
from cleancorpus.learn.table import Table

try:
    import duckdb
except ImportError as error:
    raise MissingExtra(
        "learning from a corpus needs duckdb: pip install 'cleancorpus[corpus]'"
    ) from error

MEMORY_LIMIT: Final = "1GB"

# The texts are looked up only for the few blocks that pass: kept beside every count they would
# have to stay in memory until the end.
_PASSING: Final = """
    WITH pages AS (
        SELECT site, sum(documents)::BIGINT AS pages FROM counts WHERE key = $page GROUP BY site
    ), summed AS (
        SELECT site, key, sum(documents)::BIGINT AS documents
        FROM counts WHERE key NOT IN ($page, $failed)
        GROUP BY site, key HAVING sum(documents) >= $min_pages
    ), passing AS (
        SELECT site, pages, key, documents FROM summed JOIN pages USING (site)
        WHERE documents >= $min_share * pages
    )
    SELECT site, any_value(pages) AS pages, key, any_value(passing.documents) AS documents,
        min(sample) AS sample
    FROM passing JOIN counts USING (site, key)
    GROUP BY site, key ORDER BY site, key
"""


class Counting:
    r"""Counts that are being added up; a context manager, as it keeps them in a temporary folder.

    The sum lies in DuckDB, which holds `memory_limit` of it in memory and the rest on the disk,
    in `folder` (`None`: where temporary files go).

    Example:
        >>> pages = [Record(f"Harbour news\nStory {n}", url="harbour.example") for n in range(9)]
        >>> with Counting() as counting:
        ...     for counts in partial_counts(pages):
        ...         counting.add(counts)
        ...     table = counting.table()
        >>> len(table), table.sites
        (1, ('harbour.example',))
    """

    def __init__(
        self,
        memory_limit: str = MEMORY_LIMIT,
        folder: str | Path | None = None,
        what: str = SITES,
    ) -> None:
        """Open the database for counts of sites or of copies.

        Raises:
            TableError: DuckDB does not understand the limit.
        """
        self._what = what
        self._folder = Path(tempfile.mkdtemp(prefix="cleancorpus-", dir=folder))
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory_limit,
            "temp_directory": str(self._folder / "spill"),
            "preserve_insertion_order": False,
        }
        try:
            self._base = duckdb.connect(str(self._folder / "counts.duckdb"), config=settings)
        except duckdb.Error as error:
            shutil.rmtree(self._folder)
            raise TableError(f"cannot count within {memory_limit}: {error}") from error
        self._base.execute(
            "CREATE TABLE counts (site VARCHAR, key BIGINT, documents BIGINT, sample VARCHAR)"
        )

    def __enter__(self) -> Self:
        """Wait for counts."""
        return self

    def add(self, counts: pa.RecordBatch | pa.Table) -> None:
        """Add counts of `partial_counts`, or of an engine that summed them, in any order."""
        self._base.register("more", counts)
        self._base.execute("INSERT INTO counts SELECT site, key, documents, sample FROM more")
        self._base.unregister("more")

    @property
    def failed(self) -> int:
        """How many records could not be read."""
        said = "SELECT coalesce(sum(documents), 0)::BIGINT FROM counts WHERE key = ?"
        ((failed,),) = self._base.execute(said, [FAILED]).fetchall()
        return int(failed)

    def write(self, path: str | Path, thresholds: Thresholds | None = None) -> None:
        """Write the table of all blocks that pass the thresholds."""
        thresholds = thresholds or files.default_thresholds(self._what)
        files.write(Path(path), self._passing(thresholds), thresholds, self._what)

    def table(self, thresholds: Thresholds | None = None) -> Table:
        """Return that table, without a file of its own."""
        path = self._folder / "one.table"
        self.write(path, thresholds)
        return Table(*files.read(path, self._what))

    def _passing(self, thresholds: Thresholds) -> Iterator[pa.RecordBatch]:
        values = {
            "page": PAGE,
            "failed": FAILED,
            "min_pages": thresholds.min_pages,
            "min_share": thresholds.min_share,
        }
        for batch in pa.RecordBatchReader.from_stream(self._base.sql(_PASSING, params=values)):
            yield batch.cast(files.SCHEMA)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the database and remove its folder."""
        self._base.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def learn(
    records: Iterable[Record],
    path: str | Path | None = None,
    thresholds: Thresholds | None = None,
    memory_limit: str = MEMORY_LIMIT,
    what: str = SITES,
) -> Table:
    """Return what repeats on the sites of these records; with a path it is written there too.

    With `what=COPIES` it is the paragraphs that several documents of the corpus have.

    Raises:
        MissingExtra: the extra `corpus` is not installed.
    """
    return freeze(partial_counts(records, what), path, thresholds, memory_limit, what)


def freeze(
    counts: Iterable[pa.RecordBatch | pa.Table],
    path: str | Path | None = None,
    thresholds: Thresholds | None = None,
    memory_limit: str = MEMORY_LIMIT,
    what: str = SITES,
) -> Table:
    """Return the table of counts that were made elsewhere, summed up or not, in any order.

    An engine may leave out what stands on fewer documents than `min_pages`, which makes what it
    hands over small: the table is the same.
    """
    with Counting(memory_limit, what=what) as counting:
        for some in counts:
            counting.add(some)
        if path is None:
            return counting.table(thresholds)
        counting.write(path, thresholds)
    return Table.read(path, what)
