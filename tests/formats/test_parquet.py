"""Parquet: what comes through, where files break off, and which types rows have in common."""

from __future__ import annotations

import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus.errors import InputError, RecordError
from cleancorpus.formats import tables
from cleancorpus.formats.arrow import EXTRA_TYPES
from cleancorpus.formats.base import Source, Start, Writing
from cleancorpus.formats.delimited import Delimited, DelimitedSink
from cleancorpus.formats.jsonl import JsonLines, JsonLinesSink
from cleancorpus.formats.parquet import Parquet, ParquetSink

if TYPE_CHECKING:
    from tests.formats.conftest import Through

TEXTS = ["first\nsecond", "first", "", "é\nsecond"]
ZONE = pa.timestamp("us", "Europe/Berlin")
WORDS = pa.dictionary(pa.int32(), pa.string())
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
# Every type that a file keeps, with values for four rows.
COLUMNS: dict[str, pa.Array[Any]] = {
    "int8": pa.array([1, None, -3, 4], pa.int8()),
    "uint64": pa.array([1, None, (1 << 64) - 1, 4], pa.uint64()),
    "float": pa.array([1.5, None, float("inf"), 0], pa.float32()),
    "bool": pa.array([True, None, False, True]),
    "null": pa.nulls(4),
    "decimal": pa.array([Decimal("1.1"), None, Decimal(-9), Decimal(0)], pa.decimal128(20, 2)),
    "date": pa.array([date(2026, 3, 1), None, date(1, 1, 1), date(9999, 12, 31)]),
    "zoned": pa.array([NOON, None, NOON, NOON], ZONE),
    "nanoseconds": pa.array([1, None, 10**18 + 1, 0], pa.timestamp("ns")),
    "duration": pa.array([1, None, 2, 3], pa.duration("ms")),
    "binary": pa.array([b"\xff", None, b"", b"\0"]),
    "fixed": pa.array([b"abc", None, b"def", b"ghi"], pa.binary(3)),
    "large": pa.array(["a", None, "", "d"], pa.large_string()),
    "view": pa.array(["a", None, "", "longer than what fits a view"], pa.string_view()),
    "words": pa.array(["a", None, "b", "a"], WORDS),
    "list": pa.array([[1], None, [], [2, None]], pa.list_(pa.int32())),
    "words_list": pa.array([["a"], None, [], ["b", "a"]], pa.list_(WORDS)),
    "large_list": pa.array([["a"], None, [], ["b"]], pa.large_list(pa.string())),
    "pair": pa.array([[1, 2], None, [3, 4], [5, 6]], pa.list_(pa.int8(), 2)),
    "struct": pa.array([{"a": 1, "b": {"c": "x"}}, None, {"a": None, "b": None}, {"a": 2}]),
    "map": pa.array([[("k", 1)], None, [], [("k", 2), ("k", 3)]], pa.map_(pa.string(), pa.int64())),
    "uuid": pa.array([b"a" * 16, None, b"b" * 16, b"c" * 16], pa.uuid()),
    "json": pa.array(['{"a": 1}', None, "[]", "2"], pa.json_()),
}  # fmt: skip


def file_of(table: pa.Table, **options: Any) -> bytes:  # noqa: ANN401 - the writer's own
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def table_of(data: bytes) -> pa.Table:
    table = pq.read_table(io.BytesIO(data))
    table.validate(full=True)
    return table


def lines_of(*records: dict[str, Any]) -> bytes:
    return b"".join(json.dumps(one).encode() + b"\n" for one in records)


def whole() -> pa.Table:
    table = pa.table({"id": pa.array([1, 2, 3, 4]), "text": TEXTS, **COLUMNS})
    table = table.replace_schema_metadata({"made by": "hand", "pandas": "{}"})
    field = table.schema.field("id").with_metadata({"unit": "none"}).with_nullable(nullable=False)
    return table.cast(table.schema.set(0, field))


def test_all_other_columns_come_through_with_their_types_and_metadata(through: Through) -> None:
    data = file_of(whole(), row_group_size=3)
    before = table_of(data)
    out = table_of(through.written(ParquetSink(), (Parquet(), data), removed=[1]))
    text = before.schema.get_field_index("text")
    expected = before.set_column(text, before.schema.field(text), [["first", "first", "", "é"]])
    assert out.schema.equals(expected.schema, check_metadata=True)
    assert out.equals(expected)


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.string_view(), pa.binary(), pa.large_binary(),
     pa.binary_view(), WORDS, pa.dictionary(pa.int32(), pa.large_binary())],
    ids=str,
)  # fmt: skip
def test_the_text_may_be_in_any_type_that_holds_text(through: Through, kind: pa.DataType) -> None:
    plain = pa.large_binary() if "binary" in str(kind) else pa.large_string()
    table = pa.table({"text": pa.array(["tea\n<p>", "é"], plain).cast(kind)})
    entries = through.entries(Parquet(), file_of(table))
    wanted = ["tea\n<p>", "é"]
    is_bytes = plain == pa.large_binary()
    assert [one.record.content for one in entries] == (
        [one.encode() for one in wanted] if is_bytes else wanted
    )
    out = table_of(through.written(ParquetSink(), (Parquet(), file_of(table)), removed=[1]))
    assert out.schema == table_of(file_of(table)).schema
    assert out.column("text").cast(plain).cast(pa.large_binary()).to_pylist() == [
        b"tea",
        "é".encode(),
    ]


rows = st.lists(
    st.fixed_dictionaries(
        {
            "text": st.text("ab\n é", max_size=20),
            "word": st.none() | st.sampled_from(["tea", "pot"]),
            "tags": st.none() | st.lists(st.integers(-9, 9) | st.none(), max_size=3),
        }
    ),
    max_size=12,
)
SCHEMA = pa.schema([("text", pa.string()), ("word", WORDS), ("tags", pa.list_(pa.int16()))])


@given(rows, st.integers(1, 5), st.integers(1, 5))
def test_what_is_written_reads_back_equal_however_it_was_batched(
    through: Through, found: list[dict[str, Any]], group: int, batch: int
) -> None:
    file = (Parquet(), file_of(pa.Table.from_pylist(found, SCHEMA), row_group_size=group))
    out = through.written(ParquetSink(), file, rows_a_batch=batch)
    assert table_of(out).schema == SCHEMA
    assert table_of(out).to_pylist() == found
    assert out == through.written(ParquetSink(), file, rows_a_batch=100)


@given(rows, st.integers(1, 5))
def test_splitting_from_every_row_gives_the_same_rest(
    through: Through, found: list[dict[str, Any]], group: int
) -> None:
    data = file_of(pa.Table.from_pylist(found, SCHEMA), row_group_size=group)
    raws = through.raws(Parquet(), data)
    assert [raw.number for raw in raws] == list(range(1, len(found) + 1))
    for at, raw in enumerate(raws, 1):
        assert through.raws(Parquet(), data, Start(raw.next, raw.number + 1)) == raws[at:]


def test_row_groups_before_the_start_are_not_read(through: Through) -> None:
    table = pa.table({"text": [f"{n} " * 1000 for n in range(30)]})
    data = bytearray(file_of(table, row_group_size=10, compression="none", use_dictionary=False))
    data[100:5000] = bytes(4900)
    raws = through.raws(Parquet(), bytes(data), Start(10, 11))
    assert [raw.number for raw in raws] == list(range(11, 31))


def test_a_huge_row_group_is_read_in_bounded_memory() -> None:
    texts = [f"{n} " + "tea " * 25_000 for n in range(3000)]
    # Nothing smaller than a page can be read, so they must not be huge.
    data = file_of(
        pa.table({"text": texts}), use_dictionary=False, write_batch_size=10, compression="none"
    )
    before, most = pa.total_allocated_bytes(), 0
    tracemalloc.start()  # what is read of the stream is Python's, what is decoded is Arrow's
    for _ in Parquet().split(io.BytesIO(data), Start(), 1 << 20):
        most = max(most, pa.total_allocated_bytes())
    _, most_read = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most - before + most_read < 40 << 20  # of 300 million bytes


def test_rows_over_the_limit_are_passed_by(through: Through) -> None:
    data = file_of(pa.table({"text": ["one", "x" * 5000, "three"]}))
    (error,) = through.errors(Parquet(), data, max_bytes=2000)
    assert error.startswith("row 2: 5,")
    assert error.endswith("bytes, over the limit of 2,000: --max-bytes raises it")


def test_null_and_what_is_no_utf8_are_errors_of_their_rows(through: Through) -> None:
    broken = pa.array([b"fine", None, b"\xff"]).view(pa.string())
    assert through.errors(Parquet(), file_of(pa.table({"text": broken}))) == [
        "row 2: has null in its column 'text', which is no text",
        (
            "row 3: has a value in its column 'text' that is none: 'utf-8' codec can't decode byte "
            "0xff in position 0: invalid start byte"
        ),
    ]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"id": [1], "body": ["a"]}, r"no column 'text': .* another \(there are id, body\)"),
        ({"text": [1]}, "has int64 in its column 'text', which is no text"),
        ({"text": [["a"]]}, "has list<element: string> in its column 'text', which is no text"),
    ],
)  # fmt: skip
def test_a_table_without_text_is_refused(table: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        Parquet().head(io.BytesIO(file_of(pa.table(table))))


def test_doubled_columns_are_refused() -> None:
    table = pa.Table.from_arrays([pa.array(["a"])] * 2, ["text", "text"])
    with pytest.raises(InputError, match="has the column 'text' 2 times"):
        Parquet().head(io.BytesIO(file_of(table)))


@pytest.mark.parametrize("data", [b"", b"PAR1", b'{"text": "a"}\n' * 9, file_of(whole())[:-20]])
def test_what_is_no_parquet_or_broken_off_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match="cannot be read as Parquet, or is broken off"):
        Parquet().head(io.BytesIO(data))


@pytest.mark.parametrize("group", [0, 1, 2])
def test_all_row_groups_before_a_defect_are_yielded(group: int) -> None:
    table = pa.table({"text": [f"{n} tea" for n in range(300)]})
    data = bytearray(
        file_of(
            table,
            row_group_size=100,
            use_dictionary=False,
            compression="none",
            write_page_checksum=True,
        )
    )
    about = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(group).column(0)
    data[about.data_page_offset + about.total_compressed_size // 2] ^= 0xFF
    found: list[int] = []
    with pytest.raises(OSError, match=f"row group {group + 1} cannot be read: "):
        found.extend(raw.number for raw in Parquet().split(io.BytesIO(data), Start(), 1000))
    assert found == list(range(1, 100 * group + 1))


class _Forward(io.BytesIO):
    """A stream that cannot be wound, as a pipe is."""

    def seekable(self) -> bool:
        return False

    def seek(self, *_: object) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def test_a_stream_that_cannot_be_wound_is_read_too() -> None:
    stream = _Forward(file_of(pa.table({"text": TEXTS})))
    assert len(list(Parquet().split(stream, Start(), 1000))) == len(TEXTS)


def test_other_formats_get_python_s_own_values_of_a_row(through: Through) -> None:
    (entry, *_) = through.entries(Parquet(), file_of(whole()))
    assert entry.fields["map"] == {"k": 1}
    assert entry.fields["zoned"] == NOON
    assert entry.fields["decimal"] == Decimal("1.10")
    assert entry.fields["uuid"] == UUID(bytes=b"a" * 16)
    assert entry.fields["text"] == "first\nsecond"
    lines = through.written(JsonLinesSink(), (Parquet(), file_of(whole()))).splitlines()
    first, third = json.loads(lines[0]), json.loads(lines[2])
    assert first["zoned"] == "2026-03-01T13:00:00+01:00"
    assert first["binary"] == "/w=="
    assert first["decimal"] == "1.10"
    assert third["nanoseconds"].startswith("2001-09-09")
    assert third["nanoseconds"].endswith("000000001")
    table = through.written(DelimitedSink(), (Parquet(), file_of(whole())))
    assert len(table.splitlines()) > len(TEXTS)


def test_values_that_are_no_text_at_all_are_an_error_for_other_formats_alone(
    through: Through,
) -> None:
    broken = pa.array([b"\xff"]).view(pa.string())
    file = (Parquet(), file_of(pa.table({"text": ["a"], "b": broken})))
    with pytest.raises(RecordError, match="has a value in its column 'b' that is none"):
        through.written(JsonLinesSink(), file)
    out = pq.read_table(io.BytesIO(through.written(ParquetSink(), file)))
    assert out.column("b").cast(pa.binary()).to_pylist() == [b"\xff"]


def test_the_url_of_a_row_is_the_record_s(through: Through) -> None:
    table = pa.table({"url": ["http://a.example/", None], "html": ["<p>Tea", "<p>Pot"]})
    entries = through.entries(Parquet("html"), file_of(table))
    assert [one.record.url for one in entries] == ["http://a.example/", None]
    assert [one.record.media for one in entries] == ["html", "html"]
    out = table_of(through.written(ParquetSink(), (Parquet("html"), file_of(table))))
    assert out.column_names == ["url", "html", "text"]
    assert out.column("text").to_pylist() == ["Tea\n", "Pot\n"]


def test_a_column_is_replaced_only_if_it_was_named(through: Through) -> None:
    data = file_of(pa.table({"text": [1], "html": ["<p>Tea"]}))
    with pytest.raises(RecordError, match="has a field 'text' already: --into text replaces it"):
        through.written(ParquetSink(), (Parquet("html"), data))
    out = table_of(through.written(ParquetSink(Writing(into="text")), (Parquet("html"), data)))
    assert out.to_pylist() == [{"text": "Tea\n", "html": "<p>Tea"}]


@pytest.mark.parametrize("removed", [[], [0]])
def test_further_columns_have_fixed_types(through: Through, removed: list[int]) -> None:
    sink = ParquetSink(Writing(extras=("removals", "metadata", "markdown")))
    for file in (
        (Parquet(), file_of(pa.table({"text": ["first\nsecond"]}))),
        (JsonLines(), lines_of({"text": "first\nsecond"})),
    ):
        out = table_of(through.written(sink, file, removed=removed))
        assert out.schema.types[1:] == [EXTRA_TYPES[name] for name in sink.writing.extras]
        (row,) = out.to_pylist()
        assert [one["end"] for one in row["removals"]] == [5] * len(removed)
        assert [one["locator"] for one in row["removals"]] == [None] * len(removed)


def test_what_a_page_says_of_itself_is_a_map(through: Through) -> None:
    sink = ParquetSink(Writing(extras=("metadata",)))
    page = "<title>Tea</title><p>Pot"
    for file in (
        (Parquet("html"), file_of(pa.table({"html": [page]}))),
        (JsonLines("html"), lines_of({"html": page})),
    ):
        out = table_of(through.written(sink, file))
        (found,) = out.column("metadata").to_pylist()
        assert ("title", "Tea") in (found or ())


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1, 2], "int64", [1, 2]),
        ([1, 2.5], "double", [1.0, 2.5]),
        ([1 << 60, 1], "int64", [1 << 60, 1]),
        ([(1 << 53) + 1, 2.5], "string", ["9007199254740993", "2.5"]),
        ([1, 1 << 64], "string", ["1", "18446744073709551616"]),
        ([1, "a"], "string", ["1", '"a"']),
        ([True, 1], "string", ["true", "1"]),
        ([None, None], "null", [None, None]),
        ([None, "a"], "string", [None, "a"]),
        ([[], [1], [2.5]], "list<element: double>", [[], [1.0], [2.5]]),
        ([[1], ["a"]], "list<element: string>", [["1"], ['"a"']]),
        ([[], None], "list<element: null>", [[], None]),
        ([{}, {}], "string", ["{}", "{}"]),
        ([{"a": 1}, {"b": [True]}], "struct<a: int64, b: list<element: bool>>",
         [{"a": 1, "b": None}, {"a": None, "b": [True]}]),
        ([{"a": 1}, {"a": {}}], "struct<a: string>", [{"a": "1"}, {"a": "{}"}]),
        ([{"a": 1}, 2], "string", ['{"a": 1}', "2"]),
        ([dict.fromkeys(map(str, range(300)))], "string",
         [json.dumps(dict.fromkeys(map(str, range(300))))]),
    ],
)  # fmt: skip
def test_types_are_read_off_the_values_of_lines(
    through: Through, values: list[Any], kind: str, expected: list[Any]
) -> None:
    lines = lines_of(*({"text": "a", "v": value} for value in values))
    out = table_of(through.written(ParquetSink(), (JsonLines(), lines), rows_a_batch=1))
    assert str(out.schema.field("v").type) == kind
    assert out.column("v").to_pylist() == expected


def test_nesting_without_end_ends_as_text(through: Through) -> None:
    value: Any = "tea"
    for _ in range(200):
        value = [value]
    out = table_of(
        through.written(ParquetSink(), (JsonLines(), lines_of({"text": "", "v": value})))
    )
    assert str(out.schema.field("v").type).count("list") == 8


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3)
    | st.sampled_from([1, 2.5, 1 << 53, (1 << 53) + 1, 1 << 63, 1 << 64, "\ud800"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from("abc\ud800"), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
records = st.dictionaries(st.sampled_from(["a", "b", "c\ud800"]), json_values)


@given(st.lists(records, max_size=8), st.integers(1, 9), st.data())
@example([{"a": 1}, {"a": 2.5}, {"a": (1 << 53) + 1}], 1, None)
@example([{"a": [None, None]}], 1, None)  # pyarrow's own cast of a table breaks these
def test_nothing_depends_on_how_lines_were_batched(
    through: Through, found: list[dict[str, Any]], batch: int, data: st.DataObject | None
) -> None:
    lines = [{"text": "tea", **one} for one in found]
    one_file = [(JsonLines(), lines_of(*lines))]
    cut = data.draw(st.integers(0, len(lines))) if data else 1
    files = [(JsonLines(), lines_of(*lines[:cut])), (JsonLines(), lines_of(*lines[cut:]))]
    out = through.written(ParquetSink(), *one_file, rows_a_batch=100)
    assert through.written(ParquetSink(), *files, rows_a_batch=batch) == out
    assert table_of(out).num_rows == len(lines)
    assert all(_is_in(one, row) for one, row in zip(lines, table_of(out).to_pylist(), strict=True))


def _is_in(before: Any, after: Any) -> bool:  # noqa: ANN401 - whatever JSON holds
    """Whether a value came through: as it was, or as its JSON text."""
    before = json.loads(json.dumps(before, ensure_ascii=False).replace("\ud800", "\ufffd"))
    if before is None or before == after:
        return bool(before == after)
    if isinstance(after, str) and not isinstance(before, str):
        return bool(json.loads(after) == before)
    if isinstance(before, dict):
        return all(_is_in(one, after[name]) for name, one in before.items())
    if isinstance(before, list):
        return all(map(_is_in, before, after))
    return isinstance(before, str) and bool(json.loads(after) == before)


@pytest.mark.parametrize(
    ("one", "other", "kind", "expected"),
    [
        (pa.array([1], pa.int32()), pa.array([2], pa.int64()), pa.int64(), [1, 2]),
        (pa.array([1]), pa.array([2.5]), pa.float64(), [1.0, 2.5]),
        (pa.array([(1 << 53) + 1]), pa.array([2.5]), pa.string(), ["9007199254740993", "2.5"]),
        (pa.array([[(1 << 53) + 1]]), pa.array([[2.5]]), pa.string(),
         ["[9007199254740993]", "[2.5]"]),
        (pa.array([1], pa.uint64()), pa.array([-2]), pa.int64(), [1, -2]),
        (pa.array([1 << 63], pa.uint64()), pa.array([-2]), pa.string(), [str(1 << 63), "-2"]),
        (pa.array([1]), pa.array(["a"]), pa.string(), ["1", '"a"']),
        (pa.nulls(1), pa.array([True]), pa.bool_(), [None, True]),
        (pa.array(["a"]), pa.array(["b"], WORDS), pa.string(), ["a", "b"]),
        (pa.array(["a"], WORDS), pa.array(["b"], WORDS), WORDS, ["a", "b"]),
        (pa.array(["a"], pa.dictionary(pa.int8(), pa.string())), pa.array(["b"], WORDS), WORDS,
         ["a", "b"]),
        (pa.array([{"a": 1}]), pa.array([{"b": "x"}]),
         pa.struct([("a", pa.int64()), ("b", pa.string())]),
         [{"a": 1, "b": None}, {"a": None, "b": "x"}]),
        (pa.array([date(2026, 3, 1)]), pa.array([1]), pa.string(), ['"2026-03-01"', "1"]),
    ],
)  # fmt: skip
def test_files_of_several_types_become_one(
    through: Through,
    one: pa.Array[Any],
    other: pa.Array[Any],
    kind: pa.DataType,
    expected: list[Any],
) -> None:
    files = [(Parquet(), file_of(pa.table({"text": ["a"], "v": v}))) for v in (one, other)]
    out = table_of(through.written(ParquetSink(), *files))
    assert out.schema.field("v").type == kind
    assert out.column("v").to_pylist() == expected


def _marked(columns: dict[str, Any], mark: str) -> pa.Table:
    return pa.table(columns).replace_schema_metadata({"k": mark})


def test_files_of_other_columns_and_formats_become_one(through: Through) -> None:
    out = table_of(
        through.written(
            ParquetSink(),
            (Parquet(), file_of(_marked({"text": ["a"], "n": [1]}, "1"))),
            (JsonLines(), lines_of({"text": "b", "n": 2.5, "more": [1]})),
            (Delimited(), b"text,n\nc,3\n"),
            (Parquet(), file_of(_marked({"more": [[2]], "text": ["d"]}, "2"))),
        )
    )
    assert out.to_pylist() == [
        {"text": "a", "n": "1", "more": None},
        {"text": "b", "n": "2.5", "more": [1]},
        {"text": "c", "n": '"3"', "more": None},
        {"text": "d", "n": None, "more": [2]},
    ]
    assert out.schema.metadata == {b"k": b"1"}


def test_columns_that_may_not_be_null_may_be_so_where_a_file_lacks_them(through: Through) -> None:
    number: pa.Field[Any] = pa.field("n", pa.int8(), nullable=False)
    schema = pa.schema({"text": pa.string()}).append(number)
    file = (Parquet(), file_of(pa.table([["a"], [1]], schema=schema)))
    alone = table_of(through.written(ParquetSink(), file))
    assert not alone.schema.field("n").nullable
    both = table_of(through.written(ParquetSink(), file, (JsonLines(), lines_of({"text": "b"}))))
    assert both.column("n").to_pylist() == [1, None]


def test_row_groups_are_bounded_and_packed(
    through: Through, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "_GROUP_BYTES", 10_000)
    files: list[tuple[Source, bytes]] = [
        (JsonLines(), lines_of(*({"text": "tea " * 100} for _ in range(60)))),
        (Parquet(), file_of(pa.table({"text": ["tea " * 100] * 60}))),
    ]
    out = through.written(ParquetSink(), *files, rows_a_batch=7)
    about = pq.ParquetFile(io.BytesIO(out)).metadata
    assert about.num_rows == 120
    assert 5 < about.num_row_groups < 12
    assert about.row_group(0).column(0).compression == "ZSTD"
    assert out == through.written(ParquetSink(), *files, rows_a_batch=60)


def test_tables_without_rows_keep_their_columns(through: Through) -> None:
    data = file_of(whole().slice(0, 0))
    out = table_of(through.written(ParquetSink(), (Parquet(), data)))
    assert out.schema == table_of(data).schema
    assert table_of(through.written(ParquetSink())).num_columns == 0
