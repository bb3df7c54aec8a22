from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import Caption
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


@given(documents(), st.integers(1, 130), st.integers(1, 130))
def test_a_higher_max_words_never_removes_less(document: Document, one: int, other: int) -> None:
    is_monotone(Caption, "max_words", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(Caption(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [FERRY, "Figure 2 shows how the water rose in the three hours after midnight.", CROWD],
        [
            FERRY,
            "Photography was his trade, and the pier his favourite subject for forty years.",
            CROWD,
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(Caption(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in Caption().judge(
            page("Ferry returns", "Photo: The ferry on its first day", FERRY)
        )
    ]
    assert found == [(1, "starts with the label 'photo'")]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Caption(**{option: value})  # type: ignore[arg-type]
