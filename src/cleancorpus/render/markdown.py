"""The kept blocks as Markdown."""

from __future__ import annotations

import re

from cleancorpus.document import Block, Document, Kind
from cleancorpus.render.source import to_source

# Line starts that Markdown would read as a heading, quote, list, fence, table or rule.
_SPECIAL_START = re.compile(r"(?=#{1,6}\s|>|[-*+]\s|\||`{3}|~{3}|(?:[-*_]\s*){3,}$|=+\s*$)")
_NUMBER_START = re.compile(r"(\d{1,9})([.)]\s)")


def to_markdown(document: Document) -> str:
    """Return the kept blocks as Markdown.

    Of Markdown the kept blocks come out to the character. Of plain text each block becomes a
    paragraph or list item, with a backslash where its first character would mean markup.
    """
    if document.media == "markdown":
        return to_source(document)
    parts: list[str] = []
    was_item = False
    for block in document.kept:
        is_item = block.kind is Kind.LIST_ITEM
        if parts:
            parts.append("\n" if is_item and was_item else "\n\n")
        parts.append(_as_markdown(block))
        was_item = is_item
    return "".join(parts) + ("\n" if parts else "")


def _as_markdown(block: Block) -> str:
    lines = [line.strip() for line in block.text.splitlines()]
    if block.kind is Kind.LIST_ITEM:
        number = block.mark.strip()
        mark = f"{number} " if number[:-1].isdecimal() else "- "
        indent = "  " * max(block.level - 1, 0)
        return indent + mark + ("\n" + indent + "  ").join(lines)
    return "\n".join(_escaped(line) for line in lines)


def _escaped(line: str) -> str:
    if _SPECIAL_START.match(line):
        return "\\" + line
    return _NUMBER_START.sub(r"\1\\\2", line, count=1) if _NUMBER_START.match(line) else line
