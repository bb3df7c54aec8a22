"""The chain that a user chose."""

from pathlib import Path

import pytest

from cleancorpus.errors import (
    InputError,
    OptionError,
    RecipeError,
    UnknownFilter,
    UnknownPreset,
)
from cleancorpus.filters.byline import Byline
from cleancorpus.filters.caption import Caption
from cleancorpus.filters.justext import JusText
from cleancorpus.presets import default_chain, preset
from cleancorpus.recipe import dumps
from cleancorpus.runner.choice import choose, choose_any


def test_without_a_choice_it_is_the_default() -> None:
    assert choose() == default_chain()
    assert choose("light") == preset("light")


def test_without_a_choice_each_media_may_have_its_own() -> None:
    assert choose_any() is None
    assert choose_any(without="byline") == choose(without="byline")
    assert choose_any("light") == preset("light")


def test_filters_are_left_out_or_run_alone() -> None:
    assert choose(only=" caption,byline ").names() == ("caption", "byline")
    assert set(choose().names()) - set(choose(without="caption,byline").names()) == {
        "caption",
        "byline",
    }
    assert choose(only="caption,byline", without="byline").names() == ("caption",)


def test_a_recipe_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(dumps(preset("news")), encoding="utf-8")
    assert choose(recipe=path) == preset("news")
    path.write_text('[[filter]]\nname = "byline"\n', encoding="utf-8")
    assert choose(recipe=path, only="byline").filters == (Byline(),)
    assert Caption.name not in choose(recipe=path).names()


def test_a_recipe_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    with pytest.raises(RecipeError, match=r"mine.toml: No such file"):
        choose(recipe=path)
    path.write_bytes(b"\xff")
    with pytest.raises(RecipeError, match=r"mine.toml: the recipe is not UTF-8"):
        choose(recipe=path)
    path.write_text('[[filter]]\nname = "byline"\nmax_words = = 3\n')
    with pytest.raises(RecipeError, match=r"mine.toml: the recipe is not TOML: .*line 3"):
        choose(recipe=path)
    path.write_text('[[filter]]\nname = "byline"\nmax_words = "ten"\n')
    with pytest.raises(OptionError, match=r"mine.toml: byline.max_words must be a number"):
        choose(recipe=path)


@pytest.mark.parametrize(("option", "where"), [("without", " in the chain"), ("only", "")])
def test_wrong_names_are_refused_with_the_nearest(option: str, where: str) -> None:
    with pytest.raises(UnknownFilter, match=f"'captoin'{where}: did you mean caption"):
        choose(**{option: "byline,captoin"})  # type: ignore[arg-type]
    with pytest.raises(InputError, match=f"--{option} names nothing"):
        choose(**{option: " , "})  # type: ignore[arg-type]


def test_nothing_can_be_left_out_of_nothing() -> None:
    with pytest.raises(InputError, match="--without has nothing to choose from"):
        choose("none", without="byline")


def test_a_filter_that_the_chain_does_not_have_may_run_alone() -> None:
    assert choose(only="justext").filters == (JusText(),)
    assert choose(only="justext,byline,justext").names() == ("byline", "justext")
    assert choose("none", only="byline").filters == (Byline(),)
    assert choose("news", only="caption").filters == (Caption(max_words=80),)
    assert choose(only="justext").budget == default_chain().budget
    with pytest.raises(UnknownFilter, match="in the chain"):
        choose(without="justext")


def test_a_preset_is_refused_with_the_nearest_and_beside_a_recipe() -> None:
    with pytest.raises(UnknownPreset, match="did you mean default"):
        choose("defualt")
    with pytest.raises(InputError, match="give one of them"):
        choose("light", Path("mine.toml"))
