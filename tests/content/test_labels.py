"""Targets by hand, and the alignment against a plain table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.content.labels import align, targets

words = st.lists(st.integers(0, 4), max_size=14)


@pytest.mark.parametrize(
    ("blocks", "gold", "expected"),
    [
        (["Home", "The ferry is back.", "Home"], "The ferry is back", [0, 1, 0]),
        (["The ferry", "is gone"], "the FERRY is back", [1, 0.5]),
        (["a b c d e f", "u v w x y z"], "u v w x y z a b c d e f", [1, 1]),
        (["a b c", "u v w x y z"], "u v w x y z a b c", [0, 1]),
        (["Nothing"], "", [0]),
        (["…"], "some gold", [0]),
        ([], "some gold", []),
    ],
)
def test_targets_by_hand(blocks: list[str], gold: str, expected: list[float]) -> None:
    assert targets(blocks, gold).tolist() == pytest.approx(expected)


def test_a_phrase_is_worth_more_than_its_words_apart() -> None:
    blocks = ["the menu", "of the day", "the", "day", "of the day in town"]
    assert targets(blocks, "of the day in town").tolist() == [0, 0, 0, 0, 1]


@given(words, words)
def test_the_alignment_is_the_best_there_is(page: list[int], gold: list[int]) -> None:
    matched = align(np.array(page, np.int64), np.array(gold, np.int64)).tolist()
    places = [place for place in matched if place >= 0]
    assert places == sorted(set(places))
    assert all(gold[place] == page[at] for at, place in enumerate(matched) if place >= 0)
    assert _worth(matched) == pytest.approx(_best(page, gold))


def _worth(matched: list[int]) -> float:
    pairs = zip([-2, *matched], matched, strict=False)
    return sum(1.6 if here == last + 1 and last >= 0 else 1 for last, here in pairs if here >= 0)


def _best(page: list[int], gold: list[int]) -> float:
    size = len(gold) + 1
    best, ending = [0.0] * size, [float("-inf")] * size
    for word in page:
        fresh, chain = [0.0] * size, [float("-inf")] * size
        for at, wanted in enumerate(gold, 1):
            if word == wanted:
                chain[at] = max(best[at - 1] + 1, ending[at - 1] + 1.6)
            fresh[at] = max(best[at], fresh[at - 1], chain[at])
        best, ending = fresh, chain
    return best[-1]
