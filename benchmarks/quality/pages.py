"""Word F1 of cleancorpus and of installed extractors on the same pages, in one table.

    python -m benchmarks.quality.pages [--sample 150] [--only trafilatura,resiliparse] \
        [--out results.json]

Reads `wcxb-dev.jsonl.zst` of the shared data (`CLEANCORPUS_DATA`, default `../shared/data`). What
is not installed is left out (`pip install --group peers`; rs-trafilatura is not in that group, as
it has to be compiled on many machines). Every extractor runs with its defaults for main text; a
page on which one raises is counted as failed, and as an empty text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.quality.extractors import Extract, load
from rich.console import Console
from rich.table import Table

import cleancorpus
from cleancorpus.audit import show
from cleancorpus.evaluate import (
    GoldPage,
    PageMeans,
    PageScore,
    PageScores,
    read_pages,
    score_page,
)

GOLD = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data")) / "wcxb-dev.jsonl.zst"
PROCESSES = 2

_WIDTH = 160
_DEFAULT = (
    "cleancorpus", "trafilatura", "rs-trafilatura", "resiliparse", "readability-lxml", "justext",
)  # fmt: skip

Scored = tuple[int, PageScore, bool]


def score_part(names: Sequence[str], step: int, part: int) -> dict[str, list[Scored]]:
    """Score every extractor on one process's share of every `step`-th page."""
    extractors = load(names)
    scored: dict[str, list[Scored]] = {name: [] for name in names}
    for at, page in enumerate(read_pages(GOLD)):
        if at % step or at // step % PROCESSES != part or not page.gold:
            continue
        for name, extract in extractors.items():
            scored[name].append((at, *_scored(page, extract)))
    return scored


def _scored(page: GoldPage, extract: Extract) -> tuple[PageScore, bool]:
    try:
        text, failed = extract(page.content or ""), False
    except Exception:  # noqa: BLE001 - whatever an extractor raises is a page it failed on
        text, failed = "", True
    return score_page(page, text), failed


def score_all(names: Sequence[str], step: int) -> dict[str, PageScores]:
    """Score every extractor on every `step`-th page, in as many processes as there may be."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(partial(score_part, names, step), range(PROCESSES)))
    scores = {}
    for name in names:
        scores[name] = PageScores()
        for _, score, failed in sorted(
            (one for part in parts for one in part[name]), key=lambda one: one[0]
        ):
            scores[name].add(score)
            scores[name].unanswered += failed
    return scores


def table(scores: dict[str, PageScores], versions: dict[str, str]) -> Table:
    """Return a column an extractor: F1 by page type, then means and snippets over all pages."""
    names = sorted(scores, key=lambda name: -(scores[name].overall.f1 or 0))
    found = [scores[name] for name in names]
    first = found[0]
    rows = [
        (f"{name} ({first.by_type[name].pages:,})", *(_mean(one.by_type[name].f1) for one in found))
        for name in sorted(first.by_type, key=str)
    ]
    ends = [
        (f"all pages ({first.overall.pages:,})", *(_mean(one.overall.f1) for one in found)),
        ("precision", *(_mean(one.overall.precision) for one in found)),
        ("recall", *(_mean(one.overall.recall) for one in found)),
        ("required snippets", *(show.share(one.overall.required.share) for one in found)),
        ("forbidden snippets", *(show.share(one.overall.forbidden.share) for one in found)),
        ("pages failed", *(f"{one.unanswered:,}" for one in found)),
    ]
    return show.table(("F1", *(f"{name} {versions[name]}" for name in names)), rows, ends)


def _mean(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def _as_json(means: PageMeans) -> dict[str, Any]:
    return {
        "pages": means.pages,
        "f1": means.f1,
        "precision": means.precision,
        "recall": means.recall,
        "required": means.required.share,
        "forbidden": means.forbidden.share,
    }


def results(scores: dict[str, PageScores], versions: dict[str, str]) -> dict[str, Any]:
    """Return all figures, for a file."""
    return {
        name: {
            "version": versions[name],
            "failed": found.unanswered,
            "overall": _as_json(found.overall),
            "by_type": {str(key): _as_json(means) for key, means in found.by_type.items()},
        }
        for name, found in scores.items()
    }


def main() -> None:
    """Score what is installed, print the table, write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, metavar="N", help="about N pages, evenly spread")
    parser.add_argument("--only", metavar="NAMES", help="these extractors, commas between them")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all figures as JSON")
    options = parser.parse_args()
    names = list(load(options.only.split(",") if options.only else _DEFAULT))
    versions = {name: metadata.version(name) for name in names if name != "cleancorpus"}
    versions["cleancorpus"] = cleancorpus.__version__
    step = 1
    if options.sample:
        step = max(1, sum(1 for _ in read_pages(GOLD)) // options.sample)
    if not names:
        sys.exit("no extractor is installed: pip install --group peers")
    scores = score_all(names, step)
    digest = hashlib.sha256(GOLD.read_bytes()).hexdigest()[:16]
    print(f"{GOLD.name} (WCXB, CC-BY-4.0; sha256 {digest}), one page in {step}: word F1")
    Console(width=_WIDTH).print(table(scores, versions))
    if options.out:
        figures = {"data": GOLD.name, "sha256": digest, "one_page_in": step}
        figures["extractors"] = results(scores, versions)
        options.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
