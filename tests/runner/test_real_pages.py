"""Real pages through every source and every sink, and back."""

import csv
import gzip
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest

import cleancorpus
from cleancorpus.formats.places import Reading
from cleancorpus.unpacking import unpacked

PAGES = 25
PACKAGES = ("python3.11-doc", "sqlite3-doc", "apache2-doc")
SINKS = ("a.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.parquet", "a.csv", "a.tsv.gz", "a.warc.gz")

Pages = dict[str, str]


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write_folder(pages: Pages) -> str:
    Path("pages").mkdir()
    for number, page in enumerate(pages.values()):
        Path(f"pages/{number:05}.html").write_bytes(page.encode())
    return "pages"


def write_jsonl(pages: Pages) -> str:
    lines = (json.dumps({"id": name, "html": page}) + "\n" for name, page in pages.items())
    Path("pages.jsonl").write_text("".join(lines), encoding="utf-8")
    return "pages.jsonl"


def write_csv(pages: Pages) -> str:
    with Path("pages.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("id", "html"), *pages.items()])
    return "pages.csv"


def write_parquet(pages: Pages) -> str:
    table = pa.table({"id": list(pages), "html": list(pages.values())})
    pyarrow.parquet.write_table(table, "pages.parquet", row_group_size=10)
    return "pages.parquet"


def write_warc(pages: Pages) -> str:
    with Path("pages.warc.gz").open("wb") as file:
        for number, page in enumerate(pages.values()):
            body = page.encode()
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Record-ID: <urn:test:{number}>\r\nWARC-Date: 2024-05-03T00:00:00Z\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + block + b"\r\n\r\n"))
    return "pages.warc.gz"


SOURCES = (write_folder, write_jsonl, write_csv, write_parquet, write_warc)


def cleaned(source: str, sink: str, chain: str = "default", field: str = "html") -> int:
    """Run, and return how many records were written."""
    ran = cleancorpus.run(source, chain, sink, reading=Reading(field=field))
    assert ran.tally.quarantined == 0
    return ran.tally.written


def texts(name: str) -> list[str]:
    with Path(name).open(encoding="utf-8") as file:
        return [str(json.loads(line)["text"]) for line in file]


def wanted(pages: Pages) -> list[str]:
    return [cleancorpus.clean(page.encode(), "html").text for page in pages.values()]


def assert_all_read_alike(pages: Pages, write: Callable[[Pages], str]) -> None:
    assert cleaned(write(pages), "out.jsonl") == len(pages)
    assert texts("out.jsonl") == wanted(pages)


def assert_all_come_back(pages: Pages, sink: str) -> None:
    assert cleaned(write_jsonl(pages), sink) == len(pages)
    assert cleaned(sink, "back.jsonl", "none", "text") == len(pages)
    assert texts("back.jsonl") == wanted(pages)


@pytest.fixture(scope="session")
def some_pages(data: Path) -> Pages:
    """Development pages of all kinds."""
    with (data / "wcxb-dev.jsonl.zst").open("rb") as file:
        lines = list(unpacked(file, ".zst"))
    found = map(json.loads, lines[:: len(lines) // PAGES])
    return {str(page["id"]): str(page["html"]) for page in found}


@pytest.mark.gold
@pytest.mark.parametrize("write", SOURCES, ids=lambda write: write.__name__)
def test_pages_are_read_alike_from_every_source(
    some_pages: Pages, write: Callable[[Pages], str]
) -> None:
    assert_all_read_alike(some_pages, write)


@pytest.mark.gold
@pytest.mark.parametrize("sink", SINKS)
def test_what_is_written_reads_back_equal_from_every_sink(some_pages: Pages, sink: str) -> None:
    assert_all_come_back(some_pages, sink)


@pytest.fixture(scope="session")
def manual_pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All pages of three manuals, packed by Debian."""
    if not os.environ.get("CLEANCORPUS_ALL_PAGES") or shutil.which("apt-get") is None:
        pytest.skip("downloads manuals with apt-get where CLEANCORPUS_ALL_PAGES is set")
    folder = tmp_path_factory.mktemp("manuals")
    subprocess.run(["apt-get", "download", "-q", *PACKAGES], cwd=folder, check=True)  # noqa: S603, S607
    for package in folder.glob("*.deb"):
        subprocess.run(["dpkg", "-x", package, folder / "unpacked"], check=True)  # noqa: S603, S607
    found = sorted(path for path in (folder / "unpacked").rglob("*.html") if path.is_file())
    pages = {str(path.relative_to(folder)): path.read_bytes() for path in found}
    return {name: page.decode("utf-8", "replace") for name, page in pages.items()}


@pytest.mark.parametrize("write", SOURCES, ids=lambda write: write.__name__)
def test_manuals_are_read_alike_from_every_source(
    manual_pages: Pages, write: Callable[[Pages], str]
) -> None:
    assert_all_read_alike(manual_pages, write)


@pytest.mark.parametrize("sink", SINKS)
def test_manuals_come_back_from_every_sink(manual_pages: Pages, sink: str) -> None:
    assert_all_come_back(manual_pages, sink)
