"""Parquet: a record a row, the text in one column, all other columns with their types."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from cleancorpus.document import Document, Record
from cleancorpus.errors import InputError, RecordError
from cleancorpus.formats.arrow import cast, cut_schema, is_text, schemas, value_of
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.fields import (
    TEXT,
    check_free,
    cleaned_fields,
    extras_of,
    listed,
    media_of,
    name_in,
    target_of,
)
from cleancorpus.formats.lines import over_limit
from cleancorpus.formats.spool import CutRow, frames_of_rows, text_of
from cleancorpus.formats.tables import write_table
from cleancorpus.render.named import render

# Rows are decoded a few at a time: as many as have about so many bytes, and never more than these.
_BATCH_BYTES: Final = 4 << 20
_MOST_BATCH_ROWS: Final = 128
# Columns are read in pieces, so that a huge row group does not have to fit into memory.
_BUFFER_BYTES: Final = 1 << 20


@dataclass(frozen=True)
class ParquetRow(Entry):
    """A record of Parquet, with its row."""

    data: bytes = b""
    batch: pa.RecordBatch | None = None

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """All fields by name; only other formats need them, so they are made when asked for.

        Raises:
            RecordError: a value can be shown in no way.
        """
        assert self.batch is not None
        return {name: _value(name, self.batch) for name in self.batch.schema.names}


@dataclass(frozen=True, slots=True)
class Parquet:
    """Rows of a table that hold their text in one column.

    The column may hold text or bytes, plain or as a dictionary. What is in a column `html` is
    HTML; of any other `media` says what it is, and without that the content is looked at. A null
    there is an error of its row, as it is in JSONL: written as an empty text it would be another
    value than it was.

    Example:
        >>> import io
        >>> table = io.BytesIO()
        >>> pq.write_table(pa.table({"n": [7], "text": ["Some text."]}), table)
        >>> source = Parquet()
        >>> head = source.head(table)
        >>> [source.parse(raw.data, head, "a").fields for raw in source.split(table, Start(), 999)]
        [{'n': 7, 'text': 'Some text.'}]
    """

    field: str = TEXT
    media: str | None = None
    name: str = "parquet"
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:
        """Return the columns with their types.

        Raises:
            InputError: the file is no Parquet or broken off, or has no column for the text.
        """
        with _opened(stream) as opened:
            schema = opened.schema_arrow
        for name in schema.names:
            if schema.names.count(name) > 1:
                raise InputError(f"has the column {name!r} {schema.names.count(name)} times")
        if self.field not in schema.names:
            names = listed(schema.names)
            raise InputError(
                f"has no column {self.field!r}: --field names another (there are {names})"
            )
        kind = schema.field(self.field).type
        if not is_text(kind):
            raise InputError(f"has {kind} in its column {self.field!r}, which is no text")
        head: bytes = schema.serialize().to_pybytes()
        return head

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each row from a start on; row groups before it are not read.

        Raises:
            InputError: the file is no Parquet or broken off.
            OSError: a row group cannot be read; all rows before the defect were yielded.
        """
        with _opened(stream) as opened:
            number, at = start.number, 0
            for group in range(opened.num_row_groups):
                after = at + opened.metadata.row_group(group).num_rows
                if after > start.place:
                    for row in _rows(opened, group, max(start.place - at, 0)):
                        size = len(row)
                        error = over_limit(size, max_bytes) if size > max_bytes else None
                        place = start.place + number - start.number + 1
                        yield Raw(number, b"" if error else row, place, error=error)
                        number += 1
                at = after

    def place(self, number: int) -> str:
        """Return the row's number as a message names it."""
        return f", row {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> ParquetRow:
        """Return the record of a row, with the row itself.

        Raises:
            RecordError: the content is null, or no UTF-8 though its type is text.
        """
        batch = pa.ipc.read_record_batch(pa.py_buffer(data), schemas(head)[1])
        content = _value(self.field, batch)
        if content is None:
            raise RecordError(f"has null in its column {self.field!r}, which is no text")
        known = {key: _value(key, batch) for key in ("id", "url") if key in batch.schema.names}
        url = known.get("url")
        record = Record(
            content,
            id=name_in(known, name),
            url=url if isinstance(url, str) else None,
            media=media_of(self.field, self.media),
        )
        return ParquetRow(record, content_field=self.field, data=data, batch=batch)


@dataclass(frozen=True, slots=True)
class ParquetSink:
    """A table with the clean text in one column, in row groups packed with zstandard.

    Rows of Parquet keep their columns, with types and metadata. Of other records the types are
    read off the values. As one file has one type a column, the rows are kept until all are there:
    numbers of several types become the wider one, as far as that holds each of them exactly, and
    what has no type in common becomes text in JSON.

    Example:
        >>> import io
        >>> sink, table = ParquetSink(), io.BytesIO()
        >>> rows = [b'{"text": "Tea.", "n": 1}', b'{"text": "Pot.", "n": 2.5}']
        >>> sink.finish(io.BytesIO(b"".join(sink.encode(rows, b""))), table)
        >>> pq.read_table(table).to_pylist()
        [{'text': 'Tea.', 'n': 1.0}, {'text': 'Pot.', 'n': 2.5}]
    """

    writing: Writing = field(default_factory=Writing)
    name: str = "parquet"
    spools: bool = True

    def row(self, entry: Entry, document: Document) -> bytes | CutRow:
        """Return the row of a record; of other formats all fields as a line of JSON.

        Raises:
            RecordError: a field would be overwritten that nobody named, or is nested too deep.
        """
        text = render(document, self.writing.rendering)
        extras = extras_of(document, self.writing.extras)
        if isinstance(entry, ParquetRow) and entry.batch is not None:
            check_free(entry, entry.batch.schema.names, self.writing)
            return CutRow(entry.data, target_of(entry, self.writing), text, extras)
        try:
            return text_of(cleaned_fields(entry, text, extras, self.writing))
        except RecursionError as error:
            raise RecordError("not writable: brackets nested too deep") from error

    def encode(self, rows: Sequence[bytes | CutRow], head: bytes) -> Sequence[bytes]:
        """Return rows as they are kept until the end; without any, the columns alone."""
        return [frames_of_rows(rows, head, self.writing)]

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Write the table of all rows.

        Raises:
            InputError: the rows do not fit into one table.
        """
        try:
            write_table(spool, target, self.writing.extras)
        except (pa.ArrowException, ValueError) as error:
            raise InputError(f"does not fit into one file of Parquet: {error}") from error


@contextmanager
def _opened(stream: BinaryIO) -> Iterator[pq.ParquetFile]:
    """The file, by way of a temporary one where the stream cannot be read in any order."""
    with tempfile.TemporaryFile() as copy:
        if isinstance(stream, gzip.GzipFile) or not stream.seekable():
            shutil.copyfileobj(stream, copy)
            stream = copy
        try:
            opened = pq.ParquetFile(
                stream, buffer_size=_BUFFER_BYTES, pre_buffer=False, page_checksum_verification=True
            )
            _ = opened.schema_arrow.names  # of a damaged file they may be no text
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise InputError(f"cannot be read as Parquet, or is broken off: {error}") from error
        yield opened


def _rows(opened: pq.ParquetFile, group: int, skipped: int) -> Iterator[bytes]:
    """The rows of a row group but for the first ones, each as a message of its own."""
    about = opened.metadata.row_group(group)
    mean_bytes = about.total_byte_size // max(about.num_rows, 1) + 1
    schema = cut_schema(opened.schema_arrow)
    at = 0
    try:
        # No threads: the process that reads goes on to start others.
        for batch in opened.iter_batches(
            batch_size=max(1, min(_MOST_BATCH_ROWS, _BATCH_BYTES // mean_bytes)),
            row_groups=[group],
            use_threads=False,
        ):
            columns = zip(batch.columns, schema.types, strict=True)
            cut = pa.record_batch([cast(one, kind) for one, kind in columns], schema=schema)
            for place in range(max(skipped - at, 0), cut.num_rows):
                yield cut.slice(place, 1).serialize().to_pybytes()
            at += cut.num_rows
    except (pa.ArrowException, OSError) as error:
        raise OSError(f"row group {group + 1} cannot be read: {error}") from error
    if at < about.num_rows:
        raise OSError(f"row group {group + 1} has {at} rows and not {about.num_rows}")


def _value(name: str, batch: pa.RecordBatch) -> Any:  # noqa: ANN401 - whatever a column holds
    """The value of a column of one row."""
    try:
        return value_of(batch.column(name)[0])
    except (pa.ArrowException, ValueError) as error:
        raise RecordError(f"has a value in its column {name!r} that is none: {error}") from error
