"""Where things go: which output each input has, settled before the first byte is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from cleancorpus.errors import InputError, OutputExists
from cleancorpus.formats import OWN_SUFFIX, SUFFIXES, Format, by_name, name_of
from cleancorpus.formats.inputs import STANDARD_INPUT, Finds, Found, find
from cleancorpus.formats.jsonl import REMOVALS
from cleancorpus.render.named import RENDERINGS, check_rendering

QUARANTINE: Final = "quarantine.jsonl"
STANDARD_OUTPUT: Final = "-"


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read, and what is written of them.

    `media` is the format of all of them, or None for what their suffixes say. `rendering` is
    what the clean text is written as; None leaves text and Markdown as they stood, and makes
    text of HTML. `field` is the field of JSONL that holds the text, `into` the one that it is put
    into (see `JsonLines`), `removals` adds one with what went.
    """

    media: str | None = None
    field: str = "text"
    into: str | None = None
    rendering: str | None = None
    removals: bool = False

    def format(self, name: str | None, rendering: str | None = None) -> Format:
        """Return the format of that name, with these settings; None is for what is unknown."""
        return by_name(
            name,
            field=self.field,
            into=self.into,
            rendering=self.rendering or rendering,
            removals=self.removals,
        )

    def written(self, name: str | None) -> str | None:
        """Return what files of a format are written as, None where nobody knows."""
        if name == "jsonl":
            return name
        return self.rendering or ("text" if name == "html" else name)

    def check(self, formats: Sequence[str | None]) -> None:
        """Refuse settings that contradict one another, or that no input has a use for.

        Raises:
            InputError: no input has fields, or two would go into one.
            UnknownRendering: there is none of that name.
        """
        if self.rendering is not None:
            check_rendering(self.rendering)
        if self.removals and "jsonl" not in formats:
            raise InputError("--removals adds a field to JSONL, and no input is JSONL")
        if self.into is not None and "jsonl" not in formats:
            raise InputError("--into names a field of JSONL, and no input is JSONL")
        if self.removals and self.into == REMOVALS:
            raise InputError(f"--into {REMOVALS} and --removals would write one field")


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read and where it goes; None is standard input, and standard output."""

    source: Path | None
    target: Path | None
    format: Format

    @property
    def name(self) -> str:
        """What messages call the file."""
        return "standard input" if self.source is None else str(self.source)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will read and write, and what it will not read, with the reason.

    `quarantine` is None where the output has no file; `passed_over` are files that are none of
    the formats, `unreadable` folders that could not be looked into.
    """

    tasks: tuple[Task, ...]
    quarantine: Path | None = None
    passed_over: tuple[tuple[Path, str], ...] = ()
    unreadable: tuple[tuple[Path, str], ...] = ()

    @property
    def is_to_stdout(self) -> bool:
        """The clean text goes to standard output."""
        return any(task.target is None for task in self.tasks)

    @property
    def total_bytes(self) -> int:
        """How many bytes there are to read, 0 where standard input is among it."""
        if any(task.source is None for task in self.tasks):
            return 0
        return sum(_size(task.source) for task in self.tasks if task.source is not None)


def task_of(file: str, reading: Reading | None = None) -> Task:
    """Return how one file, or standard input as `-`, is read; it goes to standard output.

    Raises:
        InputError: there is no such file, or it is a folder.
        UnknownMedia: the reading names a format that there is none of.
    """
    if Path(file).is_dir():
        raise InputError(f"{file} is a folder: name one file of it")
    return plan([file], reading=reading).tasks[0]


def plan(
    inputs: Sequence[str],
    out: str | None = None,
    reading: Reading | None = None,
    *,
    force: bool = False,
) -> Plan:
    """Settle what is read and where each output goes; `force` allows replacing what is there.

    One input file goes to standard output without `out`, and to the file `out` unless that is
    a folder or ends in a slash. Anything else goes into the folder `out`, under its own name
    below the folder or the fixed part of the pattern that it was found under; what is written
    as another media than it was gets that one's suffix.

    Raises:
        InputError: nothing to read, no place to write, or two inputs with one output.
        OutputExists: an output is there already.
        UnknownMedia, UnknownRendering: the reading names one that there is none of.
    """
    reading = reading or Reading()
    out = None if out == STANDARD_OUTPUT else out
    is_folder = out is not None and (out.endswith(("/", os.sep)) or Path(out).is_dir())
    finds = find(inputs, None if out is None else Path(out))
    is_folder = is_folder or finds.has_folder or len(finds.files) > 1
    if out is None and is_folder:
        raise InputError("several inputs need a folder to go to: -o FOLDER")
    if out is not None and is_folder and Path(out).is_file():
        raise InputError(f"{out} is a file, and several inputs need a folder to go to")
    passed_over = [(path, "not an ordinary file") for path in finds.not_followed]
    readable = list(_readable(finds, reading, passed_over))
    tasks = tuple(_task(found, name, reading, out, is_folder) for found, name in readable)
    if not tasks and not finds.unreadable:
        raise InputError(_nothing(inputs, passed_over))
    reading.check([name for _, name in readable])
    quarantine = _quarantine(out, is_folder)
    _check_targets(tasks, quarantine, force)
    return Plan(tasks, quarantine, tuple(passed_over), tuple(finds.unreadable))


def _readable(
    finds: Finds, reading: Reading, passed_over: list[tuple[Path, str]]
) -> Iterator[tuple[Found, str | None]]:
    """The files to read, each with its format's name if there is one; the others are noted."""
    for found in finds.files:
        name = reading.media or name_of(found.path)
        if name is not None or found.is_named:
            yield found, name
        else:
            passed_over.append((found.path, f"not one of {' '.join(SUFFIXES)}"))


def _task(
    found: Found, name: str | None, reading: Reading, out: str | None, is_folder: bool
) -> Task:
    source = None if str(found.path) == STANDARD_INPUT else found.path
    if out is None:
        return Task(source, None, reading.format(name))
    if is_folder:
        return Task(source, Path(out) / _named(found, name, reading), reading.format(name))
    target = Path(out)
    media = name_of(target)
    if "jsonl" in (name, media) and (media or name) != name:
        kind = name or "text"
        raise InputError(f"{found.path} is {kind} and cannot become {media}, as {out} is named")
    # A page may become any of these; its output's name says which.
    wanted = media if name == "html" and media in RENDERINGS else None
    return Task(source, target, reading.format(name, wanted))


def _named(found: Found, name: str | None, reading: Reading) -> PurePath:
    """Where a file goes in a folder: under its own name, with the suffix of what it becomes."""
    written = reading.written(name)
    if str(found.path) == STANDARD_INPUT:
        return found.name.with_suffix(OWN_SUFFIX[written or "text"])
    if written in (name, None):
        return found.name
    suffix = OWN_SUFFIX[written or "text"]
    is_known = name_of(found.path) is not None
    return found.name.with_suffix(suffix) if is_known else PurePath(f"{found.name}{suffix}")


def _nothing(inputs: Iterable[str], passed_over: Sequence[tuple[Path, str]]) -> str:
    said = f"nothing to read in {' '.join(inputs)}: no file there ends in {', '.join(SUFFIXES)}"
    return f"{said}; {len(passed_over)} of other kinds" if passed_over else said


def _quarantine(out: str | None, is_folder: bool) -> Path | None:
    if out is None:
        return None
    if is_folder:
        return Path(out) / QUARANTINE
    if Path(out).exists() and not Path(out).is_file():
        return None
    return Path(f"{out}.{QUARANTINE}")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _check_targets(tasks: Iterable[Task], quarantine: Path | None, force: bool) -> None:
    """Refuse two inputs with one output, and outputs that are there already."""
    taken: dict[Path, str] = {}
    if quarantine is not None:
        taken[quarantine] = "the quarantine"
        _check_free(quarantine, force)
    for task in tasks:
        if task.target is None:
            continue
        if other := taken.get(task.target):
            raise InputError(
                f"{other} and {task.name} would both be written to {task.target}: "
                "clean them into two folders"
            )
        taken[task.target] = task.name
        _check_free(task.target, force)


def _check_free(target: Path, force: bool) -> None:
    if target.is_dir():
        raise OutputExists(f"{target} is a folder, and a file should go there")
    if target.is_file() and not force:
        raise OutputExists(f"{target} is there already: --force replaces it")
