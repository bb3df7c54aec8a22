"""What a page says of itself: title, author, date and the like, as found and never guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

_MOST_CHARS: Final = 1_000  # of one finding
_MOST_NODES = 2_000  # of a head that are looked at
_MOST_SCRIPT_BYTES, _MOST_OBJECTS = 200_000, 500

_META, _TITLE, _LINK = (
    LexborHTMLParser("").create_node(name).tag_id for name in ("meta", "title", "link")
)
_WANTED = frozenset(
    (
        *("author", "date", "dc.creator", "dc.date", "dc.title", "article:author"),
        *("article:published_time", "og:title", "og:site_name", "og:type", "og:url"),
        *("og:locale", "application-name"),
    )
)
# Where each field of the metadata is taken from, best first.
_SOURCES: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("og:title", "headline", "dc.title", "title"),
    "author": ("author", "ld:author", "dc.creator", "article:author"),
    "date": ("article:published_time", "ld:date", "date", "dc.date"),
    "site": ("og:site_name", "application-name"),
    "language": ("lang", "og:locale"),
}


def read_head(tree: LexborHTMLParser, html: bytes, linked: Sequence[int]) -> Mapping[str, str]:
    """Return what stands in a page's `<head>`, by its own names; the first of each name counts.

    `title`, `lang` (of `<html>`), `canonical`, the `<meta>` names above, and `ld`: the linked
    data as it stands, one script a line.
    """
    found: dict[str, str] = {}
    root, head = tree.root, tree.head
    if root is not None and (language := root.attributes.get("lang")):
        _keep(found, "lang", language)
    node = head.first_child if head is not None else None
    for _ in range(_MOST_NODES):
        if node is None:
            break
        number = node.tag_id
        if number == _META:
            attributes = node.attributes
            key = (attributes.get("property") or attributes.get("name") or "").lower()
            if key in _WANTED:
                _keep(found, key, attributes.get("content"))
        elif number == _TITLE:
            _keep(found, "title", node.text())
        elif number == _LINK and node.attributes.get("rel") == "canonical":
            _keep(found, "canonical", node.attributes.get("href"))
        node = node.next
    if linked:
        found["ld"] = "\n".join(one.replace("\n", " ") for one in _scripts(html, linked))
    return found


def metadata(head: Mapping[str, str]) -> dict[str, str]:
    """Return title, author, date, site and language, as far as the page names them."""
    named = {**_linked(head.get("ld", "")), **head}
    found: dict[str, str] = {}
    for field, sources in _SOURCES.items():
        for source in sources:
            if value := named.get(source):
                found[field] = value
                break
    return found


def _keep(found: dict[str, str], name: str, value: str | None) -> None:
    shown = " ".join(value[: 2 * _MOST_CHARS].split())[:_MOST_CHARS] if value else ""
    if shown:
        found.setdefault(name, shown)


def _scripts(html: bytes, places: Sequence[int]) -> Iterator[str]:
    for place in places:
        start = html.find(b">", place) + 1
        end = html.find(b"</", start) if start else -1
        if 0 <= end - start <= _MOST_SCRIPT_BYTES:
            yield html[start:end].decode(errors="replace")


def _linked(lines: str) -> dict[str, str]:
    """Headline, author and date of publishing from linked data, of the first that names each."""
    found: dict[str, str] = {}
    for line in lines.splitlines():
        try:
            data = json.loads(line, strict=False)
        except (ValueError, RecursionError):
            continue
        for thing in _objects(data):
            _keep(found, "headline", _as_text(thing.get("headline")))
            _keep(found, "ld:author", _as_text(thing.get("author")))
            _keep(found, "ld:date", _as_text(thing.get("datePublished")))
    return found


def _objects(data: object) -> Iterator[dict[str, Any]]:
    """The objects of a script: it, those of a list, those of its graph."""
    waiting = [data]
    for _ in range(_MOST_OBJECTS):
        if not waiting:
            return
        one = waiting.pop(0)
        if isinstance(one, list):
            waiting += one[:_MOST_OBJECTS]
        elif isinstance(one, dict):
            yield one
            waiting.append(one.get("@graph"))
            waiting.append(one.get("mainEntity"))


def _as_text(value: object) -> str | None:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _as_text(value.get("name"))
    if isinstance(value, list):
        names = [name for one in value[:10] if (name := _as_text(one))]
        return ", ".join(names)
    return None
