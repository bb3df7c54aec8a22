"""The shape of a line: how it ends, its shares of digits, capitals, symbols and links, dates."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from cleancorpus.document import Block

_CLOSING: Final = "\"'”’»›）)]」』】*_ "
# Words between quotation marks; of scripts without spaces, characters.
_QUOTATION: Final = re.compile(
    r'(?:["“”„»「『‟]|«\s?)(?:[^\s"“”„«»」』]+\s+){3}[^"“”„«»」』]{2,2000}["“”«»]|[「『“][^」』”]{8,2000}[」』”]'
)
_SENTENCE_ENDS: Final = frozenset(".!?…。！？．।॥؟۔។။։")
_LEADS: Final = frozenset(":：")


class Ending(enum.IntEnum):
    """How a line ends: like a sentence, with a colon that leads on, or neither."""

    OPEN = 0
    SENTENCE = 1
    LEAD = 2


# Looked up on the enumeration, a member costs ten times as much (Python 3.11).
OPEN, SENTENCE, LEAD = Ending


def shown(block: Block) -> str:
    """Return the block's text as a reader sees it, without inline markup."""
    return block.text if block.shown is None else block.shown


def quoted(text: str, chars: int = 40) -> str:
    r"""Return the start of a text in one line, for evidence that quotes it.

    Example:
        >>> quoted("Two\nlines of text", 12)
        'Two lines of'
    """
    return " ".join(text.split(None, chars)[:chars])[:chars]  # a word has a character at least


def link_share(block: Block) -> float:
    """Return the share of the shown text that is link text, 0 to 1 by code points.

    Example:
        >>> link_share(Block("Read the notes", link_chars=7))
        0.5
    """
    text = shown(block)
    return min(block.link_chars / len(text), 1.0) if text else 0.0


def holds_quotation(text: str) -> bool:
    """Return whether somebody is quoted in a text: several words between quotation marks.

    Example:
        >>> holds_quotation("He said: “We knew nothing of it.”"), holds_quotation("Press “OK”")
        (True, False)
    """
    return _QUOTATION.search(text) is not None


def ending(text: str) -> Ending:
    """Return how a text ends, closing quotes and brackets passed over.

    Example:
        >>> ending("He left.”"), ending("Contents:"), ending("About us")
        (<Ending.SENTENCE: 1>, <Ending.LEAD: 2>, <Ending.OPEN: 0>)
    """
    last = text[-1:]
    if last in _CLOSING:
        last = text.rstrip(_CLOSING)[-1:]
    if last in _SENTENCE_ENDS:
        return SENTENCE
    return LEAD if last in _LEADS else OPEN


def digit_share(text: str) -> float:
    """Return the share of code points that are decimal digits, 0 to 1."""
    return sum(map(str.isdecimal, text)) / len(text) if text else 0.0


def symbol_share(text: str) -> float:
    """Return the share of code points that are neither letter, mark, digit nor space, 0 to 1."""
    if not text:
        return 0.0
    plain = sum(char.isalnum() or char.isspace() for char in text)
    return 1 - plain / len(text)


def capital_share(text: str) -> float:
    """Return the share of words that begin with a capital or a caseless letter, 0 to 1.

    Words of up to three letters, which titles leave small, are not counted unless all are.

    Example:
        >>> capital_share("Tips for Selecting Motors"), capital_share("The motor stops when hot")
        (1.0, 0.0)
    """
    words = [word for word in text.split() if word[0].isalpha()]
    long = [word for word in words if len(word) > 3] or words
    return sum(not word[0].islower() for word in long) / len(long) if long else 0.0


# What stands between the parts of a date, in the languages of the packs: prepositions, times of
# day, time zones, ordinal endings, and the day, hour and minute signs of East Asia.
DATE_GLUE: Final = frozenset(
    [
        "at",
        "on",
        "the",
        "of",
        "and",
        "am",
        "pm",
        "a",
        "m",
        "p",
        "st",
        "nd",
        "rd",
        "th",
        "uhr",
        "um",
        "le",
        "à",
        "h",
        "de",
        "del",
        "às",
        "as",
        "a",
        "las",
        "alle",
        "ore",
        "kl",
        "o",
        "clock",
        "gmt",
        "utc",
        "cet",
        "cest",
        "ist",
        "et",
        "est",
        "edt",
        "pt",
        "pst",
        "pdt",
        "ct",
        "cst",
        "cdt",
        "bst",
        "jst",
        "kst",
        "msk",
        "z",
        "t",
        "г",
        "в",
        "от",
        "года",
        "vom",
        "am",
        "time",
        "local",
        "since",
        "dated",
        "年",
        "月",
        "日",
        "时",
        "時",
        "分",
        "秒",
        "点",
        "點",
        "上",
        "下",
        "午",
        "前",
        "後",
        "周",
        "星",
        "期",
        "曜",
        "년",
        "월",
        "일",
        "시",
        "분",
        "오전",
        "오후",
        "ngày",
        "tháng",
        "năm",
        "lúc",
        "pukul",
        "wib",
        "tanggal",
        "saat",
        "tarihi",
        "saat",
        "godz",
        "r",
        "於",
        "于",
    ]
)
_NUMERIC_DATE: Final = re.compile(
    r"(?<!\d)(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2}))(?!\d)"
)
_CLOCK: Final = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?!\d)")
_DIGIT: Final = re.compile(r"\d")
NO_DATE: Final = frozenset("%$€£¥₹₽+=")
_EAST_ASIAN_CLOCK: Final = re.compile(r"\d{1,2}\s?[時时点點시](?:\s?\d{1,2}\s?[分분])?")
_EAST_ASIAN_DATE: Final = re.compile(
    r"\d{1,4}\s?[年년]\s?\d{1,2}\s?[月월](?:\s?\d{1,2}\s?[日일])?|\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
)


def has_clock(text: str) -> bool:
    """Return whether a time of day stands in the text."""
    return _CLOCK.search(text) is not None


def has_date(text: str, words: Sequence[str], date_words: AbstractSet[str]) -> bool:
    """Return whether a line holds a date: a number beside a month's name, or figures alone.

    Example:
        >>> has_date("Last seen 2024-03-12 by boat", [], set())
        True
    """
    if any(word in date_words for word in words) and any(word[0].isdigit() for word in words):
        return True
    return bool(_NUMERIC_DATE.search(text) or _EAST_ASIAN_DATE.search(text))


def is_date(text: str, words: Sequence[str], date_words: AbstractSet[str]) -> bool:
    """Return whether a line is a date or time and nothing else but glue.

    `words` are the line's tokens, `date_words` the names of months and days and the words of
    relative dates.

    Example:
        >>> is_date("Oct 14, 2025 10:33 AM", ["oct", "14", "2025", "10", "33", "am"], {"oct"})
        True
        >>> is_date("In May 2025 it rained", ["in", "may", "2025", "it", "rained"], {"may"})
        False
    """
    if not _DIGIT.search(text):
        return " ".join(words) in date_words
    spoken = [word for word in words if not word[0].isdigit()]
    is_named = False
    for word in spoken:
        if word in date_words:
            is_named = True
        elif word not in DATE_GLUE and " ".join(spoken) not in date_words:
            return False
    if not NO_DATE.isdisjoint(text):
        return False
    if is_named or " ".join(spoken) in date_words:
        return True
    left = text
    for pattern in (_NUMERIC_DATE, _EAST_ASIAN_DATE, _EAST_ASIAN_CLOCK, _CLOCK):
        left = pattern.sub("", left)
    return left != text and not any(char.isdecimal() for char in left)
