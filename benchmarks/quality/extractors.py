"""Extractors of the field, each as a function from HTML to text, with their defaults.

What is not installed is left out (`pip install --group extractors`; rs-trafilatura is not in that
group, as it has to be compiled on many machines).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Final

import cleancorpus
from cleancorpus.segment import MEDIA

Extract = Callable[[str], str]

# Where a block ends in HTML that an extractor gives, a line ends too.
_BLOCKS = ("p", "div", "li", "br", "tr", "td", "th", "pre", "h1", "h2", "h3", "h4", "h5", "h6")


def _trafilatura() -> Extract:
    from trafilatura import extract  # noqa: PLC0415 - left out where not installed

    return lambda html: extract(html) or ""


def _resiliparse(*, main_content: bool) -> Extract:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415

    return partial(extract_plain_text, main_content=main_content)


def _justext() -> Extract:
    import justext  # noqa: PLC0415

    stop_words = justext.get_stoplist("English")

    def extract(html: str) -> str:
        found = justext.justext(html, stop_words)
        return "\n".join(one.text for one in found if not one.is_boilerplate)

    return extract


def _readability() -> Extract:
    from lxml.html import fromstring  # noqa: PLC0415
    from readability import Document  # noqa: PLC0415

    def extract(html: str) -> str:
        tree = fromstring(Document(html).summary())
        for element in tree.iter(*_BLOCKS):
            element.tail = f"\n{element.tail or ''}"
        return str(tree.text_content())

    return extract


def _rs_trafilatura() -> Extract:
    import rs_trafilatura  # noqa: PLC0415

    return lambda html: rs_trafilatura.extract(html).main_content or ""


def _newspaper() -> Extract:
    from newspaper import Article  # noqa: PLC0415

    def extract(html: str) -> str:
        article = Article("https://example.org/page", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return article.text or ""

    return extract


def _boilerpy() -> Extract:
    from boilerpy3.extractors import ArticleExtractor  # noqa: PLC0415

    return lambda html: str(ArticleExtractor(raise_on_failure=True).get_content(html))


def _html2text() -> Extract:
    from html2text import HTML2Text  # noqa: PLC0415

    def extract(html: str) -> str:
        reader = HTML2Text(bodywidth=0)
        return str(reader.handle(html))

    return extract


def _inscriptis() -> Extract:
    from inscriptis import get_text  # noqa: PLC0415

    extract: Extract = get_text
    return extract


def _html_text() -> Extract:
    from html_text import extract_text  # noqa: PLC0415

    extract: Extract = extract_text
    return extract


def _cleancorpus() -> Extract:
    if "html" not in MEDIA:
        raise ImportError("this version reads no HTML")
    return lambda html: cleancorpus.clean(html, media="html").text


EXTRACTORS: Final[dict[str, Callable[[], Extract]]] = {
    "cleancorpus": _cleancorpus,
    "trafilatura": _trafilatura,
    "rs-trafilatura": _rs_trafilatura,
    "resiliparse": partial(_resiliparse, main_content=True),
    "readability-lxml": _readability,
    "justext": _justext,
    "newspaper4k": _newspaper,
    "boilerpy3": _boilerpy,
    "html2text": _html2text,
    "inscriptis": _inscriptis,
    "html-text": _html_text,
    "resiliparse-all": partial(_resiliparse, main_content=False),
}
"""By name."""

MARKDOWN: Final = frozenset(["html2text"])
"""Those that return Markdown."""


def load(names: Iterable[str]) -> dict[str, Extract]:
    """Return the extractors that are installed, of those named."""
    found = {}
    for name in names:
        if name not in EXTRACTORS:
            sys.exit(f"no extractor named {name}: known are {', '.join(EXTRACTORS)}")
        try:
            found[name] = EXTRACTORS[name]()
        except ImportError as error:
            print(f"left out: {name} ({error})", file=sys.stderr)
    return found
