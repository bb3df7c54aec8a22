"""What is counted of a page before any logarithm, and the compiled twin that counts it.

The twin of `features.count_in_python`: it is handed the columns as they are and returns the
same, to the last bit.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.columns import Columns
from cleancorpus.content.inputs import Groups
from cleancorpus.content.names import HTML, LEVELS
from cleancorpus.content.shape import MOST_CHARS, copies_of, kind_bytes
from cleancorpus.content.vocabulary import (
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

_TAG_CODES = 64  # the length of tables in features.h
_SUMS = 7


class Counted(NamedTuple):
    """Of a page: the numbers by row, where those of the page as a whole are not yet filled in.

    Of each block its tag, the bits of the elements near it and of all around it, its words, and
    where its containers begin and end. Of the page: sums over the blocks in the columns of
    `reading`, the most words of a block, and how many elements have each tag.
    """

    numbers: Floats
    tags: Ints
    near: Ints
    above: Ints
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
    numbers, tags, near, above, begin, end, group, sizes, order, starts, words, whole = (
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
            ),
            _KINDS,
            strict=True,
        )
    )
    return Counted(
        numbers.reshape(HTML.numbers, -1), tags, near, above, words, begin.reshape(LEVELS, -1),
        end.reshape(LEVELS, -1), Groups(group, sizes, order, starts), whole[:_SUMS],
        float(whole[_SUMS]), whole[_SUMS + 1 :],
    )  # fmt: skip


_KINDS = (np.float32, *[np.int64] * 9, np.float32, np.float64)


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


def _padded(table: NDArray[np.generic]) -> bytes:
    return bytes(np.pad(table, (0, _TAG_CODES - len(TAGS))))
