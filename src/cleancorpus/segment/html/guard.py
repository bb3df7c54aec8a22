"""Refuse, before parsing, the few pages whose parsing costs out of proportion to their length.

The parser is linear on ordinary pages. Three shapes make it quadratic: thousands of elements
nested in one another (each new one searches all open ones), thousands of formatting elements
left open (each new paragraph opens them all again), and one tag with tens of thousands of
attributes. Browsers stop nesting at 512 elements, so no page is written that way.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from cleancorpus.errors import TooDeep
from cleancorpus.segment.html.survey import FEW_TAGS, FORMATTING, MARKUP, Survey

MOST_DEPTH: Final = 5_000
"""Open elements; 5,000 nested ones cost the parser about 0.1 s, and it is quadratic from there."""

# The worst nesting of so many tags costs a second; of twice as many, what a count misses of it.
_MANY_TAGS = 15_000
_MOST_ATTRIBUTES = 10_000  # of one tag; 20,000 cost 1 s
_MOST_STEPS = 50_000_000  # open elements, summed over all tags: about 0.2 s
_STEPS_PER_TAG = 200
_MOST_REOPENED = 500_000  # formatting elements opened again, summed: about 0.2 s and 150 MB
_MOST_ALIKE = 3  # formatting elements of one name and attributes that are opened again
_MOST_CLIMB = 64


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_UNCOUNTED = _names(
    # Without content, there once, or closed by the next of their kind.
    "a area base body br col embed frame head hr html img input link meta param source track wbr"
    " path circle rect line polygon polyline ellipse use stop"
)
_FORMATTING = frozenset(name.decode() for name in FORMATTING)
# Through these an end tag or the next list item reaches the element that it closes.
_PASSABLE = _FORMATTING | _names("a abbr cite label span sub sup time")
_BLOCKS = _names(
    "address article aside blockquote button caption center dd details dialog dir div dl dt"
    " fieldset figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup li main menu nav object ol"
    " p pre search section select summary table tbody td template tfoot th thead tr ul"
)
_CLOSE_P = _BLOCKS - _names("button caption object select tbody td template tfoot th thead tr")
_CELLS = _names("caption td th tr tbody thead tfoot table object template")
# What row parts stand in directly; whatever else is open is closed by them.
_ROW_PARTS = {
    **dict.fromkeys(("td", "th"), ("tr", "table")),
    "tr": ("tbody", "thead", "tfoot", "table"),
    **dict.fromkeys(("tbody", "thead", "tfoot", "caption"), ("table",)),
}
_DRAWINGS = ("svg", "math")  # in them, and nowhere else, a `/>` closes what it opens
_NOT_DRAWN = _BLOCKS | _PASSABLE
_NEXT_CLOSES = {"li": ("li",), "dt": ("dt", "dd"), "dd": ("dt", "dd"), "option": ("option",)}


def check_cost(html: bytes, seen: Survey) -> None:
    """Raise where parsing would be far slower than the page's length lets expect.

    Most pages pass on a count of their tags. What looks odd is read tag by tag, much as a
    parser would, without making a tree.

    Raises:
        TooDeep: too many elements nested, reopened, or attributes on one tag.
    """
    if seen.tags > FEW_TAGS and _looks_odd(seen):
        _Scan(seen.tags).read(html)
    if seen.attributes > _MOST_ATTRIBUTES:
        raise TooDeep(f"a tag has over {_MOST_ATTRIBUTES} attributes")


def _looks_odd(seen: Survey) -> bool:
    tags = seen.tags
    if tags > 2 * _MANY_TAGS or (tags > _MANY_TAGS and seen.open > MOST_DEPTH):
        return True
    return seen.formats * _MOST_ALIKE * tags > 2 * _MOST_REOPENED  # half of the tags are end tags


_Formatting = tuple[str, bytes]


class _Scan:
    """The stack of open elements as a parser would have it, erring towards more."""

    def __init__(self, tags: int) -> None:
        # Of each open element: its name, name and attributes if it is a formatting one, and how
        # many formatting elements waited to be opened again when it began.
        self.open: list[tuple[str, _Formatting | None, int]] = []
        self.count: Counter[str] = Counter()
        self.waiting: list[_Formatting] = []
        self.waiting_names: Counter[str] = Counter()
        self.steps = self.reopened = 0
        self.most_steps = max(_MOST_STEPS, _STEPS_PER_TAG * tags)

    def read(self, html: bytes) -> None:
        is_drawing = False
        for match in MARKUP.finditer(html):
            if match["name"] is None:
                continue
            name = match["name"].lower().decode("latin-1")
            is_drawing = name in _DRAWINGS or (is_drawing and name not in _NOT_DRAWN)
            if match["end"]:
                self._end(name)
            elif name not in _UNCOUNTED:
                last = match.end("attributes")
                if not (is_drawing and html.startswith(b"/>", last - 1)):
                    self._begin(name, match["attributes"])
                    self._check()

    def _check(self) -> None:
        if len(self.open) > MOST_DEPTH:
            raise TooDeep(f"more than {MOST_DEPTH} elements nested in one another")
        if self.steps > self.most_steps:
            raise TooDeep("too many tags within deeply nested elements")
        if self.reopened > _MOST_REOPENED:
            raise TooDeep("too many formatting elements left open")

    def _begin(self, name: str, attributes: bytes) -> None:
        if name in _ROW_PARTS:
            if not self.count["table"]:
                return
            while self.open[-1][0] not in _ROW_PARTS[name]:
                self._pop()
        elif name in _CLOSE_P and self.count["p"]:
            self._pop_to("p")
        if name in _NEXT_CLOSES and (found := self._within_reach(_NEXT_CLOSES[name])):
            self._pop_to(found)
        self.steps += len(self.open)
        self.reopened += len(self.waiting)
        key = (name, attributes.strip()) if name in _FORMATTING else None
        self.open.append((name, key, len(self.waiting)))
        self.count[name] += 1

    def _end(self, name: str) -> None:
        if name in _BLOCKS:
            if self.count[name]:
                self._pop_to(name)
        elif self.count[name] and self._within_reach((name,)):
            while self.open[-1][0] != name:
                self._pop()
            self.count[name] -= 1
            self.open.pop()  # a formatting element that was closed does not wait
        elif self.waiting_names[name]:
            at = len(self.waiting) - 1
            while self.waiting[at][0] != name:
                at -= 1
            self._forget(slice(at, at + 1))

    def _within_reach(self, names: tuple[str, ...]) -> str | None:
        """The nearest open element of these names that only formatting stands in."""
        for name, _, _ in self.open[: -_MOST_CLIMB - 1 : -1]:
            if name in names:
                return name
            if name not in _PASSABLE:
                return None
        return None

    def _pop_to(self, name: str) -> None:
        while self._pop() != name:
            pass

    def _pop(self) -> str:
        """Close the innermost element; its formatting waits for the next, but not past a cell."""
        name, key, waiting = self.open.pop()
        self.count[name] -= 1
        if key and self.waiting.count(key) < _MOST_ALIKE:
            self.waiting.append(key)
            self.waiting_names[name] += 1
        if name in _CELLS:
            self._forget(slice(waiting, None))
        return name

    def _forget(self, those: slice) -> None:
        self.waiting_names.subtract(name for name, _ in self.waiting[those])
        del self.waiting[those]
