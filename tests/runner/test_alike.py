"""A page is cleaned alike whichever way it comes in: text, bytes, a file, JSONL, many at once."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import cleancorpus
from cleancorpus import Document
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan, task_of
from cleancorpus.render.source import to_source
from cleancorpus.runner.corpus import run_plan
from cleancorpus.runner.one import read_document

EXAMPLES = Path(__file__).parents[2] / "docs/examples"
MEDIA = {".txt": "text", ".md": "markdown", ".html": "html"}
SUFFIXES = {media: suffix for suffix, media in MEDIA.items()}
PAGES = sorted(path for path in EXAMPLES.iterdir() if path.suffix in MEDIA)
MOST_PAGES, THREADS = 30, 8


def shape(document: Document) -> tuple[object, ...]:
    """What has to be alike: the text, what went and why, and where it stood."""
    places = [document.blocks[removal.at].locator for removal in document.removals]
    return document.text, document.removals, places, document.metadata, document.flags


def assert_alike(source: str, media: str, folder: Path) -> None:
    """Clean a page in all ways and compare; the page has no lone surrogates."""
    wanted = cleancorpus.clean(source, media)
    text = to_source(wanted)
    assert shape(cleancorpus.clean(source.encode(), media)) == shape(wanted)

    path = folder / f"page{SUFFIXES[media]}"
    path.write_bytes(source.encode())
    assert shape(read_document(task_of(str(path)))) == shape(wanted)
    run_plan(plan([str(path)], f"{folder}/out"), force=True)
    assert (folder / "out").read_bytes() == text.encode()

    field, target = ("html", "text") if media == "html" else ("body", "body")
    lines = folder / "page.jsonl"
    lines.write_text(json.dumps({field: source}) + "\n", encoding="utf-8")
    reading = Reading(field=field)
    found = read_document(task_of(str(lines), reading))
    assert shape(found) == shape(wanted)
    run_plan(plan([str(lines)], f"{folder}/out.jsonl", reading), jobs=1, force=True)
    assert json.loads((folder / "out.jsonl").read_bytes())[target] == text


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_an_example_is_cleaned_alike_in_all_ways(path: Path, tmp_path: Path) -> None:
    assert_alike(path.read_text(encoding="utf-8"), MEDIA[path.suffix], tmp_path)


def test_examples_are_cleaned_alike_by_one_thread_and_by_eight() -> None:
    assert_threads_agree([(path.read_text(encoding="utf-8"), MEDIA[path.suffix]) for path in PAGES])


def assert_threads_agree(pages: list[tuple[str, str]]) -> None:
    def cleaned(page: tuple[str, str]) -> tuple[object, ...]:
        return shape(cleancorpus.clean(*page))

    alone = [cleaned(page) for page in pages]
    with ThreadPoolExecutor(THREADS) as threads:
        for _ in range(2):
            assert list(threads.map(cleaned, pages)) == alone


def _gold_pages(data: Path) -> Iterator[str]:
    """Pages spread over the file, which is read up to the last of them alone."""
    zstandard = pytest.importorskip("zstandard")
    with (data / "wcxb-dev.jsonl.zst").open("rb") as packed:
        unpacked = zstandard.ZstdDecompressor(max_window_size=1 << 28).stream_reader(packed)
        for at, line in zip(range(10 * MOST_PAGES), io.BufferedReader(unpacked), strict=False):
            if at % 10 == 0:
                yield json.loads(line)["html"]


@pytest.mark.gold
def test_real_pages_are_cleaned_alike_in_all_ways(data: Path, tmp_path: Path) -> None:
    pages = list(_gold_pages(data))
    assert len(pages) == MOST_PAGES
    for page in pages:
        assert_alike(page.encode("utf-8", "replace").decode(), "html", tmp_path)
    assert_threads_agree([(page, "html") for page in pages])
