"""What the commands share: their options, how they are registered, how they print."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console, RenderableType

import cleancorpus

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
Media = Annotated[
    str | None,
    typer.Option(
        metavar="KIND",
        help="What the inputs are: text, markdown, html or jsonl. Left out: what their suffixes "
        "say; without one, and on standard input, text, Markdown or HTML by how it looks.",
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
_AS_HELP = (
    "What the clean text is written as: text, markdown or html. Left out: text and Markdown as "
    "they stood; of HTML what the name OUT ends in, and else text."
)
Rendering = Annotated[str | None, typer.Option("--as", metavar="KIND", help=_AS_HELP)]
_INTO_HELP = (
    "The field of JSONL that the clean text goes into. Left out: the one that it was read from, "
    "but text where that is html."
)
Into = Annotated[str | None, typer.Option("--into", metavar="NAME", help=_INTO_HELP)]
Force = Annotated[bool, typer.Option("--force", help="Replace outputs that are there already.")]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", help="No progress and no summary, troubles alone.")
]
_FIELD_HELP = "The field of JSONL that holds the text; one named html holds HTML."
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
