"""The body of an HTTP response as its page: without chunks, unpacked."""

from __future__ import annotations

import io
import re
import zlib
from typing import Final

from fastwarc.stream_io import BrotliReader, ChunkedReader, WarcReader, ZstdReader
from fastwarc.warc import HeaderMap

from cleancorpus.errors import RecordError

# What unpacks to more is made to do harm: no page comes near.
_MOST_BYTES: Final = 256 << 20
_STEP_BYTES: Final = 1 << 20
_CHARSET: Final = re.compile(r"""charset\s*=\s*["']?\s*([\w.:+-]+)""", re.IGNORECASE)
_TYPE: Final = re.compile(r"[\w.+-]+/[\w.+-]+")
_MARK: Final = b"\xef\xbb\xbf"
# A body that begins like this has no chunks and is not packed, whatever its headers say.
_PAGE_START: Final = b"<"
_READERS: Final = {"chunked": ChunkedReader, "br": BrotliReader, "zstd": ZstdReader}
_ZIPPED: Final = ("gzip", "x-gzip", "deflate")
_GZIP_MARK: Final = b"\x1f\x8b"
_ZLIB_SIGN: Final = 0x8  # the low half of the first byte
_ZLIB_CHECK: Final = 31  # divides the first two bytes


def content_type(value: str | None) -> tuple[str | None, str | None]:
    """Return the media type and the charset that a Content-Type says, None for what it does not.

    Example:
        >>> content_type('Text/HTML; charset="UTF-8"'), content_type("charset=koi8-r")
        (('text/html', 'UTF-8'), (None, 'koi8-r'))
    """
    value = value or ""
    media = re.split("[;,]", value)[0].strip().lower()
    charset = _CHARSET.search(value)
    return (media if _TYPE.fullmatch(media) else None), (charset[1] if charset else None)


def body_of(headers: HeaderMap, body: bytes) -> bytes:
    r"""Return the page that the body of a response with these headers holds.

    Some crawlers keep the headers as the server sent them beside a body that they decoded; one
    that is a page to look at is taken as it lies.

    Raises:
        RecordError: the body breaks off, or is not packed as its headers say.

    Example:
        >>> headers = HeaderMap()
        >>> headers.append("Transfer-Encoding", "chunked")
        >>> body_of(headers, b"3\r\nTea\r\n0\r\n\r\n")
        b'Tea'
    """
    if not body or body.removeprefix(_MARK).lstrip().startswith(_PAGE_START):
        return body
    # What was done last to the body is undone first.
    for name in ("Transfer-Encoding", "Content-Encoding"):
        codings = ",".join(headers.get_multiple(name)).lower().split(",")
        for coding in reversed(codings):
            body = _decoded(body, coding.strip())
    return body


def _decoded(body: bytes, coding: str) -> bytes:
    if coding in ("", "identity"):
        return body
    try:
        if coding in _ZIPPED:
            return _unzipped(body)
        if coding in _READERS:
            return _read(_READERS[coding](io.BytesIO(body)))
    except (OSError, EOFError, zlib.error) as error:
        raise RecordError(f"has a body that is no {coding}: {error}") from error
    raise RecordError(f"has a body in the coding {coding!r}, which is not read")


def _read(reader: WarcReader) -> bytes:
    body = bytearray()
    while block := reader.read(_STEP_BYTES):
        body += block
        _check_size(len(body))
    return bytes(body)


def _unzipped(body: bytes) -> bytes:
    """Unpack gzip, in several members too, and deflate with or without the header of zlib.

    fastwarc's reader hands on as whole what breaks off, and knows no deflate without a header.
    """
    unpacked = bytearray()
    while not unpacked or body.startswith(_GZIP_MARK):
        member = zlib.decompressobj(zlib.MAX_WBITS | 32 if _has_header(body) else -zlib.MAX_WBITS)
        unpacked += member.decompress(body, _MOST_BYTES + 1)
        _check_size(len(unpacked))
        if not member.eof:
            raise EOFError("it breaks off")
        body = member.unused_data
        if not body:
            break
    return bytes(unpacked)


def _has_header(body: bytes) -> bool:
    is_zlib = body[0] & 0xF == _ZLIB_SIGN and int.from_bytes(body[:2]) % _ZLIB_CHECK == 0
    return is_zlib or body.startswith(_GZIP_MARK)


def _check_size(size: int) -> None:
    if size > _MOST_BYTES:
        raise RecordError(f"has a body that unpacks to over {_MOST_BYTES:,} bytes")
