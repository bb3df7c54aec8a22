"""What a format is: a file cut into records on the way in, records put together on the way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from cleancorpus.document import Document, Record


@dataclass(frozen=True, slots=True)
class Raw:
    """A record as its file holds it: cut out, and not yet understood.

    `number` counts from 1, `next` is where the record after it begins, in whatever the source
    counts places. `skip` says why the record is none that can be cleaned (an image in an
    archive) and `error` why it could not be cut out whole; both leave the record unread.
    """

    number: int
    data: bytes
    next: int
    skip: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Start:
    """Where reading begins: at a place, with the number of the first record there."""

    place: int = 0
    number: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A record that was read, with what its own format needs to write it as it was.

    `fields` are all that it has, the one with the content too where the source keeps that in a
    field; `origin` is the source's own, and other formats leave it alone.
    """

    record: Record
    origin: Any = None
    content_field: str | None = None

    @property
    def fields(self) -> Mapping[str, Any]:
        """All fields by name, in their order."""
        return self.record.fields


class Source(Protocol):
    """How the records of one kind of file are read.

    Cutting and understanding are apart: one process cuts, many understand, and whoever runs
    them still holds a record's own bytes when it cannot be understood.
    """

    @property
    def name(self) -> str:
        """What the format is called, such as `jsonl`."""
        ...

    @property
    def unpacks(self) -> bool:
        """The source undoes gzip and zstandard itself, and wants the file as it lies there."""
        ...

    def head(self, stream: BinaryIO) -> bytes:
        """Return what all records share and need to be understood: a table's header, or nothing.

        Leaves the stream wherever reading took it, as `split` finds its own place.
        """
        ...

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each record from a start on; a record over `max_bytes` has an error and no data.

        The first start needs no stream that can be wound; any other does, forward at least.

        Raises:
            OSError, EOFError, ValueError: the file cannot be read on. All records that came
                before were yielded, and the message says what is wrong.
        """
        ...

    def place(self, number: int) -> str:
        """Return what a message says after the file's name to name a record."""
        ...

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:
        """Return the record in these bytes; `name` is the file's and becomes part of its id.

        Raises:
            RecordError: the bytes hold no record of this format.
        """
        ...


class Sink(Protocol):
    """How cleaned records are written as one kind of file.

    What `encode` returns is appended to what was encoded before, in the order of the input. That
    is the file itself, unless the sink `spools`: then `finish` makes the file of it at the end.
    """

    @property
    def name(self) -> str:
        """What the format is called, such as `jsonl`."""
        ...

    @property
    def spools(self) -> bool:
        """The file is made at the end, by `finish`, of all that was encoded."""
        ...

    def row(self, entry: Entry, document: Document) -> Any:  # noqa: ANN401 - the sink's own
        """Return what one record becomes, for `encode`; it can be pickled.

        Raises:
            RecordError: what was asked for does not fit into this record.
        """
        ...

    def encode(self, rows: Sequence[Any], head: bytes) -> Sequence[bytes]:
        """Return rows of one file as parts; `head` is what the source said of that file.

        Parts are written one after another. Where the output is packed each becomes a member or
        frame of its own, as readers of archives expect a record to be. Without rows it is what
        a file without any has, such as a table's columns; every file begins with that.
        """
        ...

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Write the file, of all that was encoded; called only where the sink spools.

        Raises:
            InputError: the records do not fit into one file of this format.
        """
        ...


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written of a cleaned record, whatever the format.

    `into` is the field that the clean text goes into; None is the one that it was read from, but
    `text` where that holds HTML or there is none. `rendering` is what the text is written as, None
    leaves text and Markdown as they stood. `extras` are further fields, see `fields.EXTRAS`.
    """

    into: str | None = None
    rendering: str | None = None
    extras: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: what reads it, what writes it, and the suffix that it gets."""

    name: str
    suffixes: tuple[str, ...]
    holds_many: bool = True
