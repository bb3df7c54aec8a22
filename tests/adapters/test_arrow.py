from __future__ import annotations

import functools
import pickle
from collections.abc import Iterator
from typing import ClassVar

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Chain, Document, Record, Removal, default_chain, preset, process
from cleancorpus.adapters.arrow import (
    REMOVALS,
    Columns,
    clean_batch,
    clean_table,
    count_batch,
    output_schema,
)
from cleancorpus.errors import OptionError, UnknownPreset, WeightsError
from cleancorpus.filters import MainContent
from cleancorpus.learn.counting import freeze, learn
from cleancorpus.learn.counts import SCHEMA
from cleancorpus.testing import texts

PAGE = "Home\nNews\nAbout us\nThe ferry came back on Monday, and it carries cars again.\n"
HTML = b"<nav><a href=/>Home</a></nav><p>The ferry came back on Monday, and it carries cars."


class Breaks:
    """A filter that fails on some pages."""

    name: ClassVar[str] = "breaks"

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            if "lamp" in block.text:
                raise RuntimeError("no lamps, \ud800 please")
            yield Removal(at, self.name, "anything")


def batch(*contents: str | bytes | None, **columns: list[object]) -> pa.RecordBatch:
    return pa.record_batch({"content": list(contents), **columns})


@given(st.lists(st.none() | texts(3), max_size=4))
def test_each_row_is_what_cleaning_its_record_gives(contents: list[str | None]) -> None:
    given = pa.record_batch({"content": pa.array(contents, pa.string()), "n": range(len(contents))})
    cleaned = clean_batch(given)
    assert cleaned.select(["content", "n"]) == given
    for content, row in zip(contents, cleaned.to_pylist(), strict=True):
        if content is None:
            assert (row["text"], row["removals"]) == (None, None)
            assert row["error"] == "the content is missing"
            continue
        document = process(Record(content))
        assert (row["text"], row["error"]) == (document.text, None)
        assert [found["because"] for found in row["removals"]] == [
            found.because for found in document.removals
        ]


def test_a_chain_may_be_named_and_a_name_that_nobody_knows_is_refused_at_once() -> None:
    assert clean_batch(batch(PAGE), "none")["text"].to_pylist() == [PAGE]
    table = pa.Table.from_batches([batch(PAGE)])
    assert clean_table(table, "none")["text"].to_pylist() == [PAGE]
    with pytest.raises(UnknownPreset, match="did you mean news"):
        clean_batch(batch(PAGE), "newz")
    with pytest.raises(UnknownPreset, match="did you mean news"):
        clean_table(table.slice(0, 0), "newz")


def test_removals_say_where_they_stood_in_the_source() -> None:
    (found, *_) = clean_batch(batch(PAGE))["removals"].to_pylist()[0]
    assert PAGE[found["start"] : found["end"]] == "Home"
    assert found["filter"] == "navigation-list"
    assert 0 < found["score"] <= 1


def test_of_html_removals_have_no_offsets() -> None:
    cleaned = clean_batch(batch(HTML, media=["html"]), preset("strict"))
    assert cleaned["text"].to_pylist() == ["The ferry came back on Monday, and it carries cars.\n"]
    assert {found["start"] for found in cleaned["removals"].to_pylist()[0]} == {None}


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view(), pa.binary()])
def test_contents_may_be_of_any_type_of_text_and_bytes(kind: pa.DataType) -> None:
    value = PAGE.encode() if kind == pa.binary() else PAGE
    given = pa.record_batch([pa.array([value], kind)], ["content"])
    assert clean_batch(given)["text"] == clean_batch(batch(PAGE))["text"]


def test_a_record_that_fails_has_its_error_and_the_others_go_on() -> None:
    cleaned = clean_batch(batch("A lamp.", "A pier.", media=["text", "text"]), Chain((Breaks(),)))
    assert cleaned["error"].to_pylist() == ["RuntimeError: no lamps, ? please", None]
    assert cleaned["text"].to_pylist() == [None, ""]
    unknown = clean_batch(batch("A pier.", media=["pdf"]))
    assert "no media named 'pdf'" in unknown["error"].to_pylist()[0]


def test_the_columns_that_are_added_are_always_the_same() -> None:
    schema = pa.schema({"content": pa.string(), "n": pa.int64()})
    added = {"text": pa.string(), "removals": REMOVALS, "error": pa.string()}
    assert output_schema(schema) == pa.schema({"content": pa.string(), "n": pa.int64(), **added})
    empty = clean_batch(pa.RecordBatch.from_pylist([], schema))
    assert empty.schema == output_schema(schema)


def test_columns_can_have_other_names() -> None:
    names = Columns("page", url="at", text="clean", removals="gone", error="why")
    found = clean_batch(pa.record_batch({"page": [PAGE], "text": ["x"]}), columns=names)
    assert found.schema.names == ["page", "text", "clean", "gone", "why"]


def test_a_missing_column_and_a_taken_name_are_refused() -> None:
    with pytest.raises(OptionError, match="no column 'content' to read contents from: there are a"):
        clean_batch(pa.record_batch({"a": [1]}))
    with pytest.raises(OptionError, match="there is a column 'text' already"):
        clean_batch(batch(PAGE, text=["x"]))


def test_cleaning_goes_through_pickle() -> None:
    clean = functools.partial(clean_batch, chain=default_chain(), columns=Columns())
    copy = pickle.loads(pickle.dumps(clean))  # noqa: S301
    assert copy(batch(PAGE)) == clean(batch(PAGE))


def test_counts_of_batches_give_the_table_of_their_records() -> None:
    pages = [f"News\nWeather\nStory {at}\n" for at in range(6)]
    urls: list[object] = [f"https://a.example/{at}" for at in range(6)]
    given = batch(*pages, None, url=[*urls, None])
    records = [Record(text, url=str(url)) for text, url in zip(pages, urls, strict=True)]
    counts = [
        count_batch(given.slice(0, 4)),
        count_batch(given.slice(4)),
        count_batch(given.slice(7)),
    ]
    assert {some.schema for some in counts} == {SCHEMA}
    assert freeze(counts) == learn(records)


def test_a_learned_chain_judges_by_the_url_of_each_row() -> None:
    pages = [f"News\nWeather\nStory {at} of the harbour\n" for at in range(6)]
    chain = Chain(default_chain().only("repeated-block").filters)
    learned = chain.learn(Record(text, url="a.example") for text in pages)
    cleaned = clean_batch(batch(pages[0], pages[0], url=["a.example", "b.example"]), learned)
    assert cleaned["text"].to_pylist() == ["Story 0 of the harbour\n", pages[0]]


def test_weights_that_are_not_there_are_no_error_of_a_row() -> None:
    batch = pa.record_batch({"content": [HTML * 9], "media": ["html"]})
    with pytest.raises(WeightsError, match="nowhere"):
        clean_batch(batch, Chain((MainContent(weights="nowhere"),)))
