"""Markdown: headings, list items, table rows, code, quotes and paragraphs, line by line.

A linear scan of the block structure that crawlers and people write (CommonMark with pipe
tables), not a full parser: every line that is not blank ends up in exactly one block, which
is what cleaning needs. Inline markup stays in `Block.text`; `Block.shown` is what a reader sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from cleancorpus.document import Block, Kind

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})[ \t]+(?=\S)")
_ITEM = re.compile(r"[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"[ ]{0,3}(?:>[ \t]?)+(?=\S)")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})")
_UNDERLINE = re.compile(r"[ ]{0,3}(?:=+|-{2,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_CODE_INDENT = "    "

_LINK = re.compile(
    r"(!?)\[([^\[\]]{0,1000})\]"  # the label
    r"\([^()\s]{0,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?"  # the address, maybe with brackets
    r"(?:[ \t]+[^()\n]{0,200})?\)"  # its title
)
_REFERENCE = re.compile(r"\[([^\[\]]{1,500})\]\[[^\[\]]{0,200}\]")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>")
_EMPHASIS = re.compile(r"(\*{1,3}|_{2,3}|~~)(?=\S)([^*_~\n]{1,1000}?)(?<=\S)\1")
_CODE_SPAN = re.compile(r"(?<!`)(`{1,3})(?!`)([^`\n]{1,1000})(?<!`)\1(?!`)")
_INLINE_MARKS = frozenset("[*_`~<")


@dataclass(slots=True)
class _Open:
    """A block that further lines may still join."""

    kind: Kind
    start: int
    end: int
    mark: str
    level: int = 0


def markdown_blocks(source: str) -> tuple[Block, ...]:
    r"""Return the blocks of a Markdown text; `source[block.start:block.end]` is a block's text.

    Example:
        >>> page = "# Tea\n\n- [Home](/)\n\nBoil *fresh* water.\n"
        >>> [(block.kind.value, block.shown or block.text) for block in markdown_blocks(page)]
        [('heading', 'Tea'), ('list-item', 'Home'), ('paragraph', 'Boil fresh water.')]
    """
    return tuple(_finished(source, block) for block in _scan(source))


def _scan(source: str) -> Iterator[_Open]:  # noqa: C901 - one branch a kind of line
    block: _Open | None = None
    fence = ""
    place = 0
    after_blank = True
    for raw in source.splitlines(keepends=True):
        start, line = place, raw.rstrip()
        place += len(raw)
        end = start + len(line)
        if fence:
            assert block is not None
            block.end = max(block.end, end if line else block.end)
            if line.lstrip().startswith(fence) and not line.strip(" \t" + fence[0]):
                yield block
                block, fence = None, ""
            continue
        if not line.strip():
            if block is not None:
                yield block
            block, after_blank = None, True
            continue
        if opened := _FENCE.match(line):
            if block is not None:
                yield block
            fence = opened.group(1)
            block = _begin(Kind.CODE, start, end, source, opened.start(1))
            after_blank = False
            continue
        if block is not None and block.kind is Kind.PARAGRAPH and _UNDERLINE.match(line):
            block.kind, block.level, block.end = Kind.HEADING, 1 if "=" in line else 2, end
            yield block
            block, after_blank = None, False
            continue
        fresh = _starts(line, start, end, source, after_blank, block)
        after_blank = False
        if fresh is None:
            assert block is not None
            block.end = end
            continue
        if block is not None:
            yield block
        block = fresh
        if block.kind in (Kind.HEADING, Kind.TABLE_ROW, Kind.LINE):
            yield block
            block = None
    if block is not None:
        yield block


def _starts(
    line: str, start: int, end: int, source: str, after_blank: bool, block: _Open | None
) -> _Open | None:
    """The block that this line begins, or None where it goes on with the open one."""
    first = line.lstrip()[0]
    if first == "#" and (found := _HEADING.match(line)):
        return _begin(Kind.HEADING, start, end, source, found.end(), len(found.group(1)))
    if first in "*-_" and _RULE.match(line):
        return _begin(Kind.LINE, start, end, source, len(line) - len(line.lstrip()))
    if first == ">" and (found := _QUOTE.match(line)):
        if block is not None and block.kind is Kind.QUOTE:
            return None
        return _begin(Kind.QUOTE, start, end, source, found.end(), line[: found.end()].count(">"))
    if found := _ITEM.match(line):
        indent = len(line[: found.end()].expandtabs(4)) - len(
            line[: found.end()].lstrip().expandtabs(4)
        )
        return _begin(Kind.LIST_ITEM, start, end, source, found.end(), indent // 2 + 1)
    if first == "|" and line.count("|") > 1:
        return _begin(Kind.TABLE_ROW, start, end, source, len(line) - len(line.lstrip()))
    is_code = line.startswith((_CODE_INDENT, "\t"))
    if block is None:
        kind = Kind.CODE if is_code and after_blank else Kind.PARAGRAPH
        return _begin(kind, start, end, source, len(line) - len(line.lstrip()))
    if block.kind is Kind.CODE and not is_code:
        return _begin(Kind.PARAGRAPH, start, end, source, len(line) - len(line.lstrip()))
    return None


def _begin(kind: Kind, start: int, end: int, source: str, mark_chars: int, level: int = 0) -> _Open:
    text_start = start + mark_chars
    return _Open(kind, text_start, end, source[start:text_start], level)


def _finished(source: str, block: _Open) -> Block:
    text = source[block.start : block.end]
    shown, link_chars = (None, 0)
    if block.kind is not Kind.CODE and not _INLINE_MARKS.isdisjoint(text):
        shown, link_chars = _shown(text)
    return Block(
        text,
        block.kind,
        block.start,
        block.end,
        block.mark,
        block.level,
        link_chars,
        shown if shown != text else None,
    )


def _shown(text: str) -> tuple[str, int]:
    """The text without inline markup, and how many code points of it are link text."""
    link_chars = 0

    def take_link(link: re.Match[str]) -> str:
        nonlocal link_chars
        bang, label = link.groups()
        if not bang:
            link_chars += len(_plain(label))
        return label

    def take_reference(link: re.Match[str]) -> str:
        nonlocal link_chars
        link_chars += len(link.group(1))
        return link.group(1)

    if "[" in text:
        text = _LINK.sub(take_link, text)
        text = _LINK.sub(take_link, text)  # an image inside a link leaves the link for this pass
        text = _REFERENCE.sub(take_reference, text)
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
    text = _plain(text)
    return text, min(link_chars, len(text))


def _plain(text: str) -> str:
    if "`" in text:
        text = _CODE_SPAN.sub(r"\2", text)
    if "*" in text or "_" in text or "~" in text:
        text = _EMPHASIS.sub(r"\2", text)
    return text
