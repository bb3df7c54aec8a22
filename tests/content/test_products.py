"""The compiled products are numpy's but for the last bits, and the same on all processors."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from cleancorpus.content.compiled import compiled
from cleancorpus.content.products import Signal, add_signals, signals_in_python

Floats = NDArray[np.float32]

CHANNELS = 64


def drawn(seed: int, *shape: int) -> Floats:
    return np.random.default_rng(seed).standard_normal(shape).astype(np.float32)


def signals_of(count: int, channels: int = CHANNELS) -> tuple[Signal, ...]:
    return (
        Signal(drawn(1, count, 40), drawn(2, 40, channels)),
        Signal(drawn(3, 7, count), drawn(4, 7, channels), is_turned=True),
    )


def can_weigh(*, is_wide: bool) -> bool:
    module, out = compiled(), np.empty((1, CHANNELS), np.float32)
    return bool(module and module.weigh((), out[0], None, out, is_wide))


needs_compiled = pytest.mark.skipif(compiled() is None, reason="the compiled twin is not built")
needs_vectors = pytest.mark.skipif(
    not can_weigh(is_wide=True), reason="this processor has no vectors for it"
)


def weighed(signals: tuple[Signal, ...], hidden: Floats | None, *, is_wide: bool) -> Floats:
    module, count = compiled(), signals[0].rows.shape[0]
    channels = signals[0].weights.shape[1]
    out = np.full((count, channels), 7, np.float32)
    assert module is not None
    assert module.weigh(signals, drawn(5, channels), hidden, out, is_wide)
    return out


@needs_vectors
@pytest.mark.parametrize("count", [1, 5, 6, 11, 12, 13, 40])
@pytest.mark.parametrize("channels", [16, 48, 64, 96])
def test_products_are_those_of_numpy(count: int, channels: int) -> None:
    signals, hidden = signals_of(count, channels), drawn(6, count, channels)
    for before in (None, hidden):
        wanted = np.empty_like(hidden)
        signals_in_python(signals, drawn(5, channels), before, wanted)
        assert weighed(signals, before, is_wide=True) == pytest.approx(wanted, abs=1e-4)


@needs_vectors
@pytest.mark.parametrize("count", [1, 5, 12, 28, 40])
@pytest.mark.parametrize("is_wide", [True, False])
def test_switches_are_products_of_zeros_and_ones(count: int, *, is_wide: bool) -> None:
    rng = np.random.default_rng(count)
    switches = (rng.random((count, 40)) < 2 / count).astype(np.uint8)
    signals, hidden = signals_of(count), drawn(6, count, CHANNELS)
    found, wanted = (
        weighed((signals[0], Signal(rows, drawn(7, 40, CHANNELS))), hidden, is_wide=is_wide)
        for rows in (switches, switches.astype(np.float32))
    )
    assert found.tobytes() == wanted.tobytes()


@needs_vectors
@pytest.mark.parametrize("count", [1, 7, 30])
def test_wide_and_narrow_vectors_give_the_same_to_the_last_bit(count: int) -> None:
    signals, hidden = signals_of(count), drawn(6, count, CHANNELS)
    wide, narrow = (weighed(signals, hidden, is_wide=is_wide) for is_wide in (True, False))
    assert wide.tobytes() == narrow.tobytes()


@needs_vectors
def test_a_row_is_the_same_wherever_it_stands() -> None:
    rows, weights = drawn(1, 30, 40), drawn(2, 40, CHANNELS)
    whole = weighed((Signal(rows, weights),), None, is_wide=True)
    for at in (0, 11, 12, 23, 24, 28, 29):
        alone = weighed((Signal(rows[at : at + 1], weights),), None, is_wide=True)
        assert alone.tobytes() == whole[at].tobytes()


def test_what_is_hidden_may_be_written_over() -> None:
    signals, hidden = signals_of(20), drawn(6, 20, CHANNELS)
    wanted = np.empty_like(hidden)
    add_signals(signals, drawn(5, CHANNELS), hidden, wanted)
    add_signals(signals, drawn(5, CHANNELS), hidden, hidden)
    assert hidden.tobytes() == wanted.tobytes()


def test_channels_that_fill_no_vector_are_left_to_numpy() -> None:
    signals, out, wanted = signals_of(9, 11), *np.zeros((2, 9, 11), np.float32)
    add_signals(signals, drawn(5, 11), None, out)
    signals_in_python(signals, drawn(5, 11), None, wanted)
    assert out.tobytes() == wanted.tobytes()


ROWS, BITS, WEIGHTS = drawn(1, 9, 40), np.zeros((9, 40), np.uint8), drawn(2, 40, CHANNELS)


@needs_compiled
@pytest.mark.parametrize(
    "call",
    [
        (((ROWS[1:], WEIGHTS, False),), drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        (((ROWS, WEIGHTS[1:], False),), drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        (((ROWS, WEIGHTS, True),), drawn(5, CHANNELS), ROWS, drawn(6, 9, CHANNELS)),
        (((ROWS, WEIGHTS, False),) * 4, drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        (((BITS[1:], WEIGHTS, False),), drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        (((BITS, WEIGHTS, True),), drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        (
            ((np.zeros((9, 1_001), np.uint8), drawn(2, 1_001, CHANNELS), False),),
            *(drawn(5, CHANNELS), None, drawn(6, 9, CHANNELS)),
        ),
        ((), drawn(5, 0), None, drawn(6, 9, CHANNELS)),
        ((), drawn(5, 60), None, drawn(6, 9, CHANNELS)),
    ],
)
def test_arrays_that_do_not_fit_are_refused(call: tuple[Any, ...]) -> None:
    module = compiled()
    assert module is not None
    with pytest.raises(ValueError, match="length"):
        module.weigh(*call, True)  # noqa: FBT003 - C takes no names
