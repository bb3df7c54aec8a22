"""Pages with the text that belongs to them, and what an extractor made of these pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cleancorpus.errors import GoldError
from cleancorpus.evaluate.files import read_objects

_HTML: Final = "html"
_CONTENT_FIELDS: Final = (_HTML, "text")


@dataclass(frozen=True, slots=True)
class GoldPage:
    """A page, the text that belongs to it, and snippets that a clean text has or has not.

    `gold` is None where nobody wrote the text down, `content` where the page itself is not in
    the file; `place` is file and line, for messages.
    """

    id: str
    gold: str | None
    content: str | None = None
    media: str | None = None
    url: str | None = None
    page_type: str | None = None
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    place: str = ""


def read_pages(
    path: Path, field: str | None = None, on_read: Callable[[int], object] | None = None
) -> Iterator[GoldPage]:
    """Yield the pages of a JSONL file, which may be packed with gzip or zstd.

    A line has `id` and `main_content`, and may have `url`, `page_type`, `must_contain`,
    `must_not_contain` and the page itself: in `field`, else in `html`, else in `text`.
    `on_read` is told, page by page, how many bytes of the file were read for it.

    Raises:
        GoldError: a line does not have that form, or an id stands there twice; the message
            names file and line.
        MissingExtra: the file is packed with zstd, and zstandard is not installed.
    """
    seen: set[str] = set()
    for number, page in read_objects(path, "a page", on_read):
        line = _Line(page, f"{path}, line {number}")
        if "main_content" not in page:
            raise GoldError(f"{line.place}: there is no field 'main_content'")
        names = _CONTENT_FIELDS if field is None else (field,)
        source = next((name for name in names if line.text(name) is not None), None)
        yield GoldPage(
            id=line.new_id(seen),
            gold=line.text("main_content"),
            content=None if source is None else line.text(source),
            media=_HTML if source == _HTML else None,
            url=line.text("url"),
            page_type=line.text("page_type"),
            must_contain=line.snippets("must_contain"),
            must_not_contain=line.snippets("must_not_contain"),
            place=line.place,
        )


class Answers:
    """What an extractor made of pages, by id: call it with a page to get the text, or None.

    The file is JSONL of `id` and `text`, which may be null for an empty text. Answers in the
    order of the pages are read as they are asked for; those that come before their turn wait
    in memory.

    Raises:
        GoldError: when called, if a line does not have that form, or an id stands there twice.
        MissingExtra: when called, if the file is packed with zstd and zstandard is not installed.
    """

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._unread = _read_answers(path)
        self._waiting: dict[str, str] = {}

    def __call__(self, page: GoldPage) -> str | None:
        """Return the text that answers a page; each answer is given once."""
        if page.id in self._waiting:
            return self._waiting.pop(page.id)
        for page_id, text in self._unread:
            if page_id == page.id:
                return text
            self._waiting[page_id] = text
        return None

    def count_left(self) -> int:
        """Return how many answers no page asked for, once all pages have been scored."""
        return len(self._waiting) + sum(1 for _ in self._unread)


def _read_answers(path: Path) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for number, answer in read_objects(path, "an answer"):
        line = _Line(answer, f"{path}, line {number}")
        if "text" not in answer:
            raise GoldError(f"{line.place}: there is no field 'text'")
        yield line.new_id(seen), line.text("text") or ""


@dataclass(frozen=True, slots=True)
class _Line:
    """The fields of a line, each checked when it is asked for."""

    fields: Mapping[str, Any]
    place: str

    def new_id(self, seen: set[str]) -> str:
        """The line's id, which is added to those that were seen."""
        found = self.fields.get("id")
        if isinstance(found, bool) or not isinstance(found, str | int):
            raise GoldError(f"{self.place}: there is no 'id' that is a text or a whole number")
        page_id = str(found)
        if page_id in seen:
            raise GoldError(f"{self.place}: the id {page_id!r} stands in an earlier line too")
        seen.add(page_id)
        return page_id

    def text(self, name: str) -> str | None:
        """A field that holds a text, or null, or is not there."""
        found = self.fields.get(name)
        if found is None or isinstance(found, str):
            return found
        raise GoldError(f"{self.place}: the field {name!r} holds no text")

    def snippets(self, name: str) -> tuple[str, ...]:
        """A field that holds a list of texts, or null, or is not there."""
        found = self.fields.get(name) or []
        if isinstance(found, list) and all(isinstance(one, str) for one in found):
            return tuple(found)
        raise GoldError(f"{self.place}: the field {name!r} is no list of texts")
