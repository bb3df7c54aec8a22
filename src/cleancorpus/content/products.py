"""Matrix products that stay on one thread."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MOST_STEPS: Final = 250_000
"""Multiplications under which OpenBLAS, numpy's usual library, takes no further thread."""


def product(rows: Floats, weights: Floats) -> Floats:
    """Multiply in stretches of rows so small that the library starts no threads for them.

    Threads cost a page more than they bring, fight with the workers of a run, and sum in
    another order.
    """
    out = np.empty((rows.shape[0], weights.shape[1]), np.float32)
    step = max(1, _MOST_STEPS // weights.size)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out
