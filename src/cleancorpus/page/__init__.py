"""A document as the filters see it: each line measured once, its phrases, and where the body is.

A page is read from the blocks alone, removed ones included, so every filter and every second
pass sees the same.
"""

from __future__ import annotations

from cleancorpus.page.boxes import Box
from cleancorpus.page.layout import Page, read
from cleancorpus.page.line import BORROWED, LONG_WORDS, VERBATIM, Line
from cleancorpus.page.manual import is_manual
from cleancorpus.page.runs import Group, is_in_index
from cleancorpus.page.strays import strays
from cleancorpus.page.zone import AFTER, BEFORE, INSIDE, Zone

__all__ = [
    "AFTER",
    "BEFORE",
    "BORROWED",
    "INSIDE",
    "LONG_WORDS",
    "VERBATIM",
    "Box",
    "Group",
    "Line",
    "Page",
    "Zone",
    "is_in_index",
    "is_manual",
    "read",
    "strays",
]
