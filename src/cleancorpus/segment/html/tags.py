"""What the walk does at each element, by lexbor's numbers for them.

The numbers differ between releases of selectolax, so they are asked for at import.
"""

from __future__ import annotations

from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleancorpus.outline import TAGS

CODE: Final = {name: code for code, name in enumerate(TAGS) if name}

# Below 0 an action of its own, from 0 a block-level element's code, from INLINE an inline one's
# (with INLINE added).
SKIP, BREAK, DRAWING, MARKUP_AS_TEXT, NOSCRIPT, UNKNOWN = -1, -2, -3, -4, -5, -6
INLINE: Final = 1024

READ_AS: Final = {name: code + INLINE * (code >= CODE["a"]) for name, code in CODE.items()}
"""By name, a block-level element's code, or an inline one's with INLINE added."""

# Names that lexbor does not know have the address of their entry in its table for a number,
# another one in every document.
FIRST_ADDRESS: Final = 4096

# Never shown, or without text of their own.
_SKIPPED = (
    *("script", "style", "template", "head", "title", "base", "link", "meta", "basefont"),
    *("area", "col", "embed", "frame", "img", "input", "param", "source", "track", "wbr"),
)  # fmt: skip

ROW: Final = CODE["tr"]
VERBATIM: Final = frozenset(
    CODE[name] for name in ("pre", "listing", "xmp", "plaintext", "textarea")
)
HIDDEN: Final = frozenset(
    CODE[name] for name in ("datalist", "iframe", "noframes", "noembed", "dialog")
)
"""What browsers do not show; a `<dialog>` only as long as it is not open."""
SPECIAL: Final = VERBATIM | HIDDEN | {ROW, 0}
"""Block-level elements that the walk hands to `Found.open_special`."""


def _learn() -> tuple[dict[int, int], int, int]:
    """The action of each tag number, and the numbers of text and of `<a>`."""
    tree = LexborHTMLParser("<body>text<!--comment--></body>")
    body = tree.body
    assert body is not None
    text, comment = body.first_child, body.last_child
    assert text is not None
    assert comment is not None

    def number(name: str) -> int:
        return tree.create_node(name).tag_id

    actions = {number(name): SKIP for name in _SKIPPED}
    actions[0] = actions[comment.tag_id] = SKIP  # 0: processing instructions
    actions[number("br")] = BREAK
    for name, code in READ_AS.items():
        if number(name) < FIRST_ADDRESS:
            actions[number(name)] = code
    actions[number("svg")] = DRAWING
    actions[number("noscript")] = NOSCRIPT
    for name in ("iframe", "noframes", "noembed"):
        actions[number(name)] = MARKUP_AS_TEXT
    return actions, text.tag_id, number("a")


ACTIONS, TEXT, LINK = _learn()


def fallback_text(node: LexborNode) -> str:
    """Return the text of an element whose markup the parser has left as text, such as a frame's."""
    child = node.first_child
    raw = (child.text_content or "") if child is not None else ""
    if "<" not in raw and "&" not in raw:
        return raw
    tree = LexborHTMLParser(raw)
    tree.strip_tags(["script", "style", "template", "title"])
    return tree.root.text(separator=" ") if tree.root is not None else ""
