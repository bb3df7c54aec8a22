"""Packed files: unpacked to the last byte, and what is wrong with them told."""

from __future__ import annotations

import gzip
import io
from pathlib import PurePath
from typing import BinaryIO

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.formats.packing import pack
from cleancorpus.unpacking import GZIP, ZSTD, bare, packing_of, unpacked, wind

TEXT = b"one\ntwo\n" + bytes(range(256)) + b"three\n"
both = pytest.mark.parametrize("packing", [GZIP, ZSTD])


def read(data: bytes, packing: str | None) -> tuple[bytes, str]:
    """What comes out, line by line, and why no more does."""
    stream = unpacked(io.BytesIO(data), packing)
    found = b""
    try:
        while line := stream.readline():
            found += line
    except (OSError, EOFError) as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize("packing", [GZIP, ZSTD, None])
@given(parts=st.lists(st.binary(max_size=200), max_size=4))
def test_what_was_packed_in_parts_comes_out_as_one(packing: str | None, parts: list[bytes]) -> None:
    packed = b"".join(pack(part, packing) for part in parts)
    assert read(packed, packing) == (b"".join(parts), "")


@both
def test_the_same_bytes_are_packed_alike_and_others_unpack_them(packing: str) -> None:
    packed = pack(TEXT, packing)
    assert packed == pack(TEXT, packing)
    undone = gzip.decompress(packed) if packing == GZIP else zstandard.decompress(packed)
    assert undone == TEXT


@both
def test_parts_that_others_packed_come_out_as_one(packing: str) -> None:
    out = io.BytesIO()
    if packing == GZIP:
        packed = gzip.compress(TEXT, 1) + gzip.compress(b"") + gzip.compress(TEXT, 9)
    else:
        writer = zstandard.ZstdCompressor(write_checksum=True).stream_writer(out, closefd=False)
        with writer:
            writer.write(TEXT)
        packed = out.getvalue() + zstandard.compress(b"") + zstandard.compress(TEXT, 9)
    assert read(packed, packing) == (TEXT + TEXT, "")


@both
def test_a_file_cut_anywhere_is_told_after_all_its_whole_lines(packing: str) -> None:
    first = pack(b"one\ntwo\n", packing)
    packed = first + pack(TEXT, packing)
    for size in range(1, len(packed)):
        found, error = read(packed[:size], packing)
        assert TEXT.startswith(found) or (b"one\ntwo\n" + TEXT).startswith(found)
        assert bool(error) == (size != len(first))
        if size >= len(first):
            assert found.startswith(b"one\ntwo\n")


@both
def test_what_is_no_packed_file_is_told(packing: str) -> None:
    for data in (b"plain text\n", b"x", pack(TEXT, ".zst" if packing == GZIP else ".gz")):
        found, error = read(data, packing)
        assert found == b""
        assert error


@both
def test_junk_after_the_end_is_told_after_all_that_came_before(packing: str) -> None:
    found, error = read(pack(TEXT, packing) + b"junk after the end", packing)
    assert found == TEXT
    assert error


@both
def test_an_empty_file_is_empty(packing: str) -> None:
    assert read(b"", packing) == (b"", "")
    assert read(gzip.compress(b"") if packing == GZIP else zstandard.compress(b""), packing) == (
        b"",
        "",
    )
    assert pack(b"", packing) == b""


def test_a_damaged_byte_is_told() -> None:
    for packing in (GZIP, ZSTD):
        packed = bytearray(pack(TEXT * 9, packing))
        packed[len(packed) // 2] ^= 0xFF
        found, error = read(bytes(packed), packing)
        assert error or found != TEXT * 9
    packed = bytearray(gzip.compress(TEXT))
    packed[-6] ^= 0xFF
    assert "incorrect data check" in read(bytes(packed), GZIP)[1]


def test_the_last_suffix_says_how_a_file_is_packed() -> None:
    for name, packing in (("a.jsonl.GZ", GZIP), ("a.zst", ZSTD), ("a.gz.jsonl", None)):
        assert packing_of(PurePath(name)) == packing
    assert bare(PurePath("b/a.warc.gz")) == PurePath("b/a.warc")
    assert bare(PurePath("a.txt")) == PurePath("a.txt")


@pytest.mark.parametrize("packing", [GZIP, ZSTD, None])
def test_a_stream_is_wound_to_a_place_that_it_has(packing: str | None) -> None:
    def stream() -> BinaryIO:
        return unpacked(io.BytesIO(pack(TEXT, packing)), packing)

    for place in (0, 1, 100, len(TEXT)):
        wound = stream()
        wind(wound, place)
        assert wound.read() == TEXT[place:]
    for place in (len(TEXT) + 1, 10_000_000):
        with pytest.raises(EOFError, match="the file is shorter than it was"):
            wind(stream(), place)
