"""Files packed with gzip or zstandard, unpacked part by part with the places of their members.

The last suffix of a file's name says how it is packed, or its first bytes do.
"""

from __future__ import annotations

import contextlib
import io
import zlib
from collections.abc import Iterator
from pathlib import PurePath
from types import ModuleType
from typing import Any, BinaryIO, Final, NamedTuple

from cleancorpus.errors import MissingExtra

GZIP: Final = ".gz"
ZSTD: Final = ".zst"
MARK_BYTES: Final = 8  # the longest mark, with the length that follows that of a dictionary

_GZIP_MARK: Final = b"\x1f\x8b"
_ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"
_DICTIONARY_MARK: Final = b"\x5d\x2a\x4d\x18"  # a frame that holds the dictionary of all others

_BLOCK_BYTES: Final = 1 << 16
# Packed by zstd 4 bytes can hold 128 KiB: so many at once stay under 16 MiB.
_ZSTD_BLOCK_BYTES: Final = 1 << 9
_MOST_AT_ONCE: Final = 1 << 20
_BUFFER_BYTES: Final = 1 << 20
_MOST_DICTIONARY_BYTES: Final = 1 << 24
_MOST_WINDOW_BYTES: Final = 1 << 28  # `zstd --long=28` looks back so far; its own default is half


class Part(NamedTuple):
    """Unpacked bytes; `begins` is the place in the file where a member begins with them."""

    data: bytes
    begins: int | None = None


def packing_of(path: PurePath) -> str | None:
    """Return the suffix that says how a file is packed, or None.

    Example:
        >>> packing_of(PurePath("crawl.jsonl.gz")), packing_of(PurePath("crawl.jsonl"))
        ('.gz', None)
    """
    suffix = path.suffix.lower()
    return suffix if suffix in (GZIP, ZSTD) else None


def bare(path: PurePath) -> PurePath:
    """Return a path without the suffix that says how it is packed.

    Example:
        >>> bare(PurePath("a/crawl.jsonl.gz")).name
        'crawl.jsonl'
    """
    return path.with_suffix("") if packing_of(path) else path


def packing_of_bytes(seen: bytes) -> str | None:
    """Return how a file is packed that begins with these bytes."""
    if seen.startswith(_GZIP_MARK):
        return GZIP
    return ZSTD if seen.startswith((_ZSTD_MARK, _DICTIONARY_MARK)) else None


def unpacked(stream: BinaryIO, packing: str | None) -> BinaryIO:
    """Return the bytes of a packed stream, and the stream itself where nothing is packed.

    Several members or frames after one another are read as one. A file that breaks off raises
    EOFError when its end is read, one that is damaged OSError, each after all that could be
    unpacked.

    Raises:
        MissingExtra: it is packed with zstd, and zstandard is not installed.
    """
    check_packing(packing)
    return io.BufferedReader(_Unpacked(stream, packing), _BUFFER_BYTES) if packing else stream


def check_packing(packing: str | None) -> None:
    """Refuse a packing that cannot be read or written here, before any work.

    Raises:
        MissingExtra: it is zstd, and zstandard is not installed.
    """
    if packing == ZSTD:
        load_zstandard()


class _Unpacked(io.RawIOBase):
    """The parts of a packed file as one stream."""

    def __init__(self, stream: BinaryIO, packing: str) -> None:
        self._parts = parts(stream, packing, read_whole(stream, MARK_BYTES), 0)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._left:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._left = memoryview(part.data)
        size = min(len(into), len(self._left))
        into[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def parts(stream: BinaryIO, packing: str | None, seen: bytes, place: int) -> Iterator[Part]:
    """Yield what a stream holds from a place on, at which a member or frame begins.

    Its first bytes were read already and are `seen`, so that it need not be wound back.

    Raises:
        OSError, EOFError: it cannot be unpacked on, after all that could be.
        MissingExtra: it is packed with zstd, and zstandard is not installed.
    """
    if packing == GZIP:
        yield from _gunzipped(_blocks(stream, seen, place, _BLOCK_BYTES), place)
    elif packing == ZSTD:
        yield from _of_zstd(stream, seen, place)
    else:
        yield from (Part(block) for block in _blocks(stream, seen, place, _BLOCK_BYTES))


def _blocks(stream: BinaryIO, seen: bytes, place: int, size: int) -> Iterator[bytes]:
    """The packed bytes from a place on, in blocks that end at the same places from any start.

    What still comes out of a block before its first wrong byte is so the same each time.
    """
    if stream.seekable():
        stream.seek(0)
        wind(stream, place)
        held = b""
    else:
        wind(stream, max(0, place - len(seen)))
        held = seen[place:]
    while True:
        wanted = size - place % size
        held += read_whole(stream, wanted - len(held))
        if not held:
            return
        yield held[:wanted]
        place += min(wanted, len(held))
        held = held[wanted:]


def _gunzipped(blocks: Iterator[bytes], place: int) -> Iterator[Part]:
    data = next(blocks, b"")
    while data:
        begins = place
        yield Part(b"", begins)
        member, unpacked = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), b""
        while not member.eof:
            # A full part may have more behind it that needs no more of the file.
            if not data and len(unpacked) < _MOST_AT_ONCE and not (data := next(blocks, b"")):
                raise EOFError(f"its last member, at byte {begins:,}, breaks off")
            size = len(data)
            spare = member.copy()
            try:
                unpacked = member.decompress(data, _MOST_AT_ONCE)
            except zlib.error as error:
                yield Part(_before_defect(spare, data))
                raise OSError(f"its member at byte {begins:,} is damaged: {error}") from error
            data = member.unused_data if member.eof else member.unconsumed_tail
            place += size - len(data)
            yield Part(unpacked)
        # Tapes and some copying tools fill the end with zeros, as gzip itself allows.
        while not data.strip(b"\0"):
            place += len(data)
            data = next(blocks, b"")
            if not data:
                return
        place += len(data) - len(data.lstrip(b"\0"))
        data = data.lstrip(b"\0")


def _before_defect(member: zlib._Decompress, data: bytes) -> bytes:
    """What a block holds before the byte that cannot be unpacked."""
    unpacked = bytearray()
    with contextlib.suppress(zlib.error):
        for at in range(len(data)):
            unpacked += member.decompress(data[at : at + 1])
    return bytes(unpacked)


def _of_zstd(stream: BinaryIO, seen: bytes, place: int) -> Iterator[Part]:
    zstandard = load_zstandard()
    unpacker = zstandard.ZstdDecompressor(max_window_size=_MOST_WINDOW_BYTES)
    if seen.startswith(_DICTIONARY_MARK):
        seen += read_whole(stream, min(int.from_bytes(seen[4:], "little"), _MOST_DICTIONARY_BYTES))
        try:
            unpacker = zstandard.ZstdDecompressor(
                dict_data=_dictionary(seen[MARK_BYTES:]), max_window_size=_MOST_WINDOW_BYTES
            )
        except zstandard.ZstdError as error:
            raise OSError(f"its dictionary is damaged: {error}") from error
    blocks = _blocks(stream, seen, place, _ZSTD_BLOCK_BYTES)
    data = next(blocks, b"")
    while data:
        begins = place
        yield Part(b"", begins)
        frame = unpacker.decompressobj()
        while not frame.eof:
            if not data and not (data := next(blocks, b"")):
                raise EOFError(f"its last frame, at byte {begins:,}, breaks off")
            size = len(data)
            try:
                unpacked = frame.decompress(data)
            except zstandard.ZstdError as error:
                raise OSError(f"its frame at byte {begins:,} is damaged: {error}") from error
            data = frame.unused_data
            place += size - len(data)
            yield Part(unpacked)
        data = data or next(blocks, b"")


def _dictionary(data: bytes) -> Any:  # noqa: ANN401 - zstandard's own
    """What a frame of a dictionary holds: packed itself where its writer wanted so."""
    zstandard = load_zstandard()
    if data.startswith(_ZSTD_MARK):
        data = zstandard.ZstdDecompressor().decompress(data, _MOST_DICTIONARY_BYTES)
    return zstandard.ZstdCompressionDict(data)


def read_whole(stream: BinaryIO, size: int) -> bytes:
    """Return so many bytes, however few a stream gives at once; fewer only where it ends."""
    data = b""
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data


def wind(stream: BinaryIO, place: int) -> None:
    """Go on to a place of a stream that stands at its beginning.

    Raises:
        EOFError: the stream ends before that place.
    """
    if place and stream.seekable():
        # Nothing but reading tells that a place is there: seeking goes beyond the end.
        stream.seek(place - 1)
        place = 1
    while place > 0:
        block = stream.read(min(place, _MOST_AT_ONCE))
        if not block:
            raise EOFError("the file is shorter than it was")
        place -= len(block)


def load_zstandard() -> ModuleType:
    """Return the library for zstd.

    Raises:
        MissingExtra: it is not installed.
    """
    try:
        import zstandard  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra("zstd needs zstandard: pip install 'cleancorpus[corpus]'") from error
    return zstandard
