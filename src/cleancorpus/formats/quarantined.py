"""The quarantine of an earlier run as a source: what failed, to be tried again."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from cleancorpus.errors import InputError, RecordError
from cleancorpus.formats.base import Entry, Raw, Start
from cleancorpus.formats.lines import lines

QUARANTINE: Final = "quarantine.jsonl"
QUARANTINED: Final = "quarantine"


@dataclass(frozen=True, slots=True)
class Quarantined:
    """Lines of a quarantine, each a record of some format; see `runner.quarantine`.

    `field` and `media` are for formats that have fields, as they were when the records failed.
    """

    field: str = "text"
    media: str | None = None
    name: str = QUARANTINED
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:  # noqa: ARG002 - as all formats
        """Return nothing: each line has what its record needs."""
        return b""

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each line."""
        # A line holds its record in base64, or with escapes.
        yield from lines(stream, start, max_bytes * 7 + 10_000)

    def place(self, number: int) -> str:
        """Return the line's number as a message names it."""
        return f", line {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> Entry:  # noqa: ARG002 - as all formats
        """Return the record that failed, read as its format reads it.

        Raises:
            RecordError: it is of a file that failed as a whole, or cannot be read now either.
        """
        from cleancorpus.formats import make_source  # noqa: PLC0415 - it knows all formats

        try:
            line: dict[str, Any] = json.loads(data)
            kind, file = line.get("format"), line["file"]
            raw = line["text"].encode() if "text" in line else base64.b64decode(line["base64"])
        except (ValueError, KeyError, TypeError) as error:
            if isinstance(error, KeyError) and error.args == ("base64",):
                raise RecordError(_not_kept(line)) from error
            raise RecordError(f"is no line of a quarantine: {error!r}") from error
        source = make_source(kind, self.field, self.media)
        return source.parse(raw, base64.b64decode(line.get("head", "")), file)


def _not_kept(line: dict[str, Any]) -> str:
    what = "failed as a whole" if line["record"] is None else f"has record {line['record']}, unread"
    return f"{line['file']} {what}: clean that file again"


def quarantines(inputs: Sequence[str]) -> list[str]:
    """Return the quarantines that inputs stand for: themselves, or those in the folders.

    Raises:
        InputError: a folder has none.
    """
    found = []
    for one in inputs:
        path = Path(one)
        if path.is_dir():
            path /= QUARANTINE
            if not path.is_file():
                raise InputError(f"{one} has no {QUARANTINE}: nothing failed there")
        found.append(str(path))
    return found
