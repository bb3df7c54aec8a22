"""Archives as they lie: unpacked as far as is looked at, with where each member begins."""

from __future__ import annotations

import contextlib
import zlib
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, NamedTuple

from cleancorpus.formats.packing import ZSTD, check_packing, wind

if TYPE_CHECKING:
    import zstandard

_GZIP_MARK: Final = b"\x1f\x8b"
_ZSTD_MARK: Final = b"\x28\xb5\x2f\xfd"
_DICTIONARY_MARK: Final = b"\x5d\x2a\x4d\x18"  # a frame that holds the dictionary of all others
_MARK_BYTES: Final = 8  # the longest mark, with the length that follows that of a dictionary

_BLOCK_BYTES: Final = 1 << 16
# Packed by zstd 4 bytes can hold 128 KiB: so many at once stay under 16 MiB.
_ZSTD_BLOCK_BYTES: Final = 1 << 9
_MOST_AT_ONCE: Final = 1 << 20
_MOST_DICTIONARY_BYTES: Final = 1 << 24


class _Part(NamedTuple):
    """Unpacked bytes; `begins` is the place in the file where a member begins with them."""

    data: bytes
    begins: int | None = None


class Members:
    r"""A window on the unpacked bytes of a file that is plain, gzip or zstandard.

    It grows by `fill` and moves on by `drop`, so it is as large as whoever looks through it
    wants. A file that cannot be unpacked further ends there: `defect` says why, so that what
    came before can be handed on first.

    Example:
        >>> import gzip, io
        >>> packed = gzip.compress(b"one") + gzip.compress(b"two")
        >>> members = Members(io.BytesIO(packed), 0)
        >>> members.fill(6), members.peek(0, 6), members.begins
        (True, b'onetwo', 0)
        >>> members.drop(3)
        >>> members.begins == len(packed) / 2
        True
    """

    def __init__(self, stream: BinaryIO, place: int) -> None:
        """Look through a stream from a place on, at which a member begins."""
        self.defect: Exception | None = None
        self._window = bytearray()
        self._at = 0  # where in the window the bytes begin that were not yet dropped
        self._dropped = 0  # all bytes that were, of the unpacked file
        self._begins: deque[tuple[int, int]] = deque()
        seen = _read(stream, _MARK_BYTES)
        self._is_packed = seen.startswith((_GZIP_MARK, _ZSTD_MARK, _DICTIONARY_MARK))
        self._place = place
        self._parts = _parts(stream, seen, place)

    @property
    def size(self) -> int:
        """How many bytes the window holds."""
        return len(self._window) - self._at

    @property
    def begins(self) -> int | None:
        """The place in the file of the member that begins where the window does, or None."""
        if not self._is_packed:
            return self._place + self._dropped
        while self._begins and self._begins[0][0] < self._dropped:
            self._begins.popleft()
        if self._begins and self._begins[0][0] == self._dropped:
            return self._begins[0][1]
        return None

    def fill(self, size: int) -> bool:
        """Read on until the window holds so many bytes, and say whether it does."""
        while self.size < size and self.defect is None:
            try:
                part = next(self._parts, None)
            except (OSError, EOFError, ValueError) as error:
                self.defect = error
                break
            if part is None:
                break
            if part.begins is not None:
                self._begins.append((self._dropped + self.size, part.begins))
            self._window += part.data
        return self.size >= size

    def peek(self, start: int, end: int) -> bytes:
        """Return bytes of the window, fewer where it ends before."""
        return bytes(self._window[self._at + start : self._at + end])

    def find(self, wanted: bytes, start: int) -> int:
        """Return where in the window something stands, -1 for nowhere."""
        found = self._window.find(wanted, self._at + start)
        return found - self._at if found >= 0 else -1

    def drop(self, size: int) -> None:
        """Move the window on; what lies before it is forgotten."""
        size = min(size, self.size)
        self._at += size
        self._dropped += size
        # Not at every step: each moves what stays, which may be much more than what goes.
        if self._at > _BLOCK_BYTES and self._at * 2 > len(self._window):
            del self._window[: self._at]
            self._at = 0


def _parts(stream: BinaryIO, seen: bytes, place: int) -> Iterator[_Part]:
    """The parts of a file from a place on, of which the first bytes were seen."""
    if seen.startswith(_GZIP_MARK):
        return _gunzipped(_blocks(stream, seen, place, _BLOCK_BYTES), place)
    if seen.startswith((_ZSTD_MARK, _DICTIONARY_MARK)):
        return _of_zstd(stream, seen, place)
    return (_Part(block) for block in _blocks(stream, seen, place, _BLOCK_BYTES))


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
        held += _read(stream, wanted - len(held))
        if not held:
            return
        yield held[:wanted]
        place += min(wanted, len(held))
        held = held[wanted:]


def _gunzipped(blocks: Iterator[bytes], place: int) -> Iterator[_Part]:
    data = next(blocks, b"")
    while data:
        begins = place
        yield _Part(b"", begins)
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
                yield _Part(_before_defect(spare, data))
                raise OSError(f"its member at byte {begins:,} is damaged: {error}") from error
            data = member.unused_data if member.eof else member.unconsumed_tail
            place += size - len(data)
            yield _Part(unpacked)
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


def _of_zstd(stream: BinaryIO, seen: bytes, place: int) -> Iterator[_Part]:
    check_packing(ZSTD)
    import zstandard  # noqa: PLC0415 - an extra, loaded where it is asked for

    unpacker = zstandard.ZstdDecompressor()
    if seen.startswith(_DICTIONARY_MARK):
        seen += _read(stream, min(int.from_bytes(seen[4:], "little"), _MOST_DICTIONARY_BYTES))
        try:
            unpacker = zstandard.ZstdDecompressor(dict_data=_dictionary(seen[_MARK_BYTES:]))
        except zstandard.ZstdError as error:
            raise OSError(f"its dictionary is damaged: {error}") from error
    blocks = _blocks(stream, seen, place, _ZSTD_BLOCK_BYTES)
    data = next(blocks, b"")
    while data:
        begins = place
        yield _Part(b"", begins)
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
            yield _Part(unpacked)
        data = data or next(blocks, b"")


def _dictionary(data: bytes) -> zstandard.ZstdCompressionDict:
    """What a frame of a dictionary holds: packed itself where its writer wanted so."""
    import zstandard  # noqa: PLC0415 - as above

    if data.startswith(_ZSTD_MARK):
        data = zstandard.ZstdDecompressor().decompress(data, _MOST_DICTIONARY_BYTES)
    return zstandard.ZstdCompressionDict(data)


def _read(stream: BinaryIO, size: int) -> bytes:
    """So many bytes, however few a stream gives at once; fewer only where it ends."""
    data = b""
    while len(data) < size and (more := stream.read(size - len(data))):
        data += more
    return data
