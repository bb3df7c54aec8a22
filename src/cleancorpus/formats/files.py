"""Text, Markdown and HTML files: a file is one record."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from cleancorpus.document import Document, Record
from cleancorpus.formats.base import Entry
from cleancorpus.render.named import render


@dataclass(frozen=True, slots=True)
class TextFile:
    r"""A file whose whole text is one record; what comes out is UTF-8.

    `name` is its media. With `sniffs` on nobody knows that, and the content says it. `rendering`
    is what the kept blocks are written as; without one text and Markdown come out as they stood,
    and HTML as text.

    Example:
        >>> import io
        >>> list(TextFile("markdown").split(io.BytesIO(b"# Tea\n")))
        [(1, b'# Tea\n')]
    """

    name: str = "text"
    rendering: str | None = None
    sniffs: bool = False

    def split(self, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield the file's bytes as its one record, also those of an empty file."""
        yield 1, stream.read()

    def place(self, number: int) -> str:
        """Return nothing for the one record of a file, and a number that there is none of."""
        return "" if number == 1 else f", record {number}"

    def parse(self, raw: bytes, name: str) -> Entry:
        """Return the record; its bytes are decoded when it is segmented."""
        return Entry(Record(raw, id=name, media=None if self.sniffs else self.name))

    def render(self, entry: Entry, document: Document) -> bytes:  # noqa: ARG002 - as all formats
        """Return the kept blocks as text of that rendering."""
        return render(document, self.rendering).encode("utf-8")
