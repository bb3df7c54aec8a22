"""Runs that are killed at any moment, and go on to the same bytes as one that never was."""

import csv
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard

# Small batches, saved often: many moments at which a kill could hurt.
RUN = """
from cleancorpus.runner import batches, writer
batches.MAX_BATCH_RECORDS, writer.SAVE_EVERY_S = 4, 0.1
from cleancorpus.cli import main
if __name__ == "__main__":
    main()
"""
RECORDS = 200
# In all, over the formats; the nightly run has ten times as many.
KILLS = int(os.environ.get("CLEANCORPUS_KILLS", "20"))
# Workers look for their parent once a second, where the machine lets them.
GONE_AFTER_S = 300
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def texts() -> Iterator[str]:
    """Texts with and without boilerplate, and some that fail."""
    found = sorted(EXAMPLES.glob("*.txt"))
    for number in range(RECORDS):
        yield f"{found[number % len(found)].read_text(encoding='utf-8')}\nThe {number}th of all.\n"


def objects() -> list[dict[str, object]]:
    return [
        {"id": number, "text": text, "n": 2**70 + number} for number, text in enumerate(texts())
    ]


def json_lines() -> bytes:
    lines = [json.dumps(one, ensure_ascii=False) for one in objects()]
    lines[77] = "{broken"
    return ("\n".join(lines) + "\n").encode()


def write_jsonl(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(json_lines())


def write_packed(folder: Path) -> None:
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(json_lines()))
    (folder / "b.jsonl.zst").write_bytes(zstandard.compress(json_lines()))


def write_csv(folder: Path) -> None:
    with (folder / "a.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, ["id", "text", "n"])
        rows.writeheader()
        rows.writerows(objects())


def write_parquet(folder: Path) -> None:
    rows = [{**one, "n": str(one["n"])} for one in objects()]
    table = pa.Table.from_pylist(rows)
    pyarrow.parquet.write_table(table, folder / "a.parquet", row_group_size=70)


def write_warc(folder: Path) -> None:
    with (folder / "a.warc.gz").open("wb") as file:
        for number, text in enumerate(texts()):
            body = text.encode()
            headers = (
                "WARC/1.0",
                "WARC-Type: conversion",
                f"WARC-Record-ID: <urn:test:{number}>",
                "WARC-Date: 2024-05-03T00:00:00Z",
                f"WARC-Target-URI: https://example.org/{number}",
                "Content-Type: text/plain",
                f"Content-Length: {len(body)}",
            )
            head = "\r\n".join((*headers, "", "")).encode()
            file.write(gzip.compress(head + body + b"\r\n\r\n"))


def write_pages(folder: Path) -> None:
    for number, text in enumerate(texts()):
        lines = "".join(f"<p>{line}" for line in text.splitlines())
        (folder / f"{number:03}.html").write_text(f"<body>{lines}", encoding="utf-8")


def killed_runs() -> Iterator[tuple[str, Callable[[Path], None], tuple[str, ...]]]:
    yield "jsonl", write_jsonl, ("in", "-o", "out/", "--removals")
    yield "packed", write_packed, ("in", "-o", "out/")
    yield "csv", write_csv, ("in", "-o", "out/")
    yield "parquet", write_parquet, ("in", "-o", "out/")
    yield "jsonl to parquet", write_jsonl, ("in/a.jsonl", "-o", "out/a.parquet")
    yield "warc", write_warc, ("in", "-o", "out/", "--to", "warc")
    yield "pages", write_pages, ("in", "-o", "out/")
    yield "pages to one file", write_pages, ("in", "-o", "out/all.jsonl.gz", "--min-words", "30")


RUNS = list(killed_runs())


def started(folder: Path, arguments: tuple[str, ...]) -> subprocess.Popen[bytes]:
    script = folder.parent / "run.py"
    script.write_text(RUN, encoding="utf-8")
    command = [sys.executable, str(script), "clean", *arguments, "--jobs", "2", "--quiet"]
    return subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE)  # noqa: S603 - our own


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def processes_of(folder: Path) -> list[int]:
    """Every process that still works for the runs in a folder."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink() == folder:
                found.append(int(entry.name))
        except OSError:
            continue
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
@pytest.mark.parametrize(("name", "write", "arguments"), RUNS, ids=[run[0] for run in RUNS])
def test_a_killed_run_goes_on_to_the_same_bytes(
    tmp_path: Path, name: str, write: Callable[[Path], None], arguments: tuple[str, ...]
) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    for folder in (whole, killed):
        (folder / "in").mkdir(parents=True)
        (folder / "out").mkdir()
        write(folder / "in")
        for path in (folder / "in").iterdir():
            os.utime(path, ns=(0, 0))
    begun = time.monotonic()
    error = started(whole, arguments).communicate()[1]
    took = time.monotonic() - begun
    assert b"Traceback" not in error
    moments = random.Random(name)  # noqa: S311 - no secret
    for _ in range(-(-KILLS // len(RUNS))):
        run = started(killed, arguments)
        try:
            run.wait(moments.uniform(took * 0.3, took))
        except subprocess.TimeoutExpired:
            run.send_signal(signal.SIGKILL)
        run.communicate()
    last = started(killed, arguments)
    error = last.communicate()[1]
    assert last.returncode in (0, 1), error.decode()
    assert content(killed / "out") == content(whole / "out")
    deadline = time.monotonic() + GONE_AFTER_S
    while processes_of(killed) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(killed) == []
