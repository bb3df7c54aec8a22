"""All filters there are, with what they say of themselves."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from cleancorpus.audit.show import colour, safe
from cleancorpus.errors import FilterError
from cleancorpus.filters import BUILTIN, ENTRY_POINTS, by_name
from cleancorpus.options import Option, options_of


@dataclass(frozen=True, slots=True)
class Entry:
    """A filter: its name, the first line of its docstring, its options."""

    name: str
    removes: str
    options: tuple[Option, ...]


def catalog() -> tuple[Entry, ...]:
    """Return all filters in the order of the default chain, then those of other packages.

    Of one that its package fails to bring, what is wrong stands in the place of what it removes.

    Example:
        >>> catalog()[0].name
        'consent-notice'
    """
    builtin = [str(known.name) for known in BUILTIN]
    others = set(metadata.entry_points(group=ENTRY_POINTS).names) - set(builtin)
    found = []
    for name in (*builtin, *sorted(others)):
        try:
            filter_type = by_name(name)
        except FilterError as error:
            found.append(Entry(name, str(error), ()))
            continue
        first_line = (inspect.getdoc(filter_type) or "").partition("\n")[0]
        found.append(Entry(name, first_line, tuple(options_of(filter_type))))
    return tuple(found)


def listed(entries: tuple[Entry, ...]) -> Iterator[RenderableType]:
    """Yield the filters as paragraphs, with an option a line under each."""
    for at, entry in enumerate(entries):
        if at:
            yield Text()
        yield Text(entry.name, f"bold {colour(entry.name)}")
        yield Padding(Text(safe(entry.removes)), (0, 0, 0, 2), expand=False)
        for option in entry.options:
            source = option.source.removeprefix("none: ")
            said = f" = {option.default!r}  {option.unit} ({source})"
            line = Text.assemble((option.name, "bold"), safe(said))
            yield Padding(line, (0, 0, 0, 4), expand=False)
