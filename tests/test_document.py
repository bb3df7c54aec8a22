from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Block, Document, Kind, Record, Removal
from cleancorpus.errors import InvalidRemoval
from cleancorpus.testing import documents

PAGE = Document((Block("Home"), Block("By Ada Marsh"), Block("The ferry is back.")))


@pytest.mark.parametrize(
    ("removal", "message"),
    [
        (Removal(3, "menu", "short"), "menu removes block 3 of 3"),
        (Removal(-1, "menu", "short"), "menu removes block -1 of 3"),
        (Removal(0, "menu", ""), "menu gives no evidence"),
        (Removal(0, "menu", " \t"), "menu gives no evidence"),
        (Removal(0, "menu", "two\nlines"), "menu gives no evidence of one line"),
        (Removal(0, "menu", "two\u2028lines"), "menu gives no evidence of one line"),
        (Removal(0, "menu", "x" * 301), "menu gives over 300 characters"),
        (Removal(0, "menu", "short", 1.5), "menu gives block 0 a score of 1.5"),
        (Removal(0, "menu", "short", -0.1), "menu gives block 0 a score of -0.1"),
        (Removal(0, "menu", "short", float("nan")), "menu gives block 0 a score of nan"),
    ],
)
def test_a_bad_removal_is_refused_with_the_filters_name(removal: Removal, message: str) -> None:
    with pytest.raises(InvalidRemoval, match=message):
        PAGE.mark([removal])
    with pytest.raises(InvalidRemoval, match=message):
        Document(PAGE.blocks, (removal,))


def test_a_block_goes_once() -> None:
    removal = Removal(0, "menu", "short")
    with pytest.raises(InvalidRemoval, match="menu removes block 0, which is gone already"):
        PAGE.mark([removal]).mark([removal])
    with pytest.raises(InvalidRemoval, match="gone already"):
        PAGE.mark([removal, removal])


def test_marking_leaves_the_document_as_it_was() -> None:
    marked = PAGE.mark([Removal(2, "b", "x"), Removal(0, "a", "y")])
    assert PAGE.removals == ()
    assert PAGE.kept == PAGE.blocks
    assert [removal.at for removal in marked.removals] == [0, 2]
    assert marked.kept == (PAGE.blocks[1],)
    assert list(marked.kept_items()) == [(1, PAGE.blocks[1])]
    assert marked.is_kept(1)
    assert not marked.is_kept(2)
    assert PAGE.mark([]) is PAGE


def test_removals_of_the_constructor_are_put_in_order() -> None:
    removals = (Removal(2, "b", "x"), Removal(0, "a", "y"))
    assert Document(PAGE.blocks, removals) == PAGE.mark(removals)


def test_restoring_takes_back_the_named_filters_or_all() -> None:
    first, second, third = (Removal(at, name, "x") for at, name in enumerate("aba"))
    marked = PAGE.mark([first, second, third])
    assert marked.restore("a").removals == (second,)
    assert marked.restore("a", "b").removals == ()
    assert marked.restore("other") == marked
    assert marked.restore() == PAGE
    assert marked.restore("a").mark([first, third]) == marked


@given(documents(), st.lists(st.integers(0, 9), unique=True))
def test_marking_and_restoring_cancel_out(document: Document, places: list[int]) -> None:
    removals = [
        Removal(at, "trial", "x", 0.5)
        for at in places
        if at < len(document.blocks) and document.is_kept(at)
    ]
    marked = document.mark(removals)
    assert marked.restore("trial") == document
    assert len(marked.kept) + len(marked.removals) == len(document.blocks)


@given(documents())
def test_pickling_keeps_all_but_the_memo(document: Document) -> None:
    document.memo["page"] = "costly"
    written = pickle.dumps(document)
    assert b"costly" not in written
    copy = pickle.loads(written)  # noqa: S301 - our own bytes
    assert copy == document
    assert copy.memo == {}
    assert copy.kept == document.kept
    assert copy.text == document.text


def test_marks_share_the_memo() -> None:
    marked = PAGE.mark([Removal(0, "menu", "short")])
    assert marked.memo is PAGE.memo
    assert marked.restore().memo is PAGE.memo


def test_a_flag_is_added() -> None:
    assert PAGE.flag("one").flag("two").flags == ("one", "two")


def test_values_are_equal_and_hash_alike() -> None:
    document = Document((Block("a"),), metadata={"title": "A"})
    same = Document((Block("a"),), metadata={"title": "A"})
    assert document == same
    assert hash(document) == hash(same)
    assert document != Document((Block("a"),), metadata={"title": "B"})


def test_records_and_kinds_speak_plainly() -> None:
    assert Record("x") == Record("x", fields={})
    assert Kind("list-item") is Kind.LIST_ITEM
    assert str(Kind.CODE) == "code"
