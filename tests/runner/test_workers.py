"""Workers with limits: one bad document costs one document, and order and bytes stay the same."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from crossing import Crossed

from cleancorpus.chain import Chain
from cleancorpus.errors import OptionError
from cleancorpus.formats.planning import plan
from cleancorpus.runner.corpus import run_plan
from cleancorpus.runner.work import Cleaning
from cleancorpus.runner.workers import Limits

CROSSED = Cleaning(Chain((Crossed(),)))


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def cleaned(*texts: str, jobs: int = 1, limits: Limits | None = None) -> list[str]:
    """The texts of the records that were written, in order."""
    lines = (json.dumps({"text": text}) for text in texts)
    Path("in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    planned = plan(["in.jsonl"], "out.jsonl")
    ran = run_plan(planned, CROSSED, jobs=jobs, limits=limits, force=True)
    assert ran.tally.read == len(texts) == ran.tally.written + ran.tally.quarantined
    return [one["text"] for one in lines_of("out.jsonl")]


def lines_of(path: str) -> list[dict[str, Any]]:
    with Path(path).open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def quarantined() -> list[tuple[int, str, str]]:
    found = lines_of("out.jsonl.quarantine.jsonl")
    return [(one["record"], json.loads(one["text"])["text"], one["error"]) for one in found]


def test_a_native_crash_costs_one_document() -> None:
    assert cleaned("a", "crash", "b", "x\nc", "crash", "d") == ["a", "b", "c", "d"]
    first, second = quarantined()
    assert first[:2] == (2, "crash")
    assert second[:2] == (5, "crash")
    assert "the process that cleaned it died" in first[2]


def test_a_document_over_its_time_costs_itself() -> None:
    # Long enough that its neighbours, which take no time, keep to it on a busy machine too.
    assert cleaned("a", "sleep", "b", limits=Limits(timeout_s=6)) == ["a", "b"]
    assert quarantined() == [(2, "sleep", "took over 6 s: --timeout raises the limit")]


def test_a_document_over_its_memory_costs_itself() -> None:
    assert cleaned("a", "eat", "b", limits=Limits(max_memory=1_000_000_000)) == ["a", "b"]
    assert quarantined() == [(2, "eat", "not enough memory: --max-memory raises the limit")]


def test_what_a_worker_begins_with_is_no_document_s_memory() -> None:
    long = "a" * 2_000_000
    assert cleaned(long, "eat", "b", limits=Limits(max_memory=50_000_000)) == [long, "b"]


def test_a_document_longer_than_the_memory_costs_itself() -> None:
    assert cleaned("a", "b" * 30_000_000, "c", limits=Limits(max_memory=20_000_000)) == ["a", "c"]
    assert [one[::2] for one in quarantined()] == [
        (2, "not enough memory: --max-memory raises the limit")
    ]


def test_a_document_over_its_length_is_never_read() -> None:
    assert cleaned("a", "b" * 1000, "c", limits=Limits(max_bytes=100)) == ["a", "c"]
    ((found,),) = [lines_of("out.jsonl.quarantine.jsonl")]
    assert found["record"] == 2
    assert found["error"] == "1,013 bytes, over the limit of 100: --max-bytes raises it"


def test_a_worker_that_is_killed_from_outside_costs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "was here"
    texts = ["a", f"once {mark}", "b"]
    assert cleaned(*texts) == texts
    assert mark.exists()


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_output_is_the_same_for_any_number_of_jobs(jobs: int) -> None:
    texts = [f"{number}\nx gone\n{'word ' * (number % 70)}" for number in range(3000)]
    texts[700] = "bomb"
    texts[1400] = "crash"
    found = cleaned(*texts, jobs=jobs)
    kept = [text.replace("x gone\n", "") for text in texts if text not in ("bomb", "crash")]
    assert found == kept
    assert [one[:2] for one in quarantined()] == [(701, "bomb"), (1401, "crash")]


@pytest.mark.parametrize("name", ["timeout_s", "max_memory", "max_bytes"])
def test_limits_that_nothing_could_keep_are_refused(name: str) -> None:
    with pytest.raises(OptionError, match=f"{name} must be more than 0, not 0"):
        Limits(**{name: 0})


PROGRAM = """
import cleancorpus
cleancorpus.run("in.jsonl", None, "out.jsonl", jobs=2)
"""


def test_a_program_that_starts_itself_anew_in_its_workers_ends_and_loses_nothing() -> None:
    Path("in.jsonl").write_text('{"text": "The ferry is back."}\n', encoding="utf-8")
    Path("program.py").write_text(PROGRAM, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "program.py"], capture_output=True, text=True, timeout=60, check=False
    )
    assert ran.returncode == 1
    assert ran.stderr.splitlines()[-1].startswith("cleancorpus.errors.StartError: no process")
    assert 'under if __name__ == "__main__":' in ran.stderr
    assert not Path("out.jsonl").exists()
    assert not Path("out.jsonl.quarantine.jsonl").exists()
    assert run_plan(plan(["in.jsonl"], "out.jsonl")).tally.written == 1
