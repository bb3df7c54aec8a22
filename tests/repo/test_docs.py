"""What the documentation has to mention, and what nothing may mention."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

import cleancorpus
from cleancorpus import phrases, testing
from cleancorpus.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "docs/examples"  # pages of invented sites, with links to nowhere
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *(page for page in sorted((ROOT / "docs").rglob("*.md")) if page.parent != EXAMPLES),
]
TEXTS = [
    *PAGES,
    *(path for path in sorted((ROOT / "src").rglob("*")) if path.suffix in {".py", ".toml"}),
    *sorted((ROOT / "docs").rglob("*.py")),
]
# Absolute paths of somebody's machine, and the folder beside the checkout that only some have.
MACHINE_PATHS = re.compile(r"(?<![\w.-])/(?:work|root|home|Users|mnt)/|\.\./shared")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)(?:#[\w-]+)?\)")


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _commands(path: str, command: object) -> Iterator[str]:
    yield path
    for name, child in getattr(command, "commands", {}).items():
        yield from _commands(f"{path} {name}", child)


@pytest.mark.parametrize("name", cleancorpus.__all__)
def test_every_public_name_is_documented(name: str) -> None:
    assert f"| `{name}` |" in _read("docs/reference/api.md")


@pytest.mark.parametrize("law", testing.LAWS, ids=lambda law: law.__name__)
def test_every_law_is_documented(law: testing.Law) -> None:
    assert f"`{law.__name__}`" in _read("docs/reference/api.md")


COMMANDS = list(_commands("cleancorpus", typer.main.get_command(app)))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    assert f"## `{command}`\n" in _read("docs/reference/cli.md")


@pytest.mark.parametrize("preset", cleancorpus.PRESETS)
def test_every_preset_is_explained(preset: str) -> None:
    assert f"- `{preset}` " in _read("docs/chains.md")


@pytest.mark.parametrize("language", phrases.languages())
def test_every_pack_is_listed(language: str) -> None:
    pack = phrases.load(language)
    assert f"| `{language}` | {pack.name} |" in _read("docs/phrases.md")


@pytest.mark.parametrize("category", phrases.CATEGORIES)
def test_every_category_is_named(category: str) -> None:
    assert f"`{category}`" in _read("docs/phrases.md")


@pytest.mark.parametrize("path", PAGES, ids=_name)
def test_links_lead_to_files(path: Path) -> None:
    targets = LINK.findall(
        re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)
    )
    assert [target for target in targets if not (path.parent / target).exists()] == []


@pytest.mark.parametrize("path", TEXTS, ids=_name)
def test_nothing_names_a_path_of_one_machine(path: Path) -> None:
    assert MACHINE_PATHS.findall(path.read_text(encoding="utf-8")) == []


def test_public_names_are_sorted_and_importable() -> None:
    names = cleancorpus.__all__
    assert sorted(names, key=lambda name: (not name.isupper(), name)) == list(names)
    assert all(hasattr(cleancorpus, name) for name in names)
