"""Texts of the shared pages as others would hand them over: what the judge of text learns from.

    python -m benchmarks.quality.texts OUT.jsonl.zst [--only html2text,...] [--every 1]

Of every page with gold text: its whole visible text, a line for each block; what each installed
extractor makes of it (`pip install --group extractors`); and the gold text itself, of which
nothing may go. With `--every 3` a page has the texts of every third extractor, and the next page
those of the next ones: enough to learn from, and half of it whole pages.

Reads `wcxb-dev.jsonl.zst` of the shared data (`CLEANCORPUS_DATA`, default `../shared/data`). A
line of OUT is a text: `id`, `domain`, `page_type`, `source` (`whole`, an extractor, or `gold`),
`media`, `text`, `main_content`. A page on which an extractor raises gives no text of it.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final

import zstandard
from benchmarks.quality.extractors import EXTRACTORS, MARKDOWN, Extract, load

from cleancorpus import Record, segment
from cleancorpus.content.corpus import read_records

GOLD: Final = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data")) / "wcxb-dev.jsonl.zst"
WHOLE: Final = "whole"
CLEAN: Final = "gold"
PROCESSES: Final = 2

_SOURCES = [name for name in EXTRACTORS if name not in ("cleancorpus", "rs-trafilatura")]


def whole_text(html: str) -> str:
    """Return the visible text, each block on one line."""
    blocks = segment(Record(html, media="html")).blocks
    return "".join(f"{' '.join(block.text.split())}\n" for block in blocks)


def texts_of(page: Mapping[str, Any], extractors: Mapping[str, Extract]) -> Iterator[list[str]]:
    """Yield source, media and text of everything that is made of a page."""
    yield [WHOLE, "text", whole_text(page["html"])]
    yield [CLEAN, "text", page["main_content"]]
    for name, extract in extractors.items():
        try:
            text = extract(page["html"])
        except Exception:  # noqa: BLE001, S112 - whatever an extractor raises: it gives no text
            continue
        yield [name, "markdown" if name in MARKDOWN else "text", text]


def lines_of(names: list[str], every: int, part: int) -> list[str]:
    """Return one process's share of the file."""
    extractors = load(names)
    lines = []
    for at, page in enumerate(read_records(GOLD)):
        if at % PROCESSES != part or not page["main_content"]:
            continue
        about = {name: page[name] for name in ("id", "domain", "page_type", "main_content")}
        chosen = {name: extractors[name] for name in names[at % every :: every]}
        for source, media, text in texts_of(page, chosen):
            if text.strip():
                found = {**about, "source": source, "media": media, "text": text}
                lines.append(json.dumps(found, ensure_ascii=False) + "\n")
    return lines


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", metavar="NAMES", help="these extractors, commas between them")
    parser.add_argument("--every", type=int, default=1, help="every n-th extractor a page")
    options = parser.parse_args()
    names = list(load(options.only.split(",") if options.only else _SOURCES))
    with ProcessPoolExecutor(PROCESSES) as pool:
        parts = list(pool.map(partial(lines_of, names, options.every), range(PROCESSES)))
    with options.out.open("wb") as file, zstandard.ZstdCompressor(6).stream_writer(file) as out:
        for lines in parts:
            for line in lines:
                out.write(line.encode("utf-8", "surrogatepass"))


if __name__ == "__main__":
    main()
