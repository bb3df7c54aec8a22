"""WARC and WET: what is read of archives that others made, and what others read of ours."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import pickle
import tracemalloc
from collections.abc import Callable, Iterator

import pytest
import zstandard
from fastwarc.stream_io import ZstdWriter, zstd_train_dictionary_from_samples
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from hypothesis import example, given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from cleancorpus.document import Document, Record
from cleancorpus.errors import RecordError
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.jsonl import JsonLines
from cleancorpus.formats.packing import pack
from cleancorpus.formats.warc import Warc, WarcSink
from cleancorpus.segment import segment

LIMIT = 1 << 20
DATE = "2024-05-01T10:00:00Z"
PAGE = b"<!DOCTYPE html><p>Tea is served.</p>"


class Forward(io.BytesIO):
    """A stream that can only be read on, and gives little at once, as networks do."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size, 99) if size and size > 0 else size)


def cut(
    data: bytes, start: Start | None = None, max_bytes: int = LIMIT, *, winds: bool = True
) -> tuple[list[Raw], str]:
    """The records of an archive, and what the file could not be read on for."""
    stream = io.BytesIO(data) if winds else Forward(data)
    raws: list[Raw] = []
    try:
        raws.extend(Warc().split(stream, start or Start(), max_bytes))
    except (OSError, EOFError) as error:
        return raws, str(error)
    return raws, ""


def record(
    kind: str = "resource",
    block: bytes = PAGE,
    *more: str,
    media: str = "text/html",
    length: object = None,
    line_end: str = "\r\n",
) -> bytes:
    """A record as a well-behaved crawler writes it, or nearly."""
    lines = (
        "WARC/1.0",
        f"WARC-Type: {kind}",
        "WARC-Record-ID: <urn:uuid:5a1a1f7b-30c1-4d2f-8f4a-000000000001>",
        "WARC-Target-URI: http://tea.example/pot",
        f"WARC-Date: {DATE}",
        f"Content-Type: {media}",
        *more,
        f"Content-Length: {len(block) if length is None else length}",
    )
    head = "".join(line + line_end for line in (*lines, ""))
    return head.encode() + block + 2 * line_end.encode()


def response(body: bytes = PAGE, *headers: str, status: str = "200 OK") -> bytes:
    headers = headers or ("Content-Type: text/html; charset=utf-8",)
    head = "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *headers, ""))
    return record("response", head.encode() + body, media="application/http; msgtype=response")


def read(data: bytes, form: Warc | None = None) -> Record:
    return (form or Warc()).parse(data, b"", "a.warc, record 1").record


SMALL = (
    record("warcinfo", b"software: pot\r\n", media="application/warc-fields"),
    response(PAGE),
    record("request", b"GET / HTTP/1.1\r\n\r\n", media="application/http; msgtype=request"),
    record(block=b"<p>One.\r\n\r\n<p>Two."),
    record("conversion", "Tee für zwei.\n".encode(), media="text/plain"),
)
PAGES = [SMALL[1], SMALL[3], SMALL[4]]


def unaligned(data: bytes) -> Iterator[bytes]:
    return (data[at : at + 100] for at in range(0, len(data), 100))


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip, one member": lambda data: gzip.compress(data, mtime=0),
    "gzip, a member each 100 bytes": lambda data: b"".join(
        gzip.compress(part, mtime=0) for part in unaligned(data)
    ),
    "zstd, one frame": zstandard.compress,
    "zstd, a frame each 100 bytes": lambda data: b"".join(
        zstandard.compress(part) for part in unaligned(data)
    ),
}
EACH: dict[str, Callable[[bytes], bytes]] = {
    "plain": bytes,
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "zstd": zstandard.compress,
}
every_packing = pytest.mark.parametrize("packed", PACKED.values(), ids=PACKED)
each_packing = pytest.mark.parametrize("packed", EACH.values(), ids=EACH)


def with_warcio(is_gzip: bool) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_gzip)
    dated = {"WARC-Date": DATE}
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "warcio"}))
    for uri, media in (
        ("http://tea.example/", "text/html; charset=koi8-r"),
        ("http://i/", "image/png"),
    ):
        http = StatusAndHeaders("200 OK", [("Content-Type", media)], protocol="HTTP/1.1")
        body = "<p>Чай".encode("koi8-r")
        made = writer.create_warc_record(
            uri, "response", payload=io.BytesIO(body), http_headers=http, warc_headers_dict=dated
        )
        writer.write_record(made)
    return out.getvalue()


def with_fastwarc(is_gzip: bool) -> bytes:
    out = b""
    for kind, media, block in (
        (WarcRecordType.warcinfo, "application/warc-fields", b"software: fastwarc\r\n"),
        (WarcRecordType.resource, "text/html; charset=koi8-r", "<p>Чай".encode("koi8-r")),
        (WarcRecordType.resource, "image/png", b"\x89PNG"),
    ):
        made = WarcRecord()
        made.init_headers(kind)
        made.headers["WARC-Target-URI"] = "http://tea.example/"
        made.headers["Content-Type"] = media
        made.set_bytes_content(block)
        part = io.BytesIO()
        made.write(part, checksum_data=True)
        out += gzip.compress(part.getvalue()) if is_gzip else part.getvalue()
    return out


# warcio leaves a file open that it makes.
@pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("is_gzip", [False, True])
@pytest.mark.parametrize("write", [with_warcio, with_fastwarc])
def test_archives_of_others_are_read(write: Callable[[bool], bytes], is_gzip: bool) -> None:
    raws, defect = cut(write(is_gzip))
    assert defect == ""
    assert [(raw.number, raw.skip, raw.error) for raw in raws] == [
        (1, "warcinfo record", None),
        (2, None, None),
        (3, "image/png", None),
    ]
    page = read(raws[1].data)
    assert (page.url, page.charset, page.media) == ("http://tea.example/", "koi8-r", "html")
    assert segment(page).blocks[0].text == "Чай"


@every_packing
def test_each_record_comes_out_as_it_lies_whatever_packs_it(
    packed: Callable[[bytes], bytes],
) -> None:
    raws, defect = cut(packed(b"".join(SMALL)))
    assert [raw.data for raw in raws] == [b"", SMALL[1], b"", SMALL[3], SMALL[4]]
    assert [raw.skip for raw in raws if not raw.data] == ["warcinfo record", "request record"]
    assert {raw.error for raw in raws} == {None}
    assert defect == ""


def with_dictionary(*, is_packed: bool) -> bytes:
    samples = [b"%d" % at + SMALL[3] for at in range(99)]
    out = io.BytesIO()
    writer = ZstdWriter(
        out,
        dictionary=zstd_train_dictionary_from_samples(samples, 999),
        compress_dictionary_frame=is_packed,
    )
    for one in SMALL:
        writer.write(one)
        writer.finish()
    writer.flush()
    return out.getvalue()


BROKEN = b"".join((SMALL[1], b"junk\r\n", record(length=9), SMALL[4], record(length=900), SMALL[3]))
JOINED = b"".join(gzip.compress(b"".join(SMALL[at:end])) for at, end in ((0, 1), (1, 4), (4, 5)))
FILES = {
    **{name: packed(b"".join(SMALL)) for name, packed in PACKED.items()},
    **{f"{name}, each": b"".join(map(packed, SMALL)) for name, packed in EACH.items()},
    **{f"{name}, broken": packed(BROKEN) for name, packed in PACKED.items()},
    "zstd, a dictionary": with_dictionary(is_packed=False),
    "zstd, a packed dictionary": with_dictionary(is_packed=True),
    "gzip, three in a member": JOINED,
    "gzip, cut": JOINED[:-20],
    "gzip, one member, cut": gzip.compress(b"".join(SMALL))[:-20],
    "gzip, junk at the end": JOINED + b"junk",
    "gzip, an empty member between": JOINED + gzip.compress(b"") + gzip.compress(SMALL[1]),
    "line ends between": b"\r\n\n".join(SMALL),
}


@pytest.mark.parametrize("winds", [True, False])
@pytest.mark.parametrize("data", FILES.values(), ids=FILES)
def test_reading_goes_on_after_any_record_as_if_it_had_not_stopped(
    data: bytes, winds: bool
) -> None:
    raws, defect = cut(data)
    assert len(raws) >= len(SMALL) - 1
    for at, raw in enumerate(raws, 1):
        assert cut(data, Start(raw.next, raw.number + 1), winds=winds) == (raws[at:], defect)


def test_a_place_is_where_a_member_or_a_record_lies_in_the_file() -> None:
    for packed in EACH.values():
        parts = [packed(one) for one in SMALL]
        raws, _ = cut(b"".join(parts))
        places = [len(b"".join(parts[:count])) for count in range(1, len(parts))]
        assert [raw.next for raw in raws[:-1]] == places


def test_a_file_that_became_shorter_is_no_file_without_records() -> None:
    for data in FILES.values():
        raws, _ = cut(data)
        last = raws[-2]
        short = data[: len(data) // 4]
        _, defect = cut(short, Start(last.next, last.number + 1))
        assert defect


def test_a_frame_with_the_dictionary_of_all_others_is_understood() -> None:
    for is_packed in (False, True):
        data = with_dictionary(is_packed=is_packed)
        raws, defect = cut(data)
        assert (defect, [raw.data for raw in raws if raw.data]) == ("", PAGES)
        for winds in (True, False):
            rest = cut(data, Start(raws[2].next, 4), winds=winds)
            assert rest == (raws[3:], "")


def test_an_empty_file_has_no_records() -> None:
    for data in (b"", b"\r\n\r\n", gzip.compress(b""), zstandard.compress(b"")):
        assert cut(data) == ([], "")


JUNK = "belongs to no record"
BAD_LENGTH = "does not end where its Content-Length says"
# What is read of each, in order: pages as `page`, what is passed by, and errors.
WRONG: dict[str, tuple[bytes, list[str]]] = {
    "junk before": (b"junk\r\n" + SMALL[3], [f"{JUNK} (6 bytes)", "page"]),
    "junk without a line end": (
        SMALL[3] + b"junk" + SMALL[4],
        ["page", f"{JUNK} (4 bytes)", "page"],
    ),
    "junk after": (SMALL[3] + b"\0" * 9, ["page", f"{JUNK} (9 bytes)"]),
    "length too short": (record(length=9) + SMALL[4], [BAD_LENGTH, "page"]),
    "length too long": (record(length=90) + SMALL[4], [BAD_LENGTH, "page"]),
    "length beyond the end": (record(length=9999) + SMALL[4], ["breaks off", "page"]),
    "length over the limit": (record(length=1 << 50) + SMALL[4], ["breaks off"]),
    "length negative": (record(length=-5) + SMALL[4], ["has '-5' as its Content-Length", "page"]),
    "length no number": (record(length="²") + SMALL[4], ["has '²' as its Content-Length", "page"]),
    "no length": (
        SMALL[3].replace(b"Content-Length", b"Length") + SMALL[4],
        ["has no Content-Length", "page"],
    ),
    "no type": (SMALL[3].replace(b"WARC-Type", b"T") + SMALL[4], ["has no WARC-Type", "page"]),
    "no headers": (b"WARC/1.0\r\n\r\n" + SMALL[4], ["has no Content-Length", "page"]),
    "endless headers": (
        b"WARC/1.0\r\n" + b"A: b\r\n" * 9999 + SMALL[4],
        ["has headers without an end", "page"],
    ),
    "cut in the headers": (SMALL[4] + SMALL[3][:50], ["page", "has headers without an end (50 by"]),
    "cut in the block": (SMALL[4] + SMALL[3][:-10], ["page", "breaks off: 12 of 18 bytes are"]),
    "cut in the end": (SMALL[4] + SMALL[3][:-3], ["page", "page"]),
    "no end": (SMALL[4][:-4] + SMALL[3], ["page", "page"]),
    "line feeds alone": (record(line_end="\n") + SMALL[4], ["page", "page"]),
    "a type nobody knows": (record("tea") + SMALL[4], ["tea record", "page"]),
    "a record quoted in a page": (
        record(block=b"<p>Tea\nWARC/1.0\nWARC-Type: x\nContent-Length: 0\n\n<p>Pot") + SMALL[4],
        ["page", "page"],
    ),
}


@every_packing
@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_read_is_told_and_all_else_comes_out(
    packed: Callable[[bytes], bytes], name: str
) -> None:
    data, expected = WRONG[name]
    raws, defect = cut(packed(data))
    found = [raw.error or raw.skip or "page" for raw in raws]
    assert [text[: len(want)] for text, want in zip(found, expected, strict=True)] == expected
    assert defect == ""
    assert [raw.number for raw in raws] == list(range(1, len(raws) + 1))
    for raw in raws:
        assert bool(raw.data) == (raw.skip is None) or "over" in name
        assert raw.data.removesuffix(b"\r\n\r\n") in data
        if not raw.error and not raw.skip:
            assert read(raw.data).content


def whole(size: int, ends: list[int]) -> int:
    return sum(end <= size for end in ends)


@each_packing
def test_of_a_file_cut_anywhere_all_whole_records_come_and_the_cut_is_told(
    packed: Callable[[bytes], bytes],
) -> None:
    parts = [packed(one) for one in PAGES]
    data = b"".join(parts)
    ends = [len(b"".join(parts[: count + 1])) for count in range(len(parts))]
    for size in range(1, len(data)):
        raws, defect = cut(data[:size])
        good = [raw.data for raw in raws if not raw.error]
        assert good[: whole(size, ends)] == PAGES[: whole(size, ends)]
        assert all(one in PAGES for one in good)
        # Only line ends at the end of a plain file are missed by nobody.
        is_told = bool(defect) or len(good) < len(raws)
        assert is_told or size in ends or (packed is bytes and data[size] in b"\r\n")
        assert defect.endswith(", breaks off") or packed is bytes or size in ends or size < 4


@pytest.mark.parametrize("at", [-6, 40])
def test_a_member_that_is_damaged_is_an_error_with_its_place(at: int) -> None:
    first, damaged = gzip.compress(SMALL[3], mtime=0), bytearray(gzip.compress(SMALL[4], mtime=0))
    damaged[at] ^= 0xFF
    raws, defect = cut(first + bytes(damaged) + first)
    assert raws[0].data == SMALL[3]
    assert not [raw for raw in raws[1:] if not raw.error]
    assert defect.startswith(f"its member at byte {len(first)} is damaged: ")


def test_what_follows_the_last_member_is_told_unless_it_is_zeros() -> None:
    data = gzip.compress(SMALL[3], mtime=0)
    for zeros in (b"\0", b"\0" * 100_000):
        raws, defect = cut(data + zeros)
        assert ([raw.data for raw in raws], defect) == ([SMALL[3]], "")
        assert len(cut(data + zeros + data)[0]) == 2
    raws, defect = cut(data + b"junk")
    assert [raw.data for raw in raws] == [SMALL[3]]
    assert defect.startswith(f"its member at byte {len(data)} is damaged: ")


def test_records_that_lie_before_a_damaged_byte_of_one_member_come_first() -> None:
    texts = [
        record("conversion", b"%032x" % (at**9 * 7919), media="text/plain") for at in range(500)
    ]
    data = bytearray(gzip.compress(b"".join(texts)))
    data[len(data) // 2] ^= 0xFF
    raws, defect = cut(bytes(data))
    good = [raw.data for raw in raws if not raw.error]
    assert len(good) > 150
    # Unpacking goes on for a while behind the damage, until what comes makes no sense.
    assert good[:150] == texts[:150]
    assert "is damaged" in defect


def test_from_any_start_the_same_comes_out_before_damaged_bytes_of_a_frame() -> None:
    first = zstandard.compress(SMALL[3])
    out = io.BytesIO()
    with zstandard.ZstdCompressor().stream_writer(out, closefd=False) as writer:
        for at in range(20):
            writer.write(record("conversion", b"%x" % (7 + at) ** 60, media="text/plain"))
            writer.flush(zstandard.FLUSH_BLOCK)
    for at in range(len(first) + 9, len(first) + len(out.getvalue()), 11):
        data = bytearray(first + out.getvalue())
        data[at] ^= 0xFF
        raws, defect = cut(bytes(data))
        assert cut(bytes(data), Start(raws[0].next, 2)) == (raws[1:], defect)


@st.composite
def spliced(draw: st.DrawFn) -> tuple[bytes, int, bytes, bool]:
    name = draw(st.sampled_from(sorted(FILES)))
    data = FILES[name]
    at = draw(st.integers(0, len(data)))
    new = draw(
        st.binary(min_size=1, max_size=30) | st.sampled_from((b"WARC/1.0\r\n", b"\r\n\r\n", b"9"))
    )
    return data, at, new, draw(st.booleans())


@given(spliced())
def test_bytes_spliced_into_any_archive_are_neither_fatal_nor_silent(
    case: tuple[bytes, int, bytes, bool],
) -> None:
    data, at, new, replaces = case
    before = cut(data)
    changed = data[:at] + new + data[at + (len(new) if replaces else 0) :]
    raws, defect = cut(changed)
    assert defect or len(raws) >= len(before[0]) or any(raw.error for raw in raws)
    assert [raw.number for raw in raws] == list(range(1, len(raws) + 1))
    for count, raw in enumerate(raws, 1):
        assert cut(changed, Start(raw.next, raw.number + 1)) == (raws[count:], defect)
        if not raw.error and not raw.skip:
            with contextlib.suppress(RecordError):
                read(raw.data)


@given(at=st.integers(0, 10_000), new=st.binary(min_size=1, max_size=30), replaces=st.booleans())
@example(at=0, new=b"junk", replaces=False)
@example(at=len(PAGES[0]) - 3, new=b"\0\0\0", replaces=True)
def test_records_that_spliced_bytes_do_not_touch_come_out(
    at: int, new: bytes, replaces: bool
) -> None:
    data = b"".join(PAGES)
    at %= len(data) + 1
    end = at + (len(new) if replaces else 0)
    raws, defect = cut(data[:at] + new + data[end:])
    if defect or data[:at] + new[:2] == b"\x1f\x8b":
        return
    place = 0
    good = [raw.data for raw in raws if not raw.error]
    for one in PAGES:
        is_touched = place < end and at < place + len(one)
        assert is_touched or any(found.endswith(one) for found in good)
        place += len(one)


LARGE = 80 << 20
MOST = 48 << 20  # of memory, by far most of it for zstd, which unpacks much at once


@each_packing
def test_a_record_over_the_limit_is_passed_by_in_little_memory(
    packed: Callable[[bytes], bytes],
) -> None:
    page = packed(record(block=bytes(LARGE)))
    image = packed(record(block=bytes(LARGE), media="image/png"))
    data = page + image + packed(SMALL[3])
    tracemalloc.start()
    raws, defect = cut(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert defect == ""
    assert [(raw.skip, bool(raw.error), raw.data) for raw in raws] == [
        (None, True, b""),
        ("image/png", False, b""),
        (None, False, SMALL[3]),
    ]
    assert "over the limit of 1,048,576: --max-bytes raises it" in str(raws[0].error)
    assert peak < MOST


@each_packing
def test_junk_without_an_end_takes_little_memory(packed: Callable[[bytes], bytes]) -> None:
    for junk in (b"\n" * LARGE, b"A" * LARGE, b"WARC/" + bytes(LARGE)):
        data = packed(junk)
        tracemalloc.start()
        raws, defect = cut(data)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (defect, len(raws)) == ("", int(not junk.isspace()))
        assert peak < MOST


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (response(PAGE, status="404 Not Found"), "HTTP status 404"),
        (response(PAGE, status="301 Moved"), "HTTP status 301"),
        (response(PAGE, status="OK"), "HTTP status missing"),
        (response(PAGE, status="206 Partial"), None),
        (response(PAGE, "Content-Type: image/jpeg"), "image/jpeg"),
        (response(PAGE, "Content-Type: Text/HTML;charset=x"), None),
        (response(PAGE, "Content-Type: application/xhtml+xml"), None),
        (response(PAGE, "Content-Type: text/plain, text/plain"), None),
        (response(PAGE, "Server: pot"), "no content type"),
        (record("response", PAGE, media="text/dns"), "text/dns"),
        (record("response", b"HTTP/1.1 200 OK", media="application/http"), "no HTTP headers"),
        (record(media="nonsense"), "no content type"),
        (record(media="text/css"), "text/css"),
        (record("resource", PAGE, "WARC-Segment-Number: 1"), "part of a segmented record"),
        (record("continuation"), "continuation record"),
        (record("revisit"), "revisit record"),
        (record("metadata"), "metadata record"),
        (record("CONVERSION", media=""), None),
        (record("conversion", media="image/png"), "image/png"),
        (record("x" * 99), "x" * 40 + " record"),
        (record("resource", PAGE, "WARC-Identified-Payload-Type: text/html", media=""), None),
    ],
)  # fmt: skip
def test_what_is_none_to_clean_is_passed_by_with_a_reason(data: bytes, reason: str | None) -> None:
    (raw,), defect = cut(data)
    assert (raw.skip, raw.error, defect) == (reason, None, "")
    assert bool(raw.data) == (reason is None)
    if reason is not None:
        with pytest.raises(RecordError, match=f"is not cleaned: {reason}"):
            read(data)


def test_a_response_becomes_a_record_with_all_that_other_formats_ask_for() -> None:
    page = read(SMALL[1])
    assert page.fields == {
        "id": "urn:uuid:5a1a1f7b-30c1-4d2f-8f4a-000000000001",
        "url": "http://tea.example/pot",
        "date": DATE,
        "content_type": "text/html",
        "status": 200,
    }
    assert (page.id, page.url) == (page.fields["id"], page.fields["url"])
    assert (page.content, page.media, page.charset) == (PAGE, "html", "utf-8")


def test_text_is_text_in_utf_8_and_media_can_be_told() -> None:
    text = read(SMALL[4])
    assert (text.media, text.charset, text.fields["status"]) == ("text", "utf-8", None)
    assert read(SMALL[4], Warc("markdown")).media == "markdown"


def test_a_record_without_an_id_has_that_of_its_place() -> None:
    data = b"\r\n".join(line for line in SMALL[3].split(b"\r\n") if b"Record-ID" not in line)
    assert read(data).id == "a.warc, record 1"


@pytest.mark.parametrize("data", [b"", b"WARC/1.0", b"<p>Tea\r\n\r\n"])
def test_bytes_that_are_no_record_are_refused(data: bytes) -> None:
    with pytest.raises(RecordError):
        read(data)


def written(
    data: bytes, *extras: str, rendering: str | None = None, name: str = "a.warc, record 1"
) -> list[bytes]:
    entry = Warc().parse(data, b"", name)
    sink = WarcSink(Writing(rendering=rendering, extras=extras))
    return list(sink.encode([sink.row(entry, segment(entry.record))], b""))


def test_text_is_written_as_wet_files_have_it() -> None:
    (text,) = written(SMALL[1])
    assert text.decode().split("\r\n") == [
        "WARC/1.0",
        "WARC-Type: conversion",
        "WARC-Target-URI: http://tea.example/pot",
        f"WARC-Date: {DATE}",
        "WARC-Record-ID: <urn:uuid:df32bcbf-0334-55a7-99fd-1bd52e103b21>",
        "WARC-Refers-To: <urn:uuid:5a1a1f7b-30c1-4d2f-8f4a-000000000001>",
        "Content-Type: text/plain",
        "WARC-Block-Digest: sha1:JXZ6QJTOMTOKLNFCWLM5G5RTJKYCWUSU",
        "Content-Length: 15",
        "",
        "Tea is served.\n",
        "",
        "",
    ]


def test_the_language_that_a_wet_file_says_is_said_again() -> None:
    language = "WARC-Identified-Content-Language: deu"
    (text,) = written(record("conversion", b"Tee\n", language, media="text/plain"))
    assert f"\r\n{language}\r\n".encode() in text


@pytest.mark.parametrize(
    ("rendering", "media"),
    [("text", "text/plain"), ("markdown", "text/markdown"), ("html", "text/html")],
)
def test_the_content_type_says_what_is_written(rendering: str, media: str) -> None:
    (text,) = written(SMALL[1], rendering=rendering)
    assert f"\r\nContent-Type: {media}\r\n".encode() in text


@pytest.mark.parametrize("packing", [None, ".gz", ".zst"])
def test_others_read_what_is_written_a_record_a_member(packing: str | None) -> None:
    parts = [part for data in PAGES for part in written(data, "removals", "metadata")]
    file = b"".join(pack(part, packing) for part in parts)
    found = list(ArchiveIterator(io.BytesIO(file), parse_http=False, verify_digests=True))
    places, types = [], []
    for one in ArchiveIterator(io.BytesIO(file), parse_http=False):
        assert one.verify_block_digest()
        places.append(one.stream_pos)
        types.append(one.record_type)
    assert len(found) == len(parts) == 6
    assert types == [WarcRecordType.conversion, WarcRecordType.metadata] * 3
    assert places == [len(b"".join(pack(p, packing) for p in parts[:at])) for at in range(6)]
    if packing != ".zst":  # warcio reads none
        texts = [
            (one.rec_headers.get_header("WARC-Target-URI"), one.content_stream().read())
            for one in WarcioIterator(io.BytesIO(file), check_digests="raise")
            if one.rec_type == "conversion"
        ]
        assert texts[2] == ("http://tea.example/pot", "Tee für zwei.\n".encode())
        assert len(texts) == 3


def test_further_fields_follow_as_json_in_a_record_that_refers_to_the_text() -> None:
    text, more = written(SMALL[1], "removals", "markdown")
    record_id = next(line for line in text.split(b"\r\n") if line.startswith(b"WARC-Record-ID"))
    head, block = more.split(b"\r\n\r\n", 1)
    assert record_id.replace(b"Record-ID", b"Refers-To") in head.split(b"\r\n")
    assert json.loads(block) == {"removals": [], "markdown": "Tea is served.\n"}
    assert len({line for line in (text + more).split(b"\r\n") if b"Record-ID" in line}) == 2


def test_what_is_written_is_read_back_and_written_alike() -> None:
    for data in PAGES:
        (text,) = written(data)
        again = read(text)
        assert (again.url, again.fields["date"]) == ("http://tea.example/pot", DATE)
        assert segment(again).source == segment(again).source
        assert written(data) == [text]
        assert again.id not in (read(data).id, read(written(text)[0]).id)


def test_rows_are_encoded_alike_however_they_are_batched() -> None:
    sink = WarcSink(Writing(extras=("removals",)))
    entries = [Warc().parse(data, b"", "a") for data in PAGES]
    rows = [sink.row(entry, segment(entry.record)) for entry in entries]
    assert sink.encode(rows, b"") == [part for row in rows for part in sink.encode([row], b"")]


def test_records_of_other_formats_are_written_with_what_they_have() -> None:
    line = {"text": "Tea.", "url": "http://tea.example/a b\r\nWARC-Type: x\u00e9", "n": 1}
    entry = JsonLines().parse(json.dumps(line).encode(), b"", "a.jsonl, line 1")
    (text,) = WarcSink().row(entry, segment(entry.record))
    assert b"WARC-Date" not in text
    assert b"WARC-Refers-To" not in text
    page = read(text)
    assert page.url == "http://tea.example/a%20b%0D%0AWARC-Type:%20xé"
    bare = Entry(Record("Tea.", id="a.txt"))
    (text,) = WarcSink().row(bare, segment(bare.record))
    assert read(text).url is None
    dated = Entry(Record("Tea.", id="a", fields={"date": DATE}))
    assert f"WARC-Date: {DATE}".encode() in WarcSink().row(dated, segment(dated.record))[0]
    dated = Entry(Record("Tea.", id="a", fields={"date": "yesterday\r\nX: y"}))
    assert b"WARC-Date" not in WarcSink().row(dated, segment(dated.record))[0]


@given(st.text(), st.text(), st.text())
@example("<", ">", "\x85")
def test_nothing_that_a_record_says_breaks_the_form(url: str, record_id: str, date: str) -> None:
    entry = Entry(Record("Tea.\n", id=record_id, url=url, fields={"date": date}))
    parts = WarcSink(Writing(extras=("metadata",))).row(entry, Document((), source=""))
    raws, defect = cut(b"".join(parts))
    assert defect == ""
    assert [(raw.skip, raw.error) for raw in raws] == [(None, None), ("metadata record", None)]


def test_all_that_is_handed_to_workers_can_be_pickled() -> None:
    form, sink = Warc(), WarcSink(Writing(extras=("removals",)))
    entry = form.parse(SMALL[1], b"", "a")
    row = sink.row(entry, segment(entry.record))
    for one in (form, sink, entry, row, *cut(SMALL[1])[0]):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
