"""How far a run is, on a terminal, and the troubles it meets."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    SpinnerColumn,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from cleancorpus.audit.show import many, safe

_PATIENCE_S = 0.5
_PAUSE_S = 0.1
_LINE_EVERY_S = 10.0
_BAR_WIDTH = 10  # half a cell is a step, and the share stands beside it
_BESIDE = _BAR_WIDTH + len(" 100% 100:00:00 ")


class Watch:
    """What people see of work that takes long: each trouble, and how far it is.

    On a terminal that is a bar, which comes after half a second, so that short runs leave no
    trace. Elsewhere it is a line now and then.
    """

    def __init__(self, screen: Console, total_bytes: int | None, *, is_shown: bool) -> None:
        """Take what there is to read; None means that nobody knows."""
        self._screen = screen
        self._total = total_bytes or None
        self._is_shown = is_shown
        self._begun = self._shown = time.monotonic()
        self._bar: Progress | None = None
        self._bytes = self._records = 0

    def __enter__(self) -> Self:
        """Begin to watch."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def trouble(self, message: str) -> None:
        """Print the message, above the bar if there is one."""
        self._screen.print(Text(safe(message), "red"), soft_wrap=True)

    def record_done(self, size: int) -> None:
        """Count a record and its bytes, and show them."""
        self._records += 1
        self._bytes += size
        self.show(self._bytes, self._records, "")

    def show(self, done_bytes: int, done: int, said: str) -> None:
        """Show how many bytes and records are done with, and what else is to be said."""
        now = time.monotonic()
        if not self._is_shown or now - self._shown < self._pause():
            return
        self._shown = now
        rate = done / max(now - self._begun, 1e-9)
        said = f"{many(done, 'document')}, {rate:,.0f}/s{said}"
        if not self._screen.is_terminal:
            share = f"{done_bytes / self._total:.0%} of the input, " if self._total else ""
            self._screen.print(f"{share}{safe(said)}", soft_wrap=True)
            return
        bar = self._bar or self._begin(done_bytes)
        bar.update(bar.task_ids[0], description=self._fitted(said), completed=done_bytes)

    def _fitted(self, said: str) -> str:
        """What is said, cut at the end: the bar and the time left would give way to it."""
        text = Text(safe(said))
        text.truncate(max(self._screen.width - _BESIDE, 1), overflow="ellipsis")
        return text.plain

    def _pause(self) -> float:
        if not self._screen.is_terminal:
            return _LINE_EVERY_S
        return _PAUSE_S if self._bar else _PATIENCE_S

    def _begin(self, done_bytes: int) -> Progress:
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=_BAR_WIDTH),
            TaskProgressColumn(),
            TimeRemainingColumn(),
            console=self._screen,
            transient=True,
        )
        self._bar.add_task("", total=self._total, completed=done_bytes)
        self._bar.start()
        return self._bar


class Clock:
    """A line on a terminal that says what is going on and for how long, of work without an end."""

    def __init__(self, screen: Console, *, is_shown: bool) -> None:
        """Show nothing yet; without a terminal there is nothing to see."""
        self._line: Progress | None = None
        if is_shown and screen.is_terminal:
            self._line = Progress(
                SpinnerColumn(),
                TextColumn("{task.description}", markup=False),
                TimeElapsedColumn(),
                console=screen,
                transient=True,
            )

    def __enter__(self) -> Self:
        """Begin to count the time."""
        if self._line is not None:
            self._line.add_task("")
            self._line.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the line away."""
        if self._line is not None:
            self._line.stop()

    def say(self, text: str) -> None:
        """Change what the line says."""
        if self._line is not None:
            self._line.update(self._line.task_ids[0], description=safe(text))
