"""Worker processes with limits: batches in, what they become out, in the same order."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from threading import Thread
from types import TracebackType
from typing import Final, Self

from pebble import ProcessExpired, ProcessPool

from cleancorpus.errors import OptionError, StartError
from cleancorpus.runner.batches import MAX_BATCH_RECORDS, Batch
from cleancorpus.runner.work import Made, Making, Piece, begin, said, work

_CHECK_EVERY_S: Final = 0.2
_PATIENCE_S: Final = 10.0
_WAITING_A_WORKER: Final = 3  # batches: enough that none waits for the parent to read
_GUARD: Final = 'a program that starts processes does so under if __name__ == "__main__":'
BROKEN_WORKER: Final = (
    *(TimeoutError, MemoryError, ProcessExpired, BrokenProcessPool, CancelledError),
)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may cost; None: as much as there is.

    `timeout_s` are seconds of time on the clock, `max_memory` the bytes that a worker may take on
    top of what it begins with, `max_bytes` the length of a record in its file.
    """

    timeout_s: float | None = 60.0
    max_memory: int | None = 4_000_000_000
    max_bytes: int = 200_000_000

    def __post_init__(self) -> None:
        """Refuse limits that nothing could keep."""
        for name in ("timeout_s", "max_memory", "max_bytes"):
            value = getattr(self, name)
            if value is not None and value <= 0:
                raise OptionError(f"{name} must be more than 0, not {value}")


@dataclass(slots=True)
class _Waiting:
    batch: Batch
    future: Future[list[Made]]


class Here:
    """This process, in the place of workers: without limits, and without the time they take to
    start, which would be most of what a single short document takes.
    """

    def __init__(self, making: Making) -> None:
        """Take how each record is cleaned."""
        self._making = making

    def __enter__(self) -> Self:
        """Do nothing."""
        return self

    def __exit__(self, *error: object) -> None:
        """Do nothing."""

    def through(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[Made]]]:
        """Yield each batch with what became of it."""
        for batch in batches:
            yield batch, self._making.make(batch.pieces)


class Workers:
    """Processes that clean, started when the first batch comes.

    A worker that dies or takes too long is replaced, and its batch tried again: once as it was,
    for a death may have nothing to do with it, then record by record, to find the ones that
    cannot be worked on. Those come back as refused.

    Raises:
        StartError: while working, if not one worker could be started.
    """

    def __init__(
        self,
        making: Making,
        jobs: int,
        limits: Limits,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        """Start nothing yet; `check` is called while waiting, and may raise to end the work."""
        self._check = check
        self._making = making
        self._jobs = jobs
        self._limits = limits
        self._waiting: deque[_Waiting] = deque()
        self._pool: ProcessPool | None = None
        self._has_worked = False

    def __enter__(self) -> Self:
        """Wait for the first batch."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End all workers; what they still had is left undone."""
        self._stop()

    def through(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, list[Made]]]:
        """Yield each batch with what became of it, in order, a few being worked on at a time."""
        for batch in batches:
            self._submit(batch)
            if len(self._waiting) >= self._jobs * _WAITING_A_WORKER:
                yield self._oldest()
        while self._waiting:
            yield self._oldest()

    def _oldest(self) -> tuple[Batch, list[Made]]:
        waiting = self._waiting.popleft()
        self._wait(waiting.future)
        try:
            made, self._has_worked = waiting.future.result(), True
        except BROKEN_WORKER as error:
            return waiting.batch, self._again(waiting.batch.pieces, error)
        return waiting.batch, made

    def _submit(self, batch: Batch) -> None:
        self._waiting.append(_Waiting(batch, self._scheduled(batch.pieces)))

    def _again(self, pieces: Sequence[Piece], error: Exception) -> list[Made]:
        """What becomes of pieces that a worker died over, or took too long for."""
        made: list[Made] | Exception = error
        if not isinstance(error, TimeoutError):
            made = self._tried(pieces)
        if isinstance(made, Exception):
            pieces = self._without_guilty(pieces)
            made = self._tried(pieces, documents=MAX_BATCH_RECORDS)
        if isinstance(made, Exception):
            why = f"each record alone is well, and with its neighbours {self._said(made)}"
            everyone = [_refusing(one, {raw.number: why for raw in one.raws}) for one in pieces]
            made = self._making.make(everyone)
        return made

    def _without_guilty(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Pieces with those records refused that cannot be worked on alone either."""
        left = []
        for piece in pieces:
            refused = {}
            for raw in piece.raws:
                made = self._tried([replace(piece, raws=(raw,))])
                if isinstance(made, Exception):
                    refused[raw.number] = self._said(made)
            left.append(_refusing(piece, refused))
        return left

    def _tried(self, pieces: Sequence[Piece], documents: int = 1) -> list[Made] | Exception:
        future = self._scheduled(pieces, documents)
        self._wait(future)
        try:
            made, self._has_worked = future.result(), True
        except BROKEN_WORKER as error:
            if isinstance(error, BrokenProcessPool) and not self._has_worked:
                # Twice in a row all ended before they took a batch: no record is to blame.
                raise StartError(f"no process that cleans could be started: {_GUARD}") from error
            return error
        return made

    def _wait(self, future: Future[list[Made]]) -> None:
        while not future.done():
            wait([future], _CHECK_EVERY_S)
            self._check()

    def _scheduled(self, pieces: Sequence[Piece], documents: int = 1) -> Future[list[Made]]:
        if self._pool is None or not self._pool.active:
            self._stop()
            self._pool = self._started()
        limit = self._limits.timeout_s
        timeout = None if limit is None else limit * documents
        return self._pool.schedule(work, args=(pieces,), timeout=timeout)

    def _said(self, error: Exception) -> str:
        if isinstance(error, TimeoutError):
            return f"took over {self._limits.timeout_s:g} s: --timeout raises the limit"
        if isinstance(error, MemoryError):
            return said(error)
        code = getattr(error, "exitcode", None)
        return f"the process that cleaned it died (exit code {code})"

    def _started(self) -> ProcessPool:
        method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else None
        context = multiprocessing.get_context(method)
        if method is not None:
            context.set_forkserver_preload([work.__module__])
        begun = (self._making, self._limits.max_memory, os.getpid())
        return ProcessPool(self._jobs, initializer=begin, initargs=begun, context=context)

    def _stop(self) -> None:
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            # An interrupt in the middle of the pool's own steps can leave its threads waiting.
            ending = Thread(target=self._pool.join, daemon=True)
            ending.start()
            ending.join(_PATIENCE_S)
            self._pool = None


def refuse_import() -> None:
    """Refuse to begin a run in a worker that is only importing the program that started it.

    Such a program begins its run whenever it is imported, and would take the place of the run
    that is going on.

    Raises:
        StartError: this is such a worker.
    """
    # What multiprocessing itself looks at, but not before a first process is started.
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        raise StartError(f"this process is one that cleans, and would begin the run anew: {_GUARD}")


def _refusing(piece: Piece, refused: Mapping[int, str]) -> Piece:
    return replace(piece, refused={**piece.refused, **refused})
