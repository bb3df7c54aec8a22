"""The filters that come with the package, and how a filter is found by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cleancorpus.chain import Filter
from cleancorpus.errors import FilterError, UnknownFilter
from cleancorpus.filters.advertisement import Advertisement
from cleancorpus.filters.byline import Byline
from cleancorpus.filters.caption import Caption
from cleancorpus.filters.comment import Comment
from cleancorpus.filters.consent_notice import ConsentNotice
from cleancorpus.filters.copied_paragraph import CopiedParagraph
from cleancorpus.filters.duplicate_paragraph import DuplicateParagraph
from cleancorpus.filters.justext import JusText
from cleancorpus.filters.legal_footer import LegalFooter
from cleancorpus.filters.main_content import MainContent
from cleancorpus.filters.navigation_list import NavigationList
from cleancorpus.filters.repeated_block import RepeatedBlock
from cleancorpus.filters.share_prompt import SharePrompt
from cleancorpus.filters.unrelated_headline import UnrelatedHeadline
from cleancorpus.filters.widget_residue import WidgetResidue

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

# In the order of the default chain: the most specific reason first. A filter that no preset has
# stands at the end.
BUILTIN: Final[tuple[type[Filter], ...]] = (
    ConsentNotice,
    WidgetResidue,
    Advertisement,
    Comment,
    LegalFooter,
    SharePrompt,
    Caption,
    Byline,
    UnrelatedHeadline,
    NavigationList,
    DuplicateParagraph,
    RepeatedBlock,
    MainContent,
    CopiedParagraph,
    JusText,
)

ENTRY_POINTS: Final = "cleancorpus.filters"

__all__ = [
    "BUILTIN",
    "ENTRY_POINTS",
    "Advertisement",
    "Byline",
    "Caption",
    "Comment",
    "ConsentNotice",
    "CopiedParagraph",
    "DuplicateParagraph",
    "JusText",
    "LegalFooter",
    "MainContent",
    "NavigationList",
    "RepeatedBlock",
    "SharePrompt",
    "UnrelatedHeadline",
    "WidgetResidue",
    "by_name",
]


def by_name(name: str) -> type[Filter]:
    """Return the filter type of that name, built in or installed under the entry-point group.

    Raises:
        UnknownFilter: there is none; the message offers the nearest names.
        FilterError: the package that brings it is broken.
    """
    for filter_type in BUILTIN:
        if filter_type.name == name:
            return filter_type
    from importlib import metadata  # noqa: PLC0415 - slow to load, and most names are built in

    installed = metadata.entry_points(group=ENTRY_POINTS)
    for entry in installed:
        if entry.name == name:
            return _loaded(entry)
    raise UnknownFilter(name, [*(known.name for known in BUILTIN), *installed.names])


def _loaded(entry: EntryPoint) -> type[Filter]:
    package = entry.dist.name if entry.dist else entry.module
    try:
        found = entry.load()
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        raise FilterError(
            f"the filter {entry.name!r} of the package {package} cannot be loaded: {said}"
        ) from error
    if not isinstance(found, type):
        raise FilterError(f"the filter {entry.name!r} of the package {package} is no class")
    return found
