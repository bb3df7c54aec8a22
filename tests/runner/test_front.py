"""Running over files, as a program calls it, and what is written of it."""

import json
from pathlib import Path
from typing import Any

import fsspec
import pytest
from crossing import Crossed

import cleancorpus
from cleancorpus.chain import Chain
from cleancorpus.errors import InputError
from cleancorpus.formats import Writing
from cleancorpus.formats.places import Reading
from cleancorpus.runner.selection import Selection

CROSSED = Chain((Crossed(),))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()


def write(name: str, *texts: str) -> None:
    lines = "".join(json.dumps({"text": text}) + "\n" for text in texts)
    Path(name).write_text(lines, encoding="utf-8")


def written(name: str) -> list[str]:
    return [json.loads(line)["text"] for line in Path(name).read_bytes().splitlines()]


def report(name: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(Path(name).read_bytes())


def test_a_file_goes_into_a_file_and_the_report_tells_all() -> None:
    write("in/a.jsonl", "a\nx b", "bomb", "")
    ran = cleancorpus.run("in/a.jsonl", CROSSED, "out.jsonl", jobs=1)
    assert written("out.jsonl") == ["a", ""]
    assert (ran.tally.written, ran.tally.quarantined, ran.before) == (2, 1, 0)
    found = report("out.jsonl.run.json")
    assert found["run"]["version"] == cleancorpus.__version__
    assert found["counts"]["removed"]["crossed"]["lines"] == 1
    assert found["counts"]["languages"] == {"unknown": 2}
    assert found["files"] == {
        "in/a.jsonl": {"read": 3, "written": 2, "skipped": 0, "quarantined": 1}
    }
    assert found["walk"] in ("compiled", "python")


def test_the_recipe_in_the_report_makes_the_same_chain() -> None:
    write("in/a.jsonl", "a")
    chain = cleancorpus.preset("news").without("byline")
    cleancorpus.run("in", chain, "out/", jobs=1)
    found = report("out/run.json")
    from cleancorpus.recipe import loads

    assert loads(found["run"]["chain"]["all"]) == chain
    assert set(found["run"]["weights"]) == {"html", "text"}


def test_several_sources_go_into_one_file() -> None:
    write("in/a.jsonl", "a")
    write("in/b.jsonl", "b", "c")
    cleancorpus.run([Path("in/b.jsonl"), "in/a.jsonl"], CROSSED, "out.jsonl", jobs=1)
    assert written("out.jsonl") == ["b", "c", "a"]


def test_settings_are_those_of_the_command() -> None:
    Path("in/a.jsonl").write_text('{"html": "<h1>Tea</h1><p>x gone"}\n', encoding="utf-8")
    cleancorpus.run(
        "in/a.jsonl",
        CROSSED,
        "out.jsonl",
        reading=Reading(field="html"),
        writing=Writing("clean", "markdown", ("removals", "metadata", "markdown")),
        jobs=1,
    )
    (sink,) = report("out.jsonl.run.json")["run"]["options"]["sinks"]
    assert "into='clean', rendering='markdown'" in sink
    line = report("out.jsonl")
    assert (line["clean"], line["markdown"], line["metadata"]) == ("# Tea\n", "# Tea\n", {})
    assert [removal["locator"] for removal in line["removals"]] == ["html/body/p"]


@pytest.mark.parametrize(
    ("selection", "kept", "skipped"),
    [
        (Selection(), ["one two three", "", "der Hund bellt laut im kleinen Garten"], {}),
        (
            Selection(keeps_empty=False),
            ["one two three", "der Hund bellt laut im kleinen Garten"],
            {"empty": 1},
        ),
        (
            Selection(min_words=4),
            ["der Hund bellt laut im kleinen Garten"],
            {"empty": 1, "fewer than 4 words": 1},
        ),
    ],
)
def test_documents_are_left_out_and_counted(
    selection: Selection, kept: list[str], skipped: dict[str, int]
) -> None:
    write("in/a.jsonl", "one two three", "x", "der Hund bellt laut im kleinen Garten")
    ran = cleancorpus.run("in/a.jsonl", CROSSED, "out.jsonl", selection=selection, jobs=1)
    assert written("out.jsonl") == kept
    assert ran.tally.skipped == skipped
    assert ran.tally.read == 3 == ran.tally.written + sum(skipped.values())


def test_documents_in_other_languages_are_left_out() -> None:
    german, english = "der Hund bellt laut im kleinen Garten", "the dog barks in the small garden"
    write("in/a.jsonl", german, english, "x")
    ran = cleancorpus.run(
        "in/a.jsonl", CROSSED, "out.jsonl", selection=Selection(languages=("de",)), jobs=1
    )
    assert written("out.jsonl") == [german, ""]
    assert ran.tally.skipped == {"language en": 1}
    assert ran.tally.languages == {"de": 1, "unknown": 1}
    with pytest.raises(InputError, match="no language 'xx' is known"):
        cleancorpus.run("in", CROSSED, "new/", selection=Selection(languages=("xx",)))


def test_a_text_file_of_which_nothing_stays_is_not_written_where_empty_ones_are_skipped() -> None:
    Path("in/a.txt").write_text("x gone", encoding="utf-8")
    Path("in/b.txt").write_text("stays", encoding="utf-8")
    cleancorpus.run("in", CROSSED, "out/", selection=Selection(keeps_empty=False), jobs=1)
    assert sorted(path.name for path in Path("out").iterdir()) == ["b.txt", "run.json"]


@pytest.fixture
def far() -> Any:  # noqa: ANN401 - a file system of fsspec
    system = fsspec.filesystem("memory")
    system.store.clear()
    yield system
    system.store.clear()


def test_addresses_are_read_and_written_through_fsspec(far: Any) -> None:  # noqa: ANN401
    far.pipe("/bucket/a.jsonl", b'{"text": "a\\nx"}\n{"text": "bomb"}\n')
    far.pipe("/bucket/sub/b.txt", b"b\nx")
    ran = cleancorpus.run("memory://bucket", CROSSED, "memory://clean/", jobs=1)
    assert (ran.tally.written, ran.tally.quarantined) == (2, 1)
    assert far.cat("/clean/a.jsonl") == b'{"text": "a"}\n'
    assert far.cat("/clean/sub/b.txt") == b"b"
    assert b"a bug in a filter" in far.cat("/clean/quarantine.jsonl")
    assert cleancorpus.run("memory://bucket", CROSSED, "memory://clean/").was_finished
    cleancorpus.run("memory://bucket/*.jsonl", CROSSED, "out/", jobs=1)
    assert written("out/a.jsonl") == ["a"]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("memory://bucket/none.jsonl", "no such file or folder: memory://bucket/none.jsonl"),
        ("memory://bucket/*.csv", r"nothing lies in memory://bucket/\*\.csv"),
        ("nosuch://bucket/a.jsonl", "nosuch://bucket/a.jsonl cannot be opened"),
    ],
)
def test_an_address_that_leads_nowhere_is_named(
    far: Any,  # noqa: ANN401
    address: str,
    said: str,
) -> None:
    far.pipe("/bucket/a.jsonl", b"{}")
    with pytest.raises(InputError, match=said):
        cleancorpus.run(address, CROSSED, "out/")


def failed_once(folder: Path) -> list[str]:
    """A quarantine of three records that failed for different reasons."""
    mark = folder / "mended"
    write("in/a.jsonl", "fine", f"until {mark}", "bomb")
    Path("in/b.jsonl").write_bytes(b'{"text": "\xff"}\n')
    cleancorpus.run("in", Chain((Crossed(),)), "out/", jobs=1)
    mark.touch()
    lines = Path("out/quarantine.jsonl").read_bytes().splitlines()
    return [json.loads(line)["error"] for line in lines]


def test_what_failed_is_tried_again(tmp_path: Path) -> None:
    errors = failed_once(tmp_path)
    assert [error.split(":")[0] for error in errors] == ["OSError", "IndexError", "not UTF-8"]
    ran = cleancorpus.run(
        "out/quarantine.jsonl", CROSSED, "again/", reading=Reading("quarantine"), jobs=1
    )
    assert (ran.tally.written, ran.tally.quarantined) == (1, 2)
    assert written("again/retried.jsonl") == [f"until {tmp_path / 'mended'}"]
