"""What a block is counted under: its words as one number, alike on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final

from cleancorpus.document import Document
from cleancorpus.measures import shown, tokens_of_each

FORM: Final = 1
"""The form of the keys; a table of another form is refused, as its keys would match nothing."""
PAGE: Final = 0
"""The key under which the pages of a site are counted."""
FAILED: Final = 2
"""The key under which records are counted that could not be read."""

SITES: Final = "sites"
COPIES: Final = "copies"
"""What is counted: blocks on the pages of their site, or paragraphs in the whole corpus."""
LEAST_COPIED_WORDS: Final = 8
"""So many words make a paragraph whose copies in other documents are counted."""


def document_name(document: Document) -> str:
    """Return what a document is called among others: its id, or its URL where it has none."""
    return document.id or document.url or ""


def block_keys(document: Document) -> tuple[int, ...]:
    """Return the key of every block, computed once for a document.

    Blocks of the same words have the same key, whatever the case, punctuation and spaces; a
    block without words has its characters instead.

    Example:
        >>> from cleancorpus import Block
        >>> one, other = block_keys(Document((Block("Sign in!"), Block("Sign  in"))))
        >>> one == other
        True
    """
    keys = document.memo.get("block-keys")
    if keys is None:
        texts = [shown(block) for block in document.blocks]
        keys = document.memo["block-keys"] = tuple(map(_key, texts, tokens_of_each(texts)))
    assert isinstance(keys, tuple)
    return keys


def _key(text: str, words: Sequence[str]) -> int:
    """A hash of 63 bits: the last bit is always set, so that no block has the key of a count.

    Only blocks of one site are compared, so two of them with the same hash by chance are not to
    be expected before a site has a billion different blocks.
    """
    said = " ".join(words) or " ".join(text.split())
    digest = hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True) | 1
