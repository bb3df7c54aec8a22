"""What the default chain still takes from an article that is clean but for a few lines."""

from __future__ import annotations

import pytest

from cleancorpus import clean, default_chain

TITLE = "Council keeps the swimming pool open"
DECK = (
    "The town council voted on Monday night to keep the outdoor swimming pool open for at least "
    "three more summers, after a debate that went on until midnight."
)
BODY = (
    (
        "Repairs to the roof and the heating will cost about two million pounds, of which the "
        "county pays a little less than half, and the town will borrow what is left."
    ),
    (
        "Campaigners who had filled the public gallery cheered when the result was read out, and "
        "some said they would swim in May, whatever the weather was like."
    ),
    (
        "The architect showed drawings of a new entrance, with a ramp in place of the stairs and a "
        "kiosk that stays open in winter, when the pool itself is covered."
    ),
    (
        "Work begins in October, once the season is over, and the pool opens again on the first "
        "Saturday of the following April, with a race across its whole length."
    ),
    (
        "Members of the swimming club, which is older than the pool, said that they had never seen "
        "so many people in the gallery, and thanked all who had written letters."
    ),
)


def taken(*lines: str) -> list[tuple[int, str]]:
    document = clean("\n".join(lines), media="text")
    return [(removal.at, removal.filter) for removal in document.removals]


def test_the_article_itself_stays() -> None:
    assert taken(TITLE, DECK, *BODY) == []


@pytest.mark.parametrize(("line", "name"), [
    ("By Ada Marsh", "byline"),
    ("Published: March 12, 2024 06:40 AM", "byline"),
    ("Advertisement", "advertisement"),
])  # fmt: skip
def test_a_line_of_residue_over_the_text_goes(line: str, name: str) -> None:
    assert taken(TITLE, line, DECK, *BODY) == [(1, name)]


@pytest.mark.parametrize(("line", "name"), [
    ("Share on Facebook", "share-prompt"),
    ("All rights reserved.", "legal-footer"),
    ("Leave a reply", "comment"),
])  # fmt: skip
def test_a_line_of_residue_under_the_text_goes(line: str, name: str) -> None:
    assert taken(TITLE, DECK, *BODY, line) == [(7, name)]


def test_a_deck_that_returns_in_the_text_goes() -> None:
    assert taken(TITLE, DECK, *BODY[:3], DECK, *BODY[3:]) == [(5, "duplicate-paragraph")]


def test_a_copy_right_under_its_paragraph_goes() -> None:
    twice = (*BODY[:4], BODY[3], BODY[4])
    assert taken(TITLE, DECK, *twice) == [(6, "duplicate-paragraph")]


def test_a_text_delivered_twice_stays_once() -> None:
    assert [at for at, _ in taken(TITLE, DECK, *BODY, *BODY)] == [7, 8, 9, 10, 11]


def test_a_paragraph_that_the_text_quotes_again_stays() -> None:
    clause = (
        "The pool is open to all who live in the town, in every season in which there is no ice "
        "on it, and nobody pays more for it than the price of a loaf."
    )
    first = (*BODY[:2], "The bylaw of 1921 puts it in one sentence, written by hand:", clause)
    again = ("The bylaw of 1956 has the same sentence, word by word, in print:", clause)
    lines = (TITLE, DECK, *first, *BODY[2:4], *again, BODY[4])
    document = clean("\n".join(lines), chain=default_chain().without("main-content"))
    assert [removal.at for removal in document.removals] == [9]
    assert taken(*lines) == []
