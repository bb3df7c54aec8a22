"""Scores as tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from rich.console import RenderableType
from rich.text import Text

from cleancorpus.audit.show import safe, share, table
from cleancorpus.evaluate import STAYS, LineScores, PageMeans, PageScores

# What the figures of a training call the means over pages of all types.
OVERALL: Final = ("all pages", "pages with gold text")


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


def page_tables(scores: PageScores) -> Iterator[RenderableType]:
    """Yield the scores by page type and overall, and how many pages do not count like others."""
    types = sorted(scores.by_type.items(), key=lambda item: (item[0] is None, item[0] or ""))
    rows = [(name or "no page type", *_means(means)) for name, means in types]
    columns = ("page type", "pages", "F1", "precision", "recall", "required", "forbidden")
    overall = ("all pages", *_means(scores.overall))
    yield table(columns, [] if [name for name, _ in types] == [None] else rows, [overall])
    if scores.left_out:
        yield Text(f"pages without a gold text, left out: {scores.left_out:,}")
    if scores.unanswered:
        yield Text(f"pages without an answer, counted as empty texts: {scores.unanswered:,}")


def worst_pages(scores: PageScores, diffs: Sequence[Path] = ()) -> Iterator[Text]:
    """Yield a line for each of the worst pages: F1, id, url and where its comparison lies."""
    if scores.worst:
        yield Text("worst pages: F1, id, url" + (", comparison" if diffs else ""), "bold")
    for at, page in enumerate(scores.worst):
        parts = [f"{page.score.words.f1:.3f}", safe(page.score.id), safe(page.score.url or "–")]
        line = Text("  ".join(parts))
        if diffs:
            link = f"link {diffs[at].absolute().as_uri()}"
            line.append("  ").append(safe(str(diffs[at])), link)
        yield line


def training_table(figures: Mapping[str, float], folder: Path) -> Iterator[RenderableType]:
    """Yield what trained weights reached, by page type and then overall, and where they lie."""
    rows = [(name or "no page type", f"{figures[name]:.3f}") for name in figures]
    types = [row for row in rows if row[0] not in OVERALL]
    yield table(("page type", "word F1"), types, [row for row in rows if row[0] in OVERALL])
    shown = safe(str(folder))
    yield Text(f"written into {shown}; in a recipe main-content reads them by weights = '{shown}'")


def _means(means: PageMeans) -> tuple[str, ...]:
    """Count, means and shares of snippets, as cells."""
    scores = (means.f1, means.precision, means.recall)
    shown = ("–" if score is None else f"{score:.3f}" for score in scores)
    return f"{means.pages:,}", *shown, share(means.required.share), share(means.forbidden.share)
