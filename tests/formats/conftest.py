"""Files through a source and a sink in one process, cut, cleaned and put together as in a run."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

import pytest

from cleancorpus.document import Document, Removal
from cleancorpus.errors import RecordError
from cleancorpus.formats.base import Entry, Raw, Sink, Source, Start
from cleancorpus.segment import segment

_MOST_BYTES: Final = 1 << 20
_Thing = TypeVar("_Thing")


class Through:
    """What one process cuts and others understand; everything between them is pickled."""

    def raws(
        self, source: Source, data: bytes, start: Start | None = None, max_bytes: int = _MOST_BYTES
    ) -> list[Raw]:
        return list(source.split(io.BytesIO(data), start or Start(), max_bytes))

    def entries(self, source: Source, data: bytes) -> list[Entry]:
        return [entry for entry, _ in self._read(source, data)]

    def errors(self, source: Source, data: bytes, max_bytes: int = _MOST_BYTES) -> list[str]:
        """Where records of a file could not be read, and why."""
        head = source.head(io.BytesIO(data))
        found = []
        for raw in self.raws(source, data, None, max_bytes):
            error = raw.error
            if error is None:
                try:
                    source.parse(raw.data, head, "a")
                except RecordError as refused:
                    error = str(refused)
            if error is not None:
                found.append(f"{source.place(raw.number)}: {error}".removeprefix(", "))
        return found

    def written(
        self,
        sink: Sink,
        *files: tuple[Source, bytes],
        rows_a_batch: int = 2,
        removed: Sequence[int] = (),
    ) -> bytes:
        """The file that these files become, without the blocks of these indices."""
        spool = io.BytesIO()
        for source, data in files:
            head = source.head(io.BytesIO(data))
            spool.write(b"".join(sink.encode((), head)))
            rows = [
                _passed_on(sink.row(entry, document.mark(_removals(document, removed))))
                for entry, document in self._read(source, data)
            ]
            for at in range(0, len(rows), rows_a_batch):
                spool.write(b"".join(_passed_on(sink).encode(rows[at : at + rows_a_batch], head)))
        if not sink.spools:
            return spool.getvalue()
        target = io.BytesIO()
        spool.seek(0)
        sink.finish(spool, target)
        return target.getvalue()

    def _read(self, source: Source, data: bytes) -> Iterator[tuple[Entry, Document]]:
        head = source.head(io.BytesIO(data))
        for raw in self.raws(source, data):
            assert not raw.error, raw.error
            entry = _passed_on(source).parse(_passed_on(raw).data, head, "a")
            yield entry, segment(entry.record)


def _removals(document: Document, removed: Sequence[int]) -> list[Removal]:
    places = [at for at in removed if at < len(document.blocks)]
    return [Removal(at, "test", "a reason", 0.5) for at in places]


def _passed_on(thing: _Thing) -> _Thing:
    copy: _Thing = pickle.loads(pickle.dumps(thing))  # noqa: S301 - our own
    return copy


@pytest.fixture(scope="session")
def through() -> Through:
    return Through()
