"""What a run reads and writes: each input with its output."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cleancorpus.errors import OutputExists
from cleancorpus.formats import FORMATS, Sink, Source
from cleancorpus.formats.quarantined import QUARANTINE

REPORT: Final = "run.json"
UNFINISHED: Final = "unfinished"
# The formats that hold one record, and those that hold many.
ALONE: Final = tuple(name for name, one in FORMATS.items() if not one.holds_many)
MANY: Final = tuple(name for name, one in FORMATS.items() if one.holds_many)


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read.

    `format` is that of all of them, or None for what their suffixes say. `field` is the one that
    holds the content in formats that have fields, `media` what that content is.
    """

    format: str | None = None
    field: str = "text"
    media: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read and where it goes; None is standard input, and standard output.

    Tasks that follow one another may have one target.
    """

    source: Source
    path: Path | None
    packing: str | None
    sink: Sink
    target: Path | None
    target_packing: str | None

    @property
    def name(self) -> str:
        """What messages call the file."""
        return "standard input" if self.path is None else str(self.path)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will read and write, and what it will not read, with the reason.

    `out` is the folder or the file that all goes to; None where that is standard output, or no
    ordinary file. `passed_over` are files that are none of the formats, `unreadable` folders
    that could not be looked into.
    """

    tasks: tuple[Task, ...]
    out: Path | None = None
    is_folder: bool = False
    passed_over: tuple[tuple[Path, str], ...] = ()
    unreadable: tuple[tuple[Path, str], ...] = ()

    @property
    def quarantine(self) -> Path | None:
        """Where records go that fail; None where the output has no place."""
        return self.beside(QUARANTINE)

    @property
    def report(self) -> Path | None:
        """Where is told what was done; None for a single text, which stands for itself."""
        holds_many = self.is_folder or any(task.sink.name in MANY for task in self.tasks)
        return self.beside(REPORT) if holds_many else None

    @property
    def is_to_stdout(self) -> bool:
        """The clean text goes to standard output."""
        return any(task.target is None for task in self.tasks)

    def sizes(self) -> list[int] | None:
        """Return how many bytes each input has; None where nobody knows, as of a pipe."""
        if any(task.path is None for task in self.tasks):
            return None
        return [_size(task.path) for task in self.tasks if task.path is not None]

    def check_free(self) -> None:
        """Refuse outputs that are there already.

        Raises:
            OutputExists: one is, and would be replaced.
        """
        places = [self.quarantine, self.report, *(task.target for task in self.tasks)]
        for place in dict.fromkeys(places):
            if place is not None and place.is_file():
                raise OutputExists(f"{place} is there already: --force replaces it")

    def beside(self, name: str) -> Path | None:
        """Return where a file of that name lies: in the folder OUT, or beside the file."""
        if self.out is None:
            return None
        return self.out / name if self.is_folder else self.out.with_name(f"{self.out.name}.{name}")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
