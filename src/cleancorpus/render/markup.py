"""The kept blocks as a small HTML page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from cleancorpus.document import Block, Document, Kind
from cleancorpus.render.html import go_together
from cleancorpus.render.plain import read

_TAGS: Final = {
    Kind.QUOTE: "blockquote",
    Kind.CAPTION: "figcaption",
    Kind.LIST_ITEM: "li",
}
_LISTS: Final = ("ul", "ol")
_MOST_LEVEL: Final = 6


def to_html(document: Document) -> str:
    r"""Return the kept blocks as an HTML page without attributes, scripts, links and pictures.

    Each block becomes the element of its kind; lists and tables are put together from
    neighbours, without nesting. All text is escaped.

    Example:
        >>> print(to_html(Document((Block("Tea", Kind.HEADING, level=1), Block("Stir & wait.")))))
        <!DOCTYPE html>
        <html>
        <head>
        <meta charset="utf-8">
        <title></title>
        </head>
        <body>
        <h1>Tea</h1>
        <p>Stir &amp; wait.</p>
        </body>
        </html>
        <BLANKLINE>
    """
    language, title = (escape(document.metadata.get(name, "")) for name in ("language", "title"))
    attribute = f' lang="{language}"' if language else ""
    head = (
        f"<!DOCTYPE html>\n<html{attribute}>\n<head>\n"
        f'<meta charset="utf-8">\n<title>{title}</title>\n</head>\n<body>\n'
    )
    body = "".join(f"{part}\n" for part in _parts(document))
    return f"{head}{body}</body>\n</html>\n"


def _parts(document: Document) -> Iterator[str]:
    is_markdown = document.media == "markdown"
    for around, group in _groups(document.kept):
        texts = [_text(block, is_markdown=is_markdown) for block in group]
        if around == "table":
            inner = [_row(text, "|" if is_markdown else "\t") for text in texts]
        else:
            inner = [_element(block, text) for block, text in zip(group, texts, strict=True)]
        if around == "pre":
            code = escape("\n".join(texts), quote=False)
            yield f"<pre>\n{code}</pre>"
        elif around:
            yield "\n".join([f"<{around}>", *filter(None, inner), f"</{around}>"])
        else:
            yield from inner


def _groups(blocks: Iterable[Block]) -> list[tuple[str, list[Block]]]:
    """Neighbours that one element holds, with its name; code that was apart stays apart."""
    groups: list[tuple[str, list[Block]]] = []
    for block in blocks:
        around = _around(block)
        if groups and groups[-1][0] == around:
            before = groups[-1][1][-1]
            if block.kind is not Kind.CODE or go_together(before, block):
                groups[-1][1].append(block)
                continue
        groups.append((around, [block]))
    return groups


def _around(block: Block) -> str:
    """The element that neighbours of this kind stand in together, if there is one."""
    if block.kind is Kind.TABLE_ROW:
        return "table"
    if block.kind is Kind.CODE:
        return "pre"
    if block.kind is not Kind.LIST_ITEM:
        return ""
    if block.place is not None:
        return next((name for name in block.place.tags if name in _LISTS), "ul")
    return "ol" if block.mark.strip()[:-1].isdecimal() else "ul"


def _text(block: Block, *, is_markdown: bool) -> str:
    return read(block).removeprefix(block.mark) if is_markdown else block.text


def _element(block: Block, text: str) -> str:
    name = _TAGS.get(block.kind, "p")
    if block.kind is Kind.HEADING:
        name = f"h{min(max(block.level, 1), _MOST_LEVEL)}"
    lines = [escape(line.strip(), quote=False) for line in text.strip().splitlines()]
    return f"<{name}>{'<br>'.join(lines)}</{name}>"


def _row(text: str, between: str) -> str:
    line = escape(" ".join(text.strip().splitlines()), quote=False)
    if between == "|":
        line = line.removeprefix("|").removesuffix("|")
        if not line.strip("|-: "):  # the line under a table's head
            return ""
    return f"<tr>{''.join(f'<td>{cell.strip()}</td>' for cell in line.split(between))}</tr>"
