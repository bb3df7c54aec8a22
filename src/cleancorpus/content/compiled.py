"""The compiled twins of what is counted here, where they are built; their results are the same.

The sources lie in cleancorpus/_features. `CLEANCORPUS_WALK=python` turns them off too.
"""

from __future__ import annotations

from functools import cache
from types import ModuleType

from cleancorpus.twins import load_twin


@cache
def compiled() -> ModuleType | None:
    """Return the compiled module, or nothing where it is not built or not wanted."""
    return load_twin("cleancorpus.content._compiled")
