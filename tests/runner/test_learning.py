"""What repeats is learned from files on all cores, and goes when they are cleaned."""

import json
from pathlib import Path

import pytest

import cleancorpus
from cleancorpus.cli import main
from cleancorpus.errors import OutputExists
from cleancorpus.formats.planning import plan_reading
from cleancorpus.learn.counting import learn
from cleancorpus.learn.keys import COPIES, SITES
from cleancorpus.runner.choice import taught
from cleancorpus.runner.learning import run_learning, thresholds_of

FRAME = "Harbour Gazette\nTides and times\n{story}\nWrite to the harbour office\n"
STORIES = [
    f"The ferry number {number} came in at noon and left again before the evening, with all "
    f"{number} of its cars on board, as the harbour master had said it would."
    for number in range(40)
]
NOTE = "The office said that the timetable may change again in the coming week, and more than once."


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [
        {"id": number, "url": "https://harbour.example/", "text": FRAME.format(story=story)}
        for number, story in enumerate(STORIES)
    ]
    Path("in.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n", encoding="utf-8")


def command(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    return int(ended.value.code or 0)


def written(name: str) -> list[str]:
    return [json.loads(line)["text"] for line in Path(name).read_bytes().splitlines()]


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_table_is_the_same_as_the_one_learned_in_one_process(jobs: int) -> None:
    planned = plan_reading(["in.jsonl"])
    learned = run_learning(planned, Path("files.table"), jobs=jobs)
    assert (learned.tally.written, learned.blocks, learned.sites) == (40, 3, 1)
    records = [json.loads(line) for line in Path("in.jsonl").read_bytes().splitlines()]
    learn(
        (cleancorpus.Record(one["text"], str(one["id"]), one["url"]) for one in records),
        "one.table",
    )
    assert Path("files.table").read_bytes() == Path("one.table").read_bytes()


def test_what_was_learned_goes_and_is_named() -> None:
    assert command("learn", "in.jsonl", "-o", "site.table", "-q") == 0
    arguments = ("clean", "in.jsonl", "-o", "out.jsonl", "--removals", "-q")
    assert command(*arguments, "--only", "repeated-block", "--learned", "site.table") == 0
    assert written("out.jsonl") == [f"{story}\n" for story in STORIES]
    first = json.loads(Path("out.jsonl").read_bytes().splitlines()[0])
    because = "on 40 of 40 pages of harbour.example: 'Harbour Gazette'"
    assert first["removals"][0]["because"] == because


def test_both_passes_at_once_give_the_same_and_go_on() -> None:
    both = ("clean", "in.jsonl", "-o", "out.jsonl", "--only", "repeated-block", "--learn", "-q")
    assert command(*both) == 0
    assert written("out.jsonl") == [f"{story}\n" for story in STORIES]
    before = Path("out.jsonl").stat().st_mtime_ns
    assert command(*both) == 0
    assert Path("out.jsonl").stat().st_mtime_ns == before


def test_another_table_is_another_run(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("clean", "in.jsonl", "-o", "out.jsonl", "-q", "--learned", "site.table")
    command("learn", "in.jsonl", "-o", "site.table", "-q")
    assert command(*arguments) == 0
    command("learn", "in.jsonl", "-o", "site.table", "-q", "--force", "--min-pages", "41")
    assert command(*arguments) == 2
    assert "that was not this one: other chain, other learned" in capsys.readouterr().err


def test_copies_in_other_documents_go_but_the_first() -> None:
    lines = [{"id": name, "text": f"Note {name}\n{NOTE}\n"} for name in ("b", "a", "c")]
    Path("notes.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert command("learn", "notes.jsonl", "-o", "copies.table", "--copies", "-q") == 0
    arguments = ("--only", "copied-paragraph", "--learned", "copies.table", "-q")
    assert command("clean", "notes.jsonl", "-o", "out.jsonl", *arguments) == 0
    assert [NOTE in text for text in written("out.jsonl")] == [False, True, False]


def test_a_chain_without_the_filter_gets_it_at_its_end() -> None:
    command("learn", "in.jsonl", "-o", "site.table", "-q")
    assert taught(cleancorpus.Chain(), Path("site.table")).names() == ("repeated-block",)
    default = cleancorpus.default_chain()
    assert taught(None, Path("site.table")).names() == default.names()


def test_thresholds_that_nobody_gave_are_the_defaults() -> None:
    assert thresholds_of(SITES, None, None).min_pages == 5
    assert thresholds_of(COPIES, None, 0.5).min_pages == 2
    assert thresholds_of(SITES, 7, None).min_pages == 7


def test_a_table_is_not_replaced_without_force() -> None:
    Path("site.table").touch()
    with pytest.raises(OutputExists, match=r"site.table is there already: --force replaces it"):
        run_learning(plan_reading(["in.jsonl"]), Path("site.table"))


def test_what_cannot_be_read_is_told_and_counted(capsys: pytest.CaptureFixture[str]) -> None:
    with Path("in.jsonl").open("a", encoding="utf-8") as file:
        file.write("{oops\n")
    assert command("learn", "in.jsonl", "-o", "site.table") == 1
    said = capsys.readouterr().err
    assert "in.jsonl, line 41: not JSON" in said
    assert "3 blocks repeated, on 1 site; 40 documents read, 1 unreadable" in said


def test_a_page_that_costs_too_much_is_told_and_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    deep = json.dumps({"text": "<!DOCTYPE html>" + "<div>" * 100_000})
    with Path("in.jsonl").open("a", encoding="utf-8") as file:
        file.write(f"{deep}\n")
    assert command("learn", "in.jsonl", "-o", "site.table") == 1
    said = capsys.readouterr().err
    assert "in.jsonl, line 41: more than 5000 elements nested in one another" in said
    assert "40 documents read, 1 unreadable" in said
