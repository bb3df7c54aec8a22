"""What a format is: a file cut into records on the way in, a record put back on the way out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from cleancorpus.document import Document, Record


@dataclass(frozen=True, slots=True)
class Entry:
    """A record, and where its text goes, so that it can be put there.

    `before` and `after` are what stands around that place in the record, `literal` is the text
    as it was written there, in quotes and with its escapes; empty where it is to be written anew.
    """

    record: Record
    before: str = ""
    literal: str = ""
    after: str = ""


class Format(Protocol):
    """How the records of one kind of file are read, and written as the same kind.

    The three steps are apart so that whoever runs them still holds a record's own bytes when
    one of the later steps fails.
    """

    @property
    def name(self) -> str:
        """What the format is called: `text`, `markdown`, `html` or `jsonl`."""
        ...

    def split(self, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield number (from 1) and bytes of each record, one in memory at a time."""
        ...

    def place(self, number: int) -> str:
        """Return what a message says after the file's name to name a record."""
        ...

    def parse(self, raw: bytes, name: str) -> Entry:
        """Return the record in these bytes; `name` is the file's and becomes part of its id.

        Raises:
            RecordError: the bytes hold no record of this format.
        """
        ...

    def render(self, entry: Entry, document: Document) -> bytes:
        """Return what the record becomes: its bytes, without the removed blocks.

        Raises:
            RecordError: what was asked for does not fit into this record.
        """
        ...
