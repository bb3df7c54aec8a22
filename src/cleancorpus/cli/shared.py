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


def command(to: typer.Typer, examples: str = "") -> Callable[[_Command], _Command]:
    """Register a command with its docstring as its help, each paragraph in one line."""

    def register(function: _Command) -> _Command:
        said = inspect.getdoc(function) or ""
        flowing = "\n\n".join(" ".join(part.split()) for part in said.split("\n\n"))
        epilog = f"[bold]Examples[/]\n\n{examples.strip()}" if examples else None
        return to.command(help=flowing, epilog=epilog)(function)

    return register


def print_all(screen: Console, parts: Iterable[RenderableType]) -> None:
    """Print what was yielded, part by part."""
    for part in parts:
        screen.print(part)
