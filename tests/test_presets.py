from __future__ import annotations

import pytest
from hypothesis import given

from cleancorpus import BUILTIN, PRESETS, Chain, Document, default_chain, preset
from cleancorpus.errors import UnknownMedia, UnknownPreset
from cleancorpus.filters import CopiedParagraph, JusText, by_name
from cleancorpus.testing import documents


def test_the_presets_are_the_promised_ones() -> None:
    assert set(PRESETS) == {"default", "light", "strict", "news", "none"}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_a_fresh_equal_chain(name: str) -> None:
    assert isinstance(preset(name), Chain)
    assert preset(name) == preset(name)


@pytest.mark.parametrize("name", ["default", "strict", "news", "light"])
def test_a_preset_has_every_filter_once_but_those_on_request(name: str) -> None:
    on_request = {CopiedParagraph.name, JusText.name}
    assert sorted([*preset(name).names(), *on_request]) == sorted(one().name for one in BUILTIN)


def test_none_removes_nothing() -> None:
    assert preset("none") == Chain()


@given(documents())
def test_light_never_removes_more_than_the_default(document: Document) -> None:
    light = {removal.at for removal in preset("light").clean(document).removals}
    default = preset("default").clean(document)
    if not default.flags:
        assert light <= {removal.at for removal in default.removals}


@given(documents())
def test_strict_never_removes_less_than_the_default(document: Document) -> None:
    default = {removal.at for removal in preset("default").clean(document).removals}
    assert default <= {removal.at for removal in preset("strict").clean(document).removals}


def test_an_unknown_preset_is_told_the_nearest() -> None:
    with pytest.raises(UnknownPreset, match="no preset named 'deflaut': did you mean default"):
        preset("deflaut")


@pytest.mark.parametrize("media", ["text", "markdown"])
def test_every_media_has_a_default(media: str) -> None:
    assert default_chain(media) == preset("default")


def test_an_unknown_media_has_no_default() -> None:
    with pytest.raises(UnknownMedia, match="no media named 'markdwon': did you mean markdown"):
        default_chain("markdwon")


@pytest.mark.parametrize("filter_type", BUILTIN, ids=lambda filter_type: filter_type.name)
def test_a_filter_is_found_by_its_name(filter_type: type) -> None:
    assert by_name(filter_type.name) is filter_type  # type: ignore[attr-defined]
