"""JSONL: what comes through, and what is refused."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.document import Document, Removal
from cleancorpus.errors import RecordError
from cleancorpus.formats import JsonLines
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


def through(line: str | bytes, form: JsonLines | None = None, *removed: int) -> str:
    """A line that was read and written back, without the blocks of these indices."""
    form = form or JsonLines()
    raw = line.encode() if isinstance(line, str) else line
    entry = form.parse(raw, "pages.jsonl")
    document = segment(entry.record).mark(Removal(at, "test", "a reason", 0.5) for at in removed)
    return form.render(entry, document).decode()


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
    out = json.loads(through(line, None, 0), object_pairs_hook=list)
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
    out = through(f'{{"a":{literal} ,"text":"first\\nsecond", "b" : {literal}}}\r\n', None, 0)
    assert out == f'{{"a":{literal} ,"text":"second", "b" : {literal}}}\r\n'


def test_doubled_names_are_kept() -> None:
    line = '{"tag": "a", "text": "x\\ny", "tag": "b"}'
    assert through(line, None, 1) == '{"tag": "a", "text": "x", "tag": "b"}'


def test_text_stays_ascii_where_its_writer_escaped_it() -> None:
    assert through('{"text": "\\u00e9\\nb"}', None, 1) == '{"text": "\\u00e9"}'
    assert through('{"text": "é\\nb"}', None, 1) == '{"text": "é"}'


def test_escapes_stay_as_they_were_where_nothing_went() -> None:
    line = '{"text": "\\u0061\\/ \\u00E9 é"}'
    assert through(line) == line


def test_lone_surrogates_in_the_text_are_mended_and_those_elsewhere_stay() -> None:
    line = '{"a": "\\udc00", "text": "b\\ud83d"}'
    assert through(line) == '{"a": "\\udc00", "text": "b\\ufffd"}'


def test_removals_are_added_at_the_end_with_their_places() -> None:
    out = json.loads(through('{"text": "first\\nsecond", "n": 1.0}', JsonLines(removals=True), 1))
    assert list(out) == ["text", "n", "removals"]
    found = {"at": 1, "start": 6, "end": 12, "filter": "test", "because": "a reason", "score": 0.5}
    assert out["removals"] == [found]


def test_removals_are_an_empty_list_where_nothing_went() -> None:
    assert through('{"text": "a"}\n', JsonLines(removals=True)) == '{"text": "a", "removals": []}\n'


@given(st.text(alphabet='ab}"\\,: \n\ud800é', max_size=30), values)
def test_a_line_with_removals_added_is_still_json(text: str, after: object) -> None:
    line = json.dumps({"text": text, "after": after})
    out = json.loads(through(line, JsonLines(removals=True)))
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
        through(line, JsonLines(removals=True))


def test_lines_are_cut_at_line_feeds_alone_and_blank_ones_are_no_records() -> None:
    stream = io.BytesIO('\ufeff{"a":"\u2028\x85"}\n\n \r\n{}'.encode())
    assert list(JsonLines().split(stream)) == [(1, '{"a":"\u2028\x85"}\n'.encode()), (4, b"{}")]


def test_another_field_may_hold_the_text() -> None:
    assert (
        through('{"text": "a", "body": "b\\nc"}', JsonLines("body"), 0)
        == '{"text": "a", "body": "c"}'
    )


def test_a_document_without_a_source_offset_has_none_in_its_removals() -> None:
    entry = JsonLines(removals=True).parse(b'{"text": "a"}', "p")
    out = json.loads(JsonLines(removals=True).render(entry, Document((), source="a")))
    assert out["removals"] == []


PAGE = "<p>Tea &amp; <b>caf\\u00e9</b>.</p><p>Stir."


def test_the_text_of_a_page_goes_into_a_field_of_its_own() -> None:
    line = f'{{"html": "{PAGE}", "n": 1.10 }}\n'
    kept = f'{{"html": "{PAGE}", "n": 1.10 , '
    text = '"Tea & caf\\u00e9.\\n\\nStir.\\n"}\n'
    assert through(line, JsonLines("html")) == f'{kept}"text": {text}'
    assert through(line, JsonLines("html", into="body")) == f'{kept}"body": {text}'
    assert through(line, JsonLines("html"), 0) == f'{kept}"text": "Stir.\\n"}}\n'


def test_the_text_of_a_page_takes_its_place_on_request() -> None:
    line = '{"html": "<p>Tea &amp; pot", "n": 1.10}'
    assert through(line, JsonLines("html", into="html")) == '{"html": "Tea & pot\\n", "n": 1.10}'


def test_a_field_is_replaced_only_if_it_was_named() -> None:
    line = '{"text": "mine", "html": "<p>Tea"}'
    with pytest.raises(RecordError, match="has a field 'text' already: --into text replaces it"):
        through(line, JsonLines("html"))
    out = through(line, JsonLines("html", into="text"))
    assert out == '{"text": "Tea\\n", "html": "<p>Tea"}'
    with pytest.raises(RecordError, match="has the field 'text' 2 times"):
        through('{"text": 1, "html": "<p>Tea", "text": 2}', JsonLines("html", into="text"))


def test_a_field_html_holds_html_and_any_other_is_looked_at() -> None:
    fragment, page = "<p>Tea", "<!DOCTYPE html><p>Tea"
    for field, content, media in (
        ("html", fragment, "html"),
        ("body", fragment, "text"),
        ("body", page, "html"),
    ):
        line = json.dumps({field: content}).encode()
        assert segment(JsonLines(field).parse(line, "a").record).media == media
    assert through(json.dumps({"body": page}), JsonLines("body")) == '{"body": "Tea\\n"}'


def test_text_goes_into_another_field_too() -> None:
    line = '{"body": "first\\nsecond"}'
    out = through(line, JsonLines("body", into="clean"), 0)
    assert out == '{"body": "first\\nsecond", "clean": "second"}'
    out = through(line, JsonLines("body", into="clean"))
    assert out == '{"body": "first\\nsecond", "clean": "first\\nsecond"}'


def test_a_page_may_be_written_as_markdown() -> None:
    out = json.loads(through('{"html": "<h2>Tea</h2>"}', JsonLines("html", rendering="markdown")))
    assert out["text"] == "## Tea\n"


def test_the_removals_of_a_page_say_where_they_stood() -> None:
    form = JsonLines("html", removals=True)
    (removal,) = json.loads(through('{"html": "<p>Tea<p>Pot"}', form, 1))["removals"]
    assert removal["locator"] == "html/body/p[2]"
    assert not {"start", "end"} & removal.keys()


@given(st.dictionaries(names.filter(lambda name: name != "html"), values), st.booleans())
def test_a_page_s_line_stays_json_with_all_its_fields(
    fields: dict[str, object], is_ascii: bool
) -> None:
    line = json.dumps({**fields, "html": "<p>é"}, ensure_ascii=is_ascii)
    out = through(line, JsonLines("html"))
    assert repr(json.loads(out)) == repr({**json.loads(line), "text": "é\n"})
    assert out.isascii() == line.isascii()
