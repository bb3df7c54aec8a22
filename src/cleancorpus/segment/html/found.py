"""What a walk has found so far: rows of elements, and blocks as they come out of the tree."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from selectolax.lexbor import LexborNode

from cleancorpus.outline import Elements
from cleancorpus.segment.html.tags import ACTIONS, CODE, HIDDEN, ROW, SKIP, VERBATIM

# No text node holds U+0000: the parser drops or replaces it. So it can stand for what has no
# character in the source: one for the end of a line, two for the end of a cell.
LINE_END: Final = "\0"
CELL_END: Final = "\0\0"

ATTRIBUTES: Final = frozenset(
    ("id", "role", "aria-label", "aria-hidden", "itemprop", "hidden", "style")
)
"""The attributes, besides the class, that say what an element is for or whether it shows."""

MOST_CLASS_CHARS, MOST_ATTRIBUTE_CHARS, MOST_NAME_CHARS = 400, 200, 60
_HIDING_STYLE = re.compile(
    r"(?:display[ \t\n\r\f]*:[ \t\n\r\f]*none|visibility[ \t\n\r\f]*:[ \t\n\r\f]*hidden)",
    re.IGNORECASE | re.ASCII,
)
NEVER_DRAWN: Final = ("desc", "metadata")  # what an SVG says of itself
MOST_LOOKED_AT: Final = 50_000
"""Nodes of a page's drawings that are searched for text; beyond, what has text is drawn."""

MOST_ROW_ELEMENTS: Final = 400  # below a table row; data rows have few
MOST_CELL_CHARS: Final = 1_500  # a longer cell is a column of the page's layout
NOT_IN_DATA: Final = VERBATIM | {
    CODE[name]
    for name in (
        *("table", "ul", "ol", "dl", "menu", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("form", "article", "section", "main", "nav", "header", "footer", "aside", "blockquote"),
    )
}
CELLS: Final = (CODE["td"], CODE["th"])

Record = tuple[str, int, int, int]
"""A block as the walk leaves it: raw text, row of its element, link characters, links."""


class Found:
    """The columns of a page in the making, and what only few elements need done."""

    def __init__(self) -> None:
        """Begin with no rows."""
        self.elements = Elements()
        self.records: list[Record] = []
        self.class_numbers: dict[str, int] = {}
        self.verbatim_open = 0
        self.verbatim: list[range] = []
        self.rows: set[int] = set()
        self.looks = 0

    def begin(self, attributes: Mapping[str, str | None]) -> None:
        """Add the row of `html`."""
        e = self.elements
        e.parent.append(-1)
        e.tag.append(CODE["html"])
        e.depth.append(0)
        e.end.append(1)
        e.first_block.append(0)
        e.end_block.append(0)
        e.class_at.append(self.number_class(attributes.get("class") or ""))
        self.note(0, attributes)

    def number_class(self, text: str) -> int:
        """Return the number of a class text, the same for the same text; 0 if it is blank."""
        found = self.class_numbers.get(text)
        if found is None:
            shown = text[:MOST_CLASS_CHARS].strip()
            found = len(self.elements.classes) if shown else 0
            if shown:
                self.elements.classes.append(shown)
            self.class_numbers[text] = found
        return found

    def note(self, row: int, attributes: Mapping[str, str | None]) -> bool:
        """Keep an element's telling attributes; say whether they hide it."""
        e = self.elements
        is_hidden = "hidden" in attributes
        for name, value in attributes.items():
            if not value or name not in ATTRIBUTES:
                continue
            if name == "style":
                is_hidden = is_hidden or _HIDING_STYLE.search(value) is not None
            elif name != "hidden":
                e.attribute_rows.append(row)
                e.attribute_names.append(name)
                e.attribute_texts.append(value[:MOST_ATTRIBUTE_CHARS])
        if is_hidden:
            e.hidden_rows.append(row)
        return is_hidden

    def is_drawn(self, drawing: LexborNode) -> bool:
        """Whether a drawing has text that is drawn, which its title and its style are not."""
        if not drawing.text().strip():
            return False
        waiting = [drawing.first_child]
        while waiting:
            node = waiting.pop()
            if node is None:
                continue
            self.looks += 1
            if self.looks > MOST_LOOKED_AT or (node.text_content or "").strip():
                return True
            waiting.append(node.next)
            if ACTIONS.get(node.tag_id) != SKIP:
                waiting.append(node.first_child)
        return False

    def open_special(
        self, row: int, kind: int, node: LexborNode, attributes: Mapping[str, str | None] | None
    ) -> None:
        """Do at a block-level element's begin what only few of them need; see `SPECIAL`."""
        if kind == 0:
            name = self.elements.other_names[row] = (node.tag or "")[:MOST_NAME_CHARS]
            is_hidden = name in NEVER_DRAWN
        else:
            is_hidden = kind in HIDDEN and (
                kind != CODE["dialog"] or "open" not in (attributes or ())
            )
            # One without a child is never closed, see the walk.
            self.verbatim_open += kind in VERBATIM and node.first_child is not None
        if is_hidden:
            self.elements.hidden_rows.append(row)

    def close_special(self, row: int, end: int) -> None:
        """Do at its end what only few elements need; `end` is one past the last row below it."""
        kind = self.elements.tag[row]
        if kind == ROW:
            self._merge_row(row, end)
        elif kind in VERBATIM:
            self.verbatim_open -= 1
            if not self.verbatim_open:
                self.verbatim.append(range(self.elements.first_block[row], len(self.records)))

    def _merge_row(self, row: int, end: int) -> None:
        """Make one block of a data row's cells; leave a row that is the page's layout as it is."""
        e, records = self.elements, self.records
        start = e.first_block[row]
        if start == len(records) or end - row > MOST_ROW_ELEMENTS:
            return
        if not NOT_IN_DATA.isdisjoint(e.tag[row + 1 : end]):
            return
        cells = [at for at in range(row + 1, end) if e.parent[at] == row and e.tag[at] in CELLS]
        spans = [records[e.first_block[cell] : e.end_block[cell]] for cell in cells]
        if len(cells) < 2 or sum(map(len, spans)) != len(records) - start:
            return
        if any(len(span) > 1 or (span and len(span[0][0]) > MOST_CELL_CHARS) for span in spans):
            return
        texts = [span[0][0].replace(LINE_END, " ") if span else "" for span in spans]
        link_chars = sum(found[2] for span in spans for found in span)
        links = sum(found[3] for span in spans for found in span)
        self.rows.difference_update(range(start, len(records)))
        records[start:] = [(CELL_END.join(texts), row, link_chars, links)]
        self.rows.add(start)
        for at in range(row + 1, end):
            is_empty = e.first_block[at] == e.end_block[at]
            e.first_block[at] = start + (is_empty and e.first_block[at] > start)
            e.end_block[at] = e.first_block[at] + (not is_empty)
