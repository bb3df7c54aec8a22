"""Compiled twins are loaded where they are built, and missed only where they are asked for."""

from __future__ import annotations

import pytest

from cleancorpus.twins import load_twin

MISSING = "cleancorpus._that_nobody_built"


@pytest.mark.parametrize("wanted", ["", "python"])
def test_a_twin_that_is_not_built_is_done_without(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    monkeypatch.setenv("CLEANCORPUS_WALK", wanted)
    assert load_twin(MISSING) is None


def test_a_twin_that_is_asked_for_and_not_built_is_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("CLEANCORPUS_WALK", "compiled")
    with pytest.raises(ImportError, match=MISSING):
        load_twin(MISSING)
