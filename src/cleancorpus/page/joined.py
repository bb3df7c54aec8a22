"""Many texts searched as one."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from functools import cached_property


class Joined:
    """The texts of a page's lines as one text: a search in all of them is one search.

    Example:
        >>> Joined(["Home / News", "A ferry, at last", "5 / 7"]).lines_of("/")
        [0, 2]
    """

    def __init__(self, texts: Sequence[str], most: int | None = None) -> None:
        """Join the texts; of those that hold a thing the first `most` are found."""
        self._texts, self._most = texts, most
        self._text = "\n".join(texts)
        self._known: dict[str, list[int]] = {}

    def lines_of(self, wanted: str) -> list[int]:
        """Return the indices of the texts that hold what is wanted, in order; looked for once."""
        if wanted not in self._known:
            self._known[wanted] = self._find(wanted)
        return self._known[wanted]

    def _find(self, wanted: str) -> list[int]:
        found: list[int] = []
        place = self._text.find(wanted)
        while place >= 0 and (self._most is None or len(found) < self._most):
            at = bisect.bisect_right(self._starts, place) - 1
            found.append(at)
            place = self._text.find(wanted, self._starts[at + 1])
        return found

    @cached_property
    def _starts(self) -> list[int]:
        """Where each text begins, and past the end of the last."""
        return [0, *itertools.accumulate([len(text) + 1 for text in self._texts])]
