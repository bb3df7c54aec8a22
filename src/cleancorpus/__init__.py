"""Strip boilerplate from text corpora, block by block, with a reason for every removal."""

from __future__ import annotations

from cleancorpus.chain import Chain, Filter, LossBudget
from cleancorpus.document import Block, Document, Kind, Record, Removal
from cleancorpus.errors import CleanCorpusError
from cleancorpus.filters import BUILTIN
from cleancorpus.presets import PRESETS, default_chain, preset
from cleancorpus.runner.process import clean, process
from cleancorpus.segment import segment

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
    "default_chain",
    "preset",
    "process",
    "segment",
]
__version__ = "0.1.0"
