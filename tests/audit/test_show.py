"""What people read in a terminal, and what comes out of a pipe."""

import io
import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from cleancorpus.audit import show
from cleancorpus.audit.catalog import catalog, listed
from cleancorpus.audit.progress import Clock, Watch
from cleancorpus.audit.tally import Tally
from cleancorpus.document import Block, Document, Record, Removal
from cleancorpus.filters import BUILTIN
from cleancorpus.segment import segment

PAGE = "Home\nThe ferry is back.\n\n• a\tlist\n\x9b2Jmean\n"


def screen(*, is_terminal: bool = False, width: int = 40) -> Console:
    return Console(
        file=io.StringIO(),
        force_terminal=is_terminal,
        width=width,
        color_system="standard" if is_terminal else None,
        no_color=False,
        highlight=False,
        markup=False,
        emoji=False,
    )


def printed(console: Console) -> str:
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def page(text: str, *removals: Removal) -> Document:
    return segment(Record(text, media="text")).mark(removals)


def test_a_pipe_gets_a_line_a_line_with_signs_and_evidence() -> None:
    console = screen()
    document = page(PAGE, Removal(0, "navigation-list", "a menu word [/b]", 0.9))
    show.explain(document, console)
    assert printed(console).splitlines() == [
        "- Home  [navigation-list 0.90: a menu word [/b]]",
        "  The ferry is back.",
        "",
        "  • a   list",
        "  \\x9b2Jmean",
    ]


def test_long_lines_are_not_folded_in_a_pipe() -> None:
    console = screen()
    show.explain(page("word " * 100, Removal(0, "byline", "why " * 20)), console)
    assert len(printed(console).splitlines()) == 1


def test_a_terminal_gets_struck_lines_in_the_colour_of_the_filter() -> None:
    console = screen(is_terminal=True)
    show.explain(page("Home\nText.", Removal(0, "byline", "a reason")), console)
    out = printed(console)
    assert re.search(r"\x1b\[9;\d+mHome", out)
    assert "\x1b[1;" in out
    assert "strike" not in show.colour("byline")


def test_a_terminal_folds_lines_behind_the_gutter() -> None:
    console = screen(is_terminal=True, width=30)
    show.explain(page("word " * 20, Removal(0, "byline", "the reason why it went")), console)
    lines = re.sub(r"\x1b\[[\d;]*m", "", printed(console)).splitlines()
    assert all(len(line) <= 30 for line in lines)
    assert lines[0].startswith("- word")
    assert lines[-2].startswith("    [byline: the reason")


WEB_PAGE = (
    "<nav><ul><li>Home<li>News</ul></nav><main><h1>Ferry</h1><p>It is back."
    "<table><tr><td>to<td>fro</table></main>"
)


def web_page() -> Document:
    """A page with its menu removed."""
    reason = "one of 2 menu words before the text of the page"
    removals = [Removal(at, "navigation-list", reason, 0.9) for at in (0, 1)]
    return segment(Record(WEB_PAGE, media="html")).mark(removals)


def explained(document: Document, *, width: int | None) -> list[str]:
    console = screen(is_terminal=width is not None, width=width or 80)
    show.explain(document, console)
    return re.sub(r"\x1b\[[\d;]*m", "", printed(console)).splitlines()


def test_a_page_is_shown_with_its_kinds_and_where_the_removed_blocks_stand() -> None:
    evidence = "[navigation-list 0.90: one of 2 menu words before the text of the page]"
    lines = [
        f"- • Home  {evidence}  html/body/nav/ul/li[1]",
        f"- • News  {evidence}  html/body/nav/ul/li[2]",
        "",
        "  # Ferry",
        "",
        "  It is back.",
        "",
        "  to | fro",
    ]
    assert explained(web_page(), width=None) == lines
    assert explained(web_page(), width=120) == lines


def test_of_a_place_too_long_for_the_terminal_the_end_is_shown_or_nothing() -> None:
    first = explained(web_page(), width=80)[:2]
    assert first == [
        "- • Home",
        "    [navigation-list 0.90: one of 2 menu words before the text of the page]",
    ]
    first = explained(web_page(), width=98)[:1]
    assert first[0].endswith("the page]  …/nav/ul/li[1]")
    for width in range(30, 130):
        for line in explained(web_page(), width=width):
            assert len(line) <= width
            assert "…" not in line or re.search(r"…(/\w+(\[\d\])?){2,}$", line)


def test_removed_blocks_of_a_page_stand_close_together_and_kept_ones_apart() -> None:
    page = segment(Record("<p>a<p>b<p>c<p>d", media="html"))
    gone = page.mark(Removal(at, "byline", "why") for at in (1, 2))
    shown = [line[:3].rstrip() for line in explained(gone, width=None)]
    assert shown == ["  a", "", "- b", "- c", "", "  d"]


def test_blocks_without_a_source_stand_line_by_line() -> None:
    assert explained(Document((Block("a"), Block("b"))), width=None) == ["  a", "  b"]


@given(st.text(max_size=60))
def test_no_text_steers_a_terminal(text: str) -> None:
    console = screen(is_terminal=False)
    show.explain(page(text), console)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", printed(console))


def test_every_filter_has_a_colour_of_its_own() -> None:
    names = [str(known.name) for known in BUILTIN]
    assert len({show.colour(name) for name in names}) == len(names)
    assert show.colour("from-elsewhere")


def test_the_summary_says_what_became_of_the_documents() -> None:
    tally = Tally()
    tally.add(page("Home\nText of it", Removal(0, "byline", "a reason")))
    tally.add(page("Home", Removal(0, "caption", "a reason")))
    tally.add(page("a\x00").flag("loss budget: kept whole"))
    tally.add_quarantined()
    console = screen(width=80)
    for part in show.summary(tally, Path("out/quarantine.jsonl")):
        console.print(part)
    out = printed(console)
    assert "4 documents read: 3 written (1 of them empty), 1 quarantined" in out
    assert "what was quarantined, and why: out/quarantine.jsonl" in out
    assert "1 with characters mended" in out
    assert "1 kept whole by the loss budget" in out
    assert re.search(r"byline +1 +1 +25.0% +4", out)
    assert re.search(r"removed +2 +2 +50.0% +8", out)
    assert re.search(r"kept +2 +2 +50.0% +11", out)


def test_the_verdict_on_one_document_tells_its_mends_and_flags() -> None:
    console = screen(width=80)
    for part in show.verdict(page("a\x00").flag("loss budget: kept whole")):
        console.print(part)
    assert "removed 1 control characters\nloss budget: kept whole" in printed(console)


def test_files_passed_over_are_told_by_reason() -> None:
    files = [(Path(f"{at}.png"), "no text") for at in range(5)]
    lines = list(show.passed_over([*files, (Path("a.html"), "HTML")]))
    assert lines == [
        "passed over 5 files (0.png, 1.png, 2.png, ...): no text",
        "passed over 1 file (a.html): HTML",
    ]


def test_the_catalog_has_every_filter_with_its_options() -> None:
    entries = catalog()
    assert [entry.name for entry in entries] == [str(known.name) for known in BUILTIN]
    console = screen(width=80)
    for part in listed(entries):
        console.print(part)
    out = printed(console)
    for entry in entries:
        assert entry.removes.startswith("Remove")
        for option in entry.options:
            assert f"{option.name} = {option.default!r}" in out


def test_a_short_run_leaves_no_bar_and_a_long_one_does() -> None:
    for age, is_there in ((0.0, False), (10.0, True)):
        console = screen(is_terminal=True, width=80)
        with Watch(console, 100, is_shown=True) as watch:
            watch._shown -= age
            watch._begun -= age
            watch.show(50, 1, ", 10% removed")
            watch.trouble("a.txt: \x1b trouble")
        assert ("1 document, 0/s, 10% removed" in printed(console)) is is_there
        assert "a.txt: \\x1b trouble" in printed(console)


def test_a_bar_and_the_time_left_stay_whole_beside_a_long_name() -> None:
    console = screen(is_terminal=True, width=80)
    with Watch(console, 100, is_shown=True) as watch:
        watch._shown -= 10
        watch._begun -= 10
        watch.show(50, 492, ", 28.4% removed, file 2 of 1,000 (…/a-long-name-of-pages.jsonl.zst)")
    (shown,) = {line for line in printed(console).split("\r") if "documents" in line}
    assert "file 2 of 1,000 (…" in shown
    assert " 50%" in shown
    assert re.search(r"\d:\d\d:\d\d|-:--:--", shown)


def test_without_a_terminal_there_is_a_line_now_and_then() -> None:
    console = screen()
    with Watch(console, 100, is_shown=True) as watch:
        watch.show(10, 1, "")
        watch._shown -= 20
        watch._begun -= 20
        watch.show(50, 4, ", 2 quarantined")
        watch.show(60, 5, "")
    assert printed(console) == "50% of the input, 4 documents, 0/s, 2 quarantined\n"


def test_who_wants_no_progress_sees_none() -> None:
    for is_terminal in (True, False):
        console = screen(is_terminal=is_terminal)
        with Watch(console, 100, is_shown=False) as watch:
            watch._shown -= 20
            watch.show(50, 4, "")
        assert printed(console) == ""


def test_a_clock_says_what_goes_on_on_a_terminal_alone() -> None:
    for is_terminal, is_shown in ((True, True), (True, False), (False, True)):
        console = screen(is_terminal=is_terminal, width=80)
        with Clock(console, is_shown=is_shown) as clock:
            clock.say("reading \x1b pages")
            if clock._line is not None:
                clock._line.refresh()
        assert ("reading \\x1b pages" in printed(console)) is (is_terminal and is_shown)
        assert "0:00:00" in printed(console) or not (is_terminal and is_shown)
