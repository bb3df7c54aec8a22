"""Where things go."""

import os
from pathlib import Path

import pytest

from cleancorpus.errors import InputError, OutputExists, UnknownMedia, UnknownRendering
from cleancorpus.formats import TextFile
from cleancorpus.formats.places import Reading, plan, task_of


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("c/a.txt", "c/sub/b.md", "c/d.jsonl", "c/e.pdf", "c/f.html", "other/a.txt", "raw"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def goes(
    *inputs: str, out: str | None = None, media: str | None = None, rendering: str | None = None
) -> dict[str, str]:
    reading = Reading(media, rendering=rendering)
    return {
        task.name: f"{task.target} as {task.format.name}"
        for task in plan(inputs, out, reading).tasks
    }


def rendered_as(*inputs: str, out: str, rendering: str | None = None) -> str | None:
    (task,) = plan(inputs, out, Reading(rendering=rendering)).tasks
    assert isinstance(task.format, TextFile)
    return task.format.rendering


def test_one_file_goes_to_standard_output_or_to_a_file() -> None:
    assert goes("c/a.txt") == {"c/a.txt": "None as text"}
    assert goes("c/a.txt", out="-") == {"c/a.txt": "None as text"}
    assert goes("c/a.txt", out="x.txt") == {"c/a.txt": "x.txt as text"}
    assert goes("c/a.txt", out="no-suffix") == {"c/a.txt": "no-suffix as text"}


def test_one_file_goes_into_a_folder_that_is_there_or_ends_in_a_slash() -> None:
    assert goes("c/a.txt", out="new/") == {"c/a.txt": "new/a.txt as text"}
    assert goes("raw", out="c") == {"raw": "c/raw as text"}


def test_a_folder_is_mirrored_and_what_has_no_format_is_passed_over() -> None:
    assert goes("c", out="new") == {
        "c/a.txt": "new/a.txt as text",
        "c/d.jsonl": "new/d.jsonl as jsonl",
        "c/f.html": "new/f.txt as html",
        "c/sub/b.md": "new/sub/b.md as markdown",
    }
    over = plan(["c"], "new").passed_over
    assert [(str(path), why) for path, why in over] == [
        ("c/e.pdf", "not one of .txt .text .md .markdown .html .htm .xhtml .jsonl .ndjson"),
    ]


def test_a_pattern_is_mirrored_below_its_fixed_part() -> None:
    assert goes("c/**/*.md", out="new") == {"c/sub/b.md": "new/sub/b.md as markdown"}


def test_several_files_need_a_folder() -> None:
    for inputs in (["c"], ["c/a.txt", "raw"], ["c/*.txt"]):
        with pytest.raises(InputError, match="several inputs need a folder to go to: -o FOLDER"):
            plan(inputs)
        with pytest.raises(InputError, match="several inputs need a folder"):
            plan(inputs, "-")
        with pytest.raises(InputError, match="raw is a file, and several inputs need a folder"):
            plan(inputs, "raw")


def test_standard_input_is_looked_at_unless_its_media_is_said() -> None:
    assert goes("-") == {"standard input": "None as text"}
    assert goes("-", out="x") == {"standard input": "x as text"}
    assert goes("-", out="new/", media="jsonl") == {"standard input": "new/stdin.jsonl as jsonl"}
    assert goes("-", out="new/", media="markdown") == {"standard input": "new/stdin.md as markdown"}
    assert goes("-", out="new/", media="html") == {"standard input": "new/stdin.txt as html"}
    assert goes("-", out="new/") == {"standard input": "new/stdin.txt as text"}


def test_the_media_may_be_said_of_all_inputs() -> None:
    assert goes("c/a.txt", media="markdown") == {"c/a.txt": "None as markdown"}
    assert "c/e.pdf" in goes("c", out="new", media="text")
    with pytest.raises(UnknownMedia, match="did you mean jsonl"):
        plan(["c/a.txt"], reading=Reading("jsnol"))


def test_an_unknown_suffix_is_looked_at_where_it_was_named() -> None:
    assert goes("c/e.pdf") == {"c/e.pdf": "None as text"}
    assert goes("c/*.pdf", out="new") == {"c/e.pdf": "new/e.pdf as text"}
    with pytest.raises(InputError, match="nothing to read"):
        plan(["c/[eg]*"], "new")


def test_a_page_gets_the_suffix_of_what_it_becomes() -> None:
    assert goes("c/f.html", out="new/") == {"c/f.html": "new/f.txt as html"}
    assert goes("c/*.html", out="new", rendering="markdown") == {"c/f.html": "new/f.md as html"}
    assert goes("c/f.html", out="new/", rendering="html") == {"c/f.html": "new/f.html as html"}
    assert goes("c/a.txt", out="new/", rendering="markdown") == {"c/a.txt": "new/a.md as text"}
    assert goes("c/d.jsonl", out="new/", rendering="html") == {"c/d.jsonl": "new/d.jsonl as jsonl"}


def test_an_unknown_suffix_is_no_suffix(corpus: Path) -> None:
    (corpus / "c" / "v1.2").touch()
    assert goes("c/v1.2", out="new/", media="html") == {"c/v1.2": "new/v1.2.txt as html"}
    assert goes("c/v1.2", out="new/") == {"c/v1.2": "new/v1.2 as text"}
    assert goes("c/v1.2", out="new/", rendering="text") == {"c/v1.2": "new/v1.2.txt as text"}


def test_a_page_alone_becomes_what_its_output_is_named_for() -> None:
    assert rendered_as("c/f.html", out="x.md") == "markdown"
    assert rendered_as("c/f.html", out="x.html") == "html"
    assert rendered_as("c/f.html", out="x") is None
    assert rendered_as("c/f.html", out="x.md", rendering="text") == "text"
    assert rendered_as("c/a.txt", out="x.md") is None
    with pytest.raises(
        InputError, match=r"c/f.html is html and cannot become jsonl, as x.jsonl is"
    ):
        plan(["c/f.html"], "x.jsonl")


def test_a_page_and_a_text_of_one_name_are_both_named(corpus: Path) -> None:
    (corpus / "c" / "a.html").touch()
    with pytest.raises(InputError, match=r"c/a.html and c/a.txt would .* to new/a.txt: .* folders"):
        plan(["c"], "new")


def test_nothing_to_read_is_said(corpus: Path) -> None:
    (corpus / "empty").mkdir()
    (corpus / "empty" / "x.png").touch()
    with pytest.raises(InputError, match=r"nothing to read in empty.*; 1 of other kinds"):
        plan(["empty"], "new")


def test_two_inputs_with_one_output_are_both_named() -> None:
    with pytest.raises(InputError, match=r"c/a.txt and other/a.txt would both .* to new/a.txt"):
        plan(["c", "other"], "new")


def test_an_input_named_as_the_quarantine_has_no_place(corpus: Path) -> None:
    (corpus / "c" / "quarantine.jsonl").touch()
    with pytest.raises(InputError, match=r"the quarantine and c/quarantine.jsonl would both"):
        plan(["c"], "new")


@pytest.mark.parametrize("there", ["new/a.txt", "new/quarantine.jsonl"])
def test_nothing_is_replaced_without_force(corpus: Path, there: str) -> None:
    (corpus / "new").mkdir()
    (corpus / there).touch()
    with pytest.raises(OutputExists, match=f"{there} is there already: --force replaces it"):
        plan(["c"], "new")
    assert plan(["c"], "new", force=True).tasks


def test_a_folder_is_never_replaced_by_a_file(corpus: Path) -> None:
    (corpus / "new" / "a.txt").mkdir(parents=True)
    with pytest.raises(OutputExists, match=r"new/a.txt is a folder"):
        plan(["c"], "new", force=True)


def test_the_quarantine_lies_beside_a_file_and_inside_a_folder() -> None:
    assert plan(["raw"], "x.txt").quarantine == Path("x.txt.quarantine.jsonl")
    assert plan(["raw"], "new/").quarantine == Path("new/quarantine.jsonl")
    assert plan(["raw"]).quarantine is None
    os.mkfifo("pipe")
    assert plan(["raw"], "pipe").quarantine is None


def test_text_is_not_written_under_a_name_of_jsonl() -> None:
    with pytest.raises(
        InputError, match=r"c/a.txt is text and cannot become jsonl, as x.jsonl is named"
    ):
        plan(["c/a.txt"], "x.jsonl")
    with pytest.raises(
        InputError, match=r"c/d.jsonl is jsonl and cannot become text, as x.txt is named"
    ):
        plan(["c/d.jsonl"], "x.txt")
    assert plan(["c/d.jsonl"], "x.json").tasks


def test_another_field_needs_jsonl() -> None:
    with pytest.raises(InputError, match="--into names a field of JSONL, and no input is JSONL"):
        plan(["c/f.html"], reading=Reading(into="text"))
    assert plan(["c"], "new", Reading(into="text")).tasks
    with pytest.raises(InputError, match="--into removals and --removals would write one field"):
        plan(["c"], "new", Reading(into="removals", removals=True))


def test_an_unknown_rendering_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownRendering, match="no rendering named 'markdwon': did you mean mark"):
        plan(["c/f.html"], reading=Reading(rendering="markdwon"))


def test_removals_need_jsonl() -> None:
    with pytest.raises(InputError, match="no input is JSONL"):
        plan(["c/a.txt"], reading=Reading(removals=True))
    assert plan(["c"], "new", Reading(removals=True)).tasks


def test_a_run_may_write_below_its_input_twice(corpus: Path) -> None:
    (corpus / "c" / "clean").mkdir()
    (corpus / "c" / "clean" / "old.txt").touch()
    assert "c/clean/old.txt" not in goes("c", out="c/clean")


def test_the_bytes_to_read_are_known_but_for_standard_input() -> None:
    assert plan(["c/a.txt"]).total_bytes == len("c/a.txt")
    assert plan(["c/a.txt", "-"], "new").total_bytes == 0
    assert plan(["c/a.txt"]).is_to_stdout
    assert not plan(["c/a.txt"], "x").is_to_stdout


def test_one_file_alone_is_shown() -> None:
    assert task_of("c/sub/b.md").format.name == "markdown"
    assert task_of("-").source is None
    with pytest.raises(InputError, match="c is a folder: name one file of it"):
        task_of("c")
