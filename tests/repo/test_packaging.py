"""What is installed, and that the gate runs what the documentation says."""

from __future__ import annotations

import configparser
import json
import os
import re
import subprocess
import sys
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
# Brought by extras, by the groups for development, or slow to load and seldom needed.
NOT_LOADED = (
    "ftfy",
    "justext",
    "lxml",
    "hypothesis",
    "pytest",
    "typer",
    "rich",
    "charset_normalizer",
    "duckdb",
    "publicsuffixlist",
    "pyarrow",
)


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _fenced(page: str, language: str) -> list[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_gate_runs_the_readme_s_test_command() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    (command,) = (one.strip() for one in _fenced("README.md", "sh") if "pytest" in one)
    assert command in lines


def test_the_gate_can_be_run() -> None:
    assert os.access(ROOT / ".ci/run", os.X_OK)


def test_the_lowest_versions_tested_are_the_lowest_claimed() -> None:
    tox = configparser.ConfigParser(interpolation=None)
    tox.read(ROOT / "tox.ini", encoding="utf-8")
    tested = dict(line.split("==") for line in tox["testenv:lowest"]["deps"].split())
    project = _project()
    claims = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    claimed = dict(re.split(">=|,", claim)[:2] for claim in claims)
    assert {name: _numbers(low) for name, low in tested.items()} == {
        name: _numbers(low) for name, low in claimed.items()
    }


def _numbers(version: str) -> tuple[int, ...]:
    """The version without zeros at its end: 14.0 and 14 are the same."""
    numbers = [int(part) for part in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)


def test_types_and_phrases_are_installed() -> None:
    package = resources.files("cleancorpus")
    assert (package / "py.typed").is_file()
    assert (package / "phrases" / "en.toml").is_file()


def test_importing_loads_nothing_that_is_not_needed() -> None:
    code = "import cleancorpus, json, sys; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own code
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    loaded = {name.split(".")[0] for name in json.loads(done.stdout)}
    assert loaded & set(NOT_LOADED) == set()
