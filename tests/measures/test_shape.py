from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Block
from cleancorpus.measures import (
    Ending,
    capital_share,
    digit_share,
    ending,
    is_date,
    link_share,
    shown,
    symbol_share,
    tokens,
)
from cleancorpus.phrases import index
from cleancorpus.testing import blocks, texts


@given(blocks())
def test_link_share_is_a_share(block: Block) -> None:
    assert 0 <= link_share(block) <= 1


@given(texts())
def test_shares_of_a_text_are_shares(text: str) -> None:
    for measure in (digit_share, symbol_share, capital_share):
        assert 0 <= measure(text) <= 1


@given(st.text("0123456789", min_size=1))
def test_digits_are_all_digits(text: str) -> None:
    assert digit_share(text) == 1
    assert symbol_share(text) == 0


@given(texts(), texts())
def test_digit_share_counts_code_points(one: str, other: str) -> None:
    both = one + other
    counted = digit_share(one) * len(one) + digit_share(other) * len(other)
    assert digit_share(both) * len(both) == pytest.approx(counted)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("He left.", Ending.SENTENCE),
        ("He left.”)", Ending.SENTENCE),
        ("他走了。", Ending.SENTENCE),
        ("वह चला गया।", Ending.SENTENCE),
        ("هل ذهب؟", Ending.SENTENCE),
        ("Wait…", Ending.SENTENCE),
        ("Contents:", Ending.LEAD),
        ("材料：", Ending.LEAD),
        ("About us", Ending.OPEN),
        ("", Ending.OPEN),
        ("”", Ending.OPEN),
    ],
)
def test_how_a_text_ends(text: str, how: Ending) -> None:
    assert ending(text) is how


@given(texts(), st.sampled_from(["”", ")", "»", "'"]))
def test_closing_signs_do_not_change_how_a_text_ends(text: str, sign: str) -> None:
    assert ending(text.strip() + sign) is ending(text.strip())


def test_capitals_are_those_of_the_longer_words() -> None:
    assert capital_share("The Lord of the Rings") == 1
    assert capital_share("a b C") == pytest.approx(1 / 3)
    assert capital_share("12 34") == 0
    assert capital_share("北 京") == 1


def test_what_is_shown() -> None:
    assert shown(Block("*a*", shown="a")) == "a"
    assert shown(Block("*a*")) == "*a*"
    assert link_share(Block("", link_chars=3)) == 0


@pytest.mark.parametrize(
    "text",
    [
        "12 March 2024", "March 12, 2024 at 5:30 pm", "2024-03-12", "12.03.2024", "10:33",
        "Oct 14, 2025 10:33 AM IST", "4. März 2024", "4 марта 2024", "2024年3月4日", "2 hours ago",
        "4 de marzo de 2024", "yesterday",
    ],
)  # fmt: skip
def test_dates_in_several_languages(text: str) -> None:
    words = index("en", "de", "ru", "es").dates
    assert is_date(text, tokens(text), words)


@pytest.mark.parametrize(
    "text", ["In May 2025 it rained", "12 apples", "Chapter 3", "", "2024", "-", "5 miles at 10"]
)
def test_no_dates(text: str) -> None:
    assert not is_date(text, tokens(text), index("en").dates)
