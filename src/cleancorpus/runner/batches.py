"""Files cut into batches of records, the same batches however many workers there are."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from cleancorpus.formats import Raw, Start
from cleancorpus.formats.places import Plan, Task
from cleancorpus.runner.work import Piece
from cleancorpus.unpacking import unpacked

# A batch is a tenth of a second of work, or so: little enough to share out evenly, and enough
# that handing it over costs nothing.
MAX_BATCH_BYTES: Final = 1 << 20
MAX_BATCH_RECORDS: Final = 256
# What reading a broken file raises, whatever its packing and format.
BROKEN: Final = (OSError, EOFError, ValueError, zlib.error, MemoryError)


@dataclass(frozen=True, slots=True)
class Batch:
    """Pieces that are worked on together, and how far into the files they reach.

    `task` and `start` are where the next batch begins; `place` is how many bytes of the last
    piece's file were read, as it lies there.
    """

    pieces: tuple[Piece, ...]
    task: int
    start: Start
    place: int = 0


def batches(plan: Plan, task: int, start: Start, max_bytes: int) -> Iterator[Batch]:
    """Yield the batches of all tasks, from a start in one of them on.

    A batch depends on nothing but the records from its own beginning on, so that a run that
    goes on where another was broken off makes the same ones. A file that cannot be read on ends
    with an error, after all the records before.
    """
    growing = _Growing()
    for at in range(task, len(plan.tasks)):
        reader = _Reader(plan.tasks[at], start, max_bytes)
        start = Start()
        for raw in reader.records():
            growing.raws.append(raw)
            growing.size += len(raw.data)
            if growing.is_full:
                growing.end_piece(at, reader)
                yield growing.batch(at, reader.start, reader.place)
                growing = _Growing()
        growing.end_piece(at, reader, is_last=True)
        if growing.is_full or at + 1 == len(plan.tasks):
            yield growing.batch(at + 1, Start(), reader.place)
            growing = _Growing()


class _Growing:
    """A batch that is being filled."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.raws: list[Raw] = []
        self.size = self.count = 0

    @property
    def is_full(self) -> bool:
        return self.size >= MAX_BATCH_BYTES or self.count + len(self.raws) >= MAX_BATCH_RECORDS

    def end_piece(self, at: int, reader: _Reader, *, is_last: bool = False) -> None:
        task = reader.task
        is_first, reader.is_fresh = reader.is_fresh, False
        piece = Piece(
            at,
            task.name,
            task.source,
            task.sink,
            task.target_packing,
            reader.head,
            tuple(self.raws),
            is_first,
            is_last,
            reader.error if is_last else None,
        )
        self.pieces.append(piece)
        # A file without records is work too, if little.
        self.count += max(len(self.raws), 1)
        self.raws = []

    def batch(self, task: int, start: Start, place: int) -> Batch:
        return Batch(tuple(self.pieces), task, start, place)


class _Reader:
    """One file being read: its records, how far it is, and what stopped it early."""

    def __init__(self, task: Task, start: Start, max_bytes: int) -> None:
        self.task = task
        self.start = start
        self.head = b""
        self.place = 0
        self.error: str | None = None
        self.is_fresh = start == Start()
        self._max_bytes = max_bytes

    def records(self) -> Iterator[Raw]:
        """The records from the start on, until the end or what cannot be read."""
        try:
            with opened(self.task) as file:
                self.head = head_of(self.task)
                stream = file if self.task.source.unpacks else unpacked(file, self.task.packing)
                for raw in self.task.source.split(stream, self.start, self._max_bytes):
                    self.start = Start(raw.next, raw.number + 1)
                    self.place = _tell(file)
                    yield raw
        except BROKEN as error:
            why = getattr(error, "strerror", None) or error or "not enough memory"
            said = "cannot be read" if self.start.number == 1 else "cannot be read on"
            self.error = f"{said}: {why}"


def head_of(task: Task) -> bytes:
    """Return what all records of a file share."""
    if task.path is None:
        return task.source.head(sys.stdin.buffer)
    with opened(task) as file:
        stream = file if task.source.unpacks else unpacked(file, task.packing)
        return task.source.head(stream)


@contextmanager
def opened(task: Task) -> Iterator[BinaryIO]:
    """Open a task's file as it lies there; standard input is left open."""
    if task.path is None:
        yield sys.stdin.buffer
    else:
        with task.path.open("rb") as stream:
            yield stream


def _tell(file: BinaryIO) -> int:
    try:
        return file.tell()
    except OSError:  # a pipe has no places
        return 0
