"""Time and memory of learning over many blocks, within a given amount of memory.

    python -m benchmarks.scale.learning [--blocks 1000000,10000000] [--memory 512MB] \
        [--folder FOLDER]

The pages are those of the Debian package `python3.11-doc`, as plain text (see
`benchmarks.quality.sites`), again and again: each time as another site, and with a mark on every
line that only one of its pages has, so that of 10 million blocks most are different. Each size runs
in a process of its own, whose largest resident size is read at the end.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.quality.sites import fetch, pages_of

from cleancorpus import Record
from cleancorpus.learn.counting import Counting
from cleancorpus.learn.counts import partial_counts
from cleancorpus.learn.files import Thresholds

PACKAGE: Final = "python3.11-doc"
PAGES_A_SITE: Final = 400
_MB: Final = 1 << 20


def write_pages(folder: Path) -> Path:
    """Write the lines of the pages, each with whether another page has it, as JSONL."""
    fetch(folder, PACKAGE)
    pages = [page.text.splitlines() for page in pages_of(folder, PACKAGE, PAGES_A_SITE)]
    counts = Counter(line for lines in pages for line in set(lines))
    path = folder / "pages.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for lines in pages:
            file.write(json.dumps([(line, counts[line] == 1) for line in lines]) + "\n")
    return path


def records(path: Path, blocks: int) -> Iterator[Record]:
    """Yield pages until they have so many lines together."""
    pages = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    done = site = 0
    while done < blocks:
        for lines in pages:
            text = "".join(f"{line} {site}\n" if own else f"{line}\n" for line, own in lines)
            yield Record(text, url=f"site{site}.example", media="text")
            done += len(lines)
            if done >= blocks:
                return
        site += 1


def run(path: Path, blocks: int, memory: str) -> dict[str, float]:
    """Learn from so many blocks, and return what it took."""
    start = time.perf_counter()
    added = counting_s = rows = 0.0
    with Counting(memory) as counting, tempfile.TemporaryDirectory() as folder:
        for counts in partial_counts(records(path, blocks)):
            before = time.perf_counter()
            counting.add(counts)
            added += time.perf_counter() - before
            rows += counts.num_rows
        before = time.perf_counter()
        counting.write(Path(folder) / "one.table", Thresholds())
        counting_s = time.perf_counter() - before
        table = Path(folder) / "one.table"
        size, kept = table.stat().st_size, _rows(table)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return {
        "blocks": blocks,
        "rows": rows,
        "wall_s": time.perf_counter() - start,
        "add_s": added,
        "sum_s": counting_s,
        "peak_mb": peak / _MB,
        "table_rows": kept,
        "table_kb": size / 1024,
    }


def _rows(path: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415 - of the process that counts

    return int(parquet.ParquetFile(path).metadata.num_rows)


def main() -> None:
    """Print the table, or run one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--blocks", default="1000000,10000000", help="sizes, commas between them")
    parser.add_argument("--memory", default="512MB", help="what DuckDB may hold in memory")
    parser.add_argument("--folder", type=Path, help="where the package is kept")
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    sizes = [int(size) for size in options.blocks.split(",")]
    if options.one:
        print(json.dumps(run(options.one, sizes[0], options.memory)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        path = write_pages(options.folder or Path(temporary))
        names = ("wall_s", "add_s", "sum_s", "peak_mb", "rows", "table_rows", "table_kb")
        print("| blocks | " + " | ".join(names) + " |")
        print("| --- " * (len(names) + 1) + "|", flush=True)
        for size in sizes:
            command = [sys.executable, "-m", "benchmarks.scale.learning", "--one", str(path)]
            command += ["--blocks", str(size), "--memory", options.memory]
            done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
            found = json.loads(done.stdout)
            cells = " | ".join(f"{found[name]:,.1f}" for name in names)
            print(f"| {size:,} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
