"""What could not be read or cleaned, kept with its error, place and original bytes."""

from __future__ import annotations

import base64
import json
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from cleancorpus.formats.remote import is_remote
from cleancorpus.runner.parts import output_error


class Quarantine:
    """A JSONL file of records that failed, which is there only if there are any.

    Each line has `file`, `record` (its number, or null for a whole file or folder), `format`,
    `error`, and the original bytes as `text` if they are UTF-8, else as `base64`; `head` is what
    records of that format need to be understood, such as a table's header. It is kept when a run
    breaks off, as it speaks of outputs that are finished. Without a path nothing is kept.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: Path | None, folder: Path | None, size: int = 0) -> None:
        """Open nothing yet; of what is there the first `size` bytes are of this run.

        What goes to another machine is put together in `folder`.
        """
        self._far = path if path is not None and is_remote(path) else None
        if self._far is not None and folder is not None:
            path = folder / self._far.name
        self._path = path
        self._file: BinaryIO | None = None
        self.size = size
        if path is not None and size:
            self._open("r+b")

    def add(self, line: dict[str, Any]) -> None:
        """Keep a line; without a path it is forgotten."""
        if self._path is None:
            return
        if self._file is None:
            self._open("wb")
        # Escapes keep file names whose bytes are no text.
        self._write(json.dumps(line).encode() + b"\n")

    def keep(self) -> None:
        """Make sure that what was written is there even if the machine stops."""
        if self._file is not None:
            self._write(b"")
            os.fsync(self._file.fileno())

    def close(self) -> None:
        """Let go of the file, as it is."""
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def end(self) -> None:
        """Close the file; one left from an earlier run goes, as it was not about this one."""
        self.close()
        if self._path is not None and not self.size:
            self._path.unlink(missing_ok=True)
        if self._far is not None and self._path is not None:
            if self.size:
                with self._path.open("rb") as file, self._far.open("wb") as far:
                    shutil.copyfileobj(file, far)
            elif self._far.exists():
                self._far.unlink()

    def _open(self, mode: str) -> None:
        assert self._path is not None
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open(mode)  # type: ignore[assignment]
            assert self._file is not None
            self._file.truncate(self.size)
            self._file.seek(self.size)
        except OSError as error:
            raise output_error(self._path, error) from error

    def _write(self, data: bytes) -> None:
        assert self._file is not None
        try:
            self._file.write(data)
            self._file.flush()
        except OSError as error:
            raise output_error(self._path, error) from error
        self.size += len(data)


def line_of(
    file: str,
    record: int | None,
    error: str,
    data: bytes | None = None,
    made_of: tuple[str, bytes] | None = None,
) -> dict[str, Any]:
    """Return the line of a record; `made_of` is its format's name and its head."""
    line: dict[str, Any] = {"file": file, "record": record, "error": error}
    if made_of is not None:
        line["format"] = made_of[0]
        if made_of[1]:
            line["head"] = base64.b64encode(made_of[1]).decode("ascii")
    if data is not None:
        try:
            line["text"] = data.decode("utf-8")
        except UnicodeDecodeError:
            line["base64"] = base64.b64encode(data).decode("ascii")
    return line
