"""The compiled twins of what is counted here, where they are built; their results are the same.

The sources lie in cleancorpus/_features. `CLEANCORPUS_WALK=python` turns them off too.
"""

from __future__ import annotations

import importlib
import os
from functools import cache
from types import ModuleType


@cache
def compiled() -> ModuleType | None:
    """Return the compiled module, or nothing where it is not built or not wanted."""
    if os.environ.get("CLEANCORPUS_WALK") == "python":
        return None
    try:
        return importlib.import_module("cleancorpus.content._compiled")
    except ImportError:
        return None
