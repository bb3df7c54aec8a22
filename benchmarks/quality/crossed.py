"""Word F1 of whole chains on pages that their judge has not seen, by page type.

    python -m benchmarks.quality.crossed FOLDS [--chains judge,default,light] [--every 1] [--from 0]

FOLDS is the folder that `cleancorpus train wcxb-dev.jsonl.zst --keep-folds FOLDS` wrote: a page
is judged by the weights whose training left its domain out. Reads `wcxb-dev.jsonl.zst` of the
shared data (`CLEANCORPUS_DATA`, default `../shared/data`). Pages without gold text are left out.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from cleancorpus import Chain, Record, preset
from cleancorpus.audit import show
from cleancorpus.content.corpus import read_records
from cleancorpus.evaluate import GoldPage, PageScores, score_page
from cleancorpus.filters import MainContent
from cleancorpus.runner.scores import page_tables
from cleancorpus.segment import segment

GOLD = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data")) / "wcxb-dev.jsonl.zst"


def chain_of(name: str, weights: str) -> Chain:
    """Return the preset of that name, or the judge alone, with these weights."""
    if name == "judge":
        return Chain((MainContent(weights=weights),))
    found = preset(name)
    steps = (
        replace(step, weights=weights) if isinstance(step, MainContent) else step
        for step in found.filters
    )
    return replace(found, filters=tuple(steps))


def unseen_by(folds: Path, media: str = "html") -> Callable[[str], str]:
    """Return a function that gives the folder of the weights that did not see a domain."""
    cards = ((folder, folder / f"{media}.json") for folder in sorted(folds.iterdir()))
    seen = {
        str(folder): set(json.loads(card.read_text(encoding="utf-8"))["domains"])
        for folder, card in cards
    }
    return lambda domain: next(folder for folder, known in seen.items() if domain not in known)


def main() -> None:
    """Clean every page with every chain and print a table for each chain."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--chains", default="judge,default")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    parser.add_argument("--from", type=int, default=0, dest="first")
    options = parser.parse_args()
    names, unseen = options.chains.split(","), unseen_by(options.folds)
    scores = {name: PageScores() for name in names}
    whole = dict.fromkeys(names, 0)
    for at, record in enumerate(read_records(GOLD)):
        if at % options.every != options.first or not record["main_content"]:
            continue
        page = GoldPage(
            record["id"],
            record["main_content"],
            page_type=record["page_type"],
            must_contain=tuple(record.get("must_contain") or ()),
            must_not_contain=tuple(record.get("must_not_contain") or ()),
        )
        document = segment(Record(record["html"], media="html", url=record["url"]))
        weights = unseen(record["domain"] or "")
        for name in names:
            cleaned = chain_of(name, weights).clean(document)
            whole[name] += bool(cleaned.flags)
            scores[name].add(score_page(page, cleaned.text))
    screen = show.console()
    for name in names:
        print(f"\n{name}: {whole[name]} pages kept whole by the loss budget")
        for table in page_tables(scores[name]):
            screen.print(table)


if __name__ == "__main__":
    main()
