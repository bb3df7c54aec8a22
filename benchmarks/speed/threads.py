"""How much faster two threads clean than one, and whether many threads crash.

    python -m benchmarks.speed.threads [--pages 150] [--rounds 5]
    python -m benchmarks.speed.threads --soak 3600 --threads 8

The first compares the rates of one thread and of two over the same pages, by the least times of
rounds that take turns; the compiled code releases the interpreter's lock where it works. Hashing
the pages, which is nothing but C, says what the machine gives to two threads at the time. The
second lets threads clean pages in a random order for so many seconds, compares each text with
the one that a single thread made, and says how many pages that were.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from benchmarks.speed.html import read_pages

import cleancorpus
from cleancorpus import Chain
from cleancorpus.filters import MainContent
from cleancorpus.segment.html import walk, walk_in_use


def cleaned(chain: Chain, page: str) -> str:
    """Return the clean text of a page."""
    return cleancorpus.clean(page, "html", chain=chain).text


def seconds(clean: Callable[[str], object], pages: list[str], threads: int) -> float:
    """Return the time on the clock that threads take for all pages."""
    with ThreadPoolExecutor(threads) as pool:
        begun = time.perf_counter()
        for _ in pool.map(clean, pages):
            pass
        return time.perf_counter() - begun


def works() -> dict[str, Callable[[str], object]]:
    """Return what is done with each page, by name."""
    return {
        "hashing": lambda page: [hashlib.sha256(page.encode()).digest() for _ in range(8)],
        "walk": walk,
        "no filters": partial(cleaned, Chain()),
        "judge alone": partial(cleaned, Chain((MainContent(),))),
        "default": partial(cleaned, cleancorpus.default_chain("html")),
    }


def compare(pages: list[str], rounds: int) -> None:
    """Print for each work how many times as fast two threads are."""
    for name, work in works().items():
        found = [(seconds(work, pages, 1), seconds(work, pages, 2)) for _ in range(rounds)]
        one, two = (min(times) for times in zip(*found, strict=True))
        print(f"{name:12} one thread {one:.2f} s, two {two:.2f} s: {one / two:.2f} times")


def soak(pages: list[str], threads: int, wanted_s: float) -> None:
    """Clean in many threads for a time and check every text."""
    chain = cleancorpus.default_chain("html")
    texts = [cleaned(chain, page) for page in pages]
    end = time.monotonic() + wanted_s

    def work(seed: int) -> int:
        chosen = random.Random(seed)  # noqa: S311 - no secret
        done = 0
        while time.monotonic() < end:
            at = chosen.randrange(len(pages))
            if cleaned(chain, pages[at]) != texts[at]:
                raise AssertionError(f"page {at} came out otherwise")
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(work, range(threads)))
    print(f"{threads} threads cleaned {done:,} pages in {wanted_s:.0f} s, all as one thread does")


def main() -> None:
    """Compare, or soak."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--soak", type=float, default=0, metavar="SECONDS")
    wanted = parser.parse_args()
    print(f"{walk_in_use()} walk, Python {sys.version.split()[0]}")
    pages = read_pages(wanted.pages)
    if wanted.soak:
        soak(pages, wanted.threads, wanted.soak)
    else:
        compare(pages, wanted.rounds)


if __name__ == "__main__":
    main()
