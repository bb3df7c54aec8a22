"""The compiled walk returns what the Python walk returns, on every page that it takes."""

from __future__ import annotations

import importlib
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleancorpus.errors import OptionError
from cleancorpus.outline import TAGS
from cleancorpus.segment.html import choice, finish, found, walk
from cleancorpus.segment.html.choice import PythonWalk, chosen_walk, walk_in_use
from cleancorpus.segment.html.collect import python_columns
from cleancorpus.segment.html.columns import Columns
from cleancorpus.segment.html.compiled import CompiledWalk
from cleancorpus.segment.html.survey import MARKUP, survey
from cleancorpus.testing import pages

try:
    COMPILED: CompiledWalk | None = choice.load_compiled()
except ImportError:
    COMPILED = None

needs_compiled = pytest.mark.skipif(COMPILED is None, reason="the compiled walk is not built")
EXAMPLES = Path(__file__).parents[2] / "docs/examples"
SAMPLE = 5  # every so manieth page; all of them with CLEANCORPUS_ALL_PAGES set
MOST_NOT_TAKEN = 0.02

SPACES = " \t\n\r\f\v\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2003\u200a\u2028\u2029\u202f\u205f\u3000"
NO_SPACES = "\u200b\u2060\ufeff\u180e\u0300\x01\x1b\u2010\u200f\u202e\u3001\u0080\u00c2\u1681"
NAMES = (
    *filter(None, TAGS),
    *("br", "img", "script", "style", "template", "title", "head", "meta", "link", "wbr", "area"),
    *("desc", "metadata", "foreignObject", "path", "g", "use", "linearGradient", "image", "param"),
    *("x-y", "my-element-of-more-than-sixteen-letters", "n\u00e4me", "search", "rbc", "font-face"),
)
ATTRIBUTES = (
    *("class", "id", "role", "aria-label", "aria-hidden", "itemprop", "hidden", "style", "open"),
    *("xlink:role", "xml:id", "data-id", "HIDDEN", "href", "title", "viewBox", "roles", "clas"),
)
VALUES = (
    *("", "a", "a b", "main", " ", "x" * 450, "\u00e9" * 250, "\U0001f375" * 201, "\xa0", "a\x00b"),
    *(
        "display:none",
        "DISPLAY \n: None",
        "visibility:hidden",
        "display:\u2003none",
        "visibility: ",
    ),
    *("display:\fnone", "display:\vnone", "visibility\f:hidden", "display;none"),
    *("dis display:  nonexistent", "visibility : visible", "color:red;visibility:\thidden;x:y"),
)


def texts() -> st.SearchStrategy[str]:
    """Short texts in which white space of all kinds is frequent, and so are wide characters."""
    signs = st.one_of(
        st.sampled_from(SPACES + NO_SPACES),
        st.sampled_from("ab\u00e9\u4e2d\U0001f375&<"),
        st.characters(exclude_categories=["Cs"]),
    )
    return st.one_of(
        st.lists(signs, max_size=6).map("".join),
        st.sampled_from(("<br>", "<br> <br>", "<br><br>", "&nbsp;", "&#0;", "<!-- x -->", "a b")),
    )


@st.composite
def elements(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    name = draw(st.sampled_from(NAMES))
    attributes = draw(
        st.lists(st.tuples(st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES)), max_size=3)
    )
    written = "".join(f' {key}="{value}"' if value else f" {key}" for key, value in attributes)
    ending = draw(st.sampled_from((f"</{name}>", f"</{name}>", f"</{name}>", "", "</p>", "</div>")))
    return f"<{name}{written}>{draw(inner)}{ending}"


@st.composite
def rows(draw: st.DrawFn, inner: st.SearchStrategy[str]) -> str:
    cells = draw(st.lists(inner, max_size=4))
    kind = draw(st.sampled_from(("td", "th", "td hidden", "td><p", "td><a href=x")))
    return "<table><tr>" + "".join(f"<{kind}>{cell}" for cell in cells) + "</table>"


def markup() -> st.SearchStrategy[str]:
    """Pages as trees, most of them well nested, of all elements and attributes that matter."""
    return st.recursive(
        texts(),
        lambda inner: st.one_of(
            elements(inner), rows(inner), st.lists(inner, max_size=5).map("".join)
        ),
        max_leaves=20,
    )


def parsed(page: str) -> LexborHTMLParser:
    return LexborHTMLParser(page.encode(errors="ignore"), options=LexborDocumentOptions.WO_EVENTS)


def differing(one: Columns, other: Columns) -> list[str]:
    """The names of the columns that differ, for a failure that can be read."""
    return [
        *(name for name in one.__slots__ if getattr(one, name) != getattr(other, name)),
        *(
            f"elements.{name}"
            for name in one.elements.__slots__
            if name != "memo" and getattr(one.elements, name) != getattr(other.elements, name)
        ),
    ]


def compare(page: str) -> bool:
    """Whether the compiled walk takes a page; fails where it returns anything else."""
    assert COMPILED is not None
    tree, is_taken = parsed(page), True
    for read_noscript in (False, True):
        compiled = COMPILED.try_to_read(tree, {}, read_noscript=read_noscript)
        if compiled is None:
            is_taken = False
            continue
        python = python_columns(tree, {}, read_noscript=read_noscript)
        assert differing(compiled, python) == []
    return is_taken


@needs_compiled
@given(markup())
@example("<pre></pre>a<br><br>b")
@example("<table><tr><td>a<td><xmp>b</xmp></table><p>c</p><p>d</p>")
@example("<pre>\u1680\u200b<br><br> <br></pre>")  # found once: line ends counted as a word
def test_both_walks_agree_on_nested_markup(page: str) -> None:
    compare(page)


@needs_compiled
@given(pages())
def test_both_walks_agree_on_broken_markup(page: str) -> None:
    compare(page)


@needs_compiled
@given(st.lists(texts(), max_size=8).map("".join), st.sampled_from(("p", "pre", "td", "a")))
def test_both_walks_agree_on_white_space(text: str, name: str) -> None:
    compare(f"<table><tr><td>x<{name}>{text}</{name}><td>y</table><{name}>{text}<b>{text}</b>")


@needs_compiled
def test_every_character_is_white_space_to_both_or_to_neither() -> None:
    high = map(chr, range(0x10000, sys.maxunicode + 1))
    assert not any(map(str.isspace, high))  # and no byte that begins these begins white space
    signs = [chr(code) for code in range(1, 0x10000) if not 0xD800 <= code < 0xE000]
    assert compare("".join(f"<p>{sign}a{sign}b<i>{sign}" for sign in signs if sign not in "<&"))


HOSTILE = {
    "nothing": "",
    "no text": "<br><br><p></p><img>",
    "deep": "<div class=x>" * 4_000 + "y",
    "deep verbatim": "<listing>" * 2_000 + "y<br><br>z" * 100,
    "deep hidden": "<div hidden>" * 3_000 + "<p>y" * 1_000,
    "deep lists": "<ul><li>x" * 2_000,
    "lists": "<ul><li><p>a<p>b<ul><li>c</ul>d<dl><dt>e<dd>f<p>g</dl></ul><li>h<li><h2>i</h2>j",
    "deep links": "<a href=x><table><tr><td>y" * 800,
    "deep drawings": "<svg><title>x</title><g>" * 1_500 + "<text>y",
    "drawings without end": "<svg>" + "<g><title>x</title></g>" * 60_000 + "<text>y</text></svg>z",
    "many drawings": ("<svg>" + "<g><style>x</style>" * 50 + "</svg>") * 1_200 + "z",
    "rows in rows": "<table><tr><td>a<td><svg><tr><td>b</td><td>c</td></tr></svg></table><p>d<p>e",
    "a row too long": "".join(f"<table><tr>{'<td>x' * n}</table>" for n in (398, 399, 400, 401)),
    "a cell too long": f"<table><tr><td>{'x' * 1_500}<td>{'é' * 1_500}"
    f"<tr><td>a<td>{'é' * 1_501}<tr><td>a<td>b</table>",
    "many attributes": "<p " + " ".join(f"a{n}=1" for n in range(9_000)) + " hidden>x",
    "a long class": f"<p class='{'c ' * 100_000}'>x<p class='  '>y<p class='\xa0 d \xa0'>z",
    "many classes": "".join(f"<i class='c{n}'>x</i>" for n in range(20_000)),
    "one class": "<i class='a b'>x</i>" * 20_000,
    "many blocks": "<p>x" * 50_000,
    "many breaks": "x<br>" * 10_000 + "<br>" + "<pre>" + "y<br>" * 1_000,
    "one text": "a \u3000 b\xa0\xa0 " * 50_000,
    "null": "<p>a\x00b<svg>c\x00d</svg><pre>\x00x</pre><p title='\x00' class='\x00'>y",
    "names": "".join(f"<x-{n}>y</x-{n}>" for n in range(3_000)),
    "long names": f"<{'n' * 5_000}>y<{'é' * 70}>z",
    "lone surrogates": "<p class='\ud800'>a\udfff b",
    "own styles": "<p style='" + "display " * 20_000 + ":none'>x<p style='" + "v" * 20_000 + "'>y",
    "frames": "<iframe> \n</iframe>a<iframe>b</iframe><iframe hidden></iframe><noembed>c</noembed>",
    "foreign names": "<svg><a>x</a><text>y</text><clipPath>z</clipPath><iframe><p>q</svg>"
    "<clippath>z</clippath><math><mi>x</mi><annotation-xml>y</annotation-xml></math>",
    "frames in foreign markup": "<math><iframe><mi>x</mi>y</iframe><noembed>z<mo>q",
    "characters outside": "x</body>y</html>z<!-- a --><p>b",
    "frameset": "<frameset><frame><noframes>a</noframes></frameset>",
    "attributes of html": "<html hidden class=x id=y style='display:none'><p>a",
}  # fmt: skip


@needs_compiled
@pytest.mark.parametrize("page", HOSTILE.values(), ids=HOSTILE)
def test_both_walks_agree_on_hostile_pages(page: str) -> None:
    compare(page)


@needs_compiled
def test_both_walks_agree_on_the_examples() -> None:
    for path in sorted(EXAMPLES.iterdir()):
        text = path.read_text(encoding="utf-8")
        lines = "".join(f"<li class='a{n % 7}'>{line}" for n, line in enumerate(text.split("\n")))
        assert compare(f"<div><pre>{text}</pre><p>{text}</p><ul>{lines}</ul></div>")


@needs_compiled
@given(st.lists(st.binary(max_size=6), max_size=12))
def test_what_is_no_utf_8_breaks_nothing(pieces: list[bytes]) -> None:
    assert COMPILED is not None
    inner = b"</p><p>".join(pieces)
    tree = LexborHTMLParser(b"<p class='" + inner + b"'><pre>" + inner + b"</pre><p>" + inner)
    columns = COMPILED.read(tree, {}, read_noscript=False)
    assert len(columns.text) == len(columns.kind) == len(columns.hidden)


@needs_compiled
@pytest.mark.parametrize(
    "page", ["<iframe><p>a</iframe>", "<noembed>a &amp; b</noembed>", "<p>a<p>b<p>c<p>d"]
)
def test_a_page_that_is_not_for_the_compiled_walk_is_read_in_python(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert COMPILED is not None
    monkeypatch.setattr(finish, "MOST_BLOCKS", 3)
    tree = parsed(page)
    assert COMPILED.try_to_read(tree, {}, read_noscript=False) is None
    assert COMPILED.read(tree, {}, read_noscript=False) == python_columns(
        tree, {}, read_noscript=False
    )


@needs_compiled
def test_a_drawing_is_searched_to_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with a drawing that the limit cuts, at each place where it can."""
    page = "<p>a<svg><g><title>x</title></g><style>y</style></svg>b<svg><title>x</title><g/></svg>"
    seen = set()
    for most in range(12):
        monkeypatch.setattr(found, "MOST_LOOKED_AT", most)
        limited = choice.load_compiled()
        columns = limited.try_to_read(parsed(page), {}, read_noscript=False)
        assert columns == python_columns(parsed(page), {}, read_noscript=False)
        assert columns is not None
        seen.add(tuple(columns.elements.tag))
    assert len(seen) > 2


# What a tokenizer goes by, between bars.
SIGNS = "<x|<y>|</x|</y>|<X|>| |\v|/|a|=|'|\"| a=| b='| c=\"|/>|<|<!--|-->|--!>|->|-|!|<!|<?|</"
TEXTS = "<textarea|<textarea>|</textarea|</TEXTAREA>|<style>|</style>|<title/>|</title"
SCRIPTS = "<script|<Script type=application/ld+json>|</scripT>|</script|<script>|</script>|<script/"
FORMATS = (
    "<b>|<b x>|<B X>|<font\nsize=1>|<strong a|<nobr >|<big\v>|<tt a=<tt b=<tt c=>|</b >|<em e>"
)
MORE = "<code x='é'>|<small|<strike a>|<strikes a>|<s\x1ct>|<i/x>|<I/| a=b| c='d' | e = \"f\"|g==h"
OTHERS = "<xmp a|<x a='>|</y\f|<1|</1"
ALL_SIGNS = f"{SIGNS}|{TEXTS}|{SCRIPTS}|{FORMATS}|{MORE}|{OTHERS}".split("|")


@needs_compiled
@given(
    st.lists(st.sampled_from(ALL_SIGNS), max_size=30),
    st.tuples(*(st.integers(0, most) for most in (10, 8, 40, 3))),
)
def test_pages_are_surveyed_alike(pieces: list[str], limits: tuple[int, int, int, int]) -> None:
    html = "".join(pieces).encode()
    module = importlib.import_module("cleancorpus.segment.html._compiled")
    assert module.survey(html, *limits) == survey(html, *limits)


@given(
    st.lists(
        st.sampled_from((*SIGNS.split("|"), *TEXTS.split("|"), *SCRIPTS.split("|"), "\n")),
        max_size=30,
    )
)
@example(["<script>", "<!--", "<script>", "</script>", "<x>", "</script>", "<y>"])
@example(["<script>", "<!--", "<script>", "</script>", "-->", "<x>", "</script>", "<y>"])
@example(["<script>", "<!--", "<script>", "-->", "</script>", "<x>"])
@example(["<script>", "<!--", "<script>", "</script>", "<script/", "<x>", "</script>", "</script>"])
@example(["<script>", "<!--", ">", "<script>", "</script>", "<x>"])
@example(["<script>", "<!--", "->", "<script>", "</script>", "<x>"])
def test_what_passes_for_a_tag_is_what_the_parser_takes_for_one(pieces: list[str]) -> None:
    html = "<body>" + "".join(pieces) + "a\"'>"  # which ends every tag
    found = [match for match in MARKUP.finditer(html.encode()) if match["name"]]
    names = [match["name"].lower().decode() for match in found if not match["end"]]
    assert names[1:] == [node.tag for node in LexborHTMLParser(html).css("body *")]


@needs_compiled
@pytest.mark.parametrize("spaces", range(503, 508))
def test_linked_data_is_looked_for_to_the_same_place(spaces: int) -> None:
    html = b"<a><script" + b" " * spaces + b"application/ld+json>"
    assert COMPILED is not None
    assert COMPILED.survey(html) == PythonWalk().survey(html)
    assert COMPILED.survey(html).linked == ([3] if spaces <= 505 else [])


@needs_compiled
def test_threads_walk_at_once() -> None:
    """Each of many threads reads its own tree, and all of them the same tree."""
    assert COMPILED is not None
    compiled, kept = COMPILED, list(HOSTILE.values())[5:9] * 4
    shared = parsed(HOSTILE["many classes"])
    wanted = python_columns(shared, {}, read_noscript=False)

    def both(page: str) -> tuple[bool, Columns]:
        return compare(page), compiled.read(shared, {}, read_noscript=False)

    with ThreadPoolExecutor(8) as pool:
        for is_taken, columns in pool.map(both, kept):
            assert is_taken
            assert columns == wanted


@needs_compiled
def test_the_tree_lives_as_long_as_the_walk() -> None:
    assert COMPILED is not None
    wanted = python_columns(parsed("<p>a"), {}, read_noscript=False)
    for _ in range(100):
        assert COMPILED.read(parsed("<p>a"), {}, read_noscript=False) == wanted


def development_pages(data: Path) -> Iterator[str]:
    zstandard = pytest.importorskip("zstandard")
    step = 1 if os.environ.get("CLEANCORPUS_ALL_PAGES") else SAMPLE
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    with (data / "wcxb-dev.jsonl.zst").open("rb") as file:
        for at, line in enumerate(io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8")):
            if at % step == 0:
                yield json.loads(line)["html"]


@pytest.mark.gold
@needs_compiled
def test_both_walks_agree_on_real_pages(data: Path) -> None:
    taken = [compare(page) for page in development_pages(data)]
    assert len(taken) > 200
    assert taken.count(False) <= MOST_NOT_TAKEN * len(taken)


def choose(**environment: str) -> subprocess.CompletedProcess[str]:
    code = "from cleancorpus.segment.html import walk_in_use; print(walk_in_use())"
    return subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_environment_chooses_the_walk() -> None:
    assert choose(CLEANCORPUS_WALK="python").stdout == "python\n"
    best = "python" if COMPILED is None else "compiled"
    assert choose(CLEANCORPUS_WALK="").stdout == f"{best}\n"
    forced = choose(CLEANCORPUS_WALK="compiled")
    assert forced.stdout == ("" if COMPILED is None else "compiled\n")
    assert "CLEANCORPUS_WALK must be python or compiled, not 'fast'" in (
        choose(CLEANCORPUS_WALK="fast").stderr
    )


def test_a_walk_that_cannot_serve_is_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cleancorpus.segment.html._compiled", None)
    chosen_walk.cache_clear()
    try:
        monkeypatch.setenv(choice.VARIABLE, "compiled")
        with pytest.raises(OptionError, match="asks for the compiled walk, which cannot serve"):
            walk_in_use()
        monkeypatch.delenv(choice.VARIABLE)
        assert walk_in_use() == "python"
        assert walk("<p>a").text == ["a"]
    finally:
        chosen_walk.cache_clear()


def test_the_python_walk_is_always_there() -> None:
    columns = PythonWalk.read(parsed("<p>a"), {}, read_noscript=False)
    assert columns.text == ["a"]
