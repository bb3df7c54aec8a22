"""Archives as they lie: unpacked as far as is looked at, with where each member begins."""

from __future__ import annotations

from collections import deque
from typing import BinaryIO, Final

from cleancorpus.unpacking import MARK_BYTES, packing_of_bytes, parts, read_whole

_SMALL_BYTES: Final = 1 << 16


class Members:
    r"""A window on the unpacked bytes of a file that is plain, gzip or zstandard.

    It grows by `fill` and moves on by `drop`, so it is as large as whoever looks through it
    wants. A file that cannot be unpacked further ends there: `defect` says why, so that what
    came before can be handed on first.

    Example:
        >>> import gzip, io
        >>> packed = gzip.compress(b"one") + gzip.compress(b"two")
        >>> members = Members(io.BytesIO(packed), 0)
        >>> members.fill(6), members.peek(0, 6), members.begins
        (True, b'onetwo', 0)
        >>> members.drop(3)
        >>> members.begins == len(packed) / 2
        True
    """

    def __init__(self, stream: BinaryIO, place: int) -> None:
        """Look through a stream from a place on, at which a member begins."""
        self.defect: Exception | None = None
        self._window = bytearray()
        self._at = 0  # where in the window the bytes begin that were not yet dropped
        self._dropped = 0  # all bytes that were, of the unpacked file
        self._begins: deque[tuple[int, int]] = deque()
        seen = read_whole(stream, MARK_BYTES)
        packing = packing_of_bytes(seen)
        self._is_packed = packing is not None
        self._place = place
        self._parts = parts(stream, packing, seen, place)

    @property
    def size(self) -> int:
        """How many bytes the window holds."""
        return len(self._window) - self._at

    @property
    def begins(self) -> int | None:
        """The place in the file of the member that begins where the window does, or None."""
        if not self._is_packed:
            return self._place + self._dropped
        while self._begins and self._begins[0][0] < self._dropped:
            self._begins.popleft()
        if self._begins and self._begins[0][0] == self._dropped:
            return self._begins[0][1]
        return None

    def fill(self, size: int) -> bool:
        """Read on until the window holds so many bytes, and say whether it does."""
        while self.size < size and self.defect is None:
            try:
                part = next(self._parts, None)
            except (OSError, EOFError, ValueError) as error:
                self.defect = error
                break
            if part is None:
                break
            if part.begins is not None:
                self._begins.append((self._dropped + self.size, part.begins))
            self._window += part.data
        return self.size >= size

    def peek(self, start: int, end: int) -> bytes:
        """Return bytes of the window, fewer where it ends before."""
        return bytes(self._window[self._at + start : self._at + end])

    def find(self, wanted: bytes, start: int) -> int:
        """Return where in the window something stands, -1 for nowhere."""
        found = self._window.find(wanted, self._at + start)
        return found - self._at if found >= 0 else -1

    def drop(self, size: int) -> None:
        """Move the window on; what lies before it is forgotten."""
        size = min(size, self.size)
        self._at += size
        self._dropped += size
        # Not at every step: each moves what stays, which may be much more than what goes.
        if self._at > _SMALL_BYTES and self._at * 2 > len(self._window):
            del self._window[: self._at]
            self._at = 0
