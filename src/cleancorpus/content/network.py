"""A small network over the sequence of a page's blocks, evaluated with numpy alone.

Dilated convolutions, and one step that hands every block the means of the spans around it, of the
blocks like it and of the page. Weights are trained by `fitted.py` and ship as float16.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.between import add_spans
from cleancorpus.content.inputs import Features
from cleancorpus.content.products import Signal, add_signals

Floats = NDArray[np.float32]

DILATIONS: Final = (1, 2, 4, 8, 16)
POOL_AFTER: Final = 3
"""The convolutions before the means are taken."""
CLAMP: Final = 5.0
"""Standard deviations from the mean to which a number is clamped."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One convolution: what the block before, the block itself and the block after give."""

    before: Floats
    here: Floats
    after: Floats
    bias: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """The weights, with the scaling of the inputs folded into the first of them."""

    low: Floats
    high: Floats
    numbers: Floats
    switches: Floats
    bias: Floats
    layers: tuple[Layer, ...]
    pool: Floats
    pool_bias: Floats
    out: Floats
    out_bias: Floats

    def logits(self, features: Features) -> Floats:
        """For each block how much speaks for content, as a logit."""
        count, margin = len(features), max(DILATIONS)
        # Each layer reads one and writes the other; their margins stay zero.
        padded, other = np.zeros((2, count + 2 * margin, len(self.out)), np.float32)
        self.first(features, padded[margin : margin + count])
        for at, (step, layer) in enumerate(zip(DILATIONS, self.layers, strict=True), 1):
            before, hidden, after = (
                padded[start : start + count] for start in (margin - step, margin, margin + step)
            )
            signals = (
                Signal(hidden, layer.here),
                Signal(before, layer.before),
                Signal(after, layer.after),
            )
            out = other[margin : margin + count]
            add_signals(signals, layer.bias, hidden, out)
            if at == POOL_AFTER:
                self._add_means(out, features)
            padded, other = other, padded
        found: Floats = padded[margin : margin + count] @ self.out + self.out_bias
        return found

    def _add_means(self, hidden: Floats, features: Features) -> None:
        """Add to each block what the means around it say; those of the page are taken once."""
        means, page = _means(hidden, features)
        own = means.shape[1]
        start = page @ self.pool[own:] + self.pool_bias
        add_signals((Signal(means, self.pool[:own]),), start, hidden, hidden)

    def first(self, features: Features, out: Floats) -> None:
        """Write what the first layer makes of the inputs."""
        numbers = np.maximum(features.numbers, self.low)
        np.minimum(numbers, self.high, out=numbers)
        signals = (
            Signal(numbers, self.numbers, is_turned=True),
            Signal(features.switches, self.switches),
        )
        add_signals(signals, self.bias, None, out)


def _means(hidden: Floats, features: Features) -> tuple[Floats, Floats]:
    """The means over spans and group for each block; and those over the page."""
    count, channels = hidden.shape
    pooled = features.medium.pooled
    means = np.empty((count, len(pooled) + 1, channels), np.float32)
    begin, end = (tuple(one[at] for at in pooled) for one in (features.begin, features.end))
    sums = add_spans(hidden, begin, end, means)
    groups = features.groups
    total = np.add.reduceat(hidden.take(groups.order, axis=0), groups.starts, axis=0)
    total /= groups.sizes.astype(np.float32)[:, None]
    means[:, -1] = total.take(groups.of, axis=0)
    page = np.concatenate([sums / count, (features.words / features.words.sum()) @ hidden])
    return means.reshape(count, -1), page


def from_arrays(arrays: Mapping[str, NDArray[Any]], numbers: int) -> Network:
    """Build a network from the arrays that training writes, for so many features not switched."""
    # In the order of rows: the compiled products take no other.
    values = {name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()}
    first, mean, scale = values["first"], values["mean"], values["scale"]
    scaled = first[:numbers] / scale[:, None]
    layers = tuple(
        Layer(kernel[0], kernel[1], kernel[2], shift)
        for kernel, shift in zip(values["kernels"], values["kernel_biases"], strict=True)
    )
    return Network(
        (mean - CLAMP * scale)[:, None], (mean + CLAMP * scale)[:, None], scaled,
        first[numbers:], values["first_bias"] - mean @ scaled, layers,
        values["pool"], values["pool_bias"], values["out"], values["out_bias"],
    )  # fmt: skip
