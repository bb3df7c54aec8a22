"""Filters that other packages bring, from packages that are really there."""

from __future__ import annotations

from pathlib import Path

import pytest

from cleancorpus.audit.catalog import catalog
from cleancorpus.errors import FilterError, RecipeError, UnknownFilter
from cleancorpus.filters import by_name
from cleancorpus.recipe import loads
from cleancorpus.runner.choice import choose

MODULE = """
class Shouting:
    '''Remove lines in capitals.'''
    name = "shouting"
    def judge(self, document):
        return ()
no_class = 5
"""
ENTRIES = """
[cleancorpus.filters]
shouting = shouting_filters:Shouting
missing = shouting_filters:Missing
five = shouting_filters:no_class
nowhere = shouting_nowhere:Filter
"""


@pytest.fixture(autouse=True)
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shouting_filters.py").write_text(MODULE, encoding="utf-8")
    info = tmp_path / "shouting-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: shouting\nVersion: 1.0\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(ENTRIES, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)


def test_a_filter_of_another_package_is_found_by_its_name() -> None:
    assert by_name("shouting").__name__ == "Shouting"
    assert catalog()[-1].removes == "Remove lines in capitals."
    with pytest.raises(UnknownFilter, match="did you mean shouting"):
        by_name("shoutin")


def test_a_filter_that_is_no_dataclass_serves_but_is_in_no_recipe() -> None:
    assert choose(only="shouting").names() == ("shouting",)
    with pytest.raises(RecipeError, match="shouting is no dataclass"):
        loads('[[filter]]\nname = "shouting"\n')


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing", "AttributeError"),
        ("nowhere", "No module named 'shouting_nowhere'"),
        ("five", "is no class"),
    ],
)
def test_one_that_is_broken_is_told_of_with_its_package(name: str, said: str) -> None:
    with pytest.raises(FilterError, match=rf"'{name}' of the package shouting .*{said}"):
        by_name(name)
    (listed,) = (entry for entry in catalog() if entry.name == name)
    assert "of the package shouting" in listed.removes
