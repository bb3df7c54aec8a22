"""What the default chain removes of labelled lines, held against pinned bars.

    python -m benchmarks.quality.lines [FOLDS]

Without FOLDS the named filters alone: the weights of the package have seen these pages. With the
folder of `cleancorpus train TEXTS --media text --keep-folds FOLDS` the whole default chain, each
page judged by the weights whose training left its domain out. Reads `lines-dev.jsonl` of the
shared data (`CLEANCORPUS_DATA`, default `../shared/data`), prints what `cleancorpus evaluate lines`
prints, then every bar of `pinned.toml` with the figure reached. Exits with 1 where a figure falls
below its bar.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.quality.crossed import chain_of, unseen_by

import cleancorpus
from cleancorpus.audit import show
from cleancorpus.evaluate import STAYS, LineScores, read_labelled, score_lines
from cleancorpus.filters import MainContent
from cleancorpus.runner.scores import tables

GOLD = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data")) / "lines-dev.jsonl"
PINNED = Path(__file__).with_name("pinned.toml")


def bars(scores: LineScores, part: str) -> Iterator[tuple[str, float, float, bool]]:
    """Yield every bar: what it is about, the figure reached, the bar, and whether it is cleared."""
    pinned = tomllib.loads(PINNED.read_text(encoding="utf-8"))[part]
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


def score(folds: Path | None) -> LineScores:
    """Score the named filters, or the whole chain with the weights of folds."""
    if folds is None:
        chain = cleancorpus.preset("default").without(MainContent.name)
        return score_lines(read_labelled(GOLD), chain)
    scores, unseen = LineScores(), unseen_by(folds, "text")
    for page in read_labelled(GOLD):
        scores.add(page, chain_of("default", unseen(page.domain)))
    return scores


def whole(scores: LineScores) -> Iterator[str]:
    """Say what share of all boilerplate lines went, and of the lines and words that stay."""
    removed: Counter[str] = Counter()
    for labels in scores.removed.values():
        removed.update(labels)
    boilerplate = [label for label in scores.lines if label not in STAYS]
    for name, chosen in (("boilerplate", boilerplate), ("content and title", [*STAYS])):
        lines, words = (
            sum(gone[label] for label in chosen) / sum(of[label] for label in chosen)
            for gone, of in ((removed, scores.lines), (scores.words_removed, scores.words))
        )
        yield f"{name}: {lines:.1%} of the lines removed, {words:.1%} of the words"


def main() -> None:
    """Score, print, and fail where a figure has fallen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folds", type=Path, nargs="?")
    folds = parser.parse_args().folds
    scores = score(folds)
    screen = show.console()
    for table in tables(scores):
        screen.print(table)
    print("", *whole(scores), sep="\n")
    digest = hashlib.sha256(GOLD.read_bytes()).hexdigest()
    print(f"\n{GOLD.name}: text CC-BY-4.0 (WCXB), labels ours; sha256 {digest[:16]}\n")
    failed = False
    for what, reached, bar, is_cleared in bars(scores, "named" if folds is None else "default"):
        failed |= not is_cleared
        print(f"{'' if is_cleared else 'FALLEN  '}{what} {bar:.3f}: {reached:.3f}")
    sys.exit(failed)


if __name__ == "__main__":
    main()
