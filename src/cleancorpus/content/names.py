"""The features by name, in the order of the network's inputs."""

from __future__ import annotations

from typing import Final

from cleancorpus.content.vocabulary import BITS

LEVELS: Final = 6
WINDOWS: Final = (2, 5, 12)
COUNTED_TAGS: Final = (
    "p", "li", "h2", "h3", "form", "table", "pre", "button", "nav", "section", "article", "td",
)  # fmt: skip
OWN_TAGS: Final = (
    ("p",), ("li",), ("div",), ("td", "th"), ("h1",), ("h2",), ("h3",), ("h4", "h5", "h6"),
    ("dd", "dt"), ("button", "summary"), ("pre",), ("blockquote",), ("figcaption", "figure"),
    ("section", "article", "main"),
)  # fmt: skip
OG_TYPES: Final = ("article", "website", "product", "other")

_WINDOW = ("words", "links", "long", "marks")
_CONTAINER = ("share", "links", "words_per_block", "long", "prose", "marks", "blocks", "place")

_SWITCHES = ("tag", "near", "above")

GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "shape": (
        "words", "chars", "link_share", "links", "word_chars", "sentence_end", "mark_share",
        "marks", "digits", "capitals", "copies",
    ),
    "place": (
        "block_share", "word_share", "blocks_before", "blocks_after", "words_before",
        "words_after",
    ),
    "headline": ("blocks_from_headline", "words_from_headline"),
    "heading": ("blocks_from_heading", "words_from_heading", "heading_level"),
    "footer": ("blocks_from_footer",),
    "long": ("next_long", "last_long"),
    **{f"window{size}": tuple(f"window{size}_{name}" for name in _WINDOW) for size in WINDOWS},
    **{
        f"container{level}": tuple(f"container{level}_{name}" for name in _CONTAINER)
        for level in range(1, LEVELS + 1)
    },
    "top": (
        "top_climb", "own_climb_to_top", "shared_with_top", "in_top", "blocks_from_top",
        "top_share", "top_links",
    ),
    "headline_tree": ("headline_climb", "own_climb_to_headline"),
    "repeats": ("repeats", "depth"),
    "group": ("group_blocks", "group_share", "group_links", "group_words_per_block"),
    "page": (
        "page_words", "page_blocks", "page_links", "page_longest", "page_prose", "page_long_share",
        "page_long", *(f"page_<{tag}>" for tag in COUNTED_TAGS), "url_chars", "url_depth",
        "url_hyphens", *(f"og_{name}" for name in OG_TYPES),
    ),
    "tag": tuple(f"own_<{tags[0]}>" for tags in OWN_TAGS),
    "near": tuple(f"near_{bit}" for bit in BITS),
    "above": tuple(f"above_{bit}" for bit in BITS),
}  # fmt: skip
"""The groups that training drops together, and that evidence speaks of."""

FEATURES: Final = tuple(name for names in GROUPS.values() for name in names)
NUMBERS: Final = sum(map(len, GROUPS.values())) - sum(len(GROUPS[name]) for name in _SWITCHES)
"""How many features are numbers; those after them are zero or one."""


def _slices() -> dict[str, slice]:
    found: dict[str, slice] = {}
    at = 0
    for group, names in GROUPS.items():
        found[group] = slice(at, at + len(names))
        at += len(names)
    return found


SLICES: Final = _slices()
"""Where each group stands among the features."""

_COUNTS = (
    "words", "chars", "links", "marks", "copies", "blocks_before", "blocks_after", "words_before",
    "words_after", "blocks_from_heading", "words_from_heading", "next_long", "last_long",
    *(f"window{size}_words" for size in WINDOWS), "top_climb", "own_climb_to_top",
    "headline_climb", "own_climb_to_headline", "repeats", "depth", "group_blocks",
    "group_words_per_block",
    *(f"container{level}_words_per_block" for level in range(1, LEVELS + 1)),
    *(f"container{level}_blocks" for level in range(1, LEVELS + 1)),
)  # fmt: skip
LOGGED: Final = [FEATURES.index(name) for name in _COUNTS]
"""Counts, which the network reads as logarithms."""
SIGNED: Final = [
    FEATURES.index(name)
    for name in (
        "blocks_from_headline", "words_from_headline", "blocks_from_footer", "blocks_from_top",
    )
]  # fmt: skip
"""Distances before or after, logarithms with a sign."""
