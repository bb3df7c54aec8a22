"""The features of plain text and Markdown by name, and how evidence says them."""

from __future__ import annotations

from typing import Final

from cleancorpus.content.medium import Cue, Medium
from cleancorpus.document import Kind

WINDOWS: Final = (2, 5, 12, 32)
SPANS: Final = (8, 32)
"""Blocks before and after that a span of neighbours reaches."""
CATEGORIES: Final = (
    "navigation", "byline", "caption", "related", "share", "consent", "legal", "comment",
    "advertisement", "widget", "body",
)  # fmt: skip
KINDS: Final = tuple(Kind)

_WINDOW = ("words", "long", "prose", "marks", "stopwords", "furniture", "capitals", "links")
_SECTION = (
    "blocks", "share", "words_per_block", "long", "marks", "furniture", "links", "place", "first",
)  # fmt: skip

_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "shape": (
        "words", "chars", "word_chars", "sentence_end", "lead_end", "mark_share", "marks",
        "digits", "capitals", "capital_words", "signs", "link_share",
    ),
    "stopwords": ("stopword_share", "stopwords"),
    "topic": ("known_share",),
    "layout": ("level", "gap_before", "gap_after"),
    "repeats": ("copies", "first_word_repeats", "last_word_repeats"),
    "place": (
        "block_share", "word_share", "blocks_before", "blocks_after", "words_before",
        "words_after",
    ),
    "headline": ("blocks_from_headline",),
    "body": ("blocks_from_body", "blocks_from_body_end", "prose_before", "prose_after"),
    "near": ("next_long", "last_long", "next_prose", "last_prose", "next_furniture",
             "last_furniture"),
    **{f"window{size}": tuple(f"window{size}_{name}" for name in _WINDOW) for size in WINDOWS},
    "sides": ("long_before", "long_after", "furniture_before", "furniture_after"),
    "run": ("run_blocks", "run_words", "run_furniture", "run_place"),
    "section": tuple(f"section_{name}" for name in _SECTION),
    "group": ("group_blocks", "group_share", "group_words_per_block"),
    "page": (
        "page_words", "page_blocks", "page_longest", "page_prose", "page_prose_share",
        "page_long_share", "page_short_share", "page_furniture", "page_furniture_share",
        "page_aside_share", "page_links", "page_stopwords", "page_marks", "page_capitals",
        "page_sentence_ends", "page_headings", "page_items", "page_rows", "page_gaps",
        "page_copies", "page_body_share", "page_sections",
    ),
    "kind": tuple(f"is_{kind}" for kind in KINDS),
    "first": ("begins_small", "begins_capital", "begins_digit", "is_item", "is_indented"),
    "phrase_is": tuple(f"is_{category}_phrase" for category in CATEGORIES),
    "phrase_in": tuple(f"has_{category}_phrase" for category in CATEGORIES),
    "finding": ("is_date", "is_prose", "is_furniture", "is_aside"),
}  # fmt: skip

_COUNTS = (
    "words", "chars", "marks", "stopwords", "copies", "first_word_repeats", "last_word_repeats",
    "blocks_before", "blocks_after", "words_before", "words_after", "next_long", "last_long",
    "next_prose", "last_prose", "next_furniture", "last_furniture",
    *(f"window{size}_words" for size in WINDOWS), "run_blocks", "run_words", "section_blocks",
    "section_words_per_block", "group_blocks", "group_words_per_block", "page_words",
    "page_blocks", "page_longest", "page_prose", "page_furniture", "page_sections",
)  # fmt: skip
_DISTANCES = ("blocks_from_headline", "blocks_from_body", "blocks_from_body_end")


def _nearby(*names: str) -> tuple[str, ...]:
    return tuple(f"window{size}_{name}" for name in names for size in WINDOWS)


_NUMBER_CUES = (
    Cue("short", "long", ("words", "chars")),
    Cue("no end of a sentence", "ends a sentence", ("sentence_end", "marks", "mark_share")),
    Cue("no colon at its end", "ends with a colon", ("lead_end",)),
    Cue("few digits", "many digits", ("digits",)),
    Cue("few capitals", "many capitals", ("capital_words", "capitals")),
    Cue("few signs", "many signs", ("signs",)),
    Cue("few links", "many links", ("link_share",)),
    Cue("few stop words", "many stop words", _GROUPS["stopwords"]),
    Cue("words that the text does not use", "words of the text", ("known_share",)),
    Cue("no copy on the page", "repeated on the page", ("copies",)),
    Cue(
        "no line begins or ends like it", "many lines begin or end like it",
        ("first_word_repeats", "last_word_repeats"),
    ),
    Cue("early on the page", "late on the page", _GROUPS["place"]),
    Cue("before the headline", "behind the headline", _GROUPS["headline"]),
    Cue("before the running text", "behind the start of the running text", ("blocks_from_body",)),
    Cue(
        "before the end of the running text", "behind the running text",
        ("blocks_from_body_end", "prose_before", "prose_after"),
    ),
    Cue("close to long text", "far from long text", ("next_long", "last_long", "next_prose",
        "last_prose")),
    Cue("close to furniture", "far from furniture", ("next_furniture", "last_furniture")),
    Cue("among short lines", "among long lines", _nearby("words", "long", "prose")),
    Cue("little punctuation around", "much punctuation around", _nearby("marks")),
    Cue("few stop words around", "many stop words around", _nearby("stopwords")),
    Cue("no furniture around", "among furniture", _nearby("furniture")),
    Cue("few capitals around", "many capitals around", _nearby("capitals")),
    Cue("among lines without links", "among links", _nearby("links")),
    Cue("not in a run of short lines", "in a run of short lines", _GROUPS["run"]),
    Cue("in a short section", "in a long section", _GROUPS["section"][:6]),
    Cue("few lines like it", "many lines like it", _GROUPS["group"]),
)  # fmt: skip
_SWITCH_CUES = (
    *(Cue("", f"a {kind.replace('-', ' ')}", (f"is_{kind}",)) for kind in KINDS),
    Cue("", "begins with a small letter", ("begins_small",)),
    Cue("", "begins with a capital", ("begins_capital",)),
    Cue("", "begins with a digit", ("begins_digit",)),
    *(
        Cue("", f"holds a {category} phrase", (f"has_{category}_phrase", f"is_{category}_phrase"))
        for category in CATEGORIES
    ),
    Cue("", "a date", ("is_date",)),
)

TEXT: Final = Medium(
    "text",
    _GROUPS,
    ("kind", "first", "phrase_is", "phrase_in", "finding"),
    _COUNTS,
    _DISTANCES,
    spans=len(SPANS) + 1,
    pooled=tuple(range(len(SPANS) + 1)),
    container=len(SPANS),
    body=1,
    cues=(*_NUMBER_CUES, *_SWITCH_CUES),
)
