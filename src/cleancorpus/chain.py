"""What a filter is, and filters in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import ClassVar, Protocol, TypeGuard, runtime_checkable

from cleancorpus.document import Document, Record, Removal
from cleancorpus.errors import UnknownFilter
from cleancorpus.options import check_share

_TEXT = attrgetter("text")


@runtime_checkable
class Filter(Protocol):
    """Anything that looks at a document and says which blocks should go.

    A filter proposes and never touches: it cannot edit text, reorder blocks or take back
    what another filter removed. There is no base class to inherit from. A filter that looks
    at a block's surroundings looks at all blocks, removed ones too, so that a second pass
    sees what the first one saw.
    """

    name: ClassVar[str]
    """The filter's name, which is the reason of its removals."""

    def judge(self, document: Document) -> Iterable[Removal]:
        """Yield one removal for each kept block that should go."""
        ...


@runtime_checkable
class Learner(Filter, Protocol):
    """A filter that has to see many records before it can judge one of them.

    Learning returns a new filter with what was learned inside, so that judging stays a matter
    of the document alone.
    """

    def learn(self, records: Iterable[Record]) -> Filter:
        """Return the filter with what these records teach."""
        ...


@runtime_checkable
class Sparing(Protocol):
    """A filter that also says what the others had better leave alone.

    It takes nothing back: a chain that holds such a filter passes over what its other filters
    find at these blocks. A filter alone, or a chain without this one, is not held back.
    """

    def spares(self, document: Document) -> AbstractSet[int]:
        """Return the blocks that no other filter should take, judged from all blocks."""
        ...


@dataclass(frozen=True, slots=True)
class LossBudget:
    """How much of a document a chain may remove on weak evidence.

    A chain that would remove more leaves the document whole and flags it: text that looks
    wholly like boilerplate is more often a kind of page that the filters misread.
    """

    max_share: float = 0.6  # code points of the document's text; none: a guess
    weak_below: float = 0.82  # judged by shape and place alone; none: a guess

    def __post_init__(self) -> None:
        """Check both shares."""
        check_share("max_share", self.max_share)
        check_share("weak_below", self.weak_below)

    def overdrawn(self, document: Document) -> str | None:
        """Say in one line by how much the document's removals overdraw the budget, if they do."""
        weak_below = self.weak_below
        weak = [
            removal.at
            for removal in document.removals
            if removal.score is not None and removal.score < weak_below
        ]
        if not weak:
            return None
        weak_chars = sum(len(document.blocks[at].text) for at in weak)
        total = sum(map(len, map(_TEXT, document.blocks)))
        if weak_chars <= self.max_share * total:
            return None
        return (
            f"loss budget: {weak_chars} of {total} characters would go on scores below "
            f"{self.weak_below:g}, more than {self.max_share:g} of the text; nothing was removed"
        )


@dataclass(frozen=True, slots=True)
class Chain:
    """Filters run in order, each seeing what the earlier ones marked.

    A chain is itself a filter, so chains nest. The empty chain removes nothing. Removals with
    a score under `min_score` are passed over (a removal without a score always counts), and so
    are those of blocks that another of its filters spares.

    Example:
        >>> from cleancorpus import Block, Document
        >>> Chain().clean(Document((Block("All of it stays."),))).text
        'All of it stays.'
    """

    filters: tuple[Filter, ...] = ()
    min_score: float = 0.0
    budget: LossBudget | None = None

    name: ClassVar[str] = "chain"

    def __post_init__(self) -> None:
        """Take any iterable of filters, check the share."""
        object.__setattr__(self, "filters", tuple(self.filters))
        check_share("min_score", self.min_score)

    def clean(self, document: Document) -> Document:
        """Return the document with every block marked that the filters, in order, remove.

        Over the loss budget the document comes back as it was, with a flag that says so.
        """
        marked = document
        for _, after in self._steps(document):
            marked = after
        if self.budget is not None and (overdraft := self.budget.overdrawn(marked)):
            return document.flag(overdraft)
        return marked

    def judge(self, document: Document) -> Iterator[Removal]:
        """Yield what the filters, in order, remove from the document."""
        if self.budget is None:
            for removals, _ in self._steps(document):
                yield from removals
        else:
            kept = document.is_kept
            yield from (found for found in self.clean(document).removals if kept(found.at))

    def learn(self, records: Iterable[Record]) -> Chain:
        """Return the chain with every filter that learns taught by these records.

        Raises:
            TypeError: more than one filter learns, and the records can be read only once.
        """
        learners = sum(isinstance(step, Learner) for step in self.flat())
        if learners > 1 and iter(records) is records:
            raise TypeError(f"{learners} filters learn from the records: give a list of them")
        return self.mapped(lambda step: step.learn(records) if isinstance(step, Learner) else step)

    def spares(self, document: Document) -> AbstractSet[int]:
        """Return the blocks that a filter of the chain spares."""
        found = (step.spares(document) for step in self.filters if _is_sparing(step))
        nothing: frozenset[int] = frozenset()
        return nothing.union(*found)

    def without(self, *names: str) -> Chain:
        """Return the chain with the filters of these names left out, in nested chains too.

        Raises:
            UnknownFilter: the chain has no filter of that name; the message offers the nearest.
        """
        self._check_has(names)
        return self._select(lambda name: name not in names)

    def only(self, *names: str) -> Chain:
        """Return the chain with no filters but those of these names.

        Raises:
            UnknownFilter: the chain has no filter of that name; the message offers the nearest.
        """
        self._check_has(names)
        return self._select(lambda name: name in names)

    def replacing(self, *filters: Filter) -> Chain:
        """Return the chain with these filters in place of those of their names, nested ones too.

        Raises:
            UnknownFilter: the chain has no filter of that name; the message offers the nearest.
        """
        wanted = {step.name: step for step in filters}
        self._check_has(wanted)
        return self.mapped(lambda step: wanted.get(step.name, step))

    def names(self) -> tuple[str, ...]:
        """Return the names of all filters, nested ones in place of their chain."""
        return tuple(step.name for step in self.flat())

    def flat(self) -> Iterator[Filter]:
        """Yield all filters, nested ones in place of their chain."""
        for step in self.filters:
            if isinstance(step, Chain):
                yield from step.flat()
            else:
                yield step

    def mapped(self, change: Callable[[Filter], Filter]) -> Chain:
        """Return the chain with what each filter is changed into, nested ones too."""
        steps = (
            step.mapped(change) if isinstance(step, Chain) else change(step)
            for step in self.filters
        )
        return replace(self, filters=tuple(steps))

    def _steps(self, document: Document) -> Iterator[tuple[tuple[Removal, ...], Document]]:
        """What counts of each filter's findings, and the document marked with it."""
        others = len(self.filters) > 1  # alone, a filter has nobody to hold back
        spared = {
            at: blocks
            for at, step in enumerate(self.filters)
            if others and _is_sparing(step) and (blocks := step.spares(document))
        }
        for at, step in enumerate(self.filters):
            removals = tuple(self._sure_enough(step.judge(document)))
            for other, blocks in spared.items():
                if other != at:
                    removals = tuple(found for found in removals if found.at not in blocks)
            document = document.mark(removals)
            yield removals, document

    def _sure_enough(self, removals: Iterable[Removal]) -> Iterable[Removal]:
        if self.min_score <= 0:
            return removals
        least = self.min_score
        return (found for found in removals if found.score is None or found.score >= least)

    def _check_has(self, names: Iterable[str]) -> None:
        known = self.names()
        for name in names:
            if name not in known:
                raise UnknownFilter(name, known, " in the chain")

    def _select(self, wanted: Callable[[str], bool]) -> Chain:
        left: list[Filter] = []
        for step in self.filters:
            if isinstance(step, Chain):
                left.append(step._select(wanted))  # noqa: SLF001 - its own kind
            elif wanted(step.name):
                left.append(step)
        return replace(self, filters=tuple(left))


def _is_sparing(step: Filter) -> TypeGuard[Sparing]:
    # Asking the protocol takes ten times as long, and every document asks every filter.
    return hasattr(step, "spares")
