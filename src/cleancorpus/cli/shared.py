"""What the commands share: their options, how they are registered, how they print."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer
from rich.console import Console, RenderableType

import cleancorpus
from cleancorpus.formats import FORMATS

QUARANTINED, INTERRUPTED = 1, 130  # exit codes

_Command = TypeVar("_Command", bound=Callable[..., Any])

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
_FROM_HELP = (
    f"The format of the inputs: {', '.join(FORMATS)}. Left out: what their suffixes say; without "
    "one, and on standard input, text, Markdown or HTML by how it looks."
)
From = Annotated[str | None, typer.Option("--from", metavar="FORMAT", help=_FROM_HELP)]
_MEDIA_HELP = (
    "What the content of records is: text, markdown or html. Left out: HTML in a field named "
    "html, and elsewhere what it looks like."
)
Media = Annotated[str | None, typer.Option(metavar="KIND", help=_MEDIA_HELP)]
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
_TO_HELP = (
    "The format of the outputs. Left out: what OUT ends in, or else that of the inputs, but text "
    "of HTML and JSONL of archives."
)
To = Annotated[str | None, typer.Option("--to", metavar="FORMAT", help=_TO_HELP)]
_added = partial(typer.Option, rich_help_panel="What is written")
Removals = Annotated[bool, _added("--removals", help="Add a field that says what went, and why.")]
Metadata = Annotated[
    bool, _added("--metadata", help="Add a field with what a page says of itself: title, author.")
]
WithMarkdown = Annotated[
    bool, _added("--markdown", help="Add a field with the clean text as Markdown.")
]
_EMPTY_HELP = "What becomes of documents of which nothing stays: keep, or skip and count them."
Empty = Annotated[Literal["keep", "skip"], _added("--empty", help=_EMPTY_HELP)]
_MIN_WORDS_HELP = "Leave out documents with fewer words after cleaning, and count them."
MinWords = Annotated[int, _added("--min-words", metavar="N", min=0, help=_MIN_WORDS_HELP)]
_LANGUAGE_HELP = "Leave out documents in other languages: codes such as en,de (extra: language)."
Languages = Annotated[str | None, _added("--language", metavar="CODES", help=_LANGUAGE_HELP)]
_run = partial(typer.Option, rich_help_panel="How it runs")
_JOBS_HELP = "How many processes clean. Left out: as many as there are cores."
Jobs = Annotated[int | None, _run("--jobs", "-j", metavar="N", min=1, help=_JOBS_HELP)]
_TIMEOUT_HELP = "Seconds that one document may take before it is quarantined."
Timeout = Annotated[float, _run("--timeout", metavar="S", min=0.001, help=_TIMEOUT_HELP)]
_MEMORY_HELP = "Megabytes that one process may take before its document is quarantined."
MaxMemory = Annotated[int, _run("--max-memory", metavar="MB", min=100, help=_MEMORY_HELP)]
_BYTES_HELP = "Bytes that one record may have before it is quarantined unread."
MaxBytes = Annotated[int, _run("--max-bytes", metavar="N", min=1, help=_BYTES_HELP)]
_LEARNED_HELP = "A table of `cleancorpus learn`: what it has goes too, as repeated-block says."
LearnedFile = Annotated[
    Path | None,
    _chosen("--learned", metavar="FILE", help=_LEARNED_HELP, exists=True, dir_okay=False),
]
_LEARN_HELP = "Learn from the inputs first what repeats on their sites, then clean."
LearnFirst = Annotated[bool, _chosen("--learn", help=_LEARN_HELP)]
_RETRY_HELP = "The inputs are quarantines of earlier runs, or folders that hold one: try again."
Retry = Annotated[bool, _run("--retry", help=_RETRY_HELP)]
_AS_HELP = (
    "What the clean text is written as: text, markdown or html. Left out: text and Markdown as "
    "they stood; of HTML what the name OUT ends in, and else text."
)
Rendering = Annotated[str | None, typer.Option("--as", metavar="KIND", help=_AS_HELP)]
_INTO_HELP = (
    "The field that the clean text goes into. Left out: the one that it was read from, "
    "but text where that is html."
)
Into = Annotated[str | None, typer.Option("--into", metavar="NAME", help=_INTO_HELP)]
_FORCE_HELP = "Begin anew, and replace outputs that are there already."
Force = Annotated[bool, typer.Option("--force", help=_FORCE_HELP)]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary, troubles alone.")
]
_FIELD_HELP = "The field that holds the text; one named html holds HTML."
Field = Annotated[str, typer.Option(metavar="NAME", help=_FIELD_HELP)]


def command(to: typer.Typer, examples: str = "") -> Callable[[_Command], _Command]:
    """Register a command with its docstring as its help, each paragraph in one line."""

    def register(function: _Command) -> _Command:
        said = inspect.getdoc(function) or ""
        flowing = "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))
        shown = examples.strip("\n")
        epilog = f"[bold]Examples[/]\n\n{shown}" if shown else None
        return to.command(help=flowing, epilog=epilog)(function)

    return register


def print_all(screen: Console, parts: Iterable[RenderableType]) -> None:
    """Print what was yielded, part by part."""
    for part in parts:
        screen.print(part)
