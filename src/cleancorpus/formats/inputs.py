"""Which files the inputs of a command stand for: files, folders, patterns, standard input."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Final

from cleancorpus.errors import InputError
from cleancorpus.formats.remote import is_remote, located

STANDARD_INPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, and its name below the folder or pattern that it was found under.

    `is_named` says that the user named the file, or its suffix, and not only a folder of it.
    """

    path: Path
    name: PurePath
    is_named: bool


@dataclass(slots=True)
class Finds:
    """All files that inputs stand for, in order, and what could not be looked into."""

    files: list[Found] = field(default_factory=list)
    has_folder: bool = False
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    not_followed: list[Path] = field(default_factory=list)


def find(inputs: Iterable[str], leave_out: Path | None = None) -> Finds:
    """Return the files that the inputs stand for: each once, those of folders sorted.

    Folders are searched to the bottom, without hidden files; links to folders are not followed.
    `leave_out` is where the output goes: what lies there from an earlier run is no input, unless
    the inputs themselves lie there.

    Raises:
        InputError: there is no such file, or a pattern matches nothing.
    """
    finds = Finds()
    for wanted in inputs:
        path = located(wanted)
        if wanted == STANDARD_INPUT:
            finds.files.append(Found(path, PurePath("stdin"), is_named=True))
        elif is_remote(wanted):
            finds.files.extend(_far(path, finds))
        elif path.is_dir():
            finds.has_folder = True
            finds.files.extend(_walk(path, path, finds, leave_out))
        elif os.path.lexists(path):
            finds.files.append(Found(path, PurePath(path.name), is_named=True))
        elif glob.has_magic(wanted):
            finds.has_folder = True
            finds.files.extend(_match(wanted, finds, leave_out))
        else:
            raise InputError(f"no such file or folder: {wanted}")
    finds.files = list({(one.path, one.name): one for one in finds.files}.values())
    return finds


def _walk(root: Path, base: Path, finds: Finds, leave_out: Path | None) -> Iterator[Found]:
    """Every ordinary file below a folder, with its name below `base`."""
    unreadable = _teller(finds)
    for folder, folders, files in os.walk(root, onerror=unreadable):
        here = Path(folder)
        finds.not_followed.extend(here / name for name in sorted(folders) if _is_link(here / name))
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".") and not _is_same(here / name, leave_out)
        )
        for name in sorted(files):
            path = here / name
            if name.startswith("."):
                continue
            if _is_ordinary(path):
                yield Found(path, path.relative_to(base), is_named=False)
            else:
                finds.not_followed.append(path)


def _match(pattern: str, finds: Finds, leave_out: Path | None) -> Iterator[Found]:
    """Every file that a pattern matches, and those below the folders that it matches."""
    base = _fixed_part(pattern)
    if leave_out is not None and _is_below(base, leave_out):
        leave_out = None
    # Unlike Path.glob this takes absolute patterns and leaves hidden files out.
    found = glob.glob(pattern, recursive=True)  # noqa: PTH207
    matches = [Path(match) for match in sorted(found)]
    if not matches:
        raise InputError(f"nothing matches {pattern}")
    suffix = PurePath(pattern).suffix
    is_named = bool(suffix) and not glob.has_magic(suffix)
    for path in matches:
        if leave_out is not None and _is_below(path, leave_out):
            continue
        if not path.is_dir():
            yield Found(path, path.relative_to(base), is_named)
        elif "**" not in pattern:  # there the files below match by themselves
            yield from _walk(path, base, finds, leave_out)


def _far(path: Path, finds: Finds) -> Iterator[Found]:
    """Every file that an address stands for: itself, those below it, or those that match it."""
    try:
        if glob.has_magic(str(path)):
            magic = next(at for at, part in enumerate(path.parts) if glob.has_magic(part))
            base = path.parents[len(path.parts) - magic - 1]
            found = [one for one in base.glob("/".join(path.parts[magic:])) if one.is_file()]
        elif path.is_dir():
            base, found = path, [one for one in path.rglob("*") if one.is_file()]
        elif path.exists():
            yield Found(path, PurePath(path.name), is_named=True)
            return
        else:
            raise InputError(f"no such file or folder: {path}")
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not found:
        raise InputError(f"nothing lies in {path}")
    finds.has_folder = True
    for one in sorted(found, key=str):
        name = PurePath(str(one)[len(str(base)) :].lstrip("/"))
        yield Found(one, name, is_named=False)


def _fixed_part(pattern: str) -> Path:
    """The folders before the first part of a pattern that has a wildcard in it."""
    parts = PurePath(pattern).parts
    magic = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    return Path(*parts[:magic])


def _teller(finds: Finds) -> Callable[[OSError], None]:
    def tell(error: OSError) -> None:
        finds.unreadable.append((Path(os.fsdecode(error.filename)), error.strerror or str(error)))

    return tell


def _is_link(folder: Path) -> bool:
    return folder.is_symlink() and not folder.name.startswith(".")


def _is_ordinary(path: Path) -> bool:
    """A file or a link to one, so that reading it comes to an end (a pipe's may not)."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return False


def _is_same(path: Path, other: Path | None) -> bool:
    return other is not None and path.resolve() == other.resolve()


def _is_below(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
