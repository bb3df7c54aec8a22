"""The features of all blocks of an HTML page, as arrays from the columns of a walk.

What `names.HTML` lists, group by group. The sums over windows and containers are differences
of cumulative sums, so a page costs a few array operations whatever its shape.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.columns import Columns
from cleancorpus.content.compiled import compiled
from cleancorpus.content.counting import OWN_TAG_ROWS, Counted, count
from cleancorpus.content.inputs import Bits, Features, Groups, by_group, grouped, in_logarithms
from cleancorpus.content.names import (
    COUNTED_TAGS,
    HTML,
    LEVELS,
    OG_TYPES,
    WINDOWS,
)
from cleancorpus.content.reading import (
    CHARS,
    LINKED,
    LONG,
    LONG_WORDS,
    MARKS,
    PADDING,
    PROSE_WORDS,
    WORDS,
    Page,
    read_page,
)
from cleancorpus.content.tree import meeting
from cleancorpus.content.vocabulary import BITS, CODES, HEADING_LEVELS, OUTLINE_CODES, TAGS

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_COUNTED = [CODES[tag] for tag in COUNTED_TAGS]
_FAR = 999  # blocks; where there is none before or after
_FAR_WORDS = 8_103
_FAR_BLOCKS = 1_096
_TOP_WEIGHTS = (1.0, 0.6, 0.35)  # of the nearest containers in the words that a block gives them
_WORD = re.compile(r"\w+")
_TITLE_WORDS = 3  # of a heading that shares only half of them with the title


def read_features(columns: Columns) -> Features:
    """Compute the features of every block of a page that has at least one."""
    headline, module = _headline(columns), compiled()
    if module is None:
        found = count_in_python(columns, headline)
    else:
        found = count(module, columns, headline)
    numbers = found.numbers
    in_logarithms(numbers, HTML)
    numbers[HTML.slices["page"]] = _whole(found, columns.head)[:, None]
    return Features(
        HTML, numbers, found.switches, found.words, found.begin, found.end, found.groups,
        headline, is_titled=_is_titled(columns, headline),
    )  # fmt: skip


def count_in_python(columns: Columns, headline: int) -> Counted:
    """Count a page where nothing is compiled."""
    page = read_page(columns)
    numbers = np.empty((HTML.numbers, len(page.blocks)), np.float32)
    rows = by_group(numbers, HTML)
    _shape(page, rows["shape"])
    _place(page, rows, headline)
    _windows(page, rows)
    _containers(page, rows)
    _top(page, rows["top"])
    _headline_tree(page, headline, rows["headline_tree"])
    _repeats(page, rows["repeats"])
    groups = _path_groups(page, rows["group"])
    tree, element, words = page.tree, page.element, page.words
    parent = tree.up.take(element)
    near = tree.bits.take(element) | tree.bits.take(parent) | tree.bits.take(tree.up.take(parent))
    own, above = OWN_TAG_ROWS.take(page.tags, axis=0), tree.bits_above.take(element)
    return Counted(
        numbers, np.concatenate([own, _unpacked(near), _unpacked(above)], axis=1), words,
        tree.begin.take(page.path[1:]), tree.end.take(page.path[1:]), groups,
        page.running[-1], float(words.max()), np.bincount(tree.tags, minlength=len(TAGS)),
    )  # fmt: skip


def _unpacked(masks: Ints) -> Bits:
    """The bits of masks, lowest first."""
    rows = masks.astype("<i8").view(np.uint8).reshape(len(masks), 8)
    return np.unpackbits(rows, axis=1, count=len(BITS), bitorder="little")


def _headline(columns: Columns) -> int:
    """The block of the main heading: of several the one that shares most words with the title."""
    tags = OUTLINE_CODES.take(columns.elements.tag).take(columns.element)
    found = np.flatnonzero(tags == CODES["h1"])
    if not len(found):
        found = np.flatnonzero(HEADING_LEVELS.take(tags))
    if not len(found):
        return 0
    title = set(_WORD.findall(columns.head.get("title", "").lower()))
    if len(found) == 1 or not title:
        return int(found[0])
    texts = columns.text
    shared = [len(title.intersection(_WORD.findall(texts[at].lower()))) for at in found[:200]]
    return int(found[int(np.argmax(shared))])


def _is_titled(columns: Columns, headline: int) -> bool:
    """The heading says what the page's title says, which begins with it or ends with the site."""
    heading = _WORD.findall(columns.text[headline].lower())
    title = _WORD.findall(columns.head.get("title", "").lower())
    count = len(heading)
    if not heading or title[:count] == heading:
        return bool(heading)
    shared = len(set(title).intersection(heading))
    return count >= _TITLE_WORDS and shared * 2 >= count and title[-count:] != heading


def _shape(page: Page, rows: Floats) -> None:
    it, words = page.shapes, page.words
    rows[:] = (
        words, it.chars, page.linked / it.chars, np.asarray(page.columns.links, np.float32),
        it.chars / words, it.sentence_end, it.marks / words, it.marks, it.digits / it.chars,
        it.capitals / it.chars, page.copies,
    )  # fmt: skip


def _place(page: Page, rows: dict[str, Floats], headline: int) -> None:
    blocks, before, count = page.blocks, page.before, len(page.blocks)
    total = page.running[-1, WORDS]
    rows["place"][:] = (
        blocks / count, before / total, blocks, count - blocks, before, total - before,
    )  # fmt: skip
    rows["headline"][:] = blocks - headline, before - before[headline]
    last = np.maximum.accumulate(np.where(HEADING_LEVELS.take(page.tags) > 0, blocks, -1))
    level = HEADING_LEVELS.take(page.tags.take(last))
    rows["heading"][:] = blocks - last, before - before.take(last), level
    rows["heading"][:, : int(np.searchsorted(last, 0))] = [[_FAR_BLOCKS], [_FAR_WORDS], [0]]
    tree = page.tree
    footers = np.flatnonzero((tree.tags == CODES["footer"]) & (tree.end > tree.begin))
    rows["footer"][:] = blocks - (int(tree.begin[footers[0]]) if len(footers) else count)
    long = (page.words >= 20) & (page.linked < 0.3 * page.shapes.chars)
    last = np.maximum.accumulate(np.where(long, blocks, -_FAR))
    coming = np.minimum.accumulate(np.where(long, blocks, count + _FAR)[::-1])[::-1]
    rows["long"][:] = np.minimum(coming - blocks, _FAR), np.minimum(blocks - last, _FAR)


def _windows(page: Page, rows: dict[str, Floats]) -> None:
    count, pad = len(page.blocks), PADDING
    for size in WINDOWS:
        upto, start = pad + 1 + size, pad - size
        sums = page.sums[upto : upto + count] - page.sums[start : start + count]
        width = np.minimum(page.blocks + size + 1, count) - np.maximum(page.blocks - size, 0)
        rows[f"window{size}"][:] = (
            sums[:, WORDS] / width, sums[:, LINKED] / sums[:, CHARS],
            sums[:, LONG] / width, sums[:, MARKS] / sums[:, WORDS],
        )  # fmt: skip


def _containers(page: Page, rows: dict[str, Floats]) -> None:
    begin, end = page.tree.begin.take(page.path[1:]), page.tree.end.take(page.path[1:])
    sums = page.running.take(end, axis=0)
    sums -= page.running.take(begin, axis=0)
    total = page.running[-1, WORDS]
    for level in range(LEVELS):
        inside, blocks = sums[level], end[level] - begin[level]
        words = inside[:, WORDS]
        rows[f"container{level + 1}"][:] = (
            words / total, inside[:, LINKED] / inside[:, CHARS], words / blocks,
            inside[:, LONG_WORDS] / words, inside[:, PROSE_WORDS] / words,
            inside[:, MARKS] / words, blocks,
            (page.blocks - begin[level]) / np.maximum(blocks - 1, 1),
        )  # fmt: skip


def _top(page: Page, rows: Floats) -> None:
    """Where each block stands to the container that most prose votes for, as readability does."""
    tree, words = page.tree, page.words
    voters = np.flatnonzero((words >= 10) & (page.linked < 0.35 * page.shapes.chars))
    top = 0
    if len(voters):
        votes = np.concatenate([words[voters] * weight for weight in _TOP_WEIGHTS])
        top = int(np.bincount(page.path[1:4, voters].ravel(), votes).argmax())
    climb, shared = meeting(tree, top, len(words))
    sums, first, last = page.running, int(tree.begin[top]), int(tree.end[top])
    inside, total = sums[last] - sums[first], sums[-1, WORDS]
    rows[0] = climb
    rows[1] = np.maximum(tree.depth.take(page.element) - tree.depth.take(shared), 0)
    rows[2] = (
        sums[:, WORDS].take(tree.end.take(shared)) - sums[:, WORDS].take(tree.begin.take(shared))
    ) / total
    rows[3] = climb == 0
    rows[4] = np.minimum(page.blocks - first, 0) + np.maximum(page.blocks - (last - 1), 0)
    rows[5] = inside[WORDS] / total
    rows[6] = inside[LINKED] / max(1.0, inside[CHARS])


def _headline_tree(page: Page, headline: int, rows: Floats) -> None:
    depth = page.tree.depth
    climb, shared = meeting(page.tree, int(page.element[headline]), len(page.blocks))
    rows[:] = climb, np.maximum(depth.take(page.element) - depth.take(shared), 0)


def _repeats(page: Page, rows: Floats) -> None:
    """The siblings that look like a block's element or one of the three around it."""
    tree = page.tree
    kinds = grouped(tree.up * (int(tree.signature.max()) + 1) + tree.signature)
    siblings = kinds.sizes.take(kinds.of)
    element = page.element
    most = siblings.take(element)
    for _ in range(3):
        element = tree.up.take(element)
        np.maximum(most, siblings.take(element), out=most)
    rows[:] = most, tree.depth.take(page.element)


def _path_groups(page: Page, rows: Floats) -> Groups:
    tree, words = page.tree, page.words
    kind = tree.signature.take(page.element)
    around = tree.signature.take(tree.up.take(page.element))
    groups = grouped(kind * (int(tree.signature.max()) + 1) + around)
    summed = np.bincount(groups.of, words)
    links = np.bincount(groups.of, page.linked) / np.bincount(groups.of, page.shapes.chars)
    shares, means = summed / page.running[-1, WORDS], summed / groups.sizes
    rows[:] = [part.take(groups.of) for part in (groups.sizes, shares, links, means)]
    return groups


def _whole(found: Counted, head: Mapping[str, str]) -> Floats:
    """What holds for the page as a whole."""
    sums, tags = found.sums.tolist(), found.tag_counts.tolist()
    url = head.get("canonical") or head.get("og:url") or ""
    path = url.split("//", 1)[-1].partition("/")[2].strip("/")
    kind = head.get("og:type", "none").lower()
    kinds = ["product" if "product" in kind else kind]
    kinds = [kind if kind in (*OG_TYPES, "none") else "other" for kind in kinds]
    counts = (
        sums[WORDS], len(found.words), found.longest, sums[LONG], len(path), path.count("-"),
        *(tags[code] for code in _COUNTED),
    )  # fmt: skip
    log = list(map(math.log1p, counts))
    return np.array(
        [
            log[0], log[1], sums[LINKED] / sums[CHARS], log[2], sums[PROSE_WORDS] / sums[WORDS],
            sums[LONG_WORDS] / sums[WORDS], log[3], *log[6:], log[4],
            path.count("/") + 1 if path else 0, log[5], *(kind in kinds for kind in OG_TYPES),
        ],
        np.float32,
    )  # fmt: skip
