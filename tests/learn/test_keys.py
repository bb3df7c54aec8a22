from __future__ import annotations

import pickle

from hypothesis import given

from cleancorpus import Block, Document, Kind
from cleancorpus.learn import block_keys
from cleancorpus.learn.keys import FAILED, PAGE
from cleancorpus.measures import shown, tokens
from cleancorpus.testing import documents


def keys(*texts: str) -> tuple[int, ...]:
    return block_keys(Document(tuple(map(Block, texts))))


@given(documents())
def test_blocks_have_one_key_if_they_have_the_same_words(document: Document) -> None:
    found: dict[int, str] = {}
    for key, block in zip(block_keys(document), document.blocks, strict=True):
        said = " ".join(tokens(shown(block))) or " ".join(shown(block).split())
        assert found.setdefault(key, said) == said


@given(documents())
def test_no_block_has_the_key_of_a_count(document: Document) -> None:
    assert not {PAGE, FAILED}.intersection(block_keys(document))


def test_case_punctuation_and_spaces_do_not_count() -> None:
    assert len(set(keys("Sign in!", "SIGN  IN", "“sign in”"))) == 1


def test_blocks_without_words_are_told_apart_by_their_signs() -> None:
    assert len(set(keys("|", "»", "| ", "☰"))) == 3


def test_a_block_has_the_same_key_as_a_line_and_with_markup() -> None:
    line = Block("Sign in")
    link = Block("[Sign in](/in)", Kind.LIST_ITEM, shown="Sign in", mark="- ")
    assert len(set(block_keys(Document((line, link))))) == 1


def test_a_key_is_the_same_on_every_machine() -> None:
    assert keys("Sign in") == (-8263713840184585007,)


def test_a_pickled_document_has_the_same_keys() -> None:
    document = Document((Block("Sign in"),))
    assert block_keys(pickle.loads(pickle.dumps(document))) == block_keys(document)  # noqa: S301
