"""What the judge wants to know of a text: reading its lines for the named filters delivers it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol


class Found(Protocol):
    """A phrase found in a line."""

    @property
    def category(self) -> str:
        """What kind of boilerplate says so."""

    @property
    def mode(self) -> str:
        """Whether it is the whole line, begins or ends it, or stands somewhere in it."""


class Line(Protocol):
    """A block measured; of these measures the judge makes its features."""

    @property
    def text(self) -> str:
        """The text as a reader sees it; may be empty."""

    @property
    def key(self) -> str:
        """Its words in lower case as one string, of a long block the first ones."""

    @property
    def words(self) -> int:
        """How many words there are, characters counted where nothing parts the words."""

    @property
    def hits(self) -> Sequence[Found]:
        """The phrases of packs in it."""

    @property
    def is_prose(self) -> bool:
        """It is running text."""

    @property
    def is_date(self) -> bool:
        """It is a date and nothing else."""

    @property
    def is_furniture(self) -> bool:
        """Phrases say that it is part of a menu, a notice or a prompt."""

    @property
    def is_aside(self) -> bool:
        """Phrases say that it is a byline or a caption."""


class Phrases(Protocol):
    """The phrases of the languages of a text."""

    @property
    def stopwords(self) -> Collection[str]:
        """Their stop words."""


class Lines(Protocol):
    """The lines of a text, and where on it things are.

    A page as the named filters read it, of which the judge reads these. Pages and phrases stand
    above the judge, so it cannot import them.
    """

    @property
    def lines(self) -> Sequence[Line]:
        """A line for each block."""

    @property
    def body(self) -> range:
        """From the first running text to the last."""

    @property
    def headlines(self) -> Collection[int]:
        """The lines that may be the headline."""

    @property
    def index(self) -> Phrases:
        """What is known of the languages of the text."""
