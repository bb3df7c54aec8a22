"""Cases from the wild: pages as data, each with the blocks that a filter must remove."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleancorpus import BUILTIN, Chain, Filter, Record, preset, segment
from cleancorpus.filters import by_name

FOLDER = Path(__file__).parent / "cases"
CLEAN = "clean"  # whole clean documents, for the whole default chain
NEEDED = {"label", "origin", "language", "page", "removed"}
KEYS = NEEDED | {"media", "comment", "expect", "site", "on", "of"}
SITE = "site.example"
LEAST_CASES = 20
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def cases(name: str) -> list[dict[str, Any]]:
    with (FOLDER / f"{name}.toml").open("rb") as file:
        found = tomllib.load(file)["case"]
    assert isinstance(found, list)
    return found


def all_cases() -> Iterator[Any]:
    for name in FILES:
        for case in cases(name):
            miss = pytest.mark.xfail(strict=True, reason=case.get("comment", "a known miss"))
            marks = [miss] if case.get("expect") == "known-miss" else []
            yield pytest.param(name, case, id=f"{name}: {case['label']}", marks=marks)


def other_pages(case: dict[str, Any]) -> Iterator[Record]:
    """The rest of the site of a case: all pages have a line of their own, some its lines."""
    pages = case.get("of", 9)
    for number in range(pages):
        lines = case["site"] if number < case.get("on", pages) else []
        text = "\n\n".join([*lines, f"Other page {number}"])
        yield Record(text, f"other {number}", SITE, "text")


@pytest.mark.parametrize(("name", "case"), tuple(all_cases()))
def test_a_case_comes_out_as_it_says(name: str, case: dict[str, Any]) -> None:
    subject: Filter = preset("default") if name == CLEAN else by_name(name)()
    record = Record(case["page"], "page", SITE, case.get("media", "text"))
    chain = Chain((subject,))
    if "site" in case:
        chain = chain.learn([record, *other_pages(case)])
    document = segment(record)
    removed = chain.clean(document).removals
    assert [document.blocks[removal.at].text for removal in removed] == case["removed"]


@pytest.mark.parametrize("name", FILES)
def test_cases_have_the_form_that_the_readme_says(name: str) -> None:
    found = cases(name)
    labels = [case["label"] for case in found]
    assert len(set(labels)) == len(labels)
    for case in found:
        assert case.keys() >= NEEDED, case["label"]
        assert case.keys() <= KEYS, case["label"]
        assert case.get("expect", "pass") in ("pass", "known-miss"), case["label"]
        assert name != CLEAN or not case["removed"], case["label"]


@pytest.mark.parametrize("filter_type", BUILTIN, ids=lambda filter_type: filter_type.name)
def test_a_filter_has_cases_enough_and_half_of_them_stay(filter_type: type[Filter]) -> None:
    found = cases(str(filter_type.name))
    assert len(found) >= LEAST_CASES
    assert sum(not case["removed"] for case in found) * 2 >= len(found)
    assert len({case["language"] for case in found}) > 1


def test_every_file_of_cases_is_that_of_a_filter() -> None:
    assert set(FILES) == {CLEAN, *(str(filter_type.name) for filter_type in BUILTIN)}
