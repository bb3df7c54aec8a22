"""Phrase packs: the wordings by which boilerplate is recognised, one TOML file a language.

A phrase never decides alone: a filter asks for it together with the shape and place of a line.
`docs/phrases.md` tells how a pack is written; adding a language is adding a file.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources
from typing import Any, Final

from cleancorpus.errors import PackError, UnknownLanguage
from cleancorpus.measures.words import tokens
from cleancorpus.phrases.lookup import Hit, Index, Pack, normal

CATEGORIES: Final = (
    "navigation", "byline", "caption", "related", "share", "consent", "legal",
    "comment", "advertisement", "widget", "body",
)  # fmt: skip
MODES: Final = ("exact", "starts", "ends", "contains")
# A hit may also be a label: an exact phrase before a colon, with something after it.
HIT_MODES: Final = (*MODES, "label")
_DATE_WORDS: Final = ("months", "weekdays", "relative")

__all__ = [
    "CATEGORIES",
    "HIT_MODES",
    "MODES",
    "Hit",
    "Index",
    "Pack",
    "index",
    "languages",
    "load",
    "normal",
    "parse",
    "stopword_languages",
]


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
