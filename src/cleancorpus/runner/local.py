"""Many records through a chain on this machine, one at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from cleancorpus.audit.tally import Tally
from cleancorpus.chain import Chain
from cleancorpus.document import Document
from cleancorpus.errors import CleanCorpusError, RecordError
from cleancorpus.formats import Entry
from cleancorpus.formats.output import Output
from cleancorpus.formats.places import Plan, Task
from cleancorpus.runner.process import process
from cleancorpus.runner.quarantine import Quarantine


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def trouble(self, message: str) -> None:
        """A record, file or folder could not be read or cleaned; the message names it."""
        ...

    def record_done(self, size: int) -> None:
        """One more record of this many bytes is done with, well or not."""
        ...

    def file_done(self) -> None:
        """One more file is done with."""
        ...


class Silence:
    """A watcher who says nothing."""

    def trouble(self, message: str) -> None:
        """Say nothing; the quarantine has it."""

    def record_done(self, size: int) -> None:
        """Say nothing."""

    def file_done(self) -> None:
        """Say nothing."""


def run(plan: Plan, chain: Chain | None = None, watcher: Watcher | None = None) -> Tally:
    """Clean what a plan reads, write it where the plan says, and return the counts.

    Without a chain each record gets its media's default. What cannot be read or cleaned goes
    to the plan's quarantine, and the rest goes on; every folder that cannot be looked into and
    every file that cannot be opened counts as one record read and quarantined.

    Raises:
        OutputError: an output cannot be written. The files finished before it stay.
    """
    with Quarantine(plan.quarantine) as quarantine:
        here = _Run(chain, quarantine, watcher or Silence())
        for folder, why in plan.unreadable:
            here.refuse(str(folder), None, "", f"cannot look into the folder: {why}", None)
        for task in plan.tasks:
            here.clean(task)
            here.watcher.file_done()
        return here.tally


def read_document(task: Task, number: int = 1, chain: Chain | None = None) -> Document:
    """Return one record of a file as a document with its boilerplate marked.

    Raises:
        RecordError: the file has no such record, or it cannot be read.
    """
    try:
        with _opened(task) as stream:
            records = task.format.split(stream)
            raw = next((raw for found, raw in records if found == number), None)
    except OSError as error:
        raise RecordError(f"{task.name}: {error.strerror or error}") from error
    place = f"{task.name}{task.format.place(number)}"
    if raw is None:
        raise RecordError(f"{place}: there is no such record")
    try:
        return _cleaned(task, raw, chain)[1]
    except CleanCorpusError as error:
        raise RecordError(f"{place}: {_said(error)}") from error


class _Run:
    """A run under way: what all tasks of it share."""

    def __init__(self, chain: Chain | None, quarantine: Quarantine, watcher: Watcher) -> None:
        self.tally = Tally()
        self.watcher = watcher
        self._chain = chain
        self._quarantine = quarantine

    def clean(self, task: Task) -> None:
        """Clean one file; where all of it fails, no output is left of it."""
        written, quarantined = self.tally.written, self.tally.quarantined
        with Output(task.target) as output:
            for number, raw in self._records(task):
                self._record(task, number, raw, output)
                self.watcher.record_done(len(raw))
            is_refused = self.tally.quarantined > quarantined
            output.dropped = is_refused and self.tally.written == written

    def refuse(
        self, file: str, record: int | None, place: str, error: str, raw: bytes | None
    ) -> None:
        """Count what failed, keep it and say so."""
        self.tally.add_quarantined()
        self._quarantine.add(file, record, error, raw)
        self.watcher.trouble(f"{file}{place}: {error}")

    def _records(self, task: Task) -> Iterator[tuple[int, bytes]]:
        try:
            with _opened(task) as stream:
                yield from task.format.split(stream)
        except (OSError, MemoryError) as error:
            why = getattr(error, "strerror", None) or error or "not enough memory"
            self.refuse(task.name, None, "", f"cannot be read: {why}", None)

    def _record(self, task: Task, number: int, raw: bytes, output: Output) -> None:
        try:
            entry, document = _cleaned(task, raw, self._chain)
            data = task.format.render(entry, document)
        except Exception as error:  # noqa: BLE001 - a filter from elsewhere may raise anything
            self.refuse(task.name, number, task.format.place(number), _said(error), raw)
        else:
            output.write(data)
            self.tally.add(document)


def _cleaned(task: Task, raw: bytes, chain: Chain | None) -> tuple[Entry, Document]:
    entry = task.format.parse(raw, task.name)
    return entry, process(entry.record, chain)


def _said(error: Exception) -> str:
    if isinstance(error, CleanCorpusError):
        return str(error)
    return f"{type(error).__name__}: {error}"


@contextmanager
def _opened(task: Task) -> Iterator[BinaryIO]:
    if task.source is None:
        yield sys.stdin.buffer
    else:
        with task.source.open("rb") as stream:
            yield stream
