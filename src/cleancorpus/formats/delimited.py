"""CSV and TSV: a header, then a record a row, the text in one column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any, BinaryIO, Final

from cleancorpus.document import Document, Record
from cleancorpus.errors import InputError, RecordError
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.fields import (
    TEXT,
    cleaned_fields,
    extras_of,
    listed,
    media_of,
    name_in,
    plain,
)
from cleancorpus.formats.rows import allow_fields, rows
from cleancorpus.render.named import render

_DELIMITERS: Final = {"csv": ",", "tsv": "\t"}
_MOST_HEADER_BYTES: Final = 1 << 20
_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Delimited:
    r"""Rows of a table whose first row names the columns, one of which holds the text.

    `name` is `csv` or `tsv`. Quotes are read strictly: a quoted value that goes on after its
    closing quote is an error of its row, as it may as well be two rows that a lost quote has run
    together. What is in a column `html` is HTML; of any other `media` says what it is, and
    without that the content is looked at. Blank lines are no records.

    Example:
        >>> import io
        >>> source, table = Delimited(), b'id,text\n7,"Tea,\nhot."\n'
        >>> head = source.head(io.BytesIO(table))
        >>> for raw in source.split(io.BytesIO(table), Start(), 1000):
        ...     source.parse(raw.data, head, "a.csv").fields
        {'id': '7', 'text': 'Tea,\nhot.'}
    """

    name: str = "csv"
    field: str = TEXT
    media: str | None = None
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:
        """Return the names of the columns as JSON; nothing of an empty file.

        Raises:
            InputError: the header cannot be read, names a column twice or none for the text.
        """
        first = next(rows(stream, Start(), _MOST_HEADER_BYTES, _DELIMITERS[self.name]), None)
        if first is None:
            return b""
        if first.error:
            raise InputError(f"the header cannot be read: {first.error}")
        try:
            names = self._values(first.data)
        except RecordError as error:
            raise InputError(f"the header cannot be read: {error}") from error
        if any("\0" in name for name in names):
            raise InputError(
                "the header holds NUL bytes: only UTF-8 is read, and this may be UTF-16"
            )
        for name in names:
            if names.count(name) > 1:
                raise InputError(f"the header names the column {name!r} {names.count(name)} times")
        if self.field not in names:
            raise InputError(self._missing(names))
        return json.dumps(names).encode()

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each row with its number, which the header has none of."""
        is_header_ahead = start.place == 0
        number = 0 if is_header_ahead else start.number
        found = rows(stream, Start(start.place, number), max_bytes, _DELIMITERS[self.name])
        if is_header_ahead:
            next(found, None)
        yield from found

    def place(self, number: int) -> str:
        """Return the row's number as a message names it, counted from the one below the header."""
        return f", row {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:
        """Return the record of a row, each value as text.

        Raises:
            RecordError: the row is not UTF-8 or has more or fewer values than there are columns.
        """
        names, values = _names(head), self._values(data)
        if len(values) != len(names):
            raise RecordError(
                f"has {len(values)} values for the {len(names)} columns of the header"
            )
        fields = dict(zip(names, values, strict=True))
        if self.field not in fields:
            raise RecordError(self._missing(names))
        record = Record(
            fields[self.field],
            id=name_in(fields, name),
            url=fields.get("url") or None,
            media=media_of(self.field, self.media),
            fields=fields,
        )
        return Entry(record, content_field=self.field)

    def _values(self, data: bytes) -> list[str]:
        """The values of one row."""
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            raise RecordError(f"not UTF-8: {error.reason} at byte {error.start + 1}") from error
        allow_fields(len(data))
        try:
            return next(csv.reader([text], delimiter=_DELIMITERS[self.name], strict=True), [])
        except csv.Error as error:
            raise RecordError(f"not {self.name.upper()}: {error}") from error

    def _missing(self, names: Sequence[str]) -> str:
        return f"has no column {self.field!r}: --field names another (there are {listed(names)})"


@dataclass(frozen=True, slots=True)
class DelimitedSink:
    r"""Rows of a table, with the clean text in one column.

    Of a table the columns stay in order; of other records the table has all fields that there
    are, in the order in which they first came. As those are known at the end alone, the rows are
    kept until then. What is no text is written as JSON, nothing of a value that is missing.

    Example:
        >>> import io
        >>> sink, table = DelimitedSink(), io.BytesIO()
        >>> rows = [{"text": "Tea."}, {"text": "Pot.", "tags": "[1, 2]"}]
        >>> sink.finish(io.BytesIO(b"".join(sink.encode(rows, b""))), table)
        >>> table.getvalue()
        b'text,tags\nTea.,\nPot.,"[1, 2]"\n'
    """

    name: str = "csv"
    writing: Writing = field(default_factory=Writing)
    spools: bool = True

    def row(self, entry: Entry, document: Document) -> dict[str, str]:
        """Return all fields of a record as cells.

        Raises:
            RecordError: a field would be overwritten that nobody named, or is nested too deep.
        """
        text = render(document, self.writing.rendering)
        extras = extras_of(document, self.writing.extras)
        fields = cleaned_fields(entry, text, extras, self.writing)
        try:
            return {name: _cell(value) for name, value in fields.items()}
        except RecursionError as error:
            raise RecordError("not writable: brackets nested too deep") from error

    def encode(self, rows: Sequence[dict[str, str]], head: bytes) -> Sequence[bytes]:
        """Return rows as the file has them, after a line with their names wherever these change.

        Of a table without rows the names come through too.
        """
        if not rows:
            return [self._frame(_names(head), ())] if head.startswith(b"[") else []
        groups = groupby(rows, key=tuple)
        return [self._frame(names, [row.values() for row in group]) for names, group in groups]

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Write the header of all columns, then the rows, as they are where they have them all."""
        columns = tuple(dict.fromkeys(name for names, _ in _frames(spool) for name in names))
        if columns:
            target.write(self._lines([columns]))
        for names, size in _frames(spool):
            body = spool.read(size)
            target.write(body if names == columns else self._moved(body, names, columns))

    def _frame(self, names: Sequence[str], rows: Iterable[Iterable[str]]) -> bytes:
        body = self._lines(rows)
        about = json.dumps({"names": list(names), "size": len(body)})
        return about.encode() + b"\n" + body

    def _moved(self, body: bytes, names: Sequence[str], columns: Sequence[str]) -> bytes:
        """Rows with each value in the place of its column."""
        allow_fields(len(body))
        text = io.StringIO(body.decode(), newline="")
        found = csv.reader(text, delimiter=_DELIMITERS[self.name])
        rows = (dict(zip(names, row, strict=True)) for row in found)
        return self._lines([row.get(name, "") for name in columns] for row in rows)

    def _lines(self, rows: Iterable[Iterable[str]]) -> bytes:
        """Rows as lines in UTF-8, which has no bytes for a lone half of a surrogate pair."""
        out = _Lines()
        csv.writer(out, delimiter=_DELIMITERS[self.name]).writerows(rows)
        return _LONE_SURROGATE.sub("\ufffd", "".join(out.lines)).encode()


class _Lines:
    """What a writer of CSV writes to.

    The writer ends rows with both characters, so that it puts either of them in quotes where it
    stands in a value; in the file a line ends as lines do.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        self.lines.append(line.removesuffix("\r\n") + "\n")


def _frames(spool: BinaryIO) -> Iterator[tuple[tuple[str, ...], int]]:
    """The names of rows and the size of these; the spool stands before them."""
    spool.seek(0)
    while line := spool.readline():
        about = json.loads(line)
        end = spool.tell() + about["size"]
        yield tuple(about["names"]), about["size"]
        spool.seek(end)


@lru_cache(maxsize=16)
def _names(head: bytes) -> tuple[str, ...]:
    return tuple(json.loads(head)) if head else ()


def _cell(value: Any) -> str:  # noqa: ANN401 - whatever a field holds
    """A value as the text of a cell."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, (bool, int, float, list, tuple, dict)):
        return json.dumps(value, ensure_ascii=False, default=plain)
    return str(plain(value))
