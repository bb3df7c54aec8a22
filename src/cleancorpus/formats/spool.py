"""Rows of a table that wait for its end: in frames, each of one batch of one file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, BinaryIO, Final

import pyarrow as pa

from cleancorpus.formats.arrow import EXTRA_TYPES, cut_schema, is_text, schemas
from cleancorpus.formats.base import Writing
from cleancorpus.formats.fields import plain

_LONE_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_ARROW: Final = b"\xff\xff\xff\xff"  # what a message of Arrow begins with


@dataclass(frozen=True, slots=True)
class CutRow:
    """A row as it was cut out of a table, with what it gains."""

    data: bytes
    target: str
    text: str
    extras: Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """Rows that came together: cut out of one table with that schema, or lines of JSON.

    `sizes` are those of the rows in bytes, about; they do not depend on how rows came together.
    """

    sizes: tuple[int, ...]
    body: bytes
    schema: pa.Schema | None = None

    @cached_property
    def batch(self) -> pa.RecordBatch:
        """The rows of a table, in types of which rows can be cut out."""
        assert self.schema is not None
        return pa.ipc.read_record_batch(pa.py_buffer(self.body), cut_schema(self.schema))

    @cached_property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that were lines."""
        return [json.loads(line) for line in self.body.splitlines()]


def text_of(fields: Mapping[str, Any]) -> bytes:
    r"""Return fields as a line of JSON in UTF-8, which has no lone halves of surrogate pairs.

    Example:
        >>> text_of({"text": "caf\xe9 \ud800"}).decode()
        '{"text": "café �"}'
    """
    line = json.dumps(fields, ensure_ascii=False, default=plain)
    return _LONE_SURROGATE.sub("\ufffd", line).encode()


def frames_of_rows(rows: Sequence[bytes | CutRow], head: bytes, writing: Writing) -> bytes:
    """Return rows of one file as frames; without any, the columns of a table alone."""
    cut = [row for row in rows if isinstance(row, CutRow)]
    if cut or (not rows and head.startswith(_ARROW)):
        return _frames_of_cut(cut, head, writing)
    lines = [row for row in rows if isinstance(row, bytes)]
    return _frame([len(line) for line in lines], b"\n".join(lines)) if lines else b""


def frames(spool: BinaryIO) -> Iterator[Frame]:
    """Yield all frames from the beginning on."""
    spool.seek(0)
    while line := spool.readline():
        about = json.loads(line)
        head, body = spool.read(about["head"]), spool.read(about["body"])
        yield Frame(tuple(about["sizes"]), body, schemas(head)[0] if head else None)


def _frames_of_cut(rows: Sequence[CutRow], head: bytes, writing: Writing) -> bytes:
    schema, cut = schemas(head)
    batches = [pa.ipc.read_record_batch(pa.py_buffer(row.data), cut) for row in rows]
    table = pa.Table.from_batches(batches, cut)
    target = rows[0].target if rows else writing.into
    if target is not None:
        at = schema.get_field_index(target)
        there = schema.field(at) if at >= 0 else pa.field(target, pa.string())
        new = there if is_text(there.type) else there.with_type(pa.string())
        schema, table = _with(schema, table, new, [row.text for row in rows])
    for name in writing.extras:
        values = [row.extras[name] for row in rows]
        schema, table = _with(schema, table, pa.field(name, EXTRA_TYPES[name]), values)
    return _frames(schema, table, [len(row.data) + len(row.text) for row in rows])


def _frames(schema: pa.Schema, table: pa.Table, sizes: Sequence[int]) -> bytes:
    """The rows as one frame, or several where a column is too large for one batch."""
    parts, at = [], 0
    head = schema.serialize().to_pybytes()
    empty = pa.RecordBatch.from_pylist([], table.schema)
    for batch in table.combine_chunks().to_batches() or [empty]:
        body = batch.serialize().to_pybytes()
        parts.append(_frame(sizes[at : at + batch.num_rows], body, head))
        at += batch.num_rows
    return b"".join(parts)


def _with(
    schema: pa.Schema, table: pa.Table, new: pa.Field[Any], values: Sequence[Any]
) -> tuple[pa.Schema, pa.Table]:
    """Schema and table with a column in its place, or at the end."""
    at = schema.get_field_index(new.name)
    cut = cut_schema(pa.schema([new])).field(0)
    column = pa.array(column_values(values, cut.type), cut.type)
    if at < 0:
        return schema.append(new), table.append_column(cut, column)
    return schema.set(at, new), table.set_column(at, cut, column)


def column_values(values: Sequence[Any], kind: pa.DataType) -> Sequence[Any]:
    """Return values as a column of that type takes them: a mapping as its pairs."""
    if not pa.types.is_map(kind):
        return values
    return [None if one is None else list(dict(one).items()) for one in values]


def _frame(sizes: Sequence[int], body: bytes, head: bytes = b"") -> bytes:
    about = {"sizes": list(sizes), "head": len(head), "body": len(body)}
    return json.dumps(about).encode() + b"\n" + head + body
