"""The phrases of some languages, arranged so that a line is looked up in a few steps."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from cleancorpus.measures.shape import DATE_GLUE
from cleancorpus.measures.words import tokens

_NUMBER: Final = "0"
_DIGIT: Final = re.compile(r"\d")
MULTIPLES: Final = frozenset({"k", "m", "mio"})  # 1.2K followers
_VERBS: Final = {
    "exact": "is",
    "starts": "starts with",
    "ends": "ends with",
    "contains": "holds",
    "label": "has the label",
}
_LEAST_STEM = 4
_COVER_WORDS = 6
_KNOWN_STEMS = 1_024
MOST_WORDS: Final = 120  # a longer line is prose, whatever phrase it holds


class Hit(NamedTuple):
    """A phrase found in a line: of which category, where in the line, and the phrase."""

    category: str
    mode: str
    phrase: str

    def __str__(self) -> str:
        """Say it as evidence does: `starts with 'published'`; N stands for any number."""
        return f"{_VERBS[self.mode]} '{self.phrase.replace(_NUMBER, 'N')}'"

    def whole(self) -> Hit:
        """Return a phrase that may begin or end a line, or stand in it, where it is the line."""
        return Hit(self.category, "exact", self.phrase)


@dataclass(frozen=True, slots=True)
class Pack:
    """The phrases of one language, as its file has them."""

    language: str
    name: str
    stopwords: frozenset[str]
    dates: frozenset[str]
    phrases: tuple[Hit, ...]


class Index:
    """The phrases of some languages, arranged so that a line is looked up in a few steps."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        """Arrange the phrases by their whole text, first, last and rarest word."""
        self.known: dict[str, Any] = {}  # what whole lines were found to hold
        self.dates: set[str] = set()
        self.date_words: set[str] = set(DATE_GLUE)  # a date is made of these and of numbers
        self.stopwords: set[str] = set()
        self.table: Any = None  # the same for the compiled twin, made when first asked for
        self._exact: dict[str, tuple[Hit, ...]] = {}
        self.first_words: set[str] = set()  # the first words of exact phrases
        self.row_words: set[str] = set()  # all words of exact phrases
        self.share_words: set[str] = set()  # those of share prompts: numbers stand beside them
        self._stems: dict[str, str] = {}  # of phrases that were asked for
        self._starts: dict[str, list[tuple[str, Hit]]] = {}
        self._ends: dict[str, list[tuple[str, Hit]]] = {}
        self._contains: dict[str, list[tuple[str, Hit]]] = {}
        packs = tuple(packs)
        for pack in packs:
            self.dates |= pack.dates
            self.date_words.update(word for phrase in pack.dates for word in phrase.split())
            self.stopwords |= pack.stopwords
        for pack in packs:
            for hit in pack.phrases:
                self._add(hit)

    def hits(self, found: Sequence[str]) -> tuple[Hit, ...]:
        """Return every phrase that the line of these tokens is, begins or ends with, or holds."""
        if not found or len(found) > MOST_WORDS:
            return ()
        together = "".join(found)
        has_number = not together.isalpha() and _DIGIT.search(together)
        return self.hits_of_normal(normal(found) if has_number else found)

    def hits_of_normal(self, words: Sequence[str]) -> tuple[Hit, ...]:
        """Return the same of a few tokens whose numbers are `0` already, see `normal`."""
        line = " ".join(words)
        exact, contains = self._exact.get(line, ()), self._contains
        starts, ends = self._starts.get(words[0]), self._ends.get(words[-1])
        if contains.keys().isdisjoint(words):
            words = ()
            if not (exact or starts or ends):  # as in five lines of six
                return ()
        hits = list(exact)
        padded = f" {line} "
        for key, hit in starts or ():
            if padded.startswith(key):
                hits.append(hit.whole() if key == padded else hit)
        for key, hit in ends or ():
            if padded.endswith(key):
                hits.append(hit.whole() if key == padded else hit)
        for word in words:
            if word in contains:
                for key, hit in contains[word]:
                    if key in padded:
                        hits.append(hit.whole() if key == padded else hit)
        return self.in_order(hits)

    @staticmethod
    def in_order(hits: list[Hit]) -> tuple[Hit, ...]:
        """Return each once: exact ones, then the longest; the most specific is the evidence."""
        if len(hits) > 1:
            hits = sorted(set(hits), key=lambda hit: (hit.mode != "exact", -len(hit.phrase), hit))
        return tuple(hits)

    def arranged(self) -> Iterator[tuple[str, str, str, Hit]]:
        """Yield each phrase by mode and word, or whole line, that finds it, with blanks around."""
        for line, hits in self._exact.items():
            for hit in hits:
                yield "exact", line, f" {line} ", hit
        for mode, found in (
            ("starts", self._starts),
            ("ends", self._ends),
            ("contains", self._contains),
        ):
            for word, phrases in found.items():
                for key, hit in phrases:
                    yield mode, word, key, hit

    def opens_row(self, word: str) -> bool:
        """Return whether `cover` may find something in a line that begins with this token."""
        return word in self.first_words or word[0].isdigit()

    def cover(self, found: Sequence[str]) -> tuple[Hit, ...]:
        """Return the whole-line phrases that a line strings together, if nothing else is in it.

        A menu or a row of buttons on one line: "Home About us Contact". Numbers may stand between.
        """
        if not found or not self.opens_row(found[0]):
            return ()
        words = list(found)
        if not "".join(found).isalpha():
            words = [word for word in normal(found) if word != _NUMBER]
        if not self.row_words.issuperset(words):
            return ()
        hits: list[Hit] = []
        at = 0
        while at < len(words):
            for length in range(min(_COVER_WORDS, len(words) - at), 0, -1):
                if known := self._exact.get(" ".join(words[at : at + length])):
                    hits.append(known[0])
                    at += length
                    break
            else:
                return ()
        return tuple(hits)

    def topic(self, phrase: str) -> str:
        """Return the stem of the word that tells what a phrase is about, as in a line's key.

        The stem is the first three quarters of the word, so that endings do not hide it; of a
        language without spaces it is the whole phrase.
        """
        stem = self._stems.get(phrase)
        if stem is None:
            if len(self._stems) >= _KNOWN_STEMS:
                self._stems.clear()
            stem = self._stems[phrase] = self._stem(tokens(phrase))
        return stem

    def _stem(self, words: Sequence[str]) -> str:
        if len(words) > 1 and all(len(word) == 1 for word in words):
            return " ".join(words)
        word = self._rarest(words)
        return word[: max(_LEAST_STEM, len(word) * 3 // 4)]

    def _rarest(self, words: Sequence[str]) -> str:
        return max(words, key=lambda word: (word not in self.stopwords, len(word), word))

    def _add(self, hit: Hit) -> None:
        words = normal(tokens(hit.phrase))
        if words == [_NUMBER]:  # "0:00", "© 0": any number would match
            return
        line = " ".join(words)
        key = f" {line} "
        if hit.mode == "exact":
            self.first_words.add(words[0])
            self.row_words.update(words)
            if hit.category == "share":
                self.share_words.update(words)
            self._exact[line] = (*self._exact.get(line, ()), hit)
        elif hit.mode == "starts":
            self._starts.setdefault(words[0], []).append((key, hit))
        elif hit.mode == "ends":
            self._ends.setdefault(words[-1], []).append((key, hit))
        else:
            self._contains.setdefault(self._rarest(words), []).append((key, hit))


def normal(found: Sequence[str]) -> list[str]:
    """Return tokens with every number as one `0`, so that 1,204 and 1.2K read alike.

    Example:
        >>> normal(["1", "2", "k", "shares"])
        ['0', 'shares']
    """
    words: list[str] = []
    for word in found:
        if word[0].isdigit():
            if not words or words[-1] != _NUMBER:
                words.append(_NUMBER)
        elif not (words and words[-1] == _NUMBER and word in MULTIPLES):
            words.append(word)
    return words
