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

from cleancorpus.audit.show import safe

_PATIENCE_S = 0.5
_PAUSE_S = 0.1


class Watch:
    """A watcher of a run that prints each trouble, and a bar if the run takes long.

    The bar needs a terminal and comes after half a second, so that short runs leave no trace.
    """

    def __init__(self, screen: Console, files: int, total_bytes: int, *, has_bar: bool) -> None:
        """Take what there is to do; `total_bytes` of 0 means that nobody knows."""
        self._screen = screen
        self._files = files
        self._total = total_bytes or None
        self._has_bar = has_bar and screen.is_terminal
        self._files_done = self._records = self._bytes = 0
        self._begun = self._shown = time.monotonic()
        self._bar: Progress | None = None

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
        """Count a record and its bytes."""
        self._records += 1
        self._bytes += size
        self._show()

    def file_done(self) -> None:
        """Count a file."""
        self._files_done += 1
        self._show()

    def _show(self) -> None:
        now = time.monotonic()
        if not self._has_bar or now - self._shown < (_PAUSE_S if self._bar else _PATIENCE_S):
            return
        self._shown = now
        said = (
            f"{self._files_done:,}/{self._files:,} files, {self._records:,} documents, "
            f"{self._records / (now - self._begun):,.0f}/s"
        )
        if self._bar is None:
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=20),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=self._screen,
                transient=True,
            )
            self._bar.add_task(said, total=self._total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=said, completed=self._bytes)


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
