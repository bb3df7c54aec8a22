"""Batches of Arrow rows through a chain: the core of all adapters.

Needs the extra `corpus`, which brings pyarrow.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from cleancorpus.chain import Chain
from cleancorpus.document import Document, Record
from cleancorpus.errors import CleanCorpusError, MissingExtra, OptionError, WeightsError
from cleancorpus.learn.keys import SITES
from cleancorpus.presets import as_chain
from cleancorpus.runner.process import process

try:
    import pyarrow as pa
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters needs pyarrow: pip install 'cleancorpus[corpus]'"
    ) from error

REMOVALS: Final = pa.list_(
    pa.struct(
        [
            pa.field("start", pa.int64()),
            pa.field("end", pa.int64()),
            pa.field("filter", pa.string()),
            pa.field("because", pa.string()),
            pa.field("score", pa.float64()),
        ]
    )
)
"""What was removed: code-point offsets into the source (null for HTML), filter, evidence, score."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns that are read, and of those that are added.

    `url`, `media` and `id` may be missing in the data; `url` may also name a column that holds
    the site. The names of the added columns must be free.
    """

    content: str = "content"
    url: str = "url"
    media: str = "media"
    id: str = "id"
    text: str = "text"
    removals: str = "removals"
    error: str = "error"

    def added(self) -> dict[str, pa.DataType]:
        """Return the columns that cleaning adds, in order, with their types."""
        return {self.text: pa.string(), self.removals: REMOVALS, self.error: pa.string()}


DEFAULT: Final = Columns()


def clean_batch(
    batch: pa.RecordBatch, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> pa.RecordBatch:
    r"""Return the batch with what each record's text is, what was removed of it, and its error.

    The rows and their order stay. A record that cannot be cleaned has an error, and null for
    its text and its removals. `chain` may be a preset's name; without a chain each record gets
    its media's default.

    Raises:
        OptionError: there is no column of the contents, or an added column is there already.
        UnknownPreset: no preset has that name.
        WeightsError: the weights of the learned judge cannot be read.

    Example:
        >>> batch = pa.record_batch({"content": ["Home\nNews\nAbout us\nThe ferry is back.", None]})
        >>> cleaned = clean_batch(batch)
        >>> cleaned["text"].to_pylist()
        ['The ferry is back.', None]
        >>> cleaned["error"].to_pylist()
        [None, 'the content is missing']
    """
    schema = output_schema(batch.schema, columns)
    chain = as_chain(chain)
    rows = [_row(record, chain) for record in records_of(batch, columns)]
    arrays = [
        pa.array([row[at] for row in rows], kind)
        for at, kind in enumerate(columns.added().values())
    ]
    return pa.record_batch([*batch.columns, *arrays], schema=schema)


def clean_table(
    table: pa.Table, chain: str | Chain | None = None, columns: Columns = DEFAULT
) -> pa.Table:
    """Return a table cleaned batch by batch, as `clean_batch`."""
    chain = as_chain(chain)
    batches = [clean_batch(batch, chain, columns) for batch in table.to_batches()]
    return pa.Table.from_batches(batches, output_schema(table.schema, columns))


def count_batch(
    batch: pa.RecordBatch, columns: Columns = DEFAULT, what: str = SITES
) -> pa.RecordBatch:
    """Return what a batch says of its sites, or of copies, to be summed up and frozen into a table.

    The rows are those of `cleancorpus.learn.counts.SCHEMA`: summing `documents` and taking the
    least `sample` for each site and key is all that an engine has to do with them.
    """
    from cleancorpus.learn.counts import PartialCounts  # noqa: PLC0415 - not for cleaning

    counts = PartialCounts(what)
    for record in records_of(batch, columns):
        counts.add(record)
    return counts.take()


def count_table(table: pa.Table, columns: Columns = DEFAULT, what: str = SITES) -> pa.Table:
    """Return what a table says of its sites, or of copies, as `count_batch`."""
    from cleancorpus.learn.counts import SCHEMA  # noqa: PLC0415 - not for cleaning

    batches = [count_batch(batch, columns, what) for batch in table.to_batches()]
    return pa.Table.from_batches(batches, SCHEMA)


def output_schema(schema: pa.Schema, columns: Columns = DEFAULT) -> pa.Schema:
    """Return the schema of cleaned batches.

    Raises:
        OptionError: as `clean_batch`.
    """
    if columns.content not in schema.names:
        have = ", ".join(schema.names)
        raise OptionError(f"no column {columns.content!r} to read contents from: there are {have}")
    for name, kind in columns.added().items():
        if name in schema.names:
            raise OptionError(
                f"there is a column {name!r} already: rename it, or choose another name in Columns"
            )
        schema = schema.append(pa.field(name, kind))
    return schema


def records_of(batch: pa.RecordBatch, columns: Columns = DEFAULT) -> Iterator[Record]:
    """Yield the records of a batch; one whose content is null cannot be read."""
    there = set(batch.schema.names)
    nothing = [None] * batch.num_rows
    wanted = (columns.content, columns.url, columns.media, columns.id)
    content, url, media, name = (
        cast("list[Any]", batch.column(one).to_pylist() if one in there else nothing)
        for one in wanted
    )
    for at in range(batch.num_rows):
        said = name[at]
        yield Record(content[at], "" if said is None else str(said), url[at], media[at])


def removals_of(document: Document) -> list[dict[str, Any]]:
    """Return what was removed of a document, each with the place of its block in the source."""
    blocks = document.blocks
    return [
        {
            "start": blocks[one.at].start,
            "end": blocks[one.at].end,
            "filter": one.filter,
            "because": one.because,
            "score": one.score,
        }
        for one in document.removals
    ]


def _row(record: Record, chain: Chain | None) -> tuple[object, object, object]:
    """The text, the removals and the error of a record."""
    try:
        if cast("str | None", record.content) is None:
            return None, None, "the content is missing"
        document = process(record, chain)
        return document.text, removals_of(document), None
    except WeightsError:  # no record is to blame, and none would be cleaned
        raise
    except Exception as error:  # noqa: BLE001 - a filter from elsewhere may raise anything
        return None, None, error_line(error)


def error_line(error: Exception) -> str:
    """Return what an error says, with its kind where it is none of ours."""
    said = str(error) if isinstance(error, CleanCorpusError) else f"{type(error).__name__}: {error}"
    return said.encode("utf-8", "replace").decode("utf-8")
