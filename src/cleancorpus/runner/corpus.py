"""A whole corpus through a chain, on all cores, and on where an earlier run was broken off."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from cleancorpus.audit.tally import Tally
from cleancorpus.errors import CleanCorpusError, InputError
from cleancorpus.formats.output import Output
from cleancorpus.formats.places import ALONE, UNFINISHED, Plan
from cleancorpus.formats.remote import is_remote
from cleancorpus.runner.batches import MAX_BATCH_BYTES, Batch, batches
from cleancorpus.runner.cores import cores
from cleancorpus.runner.identity import identity_of
from cleancorpus.runner.journal import Journal, State, check_same
from cleancorpus.runner.parts import output_error, real
from cleancorpus.runner.stopping import Stop
from cleancorpus.runner.work import Cleaning
from cleancorpus.runner.workers import Here, Limits, Workers, refuse_import
from cleancorpus.runner.writer import Watcher, Writer
from cleancorpus.segment.html import walk_in_use


class Silence:
    """A watcher who says nothing."""

    def trouble(self, message: str) -> None:
        """Say nothing; the quarantine has it."""

    def batch_done(self, batch: Batch, tally: Tally) -> None:
        """Say nothing."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did: its counts, and whether it went on with an earlier one, or had nothing to do.

    `before` is how many records the earlier run had read.
    """

    tally: Tally = field(default_factory=Tally)
    before: int = 0
    was_finished: bool = False


def run_plan(
    plan: Plan,
    cleaning: Cleaning | None = None,
    watcher: Watcher | None = None,
    *,
    jobs: int | None = None,
    limits: Limits | None = None,
    force: bool = False,
) -> Ran:
    """Clean what a plan reads, write it where the plan says, and return what was done.

    The output is the same, to the byte, for any number of `jobs` (None: as many as there are
    cores). A run that was broken off, however that came, goes on where it was; one that is
    finished is left as it is. `force` begins anew and replaces what is there.

    What cannot be read or cleaned goes to the plan's quarantine, and the rest goes on; every
    folder that cannot be looked into and every file that cannot be read, or not to its end,
    counts as one record read and quarantined.

    Raises:
        OutputExists: an output is there, or what is there is of another run.
        OutputError: an output cannot be written. What was written is kept, and the same call
            goes on with it.
        StartError: the processes that clean cannot be started.
    """
    refuse_import()
    cleaning, limits = cleaning or Cleaning(), limits or Limits()
    cleaning.selection.check()
    identity = identity_of(plan, cleaning, limits.max_bytes)
    can_go_on = all(task.path is not None for task in plan.tasks)  # a pipe is read but once
    if can_go_on and not force and (tally := _finished(plan, identity)) is not None:
        return Ran(tally, tally.read, was_finished=True)
    journal = Journal(unfinished(plan), identity)
    if not force and not (can_go_on and journal.is_there()):
        plan.check_free()
    state = _begun(journal, is_new=force or not can_go_on)
    before = state.tally.read if state is not None else 0
    writer = Writer(plan, journal, state or State(), watcher or Silence())
    try:
        if state is None:
            writer.refuse_folders()
        writer.save()
        _clean(plan, writer, cleaning, jobs or cores(), limits)
        writer.end()
        _report(plan, identity, writer.state)
        journal.end()
    finally:
        writer.close()
    return Ran(writer.state.tally, before)


def _clean(plan: Plan, writer: Writer, cleaning: Cleaning, jobs: int, limits: Limits) -> None:
    state = writer.state
    found = batches(plan, state.task, state.start, limits.max_bytes)
    here = _is_short(plan) and limits == Limits()
    with Stop() as stop, _workers(cleaning, jobs, limits, stop, here=here) as workers:
        try:
            for batch, made in workers.through(found):
                writer.add(batch, made)
                stop.check()
        except KeyboardInterrupt:
            writer.save()
            raise


def _workers(
    cleaning: Cleaning, jobs: int, limits: Limits, stop: Stop, *, here: bool
) -> Here | Workers:
    return Here(cleaning) if here else Workers(cleaning, jobs, limits, stop.check)


def _is_short(plan: Plan) -> bool:
    """All there is to clean is one document of a length that needs no limits."""
    sizes = plan.sizes()
    is_alone = len(plan.tasks) == 1 and plan.tasks[0].source.name in ALONE
    return is_alone and (sizes is None or sizes[0] <= MAX_BATCH_BYTES)


def _begun(journal: Journal, *, is_new: bool) -> State | None:
    """The state to go on with; None for a run that begins."""
    try:
        return journal.begin(is_new=is_new)
    except OSError as error:
        if isinstance(error, CleanCorpusError):
            raise
        raise output_error(journal.folder, error) from error


def unfinished(plan: Plan) -> Path | None:
    """Return where an unfinished run lies: in the folder of the output, or beside its file.

    What goes to another machine is put together in this one's folder for temporary files.
    """
    if plan.out is None:
        return None
    if is_remote(plan.out):
        name = hashlib.sha256(str(plan.out).encode()).hexdigest()[:16]
        return Path(gettempdir()) / f"cleancorpus-{name}.{UNFINISHED}"
    if plan.is_folder:
        return plan.out / f".{UNFINISHED}"
    out = real(plan.out)
    return out.with_name(f"{out.name}.{UNFINISHED}")


def _finished(plan: Plan, identity: Mapping[str, Any]) -> Tally | None:
    """The counts of a finished run, if it was this one.

    Raises:
        OutputExists: it was another one.
    """
    if plan.report is None or not plan.report.is_file():
        return None
    try:
        found = json.loads(plan.report.read_text(encoding="utf-8"))
        before, counts = found["run"], found["counts"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{plan.report} is no report of a run ({error}): --force replaces it"
        ) from error
    check_same(before, identity, f"{plan.report} is of a finished run")
    return Tally.of_json(counts)


def _report(plan: Plan, identity: Mapping[str, Any], state: State) -> None:
    """Write what is needed to do the run again, and what came of it."""
    if plan.report is None:
        return
    found = {
        "run": identity,
        "walk": walk_in_use(),
        "counts": state.tally.as_json(),
        "files": dict(sorted(state.files.items())),
    }
    data = json.dumps(found, indent=2, ensure_ascii=False).encode() + b"\n"
    if is_remote(plan.report):
        plan.report.write_bytes(data)
        return
    with Output(plan.report) as output:
        output.write(data)
