"""Files of JSON objects, one a line, as they lie on disk or packed with gzip or zstd."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from cleancorpus.errors import GoldError, MissingExtra


def read_objects(
    path: Path, what: str, on_read: Callable[[int], object] | None = None
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield line number and object of each line that is not blank, one in memory at a time.

    The suffixes `.gz` and `.zst` say that the file is packed. `what` is what a message calls an
    object; `on_read` is told, object by object, how many bytes of the file were read for it.

    Raises:
        GoldError: a line is no JSON object, or the file cannot be unpacked; the message names
            file and line.
        MissingExtra: the file is packed with zstd, and zstandard is not installed.
    """
    number = place = 0
    with path.open("rb") as file:
        stream, broken = _unpacked(path, file)
        try:
            for number, line in enumerate(stream, start=1):
                if line.strip():
                    yield number, _parsed(line, f"{path}, line {number}: not {what}")
                    if on_read is not None:
                        on_read(file.tell() - place)
                        place = file.tell()
        except broken as error:
            why = f"{path}, after line {number}: the file cannot be unpacked ({error})"
            raise GoldError(why) from error


def _parsed(line: bytes, failure: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise GoldError(f"{failure}: it cannot be read as JSON ({error})") from error
    if not isinstance(found, dict):
        raise GoldError(f"{failure}: it is no JSON object")
    return found


def _unpacked(path: Path, file: IO[bytes]) -> tuple[Iterable[bytes], tuple[type[Exception], ...]]:
    """The lines of a file, and what is raised where the packing is broken."""
    suffix = path.suffix.lower()
    if suffix == ".gz":
        return gzip.GzipFile(fileobj=file), (gzip.BadGzipFile, EOFError, zlib.error)
    if suffix != ".zst":
        return file, ()
    try:
        import zstandard  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra(
            f"{path}: reading zstd needs zstandard: pip install 'cleancorpus[corpus]'"
        ) from error
    reader = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
    return io.BufferedReader(reader), (zstandard.ZstdError,)
