"""Files packed with gzip or zstandard, which their last suffix says."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from types import ModuleType
from typing import BinaryIO, Final

from cleancorpus.errors import MissingExtra

GZIP: Final = ".gz"
ZSTD: Final = ".zst"

_GZIP_LEVEL: Final = 6  # gzip's own default
_ZSTD_LEVEL: Final = 3  # zstd's own default
_BLOCK_BYTES: Final = 1 << 20


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


def unpacked(stream: BinaryIO, packing: str | None) -> BinaryIO:
    """Return the bytes of a packed stream, and the stream itself where nothing is packed.

    Several members or frames after one another are read as one. A file that breaks off raises
    EOFError when its end is read, after all that could be unpacked.

    Raises:
        MissingExtra: it is packed with zstd, and zstandard is not installed.
    """
    if packing == GZIP:
        return gzip.GzipFile(fileobj=stream)  # type: ignore[return-value]
    if packing == ZSTD:
        return io.BufferedReader(_ZstdFile(stream), _BLOCK_BYTES)
    return stream


def pack(data: bytes, packing: str | None) -> bytes:
    r"""Return bytes as a whole member or frame, so that packed parts can be put together.

    The same bytes are always packed alike: no time and no name is written with them.

    Raises:
        MissingExtra: zstd is wanted, and zstandard is not installed.

    Example:
        >>> gzip.decompress(pack(b"one\n", ".gz") + pack(b"two\n", ".gz"))
        b'one\ntwo\n'
    """
    if packing is None or not data:
        return data
    if packing == GZIP:
        packer = zlib.compressobj(_GZIP_LEVEL, wbits=zlib.MAX_WBITS | 16)
        return packer.compress(data) + packer.flush()
    return bytes(_zstandard().ZstdCompressor(level=_ZSTD_LEVEL).compress(data))


@contextmanager
def packed_file(file: BinaryIO, packing: str | None) -> Iterator[BinaryIO]:
    """Give a stream that packs what is written to it, as `pack` does.

    Raises:
        MissingExtra: zstd is wanted, and zstandard is not installed.
    """
    if packing == GZIP:
        with gzip.GzipFile("", "wb", _GZIP_LEVEL, file, mtime=0) as packed:
            yield packed  # type: ignore[misc]
    elif packing == ZSTD:
        packer = _zstandard().ZstdCompressor(level=_ZSTD_LEVEL)
        with packer.stream_writer(file, closefd=False) as packed:
            yield packed
    else:
        yield file


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
        block = stream.read(min(place, _BLOCK_BYTES))
        if not block:
            raise EOFError("the file is shorter than it was")
        place -= len(block)


def check_packing(packing: str | None) -> None:
    """Refuse a packing that cannot be read or written here, before any work.

    Raises:
        MissingExtra: it is zstd, and zstandard is not installed.
    """
    if packing == ZSTD:
        _zstandard()


class _ZstdFile(io.RawIOBase):
    """The frames of a stream after one another; unlike zstandard's own reader it tells when the
    last frame is not whole.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._blocks = self._unpacked(stream)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: bytearray | memoryview) -> int:  # type: ignore[override]
        while not self._left:
            block = next(self._blocks, None)
            if block is None:
                return 0
            self._left = memoryview(block)
        size = min(len(into), len(self._left))
        into[:size] = self._left[:size]
        self._left = self._left[size:]
        return size

    @staticmethod
    def _unpacked(stream: BinaryIO) -> Iterator[bytes]:
        zstandard = _zstandard()
        unpacker = zstandard.ZstdDecompressor()
        frame = None
        block = stream.read(_BLOCK_BYTES)
        while block:
            frame = frame or unpacker.decompressobj()
            try:
                yield frame.decompress(block)
            except zstandard.ZstdError as error:
                raise OSError(f"cannot be unpacked: {error}") from error
            block = b""
            if frame.eof:
                block, frame = frame.unused_data, None
            block = block or stream.read(_BLOCK_BYTES)
        if frame is not None:
            raise EOFError("the packed file ends before its last frame does")


def _zstandard() -> ModuleType:
    try:
        import zstandard  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra("zstd needs zstandard: pip install 'cleancorpus[corpus]'") from error
    return zstandard
