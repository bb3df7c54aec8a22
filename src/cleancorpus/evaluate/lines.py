"""Scores of a chain against lines that a reader has labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cleancorpus.chain import Chain
from cleancorpus.document import Document
from cleancorpus.errors import GoldError
from cleancorpus.evaluate.files import read_objects
from cleancorpus.segment.plain import plain_blocks

STAYS: Final = ("content", "title")
OWN_LABEL: Final[Mapping[str, str]] = {
    "navigation-list": "nav",
    "byline": "byline",
    "caption": "caption",
    "duplicate-paragraph": "duplicate",
    "unrelated-headline": "related",
    "share-prompt": "share",
    "consent-notice": "legal",
    "legal-footer": "legal",
    "comment": "comment",
    "advertisement": "ad",
    "widget-residue": "ui",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as lines of text, each with the label that a reader gave it."""

    id: str
    lines: tuple[str, ...]
    labels: tuple[str, ...]
    domain: str = ""

    def document(self) -> Document:
        """Return the page as a document with a block a line."""
        source = "\n".join(self.lines)
        return Document(plain_blocks(source, join_wrapped=False), source=source)


@dataclass(slots=True)
class LineScores:
    """How many lines of each label there were, and which filter removed how many of them."""

    lines: Counter[str] = field(default_factory=Counter)
    words: Counter[str] = field(default_factory=Counter)
    removed: dict[str, Counter[str]] = field(default_factory=dict)
    words_removed: Counter[str] = field(default_factory=Counter)

    def add(self, page: LabelledPage, chain: Chain) -> None:
        """Run a chain on a page and count what it removes."""
        at_line = [len(line.split()) for line in page.lines]
        self.lines.update(page.labels)
        for label, words in zip(page.labels, at_line, strict=True):
            self.words[label] += words
        for removal in chain.clean(page.document()).removals:
            label = page.labels[removal.at]
            self.removed.setdefault(removal.filter, Counter())[label] += 1
            self.words_removed[label] += at_line[removal.at]

    def boilerplate_share(self, name: str) -> float | None:
        """Of the lines that a filter removed, the share that is boilerplate of any kind."""
        labels = self.removed.get(name, Counter())
        total = labels.total()
        return 1 - sum(labels[stays] for stays in STAYS) / total if total else None

    def own_share(self, name: str) -> float | None:
        """Of the lines that a filter removed, the share that has the filter's own label."""
        labels = self.removed.get(name, Counter())
        return labels[OWN_LABEL.get(name, "")] / labels.total() if labels else None

    def removed_share(self, label: str) -> float | None:
        """Of the lines with a label, the share that any filter removed."""
        gone = sum(labels[label] for labels in self.removed.values())
        return gone / self.lines[label] if self.lines[label] else None


def score_lines(pages: Iterable[LabelledPage], chain: Chain) -> LineScores:
    """Run a chain on labelled pages and count what it removed."""
    scores = LineScores()
    for page in pages:
        scores.add(page, chain)
    return scores


def read_labelled(path: Path) -> Iterator[LabelledPage]:
    """Yield the labelled pages of a JSONL file: `{"id": ..., "lines": [{"text", "label"}, ...]}`.

    Raises:
        GoldError: a record does not have that form; the message names file and line.
        MissingExtra: the file is packed with zstd, and zstandard is not installed.
    """
    for number, page in read_objects(path, "a labelled page"):
        try:
            lines = tuple(line["text"] for line in page["lines"])
            labels = tuple(line["label"] for line in page["lines"])
            domain = str(page.get("domain") or "")
            found = LabelledPage(str(page.get("id", number)), lines, labels, domain)
        except (KeyError, TypeError) as error:
            raise GoldError(f"{path}, line {number}: not a labelled page ({error!r})") from error
        if any(not text.strip() or len(text.splitlines()) != 1 for text in lines):
            raise GoldError(f"{path}, line {number}: a labelled line is blank or several lines")
        yield found
