"""What is counted of a page before any logarithm, and the compiled twin that counts it.

The twin of `features.count_in_python`: it is handed the columns as they are and returns the
same, to the last bit.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.columns import Columns
from cleancorpus.content.inputs import Groups
from cleancorpus.content.names import HTML, LEVELS, OWN_TAGS
from cleancorpus.content.shape import MOST_CHARS, copies_of, kind_bytes
from cleancorpus.content.vocabulary import (
    BITS,
    CODES,
    HEADING_LEVELS,
    HIDDEN,
    OUTLINE_CODES,
    PROSE_TAGS,
    TAG_BITS,
    TAGS,
    compiled_vocabulary,
)

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Bits = NDArray[np.uint8]

_TAG_CODES = 64  # the length of tables in features.h
_SUMS = 7
OWN_TAG_ROWS: Final = np.array([[tag in tags for tags in OWN_TAGS] for tag in TAGS], dtype=np.uint8)
"""For each tag the switches of a block's own element."""


class Counted(NamedTuple):
    """Of a page: the numbers by row, where those of the page as a whole are not yet filled in.

    Of each block its switches, its words, and where its containers begin and end. Of the page:
    sums over the blocks in the columns of `reading`, the most words of a block, and how many
    elements have each tag.
    """

    numbers: Floats
    switches: Bits
    words: Floats
    begin: Ints
    end: Ints
    groups: Groups
    sums: Doubles
    longest: float
    tag_counts: Doubles | Ints


def count(module: ModuleType, columns: Columns, headline: int) -> Counted:
    """Count a page with the compiled twin."""
    of, texts = columns.elements, list(columns.text)
    numbers, switches, begin, end, group, sizes, order, starts, words, whole = (
        np.frombuffer(part, kind)
        for part, kind in zip(
            module.count(
                _tables(module),
                (of.parent, of.tag, of.first_block, of.end_block, of.class_at),
                of.classes,
                (of.attribute_rows,),
                of.attribute_names,
                of.attribute_texts,
                (of.hidden_rows,),
                HIDDEN,
                (*_block_columns(columns), copies_of(texts)),
                texts,
                headline,
                HTML.numbers,
                _own_tags(),
                len(BITS),
            ),
            _KINDS,
            strict=True,
        )
    )
    return Counted(
        numbers.reshape(HTML.numbers, -1), switches.reshape(len(words), -1), words,
        begin.reshape(LEVELS, -1), end.reshape(LEVELS, -1), Groups(group, sizes, order, starts),
        whole[:_SUMS], float(whole[_SUMS]), whole[_SUMS + 1 :],
    )  # fmt: skip


_KINDS = (np.float32, np.uint8, *[np.int64] * 6, np.float32, np.float64)


def _block_columns(columns: Columns) -> tuple[object, ...]:
    """The columns of integers, as buffers of 32 bits."""
    found = (columns.element, columns.link_chars, columns.links, columns.words)
    return tuple(np.asarray(one, np.int32) for one in found)


@cache
def _tables(module: ModuleType) -> tuple[object, ...]:
    """What the twin knows of words, characters and tags."""
    tables = (
        OUTLINE_CODES.astype(np.uint8).tobytes(),
        *(_padded(one) for one in (TAG_BITS, HEADING_LEVELS, PROSE_TAGS)),
        CODES["footer"],
    )
    return compiled_vocabulary(module), kind_bytes(), MOST_CHARS, tables


@cache
def _own_tags() -> bytes:
    """The switches of each tag, for the twin."""
    return bytes(np.pad(OWN_TAG_ROWS, ((0, _TAG_CODES - len(TAGS)), (0, 0))))


def _padded(table: NDArray[np.generic]) -> bytes:
    return bytes(np.pad(table, (0, _TAG_CODES - len(TAGS))))
