"""Runs of neighbouring lines of one shape: lists, menus, facts with labels."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from cleancorpus.document import Kind
from cleancorpus.instances import instances
from cleancorpus.measures import LEAD, SENTENCE
from cleancorpus.page.line import BORROWED, Line

_ENTRY_WORDS = 7  # a menu entry; headlines are longer
_LABEL_CHARS = 40
_LABEL_WORDS = 4
_FACT_RUN = 3
_INDEX = 10  # entries of an index for each that reads as a menu word or a button
_LIST_ITEM = Kind.LIST_ITEM


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring short entries of one shape: a list with bullets, or bare lines.

    `start` and `end` are indices, `end` one past the last; `furniture` says how many entries
    hold a phrase of the page's furniture.
    """

    start: int
    end: int
    is_list: bool
    furniture: int

    def __len__(self) -> int:
        """How many entries there are."""
        return self.end - self.start


def groups(lines: list[Line], furniture: list[int]) -> list[Group]:
    """Return all runs of neighbouring short entries, in order; `furniture` is that of the page."""
    entries = [
        at
        for at, line in enumerate(lines)
        if (line.words <= _ENTRY_WORDS or line.is_furniture) and is_entry(line)
    ]
    bullets = {at for at in entries if lines[at].kind is _LIST_ITEM}
    starts: list[int] = []
    ends: list[int] = []
    before, was_list = -2, False
    for at in entries:
        is_list = at in bullets
        if at != before + 1 or is_list is not was_list:
            starts.append(at)
            ends.append(before + 1)
        before, was_list = at, is_list
    ends = [*ends[1:], before + 1] if starts else []
    return instances(
        Group,
        len(starts),
        start=starts,
        end=ends,
        is_list=[at in bullets for at in starts],
        furniture=[
            furniture[end] - furniture[start] for start, end in zip(starts, ends, strict=True)
        ],
    )


def is_in_index(found: list[Group], at: int) -> bool:
    """The block is in a long list in which menu words and buttons are rare: one entry of many."""
    if not found:
        return False
    group = found[max(0, bisect.bisect_right(found, at, key=attrgetter("start")) - 1)]
    is_inside = group.is_list and group.start <= at < group.end
    return is_inside and group.furniture * _INDEX < len(group)


def is_entry(line: Line) -> bool:
    """The line is short and open, as the entries of menus are, or a phrase of the furniture."""
    if line.is_furniture:
        is_entry = not line.is_prose
    elif line.words > _ENTRY_WORDS:
        return False
    else:
        is_entry = line.text[-1:].isalnum() or line.ending is not SENTENCE
    return is_entry and line.kind not in BORROWED


def is_led(lines: list[Line], at: int) -> bool:
    """A colon or a heading such as "Ingredients" right before introduces the block."""
    if at == 0:
        return False
    before = lines[at - 1]
    return bool(before.hits and before.hit("body")) or before.ending is LEAD


def is_part_of_list(lines: list[Line], start: int, end: int) -> bool:
    """List items from `start` to `end` go on with longer ones before or after them."""
    return any(
        0 <= beside < len(lines)
        and lines[beside].kind is _LIST_ITEM
        and not is_entry(lines[beside])
        for beside in (start - 1, end)
    )


def facts(lines: list[Line], labelled: list[int]) -> Iterator[list[int]]:
    """Yield the runs of `label: value` lines, given all such lines, that have several labels."""
    run: list[int] = []
    for at in [*labelled, len(lines) + 1]:
        if run and at > run[-1] + 1:
            if len({label(lines[one]) for one in run}) >= _FACT_RUN:
                yield run
            run = []
        run.append(at)


def label(line: Line) -> str:
    """Return the label of a `label: value` line, or nothing."""
    head, colon, value = line.text[: _LABEL_CHARS + 1].partition(":")
    is_label = colon and value and not line.is_prose and not any(map(str.isdecimal, head))
    return head if is_label and len(head.split()) <= _LABEL_WORDS else ""
