"""What could not be read or cleaned, kept with its error, place and original bytes."""

from __future__ import annotations

import base64
import json
from contextlib import nullcontext, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from cleancorpus.errors import OutputError
from cleancorpus.formats.output import Output


class Quarantine:
    """A JSONL file of records that failed, which is there only if there are any.

    Each line has `file`, `record` (its number, or null for a whole file or folder), `error`,
    and the original bytes as `text` if they are UTF-8, else as `base64`. It is kept when a run
    breaks off, as it speaks of outputs that are finished. Without a path nothing is kept.

    Raises:
        OutputError: the file cannot be written.
    """

    def __init__(self, path: Path | None) -> None:
        """Open nothing yet."""
        self._path = path
        self._output: Output | None = None

    def __enter__(self) -> Self:
        """Wait for the first record."""
        return self

    def add(self, file: str, record: int | None, error: str, raw: bytes | None) -> None:
        """Keep a record with what went wrong; `raw` is None where there are no bytes."""
        if self._path is None:
            return
        if self._output is None:
            self._output = Output(self._path).__enter__()
        line: dict[str, Any] = {"file": file, "record": record, "error": error}
        if raw is not None:
            try:
                line["text"] = raw.decode("utf-8")
            except UnicodeDecodeError:
                line["base64"] = base64.b64encode(raw).decode("ascii")
        # Escapes keep file names whose bytes are no text.
        self._output.write(json.dumps(line).encode() + b"\n")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file; one left from an earlier run goes, as it was not about this one."""
        if self._output is not None:
            with suppress(OutputError) if kind is not None else nullcontext():
                self._output.__exit__(None, None, None)
        elif kind is None and self._path is not None:
            self._path.unlink(missing_ok=True)
