"""JSONL: what comes through, and what is refused."""

import io
import json
import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.document import Document, Record, Removal
from cleancorpus.errors import RecordError
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.jsonl import JsonLines, JsonLinesSink
from cleancorpus.segment import segment

# What is mended at the door, and so would not come through.
MENDED = dict.fromkeys((*range(9), *range(14, 32), 127, 0xFEFF))

names = st.text(max_size=8).filter(lambda name: name != "text")
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


REMOVALS = Writing(extras=("removals",))


def through(
    line: str | bytes, *removed: int, field: str = "text", writing: Writing | None = None
) -> str:
    """A line that was read and written back, without the blocks of these indices."""
    raw = line.encode() if isinstance(line, str) else line
    entry = JsonLines(field).parse(raw, b"", "pages.jsonl")
    document = segment(entry.record).mark(Removal(at, "test", "a reason", 0.5) for at in removed)
    return JsonLinesSink(writing or Writing()).row(entry, document).decode()


def cut(data: bytes, start: Start | None = None, max_bytes: int = 1 << 30) -> list[Raw]:
    return list(JsonLines().split(io.BytesIO(data), start or Start(), max_bytes))


@given(st.dictionaries(names, values), st.text(), st.booleans(), st.integers(0, 3))
def test_a_line_that_nothing_is_removed_from_comes_through_to_the_byte(
    fields: dict[str, object], text: str, is_ascii: bool, place: int
) -> None:
    items = list(fields.items())
    items.insert(
        place,
        ("text", text.translate(MENDED)),
    )
    line = json.dumps(dict(items), ensure_ascii=is_ascii) + "\n"
    assert through(line) == line


@given(st.dictionaries(names, values))
def test_other_fields_are_equal_and_in_order_when_lines_are_removed(
    fields: dict[str, object],
) -> None:
    line = json.dumps({"text": "first\nsecond", **fields, "last": 0})
    out = json.loads(through(line, 0), object_pairs_hook=list)
    assert out[0] == ["text", "second"] or out[0] == ("text", "second")
    assert repr(out[1:]) == repr(json.loads(line, object_pairs_hook=list)[1:])


@pytest.mark.parametrize(
    "literal",
    [
        "123456789012345678901234567890",
        "9" * 10_000,
        "1e400",
        "1.10",
        "-0.0",
        "1E5",
        r'"\ud83d"',
        r'"\u00e9é"',
        '{"a": 1, "a": 2}',
        "[ 1 ,2 ]",
        '"\u2028"',
    ],
)  # fmt: skip
def test_literals_come_through_digit_for_digit(literal: str) -> None:
    out = through(f'{{"a":{literal} ,"text":"first\\nsecond", "b" : {literal}}}\r\n', 0)
    assert out == f'{{"a":{literal} ,"text":"second", "b" : {literal}}}\r\n'


def test_doubled_names_are_kept() -> None:
    line = '{"tag": "a", "text": "x\\ny", "tag": "b"}'
    assert through(line, 1) == '{"tag": "a", "text": "x", "tag": "b"}'


def test_text_stays_ascii_where_its_writer_escaped_it() -> None:
    assert through('{"text": "\\u00e9\\nb"}', 1) == '{"text": "\\u00e9"}'
    assert through('{"text": "é\\nb"}', 1) == '{"text": "é"}'


def test_escapes_stay_as_they_were_where_nothing_went() -> None:
    line = '{"text": "\\u0061\\/ \\u00E9 é"}'
    assert through(line) == line


def test_lone_surrogates_in_the_text_are_mended_and_those_elsewhere_stay() -> None:
    line = '{"a": "\\udc00", "text": "b\\ud83d"}'
    assert through(line) == '{"a": "\\udc00", "text": "b\\ufffd"}'


def test_removals_are_added_at_the_end_with_their_places() -> None:
    out = json.loads(through('{"text": "first\\nsecond", "n": 1.0}', 1, writing=REMOVALS))
    assert list(out) == ["text", "n", "removals"]
    found = {"at": 1, "start": 6, "end": 12, "filter": "test", "because": "a reason", "score": 0.5}
    assert out["removals"] == [found]


def test_removals_are_an_empty_list_where_nothing_went() -> None:
    assert through('{"text": "a"}\n', writing=REMOVALS) == '{"text": "a", "removals": []}\n'


@given(st.text(alphabet='ab}"\\,: \n\ud800é', max_size=30), values)
def test_a_line_with_removals_added_is_still_json(text: str, after: object) -> None:
    line = json.dumps({"text": text, "after": after})
    out = json.loads(through(line, writing=REMOVALS))
    assert repr(out["after"]) == repr(json.loads(line)["after"])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{oops", "not JSON: expected a name in quotes at character 2"),
        ("[1]", "not JSON: expected { at character 1"),
        ("7", "not JSON: expected {"),
        ('{"text": "a"', "not JSON: expected } at character 13"),
        ('{"text": "a",}', "not JSON: expected a name"),
        ('{"text" "a"}', "not JSON: expected :"),
        ('{"text": "a"} {}', "not JSON: more than one object at character 15"),
        ('{"text": }', "not JSON"),
        ('{"text": "a\tb"}', "not JSON: Invalid control character"),
        ("{}", r"has no field 'text': --field names another \(there are none\)"),
        ('{"body": "a"}', r"has no field 'text': --field names another \(there are body\)"),
        ('{"text": null}', "has null in its field 'text', which is no text"),
        ('{"text": 12}', "has 12 in its field 'text', which is no text"),
        ('{"text": "a", "text": "b"}', "has the field 'text' 2 times"),
        ('{"text": "a", "b": ' + "[" * 200_000, "nested too deep|not JSON"),
        (b'{"text": "\xff"}', "not UTF-8: invalid start byte at byte 11"),
    ],
)  # fmt: skip
def test_what_is_no_record_is_refused(line: str | bytes, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        through(line)


def test_a_field_of_removals_is_never_replaced() -> None:
    line = '{"text": "a", "removals": 1}'
    assert through(line) == line
    with pytest.raises(RecordError, match="has a field 'removals' already"):
        through(line, writing=REMOVALS)


def test_lines_are_cut_at_line_feeds_alone_and_blank_ones_are_no_records() -> None:
    data = '\ufeff{"a":"\u2028\x85"}\n\n \r\n{}'.encode()
    assert cut(data) == [Raw(1, data[3:17], 17), Raw(4, b"{}", len(data))]


def test_another_field_may_hold_the_text() -> None:
    assert (
        through('{"text": "a", "body": "b\\nc"}', 0, field="body") == '{"text": "a", "body": "c"}'
    )


def test_a_document_without_a_source_offset_has_none_in_its_removals() -> None:
    entry = JsonLines().parse(b'{"text": "a"}', b"", "p")
    out = json.loads(JsonLinesSink(REMOVALS).row(entry, Document((), source="a")))
    assert out["removals"] == []


PAGE = "<p>Tea &amp; <b>caf\\u00e9</b>.</p><p>Stir."


def test_the_text_of_a_page_goes_into_a_field_of_its_own() -> None:
    line = f'{{"html": "{PAGE}", "n": 1.10 }}\n'
    kept = f'{{"html": "{PAGE}", "n": 1.10 , '
    text = '"Tea & caf\\u00e9.\\n\\nStir.\\n"}\n'
    assert through(line, field="html") == f'{kept}"text": {text}'
    assert through(line, field="html", writing=Writing("body")) == f'{kept}"body": {text}'
    assert through(line, 0, field="html") == f'{kept}"text": "Stir.\\n"}}\n'


def test_the_text_of_a_page_takes_its_place_on_request() -> None:
    line = '{"html": "<p>Tea &amp; pot", "n": 1.10}'
    assert (
        through(line, field="html", writing=Writing("html"))
        == '{"html": "Tea & pot\\n", "n": 1.10}'
    )


def test_a_field_is_replaced_only_if_it_was_named() -> None:
    line = '{"text": "mine", "html": "<p>Tea"}'
    with pytest.raises(RecordError, match="has a field 'text' already: --into text replaces it"):
        through(line, field="html")
    out = through(line, field="html", writing=Writing("text"))
    assert out == '{"text": "Tea\\n", "html": "<p>Tea"}'
    with pytest.raises(RecordError, match="has the field 'text' 2 times"):
        through('{"text": 1, "html": "<p>Tea", "text": 2}', field="html", writing=Writing("text"))


def test_a_field_html_holds_html_and_any_other_is_looked_at() -> None:
    fragment, page = "<p>Tea", "<!DOCTYPE html><p>Tea"
    for field, content, media in (
        ("html", fragment, "html"),
        ("body", fragment, "text"),
        ("body", page, "html"),
    ):
        line = json.dumps({field: content}).encode()
        assert segment(JsonLines(field).parse(line, b"", "a").record).media == media
    assert through(json.dumps({"body": page}), field="body") == '{"body": "Tea\\n"}'


def test_text_goes_into_another_field_too() -> None:
    line = '{"body": "first\\nsecond"}'
    out = through(line, 0, field="body", writing=Writing("clean"))
    assert out == '{"body": "first\\nsecond", "clean": "second"}'
    out = through(line, field="body", writing=Writing("clean"))
    assert out == '{"body": "first\\nsecond", "clean": "first\\nsecond"}'


def test_a_page_may_be_written_as_markdown() -> None:
    out = json.loads(
        through('{"html": "<h2>Tea</h2>"}', field="html", writing=Writing(rendering="markdown"))
    )
    assert out["text"] == "## Tea\n"


def test_the_removals_of_a_page_say_where_they_stood() -> None:
    line = '{"html": "<p>Tea<p>Pot"}'
    (removal,) = json.loads(through(line, 1, field="html", writing=REMOVALS))["removals"]
    assert removal["locator"] == "html/body/p[2]"
    assert not {"start", "end"} & removal.keys()


@given(st.dictionaries(names.filter(lambda name: name != "html"), values), st.booleans())
def test_a_page_s_line_stays_json_with_all_its_fields(
    fields: dict[str, object], is_ascii: bool
) -> None:
    line = json.dumps({**fields, "html": "<p>é"}, ensure_ascii=is_ascii)
    out = through(line, field="html")
    assert repr(json.loads(out)) == repr({**json.loads(line), "text": "é\n"})
    assert out.isascii() == line.isascii()


BROKEN = b'\xef\xbb\xbf{"text": "a"}\n\n{oops\n  \r\n{"text": "too long"}\n\xff\n{"text": "b"}'


def test_reading_goes_on_after_any_line_as_if_it_had_not_stopped() -> None:
    raws = cut(BROKEN, max_bytes=17)
    assert [(raw.number, bool(raw.error)) for raw in raws] == [
        (1, False), (3, False), (5, True), (6, False), (7, False),
    ]  # fmt: skip
    for at, raw in enumerate(raws, 1):
        assert cut(BROKEN, Start(raw.next, raw.number + 1), 17) == raws[at:]


def test_a_broken_line_is_cut_out_like_any_other_and_spoils_none() -> None:
    form = JsonLines()
    found = []
    for raw in cut(BROKEN):
        try:
            found.append(form.parse(raw.data, b"", f"a.jsonl{form.place(raw.number)}").record.id)
        except RecordError:
            found.append("")
    assert found == ["a.jsonl, line 1", "", "a.jsonl, line 5", "", "a.jsonl, line 7"]


@pytest.mark.parametrize("text", ["x" * (100 << 20), "é" * (25 << 20)])
def test_a_line_of_many_megabytes_comes_through_or_is_over_the_limit(text: str) -> None:
    line = f'{{"n": 1.10, "text": "{text}"}}\n'.encode()
    (raw,) = cut(line)
    entry = JsonLines().parse(raw.data, b"", "a")
    assert entry.record.content == text
    document = Document((), source="")
    row = JsonLinesSink(Writing("clean")).row(entry, document)
    assert row == line[:-2] + b', "clean": ""}\n'
    (raw, after) = cut(line + b"{}\n", max_bytes=1 << 20)
    assert (raw.data, raw.next) == (b"", len(line))
    assert str(raw.error).startswith(f"{len(line):,} bytes, over the limit of 1,048,576")
    assert after.data == b"{}\n"


def test_records_of_other_formats_are_written_with_all_their_fields() -> None:
    fields = {"id": "7", "n": 2**70, "at": datetime(2024, 5, 1, tzinfo=UTC), "raw": b"\x00\xff"}
    entry = Entry(Record("Tea.", id="7", fields=fields))
    row = JsonLinesSink().row(entry, segment(entry.record))
    assert row.decode() == (
        '{"id": "7", "n": 1180591620717411303424, "at": "2024-05-01T00:00:00+00:00", '
        '"raw": "AP8=", "text": "Tea."}'
    )


def test_a_field_of_another_format_is_replaced_only_if_it_was_named() -> None:
    entry = Entry(Record("<p>Tea", media="html", fields={"text": "mine"}))
    with pytest.raises(RecordError, match="has a field 'text' already: --into text replaces it"):
        JsonLinesSink().row(entry, segment(entry.record))
    row = JsonLinesSink(Writing("text")).row(entry, segment(entry.record))
    assert json.loads(row) == {"text": "Tea\n"}


def test_lone_surrogates_of_another_format_are_escaped() -> None:
    entry = Entry(Record("Tea.", fields={"a": "\udc00é"}))
    row = JsonLinesSink().row(entry, segment(entry.record))
    assert row == b'{"a": "\\udc00\\u00e9", "text": "Tea."}'


def test_all_fields_of_a_line_can_be_asked_for() -> None:
    line = b'{"n": 123456789012345678901, "text": "a", "t": 1, "t": 2}'
    entry = JsonLines().parse(line, b"", "a")
    assert entry.fields == {"n": 123456789012345678901, "text": "a", "t": 2}
    assert entry.content_field == "text"


def test_other_formats_get_the_digits_of_a_number_that_python_does_not_read() -> None:
    entry = JsonLines().parse(b'{"n": ' + b"9" * 10_000 + b', "text": "a"}', b"", "a")
    assert entry.fields == {"n": "9" * 10_000, "text": "a"}


def test_rows_are_lines_in_one_part_however_they_are_batched() -> None:
    sink = JsonLinesSink()
    rows = [b'{"text": "a"}\n', b'{"text": "b"}', b'{"text": "c"}\r\n']
    (part,) = sink.encode(rows, b"")
    assert part == b'{"text": "a"}\n{"text": "b"}\n{"text": "c"}\r\n'
    assert part == b"".join(one for row in rows for one in sink.encode([row], b""))


def test_all_that_is_handed_to_workers_can_be_pickled() -> None:
    form, sink = JsonLines("body", "text"), JsonLinesSink(REMOVALS)
    entry = form.parse(b'{"body": "a"}', b"", "a")
    for one in (form, sink, entry, *cut(BROKEN)):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - our own bytes
