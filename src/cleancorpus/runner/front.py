"""Running over corpora, as programs call it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cleancorpus.chain import Chain
from cleancorpus.formats import Writing
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan
from cleancorpus.presets import as_chain
from cleancorpus.runner.corpus import Ran, run_plan
from cleancorpus.runner.selection import Selection
from cleancorpus.runner.work import Cleaning
from cleancorpus.runner.workers import Limits
from cleancorpus.runner.writer import Watcher


def run(  # noqa: PLR0913 - what the command has options for
    source: str | Path | Sequence[str | Path],
    chain: str | Chain | None,
    sink: str | Path,
    *,
    reading: Reading | None = None,
    writing: Writing | None = None,
    to: str | None = None,
    selection: Selection | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
    watcher: Watcher | None = None,
    force: bool = False,
) -> Ran:
    """Clean files into files, as `cleancorpus clean SOURCE -o SINK` does, and return the counts.

    `source` is a file, a folder, a pattern, an address that fsspec opens, or several of these.
    `chain` is a preset's name, a `Chain`, or None for the default of each media; its filters must
    be importable by name in other processes. `sink` is a file or a folder (with a slash at its
    end where it is not there yet). `to` names the format that is written, None leaves that to
    the sink's suffix.

    Output is the same for any number of `jobs`; a run that was broken off goes on when it is
    called again, and one that is finished is left as it is (see `run_plan`). A program that
    calls this starts its work under `if __name__ == "__main__":`, as with all that starts
    processes.

    Raises:
        InputError: nothing to read, or no place to write.
        OutputExists: an output is there, or what is there is of another run.
        OutputError: an output cannot be written.
        UnknownPreset, UnknownFormat, UnknownRendering, UnknownExtra: with the nearest names.
        StartError: the processes that clean cannot be started.
        MissingExtra: a format needs a library that is not installed.
    """
    inputs = [source] if isinstance(source, (str, Path)) else source
    planned = plan([str(one) for one in inputs], str(sink), reading, writing, to)
    cleaning = Cleaning(as_chain(chain), selection or Selection())
    return run_plan(planned, cleaning, watcher, jobs=jobs, limits=limits, force=force)
