"""The learned judge: a network and, for HTML, a forest, whose logits are averaged; and its weights.

Either alone is less accurate: they see the same features and err otherwise.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from io import BytesIO
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from cleancorpus.content import forest, network
from cleancorpus.content.evidence import Surrogate
from cleancorpus.content.forest import Forest
from cleancorpus.content.inputs import Features
from cleancorpus.content.medium import Medium
from cleancorpus.content.network import Network
from cleancorpus.errors import WeightsError

Floats = NDArray[np.float32]

_SURE: Final = 30  # a logit so large that nothing more is to be said; exp stays finite


@dataclass(frozen=True, slots=True)
class Judge:
    """What says of each block how likely it is content, and what names the reasons."""

    network: Network
    forest: Forest | None
    surrogate: Surrogate

    def probabilities(self, features: Features) -> Floats:
        """For each block how likely it is content, 0 to 1."""
        logits = self.network.logits(features)
        if self.forest is not None:
            logits = (logits + self.forest.logits(features)) / np.float32(2)
        logits = np.clip(logits, -_SURE, _SURE)
        found: Floats = np.float32(1) / (np.float32(1) + np.exp(-logits))
        return found


def from_arrays(arrays: Mapping[str, NDArray[Any]], medium: Medium) -> Judge:
    """Build a judge from the arrays that training writes.

    Raises:
        WeightsError: the arrays were trained for other features than these.
    """
    first = arrays["first"]
    if first.shape[0] != len(medium.features) or len(arrays["mean"]) != medium.numbers:
        raise WeightsError(
            f"the weights read {first.shape[0]} features and this version computes "
            f"{len(medium.features)}: train them again"
        )
    return Judge(
        network.from_arrays(arrays, medium.numbers),
        forest.from_arrays(arrays, len(medium.features)) if "turn" in arrays else None,
        Surrogate(medium, arrays["surrogate"], arrays["surrogate_means"]),
    )


def load(folder: Traversable, medium: Medium) -> Judge:
    """Read the weights of a medium and check them against the hash on their card.

    Raises:
        WeightsError: weights or card are missing, or do not belong together.
    """
    name = medium.name
    try:
        raw = (folder / f"{name}.npz").read_bytes()
    except OSError as error:
        raise WeightsError(f"the weights {name!r} cannot be read in {folder}: {error}") from error
    if hashlib.sha256(raw).hexdigest() != _hash_on_card(folder, name):
        raise WeightsError(f"{name}.npz in {folder} is not the file that its card describes")
    try:
        with np.load(BytesIO(raw), allow_pickle=False) as packed:
            arrays = dict(packed)
    except (ValueError, EOFError, BadZipFile) as error:
        raise WeightsError(f"{name}.npz in {folder} holds no weights: {error}") from error
    try:
        return from_arrays(arrays, medium)
    except KeyError as error:
        raise WeightsError(f"{name}.npz in {folder} has no array {error}") from error


@lru_cache(maxsize=16)
def judge_of(medium: Medium, folder: str = "") -> Judge:
    """Return the judge for a medium from a folder of weights, read once.

    Without a folder, and of a medium that a folder with other weights has none for, it is that
    of the package.

    Raises:
        WeightsError: weights or card are missing, or do not belong together.
    """
    return load(_place(medium.name, folder), medium)


def weights_hash(name: str, folder: str = "") -> str:
    """Return the SHA-256 of the weights that `judge_of` reads for the medium of that name.

    Raises:
        WeightsError: there is no card that says it.
    """
    return _hash_on_card(_place(name, folder), name)


def _hash_on_card(folder: Traversable, name: str) -> str:
    try:
        card = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return str(card["sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise WeightsError(f"the card {name}.json cannot be read in {folder}: {error}") from error


def _place(name: str, folder: str) -> Traversable:
    """Where the weights of a medium are: those of the package where the folder has none for it.

    Raises:
        WeightsError: what should be a folder is a file, such as the weights in it, or not there.
    """
    own = files("cleancorpus.content") / "weights"
    if not folder:
        return own
    place = Path(folder)
    if place.is_file():
        raise WeightsError(f"the weights {folder} are a file: name the folder that it lies in")
    if not place.is_dir():
        raise WeightsError(f"there is no folder of weights {folder}: cleancorpus train makes one")
    has_others = any(place.glob("*.npz")) and not (place / f"{name}.npz").exists()
    return own if has_others else place
