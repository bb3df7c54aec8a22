"""The network as torch trains it, and the batches that it reads. Needs the extra `train`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import pad

from cleancorpus.content.corpus import Pages
from cleancorpus.content.medium import Medium
from cleancorpus.content.network import CLAMP, DILATIONS, POOL_AFTER

Ints = NDArray[np.int64]
Scaling = tuple[NDArray[np.float32], NDArray[np.float32]]

_GAP = max(DILATIONS)  # empty rows between pages, so that convolutions do not reach the next


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages one after the other on a tape, with empty rows between them.

    `rows` are the blocks on the tape, `at` their places; every other tensor has a row for each
    place, of which the empty ones point at the first page and hold zeros.
    """

    rows: NDArray[np.int64]
    pages: int
    at: Tensor
    inputs: Tensor
    filled: Tensor
    page: Tensor
    weights: Tensor
    begin: Tensor
    end: Tensor
    groups: Tensor


class Trained(nn.Module):
    """The network of `network.py`, layer by layer the same."""

    def __init__(
        self, medium: Medium, channels: int, scaling: Scaling, dropout: float = 0.1
    ) -> None:
        """Draw the first weights from torch's generator."""
        super().__init__()
        self.medium = medium
        self.scaling = scaling
        self.first = nn.Linear(len(medium.features), channels)
        spread = (2 / (3 * channels)) ** 0.5
        self.kernels = nn.Parameter(torch.randn(len(DILATIONS), 3, channels, channels) * spread)
        self.kernel_biases = nn.Parameter(torch.zeros(len(DILATIONS), channels))
        self.pool = nn.Linear((len(medium.pooled) + 3) * channels, channels)
        self.out = nn.Linear(channels, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, batch: Batch) -> Tensor:
        """The logit of each block of the batch, in the order of its rows."""
        tape = torch.relu(self.first(batch.inputs)) * batch.filled
        for layer, step in enumerate(DILATIONS):
            before, here, after = self.kernels[layer]
            signal = tape @ here + self.kernel_biases[layer]
            signal = signal + pad((tape @ before)[:-step], (0, 0, step, 0))
            signal = signal + pad((tape @ after)[step:], (0, 0, 0, step))
            tape = tape + self.dropout(torch.relu(signal)) * batch.filled
            if layer + 1 == POOL_AFTER:
                pooled = torch.relu(self.pool(_pooled(tape, batch, self.medium.pooled)))
                tape = tape + pooled * batch.filled
        logits: Tensor = self.out(tape)[:, 0][batch.at]
        return logits

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The weights as `network.from_arrays` takes them, in half precision."""
        state = {name: value.detach().numpy() for name, value in self.state_dict().items()}
        return {
            "mean": self.scaling[0],
            "scale": self.scaling[1],
            "first": state["first.weight"].T.astype(np.float16),
            "first_bias": state["first.bias"].astype(np.float16),
            "kernels": state["kernels"].astype(np.float16),
            "kernel_biases": state["kernel_biases"].astype(np.float16),
            "pool": state["pool.weight"].T.astype(np.float16),
            "pool_bias": state["pool.bias"].astype(np.float16),
            "out": state["out.weight"][0].astype(np.float16),
            "out_bias": state["out.bias"][0].astype(np.float16),
        }


def _pooled(tape: Tensor, batch: Batch, spans: tuple[int, ...]) -> Tensor:
    sums = pad(torch.cumsum(tape, 0), (0, 0, 1, 0))
    length = (batch.end - batch.begin).clamp(min=1)
    parts = [
        (sums.index_select(0, batch.end[:, span]) - sums.index_select(0, batch.begin[:, span]))
        / length[:, span, None]
        for span in spans
    ]
    ones = batch.filled[:, 0]
    page_sizes = ones.new_zeros(batch.pages).index_add(0, batch.page, ones)
    groups = int(batch.groups.max()) + 1
    group_sizes = ones.new_zeros(groups).index_add(0, batch.groups, ones)
    for index, weights, sizes in (
        (batch.groups, ones, group_sizes),
        (batch.page, ones, page_sizes),
        (batch.page, batch.weights, torch.ones_like(page_sizes)),
    ):
        total = tape.new_zeros(len(sizes), tape.shape[1])
        mean = total.index_add(0, index, tape * weights[:, None]) / sizes.clamp(min=1)[:, None]
        parts.append(mean.index_select(0, index))
    return torch.cat(parts, 1)


def batch_of(
    pages: Pages,
    chosen: Ints,
    scaling: Scaling,
    crop: tuple[int, np.random.Generator] | None = None,
) -> Batch:
    """Lay these pages on a tape; of a page with more blocks than `crop` a random stretch."""
    spans: list[tuple[int, int]] = []
    for index in chosen:
        first, count = int(pages.starts[index]), int(pages.starts[index + 1] - pages.starts[index])
        if crop is not None and count > crop[0]:
            first, count = first + int(crop[1].integers(0, count - crop[0] + 1)), crop[0]
        spans.append((first, count))
    size = sum(count + _GAP for _, count in spans) + _GAP
    rows = np.concatenate([np.arange(first, first + count) for first, count in spans])
    page, groups = np.zeros(size, np.int64), np.zeros(size, np.int64)
    weights, filled = np.zeros(size, np.float32), np.zeros((size, 1), np.float32)
    begin, end = (np.zeros((size, pages.medium.spans), np.int64) for _ in range(2))
    at = _GAP
    known = 0
    for number, (index, (first, count)) in enumerate(zip(chosen, spans, strict=True)):
        here, there = slice(at, at + count), slice(first, first + count)
        shift = first - int(pages.starts[index])
        page[here], filled[here] = number, 1
        begin[here] = np.clip(pages.begin[there] - shift, 0, count) + at
        end[here] = np.clip(pages.end[there] - shift, 0, count) + at
        groups[here] = pages.groups[there] + known
        known += int(pages.groups[there].max(initial=-1)) + 1
        weights[here] = pages.words[there] / max(1.0, float(pages.words[there].sum()))
        at += count + _GAP
    inputs = np.zeros((size, len(pages.medium.features)), np.float32)
    places = np.flatnonzero(filled[:, 0])
    inputs[places] = scaled(pages, rows, scaling)
    tape = (places, inputs, filled, page, weights, begin, end, groups)
    return Batch(rows, len(chosen), *(torch.from_numpy(part) for part in tape))


def scaled(pages: Pages, rows: Ints, scaling: Scaling) -> NDArray[np.float32]:
    """The inputs with their numbers brought to mean 0 and deviation 1, and clamped."""
    mean, scale = scaling
    inputs = pages.inputs[rows].astype(np.float32)
    numbers = inputs[:, : len(mean)]
    np.clip((numbers - mean) / scale, -CLAMP, CLAMP, out=numbers)
    return inputs


def scaling_of(pages: Pages, chosen: Ints) -> Scaling:
    """Mean and deviation of each number over the blocks of the chosen pages."""
    numbers = pages.inputs[pages.rows_of(chosen), : pages.medium.numbers].astype(np.float32)
    mean, spread = (take(axis=0, dtype=np.float64) for take in (numbers.mean, numbers.std))
    # A number that never changes must not blow up the one page where it does.
    return mean.astype(np.float32), (spread + 1e-3).astype(np.float32)
