"""What repeats across sites, or across documents, learned from files on all cores."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cleancorpus.audit.tally import Tally
from cleancorpus.errors import InputError, MissingExtra, OutputExists
from cleancorpus.formats import Raw, Start
from cleancorpus.formats.places import Plan
from cleancorpus.formats.remote import is_remote
from cleancorpus.learn import Table
from cleancorpus.learn.keys import COPIES, SITES
from cleancorpus.runner.batches import batches
from cleancorpus.runner.cores import cores
from cleancorpus.runner.corpus import unfinished
from cleancorpus.runner.parts import output_error
from cleancorpus.runner.stopping import Stop
from cleancorpus.runner.work import Made, Piece
from cleancorpus.runner.workers import Limits, Workers
from cleancorpus.runner.writer import Watcher
from cleancorpus.segment import segment

if TYPE_CHECKING:
    from cleancorpus.learn.files import Thresholds

__all__ = [
    "COPIES",
    "MEMORY_LIMIT",
    "SITES",
    "Learned",
    "Learning",
    "learn_first",
    "run_learning",
    "thresholds_of",
]

MEMORY_LIMIT: Final = "1GB"
_TABLE: Final = "learned.table"


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned from files: records read, and the blocks of the table with their sites."""

    tally: Tally = field(default_factory=Tally)
    blocks: int = 0
    sites: int = 0


@dataclass(frozen=True, slots=True)
class Learning:
    """How records are counted; a worker has one."""

    what: str = SITES

    def make(self, pieces: Sequence[Piece]) -> list[Made]:
        """Return the counts of each piece, in the format of Arrow streams."""
        return [self._made(piece) for piece in pieces]

    def _made(self, piece: Piece) -> Made:
        from cleancorpus.learn.counts import PartialCounts, as_bytes  # noqa: PLC0415 - an extra

        made, counts = Made(), PartialCounts(self.what)

        def add(raw: Raw) -> None:
            counts.add_document(segment(piece.entry_of(raw).record))
            made.tally.read += 1
            made.tally.written += 1

        made.each(piece, add)
        made.data = as_bytes(counts.take())
        return made


def run_learning(  # noqa: PLR0913 - what the command has options for
    plan: Plan,
    path: Path,
    what: str = SITES,
    thresholds: Thresholds | None = None,
    watcher: Watcher | None = None,
    *,
    memory_limit: str = MEMORY_LIMIT,
    jobs: int | None = None,
    limits: Limits | None = None,
    force: bool = False,
) -> Learned:
    """Learn from all records that a plan reads, and write the table.

    The table is the same for any number of `jobs`. Records that cannot be read are told to the
    watcher and counted; the rest counts. The counting holds `memory_limit` in memory and the
    rest on the disk.

    Raises:
        OutputExists: the table is there, and `force` is off.
        OutputError: the table cannot be written.
        TableError: the memory limit is none that can be kept.
        MissingExtra: the extra `corpus` is not installed.
    """
    if path.exists() and not force:
        raise OutputExists(f"{path} is there already: --force replaces it")
    try:
        from cleancorpus.learn.counting import Counting  # noqa: PLC0415 - it needs an extra
        from cleancorpus.learn.counts import of_bytes  # noqa: PLC0415 - it needs an extra
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"learning needs {error.name}: pip install 'cleancorpus[corpus]'"
        ) from error
    with Counting(memory_limit, what=what) as counting:
        tally = Tally()
        for data, more in _counted(plan, what, watcher, jobs or cores(), limits or Limits()):
            counting.add(of_bytes(data))
            tally = more
        new = path.with_name(f".{path.name}.part")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            counting.write(new, thresholds)
            new.replace(path)
        except OSError as error:
            raise output_error(path, error) from error
    table = Table.read(path, what)
    return Learned(tally, len(table), len(table.sites))


def thresholds_of(what: str, min_pages: int | None, min_share: float | None) -> Thresholds:
    """Return thresholds, those that are None as they are where nobody says.

    Raises:
        OptionError: one lies outside its range.
        MissingExtra: pyarrow is not installed.
    """
    from cleancorpus.learn.files import default_thresholds  # noqa: PLC0415 - it needs an extra

    given = {"min_pages": min_pages, "min_share": min_share}
    chosen = {name: value for name, value in given.items() if value is not None}
    return replace(default_thresholds(what), **chosen)  # type: ignore[arg-type]


def learn_first(
    plan: Plan,
    watcher: Watcher | None = None,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    force: bool = False,
) -> Path:
    """Learn from the inputs of a run beside its output, and return the table's place.

    Where the run has begun, or is finished, the table is there and stays, so that the run can go
    on; whether it is the same run is checked there.

    Raises:
        InputError: the output is no place to keep a table.
    """
    path = plan.beside(_TABLE)
    if path is None or is_remote(path):
        raise InputError("--learn keeps its table beside the output: give -o a place here")
    folder = unfinished(plan)
    has_begun = (plan.report is not None and plan.report.exists()) or (
        folder is not None and folder.exists()
    )
    if force or not (has_begun and path.exists()):
        run_learning(plan, path, watcher=watcher, jobs=jobs, limits=limits, force=True)
    return path


def _counted(
    plan: Plan, what: str, watcher: Watcher | None, jobs: int, limits: Limits
) -> Iterator[tuple[bytes, Tally]]:
    """The counts of each piece of the files, with the tally of all so far."""
    tally = Tally()
    found = batches(plan, 0, Start(), limits.max_bytes)
    with Stop() as stop, Workers(Learning(what), jobs, limits, stop.check) as workers:
        for batch, made in workers.through(found):
            for piece, result in zip(batch.pieces, made, strict=True):
                _tell(piece, result, watcher)
                tally += result.tally
                yield result.data, tally
            if watcher is not None:
                watcher.batch_done(batch, tally)
            stop.check()


def _tell(piece: Piece, made: Made, watcher: Watcher | None) -> None:
    """Count a file that broke off, and tell of what failed."""
    if piece.error is not None:
        made.tally.add_quarantined()
    if watcher is None:
        return
    for number, error in made.refused:
        watcher.trouble(f"{piece.name}{piece.source.place(number)}: {error}")
    if piece.error is not None:
        watcher.trouble(f"{piece.name}: {piece.error}")
