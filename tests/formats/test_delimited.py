"""CSV and TSV: what comes through, where rows end, and what is refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any, BinaryIO, cast

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus.errors import InputError, RecordError
from cleancorpus.formats.base import Start, Writing
from cleancorpus.formats.delimited import Delimited, DelimitedSink
from cleancorpus.formats.jsonl import JsonLines

if TYPE_CHECKING:
    from tests.formats.conftest import Through

# What is mended at the door, and so would not come through.
MENDED = dict.fromkeys((*range(9), *range(14, 32), 127, 0xFEFF))
FORMATS = ["csv", "tsv"]
DELIMITERS = {"csv": ",", "tsv": "\t"}

every_format = pytest.mark.parametrize("name", FORMATS)
cells = st.text(st.characters(codec="utf-8"), max_size=12) | st.sampled_from(
    ['"', '""', ",", "\t", "\r", "\n", "\r\n", "a\rb", '"\r\n"', "\0", "\u2028", "\x85", " a ", "é"]
)
ends = st.sampled_from(["\n", "\r\n", "\r"])


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """A header with a column `text`, and rows."""
    names = draw(st.lists(st.text('abc ,\n"é', max_size=4), max_size=3, unique=True))
    header = [*names, "text"]
    rows = draw(st.lists(st.lists(cells, min_size=len(header), max_size=len(header)), max_size=6))
    return [draw(st.permutations(header)), *rows]


def file_of(rows: list[list[str]], name: str, end: str = "\r\n", *, bom: bool = False) -> bytes:
    """A table of Python's own writer, all in quotes: with other ends it uses too few."""
    out = io.StringIO()
    csv.writer(
        out, delimiter=DELIMITERS[name], lineterminator=end, quoting=csv.QUOTE_ALL
    ).writerows(rows)
    return out.getvalue().encode("utf-8-sig" if bom else "utf-8")


def rows_of(data: bytes, name: str) -> list[list[str]]:
    text = io.StringIO(data.decode(), newline="")
    return list(csv.reader(text, delimiter=DELIMITERS[name], strict=True))


@every_format
@given(table=tables(), end=ends, bom=st.booleans())
def test_values_are_read_as_they_were_written(
    through: Through, name: str, table: list[list[str]], end: str, bom: bool
) -> None:
    entries = through.entries(Delimited(name), file_of(table, name, end, bom=bom))
    assert [list(entry.fields.items()) for entry in entries] == [
        list(zip(table[0], row, strict=True)) for row in table[1:]
    ]
    assert [entry.record.content for entry in entries] == [
        row[table[0].index("text")] for row in table[1:]
    ]


@every_format
@given(table=tables(), end=ends, batch=st.integers(1, 4))
def test_a_table_that_nothing_is_removed_from_comes_through_equal(
    through: Through, name: str, table: list[list[str]], end: str, batch: int
) -> None:
    place = table[0].index("text")
    for row in table[1:]:
        row[place] = row[place].translate(MENDED)
    data = file_of(table, name, end)
    out = through.written(DelimitedSink(name), (Delimited(name), data), rows_a_batch=batch)
    assert rows_of(out, name) == table


@every_format
@given(table=tables(), end=ends)
def test_splitting_from_every_row_gives_the_same_rest(
    through: Through, name: str, table: list[list[str]], end: str
) -> None:
    data = file_of(table, name, end)
    raws = through.raws(Delimited(name), data)
    assert [raw.number for raw in raws] == list(range(1, len(table)))
    for at, raw in enumerate(raws, 1):
        assert through.raws(Delimited(name), data, Start(raw.next, raw.number + 1)) == raws[at:]


@given(st.text('a",\n\r', max_size=40), st.integers(1, 20))
@example('",",,"\n",",', 5)
def test_all_bytes_of_a_file_are_in_its_rows_or_named_as_passed_by(
    through: Through, body: str, max_bytes: int
) -> None:
    data = b"text\n" + body.encode()
    raws = through.raws(Delimited(), data, None, max_bytes)
    place = 5
    for raw in raws:
        if raw.data:
            assert data[raw.next - len(raw.data) : raw.next] == raw.data
            assert not data[place : raw.next - len(raw.data)].strip(b"\r\n")
        else:
            assert raw.error
        place = raw.next
    assert not data[place:].strip(b"\r\n")
    for at, raw in enumerate(raws, 1):
        again = through.raws(Delimited(), data, Start(raw.next, raw.number + 1), max_bytes)
        assert again == raws[at:]


@given(tables())
def test_without_broken_quotes_rows_are_those_of_python_s_own_reader(
    through: Through, table: list[list[str]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(table)
    entries = through.entries(Delimited(), out.getvalue().encode())
    expected = [row for row in csv.reader(io.StringIO(out.getvalue(), newline="")) if row]
    assert [list(entry.fields.values()) for entry in entries] == expected[1:]


def test_quotes_inside_a_value_without_quotes_are_the_value_s_own(through: Through) -> None:
    (entry,) = through.entries(Delimited(), b'text,n\n5" disk,a "b" c\n')
    assert entry.fields == {"text": '5" disk', "n": 'a "b" c'}


def test_a_lost_quote_is_an_error_and_reading_goes_on_below(through: Through) -> None:
    data = b'id,text\n1,"open\n2,"closed"\n3,fine\n'
    assert through.errors(Delimited(), data) == [
        "row 1: the quotes do not add up: ',' expected after '\"'"
    ]
    raws = through.raws(Delimited(), data)
    assert [(raw.number, raw.data) for raw in raws] == [
        (1, b'1,"open\n2,"closed"\n'),
        (2, b"3,fine\n"),
    ]


def test_a_quote_that_is_never_closed_is_told_with_its_row_and_its_bytes(through: Through) -> None:
    data = b'id,text\n1,fine\n2,"open\n3,lost\n4,lost too'
    assert through.errors(Delimited(), data) == [
        "row 2: a quote is never closed, and takes all to the end of the file with it"
    ]
    assert through.raws(Delimited(), data)[1].data == b'2,"open\n3,lost\n4,lost too'
    assert through.errors(Delimited(), data, max_bytes=12) == [
        "row 2: a quote is never closed, and takes all to the end of the file with it"
    ]
    assert through.raws(Delimited(), data, max_bytes=12)[1].data == b""


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("large", ['"%s"', "%s", '"a\n%s\n,""b"', '"%s""\n"'])
def test_a_row_over_the_limit_is_passed_by_without_its_neighbours(
    through: Through, large: str, end: str
) -> None:
    text = large % ("x" * 200_000)
    data = f"text{end}one{end}{text}{end}three{end}".encode()
    raws = through.raws(Delimited(), data, max_bytes=100)
    assert [raw.data.strip() for raw in raws] == [b"one", b"", b"three"]
    assert raws[1].error == (
        f"{len(text) + len(end):,} bytes, over the limit of 100: --max-bytes raises it"
    )
    assert raws[-1].next == len(data)


def test_a_value_may_be_longer_than_python_s_own_limit(through: Through) -> None:
    text = "tea, " * 100_000
    (entry,) = through.entries(Delimited(), f'text\n"{text}"\n'.encode())
    assert entry.record.content == text


def test_a_process_that_has_not_cut_the_rows_reads_long_values_too() -> None:
    text = "tea, " * 100_000
    head = Delimited().head(io.BytesIO(b"text\n"))
    for longest in (131_072, 7):
        csv.field_size_limit(longest)
        assert Delimited().parse(f'"{text}"\n'.encode(), head, "a").record.content == text
    sink, out = DelimitedSink(), io.BytesIO()
    spool = b"".join(sink.encode([{"text": text}, {"text": text, "n": "1"}], b""))
    csv.field_size_limit(131_072)
    sink.finish(io.BytesIO(spool), out)
    assert len(out.getvalue()) > 2 * len(text)


def test_a_row_that_was_cut_elsewhere_is_read_as_strictly() -> None:
    with pytest.raises(RecordError, match="not CSV: ',' expected after"):
        Delimited().parse(b'"te"xt\n', b'["text"]', "a")


@pytest.mark.parametrize("chars", range(65_533, 65_540))
def test_long_lines_end_with_both_characters(through: Through, chars: int) -> None:
    lines = [b"x" * chars + b"\r\n", b"y\r\n", b"z" * chars + b"\r", b"\xc3\xa9\n"]
    raws = through.raws(Delimited(), b"text\n" + b"".join(lines))
    assert [raw.data for raw in raws] == lines


def test_values_are_counted_against_the_header(through: Through) -> None:
    assert through.errors(Delimited(), b"id,text\n1,a\n2\n3,a,b\n\n4,\xff\n") == [
        "row 2: has 1 values for the 2 columns of the header",
        "row 3: has 3 values for the 2 columns of the header",
        "row 4: not UTF-8: invalid start byte at byte 3",
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        (b"id,body\n", r"has no column 'text': --field names another \(there are id, body\)"),
        (b"a,text,a,text\n", "names the column 'a' 2 times"),
        ("text,é\n".encode("utf-16"), "not UTF-8: invalid start byte at byte 1"),
        ("text,b\n".encode("utf-16-le"), "NUL bytes: only UTF-8 is read"),
        (b'id,"text\n1,a\n', "the header cannot be read: a quote is never closed"),
        (b'id,"te"xt\n1,a\n', "the header cannot be read: the quotes do not add up"),
        (b"x" * 2_000_000, "the header cannot be read: 2,000,000 bytes, over the limit"),
    ],
)
def test_a_header_that_says_nothing_is_refused(header: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Delimited().head(io.BytesIO(header))


@every_format
def test_an_empty_file_has_no_records_and_stays_empty(through: Through, name: str) -> None:
    assert through.written(DelimitedSink(name), (Delimited(name), b"")) == b""
    assert through.raws(Delimited(name), b"") == []


def test_a_header_alone_comes_through(through: Through) -> None:
    out = through.written(DelimitedSink("tsv"), (Delimited("csv"), b'"a,b",text\n\n'))
    assert out == b"a,b\ttext\n"


def test_a_stream_that_breaks_off_yields_its_whole_rows_first() -> None:
    rows = [b"%d,text %d\n" % (n, n * n) for n in range(20_000)]
    whole = b"n,text\n" + b"".join(rows)
    stream = cast("BinaryIO", gzip.GzipFile(fileobj=io.BytesIO(gzip.compress(whole)[:-20_000])))
    found: list[bytes] = []
    with pytest.raises(EOFError):
        found.extend(raw.data for raw in Delimited().split(stream, Start(), 100))
    assert found == rows[: len(found)]
    assert len(found) > 1000


def test_the_text_takes_its_column_s_place_and_the_rest_stays(through: Through) -> None:
    data = b'id,text,n\n007,"first\nsecond",1.10\n'
    out = through.written(DelimitedSink(), (Delimited(), data), removed=[0])
    assert out == b"id,text,n\n007,second,1.10\n"


def test_further_columns_come_at_the_end_as_json(through: Through) -> None:
    sink = DelimitedSink(writing=Writing(into="clean", extras=("removals",)))
    (row,) = csv.DictReader(
        io.StringIO(through.written(sink, (Delimited(), b"text\nfirst\n"), removed=[0]).decode())
    )
    assert list(row) == ["text", "clean", "removals"]
    assert json.loads(row["removals"]) == [
        {"at": 0, "start": 0, "end": 5, "filter": "test", "because": "a reason", "score": 0.5}
    ]


def test_of_a_column_html_the_text_gets_a_column(through: Through) -> None:
    data = b"url,html\nhttp://a.example/,<p>Tea &amp; pot\n"
    (entry,) = through.entries(Delimited(field="html"), data)
    assert (entry.record.media, entry.record.url) == ("html", "http://a.example/")
    out = through.written(DelimitedSink(), (Delimited(field="html"), data))
    assert rows_of(out, "csv")[1] == ["http://a.example/", "<p>Tea &amp; pot", "Tea & pot\n"]


values: st.SearchStrategy[Any] = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.integers())
)
records = st.dictionaries(st.text(max_size=3).filter(lambda name: name != "text"), values)


@given(st.lists(records, max_size=6), st.integers(1, 7))
def test_other_records_become_a_table_of_all_their_fields(
    through: Through, found: list[dict[str, Any]], batch: int
) -> None:
    lines = [json.dumps({"text": "Tea.", **one}) + "\n" for one in found]
    file = (JsonLines(), "".join(lines).encode())
    out = through.written(DelimitedSink(), file, rows_a_batch=batch)
    columns = list(dict.fromkeys(name for line in lines for name in json.loads(line)))
    expected = [[_cell(json.loads(line).get(name)) for name in columns] for line in lines]
    assert rows_of(out, "csv") == ([columns, *expected] if lines else [])


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def test_lone_surrogates_and_giant_integers_come_through_in_some_form(through: Through) -> None:
    digits = "9" * 5000
    line = f'{{"text": "a", "b\\ud800": "c\\udc00", "n": {digits}}}'.encode()
    out = rows_of(through.written(DelimitedSink(), (JsonLines(), line)), "csv")
    assert out == [["text", "b\ufffd", "n"], ["a", "c\ufffd", digits]]


def test_files_of_several_headers_become_one_table(through: Through) -> None:
    out = through.written(
        DelimitedSink(), (Delimited(), b"text,a\nx,1\n"), (Delimited("tsv"), b"b\ttext\n2\ty\n")
    )
    assert rows_of(out, "csv") == [["text", "a", "b"], ["x", "1", ""], ["y", "", "2"]]
