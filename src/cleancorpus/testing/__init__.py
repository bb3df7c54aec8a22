"""Strategies and laws to test filters with, ours and yours.

Needs hypothesis: `pip install 'cleancorpus[testing]'`.
"""

from __future__ import annotations

from cleancorpus.testing.building import lay_out
from cleancorpus.testing.cost import count_work
from cleancorpus.testing.laws import (
    LAWS,
    Law,
    conserves_the_text,
    costs_linear_work,
    gives_evidence,
    is_done_after_one_pass,
    is_monotone,
    judges_alike_twice,
    leaves_alone_what_is_gone,
    raises_nothing,
    removed,
    survives_pickling,
    survives_the_recipe_round_trip,
)
from cleancorpus.testing.pages import pages
from cleancorpus.testing.strategies import (
    LINE_ENDS,
    Article,
    Part,
    articles,
    blocks,
    documents,
    texts,
)

__all__ = [
    "LAWS",
    "LINE_ENDS",
    "Article",
    "Law",
    "Part",
    "articles",
    "blocks",
    "conserves_the_text",
    "costs_linear_work",
    "count_work",
    "documents",
    "gives_evidence",
    "is_done_after_one_pass",
    "is_monotone",
    "judges_alike_twice",
    "lay_out",
    "leaves_alone_what_is_gone",
    "pages",
    "raises_nothing",
    "removed",
    "survives_pickling",
    "survives_the_recipe_round_trip",
    "texts",
]
