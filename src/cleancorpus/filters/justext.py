"""What jusText, reading the same blocks, does not call good."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from cleancorpus.document import Document, Removal
from cleancorpus.errors import OptionError
from cleancorpus.options import check_at_least, check_share, option
from cleancorpus.peers.justext import (
    BAD,
    GOOD,
    LANGUAGES,
    SHORT,
    Classed,
    Limits,
    classify,
    language_of,
)

AUTO: Final = "auto"
NONE: Final = "none"
_SOURCE: Final = "jusText 3.0"


@dataclass(frozen=True, slots=True)
class JusText:
    r"""Remove what jusText's rules of length, links and stop words call boilerplate.

    Removes:
        Blocks of many links, with a copyright sign or of few stop words, short blocks with links,
        and whatever short stands among such blocks. Buttons and other controls, which jusText
        does not read.

    Keeps:
        Long blocks full of stop words, and short ones and headings next to these.
        Known miss: short lines that belong to the text (list items, table rows, verse) go where
        no long paragraph stands near, and short notices between two long paragraphs stay.

    Example:
        >>> from cleancorpus import Chain, clean
        >>> page = "<a href='/'>Home</a><p>Ferry<p>The ferry is back in the harbour, and it " \
        ...     "carries as many cars as before the storm of last week."
        >>> [one.because for one in clean(page, "html", chain=Chain((JusText(),))).removals][:1]
        ["jusText class 'bad': link density 1 over 0.2"]

    Cost:
        One look at each word of a block; the stop words of a language are read once.
    """

    language: str = option(
        AUTO,
        unit="code of a language; auto: the page's own, else the likeliest; none: no stop words",
        source="none: a guess",
    )
    max_link_density: float = option(
        0.2, unit="link characters per character, 0 to 1", source=_SOURCE
    )
    length_low: int = option(70, unit="characters under which a block is short", source=_SOURCE)
    length_high: int = option(
        200, unit="characters over which a block may be good by itself", source=_SOURCE
    )
    stopwords_low: float = option(
        0.3, unit="stop words per word under which a block is bad, 0 to 1", source=_SOURCE
    )
    stopwords_high: float = option(
        0.32, unit="stop words per word from which a long block is good, 0 to 1", source=_SOURCE
    )
    max_heading_distance: int = option(
        200, unit="characters from a heading to the good block under it", source=_SOURCE
    )

    name: ClassVar[str] = "justext"

    def __post_init__(self) -> None:
        """Check the options."""
        if self.language not in (AUTO, NONE, *LANGUAGES):
            raise OptionError(
                f"language must be {AUTO}, {NONE} or the code of a language that jusText has stop "
                f"words for, such as en, not {self.language!r}"
            )
        for name in ("max_link_density", "stopwords_low", "stopwords_high"):
            check_share(name, getattr(self, name))
        for name in ("length_low", "length_high", "max_heading_distance"):
            check_at_least(name, getattr(self, name), 0)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Class all blocks, removed ones too, and remove those that do not end up good.

        Raises:
            MissingExtra: jusText is not installed.
        """
        for at, found in enumerate(classify(document, self._language(document), self._limits)):
            if found is not None and found.final != GOOD and document.is_kept(at):
                yield Removal(at, self.name, self._evidence(found))

    def _language(self, document: Document) -> str | None:
        if self.language == AUTO:
            return language_of(document)
        return None if self.language == NONE else self.language

    @property
    def _limits(self) -> Limits:
        return Limits(
            self.length_low,
            self.length_high,
            self.stopwords_low,
            self.stopwords_high,
            self.max_link_density,
            self.max_heading_distance,
        )

    def _evidence(self, found: Classed) -> str:
        if found.dropped:
            return f"jusText reads no <{found.dropped}>"
        if found.own == BAD:
            return f"jusText class '{BAD}': {self._own_fault(found)}"
        numbers = f"{found.chars} characters"
        if found.own != SHORT:
            numbers += f", stop word density {found.stopword_density:.3g}"
        return (
            f"jusText class '{found.own}' ({numbers}), then '{BAD}': "
            f"'{found.before}' before and '{found.after}' after it"
        )

    def _own_fault(self, found: Classed) -> str:
        """Which of the rules, in their order, spoke against a block."""
        if found.link_density > self.max_link_density:
            return f"link density {found.link_density:.3g} over {self.max_link_density:g}"
        if found.has_copyright:
            return "it holds a copyright sign"
        if found.chars < self.length_low:
            return f"{found.chars} characters with link text among them"
        return f"stop word density {found.stopword_density:.3g} under {self.stopwords_low:g}"
