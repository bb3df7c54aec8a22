"""Train the judge, measure it by cross-validation, write weights and card. Needs the extra `train`.

The same data, seed and versions give the same weights on the same machine.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content.corpus import Folders, Pages, Read, prepared, read_records
from cleancorpus.content.evidence import Surrogate, fit_surrogate
from cleancorpus.content.fitted import Fitted, Plan, fit, predict

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

Watch = Callable[[str], object]

FOLDS: Final = 5


def folds_of(pages: Pages, seed: int) -> Ints:
    """Which of the folds each page tests; a domain is in one fold alone.

    Domains are put into folds by a hash, largest first, each where fewest pages are.
    """
    names, counts = np.unique(pages.domains, return_counts=True)
    keys = [hashlib.sha256(f"{seed}:{name}".encode()).hexdigest() for name in names]
    sizes, fold = [0] * FOLDS, {}
    for at in sorted(range(len(names)), key=lambda at: (-counts[at], keys[at])):
        least = sizes.index(min(sizes))
        fold[str(names[at])] = least
        sizes[least] += int(counts[at])
    return np.array([fold[str(domain)] for domain in pages.domains])


@dataclass(frozen=True, slots=True)
class Teachers:
    """What networks say of pages whose folds they have not seen: a second opinion on the gold text.

    What one reader counted as content on one page is partly chance. A network that saw other
    sites alone says what readers count as content on pages of that kind, and a target between
    the two teaches less of the chance. Nothing is said twice: what saw neither of two folds
    teaches each of them where the other is tested.
    """

    pages: Pages
    plan: Plan
    fold: Ints
    said: dict[frozenset[int], Floats] = field(default_factory=dict)

    def targets(self, tested: int | None = None) -> Floats:
        """Return what to train on where the fold `tested`, if any, is left out."""
        wanted = self.pages.targets.copy()
        if not self.plan.teachers:
            return wanted
        for number in sorted(set(self.fold.tolist()) - {tested}):
            unseen = frozenset({number} if tested is None else {number, tested})
            rows = self.pages.rows_of(np.flatnonzero(self.fold == number))
            wanted[rows] += self.plan.taught * (self._opinion(unseen)[rows] - wanted[rows])
        return wanted

    def _opinion(self, unseen: frozenset[int]) -> Floats:
        """What teachers that saw none of these folds say of their pages, on the mean."""
        found = self.said.get(unseen)
        if found is not None:
            return found
        inside = np.isin(self.fold, sorted(unseen))
        others, own = np.flatnonzero(~inside), np.flatnonzero(inside)
        if not np.diff(self.pages.starts)[others].any():
            return self.pages.targets  # of two sites, nobody saw neither
        found = self.said[unseen] = np.zeros(len(self.pages.targets), np.float32)
        one = np.zeros_like(found)
        alike = replace(self.plan, channels=self.plan.teacher_channels, trees=0)
        for number in range(self.plan.teachers):
            plan = replace(alike, seed=self.plan.seed + 1 + number)
            predict(fit(self.pages, others, plan), self.pages, own, one)
            found += one / self.plan.teachers
        return found


def cross_validate(teachers: Teachers, folds: Path | None = None, watch: Watch = str) -> Floats:
    """For each block its probability by a judge that saw no page of its domain.

    The weights of fold N are written into the folder N of `folds`, for those who want to judge
    whole chains by weights that have not seen a page.
    """
    pages, plan, fold = teachers.pages, teachers.plan, teachers.fold
    found = np.zeros(len(pages.targets), np.float32)
    for number in range(FOLDS):
        watch(f"cross-validation, fold {number + 1} of {FOLDS}")
        others = np.flatnonzero(fold != number)
        fitted = fit(pages, others, plan, teachers.targets(number))
        predict(fitted, pages, np.flatnonzero(fold == number), found)
        if folds is not None:
            facts = {"fold": number, "domains": sorted(set(pages.domains[others].tolist()))}
            write(fitted, explain(fitted, pages, others), folds / str(number), facts)
    return found


def report(pages: Pages, probabilities: Floats, leaning: float = 1.0) -> dict[str, float]:
    """The mean word F1 over all pages, over those with gold text, and of the latter by page type.

    Without gold text the only right answer is none, which no choice among blocks can give.
    """
    scores = np.array(
        [
            pages.score(page, probabilities[pages.starts[page] : pages.starts[page + 1]], leaning)
            for page in range(len(pages))
        ]
    )
    gold = np.diff(pages.gold_starts) > 0
    table = {"all pages": float(scores.mean()), "pages with gold text": float(scores[gold].mean())}
    for kind in sorted(set(pages.kinds.tolist())):
        if (gold & (pages.kinds == kind)).any():
            table[kind] = float(scores[gold & (pages.kinds == kind)].mean())
    return {name: round(value, 4) for name, value in table.items()}


def explain(fitted: Fitted, pages: Pages, chosen: Ints) -> Surrogate:
    """Fit the linear model whose parts the evidence names, to the chosen pages."""
    chances = np.zeros(len(pages.targets), np.float32)
    predict(fitted, pages, chosen, chances)
    chances = np.clip(chances, 1e-4, 1 - 1e-4)
    weights = pages.shares() * pages.rows_of(chosen)
    return fit_surrogate(pages.medium, pages.inputs, np.log(chances / (1 - chances)), weights)


def write(fitted: Fitted, surrogate: Surrogate, folder: Path, facts: dict[str, Any]) -> None:
    """Write weights and their card."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / f"{fitted.medium.name}.npz"
    np.savez_compressed(place, allow_pickle=False, **fitted.arrays(surrogate))
    card = {
        **facts,
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "sha256": hashlib.sha256(place.read_bytes()).hexdigest(),
        "features": list(fitted.medium.features),
    }
    text = json.dumps(card, indent=1, ensure_ascii=False)
    place.with_suffix(".json").write_text(text + "\n", encoding="utf-8")


def train(
    pages: Pages, plan: Plan, folders: Folders, facts: dict[str, Any], watch: Watch = str
) -> dict[str, float]:
    """Cross-validate, then train on all pages and write the weights; return the figures."""
    teachers = Teachers(pages, plan, folds_of(pages, 0))
    figures = report(pages, cross_validate(teachers, folders.folds, watch))
    watch("training on all pages")
    everything = np.arange(len(pages))
    fitted = fit(pages, everything, plan, teachers.targets())
    facts = {**facts, "pages": len(pages), "blocks": len(pages.targets), "plan": asdict(plan)}
    facts["cross_validated_word_f1"] = figures
    write(fitted, explain(fitted, pages, everything), folders.weights, facts)
    return figures


def train_file(
    path: Path, read: Read, folders: Folders, plan: Plan, watch: Watch = str
) -> dict[str, float]:
    """Train on a JSONL file of pages or texts with `main_content`; see `train`.

    `read` turns a line into features, `watch` is told what is done next.

    Raises:
        RecordError: a line of the file has no `main_content`, or not what `read` reads.
    """
    watch("reading, measuring and labelling the pages")
    pages = prepared(path, read_records(path, read.field), read, folders.cache)
    name = read.medium.name
    option = "" if name == "html" else f" --media {name}"
    facts = {"data": path.name, "command": f"cleancorpus train {path.name}{option}"}
    return train(pages, plan, folders, facts, watch)
