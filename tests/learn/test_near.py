from __future__ import annotations

import random
from itertools import tee

import pytest

from cleancorpus import Document, Record, Removal, segment
from cleancorpus.errors import OptionError

pytest.importorskip("datasketch", reason="datasketch is not installed: the extra `near`")

WORDS = [f"word{number}" for number in range(400)]


def document(name: str, *words: str, url: str | None = None) -> Document:
    return segment(Record(" ".join(words), name, url, "text"))


def near(documents: list[Document], least: float = 0.8) -> list[tuple[str, str]]:
    from cleancorpus.learn.near import near_duplicates

    return [(one.id, one.first) for one in near_duplicates(documents, least)]


def test_a_document_with_a_few_words_changed_is_near_the_first_of_them() -> None:
    changed = [*WORDS[:200], "another", *WORDS[201:]]
    found = [document("b", *WORDS), document("c", *changed), document("a", *WORDS)]
    assert near(found) == [("b", "a"), ("c", "a")]


def test_documents_with_half_of_their_words_in_common_are_not_near() -> None:
    half = [*WORDS[:200], *(f"other{number}" for number in range(200))]
    found = [document("a", *WORDS), document("b", *half)]
    assert near(found) == []
    assert near(found, 0.2) == [("b", "a")]


def test_the_order_of_the_documents_makes_no_difference() -> None:
    found = [document(f"{at:02}", *WORDS[at * 3 : 300 + at * 3]) for at in range(20)]
    expected = near(found)
    assert expected
    assert near(random.Random(1).sample(found, len(found))) == expected  # noqa: S311


def test_what_was_removed_does_not_count() -> None:
    page = [
        segment(Record("\n".join([*WORDS[:90], *(f"{name} {at}" for at in range(90))]), name))
        for name in "ab"
    ]
    assert near(page) == []
    gone = (Removal(at, "menu", "a menu") for at in range(90, 180))
    marked = [one.mark(list(found)) for one, found in zip(page, tee(gone), strict=True)]
    assert near(marked) == [("b", "a")]


def test_an_empty_and_a_nameless_document_are_near_nothing() -> None:
    assert near([document("a"), document("b"), document("", *WORDS), document("c", *WORDS)]) == []
    assert near([document("", *WORDS, url="a.example"), document("b", *WORDS)]) == [
        ("b", "a.example")
    ]


def test_the_mark_says_of_what_and_how_near() -> None:
    from cleancorpus.learn.near import near_duplicates

    (found,) = near_duplicates([document("a", *WORDS), document("b", *WORDS)])
    assert found.flag == "near-duplicate of a, similarity 1.00"


def test_a_similarity_outside_its_range_is_refused() -> None:
    with pytest.raises(OptionError, match="min_similarity is a share"):
        near([], 1.5)
