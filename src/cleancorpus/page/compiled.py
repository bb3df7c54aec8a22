"""The compiled twin that reads a page's lines, where it is built; it finds what Python finds.

The sources lie in cleancorpus/_page. The twin reads lines of letters that stand by themselves, as
those of Latin and Cyrillic do, and says of which lines nothing more can be found than it has
found; the others are Python's.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Sequence
from functools import cache
from types import ModuleType
from typing import Final, NamedTuple

from cleancorpus.measures.shape import DATE_GLUE, NO_DATE
from cleancorpus.measures.words import COMMON_SIGNS, tokens
from cleancorpus.page.signs import (
    BRACKETS,
    DASHES,
    DATE_WORDS,
    PARTS_WORDS,
    ROW_WORDS,
    SEPARATORS,
    is_label,
)
from cleancorpus.phrases import MODES, Hit, Index
from cleancorpus.phrases.lookup import MOST_WORDS, MULTIPLES
from cleancorpus.twins import load_twin

# Bits of lines.h.
_PLAIN, _LOWER, _UPPER, _DIGIT, _BLANK, _SEPARATOR, _DASH, _CLOSING, _UNDATED, _LETTER = (
    1 << at for at in range(10)
)
# What may be glued, as in finds.py.
_SMALL, _CAPITALS = range(ord("à"), ord("ÿ") + 1), range(ord("À"), ord("Þ") + 1)
_JAMO = range(0x1100, 0x1200)  # letters that are drawn together to one character
_FIRST_UNKNOWN = 0x3000
_BESIDE_LETTERS = "×÷"  # read as letters where words may be glued
_FIRST, _WHOLE, _SHARE, _OF_DATES, _MULTIPLE, _DATE, _GLUE = (1 << at for at in range(7))
_OF_BYLINES, _OF_CAPTIONS, _IS_LABEL = (1 << at for at in range(3))


ASK_PYTHON: Final = 0
"""The outcome of a line that the twin cannot tell enough of."""
ROW: Final = 2
"""The outcome of a line that is a row of phrases; of all others all is known."""

Looked = tuple[int, int, list[Hit] | None, bool, int]


class Read(NamedTuple):
    """What is made of each text: its key and its count of words.

    The twin adds their shapes, for itself, and the indices of the texts that it cannot read.
    """

    keys: list[str]
    words: list[int]
    shapes: bytes
    odd: list[int]


@cache
def compiled() -> ModuleType | None:
    """Return the compiled module, or nothing where it is not built or not wanted."""
    return load_twin("cleancorpus._lines")


def read_texts(module: ModuleType, texts: list[str], most_chars: int) -> Read:
    """Read so many characters of each text; one that is odd has neither key nor words."""
    return Read(*module.read(texts, _characters(), most_chars))


def look_up(module: ModuleType, index: Index, read: Read, texts: list[str]) -> list[Looked]:
    """Return what the lines hold that hold anything.

    It is the line's index, an outcome, its phrases if there are any, whether it is a date, and
    how many parts it has; of a `ROW` the phrases that it strings together, and its words.
    """
    if index.table is None:
        index.table = _table(module, index)
    found: list[Looked] = module.look_up(index.table, read.keys, read.shapes, texts, _characters())
    return found


@cache
def _characters() -> tuple[bytes, bytes]:
    """What the twin knows of characters: their kinds, and what they are when folded."""
    kinds = array("H", [0]) * _FIRST_UNKNOWN
    folded = array("H", range(_FIRST_UNKNOWN))
    for code in range(len(kinds)):
        char = chr(code)
        if char.isascii():
            kinds[code] = _LOWER * char.islower() | _UPPER * char.isupper()
            kinds[code] |= _DIGIT * char.isdigit()
            folded[code] = ord(char.lower())
        if char.isascii() or _is_punctuation(char):
            kinds[code] |= _PLAIN | _BLANK * char.isspace()
        elif _is_letter(char):
            kinds[code] = _LETTER | _LOWER * (code in _SMALL) | _UPPER * (code in _CAPITALS)
            folded[code] = ord(char.casefold())
    for signs, kind in (
        (SEPARATORS, _SEPARATOR),
        (DASHES, _DASH),
        (BRACKETS, _CLOSING),
        (NO_DATE, _UNDATED),
    ):
        for code in map(ord, signs):
            if code < len(kinds) and kinds[code]:
                kinds[code] |= kind
    return kinds.tobytes(), folded.tobytes()


def _is_letter(char: str) -> bool:
    """The character is a letter, folds to one, and is the same one whatever stands beside it."""
    letter = char.casefold()
    return (
        len(letter) == 1
        and char.isalpha()
        and letter.isalpha()
        and ord(letter) < _FIRST_UNKNOWN
        and ord(char) not in _JAMO
        and tokens(f"a{char}b{char}") == [f"a{letter}b{letter}"]
        and tokens(f"東{char}東{char}a") == ["東", letter, "東", f"{letter}a"]
    )


def _is_punctuation(char: str) -> bool:
    """The character parts words whatever stands beside it."""
    return char in COMMON_SIGNS or (
        unicodedata.category(char)[0] in "PSZ"
        and char not in _BESIDE_LETTERS
        and tokens(f"a{char}a") == ["a", "a"]
    )


def _table(module: ModuleType, index: Index) -> object:
    """The phrases and words of an index as the twin looks them up."""
    flagged: dict[str, int] = {}
    for words, flag in (
        (index.first_words, _FIRST),
        (index.row_words, _WHOLE),
        (index.share_words, _SHARE),
        (index.date_words, _OF_DATES),
        (MULTIPLES, _MULTIPLE),
        (index.dates, _DATE),
        (DATE_GLUE, _GLUE),
    ):
        for word in words:
            flagged[word] = flagged.get(word, 0) | flag
    found = list(index.arranged())
    return module.make_table(
        tuple((word.encode(), flags) for word, flags in flagged.items()),
        tuple(
            (MODES.index(mode), _uses(hit), by.encode(), key.encode())
            for mode, by, key, hit in found
        ),
        _twice([hit for *_, hit in found]),
        (MOST_WORDS, PARTS_WORDS, ROW_WORDS, DATE_WORDS),
    )


def _uses(hit: Hit) -> int:
    return (
        _OF_BYLINES * (hit.category == "byline")
        | _OF_CAPTIONS * (hit.category == "caption")
        | _IS_LABEL * is_label(hit)
    )


def _twice(hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Each as it is, and as where it is the whole line."""
    return tuple(one for hit in hits for one in (hit, hit.whole()))
