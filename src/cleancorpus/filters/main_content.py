"""Whatever is left that the learned judge takes for no content."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from cleancorpus.content import judgement_of
from cleancorpus.document import Document, Kind, Removal
from cleancorpus.options import check_at_least, option

_PROTECTED: Final = frozenset((Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE))


@dataclass(frozen=True, slots=True)
class MainContent:
    r"""Remove whatever is left that the learned judge scores as not content.

    A small network reads the shape of each block, the elements it stands in, its neighbours and
    the page, and says how likely the block is content. What is kept is decided page by page:
    the choice of blocks whose expected word F1 is highest.

    Removes:
        Boilerplate that no named filter describes, of any language and layout.

    Keeps:
        Code, table rows and quotes between blocks that stay; all plain text and Markdown, which
        it does not judge; the one best block of every page.
        Known miss: on pages of products and on lists of posts it is often wrong.

    Example:
        >>> from cleancorpus import Chain, clean
        >>> page = "<nav><a href=/>Home</a> <a href=/n>News</a></nav><main><h1>The ferry is back"
        >>> page += "</h1><p>The ferry came back on Monday, and it carries cars again.</p></main>"
        >>> document = clean(page, "html", chain=Chain((MainContent(),)))
        >>> [document.blocks[removal.at].text for removal in document.removals]
        ['Home News']

    Cost:
        Features as array operations over the page, then some matrix products; measured in
        `benchmarks/speed/html.py`.
    """

    leaning: float = option(
        1.0,
        unit="over 1 keeps more (recall), under 1 less (precision)",
        source="1 is the cut of the highest expected F1, Ye et al., ICML 2012",
    )
    weights: str = option(
        "",
        unit="folder that `cleancorpus train` wrote; nothing for the weights of the package",
        source="trained by the command on the card of the weights",
    )

    name: ClassVar[str] = "main-content"

    def __post_init__(self) -> None:
        """Check the option."""
        check_at_least("leaning", self.leaning, 0)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge the whole page, blocks that are gone included, so that every pass says the same.

        Raises:
            WeightsError: the weights cannot be read.
        """
        judgement = judgement_of(document, self.weights)
        if judgement is None:
            return
        kept = judgement.kept(self.leaning)
        inside = judgement.inside(kept)
        blocks, is_kept = document.blocks, document.is_kept
        places = [
            at
            for at in np.flatnonzero(~kept).tolist()
            if is_kept(at) and not (inside[at] and blocks[at].kind in _PROTECTED)
        ]
        said = judgement.against(np.array(places, np.int64))
        for at, cues in zip(places, said, strict=True):
            likely = float(judgement.probabilities[at])
            because = f"content with a likelihood of {likely:.0%}" + (f": {cues}" if cues else "")
            yield Removal(at, self.name, because, round(1 - likely, 2))
