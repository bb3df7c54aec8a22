"""What was learned of sites, frozen: on how many of its pages a block stands."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from cleancorpus.errors import RecipeError
from cleancorpus.learn.keys import SITES

Numbers = NDArray[np.int64]
_NONE: Final[Numbers] = np.zeros(0, np.int64)


def kind_of(path: str | Path) -> str:
    """Return what a file was learned of: `SITES` or `COPIES`.

    Raises:
        TableError: the file cannot be read as a table.
        MissingExtra: pyarrow is not installed.
    """
    from cleancorpus.learn.files import about  # noqa: PLC0415 - it needs an extra

    return about(path)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Table:
    """The blocks that repeat on a site, with their counts; a value that cannot change.

    `sites` are sorted; site number `n` has `pages[n]` pages, and its blocks are those from
    `starts[n]` to `starts[n + 1]` in `keys` (sorted within a site) and `documents`. Tables are
    equal if they say the same, wherever they were read from. A block costs 16 bytes. A table of
    copies has one site, the corpus, and for each block the id of the first document.
    """

    sites: tuple[str, ...] = ()
    pages: Numbers = field(default_factory=lambda: _NONE)
    starts: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))
    keys: Numbers = field(default_factory=lambda: _NONE)
    documents: Numbers = field(default_factory=lambda: _NONE)
    firsts: tuple[str, ...] = ()
    path: str = ""
    digest: bytes = field(init=False, repr=False)
    _number: dict[str, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Number the sites, and take the digest that equality and hash go by."""
        names = "\0".join((*self.sites, "", *self.firsts))
        digest = hashlib.blake2b(names.encode("utf-8", "surrogatepass"))
        for numbers in (self.pages, self.starts, self.keys, self.documents):
            numbers.setflags(write=False)
            digest.update(numbers.tobytes())
        object.__setattr__(self, "digest", digest.digest())
        object.__setattr__(self, "_number", {site: at for at, site in enumerate(self.sites)})

    @classmethod
    def read(cls, path: str | Path, what: str = SITES) -> Self:
        """Return the table of a file that `learn` wrote.

        Raises:
            TableError: the file cannot be read as a table.
            MissingExtra: pyarrow is not installed.
        """
        from cleancorpus.learn.files import read  # noqa: PLC0415 - it needs an extra

        return cls(*read(path, what), path=str(path))

    def counts(self, site: str, keys: Sequence[int]) -> tuple[int, Sequence[int]]:
        """Return how many pages the site has, and on how many of them each block stands.

        A block that does not repeat there counts 0, and so do all on a site that is not known.
        """
        pages, places = self._look_up(site, keys)
        return pages, [int(self.documents[at]) if at >= 0 else 0 for at in places]

    def copies(self, keys: Sequence[int]) -> list[tuple[int, str]]:
        """Return in how many documents of the corpus each block stands, and the first one's id."""
        _, places = self._look_up("", keys)
        return [(int(self.documents[at]), self.firsts[at]) if at >= 0 else (0, "") for at in places]

    def _look_up(self, site: str, keys: Sequence[int]) -> tuple[int, list[int]]:
        """The pages of a site, and where each key stands; -1 for those that are not there."""
        at = self._number.get(site)
        if at is None or not keys:
            return 0, [-1] * len(keys)
        start, end = int(self.starts[at]), int(self.starts[at + 1])
        wanted = np.array(keys, np.int64)
        places = np.searchsorted(self.keys[start:end], wanted)
        places[places == end - start] = 0
        places += start
        return int(self.pages[at]), np.where(self.keys[places] == wanted, places, -1).tolist()

    def __len__(self) -> int:
        """How many blocks repeat, over all sites."""
        return len(self.keys)

    def __repr__(self) -> str:
        where = f"{self.path!r}, " if self.path else ""
        return f"Table({where}{len(self.sites)} sites, {len(self)} blocks)"

    def __eq__(self, other: object) -> bool:
        """A table is equal to another that says the same."""
        return isinstance(other, Table) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __fspath__(self) -> str:
        """The file it was read from, which is how a recipe names a table."""
        if self.path or not self.sites:
            return self.path
        raise RecipeError(
            "the learned table lies in no file, so a recipe cannot name it: "
            "learn it into one (`learn(records, 'site.table')`) and read that"
        )
