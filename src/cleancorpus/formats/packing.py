"""Files packed with gzip or zstandard, which their last suffix says."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePath
from typing import BinaryIO, Final

from cleancorpus.formats.unpacking import (
    GZIP,
    MARK_BYTES,
    ZSTD,
    load_zstandard,
    parts,
    read_whole,
    wind,
)

__all__ = ["GZIP", "ZSTD", "bare", "check_packing", "pack", "packing_of", "unpacked", "wind"]

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
    EOFError when its end is read, one that is damaged OSError, each after all that could be
    unpacked.

    Raises:
        MissingExtra: it is packed with zstd, and zstandard is not installed.
    """
    check_packing(packing)
    return io.BufferedReader(_Unpacked(stream, packing), _BLOCK_BYTES) if packing else stream


def pack(data: bytes, packing: str | None) -> bytes:
    r"""Return bytes as a whole member or frame, so that packed parts can be put together.

    The same bytes are always packed alike: no time and no name is written with them.

    Raises:
        MissingExtra: zstd is wanted, and zstandard is not installed.

    Example:
        >>> import gzip
        >>> gzip.decompress(pack(b"one\n", ".gz") + pack(b"two\n", ".gz"))
        b'one\ntwo\n'
    """
    if packing is None or not data:
        return data
    if packing == GZIP:
        packer = zlib.compressobj(_GZIP_LEVEL, wbits=zlib.MAX_WBITS | 16)
        return packer.compress(data) + packer.flush()
    return bytes(load_zstandard().ZstdCompressor(level=_ZSTD_LEVEL).compress(data))


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
        packer = load_zstandard().ZstdCompressor(level=_ZSTD_LEVEL)
        with packer.stream_writer(file, closefd=False) as packed:
            yield packed
    else:
        yield file


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
