"""What a corpus of a terabyte costs: computed from pages measured on one core.

    python -m benchmarks.scale.sizing [--every 8]

Reads `wcxb-dev.jsonl.zst` of the shared data (`CLEANCORPUS_DATA`, default `../shared/data`). Every
n-th page goes through `clean_batch` with the default chain and through `count_batch`, as HTML and
as the text that stands in it, in batches of 50 and in one process. Process time is the least of
three interleaved rounds. The counts are what an engine shuffles: their size is that of an Arrow
stream compressed by LZ4. Nearly every page is of a site of its own, so nothing is summed up before
the shuffle: on a corpus with many pages a site less of it is left.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from typing import Final

import pyarrow as pa
from benchmarks.quality.pages import GOLD
from benchmarks.quality.texts import whole_text

from cleancorpus.adapters.arrow import clean_batch, count_batch
from cleancorpus.evaluate import read_pages

ROUNDS: Final = 3
ROWS: Final = 50
TERABYTE: Final = 10**12


def batches(every: int) -> dict[str, list[pa.RecordBatch]]:
    """Return every n-th page in batches, as HTML and as text."""
    rows: dict[str, list[dict[str, str | None]]] = {"html": [], "text": []}
    for at, page in enumerate(read_pages(GOLD)):
        if at % every or not page.content:
            continue
        html = page.content
        rows["html"].append({"content": html, "url": page.url, "media": "html"})
        rows["text"].append({"content": whole_text(html), "url": page.url, "media": "text"})
    return {
        media: [
            pa.RecordBatch.from_pylist(some[at : at + ROWS]) for at in range(0, len(some), ROWS)
        ]
        for media, some in rows.items()
    }


def seconds(step: Callable[[pa.RecordBatch], object], given: list[pa.RecordBatch]) -> float:
    """Return the process time of a step over all batches."""
    start = time.process_time()
    for batch in given:
        step(batch)
    return time.process_time() - start


def shuffled(given: list[pa.RecordBatch]) -> tuple[int, int]:
    """Return the rows of all counts, and their bytes as a compressed stream."""
    counts = [count_batch(batch) for batch in given]
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.ipc.new_stream(sink, counts[0].schema, options=options) as stream:
        for some in counts:
            stream.write_batch(some)
    return sum(some.num_rows for some in counts), sink.getvalue().size


def report(media: str, given: list[pa.RecordBatch], clean_s: float, count_s: float) -> None:
    """Print what was measured, and what a terabyte of such pages comes to."""
    pages = sum(batch.num_rows for batch in given)
    size = sum(len(str(text).encode()) for batch in given for text in batch["content"].to_pylist())
    rows, counted = shuffled(given)
    documents = TERABYTE * pages / size
    print(f"\n{media}: {pages} pages of {size / pages:,.0f} bytes")
    print(f"cleaned: {pages / clean_s:,.0f} documents a core-second, {size / clean_s / 1e6:.2f} MB")
    print(f"counted: {pages / count_s:,.0f} documents a core-second, {size / count_s / 1e6:.2f} MB")
    print(f"counts: {rows / pages:,.0f} rows and {counted / pages:,.0f} bytes a document")
    for terabytes in (1, 100):
        cleaning = terabytes * documents / pages * clean_s / 3600
        counting = terabytes * documents / pages * count_s / 3600
        volume = terabytes * documents * counted / pages / 1e9
        print(
            f"{terabytes} TB: {terabytes * documents / 1e6:,.1f} million documents, "
            f"{cleaning:,.0f} core-hours to clean, {counting:,.0f} to count, "
            f"{volume:,.0f} GB to shuffle"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", type=int, default=8, help="every n-th page")
    options = parser.parse_args()
    given = batches(options.every)
    cleaning: dict[str, list[float]] = {media: [] for media in given}
    counting: dict[str, list[float]] = {media: [] for media in given}
    for _ in range(ROUNDS):
        for media, some in given.items():
            cleaning[media].append(seconds(clean_batch, some))
            counting[media].append(seconds(count_batch, some))
    for media, some in given.items():
        report(media, some, min(cleaning[media]), min(counting[media]))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    held = sum(batch.nbytes for some in given.values() for batch in some)
    print(f"\nlargest resident size: {peak / 1e6:,.0f} MB, of it {held / 1e6:,.0f} MB pages")


if __name__ == "__main__":
    main()
