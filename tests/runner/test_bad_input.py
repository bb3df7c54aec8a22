"""Bad input through the command: told with file and record, the rest goes on, counts add up."""

import ctypes
import gzip
import io
import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
import zstandard

COMMAND = [sys.executable, "-c", "from cleancorpus.cli import main; main()"]
GOOD = "The ferry is back, and it carries cars again.\n"
_DROP_FROM_BOUNDING_SET = 24  # prctl(2)
_OVERRIDE, _READ_SEARCH = 1, 2  # what lets root pass over permissions, capabilities(7)


def clean(
    *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    ran = subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, "clean", *arguments],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=before,
    )
    if found := re.search(r"([\d,]+) documents? read: ([\d,]+) written.*?, ([\d,]+) q", ran.stderr):
        read, written, quarantined = (int(one.replace(",", "")) for one in found.groups())
        assert read == written + quarantined
    assert "Traceback" not in ran.stderr
    return ran


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    return tmp_path


def write(**files: str | bytes) -> None:
    for name, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        Path("in", name.replace("_", ".")).write_bytes(raw)


def test_all_kinds_of_bad_input_at_once() -> None:
    write(
        a_txt="",
        b_txt="\n \n\n",
        c_txt=b"na\xefve \x00 caf\xe9 \xff\xfe\n",
        d_txt=b"\x00" * 1000,
        e_jsonl=b'{"text": "a\\ud800"}\n{"text": "\xff"}\n{"oops\n{"body": 1}\n{"text": "b"}\n',
        f_jsonl=b"\x00\x01\x02",
        g_txt=GOOD,
        h_md="[" * 10_000 + "\n" + "> " * 10_000,
        i_jsonl='{"text": "a", "deep": ' + "[" * 100_000 + "]" * 100_000 + "}\n",
    )
    ran = clean("in", "-o", "out")
    assert ran.returncode == 1
    told = [line for line in ran.stderr.splitlines() if line.startswith("in/")]
    assert [line.partition(": ")[0] for line in told] == [
        "in/e.jsonl, line 2",
        "in/e.jsonl, line 3",
        "in/e.jsonl, line 4",
        "in/f.jsonl, line 1",
        "in/i.jsonl, line 1",
    ]
    assert "13 documents read: 8 written" in ran.stderr
    assert len(Path("out/quarantine.jsonl").read_text(encoding="utf-8").splitlines()) == 5
    assert Path("out/g.txt").read_text(encoding="utf-8") == GOOD
    assert Path("out/a.txt").read_bytes() == b""
    assert Path("out/d.txt").read_bytes() == b""
    assert Path("out/e.jsonl").read_bytes() == b'{"text": "a\\ufffd"}\n{"text": "b"}\n'


def test_one_line_of_ten_times_the_length_takes_no_square_of_the_time() -> None:
    took = []
    for length in (5_000_000, 50_000_000):
        write(big_txt="word " * (length // 5))
        begun = _seconds_of_children()
        ran = clean("in/big.txt", "-o", "big.txt", "--force", "--timeout", "3600")
        took.append(_seconds_of_children() - begun)
        assert ran.returncode == 0
        assert Path("big.txt").stat().st_size == length
    # In proportion it is ten times at most, and squared it would be a hundred.
    assert took[1] < 40 * took[0]


def test_two_hundred_thousand_short_lines_stay_and_are_counted() -> None:
    write(many_txt="".join(f"line {at} of many, short\n" for at in range(200_000)))
    ran = clean("in/many.txt", "-o", "many.txt")
    assert ran.returncode == 0
    assert re.search(r"kept +1 +200,000 ", ran.stderr)


def _seconds_of_children() -> float:
    """Computing time, which a busy machine does not stretch as it does the clock."""
    times = os.times()
    return times.children_user + times.children_system


def test_what_may_not_be_read_is_told_and_the_rest_goes_on(here: Path) -> None:
    write(a_txt=GOOD, b_txt=GOOD)
    (here / "in" / "shut").mkdir()
    (here / "in" / "shut" / "c.txt").write_text(GOOD, encoding="utf-8")
    (here / "in" / "shut").chmod(0)
    (here / "in" / "b.txt").chmod(0)
    try:
        ran = clean("in", "-o", "out", before=_without_the_rights_of_root())
    finally:
        (here / "in" / "shut").chmod(0o700)
    assert ran.returncode == 1
    assert "in/shut: cannot look into the folder: Permission denied" in ran.stderr
    assert "in/b.txt: cannot be read: Permission denied" in ran.stderr
    assert "3 documents read: 1 written, 2 quarantined" in ran.stderr
    assert Path("out/a.txt").read_text(encoding="utf-8") == GOOD


def _without_the_rights_of_root() -> Callable[[], None] | None:
    """What a child of root does first, so that permissions bind it."""
    if os.geteuid() != 0:
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "prctl"):
        pytest.skip("root passes over permissions, and there is no prctl to give that up")

    def drop() -> None:
        for right in (_OVERRIDE, _READ_SEARCH):
            if libc.prctl(_DROP_FROM_BOUNDING_SET, right, 0, 0, 0):
                raise PermissionError("cannot give up the rights of root")

    return drop


def test_a_full_disk_breaks_off_and_leaves_no_half_file() -> None:
    write(a_txt=GOOD, b_txt=GOOD * 1000, c_txt=GOOD)
    ran = clean("in", "-o", "out", "--chain", "none", before=_with_files_of_at_most(1000))
    assert ran.returncode == 3
    assert ran.stderr == (
        "cleancorpus: cannot write out/b.txt: File too large; "
        "once that is mended, the same command goes on from here\n"
    )
    assert sorted(path.name for path in Path("out").iterdir()) == [".unfinished", "a.txt"]
    assert clean("in", "-o", "out", "--chain", "none").returncode == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in Path("out").glob("*.txt")}
    assert written == {"a.txt": GOOD, "b.txt": GOOD * 1000, "c.txt": GOOD}
    assert not Path("out/.unfinished").exists()


def _with_files_of_at_most(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def test_a_reader_who_leaves_early_breaks_the_run_off() -> None:
    write(a_jsonl='{"text": "a line of text"}\n' * 20_000)
    with subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "clean", "in/a.jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        ran.stdout.readline()
        ran.stdout.close()
        assert ran.stderr.read() == "cleancorpus: cannot write standard output: Broken pipe\n"
    assert ran.returncode == 3


@pytest.mark.parametrize("asked", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_so_and_goes_on(asked: signal.Signals) -> None:
    for count in (6_000, 12_000, 24_000, 48_000, 96_000):
        if said := _stopped(asked, count):
            break  # and it was not over before it was asked
    assert said == "stopped: the same command goes on from here\n"
    assert sorted(path.name for path in Path("out").iterdir()) == [".unfinished", "a.txt"]
    again = clean("in", "-o", "out")
    assert again.returncode == 0
    assert re.search(rf"went on after [\d,]+ documents\n{count + 1:,} documents read", again.stderr)
    assert Path("out/b.jsonl").read_bytes() == Path("in/b.jsonl").read_bytes()


def _stopped(asked: signal.Signals, count: int) -> str:
    """What a run over so many lines says that is stopped at them; nothing if it was too fast."""
    write(a_txt=GOOD, b_jsonl='{"text": "a line of text"}\n' * count)
    shutil.rmtree("out", ignore_errors=True)
    with subprocess.Popen(  # noqa: S603 - our own command
        [*COMMAND, "clean", "in", "-o", "out"],
        stderr=subprocess.PIPE,
        text=True,
        # What a shell starts in the background ignores the keyboard, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - no threads
    ) as ran:
        while not Path("out/a.txt").exists() and ran.poll() is None:
            time.sleep(0.01)
        ran.send_signal(asked)
        said = ran.communicate()[1]
    assert ran.returncode in (0, 130), said
    return "" if Path("out/b.jsonl").exists() else said


def _archive(count: int) -> bytes:
    """Texts as WET has them."""
    records = []
    for number in range(count):
        body = f"{number} {GOOD}".encode()
        head = f"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:test:{number}>\r\n"
        kind = f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
        records.append(f"{head}{kind}".encode() + body + b"\r\n\r\n")
    return b"".join(records)


def _table(count: int) -> bytes:
    file = io.BytesIO()
    rows = {"text": [f"{number} {GOOD}" for number in range(count)]}
    pyarrow.parquet.write_table(pa.table(rows), file, row_group_size=100)
    return file.getvalue()


LINES = "".join(f'{{"text": "{number} {GOOD[:-1]}"}}\n' for number in range(3000)).encode()


@pytest.mark.parametrize(
    ("name", "content", "said", "reads_most"),
    [
        ("a.jsonl.gz", gzip.compress(LINES), "breaks off", True),
        ("a.jsonl.zst", zstandard.compress(LINES), "breaks off", False),
        ("a.warc", _archive(3000), "has headers without an end", True),
        ("a.warc.gz", gzip.compress(_archive(3000)), "breaks off", True),
        ("a.parquet", _table(3000), "Parquet", False),
    ],
)
def test_a_truncated_file_is_cleaned_as_far_as_it_goes_and_told_of(
    name: str, content: bytes, said: str, reads_most: bool
) -> None:
    write(**{name.replace(".", "_"): content[: len(content) * 3 // 4]})
    ran = clean("in", "-o", "out", "--to", "jsonl", "--chain", "none", "--jobs", "1")
    assert ran.returncode == 1
    lines = Path("out/quarantine.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 2  # the file, and the record that it breaks off in
    assert f"in/{name}" in ran.stderr
    assert said in json.loads(lines[-1])["error"]
    found = [path for path in Path("out").glob("a.jsonl*") if path.is_file()]
    assert bool(found) == reads_most
    if reads_most:
        (path,) = found
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        numbers = [int(json.loads(line)["text"].split()[0]) for line in data.splitlines()]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) > 1500


def test_what_failed_is_tried_again_by_the_command() -> None:
    write(a_jsonl='{"text": "fine"}\n{"text": "longer than the limit, by far"}\n{oops\n')
    assert clean("in", "-o", "out", "--max-bytes", "25").returncode == 1
    again = clean("out", "--retry", "-o", "again/")
    assert again.returncode == 1
    assert "in/a.jsonl has record 2, unread: clean that file again" in again.stderr
    assert "line 2: not JSON" in again.stderr
