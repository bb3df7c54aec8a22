"""Work that can be counted: lines of Python that run, not seconds."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FrameType
from typing import Any, Final

from cleancorpus.chain import Filter
from cleancorpus.document import Document
from cleancorpus.testing.building import lay_out

_LEAST_BLOCKS: Final = 96  # thresholds such as "five menu words on the page" lie below
_LEAST_REPEATS: Final = 12  # the same for a single block
_LONG_TEXT_REPEATS: Final = 48
_LONG_TEXT_BLOCKS: Final = 6


def count_work(action: Callable[[], object]) -> int:
    """Return how many lines of Python an action runs.

    What happens inside functions written in C (a search in a text, a sort) counts as the line
    that calls it.

    Example:
        >>> few, many = (count_work(lambda: [at for at in range(n)]) for n in (10, 1000))
        >>> many > 50 * few
        True
    """
    count = 0

    def trace(_frame: FrameType, _event: str, _value: Any) -> Callable[..., Any]:  # noqa: ANN401 - as settrace has it
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        action()
    finally:
        sys.settrace(before)
    return count


def judging_work(subject: Filter, document: Document) -> int:
    """Return the work of judging a document that nobody has looked at yet.

    Judged once before, so that what is loaded and cached for all documents is not counted.
    """
    tuple(subject.judge(replace(document, memo={})))
    fresh = replace(document, memo={})
    return count_work(lambda: tuple(subject.judge(fresh)))


def growths(document: Document) -> Iterator[tuple[str, Callable[[int], Document]]]:
    """Yield ways to grow a document: what grows, and a function from a size to the document.

    Size 1 is large already, so that nothing a filter asks for at least is missing from it.
    """
    found, media = document.blocks, document.media
    if not found:
        return
    many = max(_LEAST_REPEATS, -(-_LEAST_BLOCKS // len(found)))
    yield "the page again and again", lambda size: lay_out(found * (many * size), (), media)
    yield (
        "each block again and again",
        lambda size: lay_out([one for one in found for _ in range(many * size)], (), media),
    )
    yield "longer blocks", lambda size: _longer(document, _LONG_TEXT_REPEATS * size)


def _longer(document: Document, times: int) -> Document:
    found = [
        replace(block, text=" ".join([block.text] * times), shown=None)
        for block in document.blocks[:_LONG_TEXT_BLOCKS]
    ]
    return lay_out(found, (), document.media)
