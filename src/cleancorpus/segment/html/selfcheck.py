"""Whether the compiled walk reads the tree of this selectolax as it is laid out in memory.

The compiled walk follows addresses that selectolax tells. Before it is trusted, a small page
that holds every kind of node is read a second way: the memory of each structure is copied and
compared with what selectolax says by its public interface. A copy of memory that is not there
fails and does not crash, so a wrong layout ends in a refusal, whatever it takes for an address.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleancorpus.segment.html.tags import FIRST_ADDRESS

PAGE: Final = (
    "<!DOCTYPE html><html lang=en id=top class='a b'><head><title>The title</title>"
    "<style>p {color: red}</style></head><body class='post single' role=main id=b data-n=1>"
    "<!-- a comment of its own --><p class=lead>Plain <b>bold &amp; wide</b> t\u00e4l \U0001f375"
    "&nbsp;x</p><div id=d aria-label='Read more' class='' hidden>one<br>two<br><br>three</div>"
    "<nav style='Display : none' itemprop=menu><a href=x class=c>link <i>text</i></a></nav>"
    "<x-y role=note>own</x-y><more-than-sixteen-bytes id=z>q</more-than-sixteen-bytes>"
    "<svg viewBox='0 0 1 1'><title>no</title><foreignObject xlink:role=r>drawn</foreignObject>"
    "</svg><svg><style>x</style><path d=M0></svg><noscript><p>off</p></noscript>"
    "<iframe>in a frame</iframe><template><p>never</p></template>"
    "<ul><li class=i>1<li class=i aria-hidden=true>2</ul>"
    "<dialog open>seen</dialog><dialog>unseen</dialog><textarea></textarea><pre>\n\n  a\n b </pre>"
    "<table><tr><td>cell<td>next <a href=y>cell</a></table><h2>head</h2><?php x?><script>1</script>"
    "</body></html>"
)  # fmt: skip
"""Every kind of node and of name, and every attribute that is read."""

_TEXT, _COMMENT, _ELEMENT, _ATTRIBUTE = 3, 8, 1, 2
_LEAST_TEXTS, _LEAST_ATTRIBUTES, _LEAST_NAMES = 20, 25, 2

Peek = Callable[[int, int], bytes]


class Mismatch(Exception):
    """The memory is not as the compiled walk would read it."""


def attribute_numbers(
    layout: Mapping[str, int], peek: Peek, wanted: tuple[str, ...]
) -> dict[str, int]:
    """Return lexbor's numbers of these attributes, 0 where it has none, having checked it all.

    Raises:
        Mismatch: something in memory is not what selectolax says.
    """
    tree = LexborHTMLParser(PAGE)
    if tree.root is None:
        raise Mismatch("the page has no root")
    try:
        return _Check(layout, peek).run(tree.root, wanted)
    except (ValueError, KeyError, struct.error) as error:
        raise Mismatch(str(error)) from error


def _need(is_so: bool, what: str) -> None:
    if not is_so:
        raise Mismatch(what)


def _nodes(root: LexborNode) -> Iterator[LexborNode]:
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        child = node.first_child
        while child is not None:
            waiting.append(child)
            child = child.next


def _address(node: LexborNode | None) -> int:
    return node.mem_id if node is not None else 0


class _Check:
    """One run over the page, with what was seen."""

    def __init__(self, layout: Mapping[str, int], peek: Peek) -> None:
        self.layout, self.peek = layout, peek
        self.texts = self.attributes = self.names = 0
        self.numbers: dict[str, int] = {}
        self.format = {4: "=I", 8: "=Q"}[layout["pointer"]]

    def run(self, root: LexborNode, wanted: tuple[str, ...]) -> dict[str, int]:
        _need(self.layout["integer"] == 4, "integers of 4 bytes")
        _need(self.layout["pointer"] == struct.calcsize("P"), "the size of an address")
        # All links first: what comes after reads what links lead to.
        for node in _nodes(root):
            self._check_links(node)
        for node in _nodes(root):
            if node.tag == "-text":
                self._check_text(node)
            elif node.is_element_node:
                self._check_name(node)
                self._check_attributes(node)
        seen = (self.texts, self.attributes, self.names)
        least = (_LEAST_TEXTS, _LEAST_ATTRIBUTES, _LEAST_NAMES)
        _need(all(map(int.__ge__, seen, least)), f"enough of the page was seen: {seen}")
        numbers = {name: self.numbers[name] for name in wanted}
        small = [number for number in numbers.values() if number]
        _need(len(set(small)) == len(small), "attributes have numbers of their own")
        return {name: number if number < FIRST_ADDRESS else 0 for name, number in numbers.items()}

    def _word(self, memory: bytes, member: str) -> int:
        (found,) = struct.unpack_from(self.format, memory, self.layout[member])
        return int(found)

    def _type(self, memory: bytes) -> int:
        (found,) = struct.unpack_from("=i", memory, self.layout["type"])
        return int(found)

    def _check_links(self, node: LexborNode) -> None:
        _need(node.mem_id % self.layout["pointer"] == 0, "nodes are aligned")
        memory = self.peek(node.mem_id, self.layout["node_end"])
        links = {
            "next": node.next,
            "previous": node.prev,
            "first_child": node.first_child,
            "last_child": node.last_child,
            "parent": node.parent,
        }
        for member, other in links.items():
            # Of the root selectolax may not tell the document around it.
            if member != "parent" or other is not None:
                _need(self._word(memory, member) == _address(other), f"{member} of {node.tag}")
        _need(self._word(memory, "local_name") == node.tag_id, f"the name of {node.tag}")
        if node.tag == "-text":
            _need(self._type(memory) == _TEXT, "a text's type")
        elif node.tag == "-comment":
            _need(self._type(memory) == _COMMENT, "a comment's type")
        elif node.is_element_node:
            _need(self._type(memory) == _ELEMENT, f"the type of {node.tag}")

    def _check_span(self, address: int, wanted: bytes, what: str) -> None:
        """The length is compared before the bytes are looked at."""
        memory = self.peek(address, self.layout["span_end"])
        _need(self._word(memory, "span_length") == len(wanted), f"the length of {what}")
        found = self.peek(self._word(memory, "span_data"), len(wanted)) if wanted else b""
        _need(found == wanted, f"the bytes of {what}")

    def _check_text(self, node: LexborNode) -> None:
        wanted = (node.text_content or "").encode()
        self._check_span(node.mem_id + self.layout["text"], wanted, "a text")
        self.texts += 1

    def _check_written(self, number: int, wanted: str) -> None:
        """What is written at the address of a name that lexbor has no number for."""
        if number < FIRST_ADDRESS:
            # Names with a number are written small and without a prefix.
            _need(wanted.islower() and ":" not in wanted, f"the number of the name {wanted}")
            return
        raw = wanted.encode()
        memory = self.peek(number, self.layout["name_end"])
        _need(self._word(memory, "name_length") == len(raw), f"the length of the name {wanted}")
        if len(raw) > self.layout["short_name"]:
            (address,) = struct.unpack_from(self.format, memory)
            memory = self.peek(address, len(raw))
        _need(memory[: len(raw)] == raw, f"the bytes of the name {wanted}")
        self.names += 1

    def _check_name(self, node: LexborNode) -> None:
        memory = self.peek(node.mem_id, self.layout["element_end"])
        number = self._word(memory, "qualified_name")
        _need(not 0 < number < FIRST_ADDRESS, f"the qualified name of {node.tag}")
        self._check_written(number or node.tag_id, node.tag or "")

    def _check_attributes(self, node: LexborNode) -> None:
        memory = self.peek(node.mem_id, self.layout["element_end"])
        at, last = self._word(memory, "first_attribute"), self._word(memory, "last_attribute")
        for name, value in node.attributes.items():
            attribute = self.peek(at, self.layout["attribute_end"])
            _need(self._type(attribute) == _ATTRIBUTE, f"the type of {name}")
            _need(self._word(attribute, "owner") == node.mem_id, f"the owner of {name}")
            self._check_attribute(attribute, name, value)
            previous, at = at, self._word(attribute, "next_attribute")
        _need(at == 0, f"{node.tag} has no more attributes")
        _need(last == (previous if node.attributes else 0), f"the last attribute of {node.tag}")

    def _check_attribute(self, memory: bytes, name: str, value: str | None) -> None:
        number = self._word(memory, "attribute_qualified_name") or self._word(memory, "local_name")
        self._check_written(number, name)
        known = self.numbers.setdefault(name, number)
        _need(known == number, f"the number of the attribute {name}")
        at = self._word(memory, "value")
        if at:
            self._check_span(at, (value or "").encode(), f"the value of {name}")
        else:
            _need(not value, f"the value of {name}")
        self.attributes += 1
