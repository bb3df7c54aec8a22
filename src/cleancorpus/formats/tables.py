"""One table of rows of many: the types that all of them fit into, and the rows in groups."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from cleancorpus.formats.arrow import EXTRA_TYPES, cast, cut_schema, cuttable, lasting, value_of
from cleancorpus.formats.fields import plain
from cleancorpus.formats.kinds import JSON, NULL, Kind, fitted, join, kind_of, type_of
from cleancorpus.formats.spool import Frame, column_values, frames

# A row group ends with the row that brings it to this; what readers hold in memory at once.
_GROUP_BYTES: Final = 64 << 20
_MOST_GROUP_ROWS: Final = 1 << 17
# How often a writer looks whether a page is full: long texts would make huge ones otherwise.
_MOST_PAGE_ROWS: Final = 64


@dataclass(slots=True)
class Column:
    """What all frames say of a column: its types in tables, and what its values in JSON are."""

    fields: list[pa.Field[Any]] = field(default_factory=list)
    kind: Kind | None = None
    frames: int = 0
    is_json: bool = False

    def add(self, new: pa.Field[Any]) -> None:
        """Note the type that a table gives the column."""
        if not any(new.equals(one) for one in self.fields):
            self.fields.append(new)

    def has_many_types(self) -> bool:
        """Return whether one type has to be found that all values fit into."""
        return len(self._types()) > 1

    def field_of(self, name: str, most_frames: int) -> pa.Field[Any]:
        """Return the column as the table has it."""
        new = self.fields[0] if self.fields else pa.field(name, pa.null())
        nullable = self.frames < most_frames or self.kind is not None
        nullable = nullable or any(one.nullable for one in self.fields)
        return new.with_type(self._type()).with_nullable(nullable)

    def settle(self) -> None:
        """Fall back to text in JSON where the types have nothing in common."""
        if self.kind is JSON or _unified(self._types()) is None:
            self.is_json = True

    def values(self, values: Sequence[Any]) -> Any:  # noqa: ANN401 - an array or many
        """Return values of JSON as a part of the column."""
        kind = JSON if self.is_json else self.kind
        wanted = cuttable(self._type())
        if kind is None:
            return pa.array(column_values(values, wanted), wanted)
        return cast(pa.array([fitted(one, kind) for one in values], type_of(kind)), wanted)

    def cast(self, array: Any) -> Any:  # noqa: ANN401 - an array or many
        """Return a column of a table as a part of this one."""
        if not self.is_json:
            return cast(array, cuttable(self._type()))
        return pa.array([_json_of(value_of(one)) for one in array], pa.string())

    def _types(self) -> list[pa.DataType]:
        types = [lasting(one.type) for one in self.fields]
        if self.kind is not None:
            types.append(type_of(self.kind))
        return list(dict.fromkeys(types))

    def _type(self) -> pa.DataType:
        types = self._types()
        if self.is_json:
            return pa.string()
        return types[0] if len(types) == 1 else _unified(types) or pa.string()


def write_table(spool: BinaryIO, target: BinaryIO, extras: Sequence[str]) -> None:
    """Write all rows of a spool as one file of Parquet, with a row group in memory at a time.

    Example:
        >>> import io
        >>> table = io.BytesIO()
        >>> write_table(io.BytesIO(), table, ())
        >>> pq.read_table(table).num_rows
        0
    """
    columns, schema = _surveyed(spool, extras)
    cut = cut_schema(schema)
    pieces = (
        (pa.table([_part(frame, *one) for one in columns.items()], schema=cut), frame.sizes)
        for frame in frames(spool)
    )
    with pq.ParquetWriter(
        target, schema, compression="zstd", write_batch_size=_MOST_PAGE_ROWS
    ) as writer:
        for group in _groups(pieces):
            # In one piece: where one ends decides where pages end. Column by column: a table is
            # cast even where it has the types already, and that breaks lists of nulls.
            parts = zip(group.combine_chunks().columns, schema.types, strict=True)
            table = pa.table([cast(part, kind) for part, kind in parts], schema=schema)
            writer.write_table(table, row_group_size=group.num_rows)


def _surveyed(spool: BinaryIO, extras: Sequence[str]) -> tuple[dict[str, Column], pa.Schema]:
    """All columns in the order in which they first came, and the schema of them."""
    columns: dict[str, Column] = {}
    metadata: dict[bytes, bytes] = {}
    count = 0
    for frame in frames(spool):
        count += 1
        if frame.schema is None:
            _survey_lines(frame, columns, extras)
            continue
        metadata = {**(frame.schema.metadata or {}), **metadata}
        for new in frame.schema:
            column = columns.setdefault(new.name, Column())
            column.add(new)
            column.frames += 1
    for column in columns.values():
        column.settle()
    _try_out(spool, {name: one for name, one in columns.items() if one.has_many_types()})
    fields = [column.field_of(name, count) for name, column in columns.items()]
    return columns, pa.schema(fields).with_metadata(metadata)


def _survey_lines(frame: Frame, columns: dict[str, Column], extras: Sequence[str]) -> None:
    """Note what the values of lines are; further fields have types of their own."""
    for row in frame.rows:
        for name, value in row.items():
            column = columns.setdefault(name, Column())
            if name in extras:
                column.add(pa.field(name, EXTRA_TYPES[name]))
            else:
                column.kind = join(column.kind or NULL, kind_of(value))


def _try_out(spool: BinaryIO, columns: dict[str, Column]) -> None:
    """Find the columns where a value does not fit into the type that their types have in common.

    An integer may be too large for a double to hold it exactly; only the values tell.
    """
    for frame in frames(spool) if columns else ():
        for name, column in columns.items():
            try:
                _part(frame, name, column)
            except pa.ArrowException:
                column.is_json = True


def _part(frame: Frame, name: str, column: Column) -> Any:  # noqa: ANN401 - an array or many
    """The rows of a frame as a part of a column."""
    if frame.schema is None:
        return column.values([row.get(name) for row in frame.rows])
    if name in frame.schema.names:
        return column.cast(frame.batch.column(name))
    return column.values([None] * len(frame.sizes))


def _unified(types: Sequence[pa.DataType]) -> pa.DataType | None:
    """The type that all of them can be cast to, or None."""
    schemas = [pa.schema([pa.field("", cuttable(one))]) for one in types]
    try:
        unified = pa.unify_schemas(schemas, promote_options="permissive")
    except pa.ArrowException:
        return None
    kind: pa.DataType = unified.field(0).type
    return kind


def _groups(pieces: Iterable[tuple[pa.Table, Sequence[int]]]) -> Iterator[pa.Table]:
    """The rows in groups that are bounded by what rows measure, however they came together."""
    held: list[pa.Table] = []
    size = rows = 0
    for table, sizes in pieces:
        begin = 0
        for end, one in enumerate(sizes, 1):
            size, rows = size + one, rows + 1
            if size >= _GROUP_BYTES or rows >= _MOST_GROUP_ROWS:
                yield pa.concat_tables([*held, table.slice(begin, end - begin)])
                held, begin, size, rows = [], end, 0, 0
        if begin < len(sizes):
            held.append(table.slice(begin))
    if held:
        yield pa.concat_tables(held)


def _json_of(value: Any) -> str | None:  # noqa: ANN401 - whatever a column holds
    return None if value is None else json.dumps(value, ensure_ascii=False, default=plain)
