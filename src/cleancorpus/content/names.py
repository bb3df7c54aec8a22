"""The features of HTML by name, and how evidence says them."""

from __future__ import annotations

from typing import Final

from cleancorpus.content.medium import Cue, Medium
from cleancorpus.content.vocabulary import BITS, CATEGORIES

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

_GROUPS: Final[dict[str, tuple[str, ...]]] = {
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

_COUNTS = (
    "words", "chars", "links", "marks", "copies", "blocks_before", "blocks_after", "words_before",
    "words_after", "blocks_from_heading", "words_from_heading", "next_long", "last_long",
    *(f"window{size}_words" for size in WINDOWS), "top_climb", "own_climb_to_top",
    "headline_climb", "own_climb_to_headline", "repeats", "depth", "group_blocks",
    "group_words_per_block",
    *(f"container{level}_words_per_block" for level in range(1, LEVELS + 1)),
    *(f"container{level}_blocks" for level in range(1, LEVELS + 1)),
)  # fmt: skip
_DISTANCES = (
    "blocks_from_headline", "words_from_headline", "blocks_from_footer", "blocks_from_top",
)  # fmt: skip
_POOLED_LEVELS = (1, 3, 5)
_BODY_LEVEL = 5  # measured: wider was better


def _around(name: str) -> tuple[str, ...]:
    return tuple(f"container{level}_{name}" for level in range(1, LEVELS + 1))


def _nearby(name: str) -> tuple[str, ...]:
    return tuple(f"window{size}_{name}" for size in WINDOWS)


_NUMBER_CUES = (
    Cue("short", "long", ("words", "chars")),
    Cue("few links", "many links", ("link_share", "links")),
    Cue("no end of a sentence", "ends a sentence", ("sentence_end", "marks", "mark_share")),
    Cue("few digits", "many digits", ("digits",)),
    Cue("few capitals", "many capitals", ("capitals",)),
    Cue("no copy on the page", "repeated on the page", ("copies",)),
    Cue("early on the page", "late on the page", _GROUPS["place"]),
    Cue("before the headline", "behind the headline", _GROUPS["headline"]),
    Cue("close to a heading", "far from a heading", _GROUPS["heading"][:2]),
    Cue("above the footer", "at or under the footer", _GROUPS["footer"]),
    Cue("close to long text", "far from long text", _GROUPS["long"]),
    Cue("among short blocks", "among long blocks", (*_nearby("words"), *_nearby("long"))),
    Cue("among blocks without links", "among links", _nearby("links")),
    Cue("little punctuation around", "much punctuation around", _nearby("marks")),
    Cue("in a small container", "in a large container", (*_around("share"), *_around("blocks"))),
    Cue("in a container without links", "in a container of links", _around("links")),
    Cue(
        "in a container of short blocks", "in a container of long blocks",
        (*_around("words_per_block"), *_around("long"), *_around("prose"), *_around("marks")),
    ),
    Cue(
        "outside the main text", "inside the main text",
        ("in_top", "own_climb_to_top", "top_climb", "shared_with_top", "blocks_from_top"),
    ),
    Cue("close to the headline's container", "far from the headline's container",
        _GROUPS["headline_tree"]),
    Cue("few siblings like it", "many siblings like it", ("repeats",)),
    Cue("few blocks like it", "many blocks like it", ("group_blocks",)),
)  # fmt: skip
_TAG_CUES = tuple(Cue("", f"in a {name.removeprefix('own_')}", (name,)) for name in _GROUPS["tag"])


def _bit_cue(bit: str) -> Cue:
    features = (f"above_{bit}", f"near_{bit}")
    if bit in CATEGORIES:
        return Cue("", f"inside an element named for {bit}", features)
    return Cue("", "hidden by the page" if bit == "hidden" else f"inside {bit}", features)


HTML: Final = Medium(
    "html",
    _GROUPS,
    ("tag", "near", "above"),
    _COUNTS,
    _DISTANCES,
    LEVELS,
    tuple(level - 1 for level in _POOLED_LEVELS),
    0,
    _BODY_LEVEL - 1,
    (*_NUMBER_CUES, *_TAG_CUES, *map(_bit_cue, BITS)),
)
