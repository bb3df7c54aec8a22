"""Many instances at once are those that the constructor makes."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, replace
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given

from cleancorpus import Block, Document, Removal
from cleancorpus.instances import compiled, in_python, instances
from cleancorpus.outline import Elements, Place
from cleancorpus.testing import documents

needs_compiled = pytest.mark.skipif(compiled() is None, reason="it is not built")


def many(blocks: tuple[Block, ...]) -> list[Block]:
    columns = {name: [getattr(one, name) for one in blocks] for name in Block.__slots__}
    return instances(Block, len(blocks), **columns)


@given(documents())
def test_blocks_are_those_of_the_constructor(document: Document) -> None:
    made = many(document.blocks)
    assert tuple(made) == document.blocks
    assert repr(made) == repr(list(document.blocks))
    assert list(map(hash, made)) == list(map(hash, document.blocks))
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - our own bytes


def test_they_are_frozen_and_can_be_replaced() -> None:
    (made,) = instances(Removal, 1, at=[3], filter="byline", because=["by Ada"], score=None)
    assert replace(made, at=4) == Removal(4, "byline", "by Ada")
    with pytest.raises(FrozenInstanceError):
        made.at = 5  # type: ignore[misc]


def test_what_is_no_list_is_the_value_of_all() -> None:
    elements = Elements()
    made = instances(Place, 2, row=[7, 8], elements=elements)
    assert [(place.row, place.elements is elements) for place in made] == [(7, True), (8, True)]
    assert made == in_python(Place, 2, (elements, [7, 8]))
    assert instances(Place, 0, row=1, elements=elements) == []


def test_each_field_has_to_be_given() -> None:
    with pytest.raises(KeyError, match="score"):
        instances(Removal, 1, at=1, filter="x", because="y")


def test_a_class_that_checks_its_values_is_refused() -> None:
    with pytest.raises(TypeError, match="Document"):
        instances(Document, 1, blocks=())


@dataclass(frozen=True, slots=True)
class Other:
    """A class with one slot."""

    row: int


@needs_compiled
@pytest.mark.parametrize(
    ("call", "error"),
    [
        (lambda module: module.make(Other, ("elements",), (1,), 1), TypeError),
        (lambda module: module.make(Other, ("__doc__",), (1,), 1), TypeError),
        (lambda module: module.make(Other, (1,), (1,), 1), TypeError),
        (lambda module: module.make(int, ("row",), (1,), 1), TypeError),
        (lambda module: module.make(int, ("real",), (1,), 1), TypeError),
        (lambda module: module.make(type(len), ("__self__",), (1,), 1), TypeError),
        (lambda module: module.make(Other, ("row",), (), 1), ValueError),
        (lambda module: module.make(Other, ("row",), ([1],), 2), ValueError),
        (lambda module: module.make(Other, ("row", "row"), (1, 1), 1), ValueError),
        (lambda module: module.make(Other, ("row",) * 99, (1,) * 99, 1), ValueError),
    ],
)
def test_slots_that_cannot_be_filled_are_refused(call: Any, error: type[Exception]) -> None:  # noqa: ANN401 - a call of an untyped module
    module = compiled()
    assert isinstance(module, ModuleType)
    with pytest.raises(error):
        call(module)
