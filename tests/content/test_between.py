"""What lies between the network's products is the same from the compiled twin."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleancorpus.content.between import add_spans, spans_in_python
from cleancorpus.content.compiled import compiled

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")
CHANNELS = 11  # no multiple of what a processor adds at once

Floats = NDArray[np.float32]


def rows(seed: int, count: int = 40) -> Floats:
    found = np.random.default_rng(seed).standard_normal((count, CHANNELS)) * 10.0**seed
    return found.astype(np.float32)


def span(seed: int, count: int = 40) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Spans of all lengths, empty ones too."""
    ends = np.sort(np.random.default_rng(seed).integers(0, count + 1, (2, count)), axis=0)
    return ends[0].copy(), ends[1].copy()


@needs_compiled
@pytest.mark.parametrize("seed", range(5))
def test_means_over_spans_are_the_same(seed: int) -> None:
    hidden, spans = rows(seed), [span(seed), span(seed + 1), (np.zeros(40, np.int64),) * 2]
    begin, end = (tuple(one[side] for one in spans) for side in (0, 1))
    found, wanted = (np.full((40, 4, CHANNELS), 7, np.float32) for _ in range(2))
    sums = add_spans(hidden, begin, end, found)
    assert sums.tobytes() == spans_in_python(hidden, begin, end, wanted).tobytes()
    assert found.tobytes() == wanted.tobytes()


def test_a_mean_is_that_of_the_blocks() -> None:
    hidden, means = rows(0), np.zeros((40, 1, CHANNELS), np.float32)
    begin, end = np.full(40, 3), np.full(40, 9)
    sums = add_spans(hidden, (begin,), (end,), means)
    assert np.allclose(means[5, 0], hidden[3:9].mean(axis=0), atol=1e-5)
    assert np.allclose(sums, hidden.sum(axis=0), atol=1e-4)


@needs_compiled
@pytest.mark.parametrize(
    ("begin", "end", "means"),
    [
        (np.full(40, 41), np.full(40, 40), rows(0)),
        (np.full(40, -1), np.full(40, 40), rows(0)),
        (np.full(40, 0), np.full(40, 41), rows(0)),
        (np.full(40, 0), np.full(40, -1), rows(0)),
        (np.full(39, 0), np.full(40, 1), rows(0)),
        (np.full(40, 0), np.full(39, 1), rows(0)),
        (np.full(40, 0), np.full(40, 1), rows(0, 39)),
        (np.full(40, 0), np.full(40, 1), rows(0)[:, 1:].copy()),
    ],
)
def test_spans_that_cannot_be_are_refused(begin: Any, end: Any, means: Floats) -> None:  # noqa: ANN401 - arrays
    with pytest.raises(ValueError, match=r"span|length"):
        add_spans(rows(0), (begin,), (end,), means)


@needs_compiled
def test_arrays_without_channels_are_refused() -> None:
    module = compiled()
    assert module is not None
    for channels in (0, -1, 1 << 40):
        with pytest.raises(ValueError, match="length"):
            module.spans(rows(0), channels, (), (), rows(0))
    with pytest.raises(ValueError, match="length"):
        module.spans(rows(0), CHANNELS, (span(0)[0],), (), rows(0))
