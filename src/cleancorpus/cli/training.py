"""The command that trains the learned judge."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from cleancorpus.audit import show
from cleancorpus.audit.progress import Clock
from cleancorpus.cli.shared import Force, print_all
from cleancorpus.content.corpus import Folders
from cleancorpus.runner.pages import check_folder
from cleancorpus.runner.scores import training_table
from cleancorpus.runner.training import Settings, train_weights

EXAMPLES: Final = """
  cleancorpus train gold.jsonl.zst -o weights

For plain text and Markdown:
  cleancorpus train texts.jsonl.zst --media text -o weights

Anew with other settings, without reading the pages again:
  cleancorpus train gold.jsonl.zst -o other --cache read --seed 1
"""

_AS_SHIPPED = "Left out: as for the weights that come with the package."
_FOLDER_HELP = "The folder that the weights and their card go into."
_CACHE_HELP = "A folder to keep what was read of the pages, for the next time."
_FOLDS_HELP = "A folder for the weights of each fold, to judge pages by what has not seen them."
Number = int | None
Media = Literal["html", "text"]


def train(  # noqa: PLR0913 - one argument an option
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="JSONL, or .gz or .zst of it.", exists=True, dir_okay=False
        ),
    ],
    *,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help=_FOLDER_HELP)],
    media: Annotated[Media, typer.Option(help="What the judge is to read.")] = "html",
    cache: Annotated[Path | None, typer.Option(metavar="FOLDER", help=_CACHE_HELP)] = None,
    keep_folds: Annotated[
        Path | None, typer.Option("--keep-folds", metavar="FOLDER", help=_FOLDS_HELP)
    ] = None,
    epochs: Annotated[
        Number, typer.Option(metavar="N", min=1, help=f"Passes over the pages. {_AS_SHIPPED}")
    ] = None,
    channels: Annotated[
        Number, typer.Option(metavar="N", min=1, help=f"Width of the network. {_AS_SHIPPED}")
    ] = None,
    trees: Annotated[
        Number,
        typer.Option(metavar="N", min=0, help=f"Trees beside the network. {_AS_SHIPPED}"),
    ] = None,
    seed: Annotated[
        Number, typer.Option(metavar="N", min=0, help=f"What chance begins with. {_AS_SHIPPED}")
    ] = None,
    force: Force = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
) -> None:
    """Train the learned judge on pages whose main text is known.

    Each line of FILE is a page: [bold]{"html": "...", "main_content": "..."}[/], and should have
    domain, as no site may both teach and test, and may have page_type. With --media text it has
    text in place of html: what an extractor made of a page, or clean text, and may have media,
    [bold]text[/] or [bold]markdown[/]. One core does the work, so that the same file and seed give
    the same weights on the same machine.

    Five judges are trained first, each without a fifth of the sites, and scored on these: the
    figures are word F1, the mean over pages. Then one is trained on all pages and written as
    html.npz or text.npz, beside its card. A judge is a small network, for HTML with a forest of
    trees beside it. For HTML, fifteen more networks are trained on fewer sites, to give a second
    opinion on pages that they have not seen. It needs the extra [bold]train[/].
    """
    check_folder(out, force=force)
    with Clock(show.console(on_stderr=True), is_shown=not quiet) as clock:
        figures = train_weights(
            file,
            Folders(out, keep_folds, cache),
            Settings(epochs, channels, trees, seed),
            lambda now: clock.say(f"training: {now}"),
            media,
        )
    print_all(show.console(), training_table(figures, out))
