"""Inputs: which files they stand for."""

import os
from pathlib import Path

import pytest

from cleancorpus.errors import InputError
from cleancorpus.formats.inputs import find


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("c/b.txt", "c/a.md", "c/sub/z.txt", "c/sub/[1].txt", "c/.git/x.txt", "c/.h.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def named(*inputs: str, leave_out: str | None = None) -> list[str]:
    finds = find(inputs, None if leave_out is None else Path(leave_out))
    return [f"{one.path} > {one.name}" for one in finds.files]


@pytest.mark.usefixtures("corpus")
def test_a_folder_is_searched_in_order_without_hidden_files() -> None:
    assert named("c") == [
        "c/a.md > a.md",
        "c/b.txt > b.txt",
        "c/sub/[1].txt > sub/[1].txt",
        "c/sub/z.txt > sub/z.txt",
    ]


@pytest.mark.usefixtures("corpus")
def test_a_pattern_names_files_below_its_fixed_part() -> None:
    assert named("c/*.txt") == ["c/b.txt > b.txt"]
    assert named("*/sub/z.txt") == ["c/sub/z.txt > c/sub/z.txt"]
    assert named("c/**/*.txt") == [
        "c/b.txt > b.txt",
        "c/sub/[1].txt > sub/[1].txt",
        "c/sub/z.txt > sub/z.txt",
    ]


@pytest.mark.usefixtures("corpus")
def test_a_pattern_may_match_folders() -> None:
    assert named("c/s*") == ["c/sub/[1].txt > sub/[1].txt", "c/sub/z.txt > sub/z.txt"]


def test_an_absolute_pattern_is_a_pattern(corpus: Path) -> None:
    assert named(f"{corpus}/c/*.md") == [f"{corpus}/c/a.md > a.md"]


@pytest.mark.usefixtures("corpus")
def test_a_file_whose_name_looks_like_a_pattern_is_that_file() -> None:
    assert named("c/sub/[1].txt") == ["c/sub/[1].txt > [1].txt"]


@pytest.mark.usefixtures("corpus")
def test_the_same_file_counts_once_under_one_name() -> None:
    assert named("c/b.txt", "c/b.txt", "c/*.txt") == ["c/b.txt > b.txt"]


@pytest.mark.usefixtures("corpus")
def test_only_a_suffix_in_a_pattern_is_named() -> None:
    (pattern,) = find(["c/*.md"]).files
    assert pattern.is_named
    assert not any(one.is_named for one in find(["c/*"]).files)
    assert find(["c/a.md"]).files[0].is_named


@pytest.mark.usefixtures("corpus")
def test_where_the_output_goes_is_no_input() -> None:
    assert named("c", leave_out="c/sub") == ["c/a.md > a.md", "c/b.txt > b.txt"]
    assert named("c/**/*.txt", leave_out="c/sub") == ["c/b.txt > b.txt"]
    assert named("c/sub", leave_out="c/sub") != []
    assert named("c/sub/*.txt", leave_out="c") != []


@pytest.mark.parametrize("wanted", ["nope.txt", "nope/*.txt"])
@pytest.mark.usefixtures("corpus")
def test_what_is_not_there_is_refused(wanted: str) -> None:
    with pytest.raises(InputError, match=r"no such file|nothing matches"):
        find([wanted])


def test_links_to_folders_and_pipes_are_not_followed_and_told(corpus: Path) -> None:
    (corpus / "c" / "loop").symlink_to(corpus / "c")
    (corpus / "c" / "gone.txt").symlink_to(corpus / "nowhere")
    os.mkfifo(corpus / "c" / "pipe.txt")
    finds = find(["c"])
    assert sorted(map(str, finds.not_followed)) == ["c/gone.txt", "c/loop", "c/pipe.txt"]
    assert len(finds.files) == 4


def test_a_link_to_a_file_is_a_file(corpus: Path) -> None:
    (corpus / "c" / "more.txt").symlink_to(corpus / "c" / "b.txt")
    assert "c/more.txt > more.txt" in named("c")
