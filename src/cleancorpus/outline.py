"""The elements that the blocks of an HTML page stand in, as columns, and a block's place there.

Nothing here knows a parser: a walk over a tree fills the columns, and filters ask a block for
its containers without touching the tree again, which is gone by then.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

TAGS: Final = (
    "",  # every name that is not in this list
    *("html", "body", "div", "p", "ul", "ol", "li", "dl", "dt", "dd", "menu"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "header", "footer", "nav", "main", "aside"),
    *("section", "article", "address", "blockquote", "pre", "listing", "xmp", "plaintext", "hr"),
    *("figure", "figcaption", "details", "summary", "dialog", "center", "search"),
    *("table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th"),
    *("form", "fieldset", "legend", "button", "select", "optgroup", "option", "datalist"),
    *("textarea", "noscript", "iframe", "noframes", "noembed", "frameset", "object", "applet"),
    *("video", "audio", "canvas", "map", "svg", "marquee", "slot", "dir"),
    *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
    *("em", "font", "i", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture"),
    *("progress", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "span", "strike"),
    *("strong", "sub", "sup", "time", "tt", "u", "var", "math", "mi", "mn", "mo", "mtext", "mrow"),
    *("msup", "msub", "msubsup", "mfrac", "msqrt", "mroot", "mover", "munder", "munderover"),
    *("mtable", "mtr", "mtd", "mstyle", "mpadded", "mfenced", "semantics", "annotation"),
)  # fmt: skip
"""The names of elements by their code: the place in this tuple, which never changes."""

_TOKEN = re.compile(r"[a-z]+|[^\W\d_a-z]+")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MOST_CONTAINERS = 64  # of a block that are looked at; real pages rarely nest 40 deep


def _integers() -> array[int]:
    return array("i")


@dataclass(frozen=True, slots=True)
class Elements:
    """The elements of a page in preorder, a row each; `html` is row 0.

    `tag` holds codes of `TAGS`, `other_names` the names of the rows with code 0. `end` is one
    past the last row below an element; `first_block` and `end_block` bound the blocks that lie
    wholly in it; for an inline element they are equal and name the block that it is part of,
    unless block-level elements stand in it. `class_at` points into `classes`, where 0 is no
    class. The three `attribute` columns hold what few elements have: id, role, label and the
    like, in order of rows.
    `hidden_rows` are the tops of what a browser would not show. Elements without any text,
    such as images, and those that are never shown, such as scripts, have no row.
    """

    parent: array[int] = field(default_factory=_integers)
    tag: array[int] = field(default_factory=_integers)
    depth: array[int] = field(default_factory=_integers)
    end: array[int] = field(default_factory=_integers)
    first_block: array[int] = field(default_factory=_integers)
    end_block: array[int] = field(default_factory=_integers)
    class_at: array[int] = field(default_factory=_integers)
    classes: list[str] = field(default_factory=lambda: [""])
    attribute_rows: array[int] = field(default_factory=_integers)
    attribute_names: list[str] = field(default_factory=list)
    attribute_texts: list[str] = field(default_factory=list)
    hidden_rows: array[int] = field(default_factory=_integers)
    other_names: dict[int, str] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def __getstate__(self) -> dict[str, Any]:
        """Leave the memo behind: it can be computed again."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "memo"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take the state of `__getstate__`, with an empty memo."""
        for name, value in state.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "memo", {})

    def name(self, row: int) -> str:
        """Return an element's name."""
        return TAGS[self.tag[row]] or self.other_names.get(row, "")

    def upwards(self, row: int) -> Iterator[int]:
        """Yield the element and all that hold it, nearest first, up to `html`."""
        parent = self.parent
        while row >= 0:
            yield row
            row = parent[row]

    def locator(self, row: int) -> str:
        """Return the path to an element from `html`, with its number among equal siblings."""
        numbers, counts = self._numbers()
        steps: list[str] = []
        for at in self.upwards(row):
            name = self.name(at)
            is_alone = counts[self.parent[at], name] == 1
            steps.append(name if is_alone else f"{name}[{numbers[at]}]")
        return "/".join(reversed(steps))

    def tokens(self, row: int) -> frozenset[str]:
        """Return the words of class, id, role and label of one element, and its name."""
        known: dict[int, frozenset[str]] = self.memo.setdefault("tokens", {})
        found = known.get(row)
        if found is None:
            texts = [self.name(row), self.classes[self.class_at[row]], *self._texts(row)]
            found = known[row] = frozenset(_tokens(" ".join(texts)))
        return found

    def _texts(self, row: int) -> list[str]:
        found: dict[int, list[str]] | None = self.memo.get("texts")
        if found is None:
            found = self.memo["texts"] = {}
            for at, text in zip(self.attribute_rows, self.attribute_texts, strict=True):
                found.setdefault(at, []).append(text)
        return found.get(row, [])

    def _numbers(self) -> tuple[list[int], dict[tuple[int, str], int]]:
        found: tuple[list[int], dict[tuple[int, str], int]] | None = self.memo.get("numbers")
        if found is None:
            counts: dict[tuple[int, str], int] = {}
            numbers: list[int] = []
            for row, parent in enumerate(self.parent):
                key = (parent, self.name(row))
                counts[key] = counts.get(key, 0) + 1
                numbers.append(counts[key])
            found = self.memo["numbers"] = numbers, counts
        return found


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands on an HTML page: the nearest block-level element that holds it.

    Two integers' worth of memory a block: everything else is looked up when asked for, in
    columns that all blocks of the page share.
    """

    elements: Elements
    row: int

    @property
    def locator(self) -> str:
        """The path to the element, such as `html/body/div[2]/p[3]`; CSS and XPath can follow it.

        A number counts siblings of the same name from 1, and is left out where there is one only.
        """
        return self.elements.locator(self.row)

    @property
    def tags(self) -> tuple[str, ...]:
        """The names of the element and all that hold it, nearest first."""
        elements = self.elements
        return tuple(map(elements.name, elements.upwards(self.row)))

    def nearest(self, name: str) -> int | None:
        """Return the row of the nearest element of that name around the block."""
        elements = self.elements
        rows = elements.upwards(self.row)
        return next((row for row in rows if elements.name(row) == name), None)

    def opened(self, block: int) -> Iterator[range]:
        """Yield the blocks of each container that begins with this block, which stands here.

        The smallest comes first: a section, where the block is its heading. None holds the
        same blocks as another, or this block alone.
        """
        elements, end = self.elements, block + 1
        for row in elements.upwards(self.row):
            if elements.first_block[row] != block:
                return
            if elements.end_block[row] > end:
                end = elements.end_block[row]
                yield range(block, end)

    @property
    def containers(self) -> tuple[frozenset[str], ...]:
        """For the element and those that hold it, nearest first, the tokens of each."""
        elements = self.elements
        rows = zip(range(_MOST_CONTAINERS), elements.upwards(self.row), strict=False)
        return tuple(elements.tokens(row) for _, row in rows)

    @property
    def tokens(self) -> frozenset[str]:
        """The tokens of the element and all that hold it, as one set."""
        known: dict[int, frozenset[str]] = self.elements.memo.setdefault("all tokens", {})
        found = known.get(self.row)
        if found is None:
            found = known[self.row] = frozenset().union(*self.containers)
        return found


def _tokens(text: str) -> Iterator[str]:
    """The lower-case words of names such as `siteHeader`, `c-related__item` or `col2`."""
    return (match.group() for match in _TOKEN.finditer(_HUMP.sub(" ", text).lower()))
