"""From a record to a document: decode the bytes, mend the characters, cut into blocks."""

from __future__ import annotations

import re

from cleancorpus.document import Document, Record
from cleancorpus.errors import UnknownMedia
from cleancorpus.segment.decode import declared_charset, decode, mend_and_encode, repair_mojibake
from cleancorpus.segment.html import as_blocks, metadata, walk
from cleancorpus.segment.markdown import markdown_blocks
from cleancorpus.segment.plain import plain_blocks

__all__ = ["MEDIA", "segment", "sniff"]

MEDIA = ("text", "markdown", "html")

_SNIFFED_CHARS = 20_000
# After white space, comments and XML's prologue, a tag that only whole pages begin with.
_HTML_START = re.compile(
    r"\ufeff?(?:\s|<!--.{0,5000}?-->|<\?xml[^>]{0,500}>){0,1000}+"
    r"<(?:!doctype\s+html|html|head|body|meta|title|frameset)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN_LINE = re.compile(
    r"^(?:#{1,6} \S|```|\|.*\||(?:[-*+] )?!?\[[^\]\n]{1,200}\]\(\S{1,500}\))", re.MULTILINE
)
_MARKDOWN_LINES_WANTED = 2


def segment(
    record: Record, *, join_wrapped: bool | None = None, mend_mojibake: bool = False
) -> Document:
    """Return the record as a document: its blocks in reading order, nothing removed.

    `join_wrapped` says whether lines cut near one width are joined to paragraphs in plain
    text; `None` looks at the text. `mend_mojibake` repairs wrongly decoded text through ftfy.
    A document of HTML has no flat source: its blocks are the page as a browser shows it.

    Raises:
        TooDeep: an HTML page would cost far more than its length to read.
        UnknownMedia: the record's media is none that can be segmented.
        MissingExtra: `mend_mojibake` is on and ftfy is not installed.
    """
    content = record.content
    declared = declared_charset(content) if _may_be_html(record) else None
    source, mended, utf_8 = mend_and_encode(*decode(content, record.charset, declared))
    if mend_mojibake:
        source, mended = repair_mojibake(source, mended)
        utf_8 = None
    media = record.media or sniff(source)
    if media not in MEDIA:
        raise UnknownMedia(media, MEDIA)
    if media == "html":
        columns = walk(source, utf_8)
        return Document(
            as_blocks(columns),
            media=media,
            url=record.url,
            metadata=metadata(columns.head),
            mended=mended,
            id=record.id,
            columns=columns,
        )
    blocks = markdown_blocks(source) if media == "markdown" else plain_blocks(source, join_wrapped)
    return Document(blocks, source=source, media=media, url=record.url, mended=mended, id=record.id)


def _may_be_html(record: Record) -> bool:
    if isinstance(record.content, str) or record.media not in (None, "html"):
        return False
    start = record.content[:_SNIFFED_CHARS].decode("latin-1")
    return record.media == "html" or sniff(start) == "html"


def sniff(source: str) -> str:
    r"""Say whether a text is `"html"`, `"markdown"` or `"text"`, from how it begins.

    Example:
        >>> sniff("# A heading\n\nSee [the notes](notes.md).\n\n## Another\n")
        'markdown'
        >>> sniff("Just a line of text.")
        'text'
    """
    start = source[:_SNIFFED_CHARS]
    if _HTML_START.match(start):
        return "html"
    marks = _MARKDOWN_LINE.findall(start)
    return "markdown" if len(marks) >= _MARKDOWN_LINES_WANTED else "text"
