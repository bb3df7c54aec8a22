from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.measures import count_words, fold, tokens, tokens_of_each, words
from cleancorpus.testing import texts


@given(texts())
def test_tokens_are_words_without_space_or_punctuation(text: str) -> None:
    for token in tokens(text):
        assert token
        assert not any(char.isspace() for char in token)


@given(texts())
def test_case_does_not_change_the_tokens_of_ascii(text: str) -> None:
    plain = text.encode("ascii", "ignore").decode()
    assert tokens(plain.upper()) == tokens(plain.lower())


@given(texts(), texts())
def test_a_space_between_two_texts_keeps_their_tokens(one: str, other: str) -> None:
    together = tokens(f"{one} {other}")
    assert len(together) == len(tokens(one)) + len(tokens(other))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Read more: 5min", ["read", "more", "5", "min"]),
        ("don't", ["don", "t"]),
        ("Über uns", ["über", "uns"]),
        ("东京 2024", ["东", "京", "2024"]),
        ("ホーム", ["ホ", "ー", "ム"]),
        ("Об авторе", ["об", "авторе"]),
        ("यह भी", ["यह", "भी"]),
        ("İstanbul", ["istanbul"]),
        ("“quoted”", ["quoted"]),
        ("…", []),
    ],
)
def test_tokens_of_several_scripts(text: str, found: list[str]) -> None:
    assert tokens(text) == found


@given(texts())
def test_words_are_never_many_more_than_tokens(text: str) -> None:
    found = tokens(text)
    assert (len(found) > 0) <= count_words(found) <= len(found) * 1.5


@given(texts())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_two_characters_without_spaces_are_a_word() -> None:
    assert count_words(tokens("北码头的灯")) == 3
    assert count_words(tokens("灯")) == 1


def test_a_korean_word_counts_half_more() -> None:
    assert count_words(tokens("오래된 등대에 새 등이")) == 6


@given(st.lists(texts(2), max_size=6))
def test_texts_read_together_have_the_tokens_of_each(found: list[str]) -> None:
    assert tokens_of_each(found) == [tokens(text) for text in found]


@pytest.mark.parametrize("text", ["a\0b", "\0", "2nd 5min", "été 3½ µm²", "İ E\u0301x", "★ 5€"])
def test_odd_texts_do_not_shift_the_tokens_of_others(text: str) -> None:
    assert tokens_of_each(["before", text, "after"]) == [["before"], tokens(text), ["after"]]


def test_the_plain_expression_for_latin_agrees_with_the_full_one() -> None:
    for char in map(chr, range(0x300)):
        text = f"{char}a{char}1{char}"
        assert words._tokens(text) == words._TOKEN.findall(fold(text)), char
