from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cleancorpus import Chain
from cleancorpus.errors import UnknownPreset

pl = pytest.importorskip("polars", reason="polars is not installed: the extra `polars`")

Rows = list[dict[str, Any]]


def test_a_frame_is_cleaned_as_without_it(rows: Rows, chain: Chain, cleaned: Rows) -> None:
    from cleancorpus.adapters.polars import clean

    found = clean(pl.DataFrame(rows), chain)
    assert found.sort("id").to_dicts() == cleaned


def test_a_lazy_frame_is_cleaned_when_it_is_collected(
    rows: Rows, chain: Chain, cleaned: Rows
) -> None:
    from cleancorpus.adapters.polars import clean_lazily

    found = clean_lazily(pl.LazyFrame(rows), chain)
    assert found.collect_schema().names()[-3:] == ["text", "removals", "error"]
    assert found.sort("id").collect().to_dicts() == cleaned
    assert found.collect(engine="streaming").sort("id").to_dicts() == cleaned


def test_a_chain_may_be_named_and_is_refused_before_anything_is_collected(rows: Rows) -> None:
    from cleancorpus.adapters.polars import clean, clean_lazily

    named = clean_lazily(pl.LazyFrame(rows), "none").collect()
    assert named.to_dicts() == clean(pl.DataFrame(rows), Chain()).to_dicts()
    with pytest.raises(UnknownPreset):
        clean_lazily(pl.LazyFrame(rows), "newz")


def test_a_frame_teaches_the_same_table(rows: Rows, table: Path, tmp_path: Path) -> None:
    from cleancorpus.adapters.polars import learn

    learn(pl.DataFrame(rows).reverse(), tmp_path / "one.table")
    assert (tmp_path / "one.table").read_bytes() == table.read_bytes()


def test_polars_learns_the_same_table_of_copies(rows: Rows, copies: Path, tmp_path: Path) -> None:
    from cleancorpus.adapters.polars import learn
    from cleancorpus.learn.keys import COPIES

    learn(pl.DataFrame(rows), tmp_path / "one.table", what=COPIES)
    assert (tmp_path / "one.table").read_bytes() == copies.read_bytes()
