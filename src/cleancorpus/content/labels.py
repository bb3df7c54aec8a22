"""Soft targets for training: how much of each block the gold text holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_FOLLOWS: Final = 1.6  # worth of a match right after a match: phrases hang together
_NOWHERE: Final = np.float32(-1e9)
_RUN: Final = 5  # words in a row that tell reordered text from chance
_LEAST_RUN_SHARE: Final = 0.5  # of a block's words in such runs; less is chance
_MOST_CELLS: Final = 2_000_000_000  # of an alignment; a giant page is aligned by its runs alone
_STORED_CELLS: Final = 32_000_000  # a byte each: so many are kept and not computed twice
_WORD = re.compile(r"\w+")

_RIGHT, _MATCH, _FOLLOWED = 1, 2, 4


def words_of(text: str) -> list[str]:
    """The words as the measure of main content counts them."""
    return _WORD.findall(text.lower())


def targets(blocks: Sequence[str], gold: str) -> Floats:
    """For each block the share of its words that the gold text holds, 0 to 1.

    Words are aligned in order; a block that the alignment leaves out counts too when runs of
    its words stand elsewhere in the gold text (which many gold texts reorder).

    Example:
        >>> targets(["Home News", "The ferry is back .", "Home"], "The ferry is back").tolist()
        [0.0, 1.0, 0.0]
    """
    codes: dict[str, int] = {}
    pages = [[codes.setdefault(word, len(codes)) for word in words_of(text)] for text in blocks]
    page = np.array([word for words in pages for word in words], np.int64)
    wanted = np.array([codes.setdefault(word, len(codes)) for word in words_of(gold)], np.int64)
    matched = align(page, wanted)
    starts = np.cumsum([0, *map(len, pages)], dtype=np.int64)
    found = np.cumsum([0, *(matched >= 0)])
    shares = (found[starts[1:]] - found[starts[:-1]]) / np.maximum(np.diff(starts), 1)
    _add_reordered(shares, pages, wanted, matched)
    return np.asarray(shares, np.float32)


def align(page: Ints, gold: Ints) -> Ints:
    """For each word of the page the place of its match in the gold text, or -1.

    The longest common subsequence in which a match that follows a match weighs more. Rows are
    page words; of a large alignment they are kept at every square root of their number and
    computed again on the way back, so that memory grows with the gold text times that root and
    not with the page.
    """
    if np.array_equal(page, gold):
        return np.arange(len(page))
    matched = np.full(len(page), -1, np.int64)
    rows = np.flatnonzero(np.isin(page, gold))
    if not len(rows) or len(rows) * len(gold) > _MOST_CELLS:
        return matched
    places = {int(word): np.flatnonzero(gold == word) + 1 for word in np.unique(page[rows])}
    hits = [places[int(word)] for word in page[rows]]
    follows = np.diff(rows, prepend=-2) == 1
    is_small = len(rows) * len(gold) <= _STORED_CELLS
    step = len(rows) if is_small else int(len(rows) ** 0.5) + 1
    state = (np.zeros(len(gold) + 1, np.float32), np.full(len(gold) + 1, _NOWHERE))
    saved = []
    for at in range((len(rows) - 1) // step * step + 1):
        if at % step == 0:
            saved.append(state)
        state = _row(state, hits[at], bool(follows[at]))[:2]
    column, chained = len(gold), False
    for band in range(len(saved) - 1, -1, -1):
        first = band * step
        last = min(first + step, len(rows))
        flags = list(_flags(saved[band], hits[first:last], follows[first:last]))
        for at in range(last - 1, first - 1, -1):
            column, hit, chained = _back(flags[at - first], column, chained)
            if hit:
                matched[rows[at]] = column
    return matched


def _row(state: tuple[Floats, Floats], hits: Ints, follows: bool) -> tuple[Floats, Floats, Floats]:
    """The best score up to each gold word, those that end in a match here, what following gains."""
    best, ending = state
    here = np.full(len(best), _NOWHERE)
    fresh = best[hits - 1] + np.float32(1)
    chain = ending[hits - 1] + np.float32(_FOLLOWS) if follows else np.full(len(hits), _NOWHERE)
    here[hits] = np.maximum(fresh, chain)
    return np.maximum.accumulate(np.maximum(best, here)), here, chain - fresh


def _flags(
    state: tuple[Floats, Floats], hits: Sequence[Ints], follows: NDArray[np.bool_]
) -> Iterator[NDArray[np.uint8]]:
    """For each row the step that leads back from each of its cells."""
    for places, follow in zip(hits, follows, strict=True):
        above = state[0]
        best, here, gain = _row(state, places, bool(follow))
        flags = np.zeros(len(best), np.uint8)
        flags[1:][best[1:] == best[:-1]] = _RIGHT
        flags[(best > above) & (flags == 0)] = _MATCH
        equal = places[(here[places] >= best[places])]
        flags[equal] = _MATCH
        flags[places[gain >= 0]] |= _FOLLOWED
        state = (best, here)
        yield flags


def _back(flags: NDArray[np.uint8], column: int, chained: bool) -> tuple[int, bool, bool]:
    """Step back through one row: the column left of it, whether it matched, whether one follows."""
    while column > 0:
        flag = int(flags[column])
        if chained or flag & _MATCH:
            return column - 1, True, bool(flag & _FOLLOWED)
        if not flag & _RIGHT:
            break
        column -= 1
    return column, False, False


def _add_reordered(
    shares: NDArray[np.float64], pages: Sequence[Sequence[int]], gold: Ints, matched: Ints
) -> None:
    """Raise the share of blocks whose runs of words stand in a part of the gold left over."""
    used = np.zeros(len(gold), bool)
    used[matched[matched >= 0]] = True
    words = gold.tolist()
    left: dict[tuple[int, ...], list[int]] = {}
    for at in range(len(words) - _RUN + 1):
        if not used[at : at + _RUN].any():
            left.setdefault(tuple(words[at : at + _RUN]), []).append(at)
    if not left:
        return
    for at, block in enumerate(pages):
        if len(block) < _RUN or shares[at] >= _LEAST_RUN_SHARE:
            continue
        covered = np.zeros(len(block), bool)
        runs = [tuple(block[k : k + _RUN]) for k in range(len(block) - _RUN + 1)]
        free = [
            next((s for s in left.get(run, ()) if not used[s : s + _RUN].all()), -1) for run in runs
        ]
        for k, start in enumerate(free):
            if start >= 0:
                covered[k : k + _RUN] = True
        if covered.mean() >= max(_LEAST_RUN_SHARE, shares[at]):
            shares[at] = covered.mean()
            for start in free:
                if start >= 0:
                    used[start : start + _RUN] = True
