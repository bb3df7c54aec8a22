"""Being asked to stop, and stopping at a moment that leaves nothing half done."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any, Final, Self

_HEARD: Final = (signal.SIGINT, signal.SIGTERM)


class Stop:
    """Hears what would interrupt the program, and interrupts it where it asks for that.

    An interrupt between any two steps could fall into the middle of what threads share and leave
    them waiting for ever. Whoever asks a second time is obeyed at once. Only signals that would
    have interrupted are heard, and those of other threads are not ours to hear.
    """

    def __init__(self) -> None:
        """Hear nothing yet."""
        self._is_asked = False
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Self:
        """Begin to hear."""
        if threading.current_thread() is threading.main_thread():
            for one in _HEARD:
                if signal.getsignal(one) is signal.default_int_handler:
                    self._before[one] = signal.signal(one, self._hear)
        return self

    def __exit__(self, *error: object) -> None:
        """Leave signals to whoever heard them before."""
        for one, handler in self._before.items():
            signal.signal(one, handler)

    def check(self) -> None:
        """Stop here if that was asked for.

        Raises:
            KeyboardInterrupt: it was.
        """
        if self._is_asked:
            raise KeyboardInterrupt

    def _hear(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as handlers are
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True
