"""Counts by filter over a run; two tallies add up to the tally of both runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Self

from cleancorpus.document import Block, Document


@dataclass(frozen=True, slots=True)
class Count:
    """How much text something amounts to; `chars` are code points."""

    documents: int = 0
    blocks: int = 0
    lines: int = 0
    chars: int = 0

    def __add__(self, other: Count) -> Count:
        """Count both."""
        return Count(
            self.documents + other.documents,
            self.blocks + other.blocks,
            self.lines + other.lines,
            self.chars + other.chars,
        )


@dataclass(slots=True)
class Tally:
    r"""What a run read, wrote and removed.

    `read` is always `written`, `skipped` and `quarantined` together.

    Of the documents written, `changed` lost a block, `empty` have no text left, `mended` had
    characters that were replaced or guessed at the door, `flagged` came back whole because the
    chain would have removed too much on weak evidence. `kept` counts what stays, and in how
    many documents anything does, `removed` the same for each filter. `skipped` counts the
    records that were passed by, by reason, and `languages` the documents written, by language.

    Example:
        >>> from cleancorpus import clean
        >>> tally = Tally()
        >>> tally.add(clean("By Ada Marsh, 3 May 2024\nThe ferry is back.\n", chain="none"))
        >>> (tally + tally).kept
        Count(documents=2, blocks=4, lines=4, chars=84)
    """

    read: int = 0
    written: int = 0
    quarantined: int = 0
    changed: int = 0
    empty: int = 0
    mended: int = 0
    flagged: int = 0
    kept: Count = field(default_factory=Count)
    removed: dict[str, Count] = field(default_factory=dict)
    skipped: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    @property
    def lost(self) -> Count:
        """What all filters took together."""
        return replace(sum(self.removed.values(), Count()), documents=self.changed)

    def add(self, document: Document, language: str | None = None) -> None:
        """Count a document that was written."""
        if language is not None:
            self.languages[language] = self.languages.get(language, 0) + 1
        self.read += 1
        self.written += 1
        self.changed += bool(document.removals)
        self.mended += bool(document.mended)
        self.flagged += bool(document.flags)
        kept = document.kept
        self.empty += not kept
        self.kept += Count(documents=bool(kept)) + _count(kept)
        taken: dict[str, list[Block]] = {}
        for removal in document.removals:
            taken.setdefault(removal.filter, []).append(document.blocks[removal.at])
        for name, blocks in taken.items():
            count = Count(documents=1) + _count(blocks)
            self.removed[name] = self.removed.get(name, Count()) + count

    def add_quarantined(self) -> None:
        """Count a record that could not be read or cleaned."""
        self.read += 1
        self.quarantined += 1

    def add_skipped(self, reason: str) -> None:
        """Count a record that is none to be written."""
        self.read += 1
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def as_json(self) -> dict[str, Any]:
        """Return the counts as JSON holds them, in an order that does not depend on the run's."""
        found = asdict(self)
        for name in ("removed", "skipped", "languages"):
            found[name] = dict(sorted(found[name].items()))
        return found

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> Self:
        """Return the tally that `as_json` was made of."""
        removed = {name: Count(**count) for name, count in found["removed"].items()}
        return cls(**{**found, "kept": Count(**found["kept"]), "removed": removed})

    def __add__(self, other: Tally) -> Tally:
        """Return the tally of both runs."""
        names = {**self.removed, **other.removed}
        return Tally(
            self.read + other.read,
            self.written + other.written,
            self.quarantined + other.quarantined,
            self.changed + other.changed,
            self.empty + other.empty,
            self.mended + other.mended,
            self.flagged + other.flagged,
            self.kept + other.kept,
            {
                name: self.removed.get(name, Count()) + other.removed.get(name, Count())
                for name in names
            },
            dict(sum((Counter(self.skipped), Counter(other.skipped)), Counter[str]())),
            dict(sum((Counter(self.languages), Counter(other.languages)), Counter[str]())),
        )


def _count(blocks: tuple[Block, ...] | list[Block]) -> Count:
    return Count(
        blocks=len(blocks),
        lines=sum(len(block.text.splitlines()) for block in blocks),
        chars=sum(len(block.text) for block in blocks),
    )
