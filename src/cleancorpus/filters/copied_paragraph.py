"""Paragraphs that other documents of the corpus have as well."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import ClassVar, Final

from cleancorpus.document import Document, Record, Removal
from cleancorpus.errors import OptionError
from cleancorpus.learn import Table, block_keys
from cleancorpus.learn.keys import COPIES, document_name
from cleancorpus.measures import holds_quotation, quoted
from cleancorpus.options import check_at_least, option
from cleancorpus.page import BORROWED, Line, read

FIRST: Final = "first"
ALL: Final = "all"
FEW: Final = "few"
_POLICIES: Final = (FIRST, ALL, FEW)


@dataclass(frozen=True, slots=True)
class CopiedParagraph:
    r"""Remove paragraphs that other documents of the corpus have, by a table learned beforehand.

    Copies are compared by their words alone. The first copy is the one in the document whose id
    comes first by code points, whatever the order in which documents are read; a document
    without an id goes by its URL, and one without either keeps everything.

    Removes:
        By `keep="first"` every copy but the first; by `keep="few"` all copies of what stands in
        more than `max_documents` documents; by `keep="all"` nothing.

    Keeps:
        Paragraphs that quote somebody, short lines, code, table rows and quoted blocks.
        Known miss: a copy with a word changed.

    Example:
        >>> from cleancorpus import Chain, Record, process
        >>> said = "The office said that the timetable may change again in the coming week."
        >>> notes = [Record(f"Note {name}\n{said}\n", name) for name in ("b", "a", "c")]
        >>> chain = Chain((CopiedParagraph(),)).learn(notes)
        >>> [[removal.because for removal in process(note, chain).removals] for note in notes[:2]]
        [["in 3 documents, first in a: 'The office said that the timetable may c'"], []]

    Cost:
        A hash and a look-up a block.
    """

    table: Table | str = option(  # noqa: RUF009 - as every option
        "",
        unit="file that `cleancorpus.learn` wrote of copies; nothing removes nothing",
        source="learned from the corpus at hand",
    )
    keep: str = option(
        FIRST,
        unit="'first', 'all', or 'few': those in up to `max_documents` documents",
        source="none: a guess",
    )
    max_documents: int = option(
        10, unit="documents with the paragraph, for 'few'", source="none: a guess"
    )
    min_words: int = option(12, unit="words of a block", source="none: a guess")

    name: ClassVar[str] = "copied-paragraph"

    def __post_init__(self) -> None:
        """Check the options, and read the table if it is named by its file.

        Raises:
            TableError: the file cannot be read as a table of copies.
        """
        if self.keep not in _POLICIES:
            raise OptionError(f"keep must be one of {', '.join(_POLICIES)}, not {self.keep}")
        check_at_least("max_documents", self.max_documents, 1)
        check_at_least("min_words", self.min_words, 1)
        table = self.table
        if table and isinstance(table, str):
            table = Table.read(table, COPIES)
        # An empty table is written like none, so that both are equal.
        object.__setattr__(self, "table", table or "")

    def learn(self, records: Iterable[Record], path: str | Path | None = None) -> CopiedParagraph:
        """Return the filter with a table learned from these records; a path keeps it in a file.

        Raises:
            MissingExtra: the extra `corpus` is not installed.
        """
        from cleancorpus.learn.counting import learn  # noqa: PLC0415 - it needs an extra

        return replace(self, table=learn(records, path, what=COPIES))

    def judge(self, document: Document) -> Iterator[Removal]:
        """Look up every paragraph that may be a copy."""
        here = document_name(document)
        if not isinstance(self.table, Table) or self.keep == ALL or not here:
            return
        lines = read(document).lines
        copies = self.table.copies(block_keys(document))
        for at, (documents, first) in enumerate(copies):
            line = lines[at]
            if documents < 2 or not self._may_go(line) or not document.is_kept(at):
                continue
            if first != here if self.keep == FIRST else documents > self.max_documents:
                because = f"in {documents} documents, first in {quoted(first, 100)}: "
                yield Removal(at, self.name, f"{because}'{quoted(line.text)}'", 0.95)

    def _may_go(self, line: Line) -> bool:
        if line.words < self.min_words or line.kind in BORROWED:
            return False
        return not holds_quotation(line.text)
