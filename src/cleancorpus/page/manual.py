"""Whether a page instructs: one with code to copy."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Final

from cleancorpus.document import Kind

_LISTINGS: Final = 3  # an article or a post may hold one or two


def is_manual(kinds: Iterable[Kind]) -> bool:
    """Tell from the kinds of a page's blocks whether several code listings stand on it.

    Such a page says the same of each of its steps, and names sections after what it is about.

    Example:
        >>> is_manual([Kind.CODE, Kind.LINE, Kind.CODE, Kind.CODE, Kind.LINE])
        False
        >>> is_manual([Kind.CODE, Kind.LINE, Kind.CODE, Kind.LINE, Kind.CODE])
        True
    """
    listings = sum([kind is Kind.CODE for kind, _ in itertools.groupby(kinds)])
    return listings >= _LISTINGS
