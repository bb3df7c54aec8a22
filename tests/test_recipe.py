from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import (
    BUILTIN,
    PRESETS,
    Chain,
    Document,
    Filter,
    LossBudget,
    Removal,
    preset,
    recipe,
)
from cleancorpus.errors import OptionError, RecipeError, UnknownFilter, UnknownOption
from cleancorpus.filters import Byline, Caption
from cleancorpus.options import option, options_of

shares = st.floats(0, 1)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    """A built-in filter with any options."""
    filter_type = draw(st.sampled_from(BUILTIN))
    found = {one.name: one.default for one in options_of(filter_type)}
    return filter_type(**{name: draw(_values(default)) for name, default in found.items()})


def _values(default: object) -> st.SearchStrategy[object]:
    """Values like the default; of a word nobody knows which others are allowed."""
    if isinstance(default, str):
        return st.just(default)
    return shares if isinstance(default, float) else st.integers(2, 10**6)


budgets = st.none() | st.builds(LossBudget, shares, shares)
chains = st.recursive(
    st.builds(Chain, st.lists(filters(), max_size=3).map(tuple), shares, budgets),
    lambda inner: st.builds(
        Chain, st.lists(filters() | inner, max_size=3).map(tuple), shares, budgets
    ),
    max_leaves=6,
)


@given(chains)
def test_any_chain_comes_back_equal(chain: Chain) -> None:
    assert recipe.loads(recipe.dumps(chain)) == chain


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_comes_back_equal(name: str) -> None:
    chain = preset(name)
    assert recipe.loads(recipe.dumps(chain)) == chain
    assert recipe.loads(recipe.dumps(Chain((chain, chain)))) == Chain((chain, chain))


@dataclass(frozen=True)
class Words:
    """A filter with options of other types than numbers."""

    words: tuple[str, ...] = option((), unit="words", source="none: a guess")
    pattern: str = option("x", unit="characters", source="none: a guess")
    folds: bool = option(default=True, unit="yes or no", source="none: a guess")
    limit: int | None = option(None, unit="words", source="none: a guess")

    name: ClassVar[str] = "words"

    def judge(self, document: Document) -> Iterator[Removal]:  # noqa: ARG002 - finds nothing
        yield from ()


@given(
    st.builds(
        Words,
        words=st.lists(st.text(st.characters(exclude_categories=["Cs"]))).map(tuple),
        pattern=st.text(st.characters(exclude_categories=["Cs"])),
        folds=st.booleans(),
        limit=st.none() | st.integers(0, 99),
    )
)
def test_texts_lists_and_missing_values_come_back_equal(step: Words) -> None:
    chain = Chain((step,))
    assert recipe.loads(recipe.dumps(chain), known=[Words]) == chain


def test_an_empty_recipe_is_the_empty_chain() -> None:
    assert recipe.loads("") == Chain()


def test_a_recipe_written_by_hand_is_read_in_order() -> None:
    chain = recipe.loads(
        """
        min_score = 0.5
        budget = { max_share = 0.4 }
        [[filter]]
        name = "caption"
        [[filter]]
        name = "byline"
        max_words = 9
        """
    )
    assert chain == Chain((Caption(), Byline(max_words=9)), 0.5, LossBudget(max_share=0.4))


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        ('[[filter]]\nname = "bylines"', UnknownFilter, "'bylines': did you mean byline"),
        ('[[filter]]\nname = "qqqq"', UnknownFilter, "'qqqq': known are advertisement"),
        (
            '[[filter]]\nname = "byline"\nmax_word = 3',
            UnknownOption,
            "no option named 'max_word' in byline: did you mean max_words",
        ),
        ("min_scores = 0.5", UnknownOption, "'min_scores' in the recipe: did you mean min_score"),
        ("budget = { share = 0.5 }", UnknownOption, "'share' in budget: did you mean max_share"),
        (
            '[[filter]]\nname = "chain"\nfilters = []',
            UnknownOption,
            "'filters' in a nested chain: did you mean filter",
        ),
        ("[[filter]]\nmax_words = 3", RecipeError, "has no name"),
        ("[[filter]]\nname = 3", RecipeError, "has no name"),
        ("filter = 3", RecipeError, "'filter' in the recipe must be tables"),
        ("filter = [3]", RecipeError, "'filter' in the recipe must be tables"),
        ("budget = 3", RecipeError, "budget"),
        ("not toml", RecipeError, "the recipe is not TOML"),
        ('min_score = "high"', OptionError, "min_score must be a number, not 'high'"),
        ("min_score = true", OptionError, "min_score must be a number, not True"),
        ("min_score = 1.5", OptionError, "min_score is a share"),
        ("min_score = nan", OptionError, "min_score is a share"),
        ('budget = { max_share = "all" }', OptionError, "budget.max_share must be a number"),
        ('[[filter]]\nname = "byline"\nmax_words = "ten"', OptionError, "byline.max_words must be"),
        ('[[filter]]\nname = "byline"\nmax_words = [1]', OptionError, "byline.max_words must be"),
        ('[[filter]]\nname = "byline"\nmax_words = 0', OptionError, "max_words must be at least 1"),
    ],
)  # fmt: skip
def test_what_a_recipe_gets_wrong_is_named(text: str, error: type[Exception], message: str) -> None:
    with pytest.raises(error) as raised:
        recipe.loads(text)
    assert message in str(raised.value)


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(RecipeError, UnknownOption):
        recipe.loads(text)


class Plain:
    """No dataclass."""

    name: ClassVar[str] = "plain"

    def judge(self, document: Document) -> Iterator[Removal]:  # noqa: ARG002 - finds nothing
        yield from ()


def test_a_filter_that_is_no_dataclass_is_refused() -> None:
    with pytest.raises(RecipeError, match="plain is no dataclass"):
        recipe.dumps(Chain((Plain(),)))


def test_a_known_type_goes_before_a_built_in_of_the_same_name() -> None:
    @dataclass(frozen=True)
    class Own(Words):
        name: ClassVar[str] = "byline"

    chain = recipe.loads('[[filter]]\nname = "byline"', known=[Own])
    assert dataclasses.is_dataclass(chain.filters[0])
    assert type(chain.filters[0]) is Own
