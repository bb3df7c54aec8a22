"""The features of all blocks of a plain text or Markdown, as arrays.

What `text_names.TEXT` lists, group by group. Without elements to stand in, a line has its shape,
its words, the phrases found in it, its neighbours and the text as a whole; sections and runs of
short lines take the place of containers.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.inputs import Bits, Features, Groups, by_group, grouped, in_logarithms
from cleancorpus.content.lines import Lines
from cleancorpus.content.text_columns import TextColumns, read_columns
from cleancorpus.content.text_counting import CountedText, count
from cleancorpus.content.text_names import KINDS, SPANS, TEXT, WINDOWS
from cleancorpus.content.text_reading import (
    CAPITALS,
    CHARS,
    FURNITURE,
    LINKED,
    LONG,
    MARKS,
    PADDING,
    PROSE,
    STOPWORDS,
    WORDS,
    Text,
    read_text,
)
from cleancorpus.document import Document, Kind

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int64]
Rows = dict[str, Floats]

_FAR: Final = 999  # lines; where there is none before or after
_SIDE: Final = 12  # lines before and after that are looked at apart
_SHORT_WORDS: Final = 7  # an entry of a menu
_TITLE_WORDS: Final = 24
_HEADING_WORDS: Final = 14
_KNOWN_SHARE: Final = 0.25  # of a title's words, that the text uses
_SCHEMES: Final = ("http://", "https://")
_PLACE_WORTH, _HEADING_WORTH = 2, 4  # words: right over the running text, a heading of Markdown
_LEAST_RUN: Final = 3  # short lines in a row that begin a section of their own
_SIZES: Final = np.array([2, 4, 8, 16, 32])  # words from which a line is of the next size
_HEADING: Final = KINDS.index(Kind.HEADING)
_ITEM: Final = KINDS.index(Kind.LIST_ITEM)
_ROW: Final = KINDS.index(Kind.TABLE_ROW)


def read_text_features(document: Document, lines: Lines) -> Features:
    """Compute the features of every block of a text that has at least one."""
    columns, module = read_columns(document, lines), compiled()
    found = count_in_python(columns) if module is None else count(module, columns)
    in_logarithms(found.numbers, TEXT)
    return Features(
        TEXT, found.numbers, found.switches, found.words, found.begin, found.end, found.groups,
        columns.headline, found.titles,
    )  # fmt: skip


def count_in_python(columns: TextColumns) -> CountedText:
    """Count a text where nothing is compiled."""
    text = read_text(columns)
    numbers = np.empty((TEXT.numbers, len(text.rows)), np.float32)
    rows = by_group(numbers, TEXT)
    is_short = (text.words <= _SHORT_WORDS) & (text.shapes.sentence_end == 0)
    run_starts = _starts_of_runs(is_short)
    sections = _starts_of_sections(text, is_short, run_starts)
    _line(text, rows)
    _place(text, rows)
    _near(text, rows)
    _windows(text, rows)
    _run(text, is_short, run_starts, rows["run"])
    begin, end = _spans_of(sections)
    _section(text, begin, end, rows["section"])
    groups = _alike(text, rows["group"])
    rows["page"][:] = _whole(text, is_short, len(sections.nonzero()[0]))[:, None]
    begins = [*(np.maximum(text.rows - size, 0) for size in SPANS), begin]
    ends = [*(np.minimum(text.rows + size + 1, len(text.rows)) for size in SPANS), end]
    return CountedText(
        numbers, _switches(text), text.words, _titles(text), np.array(begins), np.array(ends),
        groups,
    )  # fmt: skip


def _titles(text: Text) -> Floats:
    """How much speaks for each line being the title: that the text uses its words, and its place.

    Nothing speaks for a line that is too long; one that holds a phrase or is a date has -1, as
    bylines, dates and buttons may stand between a title and its text.
    """
    of, vocabulary = text.columns, text.vocabulary
    titles: Floats = vocabulary.known * np.maximum(text.words - vocabulary.stopwords, 0)
    titles[vocabulary.known < _KNOWN_SHARE] = 0
    titles[of.headlines] += _PLACE_WORTH
    if text.kinds[of.headline] == _HEADING:
        titles[of.headline] += _HEADING_WORTH
    titles[text.words > _TITLE_WORDS] = 0
    titles[[_is_address(line) for line in of.texts]] = 0
    is_phrase = text.phrases.any(axis=1) | np.array(of.is_date)
    return np.where(is_phrase, np.float32(-1), titles)


def _is_address(text: str) -> bool:
    """The text is the page's own address, which has all words of the title."""
    return text.startswith(_SCHEMES) and len(text.split()) == 1


def _line(text: Text, rows: Rows) -> None:
    it, words = text.shapes, text.words
    rows["shape"][:] = (
        words, it.chars, it.chars / words, it.sentence_end, text.openings.lead_end,
        it.marks / words, it.marks, it.digits / it.chars, it.capitals / it.chars,
        text.openings.capital_words / words, it.signs / it.chars, text.linked / it.chars,
    )  # fmt: skip
    vocabulary = text.vocabulary
    rows["stopwords"][:] = vocabulary.stopwords / words, vocabulary.stopwords
    rows["topic"][:] = vocabulary.known
    rows["layout"][:] = text.levels, text.gaps, np.append(text.gaps[1:], 0)
    rows["repeats"][:] = text.columns.copies, vocabulary.first_repeats, vocabulary.last_repeats


def _place(text: Text, rows: Rows) -> None:
    at, count, sums = text.rows, len(text.rows), text.running
    before, total = sums[WORDS, :-1], sums[WORDS, -1]
    rows["place"][:] = at / count, before / total, at, count - at, before, total - before
    rows["headline"][:] = at - text.columns.headline
    body, prose = text.columns.body, sums[PROSE] / max(sums[PROSE, -1], 1)
    rows["body"][:] = at - body.start, at - body.stop, prose[:-1], 1 - prose[1:]


def _near(text: Text, rows: Rows) -> None:
    for at, there in enumerate((text.is_long, text.is_prose > 0, text.is_furniture > 0)):
        rows["near"][2 * at : 2 * at + 2] = _distances(text.rows, there)


def _distances(at: Ints, there: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """How far the next and the last such line are from each."""
    count = len(at)
    last = np.maximum.accumulate(np.where(there, at, -_FAR))
    coming = np.minimum.accumulate(np.where(there, at, count + _FAR)[::-1])[::-1]
    return np.minimum(coming - at, _FAR), np.minimum(at - last, _FAR)


def _windows(text: Text, rows: Rows) -> None:
    count, pad, at = len(text.rows), PADDING, text.rows
    for size in WINDOWS:
        upto, start = pad + 1 + size, pad - size
        sums = text.sums[:, upto : upto + count] - text.sums[:, start : start + count]
        width = np.minimum(at + size + 1, count) - np.maximum(at - size, 0)
        words = sums[WORDS]
        rows[f"window{size}"][:] = (
            words / width, sums[LONG] / width, sums[PROSE] / width, sums[MARKS] / words,
            sums[STOPWORDS] / words, sums[FURNITURE] / width, sums[CAPITALS] / words,
            sums[LINKED] / sums[CHARS],
        )  # fmt: skip
    sums = text.sums[[LONG, FURNITURE]]
    here, after = sums[:, pad : pad + count], sums[:, pad + 1 : pad + 1 + count]
    before = here - sums[:, pad - _SIDE : pad - _SIDE + count]
    behind = sums[:, pad + 1 + _SIDE : pad + 1 + _SIDE + count] - after
    rows["sides"][:] = [part[of] / _SIDE for of in (0, 1) for part in (before, behind)]


def _starts_of_runs(is_short: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where short lines give way to others, or others to short lines."""
    return np.append(True, is_short[1:] != is_short[:-1])


def _starts_of_sections(
    text: Text, is_short: NDArray[np.bool_], run_starts: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Where headings, lines like headings over running text, and runs of short lines begin."""
    begin, end = _spans_of(run_starts)
    is_prose = text.is_prose > 0
    is_title = (text.words <= _HEADING_WORDS) & (text.shapes.sentence_end == 0) & ~is_prose
    is_title[:-1] &= is_prose[1:]
    is_title[-1] = False
    is_menu = run_starts & is_short & (end - begin >= _LEAST_RUN)
    return np.append(True, ((text.kinds == _HEADING) | is_title | is_menu)[1:])


def _spans_of(starts: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """For each line where its stretch begins and ends."""
    edges = np.append(np.flatnonzero(starts), len(starts))
    number = np.cumsum(starts) - 1
    return edges.take(number), edges.take(number + 1)


def _run(text: Text, is_short: NDArray[np.bool_], starts: NDArray[np.bool_], rows: Floats) -> None:
    """The run of short lines that a line stands in; nothing for one that is not short."""
    begin, end = _spans_of(starts)
    sums = text.running[[WORDS, FURNITURE]]
    words, furniture = sums.take(end, axis=1) - sums.take(begin, axis=1)
    blocks = end - begin
    rows[:] = (
        blocks, words / blocks, furniture / blocks,
        (text.rows - begin) / blocks,
    )  # fmt: skip
    rows *= is_short


def _section(text: Text, begin: Ints, end: Ints, rows: Floats) -> None:
    inside = text.running.take(end, axis=1) - text.running.take(begin, axis=1)
    blocks, words = end - begin, inside[WORDS]
    rows[:] = (
        blocks, words / text.running[WORDS, -1], words / blocks, inside[LONG] / blocks,
        inside[MARKS] / words, inside[FURNITURE] / blocks,
        inside[LINKED] / inside[CHARS], (text.rows - begin) / blocks, text.rows == begin,
    )  # fmt: skip


def _alike(text: Text, rows: Floats) -> Groups:
    """Lines of one kind, size, beginning and end."""
    it = text.openings
    size = np.searchsorted(_SIZES, text.words, "right")
    begins = it.is_small + 2 * it.is_capital + 3 * it.is_digit
    ends = text.shapes.sentence_end + 2 * it.lead_end
    keys = (((text.kinds * 8 + np.clip(text.levels, 0, 7)) * 6 + size) * 4 + begins) * 4 + ends
    groups = grouped(keys.astype(np.int64))
    summed = np.bincount(groups.of, text.words)
    shares = summed / text.running[WORDS, -1]
    rows[:] = [part.take(groups.of) for part in (groups.sizes, shares, summed / groups.sizes)]
    return groups


def _whole(text: Text, is_short: NDArray[np.bool_], sections: int) -> Floats:
    """What holds for the text as a whole."""
    sums, count, words, of = text.running[:, -1], len(text.rows), text.words, text.columns
    kinds = np.bincount(text.kinds, minlength=len(KINDS)) / count
    total = sums[WORDS]
    return np.array(
        [
            total, count, words.max(), sums[PROSE], _total(words[text.is_prose > 0]) / total,
            _total(words[text.is_long]) / total, is_short.mean(), sums[FURNITURE],
            sums[FURNITURE] / count, np.mean(of.is_aside), sums[LINKED] / sums[CHARS],
            sums[STOPWORDS] / total, sums[MARKS] / total, sums[CAPITALS] / total,
            _total(text.shapes.sentence_end) / count, kinds[_HEADING], kinds[_ITEM], kinds[_ROW],
            (text.gaps > 0).mean(), 1 - len(set(of.keys)) / count, len(of.body) / count, sections,
        ],
        np.float32,
    )  # fmt: skip


def _total(values: Floats) -> float:
    """The sum, exact as no sum of so many floats of 32 bits would be."""
    return float(values.sum(dtype=np.float64))


def _switches(text: Text) -> Bits:
    it, of = text.openings, text.columns
    parts = (
        text.kinds[:, None] == np.arange(len(KINDS)),
        np.stack((it.is_small, it.is_capital, it.is_digit, of.is_item, of.is_indented), axis=1),
        text.phrases,
        np.stack((of.is_date, of.is_prose, of.is_furniture, of.is_aside), axis=1),
    )
    return np.concatenate(parts, axis=1, dtype=np.uint8, casting="unsafe")
