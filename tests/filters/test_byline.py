from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import Byline
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
    is_monotone(Byline, "max_words", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(Byline(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Ferry returns",
            "KARACHI: China has rejected reports that its ships left before the storm.",
            FERRY,
        ],
        [
            "Ferry returns",
            FERRY,
            "By noon the last car had left the boat, and Ada Marsh closed the gate.",
            CROWD,
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(Byline(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in Byline().judge(page("Ferry returns", "By Ada Marsh", FERRY, CROWD))
    ]
    assert found == [(1, "starts with 'by', then a name")]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Byline(**{option: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(("paragraphs", "is_bio"), [(1, True), (4, True), (5, False)])
def test_a_container_called_after_authors_is_a_bio_of_few_paragraphs(
    paragraphs: int, *, is_bio: bool
) -> None:
    body = f"<p>{FERRY}</p><p>{CROWD}</p>" * 40
    said = "<p>Write what the sailor sees first, and leave the rest out.</p>" * paragraphs
    html = f"<body>{body}<div id='advice-for-authors'>{said}</div></body>"
    document = segment(Record(html, media="html"))
    assert removed(Byline(), document) == (set(range(80, 80 + paragraphs)) if is_bio else set())
