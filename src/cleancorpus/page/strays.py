"""Lines that read like content and of which their place tells that they are something else."""

from __future__ import annotations

from typing import Final

from cleancorpus.page.layout import Page

_LEAST_WORDS: Final = 8  # of a copy; a shorter line may stand twice by chance
_HEAD_LINES: Final = 4  # headline, deck, and what may stand between them
_BESIDE: Final = 2  # lines
_MOST_SHARE: Final = 0.2  # of the words; no gold text of half of the sites repeats more
_HEADLINE_WORDS: Final = 4


def strays(page: Page) -> frozenset[int]:
    """Copies where nobody quotes, and headlines behind the text.

    Both are sentences of an article, this one's or another's. Whoever quotes a paragraph again to
    say more about it writes something in between, and seldom quotes the head of the text.
    """
    return _copies(page) | _headlines(page)


def _copies(page: Page) -> frozenset[int]:
    """Copies of a deck, copies right beside their first, and a text delivered twice."""
    if not page.repeated:
        return frozenset()
    lines, first = page.lines, dict[str, int]()
    copies: dict[int, int] = {}
    for at, line in enumerate(lines):
        if line.key in page.repeated and line.words >= _LEAST_WORDS:
            original = first.setdefault(line.key, at)
            if original != at:
                copies[at] = original
    repeated = sum([lines[at].words for at in copies])
    is_twice = repeated > _MOST_SHARE * sum([line.words for line in lines])
    return frozenset(
        at
        for at, original in copies.items()
        if is_twice or original < _HEAD_LINES or at - original <= _BESIDE
    )


def _headlines(page: Page) -> frozenset[int]:
    if not page.body:
        return frozenset()
    return frozenset(
        at
        for at in range(page.body.stop, len(page.lines))
        if page.lines[at].words >= _HEADLINE_WORDS and not page.lines[at].is_prose
    )
