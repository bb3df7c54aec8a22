"""What is true of every filter, each written once: run them on your own filters too.

A law is a function of a filter and a document that raises `AssertionError` where the filter
breaks it. A chain is a filter, so the laws hold for chains and presets as well::

    @pytest.mark.parametrize("law", LAWS)
    @given(document=documents())
    def test_my_filter_obeys(law, document):
        law(MyFilter(), document)
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, Literal

from cleancorpus import recipe
from cleancorpus.chain import Chain, Filter
from cleancorpus.document import Document, Removal
from cleancorpus.render.source import to_source
from cleancorpus.testing.cost import growths, judging_work

Law = Callable[[Filter, Document], None]

_SLACK: Final = 2_000  # lines of Python; square work on the doubled pages is ten times that


def gives_evidence(subject: Filter, document: Document) -> None:
    """Every removal has the filter's own name and one line of evidence; a score is 0 to 1."""
    names = _names(subject)
    for removal in subject.judge(document):
        assert isinstance(removal, Removal), f"judge yields {removal!r}, which is no Removal"
        assert removal.filter in names, f"{removal.filter!r} is not the filter's name"
        assert removal.because.strip(), f"blank evidence for block {removal.at}"
        assert len(removal.because.splitlines()) == 1, f"many lines: {removal.because!r}"
        assert removal.score is None or 0 <= removal.score <= 1, f"a score of {removal.score}"


def raises_nothing(subject: Filter, document: Document) -> None:
    """A filter judges any document, and the document takes every removal."""
    document.mark(subject.judge(document))


def judges_alike_twice(subject: Filter, document: Document) -> None:
    """A document is judged alike the second time, and so is an equal one built afresh."""
    first = tuple(subject.judge(document))
    second = tuple(subject.judge(document))
    assert second == first, f"the second time differs from the first: {second}, not {first}"
    fresh = pickle.loads(pickle.dumps(document))  # noqa: S301 - our own bytes
    assert fresh == document, "the document is no longer equal to its copy: a filter changed it"
    other = tuple(subject.judge(fresh))
    assert other == first, f"an equal document is judged otherwise: {other}, not {first}"


def leaves_alone_what_is_gone(subject: Filter, document: Document) -> None:
    """A filter removes no block twice, and none that another filter has removed."""
    places = [removal.at for removal in subject.judge(document)]
    assert len(set(places)) == len(places), f"a block is removed twice: {places}"
    gone = [at for at in places if not document.is_kept(at)]
    assert not gone, f"blocks {gone} were gone already: document.kept_items() has the others"
    everything = [at for at, _ in document.kept_items()]
    for taken in (places[::2], places[1::2], everything):
        marked = document.mark(Removal(at, "another", "gone before") for at in taken)
        again = {removal.at for removal in subject.judge(marked)}.intersection(taken)
        assert not again, f"blocks {sorted(again)}, removed by another filter, are removed again"


def is_done_after_one_pass(subject: Filter, document: Document) -> None:
    """What a filter leaves standing, it leaves standing the second time too."""
    marked = document.mark(subject.judge(document))
    again = tuple(subject.judge(marked))
    assert not again, f"the second pass removes more: {again}"


def survives_pickling(subject: Filter, document: Document) -> None:
    """A filter that went through pickle has its name and judges as before."""
    copy = pickle.loads(pickle.dumps(subject))  # noqa: S301 - our own bytes
    assert copy.name == subject.name, f"{subject.name!r} came back named {copy.name!r}"
    found, again = tuple(subject.judge(document)), tuple(copy.judge(document))
    assert again == found, f"{subject} came back as {copy}, which finds {again}, not {found}"


def survives_the_recipe_round_trip(subject: Filter, document: Document) -> None:
    """A filter written into a recipe and read back is equal and judges as before."""
    chain = Chain((subject,))
    again = recipe.loads(recipe.dumps(chain), known=_types(chain))
    assert again == chain, f"{subject} came back as {again.filters}"
    found, after = tuple(chain.judge(document)), tuple(again.judge(document))
    assert after == found, f"{subject} read back finds {after}, not {found}"


def conserves_the_text(subject: Filter, document: Document) -> None:
    """Kept and removed blocks are the document's blocks, and taking all back gives the source."""
    marked = document.mark(subject.judge(document))
    assert marked.blocks == document.blocks, "a filter changed the blocks"
    gone = {removal.at for removal in marked.removals}
    left = [at for at, _ in marked.kept_items()]
    every = list(range(len(marked.blocks)))
    assert sorted([*gone, *left]) == every, f"blocks {gone} removed and {left} kept are not all"
    whole = marked.restore()
    source = to_source(whole) if whole.source is None else whole.source
    assert to_source(whole) == source, "restoring all filters does not give the source back"
    for text in (to_source(marked), marked.text):
        assert _is_subsequence(text, source), f"{text!r} is not cut out of {source!r}"
    names = _names(subject)
    others = [found for found in document.removals if found.filter not in names]
    rest = list(marked.restore(*names).removals) if names else others
    assert rest == others, f"with {names} taken back {rest} stay removed, not {others}"


def costs_linear_work(subject: Filter, document: Document) -> None:
    """A document of twice the size takes at most twice the work, counted in lines of Python.

    A filter may come to see a larger document as another kind of page, which costs a step once;
    so what grows too fast is doubled a second time.
    """
    for growing, grow in growths(document):
        work = [judging_work(subject, grow(size)) for size in (1, 2)]
        if work[1] > 2 * work[0] + _SLACK:
            work.append(judging_work(subject, grow(4)))
        assert work[-1] <= 2 * work[-2] + _SLACK, f"{growing}: lines of work, doubled: {work}"


LAWS: Final[tuple[Law, ...]] = (
    gives_evidence,
    raises_nothing,
    judges_alike_twice,
    leaves_alone_what_is_gone,
    is_done_after_one_pass,
    survives_pickling,
    survives_the_recipe_round_trip,
    conserves_the_text,
    costs_linear_work,
)


def is_monotone(
    filter_type: Callable[..., Filter], option: str, direction: Literal["more", "fewer"]
) -> Callable[[Document, float, float], None]:
    """Return the law that a higher value of an option removes the same blocks, or more or fewer.

    Example:
        >>> from cleancorpus import Block, Document
        >>> from cleancorpus.filters import Advertisement
        >>> law = is_monotone(Advertisement, "max_words", "more")
        >>> law(Document((Block("Advertisement"),)), 1, 80)
    """

    def law(document: Document, one: float, other: float) -> None:
        low, high = (
            removed(filter_type(**{option: value}), document) for value in sorted((one, other))
        )
        few, many = (low, high) if direction == "more" else (high, low)
        assert few <= many, f"{option} {one} and {other}: only one removes blocks {few - many}"

    law.__doc__ = f"A higher {option} removes the same blocks or {direction}."
    return law


def removed(subject: Filter, document: Document) -> frozenset[int]:
    """Return the indices of the blocks that a filter removes."""
    return frozenset(removal.at for removal in subject.judge(replace(document, memo={})))


def _names(subject: Filter) -> tuple[str, ...]:
    return subject.names() if isinstance(subject, Chain) else (subject.name,)


def _types(chain: Chain) -> Iterable[type[Filter]]:
    for step in chain.filters:
        if isinstance(step, Chain):
            yield from _types(step)
        else:
            yield type(step)


def _is_subsequence(text: str, source: str) -> bool:
    rest = iter(source)
    return all(char in rest for char in text)
