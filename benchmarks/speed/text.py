"""How fast plain text is cleaned, as ratios to simple baselines on the same text in one run.

    python benchmarks/speed/text.py [--rounds 7] [--profile]

Reads the labelled pages of the shared data (`CLEANCORPUS_DATA`, default `../shared/data`) as
plain text. Each round runs every contender once over all pages; the least process time of all
rounds counts. datatrove (`pip install --group bench`) is left out where it is not installed.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import re
import time
from collections.abc import Callable
from pathlib import Path

import cleancorpus

DATA = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data"))
SENTENCE_ENDS = (".", "?", "!", '"')
LEAST_WORDS = 5


def c4_line_rules(text: str) -> str:
    """C4's line rules written plainly (Raffel et al., JMLR 2020, section 2.2)."""
    kept = []
    for line in text.splitlines():
        stripped = line.strip()
        lowered = stripped.lower()
        if not stripped.endswith(SENTENCE_ENDS) or len(stripped.split()) < LEAST_WORDS:
            continue
        if "javascript" in lowered or "lorem ipsum" in lowered or "{" in lowered:
            continue
        kept.append(stripped)
    return "\n".join(kept)


def word_count(text: str) -> str:
    """One regular expression over the text: about the least that any cleaner does."""
    return str(sum(1 for _ in re.finditer(r"\w+", text.lower())))


def contenders() -> dict[str, Callable[[str], object]]:
    """Return what is timed, by name."""
    default, none = cleancorpus.preset("default"), cleancorpus.preset("none")
    found: dict[str, Callable[[str], object]] = {
        "cleancorpus default": lambda text: cleancorpus.clean(text, "text", chain=default).text,
        "cleancorpus none (segment and render)": (
            lambda text: cleancorpus.clean(text, "text", chain=none).text
        ),
        "C4 line rules, plain Python": c4_line_rules,
        "words counted by one expression": word_count,
    }
    try:
        from datatrove.data import Document  # noqa: PLC0415 - left out where not installed
        from datatrove.pipeline.filters import C4QualityFilter  # noqa: PLC0415
    except ImportError:
        return found
    c4 = C4QualityFilter()
    without_sentences = C4QualityFilter(min_num_sentences=-1)
    found["datatrove C4QualityFilter"] = lambda text: c4.filter(Document(text=text, id="0"))
    found["datatrove C4QualityFilter, no sentence count"] = lambda text: without_sentences.filter(
        Document(text=text, id="0")
    )
    return found


def main() -> None:
    """Time all contenders and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--profile", action="store_true", help="profile the default chain instead")
    options = parser.parse_args()
    with (DATA / "lines-dev.jsonl").open(encoding="utf-8") as file:
        pages = [json.loads(line) for line in file]
    texts = ["\n".join(line["text"] for line in page["lines"]) for page in pages]
    characters = sum(map(len, texts))
    timed = contenders()
    for clean in timed.values():  # tables and models load before the clock runs
        for text in texts[:3]:
            clean(text)
    if options.profile:
        profile = cProfile.Profile()
        profile.runcall(lambda: [timed["cleancorpus default"](text) for text in texts])
        pstats.Stats(profile).sort_stats("tottime").print_stats(25)
        return
    best = dict.fromkeys(timed, float("inf"))
    for _ in range(options.rounds):
        for name, clean in timed.items():
            start = time.process_time()
            for text in texts:
                clean(text)
            best[name] = min(best[name], time.process_time() - start)
    base = best["cleancorpus default"]
    print(f"{len(texts)} pages, {characters:,} characters, least of {options.rounds} rounds\n")
    print(f"{'':46}{'ms a page':>10}{'Mchar/s':>9}{'ratio':>8}")
    for name, seconds in sorted(best.items(), key=lambda one: one[1]):
        speed = characters / seconds / 1e6
        print(f"{name:46}{seconds / len(texts) * 1e3:10.2f}{speed:9.1f}{seconds / base:8.2f}")


if __name__ == "__main__":
    main()
