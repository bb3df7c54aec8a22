"""The laws bite: small filters broken on purpose, and which law catches each."""

from __future__ import annotations

import copyreg
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

from cleancorpus import Block, Chain, Document, Filter, Kind, Removal, segment
from cleancorpus.document import Record
from cleancorpus.options import option
from cleancorpus.testing import (
    LAWS,
    Article,
    Law,
    articles,
    blocks,
    conserves_the_text,
    costs_linear_work,
    count_work,
    documents,
    gives_evidence,
    is_done_after_one_pass,
    is_monotone,
    judges_alike_twice,
    lay_out,
    leaves_alone_what_is_gone,
    raises_nothing,
    removed,
    survives_pickling,
    survives_the_recipe_round_trip,
    texts,
)
from cleancorpus.testing.parts import PARTS

_T = TypeVar("_T")

QUICK = settings(
    max_examples=5_000,
    database=None,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)


@dataclass(frozen=True)
class Dashes:
    """A sound filter: removes blocks that begin with a dash."""

    max_words: int = option(5, unit="words", source="none: a guess")

    name: ClassVar[str] = "dashes"

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text.startswith("-") and len(block.text.split()) <= self.max_words:
                yield Removal(at, self.name, "begins with a dash", 0.9)


@dataclass(frozen=True)
class KeepsState(Dashes):
    seen: list[str] = field(default_factory=list, compare=False)

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text in self.seen:
                yield Removal(at, self.name, "seen before")
            self.seen.append(block.text)


@dataclass(frozen=True)
class RemovesWhatIsGone(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        for at in range(len(document.blocks)):
            yield Removal(at, self.name, "everything goes")


@dataclass(frozen=True)
class RemovesTwice(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        for at, _ in document.kept_items():
            yield from (Removal(at, self.name, "once"), Removal(at, self.name, "and again"))


@dataclass(frozen=True)
class RemovesOnlyTheFirst(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        yield from list(super().judge(document))[:1]


@dataclass(frozen=True)
class LooksAtWhatIsLeft(Dashes):
    """Its own removals make the next line the last one."""

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, _ in list(document.kept_items())[-1:]:
            yield Removal(at, self.name, "the last line")


@dataclass(frozen=True)
class BlankEvidence(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        return (replace(found, because=" ") for found in super().judge(document))


@dataclass(frozen=True)
class QuotesTheBlock(Dashes):
    """Quotes the block's text, and so its line breaks."""

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text.strip():
                yield Removal(at, self.name, f"says '{block.text}'")


@dataclass(frozen=True)
class ScoresInPercent(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        return (replace(found, score=90.0) for found in super().judge(document))


@dataclass(frozen=True)
class OtherName(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        return (replace(found, filter="stars") for found in super().judge(document))


@dataclass(frozen=True)
class CannotBePickled(Dashes):
    wanted: Callable[[str], bool] = field(default=lambda text: "-" in text, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a function without a name")


@dataclass(frozen=True)
class ForgetsItsOptions(Dashes):
    """Pickles without its options."""

    def __reduce__(self) -> tuple[object, ...]:
        return copyreg.__newobj__, (type(self),)  # type: ignore[attr-defined]


@dataclass(frozen=True)
class OptionRecipesCannotHold(Dashes):
    words: frozenset[str] = frozenset({"-"})


@dataclass(frozen=True)
class FallsOnEmptyText(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text[0] == "-":
                yield Removal(at, self.name, "begins with a dash")


@dataclass(frozen=True)
class YieldsPlaces(Dashes):
    """Forgets to make removals of the places."""

    def judge(self, document: Document) -> Iterator[Removal]:
        return (at for at, _ in document.kept_items())  # type: ignore[misc]


@dataclass(frozen=True)
class PointsOutside(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        yield Removal(len(document.blocks), self.name, "past the end")


@dataclass(frozen=True)
class ComparesAllPairs(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            for other in document.blocks[:at]:
                if other is block and block.text == "-":
                    yield Removal(at, self.name, "the same dash")
                    break


TITLE = PARTS["en"]["title"][0]


@dataclass(frozen=True)
class LooksAtIdentity(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if block.text is TITLE:
                yield Removal(at, self.name, "the very same string")


@dataclass(frozen=True)
class ReadsTheMemo(Dashes):
    def judge(self, document: Document) -> Iterator[Removal]:
        looks = document.memo["looks"] = document.memo.get("looks", 0) + 1
        if looks > 1 and document.blocks and document.is_kept(0):
            yield Removal(0, self.name, "looked at before")


@dataclass(frozen=True)
class ChangesTheBlocks(Dashes):
    """Edits the document in place, which no filter may."""

    def judge(self, document: Document) -> Iterator[Removal]:
        if document.source:
            object.__setattr__(document, "source", document.source.upper() + ".")
        yield from ()


BROKEN: list[tuple[type[Dashes], Law]] = [
    (BlankEvidence, gives_evidence),
    (QuotesTheBlock, gives_evidence),
    (ScoresInPercent, gives_evidence),
    (OtherName, gives_evidence),
    (OtherName, conserves_the_text),
    (FallsOnEmptyText, raises_nothing),
    (PointsOutside, raises_nothing),
    (KeepsState, judges_alike_twice),
    (LooksAtIdentity, judges_alike_twice),
    (ReadsTheMemo, judges_alike_twice),
    (RemovesWhatIsGone, leaves_alone_what_is_gone),
    (RemovesTwice, leaves_alone_what_is_gone),
    (RemovesOnlyTheFirst, is_done_after_one_pass),
    (LooksAtWhatIsLeft, is_done_after_one_pass),
    (CannotBePickled, survives_pickling),
    (ForgetsItsOptions, survives_pickling),
    (OptionRecipesCannotHold, survives_the_recipe_round_trip),
    (ChangesTheBlocks, conserves_the_text),
    (ComparesAllPairs, costs_linear_work),
]


def breaks(law: Law, subject: Callable[[], Filter], document: Document) -> bool:
    try:
        law(subject(), document)
    except Exception:  # noqa: BLE001 - whatever a broken filter raises
        return True
    return False


@pytest.mark.parametrize(
    ("broken", "law"), BROKEN, ids=lambda one: getattr(one, "__name__", str(one))
)
def test_the_law_catches_the_broken_filter(broken: type[Dashes], law: Law) -> None:
    with_option = broken if broken is not ForgetsItsOptions else lambda: broken(max_words=0)
    caught = find(documents(), lambda document: breaks(law, with_option, document), settings=QUICK)
    with pytest.raises(Exception) as raised:  # noqa: PT011 - broken filters raise anything
        law(with_option(), replace(caught, memo={}))
    assert str(raised.value), "whoever breaks a law is told how"


def test_what_is_no_removal_is_named() -> None:
    with pytest.raises(AssertionError, match="judge yields 0, which is no Removal"):
        gives_evidence(YieldsPlaces(), Document((Block("- one"),)))


def test_every_law_catches_something() -> None:
    assert {law for _, law in BROKEN} == set(LAWS)


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@settings(max_examples=10)
@given(document=documents())
def test_a_sound_filter_passes(law: Law, document: Document) -> None:
    law(Dashes(), document)
    law(Chain((Dashes(), Chain((Dashes(2),)))), document)


def test_a_monotone_option_is_told_from_one_that_is_not() -> None:
    page = Document((Block("- one"), Block("- one two three")))
    is_monotone(Dashes, "max_words", "more")(page, 2, 9)
    is_monotone(Dashes, "max_words", "more")(page, 9, 2)
    with pytest.raises(AssertionError, match="max_words"):
        is_monotone(Dashes, "max_words", "fewer")(page, 2, 9)
    assert removed(Dashes(2), page) == {0}


def test_counted_work_grows_with_the_lines_that_run_and_leaves_the_tracer_alone() -> None:
    before = sys.gettrace()
    few, many = (count_work(lambda n=n: [at + 1 for at in range(n)]) for n in (10, 100))  # type: ignore[misc]
    assert 9 * few > many > 5 * few
    with pytest.raises(ZeroDivisionError):
        count_work(lambda: 1 / 0)
    assert sys.gettrace() is before


# ---- the strategies


def reaches(strategy: SearchStrategy[_T], wanted: Callable[[_T], bool]) -> bool:
    find(strategy, wanted, settings=QUICK)
    return True


@pytest.mark.parametrize("kind", Kind)
def test_documents_have_every_kind(kind: Kind) -> None:
    assert reaches(documents(), lambda page: any(one.kind is kind for one in page.blocks))


@pytest.mark.parametrize(
    "wanted",
    [
        lambda page: page.source is None and page.blocks,
        lambda page: page.source is not None and page.blocks,
        lambda page: page.removals,
        lambda page: page.media == "markdown" and page.source,
        lambda page: any(one.shown is not None and one.link_chars for one in page.blocks),
        lambda page: any(one.level > 1 for one in page.blocks),
        lambda page: any(not one.text for one in page.blocks),
        lambda page: any(len(one.text.splitlines()) > 1 for one in page.blocks),
        lambda page: page.url and page.metadata and page.mended,
        lambda page: not page.blocks,
    ],
)
def test_documents_have_every_shape(wanted: Callable[[Document], bool]) -> None:
    assert reaches(documents(), wanted)


@pytest.mark.parametrize("char", ["\r", "\f", "\u2028", "\x85", "北", "ا", "क", "я", "\u200b"])
def test_texts_have_odd_line_ends_and_other_scripts(char: str) -> None:
    assert reaches(texts(), lambda text: char in text)


@given(texts())
def test_texts_have_no_surrogates(text: str) -> None:
    text.encode()


def test_strategies_shrink_to_little() -> None:
    patient = settings(QUICK, phases=[Phase.generate, Phase.shrink])
    assert find(texts(), lambda _: True, settings=patient) == ""
    assert find(documents(), lambda _: True, settings=patient) == Document(())
    page = find(documents(), lambda page: page.blocks, settings=patient)
    assert page.blocks[0].text == "Old lighthouse gets a new lamp"
    assert len(page.blocks) <= 2
    assert not page.removals
    article = find(articles(), lambda one: one.lines("nav"), settings=patient)
    assert [part.label for part in article.parts] == ["nav", "title", "content"]
    assert article.language == "en"


@given(articles(min_paragraphs=2))
def test_an_article_is_its_lines_in_order(article: Article) -> None:
    assert [line for line in article.text.splitlines() if line] == [
        one.text for one in article.parts
    ]
    assert len(article.lines("content")) >= 2
    assert len(article.lines("title")) == 1
    assert len(segment(Record(article.text)).blocks) == len(article.parts)


@given(blocks())
def test_what_is_shown_of_a_block_is_cut_out_of_its_text(block: Block) -> None:
    rest = iter(block.text)
    assert all(char in rest for char in block.shown or "")


@given(documents())
def test_places_fit_the_source(document: Document) -> None:
    if document.source is not None:
        for block in document.blocks:
            assert document.source[block.start : block.end] == block.text


def test_laying_out_takes_the_gaps_in_order() -> None:
    page = lay_out([Block("a", mark="- "), Block("b")], ["\r\n"], first_gap="\n")
    assert page.source == "\n- a\r\nb\n"
    assert [(block.start, block.end) for block in page.blocks] == [(3, 4), (6, 7)]
