from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import UnrelatedHeadline
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


@given(documents(), st.integers(1, 9), st.integers(1, 9))
def test_a_higher_min_run_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(UnrelatedHeadline, "min_run", "fewer")(document, one, other)


@given(documents(), st.integers(1, 9), st.integers(1, 9))
def test_a_higher_min_prose_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(UnrelatedHeadline, "min_prose", "fewer")(document, one, other)


@given(documents(), st.integers(1, 30), st.integers(1, 30))
def test_a_higher_max_section_never_removes_less(document: Document, one: int, other: int) -> None:
    is_monotone(UnrelatedHeadline, "max_section", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(UnrelatedHeadline(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            FERRY,
            CROWD,
            "The museum owns three paintings by her:",
            "Storm over the Old Pier",
            "The Last Ferry of the Year",
            "Nets Drying in the Sun",
            PIER,
        ],
        ["Storm over the Old Pier", "The Last Ferry of the Year", "Nets Drying in the Sun"],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(UnrelatedHeadline(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in UnrelatedHeadline().judge(
            page(FERRY, CROWD, PIER, "Read also: Harbour to grow by two piers")
        )
    ]
    assert found == [(3, "has the label 'read also', then a headline")]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("min_run", 0, "min_run must be at least 1, not 0"),
    ("min_prose", 0, "min_prose must be at least 1, not 0"),
    ("max_section", 0, "max_section must be at least 1, not 0"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        UnrelatedHeadline(**{option: value})  # type: ignore[arg-type]


def test_a_long_section_goes_whole_where_its_container_tells_the_end() -> None:
    entries = "".join(
        f"<p><a href='/{at}'>Harbour town plans pier number {at}</a></p><p>The Evening Gull</p>"
        for at in range(30)
    )
    body = "".join(f"<p>{text}</p>" for text in (FERRY, CROWD, PIER))
    html = f"<body>{body}<div><h3>Related articles</h3>{entries}</div><p>Tides</p></body>"
    document = segment(Record(html, media="html"))
    assert removed(UnrelatedHeadline(), document) == set(range(3, 64))
