"""The frame of a site on a page: where the blocks that its pages share end and the body begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleancorpus.measures import LEAD
from cleancorpus.page.layout import Page
from cleancorpus.page.line import VERBATIM, Line

# A repeated block weighs against the body by its words and by its share, squared: what half of
# the pages have is often a label of the content, what all have seldom. Swept on five sites of
# documentation, see docs/measured.md.
_WEIGHT: Final = 3
_WEIGHT_OF_A_BLOCK: Final = 3
_POWER: Final = 2
_FRINGE: Final = 0.8


@dataclass(frozen=True, slots=True)
class Frame:
    """For each block the share of the site's pages that have it, and which blocks are the body."""

    shares: Sequence[float]
    body: range


def find_frame(page: Page, shares: Sequence[float]) -> Frame:
    """Return where the body lies among blocks of which these shares of the site's pages have each.

    The body is the stretch whose own words outweigh its repeated ones the most, so that a label
    between two paragraphs belongs to it and a menu beside it does not. What lies next to it and
    is clearly rarer than the frame belongs to it as well, and so does running text that leads
    straight into its first running text.
    """
    weights = [_weight(line, share) for line, share in zip(page.lines, shares, strict=True)]
    start, end = _heaviest(weights)
    outside = sorted(share for at, share in enumerate(shares) if share and not start <= at < end)
    typical = outside[len(outside) // 2] if outside else 0.0
    while start > 0 and shares[start - 1] < _FRINGE * typical:
        start -= 1
    while end < len(shares) and shares[end] < _FRINGE * typical:
        end += 1
    lines = page.lines
    while start > 0 and _leads(lines[start - 1], lines[start]):
        start -= 1
    return Frame(shares, range(start, end))


def _weight(line: Line, share: float) -> float:
    """What a block says for the body, or against it; repeated code and tables say nothing."""
    words = max(line.words, 1)
    if not share:
        return words
    if line.kind in VERBATIM:
        return 0
    return -(_WEIGHT * words + _WEIGHT_OF_A_BLOCK) * share**_POWER


def _leads(line: Line, into: Line) -> bool:
    """A sentence leads into running text, a colon or "Ingredients" into whatever comes."""
    if line.ending is LEAD or line.hit("body"):
        return True
    return into.is_prose and line.is_prose and not line.is_furniture and not line.is_aside


def _heaviest(weights: Sequence[float]) -> tuple[int, int]:
    """The stretch with the greatest sum, the first of equals; in one pass."""
    best, found = 0.0, (0, 0)
    total, start = 0.0, 0
    for at, weight in enumerate(weights):
        total += weight
        if total <= 0:
            total, start = 0.0, at + 1
        elif total > best:
            best, found = total, (start, at + 1)
    return found
