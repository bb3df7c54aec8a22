"""Lines of a stream, none longer than a limit, each with the place after it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, Final

from cleancorpus.formats.base import Raw, Start
from cleancorpus.unpacking import wind

_BLOCK_BYTES: Final = 1 << 20


def lines(stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
    r"""Yield the lines from a start on; one over the limit is passed by, without its bytes.

    Raises:
        OSError, EOFError: the stream cannot be read on, after all whole lines before.

    Example:
        >>> import io
        >>> [raw.data for raw in lines(io.BytesIO(b"one\ntwo"), Start(), 100)]
        [b'one\n', b'two']
    """
    wind(stream, start.place)
    number, place = start.number, start.place
    while line := stream.readline(max_bytes + 1):
        place += len(line)
        error = None
        if len(line) > max_bytes:
            size = len(line)
            while not line.endswith(b"\n") and (line := stream.readline(_BLOCK_BYTES)):
                place += len(line)
                size += len(line)
            line, error = b"", over_limit(size, max_bytes)
        yield Raw(number, line, place, error=error)
        number += 1


def over_limit(size: int, max_bytes: int) -> str:
    """Return what a message says of a record that is too large."""
    return f"{size:,} bytes, over the limit of {max_bytes:,}: --max-bytes raises it"
