"""Documents and counts for people to read in a terminal, or in a file it is piped to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from rich import box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from cleancorpus.audit.tally import Count, Tally
from cleancorpus.document import Block, Document, Kind, Removal
from cleancorpus.filters import BUILTIN
from cleancorpus.render.html import go_together

# What a terminal would obey instead of showing: controls, and overrides of the direction.
_OBEYED = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_COLOURS: Final = (
    "cyan",
    "yellow",
    "magenta",
    "green",
    "blue",
    "red",
    "bright_cyan",
    "bright_yellow",
    "bright_magenta",
    "bright_green",
    "bright_blue",
    "bright_red",
    "orange3",
    "deep_pink3",
    "steel_blue",
)
# HTML has its lists and headings in elements, not in signs before the text.
_HTML_MARKS: Final = {Kind.LIST_ITEM: "• ", Kind.HEADING: "# "}
_LEAST_STEPS = 3  # of a locator; one or two could be anywhere
_GUTTER = 2
_LEAST_WIDTH = 20
_SHOWN_FILES = 3


def console(*, on_stderr: bool = False) -> Console:
    """Return a console that shows text as it is, without reading marks into it."""
    return Console(stderr=on_stderr, markup=False, highlight=False, emoji=False)


def safe(text: str) -> str:
    r"""Return text with what a terminal would obey, in one line and as visible escapes.

    Example:
        >>> safe("a\x1b[2Jb")
        'a\\x1b[2Jb'
    """
    return _OBEYED.sub(lambda found: ascii(found.group())[1:-1], text)


def explain(document: Document, screen: Console) -> None:
    """Print the whole document, removed lines struck, each with its filter and evidence.

    Removed lines begin with a minus sign too, so that they are told apart without colours.
    """
    width = max(screen.width - _GUTTER, _LEAST_WIDTH) if screen.is_terminal else None
    for line in _explained(document, screen, width):
        screen.print(line, soft_wrap=True)


def summary(tally: Tally, quarantine: Path | None = None) -> Iterator[RenderableType]:
    """Yield what a run did: the documents in sentences, the lines in a table."""
    yield Text(f"{many(tally.read, 'document')} read: {_documents(tally)}")
    if tally.quarantined and quarantine is not None:
        yield Text(f"  what was quarantined, and why: {safe(str(quarantine))}")
    for reason, count in sorted(tally.skipped.items()):
        yield Text(f"  {count:,} skipped: {safe(reason)}")
    if tally.mended:
        yield Text(f"  {tally.mended:,} with characters mended, or decoded by a guess")
    if tally.flagged:
        yield Text(f"  {tally.flagged:,} kept whole by the loss budget")
    if tally.written:
        yield counts(tally)


def verdict(document: Document) -> Iterator[RenderableType]:
    """Yield what became of one document: notes in sentences, the lines in a table."""
    tally = Tally()
    tally.add(document)
    yield counts(tally)
    for note in (*document.mended, *document.flags):
        yield Text(safe(note))


def counts(tally: Tally) -> Table:
    """Return a table of what each filter removed, and of what stays."""
    total = tally.kept.lines + tally.lost.lines
    shown = sorted(tally.removed.items(), key=lambda item: (-item[1].lines, item[0]))
    columns = ("removed by", "documents", "lines", "share", "characters")
    rows = [_counted(name, count, total) for name, count in shown]
    ends = [_counted("removed", tally.lost, total), _counted("kept", tally.kept, total)]
    return table(columns, rows, ends)


def table(
    columns: Sequence[str], rows: Sequence[Sequence[str]], ends: Iterable[Sequence[str]] = ()
) -> Table:
    """Return a table with its first column to the left and numbers to the right."""
    shown = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for at, column in enumerate(columns):
        shown.add_column(column, justify="right" if at else "left", no_wrap=True)
    for at, row in enumerate(rows, start=1):
        shown.add_row(*map(safe, row), end_section=at == len(rows))
    for row in ends:
        shown.add_row(*map(safe, row), style="bold")
    return shown


def passed_over(files: Iterable[tuple[Path, str]]) -> Iterator[str]:
    """Yield a line a reason, with how many files were not read for it and the first names."""
    reasons: dict[str, list[Path]] = {}
    for path, why in files:
        reasons.setdefault(why, []).append(path)
    for why, paths in reasons.items():
        names = ", ".join(str(path) for path in paths[:_SHOWN_FILES])
        more = ", ..." if len(paths) > _SHOWN_FILES else ""
        yield f"passed over {many(len(paths), 'file')} ({names}{more}): {why}"


def share(value: float | None) -> str:
    """Return a share as a percentage, and a dash where there is none."""
    return "–" if value is None else f"{value:.1%}"


def colour(filter_name: str) -> str:
    """Return the colour that a filter's removals are shown in."""
    names = [str(known.name) for known in BUILTIN]
    at = names.index(filter_name) if filter_name in names else sum(map(ord, filter_name))
    return _COLOURS[at % len(_COLOURS)]


def _explained(document: Document, screen: Console, width: int | None) -> Iterator[Text]:
    removals = {removal.at: removal for removal in document.removals}
    for at, (block, has_gap) in enumerate(zip(document.blocks, _gaps(document), strict=True)):
        if has_gap:
            yield Text()
        lines = [safe(line) for line in _shown(block).splitlines() or ("",)]
        removal = removals.get(at)
        if removal is None:
            yield from _folded(lines, "", "  ", screen, width)
        else:
            style = f"strike {colour(removal.filter)}"
            struck = list(_folded(lines, style, "- ", screen, width))
            yield from struck[:-1]
            evidence = list(_with_evidence(struck[-1], removal, screen, width))
            yield from evidence[:-1]
            yield _with_locator(evidence[-1], block.locator, width)


def _gaps(document: Document) -> Iterator[bool]:
    """For each block whether a blank line stands before it: in the source, or in plain text.

    Of HTML, where most removed blocks are a few words, none stands between two of them.
    """
    place = 0
    for at, block in enumerate(document.blocks):
        if document.source is not None and block.start is not None and block.end is not None:
            start = block.start - len(block.mark)
            yield bool(at) and document.source.count("\n", place, start) > 1
            place = block.end
        else:
            is_among_kept = document.is_kept(at) or document.is_kept(at - 1)
            is_apart = bool(at) and not go_together(document.blocks[at - 1], block)
            yield document.media == "html" and is_apart and is_among_kept


def _shown(block: Block) -> str:
    """A block with what tells its kind: its mark, or of HTML a sign for the element."""
    if block.place is None:
        return block.mark + block.text
    if block.kind is Kind.TABLE_ROW:
        return block.text.replace("\t", " | ")
    return _HTML_MARKS.get(block.kind, "") + block.text


def _folded(
    lines: Iterable[str], style: str, gutter: str, screen: Console, width: int | None
) -> Iterator[Text]:
    """Lines at a terminal's width, each with a gutter before it."""
    for line in lines:
        text = Text(line, style)
        for piece in [text] if width is None else text.wrap(screen, width):
            piece.rstrip()
            yield Text.assemble((gutter, style.removeprefix("strike ")), piece)


def _with_evidence(
    line: Text, removal: Removal, screen: Console, width: int | None
) -> Iterator[Text]:
    """A line with the evidence beside it, or under it where the terminal is too narrow."""
    style = f"bold {colour(removal.filter)}"
    score = "" if removal.score is None else f" {removal.score:.2f}"
    evidence = Text(f"[{removal.filter}{score}: {safe(removal.because)}]", style)
    if width is None or line.cell_len + _GUTTER + evidence.cell_len <= width + _GUTTER:
        yield Text.assemble(line, "  ", evidence)
        return
    yield line
    for piece in evidence.wrap(screen, width - _GUTTER):
        yield Text.assemble("    ", piece)


def _with_locator(line: Text, locator: str | None, width: int | None) -> Text:
    """A line with the place of its block behind it: whole, or the end of it, or not at all."""
    steps = safe(locator or "").split("/")
    room = width - line.cell_len if width is not None else None
    shown = "/".join(steps)
    while room is not None and cell_len(shown) > room and len(steps) >= _LEAST_STEPS:
        del steps[0]
        shown = "/".join(("…", *steps))
    is_fit = room is None or cell_len(shown) <= room
    return Text.assemble(line, "  ", (shown, "dim")) if shown and is_fit else line


def _documents(tally: Tally) -> str:
    said = f"{tally.written:,} written"
    if tally.empty:
        said += f" ({tally.empty:,} of them empty)"
    if tally.skipped:
        said += f", {sum(tally.skipped.values()):,} skipped"
    return f"{said}, {tally.quarantined:,} quarantined"


def _counted(name: str, count: Count, total: int) -> tuple[str, ...]:
    of_lines = share(count.lines / total if total else None)
    return name, f"{count.documents:,}", f"{count.lines:,}", of_lines, f"{count.chars:,}"


def many(number: int, thing: str) -> str:
    """Return a number with what it counts, in the plural where it is not one."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
