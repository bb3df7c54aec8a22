"""Training files as they lie on disk."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from cleancorpus.content.corpus import read_records
from cleancorpus.errors import RecordError

PAGES = [{"html": f"<p>{at}", "main_content": str(at)} for at in range(3)]
LINES = "".join(f"{json.dumps(page)}\n" for page in PAGES).encode()
# As `zstd --long=28` writes what is piped into it.
LONG = zstandard.ZstdCompressor(
    compression_params=zstandard.ZstdCompressionParameters(window_log=28)
).compressobj()
PACKED = {
    "": LINES,
    ".gz": gzip.compress(LINES),
    ".zst": LONG.compress(LINES) + LONG.flush(),
}


@pytest.mark.parametrize("suffix", PACKED)
def test_pages_are_read_from_plain_and_packed_files(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"pages.jsonl{suffix}"
    path.write_bytes(PACKED[suffix])
    assert list(read_records(path)) == PAGES


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_file_that_breaks_off_is_told(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"pages.jsonl{suffix}"
    path.write_bytes(PACKED[suffix][:-5])
    with pytest.raises(EOFError, match="breaks off"):
        list(read_records(path))


def test_a_line_without_gold_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_bytes(LINES + b'{"html": "x"}\n')
    with pytest.raises(RecordError, match="line 4: no object with html and main_content"):
        list(read_records(path))
