from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Kind, Record, segment
from cleancorpus.errors import OptionError
from cleancorpus.filters import WidgetResidue
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
    is_monotone(WidgetResidue, "max_words", "more")(document, one, other)


@given(documents(), st.integers(0, 9), st.integers(0, 9))
def test_a_higher_max_code_lines_never_removes_less(
    document: Document, one: int, other: int
) -> None:
    is_monotone(WidgetResidue, "max_code_lines", "more")(document, one, other)


@given(documents())
def test_code_is_never_touched(document: Document) -> None:
    for at in removed(WidgetResidue(), document):
        assert document.blocks[at].kind is not Kind.CODE


@pytest.mark.parametrize(
    "lines",
    [
        [
            FERRY,
            "Loading the cars took an hour, because the ramp was too steep for some.",
            CROWD,
        ],
        [
            "How a loop is written",
            "let total0 = sum(parts0); { print(total0); }",
            "let total1 = sum(parts1); { print(total1); }",
            "let total2 = sum(parts2); { print(total2); }",
            "let total3 = sum(parts3); { print(total3); }",
            "let total4 = sum(parts4); { print(total4); }",
            FERRY,
        ],
    ],
)
def test_look_alikes_stay(lines: list[str]) -> None:
    assert removed(WidgetResidue(), page(*lines)) == set()


def test_the_evidence_can_be_checked_on_the_page() -> None:
    found = [
        (one.at, one.because)
        for one in WidgetResidue().judge(page("Loading...", FERRY, CROWD, "{{ title }}"))
    ]
    assert found == [
        (0, "is 'loading', with an ellipsis"),
        (3, "a template's placeholder: '{{ title }}'"),
    ]


@pytest.mark.parametrize(("option", "value", "message"), [
    ("max_words", 0, "max_words must be at least 1, not 0"),
    ("max_code_lines", -1, "max_code_lines must be at least 0, not -1"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        WidgetResidue(**{option: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("container", "goes"), [("form", True), ("div class=item-form-factor", False)]
)
def test_a_row_of_facts_goes_with_a_form_and_not_with_the_word(container: str, goes: bool) -> None:
    row = "<tr><td>Form factor<td>In ear"
    html = f"<p>{FERRY}<p>{FERRY} Again.<{container}><table>{row}</table>"
    document = segment(Record(html, media="html"))
    gone = removed(WidgetResidue(), document)
    assert ([document.blocks[at].text for at in gone] == ["Form factor\tIn ear"]) is goes
