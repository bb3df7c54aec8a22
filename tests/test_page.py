from __future__ import annotations

import pytest
from hypothesis import given

from cleancorpus import Block, Document, Kind, Record, Removal, segment
from cleancorpus.page import Page, Zone, read
from cleancorpus.phrases import CATEGORIES
from cleancorpus.testing import documents

FERRY = (
    "The ferry is back in port, and it carries cars again after nine days of storms in the strait."
)
CROWD = (
    "Passengers cheered when the gangway came down, and the harbour office promised a second boat."
)


def page(*lines: str) -> Page:
    return read(segment(Record("".join(f"{line}\n" for line in lines), media="text")))


@given(documents())
def test_a_page_has_a_line_a_block_and_is_read_once(document: Document) -> None:
    found = read(document)
    assert len(found.lines) == len(document.blocks)
    assert read(document) is found


@given(documents())
def test_a_page_does_not_depend_on_what_is_removed(document: Document) -> None:
    rest = [Removal(at, "all", "goes") for at, _ in document.kept_items()]
    assert read(document.mark(rest)).lines == Page(document.restore()).lines


@given(documents())
def test_zones_come_in_order(document: Document) -> None:
    found = read(document)
    zones = [found.zone(at) for at in range(len(found.lines))]
    assert zones == sorted(zones, key=list(Zone).index)
    assert 0 <= found.body.start <= found.body.stop <= len(found.lines)


@given(documents())
def test_groups_are_apart_and_inside_the_page(document: Document) -> None:
    place = 0
    for group in read(document).groups:
        assert place <= group.start < group.end <= len(document.blocks)
        assert 0 <= group.furniture <= len(group)
        place = group.end


@given(documents())
def test_a_share_of_a_topic_is_a_share(document: Document) -> None:
    found = read(document)
    for category in ("consent", "legal", "share"):
        assert 0 <= found.topic_share(category) <= 1


def test_the_body_lies_between_menu_and_footer() -> None:
    found = page("Home", "Contact", FERRY, "A line.", CROWD, "Privacy policy")
    assert found.body == range(2, 5)
    assert [found.zone(at) for at in (0, 3, 5)] == [Zone.BEFORE, Zone.INSIDE, Zone.AFTER]
    assert found.prose_count == 2
    assert [line.is_furniture for line in found.lines] == [True, True, False, False, False, True]


def test_a_page_without_running_text_is_all_inside() -> None:
    found = page("Home", "Contact")
    assert found.body == range(0)
    assert found.zone(0) is Zone.INSIDE
    assert found.topic_share("consent") == 0


def test_a_page_with_its_furniture_is_raw() -> None:
    assert page("Home", "Contact", "About us", "Sitemap", "Privacy policy", FERRY).is_raw
    assert not page("Home", FERRY).is_raw


@pytest.mark.parametrize(("line", "is_prose"), [
    (FERRY, True), ("The ferry is back.", False), ("Home", False), ("word " * 30, True),
    ("", False),
])  # fmt: skip
def test_prose_is_a_sentence_of_some_length_or_a_long_line(line: str, is_prose: bool) -> None:
    assert read(Document((Block(line),))).lines[0].is_prose is is_prose


@pytest.mark.parametrize("kind", [Kind.CODE, Kind.TABLE_ROW, Kind.HEADING])
def test_code_tables_and_headings_are_no_prose(kind: Kind) -> None:
    assert not read(Document((Block(FERRY, kind),))).lines[0].is_prose


def test_link_text_is_no_prose() -> None:
    linked = Block(FERRY, Kind.PARAGRAPH, link_chars=len(FERRY))
    assert not read(Document((linked,))).lines[0].is_prose


def test_what_is_shown_is_read_not_its_markup() -> None:
    line = read(segment(Record("[Home](/really/long/address)\n", media="markdown"))).lines[0]
    assert line.key == "home"
    assert line.hit("navigation") is not None
    assert line.hit("share") is None


def test_a_list_is_led_by_a_colon() -> None:
    read = page(FERRY, "What to bring:", "- rope", "- oil", CROWD, "- one", "- two")
    led, bare = read.groups[-2:]
    assert led.is_list
    assert bare.is_list
    assert read.is_led(led.start)
    assert not read.is_led(bare.start)


def test_english_and_the_page_s_own_language_are_looked_up() -> None:
    german = (
        "Die Lampe an der Mole brennt wieder, weil der Sturm vorbei ist und die Fischer warten."
    )
    assert "de" in page(german).languages
    assert "en" in page(german).languages


def test_neighbours_leave_out_the_line_itself() -> None:
    found = page("a", "b", "c", "d")
    assert [line.text for line in found.near(0)] == ["b"]
    assert [line.text for line in found.near(1, 2)] == ["a", "c", "d"]


@given(documents())
def test_lines_with_a_phrase_or_sign_are_all_lines_that_hold_it(document: Document) -> None:
    found = read(document)
    lines = list(enumerate(found.lines))
    for category in CATEGORIES:
        assert list(found.lines_with(category)) == [at for at, line in lines if line.hit(category)]
    assert found.lines_of(":", "-") == [at for at, line in lines if set(":-") & set(line.text)]


@given(documents())
def test_what_was_found_on_earlier_pages_changes_nothing(document: Document) -> None:
    found = read(document)
    found.index.known.clear()
    assert Page(document).lines == found.lines


def test_lines_that_begin_alike_are_told_apart() -> None:
    page("Home", "Contact us")
    assert [bool(line.hits) for line in page("Home page of a harbour", "Contact us").lines] == [
        False,
        True,
    ]
