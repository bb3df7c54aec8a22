"""The signs inside a line that may part it, how long such lines are, and what is a label."""

from __future__ import annotations

from typing import Final

from cleancorpus.phrases import Hit

PARTS_WORDS: Final = 40
"""The most words of a line that is cut into parts."""
ROW_WORDS: Final = 16
"""The most words of a row of menu words."""
DATE_WORDS: Final = 14
"""The most words of a date."""

SEPARATORS: Final = frozenset("|·•›»＞⟩→｜\u3000\t")
DASHES: Final = frozenset(">/–—-")
"""Separators too where a space stands beside them."""
BRACKETS: Final = {")": "(", "）": "（", "]": "[", "】": "【"}
"""Those that close, with those that open."""

_LABELS = ("byline", "caption", "share", "navigation")


def is_label(hit: Hit) -> bool:
    """Return whether a phrase says something where it stands before a colon."""
    return hit.category in _LABELS or " " in hit.phrase
