"""Runs of neighbouring lines of one shape: lists, menus, facts with labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cleancorpus.document import Kind
from cleancorpus.measures import Ending
from cleancorpus.page.line import Line

_ENTRY_WORDS = 7  # a menu entry; headlines are longer
_LABEL_CHARS = 40
_LABEL_WORDS = 4
_FACT_RUN = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring short entries of one shape: a list with bullets, or bare lines.

    `start` and `end` are indices, `end` one past the last; `furniture` says how many entries
    hold a phrase of the page's furniture; `is_led` that a colon or a heading such as
    "Ingredients" right before introduces them as part of the body.
    """

    start: int
    end: int
    is_list: bool
    furniture: int
    is_led: bool

    def __len__(self) -> int:
        """How many entries there are."""
        return self.end - self.start


def groups(lines: list[Line]) -> Iterator[Group]:
    """Yield all runs of neighbouring short entries, in order."""
    start = 0
    while start < len(lines):
        if not is_entry(lines[start]):
            start += 1
            continue
        is_list = lines[start].kind is Kind.LIST_ITEM
        end = start + 1
        while end < len(lines) and is_entry(lines[end]):
            if is_list != (lines[end].kind is Kind.LIST_ITEM):
                break
            end += 1
        furniture = sum(line.is_furniture for line in lines[start:end])
        yield Group(start, end, is_list, furniture, is_led(lines, start))
        start = end


def is_entry(line: Line) -> bool:
    """The line is short and open, as the entries of menus are, or a phrase of the furniture."""
    if line.kind in (Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE):
        return False
    if line.is_furniture:
        return not line.is_prose
    return line.words <= _ENTRY_WORDS and line.ending is not Ending.SENTENCE


def is_led(lines: list[Line], at: int) -> bool:
    """A colon or a heading such as "Ingredients" right before introduces the block."""
    if at == 0:
        return False
    before = lines[at - 1]
    return before.ending is Ending.LEAD or before.hit("body") is not None


def is_part_of_list(lines: list[Line], start: int, end: int) -> bool:
    """List items from `start` to `end` go on with longer ones before or after them."""
    return any(
        0 <= beside < len(lines)
        and lines[beside].kind is Kind.LIST_ITEM
        and not is_entry(lines[beside])
        for beside in (start - 1, end)
    )


def facts(lines: list[Line]) -> Iterator[list[int]]:
    """Yield the indices of runs of `label: value` lines that have several labels."""
    run: list[int] = []
    for at in range(len(lines) + 1):
        if at < len(lines) and label(lines[at]):
            run.append(at)
            continue
        if len({label(lines[one]) for one in run}) >= _FACT_RUN:
            yield run
        run = []


def label(line: Line) -> str:
    """Return the label of a `label: value` line, or nothing."""
    head, colon, value = line.text[: _LABEL_CHARS + 1].partition(":")
    is_label = colon and value and not line.is_prose and not any(map(str.isdecimal, head))
    return head if is_label and len(head.split()) <= _LABEL_WORDS else ""
