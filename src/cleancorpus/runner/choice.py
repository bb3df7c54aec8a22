"""The chain that a user chose: a preset or a recipe, with filters left out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from cleancorpus.chain import Chain
from cleancorpus.errors import InputError, OptionError, RecipeError
from cleancorpus.filters import CopiedParagraph, RepeatedBlock, by_name
from cleancorpus.learn import kind_of
from cleancorpus.learn.keys import COPIES
from cleancorpus.presets import default_chain, preset
from cleancorpus.recipe import loads


def choose(
    chain: str | None = None,
    recipe: Path | None = None,
    without: str | None = None,
    only: str | None = None,
) -> Chain:
    """Return the chain of a preset or of a recipe file; without either, the default one.

    `without` and `only` are filters' names with commas between them. `only` may name filters that
    the chain does not have; they come last, with their defaults.

    Raises:
        InputError: both a preset and a recipe are given, or a list has no name in it.
        UnknownPreset, UnknownFilter, UnknownOption: with the nearest names.
        RecipeError, OptionError: the recipe cannot be read, or an option is refused.

    Example:
        >>> choose(only="byline, caption").names()
        ('caption', 'byline')
    """
    if chain is not None and recipe is not None:
        raise InputError("a chain and a recipe: give one of them")
    if recipe is not None:
        chosen = _from_file(recipe)
    else:
        chosen = default_chain() if chain is None else preset(chain)
    kept, left_out = split_names(only, "only"), split_names(without, "without")
    missing = [name for name in kept if name not in chosen.names()]
    chosen = replace(chosen, filters=(*chosen.filters, *(by_name(name)() for name in missing)))
    if left_out and not chosen.names():
        raise InputError("--without has nothing to choose from: the chain has no filters")
    chosen = chosen.without(*left_out)
    return chosen.only(*(name for name in kept if name in chosen.names())) if kept else chosen


def choose_any(
    chain: str | None = None,
    recipe: Path | None = None,
    without: str | None = None,
    only: str | None = None,
) -> Chain | None:
    """Return what `choose` does, or None where nothing is chosen: then each media has its default.

    Raises:
        CleanCorpusError: as `choose` does.
    """
    if all(choice is None for choice in (chain, recipe, without, only)):
        return None
    return choose(chain, recipe, without, only)


def taught(chain: Chain | None, table: Path) -> Chain:
    """Return a chain, or the default one, with what was learned in a file.

    A table of sites goes into the filter `repeated-block`, one of copies into
    `copied-paragraph`; where the chain has no such filter, it comes last.

    Raises:
        TableError: the file is no table.
        MissingExtra: the extra `corpus` is not installed.
    """
    chain = default_chain() if chain is None else chain
    learned = CopiedParagraph(str(table)) if kind_of(table) == COPIES else RepeatedBlock(str(table))
    if learned.name not in chain.names():
        return replace(chain, filters=(*chain.filters, learned))
    return chain.mapped(
        lambda step: (
            replace(step, table=learned.table)
            if isinstance(step, (RepeatedBlock, CopiedParagraph)) and step.name == learned.name
            else step
        )
    )


def _from_file(recipe: Path) -> Chain:
    try:
        text = recipe.read_text(encoding="utf-8")
    except OSError as error:
        raise RecipeError(f"{recipe}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise RecipeError(f"{recipe}: the recipe is not UTF-8") from error
    try:
        return loads(text)
    except (RecipeError, OptionError) as error:
        raise type(error)(f"{recipe}: {error}") from error


def split_names(text: str | None, option: str) -> tuple[str, ...]:
    """Return the names in a list with commas between them; `option` is what gave it.

    Raises:
        InputError: there is none in it.
    """
    if text is None:
        return ()
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise InputError(f"--{option} names nothing")
    return names
