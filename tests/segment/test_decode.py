from __future__ import annotations

import codecs
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.errors import MissingExtra
from cleancorpus.segment.decode import (
    controls_in_arrays,
    decode,
    mend,
    mend_and_encode,
    repair_mojibake,
)
from cleancorpus.twins import load_twin

WALK = "cleancorpus.segment.html._compiled"

SAMPLES = {
    "windows-1252": "Der Bürgermeister sagte: „Die Fähre fährt wieder“ – für 5 €. Naïve café.",
    "shift_jis": (
        "二人の技師は新しいレンズを四つに分けて階段を運び上げた。風が強く、クレーンが塔に近づけなかった。"
        "修理の費用は思ったより安く、港の事務所が三年かけて支払う。五月一日からは見学もできるようになる。"
    ),
    "gb18030": "北码头的灯星期一重新亮了起来，十一个星期以前一场暴风雨打碎了玻璃。",
    "koi8-r": "Лампа на северном молу снова горит с понедельника, и рыбаки этому рады.",
    "utf-16": "The ferry is back — 北码头.",
}
any_text = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize("charset", SAMPLES)
def test_a_declared_charset_that_fits_is_believed(charset: str) -> None:
    text = SAMPLES[charset]
    assert decode(text.encode(charset), charset) == (text, ())
    assert decode(text.encode(charset), charset.upper()) == (text, ())


@pytest.mark.parametrize("charset", ["shift_jis", "gb18030", "koi8-r"])
def test_an_undeclared_charset_is_detected_and_noted(charset: str) -> None:
    text = SAMPLES[charset] * 5
    found, notes = decode(text.encode(charset))
    assert found == text
    assert len(notes) == 1
    assert notes[0].startswith("decoded as ")
    assert notes[0].endswith(", detected from the bytes")


@pytest.mark.parametrize(("mark", "charset"), [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
])  # fmt: skip
@given(text=any_text)
def test_a_byte_order_mark_goes_before_all(mark: bytes, charset: str, text: str) -> None:
    if charset == "utf-16-le" and text.startswith("\x00"):
        return  # these bytes are the mark of UTF-32
    assert decode(mark + text.encode(charset), "koi8-r") == (text, ())


@given(any_text)
def test_utf8_needs_no_declaration(text: str) -> None:
    if not text.encode().startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        assert decode(text.encode()) == (text, ())


@pytest.mark.parametrize("label", ["iso-8859-1", "ISO-8859-1", "latin-1", "ascii"])
def test_latin_labels_are_read_as_windows_1252(label: str) -> None:
    assert decode("“5 €”".encode("windows-1252"), label) == ("“5 €”", ())


@pytest.mark.parametrize("wrong", ["utf-16", "no-such-charset", "base64", "a\0b"])
def test_a_wrong_declaration_is_noted_and_passed_over(wrong: str) -> None:
    text, notes = decode("fährt 北!".encode(), wrong)
    assert text == "fährt 北!"
    assert notes == (f"declared charset {wrong!r} does not fit the bytes",)


def test_bytes_behind_a_mark_that_do_not_fit_are_replaced_and_counted() -> None:
    text, notes = decode(codecs.BOM_UTF8 + b"a\xffb\xfec")
    assert text == "a\ufffdb\ufffdc"
    assert notes == ("replaced 2 byte sequences that are not utf-8",)


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "shift_jis", "utf-7", "x"]))
def test_any_bytes_become_text(content: bytes, charset: str | None) -> None:
    text, _ = mend(*decode(content, charset))
    text.encode()


@given(st.text())
def test_text_is_not_decoded(text: str) -> None:
    assert decode(text, "koi8-r") == (text, ())


# ---- mending


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n\r\f\v\x85")))
def test_sound_text_is_not_touched(text: str) -> None:
    if not text.startswith("\ufeff"):
        assert mend(text) == (text, ())


@given(st.text())
def test_after_mending_nothing_is_left_to_mend(text: str) -> None:
    mended, _ = mend(text)
    assert mend(mended.lstrip("\ufeff"))[1] == ()
    mended.encode()


@pytest.mark.parametrize(
    ("text", "mended", "notes"),
    [
        ("a\x00b\x07", "ab", ("removed 2 control characters",)),
        ("\ud83d\ude00", "😀", ()),
        ("\ude00\ud83d", "\ufffd\ufffd", ("replaced 2 lone surrogates",)),
        ("\ud83d\ud83d\ude00", "\ufffd😀", ("replaced 1 lone surrogates",)),
        ("\ufeffa", "a", ()),
        ("a\tb\r\nc\fd\x1ce\x1f", "a\tb\r\nc\fd\x1ce\x1f", ()),
        ("\ud800\x00", "\ufffd", ("replaced 1 lone surrogates", "removed 1 control characters")),
    ],
)
def test_what_is_mended_is_noted(text: str, mended: str, notes: tuple[str, ...]) -> None:
    assert mend(text) == (mended, notes)
    assert mend(text, ("before",)) == (mended, ("before", *notes))


@pytest.mark.parametrize("code", range(256))
def test_control_characters_go_but_for_white_space(code: int) -> None:
    char = chr(code)
    is_control = (code < 32 and not char.isspace()) or code == 127
    for text in (char, f"é{char}", "x" * (1 << 20) + char):
        mended, notes = mend(text)
        assert mended == (text.replace(char, "") if is_control else text)
        assert bool(notes) == is_control


def test_the_bytes_are_handed_on_where_the_text_was_fine() -> None:
    assert mend_and_encode("\ufeffä", ()) == ("ä", (), "ä".encode())
    assert mend_and_encode("a\x00", ()) == ("a", ("removed 1 control characters",), None)
    assert mend_and_encode("\ud83d\ude00", ()) == ("😀", (), None)


# ---- mojibake


def test_mojibake_is_repaired_and_noted() -> None:
    assert repair_mojibake("Ã©tÃ©\nok\r\n") == ("été\nok\r\n", ("repaired mojibake through ftfy",))


@pytest.mark.parametrize("text", ["été\n", "“quotes”", "<b>&amp;</b>", "ﬁne", "a\r\nb", "北"])
def test_sound_text_is_not_repaired(text: str) -> None:
    assert repair_mojibake(text, ("before",)) == (text, ("before",))


def test_without_ftfy_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ftfy", None)
    with pytest.raises(MissingExtra, match=r"pip install 'cleancorpus\[ftfy\]'"):
        repair_mojibake("text")


@pytest.mark.skipif(load_twin(WALK) is None, reason="nothing is compiled here")
@given(st.binary(max_size=9000) | st.text(max_size=300).map(str.encode))
def test_the_compiled_look_for_control_characters_finds_what_arrays_find(content: bytes) -> None:
    module = load_twin(WALK)
    assert module is not None
    assert module.has_controls(content) == controls_in_arrays(content)


@pytest.mark.parametrize("code", range(256))
def test_a_control_character_is_seen_wherever_it_stands(code: int) -> None:
    wanted = code <= 0x08 or 0x0E <= code <= 0x1B or code == 0x7F
    for before, after in ((0, 0), (1, 0), (4095, 9), (4096, 0), (9000, 5)):
        content = b"a" * before + bytes([code]) + b" " * after
        assert controls_in_arrays(content) is wanted
        if module := load_twin(WALK):
            assert module.has_controls(content) is wanted
