"""Every law on every filter that comes with the package, and on every preset."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from hanging import must_not_hang
from hypothesis import given, settings

from cleancorpus import BUILTIN, PRESETS, Document, Filter, Record, clean, preset, segment
from cleancorpus.render.source import to_source
from cleancorpus.testing import (
    LAWS,
    Article,
    Law,
    articles,
    costs_linear_work,
    documents,
    texts,
)

FILTERS = {filter_type().name: filter_type for filter_type in BUILTIN}
SUBJECTS = {**FILTERS, **{f"the preset {name}": make for name, make in PRESETS.items()}}


# A law that judges hundreds of blocks for each document meets fewer documents.
PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "dev")
CHEAP = [law for law in LAWS if law is not costs_linear_work]
EXAMPLES = settings.get_profile(PROFILE).max_examples
HALF, FEWER = settings(max_examples=EXAMPLES // 2), settings(max_examples=EXAMPLES // 5)


@pytest.mark.parametrize("law", CHEAP, ids=lambda law: law.__name__)
@pytest.mark.parametrize("make", FILTERS.values(), ids=FILTERS.keys())
@given(document=documents())
def test_every_filter_obeys(make: Callable[[], Filter], law: Law, document: Document) -> None:
    law(make(), document)


@pytest.mark.parametrize("law", CHEAP, ids=lambda law: law.__name__)
@pytest.mark.parametrize("name", PRESETS)
@HALF
@given(document=documents())
def test_every_preset_obeys(name: str, law: Law, document: Document) -> None:
    law(preset(name), document)


@pytest.mark.parametrize("make", SUBJECTS.values(), ids=SUBJECTS.keys())
@FEWER
@given(document=documents())
def test_every_filter_costs_linear_work(make: Callable[[], Filter], document: Document) -> None:
    costs_linear_work(make(), document)


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("label", ["content", "title"])
@given(article=articles())
def test_the_text_of_an_article_stays(name: str, label: str, article: Article) -> None:
    kept = [block.text for block in preset(name).clean(segment(Record(article.text))).kept]
    for text in article.lines(label):
        assert text in kept


@given(text=texts())
@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("media", ["text", "markdown"])
def test_any_text_comes_back_whole_once_all_filters_are_restored(
    name: str, media: str, text: str
) -> None:
    document = clean(text, media=media, chain=name)
    assert to_source(document.restore()) == document.source


# Lines on which an expression that can match in many ways would search for hours.
HOSTILE = {
    "spaces inside": "a" + " " * 30_000 + "b | c",
    "spaces after a time": "0:00" + " " * 30_000 + "x",
    "back quotes": "x" + "`" * 30_000,
    "opening brackets": "[" * 30_000,
    "links half open": "[a](" * 15_000,
    "stars": "*a " * 20_000,
    "bars": "| " * 30_000,
    "arrows": "> " * 30_000,
    "a trail with gaps": "A | B" + " " * 30_000 + "C | D",
    "tabs inside": "a" + "\t" * 30_000 + "b",
    "blank lines": "a" + "\n" * 30_000 + "b",
    "a link that does not end": "[a](b" + " " * 30_000,
    "dashes": "- " * 30_000,
    "digits": "1" * 30_000,
    "phone signs": "(+1 " * 15_000,
    "mail signs": "a@" * 30_000,
    "braces": "{{" * 30_000,
    "assignments": "var a " * 10_000 + "=" * 5,
    "one word": "a" * 30_000,
    "one letter a line": "a\n" * 20_000,
    "cut at a width": ("a" * 38 + " b\n") * 4_000,
    "comment headings": "Leave a reply\n" * 4_000,
    "phones after the copyright": "Copyright 2024\n" + "Tel. 020 7946 0000\n" * 4_000,
    "headings over headings": "Related articles\n" * 4_000,
}


@pytest.mark.parametrize("media", ["text", "markdown"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_no_line_takes_long(media: str, text: str) -> None:
    prose = "The ferry is back in port, and it carries cars again after nine days.\n"
    with must_not_hang():
        clean(f"{text}\n{prose * 3}{text}\n", media=media, chain="strict")
