"""Weights for the learned judge from a file of pages with gold text. Needs the extra `train`."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from cleancorpus import page
from cleancorpus.content.corpus import Folders, Found, Read
from cleancorpus.content.features import read_features
from cleancorpus.content.names import HTML
from cleancorpus.content.text_features import read_text_features
from cleancorpus.content.text_names import TEXT
from cleancorpus.document import Record
from cleancorpus.errors import GoldError, MissingExtra, TooDeep
from cleancorpus.evaluate.files import read_objects
from cleancorpus.measures import shown
from cleancorpus.segment import segment
from cleancorpus.segment.html import walk

_LEAST_DOMAINS: Final = 2  # one to learn from, one to test


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; what is None is as for the weights that come with the package."""

    epochs: int | None = None
    channels: int | None = None
    trees: int | None = None
    seed: int | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        """Those that are not None, by name."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value is not None}


def train_weights(
    path: Path,
    folders: Folders,
    settings: Settings,
    watch: Callable[[str], object] = str,
    media: str = "html",
) -> dict[str, float]:
    """Train, write weights and their card into a folder, and return the figures they reached.

    The figures are word F1 by cross-validation, over all pages and by page type. `watch` is told
    what is done next, page by page while they are read; a page that costs too much to read
    teaches nothing.

    Raises:
        MissingExtra: torch or LightGBM is not installed.
        GoldError: a line of the file is no page with gold text, or there are too few.
    """
    package = _package()
    reader = READERS[media]
    _check(path, reader.field)
    plan = package.Plan(**{**reader.plan, **settings.chosen})
    figures: dict[str, float] = package.train_file(path, _told(reader, watch), folders, plan, watch)
    return figures


def _told(reader: Read, watch: Callable[[str], object]) -> Read:
    """The reader, which tells how many pages it has read."""
    pages = itertools.count(1)

    def features(record: Mapping[str, Any]) -> Found | None:
        watch(f"{next(pages):,} pages read")
        return reader.features(record)

    return replace(reader, features=features)


def _of_html(record: Mapping[str, Any]) -> Found | None:
    try:
        columns = walk(record["html"])
    except TooDeep:
        return None
    return (columns.text, read_features(columns)) if len(columns.text) else None


def _of_text(record: Mapping[str, Any]) -> Found | None:
    document = segment(Record(record["text"], media=record.get("media") or "text"))
    if not document.blocks:
        return None
    texts = [shown(block) for block in document.blocks]
    return texts, read_text_features(document, page.read(document))


READERS: Final = {
    # Readers differ most in what they count as content of a page of HTML. One teacher does as
    # well as two; a network and a forest do better than either, and half a network is enough.
    "html": Read(HTML, "html", _of_html, {"teachers": 1, "channels": 32, "trees": 160}),
    # A page stands in the file several times, as text of several extractors. Most lines of a
    # whole page are short, and readers miss a list of short lines as much as a paragraph.
    "text": Read(TEXT, "text", _of_text, {"epochs": 4, "word_power": 0.7}),
}
"""How a line of the training file is read, by the media that is trained for."""


def _check(path: Path, field: str) -> None:
    """Read the file once and refuse what would fail late: each step leaves out a part of the sites.

    Raises:
        GoldError: naming the line, or what is missing.
    """
    domains = set()
    for number, found in read_objects(path, "a page with gold text"):
        if not isinstance(found.get(field), str) or "main_content" not in found:
            raise GoldError(f"{path}, line {number}: there are no {field} and main_content")
        if found["main_content"]:
            domains.add(found.get("domain") or "")
    if len(domains) < _LEAST_DOMAINS:
        raise GoldError(
            f"{path}: pages with a main_content are wanted from at least {_LEAST_DOMAINS} domains, "
            f"not from {len(domains)}"
        )


def _package() -> ModuleType:
    try:
        from cleancorpus.content import train  # noqa: PLC0415 - it imports extras
    except ModuleNotFoundError as error:
        raise MissingExtra(
            f"training needs {error.name}: pip install 'cleancorpus[train]'"
        ) from error
    return train
