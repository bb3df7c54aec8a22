"""HTML pages of every shape: whole and broken, nested, hidden, in tables, lists and forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cleancorpus.errors import MissingExtra

try:
    from hypothesis import strategies as st
except ImportError as error:
    raise MissingExtra(
        "cleancorpus.testing needs hypothesis: pip install 'cleancorpus[testing]'"
    ) from error

_TAGS: Final = (
    "p", "div", "li", "ul", "ol", "h2", "a href='/x'", "b", "span", "br", "br/", "td", "tr",
    "table", "th", "pre", "blockquote", "figure", "figcaption", "nav class='menu'", "footer id=f",
    "main", "div hidden", "span style='display: none'", "section role=main", "dl", "dt", "dd",
    "button", "select", "option", "textarea", "form", "fieldset", "svg", "title", "desc", "math",
    "mi", "iframe", "noscript", "template", "script", "style", "x-card", "details", "summary",
    "dialog", "hr", "img", "caption", "tbody", "body class='page'", "html", "head", "frameset",
    "noframes", "object", "article",
)  # fmt: skip
_SCRAPS: Final = (
    "&nbsp;", "&amp;", " ", "\n", "\t", "\u3000", "\u200b", "<!-- no -->", "<!", "<", "&", "<p",
    "<![CDATA[x]]>", "<?php x ?>", "</", "&#1;", "\x0c", "x", "one two", "\r\n",
)  # fmt: skip


def pages(lines: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Pages of tags, ends of tags and pieces of text in any order, with these lines among them.

    Shrinks to the empty page.
    """
    names = st.sampled_from(_TAGS)
    piece = st.one_of(
        names.map(lambda name: f"<{name}>"),
        names.map(lambda name: f"</{name.split()[0]}>"),
        st.sampled_from((*_SCRAPS, *lines)),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
    )
    return st.lists(piece, max_size=30).map("".join)
