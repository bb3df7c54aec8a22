"""JSONL: a record a line, the text in one field, all other fields as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Final

from cleancorpus.document import Document, Record, Removal
from cleancorpus.errors import RecordError
from cleancorpus.formats.base import Entry
from cleancorpus.render.named import render

REMOVALS: Final = "removals"
HTML: Final = "html"
TEXT: Final = "text"

_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\r\n]*")
_SHOWN_FIELDS = 8
# Numbers stay text: values are only looked at to find where they end, and Python refuses to
# read integers of more than a few thousand digits.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


@dataclass(frozen=True, slots=True)
class _Member:
    """A field of a line: its name, its value, and where the value's characters lie."""

    name: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class JsonLines:
    r"""Lines of JSON objects that hold their text in one field.

    The clean text takes that field's place, unless that is `html`: then it goes into `text`, and
    the page stays as it is. `into` names another field; one that is there already is replaced
    only if it was named so. What is in a field `html` is HTML, and any other is looked at.

    Only that field's characters are replaced in the line, so numbers beyond 64 bits, doubled
    names, escapes and spaces come out as they went in. With `removals` on, each line gains a
    field of that name at its end.

    Example:
        >>> entry = JsonLines("body").parse(b'{"n": 1.10, "body": "Some text."}', "a.jsonl")
        >>> entry.before, entry.literal, entry.after
        ('{"n": 1.10, "body": ', '"Some text."', '}')
        >>> entry = JsonLines("html").parse(b'{"html": "<p>Some text."}', "a.jsonl")
        >>> entry.before, entry.literal, entry.after
        ('{"html": "<p>Some text.", "text": ', '', '}')
    """

    field: str = TEXT
    removals: bool = False
    into: str | None = None
    rendering: str | None = None
    name: str = "jsonl"

    def split(self, stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield each line that is not blank with its number; a byte order mark is left out."""
        for number, raw in enumerate(stream, start=1):
            line = raw.removeprefix(_MARK) if number == 1 else raw
            if line.strip():
                yield number, line

    def place(self, number: int) -> str:
        """Return the line's number as a message names it."""
        return f", line {number}"

    def parse(self, raw: bytes, name: str) -> Entry:
        """Return the record of a line, with the line's characters around its text.

        Raises:
            RecordError: the line is no JSON object in UTF-8, or has no text in the field.
        """
        try:
            line = raw.decode("utf-8")
            members = list(_members(line))
        except UnicodeDecodeError as error:
            raise RecordError(f"not UTF-8: {error.reason} at byte {error.start + 1}") from error
        except json.JSONDecodeError as error:
            raise RecordError(f"not JSON: {error.msg} at character {error.pos + 1}") from error
        except RecursionError as error:
            raise RecordError("not readable: brackets nested too deep") from error
        text = self._text(members)
        if not line.startswith('"', text.start):
            shown = line[text.start : text.end][:20]
            raise RecordError(f"has {shown} in its field {self.field!r}, which is no text")
        if self.removals and any(member.name == REMOVALS for member in members):
            raise RecordError(
                f"has a field {REMOVALS!r} already: rename it, or leave --removals out"
            )
        record = Record(text.value, id=name, media=HTML if self.field == HTML else None)
        return Entry(record, *self._around(line, members))

    def render(self, entry: Entry, document: Document) -> bytes:
        """Return the line with the kept blocks as its text, untouched where nothing went."""
        literal, after = entry.literal, entry.after
        # Where the line is ASCII its writer escaped the rest, or had none.
        is_ascii = f"{entry.before}{literal}{after}".isascii()
        text = render(document, self.rendering)
        if self._target != self.field or text != entry.record.content:
            literal = json.dumps(text, ensure_ascii=is_ascii)
        if self.removals:
            found = [_as_json(removal, document) for removal in document.removals]
            added = json.dumps(found, ensure_ascii=is_ascii)
            brace = after.rindex("}")
            after = f'{after[:brace]}, "{REMOVALS}": {added}{after[brace:]}'
        return f"{entry.before}{literal}{after}".encode()

    @property
    def _target(self) -> str:
        """The field that the clean text goes into."""
        return self.into or (TEXT if self.field == HTML else self.field)

    def _around(self, line: str, members: list[_Member]) -> tuple[str, str, str]:
        """The line before the place of the clean text, what stands in that place, and after it."""
        target = self._target
        there = _only(target, members)
        if there is not None:
            if self.into is None and target != self.field:
                raise RecordError(
                    f"has a field {target!r} already: --into {target} replaces it, "
                    "and --into with another name leaves it"
                )
            return line[: there.start], line[there.start : there.end], line[there.end :]
        brace = line.rindex("}")
        name = json.dumps(target, ensure_ascii=line.isascii())
        return f"{line[:brace]}, {name}: ", "", line[brace:]

    def _text(self, members: list[_Member]) -> _Member:
        found = _only(self.field, members)
        if found is not None:
            return found
        names = ", ".join(member.name for member in members[:_SHOWN_FIELDS]) or "none"
        more = ", ..." if len(members) > _SHOWN_FIELDS else ""
        raise RecordError(
            f"has no field {self.field!r}: --field names another (there are {names}{more})"
        )


def _only(name: str, members: list[_Member]) -> _Member | None:
    """The one field of that name, or None."""
    found = [member for member in members if member.name == name]
    if len(found) > 1:
        raise RecordError(f"has the field {name!r} {len(found)} times")
    return found[0] if found else None


def _members(line: str) -> Iterator[_Member]:
    """The fields of the object that a line is, each with its place in the line."""
    at = _after(line, 0, "{")
    if line.startswith("}", at):
        at = _after(line, at, "}")
    else:
        sign = ","
        while sign == ",":
            if not line.startswith('"', at):
                raise json.JSONDecodeError("expected a name in quotes", line, at)
            name, at = _DECODER.raw_decode(line, at)
            start = _after(line, _space(line, at), ":")
            value, end = _DECODER.raw_decode(line, start)
            yield _Member(name, value, start, end)
            at = _space(line, end)
            sign = "," if line.startswith(",", at) else "}"
            at = _after(line, at, sign)
    if at < len(line):
        raise json.JSONDecodeError("more than one object", line, at)


def _after(line: str, at: int, sign: str) -> int:
    """Where what follows a sign begins; the sign may have space before and after it."""
    at = _space(line, at)
    if not line.startswith(sign, at):
        raise json.JSONDecodeError(f"expected {sign}", line, at)
    return _space(line, at + 1)


def _space(line: str, at: int) -> int:
    """Where the white space that begins here ends."""
    found = _SPACE.match(line, at)
    return found.end() if found else at


def _as_json(removal: Removal, document: Document) -> dict[str, Any]:
    block = document.blocks[removal.at]
    is_flat = block.locator is None
    place = {"start": block.start, "end": block.end} if is_flat else {"locator": block.locator}
    return {
        "at": removal.at,
        **place,
        "filter": removal.filter,
        "because": removal.because,
        "score": removal.score,
    }
