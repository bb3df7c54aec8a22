"""Documents that are nearly alike, found by MinHash.

Needs the extra `near`, which brings datasketch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cleancorpus.document import Document
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.keys import document_name
from cleancorpus.measures import shown, tokens
from cleancorpus.options import check_share

try:
    from datasketch import MinHash, MinHashLSH
except ImportError as error:
    raise MissingExtra(
        "near-duplicates need datasketch: pip install 'cleancorpus[near]'"
    ) from error

MIN_SIMILARITY: Final = 0.8
_SHINGLE_WORDS: Final = 5
_PERMUTATIONS: Final = 128


@dataclass(frozen=True, slots=True)
class Near:
    """A document that is nearly the same as another, and how alike they are, 0 to 1."""

    id: str
    first: str
    similarity: float

    @property
    def flag(self) -> str:
        """The line that marks such a document, for `Document.flag`."""
        return f"near-duplicate of {self.first}, similarity {self.similarity:.2f}"


def near_duplicates(
    documents: Iterable[Document], min_similarity: float = MIN_SIMILARITY
) -> Iterator[Near]:
    """Yield each document that is nearly the same as one whose id comes before its own.

    Documents are compared by what stays of them, as sets of five words in a row; the similarity
    is estimated from 128 hashes, so it is off by some hundredths. Nothing is removed, and the
    order of the documents makes no difference. Two kilobytes a document stay in memory.

    Raises:
        OptionError: the similarity is no share.

    Example:
        >>> from cleancorpus import Record, segment
        >>> text = "The ferry came back on Monday after nine days of storms, and it carries cars."
        >>> pages = [Record(text * 9, "b"), Record(text * 9 + " Again.", "a"), Record("Fog.", "c")]
        >>> [(near.id, near.first) for near in near_duplicates(map(segment, pages))]
        [('b', 'a')]
    """
    check_share("min_similarity", min_similarity)
    index = MinHashLSH(threshold=min_similarity, num_perm=_PERMUTATIONS)
    hashes: dict[str, Any] = {}
    for document in documents:
        name, words = document_name(document), _words(document)
        if name and words and name not in hashes:
            hashes[name] = _hashed(words)
            index.insert(name, hashes[name])
    for name in sorted(hashes):
        before = (other for other in index.query(hashes[name]) if other < name)
        alike = ((other, hashes[name].jaccard(hashes[other])) for other in sorted(before))
        found = next((pair for pair in alike if pair[1] >= min_similarity), None)
        if found is not None:
            yield Near(name, found[0], float(found[1]))


def _words(document: Document) -> list[str]:
    return [word for block in document.kept for word in tokens(shown(block))]


def _hashed(words: Sequence[str]) -> Any:  # noqa: ANN401 - datasketch has no types
    last = max(len(words) - _SHINGLE_WORDS, 0)
    shingles = {" ".join(words[at : at + _SHINGLE_WORDS]) for at in range(last + 1)}
    found = MinHash(num_perm=_PERMUTATIONS, seed=1)
    found.update_batch([one.encode("utf-8", "replace") for one in shingles])
    return found
