"""The network in numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.corpus import Read, prepare
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import as_matrix
from cleancorpus.content.names import HTML
from cleancorpus.content.network import from_arrays

Drawn = Callable[[int], Any]


@pytest.mark.parametrize("seed", range(5))
def test_numpy_says_what_torch_says(drawn: Drawn, seed: int) -> None:
    torch = pytest.importorskip("torch")
    from cleancorpus.content.trained import Trained, batch_of, scaling_of

    page = drawn(seed)
    features = read_features(page)
    read = Read(HTML, "html", lambda _: (page.text, features), {})
    pages = replace(prepare([{"main_content": page.text[0]}], read), inputs=as_matrix(features))  # type: ignore[arg-type]
    torch.manual_seed(seed)
    scaling = scaling_of(pages, np.array([0]))
    trained = Trained(HTML, 8, scaling).eval()
    with torch.no_grad():
        for weights in trained.parameters():
            weights.copy_(weights.half())
        expected = trained(batch_of(pages, np.array([0]), scaling)).numpy()
    found = from_arrays(trained.arrays(), HTML.numbers).logits(features)
    assert found == pytest.approx(expected, rel=1e-3, abs=1e-3)
