"""Plain text: a line is a block; lines cut near one width are joined to paragraphs."""

from __future__ import annotations

import itertools
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from cleancorpus.document import Block, Kind
from cleancorpus.instances import instances

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
        return _blocks(source, lines, [line.end for line in lines], joined=[])
    groups = list(_paragraphs(lines, source, width))
    joined = [at for at, group in enumerate(groups) if len(group) > 1]
    return _blocks(source, [one[0] for one in groups], [one[-1].end for one in groups], joined)


def _blocks(
    source: str, lines: list[_Line], ends: list[int], joined: Iterable[int]
) -> tuple[Block, ...]:
    """The blocks that begin with these lines; `joined` are those of several lines."""
    starts = [line.start for line in lines]
    texts = [source[start:end] for start, end in zip(starts, ends, strict=True)]
    kinds = [Kind.LIST_ITEM if line.is_item else Kind.LINE for line in lines]
    for at in joined:
        kinds[at] = Kind.LIST_ITEM if lines[at].is_item else Kind.PARAGRAPH
    for at in _rows(source, texts, set(joined)):
        kinds[at] = Kind.TABLE_ROW if kinds[at] is Kind.LINE else kinds[at]
    blocks = instances(
        Block,
        len(lines),
        text=texts,
        kind=kinds,
        start=starts,
        end=ends,
        mark=[line.mark for line in lines],
        level=[_level(line) if line.mark else 0 for line in lines],
        link_chars=0,
        shown=None,
        hidden=False,
        place=None,
    )
    return tuple(blocks)


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
    widths = sorted([len(line.mark) + line.end - line.start for line in lines])
    if not widths or (not certain and widths[-1] > _MOST_WIDTH):  # as most texts are
        return None
    pairs = [
        (line, after)
        for line, after in itertools.pairwise(lines)
        if not after.after_blank and not after.is_item
    ]
    width = widths[-1 - len(widths) // 50]
    if not pairs or certain:
        return width if pairs else None
    if not _LEAST_WIDTH <= width <= _MOST_WIDTH:
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


def _rows(source: str, texts: list[str], joined: Container[int]) -> Iterator[int]:
    """The lines that have cells, as many as the line before or after."""
    if not _has_cells(source):
        return
    cells = [0 if at in joined else _cells(text) for at, text in enumerate(texts)]
    for at, count in enumerate(cells):
        if count > 1 and count in (cells[at - 1] if at else 0, *cells[at + 1 : at + 2]):
            yield at


def _has_cells(text: str) -> bool:
    return "\t" in text or "|" in text or "   " in text


def _cells(text: str) -> int:
    """How many cells tabs, bars or wide gaps cut a line into; lines with as many are a table."""
    return 1 + sum(1 for _ in _CELL_BREAK.finditer(text)) if _has_cells(text) else 1


def _level(line: _Line) -> int:
    indent = line.mark[: len(line.mark) - len(line.mark.lstrip())]
    return len(indent.expandtabs(4)) // 2 + line.is_item
