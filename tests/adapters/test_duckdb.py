from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from cleancorpus import Chain
from cleancorpus.adapters.duckdb import clean, learn
from cleancorpus.errors import UnknownPreset
from cleancorpus.learn.keys import COPIES

Rows = list[dict[str, Any]]


def test_a_relation_is_cleaned_as_without_it(
    batch: pa.RecordBatch, chain: Chain, cleaned: Rows
) -> None:
    with duckdb.connect() as base:
        base.register("pages", batch)
        reader = clean(base.sql("SELECT * FROM pages"), chain)
        assert reader.read_all().sort_by("id").to_pylist() == cleaned


def test_a_chain_may_be_named_and_is_refused_before_anything_is_read(
    batch: pa.RecordBatch,
) -> None:
    with duckdb.connect() as base:
        base.register("pages", batch)
        pages = base.sql("SELECT * FROM pages")
        assert clean(pages, "none").read_all() == clean(pages, Chain()).read_all()
        with pytest.raises(UnknownPreset):
            clean(pages, "newz")


def test_cleaned_batches_can_be_queried(batch: pa.RecordBatch, chain: Chain) -> None:
    with duckdb.connect() as base, duckdb.connect() as other:
        base.register("pages", batch)
        other.register("cleaned", clean(base.sql("SELECT * FROM pages"), chain))
        found = other.sql("SELECT id FROM cleaned WHERE error IS NOT NULL ORDER BY id").fetchall()
    assert found == [("x1",), ("x2",)]


def test_a_relation_teaches_the_same_table(
    batch: pa.RecordBatch, table: Path, tmp_path: Path
) -> None:
    with duckdb.connect() as base:
        base.register("pages", batch)
        learn(base.sql("SELECT * FROM pages ORDER BY hash(id)"), tmp_path / "one.table")
    assert (tmp_path / "one.table").read_bytes() == table.read_bytes()


def test_duckdb_learns_the_same_table_of_copies(
    batch: pa.RecordBatch, copies: Path, tmp_path: Path
) -> None:
    with duckdb.connect() as base:
        base.register("pages", batch)
        learn(base.sql("SELECT * FROM pages"), tmp_path / "one.table", what=COPIES)
    assert (tmp_path / "one.table").read_bytes() == copies.read_bytes()
