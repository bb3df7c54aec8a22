"""Phrase packs: the wordings by which boilerplate is recognised, one TOML file a language.

A phrase never decides alone: a filter asks for it together with the shape and place of a line.
`docs/phrases.md` tells how a pack is written; adding a language is adding a file.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any, Final, NamedTuple

from cleancorpus.errors import PackError, UnknownLanguage
from cleancorpus.measures.words import tokens

CATEGORIES: Final = (
    "navigation", "byline", "caption", "related", "share", "consent", "legal",
    "comment", "advertisement", "widget", "body",
)  # fmt: skip
MODES: Final = ("exact", "starts", "ends", "contains")
# A hit may also be a label: an exact phrase before a colon, with something after it.
HIT_MODES: Final = (*MODES, "label")
_DATE_WORDS: Final = ("months", "weekdays", "relative")
_NUMBER: Final = "0"
_DIGIT: Final = re.compile(r"\d")
_MULTIPLES: Final = frozenset({"k", "m", "mio"})  # 1.2K followers
_LEAST_STEM = 4
_COVER_WORDS = 6
_MOST_WORDS = 120  # a longer line is prose, whatever phrase it holds


class Hit(NamedTuple):
    """A phrase found in a line: of which category, where in the line, and the phrase."""

    category: str
    mode: str
    phrase: str

    def __str__(self) -> str:
        """Say it as evidence does: `starts with 'published'`; N stands for any number."""
        verb = {
            "exact": "is",
            "starts": "starts with",
            "ends": "ends with",
            "contains": "holds",
            "label": "has the label",
        }
        said = self.phrase.replace(_NUMBER, "N")
        return f"{verb[self.mode]} '{said}'"


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
        self.dates: set[str] = set()
        self.stopwords: set[str] = set()
        self._exact: dict[str, tuple[Hit, ...]] = {}
        self._first: set[str] = set()  # the first words of exact phrases
        self._starts: dict[str, list[tuple[str, Hit]]] = {}
        self._ends: dict[str, list[tuple[str, Hit]]] = {}
        self._contains: dict[str, list[tuple[str, Hit]]] = {}
        packs = tuple(packs)
        for pack in packs:
            self.dates |= pack.dates
            self.stopwords |= pack.stopwords
        for pack in packs:
            for hit in pack.phrases:
                self._add(hit)

    def hits(self, found: Sequence[str]) -> tuple[Hit, ...]:
        """Return every phrase that the line of these tokens is, begins or ends with, or holds."""
        if not found or len(found) > _MOST_WORDS:
            return ()
        words, line = found, " ".join(found)
        if _DIGIT.search(line):
            words = normal(found)
            line = " ".join(words)
        hits = list(self._exact.get(line, ()))
        padded = f" {line} "
        for key, hit in self._starts.get(words[0], ()):
            if padded.startswith(key):
                hits.append(_whole(hit) if key == padded else hit)
        for key, hit in self._ends.get(words[-1], ()):
            if padded.endswith(key):
                hits.append(_whole(hit) if key == padded else hit)
        contains = self._contains
        for word in words:
            if word in contains:
                for key, hit in contains[word]:
                    if key in padded:
                        hits.append(_whole(hit) if key == padded else hit)
        # Exact ones first, then the longest: the most specific phrase is the evidence.
        if len(hits) > 1:
            hits = sorted(set(hits), key=lambda hit: (hit.mode != "exact", -len(hit.phrase), hit))
        return tuple(hits)

    def cover(self, found: Sequence[str]) -> tuple[Hit, ...]:
        """Return the whole-line phrases that a line strings together, if nothing else is in it.

        A menu or a row of buttons on one line: "Home About us Contact". Numbers may stand between.
        """
        if not found or (found[0] not in self._first and not found[0][0].isdigit()):
            return ()
        words = [word for word in normal(found) if word != _NUMBER]
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
        words = tokens(phrase)
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
            self._first.add(words[0])
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
        elif not (words and words[-1] == _NUMBER and word in _MULTIPLES):
            words.append(word)
    return words


def _whole(hit: Hit) -> Hit:
    """A phrase that may begin or end a line, where it is the whole line."""
    return Hit(hit.category, "exact", hit.phrase)


@functools.cache
def languages() -> tuple[str, ...]:
    """Return the languages that have a pack, by their two-letter codes, sorted."""
    folder = resources.files("cleancorpus.phrases")
    names = (file.name for file in folder.iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@functools.cache
def load(language: str) -> Pack:
    """Return the pack of a language.

    Raises:
        UnknownLanguage: there is no such pack.
        PackError: the file does not have the form of a pack.
    """
    if language not in languages():
        raise UnknownLanguage(language, languages())
    return parse(_text(language), f"{language}.toml")


def _text(language: str) -> str:
    file = resources.files("cleancorpus.phrases") / f"{language}.toml"
    return file.read_text(encoding="utf-8")


def parse(text: str, file_name: str) -> Pack:
    """Read a pack from its TOML.

    Raises:
        PackError: the text is not TOML, or a table, mode or phrase is none that packs have; the
            message names the file and the place.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file_name}: {error}") from error
    for needed in ("language", "name", "stopwords"):
        if needed not in data:
            raise PackError(f"{file_name}: {needed} is missing")
    language, name = data.pop("language"), data.pop("name")
    stopwords = _strings(data.pop("stopwords"), f"{file_name}: stopwords")
    dates = _table(data.pop("dates", {}), f"{file_name}: [dates]", _DATE_WORDS)
    return Pack(
        language,
        name,
        frozenset(word for phrase in stopwords for word in tokens(phrase)),
        frozenset(
            " ".join(tokens(phrase))
            for kind, words in dates.items()
            for phrase in _strings(words, f"{file_name}: dates.{kind}")
        ),
        tuple(_phrases(data, file_name)),
    )


def _phrases(data: dict[str, Any], file_name: str) -> Iterable[Hit]:
    for category, modes in _table(data, file_name, CATEGORIES).items():
        for mode, phrases in _table(modes, f"{file_name}: [{category}]", MODES).items():
            where = f"{file_name}: {category}.{mode}"
            for phrase in _strings(phrases, where):
                if not tokens(phrase):
                    raise PackError(f"{where} has {phrase!r}, without a word")
                yield Hit(category, mode, phrase)


def _table(value: object, where: str, known: Sequence[str]) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PackError(f"{where} is no table")
    for key in value:
        if key not in known:
            raise PackError(f"{where} has {key!r}, which is not one of {', '.join(known)}")
    return value


def _strings(value: object, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise PackError(f"{where} is no list of strings")
    return value


@functools.cache
def stopword_languages() -> dict[str, tuple[str, ...]]:
    """Return for every stop word of any pack the languages that have it.

    Only the head of each file is read, up to its first table: most packs are never needed.
    """
    found: dict[str, tuple[str, ...]] = {}
    for language in languages():
        head = _text(language).partition("\n[")[0]
        for phrase in tomllib.loads(head)["stopwords"]:
            for word in tokens(phrase):
                if language not in found.get(word, ()):
                    found[word] = (*found.get(word, ()), language)
    return found


@functools.lru_cache(maxsize=64)
def index(*wanted: str) -> Index:
    """Return the index over the packs of these languages."""
    return Index(load(language) for language in wanted)
