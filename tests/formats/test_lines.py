"""Lines: all of them, each with the place after it, none longer than is allowed."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.formats.base import Raw, Start
from cleancorpus.formats.lines import lines
from cleancorpus.formats.packing import pack
from cleancorpus.unpacking import unpacked

LIMIT = 1 << 20
texts = st.binary(max_size=60) | st.text("ab\n\r", max_size=60).map(str.encode)


def cut(data: bytes, start: Start | None = None, max_bytes: int = LIMIT) -> list[Raw]:
    return list(lines(io.BytesIO(data), start or Start(), max_bytes))


@given(texts)
def test_lines_are_the_file_cut_after_each_line_feed(data: bytes) -> None:
    raws = cut(data)
    assert b"".join(raw.data for raw in raws) == data
    assert [raw.data for raw in raws] == io.BytesIO(data).readlines()
    assert [raw.number for raw in raws] == list(range(1, len(raws) + 1))


@given(texts, st.integers(0, 5), st.sampled_from([None, ".gz", ".zst"]))
def test_reading_goes_on_after_any_line_as_if_it_had_not_stopped(
    data: bytes, max_bytes: int, packing: str | None
) -> None:
    raws = cut(data, max_bytes=max_bytes)
    for at, raw in enumerate(raws, 1):
        stream = unpacked(io.BytesIO(pack(data, packing)), packing)
        assert list(lines(stream, Start(raw.next, raw.number + 1), max_bytes)) == raws[at:]


@given(texts, st.integers(0, 5))
def test_a_line_over_the_limit_is_told_and_all_others_come(data: bytes, max_bytes: int) -> None:
    raws, expected = cut(data, max_bytes=max_bytes), cut(data)
    assert [raw.next for raw in raws] == [raw.next for raw in expected]
    for raw, whole in zip(raws, expected, strict=True):
        size = len(whole.data)
        is_over = size > max_bytes
        assert raw.data == (b"" if is_over else whole.data)
        assert bool(raw.error) == is_over
        if is_over:
            assert raw.error == (
                f"{size:,} bytes, over the limit of {max_bytes:,}: --max-bytes raises it"
            )


@pytest.mark.parametrize("data", [b"", b"\n", b"one", b"one\n", b"\n\none", b"one\r\n"])
def test_the_last_line_needs_no_end(data: bytes) -> None:
    assert [raw.data for raw in cut(data)] == data.splitlines(keepends=True)


def test_a_giant_line_takes_little_memory() -> None:
    data = bytes(100 << 20) + b"\nnext"
    stream = io.BytesIO(data)
    tracemalloc.start()
    raws = list(lines(stream, Start(), LIMIT))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [(raw.number, raw.data, raw.next) for raw in raws] == [
        (1, b"", (100 << 20) + 1),
        (2, b"next", len(data)),
    ]
    assert peak < 8 << 20


@pytest.mark.parametrize("packing", [".gz", ".zst"])
def test_of_a_packed_file_cut_anywhere_all_whole_lines_come_first(packing: str) -> None:
    parts = [pack(b"one\ntwo\n", packing), pack(b"three\n", packing)]
    data = b"".join(parts)
    for size in range(1, len(data)):
        raws: list[Raw] = []
        stream = unpacked(io.BytesIO(data[:size]), packing)
        if size == len(parts[0]):
            raws.extend(lines(stream, Start(), LIMIT))
        else:
            with pytest.raises((EOFError, OSError)):
                raws.extend(lines(stream, Start(), LIMIT))
        found = [raw.data for raw in raws]
        assert found in ([b"one\n", b"two\n", b"three\n"][:count] for count in range(4))
        assert len(found) >= 2 or size < len(parts[0])


def test_a_file_that_became_shorter_is_told() -> None:
    with pytest.raises(EOFError, match="the file is shorter than it was"):
        cut(b"one\n", Start(5, 2))
