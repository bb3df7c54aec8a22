"""What the network does between its products: means over spans of blocks, and sums.

The compiled twin returns the same in one pass over the rows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Spans = tuple[Ints, ...]


def add_spans(hidden: Floats, begin: Spans, end: Spans, means: Floats) -> Floats:
    """Write the means over each span into `means`, block by block; return the page's sums."""
    module = compiled()
    if module is None:
        return spans_in_python(hidden, begin, end, means)
    found = module.spans(hidden, hidden.shape[1], begin, end, means)
    return np.frombuffer(found, np.float32)


def spans_in_python(hidden: Floats, begin: Spans, end: Spans, means: Floats) -> Floats:
    """Do the same with arrays, as differences of cumulative sums."""
    count, channels = hidden.shape
    sums = np.zeros((count + 1, channels), np.float32)
    np.cumsum(hidden, axis=0, out=sums[1:])
    for at, (first, last) in enumerate(zip(begin, end, strict=True)):
        total = sums.take(last, axis=0)
        total -= sums.take(first, axis=0)
        means[:, at] = total * (1 / np.maximum(last - first, 1)).astype(np.float32)[:, None]
    whole: Floats = sums[-1]
    return whole
