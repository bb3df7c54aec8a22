from __future__ import annotations

import cProfile
import io
import json
import pickle
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hanging import must_not_hang
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleancorpus import Block, Kind, Record, clean, segment
from cleancorpus.errors import RecordError, TooDeep
from cleancorpus.segment.decode import declared_charset
from cleancorpus.segment.html import Columns, html_blocks, walk
from cleancorpus.segment.html.choice import PythonWalk
from cleancorpus.segment.html.finish import MOST_BLOCKS
from cleancorpus.segment.html.walk import walk_with
from cleancorpus.testing import pages

NOT_TEXT = frozenset(("script", "style", "template", "head", "title"))
LEFT_AS_TEXT = ("iframe", "noframes", "noembed")  # the parser leaves their markup as text
LEAST_FOUND = 0.97


def texts(page: str) -> list[str]:
    return [block.text for block in html_blocks(page)]


def kinds(page: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in html_blocks(page)]


def squeezed(text: str) -> str:
    return "".join(text.split())


def text_nodes(node: LexborNode, *, with_noscript: bool) -> Iterator[str]:
    """The texts of a tree in order, taken the slow and plain way."""
    for child in node.iter(include_text=True):
        if child.is_text_node:
            yield child.text_content or ""
        elif child.tag in NOT_TEXT or (child.tag == "noscript" and not with_noscript):
            continue
        elif child.tag in LEFT_AS_TEXT:
            inner = LexborHTMLParser(child.text())
            inner.strip_tags(sorted(NOT_TEXT - {"head"}))
            assert inner.root is not None
            yield inner.root.text()
        elif child.is_element_node:
            yield from text_nodes(child, with_noscript=with_noscript)


def visible(page: str) -> str:
    root = LexborHTMLParser(page).root
    assert root is not None
    without, with_noscript = (
        "".join(text_nodes(root, with_noscript=read)) for read in (False, True)
    )
    return with_noscript if len(squeezed(without)) < 400 else without


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<p>One\n two  <b>th</b>ree</p><p>four", ["One two three", "four"]),
        ("<div>a<p>b</p>c</div>", ["a", "b", "c"]),
        ("<div>a<br>b<br/>\n<br>c</div>", ["a\nb", "c"]),
        ("a<br><br><br>b", ["a", "b"]),
        ("<p>a<br></p>b", ["a", "b"]),
        ("<p>&nbsp;</p><p>a&nbsp;b&#x3000; c &nbsp;</p>", ["a\xa0b\u3000 c"]),
        ("<p>a&lt;b &amp; c&#39;s", ["a<b & c's"]),
        ("<script>x</script><style>y</style><template><p>z</template>a", ["a"]),
        ("<title>x</title><body>a<svg><title>x</title><path/></svg>b", ["ab"]),
        ("<p>a<svg><text>in the drawing</text></svg>", ["a", "in the drawing"]),
        ("a<!-- b -->c<?php d ?>e", ["ace"]),
        ("<p>a<img alt='b'>c<input value='d'>", ["ac"]),
        ("<button>a</button><textarea>\nb\n c</textarea>", ["a", "b\n c"]),
        ("<select><optgroup label=x><option>a<option>b</select>", ["a", "b"]),
        ("<form><div><span>a</span></div><table><tr><td>b</table></form>", ["a", "b"]),
        ("<iframe><p>a &amp; <b>b</b></p></iframe>", ["a & b"]),
        ("<math><iframe><mi>a &amp;</mi> b</iframe></math>c", ["a & b", "c"]),
        ("<pre></pre>a<textarea></textarea><br>b<br><br>c", ["a", "b", "c"]),
        ("<p>a<svg><style>x</style><path/></svg>b", ["ab"]),
        ("<table><tr><td>a<td><xmp>b\n c</xmp></table><p>d", ["a", "b\n c", "d"]),
        ("<frameset><frame src=x><noframes><p>a</noframes></frameset>", ["a"]),
        ("<object><p>a</object><video>b</video>", ["a", "b"]),
        ("<p>a<x-y>b</x-y>c", ["a", "b", "c"]),
        ("<p>Let <math><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow></math>.", ["Let x=1."]),
        ("<a href=x><h2>a</h2><p>b</p></a>", ["a", "b"]),
        ("</p></div>a<p>b</i><td>c<li>d", ["a", "bc", "d"]),
        ("<table>a<tr><td>b</table>c", ["a", "b", "c"]),
        ("a</body></html>b", ["ab"]),
        ("", []),
        ("<", ["<"]),
    ],
)
def test_blocks_are_cut_where_a_reader_sees_them_end(page: str, found: list[str]) -> None:
    assert texts(page) == found


def test_a_row_is_a_block_with_a_tab_between_cells() -> None:
    page = (
        "<table><tr><th></th><th>Day</th></tr>"
        "<tr><td>Tea<br>green</td><td><p>Mon<a href=x>day</a></p></td></tr>"
        "<tr><td>all</td></tr></table>"
    )
    assert kinds(page) == [
        ("table-row", "\tDay"),
        ("table-row", "Tea green\tMonday"),
        ("line", "all"),
    ]
    assert [block.link_chars for block in html_blocks(page)] == [0, 3, 0]
    assert html_blocks(page)[1].locator == "html/body/table/tbody/tr[2]"


@pytest.mark.parametrize(
    "cell",
    [
        "<p>a<p>b",
        "<ul><li>a<li>b</ul>",
        "<h1>a</h1>b",
        "a<br><br>b",
        "<table><tr><td>a<td>b</table>c",
    ],
)
def test_a_table_that_lays_out_the_page_is_no_table(cell: str) -> None:
    found = html_blocks(f"<table><tr><td>menu<td>{cell}</table>")
    assert found[0].text == "menu"
    assert len(found) > 2 or found[1].kind is Kind.TABLE_ROW


def test_code_keeps_its_lines() -> None:
    page = (
        "<pre>\n\n  if x:\n    <b>y</b>()\n\n\n<span>z</span><br>end  \n</pre>"
        "<pre></pre><pre><div>a\n b</div>"
    )
    assert kinds(page) == [("code", "  if x:\n    y()\n\n\nz\nend"), ("code", "a\n b")]


def test_kinds_come_from_the_nearest_element_that_gives_one() -> None:
    page = (
        "<h3>a</h3><ul><li>b<ul><li><p>c</p><p>d</p></ul>e</ul><dl><dt>f<dd>g</dl>"
        "<figure><figcaption><p>h</figcaption></figure><blockquote><p>i<ul><li>j</ul></blockquote>"
        "<table><caption>k</caption></table><p>l</p><div>m"
    )
    found = [(block.kind.value, block.text, block.level) for block in html_blocks(page)]
    assert found == [
        ("heading", "a", 3),
        ("list-item", "b", 1),
        ("list-item", "c", 2),
        ("paragraph", "d", 0),
        ("line", "e", 0),
        ("list-item", "f", 1),
        ("list-item", "g", 1),
        ("caption", "h", 0),
        ("quote", "i", 0),
        ("list-item", "j", 1),
        ("caption", "k", 0),
        ("paragraph", "l", 0),
        ("line", "m", 0),
    ]


@pytest.mark.parametrize(
    "top",
    [
        "<div hidden>{}</div>",
        "<div hidden='until-found'>{}</div>",
        "<div style='color: red; DISPLAY : none'>{}</div>",
        "<p>x</p><span style='visibility:hidden'>{}</span>",
        "<section aria-hidden=true hidden>{}</section>",
        "<dialog>{}</dialog>",
        "<datalist><option>{}</datalist>",
        "<iframe>{}</iframe>",
    ],
)
def test_what_is_hidden_is_read_and_marked(top: str) -> None:
    before, hidden, after = html_blocks(
        "<p>before</p>" + top.replace("<p>x</p>", "").format("in") + "after"
    )
    assert (before.hidden, hidden.hidden, after.hidden) == (False, True, False)
    assert hidden.text == "in"


def test_hidden_words_are_no_part_of_a_paragraph() -> None:
    found = html_blocks("<p>One <span hidden>two</span> three")
    assert [(block.text, block.hidden) for block in found] == [
        ("One", False),
        ("two", True),
        ("three", False),
    ]


def test_an_open_dialog_and_details_are_shown() -> None:
    found = html_blocks("<dialog open>a</dialog><details><summary>b</summary>c</details>")
    assert [block.hidden for block in found] == [False, False, False]


def test_noscript_is_read_where_the_rest_is_nearly_empty() -> None:
    inner = "<noscript><p>Turn <b>it</b> on</p></noscript>"
    assert texts(f"<p>Loading</p>{inner}") == ["Loading", "Turn it on"]
    assert texts(f"<p>{'word ' * 200}</p>{inner}") == [("word " * 200).strip()]
    pixel = "<noscript><img src=x>on</noscript>"
    assert texts(f"<p>{'word ' * 60}{pixel}{'word ' * 60}</p>") == [("word " * 120).strip()]


def test_link_characters_are_counted() -> None:
    (block,) = html_blocks("<p>See <a href=x>the <b>old</b>\n pier</a> and <a>here</a>.")
    assert block.link_chars == len("the") + len("old") + len("pier") + len("here")
    assert [block.link_chars for block in html_blocks("<a><p>all of it</p><div>x</div></a>y")] == [
        9,
        1,
        0,
    ]


def test_containers_are_told_nearest_first() -> None:
    page = (
        "<body class='single-post'><div id=mainContent role=main>"
        "<article class='c-post__body col2'>"
        "<p aria-label='Read more'>a</p>b</article></div><my-footer>c"
    )
    first, second, third = html_blocks(page)
    assert first.place is not None
    assert first.place.tags == ("p", "article", "div", "body", "html")
    assert first.containers[0] == {"p", "read", "more"}
    assert first.containers[1] == {"article", "c", "post", "body", "col"}
    assert {"main", "content", "single", "div"} <= first.tokens
    assert second.tokens < first.tokens
    assert third.locator == "html/body/my-footer"
    assert third.containers[0] == {"my", "footer"}
    assert (Block("a").locator, Block("a").containers, Block("a").tokens) == (None, (), frozenset())


def test_a_class_text_is_read_to_a_limit() -> None:
    (block,) = html_blocks(
        f"<p class='{' '.join(f'c{n}' for n in range(100_000))}' id='{'i' * 10_000}'>a"
    )
    assert block.place is not None
    assert sum(map(len, block.containers[0])) < 1_000


@given(pages(), st.sampled_from(("", "<p>" + "word " * 200)))
def test_every_visible_character_is_in_exactly_one_block(page: str, before: str) -> None:
    assert squeezed("".join(texts(before + page))) == squeezed(visible(before + page))


@given(pages())
def test_blocks_are_never_blank_and_columns_agree(page: str) -> None:
    columns = walk(page)
    elements = columns.elements
    for text, chars, link_chars in zip(
        columns.text, columns.chars, columns.link_chars, strict=True
    ):
        assert text.strip()
        assert len(text) == chars >= link_chars
    for row, parent in enumerate(elements.parent):
        assert parent < row < elements.end[row] <= len(elements.parent)
        assert elements.first_block[row] <= elements.end_block[row] <= len(columns.text)
        if row:
            assert elements.end[row] <= elements.end[parent]
            assert elements.depth[row] == elements.depth[parent] + 1
            assert elements.first_block[parent] <= elements.first_block[row]
            assert elements.end_block[row] <= elements.end_block[parent]
    for at, row in enumerate(columns.element):
        assert elements.first_block[row] <= at < elements.end_block[row]
    assert len(set(zip(columns.element, columns.part, strict=True))) == len(columns.text)


@given(pages())
def test_a_locator_leads_to_the_element_that_holds_the_text(page: str) -> None:
    tree = LexborHTMLParser(page)
    for block in html_blocks(page):
        assert block.locator is not None
        if not re.fullmatch(r"[a-z0-9/\[\]-]+", block.locator):
            continue  # names that CSS would want escaped
        steps = re.sub(r"\[(\d+)\]", r":nth-of-type(\1)", block.locator).split("/")
        (found,) = tree.css(" > ".join(steps))
        assert squeezed(block.text) in squeezed("".join(text_nodes(found, with_noscript=True))) or (
            found.tag in LEFT_AS_TEXT
        )


@given(pages())
def test_a_page_survives_pickling(page: str) -> None:
    document = segment(Record(page, media="html"))
    again = pickle.loads(pickle.dumps(document))  # noqa: S301 - our own bytes
    assert again == document
    assert [block.locator for block in again.blocks] == [block.locator for block in document.blocks]
    assert [block.tokens for block in again.blocks] == [block.tokens for block in document.blocks]


def test_what_the_page_says_of_itself_is_metadata() -> None:
    page = (
        "<html lang=de-AT><head><title>Tee | Der Hafen</title>"
        "<meta property=og:title content=' Tee \n kochen'>"
        "<meta property='og:site_name' content='Der Hafen'><script type='application/ld+json'>"
        '{"@graph": [{"@type": "WebSite"}, {"headline": "x", '
        '"author": [{"name": "Ada Marsh"}, {"name": "B"}],\n'
        '"datePublished": "2024-03-04"}]}</script>'
        "</head><p>a"
    )
    assert segment(Record(page)).metadata == {
        "title": "Tee kochen",
        "author": "Ada Marsh, B",
        "date": "2024-03-04",
        "site": "Der Hafen",
        "language": "de-AT",
    }
    assert segment(Record("<html><p>a")).metadata == {}
    assert segment(Record("<title>T</title>")).metadata == {"title": "T"}
    assert segment(Record("<title>T</title><script type=application/ld+json>{[")).metadata == {
        "title": "T"
    }


@pytest.mark.parametrize(
    ("content", "charset", "text"),
    [
        ("<html><p>né".encode(), None, "né"),
        (b"\xef\xbb\xbf<html><p>n\xc3\xa9", "iso-8859-1", "né"),
        (b"<html><meta charset=utf-8><p>n\xe9", "iso-8859-1", "né"),
        (b"<html><meta charset='ISO-8859-1'><p>n\xe9", None, "né"),
        (
            b"<meta http-equiv=x content='text/html; charset=windows-1251'><p>\xed\xe5\xf2",
            None,
            "нет",
        ),
        ("<html><meta charset=gb2312><p>茶叶鎔".encode("gb18030"), None, "茶叶鎔"),
        ("<html><meta charset=shift_jis><p>お茶①".encode("cp932"), None, "お茶①"),
        ("<html><meta charset=utf-16><p>né".encode(), None, "né"),
        ("<html><meta charset=nonsense><p>né".encode(), None, "né"),
        ("<html><p>né".encode("utf-16"), None, "né"),
    ],
)
def test_bytes_are_read_in_the_charset_that_the_page_declares(
    content: bytes, charset: str | None, text: str
) -> None:
    document = segment(Record(content, charset=charset))
    assert [block.text for block in document.blocks] == [text]


def test_a_charset_is_looked_for_at_the_beginning_only() -> None:
    assert declared_charset(b" " * 1010 + b"<meta charset=koi8-r>") is None
    assert declared_charset(b" " * 900 + b"<meta charset=koi8-r>") == "koi8-r"
    assert declared_charset("<meta charset=koi8-r>") is None
    plain = segment(Record("né <meta charset=koi8-r>".encode(), media="text"))
    assert plain.text == "né <meta charset=koi8-r>"


def test_text_and_markdown_of_a_page() -> None:
    page = (
        "<h2>Tea</h2><p>Boil it.<br># Wait.</p><ul><li>green<li>black<ul><li>Assam</ul></ul>"
        "<table><tr><th>Tea</th><th>min</th></tr><tr><td>a|b</td><td>3</td></tr></table>"
        "<pre>x = 1\n```</pre><blockquote>Old<br>words</blockquote>"
    )
    document = segment(Record(page, media="html"))
    assert document.text == (
        "Tea\n\nBoil it.\n# Wait.\n\ngreen\nblack\nAssam\n\n"
        "Tea\tmin\na|b\t3\n\nx = 1\n```\n\nOld\nwords\n"
    )
    assert document.markdown == (
        "## Tea\n\nBoil it.\\\n\\# Wait.\n\n- green\n- black\n  - Assam\n\n"
        "| Tea | min |\n| --- | --- |\n| a\\|b | 3 |\n\n````\nx = 1\n```\n````\n\n> Old\n> words\n"
    )


def test_lines_of_one_piece_of_code_stay_together() -> None:
    page = "<pre><div>a</div><div>b</div></pre><pre>c</pre>"
    document = segment(Record(page, media="html"))
    assert document.text == "a\nb\n\nc\n"
    assert document.markdown == "```\na\nb\n```\n\n```\nc\n```\n"


def nested(count: int, *names: str) -> str:
    return "".join(f"<{name}>" for name in names) * count


@pytest.mark.parametrize(
    "page",
    [
        nested(100_000, "div"),
        nested(100_000, "div") + "x" + "</div>" * 100_000,
        nested(100_000, "div", "/b"),
        nested(50_000, "b", "div", "/b"),
        nested(50_000, "p", "div"),
        nested(50_000, "li", "section"),
        nested(50_000, "ul", "li"),
        nested(50_000, "form", "div", "/form"),
        nested(50_000, "table", "tr", "td"),
        nested(50_000, "a", "div"),
        nested(100_000, "span"),
        nested(100_000, "x-y"),
        nested(100_000, "div/"),
        "<div><!--</div>-->" * 100_000,
        "<div><!x</div>" * 100_000,
        "<div a='</div>'>" * 100_000,
        '<div a = "></div>">' * 100_000,
        "<div a=</div>" * 100_000,
        "<div></x a='></div>'>" * 100_000,
        "<div><script></div></script>" * 100_000,
        "<textarea><p a='</textarea>" + "<div>" * 100_000,
        "<script><!--<script></script><p a='--></script>" + "<div>" * 100_000,
        "<p '><!--'>-->" + "<div>" * 100_000,
        nested(4_900, "div") + "<p>x</p>" * 50_000,
        "<p>" + "".join(f"<font size={n}>" for n in range(1_000)) + "</p>" + "<p>x</p>" * 1_000,
        "<p>" + "".join(f"<font size={n}>" for n in range(30)) * 3 + "</p>" + "<p>x</p>" * 20_000,
        "<p>" + "".join(f"<i/a{n}>" for n in range(3_000)) + "</p>" + "<p>x</p>" * 3_000,
        "<p>" + "".join(f"<i a='>{n}'>" for n in range(3_000)) + "</p>" + "<p>x</p>" * 3_000,
        "<p>" + "".join(f"<i a={n:080}>" for n in range(3_000)) + "</p>" + "<p>x</p>" * 3_000,
        "<p " + " ".join(f"a{n}=1" for n in range(80_000)) + ">x",
        "<p " + " ".join(f"a{n}='>'" for n in range(80_000)) + ">x",
        "<p " + "".join(f'a{n}=">"' for n in range(80_000)) + ">x",
        "<p " + " ".join(f"a{n}" for n in range(80_000)),
    ],
    ids=lambda page: page[:12],
)
def test_pages_that_would_take_long_are_refused(page: str) -> None:
    with pytest.raises(TooDeep):
        html_blocks(page)


@pytest.mark.parametrize(
    "page",
    [
        nested(9_900, "div", "/b"),
        nested(100_000, "svg", "p", "x/"),
        "<div><!--></div>" * 100_000,
        "<p>" + "".join(f"<i a{n}>" for n in range(4_000)) + "</p>" + "</b>" * 40_000,
        "<" * 200_000,
        "<a" * 100_000,
        "<!--" * 100_000,
        "&amp;" * 200_000,
    ],
    ids=lambda page: page[:12],
)
def test_odd_pages_are_read(page: str) -> None:
    with must_not_hang():
        html_blocks(page)


@pytest.mark.parametrize(
    "page",
    [
        "<p>x" * 20_000,
        "<ul>" + "<li>x" * 20_000,
        "<table>" + "<tr><td>x<td><font size=2>y" * 10_000,
        "<br>x" * 20_000,
        "<p><font size=2>x" * 3_000,
        "<a href=x>y" * 20_000,
        "<div>" * 300 + "x",
        "<i class='icon icon-x'></i>" * 20_000 + "x",
        "<option>x" * 20_000,
        "<p>x<script>" + "if (a<b) c = '" + "a b " * 20_000 + "'</script>",
        "<p>x<div data-x='" + '{"a": "b"} ' * 20_000 + "'></div>",
        "<p>x<!-- <b " + "a b " * 20_000 + " -->",
        "<p>x<!--" + "<div>" * 20_000 + "-->",
        "<p>x<script>" + "'<div>' + " * 20_000 + "''</script>",
        "<p>x<svg>" + "<g/><image/>" * 10_000 + "</svg>",
        "<p>x<a title='" + "<div>" * 20_000 + "'>y</a>",
    ],
    ids=lambda page: page[:12],
)
def test_long_pages_that_are_only_careless_are_read(page: str) -> None:
    assert squeezed("".join(texts(page))) == squeezed(visible(page))


def test_a_refusal_says_why() -> None:
    with pytest.raises(TooDeep, match="more than 5000 elements nested") as caught:
        html_blocks("<div>" * 100_000)
    assert isinstance(caught.value, RecordError)


def test_deep_pages_are_read_to_the_bottom() -> None:
    (block,) = html_blocks("<div>" * 3_000 + "x")
    assert block.place is not None
    assert len(block.place.tags) == 3_002
    assert len(block.containers) < 100


def test_blocks_beyond_the_limit_go_into_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_BLOCKS > 100_000
    monkeypatch.setattr(sys.modules["cleancorpus.segment.html.finish"], "MOST_BLOCKS", 3)
    columns: Columns = walk("<div>a<p>b</p><p>c</p><p>d</p><pre>e</pre></div>")
    assert columns.text == ["a", "b", "c\nd\ne"]
    assert max(columns.elements.end_block) == 3


def test_work_grows_with_the_page_and_not_faster() -> None:
    page = "<div class=a><p>x <a href=y>z</a></p><table><tr><td>a<td>b</table><ul><li>c</ul></div>"

    def calls(times: int) -> int:
        """Count calls instead of seconds, which a busy machine cannot change."""
        profile = cProfile.Profile()
        profile.runcall(walk_with, PythonWalk(), page * times)
        return sum(entry.callcount for entry in profile.getstats())

    assert calls(3_000) < 2.1 * calls(1_500)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


@pytest.mark.gold
def test_the_words_of_gold_texts_are_found_in_blocks(data: Path) -> None:
    zstandard = pytest.importorskip("zstandard")
    with (data / "lines-dev.jsonl").open(encoding="utf-8") as file:
        wanted = {json.loads(line)["id"] for line in file}
    shares = []
    reader = zstandard.ZstdDecompressor(max_window_size=2**31)
    with (data / "wcxb-dev.jsonl.zst").open("rb") as file:
        for line in io.TextIOWrapper(reader.stream_reader(file), encoding="utf-8"):
            page = json.loads(line)
            gold = words(page["main_content"] or "")
            if page["id"] in wanted and gold:
                found = words("\n".join(texts(page["html"])))
                shares.append((gold & found).total() / gold.total())
    assert len(shares) >= 45
    assert sum(shares) / len(shares) >= LEAST_FOUND


def test_a_page_from_bytes_and_from_text_is_cleaned_alike() -> None:
    page = (
        "<html><meta charset=utf-8><nav><a href=/>Home</a></nav>"
        "<p>Der Fährmann setzt wieder über, seit Montag, bei jedem Wetter und für alle.</p>"
    )
    assert clean(page) == clean(page.encode())
