"""The scores of a chain as tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from cleancorpus.audit.show import share, table
from cleancorpus.evaluate import STAYS, LineScores


def tables(scores: LineScores) -> Iterator[RenderableType]:
    """Yield what each filter removed, what went of each label, and what was lost."""
    names = sorted(scores.removed, key=lambda name: (-scores.removed[name].total(), name))
    yield table(
        ("filter", "lines removed", "boilerplate", "own label"),
        [
            (
                name,
                f"{scores.removed[name].total():,}",
                share(scores.boilerplate_share(name)),
                share(scores.own_share(name)),
            )
            for name in names
        ],
    )
    yield table(
        ("label", "lines", "removed"),
        [
            (label, f"{scores.lines[label]:,}", share(scores.removed_share(label)))
            for label in sorted(scores.lines, key=lambda label: (label not in STAYS, label))
        ],
    )
    for label in STAYS:
        gone, words = scores.words_removed[label], scores.words[label]
        lost = share(gone / words if words else None)
        yield Text(f"{label} words lost: {gone:,} of {words:,} ({lost})")
