"""The command: each one builds arguments, calls one public function and prints."""

from __future__ import annotations

import inspect
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console, RenderableType
from rich.text import Text

import cleancorpus
from cleancorpus import recipe as recipes
from cleancorpus.audit import show
from cleancorpus.audit.catalog import catalog, listed
from cleancorpus.audit.progress import Watch
from cleancorpus.errors import CleanCorpusError, OutputError
from cleancorpus.evaluate import read_labelled, score_lines
from cleancorpus.formats.places import Reading, plan, task_of
from cleancorpus.run.choice import choose
from cleancorpus.run.local import read_document, run
from cleancorpus.run.scores import tables

_Command = TypeVar("_Command", bound=Callable[..., Any])
_QUARANTINED, _WRONG_USE, _BROKEN_OFF = 1, 2, 3

app = typer.Typer(
    name="cleancorpus",
    help=cleancorpus.__doc__,
    epilog="Exit codes: 0 done, 1 some records were quarantined, 2 wrong use, 3 broken off "
    "because an output could not be written.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
evaluate = typer.Typer(no_args_is_help=True, help="Score a chain against what readers labelled.")
app.add_typer(evaluate, name="evaluate")

_chosen = partial(typer.Option, rich_help_panel="Which filters run")
ChainName = Annotated[
    str | None,
    _chosen("--chain", metavar="NAME", help=f"A preset: {', '.join(cleancorpus.PRESETS)}."),
]
_RECIPE_HELP = "A chain in a TOML file, as [bold]cleancorpus recipe[/] prints one."
RecipeFile = Annotated[Path | None, _chosen("--recipe", metavar="FILE", help=_RECIPE_HELP)]
_WITHOUT_HELP = "Leave these filters out, commas between them."
Without = Annotated[str | None, _chosen("--without", metavar="NAMES", help=_WITHOUT_HELP)]
_ONLY_HELP = "Run these filters alone, commas between them."
Only = Annotated[str | None, _chosen("--only", metavar="NAMES", help=_ONLY_HELP)]
Media = Annotated[
    str | None,
    typer.Option(
        metavar="KIND",
        help="What the inputs are: text, markdown or jsonl. Left out: what their suffixes say, "
        "and text from standard input.",
    ),
]
Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...",
        help="Files, folders, patterns in quotes, or - for standard input.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option("--out", "-o", metavar="OUT", help="Where the clean text goes: see above."),
]
Removals = Annotated[
    bool,
    typer.Option("--removals", help="Add a field to JSONL that says what went, and why."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace outputs that are there already.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary, troubles alone.")
]
Field = Annotated[str, typer.Option(metavar="NAME", help="The field of JSONL that holds the text.")]


def _command(to: typer.Typer, examples: str = "") -> Callable[[_Command], _Command]:
    """Register a command with its docstring as its help, each paragraph in one line."""

    def register(function: _Command) -> _Command:
        said = inspect.getdoc(function) or ""
        flowing = "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))
        epilog = f"[bold]Examples[/]\n\n{examples.strip()}" if examples else None
        return to.command(help=flowing, epilog=epilog)(function)

    return register


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cleancorpus {cleancorpus.__version__}")
        raise typer.Exit


@app.callback()
def _common(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


@_command(
    app,
    """
A folder of articles, into a folder of the same names:
  cleancorpus clean articles -o cleaned

Markdown wherever it lies, bylines and captions left in:
  cleancorpus clean 'pages/**/*.md' -o cleaned --without byline,caption

JSONL with its text in the field body, and what went in a new field:
  cleancorpus clean crawl.jsonl -o clean.jsonl --field body --removals

In a pipe:
  zcat crawl.jsonl.gz | cleancorpus clean - --media jsonl > clean.jsonl
""",
)
def clean(  # noqa: PLR0913 - one argument an option
    inputs: Inputs,
    *,
    out: Out = None,
    media: Media = None,
    field: Field = "text",
    removals: Removals = False,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
    force: Force = False,
    quiet: Quiet = False,
) -> None:
    """Remove the boilerplate from text, Markdown and JSONL, and write the rest.

    One input file goes to standard output, or with -o to a file. A folder, a pattern, several
    files, or an OUT that is a folder or ends in a slash: each goes into the folder OUT, under
    its name below the input folder or the pattern's fixed part. What comes out is UTF-8.

    A record that cannot be read or cleaned is told of and kept in quarantine.jsonl in the folder
    OUT, or OUT.quarantine.jsonl beside a file; the rest goes on.
    """
    chosen = choose(chain, recipe, without, only)
    planned = plan(inputs, out, Reading(media, field, removals), force=force)
    screen = show.console(on_stderr=True)
    if not quiet:
        _print(screen, show.passed_over(planned.passed_over))
    has_bar = not quiet and not (planned.is_to_stdout and sys.stdout.isatty())
    with Watch(screen, len(planned.tasks), planned.total_bytes, has_bar=has_bar) as watch:
        tally = run(planned, chosen, watch)
    if not quiet:
        _print(screen, show.summary(tally, planned.quarantine))
    if tally.quarantined:
        raise typer.Exit(_QUARANTINED)


@_command(
    app,
    """
  cleancorpus explain article.txt
  cleancorpus explain crawl.jsonl --record 12 --field body
  cleancorpus explain article.txt --only byline | grep '^-'
""",
)
def explain(  # noqa: PLR0913 - one argument an option
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or - for standard input.")],
    *,
    media: Media = None,
    field: Field = "text",
    record: Annotated[
        int, typer.Option(metavar="LINE", min=1, help="Which line of JSONL to show.")
    ] = 1,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
) -> None:
    """Show a document with the removed lines struck, and beside each why it went.

    Removed lines begin with a minus sign, and end in the filter, its score from 0 to 1 and its
    evidence.
    """
    chosen = choose(chain, recipe, without, only)
    document = read_document(task_of(file, Reading(media, field)), record, chosen)
    screen = show.console()
    show.explain(document, screen)
    _print(screen, show.verdict(document))


@_command(app)
def filters(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")] = False,
) -> None:
    """List all filters with their options: default, unit, and where the default comes from."""
    found = catalog()
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in found], indent=2, ensure_ascii=False))
    else:
        _print(show.console(), listed(found))


@_command(
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


@_command(
    evaluate,
    """
  cleancorpus evaluate lines gold.jsonl --chain strict
""",
)
def lines(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="JSONL of pages.", exists=True, dir_okay=False),
    ],
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
) -> None:
    """Score the filters on pages whose lines have labels.

    Each line of FILE is a page: [bold]{"id": "...", "lines": [{"text": "...", "label": "..."}]}[/]
    with the labels content, title, byline, caption, nav, related, share, legal, comment, ad,
    duplicate and ui.
    """
    scores = score_lines(read_labelled(file), choose(chain, recipe, without, only))
    _print(show.console(), tables(scores))


def _print(screen: Console, parts: Iterable[RenderableType]) -> None:
    for part in parts:
        screen.print(part)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; errors that were foreseen become a line on standard error.

    Raises:
        SystemExit: always, with the exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # no terminal's character set stops a run
            stream.reconfigure(errors="backslashreplace")
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
