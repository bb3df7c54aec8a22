"""The network in numpy is that of torch, and the compiled twin is that of numpy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from cleancorpus.content.compiled import compiled
from cleancorpus.content.corpus import Read, prepare
from cleancorpus.content.features import read_features
from cleancorpus.content.inputs import Features, as_matrix, grouped
from cleancorpus.content.names import HTML
from cleancorpus.content.network import DILATIONS, Layer, Network, from_arrays

Drawn = Callable[[int], Any]

needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")


def network(channels: int = 32, seed: int = 0) -> Network:
    rng = np.random.default_rng(seed)

    def drawn(*shape: int) -> Any:  # noqa: ANN401 - an array
        return (rng.standard_normal(shape) / 8).astype(np.float32)

    many, width = HTML.numbers, (len(HTML.pooled) + 3) * channels
    layers = tuple(Layer._make([*drawn(3, channels, channels), drawn(channels)]) for _ in DILATIONS)
    return Network(
        drawn(many, 1) - 2, drawn(many, 1) + 2, drawn(many, channels),
        drawn(len(HTML.features) - many, channels), drawn(channels), layers,
        drawn(width, channels), drawn(channels), drawn(channels), drawn(1),
    )  # fmt: skip


def ran(of: Network, features: Features, *, wide: bool = True) -> Any:  # noqa: ANN401 - an array
    module = compiled()
    assert module is not None
    found = of.run(module, features, wide=wide)
    if found is None:
        pytest.skip("this processor has no vectors for it")
    return found


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


@needs_compiled
@pytest.mark.parametrize("channels", [16, 32, 48, 64])
@pytest.mark.parametrize("seed", range(4))
def test_the_twin_says_what_numpy_says(drawn: Drawn, seed: int, channels: int) -> None:
    features = read_features(drawn(seed))
    of = network(channels, seed)
    wanted = of.logits_in_python(features)
    assert np.ptp(wanted) > 0.1
    assert ran(of, features) == pytest.approx(wanted, rel=1e-4, abs=1e-3)


@needs_compiled
@pytest.mark.parametrize("count", [1, 2, 5, 6, 7, 11, 12, 13, 23, 40])
def test_it_does_so_of_any_number_of_blocks_and_to_the_bit_in_any_vectors(count: int) -> None:
    features = some(count)
    found = ran(network(), features)
    assert found == pytest.approx(network().logits_in_python(features), rel=1e-4, abs=1e-3)
    assert ran(network(), features, wide=False).tobytes() == found.tobytes()


@needs_compiled
def test_channels_that_fill_no_vector_are_left_to_numpy() -> None:
    of = network(channels=11)
    module = compiled()
    assert module is not None
    assert of.run(module, some(9)) is None
    assert of.logits(some(9)).tobytes() == of.logits_in_python(some(9)).tobytes()


def some(count: int) -> Features:
    """A page of that many blocks, with spans of all lengths and groups of all sizes."""
    rng = np.random.default_rng(count)
    begin, end = np.sort(rng.integers(0, count + 1, (2, 6, count)), axis=0)
    numbers = rng.standard_normal((HTML.numbers, count)).astype(np.float32) * 3
    switches = rng.random((count, len(HTML.features) - HTML.numbers)) < 2 / count
    words = rng.integers(1, 90, count).astype(np.float32)
    groups = grouped(rng.integers(0, 1 + count // 3, count))
    return Features(HTML, numbers, switches.astype(np.uint8), words, begin, end, groups, 0)


WRONG: dict[str, Callable[[Features], Features]] = {
    "numbers": lambda one: replace(one, numbers=one.numbers[:, 1:]),
    "switches": lambda one: replace(one, switches=one.switches[:, 1:]),
    "switches of other blocks": lambda one: replace(one, switches=one.switches[1:]),
    "words": lambda one: replace(one, words=one.words[1:]),
    "begins": lambda one: replace(one, begin=one.begin[:, 1:].copy()),
    "ends": lambda one: replace(one, end=one.end[1:]),
    "spans": lambda one: replace(one, begin=one.begin[:1], end=one.end[:1]),
    "a span past the end": lambda one: replace(one, end=one.end + 40),
    "a span under zero": lambda one: replace(one, begin=one.begin - 41),
    "an order past the end": lambda one: regrouped(one, order=one.groups.order + 1),
    "an order of others": lambda one: regrouped(one, order=one.groups.order[1:]),
    "a group that is not there": lambda one: regrouped(one, of=one.groups.of + 99),
    "a group under zero": lambda one: regrouped(one, of=one.groups.of - 99),
    "groups of others": lambda one: regrouped(one, of=one.groups.of[1:]),
    "a start past the end": lambda one: regrouped(one, starts=one.groups.starts + 1),
    "starts in no order": lambda one: regrouped(one, starts=one.groups.starts[::-1].copy()),
    "no groups": lambda one: regrouped(one, starts=one.groups.starts[:0]),
}


def regrouped(features: Features, **parts: Any) -> Features:  # noqa: ANN401 - arrays
    return replace(features, groups=replace(features.groups, **parts))


@needs_compiled
@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG.keys())
def test_features_that_cannot_be_are_refused(wrong: Callable[[Features], Features]) -> None:
    with pytest.raises(ValueError, match=r"length|span|group"):
        ran(network(), wrong(some(20)))


@needs_compiled
@pytest.mark.parametrize(
    "name", ["low", "high", "numbers", "switches", "bias", "pool", "pool_bias", "out", "out_bias"]
)
def test_weights_that_do_not_fit_are_refused(name: str) -> None:
    of = network()
    short = getattr(of, name)[1:]
    with pytest.raises(ValueError, match="length"):
        ran(replace(of, **{name: short}), some(20))
    layers = (*of.layers[1:], of.layers[0]._replace(after=of.layers[0].after[1:]))
    for wrong in (layers, of.layers[1:], of.layers * 2):
        with pytest.raises(ValueError, match="length"):
            ran(replace(of, layers=wrong), some(20))
