"""A run over files: what is written, what goes to quarantine, and that the counts add up."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from crossing import Crossed

from cleancorpus.audit.tally import Tally
from cleancorpus.chain import Chain
from cleancorpus.errors import OutputError, OutputExists, RecordError
from cleancorpus.formats.places import Reading
from cleancorpus.formats.planning import plan, task_of
from cleancorpus.runner.batches import Batch
from cleancorpus.runner.corpus import run_plan
from cleancorpus.runner.one import read_document
from cleancorpus.runner.work import Cleaning

CROSSED = Cleaning(Chain((Crossed(),)))


class Heard:
    """A watcher who remembers."""

    def __init__(self) -> None:
        self.troubles: list[str] = []
        self.tallies: list[int] = []

    def trouble(self, message: str) -> None:
        self.troubles.append(message)

    def batch_done(self, batch: Batch, tally: Tally) -> None:  # noqa: ARG002
        self.tallies.append(tally.read)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    return tmp_path


def write(**files: str | bytes) -> None:
    for name, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        Path("in", name.replace("_", ".")).write_bytes(raw)


def ran(*inputs: str, out: str = "out", reading: Reading | None = None) -> tuple[Tally, Heard]:
    heard = Heard()
    planned = plan(inputs or ["in"], out, reading)
    tally = run_plan(planned, CROSSED, heard, jobs=1).tally
    assert tally.read == tally.written + sum(tally.skipped.values()) + tally.quarantined
    return tally, heard


def quarantined(path: str = "out/quarantine.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines()]


def test_files_are_cleaned_and_counted() -> None:
    write(a_txt="one\nx two\n\nthree\n", b_md="# x\n\nx gone\n\nstays\n", c_txt="x all of it")
    tally, heard = ran()
    assert Path("out/a.txt").read_text(encoding="utf-8") == "one\n\nthree\n"
    assert Path("out/b.md").read_text(encoding="utf-8") == "stays\n"
    assert Path("out/c.txt").read_text(encoding="utf-8") == ""
    assert (tally.read, tally.written, tally.changed, tally.empty) == (3, 3, 3, 1)
    assert (tally.removed["crossed"].documents, tally.removed["crossed"].lines) == (3, 4)
    assert (heard.tallies, heard.troubles) == ([3], [])
    assert not Path("out/quarantine.jsonl").exists()


def test_a_broken_line_goes_to_quarantine_and_the_rest_goes_on() -> None:
    lines = ['{"text": "x"}', "{oops", '{"body": 1}', '{"text": "bomb"}', '{"text": "b"}']
    write(a_jsonl="\n".join(lines) + "\n", b_txt="bomb", c_txt="fine")
    tally, heard = ran()
    assert (tally.read, tally.written, tally.quarantined, tally.empty) == (7, 3, 4, 1)
    assert Path("out/a.jsonl").read_text(encoding="utf-8") == '{"text": ""}\n{"text": "b"}\n'
    assert not Path("out/b.txt").exists()
    assert heard.tallies[-1] == 7
    assert heard.troubles == [
        "in/a.jsonl, line 2: not JSON: expected a name in quotes at character 2",
        "in/a.jsonl, line 3: has no field 'text': --field names another (there are body)",
        "in/a.jsonl, line 4: IndexError: a bug in a filter",
        "in/b.txt: IndexError: a bug in a filter",
    ]
    kept = quarantined()
    assert [(one["file"], one["record"]) for one in kept] == [
        ("in/a.jsonl", 2),
        ("in/a.jsonl", 3),
        ("in/a.jsonl", 4),
        ("in/b.txt", 1),
    ]
    assert [one["text"] for one in kept] == [
        "{oops\n",
        '{"body": 1}\n',
        '{"text": "bomb"}\n',
        "bomb",
    ]


def test_bytes_that_are_no_text_are_kept_in_base64() -> None:
    write(a_jsonl=b'{"text": "\xff"}\n')
    tally, _ = ran("in/a.jsonl", out="a.jsonl")
    assert (tally.read, tally.quarantined) == (1, 1)
    assert quarantined("a.jsonl.quarantine.jsonl")[0]["base64"] == "eyJ0ZXh0IjogIv8ifQo="
    assert not Path("a.jsonl").exists()


def test_a_file_that_went_is_told_and_counted(folder: Path) -> None:
    write(a_txt="a", b_txt="b")
    planned = plan(["in"], "out")
    (folder / "in" / "a.txt").unlink()
    heard = Heard()
    tally = run_plan(planned, CROSSED, heard, jobs=1).tally
    assert (tally.read, tally.written, tally.quarantined) == (2, 1, 1)
    assert heard.troubles == ["in/a.txt: cannot be read: No such file or directory"]
    found = {
        "file": "in/a.txt",
        "record": None,
        "error": "cannot be read: No such file or directory",
    }
    assert quarantined() == [found]


def test_a_page_that_would_cost_too_much_is_refused_in_clear_words() -> None:
    write(a_jsonl=json.dumps({"text": "<!DOCTYPE html>" + "<div>" * 100_000}))
    _, heard = ran()
    (trouble,) = heard.troubles
    assert trouble == "in/a.jsonl, line 1: more than 5000 elements nested in one another"


def test_pages_are_cleaned_and_the_broken_ones_quarantined() -> None:
    write(
        a_html="<p>one<p>x two<p>thr&eacute;e",
        b_htm="<div>" * 100_000,
        c_xhtml='<?xml version="1.0"?><html><body><p>x</p></body></html>',
        d_html=b"<p>caf\xe9 au lait, s'il vous pla\xeet",
        e_html="",
        f_html="<p>bomb",
    )
    tally, heard = ran()
    assert (tally.read, tally.written, tally.quarantined) == (6, 4, 2)
    assert (tally.mended, tally.empty, tally.removed["crossed"].blocks) == (1, 2, 2)
    assert heard.troubles == [
        "in/b.htm: more than 5000 elements nested in one another",
        "in/f.html: IndexError: a bug in a filter",
    ]
    assert [one["text"][:10] for one in quarantined()] == ["<div><div>", "<p>bomb"]
    written = {path.name: path.read_text(encoding="utf-8") for path in Path("out").glob("*.txt")}
    assert written == {
        "a.txt": "one\n\nthrée\n",
        "c.txt": "",
        "d.txt": "café au lait, s'il vous plaît\n",
        "e.txt": "",
    }


def test_mended_characters_are_counted() -> None:
    write(a_txt=b"a\x00b\n", b_txt=b"caf\xe9 au lait, s'il vous pla\xeet\n", c_txt="fine\n")
    tally, _ = ran()
    assert (tally.written, tally.mended) == (3, 2)
    assert Path("out/a.txt").read_bytes() == b"ab\n"


def test_empty_and_blank_files_are_documents() -> None:
    write(a_txt="", b_txt="\n \n\t\n", c_jsonl="", d_jsonl='\n{"text": ""}\n')
    tally, _ = ran()
    assert (tally.read, tally.written, tally.empty) == (3, 3, 3)
    assert Path("out/b.txt").read_text(encoding="utf-8") == "\n \n\t\n"
    assert Path("out/c.jsonl").read_bytes() == b""


def test_a_quarantine_of_an_earlier_run_goes_with_force() -> None:
    write(a_txt="bomb", b_txt="b")
    ran()
    write(a_txt="fine")
    heard = Heard()
    run_plan(plan(["in"], "out"), CROSSED, heard, jobs=1, force=True)
    assert not Path("out/quarantine.jsonl").exists()


def test_a_run_that_breaks_off_goes_on_when_there_is_room(folder: Path) -> None:
    write(a_txt="bomb", b_txt="b", c_txt="c")
    planned = plan(["in"], "out")
    Path("out/c.txt").mkdir(parents=True)
    with pytest.raises(OutputError, match=r"cannot write out/c.txt"):
        run_plan(planned, CROSSED, jobs=1)
    assert Path("out/b.txt").read_bytes() == b"b"
    assert quarantined()[0]["file"] == "in/a.txt"
    (folder / "out" / "c.txt").rmdir()
    tally = run_plan(planned, CROSSED, jobs=1).tally
    assert (tally.read, tally.written, tally.quarantined) == (3, 2, 1)
    assert len(quarantined()) == 1
    names = ["b.txt", "c.txt", "quarantine.jsonl", "run.json"]
    assert sorted(path.name for path in Path("out").iterdir()) == names


def test_the_default_chain_runs_where_none_is_given() -> None:
    write(a_txt="Published: Oct 13, 2025 05:20 PM\nThe ferry is back, and it carries cars again.\n")
    tally = run_plan(plan(["in"], "out"), jobs=1).tally
    assert list(tally.removed) == ["byline"]


def test_one_record_of_a_file_is_read() -> None:
    write(a_jsonl='{"text": "a"}\n\n{"text": "x\\nb"}\n{oops\n', b_txt="x")
    chain = Chain((Crossed(),))
    assert read_document(task_of("in/a.jsonl"), 3, chain).text == "b"
    assert read_document(task_of("in/b.txt"), 1, chain).text == ""
    for number, message in ((2, "there is no such record"), (4, "not JSON"), (9, "no such record")):
        with pytest.raises(RecordError, match=f"in/a.jsonl, line {number}: .*{message}"):
            read_document(task_of("in/a.jsonl"), number, chain)
    with pytest.raises(RecordError, match=r"in/b.txt, record 2: there is no such record"):
        read_document(task_of("in/b.txt"), 2, chain)


def test_a_file_that_went_cannot_be_shown(folder: Path) -> None:
    write(a_txt="a")
    task = task_of("in/a.txt")
    (folder / "in" / "a.txt").unlink()
    with pytest.raises(RecordError, match=r"in/a.txt: No such file"):
        read_document(task)


def test_a_finished_run_does_nothing_and_says_so() -> None:
    write(a_txt="x", b_txt="bomb")
    ran()
    before = {path: path.stat().st_mtime_ns for path in Path("out").iterdir()}
    again = run_plan(plan(["in"], "out"), CROSSED)
    assert again.was_finished
    assert (again.tally.written, again.tally.quarantined) == (1, 1)
    assert {path: path.stat().st_mtime_ns for path in Path("out").iterdir()} == before


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (lambda: write(a_txt="other"), "other inputs"),
        (lambda: write(c_txt="new"), "other inputs, other outputs"),
        (lambda: None, "other chain"),
    ],
)
def test_what_changed_is_said_and_nothing_is_touched(
    changed: Callable[[], None], said: str
) -> None:
    write(a_txt="a", b_txt="b")
    ran()
    changed()
    cleaning = Cleaning(Chain()) if said == "other chain" else CROSSED
    with pytest.raises(
        OutputExists, match=rf"out/run.json is of a finished run .*: {said}\. .*force"
    ):
        run_plan(plan(["in"], "out"), cleaning)
    assert Path("out/a.txt").read_bytes() == b"a"
    tally = run_plan(plan(["in"], "out"), cleaning, jobs=1, force=True).tally
    assert tally.written == len(list(Path("in").iterdir()))


def test_nothing_is_replaced_without_force() -> None:
    write(a_txt="a", b_txt="b")
    for there in ("out/a.txt", "out/quarantine.jsonl"):
        Path("out").mkdir(exist_ok=True)
        Path(there).touch()
        with pytest.raises(OutputExists, match=f"{there} is there already: --force replaces it"):
            run_plan(plan(["in"], "out"), CROSSED)
        Path(there).unlink()
