"""A limit for what might never end."""

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

# On the clock, and hundreds of times what any of it takes: no measure of speed, as a square search
# takes hours.
LIMIT_S: Final = 600
STANDARD_ERROR: Final = 2  # whatever pytest has put in the place of Python's


@contextmanager
def must_not_hang() -> Iterator[None]:
    """End this process where the work goes on without an end.

    A search in C answers no signal of Python's, so nothing less than the process can be ended.
    """
    faulthandler.dump_traceback_later(LIMIT_S, exit=True, file=STANDARD_ERROR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
