"""Many frozen dataclasses at once: a page has hundreds of blocks and of removals.

A frozen dataclass sets each field through a call of its own. The compiled twin in `_instances`
fills the slots directly, several times as fast; where it is not built, the constructor is called.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import fields
from functools import cache
from itertools import repeat
from types import ModuleType
from typing import TypeVar, cast

from cleancorpus.twins import load_twin

Made = TypeVar("Made")


def instances(of: type[Made], count: int, /, **columns: object) -> list[Made]:
    """Return so many instances of a frozen dataclass with slots, of which no field is left out.

    A list is a column with a value for each of them; anything else is the value of all. The
    class must not check its values, since no constructor of it need run, nor hold what may hold
    it again: the garbage collector does not look for cycles through these instances.

    Example:
        >>> from cleancorpus.outline import Elements, Place
        >>> [place.row for place in instances(Place, 2, elements=Elements(), row=[3, 4])]
        [3, 4]
    """
    names = _names(cast(Hashable, of))
    given = tuple(map(columns.__getitem__, names))
    module = compiled()
    if module is None:
        return in_python(of, count, given)
    made: list[Made] = module.make(of, names, given, count)
    return made


def in_python(of: type[Made], count: int, columns: tuple[object, ...]) -> list[Made]:
    """Do the same by calling the class."""
    values = (one if isinstance(one, list) else repeat(one, count) for one in columns)
    return [of(*row) for row in zip(*values, strict=True)]


@cache
def compiled() -> ModuleType | None:
    """Return the compiled module, or nothing where it is not built or not wanted."""
    return load_twin("cleancorpus._make")


@cache
def _names(of: Hashable) -> tuple[str, ...]:
    """The names of the fields, in the order of the constructor."""
    if not isinstance(of, type) or hasattr(of, "__post_init__"):
        raise TypeError(f"{of} checks its values, so it has to be made one by one")
    return tuple(one.name for one in fields(of))
