"""Pages of two sites that all engines clean and learn from, and what they must make of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleancorpus import Chain, Record, default_chain, process
from cleancorpus.adapters.arrow import clean_batch
from cleancorpus.filters import RepeatedBlock
from cleancorpus.learn.counting import learn
from cleancorpus.learn.keys import COPIES

STORIES = (
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
    "Fog closed the strait for three days, and no boat went out to the islands.",
    "The old pier broke in March, and mending it has taken until the summer.",
    "Two of the crew have sailed on her since she left the yard, nine years ago.",
)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="session")
def rows() -> Rows:
    """Two sites, one of them HTML in another script, and two records that cannot be cleaned."""
    gazette = [
        {
            "id": f"g{at}",
            "url": f"https://www.gazette.example/{at}",
            "media": "text",
            "content": f"Harbour Gazette\nNews\nStory {at}\n{STORIES[at % 4]}\nPrinted in town\n",
        }
        for at in range(30)
    ]
    shinbun = [
        {
            "id": f"s{at}",
            "url": f"https://shinbun.example/{at}",
            "media": "html",
            "content": f"<p>港の新聞<p>天気<h1>第{at}号</h1><p>フェリーは月曜日に戻った。{at}",
        }
        for at in range(12)
    ]
    missing = {"id": "x1", "url": None, "media": "text", "content": None}
    unknown = {"id": "x2", "url": None, "media": "pdf", "content": "A page."}
    return [*gazette[:20], missing, *shinbun, unknown, *gazette[20:]]


@pytest.fixture(scope="session")
def batch(rows: Rows) -> pa.RecordBatch:
    """The rows as Arrow."""
    return pa.RecordBatch.from_pylist(rows)


@pytest.fixture(scope="session")
def records(rows: Rows) -> list[Record]:
    """The records that can be read."""
    return [
        Record(row["content"], row["id"], row["url"], row["media"])
        for row in rows
        if not row["id"].startswith("x")
    ]


@pytest.fixture(scope="session")
def table(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the table that is learned from the records without any engine."""
    path = tmp_path_factory.mktemp("learned") / "site.table"
    assert learn(records, path).sites == ("gazette.example", "shinbun.example")
    return path


@pytest.fixture(scope="session")
def copies(records: list[Record], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the table of copies that is learned from the records without any engine."""
    path = tmp_path_factory.mktemp("learned") / "copies.table"
    assert len(learn(records, path, what=COPIES)) == len(STORIES)
    return path


@pytest.fixture(scope="session")
def chain(table: Path) -> Chain:
    """The default chain with that table."""
    return default_chain().replacing(RepeatedBlock(str(table)))


@pytest.fixture(scope="session")
def cleaned(batch: pa.RecordBatch, records: list[Record], chain: Chain) -> Rows:
    """The rows cleaned without any engine, by their ids."""
    found: Rows = clean_batch(batch, chain).to_pylist()
    texts = {record.id: process(record, chain).text for record in records}
    assert all(row["text"] == texts.get(row["id"]) for row in found)
    assert any(one["filter"] == "repeated-block" for row in found for one in row["removals"] or ())
    return by_id(found)


def by_id(rows: Rows) -> Rows:
    """The rows in an order that no engine has a say in."""
    return sorted(rows, key=lambda row: str(row["id"]))
