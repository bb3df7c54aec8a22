"""The network's products: compiled where the processor can, else numpy's, on one thread.

The compiled ones take each product in the order of the weights and round it once, whatever the
vectors of the processor are, so they are the same on all of those machines. Those of numpy differ
from them, and between machines, in the last bits.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]

WIDE: Final = True
"""The compiled products take the widest vectors of the processor."""
_MOST_STEPS: Final = 250_000
"""Multiplications under which OpenBLAS, numpy's usual library, takes no further thread."""


class Signal(NamedTuple):
    """Rows with a value for each row of the weights; turned, each value of all is a row.

    Bits are switches, zero or one.
    """

    rows: Floats | Bits
    weights: Floats
    is_turned: bool = False


def add_signals(
    signals: tuple[Signal, ...], start: Floats, hidden: Floats | None, out: Floats
) -> None:
    """Write what is over zero of the start and all signals, and what is hidden added to it.

    `out` may be `hidden`.
    """
    module = compiled()
    if module is None or not module.weigh(signals, start, hidden, out, WIDE):
        signals_in_python(signals, start, hidden, out)


def signals_in_python(
    signals: tuple[Signal, ...], start: Floats, hidden: Floats | None, out: Floats
) -> None:
    """Do the same with numpy."""
    total = sum(product(rows.T if turned else rows, weights) for rows, weights, turned in signals)
    total += start
    np.maximum(total, 0, out=out if hidden is None else total)
    if hidden is not None:
        np.add(hidden, total, out=out)


def product(rows: Floats | Bits, weights: Floats) -> Floats:
    """Multiply in stretches of rows so small that the library starts no threads for them.

    Threads cost a page more than they bring, fight with the workers of a run, and sum in
    another order.
    """
    out = np.empty((rows.shape[0], weights.shape[1]), np.float32)
    step = max(1, _MOST_STEPS // weights.size)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out
