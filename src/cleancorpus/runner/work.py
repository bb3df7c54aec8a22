"""What a worker does: records of files in, what they become out."""

from __future__ import annotations

import mmap
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from cleancorpus.audit.tally import Tally
from cleancorpus.chain import Chain
from cleancorpus.errors import CleanCorpusError
from cleancorpus.formats import Entry, Raw, Sink, Source
from cleancorpus.formats.packing import pack
from cleancorpus.runner.process import process
from cleancorpus.runner.selection import Selection

_LOOK_FOR_PARENT_S: Final = 1.0
_MEMORY_OF_PROCESS: Final = Path("/proc/self/statm")
_DATA: Final = 5  # the column of its data and stack, in pages


@dataclass(frozen=True, slots=True)
class Piece:
    """Records of one file that are worked on together.

    `is_first` and `is_last` say that the file begins and ends with them, and `error` why it ended
    before its time. `refused` are those that are not to be tried any more, by number, with the
    reason.
    """

    task: int
    name: str
    source: Source
    sink: Sink
    packing: str | None
    head: bytes
    raws: tuple[Raw, ...]
    is_first: bool = False
    is_last: bool = False
    error: str | None = None
    refused: Mapping[int, str] = field(default_factory=dict)

    def entry_of(self, raw: Raw) -> Entry:
        """Return a record of the piece; one without a name of its own goes by its place.

        Raises:
            RecordError: it cannot be read.
        """
        name = f"{self.name}{self.source.place(raw.number)}"
        return self.source.parse(raw.data, self.head, name)


class Making(Protocol):
    """What is made of records, the same in all workers."""

    def make(self, pieces: Sequence[Piece]) -> list[Made]:
        """Return what becomes of each piece."""
        ...


@dataclass(slots=True)
class Made:
    """What became of a piece: bytes to append, how many records they hold, and what failed."""

    data: bytes = b""
    rows: int = 0
    tally: Tally = field(default_factory=Tally)
    refused: list[tuple[int, str]] = field(default_factory=list)

    def each(self, piece: Piece, add: Callable[[Raw], None]) -> None:
        """Add every record that can be worked on; count the others, and those that fail."""
        for raw in piece.raws:
            error = piece.refused.get(raw.number, raw.error)
            if raw.skip is not None:
                self.tally.add_skipped(raw.skip)
                continue
            if error is None:
                try:
                    add(raw)
                except Exception as failure:  # noqa: BLE001 - a filter may raise anything
                    error = said(failure)
            if error is not None:
                self.tally.add_quarantined()
                self.refused.append((raw.number, error))


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How each record is cleaned and which documents are left out; a worker has one."""

    chain: Chain | None = None
    selection: Selection = field(default_factory=Selection)

    def make(self, pieces: Sequence[Piece]) -> list[Made]:
        """Return what becomes of each piece."""
        return [self._made(piece) for piece in pieces]

    def _made(self, piece: Piece) -> Made:
        made = Made()
        rows: list[Any] = []
        made.each(piece, lambda raw: self._add(piece, raw, made, rows))
        made.rows = len(rows)
        packing = None if piece.sink.spools else piece.packing
        parts = list(piece.sink.encode((), piece.head)) if piece.is_first else []
        parts += piece.sink.encode(rows, piece.head) if rows else ()
        made.data = b"".join(pack(part, packing) for part in parts)
        return made

    def _add(self, piece: Piece, raw: Raw, made: Made, rows: list[Any]) -> None:
        entry = piece.entry_of(raw)
        document = process(entry.record, self.chain)
        language = self.selection.language(document)
        if reason := self.selection.reason(document, language):
            made.tally.add_skipped(reason)
        else:
            rows.append(piece.sink.row(entry, document))
            made.tally.add(document, language)


def said(error: BaseException) -> str:
    """Return what a message says of an error."""
    if isinstance(error, CleanCorpusError):
        return str(error)
    if isinstance(error, MemoryError):
        return "not enough memory: --max-memory raises the limit"
    return f"{type(error).__name__}: {error}"


_making: Making | None = None
_most_held: int | None = None  # bytes, while a worker works


def begin(making: Making, max_memory: int | None, parent: int) -> None:
    """Make a worker of this process: it has its limits, and ends when its parent does.

    `max_memory` is the bytes that the process may take from here on. An interrupt from the
    keyboard is the parent's, who lets workers finish what they have.
    """
    global _making, _most_held  # noqa: PLW0603 - a worker process has them, given once
    _making = making
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    if max_memory is not None:
        _most_held = _held() + max_memory


def work(pieces: Sequence[Piece]) -> list[Made]:
    """Return what becomes of each piece, in a worker that has begun."""
    assert _making is not None
    with _limited(_most_held):
        return _making.make(pieces)


def _end_with(parent: int) -> None:
    """End this process when the one that gives it work is gone, however that went."""
    while _is_alive(parent):
        time.sleep(_LOOK_FOR_PARENT_S)
    os._exit(1)


def _is_alive(process_id: int) -> bool:
    if sys.platform == "win32":
        return True
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _limited(most: int | None) -> Iterator[None]:
    """Hold this process to so many bytes; where the system has no such limit there is none.

    Only while it works: a worker that could not take in what it is given, or hand on what it made
    of it, would end without a word, and whoever gave it would wait for ever.
    """
    before = _set_limit(most)
    try:
        yield
    finally:
        _set_limit(before)


def _set_limit(most: int | None) -> int | None:
    """Set the limit, and return the one before; nothing where there is none to set."""
    if most is not None:
        with suppress(ImportError, OSError, ValueError):
            import resource  # noqa: PLC0415 - not on every system

            # What a process allocates, without the libraries that it only maps.
            before, hard = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (most, hard))
            return before
    return None


def _held() -> int:
    """What counts against the limit before any work: numpy takes some 40 MB for every core."""
    try:
        columns = _MEMORY_OF_PROCESS.read_text(encoding="ascii").split()
    except OSError:  # not on every system
        return 0
    return int(columns[_DATA]) * mmap.PAGESIZE
