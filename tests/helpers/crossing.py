"""A filter for tests of running, and lines that make it misbehave."""

import ctypes
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from cleancorpus.document import Document, Removal


@dataclass(frozen=True)
class Crossed:
    """Removes lines that begin with a cross; on others it does what they say.

    `bomb` is an error, `crash` a native crash, `sleep` takes for ever, `eat` takes all memory,
    `once PATH` kills the process the first time, and not when the file is there, and `until PATH`
    is an error until it is.
    """

    name: ClassVar[str] = "crossed"

    def judge(self, document: Document) -> Iterator[Removal]:
        for at, block in document.kept_items():
            word, _, rest = block.text.partition(" ")
            if word == "bomb":
                raise IndexError("a bug in a filter")
            if word == "crash":
                ctypes.string_at(0)
            if word == "sleep":
                time.sleep(600)
            if word == "eat":
                bytearray(1 << 40)
            if word == "once" and not Path(rest).exists():
                Path(rest).touch()
                os._exit(9)
            if word == "until" and not Path(rest).exists():
                raise OSError("not there yet")
            if word == "x":
                yield Removal(at, self.name, "begins with a cross")
