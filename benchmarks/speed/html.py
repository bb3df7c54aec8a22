"""How fast HTML is cleaned, as ratios to the bare parse and to other extractors in one run.

    python -m benchmarks.speed.html [--pages 150] [--rounds 5]

Reads a fixed sample of the shared pages (`CLEANCORPUS_DATA`, default `../shared/data`). Each
round runs every contender on a page before going on to the next page; of a page the least process
time of all rounds counts, and what lines of earlier rounds were found to hold is forgotten before
each. A second table says where the time of the default chain goes.
resiliparse and trafilatura (`pip install --group peers`) are left out where they are not
installed; trafilatura, which is slow, runs once a page.
"""

from __future__ import annotations

import argparse
import functools
import gc
import io
import json
import os
import random
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import zstandard
from selectolax.lexbor import LexborHTMLParser

import cleancorpus
from cleancorpus import Chain, Record, segment
from cleancorpus.content import judgement_of
from cleancorpus.content.features import read_features
from cleancorpus.content.judge import judge_of
from cleancorpus.content.names import HTML
from cleancorpus.filters import MainContent
from cleancorpus.phrases.lookup import Index
from cleancorpus.segment.html import html_blocks, walk, walk_in_use
from cleancorpus.segment.html.choice import PythonWalk, chosen_walk
from cleancorpus.segment.html.guard import check_cost
from cleancorpus.segment.html.walk import walk_with

DATA = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data"))
SEED = 5
BASE = "selectolax parse"
PEER = "resiliparse main content"


def read_pages(count: int) -> list[str]:
    """Return the HTML of a sample that is the same at every call."""
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    with (DATA / "wcxb-dev.jsonl.zst").open("rb") as file:
        lines = io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")
        pages = [str(json.loads(line)["html"]) for line in lines]
    return random.Random(SEED).sample(pages, count)  # noqa: S311 - a sample, no secret


@functools.cache
def visible_text(page: str) -> str:
    """Return the text that all blocks of a page show; later rounds do not pay for it."""
    blocks = segment(Record(page, media="html")).blocks
    return "".join(f"{' '.join(block.text.split())}\n" for block in blocks)


def guard(page: str) -> None:
    """Do what comes before parsing."""
    source = page.encode(errors="ignore")
    check_cost(source, chosen_walk().survey(source))


def contenders() -> dict[str, Callable[[str], object]]:
    """Return what is timed, by name."""
    none = cleancorpus.preset("none")
    judge = Chain((MainContent(),))
    found: dict[str, Callable[[str], object]] = {
        BASE: LexborHTMLParser,
        "encode, survey and guard": guard,
        "guard, parse, Python walk": lambda page: walk_with(PythonWalk(), page),
        f"guard, parse, {walk_in_use()} walk": walk,
        "the same to blocks": html_blocks,
        "to text, preset none": lambda page: cleancorpus.clean(page, "html", chain=none).text,
        "to text, learned judge alone": (
            lambda page: cleancorpus.clean(page, "html", chain=judge).text
        ),
        "to text, default chain": lambda page: cleancorpus.clean(page, "html").text,
        "its visible text, default chain": (
            lambda page: cleancorpus.clean(visible_text(page), "text").text
        ),
    }
    try:
        from resiliparse.extract.html2text import (  # noqa: PLC0415 - left out where not installed
            extract_plain_text,
        )
    except ImportError:
        return found
    found[PEER] = lambda page: extract_plain_text(page, main_content=True)
    return found


def slow_contenders() -> dict[str, Callable[[str], object]]:
    """Return what runs once a page."""
    try:
        import trafilatura  # noqa: PLC0415 - left out where not installed
    except ImportError:
        return {}
    return {"trafilatura": trafilatura.extract}


class Parts:
    """Where the time of one page goes, step by step."""

    def __init__(self) -> None:
        """Build the chains once."""
        default = cleancorpus.default_chain("html")
        self.named = default.without("main-content")
        self.judge = default.only("main-content")

    def time(self, page: str) -> dict[str, float]:
        """Return the seconds of each step."""
        watch = Stopwatch()
        LexborHTMLParser(page)
        watch.stop("parse")
        document = segment(Record(page, media="html"))
        watch.stop("segment, the parse included")
        if not document.blocks:
            return watch.seconds
        features = read_features(document.columns)
        watch.stop("features")
        judge_of(HTML).probabilities(features)
        watch.stop("network and forest")
        marked = self.named.clean(document)
        watch.stop("named filters")
        judgement_of(marked)
        watch.start()
        marked = self.judge.clean(marked)
        watch.stop("cut and evidence")
        _ = marked.text
        watch.stop("render")
        return watch.seconds


class Stopwatch:
    """Process time between stops."""

    def __init__(self) -> None:
        """Start."""
        self.seconds: dict[str, float] = {}
        self.start()

    def start(self) -> None:
        """Start anew: what went before counts for nothing."""
        self.at = time.process_time()

    def stop(self, name: str) -> None:
        """Note the time since the last stop."""
        self.seconds[name] = time.process_time() - self.at
        self.start()


def indexes(pages: list[str]) -> list[Index]:
    """Return the phrase indexes that these pages use, all of them loaded."""
    for page in pages:
        cleancorpus.clean(page, "html")
    return [one for one in gc.get_objects() if isinstance(one, Index)]


def time_all(
    pages: list[str], timed: dict[str, Callable[[str], object]], rounds: int
) -> dict[str, list[float]]:
    """Return the least seconds of each page for each contender."""
    best = {name: [float("inf")] * len(pages) for name in timed}
    used = indexes(pages)
    for at, page in enumerate(pages):
        for _ in range(rounds):
            for name, run in timed.items():
                for index in used:
                    index.known.clear()
                watch = Stopwatch()
                run(page)
                watch.stop(name)
                best[name][at] = min(best[name][at], watch.seconds[name])
    return best


def time_parts(pages: list[str], rounds: int) -> dict[str, list[float]]:
    """Return the least seconds of each page for each step."""
    parts, best = Parts(), defaultdict[str, list[float]](list)
    used = indexes(pages)
    for page in pages:
        found = []
        for _ in range(rounds):
            for index in used:
                index.known.clear()
            found.append(parts.time(page))
        for name in found[0]:
            best[name].append(min(one[name] for one in found))
    return best


def print_table(title: str, best: dict[str, list[float]], bases: list[str]) -> None:
    """Print mean and median milliseconds, each with its ratios to the bases."""
    ratios = "".join(f"{'/ ' + base.split()[0]:>14}" for base in bases)
    print(f"\n{title:34}{'mean ms':>9}{ratios}{'median ms':>11}{ratios}")
    for name, seconds in best.items():
        row = f"{name:34}"
        for take, width in ((statistics.mean, 9), (statistics.median, 11)):
            row += f"{take(seconds) * 1e3:{width}.2f}"
            row += "".join(f"{take(seconds) / take(best[base]):14.2f}" for base in bases)
        print(row)


def main() -> None:
    """Time all contenders and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pages = read_pages(options.pages)
    print(f"{len(pages)} pages, least of {options.rounds} rounds a page, process time")
    best = time_all(pages, contenders(), options.rounds)
    best |= time_all(pages, slow_contenders(), 1)
    print_table("whole calls", best, [base for base in (BASE, PEER) if base in best])
    print_table("where the time goes", time_parts(pages, options.rounds), [])


if __name__ == "__main__":
    main()
