"""How far a run is, kept so that the same run can go on after it was killed."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from cleancorpus.audit.tally import Tally
from cleancorpus.errors import InputError, OutputExists
from cleancorpus.formats import Start

_NAME: Final = "journal.json"


@dataclass(slots=True)
class State:
    """Where a run is between two batches.

    `task` and `start` say where the next batch begins. `opened` is the first task of the output
    that is being written, if one is, `output` how many bytes that has, `rows` how many records
    and `lost` how many were not written; `quarantine` is the length of the quarantine.
    """

    task: int = 0
    start: Start = field(default_factory=Start)
    opened: int | None = None
    output: int = 0
    rows: int = 0
    lost: int = 0
    quarantine: int = 0
    tally: Tally = field(default_factory=Tally)
    files: dict[str, dict[str, int]] = field(default_factory=dict)


class Journal:
    """The state of a run in a folder of its own, which is there while the run is unfinished.

    The file is written whole beside itself and renamed, so that it is always of one moment. A
    journal without a folder remembers nothing.
    """

    def __init__(self, folder: Path | None, identity: Mapping[str, Any]) -> None:
        """Read nothing yet; `identity` is what must be the same for a run to go on."""
        self.folder = folder
        self._identity = dict(identity)

    def is_there(self) -> bool:
        """An unfinished run has left its state."""
        return self.folder is not None and (self.folder / _NAME).exists()

    def begin(self, *, is_new: bool) -> State | None:
        """Return the state of an unfinished run; None for one that begins, as a new one does.

        Raises:
            OutputExists: an unfinished run is there, and it was another one.
        """
        if self.folder is None:
            return None
        found = None if is_new else self._read()
        if found is None:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir(parents=True)
            return None
        check_same(found["identity"], self._identity, f"{self.folder} is of an unfinished run")
        return _state(found["state"])

    def save(self, state: State) -> None:
        """Write the state, so that it is there even if the machine stops."""
        if self.folder is None:
            return
        found = {"identity": self._identity, "state": _as_json(state)}
        new = self.folder / f"{_NAME}.new"
        with new.open("w", encoding="utf-8") as file:
            json.dump(found, file)
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.folder / _NAME)

    def end(self) -> None:
        """Remove the folder: the run is finished, and its report says so."""
        if self.folder is not None:
            shutil.rmtree(self.folder)

    def _read(self) -> dict[str, Any] | None:
        assert self.folder is not None
        path = self.folder / _NAME
        if not path.exists():
            return None
        try:
            found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(f"{path} cannot be read ({error}): --force starts anew") from error
        return found


def check_same(before: Mapping[str, Any], now: Mapping[str, Any], what: str) -> None:
    """Refuse to go on with a run that was another one.

    Raises:
        OutputExists: the message says what has changed, and the ways out.
    """
    changed = [name for name in now if before.get(name) != now[name]]
    if changed:
        raise OutputExists(
            f"{what} that was not this one: other {', other '.join(changed)}. "
            "Give another folder or file to -o, or --force to start anew and replace what is there"
        )


def _as_json(state: State) -> dict[str, Any]:
    return {
        "task": state.task,
        "start": [state.start.place, state.start.number],
        "opened": state.opened,
        "output": state.output,
        "rows": state.rows,
        "lost": state.lost,
        "quarantine": state.quarantine,
        "tally": state.tally.as_json(),
        "files": state.files,
    }


def _state(found: Mapping[str, Any]) -> State:
    rest = {**found, "start": Start(*found["start"]), "tally": Tally.of_json(found["tally"])}
    return State(**rest)
