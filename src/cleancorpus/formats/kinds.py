"""What the values of JSON are, joined over many records, and as which type a table holds them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

import pyarrow as pa

_MOST_DEPTH: Final = 8
_MOST_MEMBERS: Final = 256  # an object with more names is a dictionary, not a record
_EXACT: Final = 1 << 53  # up to here a double holds every integer
_LEAST_LONG, _MOST_LONG = -(1 << 63), (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Kind:
    """What some values have in common.

    `int` are integers that a double holds too, `long` the others of 64 bits, and `json` is
    whatever only its JSON text can stand for.
    """

    name: str
    item: Kind | None = None
    members: tuple[tuple[str, Kind], ...] = ()


NULL: Final = Kind("null")
JSON: Final = Kind("json")
_BOOL, _INT, _LONG, _DOUBLE, _STRING = map(Kind, ("bool", "int", "long", "double", "string"))
_TYPES: Final[dict[str, pa.DataType]] = {
    "null": pa.null(),
    "bool": pa.bool_(),
    "int": pa.int64(),
    "long": pa.int64(),
    "double": pa.float64(),
    "string": pa.string(),
    "json": pa.string(),
}


def kind_of(value: Any, depth: int = 0) -> Kind:  # noqa: ANN401 - whatever JSON holds
    """Return what a value is.

    Example:
        >>> kind_of([1, 2.5]).item
        Kind(name='double', item=None, members=())
    """
    if value is None:
        return NULL
    if isinstance(value, str):
        return _STRING
    if isinstance(value, bool):
        return _BOOL
    if isinstance(value, int):
        if -_EXACT <= value <= _EXACT:
            return _INT
        return _LONG if _LEAST_LONG <= value <= _MOST_LONG else JSON
    if isinstance(value, float):
        return _DOUBLE
    if depth >= _MOST_DEPTH:
        return JSON
    if isinstance(value, dict):
        members = tuple((name, kind_of(one, depth + 1)) for name, one in value.items())
        return _struct(members)
    return Kind("list", reduce(join, (kind_of(one, depth + 1) for one in value), NULL))


def join(one: Kind, other: Kind) -> Kind:
    """Return what the values of two kinds have in common.

    The order in which many are joined changes nothing but the order of members, which is that
    of their first appearance: so a table's types do not depend on how its rows were batched.
    """
    if one == other or other is NULL or one is JSON:
        return one
    if one is NULL or other is JSON:
        return other
    if one.item and other.item:
        return Kind("list", join(one.item, other.item))
    if one.name == other.name == "struct":
        members = dict(one.members)
        for name, kind in other.members:
            members[name] = join(members.get(name, NULL), kind)
        return _struct(tuple(members.items()))
    names = {one.name, other.name}
    if names == {"int", "long"}:
        return _LONG
    return _DOUBLE if names == {"int", "double"} else JSON


def type_of(kind: Kind) -> pa.DataType:
    """Return the type of a column of such values.

    Example:
        >>> str(type_of(kind_of({"tags": ["tea"], "n": 7, "none": {}})))
        'struct<tags: list<item: string>, n: int64, none: string>'
    """
    if kind.item:
        return pa.list_(type_of(kind.item))
    if kind.members:
        return pa.struct([(name, type_of(one)) for name, one in kind.members])
    return _TYPES.get(kind.name, pa.string())


def fitted(value: Any, kind: Kind) -> Any:  # noqa: ANN401 - whatever JSON holds
    """Return a value as a column of that kind takes it.

    Example:
        >>> fitted([1, "two", None], Kind("list", JSON))
        ['1', '"two"', None]
    """
    if value is None or (kind.name in _TYPES and kind is not JSON):
        return value
    if kind.item:
        return [fitted(one, kind.item) for one in value]
    if kind.members:
        return {name: fitted(value.get(name), one) for name, one in kind.members}
    return json.dumps(value, ensure_ascii=False)


def _struct(members: tuple[tuple[str, Kind], ...]) -> Kind:
    return Kind("struct", members=members) if len(members) <= _MOST_MEMBERS else JSON
