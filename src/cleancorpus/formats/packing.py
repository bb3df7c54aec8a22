"""Files packed with gzip or zstandard, as they are written."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Final

from cleancorpus.unpacking import GZIP, ZSTD, load_zstandard

_GZIP_LEVEL: Final = 6  # gzip's own default
_ZSTD_LEVEL: Final = 3  # zstd's own default


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
