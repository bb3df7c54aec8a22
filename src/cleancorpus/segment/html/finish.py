"""From what a walk found to columns: white space as a browser shows it, kinds, what is hidden."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping, Sequence
from typing import Final

from cleancorpus.document import Kind
from cleancorpus.outline import Elements
from cleancorpus.segment.html.columns import KINDS, Columns
from cleancorpus.segment.html.found import CELL_END, LINE_END, Found, Record
from cleancorpus.segment.html.tags import CODE

MOST_BLOCKS: Final = 200_000
"""Of a page; what follows is put into the last one."""

_HTML_SPACES = re.compile("[ \t\n\f\r]+")
# White space to Python that a browser neither collapses nor drops.
_KEPT_SPACES = (
    "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
)
_OTHER_SPACES = re.compile(f"[{_KEPT_SPACES[1:]}]")
_BLANK_START = re.compile(r"\A(?:[^\S\n]*\n)+")

NO_KIND: Final = -1
HEADING_LEVELS: Final = {CODE[f"h{level}"]: level for level in range(1, 7)}
KIND_OF: Final = {
    code: KINDS.index(kind)
    for kind, names in (
        (Kind.HEADING, ("h1", "h2", "h3", "h4", "h5", "h6")),
        (Kind.CODE, ("pre", "listing", "xmp", "plaintext")),
        (Kind.CAPTION, ("figcaption", "caption")),
        (Kind.LIST_ITEM, ("li", "dt", "dd")),
        (Kind.QUOTE, ("blockquote",)),
    )
    for code in map(CODE.__getitem__, names)
}
LISTS: Final = frozenset(CODE[name] for name in ("ul", "ol", "dl", "menu", "dir"))
ITEM, TABLE_ROW = KINDS.index(Kind.LIST_ITEM), KINDS.index(Kind.TABLE_ROW)
HEADING = KINDS.index(Kind.HEADING)
PARAGRAPH, LINE = KINDS.index(Kind.PARAGRAPH), KINDS.index(Kind.LINE)


def as_columns(found: Found, head: Mapping[str, str]) -> Columns:
    """Return what a walk found as columns."""
    elements, records = found.elements, _clamped(found)
    raws, rows, link_chars, links = zip(*records, strict=True) if records else ((), (), (), ())
    texts, words = _texts(raws, found.verbatim)
    seen: dict[int, int] = {}
    parts = array("i")
    for row in rows:
        part = seen.get(row, 0)
        seen[row] = part + 1
        parts.append(part)
    kinds, levels = _kinds(elements, rows, found.rows)
    hidden = bytearray(len(records))
    for row in elements.hidden_rows:
        start, end = elements.first_block[row], elements.end_block[row]
        hidden[start:end] = b"\1" * (end - start)
    return Columns(
        elements,
        texts,
        array("i", rows),
        parts,
        array("i", map(len, texts)),
        array("i", link_chars),
        array("i", links),
        words,
        kinds,
        levels,
        hidden,
        head,
    )


def _clamped(found: Found) -> list[Record]:
    """The blocks, with those beyond the limit joined into the last one."""
    records = found.records
    if len(records) <= MOST_BLOCKS:
        return records
    rest = records[MOST_BLOCKS - 1 :]
    text = LINE_END.join(one[0].replace(CELL_END, " ") for one in rest)
    last = (text, rest[0][1], sum(one[2] for one in rest), sum(one[3] for one in rest))
    for column in (found.elements.first_block, found.elements.end_block):
        column[:] = array("i", (min(at, MOST_BLOCKS) for at in column))
    found.verbatim = [
        range(min(at.start, MOST_BLOCKS), min(at.stop, MOST_BLOCKS)) for at in found.verbatim
    ]
    return [*records[: MOST_BLOCKS - 1], last]


def _texts(raws: Sequence[str], verbatim: Sequence[range]) -> tuple[list[str], array[int]]:
    """The texts as shown, and how many words each has."""
    cut = list(map(str.split, raws))
    texts = list(map(" ".join, cut))
    words = array("i", map(len, cut))
    page = "".join(raws)
    signs = LINE_END if page.isascii() else LINE_END + _KEPT_SPACES
    odd = {at for sign in signs if sign in page for at, raw in enumerate(raws) if sign in raw}
    for at in odd:
        texts[at] = _shown(raws[at])
        words[at] = len(texts[at].split())
    for span in verbatim:
        for at in span:
            # Of code the indentation of the first line stays.
            texts[at] = _BLANK_START.sub("", raws[at].replace(LINE_END, "\n")).rstrip()
            words[at] = len(texts[at].split())
    return texts, words


def _shown(raw: str) -> str:
    """White space as a browser shows it: lines end at `<br>`, a no-break space stays one."""
    if CELL_END in raw:
        return "\t".join(map(_line, raw.split(CELL_END)))
    return "\n".join(map(_line, raw.split(LINE_END))).strip()


def _line(raw: str) -> str:
    # Splitting is several times faster than a regular expression, and no line has a U+0000.
    hidden = raw.replace("\xa0", "\0")
    if _OTHER_SPACES.search(hidden):
        return _HTML_SPACES.sub(" ", raw).strip()
    return " ".join(hidden.split()).replace("\0", "\xa0").strip()


def _kinds(
    elements: Elements, rows: Sequence[int], table_rows: set[int]
) -> tuple[array[int], array[int]]:
    """The kind and level of each block, from the nearest element around it that gives one."""
    kinds, levels = array("i"), array("i")
    parent, tag, first_block = elements.parent, elements.tag, elements.first_block
    # By row: the nearest row that gives a kind, and how many lists are around.
    known: dict[int, tuple[int, int]] = {-1: (NO_KIND, 0)}
    for at, row in enumerate(rows):
        new: list[int] = []
        above = row
        while above not in known:
            new.append(above)
            above = parent[above]
        giver, lists = known[above]
        for one in reversed(new):
            if tag[one] in KIND_OF:
                giver = one
            elif tag[one] in LISTS:
                lists += 1
            known[one] = giver, lists
        giver, lists = known[row]
        kind = KIND_OF[tag[giver]] if giver >= 0 else NO_KIND
        if at in table_rows:
            kind = TABLE_ROW
        elif kind == NO_KIND or (kind == ITEM and first_block[giver] != at):
            kind = PARAGRAPH if tag[row] == CODE["p"] else LINE
        kinds.append(kind)
        if kind == HEADING:
            levels.append(HEADING_LEVELS[tag[giver]])
        else:
            levels.append(max(lists, 1) if kind == ITEM else 0)
    return kinds, levels
