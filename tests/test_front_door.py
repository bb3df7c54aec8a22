from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given

import cleancorpus
from cleancorpus import Chain, Record, clean, preset, process
from cleancorpus.errors import UnknownMedia, UnknownPreset
from cleancorpus.filters import NavigationList
from cleancorpus.testing import texts

PROSE = "The ferry is back in port, and it carries cars again after nine days of storms."
PAGE = f"Home\nAbout us\nContact\n{PROSE}\n"


def test_the_public_names_are_sorted_and_there() -> None:
    by_case = sorted(cleancorpus.__all__, key=lambda name: (not name.isupper(), name))
    assert by_case == cleancorpus.__all__  # constants, types, functions, each by the alphabet
    for name in cleancorpus.__all__:
        assert hasattr(cleancorpus, name), name


def test_importing_loads_nothing_that_only_some_need() -> None:
    script = "import sys, cleancorpus; print(*sys.modules)"
    command = [sys.executable, "-c", script]
    found = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - ours
    loaded = {name.partition(".")[0] for name in found.stdout.split()}
    unwanted = {"typer", "rich", "ftfy", "justext", "hypothesis", "charset_normalizer", "pytest"}
    assert not loaded & unwanted


def test_text_and_bytes_are_cleaned_alike() -> None:
    document = clean(PAGE)
    assert document.text == PROSE + "\n"
    assert clean(PAGE.encode()).text == document.text
    assert clean(PAGE.encode("utf-16")).text == document.text
    assert document.media == "text"
    assert {removal.filter for removal in document.removals} == {"navigation-list"}
    assert document.restore("navigation-list").text == PAGE


def test_markdown_is_sniffed_and_can_be_said() -> None:
    page = f"# Ferry returns\n\n{PROSE}\n\n## More\n\nSee [the notes](notes.md).\n"
    assert clean(page).media == "markdown"
    assert clean(page, media="text").media == "text"
    assert clean(PROSE, media="markdown").media == "markdown"
    assert clean(page, chain="none").markdown == page


@pytest.mark.parametrize(
    "page", ["<!DOCTYPE html><html></html>", "\n <html lang='en'>", "<BODY>x", "<head></head>"]
)
def test_html_is_sniffed_and_can_be_said(page: str) -> None:
    for content in (page, page.encode()):
        assert clean(content, chain="none").media == "html"
    assert clean(page, media="text", chain="none").text == page
    assert clean(PROSE, media="html").text == PROSE + "\n"


@pytest.mark.parametrize("media", ["htm", "pdf", "markdwon"])
def test_an_unknown_media_is_refused(media: str) -> None:
    with pytest.raises(UnknownMedia, match=media):
        clean(PAGE, media=media)


def test_the_chain_is_a_name_a_chain_or_the_default() -> None:
    assert clean(PAGE, chain="default") == clean(PAGE)
    assert clean(PAGE, chain=preset("default")) == clean(PAGE)
    assert clean(PAGE, chain=Chain((NavigationList(),))).text == PROSE + "\n"
    assert clean(PAGE, chain="none").removals == ()
    with pytest.raises(UnknownPreset, match="strict"):
        clean(PAGE, chain="strickt")


def test_the_address_and_what_was_mended_are_on_the_document() -> None:
    document = clean("a\x00b\n", url="https://harbour.example")
    assert document.url == "https://harbour.example"
    assert document.mended == ("removed 1 control characters",)
    assert document.text == "ab\n"


def test_cleaning_is_processing_a_record() -> None:
    assert process(Record(PAGE)) == clean(PAGE)
    assert process(Record(PAGE), preset("none")) == clean(PAGE, chain="none")


def test_mojibake_is_repaired_on_request_only() -> None:
    record = Record("The cafÃ© is open.\n", media="text")
    assert process(record, Chain()).text == "The cafÃ© is open.\n"
    repaired = process(record, Chain(), mend_mojibake=True)
    assert repaired.text == "The café is open.\n"
    assert repaired.mended == ("repaired mojibake through ftfy",)


@pytest.mark.parametrize("content", ["", " \n\t\n", b"", b"\n\n"])
def test_nothing_stays_nothing(content: str | bytes) -> None:
    document = clean(content)
    assert document.blocks == ()
    assert document.text == (content if isinstance(content, str) else content.decode())


@given(texts())
def test_the_empty_chain_gives_plain_text_back_to_the_character(text: str) -> None:
    document = clean(text, media="text", chain="none")
    assert document.text == document.source
