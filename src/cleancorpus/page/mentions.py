"""Which lines of a page speak of a thing: a page about cookies is no cookie notice."""

from __future__ import annotations

import functools

from cleancorpus.page.joined import Joined
from cleancorpus.page.line import Line

_SPEAKING_WORDS = 8  # a line that can speak of something
_MOST_LINES = 24  # found for a stem: more never matter


class Mentions:
    """Looks stems of words up in the lines of a page that are no furniture."""

    def __init__(self, lines: list[Line]) -> None:
        """Take the page's lines; nothing is looked at before it is asked for."""
        self._lines = lines

    def count(self, stem: str, at: int, own_box: int) -> int:
        """Return how many lines further than `own_box` from the one at `at` have the stem."""
        speaking, keys = self._speaking
        found = keys.lines_of(f" {stem}")
        return sum([abs(speaking[number] - at) > own_box for number in found])

    @functools.cached_property
    def _speaking(self) -> tuple[list[int], Joined]:
        """The lines that can speak of something, and their words."""
        speaking = [
            at
            for at, line in enumerate(self._lines)
            if line.words >= _SPEAKING_WORDS and not line.is_furniture
        ]
        return speaking, Joined([f" {self._lines[at].key}" for at in speaking], _MOST_LINES)
