"""What can be counted on a block or its text: pure functions, with their units."""

from __future__ import annotations

from cleancorpus.measures.shape import (
    LEAD,
    OPEN,
    SENTENCE,
    Ending,
    capital_share,
    digit_share,
    ending,
    has_clock,
    has_date,
    holds_quotation,
    is_date,
    link_share,
    quoted,
    shown,
    symbol_share,
)
from cleancorpus.measures.words import count_words, fold, tokens, tokens_of_each

__all__ = [
    "LEAD",
    "OPEN",
    "SENTENCE",
    "Ending",
    "capital_share",
    "count_words",
    "digit_share",
    "ending",
    "fold",
    "has_clock",
    "has_date",
    "holds_quotation",
    "is_date",
    "link_share",
    "quoted",
    "shown",
    "symbol_share",
    "tokens",
    "tokens_of_each",
]
