"""The containers of an HTML page that say what they hold, where they are small against the page.

A word in a class decides nothing: `widget`, `comment` or `menu` stand around the main content of
many pages. So only a container counts that holds little of the page's running text, and a filter
asks the block itself for its shape too. Text and Markdown have no containers.
"""

from __future__ import annotations

import enum
import itertools
import re
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from operator import itemgetter
from types import ModuleType
from typing import Final, NamedTuple

import numpy as np

from cleancorpus.outline import TAGS, Elements
from cleancorpus.page.compiled import compiled
from cleancorpus.page.line import Line

ROLES: Final = {
    "navigation": "nav navbar navigation menu menus submenu megamenu subnav dropdown breadcrumb "
    "breadcrumbs crumbs pagination pager",
    "aside": "sidebar complementary",
    "footer": "footer contentinfo colophon copyright",
    "related": "related recommended recommendations recirculation trending popular",
    "share": "newsletter subscribe subscription signup optin sharedaddy addtoany follow",
    "consent": "cookie cookies consent gdpr onetrust ccpa cookiebot",
    "dialog": "dialog modal popup lightbox offcanvas",
    "form": "form",
    "comment": "comment comments commentlist disqus respond",
    "byline": "author authors byline dateline bio published",
    "advertisement": "sponsored outbrain taboola advertisement",
}
"""By role the words of class, id, role and label that a container of its kind has."""

_TAG_ROLES = {
    "nav": "navigation",
    "aside": "aside",
    "header": "header",
    "footer": "footer",
    "dialog": "dialog",
    "form": "form",
    "select": "form",
}
_MOST_PROSE_SHARE = 0.05  # of the page's running text; measured on pages with gold text
_MOST_SHARE = 0.4  # of the page's blocks, where only a name tells what the container is

_ARIA_ROLES = frozenset({"navigation", "complementary", "contentinfo", "dialog", "form"})
_NAMING = frozenset({"id", "role"})
_TAG_ROLE_OF = {TAGS.index(tag): (role, tag) for tag, role in _TAG_ROLES.items()}
_HAS_ROLE = np.array([code in _TAG_ROLE_OF for code in range(len(TAGS))])
_NEXT = ("", "~")  # stands for the end of a name
_ROLE_OF = {word.encode(): (role, word) for role, words in ROLES.items() for word in words.split()}
_ROLE_OF[b"~"] = _NEXT
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
# Names are read as one text; a tilde parts them, and everything but letters parts words.
_LETTERS = bytes(
    byte | 32 if chr(byte).isascii() and chr(byte).isalpha() else byte if byte == ord("~") else 32
    for byte in range(256)
)

Roles = list[tuple[str, str]]  # what a container may hold, and the word that says so


class Told(enum.StrEnum):
    """What tells the kind of a container: its element, its ARIA role, or a class or id."""

    TAG = "<{}>"
    ROLE = "a container with the role '{}'"
    NAME = "a container called '{}'"


# As the compiled twin knows them: by number.
_TOLD = tuple(Told)
_BY_NAME = _TOLD.index(Told.NAME)
_IS_ARIA = 1 << 16
_NAMES = [role for role in _ROLE_OF.values() if role is not _NEXT]
_WORDS = len(_NAMES)
_NAMES += _TAG_ROLE_OF.values()
_ROLES = sorted({role for role, _ in _NAMES})
_ROLE_NUMBERS = bytes(_ROLES.index(role) for role, _ in _NAMES)
_TAG_NUMBERS = bytes(
    _NAMES.index(_TAG_ROLE_OF[code], _WORDS) + 1 if code in _TAG_ROLE_OF else 0
    for code in range(len(TAGS))
)


class Box(NamedTuple):
    """A container: the blocks from `start` to before `end`, and the name by which it is known."""

    role: str
    start: int
    end: int
    name: str
    told: Told

    @property
    def is_sure(self) -> bool:
        """The element or its ARIA role tells what it is, and not only a name."""
        return self.told is not Told.NAME

    def says(self, line: Line) -> str:
        """Say as evidence that a line stands in the container, and how the line looks."""
        links = ", most of them link" if line.is_linked else ""
        return f"stands in {_container(self.told, self.name)}, {line.words} words{links}"


@cache
def _container(told: Told, name: str) -> str:
    """How evidence calls a container; there are as many as words that tell roles."""
    return told.format(name)


class Boxes(NamedTuple):
    """The small containers by role, and the roles that a container had which is not small.

    Of a role the sure ones come first, each kind in order, and none stands inside another that
    is known in the same way.
    """

    small: Mapping[str, list[Box]]
    large: AbstractSet[str]


def find_boxes(lines: Sequence[Line], prose: Sequence[int]) -> Boxes:
    """Return the containers of a page with these lines; `prose` are those of running text."""
    place = lines[0].block.place if lines else None
    if place is None:
        return Boxes({}, frozenset())
    words = [0, *itertools.accumulate([lines[at].words for at in prose])]
    module = compiled()
    if module is None:
        return boxes_in_python(place.elements, prose, words, len(lines))
    return boxes_compiled(module, place.elements, prose, words, len(lines))


def boxes_compiled(
    module: ModuleType, of: Elements, prose: Sequence[int], words: list[int], blocks: int
) -> Boxes:
    """Find the boxes with the compiled twin."""
    places = array("i", prose), array("i", words)
    boxes, large = module.find_boxes(
        _name_table(module),
        _ROLE_NUMBERS,
        _TAG_NUMBERS,
        (of.first_block, of.end_block, of.tag, of.class_at, of.attribute_rows, *places),
        of.classes,
        of.attribute_names,
        of.attribute_texts,
        words[-1] * _MOST_PROSE_SHARE,
        blocks * _MOST_SHARE,
    )
    sure: dict[str, list[Box]] = {}
    named: dict[str, list[Box]] = {}
    for number, start, end, told in boxes:
        role, name = _NAMES[number]
        known = named if told == _BY_NAME else sure
        known.setdefault(role, []).append(Box(role, start, end, name, _TOLD[told]))
    roles = {role: sure.get(role, []) + named.get(role, []) for role in (*sure, *named)}
    return Boxes(roles, {_ROLES[number] for number in large})


@cache
def _name_table(module: ModuleType) -> object:
    """The words that tell roles as the twin looks them up: the number of each, from 1."""
    words = tuple(
        (word.encode(), number | _IS_ARIA * (word in _ARIA_ROLES))
        for number, (_, word) in enumerate(_NAMES[:_WORDS], 1)
    )
    return module.make_table(words, (), (), (0, 0, 0, 0))


def boxes_in_python(
    elements: Elements, prose: Sequence[int], words: list[int], blocks: int
) -> Boxes:
    """Find the boxes where nothing is compiled; `words` stand before each block of `prose`."""
    begin, end = elements.first_block, elements.end_block
    most, most_blocks = words[-1] * _MOST_PROSE_SHARE, blocks * _MOST_SHARE
    found: dict[tuple[str, bool], list[Box]] = {}
    large: set[str] = set()
    for row, told, (role, name) in sorted(_named(elements), key=itemgetter(0)):
        is_named = told is Told.NAME
        known = found.setdefault((role, is_named), [])
        start, stop = begin[row], end[row]
        if known and start < known[-1].end:
            continue
        if is_named and stop - start > most_blocks:
            continue
        if words[bisect_left(prose, stop)] - words[bisect_left(prose, start)] <= most:
            known.append(Box(role, start, stop, name, told))
        else:
            large.add(role)
    roles = {role for role, _ in found}
    small = {role: found.get((role, False), []) + found.get((role, True), []) for role in roles}
    return Boxes(small, large)


def _named(elements: Elements) -> Iterator[tuple[int, Told, tuple[str, str]]]:
    """The containers of blocks whose element, ARIA role, class or id says what they hold."""
    begin, end = np.asarray(elements.first_block), np.asarray(elements.end_block)
    rows = np.flatnonzero(end > begin)
    tags = np.asarray(elements.tag).take(rows)
    for row in rows[_HAS_ROLE.take(tags)].tolist():
        yield row, Told.TAG, _TAG_ROLE_OF[elements.tag[row]]
    class_at = np.asarray(elements.class_at).take(rows)
    used = np.flatnonzero(np.bincount(class_at)).tolist()
    told = zip(elements.attribute_rows, elements.attribute_names, strict=True)
    naming = [
        at for at, (row, name) in enumerate(told) if name in _NAMING and end[row] > begin[row]
    ]
    texts = elements.attribute_texts
    roles = _roles([*(elements.classes[at] for at in used), *(texts[at] for at in naming)])
    by_class = {used[at]: found for at, found in roles.items() if at < len(used)}
    for row, at in zip(rows.tolist(), class_at.tolist(), strict=True):
        for role in by_class.get(at, ()):
            yield row, Told.NAME, role
    for number, at in enumerate(naming, len(used)):
        is_role = elements.attribute_names[at] == "role"
        for role in roles.get(number, ()):
            how = Told.ROLE if is_role and role[1] in _ARIA_ROLES else Told.NAME
            yield elements.attribute_rows[at], how, role


def _roles(names: list[str]) -> dict[int, Roles]:
    """For each name with words that tell roles, by its index, those."""
    plain = [name if name.islower() or not name else _HUMP.sub(" ", name) for name in names]
    together = " ~ ".join([name.replace("~", " ") if "~" in name else name for name in plain])
    words = together.encode("utf-8", "replace").translate(_LETTERS).split()
    found: dict[int, Roles] = {}
    at = 0
    for role in filter(None, map(_ROLE_OF.get, words)):
        if role is _NEXT:
            at += 1
        else:
            found.setdefault(at, []).append(role)
    return found
