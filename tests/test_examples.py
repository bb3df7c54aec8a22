"""The bundled examples: nothing goes that is not named in their gold, and most of that goes."""

from __future__ import annotations

import re
import tomllib
from html import unescape
from pathlib import Path

import pytest

import cleancorpus

GOLD = sorted((Path(__file__).parent / "examples").glob("*.gold.toml"))
EXAMPLES = Path(__file__).parents[1] / "docs/examples"
TAG = re.compile("<[^>]*>")
LEAST_FOUND = 0.85  # of all lines in the gold files; they were written before the filters ran


MEDIA = {".md": "markdown", ".html": "html", ".txt": "text"}


def _removed(gold: Path) -> tuple[dict[int, str], dict[int, list[str]], str]:
    """By line number: what the default chain removed, and what the gold file allows."""
    page = EXAMPLES / gold.name.removesuffix(".gold.toml")
    source = page.read_text(encoding="utf-8")
    document = cleancorpus.clean(source, MEDIA[page.suffix])
    lines = _lines_of_html(document, source) if page.suffix == ".html" else None
    removed = {}
    for removal in document.removals:
        start = document.blocks[removal.at].start
        line = lines[removal.at] if lines else source.count("\n", 0, start) + 1
        removed[line] = removal.filter
    named = tomllib.loads(gold.read_text(encoding="utf-8"))
    return removed, {int(line): filters for line, filters in named.items()}, source


def _lines_of_html(document: cleancorpus.Document, source: str) -> list[int]:
    """The line of each block, of a page that is written with a block's whole text on one line."""
    texts = ["".join(unescape(TAG.sub("", line)).split()) for line in source.splitlines()]
    body = next(at for at, line in enumerate(source.splitlines()) if "<body" in line)
    places: list[int] = []
    for block in document.blocks:
        wanted = "".join(block.text.split())
        body = texts.index(wanted, body) + 1
        places.append(body)
    return places


@pytest.mark.parametrize("gold", GOLD, ids=lambda path: path.name.removesuffix(".gold.toml"))
def test_nothing_goes_that_is_not_boilerplate(gold: Path) -> None:
    removed, named, source = _removed(gold)
    lines = source.splitlines()
    assert [lines[line - 1] for line in removed if line not in named] == []


def test_most_boilerplate_goes() -> None:
    found = [(removed.keys() & named, named) for removed, named, _ in map(_removed, GOLD)]
    assert sum(len(got) for got, _ in found) >= LEAST_FOUND * sum(len(named) for _, named in found)


def test_there_is_gold_for_every_page() -> None:
    pages = {path.name for path in EXAMPLES.iterdir() if path.suffix in MEDIA}
    assert pages == {path.name.removesuffix(".gold.toml") for path in GOLD}
