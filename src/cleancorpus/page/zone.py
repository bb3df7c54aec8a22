"""Where on a page a block lies."""

from __future__ import annotations

import enum


class Zone(enum.StrEnum):
    """Where a block lies: before the first running text, between first and last, after the last."""

    BEFORE = "before the body"
    INSIDE = "inside the body"
    AFTER = "after the body"


# Looked up on the enumeration, a member costs ten times as much (Python 3.11).
BEFORE, INSIDE, AFTER = Zone
