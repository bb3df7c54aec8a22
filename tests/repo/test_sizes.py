"""Small functions, small modules, and packages that only re-export.

To break a limit, add a line to the list below and say why there.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
C_SOURCES = sorted((ROOT / "src").rglob("*.[ch]"))
MOST_FUNCTION_LINES = 40
MOST_MODULE_LINES = 300

LONG_FUNCTIONS: Final[dict[str, str]] = {
    "cli/cleaning.py:clean": "a line for each of its options",
    "cli/learning.py:learn": "a line for each of its options",
    "segment/html/collect.py:_collect": "the hot loop: a call at each node would cost a third more",
    "segment/markdown.py:_scan": "the cases of one line-by-line scan, which share its place",
}
LONG_MODULES: Final[dict[str, str]] = {
    "_walk/walk.c": "one loop's steps, which share its state",
    "_walk/module.c": "one small function for each kind of value that Python is handed",
}
PACKAGES_WITH_CODE: Final[dict[str, str]] = {
    "__init__.py": "what starts processes is loaded when it is asked for",
    "filters/__init__.py": "the registry, which names every filter beside it",
    "formats/__init__.py": "the one choice between the modules of the folder, by suffix",
    "phrases/__init__.py": "the folder is the packs, and this is the module that reads them",
    "segment/__init__.py": "the one function over the three modules of the folder",
}


def _name(path: Path) -> str:
    return path.relative_to(ROOT / "src/cleancorpus").as_posix()


every_module = pytest.mark.parametrize("path", SOURCES, ids=_name)


def _functions(path: Path) -> Iterator[tuple[str, int]]:
    """The functions of a module with their lines, decorators and docstrings left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno is not None
            lines = node.end_lineno - node.lineno + 1
            docstring = ast.get_docstring(node, clean=False)
            yield node.name, lines - (len(docstring.splitlines()) if docstring else 0)


@every_module
def test_functions_are_small(path: Path) -> None:
    name = _name(path)
    long = {
        f"{name}:{function}" for function, lines in _functions(path) if lines > MOST_FUNCTION_LINES
    }
    assert long == {known for known in LONG_FUNCTIONS if known.startswith(f"{name}:")}


@pytest.mark.parametrize("path", [*SOURCES, *C_SOURCES], ids=_name)
def test_modules_are_small(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert (lines > MOST_MODULE_LINES) == (_name(path) in LONG_MODULES)


@pytest.mark.parametrize("path", C_SOURCES, ids=_name)
def test_functions_in_c_are_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for body in re.findall(r"^\{\n(.*?)^\}", text, re.MULTILINE | re.DOTALL):
        assert len(body.splitlines()) <= MOST_FUNCTION_LINES + 3, body  # the name and the braces


@pytest.mark.parametrize("path", [one for one in SOURCES if one.name == "__init__.py"], ids=_name)
def test_packages_only_re_export(path: Path) -> None:
    body = ast.parse(path.read_text(encoding="utf-8")).body
    code = [node for node in body if not _is_re_export(node)]
    assert bool(code) == (_name(path) in PACKAGES_WITH_CODE)


def _is_re_export(node: ast.stmt) -> bool:
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    if isinstance(node, ast.Assign):
        names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        return set(names) <= {"__all__", "__version__"}
    return False
