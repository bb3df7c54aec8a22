"""The one pass over the tree that lexbor built, in Python.

Every access to a node makes a new Python object, so the loop asks for as little as it can and
calls no function of ours in the ordinary case. The compiled walk in `_walk/walk.c` does the same
step by step: whoever changes one changes both, and a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleancorpus.segment.html.columns import Columns
from cleancorpus.segment.html.finish import as_columns
from cleancorpus.segment.html.found import ATTRIBUTES, LINE_END, Found
from cleancorpus.segment.html.tags import (
    ACTIONS,
    BREAK,
    CODE,
    DRAWING,
    INLINE,
    LINK,
    MARKUP_AS_TEXT,
    READ_AS,
    SKIP,
    SPECIAL,
    TEXT,
    UNKNOWN,
    fallback_text,
)

# What a stack entry says of its element, besides the block that goes on after it (0 or more;
# at or below `_SPECIAL`, that block counted down from there).
_INLINE, _LINK, _SPECIAL = -1, -2, -3


def python_columns(
    tree: LexborHTMLParser, head: Mapping[str, str], *, read_noscript: bool
) -> Columns:
    """Return a tree as columns, with what its head says."""
    return as_columns(_collect(tree, read_noscript=read_noscript), head)


def _collect(tree: LexborHTMLParser, *, read_noscript: bool) -> Found:  # noqa: C901, PLR0912, PLR0915 - one loop, see above
    """Walk the tree once; see above."""
    found = Found()
    root = tree.root
    if root is None:
        return found
    elements, records = found.elements, found.records
    parent, end, end_block = elements.parent, elements.end, elements.end_block
    add_parent, add_tag, add_depth = parent.append, elements.tag.append, elements.depth.append
    add_end, add_class = end.append, elements.class_at.append
    add_first_block, add_end_block = elements.first_block.append, end_block.append
    add_record, class_number, action = records.append, found.class_numbers.get, ACTIONS.get
    has_no_other, special = ATTRIBUTES.isdisjoint, SPECIAL
    text, link, inline = TEXT, LINK, INLINE
    buffer: list[str] = []
    add, clear, join = buffer.append, buffer.clear, "".join
    stack: list[tuple[LexborNode, int]] = []
    push, pop = stack.append, stack.pop
    found.begin(root.attributes)
    row = block = link_chars = links = open_links = breaks = 0
    rows = 1
    node = root.first_child
    while True:
        if node is None:  # the end of the element `row`
            end[row] = rows
            if not stack:
                break
            node, kind = pop()
            if _SPECIAL < kind < 0:
                open_links += kind + 1
            else:
                if buffer:
                    add_record((join(buffer), block, link_chars, links))
                    clear()
                    link_chars = 0
                links = 0
                if kind <= _SPECIAL:
                    found.close_special(row, rows)
                    kind = _SPECIAL - kind
                block = kind
            end_block[row] = len(records)
            row = parent[row]
            node = node.next
            continue
        number = node.tag_id
        if number == text:
            string = node.text_content or ""
            if string.isspace():
                if buffer:
                    add(string)
            elif string:
                add(string)
                breaks = 0
                if open_links:
                    link_chars += len(" ".join(string.split()))
            node = node.next
            continue
        kind = action(number, UNKNOWN)
        string = ""
        if kind >= 0:
            child = node.first_child
        elif kind == SKIP:
            node = node.next
            continue
        elif kind == BREAK:
            breaks += 1
            if buffer:
                if breaks > 1 and not found.verbatim_open:
                    add_record((join(buffer), block, link_chars, links))
                    clear()
                    link_chars = links = 0
                else:
                    add(LINE_END)
            node = node.next
            continue
        else:
            kind, child, string = _resolve(found, node, kind, read_noscript)
        attributes = node.attributes if number != link else None
        class_at = 0
        if attributes:
            value = attributes.get("class")
            if value:
                class_at = class_number(value, -1)
                if class_at < 0:
                    class_at = found.number_class(value)
            if not has_no_other(attributes) and found.note(rows, attributes) and kind >= inline:
                kind -= inline  # what is hidden is no part of the paragraph around it
        add_parent(row)
        add_depth(len(stack) + 1)
        add_class(class_at)
        # An element that holds nothing but a text is dealt with here, without going down.
        if kind >= inline:
            add_tag(kind - inline)
            add_first_block(len(records))
            if child is not None:
                is_link = number == link
                links += is_link
                if child.tag_id != text or child.next is not None:
                    add_end(0)
                    add_end_block(0)
                    push((node, _LINK if is_link else _INLINE))
                    open_links += is_link
                    row = rows
                    rows += 1
                    node = child
                    continue
                string = child.text_content or ""
                if string.isspace():
                    if buffer:
                        add(string)
                elif string:
                    add(string)
                    breaks = 0
                    if open_links or is_link:
                        link_chars += len(" ".join(string.split()))
        else:
            if buffer:
                add_record((join(buffer), block, link_chars, links))
                clear()
                link_chars = 0
            links = 0
            add_tag(kind)
            add_first_block(len(records))
            is_special = kind in special
            if is_special:
                found.open_special(rows, kind, node, attributes)
            if child is not None:
                if is_special or child.tag_id != text or child.next is not None:
                    add_end(0)
                    add_end_block(0)
                    push((node, _SPECIAL - block if is_special else block))
                    row = block = rows
                    rows += 1
                    node = child
                    continue
                string = child.text_content or ""
            if string and not string.isspace():
                breaks = 0
                add_record((string, rows, len(" ".join(string.split())) if open_links else 0, 0))
        rows += 1
        add_end(rows)
        add_end_block(len(records))
        node = node.next
    end_block[0] = len(records)
    return found


def _resolve(
    found: Found, node: LexborNode, kind: int, read_noscript: bool
) -> tuple[int, LexborNode | None, str]:
    """Return what an element of its own kind is read as: its code, what to go down to, its text.

    Of icons without text and what is not read only the element itself is kept, as an inline one.
    """
    if kind == UNKNOWN:
        return READ_AS.get(node.tag or "", 0), node.first_child, ""
    if kind == DRAWING:
        return CODE["svg"] + INLINE, node.first_child if found.is_drawn(node) else None, ""
    if kind == MARKUP_AS_TEXT:
        code, child = CODE.get(node.tag or "", 0), node.first_child
        if child is not None and (child.tag_id != TEXT or child.next is not None):
            return code, child, ""  # in foreign markup, where these are elements like others
        string = fallback_text(node)
        return (code, None, string) if string.strip() else (code + INLINE, None, "")
    if read_noscript:
        return CODE["noscript"], node.first_child, ""
    return CODE["noscript"] + INLINE, None, ""
