"""What the judge knows of tags and of the words that sites put into class, id and role.

The words are features, never rules: `widget`, `comment` or `ad-container` stand on the main
content of many pages, and the judge learns how much each of them is worth where.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import repeat
from types import ModuleType
from typing import Final

import numpy as np
from numpy.typing import NDArray

from cleancorpus import outline

CATEGORIES: Final[dict[str, str]] = {
    "article": "article articles story news",
    "content": "content contents contenido contenu inhalt",
    "post": "post posts blog entry hentry",
    "body": "body text txt richtext rte prose copy wysiwyg paragraph",
    "main": "main primary maincontent",
    "title": "title headline heading hero",
    "product": "product products prod item pdp sku",
    "description": "desc description detail details spec specs specification specifications "
    "feature features overview summary about",
    "price": "price prices pricing cart buy basket checkout wishlist stock qty quantity shipping",
    "comment": "comment comments disqus reply replies respond commentlist",
    "forum": "message messages thread threads topic discussion question answer answers lia msg "
    "postbody postmessage bbp cooked usertext",
    "review": "review reviews rating ratings stars testimonial testimonials",
    "folded": "faq faqs accordion collapse tab tabs panel toggle",
    "navigation": "nav navbar navigation menu menus submenu megamenu subnav sitemap dropdown",
    "header": "header head topbar masthead banner",
    "footer": "footer foot bottom colophon copyright legal contentinfo",
    "sidebar": "sidebar side aside rail secondary widget widgets complementary",
    "related": "related recommend recommended recommendations similar more also popular trending "
    "latest recent upsell crosssell readnext next prev previous suggested promoted",
    "share": "share sharing social sharedaddy addtoany facebook twitter follow sns icons",
    "consent": "cookie cookies consent gdpr onetrust privacy cmp ccpa cookiebot",
    "overlay": "modal popup overlay dialog lightbox drawer offcanvas toast notification alert "
    "announcement",
    "advertisement": "ad ads advert advertisement sponsor sponsored promo promotion dfp gpt "
    "outbrain taboola affiliate cta",
    "account": "newsletter subscribe subscription signup mailchimp optin form login signin "
    "register account user profile",
    "breadcrumb": "breadcrumb breadcrumbs crumb crumbs",
    "paging": "pagination pager paging pages loadmore",
    "byline": "meta byline author authors date time timestamp published posted info tag tags "
    "category categories label badge",
    "search": "search filter filters facet facets sort sorting refine select",
    "unseen": "hidden hide sr visually screen screenreader offscreen invisible skip print noprint "
    "none mobile",
    "carousel": "carousel slider slick swiper slide gallery splide owl",
    "card": "card cards tile tiles teaser grid list listing results result collection archive "
    "loop feed",
    "outline": "toc outline jump anchor onthispage",
    "code": "code highlight syntax codehilite pre snippet",
    "reference": "docs documentation markdown md theme reference api doc",
    "layout": "wrapper container row col column inner outer section block group region layout",
    "image": "image img photo media video figure caption credit thumb thumbnail icon logo avatar",
    "builder": "elementor wp et vc fusion wpb sqs shopify wix",
}
MARKED_TAGS: Final = (
    "nav", "header", "footer", "aside", "main", "article", "section", "form", "ul", "ol",
    "table", "li", "figure", "blockquote", "button", "dialog", "details", "dl", "pre", "noscript",
)  # fmt: skip
BITS: Final = (*CATEGORIES, *(f"<{tag}>" for tag in MARKED_TAGS), "hidden")
TAGS: Final = (
    "", "div", "p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt",
    "dd", "table", "tr", "section", "article", "main", "header", "footer", "nav", "aside", "form",
    "button", "pre", "blockquote", "figcaption", "figure", "summary", "details", "body", "address",
    "center", "tbody", "noscript", "dialog",
)  # fmt: skip
CODES: Final = {tag: code for code, tag in enumerate(TAGS)}
OUTLINE_CODES: Final = np.array([CODES.get(name, 0) for name in outline.TAGS], np.int64)
"""For each tag of an outline its code here; 0 for one that is told apart by nothing."""
HEADING_LEVELS: Final = np.array(
    [int(tag[1]) / 6 if tag[:1] == "h" and tag[1:].isdigit() else 0 for tag in TAGS], np.float32
)
"""For each tag how deep a heading it is, up to 1; 0 for what is none."""
PROSE_TAGS: Final = np.isin(TAGS, ("p", "pre", "blockquote"))
HIDDEN: Final = 1 << (len(BITS) - 1)
"""The bit of an element that the page hides."""

_SEPARATOR = "~"
_MARK = -1  # cannot be the bits of a word: they are fewer than 63
_WORDS = {
    word.encode(): 1 << bit
    for bit, name in reversed(list(enumerate(CATEGORIES)))
    for word in CATEGORIES[name].split()
} | {_SEPARATOR.encode(): _MARK}
# Bytes of a word in lower case; the separator; everything else parts words.
_FOLD = bytes(
    byte | 32 if chr(byte).isascii() and chr(byte).isalpha() else byte if byte == 126 else 32
    for byte in range(256)
)
_SMALL = np.array([chr(byte).isascii() and chr(byte).islower() for byte in range(256)])
_CAPITAL = np.array([chr(byte).isascii() and chr(byte).isupper() for byte in range(256)])

TAG_BITS: Final = np.array(
    [1 << BITS.index(f"<{tag}>") if tag in MARKED_TAGS else 0 for tag in TAGS], np.int64
)


def bits_of(texts: Sequence[str]) -> NDArray[np.int64]:
    """For each text of class, id and role the categories of its words, as bits.

    All texts in one go, since a page has thousands of elements.

    Example:
        >>> [format(int(bits), "b").count("1") for bits in bits_of(["articleBody", "x-1", "nav"])]
        [2, 0, 1]
    """
    if not texts:
        return np.zeros(0, np.int64)
    joined = f" {_SEPARATOR} ".join(_plain(texts)).encode("utf-8", "surrogatepass")
    words = _parted(joined).translate(_FOLD).split()
    words.append(b"")
    bits = np.fromiter(map(_WORDS.get, words, repeat(0)), np.int64, len(words))
    marks = np.flatnonzero(bits == _MARK)
    bits[marks] = 0
    starts = np.zeros(len(marks) + 1, np.int64)
    starts[1:] = marks
    return np.bitwise_or.reduceat(bits, starts)


@cache
def compiled_vocabulary(module: ModuleType) -> object:
    """Return the words with their bits as the compiled twin looks them up."""
    return module.make_vocabulary([item for item in _WORDS.items() if item[1] != _MARK])


def _parted(joined: bytes) -> bytes:
    """Part words such as `articleBody`; on arrays, since a regular expression takes longer."""
    codes = np.frombuffer(joined, np.uint8)
    capitals = np.flatnonzero(_CAPITAL.take(codes[1:]))
    inner = capitals[_SMALL.take(codes.take(capitals))]
    return bytes(np.insert(codes, inner + 1, ord(" "))) if len(inner) else joined


def _plain(texts: Iterable[str]) -> list[str]:
    return [text.replace(_SEPARATOR, " ") if _SEPARATOR in text else text for text in texts]
