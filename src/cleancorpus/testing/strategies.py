r"""What properties are run on: any text, realistic articles, and documents of every shape.

All strategies shrink towards the little: English before other languages, the first line of a
kind before later ones, fewer parts before more, `"\n"` before odd line ends, a document without
removals before one with some. A failing property so ends in a document of one or two lines.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from cleancorpus.document import Block, Document, Kind, Record, Removal
from cleancorpus.errors import MissingExtra
from cleancorpus.segment import MEDIA, segment
from cleancorpus.testing.building import lay_out
from cleancorpus.testing.pages import pages
from cleancorpus.testing.parts import PARTS

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.testing needs hypothesis: pip install 'cleancorpus[testing]'"
    ) from error

LINE_ENDS: Final = ("\n", "\r\n", "\r", "\n\n", "\v", "\f", "\x1c", "\x85", "\u2028", "\u2029")
_GAPS: Final = ("\n", "\n\n", "\r\n", " \n\t\n", "\f", "\u2028")
_MARKS: Final = ("", "- ", "  • ", "1. ", "## ", "> ", "\t")
_MARKDOWN: Final = (
    "# Tea", "- [Home](/)", "[News](/news) and [sport](/sport)", "> quoted", "| a | b |",
    "```", "    code", "*fresh* `water`", "Title\n=====", "---", "1\n2\n3",
)  # fmt: skip
_SCRAPS: Final = (
    "-", "•", "…", "1 2 3", "Home > News > Sport", "0:00 / 2:47", "{{ title }}", "[/caption]",
    "12 March 2024", "var a = {b: 1};", "Jane wrote:", "Contents:", "post@harbour.example",
    "Tel. +44 20 7946 0000", "Copyright", "undefined", "The", "3 of 12",
)  # fmt: skip
_LINES: Final = tuple(
    line for parts in PARTS.values() for lines in parts.values() for line in lines
)
_ENGLISH_LINES: Final = tuple(line for lines in PARTS["en"].values() for line in lines)
_MOST_PARTS: Final = 4  # of one kind in an article
_MOST_BLOCKS: Final = 10
_MOST_LEVEL: Final = 6


@dataclass(frozen=True, slots=True)
class Part:
    """A line of an article and the label of what it is (`"content"`, `"byline"`, `"nav"`, ...)."""

    text: str
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    r"""An article as a scraper delivers it, with what each of its lines is.

    Example:
        >>> article = Article((Part("Home", "nav"), Part("The ferry is back.", "content")))
        >>> article.text
        'Home\nThe ferry is back.\n'
        >>> article.lines("content")
        ('The ferry is back.',)
    """

    parts: tuple[Part, ...]
    language: str = "en"
    line_end: str = "\n"

    @property
    def text(self) -> str:
        """The article as one plain text."""
        return "".join(part.text + self.line_end for part in self.parts)

    def lines(self, *labels: str) -> tuple[str, ...]:
        """Return the texts of the parts with one of these labels, in order."""
        return tuple(part.text for part in self.parts if part.label in labels)


def texts(max_pieces: int = 8) -> st.SearchStrategy[str]:
    """Any text without surrogates: all scripts, odd line ends, blank lines, and real phrases.

    Shrinks to the empty text, its pieces to English ones.
    """
    piece = st.one_of(
        st.sampled_from(_ENGLISH_LINES),
        st.sampled_from(_SCRAPS + _MARKDOWN),
        st.sampled_from(_LINES),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
        st.text(" \t\n\r\f\v\u2028\u00a0\u200b\ufeff#>-*`|[]()1.", max_size=12),
    )
    pairs = st.tuples(piece, st.sampled_from((*LINE_ENDS, "", " ")))
    return st.lists(pairs, max_size=max_pieces).map(lambda found: "".join(map("".join, found)))


@st.composite
def articles(
    draw: st.DrawFn, languages: tuple[str, ...] = tuple(PARTS), min_paragraphs: int = 1
) -> Article:
    """Articles put together from parts with known labels, furniture around the text.

    The title and the paragraphs come in their order and once each; everything else may be
    there or not. Shrinks to an English title with the paragraphs that are asked for.
    """
    language = draw(st.sampled_from(languages))
    parts = PARTS[language]
    # Drawn alike for every language: with fewer choices to make, another would seem simpler
    # than English.
    number = st.integers(0, _MOST_PARTS)

    def some(kind: str, least: int = 0) -> list[Part]:
        """The first few lines of a kind, often none."""
        label = "legal" if kind == "consent" else kind
        return [Part(text, label) for text in parts[kind][: least + draw(number)]]

    title = Part(parts["title"][draw(number) % len(parts["title"])], "title")
    body = some("content", min_paragraphs)
    inserted, at = [*some("ad"), *some("ui")], draw(number)
    body[at:at] = inserted
    head = [*some("consent"), *some("nav"), title, *some("byline"), *some("caption")]
    tail = [*some("share"), *some("related"), *some("comment"), *some("legal")]
    line_end = draw(st.sampled_from(("\n", "\n\n", "\r\n")))
    return Article((*head, *body, *tail), language, line_end)


@st.composite
def blocks(draw: st.DrawFn) -> Block:
    """Blocks of every kind with all fields but the place, blank and many-lined ones too.

    `shown` is the text without some of its characters, as inline markup goes.
    """
    lines = st.sampled_from(_ENGLISH_LINES + _SCRAPS + _MARKDOWN + _LINES)
    text = draw(st.one_of(lines, lines, texts(2)))
    block = Block(
        text, draw(st.sampled_from([Kind.LINE, *Kind])), mark=draw(st.sampled_from(_MARKS))
    )
    if draw(st.booleans()):
        shown = "".join(char for char in text if char not in "*_`[]()#")
        block = replace(
            block,
            level=draw(st.integers(0, _MOST_LEVEL)),
            shown=None if shown == text else shown,
            link_chars=draw(st.integers(0, len(shown))),
        )
    return block


@st.composite
def documents(draw: st.DrawFn, max_blocks: int = _MOST_BLOCKS) -> Document:
    """Documents of every shape: segmented from a text or built of blocks, some already marked.

    With and without a source, of every media that can be segmented. Shrinks to fewer and
    simpler blocks, then to no source and no removals.
    """
    media = draw(st.sampled_from(("text", "markdown", *MEDIA)))  # pages are slower to read
    shape = draw(st.sampled_from(("built", "laid out", "article", "text")))
    if shape in ("built", "laid out"):
        found = tuple(draw(st.lists(blocks(), max_size=max_blocks)))
        document = Document(found, media=media)
        if shape == "laid out" and media != "html":  # which has no flat source
            gaps = draw(st.lists(st.sampled_from(_GAPS), max_size=len(found)))
            document = lay_out(found, gaps, media, draw(st.sampled_from(("", *_GAPS))))
    else:
        text = draw(articles()).text if shape == "article" else draw(texts())
        if media == "html":
            text = draw(pages(text.splitlines()))
        document = segment(Record(text, media=media))
    if draw(st.booleans()):
        document = replace(
            document,
            url="https://harbour.example/lamp",
            id="lamp",
            metadata={"title": "A lamp"},
            mended=("a",),
        )
    return document.mark(draw(_removals(len(document.blocks))))


@st.composite
def _removals(draw: st.DrawFn, count: int) -> list[Removal]:
    """What an earlier filter may have marked, often nothing."""
    if not count or not draw(st.booleans()):
        return []
    places = draw(st.lists(st.integers(0, count - 1), unique=True, max_size=3))
    score = draw(st.none() | st.floats(0, 1))
    return [Removal(at, "earlier", "marked before", score) for at in places]
