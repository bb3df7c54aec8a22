"""Pages with gold text as flat arrays: what training and scoring read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.cut import kept
from cleancorpus.content.inputs import Features, as_matrix
from cleancorpus.content.labels import targets, words_of
from cleancorpus.content.medium import Medium
from cleancorpus.errors import RecordError
from cleancorpus.unpacking import packing_of, unpacked

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Found = tuple[Sequence[str], Features]

NOT_GOLD = -1
"""What stands for a word that the gold text does not hold."""


@dataclass(frozen=True, slots=True)
class Folders:
    """Where training puts what: the weights, those of each fold, and what it may find again."""

    weights: Path
    folds: Path | None = None
    cache: Path | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """How a line of a training file becomes the texts and features of its blocks.

    `field` holds the page; `features` returns `None` for one that has no block. `plan` says
    where training departs from the plan's defaults.
    """

    medium: Medium
    field: str
    features: Callable[[Mapping[str, Any]], Found | None]
    plan: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages one after the other: `starts` says where the blocks of each begin.

    `found` holds the words of all blocks as their numbers in the page's gold text, which
    `gold` counts; so a page is scored without its text.
    """

    medium: Medium
    domains: NDArray[np.str_]
    kinds: NDArray[np.str_]
    starts: Ints
    inputs: NDArray[np.float16]
    begin: Ints
    end: Ints
    groups: Ints
    words: Floats
    targets: Floats
    found: Ints
    found_starts: Ints
    gold: Ints
    gold_starts: Ints

    def __len__(self) -> int:
        """Return the number of pages."""
        return len(self.domains)

    def rows_of(self, chosen: Ints) -> NDArray[np.bool_]:
        """Which blocks are of the chosen pages."""
        inside = np.zeros(len(self), np.bool_)
        inside[chosen] = True
        return np.repeat(inside, np.diff(self.starts))

    def shares(self) -> Floats:
        """What each block counts on its page: its words."""
        page = np.repeat(np.arange(len(self)), np.diff(self.starts))
        totals = np.bincount(page, self.words, len(self))
        found: Floats = (self.words / np.maximum(totals, 1)[page]).astype(np.float32)
        return found

    def score(self, page: int, probabilities: Floats, leaning: float = 1.0) -> float:
        """The word F1 of a page when the blocks over its cut are kept."""
        first, last = self.starts[page], self.starts[page + 1]
        gold = self.gold[self.gold_starts[page] : self.gold_starts[page + 1]]
        links = self.inputs[first : first + 1, self.medium.features.index("page_links")]
        chosen = kept(probabilities, self.words[first:last], leaning, float(links.sum()))
        lengths = np.diff(self.found_starts[first : last + 1])
        found = self.found[self.found_starts[first] : self.found_starts[last]]
        found = found[np.repeat(chosen, lengths)]
        total = len(found) + int(gold.sum())
        if not total:
            return 1.0
        counts = np.bincount(found[found != NOT_GOLD], minlength=len(gold))
        return 2 * float(np.minimum(counts, gold).sum()) / total


_ARRAYS: Final = tuple(field.name for field in fields(Pages) if field.name != "medium")


@dataclass(frozen=True, slots=True)
class _Part:
    features: Features | None
    targets: Floats
    texts: Sequence[str]
    gold: str
    domain: str
    kind: str


def prepare(records: Iterable[dict[str, Any]], read: Read) -> Pages:
    """Read, measure and label all pages."""
    parts = [_part(record, read.features(record)) for record in records]
    return Pages(read.medium, **_joined(parts, read.medium))


def prepared(
    path: Path, records: Iterable[dict[str, Any]], read: Read, folder: Path | None
) -> Pages:
    """Return the pages from the cache in `folder` where the same file was prepared before."""
    if folder is None:
        return prepare(records, read)
    digest = hashlib.sha256("\n".join(read.medium.features).encode())
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    place = folder / f"pages-{digest.hexdigest()[:16]}.npz"
    if not place.exists():
        pages = prepare(records, read)
        folder.mkdir(parents=True, exist_ok=True)
        part = place.with_suffix(".part.npz")
        np.savez(part, **{name: getattr(pages, name) for name in _ARRAYS})
        part.rename(place)
    with np.load(place, allow_pickle=False) as arrays:
        return Pages(read.medium, **arrays)


def _part(record: dict[str, Any], read: Found | None) -> _Part:
    gold = record["main_content"] or ""
    domain, kind = record.get("domain") or "", record.get("page_type") or ""
    if read is None:
        return _Part(None, np.zeros(0, np.float32), (), gold, domain, kind)
    texts, features = read
    return _Part(features, targets(texts, gold), texts, gold, domain, kind)


def _joined(parts: Sequence[_Part], medium: Medium) -> dict[str, NDArray[Any]]:
    read = [part.features for part in parts if part.features is not None]
    found, lengths, gold = _gold_words(parts)
    wide = np.zeros((0, len(medium.features)), np.float16)
    spans = np.zeros((0, medium.spans), np.int64)
    return {
        "domains": np.array([part.domain for part in parts]),
        "kinds": np.array([part.kind for part in parts]),
        "starts": np.cumsum([0, *(len(part.texts) for part in parts)]),
        "inputs": np.concatenate([wide, *(as_matrix(one).astype(np.float16) for one in read)]),
        "begin": np.concatenate([spans, *(one.begin.T for one in read)]),
        "end": np.concatenate([spans, *(one.end.T for one in read)]),
        "groups": np.concatenate([spans[:, 0], *(one.groups.of for one in read)]),
        "words": np.concatenate([np.zeros(0, np.float32), *(one.words for one in read)]),
        "targets": np.concatenate([part.targets for part in parts]),
        "found": np.array([number for one in found for number in one], np.int64),
        "found_starts": np.cumsum([0, *lengths]),
        "gold": np.array([count for counts in gold for count in counts], np.int64),
        "gold_starts": np.cumsum([0, *map(len, gold)]),
    }


def _gold_words(parts: Sequence[_Part]) -> tuple[list[list[int]], list[int], list[list[int]]]:
    """For each page its words by number, for each block how many, for each page the gold counts."""
    found: list[list[int]] = []
    lengths: list[int] = []
    gold: list[list[int]] = []
    for part in parts:
        counts = Counter(words_of(part.gold))
        numbers = {word: number for number, word in enumerate(counts)}
        blocks = [words_of(text) for text in part.texts]
        found.append([numbers.get(word, NOT_GOLD) for words in blocks for word in words])
        lengths += map(len, blocks)
        gold.append(list(counts.values()))
    return found, lengths, gold


def read_records(path: Path, field: str = "html") -> Iterable[dict[str, Any]]:
    """Yield the pages of a JSONL file, whose suffix may say how it is packed.

    Raises:
        RecordError: a line is no JSON object with `field` and `main_content`.
        OSError, EOFError: it cannot be unpacked.
        MissingExtra: it is packed with zstd, and zstandard is not installed.
    """
    with path.open("rb") as file:
        for number, line in enumerate(unpacked(file, packing_of(path)), 1):
            record = json.loads(line)
            if not isinstance(record, dict) or not {field, "main_content"} <= record.keys():
                raise RecordError(f"{path}, line {number}: no object with {field} and main_content")
            yield record
