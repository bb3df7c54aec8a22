"""A small network over the sequence of a page's blocks, run with numpy or by the compiled twin.

Dilated convolutions, and one step that hands every block the means of the spans around it, of the
blocks like it and of the page. Weights are trained by `fitted.py` and ship as float16.

The twin takes each product in the order of the weights and rounds it once, whatever the vectors of
the processor are, so what it says is the same on all of those machines. What numpy says differs
from it, and between machines, in the last bits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.inputs import Features

Floats = NDArray[np.float32]
Bits = NDArray[np.uint8]

DILATIONS: Final = (1, 2, 4, 8, 16)
POOL_AFTER: Final = 3
"""The convolutions before the means are taken."""
CLAMP: Final = 5.0
"""Standard deviations from the mean to which a number is clamped."""
_MOST_STEPS: Final = 250_000
"""Multiplications under which OpenBLAS, numpy's usual library, takes no further thread."""


class Layer(NamedTuple):
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
        module = compiled()
        found = None if module is None else self.run(module, features)
        return self.logits_in_python(features) if found is None else found

    def run(self, module: ModuleType, features: Features, *, wide: bool = True) -> Floats | None:
        """Do so with the compiled twin, in the widest vectors of the processor or in others.

        Nothing where it has none, or where the channels fill none.
        """
        numbers, switches = map(np.ascontiguousarray, (features.numbers, features.switches))
        groups = features.groups
        found = module.logits(
            numbers, len(numbers), switches, features.words,
            (features.begin, features.end, features.medium.pooled),
            (groups.order, groups.starts, groups.of),
            (
                self.low, self.high, self.numbers, self.switches, self.bias, self.layers,
                self.pool, self.pool_bias, self.out, self.out_bias,
            ),
            (DILATIONS, POOL_AFTER), wide,
        )  # fmt: skip
        return None if found is None else np.frombuffer(found, np.float32)

    def logits_in_python(self, features: Features) -> Floats:
        """Do the same with numpy, on one thread."""
        count, margin = len(features), max(DILATIONS)
        # Each layer reads one and writes the other; their margins stay zero.
        padded, other = np.zeros((2, count + 2 * margin, len(self.out)), np.float32)
        padded[margin : margin + count] = self._first(features)
        for at, (step, layer) in enumerate(zip(DILATIONS, self.layers, strict=True), 1):
            before, hidden, after = (
                padded[start : start + count] for start in (margin - step, margin, margin + step)
            )
            total = _product(hidden, layer.here) + _product(before, layer.before)
            total += _product(after, layer.after) + layer.bias
            out = np.add(hidden, np.maximum(total, 0), out=other[margin : margin + count])
            if at == POOL_AFTER:
                out += self._of_means(out, features)
            padded, other = other, padded
        found: Floats = padded[margin : margin + count] @ self.out + self.out_bias
        return found

    def _first(self, features: Features) -> Floats:
        """What the first layer makes of the inputs."""
        numbers = np.minimum(np.maximum(features.numbers, self.low), self.high)
        total = _product(numbers.T, self.numbers) + _product(features.switches, self.switches)
        found: Floats = np.maximum(total + self.bias, 0)
        return found

    def _of_means(self, hidden: Floats, features: Features) -> Floats:
        """What the means around each block say; those of the page are taken once."""
        means, page = _means(hidden, features)
        own = means.shape[1]
        start = page @ self.pool[own:] + self.pool_bias
        found: Floats = np.maximum(_product(means, self.pool[:own]) + start, 0)
        return found


def _means(hidden: Floats, features: Features) -> tuple[Floats, Floats]:
    """The means over spans and group for each block; and those over the page."""
    count, channels = hidden.shape
    means = np.empty((count, len(features.medium.pooled) + 1, channels), np.float32)
    sums = np.zeros((count + 1, channels), np.float32)
    np.cumsum(hidden, axis=0, out=sums[1:])
    for at, span in enumerate(features.medium.pooled):
        first, last = features.begin[span], features.end[span]
        total = sums.take(last, axis=0) - sums.take(first, axis=0)
        means[:, at] = total * (1 / np.maximum(last - first, 1)).astype(np.float32)[:, None]
    groups = features.groups
    total = np.add.reduceat(hidden.take(groups.order, axis=0), groups.starts, axis=0)
    total /= groups.sizes.astype(np.float32)[:, None]
    means[:, -1] = total.take(groups.of, axis=0)
    page = np.concatenate([sums[-1] / count, (features.words / features.words.sum()) @ hidden])
    return means.reshape(count, -1), page


def _product(rows: Floats | Bits, weights: Floats) -> Floats:
    """Multiply in stretches of rows so small that the library starts no threads for them.

    Threads cost a page more than they bring, fight with the workers of a run, and sum in
    another order.
    """
    out = np.empty((rows.shape[0], weights.shape[1]), np.float32)
    step = max(1, _MOST_STEPS // weights.size)
    for at in range(0, len(rows), step):
        np.matmul(rows[at : at + step], weights, out=out[at : at + step])
    return out


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
