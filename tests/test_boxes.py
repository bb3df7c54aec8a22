"""What the containers of a page say, and when they are believed."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cleancorpus import BUILTIN, Chain, Document, Filter, Record, clean, segment
from cleancorpus.document import Kind
from cleancorpus.filters import JusText, MainContent
from cleancorpus.outline import TAGS as ALL_TAGS
from cleancorpus.outline import Elements
from cleancorpus.page import read
from cleancorpus.page.boxes import ROLES, Boxes, Told, boxes_compiled, boxes_in_python
from cleancorpus.page.compiled import compiled
from cleancorpus.testing import documents

BODY = """\
<h1>Ferry returns after nine days of storms</h1>
<p>The ferry is back in port, and from Monday it carries cars again between town and islands.</p>
<p>Passengers cheered when the gangway came down, and the office promised a second boat.</p>
<p>The storm had torn away part of the pier, and divers spent a week under water there.</p>
<ul><li>Two lamps</li><li><a href="/r">One rope</a></li></ul>
"""
TAGS = ("nav", "aside", "header", "footer", "dialog", "form")
WORDS = [(role, word) for role, words in ROLES.items() for word in words.split()]


def page(html: str) -> Document:
    return segment(Record(html, media="html"))


def removed(html: str) -> list[str]:
    """What goes, but for short lines that the judge takes, which weighs every element by itself."""
    document = clean(html, "html", chain="default")
    return [
        document.blocks[removal.at].text
        for removal in document.removals
        if removal.filter != MainContent.name or document.blocks[removal.at].kind is Kind.PARAGRAPH
    ]


@given(documents())
def test_boxes_lie_in_order_on_the_page_and_none_in_another(document: Document) -> None:
    found = read(document)
    for role in [*ROLES, "header"]:
        for is_sure in (True, False):
            place = 0
            for box in found.boxes(role):
                if box.is_sure is is_sure:
                    assert place <= box.start < box.end <= len(document.blocks)
                    place = box.end


@pytest.mark.parametrize("media", ["text", "markdown"])
def test_text_without_elements_has_no_boxes(media: str) -> None:
    document = segment(Record("# Menu\n\n- [Tides](/t)\n- [Lamps](/l)\n", media=media))
    assert not any(read(document).boxes(role) for role in ROLES)


@pytest.mark.parametrize(("role", "word"), WORDS)
@pytest.mark.parametrize("place", ['class="{}"', 'id="site-{}"', 'class="a {}__list"'])
def test_a_word_of_class_or_id_names_a_small_container(role: str, word: str, place: str) -> None:
    found = read(page(f"{BODY}<div {place.format(word)}><div>Tides</div></div>"))
    assert [(box.name, box.told) for box in found.boxes(role)] == [(word, Told.NAME)]


@pytest.mark.parametrize("name", ["navy", "unfollow", "cookiecutter", "a~b", "formal", "nAv", ""])
def test_a_word_in_another_word_names_nothing(name: str) -> None:
    found = read(page(f'{BODY}<div class="{name}"><div>Tides</div></div>'))
    assert not any(found.boxes(role) for role in ROLES)


def test_parts_of_a_word_in_camel_case_are_words() -> None:
    found = read(page(f'{BODY}<div class="siteNavBar~x"></div><div class="mainMenu">Tides</div>'))
    assert [box.name for box in found.boxes("navigation")] == ["menu"]


@pytest.mark.parametrize("tag", TAGS)
def test_an_element_is_surer_than_its_name_and_comes_first(tag: str) -> None:
    html = f'{BODY}<div class="{tag}"><div>Lamps</div></div><{tag}><div>Tides</div></{tag}>'
    role = "navigation" if tag == "nav" else tag
    first, *_ = read(page(html)).boxes(role)
    assert (first.told, first.is_sure) == (Told.TAG, True)


def test_an_aria_role_is_as_sure_as_an_element() -> None:
    found = read(page(f'{BODY}<div role="navigation"><div>Tides</div></div>'))
    (box,) = found.boxes("navigation")
    assert box.is_sure
    assert box.says(found.lines[-1]) == (
        "stands in a container with the role 'navigation', 1 words"
    )


def test_evidence_tells_the_element_and_whether_the_line_is_a_link() -> None:
    document = clean(f'{BODY}<nav><a href="/t">Tide tables</a></nav>', "html", chain="default")
    assert document.removals[-1].because == "stands in <nav>, 2 words, most of them link"


@pytest.mark.parametrize("name", [*TAGS, *(word for _, word in WORDS)])
def test_a_container_of_the_main_content_takes_nothing_away(name: str) -> None:
    bare = removed(BODY)
    assert removed(f'<div class="{name}">{BODY}</div>') == bare
    if name in TAGS:
        assert removed(f"<{name}>{BODY}</{name}>") == bare


@pytest.mark.parametrize(
    "filter_type",
    [one for one in BUILTIN if one not in (JusText, MainContent)],  # which judge everything
    ids=lambda filter_type: filter_type.name,
)
def test_running_text_of_an_article_stays_in_small_containers(filter_type: type[Filter]) -> None:
    more = "<p>The harbour office will publish a new timetable in June, when the boat is back.</p>"
    html = f'{BODY * 9}<div class="navigation related form"><div>{more}</div></div>{BODY}'
    document = Chain((filter_type(),)).clean(page(html))
    kept = [block.text for block in document.kept]
    assert any("new timetable" in text for text in kept)


def test_a_named_container_of_much_of_a_page_without_running_text_is_not_small() -> None:
    items = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in ("Oil", "Rope", "Tar"))
    found = read(page(f'<div class="footer"><ul>{items}</ul></div><div>Lamps</div>'))
    assert not found.boxes("footer")
    assert found.zone(0) == "inside the body"


def test_of_containers_in_each_other_the_outer_one_is_meant() -> None:
    inner = '<div class="nav"><div>Tides</div></div>'
    found = read(page(f'{BODY}<div id="menu">{inner}<div>Lamps</div></div>'))
    assert [(box.name, box.end - box.start) for box in found.boxes("navigation")] == [("menu", 2)]


needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")

names = st.lists(
    st.one_of(
        st.sampled_from([word for _, word in WORDS]),
        st.sampled_from(["siteNav", "c-related__item", "x1", "~", "é", "\ud800", "\0", "A" * 40]),
        st.text(max_size=3),
    ),
    max_size=4,
).flatmap(lambda found: st.sampled_from([" ", "-", ""]).map(lambda glue: glue.join(found)))
rows = st.tuples(
    st.integers(0, len(ALL_TAGS) - 1) | st.sampled_from([ALL_TAGS.index(tag) for tag in TAGS]),
    st.integers(0, 20),
    st.integers(0, 12),
    st.integers(0, 3),
    st.lists(st.tuples(st.sampled_from(["id", "role", "aria-label"]), names), max_size=2),
)


def elements_of(drawn: list[tuple[int, int, int, int, list[tuple[str, str]]]]) -> Elements:
    found = Elements()
    for row, (tag, start, length, class_at, attributes) in enumerate(drawn):
        found.tag.append(tag)
        found.first_block.append(start)
        found.end_block.append(start + length)
        found.class_at.append(class_at)
        for name, text in attributes:
            found.attribute_rows.append(row)
            found.attribute_names.append(name)
            found.attribute_texts.append(text)
    return found


def by_role(boxes: Boxes) -> tuple[object, ...]:
    return {role: found for role, found in boxes.small.items() if found}, set(boxes.large)


@needs_compiled
@given(
    st.lists(rows, max_size=12),
    st.lists(names, min_size=3, max_size=3),
    st.dictionaries(st.integers(0, 31), st.integers(10, 90), max_size=6),
)
@example([(0, 0, 3, 1, []), (0, 2, 3, 1, []), (0, 3, 1, 2, [])], ["siteNav", "nav menu", ""], {})
@example([(0, 0, 1, 1, [("id", "nav"), ("role", "navigation form")])], ["nav~footer", "", ""], {})
@example([(0, 0, 1, 1, [])], ["nav " * 70 + "footer", "", ""], {})
def test_the_compiled_twin_finds_the_same_boxes(
    drawn: list[tuple[int, int, int, int, list[tuple[str, str]]]],
    classes: list[str],
    prose: dict[int, int],
) -> None:
    module = compiled()
    assert module is not None
    elements = elements_of(drawn)
    elements.classes.extend(classes)
    places, words = sorted(prose), [0, *itertools.accumulate(map(prose.__getitem__, sorted(prose)))]
    found = boxes_compiled(module, elements, places, words, 32)
    assert by_role(found) == by_role(boxes_in_python(elements, places, words, 32))


@needs_compiled
def test_columns_that_do_not_fit_are_refused() -> None:
    module = compiled()
    assert module is not None
    elements = elements_of([(0, 0, 1, 0, [])])
    with pytest.raises(ValueError, match="length"):
        boxes_compiled(module, elements, [0], [0], 1)
    elements.class_at[0] = 9
    with pytest.raises(IndexError):
        boxes_compiled(module, elements, [], [0], 1)


def test_a_block_opens_the_containers_that_begin_with_it_and_hold_more() -> None:
    document = page(
        "<body><p>Ferry</p><section><div><div><h3>Related</h3></div></div><ul><li>Pier</li></ul>"
        "</section><p>Tides</p></body>"
    )
    opened = [
        list(block.place.opened(at)) for at, block in enumerate(document.blocks) if block.place
    ]
    assert opened == [[range(4)], [range(1, 3)], [], []]
