from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import phrases
from cleancorpus.errors import PackError, UnknownLanguage
from cleancorpus.measures import tokens
from cleancorpus.phrases import Hit, Index
from cleancorpus.testing import texts

PACK = """
language = "xx"
name = "Trial"
stopwords = ["the", "of"]
[dates]
months = ["mayo"]
[share]
exact = ["share this"]
starts = ["follow us on"]
ends = ["on the wire"]
contains = ["sign up for the newsletter"]
[comment]
exact = ["2 comments"]
"""


def trial() -> Index:
    return Index([phrases.parse(PACK, "xx.toml")])


def hits(line: str) -> list[tuple[str, str]]:
    return [(hit.category, hit.mode) for hit in trial().hits(tokens(line))]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("Share this", [("share", "exact")]),
        ("SHARE THIS!", [("share", "exact")]),
        ("Share this page", []),
        ("Follow us on Mastodon", [("share", "starts")]),
        ("Follow the river", []),
        ("Down to the wire", []),
        ("The newsletter is late", []),
        ("Please follow us on Mastodon", []),
        ("News on the wire", [("share", "ends")]),
        ("Do sign up for the newsletter now", [("share", "contains")]),
        ("sign up for the newsletters", []),
        ("Follow us on", [("share", "exact")]),
        ("1,204 comments", [("comment", "exact")]),
        ("comments", []),
        ("", []),
    ],
)
def test_a_phrase_is_found_in_its_place(line: str, found: list[tuple[str, str]]) -> None:
    assert hits(line) == found


def test_a_long_line_is_prose_whatever_it_holds() -> None:
    assert hits("sign up for the newsletter " + "word " * 200) == []


def test_a_line_of_several_whole_phrases_is_covered() -> None:
    found = trial().cover(tokens("Share this 3 share this"))
    assert [hit.phrase for hit in found] == ["share this", "share this"]
    assert trial().cover(tokens("Share this page")) == ()
    assert trial().cover([]) == ()


def test_a_hit_says_what_it_is() -> None:
    said = [str(Hit("share", mode, "this")) for mode in phrases.HIT_MODES]
    assert said == [
        "is 'this'", "starts with 'this'", "ends with 'this'", "holds 'this'",
        "has the label 'this'",
    ]  # fmt: skip


def test_a_phrase_is_about_its_rarest_word() -> None:
    assert trial().topic("of the newsletter") == "newslet"
    assert trial().topic("相关阅读") == "相 关 阅 读"


@pytest.mark.parametrize("language", phrases.languages())
def test_every_phrase_of_a_pack_is_found_as_a_line(language: str) -> None:
    index = phrases.index(language)
    for hit in phrases.load(language).phrases:
        words = tokens(hit.phrase)
        if phrases.normal(words) == ["0"]:
            continue
        assert any(found.category == hit.category for found in index.hits(words)), hit


@given(texts(), texts())
def test_what_a_line_holds_it_still_holds_with_words_around(before: str, after: str) -> None:
    line = f"{before} sign up for the newsletter {after}"
    if len(tokens(line)) <= 100:
        assert "share" in {hit.category for hit in trial().hits(tokens(line))}


@given(texts())
def test_hits_do_not_depend_on_case_or_punctuation(text: str) -> None:
    plain = " ".join(tokens(text))
    index = phrases.index("en")
    assert index.hits(tokens(text)) == index.hits(tokens(plain))


@given(st.lists(st.sampled_from(["1", "204", "k", "shares", "²", "½"])))
def test_numbers_read_alike(words: list[str]) -> None:
    assert phrases.normal(phrases.normal(words)) == phrases.normal(words)


def test_an_unknown_language_is_told_the_nearest() -> None:
    with pytest.raises(UnknownLanguage, match="no phrase pack named 'en-GB'"):
        phrases.load("en-GB")


HEAD = 'language = "xx"\nname = "X"\nstopwords = []\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not toml", "xx.toml: "),
        ('name = "X"\nstopwords = []', "xx.toml: language is missing"),
        ('language = "xx"\nname = "X"', "xx.toml: stopwords is missing"),
        (HEAD + "[dates]\nyears = []", "xx.toml: .dates. has .years., which is not one of"),
        (HEAD + "[shares]\nexact = []", "xx.toml has .shares., which is not one of navigation"),
        (HEAD + '[share]\nexactly = ["x"]', ".share. has .exactly., which is not one of exact"),
        (HEAD + '[share]\nexact = ["..."]', "xx.toml: share.exact has '...', without a word"),
        (HEAD + 'share = "x"', "xx.toml"),
        (HEAD + '[share]\nexact = "share this"', "xx.toml"),
        (HEAD + "[share]\nexact = [3]", "xx.toml"),
        ('language = "xx"\nname = "X"\nstopwords = 3', "xx.toml"),
        (HEAD + "dates = 3", "xx.toml"),
    ],
)
def test_a_pack_of_another_form_is_refused_with_its_place(text: str, message: str) -> None:
    with pytest.raises(PackError, match=message):
        phrases.parse(text, "xx.toml")
