"""Word F1 on whole sites with one template: what learning from the site itself brings.

    python -m benchmarks.quality.sites [--pages 1500] [--only sqlite3-doc,...] [--folder FOLDER]

The sites are packages of documentation from Debian, downloaded by `apt-get` and unpacked by `dpkg`
into a temporary folder (or into `--folder`, to be used again). Of each, the pages are taken whose
paths have the first hashes. The gold text of a page is what the template's own content element
holds; the input has no markup that could give it away: every page is turned into plain text first,
a line for each block. For comparison the same is done with the HTML.
"""

from __future__ import annotations

import argparse
import hashlib
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.quality.texts import whole_text
from selectolax.lexbor import LexborHTMLParser

from cleancorpus import Chain, Record, default_chain, process
from cleancorpus.evaluate import PageMeans, score_page
from cleancorpus.evaluate.gold import GoldPage
from cleancorpus.filters import RepeatedBlock

# The element that holds the content, by the template's own name for it. SQLite's template has
# none: its content is what is left without the header and the date at the end.
CONTENT: Final[Mapping[str, str]] = {
    "python3.11-doc": "[role=main]",
    "sqlite3-doc": "body",
    "apache2-doc": "#page-content",
    "openjdk-17-doc": "main",
    "rust-doc": "#main-content",
}
MOST_BYTES: Final = 400_000  # larger pages are lists of everything there is
PROCESSES: Final = 2


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a site in both forms, with its gold text."""

    text: str
    html: str
    gold: str


def pages_of(folder: Path, package: str, most: int) -> Iterator[Page]:
    """Yield the first pages of a package that have the content element."""
    files = [
        path
        for path in (folder / package).rglob("*")
        if path.is_file() and not path.is_symlink() and ".html" in path.suffixes
    ]
    # Names of languages and of the compressor come after .html; compressed pages are left out.
    files = [path for path in files if path.suffix != ".gz" and path.stat().st_size <= MOST_BYTES]
    found = 0
    for path in sorted(files, key=lambda path: _hash(path.relative_to(folder))):
        html = path.read_text("utf-8", "replace")
        gold = gold_of(package, html)
        if gold.strip() and found < most:
            found += 1
            yield Page(whole_text(html), html, gold)


def gold_of(package: str, html: str) -> str:
    """Return the text of the content element, a line for each block; nothing where it has none."""
    tree = LexborHTMLParser(html)
    if package == "sqlite3-doc":
        header, date = tree.css_first("body > div.nosearch"), tree.css_first("#mtimelink")
        if header is None:
            return ""
        header.decompose()
        while date is not None and date.tag != "p":
            date = date.parent
        if date is not None:
            date.decompose()
    found = tree.css(CONTENT[package])
    inner = "".join(node.html or "" for node in found)
    return whole_text(f"<html><body>{inner}</body></html>") if found else ""


def chains(records: list[Record]) -> dict[str, Chain]:
    """Return what is compared: nothing, the default, and both with what the records teach."""
    learned = RepeatedBlock().learn(records)
    default = default_chain()
    return {
        "before": Chain(),
        "default": default,
        "learned": Chain((learned,)),
        "default, learned": default.replacing(learned),
    }


def f1(records: list[Record], golds: list[str], chain: Chain, part: int) -> tuple[float, int]:
    """Return the sum of the word F1 of one process's share of the pages, and how many they are."""
    means = PageMeans()
    for record, gold in zip(records[part::PROCESSES], golds[part::PROCESSES], strict=True):
        page = GoldPage(record.id, gold=gold)
        means.add(score_page(page, process(record, chain).text))
    return (means.f1 or 0.0) * means.pages, means.pages


def measure(folder: Path, package: str, most: int) -> list[str]:
    """Return the row of a package: pages, then the F1 of each chain on text and on HTML."""
    pages = list(pages_of(folder, package, most))
    golds = [page.gold for page in pages]
    row = [package, f"{len(pages):,}"]
    for media in ("text", "html"):
        records = [
            Record(page.text if media == "text" else page.html, url=package, media=media)
            for page in pages
        ]
        for chain in chains(records).values():
            with ProcessPoolExecutor(PROCESSES) as pool:
                parts = list(pool.map(partial(f1, records, golds, chain), range(PROCESSES)))
            row.append(f"{sum(sums for sums, _ in parts) / sum(count for _, count in parts):.3f}")
    return row


def fetch(folder: Path, package: str) -> None:
    """Download a package and unpack it, unless that was done."""
    target = folder / package
    if target.is_dir():
        return
    run = partial(subprocess.run, check=True, cwd=folder, capture_output=True)
    run(["apt-get", "download", package])
    (archive,) = folder.glob(f"{package}_*.deb")
    run(["dpkg", "-x", archive.name, package])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=1500, help="of each site, at most")
    parser.add_argument("--only", help="these packages, commas between them")
    parser.add_argument("--folder", type=Path, help="where packages are kept")
    options = parser.parse_args()
    names = options.only.split(",") if options.only else list(CONTENT)
    head = [*chains([]), *(f"HTML: {name}" for name in chains([]))]
    print("| site | pages | " + " | ".join(head) + " |")
    print("| --- " * (len(head) + 2) + "|", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        for name in names:
            fetch(folder, name)
            print("| " + " | ".join(measure(folder, name, options.pages)) + " |", flush=True)


def _hash(path: Path) -> bytes:
    return hashlib.blake2b(path.as_posix().encode("utf-8", "surrogateescape")).digest()


if __name__ == "__main__":
    main()
