"""Hypothesis profiles, and where the shared data lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# The first text drawn in a fresh checkout builds a table of Unicode: seconds, once.
patient = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)

# But for nightly the same examples each time: a run that fails has a change to blame, and no draw.
settings.register_profile("dev", patient, max_examples=50, derandomize=True)
settings.register_profile("ci", patient, max_examples=100, derandomize=True, print_blob=True)
settings.register_profile("nightly", patient, max_examples=10_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))

# What forces colours on would stand in what the command prints; typer asks when it is loaded.
for _forced in ("FORCE_COLOR", "GITHUB_ACTIONS", "PY_COLORS", "TTY_COMPATIBLE"):
    os.environ.pop(_forced, None)

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of the shared labelled data; a test that asks for it is skipped without it."""
    return _folder(os.environ.get("CLEANCORPUS_DATA", ROOT.parent / "shared" / "data"))


@pytest.fixture(scope="session")
def seeds(data: Path) -> Path:
    """The folder of the five example articles, beside the shared data."""
    return _folder(data.parent / "seeds")


def _folder(place: str | Path) -> Path:
    folder = Path(place)
    if not folder.is_dir():
        pytest.skip(f"no folder {folder}: set CLEANCORPUS_DATA to where the shared data lies")
    return folder
