"""What holds for every phrase pack."""

from __future__ import annotations

from collections import Counter
from importlib import resources

import pytest

from cleancorpus import phrases
from cleancorpus.measures import tokens

LANGUAGES = (
    "ar", "de", "en", "es", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr",
    "vi", "zh",
)  # fmt: skip
FEWEST_STOPWORDS = 50
LONGEST_LINE = 120

every_pack = pytest.mark.parametrize("language", phrases.languages())


def test_the_first_languages_are_there() -> None:
    assert set(LANGUAGES) <= set(phrases.languages())


@every_pack
def test_a_pack_is_named_by_its_language(language: str) -> None:
    assert phrases.load(language).language == language


@every_pack
def test_a_pack_has_every_category(language: str) -> None:
    found = {hit.category for hit in phrases.load(language).phrases}
    assert found == set(phrases.CATEGORIES)


@every_pack
def test_a_pack_can_tell_its_language(language: str) -> None:
    assert len(phrases.load(language).stopwords) >= FEWEST_STOPWORDS


@every_pack
def test_no_phrase_stands_twice_in_a_pack(language: str) -> None:
    counts = Counter(
        " ".join(phrases.normal(tokens(hit.phrase))) for hit in phrases.load(language).phrases
    )
    assert [phrase for phrase, count in counts.items() if count > 1] == []


@every_pack
def test_lines_of_a_pack_fit_the_page(language: str) -> None:
    text = (resources.files("cleancorpus.phrases") / f"{language}.toml").read_text(encoding="utf-8")
    assert [line for line in text.splitlines() if len(line) > LONGEST_LINE] == []
