from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import LegalFooter
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
    is_monotone(LegalFooter, "max_words", "more")(document, one, other)


@given(documents(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_max_topic_share_never_removes_less(
    document: Document, one: float, other: float
) -> None:
    is_monotone(LegalFooter, "max_topic_share", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(LegalFooter(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Terms of the licence",
            "Copyright holders grant to everyone the right to use and change the work.",
            "All rights reserved is what the old licence said, and the new one gives them away.",
            "The terms of use bind whoever uses the work, and the copyright notice must stay.",
        ],
        [
            FERRY,
            "Write to the harbour office, 12 Pier Road, if the ferry was late that day.",
            CROWD,
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(LegalFooter(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in LegalFooter().judge(
            page(FERRY, CROWD, "© 2025 Harbour Post. All rights reserved.")
        )
    ]
    assert found == [(2, "a copyright sign, 6 words, after the body")]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
    ("max_topic_share", 1.5, "max_topic_share is a share and must lie between 0 and 1, not 1.5"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        LegalFooter(**{option: value})  # type: ignore[arg-type]
