from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import ConsentNotice
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
    is_monotone(ConsentNotice, "max_words", "more")(document, one, other)


@given(documents(), st.floats(0, 1), st.floats(0, 1))
def test_a_higher_max_topic_share_never_removes_less(
    document: Document, one: float, other: float
) -> None:
    is_monotone(ConsentNotice, "max_topic_share", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(ConsentNotice(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            "How to bake oat cookies",
            "Mix the oats with butter, and let the cookies rest for an hour before baking.",
            FERRY,
        ],
        [
            "What cookies are",
            "Nearly every site tells its readers about cookies, and few know what they hold.",
            "Cookies are small files that a browser keeps, each with a name and a value.",
            "Whoever wants to be rid of the cookies can delete them in the settings.",
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(ConsentNotice(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in ConsentNotice().judge(
            page("We use cookies to improve the site.", "Accept all", FERRY, CROWD, PIER)
        )
    ]
    assert found == [
        (0, "holds 'we use cookies', 7 words"),
        (1, "is 'accept all', beside a consent phrase"),
    ]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
    ("max_topic_share", 1.5, "max_topic_share is a share and must lie between 0 and 1, not 1.5"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        ConsentNotice(**{option: value})  # type: ignore[arg-type]
