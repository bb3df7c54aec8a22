from __future__ import annotations

import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from cleancorpus import Chain
from cleancorpus.errors import OptionError

pyspark = pytest.importorskip("pyspark", reason="pyspark is not installed: the extra `spark`")
# What Spark itself warns of is nothing that this project could mend.
pytestmark = pytest.mark.filterwarnings("default")

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    if not shutil.which("java"):
        pytest.skip("no Java on the PATH, which Spark needs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)  # else the first python3 on the PATH
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "3")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


def frame(spark: Any, batch: pa.RecordBatch) -> Any:  # noqa: ANN401
    return spark.createDataFrame(pa.Table.from_batches([batch]))


def test_spark_cleans_as_this_machine_does(
    spark: Any,  # noqa: ANN401
    batch: pa.RecordBatch,
    chain: Chain,
    cleaned: Rows,
) -> None:
    from cleancorpus.adapters.spark import clean

    found = clean(frame(spark, batch).repartition(4), chain).collect()
    rows = [row.asDict(recursive=True) for row in found]
    assert sorted(rows, key=lambda row: row["id"]) == cleaned


@pytest.mark.parametrize("partitions", [1, 2, 7])
def test_spark_learns_the_same_table(
    spark: Any,  # noqa: ANN401
    batch: pa.RecordBatch,
    table: Path,
    tmp_path: Path,
    partitions: int,
) -> None:
    from cleancorpus.adapters.spark import learn

    order = random.Random(partitions).sample(range(batch.num_rows), batch.num_rows)  # noqa: S311
    given = frame(spark, batch.take(pa.array(order))).repartition(partitions)
    learn(given, tmp_path / "spark.table")
    assert (tmp_path / "spark.table").read_bytes() == table.read_bytes()


def test_a_frame_without_contents_is_refused_before_a_job_starts(
    spark: Any,  # noqa: ANN401
) -> None:
    from cleancorpus.adapters.spark import clean

    with pytest.raises(OptionError, match="no column 'content'"):
        clean(spark.createDataFrame([("A page.",)], ["page"]))


def test_spark_learns_the_same_table_of_copies(
    spark: Any,  # noqa: ANN401
    batch: pa.RecordBatch,
    copies: Path,
    tmp_path: Path,
) -> None:
    from cleancorpus.adapters.spark import learn
    from cleancorpus.learn.keys import COPIES

    learn(frame(spark, batch), tmp_path / "one.table", what=COPIES)
    assert (tmp_path / "one.table").read_bytes() == copies.read_bytes()
