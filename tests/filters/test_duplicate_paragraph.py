from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import DuplicateParagraph
from cleancorpus.measures import shown, tokens
from cleancorpus.testing import documents, is_monotone, removed

FERRY = (
    "The ferry is back in port, and it carries cars again after nine days of storms in the strait."
)
CROWD = (
    "Passengers cheered when the gangway came down, and the harbour office promised a second boat."
)
LAMP = (
    "The lamp at the north pier was lit again on Monday, eleven weeks after a storm had broken "
    "the glass and left the fishing boats without a light."
)
PIER = (
    "Nobody was hurt when the old pier broke in March, but the mending of it took until the summer."
)


def page(*lines: str) -> Document:
    return segment(Record("".join(f"{line}\n" for line in lines), media="text"))


@given(documents(), st.integers(1, 130), st.integers(1, 130))
def test_a_higher_min_words_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(DuplicateParagraph, "min_words", "fewer")(document, one, other)


@given(documents(), st.integers(2, 9), st.integers(2, 9))
def test_a_higher_min_run_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(DuplicateParagraph, "min_run", "fewer")(document, one, other)


@given(documents(), st.integers(2, 9), st.integers(2, 9))
def test_a_higher_max_times_never_removes_less(document: Document, one: int, other: int) -> None:
    is_monotone(DuplicateParagraph, "max_times", "more")(document, one, other)


def test_what_stands_on_the_page_many_times_is_repeated_on_purpose() -> None:
    offers = [line for number in range(4) for line in (f"Offer {number}: {CROWD}", LAMP)]
    assert removed(DuplicateParagraph(), page(*offers)) == set()
    assert removed(DuplicateParagraph(), page(*offers[:-2])) == {3, 5}


@given(documents())
def test_code_tables_and_quotes_are_never_touched(document: Document) -> None:
    for at in removed(DuplicateParagraph(), document):
        assert document.blocks[at].kind not in (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE)


@pytest.mark.parametrize(
    "lines",
    [
        [FERRY, "Yes.", CROWD, "Yes.", PIER, "Yes."],
        [
            "The river rises, the river falls,",
            "and the willow leans on the wall.",
            "A child throws stones at the water,",
            "and the willow leans on the wall.",
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(DuplicateParagraph(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because) for one in DuplicateParagraph().judge(page(FERRY, LAMP, CROWD, LAMP))
    ]
    assert found == [
        (3, "the same 28 words as further up: 'The lamp at the north pier was lit again'")
    ]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("min_words", 0, "min_words must be at least 1, not 0"),
    ("min_run", 1, "min_run must be at least 2, not 1"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        DuplicateParagraph(**{option: value})  # type: ignore[arg-type]


@given(documents())
def test_the_first_copy_stays(document: Document) -> None:
    seen: set[str] = set()
    gone = removed(DuplicateParagraph(), document)
    for at, block in enumerate(document.blocks):
        key = " ".join(tokens(shown(block)))
        assert at not in gone or key in seen
        if block.kind not in (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE):
            seen.add(key)


def test_a_copy_in_other_quotes_case_and_spaces_is_a_copy() -> None:
    other = "“" + LAMP.upper().replace(" ", "  ") + "”"
    assert removed(DuplicateParagraph(), page(LAMP, CROWD, other)) == {2}
