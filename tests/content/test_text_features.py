"""What the features of a text promise."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from cleancorpus import Document, Record, page, segment
from cleancorpus.content.compiled import compiled
from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.content.text_features import read_text_features
from cleancorpus.content.text_names import SPANS, TEXT, WINDOWS
from cleancorpus.testing import documents

MENU = "Home\nNews\nSport\nContact us\n"
STORY = (
    "Ferry returns to the harbour\n"
    "The ferry came back on Monday after nine days of storms, and it carries cars again.\n"
    "Passengers queued along the pier before dawn, some of them with bicycles and dogs.\n"
    "The crossing takes forty minutes when the sea is calm, and an hour when it is not.\n"
)
SOURCE = f"{MENU}{STORY}Share this\nHome\n"


def features_of(source: str, media: str = "text") -> Features:
    document = segment(Record(source, media=media))
    return read_text_features(document, page.read(document))


def column(features: Features, name: str) -> list[float]:
    """A feature of all blocks, counts as counts."""
    at = TEXT.features.index(name)
    found = as_matrix(features)[:, at]
    return [float(value) for value in (np.expm1(found) if at in TEXT.logged else found)]


@given(documents())
def test_features_are_finite_and_the_same_twice(document: Document) -> None:
    if document.media == "html" or not document.blocks:
        return
    first, second = (as_matrix(read_text_features(document, page.read(document))) for _ in range(2))
    assert first.shape == (len(document.blocks), len(TEXT.features))
    assert np.isfinite(first).all()
    assert first.tobytes() == second.tobytes()


@pytest.mark.parametrize("size", WINDOWS)
def test_windows_are_what_adding_up_gives(size: int) -> None:
    features = features_of(SOURCE * 5)
    words = [len(line.split()) for line in (SOURCE * 5).splitlines()]
    for at, found in enumerate(column(features, f"window{size}_words")):
        near = words[max(0, at - size) : at + size + 1]
        assert found == pytest.approx(sum(near) / len(near), rel=1e-4)


def test_phrases_shape_and_findings_are_told() -> None:
    features = features_of(SOURCE)
    assert column(features, "is_share_phrase") == [0, 0, 0, 0, 0, 0, 0, 0, 1, 0]
    assert column(features, "is_prose") == [0, 0, 0, 0, 0, 1, 1, 1, 0, 0]
    assert column(features, "sentence_end") == [0, 0, 0, 0, 0, 1, 1, 1, 0, 0]
    assert column(features, "capital_words")[3] == pytest.approx(1 / 2)
    assert column(features, "copies") == pytest.approx([2, 1, 1, 1, 1, 1, 1, 1, 1, 2])
    assert column(features, "begins_capital") == [1] * 10


def test_a_run_of_short_lines_and_a_title_begin_sections() -> None:
    features = features_of(SOURCE)
    starts = features.begin[-1].tolist()
    assert starts == [0, 0, 0, 0, 4, 4, 4, 4, 4, 4]
    assert features.end[-1].tolist() == [4, 4, 4, 4, 10, 10, 10, 10, 10, 10]
    assert column(features, "run_blocks") == pytest.approx([5, 5, 5, 5, 5, 0, 0, 0, 2, 2])


def test_headings_of_markdown_begin_sections_and_the_first_is_the_headline() -> None:
    source = f"[Home](/)\n\n# Ferry returns\n\n{STORY}\n## Fares\n\n- Adults 4\n"
    features = features_of(source, "markdown")
    assert features.headline == 1
    assert column(features, "section_first") == [1, 1, 0, 1, 0]
    assert column(features, "link_share")[:2] == [1, 0]
    assert column(features, "is_heading") == [0, 1, 0, 1, 0]


def test_the_line_over_the_running_text_is_the_headline() -> None:
    assert features_of(SOURCE).headline == 4


def test_spans_reach_as_far_as_they_say() -> None:
    features = features_of(SOURCE * 10)
    for span, size in enumerate(SPANS):
        assert features.begin[span][50] == max(50 - size, 0)
        assert features.end[span][50] == min(51 + size, 100)
        assert features.begin[span][0] == 0


def test_empty_lines_are_seen() -> None:
    features = features_of("One line here\n\n\nAnother line\nA third\n")
    assert column(features, "gap_before") == [0, 2, 0]
    assert column(features, "gap_after") == [2, 0, 0]


def test_characters_count_where_nothing_parts_words() -> None:
    features = features_of("渡轮星期一恢复航行。\nThe ferry came back.\n")
    assert column(features, "words") == pytest.approx([5, 4], rel=1e-4)


def test_a_line_whose_words_the_text_uses_is_told_from_one_whose_words_it_does_not() -> None:
    features = features_of(f"{STORY}Ferry passengers\nMortgage calculator\n")
    assert column(features, "known_share")[-2:] == [1, 0]


def test_a_line_does_not_use_its_own_words() -> None:
    odd = "Mortgage rates fell once more in March, says the bank that lends most money here."
    assert column(features_of(f"{STORY}{odd}\n"), "known_share")[-1] == 0
    assert column(features_of(f"{STORY}{odd}\n{odd}\n"), "known_share")[-1] == 1


def test_capitals_count_where_words_begin() -> None:
    assert column(features_of("the McDonald House\nand more\n"), "capital_words") == [
        pytest.approx(2 / 3),
        0,
    ]


def test_python_counts_where_the_twin_is_not_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = as_matrix(features_of(SOURCE))
    monkeypatch.setenv("CLEANCORPUS_WALK", "python")
    compiled.cache_clear()
    assert compiled() is None
    assert as_matrix(features_of(SOURCE)).tobytes() == expected.tobytes()
    monkeypatch.undo()
    compiled.cache_clear()
