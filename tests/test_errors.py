from __future__ import annotations

import inspect
import pickle

import pytest

from cleancorpus import errors
from cleancorpus.errors import CleanCorpusError, UnknownFilter, UnknownName

TREE = [one for _, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, Exception)]
NAMES = [one for one in TREE if issubclass(one, UnknownName)]


@pytest.mark.parametrize("error", TREE, ids=lambda error: error.__name__)
def test_every_error_is_in_the_tree_and_drawn_there(error: type[Exception]) -> None:
    assert issubclass(error, CleanCorpusError)
    assert error.__name__ in (errors.__doc__ or "")


@pytest.mark.parametrize("error", TREE, ids=lambda error: error.__name__)
def test_every_error_is_the_builtin_that_the_drawing_says(error: type[Exception]) -> None:
    builtins = (ValueError, LookupError, FileExistsError, ImportError)
    drawn = next(
        line for line in (errors.__doc__ or "").splitlines() if error.__name__ in line.split()
    )
    for builtin in builtins:
        if f"({builtin.__name__})" in drawn:
            assert issubclass(error, builtin)


@pytest.mark.parametrize("error", NAMES, ids=lambda error: error.__name__)
def test_an_unknown_name_offers_the_nearest_and_survives_pickling(error: type[UnknownName]) -> None:
    raised = error("bylin", ["caption", "byline"], " in the recipe")
    assert str(raised) == f"no {error.thing} named 'bylin' in the recipe: did you mean byline?"
    assert raised.near == ("byline",)
    copy = pickle.loads(pickle.dumps(raised))  # noqa: S301 - our own bytes
    assert (type(copy), str(copy), copy.name) == (error, str(raised), "bylin")


def test_without_a_near_name_all_are_listed() -> None:
    assert str(UnknownFilter("zz", ["b", "a"])) == "no filter named 'zz': known are a, b"
