"""The scripts of the how-to pages run as they stand there."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

ROOT = Path(__file__).parents[2]
# The page of an engine, the package it needs, and what is there when the script has run.
SCRIPTS = {
    "spark": ("pyspark", "cleaned"),
    "ray": ("ray", "cleaned"),
    "datatrove": ("datatrove", "cleaned"),
    "datasets": ("datasets", "cleaned.parquet"),
    "polars": ("polars", "cleaned.parquet"),
    "duckdb": ("duckdb", "cleaned.parquet"),
}
Rows = list[dict[str, Any]]


def write_pages(folder: Path, name: str, rows: Rows) -> None:
    """The corpus in the form that the script reads."""
    (folder / "pages").mkdir()
    if name == "datatrove":
        lines = [
            json.dumps({"text": row["content"], "id": row["id"], "url": row["url"]})
            for row in rows
            if row["content"]
        ]
        (folder / "pages/one.jsonl").write_text("\n".join(lines), "utf-8")
        return
    table = pa.Table.from_pylist(rows)
    if name == "datasets":
        table = table.rename_columns({"content": "text"})
    parquet.write_table(table, folder / "pages/one.parquet")
    parquet.write_table(table, folder / "pages.parquet")


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_script_of_a_page_runs(name: str, rows: Rows, tmp_path: Path) -> None:
    package, output = SCRIPTS[name]
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed: the extra `{name}`")
    if name == "spark" and not shutil.which("java"):
        pytest.skip("no Java on the PATH, which Spark needs")
    page = (ROOT / f"docs/how-to/{name}.md").read_text("utf-8")
    (script,) = re.findall(r"^```python\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    (tmp_path / "script.py").write_text(script, "utf-8")
    write_pages(tmp_path, name, rows)
    environment = {**os.environ, "PYSPARK_PYTHON": sys.executable, "HF_HOME": str(tmp_path)}
    command = [sys.executable, "script.py"]
    done = subprocess.run(  # noqa: S603 - our own interpreter and our own script
        command,
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=1800,  # an engine that hangs, and no busy machine
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / output).exists()
    assert parquet.read_table(tmp_path / "site.table").num_rows > 0
