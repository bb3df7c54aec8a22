"""Bodies of HTTP responses: without chunks and unpacked, or told why not."""

from __future__ import annotations

import contextlib
import gzip
import io
import zlib
from collections.abc import Callable

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter
from fastwarc.warc import HeaderMap
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.errors import RecordError
from cleancorpus.formats.http import body_of, content_type

TEXT = b"Tea is served in the garden, and in the house when it rains. " * 9


def headers(**named: str) -> HeaderMap:
    found = HeaderMap()
    for name, value in named.items():
        found.append(name.replace("_", "-"), value)
    return found


def chunked(body: bytes, size: int = 100) -> bytes:
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (*parts, b""))


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


class Kept(io.BytesIO):
    """Bytes that stay when who wrote them closes what they were written to."""

    def close(self) -> None:
        pass


def brotli(body: bytes) -> bytes:
    out = Kept()
    with BrotliWriter(out) as writer:
        writer.write(body)
    return out.getvalue()


CODINGS = {
    "gzip": gzip.compress(TEXT, mtime=0),
    "x-gzip": gzip.compress(TEXT[:50], mtime=0) + gzip.compress(TEXT[50:], mtime=0),
    " GZIP ": gzip.compress(TEXT, mtime=0) + b"\r\n",
    "deflate": zlib.compress(TEXT),
    "Deflate": raw_deflate(TEXT),
    "br": brotli(TEXT),
    "zstd": zstandard.compress(TEXT),
    "identity": TEXT,
    "": TEXT,
    "deflate, gzip": gzip.compress(zlib.compress(TEXT), mtime=0),
}


@pytest.mark.parametrize(("coding", "body"), CODINGS.items())
def test_a_packed_body_is_unpacked(coding: str, body: bytes) -> None:
    assert body_of(headers(Content_Encoding=coding), body) == TEXT
    both = headers(Content_Encoding=coding, Transfer_Encoding="chunked")
    assert body_of(both, chunked(body)) == TEXT


def test_what_was_done_last_to_a_body_is_undone_first() -> None:
    body = chunked(gzip.compress(TEXT))
    assert body_of(headers(Transfer_Encoding="gzip, chunked"), body) == TEXT


@pytest.mark.parametrize(
    ("coding", "body"), [one for one in CODINGS.items() if one[0].strip() not in ("", "identity")]
)
def test_a_packed_body_that_breaks_off_is_told(coding: str, body: bytes) -> None:
    for size in (1, 10, 20, len(body.rstrip()) - 5):
        with pytest.raises(RecordError, match="has a body that is no "):
            body_of(headers(Content_Encoding=coding), body[:size])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (chunked(TEXT)[:120], "has a body that is no chunked"),
        (b"zz\r\nTea\r\n", "has a body that is no chunked"),
    ],
)
def test_chunks_that_break_off_are_told(body: bytes, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        body_of(headers(Transfer_Encoding="chunked"), body)


def test_a_coding_that_nobody_reads_is_named() -> None:
    with pytest.raises(RecordError, match="has a body in the coding 'sdch', which is not read"):
        body_of(headers(Content_Encoding="sdch"), TEXT)


@pytest.mark.parametrize("page", [b"<p>Tea", b"\xef\xbb\xbf\r\n <!DOCTYPE html>"])
def test_a_page_that_was_decoded_before_is_taken_as_it_lies(page: bytes) -> None:
    for coding in ("gzip", "br", "sdch"):
        both = headers(Content_Encoding=coding, Transfer_Encoding="chunked")
        assert body_of(both, page) == page


def test_an_empty_body_is_empty_however_it_was_sent() -> None:
    assert body_of(headers(Content_Encoding="gzip", Transfer_Encoding="chunked"), b"") == b""


@pytest.mark.parametrize(
    ("coding", "pack"), [("gzip", gzip.compress), ("zstd", zstandard.compress)]
)
def test_a_body_that_unpacks_without_measure_is_told(
    coding: str, pack: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(RecordError, match="unpacks to over 268,435,456 bytes"):
        body_of(headers(Content_Encoding=coding), pack(bytes(257 << 20)))


@given(st.binary(max_size=80), st.sampled_from(["gzip", "deflate", "br", "zstd", "chunked"]))
def test_no_bytes_are_fatal(body: bytes, coding: str) -> None:
    name = "Transfer_Encoding" if coding == "chunked" else "Content_Encoding"
    with contextlib.suppress(RecordError):
        assert isinstance(body_of(headers(**{name: coding}), body), bytes)


@pytest.mark.parametrize(
    ("value", "media", "charset"),
    [
        (None, None, None),
        ("", None, None),
        ("text/html", "text/html", None),
        ("TEXT/HTML;charset=UTF-8", "text/html", "UTF-8"),
        ("text/html; level=1; Charset = 'koi8-r'", "text/html", "koi8-r"),
        ("text/html, text/plain; charset=x", "text/html", "x"),
        ("application/xhtml+xml", "application/xhtml+xml", None),
        ("text", None, None),
        ("a b/c\r\nX", None, None),
        ("; charset=", None, None),
    ],
)
def test_a_content_type_says_media_and_charset(
    value: str | None, media: str | None, charset: str | None
) -> None:
    assert content_type(value) == (media, charset)
