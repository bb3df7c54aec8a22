"""Rows of a CSV or TSV stream, none longer than a limit, each with the place after it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO, Final

from cleancorpus.formats.base import Raw, Start
from cleancorpus.formats.lines import over_limit
from cleancorpus.unpacking import wind

_MARK: Final = b"\xef\xbb\xbf"
_PIECE_BYTES: Final = 1 << 16
_MOST_FIELD_CHARS: Final = (1 << 31) - 1  # what a long holds on every machine
_ENDS: Final = (b"\n", b"\r")
_UNCLOSED: Final = "a quote is never closed, and takes all to the end of the file with it"


def rows(stream: BinaryIO, start: Start, max_bytes: int, delimiter: str) -> Iterator[Raw]:
    r"""Yield the rows from a start on; one over the limit is passed by, without its bytes.

    A row ends with its line, unless that lies in quotes. Blank lines and a byte order mark are no
    rows. Quotes that do not add up are an error of the row, which ends with the line where that
    shows.

    Raises:
        OSError, EOFError: the stream cannot be read on, after all whole rows before.

    Example:
        >>> import io
        >>> [raw.data for raw in rows(io.BytesIO(b'1,"a\nb"\n2,c'), Start(), 100, ",")]
        [b'1,"a\nb"\n', b'2,c']
    """
    wind(stream, start.place)
    allow_fields(max_bytes)
    pieces, number, place = _pieces(stream), start.number, start.place
    if place == 0 and (first := next(pieces, b"")):
        pieces = chain([first.removeprefix(_MARK)], pieces)
        place = len(first) - len(first.removeprefix(_MARK))
    while True:
        row = _Row(pieces, max_bytes)
        error = row.read(delimiter)
        if not row.size:
            return
        place += row.size
        data = b"".join(row.lines)
        if error or data.strip(b"\r\n"):
            yield Raw(number, data, place, error=error)
            number += 1


def allow_fields(chars: int) -> None:
    """Let values be of that length, which Python limits to 131,072 characters otherwise.

    The limit is the process's, so it is only ever raised.
    """
    wanted = min(chars, _MOST_FIELD_CHARS)
    if csv.field_size_limit() < wanted:
        csv.field_size_limit(wanted)


class _TooLarge(Exception):
    """The row is over the limit; raised through the reader that asked for a line."""


@dataclass(slots=True)
class _Row:
    """The lines of one row, as they are read; `size` counts those that were passed by too."""

    pieces: Iterator[bytes]
    max_bytes: int
    lines: list[bytes] = field(default_factory=list)
    size: int = 0
    is_unclosed: bool = False

    def read(self, delimiter: str) -> str | None:
        """Take the row's lines, and return what is wrong with it."""
        error = None
        try:
            line = self._line()
            if b'"' in line:
                next(csv.reader(self._fed(line), delimiter=delimiter, strict=True))
        except _TooLarge:
            error = over_limit(self.size, self.max_bytes)
        except csv.Error as found:
            error = f"the quotes do not add up: {found}"
        return _UNCLOSED if self.is_unclosed else error

    def _fed(self, line: bytes) -> Iterator[str]:
        """The lines for a reader, which asks for another only as long as a quote is open.

        Then lines without any quote are left out, as they cannot close it. A character is a byte:
        all that marks the end of a row is ASCII.
        """
        while line:
            yield line.decode("latin-1")
            line = self._line()
            while line and b'"' not in line:
                line = self._line()
        self.is_unclosed = True

    def _line(self) -> bytes:
        """The next line, or nothing at the end."""
        parts = []
        for piece in self.pieces:
            self.size += len(piece)
            parts.append(piece)
            if self.size > self.max_bytes:
                self._pass_by(b"".join(parts))
                raise _TooLarge
            if piece.endswith(_ENDS):
                break
        line = b"".join(parts)
        if line:
            self.lines.append(line)
        return line

    def _pass_by(self, piece: bytes) -> None:
        """Go on to the row's end and keep nothing: where quotes are even, a line's end is one."""
        is_quoted = bool(self.lines)
        self.lines.clear()
        while True:
            is_quoted ^= piece.count(b'"') % 2 == 1
            if piece.endswith(_ENDS) and not is_quoted:
                return
            piece = next(self.pieces, b"")
            if not piece:
                self.is_unclosed = is_quoted
                return
            self.size += len(piece)


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a stream with their ends, whichever of the three; long ones in pieces."""
    left = b""
    while block := left + stream.readline(_PIECE_BYTES):
        left = b""
        if block.endswith(b"\r"):
            following = stream.read(1)
            block, left = (block + following, b"") if following == b"\n" else (block, following)
        if b"\r" in block:
            yield from block.splitlines(keepends=True)
        else:
            yield block
