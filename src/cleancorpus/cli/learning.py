"""The command that learns what repeats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cleancorpus.audit import show
from cleancorpus.audit.progress import Watch
from cleancorpus.cli.shared import (
    INTERRUPTED,
    QUARANTINED,
    Field,
    Force,
    From,
    Inputs,
    Jobs,
    MaxBytes,
    MaxMemory,
    Media,
    Quiet,
    Timeout,
    print_all,
)
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan_reading
from cleancorpus.runner.learning import COPIES, MEMORY_LIMIT, SITES, run_learning, thresholds_of
from cleancorpus.runner.watching import RunWatch
from cleancorpus.runner.workers import Limits

_COPIES_HELP = "Learn which paragraphs several documents have, in place of what repeats on sites."
_MIN_PAGES_HELP = (
    "Pages of its site, or documents, that a block must stand on. Left out: 5, and 2 documents."
)
_MIN_SHARE_HELP = (
    "Share of the pages of its site, 0 to 1, that a block must stand on. Left out: 0.05, and 0 of"
    " documents."
)
_MEMORY_HELP = "What counting may hold in memory; the rest goes to the disk."

EXAMPLES = """
  cleancorpus learn 'crawl/*.warc.gz' -o site.table
  cleancorpus clean 'crawl/*.warc.gz' -o cleaned --learned site.table

Paragraphs that stand in several documents; the first copy stays:
  cleancorpus learn crawl.jsonl -o copies.table --copies
  cleancorpus clean crawl.jsonl -o clean.jsonl --learned copies.table
"""


def learn(  # noqa: PLR0913 - one argument an option
    inputs: Inputs,
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="TABLE", help="Where it goes.")],
    copies: Annotated[bool, typer.Option("--copies", help=_COPIES_HELP)] = False,
    min_pages: Annotated[
        int | None, typer.Option("--min-pages", metavar="N", min=2, help=_MIN_PAGES_HELP)
    ] = None,
    min_share: Annotated[
        float | None,
        typer.Option("--min-share", metavar="S", min=0, max=1, help=_MIN_SHARE_HELP),
    ] = None,
    memory: Annotated[
        str, typer.Option("--memory", metavar="SIZE", help=_MEMORY_HELP)
    ] = MEMORY_LIMIT,
    format_from: From = None,
    media: Media = None,
    field: Field = "text",
    jobs: Jobs = None,
    timeout: Timeout = 60,
    max_memory: MaxMemory = 4000,
    max_bytes: MaxBytes = 200_000_000,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Count what repeats on the pages of each site, and write it as a table.

    A page's site is that of its URL, from a field url or from the archive; pages without one are
    taken for one site. The table is a Parquet file of blocks with their counts and the start of
    their texts, the same for any number of processes and any order of the inputs.
    """
    planned = plan_reading(inputs, Reading(format_from, field, media))
    screen = show.console(on_stderr=True)
    what = COPIES if copies else SITES
    try:
        with Watch(screen, sum(planned.sizes() or ()), is_shown=not quiet) as watch:
            learned = run_learning(
                planned,
                out,
                what,
                thresholds_of(what, min_pages, min_share),
                RunWatch(planned, watch),
                memory_limit=memory,
                jobs=jobs,
                limits=Limits(timeout, max_memory * 1_000_000, max_bytes),
                force=force,
            )
    except KeyboardInterrupt:
        print_all(screen, [Text("stopped")])
        raise typer.Exit(INTERRUPTED) from None
    if not quiet:
        tally = learned.tally
        where = "" if copies else f", on {show.many(learned.sites, 'site')}"
        read = f"{show.many(tally.written, 'document')} read, {tally.quarantined:,} unreadable"
        print_all(screen, [Text(f"{show.many(learned.blocks, 'block')} repeated{where}; {read}")])
    if learned.tally.quarantined:
        raise typer.Exit(QUARANTINED)
