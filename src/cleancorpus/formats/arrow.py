"""What tables of Arrow are made of: the types of columns, and rows cut out one by one."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Final

import pyarrow as pa

# What further fields are, whatever is in them: the names stand in `fields.EXTRAS`.
EXTRA_TYPES: Final[dict[str, pa.DataType]] = {
    "removals": pa.list_(
        pa.struct(
            [
                ("at", pa.int64()),
                ("start", pa.int64()),
                ("end", pa.int64()),
                ("locator", pa.string()),
                ("filter", pa.string()),
                ("because", pa.string()),
                ("score", pa.float64()),
            ]
        )
    ),
    "metadata": pa.map_(pa.string(), pa.string()),
    "markdown": pa.string(),
}


def cuttable(kind: pa.DataType) -> pa.DataType:
    """Return the type that holds the same values, with nothing shared between rows.

    A row of a dictionary or a view would bring along, or lack, what other rows refer to as well.

    Example:
        >>> str(cuttable(pa.list_(pa.dictionary(pa.int32(), pa.string()))))
        'list<item: string>'
    """
    if pa.types.is_dictionary(kind):
        return cuttable(kind.value_type)
    if pa.types.is_string_view(kind):
        return pa.large_string()
    if pa.types.is_binary_view(kind):
        return pa.large_binary()
    rebuilt: pa.DataType = _rebuilt(kind, cuttable)
    return rebuilt


def lasting(kind: pa.DataType) -> pa.DataType:
    """Return the type that a column of a type gets where rows of many files come together.

    It is the type itself but for dictionaries, whose indices have room for the values of all
    files and whose order is that of their appearance, and for views of lists, which are lists.
    """
    if pa.types.is_dictionary(kind):
        return pa.dictionary(pa.int32(), kind.value_type)
    rebuilt: pa.DataType = _rebuilt(kind, lasting)
    return rebuilt


def _rebuilt(kind: Any, change: Any) -> Any:  # noqa: ANN401 - types of many classes
    """The type with all that it holds changed."""
    if pa.types.is_map(kind):
        items = kind.item_field.with_type(change(kind.item_type))
        return pa.map_(change(kind.key_type), items, kind.keys_sorted)
    if pa.types.is_struct(kind):
        return pa.struct([one.with_type(change(one.type)) for one in kind])
    if pa.types.is_fixed_size_list(kind):
        return pa.list_(_changed(kind, change), kind.list_size)
    if pa.types.is_large_list(kind) or pa.types.is_large_list_view(kind):
        return pa.large_list(_changed(kind, change))
    if pa.types.is_list(kind) or pa.types.is_list_view(kind):
        return pa.list_(_changed(kind, change))
    return kind


def _changed(kind: Any, change: Any) -> Any:  # noqa: ANN401 - types of many classes
    """What a list holds, changed."""
    return kind.value_field.with_type(change(kind.value_type))


def cut_schema(schema: pa.Schema) -> pa.Schema:
    """Return the columns in types of which single rows can be cut out."""
    return pa.schema([one.with_type(cuttable(one.type)) for one in schema])


@lru_cache(maxsize=16)
def schemas(head: bytes) -> tuple[pa.Schema, pa.Schema]:
    """Return the columns as a file has them, and in types of which rows can be cut out."""
    schema = pa.ipc.read_schema(pa.py_buffer(head))
    return schema, cut_schema(schema)


def is_text(kind: pa.DataType) -> bool:
    """Return whether such a column can hold what is cleaned: text, or bytes still to be decoded."""
    return cuttable(kind) in (pa.string(), pa.large_string(), pa.binary(), pa.large_binary())


def cast(array: Any, kind: pa.DataType) -> Any:  # noqa: ANN401 - an array or many
    """Return an array in a type, or as it is where it has that already.

    Raises:
        ArrowException: a value does not fit, or would not come through as it is.
    """
    return array if array.type == kind else array.cast(kind)


def value_of(scalar: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    """Return a value of a column; what Python has no form for is told as text.

    Raises:
        ValueError: there is no text of it either, such as where it is no UTF-8.

    Example:
        >>> value_of(pa.scalar([("tea", 1)], pa.map_(pa.string(), pa.int64())))
        {'tea': 1}
    """
    try:
        value = scalar.as_py()
    except (ValueError, OverflowError):
        value = scalar.cast(pa.string()).as_py()
    if value and pa.types.is_map(scalar.type) and len(dict(value)) == len(value):
        return dict(value)
    return value
