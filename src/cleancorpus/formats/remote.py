"""Addresses such as `s3://bucket/crawl.jsonl`, read and written through fsspec."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from cleancorpus.errors import InputError, MissingExtra


def is_remote(place: str | Path) -> bool:
    """The place is an address with a protocol, and no path on this machine.

    Example:
        >>> is_remote("s3://bucket/a.jsonl"), is_remote("a.jsonl")
        (True, False)
    """
    return "://" in str(place)


def located(place: str) -> Path:
    """Return a path, or for an address something that answers as a path does.

    Raises:
        MissingExtra: it is an address, and what opens those is not installed.
        InputError: nothing knows the address's protocol.
    """
    if not is_remote(place):
        return Path(place)
    try:
        from upath import UPath  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"{place} needs {error.name}: pip install 'cleancorpus[corpus]'"
        ) from error
    try:
        found: Any = UPath(place)
        found.fs  # noqa: B018 - made only when it is asked for
    except (ValueError, ImportError) as error:
        raise InputError(f"{place} cannot be opened: {error}") from error
    return cast("Path", found)


def fingerprint(path: Path) -> list[Any]:
    """Return what changes when a file does: its size, and when or as what it was written."""
    found = path.stat()
    info = getattr(found, "info", {})
    marks = [str(info[key]) for key in ("ETag", "etag", "md5Hash", "created") if key in info]
    return [str(path), found.st_size, getattr(found, "st_mtime_ns", found.st_mtime), *marks]
