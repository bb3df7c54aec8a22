"""The kept blocks as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleancorpus.document import Block, Document, Kind
from cleancorpus.render.html import go_together
from cleancorpus.render.source import to_source

# Line starts that Markdown would read as a heading, quote, list, fence, table or rule.
_SPECIAL_START = re.compile(r"(?=#{1,6}\s|>|[-*+]\s|\||`{3}|~{3}|(?:[-*_]\s*){3,}$|=+\s*$)")
_BACKTICKS = re.compile("`+")
_NUMBER_START = re.compile(r"(\d{1,9})([.)]\s)")


def to_markdown(document: Document) -> str:
    """Return the kept blocks as Markdown.

    Of Markdown the kept blocks come out to the character. Of plain text each block becomes a
    paragraph or list item, with a backslash where its first character would mean markup. Of
    HTML headings, list items, tables, code and quotes get the marks of their kinds.
    """
    if document.media == "html":
        return _of_html(document.kept)
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


def _of_html(blocks: Iterable[Block]) -> str:
    groups: list[list[Block]] = []
    for block in blocks:
        if groups and go_together(groups[-1][-1], block):
            groups[-1].append(block)
        else:
            groups.append([block])
    return "".join(f"{_group(group)}\n\n" for group in groups)[:-1]


def _group(group: list[Block]) -> str:
    """One block, or several that no blank line parts."""
    kind = group[0].kind
    if kind is Kind.CODE:
        text = "\n".join(block.text for block in group)
        fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))
        return f"{fence}\n{text}\n{fence}"
    if kind is Kind.TABLE_ROW:
        return _table([block.text.split("\t") for block in group])
    if kind is Kind.LIST_ITEM:
        return "\n".join(_as_markdown(block) for block in group)
    (block,) = group
    lines = [_escaped(line.strip()) for line in block.text.splitlines()]
    if kind is Kind.HEADING:
        return f"{'#' * (block.level or 1)} {' '.join(lines)}"
    if kind is Kind.QUOTE:
        return "\n".join(f"> {line}" for line in lines)
    return "\\\n".join(lines)


def _table(rows: list[list[str]]) -> str:
    """A table whose first row is its head, as Markdown wants one."""
    width = max(map(len, rows))
    cells = [[*row, *[""] * (width - len(row))] for row in rows]
    cells.insert(1, ["---"] * width)
    return "\n".join(
        "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |"
        for row in cells
    )


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
