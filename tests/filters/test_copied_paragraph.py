from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Block, Chain, Document, Record, process, recipe, segment
from cleancorpus.errors import OptionError, TableError
from cleancorpus.filters import CopiedParagraph
from cleancorpus.learn import Table, block_keys
from cleancorpus.learn.counting import learn
from cleancorpus.learn.keys import COPIES
from cleancorpus.measures import shown
from cleancorpus.testing import LAWS, Law, documents, is_monotone, removed
from cleancorpus.testing.laws import survives_the_recipe_round_trip

NOTE = (
    "The harbour office said that the timetable of the ferry may change again in the coming week."
)
SAID = "“We had not been told of the plan, and we do not agree to it,” said the harbour master."
OWN = "Passengers queued along the pier before dawn, some of them with bicycles, some with dogs."


def table_of(counts: dict[str, tuple[int, str]]) -> Table:
    """A table that says in how many documents a text stands, and in which first."""
    keys = {block_keys(Document((Block(text),)))[0]: found for text, found in counts.items()}
    ordered = sorted(keys)
    return Table(
        ("",),
        np.array([1000], np.int64),
        np.array([0, len(keys)], np.int64),
        np.array(ordered, np.int64),
        np.array([keys[key][0] for key in ordered], np.int64),
        tuple(keys[key][1] for key in ordered),
    )


@st.composite
def taught(draw: st.DrawFn) -> tuple[Document, Table]:
    """A document, and a table in which some of its paragraphs stand."""
    document = draw(documents())
    texts = sorted({shown(block) for block in document.blocks})
    found = st.tuples(st.integers(2, 30), st.sampled_from(["a", "lamp"]))
    counts = draw(st.fixed_dictionaries({text: st.none() | found for text in texts}))
    copies = {text: count for text, count in counts.items() if count}
    return document, table_of(copies) if copies else Table()


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.__name__)
@given(given=taught(), keep=st.sampled_from(["first", "all", "few"]))
def test_a_filter_with_a_table_obeys_every_law(
    law: Law, given: tuple[Document, Table], keep: str
) -> None:
    document, table = given
    if table and law is survives_the_recipe_round_trip:
        return  # a recipe names a file, see below
    law(CopiedParagraph(table, keep=keep), document)


@pytest.mark.parametrize(("option", "values"), [
    ("max_documents", st.integers(1, 30)),
    ("min_words", st.integers(8, 40)),
])  # fmt: skip
@given(data=st.data(), given=taught())
def test_a_higher_limit_never_removes_more(
    option: str, values: st.SearchStrategy[int], data: st.DataObject, given: tuple[Document, Table]
) -> None:
    document, table = given

    def make(**options: int) -> CopiedParagraph:
        return CopiedParagraph(table, keep="few", **options)

    is_monotone(make, option, "fewer")(document, data.draw(values), data.draw(values))


@given(taught())
def test_keeping_all_removes_nothing(given: tuple[Document, Table]) -> None:
    document, table = given
    assert removed(CopiedParagraph(table, keep="all"), document) == set()


def notes(*names: str, text: str = NOTE) -> list[Record]:
    return [Record(f"Note {name}\n{text}\n{OWN} {name}\n", name, media="text") for name in names]


def test_every_copy_goes_but_that_of_the_first_id_in_any_order() -> None:
    records = notes("b", "c", "a")
    for order in (records, records[::-1]):
        chain = Chain((CopiedParagraph(),)).learn(order)
        left = [record.id for record in records if NOTE in process(record, chain).text]
        assert left == ["a"]


def test_the_evidence_names_the_document_with_the_first_copy() -> None:
    chain = Chain((CopiedParagraph(),)).learn(notes("b", "a", "c"))
    (found,) = process(notes("b")[0], chain).removals
    assert found.because == "in 3 documents, first in a: 'The harbour office said that the timetab'"


def test_what_few_documents_have_stays_everywhere_and_what_many_have_nowhere() -> None:
    records = notes("a", "b", "c")
    for most, texts in ((3, [True] * 3), (2, [False] * 3)):
        chain = Chain((CopiedParagraph(keep="few", max_documents=most),)).learn(records)
        assert [NOTE in process(record, chain).text for record in records] == texts


def test_a_shared_quotation_stays() -> None:
    records = notes("a", "b", "c", text=SAID)
    for subject in (CopiedParagraph(), CopiedParagraph(keep="few", max_documents=1)):
        chain = Chain((subject,)).learn(records)
        assert all(process(record, chain).removals == () for record in records)


def test_a_paragraph_twice_in_one_document_is_no_copy_of_another() -> None:
    records = [Record(f"{NOTE}\n{OWN}\n{NOTE}\n", "a", media="text"), *notes("b", text=OWN)]
    chain = Chain((CopiedParagraph(),)).learn(records)
    assert [record.id for record in records if process(record, chain).removals] == ["b"]


def test_a_document_without_a_name_keeps_everything() -> None:
    chain = Chain((CopiedParagraph(),)).learn(notes("a", "b"))
    assert process(Record(NOTE, media="text"), chain).removals == ()
    assert len(process(Record(NOTE, url="https://c.example", media="text"), chain).removals) == 1


def test_a_recipe_holds_the_path_of_the_table(tmp_path: Path) -> None:
    path = tmp_path / "copies.table"
    chain = Chain((CopiedParagraph().learn(notes("a", "b"), path),))
    assert recipe.loads(recipe.dumps(chain)) == chain


def test_a_table_of_sites_is_none_of_copies(tmp_path: Path) -> None:
    path = tmp_path / "one.table"
    learn(notes("a", "b", "c", "d", "e"), path)
    with pytest.raises(TableError, match="a table of sites, not of copies"):
        CopiedParagraph(str(path))
    learn(notes("a", "b"), path, what=COPIES)
    with pytest.raises(TableError, match="a table of copies, not of sites"):
        Table.read(path)


@pytest.mark.parametrize(("option", "value", "message"), [
    ("keep", "last", "keep must be one of first, all, few, not last"),
    ("max_documents", 0, "max_documents must be at least 1, not 0"),
    ("min_words", 0, "min_words must be at least 1, not 0"),
])  # fmt: skip
def test_an_option_outside_its_range_is_refused(option: str, value: object, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        CopiedParagraph(**{option: value})  # type: ignore[arg-type]


@given(documents())
def test_nothing_goes_without_a_table(document: Document) -> None:
    assert removed(CopiedParagraph(), document) == set()


def test_the_first_copy_is_counted_by_words_alone() -> None:
    page = segment(Record(NOTE.upper(), "b", media="text"))
    assert removed(CopiedParagraph(table_of({NOTE: (2, "a")})), page) == {0}
