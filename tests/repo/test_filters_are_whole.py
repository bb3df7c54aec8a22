"""A filter is whole when its tests, its page, its cases and its card are there."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from cleancorpus import BUILTIN, Filter

ROOT = Path(__file__).parents[2]
HEADINGS = ("Removes:", "Keeps:", "Example:", "Cost:")
LEAST_CASES = 20

every_filter = pytest.mark.parametrize(
    "filter_type", BUILTIN, ids=[str(one.name) for one in BUILTIN]
)


@every_filter
def test_a_filter_has_tests_of_its_own(filter_type: type[Filter]) -> None:
    module = str(filter_type.name).replace("-", "_")
    assert (ROOT / f"tests/filters/test_{module}.py").is_file()


@every_filter
def test_a_filter_has_a_page_with_an_example(filter_type: type[Filter]) -> None:
    page = (ROOT / f"docs/filters/{filter_type.name}.md").read_text(encoding="utf-8")
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    wanted = {"When to use it", "Before and after", "What it removes", "What it keeps", "Options"}
    assert wanted <= set(headings)
    # What no preset has is chosen as on the command line.
    assert re.search(rf'only(=|\()"{filter_type.name}"\)', page)


@every_filter
def test_a_filter_has_cases_half_of_them_negatives(filter_type: type[Filter]) -> None:
    path = ROOT / f"tests/cases/{filter_type.name}.toml"
    cases = tomllib.loads(path.read_text(encoding="utf-8"))["case"]
    negatives = [case for case in cases if not case["removed"]]
    assert len(cases) >= LEAST_CASES
    assert len(negatives) * 2 >= len(cases)


@every_filter
def test_a_filter_has_the_card_as_its_docstring(filter_type: type[Filter]) -> None:
    lines = [line.strip() for line in (inspect.getdoc(filter_type) or "").splitlines()]
    found = [line for line in lines if line in HEADINGS]
    assert found == list(HEADINGS)


@every_filter
def test_a_filter_lives_in_a_module_of_its_name(filter_type: type[Filter]) -> None:
    module = str(filter_type.name).replace("-", "_")
    assert filter_type.__module__ == f"cleancorpus.filters.{module}"


def test_no_page_or_cases_stand_for_a_filter_that_is_gone() -> None:
    names = {str(one.name) for one in BUILTIN}
    pages = {path.stem for path in (ROOT / "docs/filters").glob("*.md")}
    # `clean` holds whole articles that no filter may touch.
    cases = {path.stem for path in (ROOT / "tests/cases").glob("*.toml")} - {"clean"}
    assert pages == names
    assert cases <= names
