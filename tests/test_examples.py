"""The bundled examples: nothing goes that is not named in their gold, and most of that goes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import cleancorpus

GOLD = sorted((Path(__file__).parent / "examples").glob("*.gold.toml"))
EXAMPLES = Path(__file__).parents[1] / "docs/examples"
LEAST_FOUND = 0.85  # of all lines in the gold files; they were written before the filters ran


def _removed(gold: Path) -> tuple[dict[int, str], dict[int, list[str]], str]:
    """By line number: what the default chain removed, and what the gold file allows."""
    source = (EXAMPLES / gold.name.removesuffix(".gold.toml")).read_text(encoding="utf-8")
    document = cleancorpus.clean(source, "markdown" if ".md" in gold.name else "text")
    removed = {}
    for removal in document.removals:
        start = document.blocks[removal.at].start
        assert start is not None
        removed[source.count("\n", 0, start) + 1] = removal.filter
    named = tomllib.loads(gold.read_text(encoding="utf-8"))
    return removed, {int(line): filters for line, filters in named.items()}, source


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.removesuffix(".gold.toml"))
def test_nothing_goes_that_is_not_boilerplate(gold: Path) -> None:
    removed, named, source = _removed(gold)
    lines = source.splitlines()
    assert [lines[line - 1] for line in removed if line not in named] == []


def test_most_boilerplate_goes() -> None:
    found = [(removed.keys() & named, named) for removed, named, _ in map(_removed, GOLD)]
    assert sum(len(got) for got, _ in found) >= LEAST_FOUND * sum(len(named) for _, named in found)


def test_there_is_gold_for_every_page() -> None:
    pages = {path.name for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md")}
    assert pages == {path.name.removesuffix(".gold.toml") for path in GOLD}
