"""What widgets leave in the text: loaders, player controls, placeholders, raw code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.findings import removals
from cleancorpus.measures import SENTENCE, quoted
from cleancorpus.options import check_at_least, option
from cleancorpus.page import INSIDE, VERBATIM, Box, Line, Page, is_in_index, read
from cleancorpus.phrases import Hit

_TEMPLATE = re.compile(
    r"\{\{[^{}\n]{1,200}\}\}|\{%[^%\n]{1,200}%\}|<%[^%\n]{1,200}%>|\$\{[\w.]{1,80}\}"
)
_PLAYER_TIME = re.compile(r"(?:-?\d{1,2}:\d{2}(?::\d{2})?\s*[/|·-]?\s*){1,2}")
_SCRIPT = re.compile(
    r"\bfunction\s*\w{0,40}\s*\(|\b(?:var|let|const)\s+[\w$]{1,60}\s*=|=>\s*\{|"
    r"\b(?:document|window|googletag|jQuery)\s*[.(]|\$\(|\.push\(|@media\b|!important|"
    r"[{;]\s*[a-z-]{2,30}\s*:\s*[^;{}]{1,80};|\{\s*\"[\w@$-]{1,60}\"\s*:"
)
_TAG = re.compile(r"</?[a-z][a-z0-9-]{0,20}(?:\s[^<>]{0,2000})?/?>", re.IGNORECASE)
_ENTITY = re.compile(r"(?:&(?:[a-z]{2,10}|#\d{2,6});\s*){1,20}", re.IGNORECASE)
_LEAST_RESIDUE_CHARS = 80  # listings are broken into shorter lines, what scripts leave is not
_PLAYER_CHARS = 30
_SEARCHED_CHARS = 2_000
_CLEAR_WORDS = 3
_ENTRIES = 5  # of a form around a list of threads, articles or things for sale
_ENTRY_WORDS = 4
_ROW_SHARE = 4  # a link is a fourth of a row with an author, dates and counts beside it
_SHORTCODE = re.compile(r"\[/?[a-z][a-z_-]{2,30}(?:\s[^\]\n]{0,200})?\]")
_PLACEHOLDERS = frozenset({"undefined", "null", "nan"})
_PRINTED_OBJECTS = frozenset({"[object Object]", "[object HTMLElement]"})


@dataclass(frozen=True, slots=True)
class WidgetResidue:
    r"""Remove what widgets, players, forms and templates leave in the text.

    Removes:
        "Loading ...", player controls and times, "please enable JavaScript", form buttons,
        `{{ title }}`, raw script, style or JSON in running text; on HTML what pops up over the
        page and the labels of small forms.

    Keeps:
        Code in technical documents and listings, facts of a product, text about loading or errors;
        on HTML the links and rows of a listing that stands in a form.
        Known miss: labels of a form's fields, outside HTML.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Loading...\nThe ferry is back, and it carries cars again.\n{{ title }}\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["is 'loading', with an ellipsis", "a template's placeholder: '{{ title }}'"]

    Cost:
        One look at the phrases found in a line; the code patterns run on lines that hold
        two signs of code.
    """

    max_words: int = option(30, unit="words of a notice", source="none: a guess")
    max_code_lines: int = option(
        3,
        unit="lines that look like code; more are a technical document",
        source="none: a guess",
    )

    name: ClassVar[str] = "widget-residue"

    def __post_init__(self) -> None:
        """Check the options."""
        check_at_least("max_words", self.max_words, 1)
        check_at_least("max_code_lines", self.max_code_lines, 0)

    def judge(self, document: Document) -> Iterator[Removal]:
        """Judge phrases line by line; raw code only where it is no document about code."""
        page = read(document)
        lines = page.lines
        signed = page.lines_of("<", "{", "[", ";")
        code = {at: told for at in signed if (told := _code(lines[at]))}
        raw = sum(told.is_raw for told in code.values())
        is_technical = raw > self.max_code_lines or page.has(Kind.CODE)
        led = _led(page, code)
        names = _PLACEHOLDERS & page.counts.keys()
        named = [at for at, line in enumerate(lines) if line.key in names] if names else []
        timed = [at for at in page.lines_of("$", "&", ":") if not lines[at].text[0].isalpha()]
        marked, boxed = {*signed, *named, *timed}, self._in_boxes(page)
        found: dict[int, tuple[float, str]] = {}
        for at in marked.union(page.lines_with("widget"), boxed):
            line = lines[at]
            if line.kind is Kind.CODE or at in led:
                continue
            verdict = _placeholder(page, at, line) if at in marked else None
            if verdict is None and at in code and not (is_technical or code[at].is_listed):
                verdict = 0.85, code[at].says
            if verdict is None and line.words <= self.max_words and line.hits:
                verdict = _by_phrase(page, at, line)
            if verdict is None and at in boxed:
                verdict = 0.85, boxed[at].says(line)
            if verdict:
                found[at] = verdict
        yield from removals(document, self.name, found)

    def _in_boxes(self, page: Page) -> dict[int, Box]:
        """What pops up over the page, and the labels, options and buttons of small forms."""
        found = {at: box for box, at, _ in page.boxed("dialog")}
        for box in page.boxes("form"):
            lines = page.lines[box.start : box.end]
            is_listing = sum(map(_is_entry, lines)) >= _ENTRIES
            for at, line in enumerate(lines, box.start):
                # Not of a "form factor", for one, and not what can be chosen from a listing.
                is_row = line.kind in VERBATIM and (is_listing or not box.is_sure)
                is_kept = is_row or line.is_prose or (is_listing and line.is_linked)
                if line.words <= self.max_words and not is_kept and line.kind is not Kind.HEADING:
                    found.setdefault(at, box)
        return found


def _is_entry(line: Line) -> bool:
    """A link as long as a title, or a row with one: a thread, an article, a thing for sale."""
    if line.words < _ENTRY_WORDS:
        return False
    is_row = line.kind is Kind.TABLE_ROW
    if not (line.block.link_chars * _ROW_SHARE > len(line.text) if is_row else line.is_linked):
        return False
    return sum(map(str.isalpha, line.text)) * 2 >= len(line.text)  # no week of a calendar


class _Code(NamedTuple):
    """What in a line looks like code: raw or a template's, as residue or as in a listing."""

    says: str
    is_raw: bool = True
    is_listed: bool = False


def _led(page: Page, code: dict[int, _Code]) -> set[int]:
    """The lines of code in runs that the text introduces: examples."""
    led: set[int] = set()
    for at in code:
        if at - 1 in led or (at - 1 not in code and page.is_led(at)):
            led.add(at)
    return led


def _by_phrase(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    hit = line.hit("widget")
    if hit is None or page.is_topic(hit, at) or line.opens_quoted:
        return None
    if line.kind is Kind.TABLE_ROW and line.parts > 1:
        return None  # a cell that says "Ok" is no button
    zone, company = page.zone(at), page.company(at)
    if zone is INSIDE and (at in page.led or _is_named(line, hit)):
        return None
    if is_in_index(page.groups, at):
        return None
    if hit.mode == "exact":
        if line.text.endswith(("...", "…")):
            return 0.9, f"{hit}, with an ellipsis"
        if company or line.words >= _CLEAR_WORDS:
            return 0.85, f"{hit}, {company} of its neighbours are menu words too"
        if zone is not INSIDE and page.is_raw:
            return 0.85, f"{hit}, {zone}"
        return None
    if hit.mode == "contains" and (not line.is_prose or zone is not INSIDE):
        return 0.85, f"{hit}, {line.words} words"
    is_said = line.ending is SENTENCE and not line.text.endswith(("...", "…"))
    if line.is_prose or (is_said and len(hit.phrase.split()) < _CLEAR_WORDS):
        return None
    if page.is_raw or line.text.endswith(("...", "…")):
        return 0.8, f"{hit}, {line.words} words"
    return None


def _is_named(line: Line, hit: Hit) -> bool:
    """The text gives the message between quotation marks or brackets: it speaks of it."""
    return line.quotes(hit) or f"({hit.phrase.casefold()}" in line.text.casefold()


def _placeholder(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    """Templates that were not filled, values that are none, a player's times."""
    text = line.text
    if text.startswith(("{", "[", "<", "$", "&")) or "{{" in text:
        found = _TEMPLATE.search(text)
        if found and len(found.group()) * 2 >= len(text):
            return 0.9, f"a template's placeholder: {found.group()[:60]!r}"
        if _ENTITY.fullmatch(text):
            return 0.9, f"an HTML entity: {quoted(text)!r}"
    if text in _PRINTED_OBJECTS or (line.key in _PLACEHOLDERS and page.is_raw):
        return 0.9, f"a placeholder: '{line.key}'"
    if (
        text[:1].isdigit()
        and ":" in text
        and len(text) <= _PLAYER_CHARS
        and _PLAYER_TIME.fullmatch(text)
    ):
        if "/" in text or any(other.hit("widget") for other in page.near(at, 2)):
            return 0.85, f"a player's time: '{quoted(text)}'"
    return None


def _code(line: Line) -> _Code | None:
    """What in a line looks like raw code, if anything does."""
    text = line.text
    is_marked = text.startswith(("<", "{", "["))
    if line.kind is Kind.CODE or (not is_marked and text.count(";") + text.count("{") < 2):
        return None
    if text[0] == "{" and (found := _TEMPLATE.match(text)):
        return _Code(f"a template's placeholder: {found.group()[:60]!r}", is_raw=False)
    if text[0] == "<" and text[-1] == ">" and (found := _TAG.match(text)):
        # Without an attribute it is as often what a manual calls its variables.
        return _Code(f"an HTML tag: {found.group()[:60]!r}", is_listed="=" not in found.group())
    if found := _SCRIPT.search(text[:_SEARCHED_CHARS]):
        is_listed = _is_listed(line, found)
        return _Code(f"raw code: {quoted(found.group(), 60)!r}", is_listed=is_listed)
    if text[0] == "[" and text[-1] == "]" and _SHORTCODE.fullmatch(text):
        if any(sign in text for sign in "=/_"):
            says = f"a template's short code: {quoted(text, 60)!r}"
            return _Code(says, is_raw=False, is_listed="=" not in text and "/" not in text)
    return None


def _is_listed(line: Line, found: re.Match[str]) -> bool:
    """Whether raw code in a line may as well be a listing, an example or a product's facts."""
    if len(line.text) < _LEAST_RESIDUE_CHARS or line.ending is SENTENCE:
        return True
    code = found.group()
    is_example = '"' in code and found.start() > 1  # data after words
    return is_example or code.startswith(";")  # no rule of a style without its brace
