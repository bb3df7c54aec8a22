"""The door: bytes to text, and the few changes of characters that ever happen, recorded."""

from __future__ import annotations

import codecs
import re
from functools import cache
from types import ModuleType

import numpy as np

from cleancorpus.errors import MissingExtra
from cleancorpus.twins import load_twin

# The longest marks first: the UTF-32 mark begins with the UTF-16 one.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What the WHATWG Encoding Standard reads for these labels: pages that declare Latin-1 or ASCII
# are written in windows-1252.
_AS_WINDOWS_1252 = (
    *("iso-8859-1", "latin-1", "latin1", "l1", "ascii", "us-ascii", "x-user-defined"),
    *("windows-1252", "cp1252"),
)
_READ_AS = {
    **dict.fromkeys(_AS_WINDOWS_1252, "windows-1252"),
    **dict.fromkeys(("gb2312", "gb_2312-80", "gbk", "x-gbk", "chinese"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "ms_kanji"), "cp932"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ksc5601", "korean"), "cp949"),
    **dict.fromkeys(("big5", "big5-hkscs", "x-x-big5"), "big5hkscs"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "windows-1254"),
    **dict.fromkeys(("iso-8859-11", "tis-620"), "windows-874"),
}
# A page cannot say in ASCII that it is not ASCII-like: such a declaration is read as UTF-8.
_NOT_DECLARED_INSIDE = ("utf-16", "utf-16le", "utf-16be", "utf-32", "ucs-2")
_DECLARING_BYTES = 1024  # of a page, where its declaration has to stand
_DECLARATION = re.compile(
    rb"<meta\s[^>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([a-z0-9_:.-]{2,40})", re.IGNORECASE
)
_DETECTED_BYTES = 200_000  # enough for the detector, bounded for giant inputs

# The charsets of the WHATWG Encoding Standard that pages without a declaration are found in.
_WEB_CHARSETS = (
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "iso8859_2", "koi8_r", "koi8_u", "cp866", "cp874", "gb18030", "big5", "shift_jis", "euc_jp",
    "euc_kr", "utf_16", "utf_16_le", "utf_16_be",
)  # fmt: skip
_CHAOS = 0.1  # the detector's measure of unlikely characters, 0 to 1

# Control characters without the white space among them (tab, line ends, form feed).
_LAST_BEFORE_TAB, _DELETE = np.uint8(0x08), np.uint8(0x7F)
_AFTER_RETURN, _LAST_BEFORE_SEPARATORS = np.uint8(0x0E), np.uint8(0x1B)
_AT_ONCE = 1 << 20  # bytes, so that a giant input takes little memory more
_SURROGATES = re.compile("[\ud800-\udfff]+")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]+")


def decode(content: str | bytes, *charsets: str | None) -> tuple[str, tuple[str, ...]]:
    r"""Return content as text, with a note on every guess or loss on the way.

    Order of trust: byte order mark, the declared charsets (`None` is none), UTF-8, then
    charset-normalizer. UTF-8 goes before a declared Latin-1 or ASCII, which any bytes fit. What
    fits none is read as UTF-8 with U+FFFD for the bytes that do not fit.

    Example:
        >>> decode("na\xefve".encode("utf-8"))
        ('naïve', ())
        >>> decode(b"na\xefve", "iso-8859-1")
        ('naïve', ())
    """
    if isinstance(content, str):
        return content, ()
    for mark, name in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_with_loss(content[len(mark) :], name)
    notes: tuple[str, ...] = ()
    utf_8 = _decode_exactly(content, "utf-8")
    for charset in filter(None, dict.fromkeys(charsets)):
        is_latin = charset.lower() in _AS_WINDOWS_1252
        if is_latin and utf_8 is not None and not content.isascii():
            return utf_8, (*notes, f"declared charset {charset!r}, but the bytes are UTF-8")
        text = _decode_exactly(content, _READ_AS.get(charset.lower(), charset))
        if text is not None:
            return text, notes
        notes = (*notes, f"declared charset {charset!r} does not fit the bytes")
    if utf_8 is not None:
        return utf_8, notes
    guess = _detect(content)
    if guess is not None:
        text = _decode_exactly(content, guess)
        if text is not None:
            return text, (*notes, f"decoded as {guess}, detected from the bytes")
    text, lost = _decode_with_loss(content, "utf-8")
    return text, (*notes, *lost)


def declared_charset(content: str | bytes) -> str | None:
    """Return the charset that an HTML page declares in a `<meta>` at its beginning, if it does.

    Example:
        >>> declared_charset(b'<!DOCTYPE html><meta charset="windows-1251"><title>')
        'windows-1251'
    """
    if isinstance(content, str):
        return None
    found = _DECLARATION.search(content[:_DECLARING_BYTES])
    name = found[1].decode("ascii").lower() if found else None
    return "utf-8" if name in _NOT_DECLARED_INSIDE else name


def mend(text: str, notes: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    r"""Return text without lone surrogates and control characters, and what was mended.

    Surrogate halves that belong together become their character, lone ones U+FFFD. Control
    characters go, but for tabs, line ends and form feeds. A byte order mark at the start goes.

    Example:
        >>> mend("a\x00b\ud83d")
        ('ab\ufffd', ('replaced 1 lone surrogates', 'removed 1 control characters'))
    """
    text, notes, _ = mend_and_encode(text, notes)
    return text, notes


def mend_and_encode(text: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...], bytes | None]:
    """Do what `mend` does, and return the text in UTF-8 too where it was fine as it came.

    Looking for what to mend takes the bytes, and so does parsing HTML.
    """
    text = text.removeprefix("\ufeff")
    utf_8 = _encoded(text)
    if utf_8 is not None and not _has_controls(utf_8):
        return text, notes, utf_8
    if _SURROGATES.search(text):
        text = _SURROGATES.sub(_join_surrogates, text)
        lone = len(re.findall("[\ud800-\udfff]", text))
        if lone:
            text = re.sub("[\ud800-\udfff]", "\ufffd", text)
            notes = (*notes, f"replaced {lone} lone surrogates")
    cleaned = _CONTROLS.sub("", text)
    controls = len(text) - len(cleaned)
    if controls:
        notes = (*notes, f"removed {controls} control characters")
    return cleaned, notes, None


def repair_mojibake(text: str, notes: tuple[str, ...] = ()) -> tuple[str, tuple[str, ...]]:
    """Return text with wrongly decoded characters repaired by ftfy, and a note if any were.

    Raises:
        MissingExtra: ftfy is not installed.
    """
    try:
        import ftfy  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra(
            "repairing mojibake needs ftfy: pip install 'cleancorpus[ftfy]'"
        ) from error
    repaired = "".join(ftfy.fix_encoding(line) for line in text.splitlines(keepends=True))
    if repaired == text:
        return text, notes
    return repaired, (*notes, "repaired mojibake through ftfy")


def _encoded(text: str) -> bytes | None:
    """The text in UTF-8; nothing where a surrogate is in it."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return None


def _has_controls(content: bytes) -> bool:
    """A control character is in the text."""
    module = _compiled()
    return controls_in_arrays(content) if module is None else bool(module.has_controls(content))


@cache
def _compiled() -> ModuleType | None:
    return load_twin("cleancorpus.segment.html._compiled")


def controls_in_arrays(content: bytes) -> bool:
    """Look for them where nothing is compiled, many times faster than expressions do."""
    codes = np.frombuffer(content, np.uint8)
    return any(
        (part <= _LAST_BEFORE_TAB).any()
        or (part == _DELETE).any()
        or (part - _AFTER_RETURN <= _LAST_BEFORE_SEPARATORS - _AFTER_RETURN).any()
        for part in (codes[at : at + _AT_ONCE] for at in range(0, len(codes), _AT_ONCE))
    )


def _decode_exactly(content: bytes, charset: str) -> str | None:
    try:
        return content.decode(charset)
    except (LookupError, UnicodeError, ValueError):
        return None


def _decode_with_loss(content: bytes, charset: str) -> tuple[str, tuple[str, ...]]:
    text = content.decode(charset, errors="replace")
    lost = text.count("\ufffd") - content.count("\ufffd".encode(charset))
    return text, (f"replaced {lost} byte sequences that are not {charset}",) if lost > 0 else ()


def _detect(content: bytes) -> str | None:
    """The charset that fits best; windows-1252 where it fits about as well, as on the web."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - slow to load, seldom needed

    matches = from_bytes(content[:_DETECTED_BYTES], cp_isolation=list(_WEB_CHARSETS))
    best = matches.best()
    if best is None:
        return None
    for match in matches:
        is_near = match.chaos <= best.chaos + _CHAOS and match.coherence >= best.coherence
        if match.encoding == "cp1252" and is_near:
            return "cp1252"
    return best.encoding


def _join_surrogates(run: re.Match[str]) -> str:
    halves = run.group().encode("utf-16-le", "surrogatepass")
    return halves.decode("utf-16-le", "surrogatepass")
