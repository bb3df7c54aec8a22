from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleancorpus import Chain

pytest.importorskip("ray.data", reason="Ray Data is not installed: the extra `ray`")
# What Ray itself warns of is nothing that this project could mend.
pytestmark = pytest.mark.filterwarnings("default")

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module", autouse=True)
def ray() -> Iterator[Any]:
    import ray

    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, configure_logging=False)
    ray.data.DataContext.get_current().enable_progress_bars = False
    yield ray
    ray.shutdown()


def test_ray_cleans_as_this_machine_does(
    batch: pa.RecordBatch, chain: Chain, cleaned: Rows
) -> None:
    import ray

    from cleancorpus.adapters.ray import clean

    given = ray.data.from_arrow(pa.Table.from_batches([batch])).repartition(4)
    found = clean(given, chain, concurrency=1).take_all()
    assert sorted(found, key=lambda row: row["id"]) == cleaned


@pytest.mark.parametrize("blocks", [1, 2, 7])
def test_ray_learns_the_same_table(
    batch: pa.RecordBatch, table: Path, tmp_path: Path, blocks: int
) -> None:
    import ray

    from cleancorpus.adapters.ray import learn

    order = random.Random(blocks).sample(range(batch.num_rows), batch.num_rows)  # noqa: S311
    shuffled = pa.Table.from_batches([batch.take(pa.array(order))])
    learn(ray.data.from_arrow(shuffled).repartition(blocks), tmp_path / "ray.table")
    assert (tmp_path / "ray.table").read_bytes() == table.read_bytes()


def test_ray_learns_the_same_table_of_copies(
    batch: pa.RecordBatch, copies: Path, tmp_path: Path
) -> None:
    import ray

    from cleancorpus.adapters.ray import learn
    from cleancorpus.learn.keys import COPIES

    learn(ray.data.from_arrow(pa.Table.from_batches([batch])), tmp_path / "one.table", what=COPIES)
    assert (tmp_path / "one.table").read_bytes() == copies.read_bytes()
