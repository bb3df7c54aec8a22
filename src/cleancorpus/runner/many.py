"""Many contents through a chain, in memory and in order, on all cores."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import BinaryIO, NoReturn

from cleancorpus.chain import Chain
from cleancorpus.document import Document, Record
from cleancorpus.errors import RecordError
from cleancorpus.formats import Entry, Raw, Start
from cleancorpus.presets import as_chain
from cleancorpus.runner.batches import MAX_BATCH_BYTES, MAX_BATCH_RECORDS, Batch
from cleancorpus.runner.cores import cores
from cleancorpus.runner.work import Cleaning, Made, Piece
from cleancorpus.runner.workers import Limits, Workers


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What became of one content: its document, or why there is none."""

    record: Record
    document: Document | None = None
    error: str | None = None

    @property
    def text(self) -> str:
        """The clean text.

        Raises:
            RecordError: the content could not be cleaned; the message says why.
        """
        if self.document is None:
            raise RecordError(self.error)
        return self.document.text


def clean_many(
    contents: Iterable[str | bytes | Record],
    media: str | None = None,
    chain: str | Chain | None = None,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Cleaned]:
    r"""Yield what becomes of each content, in order, while the next ones are being cleaned.

    `media` and `chain` are as for `clean`; a `Record` brings its own media. `jobs` is how many
    processes clean, None as many as there are cores. A content over its `limits`, one that
    crashes and one that a filter fails on costs itself alone. No more than some megabytes a
    process are read ahead.

    A program that calls this starts its work under `if __name__ == "__main__":`, as with all
    that starts processes.

    Raises:
        UnknownPreset: no preset has that name.

    Example:
        >>> pages = ["By Ada Marsh\nThe ferry is back.\n", "Home\nThe pier is open again.\n"]
        >>> [one.text for one in clean_many(pages, chain="none", jobs=1)][1]
        'Home\nThe pier is open again.\n'
    """
    limits = limits or Limits()
    with Workers(Cleaning(as_chain(chain)), jobs or cores(), limits) as workers:
        for batch, (made,) in workers.through(_batches(contents, media, limits.max_bytes)):
            yield from _outcomes(batch, made)


def _batches(
    contents: Iterable[str | bytes | Record], media: str | None, max_bytes: int
) -> Iterator[Batch]:
    raws: list[Raw] = []
    size = 0
    for number, content in enumerate(contents, start=1):
        record = content if isinstance(content, Record) else Record(content, media=media)
        data = pickle.dumps(record)
        error = f"over the limit of {max_bytes:,} bytes" if len(data) > max_bytes else None
        raws.append(Raw(number, data, number, error=error))
        size += len(data)
        if size >= MAX_BATCH_BYTES or len(raws) >= MAX_BATCH_RECORDS:
            yield _batch(raws)
            raws, size = [], 0
    if raws:
        yield _batch(raws)


def _batch(raws: list[Raw]) -> Batch:
    piece = Piece(0, "", _Given(), _Documents(), None, b"", tuple(raws))
    return Batch((piece,), 0, Start())


def _outcomes(batch: Batch, made: Made) -> Iterator[Cleaned]:
    (piece,) = batch.pieces
    refused = dict(made.refused)
    # Where all failed nothing was written.
    documents = iter(pickle.loads(made.data) if made.data else ())  # noqa: S301 - our own workers
    for raw in piece.raws:
        record = pickle.loads(raw.data)  # noqa: S301 - written above
        if raw.number in refused:
            yield Cleaned(record, error=refused[raw.number])
        else:
            yield Cleaned(record, next(documents))


@dataclass(frozen=True, slots=True)
class _Given:
    """Records that a program has in memory, as a source."""

    name: str = "record"
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:  # noqa: ARG002 - as all formats
        return b""

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> NoReturn:
        raise NotImplementedError

    def place(self, number: int) -> str:
        return f"record {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:  # noqa: ARG002 - as all formats
        return Entry(pickle.loads(data))  # noqa: S301 - written above


@dataclass(frozen=True, slots=True)
class _Documents:
    """The documents themselves, as a sink."""

    name: str = "document"
    spools: bool = False

    def row(self, entry: Entry, document: Document) -> Document:  # noqa: ARG002 - as all formats
        # What the walk found would be most of what is sent, and says no more than the blocks.
        return replace(document, columns=None)

    def encode(self, rows: Sequence[Document], head: bytes) -> Sequence[bytes]:  # noqa: ARG002
        return [pickle.dumps(list(rows))]

    def finish(self, spool: BinaryIO, target: BinaryIO) -> NoReturn:
        raise NotImplementedError
