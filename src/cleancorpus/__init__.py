"""Strip boilerplate from text corpora, block by block, with a reason for every removal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cleancorpus.chain import Chain, Filter, LossBudget
from cleancorpus.document import Block, Document, Kind, Record, Removal
from cleancorpus.errors import CleanCorpusError
from cleancorpus.filters import BUILTIN
from cleancorpus.presets import PRESETS, default_chain, preset
from cleancorpus.runner.process import clean, process
from cleancorpus.segment import segment

if TYPE_CHECKING:
    from cleancorpus.runner.front import run
    from cleancorpus.runner.many import clean_many

__all__ = [
    "BUILTIN",
    "PRESETS",
    "Block",
    "Chain",
    "CleanCorpusError",
    "Document",
    "Filter",
    "Kind",
    "LossBudget",
    "Record",
    "Removal",
    "clean",
    "clean_many",
    "default_chain",
    "preset",
    "process",
    "run",
    "segment",
]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a function of ours
    """Load what starts processes when it is asked for: whoever cleans a text has no use for it."""
    if name == "run":
        from cleancorpus.runner.front import run  # noqa: PLC0415

        return run
    if name == "clean_many":
        from cleancorpus.runner.many import clean_many  # noqa: PLC0415

        return clean_many
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
