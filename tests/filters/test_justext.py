from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus import Document, Record, Removal, segment
from cleancorpus.errors import MissingExtra, OptionError
from cleancorpus.filters import JusText
from cleancorpus.peers import justext as peer
from cleancorpus.testing import documents, is_monotone, removed

FERRY = (
    "The ferry was back in the harbour on Monday, and it carried as many cars in its first week as "
    "it had in the whole month before the storm, which the port office called a relief for all of "
    "the people who live on the islands."
)
CROWD = (
    "It was not clear who would pay for the ramp, and that was the question which nobody at the "
    "meeting wanted to answer."
)
FAEHRE = (
    "Die Fähre ist seit Montag wieder im Hafen, und in der ersten Woche hat sie so viele Autos "
    "über die Bucht gebracht wie im ganzen Monat vor dem Sturm, was für die Leute auf den Inseln "
    "eine große Erleichterung ist."
)
shares = st.floats(0, 1)


def page(*lines: str, media: str = "text") -> Document:
    return segment(Record("".join(f"{line}\n" for line in lines), media=media))


def said(document: Document, **options: object) -> list[str]:
    return [one.because for one in JusText(**options).judge(document)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "direction"),
    [
        ("max_link_density", "fewer"),
        ("stopwords_low", "more"),
        ("stopwords_high", "more"),
    ],
)
@given(document=documents(), one=shares, other=shares)
def test_a_higher_share_never_removes_other_blocks(
    option: str, direction: str, document: Document, one: float, other: float
) -> None:
    is_monotone(JusText, option, direction)(document, one, other)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("option", "direction"), [("length_high", "more"), ("max_heading_distance", "fewer")]
)
@given(document=documents(), one=st.integers(0, 300), other=st.integers(0, 300))
def test_a_higher_length_never_removes_other_blocks(
    option: str, direction: str, document: Document, one: int, other: int
) -> None:
    is_monotone(JusText, option, direction)(document, one, other)  # type: ignore[arg-type]


LINKED = f"<p><a href='/'>{FERRY[:90]}</a>{FERRY[90:]}</p>"
NAMES = "Ada Marsh, Ben Okafor, Chidi Lindqvist, Dagny Perera, Emil Vantongeren, Farah Quill"


@pytest.mark.parametrize(
    ("document", "options", "fewer"),
    [
        (page(LINKED, media="html"), {"max_link_density": 0.5}, True),
        (page(FERRY, "It was not clear who would pay for it."), {"length_low": 20}, True),
        (page(CROWD), {"length_high": 100}, True),
        (page(FERRY, NAMES), {"stopwords_low": 0.0}, True),
        (page(FERRY), {"stopwords_high": 0.9}, False),
    ],
)
def test_every_limit_decides(document: Document, options: dict[str, float], fewer: bool) -> None:
    plain, other = (len(removed(JusText(**one), document)) for one in ({}, options))  # type: ignore[arg-type]
    assert (plain, other) == ((1, 0) if fewer else (0, 1))


@given(documents(), st.integers(0, 300))
def test_only_blocks_under_length_low_are_short(document: Document, limit: int) -> None:
    limits = peer.Limits(limit, 200, 0.3, 0.32, 0.2, 200)
    for found in peer.classify(document, "en", limits):
        if found is not None and not found.dropped:
            assert found.own != peer.SHORT or found.chars < limit
            assert found.own not in (peer.GOOD, peer.NEARGOOD) or found.chars >= limit


@given(documents())
def test_blank_blocks_are_never_touched(document: Document) -> None:
    for at in removed(JusText(), document):
        assert document.blocks[at].text.strip()


@pytest.mark.parametrize(
    "lines", [[FERRY], [FERRY, "Nobody was hurt.", FERRY], [FERRY, CROWD], [FAEHRE]]
)
def test_long_text_stays_and_what_stands_between(lines: list[str]) -> None:
    assert removed(JusText(), page(*lines)) == set()


def test_the_evidence_has_the_numbers_that_decided() -> None:
    document = page(
        "<ul><li><a href='/'>Home</a> page</li></ul>",
        "<p>Harbour Post</p>",
        "<p>© 2025 Harbour Post</p>",
        "<p>See the <a href='/t'>times</a> of the ferry, which is back again.</p>",
        f"<p>{NAMES}</p>",
        f"<p>{CROWD}</p>",
        "<button>Subscribe</button>",
        media="html",
    )
    nearly = "jusText class 'neargood' (116 characters, stop word density 0.652)"
    assert said(document) == [
        "jusText class 'bad': link density 0.444 over 0.2",
        "jusText class 'short' (12 characters), then 'bad': 'bad' before and 'bad' after it",
        "jusText class 'bad': it holds a copyright sign",
        "jusText class 'bad': 48 characters with link text among them",
        "jusText class 'bad': stop word density 0 under 0.3",
        f"{nearly}, then 'bad': 'bad' before and 'bad' after it",
        "jusText reads no <button>",
    ]


def test_a_heading_over_the_text_stays_if_it_is_near() -> None:
    html = f"<p><a href='/'>Home</a></p><h1>Ferry returns</h1><p>{CROWD[:60]}</p><p>{FERRY}</p>"
    document = page(html, media="html")
    assert removed(JusText(), document) == {0, 2}
    assert removed(JusText(max_heading_distance=59), document) == {0, 1, 2}


@pytest.mark.parametrize(
    ("source", "language"),
    [
        (f"<html lang='de-AT'><p>{FERRY}", "de"),
        (f"<html lang='EN_us'><p>{FAEHRE}", "en"),
        (f"<p>{FERRY}", "en"),
        (f"<p>{FAEHRE}", "de"),
        ("<p>x", None),
        ("", None),
    ],
)
def test_the_language_is_the_page_s_own_or_the_likeliest(source: str, language: str | None) -> None:
    assert peer.language_of(segment(Record(source, media="html"))) == language


def test_the_stop_words_are_those_of_the_language() -> None:
    assert removed(JusText(), page(FAEHRE)) == set()
    assert removed(JusText(language="de"), page(FAEHRE)) == set()
    assert removed(JusText(language="en"), page(FAEHRE)) == {0}
    assert removed(JusText(language="none"), page("Vantongeren " * 20)) == set()
    assert removed(JusText(), page("渡し船は月曜日に港へ戻り、" * 20)) == set()


def test_every_language_has_a_list_in_the_package() -> None:
    justext = pytest.importorskip("justext")
    assert set(peer.LANGUAGES.values()) <= justext.get_stoplists()
    for code in peer.LANGUAGES:
        assert peer._stoplist(code), code


@dataclass
class Drawn:
    """As much of a paragraph of the package as its second step looks at."""

    cf_class: str
    heading: bool
    text: str
    class_type: str = field(default="")

    def __len__(self) -> int:
        return len(self.text)


drawn = st.builds(
    Drawn,
    st.sampled_from([peer.SHORT, peer.NEARGOOD, peer.BAD, peer.GOOD]),
    st.booleans(),
    st.integers(1, 120).map("x".__mul__),
)


@given(st.lists(drawn, max_size=12), st.integers(0, 300))
def test_neighbours_change_classes_as_in_the_package(
    paragraphs: list[Drawn], distance: int
) -> None:
    core = pytest.importorskip("justext.core")
    core.revise_paragraph_classification(paragraphs, distance)
    found = peer._Revised(paragraphs, distance).classes
    assert found == [one.class_type for one in paragraphs]


def test_without_the_package_the_extra_is_named_and_the_import_is_late() -> None:
    script = (
        "import sys; sys.modules['justext'] = None\n"
        "import cleancorpus; from cleancorpus.filters import JusText\n"
        "from cleancorpus.errors import MissingExtra\n"
        "chain = cleancorpus.Chain((JusText(),))\n"
        "try: cleancorpus.clean('x', chain=chain)\n"
        "except MissingExtra as error: print(error)\n"
    )
    ran = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "the filter justext needs jusText: pip install 'cleancorpus[justext]'\n"
    assert issubclass(MissingExtra, ImportError)


def test_it_looks_at_what_others_removed() -> None:
    document = page(FERRY, "Nobody was hurt.", CROWD)
    assert removed(JusText(), document) == set()
    marked = document.mark([Removal(0, "another", "gone before")])
    assert removed(JusText(), marked) == set()


@pytest.mark.parametrize(
    ("option", "value", "message"),
    [
        ("language", "xx", "language must be auto, none or the code of .*, not 'xx'"),
        ("max_link_density", 1.5, "max_link_density is a share and must lie between 0 and 1"),
        ("stopwords_low", -1, "stopwords_low is a share"),
        ("stopwords_high", 2, "stopwords_high is a share"),
        ("length_low", -1, "length_low must be at least 0, not -1"),
        ("length_high", -1, "length_high must be at least 0, not -1"),
        ("max_heading_distance", -1, "max_heading_distance must be at least 0, not -1"),
    ],
)
def test_an_option_outside_its_range_is_refused(option: str, value: object, message: str) -> None:
    with pytest.raises(OptionError, match=message):
        JusText(**{option: value})  # type: ignore[arg-type]
