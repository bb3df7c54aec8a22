"""The command, as a user meets it: real files, exit codes, and what is printed where."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import cleancorpus
from cleancorpus.cli import main
from cleancorpus.errors import CleanCorpusError
from cleancorpus.recipe import loads
from cleancorpus.segment.html import walk_in_use

BYLINE = "Published: Oct 13, 2025 05:20 PM"
STORY = "The ferry is back, and it carries cars again."
ARTICLE = f"{BYLINE}\n{STORY}\n"
PAGE = f"<!DOCTYPE html><title>Ferry</title><p>{BYLINE}</p><p>{STORY}</p>"
COMMAND = [sys.executable, "-c", "from cleancorpus.cli import main; main()"]


class Ran(NamedTuple):
    code: object
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def command(
    capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Runs the command in an empty folder and returns its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("COLUMNS", raising=False)

    def run(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as exit_code:
            main([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(exit_code.value.code, out, err)

    return run


def write(name: str, content: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def read(name: str) -> str:
    return Path(name).read_text(encoding="utf-8")


def piped(
    content: bytes, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 - our own command
        [*COMMAND, *arguments],
        input=content,
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_folder_is_cleaned_into_another(command: Command) -> None:
    write("in/a.txt", ARTICLE)
    write("in/sub/b.md", f"# Ferry\n\n{STORY}\n")
    write("in/c.jsonl", json.dumps({"id": 1, "text": ARTICLE}) + "\n")
    write("in/d.png", "")
    write("in/sub/e.html", PAGE)
    ran = command("clean", "in", "-o", "out")
    assert (ran.code, ran.out) == (0, "")
    assert read("out/a.txt") == f"{STORY}\n"
    assert read("out/sub/b.md") == f"# Ferry\n\n{STORY}\n"
    assert read("out/sub/e.txt") == f"{STORY}\n"
    assert json.loads(read("out/c.jsonl")) == {"id": 1, "text": f"{STORY}\n"}
    assert "passed over 1 file (in/d.png)" in ran.err
    assert "4 documents read: 4 written, 0 quarantined" in ran.err
    assert "byline" in ran.err


def test_one_file_goes_to_standard_output_to_the_byte(command: Command) -> None:
    write("a.txt", ARTICLE)
    ran = command("clean", "a.txt", "--quiet")
    assert ran == (0, f"{STORY}\n", "")


def test_one_file_goes_to_a_file_and_is_not_replaced_without_force(command: Command) -> None:
    write("a.txt", ARTICLE)
    assert command("clean", "a.txt", "-o", "b.txt").code == 0
    write("a.txt", "Other text altogether.\n")
    ran = command("clean", "a.txt", "-o", "b.txt")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "cleancorpus: b.txt is there already: --force replaces it\n"
    assert read("b.txt") == f"{STORY}\n"
    assert command("clean", "a.txt", "-o", "b.txt", "--force").code == 0
    assert read("b.txt") == "Other text altogether.\n"


def test_a_file_may_be_cleaned_in_its_place_with_force(command: Command) -> None:
    write("a.txt", ARTICLE)
    assert command("clean", "a.txt", "-o", "a.txt", "--force").code == 0
    assert read("a.txt") == f"{STORY}\n"


def test_some_in_quarantine_is_exit_code_1(command: Command) -> None:
    write("a.jsonl", '{"body": "fine"}\n{oops\n')
    ran = command("clean", "a.jsonl", "-o", "b.jsonl", "--field", "body", "-q")
    assert ran.code == 1
    assert ran.err == "a.jsonl, line 2: not JSON: expected a name in quotes at character 2\n"
    assert read("b.jsonl") == '{"body": "fine"}\n'
    assert json.loads(read("b.jsonl.quarantine.jsonl"))["record"] == 2


def test_of_many_that_fail_the_first_are_told_and_the_quarantine_has_all(command: Command) -> None:
    write("a.jsonl", '{"html": "<p>The ferry is back."}\n' * 50)
    ran = command("clean", "a.jsonl", "-o", "b.jsonl", "-q")
    told = ran.err.splitlines()
    assert (ran.code, len(told)) == (1, 21)
    assert told[19].startswith("a.jsonl, line 20: has no field 'text'")
    assert told[20] == "what else fails is told in b.jsonl.quarantine.jsonl alone"
    assert len(read("b.jsonl.quarantine.jsonl").splitlines()) == 50


def test_all_that_fail_are_told_where_no_quarantine_has_them(command: Command) -> None:
    write("a.jsonl", '{"html": "<p>The ferry is back."}\n' * 50)
    ran = command("clean", "a.jsonl", "-q")
    assert (ran.code, len(ran.err.splitlines())) == (1, 50)


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ((), f"{STORY}\n"),
        (("--as", "markdown"), f"{STORY}\n"),
        (("--as", "html"), f"<title>Ferry</title>\n</head>\n<body>\n<p>{STORY}</p>\n</body>"),
    ],
)
def test_a_page_is_written_as_is_wanted(
    command: Command, arguments: tuple[str, ...], written: str
) -> None:
    write("a.html", PAGE)
    ran = command("clean", "a.html", "-q", *arguments)
    assert (ran.code, ran.err) == (0, "")
    assert written in ran.out


def test_pages_in_jsonl_are_cleaned_into_a_field_of_their_own(command: Command) -> None:
    write("a.jsonl", json.dumps({"html": PAGE}) + "\n")
    assert command("clean", "a.jsonl", "-o", "b.jsonl", "--field", "html").code == 0
    assert json.loads(read("b.jsonl")) == {"html": PAGE, "text": f"{STORY}\n"}
    ran = command("clean", "a.jsonl", "-q", "--field", "html", "--into", "html")
    assert json.loads(ran.out) == {"html": f"{STORY}\n"}


def test_removals_are_added_on_request(command: Command) -> None:
    write("a.jsonl", json.dumps({"text": ARTICLE}))
    ran = command("clean", "a.jsonl", "--removals", "-q")
    (removal,) = json.loads(ran.out)["removals"]
    assert (removal["filter"], ARTICLE[removal["start"] : removal["end"]]) == ("byline", BYLINE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean", "nope.txt"], "no such file or folder: nope.txt"),
        (["clean", "a.txt", "b.txt"], "several inputs need a folder to go to: -o FOLDER"),
        (["clean", "a.txt", "b.txt", "-o", "all.txt"], "all.txt names one text"),
        (["clean", "p.html", "--as", "markdwon"], "did you mean markdown?"),
        (["clean", "p.html", "--into", "body"], "--into names a field, and no output has fields"),
        (["clean", "a.txt", "--without", "captoin"], "did you mean caption?"),
        (["clean", "a.txt", "--only", "captoin"], "did you mean caption?"),
        (["clean", "a.txt", "--chain", "defualt"], "did you mean default?"),
        (["clean", "a.txt", "--chain", "light", "--recipe", "x"], "give one of them"),
        (["clean", "a.txt", "--recipe", "x.toml"], "x.toml: No such file"),
        (["clean", "a.txt", "--media", "htm"], "no media named 'htm'"),
        (["clean"], "Missing argument"),
        (["explain", "."], "is a folder: name one file of it"),
        (["explain", "a.txt", "--record", "2"], "a.txt, record 2: there is no such record"),
        (["evaluate", "lines", "nope"], "does not exist"),
        (["evaluate", "lines", "a.txt"], "not a labelled page"),
        (["recipe", "--only", "x"], "no filter named 'x'"),
        (["claen"], "No such command"),
    ],
)  # fmt: skip
def test_wrong_use_is_exit_code_2_and_no_traceback(
    command: Command, arguments: list[str], message: str
) -> None:
    for name in ("a.txt", "b.txt", "p.html"):
        write(name, ARTICLE)
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in " ".join(ran.err.replace("│", " ").split())
    assert "Traceback" not in ran.err


def test_a_folder_may_be_called_as_a_text_is(command: Command) -> None:
    write("in/a.txt", ARTICLE)
    assert command("clean", "in", "-o", "all.txt/", "-q").code == 0
    assert command("clean", "in", "-o", "all.txt", "-q").code == 0  # as the folder is there now
    assert read("all.txt/a.txt") == f"{STORY}\n"


def test_wrong_use_writes_nothing(command: Command) -> None:
    write("in/a.txt", ARTICLE)
    write("other/a.txt", ARTICLE)
    before = sorted(Path().rglob("*"))
    for wrong in (["in", "other"], ["in", "--only", "x"], ["in", "nope"], ["in", "--removals"]):
        assert command("clean", *wrong, "-o", "out").code == 2
    assert sorted(Path().rglob("*")) == before


def test_filters_are_chosen(command: Command) -> None:
    write("a.txt", ARTICLE)
    assert command("clean", "a.txt", "-q", "--without", "byline").out == ARTICLE
    assert command("clean", "a.txt", "-q", "--only", "caption").out == ARTICLE
    assert command("clean", "a.txt", "-q", "--chain", "none").out == ARTICLE
    printed = command("recipe", "--chain", "news", "--without", "byline").out
    assert loads(printed) == cleancorpus.preset("news").without("byline")
    write("mine.toml", printed)
    assert command("clean", "a.txt", "-q", "--recipe", "mine.toml").out == ARTICLE


def test_explain_shows_every_line_and_why_it_went(command: Command) -> None:
    write("a.txt", ARTICLE)
    ran = command("explain", "a.txt")
    assert (ran.code, ran.err) == (0, "")
    removed, kept = ran.out.splitlines()[:2]
    assert removed.startswith(f"- {BYLINE}  [byline 0.")
    assert kept == f"  {STORY}"
    assert "removed by" in ran.out


def test_explain_shows_one_record(command: Command) -> None:
    write("a.jsonl", '{"body": "first"}\n{"body": "second"}\n')
    assert command("explain", "a.jsonl", "--field", "body").out.startswith("  first\n")
    second = command("explain", "a.jsonl", "--field", "body", "--record", "2")
    assert second.out.startswith("  second\n")


def test_filters_are_listed(command: Command) -> None:
    listed = command("filters").out
    found = json.loads(command("filters", "--json").out)
    assert [one["name"] for one in found] == [str(known.name) for known in cleancorpus.BUILTIN]
    for one in found:
        assert one["name"] in listed
        assert {"name", "default", "unit", "source"} == set().union(*one["options"])


def test_labelled_lines_are_scored(command: Command) -> None:
    lines = [{"text": BYLINE, "label": "byline"}, {"text": STORY, "label": "content"}]
    write("gold.jsonl", json.dumps({"id": "a", "lines": lines}) + "\n")
    ran = command("evaluate", "lines", "gold.jsonl", "--only", "byline")
    rows = [line.split() for line in ran.out.splitlines()]
    assert ["byline", "1", "100.0%", "100.0%"] in rows
    assert ["content", "1", "0.0%"] in rows
    assert ["byline", "1", "100.0%"] in rows
    assert "content words lost: 0 of 9 (0.0%)" in ran.out


def test_the_version_is_printed_and_the_walk(command: Command) -> None:
    assert (
        command("--version").out == f"cleancorpus {cleancorpus.__version__}, {walk_in_use()} walk\n"
    )


@pytest.mark.parametrize(
    "name",
    [
        *("", "clean", "explain", "filters", "recipe", "train"),
        *("evaluate", "evaluate lines", "evaluate pages"),
    ],
)
def test_every_command_has_help_that_fits_80_columns(command: Command, name: str) -> None:
    ran = command(*name.split(), "--help")
    assert ran.code == 0
    assert f"Usage: cleancorpus {name}".rstrip() in ran.out
    assert max(map(len, ran.out.splitlines())) <= 80
    if name not in ("", "filters", "evaluate"):
        assert f"  cleancorpus {name} ".strip() in ran.out.partition("Examples")[2]


def test_standard_input_is_cleaned() -> None:
    assert piped(ARTICLE.encode(), "clean", "-", "-q").stdout == f"{STORY}\n".encode()
    assert piped(PAGE.encode(), "clean", "-", "-q").stdout == f"{STORY}\n".encode()
    fragment = f"<p>{STORY}".encode()
    assert piped(fragment, "clean", "-", "-q", "--media", "html").stdout == f"{STORY}\n".encode()
    line = json.dumps({"text": ARTICLE}).encode() + b"\n"
    ran = piped(line, "clean", "-", "--from", "jsonl", "-q")
    assert (ran.returncode, json.loads(ran.stdout)) == (0, {"text": f"{STORY}\n"})
    assert b"standard input, line 1: " in piped(b"{", "clean", "-", "--from", "jsonl").stderr


def test_a_terminal_without_unicode_stops_nothing() -> None:
    ran = piped("नमस्ते दुनिया\n".encode(), "explain", "-", PYTHONIOENCODING="ascii")
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert rb"\u0928" in ran.stdout


def test_the_library_is_imported_without_the_command_line() -> None:
    asked = "import sys, cleancorpus; print({'typer', 'rich'} & set(sys.modules))"
    ran = subprocess.run(  # noqa: S603 - our own package
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "set()\n"


def test_errors_of_the_run_belong_to_the_tree() -> None:
    from cleancorpus.errors import InputError, OutputError

    assert issubclass(InputError, (CleanCorpusError, ValueError))
    assert issubclass(OutputError, OSError)
