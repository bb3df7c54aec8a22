"""What the features of a page promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import as_matrix
from cleancorpus.content.names import HTML, LEVELS
from cleancorpus.content.tree import container_path, meeting, read_tree

SEEDS = range(30)

Drawn = Callable[[int], Any]
PageOf = Callable[[Any], Any]


def value(matrix: np.ndarray[Any, Any], block: int, name: str) -> float:
    at = HTML.features.index(name)
    found = float(matrix[block, at])
    return float(np.expm1(found)) if at in HTML.logged else found


@pytest.mark.parametrize("seed", SEEDS)
def test_features_are_finite_and_the_same_twice(drawn: Drawn, seed: int) -> None:
    first, second = (as_matrix(read_features(drawn(seed))) for _ in range(2))
    assert first.shape == (len(drawn(seed).text), len(HTML.features))
    assert np.isfinite(first).all()
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("seed", SEEDS)
def test_sums_over_containers_are_what_adding_up_gives(drawn: Drawn, seed: int) -> None:
    page = drawn(seed)
    matrix = as_matrix(read_features(page))
    words = [text.count(" ") + 1 for text in page.text]
    path = container_path(read_tree(page.elements), np.array(page.element))
    for block in range(len(words)):
        for level in range(1, LEVELS + 1):
            inside = [at for at in range(len(words)) if _holds(page, path[level, block], at)]
            share = sum(words[at] for at in inside) / sum(words)
            assert value(matrix, block, f"container{level}_share") == pytest.approx(share, abs=1e-5)
            blocks = value(matrix, block, f"container{level}_blocks")
            assert blocks == pytest.approx(len(inside), rel=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", [2, 5, 12])
def test_windows_are_what_adding_up_gives(drawn: Drawn, seed: int, size: int) -> None:
    page = drawn(seed)
    matrix = as_matrix(read_features(page))
    words = [text.count(" ") + 1 for text in page.text]
    for block in range(len(words)):
        near = words[max(0, block - size) : block + size + 1]
        found = value(matrix, block, f"window{size}_words")
        assert found == pytest.approx(sum(near) / len(near), rel=1e-4)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_meeting_is_the_first_container_around_both(drawn: Drawn, seed: int) -> None:
    page = drawn(seed)
    tree = read_tree(page.elements)
    start = int(page.element[len(page.element) // 2])
    climbs, places = meeting(tree, start, len(page.text))
    for block, (climb, place) in enumerate(zip(climbs, places, strict=True)):
        element, steps = start, 0
        while not _holds(page, element, block) and element:
            element, steps = int(tree.outer[element]), steps + 1
        assert (steps, element) == (climb, place)


def test_bits_gather_from_all_elements_around(page_of: PageOf) -> None:
    page = page_of(("body", "", [("nav", "main-Menu", [("div", "", [("p", "", ["Home"])])])]))
    matrix = as_matrix(read_features(page))
    assert value(matrix, 0, "above_<nav>") == 1
    assert value(matrix, 0, "above_navigation") == 1
    assert value(matrix, 0, "above_main") == 1
    assert value(matrix, 0, "near_navigation") == 1
    assert value(matrix, 0, "above_footer") == 0


def test_shares_count_characters_by_class(page_of: PageOf) -> None:
    matrix = as_matrix(read_features(page_of(("body", "", ["Öl, 12 𝔘 話。", "b"]))))
    assert value(matrix, 0, "words") == pytest.approx(4)
    assert value(matrix, 0, "marks") == pytest.approx(2)
    assert value(matrix, 0, "digits") == pytest.approx(2 / 11)
    assert value(matrix, 0, "sentence_end") == 1
    assert value(matrix, 1, "sentence_end") == 0


def test_a_giant_block_costs_no_overflow(page_of: PageOf) -> None:
    matrix = as_matrix(read_features(page_of(("body", "", ["a " * 100_000 + "a", "b"]))))
    assert value(matrix, 0, "words") == pytest.approx(100_001, rel=1e-3)
    assert value(matrix, 0, "marks") == 0


def test_signed_distances_keep_their_side(page_of: PageOf) -> None:
    page = page_of(("body", "", ["before", ("h1", "", ["Title"]), "after"]))
    matrix = as_matrix(read_features(page))
    at = HTML.features.index("blocks_from_headline")
    assert at in HTML.signed
    assert np.sign(matrix[:, at]).tolist() == [-1, 0, 1]


def _holds(page: Any, element: int, block: int) -> bool:  # noqa: ANN401 - a fixture's table
    inside = int(page.element[block])
    while inside not in (-1, element):
        inside = page.elements.parent[inside]
    return inside == element
