from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import (
    BUILTIN,
    Block,
    Chain,
    Document,
    Filter,
    LossBudget,
    Record,
    Removal,
    preset,
)
from cleancorpus.errors import InvalidRemoval, OptionError, UnknownFilter
from cleancorpus.filters import Byline
from cleancorpus.options import option
from cleancorpus.testing import documents


@dataclass(frozen=True)
class StartsWith:
    """Removes blocks that begin with a letter, as sure as it is told to be."""

    letter: str = option("a", unit="letter", source="none: a guess")
    score: float | None = option(0.5, unit="score, 0 to 1", source="none: a guess")

    name: ClassVar[str] = "starts-with"

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text.startswith(self.letter):
                yield Removal(at, self.name, f"begins with {self.letter}", self.score)


@dataclass(frozen=True)
class Everything:
    """Removes all that is left."""

    name: ClassVar[str] = "everything"

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, _ in document.kept_items():
            yield Removal(at, self.name, "all goes")


@dataclass(frozen=True)
class Blind:
    """Does not look whether a block is gone."""

    name: ClassVar[str] = "blind"

    def judge(self, document: Document) -> Iterator[Removal]:  # noqa: ARG002 - that is the point
        yield Removal(0, self.name, "the first one")


@dataclass(frozen=True)
class Spares:
    """Would remove and spare blocks that begin with a letter."""

    letter: str = option("a", unit="letter", source="none: a guess")

    name: ClassVar[str] = "spares"

    def judge(self, document: Document) -> Iterator[Removal]:
        return StartsWith(self.letter).judge(document)

    def spares(self, document: Document) -> frozenset[int]:
        starts = (block.text.startswith(self.letter) for block in document.blocks)
        return frozenset(at for at, is_spared in enumerate(starts) if is_spared)


PAGE = Document((Block("apple"), Block("bread"), Block("avocado"), Block("corn")))
BUILT = tuple(filter_type() for filter_type in BUILTIN)
steps = st.sampled_from([*BUILT, StartsWith(), Everything(), Spares(), Spares("T")])


@given(documents())
def test_the_empty_chain_removes_nothing(document: Document) -> None:
    assert list(Chain().judge(document)) == []
    assert Chain().clean(document) == document
    assert Chain((Chain(), Chain())).clean(document) == document


@given(documents(), steps, steps, steps)
def test_grouping_changes_nothing(document: Document, a: Filter, b: Filter, c: Filter) -> None:
    flat = Chain((a, b, c)).clean(document)
    assert Chain((Chain((a, b)), c)).clean(document) == flat
    assert Chain((a, Chain((b, c)))).clean(document) == flat
    assert Chain((Chain((a, b, c)),)).clean(document) == flat


@given(documents(), st.lists(steps, max_size=4), st.sampled_from([None, LossBudget(0.3, 0.9)]))
def test_judging_and_cleaning_agree(
    document: Document, filters: list[Filter], budget: LossBudget | None
) -> None:
    chain = Chain(tuple(filters), budget=budget)
    assert document.mark(chain.judge(document)).removals == chain.clean(document).removals


def test_each_filter_sees_what_the_earlier_ones_marked() -> None:
    cleaned = Chain((StartsWith(), Everything())).clean(PAGE)
    names = [removal.filter for removal in cleaned.removals]
    assert names == ["starts-with", "everything", "starts-with", "everything"]


@pytest.mark.parametrize(
    "chain", [Chain((Everything(), Blind())), Chain((Everything(), Chain((Blind(),))))]
)
def test_a_broken_filter_fails_at_its_own_step(chain: Chain) -> None:
    with pytest.raises(InvalidRemoval, match="blind removes block 0, which is gone already"):
        chain.clean(PAGE)
    with pytest.raises(InvalidRemoval, match="blind"):
        PAGE.mark(chain.judge(PAGE))


def test_filters_are_left_out_by_name_in_nested_chains_too() -> None:
    chain = Chain((StartsWith(), Chain((Everything(), Chain((StartsWith("b"),))))), min_score=0.2)
    assert chain.names() == ("starts-with", "everything", "starts-with")
    assert chain.without("starts-with").names() == ("everything",)
    assert chain.only("starts-with").names() == ("starts-with", "starts-with")
    assert chain.without("starts-with", "everything").clean(PAGE) == PAGE
    assert chain.without("starts-with").min_score == 0.2
    assert chain.without() == chain
    assert chain.only().names() == ()


def test_a_name_that_the_chain_does_not_have_is_no_choice() -> None:
    for choice in (Chain().without, Chain((StartsWith(),)).only):
        with pytest.raises(UnknownFilter, match=r"start-with.* in the chain"):
            choice("start-with")
    with pytest.raises(UnknownFilter, match="in the chain: there are none"):
        Chain().without("start-with")


@given(documents(), st.sets(st.sampled_from(preset("default").names())))
def test_without_and_only_divide_a_chain(document: Document, names: set[str]) -> None:
    chain = preset("default")
    rest, chosen = chain.without(*names), chain.only(*names)
    assert set(rest.names()) | set(chosen.names()) == set(chain.names())
    assert not set(rest.names()) & set(chosen.names())
    assert {
        removal.filter for removal in chosen.clean(document).restore("earlier").removals
    } <= names


@pytest.mark.parametrize(("score", "least", "goes"), [
    (0.5, 0.5, True), (0.5, 0.51, False), (None, 1.0, True), (0.0, 0.0, True),
])  # fmt: skip
def test_unsure_removals_are_passed_over(score: float | None, least: float, goes: bool) -> None:
    chain = Chain((StartsWith("a", score),), min_score=least)
    assert bool(chain.clean(PAGE).removals) is goes
    assert bool(list(chain.judge(PAGE))) is goes


@given(documents(), st.floats(0, 1), st.floats(0, 1))
def test_one_filter_with_a_higher_least_score_never_removes_more(
    document: Document, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    for step in preset("default").filters:
        few = set(Chain((step,), min_score=high).judge(document))
        assert few <= set(Chain((step,), min_score=low).judge(document))


@pytest.mark.parametrize("chain", [
    Chain((Everything(), Spares("b"))),
    Chain((Spares("b"), Everything())),
    Chain((Everything(), Chain((Chain(), Chain((Spares("b"),)))))),
    Chain((Chain((Everything(),)), Spares("b")), budget=LossBudget()),
])  # fmt: skip
def test_what_one_filter_spares_no_other_takes(chain: Chain) -> None:
    assert Block("bread") not in chain.without("spares").clean(PAGE).kept
    taken = {removal.at for removal in chain.clean(PAGE).removals if removal.filter == "everything"}
    assert taken == {0, 2, 3}
    assert {removal.at for removal in chain.judge(PAGE)} == {0, 1, 2, 3}


def test_a_filter_may_take_what_it_spares_itself() -> None:
    cleaned = Chain((Spares(),)).clean(PAGE)
    assert [removal.at for removal in cleaned.removals] == [0, 2]


def test_over_the_budget_the_document_stays_whole_and_says_so() -> None:
    chain = Chain((StartsWith(),), budget=LossBudget(max_share=0.5, weak_below=0.6))
    page = Document((Block("apple"), Block("pie")))
    cleaned = chain.clean(page)
    assert cleaned.kept == page.blocks
    assert cleaned.flags == (
        (
            "loss budget: 5 of 8 characters would go on scores below 0.6, more than 0.5 of the "
            "text; nothing was removed"
        ),
    )
    assert list(chain.judge(page)) == []


@pytest.mark.parametrize(("score", "share"), [(0.6, 0.5), (None, 0.5), (0.5, 0.7)])
def test_within_the_budget_nothing_is_flagged(score: float | None, share: float) -> None:
    chain = Chain((StartsWith("a", score),), budget=LossBudget(max_share=share, weak_below=0.6))
    cleaned = chain.clean(Document((Block("apple"), Block("pie"))))
    assert len(cleaned.removals) == 1
    assert cleaned.flags == ()


def test_a_document_without_text_is_within_any_budget() -> None:
    assert Chain((Everything(),), budget=LossBudget(0, 1)).clean(Document(())).flags == ()


@given(documents(), st.floats(0, 1), st.floats(0, 1))
def test_a_budget_removes_all_that_the_chain_would_or_nothing(
    document: Document, max_share: float, weak_below: float
) -> None:
    filters = preset("strict").filters
    free = Chain(filters).clean(document)
    held = Chain(filters, budget=LossBudget(max_share, weak_below)).clean(document)
    assert held.removals == (document.removals if held.flags else free.removals)


@pytest.mark.parametrize("make", [
    lambda: Chain(min_score=1.5),
    lambda: LossBudget(max_share=-0.1),
    lambda: LossBudget(weak_below=2),
])  # fmt: skip
def test_a_share_outside_its_range_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(OptionError, match="must lie between 0 and 1"):
        make()


def test_a_chain_takes_any_iterable_and_is_a_filter() -> None:
    assert Chain(iter([StartsWith()])) == Chain((StartsWith(),))  # type: ignore[arg-type]
    assert isinstance(Chain(), Filter)
    assert isinstance(StartsWith(), Filter)
    assert not isinstance(object(), Filter)


@dataclass(frozen=True)
class Counts:
    """A filter that learns how many records there are."""

    records: int = 0

    name: ClassVar[str] = "counts"

    def judge(self, document: Document) -> Iterable[Removal]:  # noqa: ARG002 - as the protocol
        return ()

    def learn(self, records: Iterable[Record]) -> Counts:
        return Counts(sum(1 for _ in records))


def test_every_filter_that_learns_is_taught_nested_ones_too() -> None:
    chain = Chain((Counts(), Chain((Byline(), Counts()), min_score=0.5)))
    records = [Record("One."), Record("Two.")]
    assert chain.learn(records) == Chain((Counts(2), Chain((Byline(), Counts(2)), min_score=0.5)))


def test_one_filter_learns_from_what_can_be_read_only_once() -> None:
    chain = Chain((Chain((Byline(),)), Chain((Counts(),))))
    assert chain.learn(iter([Record("One.")])) == Chain((Chain((Byline(),)), Chain((Counts(1),))))


def test_two_filters_do_not_learn_from_what_can_be_read_only_once() -> None:
    with pytest.raises(TypeError, match="2 filters learn from the records: give a list of them"):
        Chain((Counts(), Chain((Counts(),)))).learn(iter([Record("One.")]))


def test_a_filter_takes_the_place_of_the_one_with_its_name_in_nested_chains_too() -> None:
    chain = Chain((Byline(), Chain((Counts(), Byline()), min_score=0.5)), budget=LossBudget())
    assert chain.replacing(Byline(max_words=9)) == Chain(
        (Byline(max_words=9), Chain((Counts(), Byline(max_words=9)), min_score=0.5)),
        budget=LossBudget(),
    )
    assert chain.replacing() == chain


def test_a_filter_that_the_chain_does_not_have_takes_no_place() -> None:
    with pytest.raises(UnknownFilter, match="no filter named 'counts' in the chain"):
        Chain((Byline(),)).replacing(Counts(1))
