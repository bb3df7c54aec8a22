"""JSONL: a record a line, the text in one field, all other fields as they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, BinaryIO

from cleancorpus.document import Document, Record
from cleancorpus.errors import RecordError
from cleancorpus.formats.base import Entry, Raw, Start, Writing
from cleancorpus.formats.fields import (
    TEXT,
    check_free,
    cleaned_fields,
    extras_of,
    listed,
    media_of,
    name_in,
    plain,
    target_of,
)
from cleancorpus.formats.lines import lines
from cleancorpus.render.named import render

_MARK = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\r\n]*")
# Numbers stay text: values are only looked at to find where they end, and Python refuses to
# read integers of more digits than these.
_MOST_DIGITS = 4300
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


@dataclass(frozen=True, slots=True)
class _Member:
    """A field of a line: its name, its value, and where the value's characters lie."""

    name: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True)
class JsonLine(Entry):
    """A record of JSONL, with its line and where each field lies in it."""

    line: str = ""
    members: tuple[_Member, ...] = ()

    @cached_property
    def fields(self) -> Mapping[str, Any]:
        """All fields by name; only other formats need them, so they are read when asked for."""
        found: dict[str, Any] = json.loads(self.line, parse_int=_number)
        return found


@dataclass(frozen=True, slots=True)
class JsonLines:
    r"""Lines of JSON objects that hold their text in one field.

    What is in a field `html` is HTML; of any other `media` says what it is, and without that the
    content is looked at. Lines that are blank are no records.

    Example:
        >>> entry = JsonLines("body").parse(b'{"n": 1.10, "body": "Some text."}', b"", "a.jsonl")
        >>> entry.record.content, entry.fields
        ('Some text.', {'n': 1.1, 'body': 'Some text.'})
    """

    field: str = TEXT
    media: str | None = None
    name: str = "jsonl"
    unpacks: bool = False

    def head(self, stream: BinaryIO) -> bytes:  # noqa: ARG002 - as all formats
        """Return nothing: a line stands for itself."""
        return b""

    def split(self, stream: BinaryIO, start: Start, max_bytes: int) -> Iterator[Raw]:
        """Yield each line that is not blank with its number; a byte order mark is left out."""
        for raw in lines(stream, start, max_bytes):
            is_first = raw.number == 1 and raw.data.startswith(_MARK)
            data = raw.data.removeprefix(_MARK) if is_first else raw.data
            if raw.error or data.strip():
                yield Raw(raw.number, data, raw.next, error=raw.error) if is_first else raw

    def place(self, number: int) -> str:
        """Return the line's number as a message names it."""
        return f", line {number}"

    def parse(self, data: bytes, head: bytes, name: str) -> JsonLine:  # noqa: ARG002 - as all formats
        """Return the record of a line, with the line itself.

        Raises:
            RecordError: the line is no JSON object in UTF-8, or has no text in the field.
        """
        try:
            line = data.decode("utf-8")
            members = tuple(_members(line))
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
        known = {one.name: one.value for one in members if one.name in ("id", "url")}
        url = known.get("url")
        record = Record(
            text.value,
            id=name_in(known, name),
            url=url if isinstance(url, str) else None,
            media=media_of(self.field, self.media),
        )
        return JsonLine(record, content_field=self.field, line=line, members=members)

    def _text(self, members: tuple[_Member, ...]) -> _Member:
        found = _only(self.field, members)
        if found is not None:
            return found
        names = listed([member.name for member in members])
        raise RecordError(f"has no field {self.field!r}: --field names another (there are {names})")


@dataclass(frozen=True, slots=True)
class JsonLinesSink:
    r"""A line a record, with its clean text in one field.

    Of a line that was JSONL only that field's characters are replaced, so numbers beyond 64 bits,
    doubled names, escapes and spaces come out as they went in; further fields come at its end. A
    field that would be overwritten though nobody named it is an error of the record.

    Example:
        >>> from cleancorpus import process
        >>> entry = JsonLines("html").parse(b'{"n": 1.10, "html": "<p>Some text."}', b"", "a")
        >>> JsonLinesSink().row(entry, process(entry.record))
        b'{"n": 1.10, "html": "<p>Some text.", "text": "Some text.\\n"}'
    """

    writing: Writing = field(default_factory=Writing)
    name: str = "jsonl"
    spools: bool = False

    def row(self, entry: Entry, document: Document) -> bytes:
        """Return the line of a record.

        Raises:
            RecordError: a field would be overwritten that nobody named.
        """
        text = render(document, self.writing.rendering)
        extras = extras_of(document, self.writing.extras)
        if isinstance(entry, JsonLine):
            return self._spliced(entry, text, extras)
        fields = cleaned_fields(entry, text, extras, self.writing)
        return _dumped(fields).encode()

    def encode(self, rows: Sequence[bytes], head: bytes) -> Sequence[bytes]:  # noqa: ARG002 - as all formats
        """Return lines as one part, each with its end."""
        return (b"".join(row if row.endswith(b"\n") else row + b"\n" for row in rows),)

    def finish(self, spool: BinaryIO, target: BinaryIO) -> None:
        """Never called: what was encoded is the file."""
        raise NotImplementedError

    def _spliced(self, entry: JsonLine, text: str, extras: Mapping[str, Any]) -> bytes:
        """The line with the text in its place, untouched where nothing went."""
        target = target_of(entry, self.writing)
        check_free(entry, (member.name for member in entry.members), self.writing)
        line = entry.line
        there = _only(target, entry.members)
        brace = line.rindex("}")
        after = line[brace:]
        # Where the line is ASCII its writer escaped the rest, or had none.
        is_ascii = line.isascii()
        added = dict(extras)
        if there is None:
            line, added = line[:brace], {target: text, **extras}
        elif target == entry.content_field and text == entry.record.content:
            line = line[:brace]
        else:
            literal = json.dumps(text, ensure_ascii=is_ascii)
            line = f"{line[: there.start]}{literal}{line[there.end : brace]}"
        more = "".join(
            f", {json.dumps(name, ensure_ascii=is_ascii)}: "
            f"{json.dumps(value, ensure_ascii=is_ascii)}"
            for name, value in added.items()
        )
        return f"{line}{more}{after}".encode()


def _only(name: str, members: tuple[_Member, ...]) -> _Member | None:
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


def _number(digits: str) -> int | str:
    """An integer, or its digits where there are more than Python reads."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _dumped(fields: Mapping[str, Any]) -> str:
    line = json.dumps(fields, ensure_ascii=False, default=plain)
    # A lone half of a surrogate pair has no bytes in UTF-8, and an escape in JSON.
    return line if _is_utf8(line) else json.dumps(fields, default=plain)


def _is_utf8(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
