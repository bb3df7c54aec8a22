"""A chain written as TOML, and read back without loss."""

from __future__ import annotations

import dataclasses
import os
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import tomli_w

from cleancorpus.chain import Chain, Filter, LossBudget
from cleancorpus.errors import OptionError, RecipeError, UnknownOption
from cleancorpus.filters import by_name

_T = TypeVar("_T")


def dumps(chain: Chain) -> str:
    r"""Return a chain as TOML: every filter in order, with all its options.

    Example:
        >>> from cleancorpus.filters import Caption
        >>> print(dumps(Chain((Caption(max_words=30),))))
        min_score = 0.0
        <BLANKLINE>
        [[filter]]
        name = "caption"
        max_words = 30
        <BLANKLINE>
    """
    return _write(_table(chain), "")


def loads(text: str, known: Iterable[type[Filter]] = ()) -> Chain:
    """Return the chain that a recipe describes.

    `known` are filter types to look in first, for filters that are neither built in nor
    installed.

    Raises:
        RecipeError: the text is not TOML or not a recipe.
        UnknownFilter, UnknownOption: with the nearest names.
        OptionError: an option's value is refused.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecipeError(f"the recipe is not TOML: {error}") from error
    return _chain(data, {str(one.name): one for one in known}, "the recipe")


def _write(table: dict[str, Any], path: str) -> str:
    """The TOML of a chain's table, every filter under a heading of its own."""
    parts = [tomli_w.dumps({key: table[key] for key in table if key not in ("budget", "filter")})]
    if "budget" in table:
        parts.append(f"[{path}budget]\n{tomli_w.dumps(table['budget'])}")
    for step in table["filter"]:
        is_chain = "filter" in step
        inner = _write(step, f"{path}filter.") if is_chain else tomli_w.dumps(step)
        parts.append(f"[[{path}filter]]\n{inner}")
    return "\n".join(parts)


def _table(chain: Chain) -> dict[str, Any]:
    table: dict[str, Any] = {"min_score": chain.min_score}
    if chain.budget is not None:
        table["budget"] = dataclasses.asdict(chain.budget)
    steps = []
    for step in chain.filters:
        if isinstance(step, Chain):
            steps.append({"name": step.name, **_table(step)})
        else:
            if not dataclasses.is_dataclass(step):
                raise RecipeError(f"{step.name} is no dataclass, so a recipe cannot hold it")
            steps.append({"name": step.name, **_options(step)})
    table["filter"] = steps
    return table


def _options(step: Any) -> dict[str, Any]:  # noqa: ANN401 - any dataclass
    """The options of a filter; TOML has no null, so an option that is None is left out.

    What was read from a file stands as the name of the file.
    """
    values = {field.name: getattr(step, field.name) for field in dataclasses.fields(step)}
    values = {
        name: os.fspath(value) if isinstance(value, os.PathLike) else value
        for name, value in values.items()
    }
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value is not None
    }


def _chain(data: Mapping[str, Any], known: Mapping[str, type[Filter]], where: str) -> Chain:
    if unknown := data.keys() - {"name", "min_score", "budget", "filter"}:
        raise UnknownOption(min(unknown), ("min_score", "budget", "filter"), f" in {where}")
    steps = data.get("filter", [])
    if not isinstance(steps, list) or not all(isinstance(step, dict) for step in steps):
        raise RecipeError(f"'filter' in {where} must be tables headed [[filter]]")
    budget = data.get("budget")
    if budget is not None and not isinstance(budget, dict):
        raise RecipeError(f"'budget' in {where} must be a table headed [budget]")
    return Chain(
        tuple(_step(step, known) for step in steps),
        min_score=_number(data.get("min_score", 0.0), "min_score"),
        budget=None if budget is None else _build(LossBudget, budget, "budget"),
    )


def _step(data: Mapping[str, Any], known: Mapping[str, type[Filter]]) -> Filter:
    name = data.get("name")
    if not isinstance(name, str):
        raise RecipeError("a [[filter]] has no name")
    if name == Chain.name:
        return _chain(data, known, "a nested chain")
    filter_type = known.get(name) or by_name(name)
    return _build(filter_type, {key: data[key] for key in data if key != "name"}, name)


def _build(wanted: type[_T], options: Mapping[str, Any], name: str) -> _T:
    if not dataclasses.is_dataclass(wanted):
        raise RecipeError(f"{name} is no dataclass, so a recipe cannot hold it")
    fields = {field.name: field for field in dataclasses.fields(wanted)}
    for option, value in options.items():
        if option not in fields:
            raise UnknownOption(option, fields, f" in {name}")
        default = fields[option].default
        if isinstance(default, (int, float)) and not isinstance(default, bool):
            _number(value, f"{name}.{option}")
    return wanted(
        **{
            option: tuple(value) if isinstance(value, list) else value
            for option, value in options.items()
        }
    )


def _number(value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise OptionError(f"{name} must be a number, not {value!r}")
    return value
