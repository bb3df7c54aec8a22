"""A network and a forest that are fitted to the same targets. Needs the extra `train`."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import lightgbm
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from cleancorpus.content.corpus import Pages
from cleancorpus.content.evidence import Surrogate
from cleancorpus.content.grown import Growth, arrays_of, grow
from cleancorpus.content.medium import Medium
from cleancorpus.content.trained import Batch, Trained, batch_of, scaling_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

_PAGES_AT_ONCE: Final = 32  # in evaluation


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train; the defaults are what the shipped weights were trained with.

    Beside the network a forest of so many `trees` is grown. Both learn from the gold text, and as
    much as `taught` says from the opinion of `teachers`, networks of their own.
    """

    channels: int = 64
    epochs: int = 8
    rate: float = 6e-3
    decay: float = 1e-2
    pages_a_step: int = 16
    most_blocks: int = 800
    drop_groups: float = 0.08
    word_power: float = 1.0
    seed: int = 0
    trees: int = 0
    teachers: int = 0
    teacher_channels: int = 64
    taught: float = 0.5


@dataclass(frozen=True, slots=True)
class Fitted:
    """A network and, where the plan has trees, a forest: their logits are averaged."""

    network: Trained
    forest: lightgbm.Booster | None

    @property
    def medium(self) -> Medium:
        """What it reads."""
        return self.network.medium

    def arrays(self, surrogate: Surrogate) -> dict[str, NDArray[Any]]:
        """All weights, as `judge.from_arrays` takes them."""
        return {
            **self.network.arrays(),
            **({} if self.forest is None else arrays_of(self.forest)),
            "surrogate": surrogate.weights,
            "surrogate_means": surrogate.means,
        }


def fit(pages: Pages, chosen: Ints, plan: Plan, targets: Floats | None = None) -> Fitted:
    """Train on the chosen pages; those without gold text teach to keep nothing.

    `targets` stand in for those of the gold text.
    """
    wanted = pages.targets if targets is None else targets
    forest = None
    if plan.trees:
        rows = pages.rows_of(chosen)
        inputs = pages.inputs[rows].astype(np.float32)
        weights = pages.shares()[rows]
        forest = grow(inputs, wanted[rows], weights, Growth(plan.trees), plan.seed)
    return Fitted(_fit_network(pages, chosen, plan, wanted), forest)


def _fit_network(pages: Pages, chosen: Ints, plan: Plan, wanted: Floats) -> Trained:
    torch.set_num_threads(1)  # sums in one order, whatever the number of cores
    torch.manual_seed(plan.seed)
    rng = np.random.default_rng(plan.seed)
    chosen = chosen[np.diff(pages.starts)[chosen] > 0]
    scaling = scaling_of(pages, chosen)
    network = Trained(pages.medium, plan.channels, scaling)
    optimizer = torch.optim.AdamW(network.parameters(), plan.rate, weight_decay=plan.decay)
    steps = plan.epochs * math.ceil(len(chosen) / plan.pages_a_step)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, plan.rate, total_steps=steps)
    network.train()
    for _ in range(plan.epochs):
        for step in _slices(rng.permutation(chosen), plan.pages_a_step):
            batch = batch_of(pages, step, scaling, (plan.most_blocks, rng))
            _drop_groups(batch, pages.medium, plan.drop_groups, rng)
            losses = binary_cross_entropy_with_logits(
                network(batch), torch.from_numpy(wanted[batch.rows]), reduction="none"
            )
            optimizer.zero_grad()
            loss = (losses * _weights(batch, plan.word_power)).sum() / batch.pages
            loss.backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
    return network.eval()


def _weights(batch: Batch, power: float) -> Tensor:
    """What each block counts on its page: its words, to a power that under 1 lifts short lines."""
    shares = batch.weights[batch.at]
    if power == 1:
        return shares
    shares, page = shares**power, batch.page[batch.at]
    return shares / shares.new_zeros(batch.pages).index_add(0, page, shares)[page]


def predict(fitted: Fitted, pages: Pages, chosen: Ints, into: Floats) -> None:
    """Write the probabilities of these pages' blocks into their places."""
    network, forest = fitted.network, fitted.forest
    chosen = chosen[np.diff(pages.starts)[chosen] > 0]
    with torch.no_grad():
        for step in _slices(chosen, _PAGES_AT_ONCE):
            batch = batch_of(pages, step, network.scaling)
            logits = network(batch)
            if forest is not None:
                said = forest.predict(pages.inputs[batch.rows].astype(np.float32), raw_score=True)
                logits = (logits + torch.from_numpy(said).float()) / 2
            into[batch.rows] = torch.sigmoid(logits).numpy()


def _drop_groups(batch: Batch, medium: Medium, share: float, rng: np.random.Generator) -> None:
    """Blank groups of features on whole pages, so that no decision rests on one group alone."""
    groups = medium.groups.values()
    drawn = rng.random((batch.pages, len(groups))) < share
    keep = torch.from_numpy(np.repeat(~drawn, [len(names) for names in groups], axis=1))
    batch.inputs.mul_(keep[batch.page])


def _slices(chosen: Ints, size: int) -> Iterator[Ints]:
    for at in range(0, len(chosen), size):
        yield chosen[at : at + size]
