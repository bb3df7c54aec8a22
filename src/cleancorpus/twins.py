"""Compiled twins of functions in Python: the same results, several times as fast, where built."""

from __future__ import annotations

import importlib
import os
from types import ModuleType


def load_twin(name: str) -> ModuleType | None:
    """Return a compiled module, or nothing where it is not built or not wanted.

    `CLEANCORPUS_WALK=python` turns all of them off, and `compiled` asks for all of them: whoever
    tests a wheel must not be served by what it lacks.

    Raises:
        ImportError: it is asked for, and not built.
    """
    wanted = os.environ.get("CLEANCORPUS_WALK")
    if wanted == "python":
        return None
    try:
        return importlib.import_module(name)
    except ImportError:
        if wanted == "compiled":
            raise
        return None
