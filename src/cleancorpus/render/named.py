"""The renderers by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from cleancorpus.document import Document
from cleancorpus.errors import UnknownRendering
from cleancorpus.render.markdown import to_markdown
from cleancorpus.render.markup import to_html
from cleancorpus.render.plain import to_text
from cleancorpus.render.source import to_source

RENDERINGS: Final[Mapping[str, Callable[[Document], str]]] = {
    "text": to_text,
    "markdown": to_markdown,
    "html": to_html,
}


def render(document: Document, name: str | None = None) -> str:
    r"""Return the kept blocks in the rendering of that name; without one, as they stood.

    Of HTML, whose source is not written again, that is plain text.

    Raises:
        UnknownRendering: there is none of that name; the message offers the nearest names.

    Example:
        >>> from cleancorpus import clean
        >>> tea = clean("<h1>Tea</h1>", "html", chain="none")
        >>> render(tea), render(tea, "markdown")
        ('Tea\n', '# Tea\n')
    """
    if name is None:
        return to_source(document)
    check_rendering(name)
    return RENDERINGS[name](document)


def check_rendering(name: str) -> None:
    """Refuse a name that no renderer has.

    Raises:
        UnknownRendering: the message offers the nearest names.
    """
    if name not in RENDERINGS:
        raise UnknownRendering(name, RENDERINGS)
