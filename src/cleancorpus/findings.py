"""What a filter found, block by block, as removals."""

from __future__ import annotations

from collections.abc import Mapping

from cleancorpus.document import Document, Removal
from cleancorpus.instances import instances


def removals(
    document: Document, name: str, found: Mapping[int, tuple[float, str]]
) -> list[Removal]:
    """Return what a filter of that name found, score and evidence by block, as removals in order.

    Of blocks that are gone already there is none.

    Example:
        >>> from cleancorpus import Block
        >>> document = Document((Block("Tea"), Block("Share")))
        >>> [removal.because for removal in removals(document, "share", {1: (0.9, "is 'share'")})]
        ["is 'share'"]
    """
    places = sorted(found.keys() - document.gone)
    return instances(
        Removal,
        len(places),
        at=places,
        filter=name,
        because=[found[at][1] for at in places],
        score=[found[at][0] for at in places],
    )
