"""WARC cut into records by the lengths they state, which are not believed where they mislead.

fastwarc reads what is inside a record; its own loop over a file passes in silence over records
whose headers end with line feeds alone, over what follows a wrong length or a cut, and knows no
place inside a member that holds many records.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, Final, NamedTuple

from fastwarc.warc import HeaderMap

from cleancorpus.formats.base import Raw, Start
from cleancorpus.formats.lines import over_limit
from cleancorpus.formats.members import Members

# A place is where a member begins, and above that how many records to pass by from there on.
_MEMBER_PLACES: Final = 1 << 40

_SIGN: Final = b"WARC/"
_NEXT: Final = b"\n" + _SIGN
_LINE_END: Final = b"\r\n"
_RECORD_END: Final = _LINE_END * 2
_HEAD_END: Final = re.compile(rb"\r?\n\r?\n")
_ANY_LINE_END: Final = re.compile(rb"\r?\n")
_LENGTH: Final = re.compile(r"[0-9]{1,18}")
# fastwarc reads no longer headers.
_MOST_HEAD_BYTES: Final = 32 << 10
# Two end a record; more are looked at a part at a time.
_MOST_LINE_ENDS: Final = 1 << 12

_BAD_LENGTH: Final = "does not end where its Content-Length says"

# Says of a record's headers, and of the first bytes of its block, why it is passed by.
Passing = Callable[[HeaderMap, bytes], "str | None"]


class _Cut(NamedTuple):
    """The bytes of a record, with what is wrong with it."""

    data: bytes = b""
    skip: str | None = None
    error: str | None = None


def split_head(data: bytes) -> tuple[HeaderMap, int] | None:
    r"""Return the headers that bytes begin with and where they end; None where they do not end.

    Example:
        >>> headers, end = split_head(b"WARC/1.0\nWARC-Type: response\n\nblock")
        >>> headers.get("warc-type"), end
        ('response', 30)
    """
    found = _HEAD_END.search(data, 0, _MOST_HEAD_BYTES)
    if found is None:
        return None
    headers = HeaderMap()
    # fastwarc takes headers without carriage returns for one long line.
    headers.parse(io.BytesIO(_ANY_LINE_END.sub(_LINE_END, data[: found.end()])))
    return headers, found.end()


def length_of(headers: HeaderMap) -> int | None:
    """Return how many bytes a record's block has, None where no number says so."""
    length = (headers.get("Content-Length") or "").strip()
    return int(length) if _LENGTH.fullmatch(length) else None


def records(stream: BinaryIO, start: Start, max_bytes: int, passed_by: Passing) -> Iterator[Raw]:
    """Yield the records of an archive from a start on.

    What lies between records, or cannot be one, is an error of its own with its bytes; reading
    goes on at the next line that begins a record.

    Raises:
        OSError, EOFError, ValueError: the file cannot be unpacked on.
    """
    to_pass, member = divmod(start.place, _MEMBER_PLACES)
    members = Members(stream, member)
    number, count = start.number - to_pass, 0
    _pass_line_ends(members)
    while members.fill(1):
        cut = _cut(members, max_bytes, passed_by)
        _pass_line_ends(members)
        begins = members.begins
        member, count = (member, count + 1) if begins is None else (begins, 0)
        if begins is None and not members.fill(1) and isinstance(members.defect, OSError):
            # Its member was never checked whole, so that what it holds may be wrong.
            cut = _Cut(cut.data, error=cut.error or str(members.defect))
        if number >= start.number:
            place = member + count * _MEMBER_PLACES
            yield Raw(number, cut.data, place, skip=cut.skip, error=cut.error)
        number += 1
    if members.defect is not None:
        raise members.defect
    if number < start.number:
        raise EOFError("the file is shorter than it was")


def _cut(members: Members, max_bytes: int, passed_by: Passing) -> _Cut:
    """Take off what the window begins with: a record, or what is none up to the next one."""
    members.fill(_MOST_HEAD_BYTES)
    start = members.peek(0, _MOST_HEAD_BYTES)
    if not start.startswith(_SIGN):
        return _pass_on(members, 0, max_bytes, "belongs to no record", _SIGN)
    parts = split_head(start)
    if parts is None:
        return _pass_on(members, len(_SIGN), max_bytes, "has headers without an end")
    headers, head_bytes = parts
    length = length_of(headers)
    if length is None:
        stated = headers.get("Content-Length")
        error = f"has {stated!r} as its Content-Length" if stated else "has no Content-Length"
        return _pass_on(members, head_bytes, max_bytes, error)
    if headers.get("WARC-Type") is None:
        return _pass_on(members, head_bytes, max_bytes, "has no WARC-Type")
    size = head_bytes + length
    skip = passed_by(headers, start[head_bytes:size])
    if size > max_bytes:
        return _pass_large(members, size, max_bytes, skip)
    if not members.fill(size):
        there = members.size - head_bytes
        error = f"breaks off: {there:,} of {length:,} bytes are there"
        return _pass_on(members, head_bytes, max_bytes, error)
    if not _ends(members, size):
        return _pass_on(members, head_bytes, max_bytes, _BAD_LENGTH)
    data = b"" if skip else members.peek(0, size) + _RECORD_END
    members.drop(size)
    return _Cut(data, skip)


def _pass_large(members: Members, size: int, max_bytes: int, skip: str | None) -> _Cut:
    """Pass by a record that is not held in memory."""
    left = size
    while left and members.fill(1):
        step = min(left, members.size)
        members.drop(step)
        left -= step
    if left:
        return _Cut(error=f"breaks off: {size - left:,} of {size:,} bytes are there")
    if not _ends(members, 0):
        return _pass_on(members, 0, max_bytes, _BAD_LENGTH)._replace(data=b"")
    return _Cut(skip=skip, error=None if skip else over_limit(size, max_bytes))


def _pass_on(members: Members, at: int, max_bytes: int, error: str, sign: bytes = _NEXT) -> _Cut:
    """Take off everything up to what looks like another record, from `at` on.

    That is a line's beginning where a page may lie before it, whose text is not to be taken for
    a record.
    """
    passed = 0
    at = max(0, at - 1)
    while (found := members.find(sign, at)) < 0:
        at = max(at, members.size - len(sign) + 1)
        if members.size > max_bytes:
            passed += at
            members.drop(at)
            at = 0
        if not members.fill(members.size + 1):
            break
    end = found + len(sign) - len(_SIGN) if found >= 0 else members.size
    is_held = not passed and end <= max_bytes
    data = members.peek(0, end) if is_held else b""
    members.drop(end)
    return _Cut(data, error=f"{error} ({passed + end:,} bytes)")


def _ends(members: Members, at: int) -> bool:
    """What stands at a place ends a record: two line ends, or any before another or nothing.

    Where another begins after as many bytes the end alone is damaged.
    """
    members.fill(at + len(_RECORD_END) + len(_SIGN))
    after = members.peek(at, at + len(_RECORD_END) + len(_SIGN))
    if after.startswith(_RECORD_END) or after[len(_RECORD_END) :] == _SIGN:
        return True
    members.fill(at + _MOST_LINE_ENDS)
    after = members.peek(at, at + _MOST_LINE_ENDS).lstrip(_LINE_END)
    return _SIGN.startswith(after[: len(_SIGN)])


def _pass_line_ends(members: Members) -> None:
    """Move on over the line ends between records."""
    while members.fill(1):
        block = members.peek(0, _MOST_LINE_ENDS)
        line_ends = len(block) - len(block.lstrip(_LINE_END))
        members.drop(line_ends)
        if line_ends < len(block):
            break
