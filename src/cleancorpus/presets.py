"""Chains with names, and which one a kind of text gets by default."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from cleancorpus.chain import Chain, Filter, LossBudget
from cleancorpus.errors import UnknownMedia, UnknownPreset
from cleancorpus.filters import (
    BUILTIN,
    Byline,
    Caption,
    Comment,
    CopiedParagraph,
    DuplicateParagraph,
    JusText,
    MainContent,
    NavigationList,
    UnrelatedHeadline,
)
from cleancorpus.segment import MEDIA

_SURE = 0.9
# A judge of everything that stands in for others, and one that takes what is text: users name
# them, no preset has them.
_ON_REQUEST: Final[tuple[type[Filter], ...]] = (CopiedParagraph, JusText)


def _default() -> Chain:
    """Every filter with its defaults, for text of unknown origin."""
    chosen = (filter_type for filter_type in BUILTIN if filter_type not in _ON_REQUEST)
    return Chain(tuple(filter_type() for filter_type in chosen), budget=LossBudget())


def _light() -> Chain:
    """Only removals that are nearly certain, for text that is good already."""
    return Chain(_default().filters, min_score=_SURE, budget=LossBudget(max_share=0.3))


def _strict() -> Chain:
    """Every filter with looser limits and no loss budget, where residue costs more than text."""
    loose: dict[str, Filter] = {
        NavigationList.name: NavigationList(min_score=0.6),
        UnrelatedHeadline.name: UnrelatedHeadline(min_run=2, min_prose=1),
        DuplicateParagraph.name: DuplicateParagraph(min_words=5, min_run=3, max_times=100),
        Comment.name: Comment(min_prose=1),
        MainContent.name: MainContent(leaning=0.6),
    }
    return Chain(tuple(loose.get(step.name, step) for step in _default().filters))


def _news() -> Chain:
    """The default for news articles: longer bylines and captions, two headlines are a run."""
    own: dict[str, Filter] = {
        Byline.name: Byline(max_words=25),
        Caption.name: Caption(max_words=80),
        UnrelatedHeadline.name: UnrelatedHeadline(min_run=2),
    }
    return Chain(
        tuple(own.get(step.name, step) for step in _default().filters), budget=LossBudget()
    )


PRESETS: Final[Mapping[str, Callable[[], Chain]]] = {
    "default": _default,
    "light": _light,
    "strict": _strict,
    "news": _news,
    "none": Chain,
}


def preset(name: str) -> Chain:
    """Return the chain of that name.

    Raises:
        UnknownPreset: there is none; the message offers the nearest names.
    """
    if name not in PRESETS:
        raise UnknownPreset(name, PRESETS)
    return _made(name)


def as_chain(chain: str | Chain | None) -> Chain | None:
    """Return the chain that a preset's name stands for; a chain, and None, stay what they are.

    Raises:
        UnknownPreset: no preset has that name.
    """
    return preset(chain) if isinstance(chain, str) else chain


@cache
def _made(name: str) -> Chain:
    """A chain is a value: whoever cleans page by page need not make it anew for each."""
    return PRESETS[name]()


def default_chain(media: str = "text") -> Chain:
    """Return the chain that `clean` runs on a kind of text when none is given.

    Raises:
        UnknownMedia: the media is none that can be segmented.
    """
    if media not in MEDIA:
        raise UnknownMedia(media, MEDIA)
    return preset("default")
