"""Tallies: counts that add up."""

from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.audit.tally import Count, Tally
from cleancorpus.document import Record, Removal
from cleancorpus.segment import segment

pages = st.lists(st.tuples(st.sampled_from(["", "bc", "defg"]), st.integers(0, 2)), max_size=6)


def tallied(lines: list[tuple[str, int]]) -> Tally:
    """The tally of one page; a line's number says which filter takes it, 0 none."""
    document = segment(Record("\n".join(text for text, _ in lines), media="text"))
    taken = [number for text, number in lines if text]
    tally = Tally()
    tally.add(
        document.mark(
            Removal(at, f"filter-{number}", "drawn") for at, number in enumerate(taken) if number
        )
    )
    return tally


def test_everything_about_a_document_is_counted() -> None:
    tally = tallied([("bc", 0), ("defg", 1), ("", 0), ("bc", 2), ("bc", 1)])
    assert (tally.read, tally.written, tally.changed, tally.empty) == (1, 1, 1, 0)
    assert tally.kept == Count(1, 1, 1, 2)
    assert tally.removed == {"filter-1": Count(1, 2, 2, 6), "filter-2": Count(1, 1, 1, 2)}
    assert tally.lost == Count(1, 3, 3, 8)


def test_lines_are_counted_in_blocks_of_several() -> None:
    tally = Tally()
    tally.add(segment(Record("one\ntwo\n\nthree\n", media="markdown")))
    assert tally.kept == Count(1, 2, 3, 12)


@given(pages)
def test_kept_and_removed_are_the_whole_page(lines: list[tuple[str, int]]) -> None:
    tally = tallied(lines)
    assert tally.kept.blocks + tally.lost.blocks == sum(bool(text) for text, _ in lines)
    assert tally.kept.chars + tally.lost.chars == sum(len(text) for text, _ in lines)


@given(pages, pages, pages)
def test_adding_up_does_not_depend_on_order_or_grouping(
    a: list[tuple[str, int]], b: list[tuple[str, int]], c: list[tuple[str, int]]
) -> None:
    one, two, three = tallied(a), tallied(b), tallied(c)
    two.add_quarantined()
    assert one + two == two + one
    assert (one + two) + three == one + (two + three)
    assert one + Tally() == one
    assert (one + two).read == (one + two).written + (one + two).quarantined


def test_flags_and_mends_are_counted() -> None:
    tally = Tally()
    tally.add(segment(Record("a\x00")).flag("loss budget: kept whole"))
    assert (tally.mended, tally.flagged) == (1, 1)
