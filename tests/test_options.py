from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import BUILTIN
from cleancorpus.errors import OptionError
from cleancorpus.options import Option, check_at_least, check_share, option, options_of


@dataclasses.dataclass(frozen=True)
class Example:
    plain: int = 3
    limit: int = option(5, unit="words", source="none: a guess")


def test_only_declared_options_are_options() -> None:
    assert list(options_of(Example)) == [Option("limit", 5, "words", "none: a guess")]


@pytest.mark.parametrize("filter_type", BUILTIN, ids=lambda filter_type: filter_type.name)
def test_every_option_of_a_filter_has_unit_and_source(filter_type: type) -> None:
    fields = [field.name for field in dataclasses.fields(filter_type)]
    found = list(options_of(filter_type))
    assert [one.name for one in found] == fields
    for one in found:
        assert one.unit.strip()
        assert one.source.strip()


@given(st.floats(0, 1))
def test_a_share_lies_between_0_and_1(value: float) -> None:
    check_share("max_share", value)


@given(st.floats().filter(lambda value: not 0 <= value <= 1))
def test_anything_else_is_no_share(value: float) -> None:
    with pytest.raises(OptionError, match="max_share is a share and must lie between 0 and 1, not"):
        check_share("max_share", value)


@given(st.integers(), st.integers())
def test_a_least_value_is_held(value: int, least: int) -> None:
    if value >= least:
        check_at_least("min_words", value, least)
    else:
        with pytest.raises(OptionError, match=f"min_words must be at least {least}, not {value}"):
            check_at_least("min_words", value, least)


def test_not_a_number_is_refused() -> None:
    with pytest.raises(OptionError):
        check_at_least("min_words", float("nan"), 0)
