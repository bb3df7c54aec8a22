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
from cleancorpus.cli import cleaning, evaluate, learning, training
from cleancorpus.cli.shared import (
    ChainName,
    Field,
    From,
    Media,
    Only,
    RecipeFile,
    Without,
    command,
    print_all,
)
from cleancorpus.errors import CleanCorpusError, OutputError
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import task_of
from cleancorpus.runner.choice import choose, choose_any
from cleancorpus.runner.one import read_document
from cleancorpus.segment.html import walk_in_use

_WRONG_USE, _BROKEN_OFF = 2, 3

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


command(app, cleaning.EXAMPLES)(cleaning.clean)
command(app, learning.EXAMPLES)(learning.learn)
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
