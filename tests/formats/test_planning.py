"""Where things go."""

import os
from pathlib import Path

import pytest

from cleancorpus.errors import InputError, OutputExists, UnknownFormat, UnknownRendering
from cleancorpus.formats import Writing
from cleancorpus.formats.files import TextSink
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan, task_of


@pytest.fixture(autouse=True)
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("c/a.txt", "c/sub/b.md", "c/d.jsonl", "c/e.pdf", "c/f.html", "other/a.txt", "raw"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def goes(
    *inputs: str,
    out: str | None = None,
    form: str | None = None,
    rendering: str | None = None,
    to: str | None = None,
) -> dict[str, str]:
    """Where each input goes, and what it is read and written as."""
    planned = plan(inputs, out, Reading(form), Writing(rendering=rendering), to)
    return {
        task.name: f"{task.target} {task.source.name} {task.sink.name}" for task in planned.tasks
    }


def rendered_as(*inputs: str, out: str, rendering: str | None = None) -> str | None:
    (task,) = plan(inputs, out, writing=Writing(rendering=rendering)).tasks
    assert isinstance(task.sink, TextSink)
    return task.sink.writing.rendering


def test_one_file_goes_to_standard_output_or_to_a_file() -> None:
    assert goes("c/a.txt") == {"c/a.txt": "None text text"}
    assert goes("c/a.txt", out="-") == {"c/a.txt": "None text text"}
    assert goes("c/a.txt", out="x.txt") == {"c/a.txt": "x.txt text text"}
    assert goes("c/a.txt", out="no-suffix") == {"c/a.txt": "no-suffix text text"}


def test_one_file_goes_into_a_folder_that_is_there_or_ends_in_a_slash() -> None:
    assert goes("c/a.txt", out="new/") == {"c/a.txt": "new/a.txt text text"}
    assert goes("raw", out="c") == {"raw": "c/raw text text"}


def test_a_folder_is_mirrored_and_what_has_no_format_is_passed_over() -> None:
    assert goes("c", out="new") == {
        "c/a.txt": "new/a.txt text text",
        "c/d.jsonl": "new/d.jsonl jsonl jsonl",
        "c/f.html": "new/f.txt html text",
        "c/sub/b.md": "new/sub/b.md markdown markdown",
    }
    over = plan(["c"], "new").passed_over
    assert [(str(path), why) for path, why in over] == [
        (
            "c/e.pdf",
            (
                "not one of .txt .text .md .markdown .html .htm .xhtml "
                ".jsonl .ndjson .parquet .pq .csv .tsv .warc .wet"
            ),
        ),
    ]


def test_a_pattern_is_mirrored_below_its_fixed_part() -> None:
    assert goes("c/**/*.md", out="new") == {"c/sub/b.md": "new/sub/b.md markdown markdown"}


def test_several_files_need_a_folder() -> None:
    for inputs in (["c"], ["c/a.txt", "raw"], ["c/*.txt"]):
        with pytest.raises(InputError, match="several inputs need a folder to go to: -o FOLDER"):
            plan(inputs)
        with pytest.raises(InputError, match="several inputs need a folder"):
            plan(inputs, "-")
        with pytest.raises(InputError, match="raw is a file, and several inputs need a folder"):
            plan(inputs, "raw")


def test_standard_input_is_looked_at_unless_its_media_is_said() -> None:
    assert goes("-") == {"standard input": "None text text"}
    assert goes("-", out="x") == {"standard input": "x text text"}
    assert goes("-", out="new/", form="jsonl") == {"standard input": "new/stdin.jsonl jsonl jsonl"}
    assert goes("-", out="new/", form="markdown") == {
        "standard input": "new/stdin.md markdown markdown"
    }
    assert goes("-", out="new/", form="html") == {"standard input": "new/stdin.txt html text"}
    assert goes("-", out="new/") == {"standard input": "new/stdin.txt text text"}


def test_the_media_may_be_said_of_all_inputs() -> None:
    assert goes("c/a.txt", form="markdown") == {"c/a.txt": "None markdown markdown"}
    assert "c/e.pdf" in goes("c", out="new", form="text")
    with pytest.raises(UnknownFormat, match="did you mean jsonl"):
        plan(["c/a.txt"], reading=Reading("jsnol"))


def test_an_unknown_suffix_is_looked_at_where_it_was_named() -> None:
    assert goes("c/e.pdf") == {"c/e.pdf": "None text text"}
    assert goes("c/*.pdf", out="new") == {"c/e.pdf": "new/e.pdf text text"}
    with pytest.raises(InputError, match="nothing to read"):
        plan(["c/[eg]*"], "new")


def test_a_page_gets_the_suffix_of_what_it_becomes() -> None:
    assert goes("c/f.html", out="new/") == {"c/f.html": "new/f.txt html text"}
    assert goes("c/*.html", out="new", rendering="markdown") == {
        "c/f.html": "new/f.md html markdown"
    }
    assert goes("c/f.html", out="new/", rendering="html") == {"c/f.html": "new/f.html html html"}
    assert goes("c/a.txt", out="new/", rendering="markdown") == {
        "c/a.txt": "new/a.md text markdown"
    }
    assert goes("c/d.jsonl", out="new/", rendering="html") == {
        "c/d.jsonl": "new/d.jsonl jsonl jsonl"
    }


def test_an_unknown_suffix_is_no_suffix(corpus: Path) -> None:
    (corpus / "c" / "v1.2").touch()
    assert goes("c/v1.2", out="new/", form="html") == {"c/v1.2": "new/v1.2.txt html text"}
    assert goes("c/v1.2", out="new/") == {"c/v1.2": "new/v1.2 text text"}
    assert goes("c/v1.2", out="new/", rendering="text") == {"c/v1.2": "new/v1.2.txt text text"}


def test_a_page_alone_becomes_what_its_output_is_named_for() -> None:
    assert rendered_as("c/f.html", out="x.md") == "markdown"
    assert rendered_as("c/f.html", out="x.html") == "html"
    assert rendered_as("c/f.html", out="x") is None
    assert rendered_as("c/f.html", out="x.md", rendering="text") == "text"
    assert rendered_as("c/a.txt", out="x.md") is None


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


@pytest.mark.parametrize("there", ["new/a.txt", "new/quarantine.jsonl", "new/run.json"])
def test_an_output_that_is_there_is_not_free(corpus: Path, there: str) -> None:
    (corpus / "new").mkdir()
    (corpus / there).touch()
    with pytest.raises(OutputExists, match=f"{there} is there already: --force replaces it"):
        plan(["c"], "new").check_free()


def test_a_folder_is_never_replaced_by_a_file(corpus: Path) -> None:
    (corpus / "new" / "a.txt").mkdir(parents=True)
    with pytest.raises(OutputExists, match=r"new/a.txt is a folder"):
        plan(["c"], "new")


def test_the_quarantine_lies_beside_a_file_and_inside_a_folder() -> None:
    assert plan(["raw"], "x.txt").quarantine == Path("x.txt.quarantine.jsonl")
    assert plan(["raw"], "new/").quarantine == Path("new/quarantine.jsonl")
    assert plan(["raw"]).quarantine is None
    os.mkfifo("pipe")
    assert plan(["raw"], "pipe").quarantine is None


def test_what_holds_many_records_is_not_written_as_what_holds_one() -> None:
    with pytest.raises(
        InputError, match=r"c/d.jsonl is jsonl, which holds many .* x.txt is for one"
    ):
        plan(["c/d.jsonl"], "x.txt")
    with pytest.raises(
        InputError, match=r"c/d.jsonl is jsonl, .* --to text is for one: --to jsonl or"
    ):
        plan(["c/d.jsonl"], "new/", to="text")
    assert plan(["c/d.jsonl"], "x.json").tasks


def test_any_format_becomes_any_that_holds_many() -> None:
    assert goes("c/a.txt", out="x.jsonl") == {"c/a.txt": "x.jsonl text jsonl"}
    assert goes("c/f.html", out="x.csv") == {"c/f.html": "x.csv html csv"}
    assert goes("c/d.jsonl", out="x.tsv") == {"c/d.jsonl": "x.tsv jsonl tsv"}
    assert goes("c/d.jsonl", out="new/", to="csv") == {"c/d.jsonl": "new/d.csv jsonl csv"}
    assert goes("c/f.html", out="new/", to="markdown") == {"c/f.html": "new/f.md html markdown"}


def test_several_inputs_go_into_one_file_that_holds_many() -> None:
    assert set(goes("c", out="all.jsonl").values()) == {
        "all.jsonl text jsonl",
        "all.jsonl jsonl jsonl",
        "all.jsonl html jsonl",
        "all.jsonl markdown jsonl",
    }
    assert set(goes("c/a.txt", "raw", out="all.csv").values()) == {"all.csv text csv"}


def test_packed_files_stay_packed_unless_their_output_is_named(corpus: Path) -> None:
    for name in ("d.jsonl.gz", "p.html.zst"):
        (corpus / "other" / name).touch()
    assert goes("other", out="new") == {
        "other/a.txt": "new/a.txt text text",
        "other/d.jsonl.gz": "new/d.jsonl.gz jsonl jsonl",
        "other/p.html.zst": "new/p.txt.zst html text",
    }
    packing = [task.target_packing for task in plan(["other"], "new").tasks]
    assert packing == [None, ".gz", ".zst"]
    (task,) = plan(["other/d.jsonl.gz"], "x.jsonl.zst").tasks
    assert (task.packing, task.target_packing) == (".gz", ".zst")
    (task,) = plan(["other/d.jsonl.gz"]).tasks
    assert task.target_packing is None


def test_another_field_needs_an_output_with_fields() -> None:
    with pytest.raises(InputError, match="--into names a field, and no output has fields"):
        plan(["c/f.html"], writing=Writing(into="text"))
    assert plan(["c"], "new", writing=Writing(into="text")).tasks
    with pytest.raises(InputError, match="--into removals and --removals would write one field"):
        plan(["c"], "new", writing=Writing("removals", extras=("removals",)))


def test_unknown_names_are_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownRendering, match="no rendering named 'markdwon': did you mean mark"):
        plan(["c/f.html"], writing=Writing(rendering="markdwon"))
    with pytest.raises(UnknownFormat, match="no format named 'parqet': did you mean parquet"):
        plan(["c/d.jsonl"], "new/", to="parqet")


@pytest.mark.parametrize("extra", ["removals", "metadata", "markdown"])
def test_further_fields_need_an_output_with_fields(extra: str) -> None:
    with pytest.raises(InputError, match=f"--{extra} adds a field, and no output has fields"):
        plan(["c/a.txt"], writing=Writing(extras=(extra,)))
    assert plan(["c"], "new", writing=Writing(extras=(extra,))).tasks


def test_a_run_may_write_below_its_input_twice(corpus: Path) -> None:
    (corpus / "c" / "clean").mkdir()
    (corpus / "c" / "clean" / "old.txt").touch()
    assert "c/clean/old.txt" not in goes("c", out="c/clean")


def test_the_bytes_to_read_are_known_but_for_standard_input() -> None:
    assert plan(["c/a.txt"]).sizes() == [len("c/a.txt")]
    assert plan(["c/a.txt", "-"], "new").sizes() is None
    assert plan(["c/a.txt"]).is_to_stdout
    assert not plan(["c/a.txt"], "x").is_to_stdout


def test_one_file_alone_is_shown() -> None:
    assert task_of("c/sub/b.md").source.name == "markdown"
    assert task_of("-").path is None
    with pytest.raises(InputError, match="c is a folder: name one file of it"):
        task_of("c")
