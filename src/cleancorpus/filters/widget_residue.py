"""What widgets leave in the text: loaders, player controls, placeholders, raw code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from cleancorpus.document import Document, Kind, Removal
from cleancorpus.measures import Ending
from cleancorpus.options import check_at_least, option
from cleancorpus.page import Line, Page, Zone, read

_TEMPLATE = re.compile(r"\{\{[^{}\n]{1,200}\}\}|\{%[^%\n]{1,200}%\}|<%[^%\n]{1,200}%>|\$\{[\w.]{1,80}\}")
_PLAYER_TIME = re.compile(r"(?:-?\d{1,2}:\d{2}(?::\d{2})?\s*[/|·-]?\s*){1,2}")
_SCRIPT = re.compile(
    r"\bfunction\s*\w{0,40}\s*\(|\b(?:var|let|const)\s+[\w$]{1,60}\s*=|=>\s*\{|"
    r"\b(?:document|window|googletag|jQuery)\s*[.(]|\$\(|\.push\(|@media\b|!important|"
    r"[{;]\s*[a-z-]{2,30}\s*:\s*[^;{}]{1,80};|\{\s*\"[\w@$-]{1,60}\"\s*:"
)
_CODE_SIGNS = frozenset("{};=<>")
_SHORTCODE = re.compile(r"\[/?[a-z][a-z_-]{2,30}(?:\s[^\]\n]{0,200})?\]")
_PLACEHOLDERS = frozenset({"undefined", "null", "nan", "object object", "lorem ipsum"})
_LEAST_SCRIPT_SIGNS = 3


@dataclass(frozen=True, slots=True)
class WidgetResidue:
    """Remove what widgets, players, forms and templates leave in the text.

    Removes:
        "Loading ...", player controls and times, "please enable JavaScript", form buttons,
        `{{ title }}`, raw script, style or JSON in running text.

    Keeps:
        Code in technical documents, text about loading or errors.
        Known miss: labels of a form's fields.

    Example:
        >>> from cleancorpus import clean
        >>> page = "Loading...\\nThe ferry is back in port, and it carries cars again.\\n{{ title }}\\n"
        >>> [removal.because for removal in clean(page, chain="default").removals]
        ["is 'loading', before the body", "a template's placeholder: '{{ title }}'"]

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
        code: dict[int, str] = {}
        for at, line in enumerate(page.lines):
            if line.kind is Kind.CODE:
                continue
            if because := _code(line):
                code[at] = because
        keep_code = len(code) > self.max_code_lines or any(
            line.kind is Kind.CODE for line in page.lines
        )
        for at, line in enumerate(page.lines):
            if line.kind is Kind.CODE or not document.is_kept(at):
                continue
            if at in code and not keep_code:
                yield Removal(at, self.name, code[at], 0.85)
            elif line.words <= self.max_words and (verdict := _weigh(page, at, line)):
                yield Removal(at, self.name, verdict[1], verdict[0])


def _weigh(page: Page, at: int, line: Line) -> tuple[float, str] | None:
    zone = page.zone(at)
    if line.key in _PLACEHOLDERS and page.is_raw:
        return 0.9, f"a placeholder: '{line.key}'"
    if line.text[0].isdigit() and ":" in line.text and _PLAYER_TIME.fullmatch(line.text):
        if "/" in line.text or any(other.hit("widget") for other in page.near(at, 2)):
            return 0.85, f"a player's time: '{line.text}'"
    if not line.hits:
        return None
    if hit := line.hit("widget", modes=("exact",)):
        company = sum(other.is_furniture for other in page.near(at, 2))
        if zone is not Zone.INSIDE:
            return 0.85, f"{hit}, {zone}"
        if company or line.words > 1 or line.text.endswith(("...", "…")):
            return 0.85, f"{hit}, {company} of its neighbours are menu words too"
    if hit := line.hit("widget", modes=("contains", "starts", "ends")):
        if hit.mode == "contains" and (not line.is_prose or zone is not Zone.INSIDE):
            return 0.85, f"{hit}, {line.words} words"
        if line.ending is not Ending.SENTENCE and not line.is_prose and page.is_raw:
            return 0.8, f"{hit}, {line.words} words"
    return None


def _code(line: Line) -> str | None:
    """What in a line looks like raw code, if anything does."""
    text = line.text
    signs = sum(text.count(sign) for sign in _CODE_SIGNS)
    if signs >= 2 and (found := _TEMPLATE.search(text)) and len(found.group()) * 2 >= len(text):
        return f"a template's placeholder: {found.group()[:60]!r}"
    if signs >= _LEAST_SCRIPT_SIGNS and (found := _SCRIPT.search(text[:2000])):
        return f"raw code: {' '.join(found.group().split())[:60]!r}"
    if text[0] == "[" and text[-1] == "]" and (found := _SHORTCODE.fullmatch(text)):
        if "=" in text or "/" in text or "_" in text:
            return f"a template's short code: {found.group()[:60]!r}"
    return None
