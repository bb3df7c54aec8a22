"""What the default chain removes of labelled lines, held against pinned bars.

    python benchmarks/quality/lines.py

Reads `lines-dev.jsonl` of the shared data (`CLEANCORPUS_DATA`, default `../shared/data`), prints
what `cleancorpus evaluate lines` prints, then every bar of `pinned.toml` with the figure reached.
Exits with 1 where a figure falls below its bar.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import cleancorpus
from cleancorpus.audit import show
from cleancorpus.evaluate import LineScores, read_labelled, score_lines
from cleancorpus.run.scores import tables

GOLD = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data")) / "lines-dev.jsonl"
PINNED = Path(__file__).with_name("pinned.toml")


def bars(scores: LineScores) -> Iterator[tuple[str, float, float, bool]]:
    """Yield every bar: what it is about, the figure reached, the bar, and whether it is cleared."""
    pinned = tomllib.loads(PINNED.read_text(encoding="utf-8"))
    for label, most in pinned["lost"].items():
        lost = scores.removed_share(label) or 0.0
        yield f"{label} lines lost, at most", lost, most, lost <= most
    for label, least in pinned["removed"].items():
        gone = scores.removed_share(label) or 0.0
        yield f"{label} lines removed, at least", gone, least, gone >= least
    least = pinned["filters"]["boilerplate"]
    for name in scores.removed:
        share = scores.boilerplate_share(name) or 0.0
        yield f"boilerplate among what {name} removed, at least", share, least, share >= least


def main() -> None:
    """Score, print, and fail where a figure has fallen."""
    scores = score_lines(read_labelled(GOLD), cleancorpus.preset("default"))
    screen = show.console()
    for table in tables(scores):
        screen.print(table)
    digest = hashlib.sha256(GOLD.read_bytes()).hexdigest()
    print(f"\n{GOLD.name}: text CC-BY-4.0 (WCXB), labels ours; sha256 {digest[:16]}\n")
    failed = False
    for what, reached, bar, is_cleared in bars(scores):
        failed |= not is_cleared
        print(f"{'' if is_cleared else 'FALLEN  '}{what} {bar:.3f}: {reached:.3f}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
