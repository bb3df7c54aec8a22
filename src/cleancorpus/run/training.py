"""Weights for the learned judge from a file of pages with gold text. Needs the extra `train`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from cleancorpus.content.corpus import Folders
from cleancorpus.errors import GoldError, MissingExtra, TooDeep
from cleancorpus.evaluate.files import read_objects
from cleancorpus.segment.html import Columns, walk

_LEAST_DOMAINS: Final = 2  # one to learn from, one to test


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train; what is None is as for the weights that come with the package."""

    epochs: int | None = None
    channels: int | None = None
    seed: int | None = None

    @property
    def chosen(self) -> dict[str, Any]:
        """Those that are not None, by name."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return {name: value for name, value in values.items() if value is not None}


def train_weights(
    path: Path, folders: Folders, settings: Settings, watch: Callable[[str], object] = str
) -> dict[str, float]:
    """Train, write weights and their card into a folder, and return the figures they reached.

    The figures are word F1 by cross-validation, over all pages and by page type. `watch` is told
    what is done next, page by page while they are read; a page that costs too much to read
    teaches nothing.

    Raises:
        MissingExtra: torch is not installed.
        GoldError: a line of the file is no page with gold text, or there are too few.
    """
    package = _package()
    _check(path)

    pages = 0

    def read(html: str) -> Columns | None:
        nonlocal pages
        pages += 1
        watch(f"{pages:,} pages read")
        try:
            return walk(html)
        except TooDeep:
            return None

    plan = package.Plan(**settings.chosen)
    figures: dict[str, float] = package.train_file(path, read, folders, plan, watch)
    return figures


def _check(path: Path) -> None:
    """Read the file once and refuse what would fail late: each step leaves out a part of the sites.

    Raises:
        GoldError: naming the line, or what is missing.
    """
    if path.suffix.lower() == ".gz":
        raise GoldError(f"{path}: training reads JSONL and .zst: unpack it first")
    domains = set()
    for number, page in read_objects(path, "a page with gold text"):
        if not isinstance(page.get("html"), str) or "main_content" not in page:
            raise GoldError(f"{path}, line {number}: there are no html and main_content")
        if page["main_content"]:
            domains.add(page.get("domain") or "")
    if len(domains) < _LEAST_DOMAINS:
        raise GoldError(
            f"{path}: pages with a main_content are wanted from at least {_LEAST_DOMAINS} domains, "
            f"not from {len(domains)}"
        )


def _package() -> ModuleType:
    try:
        from cleancorpus.content import train  # noqa: PLC0415 - it imports torch, an extra
    except ModuleNotFoundError as error:
        raise MissingExtra("training needs torch: pip install 'cleancorpus[train]'") from error
    return train
