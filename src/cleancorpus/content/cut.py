"""Which blocks to keep, given how likely each of them is content."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def lowest_kept(probabilities: Floats, words: Floats, leaning: float = 1.0) -> float:
    """The probability from which blocks are kept, where the expected word F1 is highest.

    The blocks are sorted by probability, and of all prefixes the one is taken that maximises
    `2 * sum(p * words) / (sum(words) + leaning * sum of all p * words)`: what a page holds
    decides, not a fixed threshold. A `leaning` over 1 keeps more (recall), under 1 less
    (precision).

    Example:
        >>> p, words = np.array([0.9, 0.5, 0.1]), np.array([100.0, 50.0, 50.0])
        >>> lowest_kept(p, words), lowest_kept(p, words, leaning=0.2)
        (0.5, 0.9)
    """
    order = np.argsort(-probabilities, kind="stable")
    weights = words[order].astype(np.float64)
    found = np.cumsum(probabilities[order] * weights)
    best = int(np.argmax(found / (np.cumsum(weights) + leaning * found[-1])))
    return float(probabilities[order[best]])
