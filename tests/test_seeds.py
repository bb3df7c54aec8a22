"""The five example articles come out of the default chain exactly as their gold says."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from cleancorpus import Chain, Record, clean, default_chain, process
from cleancorpus.filters import CopiedParagraph

pytestmark = pytest.mark.gold

NAMES = (
    "000_e686927020e560cf.txt",
    "001_511db53d391796dd.txt",
    "002_1b6fbd339c4799f0.txt",
    "003_235b73747cf87c59.txt",
    "004_2cf2acea17d7bbc9.txt",
)

QUOTATION = (
    "“The two countries have maintained high-level strategic mutual trust and close "
    "communication,” Lin Jian said."
)


@pytest.mark.parametrize("name", NAMES)
def test_an_article_comes_out_as_its_gold_says(seeds: Path, name: str) -> None:
    gold = tomllib.loads((seeds / "gold.toml").read_text(encoding="utf-8"))[name]
    source = (seeds / name).read_text(encoding="utf-8")
    document = clean(source, media="text")
    line_of = [source.count("\n", 0, block.start or 0) + 1 for block in document.blocks]
    removed = {line_of[removal.at]: removal.filter for removal in document.removals}
    assert removed.keys() == {int(number) for number in gold}
    for number, name_of_filter in removed.items():
        assert name_of_filter in gold[str(number)], f"line {number}"
    lines = source.splitlines()
    stays = [
        line for number, line in enumerate(lines, start=1) if number not in removed and line.strip()
    ]
    assert [line for line in document.text.splitlines() if line.strip()] == stays
    assert document.restore().text == source


def test_every_article_is_there(seeds: Path) -> None:
    gold = tomllib.loads((seeds / "gold.toml").read_text(encoding="utf-8"))
    assert tuple(sorted(gold)) == NAMES


def test_learning_from_the_articles_takes_no_line_more(seeds: Path) -> None:
    records = [Record((seeds / name).read_text("utf-8"), name, media="text") for name in NAMES]
    # Ten printings of each outlet's article, so that what outlets share is on many pages.
    printings = [
        replace(one, content=f"{one.content!s}\nPrinting {at} was sold out.\n", id=f"{one.id} {at}")
        for one in records
        for at in range(10)
    ]
    for given in (records, printings):
        learned = default_chain().learn(given)
        for record in given:
            assert process(record, learned).text == process(record).text


def test_what_the_articles_quote_is_no_copy_by_default(seeds: Path) -> None:
    records = [Record((seeds / name).read_text("utf-8"), name, media="text") for name in NAMES]
    chain = Chain((CopiedParagraph(),)).learn(records)
    quoted = [f"{record.content!s}\n{QUOTATION}\n" for record in records]
    again = [replace(one, content=text) for one, text in zip(records, quoted, strict=True)]
    shared = Chain((CopiedParagraph(),)).learn(again)
    assert all(process(record, chain).removals == () for record in records)
    assert all(process(record, shared).removals == () for record in again)
