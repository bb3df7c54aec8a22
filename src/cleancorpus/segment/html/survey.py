"""What is asked of the bytes of every page before parsing, for the guard and for the head.

A page is read as a tokenizer reads it, so that nothing within a comment, a value in quotes or a
script passes for a tag. What stands in what only the parser knows: `<title/>` in a drawing is
taken for one in a head. The compiled walk brings the same along, several times as fast.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

FEW_TAGS: Final = 2_500  # so few cost a second at most, whatever they are
MOST_FORMATS: Final = 200  # that are counted
LEAST_TAG: Final = 30_000  # bytes of a tag whose attributes are counted
MOST_LINKED: Final = 10
LIMITS: Final = (FEW_TAGS, MOST_FORMATS, LEAST_TAG, MOST_LINKED)

FORMATTING: Final = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
_LINKED_DATA = b"application/ld+json"
_FURTHEST = 512  # bytes from where a tag begins to where its linked data may be named

# Every repetition is possessive: a page without an end to its quotes is read once all the same.
_ATTRIBUTE = rb"""
    [^\t\n\f\r\x20/>] [^\t\n\f\r\x20/>=]*+
    (?: [\t\n\f\r\x20]*+ = [\t\n\f\r\x20]*+
        (?: "[^"]*+"? | '[^']*+'? | [^\t\n\f\r\x20>"'][^\t\n\f\r\x20>]*+ )?+ )?+
    [\t\n\f\r\x20/]*+
"""
# In a comment of a script a script within it has an end tag of its own.
_SCRIPT = rb"""
    (?: [^<]++
      | <!-- (?: -*+>
               | (?: [^<-]++ | - (?!->)
                   | < (?i:script) BREAK
                     (?: [^<-]++ | - (?!->) | < (?! / (?i:script) BREAK ) )*+
                     (?: </ (?i:script) BREAK )?+
                   | < (?! /? (?i:script) BREAK ) )*+
                 (?: --> )?+ )
      | < (?! !-- | / (?i:script) BREAK ) )*+
"""
_MARKUP = rb"""
    <(?: (?: (?P<end> / )
           | (?= [instxINSTX] )  # most names are none of these
             (?: (?P<is_script> (?= (?i:script) BREAK ) )
               | (?P<is_text> (?= (?i:iframe|noembed|noframes|style|textarea|title|xmp) BREAK ) ) )
         )?
         (?P<name> [a-zA-Z][^\t\n\f\r\x20/>]*+ )
         [\t\n\f\r\x20/]*+ (?P<attributes> (?:ATTRIBUTE)*+ ) >?+
         (?(is_script) SCRIPT )
         (?(is_text) (?: [^<]++ | < (?! / (?i:(?P=name)) BREAK ) )*+ )
       | !-- (?: -?> | (?: [^-]++ | -(?!-!?>) )*+ (?:--!?>)?+ )
       | [!?/] [^>]*+ )
"""
MARKUP: Final = re.compile(
    _MARKUP.replace(b"ATTRIBUTE", _ATTRIBUTE)
    .replace(b"SCRIPT", _SCRIPT)
    .replace(b"BREAK", rb"[\t\n\f\r\x20/>]"),
    re.VERBOSE,
)
"""A tag, or a comment. What an element holds that holds nothing but text is part of its tag."""

_ONE_ATTRIBUTE = re.compile(_ATTRIBUTE, re.VERBOSE)


class Survey(NamedTuple):
    """What was counted in a page.

    `open` is how many elements are open at once, at most, where those without an end tag count as
    open and every end tag closes one. `formats` are the different formatting tags with attributes,
    up to a number, and 0 where the tags are few. `attributes` are the most of a tag that is long.
    `linked` tells where the tags of scripts with linked data begin.
    """

    tags: int
    open: int
    formats: int
    attributes: int
    linked: list[int]


def survey(
    html: bytes, few_tags: int, most_formats: int, least_tag: int, most_linked: int
) -> Survey:
    """Survey a page: `survey(html, *LIMITS)`."""
    tags = is_open = most_open = attributes = 0
    formats, linked = set[bytes](), list[int]()
    for match in MARKUP.finditer(html):
        start, end = match.span("attributes")
        if start < 0:
            continue
        tags += 1
        if match["end"]:
            is_open -= is_open > 0
            continue
        is_open += 1
        most_open = max(most_open, is_open)
        if start == end:
            continue
        name, begin = match["name"].lower(), match.start()
        if end - begin >= least_tag:
            attributes = max(attributes, len(_ONE_ATTRIBUTE.findall(match["attributes"])))
        if name in FORMATTING and len(formats) < most_formats:
            formats.add(html[begin:end])
        if name == b"script" and len(linked) < most_linked:
            furthest = begin + _FURTHEST + len(_LINKED_DATA)
            if html.find(_LINKED_DATA, start, min(end, furthest)) >= 0:
                linked.append(begin)
    return Survey(tags, most_open, len(formats) if tags > few_tags else 0, attributes, linked)
