"""jusText's classes for the blocks of a document. Needs the extra `justext`.

jusText cuts a page into paragraphs itself; here its rules read our blocks instead. A paragraph's
own class is decided by the package. How neighbours change it is written anew: the package walks
from each short paragraph to the next long one, which on a page of short lines is square work.
A test holds both to the same answers.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Any, Final, TypeAlias

from cleancorpus.document import Block, Document, Kind
from cleancorpus.errors import MissingExtra
from cleancorpus.measures.words import tokens
from cleancorpus.phrases import stopword_languages

Paragraph: TypeAlias = Any  # jusText has no types

GOOD, BAD, NEARGOOD, SHORT = "good", "bad", "neargood", "short"

_MOST_CONTAINERS = 64  # of a block that are looked at; real pages rarely nest 40 deep
# Elements that jusText throws away with their text before it looks at a page.
_DROPPED: Final = frozenset(
    ("applet", "button", "embed", "iframe", "input", "layer", "object", "select", "textarea")
)
_SAMPLED_BLOCKS, _SAMPLED_CHARS = 20, 1000  # the longest blocks tell a page's language
_LEAST_STOPWORDS = 5

# The code of each language that jusText has stop words for.
_LANGUAGES: Final = """
af:Afrikaans an:Aragonese ar:Arabic ast:Asturian az:Azerbaijani be:Belarusian bg:Bulgarian
bn:Bengali bpy:Bishnupriya_Manipuri br:Breton bs:Bosnian ca:Catalan ceb:Cebuano cs:Czech
cv:Chuvash cy:Welsh da:Danish de:German el:Greek en:English eo:Esperanto es:Spanish
et:Estonian eu:Basque fa:Persian fi:Finnish fr:French fy:West_Frisian ga:Irish gl:Galician
gu:Gujarati he:Hebrew hi:Hindi hr:Croatian ht:Haitian hu:Hungarian hy:Armenian id:Indonesian
ig:Igbo io:Ido is:Icelandic it:Italian jv:Javanese ka:Georgian kk:Kazakh kn:Kannada ko:Korean
ku:Kurdish ky:Kyrgyz la:Latin lb:Luxembourgish lmo:Lombard lt:Lithuanian lv:Latvian
mk:Macedonian ml:Malayalam mr:Marathi ms:Malay mt:Maltese nap:Neapolitan nb:Norwegian_Bokmal
nds:Low_Saxon ne:Nepali new:Newar nl:Dutch nn:Norwegian_Nynorsk no:Norwegian_Bokmal
oc:Occitan pl:Polish pms:Piedmontese pnb:Western_Panjabi pt:Portuguese qu:Quechua ro:Romanian
ru:Russian rup:Aromanian scn:Sicilian sgs:Samogitian sh:Serbo_Croatian sk:Slovak sl:Slovenian
sq:Albanian sr:Serbian su:Sundanese sv:Swedish sw:Swahili ta:Tamil te:Telugu tk:Turkmen
tl:Tagalog tr:Turkish uk:Ukrainian ur:Urdu uz:Uzbek vi:Vietnamese vo:Volapuk wa:Walloon
war:Waray_Waray yo:Yoruba
"""
LANGUAGES: Final = dict(pair.split(":") for pair in _LANGUAGES.split())


@dataclass(frozen=True, slots=True)
class Limits:
    """jusText's limits, by its own names; lengths are in characters, densities shares."""

    length_low: int
    length_high: int
    stopwords_low: float
    stopwords_high: float
    max_link_density: float
    max_heading_distance: int


@dataclass(frozen=True, slots=True)
class Classed:
    """A block as jusText sees it: its own class, and its final one among its neighbours.

    `dropped` names the element in which jusText does not read it. `before` and `after` are the
    nearest classes that are good or bad.
    """

    own: str = ""
    final: str = BAD
    dropped: str = ""
    before: str = BAD
    after: str = BAD
    chars: int = 0
    link_density: float = 0.0
    stopword_density: float = 0.0
    has_links: bool = False
    has_copyright: bool = False


def classify(document: Document, language: str | None, limits: Limits) -> list[Classed | None]:
    """Return for each block how jusText classes it, None for a blank one.

    Without a language, or in one that jusText has no stop words for, long blocks without links
    are good: its own mode for unknown languages.

    Raises:
        MissingExtra: jusText is not installed.
    """
    core, make = _package()
    stoplist = _stoplist(language)
    paths = list(map(_path, document.blocks))
    dropped = [_DROPPED.intersection(path) for path in paths]
    read = [
        at for at, block in enumerate(document.blocks) if not dropped[at] and _text(block).strip()
    ]
    paragraphs = [_paragraph(document.blocks[at], paths[at], make) for at in read]
    core.classify_paragraphs(
        paragraphs,
        stoplist,
        limits.length_low,
        limits.length_high,
        limits.stopwords_low if stoplist else 0,
        limits.stopwords_high if stoplist else 0,
        limits.max_link_density,
    )
    revised = _Revised(paragraphs, limits.max_heading_distance)
    found: list[Classed | None] = [
        Classed(dropped=min(names)) if names and _text(block).strip() else None
        for block, names in zip(document.blocks, dropped, strict=True)
    ]
    for number, at in enumerate(read):
        found[at] = revised.classed(number, stoplist)
    return found


def language_of(document: Document) -> str | None:
    """Return the language that the page names, else the likeliest by stop words, else None."""
    named = document.metadata.get("language", "").replace("_", "-").partition("-")[0].lower()
    if named:
        return named
    known = stopword_languages()
    longest = sorted(map(_text, document.blocks), key=len, reverse=True)[:_SAMPLED_BLOCKS]
    counts = Counter(
        language
        for text in longest
        for word in tokens(text[:_SAMPLED_CHARS])
        for language in known.get(word, ())
    )
    best = min(counts, key=lambda one: (-counts[one], one), default=None)
    return best if best is not None and counts[best] >= _LEAST_STOPWORDS else None


class _Revised:
    """Paragraphs with the classes that their neighbours give them."""

    def __init__(self, paragraphs: Sequence[Paragraph], max_heading_distance: int) -> None:
        self.paragraphs = paragraphs
        own = [str(paragraph.cf_class) for paragraph in paragraphs]
        self.before = _nearest(own)
        self.after = _nearest(own[::-1])[::-1]
        classes = self._without_short(own)
        after = _nearest(classes[::-1])[::-1]
        for at, name in enumerate(classes):
            if name == NEARGOOD:
                before = classes[at - 1] if at else BAD
                classes[at] = BAD if before == after[at] == BAD else GOOD
        self.classes = self._with_headings(own, classes, max_heading_distance)

    def classed(self, number: int, stoplist: frozenset[str]) -> Classed:
        """A paragraph with its classes and the numbers that decided them."""
        one = self.paragraphs[number]
        text = one.text
        return Classed(
            own=one.cf_class,
            final=self.classes[number],
            before=self.before[number],
            after=self.after[number],
            chars=len(text),
            link_density=one.links_density(),
            stopword_density=one.stopwords_density(stoplist),
            has_links=one.chars_count_in_links > 0,
            has_copyright="\xa9" in text or "&copy" in text,
        )

    def _without_short(self, own: list[str]) -> list[str]:
        """Short ones as what stands around them; between good and bad, neargood tips the scale."""
        nearly_before = _nearest(own, NEARGOOD)
        nearly_after = _nearest(own[::-1], NEARGOOD)[::-1]
        classes = list(own)
        for at, name in enumerate(own):
            if name == SHORT:
                before, after = self.before[at], self.after[at]
                is_near = (before == BAD and nearly_before[at] == NEARGOOD) or (
                    after == BAD and nearly_after[at] == NEARGOOD
                )
                is_good = before == after == GOOD or (before != after and is_near)
                classes[at] = GOOD if is_good else BAD
        return classes

    def _with_headings(self, own: list[str], classes: list[str], distance: int) -> list[str]:
        """Headings that are bad by their place alone are good close before a good one."""
        starts = list(accumulate((len(one) for one in self.paragraphs), initial=0))
        good = len(classes)
        found = list(classes)
        for at in reversed(range(len(classes))):
            is_near = good < len(classes) and starts[good] - starts[at + 1] <= distance
            is_bad_by_place = classes[at] == BAD and own[at] != BAD
            if self.paragraphs[at].heading and is_bad_by_place and is_near:
                found[at] = GOOD
            if classes[at] == GOOD:
                good = at
        return found


def _nearest(classes: Iterable[str], *besides: str) -> list[str]:
    """For each place the nearest class before it that is good, bad or one of these; else bad."""
    found: list[str] = []
    last = BAD
    for name in classes:
        found.append(last)
        if name in (GOOD, BAD, *besides):
            last = name
    return found


@dataclass(frozen=True, slots=True)
class _Path:
    """What a paragraph wants to know of the elements that it stands in."""

    dom: str
    xpath: str = ""


def _paragraph(block: Block, path: Sequence[str], make: Callable[[_Path], Paragraph]) -> Paragraph:
    paragraph = make(_Path(".".join(path)))
    paragraph.append_text(_text(block))
    paragraph.chars_count_in_links = block.link_chars
    return paragraph


def _path(block: Block) -> list[str]:
    """The names of the elements around a block, nearest last."""
    if block.place is not None:
        elements = block.place.elements
        return [
            elements.name(row)
            for row in islice(elements.upwards(block.place.row), _MOST_CONTAINERS)
        ][::-1]
    return ["h1" if block.kind is Kind.HEADING else "p"]


def _text(block: Block) -> str:
    return block.text if block.shown is None else block.shown


def _package() -> tuple[Any, Any]:
    try:
        from justext import core, paragraph  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra(
            "the filter justext needs jusText: pip install 'cleancorpus[justext]'"
        ) from error
    return core, paragraph.Paragraph


@functools.lru_cache(maxsize=128)
def _stoplist(language: str | None) -> frozenset[str]:
    if language not in LANGUAGES:
        return frozenset()
    from justext import get_stoplist  # noqa: PLC0415 - an extra, which is there by now

    return frozenset(get_stoplist(LANGUAGES[language]))
