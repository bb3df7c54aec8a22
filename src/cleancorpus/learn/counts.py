"""Partial counts: what some records say of their sites, to be added to what others say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyarrow as pa

from cleancorpus.document import Document, Record
from cleancorpus.learn.keys import (
    COPIES,
    FAILED,
    LEAST_COPIED_WORDS,
    PAGE,
    SITES,
    block_keys,
    document_name,
)
from cleancorpus.learn.sites import site_of
from cleancorpus.measures import count_words, quoted, shown, tokens
from cleancorpus.segment import segment

SCHEMA: Final = pa.schema(
    [
        pa.field("site", pa.string(), nullable=False),
        pa.field("key", pa.int64(), nullable=False),
        pa.field("documents", pa.int64(), nullable=False),
        pa.field("sample", pa.string(), nullable=False),
    ]
)
"""A row says on how many documents of a site a block stands, and how its text begins.

Two tables of counts are put together by adding `documents` and taking the least `sample` (by
code points) of the rows with the same site and key, so the sum knows no order. Under the key
`PAGE` stand the documents of the site, under `FAILED` what could not be read.
"""
SAMPLE_CHARS: Final = 80
_MOST_ROWS: Final = 100_000  # held in memory before they are handed on

_Counts = dict[tuple[str, int], tuple[int, str]]


class PartialCounts:
    """Counts in the making: records go in one by one, batches of counts come out.

    Of `SITES` every block is counted on its site, of `COPIES` every paragraph in the whole
    corpus, with the least id of a document that holds it in place of a sample.

    Raises:
        MissingExtra: the public suffix list is not installed.
    """

    def __init__(self, what: str = SITES) -> None:
        """Begin with nothing."""
        site_of("example.org")  # what is not installed is no failure of a record
        self._count = _count_copies if what == COPIES else _count_sites
        self._counts: _Counts = {}

    @property
    def is_full(self) -> bool:
        """There are so many counts that they had better be taken."""
        return len(self._counts) >= _MOST_ROWS

    def add(self, record: Record) -> None:
        """Count each block of a record once; one that cannot be read is counted as failed."""
        try:
            document = segment(record)
        except Exception:  # noqa: BLE001 - cleaning meets the same error and tells it
            _add(self._counts, ("", FAILED), "")
        else:
            self.add_document(document)

    def add_document(self, document: Document) -> None:
        """Count each block of a document once."""
        self._count(self._counts, document)

    def take(self) -> pa.RecordBatch:
        """Return what was counted since it was last taken."""
        counts, self._counts = self._counts, {}
        return _batch(counts)


def partial_counts(records: Iterable[Record], what: str = SITES) -> Iterator[pa.RecordBatch]:
    """Yield the counts of records in batches, see `PartialCounts`."""
    counts = PartialCounts(what)
    for record in records:
        counts.add(record)
        if counts.is_full:
            yield counts.take()
    yield counts.take()


def as_bytes(counts: pa.RecordBatch) -> bytes:
    """Return counts in the format of Arrow streams, to be sent to another process."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, counts.schema) as stream:
        stream.write_batch(counts)
    return bytes(sink.getvalue())


def of_bytes(data: bytes) -> pa.Table:
    """Return the counts that `as_bytes` was given."""
    with pa.ipc.open_stream(data) as stream:
        return stream.read_all()


def _count_sites(counts: _Counts, document: Document) -> None:
    site = site_of(document.url)
    _add(counts, (site, PAGE), "")
    samples: dict[int, str] = {}
    for key, block in zip(block_keys(document), document.blocks, strict=True):
        said = _sample(shown(block))
        samples[key] = min(samples.get(key, said), said)
    for key, said in samples.items():
        _add(counts, (site, key), said)


def _count_copies(counts: _Counts, document: Document) -> None:
    name = _text(document_name(document))
    keys = zip(block_keys(document), document.blocks, strict=True)
    paragraphs = {
        key for key, block in keys if count_words(tokens(shown(block))) >= LEAST_COPIED_WORDS
    }
    for key in (PAGE, *paragraphs):
        _add(counts, ("", key), name)


def _add(counts: _Counts, of: tuple[str, int], said: str) -> None:
    documents, sample = counts.get(of, (0, said))
    counts[of] = documents + 1, min(sample, said)


def _sample(text: str) -> str:
    """The start of a text; a document put together by hand may hold half a character."""
    return _text(quoted(text, SAMPLE_CHARS))


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _batch(counts: _Counts) -> pa.RecordBatch:
    columns = (
        [site for site, _ in counts],
        [key for _, key in counts],
        [documents for documents, _ in counts.values()],
        [sample for _, sample in counts.values()],
    )
    return pa.record_batch(
        [pa.array(column, kind.type) for column, kind in zip(columns, SCHEMA, strict=True)],
        schema=SCHEMA,
    )
