"""The command that cleans."""

from __future__ import annotations

import sys

import typer

from cleancorpus.audit import show
from cleancorpus.audit.progress import Watch
from cleancorpus.cli.shared import (
    INTERRUPTED,
    QUARANTINED,
    ChainName,
    Empty,
    Field,
    Force,
    From,
    Inputs,
    Into,
    Jobs,
    Languages,
    LearnedFile,
    LearnFirst,
    MaxBytes,
    MaxMemory,
    Media,
    Metadata,
    MinWords,
    Only,
    Out,
    Quiet,
    RecipeFile,
    Removals,
    Rendering,
    Retry,
    Timeout,
    To,
    WithMarkdown,
    Without,
    print_all,
)
from cleancorpus.errors import OutputError
from cleancorpus.formats import Writing
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan
from cleancorpus.formats.quarantined import QUARANTINED as OF_QUARANTINE
from cleancorpus.formats.quarantined import quarantines
from cleancorpus.runner.choice import choose_any, split_names, taught
from cleancorpus.runner.corpus import run_plan
from cleancorpus.runner.learning import learn_first
from cleancorpus.runner.selection import Selection
from cleancorpus.runner.watching import RunWatch, broken_off, stopped, told
from cleancorpus.runner.work import Cleaning
from cleancorpus.runner.workers import Limits

EXAMPLES = """
A folder of articles, into a folder of the same names:
  cleancorpus clean articles -o cleaned

A crawl, on all cores; started again after it was stopped, it goes on where it was:
  cleancorpus clean 'crawl/*.warc.gz' -o cleaned --to parquet
  cleancorpus clean s3://bucket/crawl.jsonl.zst -o clean.jsonl.zst --field html

Web pages to Markdown, bylines and captions left in:
  cleancorpus clean 'site/**/*.html' -o cleaned --as markdown --without byline,caption

JSONL with its text in the field body, and what went in a new field:
  cleancorpus clean crawl.jsonl -o clean.jsonl --field body --removals

What repeats on the pages of each site too:
  cleancorpus clean crawl.jsonl -o clean.jsonl --field html --learn

What failed, once more and with more patience:
  cleancorpus clean cleaned --retry -o again/ --timeout 600

In a pipe:
  curl -s https://example.org/ | cleancorpus clean -
  cat crawl.jsonl | cleancorpus clean - --from jsonl > clean.jsonl
"""


def clean(  # noqa: PLR0913 - one argument an option
    inputs: Inputs,
    *,
    out: Out = None,
    format_from: From = None,
    format_to: To = None,
    media: Media = None,
    rendering: Rendering = None,
    field: Field = "text",
    into: Into = None,
    removals: Removals = False,
    metadata: Metadata = False,
    markdown: WithMarkdown = False,
    empty: Empty = "keep",
    min_words: MinWords = 0,
    language: Languages = None,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
    jobs: Jobs = None,
    timeout: Timeout = 60,
    max_memory: MaxMemory = 4000,
    max_bytes: MaxBytes = 200_000_000,
    learned: LearnedFile = None,
    learn: LearnFirst = False,
    retry: Retry = False,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Remove the boilerplate from text, web pages, tables and archives, and write the rest.

    One input file goes to standard output, or with -o to a file. Several go into one file where
    OUT ends in .jsonl, .parquet, .csv, .tsv or .warc. Otherwise a folder, a pattern, several
    files, or an OUT that is a folder or ends in a slash: each goes into the folder OUT, under
    its name below the input folder or the pattern's fixed part. What comes out is UTF-8. Inputs
    and outputs ending in .gz or .zst are packed.

    Text and Markdown stay as they stood, without what was removed. A page of HTML becomes plain
    text, a/b.html in the folder a becomes b.txt in OUT; --as makes Markdown or bare HTML of it.

    A record that cannot be read or cleaned is kept in quarantine.jsonl in the folder OUT, or
    OUT.quarantine.jsonl beside a file, and the first of them are told of; the rest goes on. What
    was done stands in run.json beside it. A run that was stopped, or killed, goes on when the same
    command is given again.

    With --learn the inputs are read twice: first what repeats on the pages of each site is
    counted, into learned.table beside the report, and then that goes too. A page's site is that
    of its URL, from a field url or from the archive; pages without one are taken for one site.
    """
    extras = {"removals": removals, "metadata": metadata, "markdown": markdown}
    planned = plan(
        quarantines(inputs) if retry else inputs,
        out,
        Reading(OF_QUARANTINE if retry else format_from, field, media),
        Writing(into, rendering, tuple(name for name, wanted in extras.items() if wanted)),
        format_to,
    )
    screen = show.console(on_stderr=True)
    if not quiet:
        print_all(screen, show.passed_over(planned.passed_over))
    is_shown = not quiet and not (planned.is_to_stdout and sys.stdout.isatty())
    selection = Selection(empty == "keep", min_words, split_names(language, "language"))
    limits = Limits(timeout, max_memory * 1_000_000, max_bytes)
    chosen = choose_any(chain, recipe, without, only)
    total = sum(planned.sizes() or ())
    try:
        if learn:
            with Watch(screen, total, is_shown=is_shown) as watch:
                watcher = RunWatch(planned, watch)
                learned = learn_first(planned, watcher, jobs=jobs, limits=limits, force=force)
        if learned is not None:
            chosen = taught(chosen, learned)
        with Watch(screen, total, is_shown=is_shown) as watch:
            watcher, cleaning = RunWatch(planned, watch), Cleaning(chosen, selection)
            ran = run_plan(planned, cleaning, watcher, jobs=jobs, limits=limits, force=force)
    except KeyboardInterrupt:
        print_all(screen, stopped(planned))
        raise typer.Exit(INTERRUPTED) from None
    except OutputError as error:
        raise broken_off(error, planned) from error
    if not quiet:
        print_all(screen, told(ran, planned))
    if ran.tally.quarantined and not ran.was_finished:
        raise typer.Exit(QUARANTINED)
