"""How fast HTML is cut into blocks, as ratios to the bare parse and to resiliparse in one run.

    python -m benchmarks.speed.html [--pages 150] [--rounds 5]

Reads a fixed sample of the shared pages (`CLEANCORPUS_DATA`, default `../shared/data`). Each
round runs every contender on a page before going on to the next page; of a page the least process
time of all rounds counts. resiliparse (`pip install --group bench`) is left out where it is not
installed.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import zstandard
from selectolax.lexbor import LexborHTMLParser

import cleancorpus
from cleancorpus.segment.html import html_blocks, walk, walk_in_use
from cleancorpus.segment.html.choice import PythonWalk, chosen_walk
from cleancorpus.segment.html.guard import check_cost
from cleancorpus.segment.html.walk import walk_with

DATA = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data"))
SEED = 5
BASE = "selectolax parse"


def read_pages(count: int) -> list[str]:
    """Return the HTML of a sample that is the same at every call."""
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    with (DATA / "wcxb-dev.jsonl.zst").open("rb") as file:
        lines = io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")
        pages = [str(json.loads(line)["html"]) for line in lines]
    return random.Random(SEED).sample(pages, count)  # noqa: S311 - a sample, no secret


def guard(page: str) -> None:
    """Do what comes before parsing."""
    source = page.encode(errors="ignore")
    check_cost(source, chosen_walk().survey(source))


def contenders() -> dict[str, Callable[[str], object]]:
    """Return what is timed, by name."""
    none = cleancorpus.preset("none")
    found: dict[str, Callable[[str], object]] = {
        BASE: LexborHTMLParser,
        "encode, survey and guard": guard,
        "guard, parse, Python walk": lambda page: walk_with(PythonWalk(), page),
        f"guard, parse, {walk_in_use()} walk": walk,
        "the same to blocks": html_blocks,
        "the same to text (preset none)": (
            lambda page: cleancorpus.clean(page, "html", chain=none).text
        ),
    }
    try:
        from resiliparse.extract.html2text import (  # noqa: PLC0415 - left out where not installed
            extract_plain_text,
        )
    except ImportError:
        return found
    found["resiliparse main content"] = lambda page: extract_plain_text(page, main_content=True)
    return found


def main() -> None:
    """Time all contenders and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    pages, timed = read_pages(options.pages), contenders()
    best = {name: [float("inf")] * len(pages) for name in timed}
    for at, page in enumerate(pages):
        for _ in range(options.rounds):
            for name, run in timed.items():
                start = time.process_time()
                run(page)
                best[name][at] = min(best[name][at], time.process_time() - start)
    print(f"{len(pages)} pages, least of {options.rounds} rounds a page, process time\n")
    print(f"{'':34}{'mean ms':>9}{'ratio':>7}{'median ms':>11}{'ratio':>7}")
    for name, seconds in best.items():
        mean, median = statistics.mean(seconds), statistics.median(seconds)
        of_mean = mean / statistics.mean(best[BASE])
        of_median = median / statistics.median(best[BASE])
        print(f"{name:34}{mean * 1e3:9.2f}{of_mean:7.2f}{median * 1e3:11.2f}{of_median:7.2f}")


if __name__ == "__main__":
    main()
