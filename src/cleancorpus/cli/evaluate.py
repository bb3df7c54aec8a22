"""The commands that score."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cleancorpus.audit import show
from cleancorpus.audit.progress import Watch
from cleancorpus.cli.shared import (
    ChainName,
    Force,
    Only,
    RecipeFile,
    Without,
    command,
    print_all,
)
from cleancorpus.errors import GoldError, InputError
from cleancorpus.evaluate import (
    WORST,
    Answers,
    PageScores,
    read_labelled,
    read_pages,
    score_lines,
    score_pages,
)
from cleancorpus.runner.choice import choose, choose_any
from cleancorpus.runner.pages import check_folder, cleaner, write_diffs
from cleancorpus.runner.scores import page_tables, tables, worst_pages

app = typer.Typer(no_args_is_help=True, help="Score a chain against what readers wrote down.")

Gold = Annotated[
    Path, typer.Argument(metavar="FILE", help="JSONL of pages.", exists=True, dir_okay=False)
]

_ANSWERS_HELP = "JSONL of id and text: score what another extractor made of the pages."
AnswersFile = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help=_ANSWERS_HELP, exists=True, dir_okay=False),
]
_FIELD_HELP = "The field that holds the page. Left out: html, or else text."
PageField = Annotated[str | None, typer.Option("--field", metavar="NAME", help=_FIELD_HELP)]
_MEDIA_HELP = "What the pages are, such as text or markdown. Left out: what they look like."
PageMedia = Annotated[str | None, typer.Option("--media", metavar="KIND", help=_MEDIA_HELP)]
Worst = Annotated[
    int, typer.Option("--worst", metavar="N", min=0, help="How many of the worst pages to show.")
]
_DIFF_HELP = "Write an HTML file for each of the worst pages: gold and answer side by side."
NoProgress = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
Diff = Annotated[Path | None, typer.Option("--diff", metavar="FOLDER", help=_DIFF_HELP)]


@command(
    app,
    """
  cleancorpus evaluate lines gold.jsonl --chain strict
""",
)
def lines(
    file: Gold,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
) -> None:
    """Score the filters on pages whose lines have labels.

    Each line of FILE is a page: [bold]{"id": "...", "lines": [{"text": "...", "label": "..."}]}[/]
    with the labels content, title, byline, caption, nav, related, share, legal, comment, ad,
    duplicate and ui. FILE may be packed: .gz or .zst.
    """
    scores = score_lines(read_labelled(file), choose(chain, recipe, without, only))
    print_all(show.console(), tables(scores))


@command(
    app,
    """
  cleancorpus evaluate pages gold.jsonl.zst --field text

Another extractor on the same pages, and its five worst pages to look at:
  cleancorpus evaluate pages gold.jsonl --answers theirs.jsonl --worst 5 --diff worst
""",
)
def pages(  # noqa: PLR0913 - one argument an option
    file: Gold,
    *,
    answers: AnswersFile = None,
    field: PageField = None,
    media: PageMedia = None,
    worst: Worst = WORST,
    diff: Diff = None,
    chain: ChainName = None,
    recipe: RecipeFile = None,
    without: Without = None,
    only: Only = None,
    force: Force = False,
    quiet: NoProgress = False,
) -> None:
    """Score extracted text against the text that belongs to each page.

    Each line of FILE is a page: [bold]{"id": "...", "main_content": "...", "html": "..."}[/],
    and may have page_type, url, and the lists must_contain and must_not_contain. FILE and the
    answers may be packed: .gz or .zst.

    Scores are of words, in any order, each as often as it occurs: the means over pages of
    precision, recall and F1; then the shares of required and of forbidden snippets that the
    texts hold.
    """
    of_cleaning = (field, media, chain, recipe, without, only)
    if answers is not None and any(one is not None for one in of_cleaning):
        raise InputError("--answers are scored as they are: leave out what says how to clean")
    chosen = choose_any(chain, recipe, without, only)
    if diff is not None:
        check_folder(diff, force=force)
    screen = show.console(on_stderr=True)
    with Watch(screen, file.stat().st_size, is_shown=not quiet) as watch:
        answer = cleaner(chosen, media, watch.trouble) if answers is None else Answers(answers)
        scores = score_pages(read_pages(file, field, watch.record_done), answer, worst)
        left = answer.count_left() if isinstance(answer, Answers) else 0
    if left and scores.unanswered == scores.overall.pages:
        raise GoldError(f"{answers}: no answer has the id of a scored page in {file}")
    diffs = () if diff is None else write_diffs(scores.worst, diff)
    out = show.console()
    _print_scores(out, scores, diffs)
    if left:
        out.print(f"answers whose id no scored page has: {left}")


def _print_scores(screen: Console, scores: PageScores, diffs: Sequence[Path]) -> None:
    print_all(screen, page_tables(scores))
    for line in worst_pages(scores, diffs):
        screen.print(line, soft_wrap=True)
