from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import NavigationList
from cleancorpus.testing import documents, is_monotone, removed

FERRY = (
    "The ferry is back in port, and it carries cars again after nine days of storms in the strait."
)
CROWD = (
    "Passengers cheered when the gangway came down, and the harbour office promised a second boat."
)
PIER = (
    "Nobody was hurt when the old pier broke in March, but the mending of it took until the summer."
)


def page(*lines: str) -> Document:
    return segment(Record("".join(f"{line}\n" for line in lines), media="text"))


@given(documents(), st.integers(1, 12), st.integers(1, 12))
def test_a_higher_min_entries_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(NavigationList, "min_entries", "fewer")(document, one, other)


@given(documents(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_min_score_never_removes_more(
    document: Document, one: float, other: float
) -> None:
    is_monotone(NavigationList, "min_score", "fewer")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(NavigationList(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Barley soup",
            FERRY,
            "Ingredients",
            "• 150 g pearl barley",
            "• 2 onions",
            "• 1 carrot",
            CROWD,
        ],
        [FERRY, "Three ships were lost in the storm:", "Anna", "Northern Star", "Good Hope", CROWD],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(NavigationList(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    last = list(NavigationList().judge(page(FERRY, CROWD, "Home", "About us", "Contact")))[-1]
    assert last.because == "one of 3 short lines after the body, 3 of them menu words; is 'contact'"


@pytest.mark.parametrize(("option", "value", "message"), [
    ("min_entries", 0, "min_entries must be at least 1, not 0"),
    ("min_score", 1.5, "min_score is a share and must lie between 0 and 1, not 1.5"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        NavigationList(**{option: value})  # type: ignore[arg-type]
