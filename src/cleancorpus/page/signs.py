"""The signs inside a line that may part it, and how long such lines are."""

from __future__ import annotations

from typing import Final

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
