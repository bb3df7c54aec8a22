"""Pages cleaned for their scores, and the worst of them written out to be looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cleancorpus.chain import Chain
from cleancorpus.document import Record
from cleancorpus.errors import (
    CleanCorpusError,
    GoldError,
    OutputError,
    OutputExists,
    UnknownMedia,
    WeightsError,
)
from cleancorpus.evaluate import GoldPage, WorstPage, diff_page
from cleancorpus.formats.output import Output
from cleancorpus.runner.process import process

_ODD_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]+")
_MOST_NAME_CHARS: Final = 60


def cleaner(
    chain: Chain | None = None,
    media: str | None = None,
    trouble: Callable[[str], object] | None = None,
) -> Callable[[GoldPage], str | None]:
    """Return a function that cleans a page and returns its text, for `score_pages`.

    Without a chain each page gets its media's default. `media` says what all pages are; without
    it, it is HTML in a field `html`, and what it looks like elsewhere. Where a page cannot be
    cleaned, `trouble` is told and the text is None.

    Raises:
        GoldError: when called, if a page is not in its file; the message names file and line.
        UnknownMedia: when called, if `media` is none that can be segmented.
        WeightsError: when called, if the weights of the learned judge cannot be read.
    """

    def answer(page: GoldPage) -> str | None:
        if page.content is None:
            raise GoldError(
                f"{page.place}: there is no page to clean: --field names the field that holds it"
            )
        record = Record(page.content, id=page.id, url=page.url, media=media or page.media)
        try:
            return process(record, chain).text
        except (UnknownMedia, WeightsError):
            raise  # no page could be cleaned, and all would be scored as empty
        except CleanCorpusError as error:
            if trouble is not None:
                trouble(f"{page.place}: {error}")
            return None

    return answer


def check_folder(folder: Path, *, force: bool = False) -> None:
    """Refuse a folder for comparisons before they cost any work.

    Raises:
        OutputExists: there is something in the folder, and `force` is off.
        OutputError: it is no folder, or nobody may look into it.
    """
    try:
        if folder.exists() and any(folder.iterdir()) and not force:
            raise OutputExists(f"{folder} is not empty: give another folder, or --force")
    except OSError as error:
        if isinstance(error, CleanCorpusError):
            raise
        raise OutputError(f"cannot write into {folder}: {error.strerror or error}") from error


def write_diffs(pages: Sequence[WorstPage], folder: Path) -> list[Path]:
    """Write a comparison of each page into a folder, and return where each one lies.

    The files are named by rank and id, so that equal names cannot meet.

    Raises:
        OutputError: a file cannot be written.
    """
    paths = []
    for rank, page in enumerate(pages, start=1):
        name = _ODD_IN_NAMES.sub("-", page.score.id)[:_MOST_NAME_CHARS].strip("-")
        path = folder / f"{rank:0{len(str(len(pages)))}}-{name or 'page'}.html"
        with Output(path) as output:
            # A lone half of a surrogate pair can be shown by its number alone.
            output.write(diff_page(page).encode("utf-8", "xmlcharrefreplace"))
        paths.append(path)
    return paths
