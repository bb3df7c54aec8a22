"""Records, blocks, documents and removals: what every other module speaks of."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from cleancorpus.errors import InvalidRemoval
from cleancorpus.outline import Place

_MAX_EVIDENCE_CHARS = 300
_BY_PLACE = attrgetter("at")


@dataclass(frozen=True, slots=True)
class Record:
    """What a source hands over, undivided: content with an id and where it came from.

    `fields` holds whatever else the source had; it travels through untouched.
    """

    content: str | bytes
    id: str = ""
    url: str | None = None
    media: str | None = None
    charset: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


class Kind(enum.StrEnum):
    """What a block is in its document."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    LIST_ITEM = "list-item"
    TABLE_ROW = "table-row"
    CODE = "code"
    QUOTE = "quote"
    CAPTION = "caption"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Block:
    r"""A piece of a document that is kept or removed whole.

    `start` and `end` are code-point offsets into the document's source, so that
    `source[start:end] == text`; both are `None` where a document has no flat source.
    `mark` is what stands before the text on its line (indentation and a bullet, `"## "`):
    part of the source, not of the text. `level` is the depth of a heading or list item,
    `shown` is the text as a reader sees it where inline markup stands in it (`None`: the same
    as `text`), `link_chars` counts the code points of it that are link text. Of HTML, `hidden`
    says that a browser would not show the block, and `place` where it stands; as the source
    alone decides that, equality leaves it out.

    Example:
        >>> Block("Apply now", Kind.LIST_ITEM, start=4, end=13, mark="  • ").kind.value
        'list-item'
    """

    text: str
    kind: Kind = Kind.LINE
    start: int | None = None
    end: int | None = None
    mark: str = ""
    level: int = 0
    link_chars: int = 0
    shown: str | None = None
    hidden: bool = False
    place: Place | None = field(default=None, compare=False, repr=False)

    @property
    def locator(self) -> str | None:
        """The path to the block's element, such as `html/body/div[2]/p[3]`; `None` without HTML."""
        return self.place.locator if self.place else None

    @property
    def containers(self) -> tuple[frozenset[str], ...]:
        """What the block stands in, nearest first: each element's name and the words of its class,
        id, role and label; empty without HTML.
        """
        return self.place.containers if self.place else ()

    @property
    def tokens(self) -> frozenset[str]:
        """The words of all containers as one set."""
        return self.place.tokens if self.place else frozenset()


@dataclass(frozen=True, slots=True)
class Removal:
    """A filter's finding that the block at index `at` should go.

    `because` is one line that a reader can check against the page, `score` how sure the
    filter is, from 0 to 1 (`None`: the rule knows no degrees and counts as sure).
    """

    at: int
    filter: str
    because: str
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A page as blocks in reading order, with the removals marked on it.

    A document is a value: `mark` and `restore` return a new one. `mended` tells what was
    changed in the characters before segmenting, `flags` what happened to the document as a
    whole (such as a loss budget that kept it), `id` is the record's. `columns` is what the walk
    over an HTML page found, for those who read a page as arrays; `None` for text and for
    documents put together of blocks.
    """

    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...] = ()
    source: str | None = None
    media: str = "text"
    url: str | None = None
    metadata: Mapping[str, str] = field(default_factory=dict, hash=False)
    mended: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    id: str = ""
    # A type of segmenting, which stands above; it says no more than the blocks do.
    columns: Any = field(default=None, compare=False, repr=False)
    # What readers of the blocks computed once; depends on the blocks alone, so marks share it.
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)
    _gone: frozenset[int] = field(default=frozenset(), compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the removals that came with the constructor."""
        if len(self._gone) != len(self.removals):
            removals, object_setattr = self.removals, object.__setattr__
            object_setattr(self, "removals", ())
            object_setattr(self, "_gone", frozenset())
            checked = self._checked(removals)
            object_setattr(self, "removals", tuple(sorted(checked, key=_BY_PLACE)))
            object_setattr(self, "_gone", frozenset(one.at for one in checked))

    def __getstate__(self) -> dict[str, Any]:
        """Leave the memo behind: it can be computed again."""
        names = [name for name in self.__slots__ if name != "memo"]
        return {name: getattr(self, name) for name in names}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        """Take the state of `__getstate__`, with an empty memo."""
        for name, value in state.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "memo", {})

    def mark(self, removals: Iterable[Removal]) -> Document:
        """Return the document with these removals added to its own.

        Raises:
            InvalidRemoval: a removal points outside the document, at a block already gone,
                or brings no evidence; the message names the filter.
        """
        new = self._checked(removals)
        if not new:
            return self
        together = sorted((*self.removals, *new), key=_BY_PLACE)
        gone = self._gone.union(map(_BY_PLACE, new))
        # A chain marks once a filter, and `replace` would look every field up by its name.
        return Document(
            self.blocks, tuple(together), self.source, self.media, self.url, self.metadata,
            self.mended, self.flags, self.id, self.columns, self.memo, gone,
        )  # fmt: skip

    def restore(self, *filters: str) -> Document:
        """Return the document with the removals of these filters taken back; all without a name."""
        left = tuple(one for one in self.removals if filters and one.filter not in filters)
        return replace(self, removals=left, _gone=frozenset(one.at for one in left))

    def flag(self, text: str) -> Document:
        """Return the document with one flag more."""
        return replace(self, flags=(*self.flags, text))

    @property
    def gone(self) -> frozenset[int]:
        """The indices of the blocks that filters removed."""
        return self._gone

    def is_kept(self, at: int) -> bool:
        """No filter has removed the block at this index."""
        return at not in self._gone

    def kept_items(self) -> Iterator[tuple[int, Block]]:
        """Yield index and block of every block that stays, in order."""
        gone = self._gone
        for at, block in enumerate(self.blocks):
            if at not in gone:
                yield at, block

    @property
    def kept(self) -> tuple[Block, ...]:
        """The blocks that no filter removed, in order."""
        return tuple(block for _, block in self.kept_items())

    @property
    def text(self) -> str:
        """The kept blocks as plain text."""
        from cleancorpus.render.plain import to_text  # noqa: PLC0415 - renderers stand above

        return to_text(self)

    @property
    def markdown(self) -> str:
        """The kept blocks as Markdown."""
        from cleancorpus.render.markdown import to_markdown  # noqa: PLC0415 - renderers stand above

        return to_markdown(self)

    def _checked(self, removals: Iterable[Removal]) -> list[Removal]:
        checked = list(removals)
        seen, count = set(self._gone), len(self.blocks)
        for removal in checked:
            at, because, score = removal.at, removal.because, removal.score
            if at in seen or not 0 <= at < count:
                raise _misplaced(removal, count)
            # What is printable has no line end in it, which is quicker to see.
            is_plain = because.isprintable() and not because.isspace() and because
            if not is_plain and (not because.strip() or len(because.splitlines()) > 1):
                raise InvalidRemoval(
                    f"{removal.filter} gives no evidence of one line for block {at}"
                )
            if len(because) > _MAX_EVIDENCE_CHARS:
                raise InvalidRemoval(
                    f"{removal.filter} gives over {_MAX_EVIDENCE_CHARS} characters of evidence"
                )
            if score is not None and not 0 <= score <= 1:
                raise InvalidRemoval(
                    f"{removal.filter} gives block {at} a score of {score}, not 0 to 1"
                )
            seen.add(at)
        return checked


def _misplaced(removal: Removal, count: int) -> InvalidRemoval:
    """The error of a removal that points outside the document, or at a block already gone."""
    said = f"{removal.filter} removes block {removal.at}"
    if 0 <= removal.at < count:
        return InvalidRemoval(f"{said}, which is gone already")
    return InvalidRemoval(f"{said} of {count}")
