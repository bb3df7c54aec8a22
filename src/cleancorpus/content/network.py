"""A small network over the sequence of a page's blocks, evaluated with numpy alone.

Dilated convolutions, and one step that hands every block the means of the spans around it, of the
blocks like it and of the page. Weights are trained by `train.py` and ship as float16.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.between import add_spans
from cleancorpus.content.evidence import Surrogate
from cleancorpus.content.inputs import Features
from cleancorpus.content.medium import Medium
from cleancorpus.content.products import Signal, add_signals
from cleancorpus.errors import WeightsError

Floats = NDArray[np.float32]

DILATIONS: Final = (1, 2, 4, 8, 16)
POOL_AFTER: Final = 3
"""The convolutions before the means are taken."""
CLAMP: Final = 5.0
"""Standard deviations from the mean to which a number is clamped."""
_SURE: Final = 30  # a logit so large that nothing more is to be said; exp stays finite


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
    surrogate: Surrogate

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

    def probabilities(self, features: Features) -> Floats:
        """For each block how likely it is content, 0 to 1."""
        logits = np.clip(self.logits(features), -_SURE, _SURE)
        found: Floats = np.float32(1) / (np.float32(1) + np.exp(-logits))
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


def from_arrays(arrays: dict[str, NDArray[Any]], medium: Medium) -> Network:
    """Build a network from the arrays that training writes.

    Raises:
        WeightsError: the arrays were trained for other features than these.
    """
    # In the order of rows: the compiled products take no other.
    values = {name: np.ascontiguousarray(array, np.float32) for name, array in arrays.items()}
    first = values["first"]
    if first.shape[0] != len(medium.features) or len(values["mean"]) != medium.numbers:
        raise WeightsError(
            f"the weights read {first.shape[0]} features and this version computes "
            f"{len(medium.features)}: train them again"
        )
    mean, scale = values["mean"], values["scale"]
    numbers = first[: medium.numbers] / scale[:, None]
    bias = values["first_bias"] - mean @ numbers
    layers = tuple(
        Layer(kernel[0], kernel[1], kernel[2], shift)
        for kernel, shift in zip(values["kernels"], values["kernel_biases"], strict=True)
    )
    return Network(
        (mean - CLAMP * scale)[:, None], (mean + CLAMP * scale)[:, None], numbers,
        first[medium.numbers :], bias, layers,
        values["pool"], values["pool_bias"], values["out"], values["out_bias"],
        Surrogate(medium, values["surrogate"], values["surrogate_means"]),
    )  # fmt: skip


def load(folder: Traversable, medium: Medium) -> Network:
    """Read the weights of a medium and check them against the hash on their card.

    Raises:
        WeightsError: weights or card are missing, or do not belong together.
    """
    name = medium.name
    try:
        raw = (folder / f"{name}.npz").read_bytes()
        card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise WeightsError(f"the weights {name!r} cannot be read in {folder}: {error}") from error
    found = hashlib.sha256(raw).hexdigest()
    if found != card["sha256"]:
        raise WeightsError(f"{name}.npz in {folder} is not the file that its card describes")

    with np.load(BytesIO(raw), allow_pickle=False) as arrays:
        return from_arrays(dict(arrays), medium)


@lru_cache(maxsize=16)
def network(medium: Medium, folder: str = "") -> Network:
    """Return the network for a medium from a folder of weights, read once.

    Without a folder, and of a medium that a folder with other weights has none for, it is that
    of the package.

    Raises:
        WeightsError: weights or card are missing, or do not belong together.
    """
    return load(_place(medium.name, folder), medium)


def weights_hash(name: str, folder: str = "") -> str:
    """Return the SHA-256 of the weights that `network` reads for the medium of that name.

    Raises:
        WeightsError: there is no card that says it.
    """
    place = _place(name, folder)
    try:
        card = json.loads((place / f"{name}.json").read_text(encoding="utf-8"))
        return str(card["sha256"])
    except (OSError, ValueError, KeyError) as error:
        raise WeightsError(f"the card {name}.json cannot be read in {place}: {error}") from error


def _place(name: str, folder: str) -> Traversable:
    """Where the weights of a medium are: those of the package where the folder has none for it."""
    place = Path(folder)
    if not folder or (any(place.glob("*.npz")) and not (place / f"{name}.npz").exists()):
        return files("cleancorpus.content") / "weights"
    return place
