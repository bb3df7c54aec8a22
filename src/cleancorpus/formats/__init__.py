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
    "OWN_SUFFIX",
    "SUFFIXES",
    "Entry",
    "Format",
    "JsonLines",
    "TextFile",
    "by_name",
    "name_of",
]

# The format of each suffix.
SUFFIXES: Final[Mapping[str, str]] = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
# The suffix that files get which are written as another format than they were.
OWN_SUFFIX: Final[Mapping[str, str]] = {
    "text": ".txt",
    "markdown": ".md",
    "html": ".html",
    "jsonl": ".jsonl",
}
NAMES: Final = ("text", "markdown", "html", "jsonl")


def by_name(
    name: str | None,
    *,
    field: str = "text",
    into: str | None = None,
    rendering: str | None = None,
    removals: bool = False,
) -> Format:
    """Return the format of that name; of files that nothing is known of, with None.

    `rendering` is what texts are written as. `field` is the one that holds the text, `into` the
    one that it is put into, `removals` adds a field with what was removed; these three are for
    formats that have fields.

    Raises:
        UnknownMedia: there is none; the message offers the nearest names.

    Example:
        >>> by_name("html", rendering="markdown")
        TextFile(name='html', rendering='markdown', sniffs=False)
    """
    if name == "jsonl":
        return JsonLines(field, removals, into, rendering)
    if name is None:
        return TextFile(rendering=rendering, sniffs=True)
    if name not in NAMES:
        raise UnknownMedia(name, NAMES)
    return TextFile(name, rendering)


def name_of(path: Path) -> str | None:
    """Return the name of the format that a file's suffix says, or None."""
    return SUFFIXES.get(path.suffix.lower())
