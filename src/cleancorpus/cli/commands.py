"""The commands that clean and explain, and the whole of them."""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, NoReturn

import typer
from rich.text import Text

import cleancorpus
from cleancorpus import recipe as recipes
from cleancorpus.audit import show
from cleancorpus.audit.catalog import catalog, listed
from cleancorpus.audit.progress import Watch
from cleancorpus.cli import evaluate, training
from cleancorpus.cli.shared import (
    ChainName,
    Empty,
    Field,
    Force,
    From,
    Inputs,
    Into,
    Jobs,
    Languages,
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
    command,
    print_all,
)
from cleancorpus.errors import CleanCorpusError, OutputError
from cleancorpus.formats import Writing
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan, task_of
from cleancorpus.formats.quarantined import QUARANTINED, quarantines
from cleancorpus.runner.choice import choose, choose_any, split_names
from cleancorpus.runner.corpus import run_plan
from cleancorpus.runner.one import read_document
from cleancorpus.runner.selection import Selection
from cleancorpus.runner.watching import RunWatch, stopped, told
from cleancorpus.runner.work import Cleaning
from cleancorpus.runner.workers import Limits
from cleancorpus.segment.html import walk_in_use

_QUARANTINED, _WRONG_USE, _BROKEN_OFF, _INTERRUPTED = 1, 2, 3, 130

app = typer.Typer(
    name="cleancorpus",
    help=cleancorpus.__doc__,
    epilog="Exit codes: 0 done, 1 some records were quarantined, 2 wrong use, 3 broken off "
    "because an output could not be written, 130 stopped from the keyboard.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(evaluate.app, name="evaluate")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cleancorpus {cleancorpus.__version__}, {walk_in_use()} walk")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_version,
            is_eager=True,
            help="Print the version, and which walk reads HTML.",
        ),
    ] = False,
) -> None:
    pass


@command(
    app,
    """
A folder of articles, into a folder of the same names:
  cleancorpus clean articles -o cleaned

A crawl, on all cores; started again after it was stopped, it goes on where it was:
  cleancorpus clean 'crawl/*.warc.gz' -o cleaned --to parquet
  cleancorpus clean s3://bucket/crawl.jsonl.zst -o clean.jsonl.zst --field html

Web pages to Markdown, bylines and captions left in:
  cleancorpus clean 'site/**/*.html' -o cleaned --as markdown --without byline,caption

JSONL with its text in the field body, and what went in a new field:
  cleancorpus clean crawl.jsonl -o clean.jsonl --field body --removals

What failed, once more and with more patience:
  cleancorpus clean cleaned --retry -o again/ --timeout 600

In a pipe:
  curl -s https://example.org/ | cleancorpus clean -
  cat crawl.jsonl | cleancorpus clean - --from jsonl > clean.jsonl
""",
)
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

    A record that cannot be read or cleaned is told of and kept in quarantine.jsonl in the folder
    OUT, or OUT.quarantine.jsonl beside a file; the rest goes on. What was done stands in run.json
    beside it. A run that was stopped, or killed, goes on when the same command is given again.
    """
    extras = {"removals": removals, "metadata": metadata, "markdown": markdown}
    planned = plan(
        quarantines(inputs) if retry else inputs,
        out,
        Reading(QUARANTINED if retry else format_from, field, media),
        Writing(into, rendering, tuple(name for name, wanted in extras.items() if wanted)),
        format_to,
    )
    screen = show.console(on_stderr=True)
    if not quiet:
        print_all(screen, show.passed_over(planned.passed_over))
    is_shown = not quiet and not (planned.is_to_stdout and sys.stdout.isatty())
    selection = Selection(empty == "keep", min_words, split_names(language, "language"))
    cleaning = Cleaning(choose_any(chain, recipe, without, only), selection)
    limits = Limits(timeout, max_memory * 1_000_000, max_bytes)
    try:
        with Watch(screen, sum(planned.sizes() or ()), is_shown=is_shown) as watch:
            watcher = RunWatch(planned, watch)
            ran = run_plan(planned, cleaning, watcher, jobs=jobs, limits=limits, force=force)
    except KeyboardInterrupt:
        print_all(screen, stopped(planned))
        raise typer.Exit(_INTERRUPTED) from None
    if not quiet:
        print_all(screen, told(ran, planned))
    if ran.tally.quarantined and not ran.was_finished:
        raise typer.Exit(_QUARANTINED)


@command(
    app,
    """
  cleancorpus explain page.html
  cleancorpus explain crawl.jsonl --record 12 --field body
  cleancorpus explain article.txt --only byline | grep '^-'
""",
)
def explain(  # noqa: PLR0913 - one argument an option
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    *,
    format_from: From = None,
    media: Media = None,
    field: Field = "text",
    record: Annotated[
        int, typer.Option(metavar="NUMBER", min=1, help="Which record of the file to show.")
    ] = 1,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
) -> None:
    """Show a document with the removed lines struck, and beside each why it went.

    Removed lines begin with a minus sign, and end in the filter, its score from 0 to 1 and its
    evidence. Of HTML the element that a removed block stood in is shown behind that, where there
    is room; in a pipe there is.
    """
    chosen = choose_any(chain, recipe, without, only)
    document = read_document(task_of(file, Reading(format_from, field, media)), record, chosen)
    screen = show.console()
    show.explain(document, screen)
    print_all(screen, show.verdict(document))


@command(app)
def filters(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """List all filters with their options: default, unit, and where the default comes from."""
    found = catalog()
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in found], indent=2, ensure_ascii=False))
    else:
        print_all(show.console(), listed(found))


@command(
    app,
    """
  cleancorpus recipe --chain news --without comment > mine.toml
  cleancorpus clean articles -o cleaned --recipe mine.toml
""",
)
def recipe(
    chain: ChainName = None, recipe: RecipeFile = None, without: Without = None, only: Only = None
) -> None:
    """Print a chain as TOML, with all options, to be changed and given to --recipe."""
    typer.echo(recipes.dumps(choose(chain, recipe, without, only)), nl=False)


command(app, training.EXAMPLES)(training.train)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; errors that were foreseen become a line on standard error.

    Raises:
        SystemExit: always, with the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # no terminal's character set stops a run
            stream.reconfigure(errors="backslashreplace")
    # Whoever asks a run to end is heard as the keyboard is.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        app(arguments, prog_name="cleancorpus")
    except OutputError as error:
        _fail(error, _BROKEN_OFF)
    except CleanCorpusError as error:
        _fail(error, _WRONG_USE)


def _fail(error: CleanCorpusError, code: int) -> NoReturn:
    message = Text.assemble(("cleancorpus: ", "bold red"), show.safe(str(error)))
    show.console(on_stderr=True).print(message, soft_wrap=True)
    sys.exit(code)
