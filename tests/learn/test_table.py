from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from pyarrow import parquet

from cleancorpus import Record
from cleancorpus.errors import RecipeError, TableError
from cleancorpus.learn import Table
from cleancorpus.learn.counting import learn
from cleancorpus.learn.files import ROWS_A_GROUP


def menu(site: str = "a.example", lines: int = 3) -> list[Record]:
    text = "".join(f"Menu {at}\n" for at in range(lines))
    return [Record(f"{text}Page {at}\n", url=f"https://{site}/{at}") for at in range(5)]


def test_a_table_that_was_written_reads_back_equal(tmp_path: Path) -> None:
    path = tmp_path / "site.table"
    records = menu() + menu("b.example", 2)
    table = learn(records, path)
    assert table == Table.read(path) == learn(records)
    assert (table.sites, table.starts.tolist()) == (("a.example", "b.example"), [0, 3, 5])
    assert hash(table) == hash(learn(records))
    assert table != learn(menu())


def test_a_table_goes_through_pickle(tmp_path: Path) -> None:
    table = learn(menu(), tmp_path / "site.table")
    copy = pickle.loads(pickle.dumps(table))  # noqa: S301
    assert copy == table
    assert copy.path == table.path
    keys = table.keys.tolist()
    assert copy.counts("a.example", keys) == table.counts("a.example", keys) == (5, [5, 5, 5])


def test_blocks_and_sites_that_were_not_learned_count_nothing() -> None:
    table = learn(menu())
    assert table.counts("a.example", [1, -1, 2**62]) == (5, [0, 0, 0])
    assert table.counts("b.example", [1]) == (0, [0])
    assert table.counts("a.example", []) == (0, [])
    assert Table().counts("", [1]) == (0, [0])


def test_a_table_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        learn(menu()).documents[0] = 1


def test_a_table_is_named_by_its_file(tmp_path: Path) -> None:
    assert os.fspath(learn(menu(), tmp_path / "site.table")) == str(tmp_path / "site.table")
    assert os.fspath(Table()) == ""
    with pytest.raises(RecipeError, match="the learned table lies in no file"):
        os.fspath(learn(menu()))


def test_a_table_of_many_row_groups_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "site.table"
    table = learn(menu(lines=ROWS_A_GROUP + 10), path)
    assert parquet.ParquetFile(path).num_row_groups == 2
    assert len(Table.read(path)) == len(table) == ROWS_A_GROUP + 10


def test_a_file_that_is_no_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.table"
    with pytest.raises(TableError, match="cannot be read as a learned table"):
        Table.read(path)
    path.write_text("Menu\n", "utf-8")
    with pytest.raises(TableError, match="cannot be read as a learned table"):
        Table.read(path)


def test_a_table_of_another_form_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "site.table"
    learn(menu(), path)
    parquet.write_table(parquet.read_table(path).replace_schema_metadata({}), path)
    with pytest.raises(TableError, match="not a table that this version learned"):
        Table.read(path)
