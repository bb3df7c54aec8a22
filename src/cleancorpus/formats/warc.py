"""WARC, the archives of crawlers, and WET, their text: pages in, `conversion` records out."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final
from urllib.parse import quote

from fastwarc.warc import HeaderMap

from cleancorpus.document import Document, Record
from cleancorpus.errors import RecordError
from cleancorpus.formats.archive import length_of, records, split_head
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.fields import extras_of
from cleancorpus.formats.http import body_of, content_type
from cleancorpus.render.named import render

_MEDIA: Final[Mapping[str, str]] = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
}
_CONTENT_TYPES: Final[Mapping[str | None, str]] = {
    "markdown": "text/markdown",
    "html": "text/html",
}
_HTTP: Final = "application/http"
_PLAIN: Final = "text/plain"
_CLEANED: Final = ("response", "resource", "conversion")
_SHOWN_CHARS: Final = 40
_SUCCESS: Final = range(200, 300)
_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?Z)?)?)?")
# What ends a header, or cannot stand in one.
_UNFIT: Final = re.compile(r"[\x00-\x20\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Archived:
    """What a WARC record says of itself that the text made of it should say too."""

    refers_to: str | None
    language: str | None


@dataclass(frozen=True, slots=True)
class Warc:
    r"""Pages and texts in an archive; all other records are passed by, each with its reason.

    Read are `response` and `resource` records of HTML, XHTML and plain text, a response with a
    status of success alone, and `conversion` records. `media` says what they hold; without it
    their content type does.

    Example:
        >>> tea = (
        ...     b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://tea.example/\r\n"
        ...     b"Content-Type: text/plain\r\nContent-Length: 4\r\n\r\nTea\n\r\n\r\n"
        ... )
        >>> record = Warc().parse(tea, b"", "tea.warc, record 1").record
        >>> record.url, record.content
        ('http://tea.example/', b'Tea\n')
    """

    media: str | None = None
    name: str = "warc"
    unpacks: bool = True

    def head(self, stream: BinaryIO) -> bytes:  # noqa: ARG002 - as all formats
        """Return nothing: a record stands for itself."""
        return b""

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each record, with its bytes where it is one to clean.

        Raises:
            OSError, EOFError: the file cannot be unpacked on.
        """
        return records(stream, start, max_bytes, passed_by)

    def place(self, number: int) -> str:
        """Return the record's number as a message names it."""
        return f", record {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:  # noqa: ARG002 - as all formats
        """Return the page or text of a record, with the charset that was sent with it.

        Raises:
            RecordError: the record is none to clean, or its body cannot be decoded.
        """
        headers, block = _opened(data)
        block = block[: length_of(headers)]
        reason = passed_by(headers, block)
        if reason:
            raise RecordError(f"is not cleaned: {reason}")
        status, described = None, headers
        if _kind(headers) == "response":
            described, block = _opened(block)
            status = described.status_code
            block = body_of(described, block)
        media = _media(headers, described)
        charset = content_type(described.get("Content-Type"))[1]
        if _kind(headers) == "conversion":
            charset = charset or "utf-8"
        record_id = _bare(headers.get("WARC-Record-ID"))
        url, date = _bare(headers.get("WARC-Target-URI")), headers.get("WARC-Date")
        record = Record(
            block,
            id=record_id or name,
            url=url,
            media=self.media or _MEDIA[str(media)],
            charset=charset,
            fields={
                "id": record_id or name,
                "url": url,
                "date": date,
                "content_type": media,
                "status": status,
            },
        )
        language = headers.get("WARC-Identified-Content-Language")
        return Entry(record, origin=Archived(record_id, language))


def passed_by(headers: HeaderMap, block: bytes) -> str | None:
    """Return why a record of these headers is not cleaned, or None.

    Of the block the first bytes are enough: those that hold the headers of HTTP.
    """
    kind = _kind(headers)
    if kind not in _CLEANED:
        return f"{kind[:_SHOWN_CHARS]} record"
    if headers.get("WARC-Segment-Number"):
        return "part of a segmented record"
    described = headers
    if kind == "response":
        media = content_type(headers.get("Content-Type"))[0]
        if media not in (None, _HTTP):
            return media
        parts = split_head(block)
        if parts is None:
            return "no HTTP headers"
        described = parts[0]
        if described.status_code not in _SUCCESS:
            return f"HTTP status {described.status_code or 'missing'}"
    media = _media(headers, described)
    if media is None:
        return "no content type"
    return None if media in _MEDIA else media[:_SHOWN_CHARS]


def _kind(headers: HeaderMap) -> str:
    return str(headers.get("WARC-Type")).strip().lower()


def _media(headers: HeaderMap, described: HeaderMap) -> str | None:
    """The media type of what a record holds: as it was sent, then as the crawler found it."""
    media = content_type(described.get("Content-Type"))[0]
    if media is None and _kind(headers) == "conversion":
        return _PLAIN
    return media or content_type(headers.get("WARC-Identified-Payload-Type"))[0]


def _opened(data: bytes) -> tuple[HeaderMap, bytes]:
    """Headers and all that follows them."""
    parts = split_head(data)
    if parts is None:
        raise RecordError("has headers without an end")
    headers, end = parts
    return headers, data[end:]


def _bare(value: str | None) -> str | None:
    return (value or "").strip().removeprefix("<").removesuffix(">") or None


@dataclass(frozen=True, slots=True)
class WarcSink:
    r"""A `conversion` record for each text, as WET files have them.

    Its id is made of the source's, so that the same run writes the same bytes. A record whose
    source has no date or no URL gets none. Further fields follow in a `metadata` record, as
    JSON.

    Example:
        >>> from cleancorpus import process
        >>> entry = Entry(Record("Tea is served.\n", id="a.txt", url="http://tea.example/"))
        >>> sink = WarcSink()
        >>> (written,) = sink.encode([sink.row(entry, process(entry.record))], b"")
        >>> print(written.decode().replace("\r", ""), end="")
        WARC/1.0
        WARC-Type: conversion
        ...
    """

    writing: Writing = field(default_factory=Writing)
    name: str = "warc"
    spools: bool = False

    def row(self, entry: Entry, document: Document) -> tuple[bytes, ...]:
        """Return the records that one record becomes."""
        rendering = self.writing.rendering
        text = render(document, rendering).encode("utf-8")
        seed, origin = entry.record.id, entry.origin
        is_archived = isinstance(origin, Archived)
        date = entry.record.fields.get("date")
        shared = {
            "WARC-Target-URI": _fit(entry.record.url),
            "WARC-Date": date if isinstance(date, str) and _DATE.fullmatch(date) else None,
        }
        record_id = _made_id(seed, "text")
        refers_to = _fit(origin.refers_to) if is_archived else None
        headers = {
            "WARC-Type": "conversion",
            **shared,
            "WARC-Record-ID": record_id,
            "WARC-Refers-To": f"<{refers_to}>" if refers_to else None,
            "WARC-Identified-Content-Language": _fit(origin.language) if is_archived else None,
            "Content-Type": _CONTENT_TYPES.get(rendering, _PLAIN),
        }
        extras = extras_of(document, self.writing.extras)
        if not extras:
            return (_written(headers, text),)
        headers_of_extras = {
            "WARC-Type": "metadata",
            **shared,
            "WARC-Record-ID": _made_id(seed, "metadata"),
            "WARC-Refers-To": record_id,
            "Content-Type": "application/json",
        }
        block = json.dumps(extras, ensure_ascii=False).encode("utf-8", "surrogatepass")
        return _written(headers, text), _written(headers_of_extras, block)

    def encode(self, rows: Sequence[tuple[bytes, ...]], head: bytes) -> Sequence[bytes]:  # noqa: ARG002 - as all formats
        """Return each record as a part: readers expect it to be a packed member of its own."""
        return [record for row in rows for record in row]

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Never called: what was encoded is the file."""
        raise NotImplementedError


def _written(headers: Mapping[str, str | None], block: bytes) -> bytes:
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode("ascii")
    lines = [f"{name}: {value}" for name, value in headers.items() if value is not None]
    lines += [f"WARC-Block-Digest: sha1:{digest}", f"Content-Length: {len(block)}"]
    head = "\r\n".join(("WARC/1.0", *lines, "", ""))
    return head.encode("utf-8") + block + b"\r\n\r\n"


def _made_id(seed: str, what: str) -> str:
    return f"<{uuid.uuid5(uuid.NAMESPACE_URL, f'cleancorpus:{what}:{seed}').urn}>"


def _fit(value: str | None) -> str | None:
    """A value that stands on one line of a header, and None for an empty one."""
    return _UNFIT.sub(lambda found: quote(found[0]), value.strip()) or None if value else None
