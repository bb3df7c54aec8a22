from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleancorpus import Record, segment
from cleancorpus.errors import OptionError, TableError
from cleancorpus.learn import Table, block_keys, files, site_of
from cleancorpus.learn.counting import Counting, learn
from cleancorpus.learn.counts import partial_counts
from cleancorpus.learn.files import Thresholds
from cleancorpus.testing import texts

LOW = Thresholds(min_pages=2, min_share=0.0)
SITES = ("https://a.example/1", "https://b.example/1", "c", None)

records = st.lists(
    st.builds(
        lambda text, url: Record(text, url=url, media="text"), texts(4), st.sampled_from(SITES)
    ),
    max_size=12,
)


def pages(name: str, count: int, *lines: str) -> list[Record]:
    """Pages of a site; `{}` in a line is the number of the page."""
    return [
        Record("".join(f"{line.format(at)}\n" for line in lines), url=f"https://{name}/{at}")
        for at in range(count)
    ]


def parts(found: list[Record], count: int) -> list[list[Record]]:
    return [found[at::count] for at in range(count)]


def learned(found: list[Record], count: int, path: Path) -> bytes:
    """The file learned from records in so many parts, each counted by itself."""
    with Counting() as counting:
        for part in parts(found, count):
            for counts in partial_counts(part):
                counting.add(counts)
        counting.write(path, LOW)
    return path.read_bytes()


@settings(max_examples=15)
@given(found=records)
def test_a_table_says_on_how_many_pages_of_its_site_a_block_stands(found: list[Record]) -> None:
    counted: Counter[tuple[str, int]] = Counter()
    sites = Counter(site_of(record.url) for record in found)
    for record in found:
        document = segment(record)
        counted.update({(site_of(record.url), key) for key in block_keys(document)})
    table = learn(found, thresholds=LOW)
    for (site, key), documents in counted.items():
        expected = (sites[site], [documents]) if documents > 1 else None
        if expected:
            assert table.counts(site, [key]) == expected
        else:
            assert table.counts(site, [key])[1] == [0]
    assert len(table) == sum(documents > 1 for documents in counted.values())


@settings(max_examples=10)
@given(found=records, seed=st.randoms())
def test_the_file_is_the_same_for_any_number_of_parts_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, found: list[Record], seed: random.Random
) -> None:
    path = tmp_path_factory.mktemp("tables") / "one.table"
    once = learned(found, 1, path)
    shuffled = seed.sample(found, len(found))
    assert [learned(shuffled, count, path) for count in (1, 2, 7)] == [once] * 3


def test_counts_that_an_engine_summed_are_as_good_as_those_it_did_not(tmp_path: Path) -> None:
    found = pages("a.example", 9, "Menu", "Story {}") + pages("b.example", 7, "Menu")
    table = pa.Table.from_batches(
        [batch for part in parts(found, 3) for batch in partial_counts(part)]
    )
    summed = table.group_by(["site", "key"]).aggregate([("documents", "sum"), ("sample", "min")])
    with Counting() as counting:
        counting.add(summed.rename_columns(["site", "key", "documents", "sample"]))
        counting.write(tmp_path / "summed.table", LOW)
    assert (tmp_path / "summed.table").read_bytes() == learned(found, 1, tmp_path / "one.table")


def test_a_table_holds_what_reaches_both_thresholds() -> None:
    found = pages("a.example", 20, "Everywhere", "Story {}")
    found += pages("a.example", 4, "On four")
    found += pages("b.example", 4, "Everywhere")
    table = learn(found, thresholds=Thresholds(min_pages=5, min_share=0.5))
    assert (table.sites, table.pages.tolist(), table.documents.tolist()) == (
        ("a.example",),
        [24],
        [20],
    )
    assert len(learn(found, thresholds=Thresholds(min_pages=4, min_share=0.5))) == 2
    assert len(learn(found, thresholds=Thresholds(min_pages=4, min_share=0.1))) == 3
    assert not learn(found, thresholds=Thresholds(min_pages=21))
    assert len(learn(found, thresholds=Thresholds(min_pages=4, min_share=4 / 24))) == 3


@given(st.integers(2, 9), st.integers(2, 9), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=10)
def test_higher_thresholds_never_let_more_into_the_table(
    one: int, other: int, share: float, another: float
) -> None:
    found = pages("a.example", 5, "On ten", "Page {}") + pages("a.example", 5, "On ten", "On five")
    with Counting() as counting:
        for counts in partial_counts(found):
            counting.add(counts)
        few = counting.table(Thresholds(max(one, other), max(share, another)))
        many = counting.table(Thresholds(min(one, other), min(share, another)))
    assert set(few.keys.tolist()) <= set(many.keys.tolist())


def test_a_block_counts_once_for_a_page_however_often_it_stands_there() -> None:
    found = pages("a.example", 6, "Reply", "Post {}", "Reply", "Reply")
    assert learn(found, thresholds=LOW).documents.tolist() == [6]


def test_a_record_that_cannot_be_read_is_counted_and_says_nothing() -> None:
    with Counting() as counting:
        for counts in partial_counts([Record("Menu", media="pdf"), *pages("a.example", 5, "Menu")]):
            counting.add(counts)
        assert counting.failed == 1
        assert counting.table(LOW).sites == ("a.example",)


def test_the_sample_is_the_least_text_of_the_block_whatever_its_length(tmp_path: Path) -> None:
    from pyarrow import parquet

    found = pages("a.example", 3, "SIGN in", "x" * 500, "Sign in!")
    found += pages("a.example", 3, "Sign in!", "SIGN in")
    learn(found, tmp_path / "site.table", LOW)
    samples = parquet.read_table(tmp_path / "site.table").column("sample").to_pylist()
    assert sorted(samples) == ["SIGN in", "x" * 80]


def test_nothing_is_left_of_the_temporary_folder(tmp_path: Path) -> None:
    with Counting(folder=tmp_path) as counting:
        counting.table()
        assert list(tmp_path.iterdir())
    assert list(tmp_path.iterdir()) == []


def test_counting_within_a_small_limit_gives_the_same_table(tmp_path: Path) -> None:
    found = pages("a.example", 60, "Menu", *(f"Line {at} of {{}}" for at in range(300)))
    learn(found, tmp_path / "small.table", memory_limit="40MB")
    learn(found, tmp_path / "large.table")
    assert (tmp_path / "small.table").read_bytes() == (tmp_path / "large.table").read_bytes()


def test_a_limit_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot count within plenty"):
        Counting("plenty", tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("option", "value", "message"), [
    ("min_pages", 1, "min_pages must be at least 2, not 1"),
    ("min_share", 1.5, "min_share is a share and must lie between 0 and 1, not 1.5"),
])  # fmt: skip
def test_a_threshold_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Thresholds(**{option: value})  # type: ignore[arg-type]


def test_learning_from_nothing_gives_an_empty_table() -> None:
    assert learn([]) == Table()


@settings(max_examples=5)
@given(cuts=st.lists(st.integers(0, files.ROWS_A_GROUP + 9), max_size=5))
def test_how_rows_are_cut_into_batches_leaves_no_trace(
    tmp_path_factory: pytest.TempPathFactory, cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    rows = files.ROWS_A_GROUP + 9
    columns = [["a.example"] * rows, [9] * rows, range(rows), [5] * rows, ["Menu"] * rows]
    batch = pa.record_batch([pa.array(column) for column in columns], files.SCHEMA)
    ends = [*sorted(cuts), rows]
    parts = [batch.slice(start, end - start) for start, end in zip([0, *ends], ends, strict=False)]
    files.write(folder / "whole.table", [batch], LOW)
    files.write(folder / "cut.table", parts, LOW)
    assert (folder / "cut.table").read_bytes() == (folder / "whole.table").read_bytes()
