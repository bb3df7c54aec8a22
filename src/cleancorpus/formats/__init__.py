"""One file a format, each a source and a sink; which one a file has, its suffix says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cleancorpus.errors import UnknownMedia
from cleancorpus.formats.base import Entry, Format
from cleancorpus.formats.files import TextFile
from cleancorpus.formats.jsonl import JsonLines

__all__ = [
    "NAMES",
    "NO_HTML",
    "SUFFIXES",
    "Entry",
    "Format",
    "JsonLines",
    "TextFile",
    "by_name",
    "is_html",
    "name_of",
]

# The format of each suffix, and of each format the suffix that its files get.
SUFFIXES: Final[Mapping[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
NAMES: Final = ("text", "markdown", "jsonl")
NO_HTML: Final = "HTML is not supported in this version: extract its text first"

_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml"})


def by_name(name: str, *, field: str = "text", removals: bool = False) -> Format:
    """Return the format of that name.

    `field` is the one that holds the text, `removals` adds a field with what was removed;
    both are for formats that have fields.

    Raises:
        UnknownMedia: there is none; the message offers the nearest names.

    Example:
        >>> by_name("jsonl", field="body")
        JsonLines(field='body', removals=False, name='jsonl')
    """
    if name == "jsonl":
        return JsonLines(field, removals)
    if name not in NAMES:
        raise UnknownMedia(name, NAMES)
    return TextFile(name)


def name_of(path: Path) -> str | None:
    """Return the name of the format that a file's suffix says, or None."""
    return SUFFIXES.get(path.suffix.lower())


def is_html(path: Path) -> bool:
    """A file's suffix says that it is HTML."""
    return path.suffix.lower() in _HTML_SUFFIXES
