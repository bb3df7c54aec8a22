"""Where things go: which output each input has, settled before the first byte is written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final

from cleancorpus.errors import InputError, OutputExists, UnknownMedia
from cleancorpus.formats import (
    FORMATS,
    Writing,
    check_format,
    format_of,
    make_sink,
    make_source,
)
from cleancorpus.formats.fields import check_extras
from cleancorpus.formats.inputs import STANDARD_INPUT, Finds, Found, find
from cleancorpus.formats.places import MANY, Plan, Reading, Task
from cleancorpus.formats.quarantined import QUARANTINED
from cleancorpus.formats.remote import located
from cleancorpus.render.named import RENDERINGS, check_rendering
from cleancorpus.segment import MEDIA
from cleancorpus.unpacking import bare, check_packing, packing_of

STANDARD_OUTPUT: Final = "-"
# What holds more than text can be written as is written as JSONL.
_WITHOUT_OWN_SINK: Final = ("warc", QUARANTINED)
_WITHOUT_PACKING: Final = "parquet"  # packs its columns itself


def task_of(file: str, reading: Reading | None = None) -> Task:
    """Return how one file, or standard input as `-`, is read; it goes to standard output.

    Raises:
        InputError: there is no such file, or it is a folder.
        UnknownFormat: the reading names a format that there is none of.
    """
    if located(file).is_dir():
        raise InputError(f"{file} is a folder: name one file of it")
    return plan([file], reading=reading, to="jsonl").tasks[0]


def plan(
    inputs: Sequence[str],
    out: str | None = None,
    reading: Reading | None = None,
    writing: Writing | None = None,
    to: str | None = None,
) -> Plan:
    """Settle what is read and where each output goes; `to` is the format that is written.

    One input file goes to standard output without `out`, and to the file `out` unless that is
    a folder or ends in a slash. Several inputs go into one file where `out` ends as a file of
    many records does. Anything else goes into the folder `out`, under its own name below the
    folder or the fixed part of the pattern that it was found under; what is written as another
    format than it was gets that one's suffix.

    Raises:
        InputError: nothing to read, no place to write, or two inputs with one output.
        OutputExists: a folder is where a file should go.
        UnknownFormat, UnknownMedia, UnknownRendering, UnknownExtra: there is none of that name.
        MissingExtra: a format needs a library that is not installed.
    """
    reading, writing = reading or Reading(), writing or Writing()
    _check_writing(writing)
    if to is not None:
        check_format(to)
    _check_media(reading)
    place = None if out in (None, STANDARD_OUTPUT) else located(str(out))
    finds = find(inputs, place)
    is_folder = _is_folder(out, place, finds)
    passed_over = [(path, "not an ordinary file") for path in finds.not_followed]
    readable = list(_readable(finds, reading, passed_over))
    if not readable and not finds.unreadable:
        raise InputError(_nothing(inputs, passed_over))
    aim = _Aim(place, is_folder, reading, writing, to)
    tasks = tuple(aim.task(found, name) for found, name in readable)
    _check_fields(tasks, writing)
    is_special = place is not None and place.exists() and not (place.is_file() or is_folder)
    planned = Plan(
        tasks,
        None if is_special else place,
        is_folder,
        tuple(passed_over),
        tuple(finds.unreadable),
    )
    _check_targets(planned, is_shared=place is not None and not is_folder)
    return planned


def plan_reading(inputs: Sequence[str], reading: Reading | None = None) -> Plan:
    """Settle what is read, where nothing is written.

    Raises:
        InputError: nothing to read.
        UnknownFormat, UnknownMedia: there is none of that name.
        MissingExtra: a format needs a library that is not installed.
    """
    reading = reading or Reading()
    _check_media(reading)
    finds = find(inputs)
    passed_over = [(path, "not an ordinary file") for path in finds.not_followed]
    readable = list(_readable(finds, reading, passed_over))
    if not readable:
        raise InputError(_nothing(inputs, passed_over))
    aim = _Aim(None, is_folder=False, reading=reading, writing=Writing(), to="jsonl")
    tasks = tuple(aim.task(found, name) for found, name in readable)
    return Plan(tasks, passed_over=tuple(passed_over), unreadable=tuple(finds.unreadable))


@dataclass(frozen=True, slots=True)
class _Aim:
    """Where a run's outputs go, and as what."""

    place: Path | None
    is_folder: bool
    reading: Reading
    writing: Writing
    to: str | None

    def task(self, found: Found, name: str | None) -> Task:
        """The task of a file whose format has that name; None: nobody knows."""
        path = None if str(found.path) == STANDARD_INPUT else found.path
        source = make_source(name, self.reading.field, self.reading.media)
        packing = None if path is None else packing_of(PurePath(found.path.name))
        check_packing(packing)
        written, rendering = self._written(found, name)
        target, target_packing = self._target(found, name, written, packing)
        check_packing(target_packing)
        writing = replace(self.writing, rendering=rendering)
        sink = make_sink(written or "text", writing)
        return Task(source, path, packing, sink, target, target_packing)

    def _written(self, found: Found, name: str | None) -> tuple[str | None, str | None]:
        """What a file is written as, and the rendering of its text."""
        rendering = self.writing.rendering
        is_file = self.place is not None and not self.is_folder
        named = format_of(PurePath(self.place.name)) if is_file and self.place else None
        wanted = self.to or (named if named in MANY else None)
        if wanted is None and name in (*MANY, QUARANTINED):
            if named is not None and named not in MANY:
                raise InputError(_too_many(found, name, str(self.place)))
            return ("jsonl" if name in _WITHOUT_OWN_SINK else name), rendering
        if wanted in MANY:
            return wanted, rendering
        if name in (*MANY, QUARANTINED):
            raise InputError(_too_many(found, name, f"--to {wanted}"))
        # A page may become any of these; its output's name says which.
        if rendering is None and name == "html":
            rendering = wanted or (named if named in RENDERINGS else None)
        if rendering is None and wanted not in (None, name):
            rendering = wanted
        return rendering or wanted or ("text" if name == "html" else name), rendering

    def _target(
        self, found: Found, name: str | None, written: str | None, packing: str | None
    ) -> tuple[Path | None, str | None]:
        """Where a file goes, and how it is packed there."""
        if self.place is None:
            return None, None
        if not self.is_folder:
            return self.place, packing_of(PurePath(self.place.name))
        if written == _WITHOUT_PACKING:
            packing = None
        return self.place / _named(found, name, written, packing), packing


def _named(found: Found, name: str | None, written: str | None, packing: str | None) -> PurePath:
    """Where a file goes in a folder: under its own name, with the suffix of what it becomes."""
    if written in (name, None) and str(found.path) != STANDARD_INPUT:
        return found.name if packing else bare(found.name)
    suffix = FORMATS[written or "text"].suffixes[0] + (packing or "")
    name_alone = bare(found.name)
    if name == QUARANTINED:
        name_alone = name_alone.with_name(name_alone.name.replace(QUARANTINED, "retried"))
    is_known = format_of(name_alone) is not None
    stem = name_alone.with_suffix("") if is_known else name_alone
    return stem.with_name(f"{stem.name}{suffix}")


def _is_folder(out: str | None, place: Path | None, finds: Finds) -> bool:
    """The output is a folder, for it is one, is named as one, or has to hold several files."""
    has_several = finds.has_folder or len(finds.files) > 1
    if place is None:
        if has_several:
            raise InputError("several inputs need a folder to go to: -o FOLDER")
        return False
    if str(out).endswith(("/", os.sep)) or place.is_dir():
        return True
    if not has_several or format_of(PurePath(place.name)) in MANY:
        return False
    if place.is_file():
        raise InputError(f"{out} is a file, and several inputs need a folder to go to")
    if format_of(PurePath(place.name)) is not None:
        # Nobody who names a text means a folder of that name.
        raise InputError(
            f"{out} names one text, and several inputs need a folder to go to: -o {out}/, "
            f"or a file that ends in .{', .'.join(MANY)}"
        )
    return True


def _readable(
    finds: Finds, reading: Reading, passed_over: list[tuple[Path, str]]
) -> Iterator[tuple[Found, str | None]]:
    """The files to read, each with its format's name if there is one; the others are noted."""
    suffixes = " ".join(suffix for one in FORMATS.values() for suffix in one.suffixes)
    for found in finds.files:
        name = reading.format or format_of(PurePath(found.path.name))
        if reading.format is None and name not in MANY and found.is_named:
            name = reading.media or name
        if name is not None or found.is_named:
            yield found, name
        else:
            passed_over.append((found.path, f"not one of {suffixes}"))


def _nothing(inputs: Iterable[str], passed_over: Sequence[tuple[Path, str]]) -> str:
    suffixes = ", ".join(suffix for one in FORMATS.values() for suffix in one.suffixes)
    said = f"nothing to read in {' '.join(inputs)}: no file there ends in {suffixes}"
    return f"{said}; {len(passed_over)} of other kinds" if passed_over else said


def _too_many(found: Found, name: str | None, place: str) -> str:
    return (
        f"{found.path} is {name}, which holds many records, and {place} is for one: "
        f"--to {' or '.join(MANY)}"
    )


def _check_media(reading: Reading) -> None:
    if reading.media is not None and reading.media not in MEDIA:
        raise UnknownMedia(reading.media, MEDIA)


def _check_writing(writing: Writing) -> None:
    if writing.rendering is not None:
        check_rendering(writing.rendering)
    check_extras(writing.extras)
    if writing.into in writing.extras:
        raise InputError(f"--into {writing.into} and --{writing.into} would write one field")


def _check_fields(tasks: Sequence[Task], writing: Writing) -> None:
    """Refuse to add fields where no output has any."""
    if not tasks or any(task.sink.name in MANY for task in tasks):
        return
    for name in writing.extras:
        raise InputError(f"--{name} adds a field, and no output has fields: see --to")
    if writing.into is not None:
        raise InputError("--into names a field, and no output has fields: see --to")


def _check_targets(planned: Plan, *, is_shared: bool) -> None:
    """Refuse two inputs with one output, and a folder where a file should go."""
    taken: dict[Path, str] = {}
    if planned.quarantine is not None:
        taken[planned.quarantine] = "the quarantine"
    if planned.report is not None:
        taken[planned.report] = "the report"
    for task in planned.tasks:
        if task.target is None:
            continue
        other = taken.get(task.target)
        if other and not (is_shared and other != "the quarantine"):
            raise InputError(
                f"{other} and {task.name} would both be written to {task.target}: "
                "clean them into two folders"
            )
        taken[task.target] = task.name
    for place in taken:
        if place.is_dir():
            raise OutputExists(f"{place} is a folder, and a file should go there")
