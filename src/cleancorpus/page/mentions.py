"""Which lines of a page speak of a thing: a page about cookies is no cookie notice."""

from __future__ import annotations

import bisect
import functools
import itertools

from cleancorpus.page.line import Line

_SPEAKING_WORDS = 8  # a line that can speak of something
_MOST_LINES = 24  # found for a stem: more never matter


class Mentions:
    """Looks stems of words up in the lines of a page that are no furniture."""

    def __init__(self, lines: list[Line]) -> None:
        """Take the page's lines; nothing is looked at before it is asked for."""
        self._lines = lines
        self._known: dict[str, list[int]] = {}

    def count(self, stem: str, at: int, own_box: int) -> int:
        """Return how many lines further than `own_box` from the one at `at` have the stem."""
        if stem not in self._known:  # so that each stem costs one pass, however often it is asked
            self._known[stem] = self._find(f" {stem}")
        return sum(abs(other - at) > own_box for other in self._known[stem])

    @functools.cached_property
    def _text(self) -> tuple[str, list[int], list[int]]:
        """The words of the lines as one text, where each line starts in it, and its index."""
        speaking = [
            at
            for at, line in enumerate(self._lines)
            if line.words >= _SPEAKING_WORDS and not line.is_furniture
        ]
        keys = [f" {self._lines[at].key}\n" for at in speaking]
        return "".join(keys), [0, *itertools.accumulate(map(len, keys))], speaking

    def _find(self, wanted: str) -> list[int]:
        text, starts, speaking = self._text
        found: list[int] = []
        place = text.find(wanted)
        while place >= 0 and len(found) < _MOST_LINES:
            number = bisect.bisect_right(starts, place) - 1
            found.append(speaking[number])
            place = text.find(wanted, starts[number + 1])
        return found
