"""Outputs: there whole or not at all."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cleancorpus.errors import OutputError
from cleancorpus.formats.output import Output


@contextmanager
def _interrupted(output: Output) -> Iterator[Output]:
    with output:
        yield output
        raise KeyboardInterrupt


def test_the_target_is_there_only_at_the_end(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.txt"
    with Output(target) as output:
        output.write(b"first ")
        assert not target.exists()
        output.write(b"second")
    assert target.read_bytes() == b"first second"
    assert list(target.parent.iterdir()) == [target]


def test_new_files_have_the_modes_that_the_user_set(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("", encoding="utf-8")
    with Output(tmp_path / "a.txt"):
        pass
    modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert len(modes) == 1


def test_after_an_exception_the_old_file_is_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_bytes(b"old")
    with pytest.raises(KeyboardInterrupt), _interrupted(Output(target)) as output:
        output.write(b"half")
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_dropped_output_leaves_nothing(tmp_path: Path) -> None:
    with Output(tmp_path / "a.txt") as output:
        output.write(b"half")
        output.dropped = True
    assert list(tmp_path.iterdir()) == []


def test_a_name_as_long_as_names_may_be_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("a" * 251 + ".txt")
    with Output(target) as output:
        output.write(b"a")
    assert target.read_bytes() == b"a"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"old")
    link.symlink_to(real)
    with Output(link) as output:
        output.write(b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


def test_what_is_no_ordinary_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    # A pipe of the test's own: run by root, a mistake here would replace a real device.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        with Output(pipe) as output:
            output.write(b"through")
        assert pipe.is_fifo()
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with (
        pytest.raises(OutputError, match=r"cannot write .*file/a.txt: "),
        Output(tmp_path / "file" / "a.txt"),
    ):
        pass
