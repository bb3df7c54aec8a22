"""The compiled walk behind the same columns: what it is told once, and what it returns.

The tables of the Python walk are its plan, so that they stand in one place. Where it meets a
page that is not for it (markup in a frame, more blocks than the limit: under 2 pages of 100),
the Python walk reads that page.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from types import ModuleType
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from cleancorpus.outline import TAGS, Elements
from cleancorpus.segment.html import finish, found, tags
from cleancorpus.segment.html.collect import python_columns
from cleancorpus.segment.html.columns import Columns
from cleancorpus.segment.html.survey import LIMITS, Survey
from cleancorpus.segment.html.tags import CODE, FIRST_ADDRESS

_NUMBERS, _CODES = 512, 256  # the lengths of tables in walk.h
_UNDRAWN = -7
_NOTED: Final = tuple(sorted(found.ATTRIBUTES - {"hidden", "style"}))
READ_ATTRIBUTES: Final = ("class", "hidden", "style", "open", *_NOTED)
"""The attributes that the walk reads, in the order of walk.h."""

_ROLES: Final = (
    (1, tags.VERBATIM),
    (2, tags.HIDDEN),
    (4, {tags.ROW}),
    (8, set(found.CELLS)),
    (16, found.NOT_IN_DATA),
    (32, finish.LISTS),
    (64, {CODE["dialog"]}),
)


class CompiledWalk:
    """The compiled walk with its plan."""

    name = "compiled"

    def __init__(self, module: ModuleType, attributes: Mapping[str, int]) -> None:
        """Make the plan; `attributes` are lexbor's numbers for their names, 0 for none."""
        self._survey, self._walk = module.survey, module.walk
        self._plan = module.make_plan(
            (tags.TEXT, tags.LINK),
            *_by_number(attributes),
            _by_code(),
            (CODE["p"], CODE["svg"], CODE["noscript"]),
            (finish.PARAGRAPH, finish.LINE, finish.ITEM, finish.HEADING, finish.TABLE_ROW),
            (
                *(found.MOST_CLASS_CHARS, found.MOST_ATTRIBUTE_CHARS, found.MOST_NAME_CHARS),
                *(found.MOST_CELL_CHARS, found.MOST_ROW_ELEMENTS, found.MOST_LOOKED_AT),
            ),
        )
        # Names that only a tree can tell, by their numbers, as they are met.
        self._names: dict[int, str] = {}

    def survey(self, html: bytes, /) -> Survey:
        """Return what is asked of a page's bytes before parsing."""
        return Survey(*self._survey(html, *LIMITS))

    def read(
        self, tree: LexborHTMLParser, head: Mapping[str, str], *, read_noscript: bool
    ) -> Columns:
        """Return a tree as columns, with what its head says."""
        columns = self.try_to_read(tree, head, read_noscript=read_noscript)
        if columns is None:
            return python_columns(tree, head, read_noscript=read_noscript)
        return columns

    def try_to_read(
        self, tree: LexborHTMLParser, head: Mapping[str, str], *, read_noscript: bool
    ) -> Columns | None:
        """Return a tree as columns, or nothing if the page is one for the Python walk."""
        root = tree.root
        taken = self._walk(self._plan, root, read_noscript, finish.MOST_BLOCKS) if root else None
        if taken is None:
            return None
        rows, classes, at, names, texts, hidden_rows, others, shown, blocks, hidden = taken
        parent, tag, depth, end, first_block, end_block, class_at = map(_integers, rows)
        elements = Elements(
            parent=parent,
            tag=tag,
            depth=depth,
            end=end,
            first_block=first_block,
            end_block=end_block,
            class_at=class_at,
            classes=["", *classes],
            attribute_rows=_integers(at),
            attribute_names=[READ_ATTRIBUTES[name] for name in _integers(names)],
            attribute_texts=texts,
            hidden_rows=_integers(hidden_rows),
            other_names={row: self._name(tree, name) for row, name in others.items()},
        )
        element, part, chars, link_chars, links, words, kind, level = map(_integers, blocks)
        return Columns(
            elements,
            shown,
            element,
            part,
            chars,
            link_chars,
            links,
            words,
            kind,
            level,
            hidden,
            head,
        )

    def _name(self, tree: LexborHTMLParser, name: str | int) -> str:
        """The name itself, or that of one of lexbor's numbers, which it only tells of a node."""
        if isinstance(name, str):
            return name
        if name not in self._names:
            for node in tree.root.traverse() if tree.root is not None else ():
                # In drawings some names have capitals, which are not part of what is numbered.
                self._names[node.tag_id] = (node.tag or "").lower()
        return self._names[name][: found.MOST_NAME_CHARS]


def _integers(raw: bytes) -> array[int]:
    return array("i", raw)


def _by_number(
    attributes: Mapping[str, int],
) -> tuple[tuple[bytes, bytes, bytes], tuple[list[tuple[bytes, int]], list[tuple[bytes, int]]]]:
    """The tables by lexbor's numbers, and beside them the names that have none."""
    actions = array("i", [tags.UNKNOWN]) * _NUMBERS
    codes = array("i", [0]) * _NUMBERS
    meanings = array("i", [-1]) * _NUMBERS
    unnumbered: list[tuple[bytes, int]] = []
    for number, action in tags.ACTIONS.items():
        actions[number] = action
    tree = LexborHTMLParser("")
    wanted = {**tags.READ_AS, **dict.fromkeys(found.NEVER_DRAWN, _UNDRAWN)}
    for name, action in wanted.items():
        number = tree.create_node(name).tag_id
        if number >= FIRST_ADDRESS:
            unnumbered.append((name.encode(), action))
            continue
        codes[number] = CODE.get(name, 0)
        if action == _UNDRAWN:
            actions[number] = action
    unnumbered_attributes: list[tuple[bytes, int]] = []
    for meaning, name in enumerate(READ_ATTRIBUTES):
        if attributes[name]:
            meanings[attributes[name]] = meaning
        else:
            unnumbered_attributes.append((name.encode(), meaning))
    tables = actions.tobytes(), codes.tobytes(), meanings.tobytes()
    return tables, (unnumbered, unnumbered_attributes)


def _by_code() -> tuple[bytes, bytes, bytes]:
    """What the codes of elements stand for, the kinds of block they give, levels of headings."""
    roles, levels = array("i", [0]) * _CODES, array("i", [0]) * _CODES
    kinds = array("i", [finish.NO_KIND]) * _CODES
    for code in range(len(TAGS)):
        roles[code] = sum(bit for bit, codes in _ROLES if code in codes)
        kinds[code] = finish.KIND_OF.get(code, finish.NO_KIND)
        levels[code] = finish.HEADING_LEVELS.get(code, 0)
    return roles.tobytes(), kinds.tobytes(), levels.tobytes()
