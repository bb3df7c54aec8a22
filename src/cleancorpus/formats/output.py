"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from cleancorpus.errors import OutputError


class Output:
    """Where the records of one input go: a file, or standard output where there is no target.

    A file is written under a passing name beside its target and renamed at the end, so the
    target's name never stands over half a file, whatever happens on the way. With `dropped`
    set, or after an exception, nothing is left. What is no ordinary file (`/dev/null`, a named
    pipe) is written to directly, as renaming would replace it.

    Raises:
        OutputError: the file cannot be written; the message names it.
    """

    def __init__(self, target: Path | None) -> None:
        """Open nothing yet."""
        self.dropped = False
        self._target = target if target is None else Path(os.path.realpath(target))
        self._name = "standard output" if target is None else str(target)
        self._part: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        """Open the file under its passing name."""
        try:
            self._file = self._opened()
        except OSError as error:
            raise self._failure(error) from error
        return self

    def write(self, data: bytes) -> None:
        """Add bytes to the end."""
        assert self._file is not None
        try:
            self._file.write(data)
        except OSError as error:
            self.dropped = True
            raise self._failure(error) from error

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Give the file its name, or remove it where it is not whole."""
        is_whole = kind is None and not self.dropped
        try:
            self._close()
            if is_whole and self._part is not None and self._target is not None:
                self._part.replace(self._target)
        except OSError as failure:
            if kind is None:
                raise self._failure(failure) from failure
        finally:
            if self._part is not None:
                with suppress(OSError):
                    self._part.unlink(missing_ok=True)

    def _opened(self) -> BinaryIO:
        target = self._target
        if target is None:
            return sys.stdout.buffer
        if target.exists() and not target.is_file():
            return target.open("wb")
        target.parent.mkdir(parents=True, exist_ok=True)
        self._part = target.with_name(f".cleancorpus-{secrets.token_hex(8)}.part")
        return self._part.open("xb")

    def _close(self) -> None:
        if self._file is None:
            return
        if self._target is None:
            self._file.flush()
        else:
            self._file.close()

    def _failure(self, error: OSError) -> OutputError:
        if self._target is None:
            # What is still buffered would fail again, loudly, when Python shuts down.
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OutputError(f"cannot write {self._name}: {error.strerror or error}")
