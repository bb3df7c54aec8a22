"""Steps for datatrove's pipelines: one cleans, one counts what repeats on sites.

Needs the extra `datatrove`.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from pyarrow import parquet

from cleancorpus.adapters.arrow import error_line, removals_of
from cleancorpus.chain import Chain
from cleancorpus.document import Record
from cleancorpus.errors import MissingExtra
from cleancorpus.learn.counting import freeze
from cleancorpus.learn.counts import SCHEMA, PartialCounts
from cleancorpus.learn.files import Thresholds
from cleancorpus.learn.keys import SITES
from cleancorpus.learn.table import Table
from cleancorpus.presets import as_chain
from cleancorpus.runner.process import process

try:
    from datatrove.data import Document, DocumentsPipeline
    from datatrove.io import DataFolderLike, get_datafolder
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.adapters.datatrove needs datatrove: pip install 'cleancorpus[datatrove]'"
    ) from error


class Clean(PipelineStep):
    """Put the cleaned text in place of each document's text.

    The removals go into the metadata as `removals`. A document that cannot be cleaned keeps its
    text and has an `error` in its metadata. What each filter removed is counted in the stats.
    """

    type = "FORMAT"
    name = "cleancorpus"

    def __init__(self, chain: str | Chain | None = None, media: str | None = None) -> None:
        """Take the chain or a preset's name, and the media (`None` looks at each document)."""
        super().__init__()
        self.chain = as_chain(chain)
        self.media = media

    def run(
        self,
        data: DocumentsPipeline,
        rank: int = 0,  # noqa: ARG002 - as datatrove calls it
        world_size: int = 1,  # noqa: ARG002 - as datatrove calls it
    ) -> DocumentsPipeline:
        """Yield each document cleaned."""
        for document in data:
            with self.track_time():
                self._clean(document)
            yield document

    def _clean(self, document: Document) -> None:
        try:
            cleaned = process(_record(document, self.media), self.chain)
            text, removals = cleaned.text, removals_of(cleaned)
        except Exception as error:  # noqa: BLE001 - a filter from elsewhere may raise anything
            document.metadata["error"] = error_line(error)
            self.stat_update("failed")
            return
        document.text = text
        document.metadata["removals"] = removals
        self.stat_update("cleaned")
        for name, count in Counter(found["filter"] for found in removals).items():
            self.stat_update(f"removed by {name}", value=count, unit="doc")


class CountSites(PipelineStep):
    """Count what repeats on the sites of the documents, which go on as they are.

    Each task writes its counts as one file into a folder; `freeze_folder` makes the table of them.
    """

    type = "STATS"
    name = "cleancorpus sites"

    def __init__(self, folder: DataFolderLike, media: str | None = None, what: str = SITES) -> None:
        """Take the folder for the counts and the media (`None` looks at each document)."""
        super().__init__()
        self.folder = get_datafolder(folder)
        self.media = media
        self.what = what

    def run(
        self,
        data: DocumentsPipeline,
        rank: int = 0,
        world_size: int = 1,  # noqa: ARG002 - as datatrove calls it
    ) -> DocumentsPipeline:
        """Yield the documents, and write the counts when the last one has passed."""
        counts = PartialCounts(self.what)
        with (
            self.folder.open(f"{rank:05d}.parquet", "wb") as file,
            parquet.ParquetWriter(file, SCHEMA, compression="zstd") as writer,
        ):
            for document in data:
                counts.add(_record(document, self.media))
                if counts.is_full:
                    writer.write_batch(counts.take())
                yield document
            writer.write_batch(counts.take())


def freeze_folder(
    folder: str | Path,
    path: str | Path,
    thresholds: Thresholds | None = None,
    what: str = SITES,
) -> Table:
    """Return the table of all counts that tasks wrote into a folder, written to a file."""
    files = sorted(Path(folder).glob("*.parquet"))
    return freeze(
        (batch for file in files for batch in parquet.ParquetFile(file).iter_batches()),
        path,
        thresholds,
        what=what,
    )


def _record(document: Document, media: str | None) -> Record:
    return Record(document.text, document.id, document.metadata.get("url"), media)
