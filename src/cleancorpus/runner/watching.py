"""A run shown to people while it goes on."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from cleancorpus.audit.progress import Watch
from cleancorpus.audit.show import safe, share, summary
from cleancorpus.audit.tally import Tally
from cleancorpus.errors import OutputError
from cleancorpus.formats import Start
from cleancorpus.formats.places import Plan
from cleancorpus.runner.batches import Batch
from cleancorpus.runner.corpus import Ran, unfinished

_MOST_NAME_CHARS = 30
_MOST_TROUBLES = 20  # more of them are alike, and would push the first off the screen


class RunWatch:
    """Tells a watch of a run: its rate, its file, what was kept and removed and quarantined."""

    def __init__(self, plan: Plan, watch: Watch) -> None:
        """Measure the inputs, so that the time left can be told."""
        self._plan = plan
        self._watch = watch
        self._sizes = plan.sizes() or [0] * len(plan.tasks)
        self._task = self._done = self._troubles = 0
        self._before: int | None = None

    def trouble(self, message: str) -> None:
        """Pass the first messages on; where the quarantine has them all, the others stay there."""
        self._troubles += 1
        if self._plan.quarantine is None or self._troubles <= _MOST_TROUBLES:
            self._watch.trouble(message)
        elif self._troubles == _MOST_TROUBLES + 1:
            self._watch.trouble(f"what else fails is told in {self._plan.quarantine} alone")

    def batch_done(self, batch: Batch, tally: Tally) -> None:
        """Show how far the run is."""
        if self._before is None:
            self._before = tally.read - sum(len(piece.raws) for piece in batch.pieces)
        self._done += sum(self._sizes[self._task : batch.task])
        self._task = batch.task
        done = self._done + (batch.place if batch.start != Start() else 0)
        self._watch.show(done, tally.read - self._before, self._said(batch, tally))

    def _said(self, batch: Batch, tally: Tally) -> str:
        kept, lost = tally.kept.chars, tally.lost.chars
        removed = f", {share(lost / (kept + lost))} removed" if kept + lost else ""
        quarantined = f", {tally.quarantined:,} quarantined" if tally.quarantined else ""
        if len(self._plan.tasks) == 1:
            return f"{removed}{quarantined}"
        name = batch.pieces[-1].name
        shown = name if len(name) <= _MOST_NAME_CHARS else f"…{name[1 - _MOST_NAME_CHARS :]}"
        place = f"file {batch.pieces[-1].task + 1:,} of {len(self._plan.tasks):,} ({shown})"
        return f"{removed}{quarantined}, {place}"


def told(ran: Ran, plan: Plan) -> Iterator[RenderableType]:
    """Yield what a run did: what there was before it, its counts, where to read more."""
    if ran.was_finished:
        yield Text(f"nothing to do: {safe(str(plan.out))} was finished before; --force cleans anew")
    elif ran.before:
        yield Text(f"went on after {ran.before:,} documents")
    yield from summary(ran.tally, plan.quarantine)


def stopped(plan: Plan) -> Iterator[RenderableType]:
    """Yield what to do about a run that was stopped."""
    yield Text("stopped: the same command goes on from here" if _goes_on(plan) else "stopped")


def broken_off(error: OutputError, plan: Plan) -> OutputError:
    """Return the error of a run, with what to do next where the run can go on."""
    folder = unfinished(plan)
    if folder is None or not folder.is_dir() or not _goes_on(plan):
        return error
    return OutputError(f"{error}; once that is mended, the same command goes on from here")


def _goes_on(plan: Plan) -> bool:
    """All inputs can be read again, and there is a place that keeps what was done."""
    return plan.out is not None and all(task.path is not None for task in plan.tasks)
