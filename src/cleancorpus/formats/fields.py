"""The fields of a cleaned record: those it came with, its clean text, and what it gains."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Final

from cleancorpus.document import Document, Removal
from cleancorpus.errors import RecordError, UnknownExtra
from cleancorpus.formats.base import Entry, Writing
from cleancorpus.render.markdown import to_markdown

TEXT: Final = "text"
_HTML: Final = "html"
_SHOWN_FIELDS: Final = 8


def removals(document: Document) -> list[dict[str, Any]]:
    """Return what was removed: which block, where it stood, the filter, its evidence and score.

    `start` and `end` are code points of a text, `locator` is the path of an element of HTML; the
    ones that do not apply are left out.
    """
    return [_removal(one, document) for one in document.removals]


def metadata(document: Document) -> dict[str, str]:
    """Return what the page says of itself, such as title, author, date, site and language."""
    return dict(document.metadata)


EXTRAS: Final[Mapping[str, Callable[[Document], Any]]] = {
    "removals": removals,
    "metadata": metadata,
    "markdown": to_markdown,
}


def extras_of(document: Document, names: Sequence[str]) -> dict[str, Any]:
    r"""Return the further fields of those names.

    Example:
        >>> from cleancorpus import clean
        >>> extras_of(clean("# Tea\n", "markdown", chain="none"), ["markdown", "removals"])
        {'markdown': '# Tea\n', 'removals': []}
    """
    return {name: EXTRAS[name](document) for name in names}


def check_extras(names: Sequence[str]) -> None:
    """Refuse a name that there is no further field of.

    Raises:
        UnknownExtra: the message offers the nearest names.
    """
    for name in names:
        if name not in EXTRAS:
            raise UnknownExtra(name, EXTRAS)


def name_in(fields: Mapping[str, Any], name: str) -> str:
    """Return what a record is called: its field `id`, or the name that its place gives it.

    Example:
        >>> name_in({"id": 7}, "a.jsonl, line 1"), name_in({}, "a.jsonl, line 1")
        ('7', 'a.jsonl, line 1')
    """
    found = fields.get("id")
    return str(found) if isinstance(found, (str, int)) and found != "" else name


def target_of(entry: Entry, writing: Writing) -> str:
    """Return the field that the clean text goes into."""
    if writing.into is not None:
        return writing.into
    return TEXT if entry.content_field in (None, _HTML) else str(entry.content_field)


def check_free(entry: Entry, names: Iterable[str], writing: Writing) -> None:
    """Refuse to overwrite a field that nobody named.

    Raises:
        RecordError: the text, or a further field, would go where something else is.
    """
    target = target_of(entry, writing)
    taken = set(names)
    if target in taken and writing.into is None and target != entry.content_field:
        raise RecordError(
            f"has a field {target!r} already: --into {target} replaces it, "
            "and --into with another name leaves it"
        )
    for name in writing.extras:
        if name in taken:
            raise RecordError(f"has a field {name!r} already: rename it, or leave --{name} out")


def cleaned_fields(
    entry: Entry, text: str, extras: Mapping[str, Any], writing: Writing
) -> dict[str, Any]:
    """Return all fields of a record, its clean text in place, further fields at the end.

    Raises:
        RecordError: a field would be overwritten that nobody named.
    """
    check_free(entry, entry.fields, writing)
    return {**entry.fields, target_of(entry, writing): text, **extras}


def media_of(field: str, media: str | None) -> str | None:
    """Return what a field holds: HTML where it is called so, else what was said of all."""
    return _HTML if field == _HTML else media


def listed(names: Sequence[str]) -> str:
    """Return the names that there are, as a message lists them."""
    more = ", ..." if len(names) > _SHOWN_FIELDS else ""
    return ", ".join(names[:_SHOWN_FIELDS]) + more if names else "none"


def plain(value: Any) -> Any:  # noqa: ANN401 - whatever a column of a table holds
    """Return what JSON has no form for: bytes as base64, times as ISO 8601, the rest as text.

    Example:
        >>> plain(date(2026, 3, 1)), plain(b"tea")
        ('2026-03-01', 'dGVh')
    """
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    return str(value)


def _removal(removal: Removal, document: Document) -> dict[str, Any]:
    block = document.blocks[removal.at]
    places = {"start": block.start, "end": block.end, "locator": block.locator}
    return {
        "at": removal.at,
        **{name: place for name, place in places.items() if place is not None},
        "filter": removal.filter,
        "because": removal.because,
        "score": removal.score,
    }
