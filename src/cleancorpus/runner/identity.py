"""What makes a run the run that it is: its inputs, outputs, chain, options and version."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

import cleancorpus
from cleancorpus import recipe
from cleancorpus.chain import Chain
from cleancorpus.content.judge import weights_hash
from cleancorpus.errors import RecipeError
from cleancorpus.filters import MainContent
from cleancorpus.formats.places import Plan
from cleancorpus.formats.remote import fingerprint
from cleancorpus.learn import Table
from cleancorpus.presets import default_chain
from cleancorpus.runner.work import Cleaning
from cleancorpus.segment import MEDIA

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


def identity_of(plan: Plan, cleaning: Cleaning, max_bytes: int) -> dict[str, Any]:
    """Return what must be the same for two runs to give the same bytes.

    Inputs are told by name, size and the time of their last change; those that are gone, and
    standard input, by their name alone. The walk that reads HTML is not among it, as all walks
    give the same.
    """
    # Without a chain each media has its default.
    chain = cleaning.chain
    chains = (
        {"all": chain} if chain is not None else {media: default_chain(media) for media in MEDIA}
    )
    found = {
        "version": cleancorpus.__version__,
        "inputs": _hash([_input(task.path) for task in plan.tasks]),
        "outputs": _hash([str(task.target) for task in plan.tasks]),
        "options": {
            "sources": sorted({repr(task.source) for task in plan.tasks}),
            "sinks": sorted({repr(task.sink) for task in plan.tasks}),
            "selection": asdict(cleaning.selection),
            "max_bytes": max_bytes,
        },
        "chain": {media: chain_as_text(chain) for media, chain in chains.items()},
        "weights": dict(hashed for one in chains.values() for hashed in _weights(one)),
        "learned": [table.digest.hex() for table in _tables(chain or Chain())],
    }
    # As it will be read back, to be compared.
    read_back: dict[str, Any] = json.loads(json.dumps(found))
    return read_back


def chain_as_text(chain: Chain) -> str:
    """Return a chain as its recipe, or as it prints where it holds what no recipe can."""
    try:
        return recipe.dumps(chain)
    except RecipeError:
        return _ADDRESS.sub("", repr(chain))


def _weights(chain: Chain) -> Iterator[tuple[str, str]]:
    """The hashes of the weights that a chain's judges read, by medium and folder."""
    judges = (step for step in chain.flat() if isinstance(step, MainContent))
    for judge in judges:
        for medium in ("html", "text"):
            name = f"{judge.weights}/{medium}" if judge.weights else medium
            yield name, weights_hash(medium, judge.weights)


def _tables(chain: Chain) -> Iterator[Table]:
    """The learned tables of a chain's filters."""
    for step in chain.flat():
        if isinstance(table := getattr(step, "table", None), Table):
            yield table


def _input(path: Any) -> Any:  # noqa: ANN401 - JSON
    try:
        return None if path is None else fingerprint(path)
    except OSError:
        return str(path)


def _hash(found: Any) -> str:  # noqa: ANN401 - JSON
    return hashlib.sha256(json.dumps(found).encode()).hexdigest()
