"""Text, Markdown and HTML files: a file is one record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from cleancorpus.document import Document, Record
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.lines import over_limit
from cleancorpus.render.named import render


@dataclass(frozen=True, slots=True)
class TextFile:
    r"""A file whose whole text is one record.

    `name` is its media. With `sniffs` on nobody knows that, and the content says it.

    Example:
        >>> import io
        >>> [raw.data for raw in TextFile("markdown").split(io.BytesIO(b"# Tea\n"), Start(), 100)]
        [b'# Tea\n']
    """

    name: str = "text"
    sniffs: bool = False
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:  # noqa: ARG002 - as all formats
        """Return nothing: the file is its own record."""
        return b""

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield the file's bytes as its one record, also those of an empty file."""
        if start.number > 1:
            return
        data = stream.read(max_bytes + 1)
        if len(data) > max_bytes:
            size = len(data)
            while block := stream.read(1 << 20):
                size += len(block)
            yield Raw(1, b"", size, error=over_limit(size, max_bytes))
        else:
            yield Raw(1, data, len(data))

    def place(self, number: int) -> str:
        """Return nothing for the one record of a file, and a number that there is none of."""
        return "" if number == 1 else f", record {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:  # noqa: ARG002 - as all formats
        """Return the record; its bytes are decoded when it is segmented."""
        media = None if self.sniffs else self.name
        return Entry(Record(data, id=name, media=media, fields={"id": name}))


@dataclass(frozen=True, slots=True)
class TextSink:
    """A file of one record's clean text, in UTF-8.

    Without a rendering text and Markdown come out as they stood, and HTML as text.
    """

    name: str = "text"
    writing: Writing = field(default_factory=Writing)
    spools: bool = False

    def row(self, entry: Entry, document: Document) -> bytes:  # noqa: ARG002 - as all formats
        """Return the kept blocks as text of that rendering."""
        return render(document, self.writing.rendering).encode("utf-8")

    def encode(self, rows: Sequence[bytes], head: bytes) -> Sequence[bytes]:  # noqa: ARG002 - as all formats
        """Return the one record's text as the one part."""
        return rows

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Never called: what was encoded is the file."""
        raise NotImplementedError
