"""What became of batches, written in order, with the journal kept up."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from cleancorpus.audit.tally import Tally
from cleancorpus.formats.places import Plan
from cleancorpus.runner.batches import Batch
from cleancorpus.runner.journal import Journal, State
from cleancorpus.runner.parts import Part, output_error
from cleancorpus.runner.quarantine import Quarantine, line_of
from cleancorpus.runner.work import Made, Piece

SAVE_EVERY_S: Final = 1.0
MOST_FILES_TOLD: Final = 1000
OTHER_FILES: Final = "(others)"
COUNTED: Final = ("read", "written", "skipped", "quarantined")


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def trouble(self, message: str) -> None:
        """A record, file or folder could not be read or cleaned; the message names it."""
        ...

    def batch_done(self, batch: Batch, tally: Tally) -> None:
        """A batch is written; the tally is of all so far."""
        ...


class Writer:
    """The outputs of a run, of which one is open at a time, and its quarantine.

    Raises:
        OutputError: an output cannot be written. What was saved stays, and the run can go on.
    """

    def __init__(self, plan: Plan, journal: Journal, state: State, watcher: Watcher) -> None:
        """Go on where the state says."""
        self.state = state
        self._plan = plan
        self._journal = journal
        self._watcher = watcher
        self._quarantine = Quarantine(plan.quarantine, journal.folder, state.quarantine)
        self._part: Part | None = None
        self._spent: list[Path] = []
        self._saved: float | None = None
        if state.opened is not None:
            self._open(state.opened, state.output)

    def refuse_folders(self) -> None:
        """Tell of the folders that could not be looked into."""
        for folder, why in self._plan.unreadable:
            self.state.tally.add_quarantined()
            said = f"cannot look into the folder: {why}"
            self._quarantine.add(line_of(str(folder), None, said))
            self._watcher.trouble(f"{folder}: {said}")

    def add(self, batch: Batch, made: list[Made]) -> None:
        """Write what became of a batch, and now and then save how far that is."""
        for piece, result in zip(batch.pieces, made, strict=True):
            self._add(piece, result)
        self.state.task, self.state.start = batch.task, batch.start
        self._watcher.batch_done(batch, self.state.tally)
        # The first batch is noted at once, as it is what a long start was for.
        if self._saved is None or time.monotonic() - self._saved >= SAVE_EVERY_S:
            self.save()
            self._saved = time.monotonic()

    def save(self) -> None:
        """Keep what was written and note how far the run is."""
        state = self.state
        if self._part is not None:
            self._part.keep()
        self._quarantine.keep()
        state.quarantine = self._quarantine.size
        state.output = self._part.size if self._part is not None else 0
        try:
            self._journal.save(state)
        except OSError as error:
            raise output_error(self._journal.folder, error) from error
        for spool in self._spent:
            with suppress(OSError):
                spool.unlink()
        self._spent.clear()

    def close(self) -> None:
        """Let go of all files, as they are."""
        if self._part is not None:
            self._part.close()
        self._quarantine.close()

    def end(self) -> None:
        """Finish: the quarantine is of this run alone."""
        self.save()
        self._quarantine.end()

    def _add(self, piece: Piece, made: Made) -> None:
        if self._part is None:
            self._open(piece.task)
        assert self._part is not None
        self._part.write(made.data)
        self.state.rows += made.rows
        self.state.lost += made.tally.read - made.rows + (piece.error is not None)
        self._refuse(piece, made)
        self.state.tally += made.tally
        self._count(piece, made)
        if piece.is_last and not self._goes_on(piece.task):
            self._end(self._part)

    def _refuse(self, piece: Piece, made: Made) -> None:
        """Keep what failed and say so; a file that broke off counts as a record more."""
        raws = {raw.number: raw for raw in piece.raws}
        made_of = (piece.source.name, piece.head)
        for number, error in made.refused:
            # What was over the limit was not read, and stays where it is.
            data = raws[number].data if raws[number].error is None else raws[number].data or None
            self._quarantine.add(line_of(piece.name, number, error, data, made_of))
            self._watcher.trouble(f"{piece.name}{piece.source.place(number)}: {error}")
        if piece.error is not None:
            made.tally.add_quarantined()
            self._quarantine.add(line_of(piece.name, None, piece.error))
            self._watcher.trouble(f"{piece.name}: {piece.error}")

    def _open(self, task: int, size: int = 0) -> None:
        self._part = Part(self._plan.tasks[task], task, self._journal.folder)
        self._part.open(size)
        self.state.opened = task

    def _goes_on(self, task: int) -> bool:
        """The task after this one has the same output."""
        tasks = self._plan.tasks
        return task + 1 < len(tasks) and tasks[task + 1].target == tasks[task].target

    def _end(self, part: Part) -> None:
        """Finish an output; where all records were lost there is none."""
        if self.state.lost and not self.state.rows:
            part.drop()
        else:
            part.finish()
        if part.path is not None:
            self._spent.append(part.path)
        self._part = self.state.opened = None
        self.state.output = self.state.rows = self.state.lost = 0

    def _count(self, piece: Piece, made: Made) -> None:
        """Count by file; of many files the later ones are counted together."""
        files = self.state.files
        name = piece.name
        if name not in files and len(files) >= MOST_FILES_TOLD:
            name = OTHER_FILES
        counts = files.setdefault(name, dict.fromkeys(COUNTED, 0))
        tally = made.tally
        skipped = sum(tally.skipped.values())
        found = (tally.read, tally.written, skipped, tally.quarantined)
        files[name] = {key: counts[key] + more for key, more in zip(COUNTED, found, strict=True)}
