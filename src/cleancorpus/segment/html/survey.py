"""What is asked of the bytes of every page before parsing, for the guard and for the head.

The compiled walk brings the same along, several times as fast.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

FEW_TAGS: Final = 2_500  # so few cost a second at most, whatever they are
MOST_FORMATS: Final = 200  # that are counted
LEAST_STRETCH: Final = 30_000  # bytes without a `>` that are looked at for attributes
MOST_LINKED: Final = 10
_LINKED_DATA = b"application/ld+json"
_LONGEST_SCRIPT_TAG = 512

# The look-ahead passes over most tags at once; without it this takes twice as long.
_FORMAT = re.compile(
    rb"<(?=[bcefinstuBCEFINSTU])(?i:[bisu]|big|code|em|font|nobr|small|strike|strong|tt)"
    rb"\s[^>]{0,60}"
)
_TAG_START = re.compile(rb"<[a-zA-Z]")
# What separates attributes is passed over even where none follows: else a long row of spaces
# would be looked at again from each of its places.
_ATTRIBUTE = re.compile(
    rb"[\s/\"']++([^\s/>=]++(?:\s*+=\s*+(?:\"[^\"]*+\"?|'[^']*+'?|[^\s>\"']++))?)?"
)


class Survey(NamedTuple):
    """What was counted in a page.

    `tags` are its `<`. `formats` are its different formatting tags with attributes, up to a
    number, and 0 where the tags are few. `attributes` are the most that one tag could have.
    `linked` tells where the tags of scripts with linked data begin.
    """

    tags: int
    formats: int
    attributes: int
    linked: list[int]


def survey(
    html: bytes, few_tags: int, most_formats: int, least_stretch: int, most_linked: int
) -> Survey:
    """Survey a page: `survey(html, *LIMITS)`."""
    tags = html.count(b"<")
    formats = min(len(set(_FORMAT.findall(html))), most_formats) if tags > few_tags else 0
    attributes = max((many for _, many in stretches(html, least_stretch)), default=0)
    return Survey(tags, formats, attributes, _linked(html, most_linked))


LIMITS: Final = (FEW_TAGS, MOST_FORMATS, LEAST_STRETCH, MOST_LINKED)


def stretches(html: bytes, least: int) -> Iterator[tuple[int, int]]:
    """Where a long stretch without a `>` may be a tag, and how many attributes it would have.

    Most often it is a script or an image.
    """
    # So long a stretch has no `>` in one of the strides that it reaches into.
    stride, place = max(least // 2, 1), 0
    while place < len(html):
        if html.find(b">", place, place + stride) >= 0:
            place += stride
            continue
        begin, end = html.rfind(b">", 0, place) + 1, html.find(b">", place)
        place = end if end >= 0 else len(html)
        found = _TAG_START.search(html, begin, place) if place - begin >= least else None
        if found is not None and place - found.start() >= least:
            matches = _ATTRIBUTE.finditer(html, found.start(), place)
            yield found.start(), sum(1 for match in matches if match[1])
        place += 1


def _linked(html: bytes, most: int) -> list[int]:
    places: list[int] = []
    place = html.find(_LINKED_DATA)
    while place >= 0 and len(places) < most:
        start = html.rfind(b"<", max(place - _LONGEST_SCRIPT_TAG, 0), place)
        tag = html[start:place] if start >= 0 else b""
        if tag[:7].lower() == b"<script" and b">" not in tag and places[-1:] != [start]:
            places.append(start)
        place = html.find(_LINKED_DATA, place + 1)
    return places
