"""What cleaning does to whole texts, to what extractors left, and to clean text, unseen.

    python -m benchmarks.quality.residue TEXTS FOLDS [--chain default] [--every 1]

TEXTS is a file that `benchmarks.quality.texts` wrote, FOLDS the folder of
`cleancorpus train TEXTS --media text --keep-folds FOLDS`: a text is judged by the weights whose
training left its domain out. Prints word F1 before and after by source, of whole texts by page
type, and what share of the words cleaning took from gold texts and, a second time, from its own
output.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from benchmarks.quality.crossed import chain_of, unseen_by
from benchmarks.quality.texts import CLEAN, PROCESSES, WHOLE

from cleancorpus import Record, segment
from cleancorpus.audit import show
from cleancorpus.content.corpus import read_records
from cleancorpus.evaluate import word_score
from cleancorpus.evaluate.pages import words

OLD, NEW, AGAIN, TOTAL = "before", "after", "again", "words"
_ALL: Final = "all pages"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What happened to one text: F1 before and after, and words lost at the first and next pass."""

    source: str
    page_type: str
    f1: Mapping[str, float]
    count: Mapping[str, int]


def clean_text(record: Mapping[str, Any], chain: str, weights: str) -> Cleaned:
    """Clean a text, and clean what came of it again."""
    steps = chain_of(chain, weights)
    document = segment(Record(record["text"], media=record["media"]))
    cleaned = steps.clean(document)
    twice = steps.clean(segment(Record(cleaned.text, media="text")))
    gold, text = record["main_content"], cleaned.text
    return Cleaned(
        record["source"],
        record["page_type"],
        {OLD: word_score(gold, document.text).f1, NEW: word_score(gold, text).f1},
        {
            TOTAL: len(words(document.text)),
            NEW: len(words(text)),
            AGAIN: len(words(twice.text)),
        },
    )


def clean_part(texts: Path, folds: Path, chain: str, every: int, part: int) -> list[Cleaned]:
    """Clean one process's share of every n-th page."""
    unseen = unseen_by(folds, "text")
    found = []
    pages: dict[str, int] = {}
    for record in read_records(texts, "text"):
        page = pages.setdefault(record["id"], len(pages))
        if page % every == 0 and page // every % PROCESSES == part:
            found.append(clean_text(record, chain, unseen(record["domain"] or "")))
    return found


def f1_rows(found: Iterable[Cleaned], by: str) -> list[tuple[str, ...]]:
    """A row for each source or page type: texts, mean F1 before and after, and the difference."""
    groups: dict[str, list[Cleaned]] = {}
    for one in found:
        groups.setdefault(getattr(one, by), []).append(one)
    return [_f1_row(name, ones) for name, ones in sorted(groups.items())]


def _f1_row(name: str, found: list[Cleaned]) -> tuple[str, ...]:
    before, after = (sum(one.f1[when] for one in found) / len(found) for when in (OLD, NEW))
    return name, f"{len(found):,}", f"{before:.3f}", f"{after:.3f}", f"{after - before:+.3f}"


def loss_row(name: str, found: list[Cleaned]) -> tuple[str, ...]:
    """Which share of the words the first pass took, and of what was left the second."""
    counts: Counter[str] = Counter()
    for one in found:
        counts.update(one.count)
    first = 1 - counts[NEW] / counts[TOTAL]
    return name, f"{first:.2%}", f"{1 - counts[AGAIN] / counts[NEW]:.2%}"


def main() -> None:
    """Clean all texts and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("folds", type=Path)
    parser.add_argument("--chain", default="default")
    parser.add_argument("--every", type=int, default=1, help="take every n-th page")
    options = parser.parse_args()
    run = partial(clean_part, options.texts, options.folds, options.chain, options.every)
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = [one for part in pool.map(run, range(PROCESSES)) for one in part]
    whole = [one for one in found if one.source == WHOLE]
    dirty = [one for one in found if one.source != CLEAN]
    clean = [one for one in found if one.source == CLEAN]
    columns = ("texts", "before", "after", "difference")
    screen = show.console()
    rows = f1_rows(whole, "page_type")
    screen.print(show.table(("page type", *columns), rows, [_f1_row(_ALL, whole)]))
    screen.print(show.table(("source", *columns), f1_rows(found, "source")))
    losses = [loss_row("gold text", clean), loss_row("all other text", dirty)]
    screen.print(show.table(("", "words that went", "of the rest, next time"), losses))


if __name__ == "__main__":
    main()
