"""Scores against what people wrote down: labels of lines, and the text that belongs to a page."""

from __future__ import annotations

from cleancorpus.evaluate.diff import diff_page
from cleancorpus.evaluate.gold import Answers, GoldPage, read_pages
from cleancorpus.evaluate.lines import (
    OWN_LABEL,
    STAYS,
    LabelledPage,
    LineScores,
    read_labelled,
    score_lines,
)
from cleancorpus.evaluate.pages import (
    WORST,
    PageMeans,
    PageScore,
    PageScores,
    Snippets,
    WordScore,
    WorstPage,
    find_snippets,
    score_page,
    score_pages,
    word_score,
    words,
)

__all__ = [
    "OWN_LABEL",
    "STAYS",
    "WORST",
    "Answers",
    "GoldPage",
    "LabelledPage",
    "LineScores",
    "PageMeans",
    "PageScore",
    "PageScores",
    "Snippets",
    "WordScore",
    "WorstPage",
    "diff_page",
    "find_snippets",
    "read_labelled",
    "read_pages",
    "score_lines",
    "score_page",
    "score_pages",
    "word_score",
    "words",
]
