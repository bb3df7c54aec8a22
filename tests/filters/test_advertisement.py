from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import Advertisement
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
    is_monotone(Advertisement, "max_words", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(Advertisement(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            FERRY,
            "Advertising pays for the lamp, says the harbour office, as it has since 1974.",
            CROWD,
        ],
        [
            "Advertisement for a ship's cook, printed in 1893, on the wall of the inn.",
            FERRY,
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(Advertisement(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because) for one in Advertisement().judge(page(FERRY, "Advertisement", CROWD))
    ]
    assert found == [(1, "is 'advertisement'")]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Advertisement(**{option: value})  # type: ignore[arg-type]
