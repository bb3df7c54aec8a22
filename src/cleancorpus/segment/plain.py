"""Plain text: a line is a block; lines cut near one width are joined to paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleancorpus.document import Block, Kind

# A bullet or a number, then space, then text: what lists begin their lines with.
_LIST_MARK = re.compile(r"(?:[•‣◦▪■●○·*+»›✓✔➤►→❯-]|\d{1,3}[.)])[^\S\n]+(?=\S)")
_MARK_CHARACTERS = frozenset("•‣◦▪■●○·*+»›✓✔➤►→❯-0123456789")
_CELL_BREAK = re.compile(r"(?<=\S)(?:\s*\|\s*|\t+| {3,})(?=\S)")

# Width of hard-wrapped text, in code points: mail wraps at 72, old files at 60 to 100.
_LEAST_WIDTH, _MOST_WIDTH = 30, 120
_LEAST_WRAPPED_PAIRS = 4
_WRAPPED_PAIRS_SHARE = 0.85
_MOST_SENTENCES_SHARE = 0.5  # wrapped lines end in mid-sentence; lines that are paragraphs do not
_SENTENCE_ENDS = frozenset('.!?…。！？।۔؟"”»')
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(slots=True)
class _Line:
    """A line that is not blank: where its text lies, what precedes it, blank lines before."""

    start: int
    end: int
    mark: str
    is_item: bool
    after_blank: bool


def plain_blocks(source: str, join_wrapped: bool | None = None) -> tuple[Block, ...]:
    r"""Return the blocks of a plain text; `source[block.start:block.end]` is a block's text.

    `join_wrapped=None` joins lines only in a text that is hard-wrapped: where nearly every
    line of a paragraph ends because the next word would not have fitted.

    Example:
        >>> [(block.mark, block.text) for block in plain_blocks("Menu\n  • Home\n\n  • News\n")]
        [('', 'Menu'), ('  • ', 'Home'), ('  • ', 'News')]
    """
    lines = list(_lines(source))
    width = None if join_wrapped is False else _wrapping_width(lines, source, join_wrapped is True)
    if width is None:
        groups: list[list[_Line]] = [[line] for line in lines]
    else:
        groups = list(_paragraphs(lines, source, width))
    cells = [_cells(source, group) for group in groups]
    return tuple(
        _block(source, group, is_row=count > 1 and count in (before, after))
        for group, before, count, after in zip(
            groups, [0, *cells], cells, [*cells[1:], 0], strict=False
        )
    )


def _lines(source: str) -> Iterator[_Line]:
    place = 0
    after_blank = False
    for raw in source.splitlines(keepends=True):
        text = raw.strip()
        if not text:
            after_blank = True
        else:
            start = place + raw.index(text[0])
            end = start + len(text)
            is_item = False
            if text[0] in _MARK_CHARACTERS and (mark := _LIST_MARK.match(text)):
                is_item = True
                start += mark.end()
            yield _Line(start, end, source[place:start], is_item, after_blank)
            after_blank = False
        place += len(raw)


def _wrapping_width(lines: list[_Line], source: str, certain: bool) -> int | None:
    """The width a text is wrapped at, in code points, or None if it is not wrapped."""
    pairs = [
        (line, after)
        for line, after in itertools.pairwise(lines)
        if not after.after_blank and not after.is_item
    ]
    if not pairs:
        return None
    widths = sorted(len(line.mark) + line.end - line.start for line in lines)
    width = widths[-1 - len(widths) // 50]
    if certain:
        return width
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH or widths[-1] > _MOST_WIDTH:
        return None
    full = [line for line, after in pairs if _is_full(line, after, source, width)]
    if len(full) < max(_LEAST_WRAPPED_PAIRS, _WRAPPED_PAIRS_SHARE * len(pairs)):
        return None
    sentences = sum(source[line.end - 1] in _SENTENCE_ENDS for line in full)
    return width if sentences <= _MOST_SENTENCES_SHARE * len(full) else None


def _is_full(line: _Line, after: _Line, source: str, width: int) -> bool:
    """The next line's first word would not have fitted on this line."""
    word_end = after.start + 1
    limit = min(after.end, after.start + width)
    if source[after.start] < _FIRST_IDEOGRAPH:  # ideographs and kana break after any character
        while word_end < limit and not source[word_end].isspace():
            word_end += 1
    return len(line.mark) + (line.end - line.start) + 1 + (word_end - after.start) > width


def _paragraphs(lines: list[_Line], source: str, width: int) -> Iterator[list[_Line]]:
    group: list[_Line] = []
    for line in lines:
        goes_on = (
            group
            and not line.after_blank
            and not line.is_item
            and _is_full(group[-1], line, source, width)
        )
        if goes_on:
            group.append(line)
        else:
            if group:
                yield group
            group = [line]
    if group:
        yield group


def _cells(source: str, lines: list[_Line]) -> int:
    """How many cells tabs, bars or wide gaps cut a line into; lines with as many are a table."""
    if len(lines) > 1:
        return 0
    text = source[lines[0].start : lines[0].end]
    if "\t" not in text and "|" not in text and "   " not in text:
        return 1
    return 1 + sum(1 for _ in _CELL_BREAK.finditer(text))


def _block(source: str, lines: list[_Line], *, is_row: bool) -> Block:
    first, last = lines[0], lines[-1]
    text = source[first.start : last.end]
    if first.is_item:
        kind = Kind.LIST_ITEM
    elif len(lines) > 1:
        kind = Kind.PARAGRAPH
    elif is_row:
        kind = Kind.TABLE_ROW
    else:
        kind = Kind.LINE
    level = 0
    if first.mark:
        indent = first.mark[: len(first.mark) - len(first.mark.lstrip())]
        level = len(indent.expandtabs(4)) // 2 + first.is_item
    return Block(text, kind, first.start, last.end, first.mark, level)
