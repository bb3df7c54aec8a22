"""The learned judge as a filter: monotone, whole pages, evidence, and what it leaves alone."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import (
    Block,
    Chain,
    Document,
    Kind,
    Record,
    Removal,
    clean,
    default_chain,
    segment,
)
from cleancorpus.content.inputs import Features
from cleancorpus.content.judge import Judge
from cleancorpus.content.judgement import Judgement
from cleancorpus.errors import OptionError, WeightsError
from cleancorpus.filters import MainContent, WidgetResidue
from cleancorpus.filters.main_content import _are_code, _is_row
from cleancorpus.page import read
from cleancorpus.testing import documents, is_monotone, pages, removed

PROSE = (
    "The ferry came back on Monday after nine days of storms, and it carries cars again.",
    "Passengers queued along the pier before dawn, some of them with bicycles and dogs.",
    "The crossing takes forty minutes when the sea is calm, and an hour when it is not.",
)
PAGE = f"""<body><nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/n">News</a></li>
<li><a href="/c">Contact</a></li></ul></nav><main><article><h1>Ferry returns to the harbour</h1>
<p>{PROSE[0]}</p><table><tr><td>Monday</td><td>9:15</td></tr></table><p>{PROSE[1]}</p>
<pre>depart --at 9:15</pre><blockquote>It was cold.</blockquote><p>{PROSE[2]}</p></article></main>
<footer class="site-footer"><a href="/about">About us</a> <a href="/terms">Terms</a></footer>"""


HEADLINE = "Ferry returns to the harbour"
MENU = ("Home", "News", "Sport", "Weather", "Contact us", "Log in", "Subscribe", "Search")
END = ("Share this", "Related articles", "About us", "Terms of use", "Privacy policy")
TEXT = "\n".join((*MENU, HEADLINE, *PROSE, *END)) + "\n"
TEXTS = st.permutations([*MENU, *PROSE, *END]).map(
    lambda lines: segment(Record("\n".join(lines), media="text"))
)


def page() -> Document:
    return segment(Record(PAGE, media="html"))


HTML = pages(PROSE).map(lambda page: segment(Record(page, media="html")))


@given(st.one_of(documents(), HTML), st.floats(0, 4), st.floats(0, 4))
def test_leaning_further_never_removes_more(document: Document, one: float, other: float) -> None:
    is_monotone(MainContent, "leaning", "fewer")(document, one, other)


@given(TEXTS, st.floats(0, 4), st.floats(0, 4))
def test_leaning_further_on_text_never_removes_more(
    document: Document, one: float, other: float
) -> None:
    is_monotone(MainContent, "leaning", "fewer")(document, one, other)


@given(TEXTS, st.floats(0, 9), st.floats(0, 9))
def test_a_line_that_is_worth_more_never_goes_sooner(
    document: Document, one: float, other: float
) -> None:
    is_monotone(MainContent, "text_line_worth", "fewer")(document, one, other)


def test_what_a_line_of_text_is_worth_says_nothing_of_a_page() -> None:
    document = page()
    strict, lenient = (MainContent(text_line_worth=worth) for worth in (0, 9))
    assert removed(strict, document) == removed(lenient, document) != frozenset()


@given(HTML, st.integers(1, 40), st.integers(1, 40))
def test_judging_smaller_pages_never_removes_less(document: Document, one: int, other: int) -> None:
    is_monotone(MainContent, "min_blocks", "fewer")(document, one, other)


@given(st.one_of(TEXTS, HTML), st.integers(0, 20), st.integers(0, 20))
def test_a_wider_gap_never_removes_more(document: Document, one: int, other: int) -> None:
    is_monotone(MainContent, "max_headline_gap", "fewer")(document, one, other)


def far_page(title: str) -> Document:
    """The page with ten buttons between its headline and the text."""
    words = [
        "Share",
        "Tweet",
        "Pin",
        "Mail",
        "Print",
        "Save",
        "Follow",
        "Like",
        "Comment",
        "Report",
    ]
    buttons = "".join(f"<a href=/{word}>{word}</a><br><br>" for word in words)
    found = PAGE.replace("</h1>", f"</h1><div class=share-tools>{buttons}</div>")
    found = found.replace("<body>", f"<head><title>{title}</title></head><body>")
    return segment(Record(found, media="html"))


@pytest.mark.parametrize(
    ("title", "gap", "is_kept"),
    [
        ("Harbour Post", 0, False),
        ("Harbour Post", 20, True),
        ("Ferry returns to the harbour - Harbour Post", 0, True),
        ("The ferry comes back: all that returns to our harbour", 0, True),
        ("Weather - Ferry returns to the harbour", 0, False),
    ],
)
def test_a_headline_stays_as_far_over_its_text_as_it_may_and_farther_if_it_says_the_title(
    title: str, gap: int, *, is_kept: bool
) -> None:
    document = far_page(title)
    at = next(at for at, block in enumerate(document.blocks) if block.kind is Kind.HEADING)
    judge = MainContent(max_headline_gap=gap, leaning=0.3)
    assert (at not in removed(judge, document)) is is_kept
    assert (at in judge.spares(document)) is (is_kept and not gap)


def test_a_heading_right_over_text_that_stays_does_so_too() -> None:
    document = page()
    at = next(at for at, block in enumerate(document.blocks) if block.kind is Kind.HEADING)
    assert at not in removed(MainContent(max_headline_gap=0, leaning=0.2), document)


def test_a_page_of_furniture_alone_comes_out_empty() -> None:
    links = "".join(f"<li><a href=/{name}>{name}</a></li>" for name in "abcdefghijkl")
    document = clean(
        f"<nav class=menu><ul>{links}</ul></nav>", "html", chain=Chain((MainContent(),))
    )
    assert document.text == ""


def test_a_page_of_one_table_does_not_come_out_empty() -> None:
    rows = "".join(f"<tr><td>{at}</td><td>{at * at}</td></tr>" for at in range(40))
    document = clean(f"<table>{rows}</table>", "html", chain=Chain((MainContent(),)))
    assert len(document.kept) == 40


def test_a_fragment_is_left_as_it_is() -> None:
    assert clean("<h1>Tea</h1><p>Boil water.", "html", chain=Chain((MainContent(),))).removals == ()


def test_menus_go_and_prose_stays() -> None:
    document = clean(PAGE, "html", chain=Chain((MainContent(),)))
    kept = [block.text for block in document.kept]
    assert set(PROSE) <= set(kept)
    assert not {"Home", "News", "Contact", "About us Terms"} & set(kept)


def test_code_tables_and_quotes_inside_the_text_stay_however_strict() -> None:
    document = clean(PAGE, "html", chain=Chain((MainContent(leaning=0.3),)))
    kinds = {block.kind for block in document.kept}
    assert {Kind.CODE, Kind.TABLE_ROW, Kind.QUOTE} <= kinds


@given(st.one_of(TEXTS, HTML), st.floats(0, 1), st.floats(0, 1))
def test_asking_for_more_boilerplate_never_removes_more(
    document: Document, one: float, other: float
) -> None:
    is_monotone(MainContent, "min_boilerplate", "fewer")(document, one, other)


def test_menus_of_a_text_go_and_its_prose_stays() -> None:
    document = clean(TEXT, "text", chain=Chain((MainContent(),)))
    kept = [block.text for block in document.kept]
    assert {HEADLINE, *PROSE} <= set(kept)
    assert not {"Home", "Sport", "Terms of use"} & set(kept)


def test_of_markdown_the_links_go_and_the_prose_stays() -> None:
    menu = "".join(f"- [{name}](/{name})\n" for name in MENU)
    source = f"{menu}\n# {HEADLINE}\n\n" + "\n\n".join(PROSE) + "\n"
    document = clean(source, "markdown", chain=Chain((MainContent(),)))
    assert document.text.split("\n\n") == [HEADLINE, *PROSE[:2], f"{PROSE[2]}\n"]


@given(st.lists(st.sampled_from(PROSE), min_size=0, max_size=4))
def test_a_short_text_is_left_as_it_is(lines: list[str]) -> None:
    assert not removed(MainContent(), segment(Record("\n".join(lines), media="text")))


def test_text_that_is_likely_clean_is_left_as_it_is() -> None:
    document = segment(Record("\n".join(PROSE * 2), media="text"))
    strict = MainContent(leaning=0, text_line_worth=0, min_boilerplate=0)
    assert removed(strict, document)
    assert not removed(replace(strict, min_boilerplate=0.5), document)


@given(TEXTS, st.floats(0, 1), st.floats(0, 1))
def test_of_a_text_taken_for_clean_sooner_no_less_is_spared(
    document: Document, one: float, other: float
) -> None:
    low, high = sorted((one, other))
    few, many = (MainContent(min_named_boilerplate=value) for value in (low, high))
    assert few.spares(document) <= many.spares(document)
    few, many = (MainContent(max_named_likelihood=value) for value in (high, low))
    assert few.spares(document) <= many.spares(document)


def test_of_clean_text_a_named_filter_takes_nothing_that_is_likely_content() -> None:
    lines = (*PROSE, "{{ field.help_text }}", *PROSE[::-1])
    document = segment(Record("\n".join(lines), media="text"))
    likely = MainContent(min_named_boilerplate=1, max_named_likelihood=0)
    unlikely = replace(likely, max_named_likelihood=1)
    assert removed(Chain((WidgetResidue(), unlikely)), document) >= {3}
    assert 3 not in removed(Chain((WidgetResidue(), likely)), document)


@pytest.mark.parametrize(("text", "is_row"), [
    ("Energy: 312 kcal | Protein: 16 g | Fat: 9 g | Fibre: 11 g", True),
    ("Distance: 9 km | Climb: 300 m | Stairs: 84", True),
    ("Energy: 312 kcal | Protein: 16 g", False),
    ("Harbour | Islands | Lighthouse", False),
    ("Home: 1 | News: 2 | Contact us: 3", False),
])  # fmt: skip
def test_a_row_has_several_facts_and_no_phrase_of_furniture(text: str, is_row: bool) -> None:
    line = read(segment(Record(text, media="text"))).lines[0]
    assert _is_row(line) is is_row


def test_a_heading_stays_whose_first_copy_goes_with_the_table_of_contents() -> None:
    question = "How long does the crossing from the harbour to the islands take?"
    contents = (question, "Who may board?", "What does it cost?", "Where do I park?")
    lines = (*MENU, *contents, HEADLINE, " ".join(PROSE[:2]), *PROSE, question, *PROSE[::-1], *END)
    strict = MainContent(leaning=0.5, text_line_worth=0, max_headline_gap=0)
    chain = default_chain().replacing(strict)
    kept = clean("\n".join(lines), "text", chain=chain).is_kept
    assert [kept(at) for at in (8, 17)] == [False, True]
    without = clean("\n".join(lines), "text", chain=chain.without("main-content")).is_kept
    assert [without(at) for at in (8, 17)] == [True, False]


@given(st.one_of(TEXTS, HTML))
def test_what_is_spared_does_not_hang_on_what_is_gone(document: Document) -> None:
    sparing = MainContent(min_named_boilerplate=1, max_named_likelihood=0.3)
    gone = document.mark(Removal(at, "other", "gone") for at in range(0, len(document.blocks), 2))
    assert sparing.spares(replace(gone, memo={})) == sparing.spares(document)


def test_of_raw_text_and_of_html_nothing_is_spared() -> None:
    assert not MainContent(max_named_likelihood=0).spares(segment(Record(TEXT, media="text")))
    assert not MainContent(min_named_boilerplate=1, max_named_likelihood=0).spares(page())


def test_what_other_filters_removed_does_not_change_what_is_said() -> None:
    document = page()
    alone = {removal.at: removal for removal in MainContent().judge(document)}
    gone = document.mark(Removal(at, "other", "gone") for at in list(alone)[:2])
    assert list(MainContent().judge(replace(gone, memo={}))) == list(alone.values())[2:]


def test_a_page_that_was_pickled_is_judged_as_before() -> None:
    document = page()
    copy = pickle.loads(pickle.dumps(document))  # noqa: S301 - our own bytes
    assert removed(MainContent(), copy) == removed(MainContent(), document) != frozenset()


def test_blocks_that_are_not_those_of_the_walk_are_left_alone() -> None:
    document = page()
    assert not removed(MainContent(), replace(document, blocks=document.blocks[1:]))


def test_the_evidence_says_how_likely_and_what_spoke_against() -> None:
    document = page()
    first = next(iter(MainContent().judge(document)))
    assert document.blocks[first.at].text == "Home"
    assert first.score is not None
    assert first.score > 0.9
    assert first.because.startswith(f"content with a likelihood of {1 - first.score:.0%}: ")


@pytest.mark.parametrize(
    "option", ["min_boilerplate", "min_named_boilerplate", "max_named_likelihood"]
)
def test_a_share_over_one_is_refused(option: str) -> None:
    with pytest.raises(OptionError, match=f"{option} is a share"):
        replace(MainContent(), **{option: 1.5})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "value", "least"),
    [
        ("leaning", -1, 0),
        ("text_line_worth", -1, 0),
        ("min_blocks", 0, 1),
        ("max_headline_gap", -1, 0),
    ],
)
def test_a_limit_below_the_least_is_refused(option: str, value: int, least: int) -> None:
    with pytest.raises(OptionError, match=f"{option} must be at least {least}, not {value}"):
        replace(MainContent(), **{option: value})  # type: ignore[arg-type]


def test_weights_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="cannot be read in"):
        list(MainContent(weights=str(tmp_path)).judge(page()))
    file = tmp_path / "html.npz"
    with pytest.raises(WeightsError, match=r"html.npz: cleancorpus train makes one"):
        list(MainContent(weights=str(file)).judge(page()))
    file.touch()
    with pytest.raises(WeightsError, match=r"html.npz are a file: name the folder"):
        list(MainContent(weights=str(file)).judge(page()))


def test_the_code_of_a_manual_stays_though_it_is_not_sure() -> None:
    document = page_of_code(3)
    judgement = judged_as(document, 0.3)
    assert _are_code(CODE, judgement, document).tolist() == [True, True, True]
    assert not _are_code(CODE, judged_as(document, 0.1), document).any()
    assert not _are_code(np.array([0, 4]), judgement, document).any()


def test_one_listing_makes_no_manual() -> None:
    document = page_of_code(2)
    assert not _are_code(CODE[:2], judged_as(document, 0.3), document).any()


CODE = np.array([1, 3, 5])


def page_of_code(listings: int) -> Document:
    kinds = [Kind.CODE if at % 2 and at < 2 * listings else Kind.PARAGRAPH for at in range(7)]
    return Document(tuple(Block(f"Block {at}.", kind) for at, kind in enumerate(kinds)))


def judged_as(document: Document, likely: float) -> Judgement:
    probabilities = np.full(len(document.blocks), likely, np.float32)
    return Judgement(cast("Features", None), probabilities, cast("Judge", None))
