"""Which lines only residue explains, though they read like content."""

from __future__ import annotations

from cleancorpus import Record, page, segment

COPIED = "The ferry came back on Monday after nine days of storms, and it carries cars."
OTHERS = tuple(
    f"On the {day} of May nobody on the pier spoke of anything but the weather and of {thing}."
    for day, thing in (
        ("first", "boats"), ("second", "bread"), ("third", "rope"), ("fourth", "sheep"),
        ("fifth", "oil"), ("sixth", "glass"), ("seventh", "salt"), ("eighth", "wool"),
    )
)  # fmt: skip


def found(*lines: str) -> frozenset[int]:
    return page.strays(page.read(segment(Record("\n".join(lines), media="text"))))


def test_a_copy_of_the_head_of_a_text_is_one() -> None:
    assert found("Ferry returns", COPIED, *OTHERS[:5], COPIED, *OTHERS[5:]) == {7}


def test_a_copy_right_beside_its_first_is_one() -> None:
    assert found(*OTHERS[:5], COPIED, COPIED, *OTHERS[5:]) == {6}
    assert found(*OTHERS[:5], COPIED, OTHERS[5], COPIED, *OTHERS[6:]) == {7}


def test_a_text_delivered_twice_is_all_copies() -> None:
    assert found("Ferry returns", *OTHERS, "Ferry returns", *OTHERS) == set(range(10, 18))


def test_a_paragraph_that_is_quoted_again_further_down_is_none() -> None:
    assert found(*OTHERS[:4], COPIED, *OTHERS[4:7], COPIED, OTHERS[7]) == frozenset()


def test_short_lines_may_stand_twice() -> None:
    assert found("Home", "Home", *OTHERS, "Home") == frozenset()


def test_headlines_behind_the_text_are_some_and_headings_in_it_are_none() -> None:
    headline = "Harbour town plans a second pier"
    assert found(headline, *OTHERS[:4], headline, *OTHERS[4:]) == frozenset()
    assert found(*OTHERS, "-", headline, "-", "Lighthouse keeper retires after forty years") == {
        9, 11,
    }  # fmt: skip


def test_a_text_without_running_text_has_none() -> None:
    assert found(*["Harbour town plans a pier", "Fish market opens its doors"] * 3) == frozenset()
