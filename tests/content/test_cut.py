"""The cut is the best one there is."""

from __future__ import annotations

from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.content.cut import lowest_kept, together

blocks = st.lists(
    st.tuples(st.floats(1 / 64, 1, width=32), st.integers(1, 50)), min_size=1, max_size=8
)


def expected_f1(kept: tuple[bool, ...], page: list[tuple[float, int]], leaning: float) -> float:
    found = sum(p * words for (p, words), keep in zip(page, kept, strict=True) if keep)
    size = sum(words for (_, words), keep in zip(page, kept, strict=True) if keep)
    return 2 * found / (size + leaning * sum(p * words for p, words in page))


@given(blocks, st.sampled_from([0.5, 1.0, 2.0]))
def test_no_other_choice_of_blocks_expects_more(
    page: list[tuple[float, int]], leaning: float
) -> None:
    least = lowest_kept(*_columns(page), leaning)
    found = expected_f1(tuple(float(np.float32(p)) >= least for p, _ in page), page, leaning)
    every = product([False, True], repeat=len(page))
    assert found == pytest.approx(max(expected_f1(kept, page, leaning) for kept in every), rel=1e-5)


@given(blocks, st.floats(0.1, 3), st.floats(0.1, 3))
def test_a_greater_leaning_never_keeps_less(
    page: list[tuple[float, int]], one: float, other: float
) -> None:
    low, high = sorted((one, other))
    assert lowest_kept(*_columns(page), high) <= lowest_kept(*_columns(page), low)


def _columns(page: list[tuple[float, int]]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([p for p, _ in page], np.float32), np.array([w for _, w in page], np.float32)


@given(
    st.lists(
        st.tuples(st.floats(0, 1, width=32), st.integers(1, 40), st.integers(0, 2)), min_size=1
    )
)
def test_only_runs_of_short_look_alikes_are_judged_together(
    page: list[tuple[float, int, int]],
) -> None:
    likely, words = _columns([(p, w) for p, w, _ in page])
    groups = np.array([group for _, _, group in page])
    found = together(likely, words, groups, np.zeros(len(page), np.int64))
    for _, run in groupby(range(len(page)), key=lambda at: groups[at]):
        rows = list(run)
        if len(rows) >= 3 and words[rows].mean() <= 12:
            assert np.ptp(found[rows]) == 0
            assert likely[rows].min() - 1e-6 <= found[rows[0]] <= likely[rows].max() + 1e-6
        else:
            assert found[rows].tolist() == likely[rows].tolist()
