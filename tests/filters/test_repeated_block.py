from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Block, Chain, Document, Kind, Record, process, recipe, segment
from cleancorpus.errors import OptionError, TableError
from cleancorpus.filters import MainContent, RepeatedBlock
from cleancorpus.learn import Table, block_keys, site_of
from cleancorpus.learn.counting import learn
from cleancorpus.measures import shown
from cleancorpus.testing import LAWS, Law, documents, is_monotone, removed
from cleancorpus.testing.laws import survives_the_recipe_round_trip

SITE = "harbour.example"
PAGES = 100
OWN = (
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
    "Passengers queued along the pier before dawn, some of them with bicycles and dogs.",
    "The crossing takes forty minutes when the sea is calm, and an hour when it is not.",
)
LAMP = "The lamp at the north pier was lit again, eleven weeks after a storm had broken it."
NOTE = "This column looks every week at what the sea has brought to the harbour and its people."
BOX = ("Sign up for our letter", "Get the news of the harbour every morning at seven", "Sign up")


def table_of(counts: Mapping[str, int], site: str = SITE) -> Table:
    """A table that says on how many of 100 pages of the site a text stands."""
    keys = {block_keys(Document((Block(text),)))[0]: count for text, count in counts.items()}
    return Table(
        (site,),
        np.array([PAGES], np.int64),
        np.array([0, len(keys)], np.int64),
        np.array(sorted(keys), np.int64),
        np.array([keys[key] for key in sorted(keys)], np.int64),
    )


def page(*lines: str) -> Document:
    return segment(Record("".join(f"{line}\n" for line in lines), url=SITE, media="text"))


def gone(counts: Mapping[str, int], *lines: str, **options: float) -> list[str]:
    """The texts that go from a page of these lines."""
    document = page(*lines)
    subject = RepeatedBlock(table_of(counts), **options)  # type: ignore[arg-type]
    return [document.blocks[found.at].text for found in subject.judge(document)]


@st.composite
def taught(draw: st.DrawFn) -> tuple[Document, Table]:
    """A document, and a table in which some of its blocks stand."""
    document = draw(documents())
    texts = sorted({shown(block) for block in document.blocks})
    counts = draw(st.fixed_dictionaries({text: st.integers(0, PAGES) for text in texts}))
    found = {text: count for text, count in counts.items() if count}
    return document, table_of(found, site_of(document.url)) if found else Table()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(given=taught())
def test_a_filter_with_a_table_obeys_every_law(law: Law, given: tuple[Document, Table]) -> None:
    document, table = given
    if table and law is survives_the_recipe_round_trip:
        return  # a recipe names a file, see below
    law(RepeatedBlock(table), document)


@pytest.mark.parametrize(("option", "values", "direction"), [
    ("min_inside_share", st.floats(0, 1), "fewer"),
    ("min_inside_words", st.integers(1, 40), "fewer"),
    ("max_slot_words", st.integers(0, 40), "more"),
])  # fmt: skip
@given(data=st.data(), given=taught())
def test_a_looser_option_never_removes_less(
    option: str,
    values: st.SearchStrategy[float],
    direction: str,
    data: st.DataObject,
    given: tuple[Document, Table],
) -> None:
    document, table = given

    def make(**options: float) -> RepeatedBlock:
        return RepeatedBlock(table, **options)  # type: ignore[arg-type]

    law = is_monotone(make, option, "more" if direction == "more" else "fewer")
    law(document, data.draw(values), data.draw(values))


@given(documents())
def test_nothing_goes_without_a_table(document: Document) -> None:
    assert removed(RepeatedBlock(), document) == set()


@given(documents())
def test_a_page_that_has_nothing_of_its_own_stays(document: Document) -> None:
    texts = {shown(block): PAGES for block in document.blocks}
    if texts:
        subject = RepeatedBlock(table_of(texts, site_of(document.url)))
        assert removed(subject, document) == set()


def test_code_and_table_rows_inside_the_body_stay() -> None:
    lines = ("$ sudo apt-get install the very same thing on each of these many pages of ours now",)
    text = "\n\n".join(("News", "Weather", OWN[0], f"```\n{lines[0]}\n```", OWN[1], OWN[2]))
    document = segment(Record(text, url=SITE, media="markdown"))
    found = removed(RepeatedBlock(table_of({**FRAME, lines[0]: 90})), document)
    assert [document.blocks[at].text for at in found] == ["News", "Weather"]
    assert Kind.CODE in {block.kind for block in document.kept}


FRAME = {"Harbour Gazette": 100, "News": 98, "Weather": 98, "Imprint": 97}


def test_menus_and_footers_of_the_site_go_and_what_is_the_page_s_own_stays() -> None:
    lines = ("Harbour Gazette", "News", "Weather", "Ferry is back", *OWN, "Imprint")
    assert gone(FRAME, *lines) == ["Harbour Gazette", "News", "Weather", "Imprint"]


def test_a_page_of_another_site_stays() -> None:
    document = segment(Record("News\nWeather\n" + OWN[0], url="pier.example", media="text"))
    assert removed(RepeatedBlock(table_of(FRAME)), document) == set()


def test_the_evidence_can_be_counted_on_the_site() -> None:
    subject = RepeatedBlock(table_of({**FRAME, "News": 48}))
    found = list(subject.judge(page("Harbour Gazette", "News", "Weather", *OWN)))
    assert [(one.because, one.score) for one in found] == [
        ("on 100 of 100 pages of harbour.example: 'Harbour Gazette'", 1.0),
        ("on 48 of 100 pages of harbour.example: 'News'", 0.84),
        ("on 98 of 100 pages of harbour.example: 'Weather'", 0.99),
    ]


def test_labels_inside_the_body_stay_however_often_they_repeat() -> None:
    counts = {**FRAME, "Parameters:": 90, "See also:": 95}
    lines = ("News", "Weather", OWN[0], "Parameters:", OWN[1], "See also:", OWN[2], "Imprint")
    assert gone(counts, *lines) == ["News", "Weather", "Imprint"]


def test_a_box_inside_the_body_goes_if_it_is_long_and_on_many_pages() -> None:
    lines = ("News", "Weather", OWN[0], OWN[1], *BOX, OWN[2], LAMP)
    counts = {**FRAME, **dict.fromkeys(BOX, 60)}
    assert gone(counts, *lines) == ["News", "Weather", *BOX]
    rare = {**FRAME, **dict.fromkeys(BOX, 20)}
    assert gone(rare, *lines) == ["News", "Weather"]
    assert gone(counts, *lines, min_inside_words=20) == ["News", "Weather"]


def test_a_standing_first_sentence_stays_and_a_standing_last_one_goes() -> None:
    counts = {**FRAME, NOTE: 90}
    assert gone(counts, "News", "Weather", NOTE, *OWN) == ["News", "Weather"]
    assert gone(counts, "News", "Weather", "Ferry is back", NOTE, *OWN) == ["News", "Weather"]
    assert gone(counts, "News", "Weather", *OWN, NOTE, "Imprint") == [
        "News",
        "Weather",
        NOTE,
        "Imprint",
    ]


def test_a_sentence_that_some_pages_share_stays() -> None:
    lines = ("News", "Weather", *OWN, LAMP, "Imprint")
    assert LAMP not in gone({**FRAME, LAMP: 20}, *lines)
    assert LAMP in gone({**FRAME, LAMP: 80}, *lines)


@pytest.mark.parametrize("before", [OWN, OWN[:1]])
def test_a_sentence_that_quotes_somebody_stays_wherever_it_is(before: tuple[str, ...]) -> None:
    said = "“Nobody expected that the boat would be back before the end of the month,” she said."
    lines = ("News", "Weather", *before, said, *OWN[1:], said, "Imprint")
    assert said not in gone({**FRAME, said: 100}, *lines)


def test_the_lines_above_the_body_stay_as_one_may_be_the_headline() -> None:
    lines = ("News", "Ferry is back", "How it went", "Harbour Gazette", "Weather", *OWN)
    assert gone(FRAME, *lines) == ["News", "Harbour Gazette", "Weather"]


def test_a_byline_is_not_taken_for_the_headline() -> None:
    lines = ("News", "Ferry is back", "Weather", "By Ada Marsh", "Harbour Gazette", *OWN)
    assert gone(FRAME, *lines) == ["News", "Weather", "By Ada Marsh", "Harbour Gazette"]


def test_a_label_next_to_the_body_that_is_much_rarer_than_the_frame_stays() -> None:
    counts = {**FRAME, "Notes of the maker": 40, "Known issues": 40}
    lines = ("News", "Weather", "Notes of the maker", *OWN, "Known issues", "Imprint")
    assert gone(counts, *lines) == ["News", "Weather", "Imprint"]
    assert gone(dict.fromkeys(counts, 40), *lines) == [line for line in lines if line not in OWN]


def test_a_copy_of_the_body_s_lines_in_the_frame_goes() -> None:
    contents = ("How it went", "Who was there")
    body = ("Ferry is back", OWN[0], contents[0], OWN[1], contents[1], OWN[2])
    lines = ("News", *contents, "Harbour Gazette", "Weather", *body, "Imprint")
    assert gone(FRAME, *lines) == ["News", contents[0], "Harbour Gazette", "Weather", "Imprint"]
    lines = ("News", *contents, "Harbour Gazette", "Ferry is back", "Weather", *body)
    assert gone(FRAME, *lines) == ["News", *contents, "Harbour Gazette", "Weather"]
    assert gone(FRAME, *lines, max_slot_words=0) == ["News", "Harbour Gazette", "Weather"]


def test_a_line_of_the_page_between_two_of_the_frame_goes() -> None:
    counts = {**FRAME, "Previous story": 90, "Next story": 90}
    lines = (
        "News",
        "Weather",
        "Ferry is back",
        *OWN,
        "Previous story",
        "Fog",
        "Next story",
        "Storm",
        "Imprint",
    )
    assert gone(counts, *lines) == [
        "News", "Weather", "Previous story", "Fog", "Next story", "Storm", "Imprint"
    ]  # fmt: skip


def test_pages_without_a_site_are_counted_together() -> None:
    document = segment(Record("News\nWeather\n" + "\n".join(OWN), media="text"))
    found = RepeatedBlock(table_of(FRAME, "")).judge(document)
    assert next(iter(found)).because == "on 98 of 100 pages without a site: 'News'"


@pytest.mark.parametrize(("option", "value", "message"), [
    ("min_inside_share", 1.5, "min_inside_share is a share and must lie between 0 and 1, not 1.5"),
    ("min_inside_words", 0, "min_inside_words must be at least 1, not 0"),
    ("max_slot_words", -1, "max_slot_words must be at least 0, not -1"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: float, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        RepeatedBlock(**{option: value})  # type: ignore[arg-type]


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read as a learned table"):
        RepeatedBlock(str(tmp_path / "site.table"))


def pages_of_a_site() -> list[Record]:
    return [
        Record(f"News\nWeather\nStory {at}\n{OWN[at % 3]}\nImprint\n", url=SITE, media="text")
        for at in range(10)
    ]


def test_a_recipe_holds_the_path_of_the_table(tmp_path: Path) -> None:
    path = str(tmp_path / "site.table")
    chain = Chain((RepeatedBlock(learn(pages_of_a_site(), path)),))
    assert f"table = {path!r}".replace("'", '"') in recipe.dumps(chain)
    again = recipe.loads(recipe.dumps(chain))
    assert again == chain
    assert hash(again) == hash(chain)


def test_a_table_in_memory_does_not_go_into_a_recipe() -> None:
    chain = Chain((RepeatedBlock(),)).learn(pages_of_a_site())
    with pytest.raises(ValueError, match="the learned table lies in no file"):
        recipe.dumps(chain)


@pytest.mark.parametrize("make", [list, iter, lambda records: (one for one in records)])
def test_a_chain_learns_from_any_records_and_stays_as_it_was(
    make: Callable[[list[Record]], list[Record]],
) -> None:
    chain = Chain((RepeatedBlock(min_inside_words=9),), min_score=0.5)
    learned = chain.learn(make(pages_of_a_site()))
    assert chain.filters == (RepeatedBlock(min_inside_words=9),)
    assert learned.min_score == 0.5
    cleaned = process(pages_of_a_site()[0], learned)
    assert [cleaned.blocks[found.at].text for found in cleaned.removals] == [
        "News",
        "Weather",
        "Imprint",
    ]


def test_a_filter_keeps_what_it_learns_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "site.table"
    learned = RepeatedBlock().learn(pages_of_a_site(), path)
    assert learned == RepeatedBlock(str(path))


SITE_FRAME = {"Harbour Gazette": 100, "Write to the harbour office": 90}


def spared(*lines: str) -> list[str]:
    """The texts that nobody else may take from a page of these lines, in a frame."""
    document = page("Harbour Gazette", *lines, "Write to the harbour office")
    found = RepeatedBlock(table_of(SITE_FRAME)).spares(document)
    return [document.blocks[at].text for at in sorted(found)]


def test_what_the_body_has_of_its_own_is_left_alone() -> None:
    lines = (OWN[0], "item_7", OWN[1], OWN[2])
    assert spared(*lines) == list(lines)


def test_bylines_copies_and_headlines_of_others_are_not() -> None:
    assert spared(OWN[0], "By Ada Marsh", OWN[1], OWN[1], OWN[2]) == list(OWN)


def test_nothing_is_left_alone_where_no_frame_is_known() -> None:
    document = page("Harbour Gazette", *OWN)
    assert RepeatedBlock().spares(document) == frozenset()
    assert RepeatedBlock(table_of(SITE_FRAME, "other.example")).spares(document) == frozenset()


@given(taught())
def test_what_is_spared_does_not_hang_on_what_is_gone(found: tuple[Document, Table]) -> None:
    document, table = found
    subject = RepeatedBlock(table)
    marked = document.mark(subject.judge(document))
    assert subject.spares(marked) == subject.spares(document)
    assert subject.spares(document).isdisjoint({one.at for one in subject.judge(document)})


def test_in_a_chain_the_judge_takes_nothing_of_the_body() -> None:
    items = [f"item_{number}" for number in range(8)]
    document = page("Harbour Gazette", OWN[0], *items, *OWN[1:], "Write to the harbour office")
    judge = MainContent(leaning=0.01, text_line_worth=0)
    assert list(judge.judge(document))
    chain = Chain((RepeatedBlock(table_of(SITE_FRAME)), judge))
    kept = [block.text for block in chain.clean(document).kept]
    assert kept == [OWN[0], *items, *OWN[1:]]
