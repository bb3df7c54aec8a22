"""Files of JSON objects, one a line, as they lie on disk or packed with gzip or zstd."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cleancorpus.errors import GoldError
from cleancorpus.unpacking import packing_of, unpacked


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
    packing = packing_of(path)
    with path.open("rb") as file:
        try:
            for number, line in enumerate(unpacked(file, packing), start=1):
                if line.strip():
                    yield number, _parsed(line, f"{path}, line {number}: not {what}")
                    if on_read is not None:
                        on_read(file.tell() - place)
                        place = file.tell()
        except (OSError, EOFError) as error:
            if packing is None:
                raise
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
