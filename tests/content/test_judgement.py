"""What follows from the likelihoods of a text's blocks."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Record, page, segment
from cleancorpus.content.inputs import grouped
from cleancorpus.content.judge import Judge
from cleancorpus.content.judgement import Judgement
from cleancorpus.content.text_features import read_text_features

LINES = (
    "Home",
    "Ferry returns to harbour",
    "Mortgage calculator",
    "12 May 2024",
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
    "Passengers at the harbour queued before dawn, some of them with bicycles and dogs.",
    "Ferry prices for passengers",
    "The ferry returns to the harbour every forty minutes when the sea is calm and clear.",
)
LIKELY = (0.1, 0.1, 0.1, 0.1, 0.9, 0.9, 0.1, 0.8)


def judged(likely: tuple[float, ...] = LIKELY, lines: tuple[str, ...] = LINES) -> Judgement:
    document = segment(Record("\n".join(lines), media="text"))
    features = read_text_features(document, page.read(document))
    return Judgement(features, np.array(likely, np.float32), cast("Judge", None))


def test_the_title_is_the_line_over_the_text_whose_words_the_text_uses() -> None:
    judgement = judged()
    assert judgement.headlines(judgement.kept(1), gap=8) == [1]


def test_a_deck_beside_the_title_is_one_too() -> None:
    deck = ("Home", "Passengers of the ferry queued", *LINES[1:2], *LINES[3:])
    judgement = judged(LIKELY, deck)
    assert sorted(judgement.headlines(judgement.kept(1), gap=8)) == [1, 2]


def test_a_title_further_up_than_the_gap_is_none() -> None:
    judgement = judged()
    assert judgement.headlines(judgement.kept(1), gap=2) == [1]
    assert judgement.headlines(judgement.kept(1), gap=1) == []


def test_the_page_s_own_address_is_no_title() -> None:
    address = ("https://example.org/ferry-returns-to-the-harbour-every-forty-minutes",)
    judgement = judged(LIKELY, (*LINES[:2], *address, *LINES[3:]))
    assert judgement.headlines(judgement.kept(1), gap=8) == [1]


def test_a_timetable_of_unsure_lines_begins_the_text() -> None:
    times = ("9:15 Monday from the harbour to the islands, with cars and lorries",) * 3
    lines = ("Home", "Timetable of the harbour", "Print", *times, LINES[4])
    judgement = judged((0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 0.9), lines)
    assert 1 in judgement.headlines(judgement.kept(5), gap=8)


def test_a_caption_that_goes_does_not_hide_the_title_over_it() -> None:
    caption = "Photo: the ferry at the harbour, seen from the pier with its passengers on deck"
    judgement = judged((0.1, 0.1, 0.25, 0.9, 0.9), (*LINES[:2], caption, *LINES[4:6]))
    assert judgement.headlines(np.arange(5) > 2, gap=8) == [1]


def test_a_notice_above_all_that_may_be_a_title_does_not_begin_the_text() -> None:
    notice = "Our bank lends money to people who build houses, and asks for little in return now."
    judgement = judged((0.8, *LIKELY), (notice, *LINES))
    assert judgement.headlines(judgement.kept(9), gap=8) == [2]


def test_there_is_no_title_over_text_that_goes() -> None:
    judgement = judged()
    assert judgement.headlines(np.zeros(len(LINES), bool), gap=8) == []


@given(
    st.lists(st.floats(0, 1, width=16), min_size=len(LINES), max_size=len(LINES)),
    st.floats(0.1, 9),
    st.floats(0.1, 9),
)
def test_a_title_that_stays_stays_when_more_is_kept(
    likely: list[float], one: float, other: float
) -> None:
    judgement = judged(tuple(likely))
    few, many = (judgement.kept(leaning) for leaning in sorted((one, other)))
    more = judgement.headlines(many, gap=8)
    assert all(many[at] or at in more for at in judgement.headlines(few, gap=8))


def test_the_expected_boilerplate_counts_words() -> None:
    words = np.array([len(line.split()) for line in LINES])
    expected = float((1 - np.array(LIKELY)) @ words / words.sum())
    assert judged().boilerplate == pytest.approx(expected, abs=1e-6)


def test_a_short_line_stays_at_a_likelihood_at_which_a_long_one_goes() -> None:
    lines = ("Three", LINES[5], *LINES[4:5], LINES[7], "Home")
    judgement = judged((0.1, 0.1, 0.9, 0.9, 0.1), lines)
    assert np.flatnonzero(judgement.kept(1)).tolist() == [2, 3]
    assert np.flatnonzero(judgement.kept(1, line_worth=1)).tolist() == [0, 2, 3]


def test_in_a_text_without_any_content_no_line_is_worth_anything() -> None:
    judgement = judged((0.0,) * len(LINES))
    assert judgement.kept(1, line_worth=1).tolist() == judgement.kept(1).tolist()


def test_running_text_goes_on_near_running_text_that_stays() -> None:
    last = "The pier is open to walkers again, says the harbour office, from the first of May."
    away = "Our bank lends money to people who build houses, and asks for little in return now."
    lines = (*LINES[4:6], "Ad", "Ad", last, *("Home", "News", "Sport", "Jobs"), away)
    judgement = judged((0.1,) * len(lines), lines)
    first = np.arange(len(lines)) == 0
    assert np.flatnonzero(judgement.going_on(first)).tolist() == [0, 1, 4]
    assert np.flatnonzero(judgement.going_on(np.roll(first, 1))).tolist() == [1, 4]
    assert not judgement.going_on(np.roll(first, 2)).any()


def test_a_prompt_goes_on_with_nothing() -> None:
    prompt = "Subscribe to our newsletter, and it comes to you by post."
    lines = (*LINES[4:6], prompt, LINES[7], *LINES[:3])
    found = judged((0.1,) * len(lines), lines).going_on(np.arange(len(lines)) == 0)
    assert np.flatnonzero(found).tolist() == [0, 1, 3]


def test_the_rest_of_a_list_that_mostly_stays_does_so_but_for_what_is_unlikely() -> None:
    judgement = judged((0.9, 0.9, 0.9, 0.9, 0.9, 0.3, 0.1, 0.3))
    keys = np.array([1, 1, 1, 1, 1, 1, 1, 2])
    listed = replace(judgement, features=replace(judgement.features, groups=grouped(keys)))
    kept = judgement.probabilities > 0.5
    assert listed.alike(kept).tolist() == [True] * 6 + [False] * 2
    kept[3] = False
    assert not listed.alike(kept).any()
