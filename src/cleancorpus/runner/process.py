"""One record through a chain: what every way of running comes down to."""

from __future__ import annotations

from cleancorpus.chain import Chain
from cleancorpus.document import Document, Record
from cleancorpus.presets import as_chain, default_chain
from cleancorpus.segment import segment


def process(
    record: Record, chain: str | Chain | None = None, *, mend_mojibake: bool = False
) -> Document:
    """Return the record's document with everything marked that the chain removes.

    `chain` may be a preset's name; without a chain the media's default runs.

    Raises:
        UnknownMedia: the record's media is none that can be segmented.
        UnknownPreset: no preset has that name.
    """
    chain = as_chain(chain)
    document = segment(record, mend_mojibake=mend_mojibake)
    if chain is None:
        chain = default_chain(document.media)
    return chain.clean(document)


def clean(
    content: str | bytes,
    media: str | None = None,
    url: str | None = None,
    chain: str | Chain | None = None,
) -> Document:
    r"""Return content as a document with its boilerplate marked, each removal with its reason.

    `media` is `"text"`, `"markdown"` or `"html"`; `None` looks at the content. `chain` is a
    preset's name, a `Chain`, or `None` for the media's default.

    Raises:
        UnknownMedia: the media is none that can be segmented.
        UnknownPreset: no preset has that name.

    Example:
        >>> page = "Home\nContact\nAbout us\nThe ferry is back, and it carries cars again.\n"
        >>> document = clean(page)
        >>> document.text
        'The ferry is back, and it carries cars again.\n'
        >>> {removal.filter for removal in document.removals}
        {'navigation-list'}
    """
    return process(Record(content, url=url, media=media), chain)
