"""Contents in memory, cleaned in order by many processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from crossing import Crossed

import cleancorpus
from cleancorpus.chain import Chain
from cleancorpus.document import Record
from cleancorpus.errors import RecordError, UnknownPreset
from cleancorpus.runner.many import clean_many
from cleancorpus.runner.workers import Limits

CROSSED = Chain((Crossed(),))


@pytest.mark.parametrize("jobs", [1, 3])
def test_contents_come_back_in_order(jobs: int) -> None:
    contents = [f"{number}\nx gone\n" for number in range(1000)]
    found = [one.text for one in clean_many(contents, chain=CROSSED, jobs=jobs)]
    assert found == [f"{number}\n" for number in range(1000)]


def test_a_content_that_fails_costs_itself_and_says_why() -> None:
    found = list(clean_many(["a", "bomb", "crash", "b"], chain=CROSSED, jobs=1))
    assert [one.document.text if one.document else None for one in found] == ["a", None, None, "b"]
    assert found[1].error == "IndexError: a bug in a filter"
    assert "the process that cleaned it died" in str(found[2].error)
    with pytest.raises(RecordError, match="a bug in a filter"):
        _ = found[1].text


def test_contents_that_all_fail_say_why() -> None:
    found = list(clean_many(["<div>" * 100_000, "<div>" * 100_000], "html", jobs=1))
    assert [one.error for one in found] == ["more than 5000 elements nested in one another"] * 2


def test_records_bring_their_own_media_and_come_back_with_their_fields() -> None:
    record = Record(b"<p>Tea<p>x Pot", id="7", media="html", fields={"n": 1})
    (found,) = clean_many([record], chain=CROSSED, jobs=1)
    assert (found.record, found.text) == (record, "Tea\n")


def test_pages_come_back_as_the_same_documents_that_clean_makes() -> None:
    page = Path("docs/examples/canal-tunnel.en.html")
    content = (Path(__file__).parents[2] / page).read_bytes()
    (found,) = clean_many([content], "html", jobs=1)
    wanted = cleancorpus.clean(content, "html")
    assert found.document == wanted
    assert found.document is not None
    assert found.document.markdown == wanted.markdown


def test_contents_are_read_only_as_far_as_they_are_needed() -> None:
    read = 0

    def endless() -> Iterator[str]:
        nonlocal read
        while True:
            read += 1
            yield "a"

    found = clean_many(endless(), chain=CROSSED, jobs=1)
    assert next(found).text == "a"
    assert read < 2000
    found.close()  # type: ignore[attr-defined]


def test_limits_hold_for_contents() -> None:
    # No content here has to be cleaned in time, which no busy machine could promise.
    limits = Limits(timeout_s=0.5, max_bytes=1000)
    found = list(clean_many(["sleep", "b" * 2000], chain=CROSSED, jobs=1, limits=limits))
    assert [one.error for one in found] == [
        "took over 0.5 s: --timeout raises the limit",
        "over the limit of 1,000 bytes",
    ]


def test_no_contents_and_no_such_preset() -> None:
    assert list(clean_many([], chain=CROSSED)) == []
    with pytest.raises(UnknownPreset):
        next(clean_many(["a"], chain="defualt"))
