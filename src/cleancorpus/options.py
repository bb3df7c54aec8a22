"""How a filter declares its options: default, unit and source in one place."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from cleancorpus.errors import OptionError


@dataclasses.dataclass(frozen=True, slots=True)
class Option:
    """What is known of one option of a filter: the command, recipes and docs read it from here."""

    name: str
    default: Any
    unit: str
    source: str


def option(default: Any, *, unit: str, source: str) -> Any:  # noqa: ANN401 - as dataclasses.field
    """Declare an option of a filter: a dataclass field that carries its unit and its source.

    `source` names where the default comes from: a paper, a measurement that can be repeated,
    or `none: a guess`.
    """
    return dataclasses.field(default=default, metadata={"unit": unit, "source": source})


def options_of(filter_type: type) -> Iterator[Option]:
    """Yield the options that a filter declares, in order; one that is no dataclass has none.

    Example:
        >>> @dataclasses.dataclass(frozen=True)
        ... class Short:
        ...     max_words: int = option(3, unit="words", source="none: a guess")
        >>> [(found.name, found.default, found.unit) for found in options_of(Short)]
        [('max_words', 3, 'words')]
    """
    fields = dataclasses.fields(filter_type) if dataclasses.is_dataclass(filter_type) else ()
    for field in fields:
        if "unit" in field.metadata:
            yield Option(
                field.name, field.default, field.metadata["unit"], field.metadata["source"]
            )


def check_share(name: str, value: float) -> None:
    """Refuse a share that does not lie between 0 and 1.

    Raises:
        OptionError: with the option's name and the value.
    """
    if not 0 <= value <= 1:
        raise OptionError(f"{name} is a share and must lie between 0 and 1, not {value}")


def check_at_least(name: str, value: float, least: float) -> None:
    """Refuse a number below the least one that makes sense.

    Raises:
        OptionError: with the option's name, the value and the least.
    """
    if not value >= least:
        raise OptionError(f"{name} must be at least {least}, not {value}")
