"""What running over a corpus costs beside the cleaning itself, and whether that stays so.

    python -m benchmarks.scale.running [--documents 4000] [--sizes 10000,200000] [--rounds 3]

Documents are the visible texts of shared pages (`CLEANCORPUS_DATA`, default `../shared/data`),
cut to some hundred words and each changed by a line of its own, in one JSONL file. Printed are

- the rate of one job against a loop over the library in one process (parse, clean, write), and
  of two jobs against one, the least times of rounds that take turns;
- the most memory that the command's parent and its workers held, and the time a document, for
  each of the sizes;
- the time until a run that was stopped at nine tenths of a packed file is there again, against
  the time of the whole run.

Wants Linux (`/proc`), and nothing else to be running.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import zstandard

import cleancorpus

DATA = Path(os.environ.get("CLEANCORPUS_DATA", "../shared/data"))
WORDS = 400
PAGES = 300


def page_texts() -> list[str]:
    """Return the visible texts of the first pages, their first words."""
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    texts = []
    with (DATA / "wcxb-dev.jsonl.zst").open("rb") as file:
        lines = io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")
        for line in islice(lines, PAGES):
            page = cleancorpus.clean(str(json.loads(line)["html"]), "html", chain="none")
            texts.append(_first_words(page.text))
    return texts


def _first_words(text: str) -> str:
    lines, words = [], 0
    for line in text.splitlines():
        lines.append(line)
        words += len(line.split())
        if words >= WORDS:
            break
    return "\n".join(lines)


def lines_of(texts: list[str], count: int) -> Iterator[bytes]:
    """Yield so many lines of JSONL, no two the same."""
    for number, text in enumerate(islice(cycle(texts), count)):
        changed = f"{text}\nThis is the text with the number {number} in this corpus.\n"
        yield json.dumps({"id": number, "text": changed}).encode() + b"\n"


def looped(source: Path, target: Path) -> float:
    """Return the seconds of a plain loop over the library."""
    begun = time.perf_counter()
    with source.open("rb") as lines, target.open("wb") as out:
        for line in lines:
            record = json.loads(line)
            record["text"] = cleancorpus.clean(
                record["text"], chain=cleancorpus.preset("default")
            ).text
            out.write(json.dumps(record, ensure_ascii=False).encode() + b"\n")
    return time.perf_counter() - begun


def ran(source: Path, target: Path, jobs: int) -> dict[str, Any]:
    """Run the command and return its seconds and the most memory its processes held, in MB."""
    command = [sys.executable, "-m", "cleancorpus", "clean", str(source), "-o", str(target)]
    begun = time.perf_counter()
    with subprocess.Popen([*command, "--jobs", str(jobs), "--force", "-q"]) as process:  # noqa: S603
        most: dict[str, float] = {"parent": 0.0, "worker": 0.0}
        while process.poll() is None:
            for name, held in _held(process.pid):
                most[name] = max(most[name], held)
            time.sleep(0.2)
    assert process.returncode == 0
    return {"seconds": time.perf_counter() - begun, **most}


def _held(parent: int) -> Iterator[tuple[str, float]]:
    """The memory of a process and of those below it, in MB."""
    below = {parent}
    for entry in sorted(Path("/proc").glob("[0-9]*"), key=lambda one: int(one.name)):
        try:
            status = (entry / "status").read_text(encoding="utf-8")
        except OSError:
            continue
        found = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        number = int(entry.name)
        if number == parent or int(found["PPid"]) in below:
            below.add(number)
            held = int(found.get("VmRSS", "0 kB").split()[0]) / 1000
            yield ("parent" if number == parent else "worker"), held


def resumed(source: Path, folder: Path, documents: int) -> tuple[int, float]:
    """Stop a run at nine tenths; return where it stopped and the seconds until it writes again."""
    target = folder / "resumed.jsonl"
    command = [sys.executable, "-m", "cleancorpus", "clean", str(source), "-o", str(target), "-q"]
    journal = folder / "resumed.jsonl.unfinished" / "journal.json"
    with subprocess.Popen(command) as process:  # noqa: S603
        while process.poll() is None and _read(journal) < documents * 0.9:
            time.sleep(0.01)
        process.kill()
    before = _read(journal)
    assert before, "the run was over before it could be stopped: more documents are wanted"
    begun = time.perf_counter()
    with subprocess.Popen(command) as process:  # noqa: S603
        while process.poll() is None and _read(journal) <= before:
            time.sleep(0.01)
        took = time.perf_counter() - begun
        process.kill()
    return before, took


def _read(journal: Path) -> int:
    """How many records a run had read when it last said so."""
    if not journal.exists():
        return 0
    return int(json.loads(journal.read_bytes())["state"]["tally"]["read"])


def main() -> None:
    """Print the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--documents", type=int, default=4000)
    parser.add_argument("--sizes", default="10000,200000")
    parser.add_argument("--rounds", type=int, default=3)
    wanted = parser.parse_args()
    texts = page_texts()
    folder = Path(tempfile.mkdtemp())
    try:
        compare_rates(texts, folder, wanted.documents, wanted.rounds)
        for size in map(int, wanted.sizes.split(",")):
            measure_size(texts, folder, size)
        measure_resuming(texts, folder, wanted.documents * 2)
    finally:
        shutil.rmtree(folder)


def compare_rates(texts: list[str], folder: Path, documents: int, rounds: int) -> None:
    """Print the rates of a loop, of one job and of two."""
    source = folder / "in.jsonl"
    source.write_bytes(b"".join(lines_of(texts, documents)))
    times: dict[str, list[float]] = {"loop": [], "1 job": [], "2 jobs": []}
    for _ in range(rounds):
        times["loop"].append(looped(source, folder / "loop.jsonl"))
        times["1 job"].append(ran(source, folder / "out.jsonl", 1)["seconds"])
        times["2 jobs"].append(ran(source, folder / "out.jsonl", 2)["seconds"])
    least = {name: min(found) for name, found in times.items()}
    for name, seconds in least.items():
        print(f"{name:8} {documents / seconds:8,.0f} documents/s")
    print(f"1 job takes {least['1 job'] / least['loop']:.2f} times the loop")
    print(f"2 jobs are {least['1 job'] / least['2 jobs']:.2f} times as fast as 1")


def measure_size(texts: list[str], folder: Path, size: int) -> None:
    """Print memory and time a document of a corpus of a size."""
    source = folder / f"{size}.jsonl"
    with source.open("wb") as file:
        file.writelines(lines_of(texts, size))
    found = ran(source, folder / "out.jsonl", 2)
    print(
        f"{size:8,} documents: {found['seconds'] / size * 1000:.2f} ms each, "
        f"parent {found['parent']:.0f} MB, a worker {found['worker']:.0f} MB at most"
    )
    source.unlink()


def measure_resuming(texts: list[str], folder: Path, documents: int) -> None:
    """Print how long a stopped run takes to be where it was."""
    source = folder / "packed.jsonl.gz"
    with gzip.open(source, "wb") as file:
        file.writelines(lines_of(texts, documents))
    whole = ran(source, folder / "whole.jsonl", 2)["seconds"]
    before, took = resumed(source, folder, documents)
    print(
        f"stopped after {before / documents:.0%}: writing again after {took:.1f} s, "
        f"{took / whole:.1%} of the whole run's {whole:.0f} s"
    )


if __name__ == "__main__":
    main()
