"""Outputs that grow, can be cut back to an earlier length, and get their names at the end."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, Final

from cleancorpus.errors import OutputError
from cleancorpus.formats import Sink
from cleancorpus.formats.packing import packed_file
from cleancorpus.formats.places import Task
from cleancorpus.formats.remote import is_remote

_BLOCK_BYTES: Final = 1 << 20


class Part:
    """The output of one task, or of several that share it, while it is written.

    It lies in the folder of the unfinished run under the number of its first task, so that its
    own name never stands over half a file. Without such a folder (standard output, a device, a
    pipe) what is written goes straight to its place.

    Raises:
        OutputError: it cannot be written; the message names it.
    """

    def __init__(self, task: Task, number: int, folder: Path | None) -> None:
        """Open nothing yet."""
        self._sink: Sink = task.sink
        self._packing = task.target_packing
        self._target = task.target
        self.number = number
        self.path = None if folder is None else folder / f"part-{number}"
        self._file: BinaryIO | None = None
        self.size = 0

    def open(self, size: int = 0) -> None:
        """Begin, or go on at a size that the part had before."""
        with self._failing():
            if self.path is None:
                self._file = self._spool() if self._sink.spools else self._straight()
                return
            if size and not self.path.exists() and self._target is not None:
                # Its name was given just before the run was killed.
                _move(real(self._target), self.path)
            self._file = self.path.open("r+b" if size else "wb")
            if size > os.fstat(self._file.fileno()).st_size:
                raise OSError(0, "shorter than it was: --force starts anew")
            self._file.truncate(size)
            self._file.seek(size)
            self.size = size

    def write(self, data: bytes) -> None:
        """Add bytes to the end."""
        assert self._file is not None
        with self._failing():
            self._file.write(data)
            self.size += len(data)

    def keep(self) -> None:
        """Make sure that what was written is there even if the machine stops."""
        if self._file is None:
            return
        with self._failing():
            self._file.flush()
            if self.path is not None:
                os.fsync(self._file.fileno())

    def finish(self) -> None:
        """Give the output its name; what a sink spools is made a file first."""
        if self.path is None and self._sink.spools:
            self._finish_straight()
        self._close()
        if self.path is None or self._target is None:
            return
        with self._failing():
            target = self._target
            if is_remote(target):
                with self._made().open("rb") as made, target.open("wb") as far:
                    shutil.copyfileobj(made, far, _BLOCK_BYTES)
                return
            target = real(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            _move(self._made(), target)

    def drop(self) -> None:
        """Leave no output; where it had its name from an earlier run, that goes too."""
        self._close()
        if self.path is not None and self._target is not None:
            with self._failing():
                # The part itself goes when that is noted, so that a killed run finds it again.
                self._target.unlink(missing_ok=True)

    def close(self) -> None:
        """Let go of the file, as it is."""
        with suppress(OutputError):
            self._close()

    def _made(self) -> Path:
        """The finished file, in the folder of the unfinished run."""
        assert self.path is not None
        if not self._sink.spools:
            return self.path
        made = self.path.with_name(f"{self.path.name}.made")
        with self.path.open("rb") as spool, made.open("wb") as file:
            with packed_file(file, self._packing) as packed:
                self._sink.finish(spool, packed)
            file.flush()
            os.fsync(file.fileno())
        return made

    @staticmethod
    def _spool() -> BinaryIO:
        return TemporaryFile()

    def _finish_straight(self) -> None:
        spool = self._file
        assert spool is not None
        with self._failing(), spool:
            spool.seek(0)
            self._file = self._straight()
            with packed_file(self._file, self._packing) as packed:
                self._sink.finish(spool, packed)

    def _straight(self) -> BinaryIO:
        return sys.stdout.buffer if self._target is None else self._target.open("wb")

    def _close(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        with self._failing():
            if self.path is None and self._target is None:
                file.flush()
            else:
                file.close()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except OutputError:
            raise
        except OSError as error:
            if self.path is None and self._target is None:
                # What is still buffered would fail again, loudly, when Python shuts down.
                with suppress(OSError):
                    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise output_error(self._target, error) from error


def output_error(target: Path | None, error: OSError) -> OutputError:
    """Return the error that says which output could not be written."""
    name = "standard output" if target is None else target
    return OutputError(f"cannot write {name}: {error.strerror or error}")


def _move(path: Path, to: Path) -> None:
    """Rename a file; where it lies on another file system, copy it beside its name first."""
    try:
        path.replace(to)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = to.with_name(f".{path.name}.copied")
        shutil.copyfile(path, beside)
        beside.replace(to)
        path.unlink()


def real(target: Path) -> Path:
    """Return where a link leads, so that the link stays one."""
    return Path(os.path.realpath(target))
