"""The compiled walk refuses trees that are laid out otherwise, and no wrong layout crashes it."""

from __future__ import annotations

import importlib
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.segment.html import selfcheck
from cleancorpus.segment.html.compiled import READ_ATTRIBUTES
from cleancorpus.segment.html.selfcheck import Mismatch, attribute_numbers

compiled = pytest.importorskip(
    "cleancorpus.segment.html._compiled", reason="the compiled walk is not built"
)
LAYOUT: dict[str, int] = compiled.layout()
SIZES = {"node_end", "element_end", "attribute_end", "span_end", "name_end"}
MEMBERS = sorted(set(LAYOUT) - SIZES - {"pointer", "integer", "short_name"})


def numbers(layout: dict[str, int]) -> dict[str, int]:
    return attribute_numbers(layout, compiled.peek, READ_ATTRIBUTES)


def test_the_layout_is_right_here() -> None:
    found = numbers(LAYOUT)
    assert set(found) == set(READ_ATTRIBUTES)
    assert found["class"] > 0


@pytest.mark.parametrize("by", [-16, -8, -4, -1, 1, 4, 8, 16, 64])
@pytest.mark.parametrize("member", MEMBERS)
def test_a_member_elsewhere_is_seen(member: str, by: int) -> None:
    place = LAYOUT[member] + by
    if place >= 0:
        with pytest.raises(Mismatch):
            numbers({**LAYOUT, member: place})


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(MEMBERS, 2)])
def test_members_in_each_other_s_place_are_seen(one: str, other: str) -> None:
    if LAYOUT[one] == LAYOUT[other]:
        return  # members of different structures
    with pytest.raises(Mismatch):
        numbers({**LAYOUT, one: LAYOUT[other], other: LAYOUT[one]})


@pytest.mark.parametrize(
    ("member", "value"), [("pointer", 4), ("integer", 8), ("short_name", 4), ("short_name", 40)]
)
def test_other_sizes_are_seen(member: str, value: int) -> None:
    with pytest.raises(Mismatch):
        numbers({**LAYOUT, member: value})


@given(st.fixed_dictionaries({name: st.integers(0, 200) for name in MEMBERS}))
def test_no_layout_crashes(members: dict[str, int]) -> None:
    if members != {name: LAYOUT[name] for name in MEMBERS}:
        with pytest.raises(Mismatch):
            numbers({**LAYOUT, **members})


@pytest.mark.parametrize("address", [0, 1, 8, 4096, 2**47 - 8, 2**63, 2**64 - 8])
def test_memory_that_is_not_there_is_refused(address: int) -> None:
    with pytest.raises(ValueError, match="no memory to read there"):
        compiled.peek(address, 8)


@pytest.mark.parametrize("size", [-1, 513, 2**40])
def test_more_than_a_little_memory_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="no memory to read there"):
        compiled.peek(id(selfcheck), size)


def test_a_page_without_the_nodes_to_look_at_is_not_enough(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(selfcheck, "PAGE", "<p class=a>only this")
    with pytest.raises(Mismatch, match="enough of the page was seen"):
        numbers(LAYOUT)


def test_what_is_no_plan_or_no_node_is_refused() -> None:
    module = importlib.import_module("cleancorpus.segment.html._compiled")
    with pytest.raises(ValueError, match="PyCapsule"):
        module.walk(object(), object(), 0, 1)
    with pytest.raises(TypeError):
        module.make_plan(1)
