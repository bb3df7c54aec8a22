from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

import pytest

from cleancorpus import Chain, Record, preset, process
from cleancorpus.errors import UnknownPreset

pytest.importorskip("datatrove", reason="datatrove is not installed: the extra `datatrove`")
pytestmark = pytest.mark.filterwarnings("default")

Rows = list[dict[str, Any]]


def documents(records: list[Record]) -> list[Any]:
    from datatrove.data import Document

    return [
        Document(str(record.content), record.id, metadata={"url": record.url}) for record in records
    ]


def test_a_step_cleans_as_without_it(records: list[Record], chain: Chain) -> None:
    from cleancorpus.adapters.datatrove import Clean

    step = pickle.loads(pickle.dumps(Clean(chain, media="text")))  # noqa: S301
    texts = [record for record in records if record.media == "text"]
    found = list(step.run(documents(texts)))
    for record, document in zip(texts, found, strict=True):
        expected = process(record, chain)
        assert document.text == expected.text
        assert [one["filter"] for one in document.metadata["removals"]] == [
            one.filter for one in expected.removals
        ]
    assert step.stats["cleaned"].total == len(texts)
    assert step.stats["removed by repeated-block"].total > 0


def test_the_chain_of_a_step_may_be_named(records: list[Record]) -> None:
    from cleancorpus.adapters.datatrove import Clean

    assert Clean("light").chain == preset("light")
    (found,) = Clean("none").run(documents(records[:1]))
    assert found.text == records[0].content
    with pytest.raises(UnknownPreset):
        Clean("newz")


def test_a_document_that_fails_keeps_its_text_and_says_why(records: list[Record]) -> None:
    from cleancorpus.adapters.datatrove import Clean

    step = Clean(media="pdf")
    (found,) = step.run(documents(records[:1]))
    assert found.text == records[0].content
    assert "no media named 'pdf'" in found.metadata["error"]
    assert step.stats["failed"].total == 1


@pytest.mark.parametrize("tasks", [1, 2, 7])
def test_tasks_learn_the_same_table(records: list[Record], tmp_path: Path, tasks: int) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from cleancorpus.adapters.datatrove import CountSites, freeze_folder
    from cleancorpus.learn.counting import learn

    texts = [record for record in records if record.media == "text"]
    for task in range(tasks):
        with JsonlWriter(str(tmp_path / "in"), f"{task}.jsonl", compression=None) as writer:
            for document in documents(texts[task::tasks]):
                writer.write(document)
    LocalPipelineExecutor(
        [JsonlReader(str(tmp_path / "in")), CountSites(str(tmp_path / "counts"), "text")],
        tasks=tasks,
        logging_dir=str(tmp_path / "logs"),
    ).run()
    freeze_folder(tmp_path / "counts", tmp_path / "one.table")
    learn(texts, tmp_path / "other.table")
    assert (tmp_path / "one.table").read_bytes() == (tmp_path / "other.table").read_bytes()
