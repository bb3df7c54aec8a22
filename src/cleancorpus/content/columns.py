"""What the judge wants to know of a page: a walk over its elements delivers it as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from cleancorpus.outline import Elements


class Columns(Protocol):
    """A page in columns: its elements in preorder, its blocks in reading order.

    The columns of HTML segmenting, of which the judge reads these. Segmenting stands beside the
    judge, so neither imports the other.
    """

    @property
    def elements(self) -> Elements:
        """The elements, a row each."""

    @property
    def text(self) -> Sequence[str]:
        """Of each block, its text; never empty."""

    @property
    def element(self) -> Sequence[int]:
        """Of each block, the row of the element it stands in."""

    @property
    def link_chars(self) -> Sequence[int]:
        """Of each block, the characters that are link text."""

    @property
    def links(self) -> Sequence[int]:
        """Of each block, its links."""

    @property
    def words(self) -> Sequence[int]:
        """Of each block, its words cut at white space."""

    @property
    def head(self) -> Mapping[str, str]:
        """What the page says of itself: title, canonical, og:url, og:type."""
