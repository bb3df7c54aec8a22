"""Pages as columns without HTML: a tree of tuples, walked as a parser's tree would be."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from cleancorpus.outline import TAGS, Elements

Node = tuple[str, str, list["Node | str"]]


@dataclass
class Table:
    """Columns that grow while a tree is walked."""

    elements: Elements = field(default_factory=Elements)
    text: list[str] = field(default_factory=list)
    element: list[int] = field(default_factory=list)
    link_chars: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    head: dict[str, str] = field(default_factory=dict)

    def add(self, node: Node, parent: int = -1) -> None:
        tag, name, children = node
        rows = self.elements
        at = len(rows.parent)
        if name not in rows.classes:
            rows.classes.append(name)
        rows.parent.append(parent)
        rows.tag.append(TAGS.index(tag))
        rows.class_at.append(rows.classes.index(name))
        rows.first_block.append(len(self.text))
        rows.end_block.append(0)
        for child in children:
            if isinstance(child, str):
                self.text.append(child)
                self.element.append(at)
                self.link_chars.append(len(child) if tag == "nav" else 0)
                self.links.append(int(tag == "nav"))
                self.words.append(child.count(" ") + 1)
            else:
                self.add(child, at)
        rows.end_block[at] = len(self.text)


def build(body: Node) -> Table:
    table = Table()
    table.add(body)
    return table


def draw(seed: int) -> Table:
    """A page of chance with at least one block."""
    rng = random.Random(seed)  # noqa: S311 - no secret

    def node(depth: int) -> Node:
        tag = rng.choice(("div", "p", "nav", "li", "h1", "h2", "footer", "article", "td"))
        name = rng.choice(("", "menu", "post-body", "sideBar", "x1", "comment list"))
        children: list[Node | str] = []
        for _ in range(rng.randrange(1, 5)):
            if depth and rng.random() < 0.6:
                children.append(node(depth - 1))
            else:
                children.append(
                    " ".join(rng.choices(("a", "über", "ÉT", "3.", "話。"), k=rng.randrange(1, 40)))
                )
        return tag, name, children

    return build(("body", "", [node(4) for _ in range(3)]))


@pytest.fixture
def page_of() -> Callable[[Node], Table]:
    """Build the columns of a page from a tree of (tag, class, children)."""
    return build


@pytest.fixture
def drawn() -> Callable[[int], Table]:
    """Draw the columns of a page from a seed."""
    return draw
