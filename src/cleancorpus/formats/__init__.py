"""One file a format, each with a source and a sink; which one a file has, its suffix says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from typing import Final

from cleancorpus.errors import MissingExtra, UnknownFormat
from cleancorpus.formats.base import Entry, Format, Raw, Sink, Source, Start, Writing
from cleancorpus.formats.delimited import Delimited, DelimitedSink
from cleancorpus.formats.files import TextFile, TextSink
from cleancorpus.formats.jsonl import JsonLines, JsonLinesSink
from cleancorpus.formats.quarantined import QUARANTINED, Quarantined
from cleancorpus.unpacking import bare

__all__ = [
    "FORMATS",
    "Entry",
    "Format",
    "Raw",
    "Sink",
    "Source",
    "Start",
    "Writing",
    "check_format",
    "format_of",
    "make_sink",
    "make_source",
]

# By name; the first suffix is the one that files get which are written as this format.
FORMATS: Final[Mapping[str, Format]] = {
    one.name: one
    for one in (
        Format("text", (".txt", ".text"), holds_many=False),
        Format("markdown", (".md", ".markdown"), holds_many=False),
        Format("html", (".html", ".htm", ".xhtml"), holds_many=False),
        Format("jsonl", (".jsonl", ".ndjson")),
        Format("parquet", (".parquet", ".pq")),
        Format("csv", (".csv",)),
        Format("tsv", (".tsv",)),
        Format("warc", (".warc", ".wet")),
    )
}
_BY_SUFFIX: Final = {suffix: one.name for one in FORMATS.values() for suffix in one.suffixes}


def format_of(path: PurePath) -> str | None:
    """Return the name of the format that a file's suffix says, packed or not, or None.

    Example:
        >>> format_of(PurePath("crawl.jsonl.zst")), format_of(PurePath("notes.odt"))
        ('jsonl', None)
    """
    return _BY_SUFFIX.get(bare(path).suffix.lower())


def make_source(name: str | None, field: str = "text", media: str | None = None) -> Source:
    """Return what reads the format of that name; of files that nothing is known of, with None.

    `field` is the one that holds the content and `media` what that is (None: see each source);
    both are for formats that have fields.

    Raises:
        UnknownFormat: there is none; the message offers the nearest names.
        MissingExtra: reading it needs a library that is not installed.
    """
    if name is None:
        return TextFile(sniffs=True)
    if name == QUARANTINED:
        return Quarantined(field, media)
    check_format(name)
    if not FORMATS[name].holds_many:
        return TextFile(name)
    if name == "jsonl":
        return JsonLines(field, media)
    if name in ("csv", "tsv"):
        return Delimited(name, field, media)
    try:
        if name == "parquet":
            from cleancorpus.formats.parquet import Parquet  # noqa: PLC0415 - needs an extra

            return Parquet(field, media)
        from cleancorpus.formats.warc import Warc  # noqa: PLC0415 - needs an extra
    except ModuleNotFoundError as error:
        raise _missing(name, error) from error
    return Warc(media)


def make_sink(name: str, writing: Writing) -> Sink:
    """Return what writes the format of that name.

    Raises:
        UnknownFormat: there is none; the message offers the nearest names.
        MissingExtra: writing it needs a library that is not installed.
    """
    check_format(name)
    if not FORMATS[name].holds_many:
        return TextSink(name, writing)
    if name == "jsonl":
        return JsonLinesSink(writing)
    if name in ("csv", "tsv"):
        return DelimitedSink(name, writing)
    try:
        if name == "parquet":
            from cleancorpus.formats.parquet import ParquetSink  # noqa: PLC0415 - needs an extra

            return ParquetSink(writing)
        from cleancorpus.formats.warc import WarcSink  # noqa: PLC0415 - needs an extra
    except ModuleNotFoundError as error:
        raise _missing(name, error) from error
    return WarcSink(writing)


def check_format(name: str) -> None:
    """Refuse a name that no format has.

    Raises:
        UnknownFormat: the message offers the nearest names.
    """
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)


def _missing(name: str, error: ModuleNotFoundError) -> MissingExtra:
    return MissingExtra(f"{name} needs {error.name}: pip install 'cleancorpus[corpus]'")
