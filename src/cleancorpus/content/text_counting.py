"""What is counted of a text before any logarithm, and the compiled twin that counts it.

The twin of `text_features.count_in_python`: it is handed the columns as they are and returns the
same, to the last bit.
"""

from __future__ import annotations

from types import ModuleType
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.inputs import Groups
from cleancorpus.content.shape import MOST_CHARS, Bits, Floats, kind_bytes
from cleancorpus.content.text_columns import TextColumns
from cleancorpus.content.text_names import KINDS, SPANS, TEXT

Ints = NDArray[np.int64]


class CountedText(NamedTuple):
    """Of a text: its numbers by row, and of each line its switches, its words, how much speaks for
    it being the title, and where the spans around it begin and end.
    """

    numbers: Floats
    switches: Bits
    words: Floats
    titles: Floats
    begin: Ints
    end: Ints
    groups: Groups


def count(module: ModuleType, of: TextColumns) -> CountedText:
    """Count a text with the compiled twin."""
    found = module.count_text(
        (kind_bytes(), MOST_CHARS, KINDS),
        of.texts,
        of.keys,
        of.kinds,
        (of.words, of.link_chars, of.levels, of.gaps, of.phrases, of.is_item, of.is_indented,
         of.is_date, of.is_prose, of.is_furniture, of.is_aside),
        of.copies,
        len(set(of.keys)),
        (of.headline, of.body.start, of.body.stop),
        of.headlines,
        of.stopwords,
    )  # fmt: skip
    numbers, switches, words, titles, begin, end, group, sizes, order, starts = (
        np.frombuffer(part, kind) for part, kind in zip(found, _KINDS, strict=True)
    )
    return CountedText(
        numbers.reshape(TEXT.numbers, -1), switches.reshape(len(words), -1), words, titles,
        begin.reshape(_SPANS, -1), end.reshape(_SPANS, -1), Groups(group, sizes, order, starts),
    )  # fmt: skip


_KINDS = (np.float32, np.uint8, np.float32, np.float32, *[np.int64] * 6)
_SPANS = len(SPANS) + 1
