"""One record of a file, to be looked at."""

from __future__ import annotations

from cleancorpus.chain import Chain
from cleancorpus.document import Document
from cleancorpus.errors import CleanCorpusError, RecordError
from cleancorpus.formats import Raw, Start
from cleancorpus.formats.places import Task
from cleancorpus.runner.batches import BROKEN, head_of, opened
from cleancorpus.runner.process import process
from cleancorpus.runner.workers import Limits
from cleancorpus.unpacking import unpacked


def read_document(task: Task, number: int = 1, chain: Chain | None = None) -> Document:
    """Return one record of a file as a document with its boilerplate marked.

    Raises:
        RecordError: the file has no such record, or it cannot be read.
    """
    place = f"{task.name}{task.source.place(number)}"
    try:
        head = head_of(task)
        raw = _found(task, number)
    except BROKEN as error:
        if isinstance(error, CleanCorpusError):
            raise
        why = getattr(error, "strerror", None) or error
        raise RecordError(f"{task.name}: {why}") from error
    if raw is None:
        raise RecordError(f"{place}: there is no such record")
    if raw.error or raw.skip:
        raise RecordError(f"{place}: {raw.error or raw.skip}")
    try:
        return process(task.source.parse(raw.data, head, place).record, chain)
    except CleanCorpusError as error:
        raise RecordError(f"{place}: {error}") from error


def _found(task: Task, number: int) -> Raw | None:
    with opened(task) as file:
        stream = file if task.source.unpacks else unpacked(file, task.packing)
        records = task.source.split(stream, Start(), Limits().max_bytes)
        return next((raw for raw in records if raw.number == number), None)
