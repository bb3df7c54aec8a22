"""Scores of extracted text against the text that belongs to a page."""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from cleancorpus.evaluate.gold import GoldPage

WORST: Final = 10

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class WordScore:
    """How well the words of a text agree with those of a page's gold text, each 0 to 1."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Snippets:
    """How many snippets were looked for in texts, and how many of them were found."""

    found: int = 0
    total: int = 0

    def __add__(self, other: Snippets) -> Snippets:
        """Return both counts together."""
        return Snippets(self.found + other.found, self.total + other.total)

    @property
    def share(self) -> float | None:
        """Of the snippets, the share that was found; None where there were none."""
        return self.found / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class PageScore:
    """The scores of one page."""

    id: str
    url: str | None
    page_type: str | None
    words: WordScore
    required: Snippets
    forbidden: Snippets


@dataclass(frozen=True, slots=True)
class WorstPage:
    """A page that came out badly, with both texts, to be looked at."""

    score: PageScore
    gold: str
    answer: str


@dataclass(slots=True)
class PageMeans:
    """Means over pages, each page counting alike, and the snippets of all of them."""

    pages: int = 0
    required: Snippets = Snippets()
    forbidden: Snippets = Snippets()
    _precision: float = 0.0
    _recall: float = 0.0
    _f1: float = 0.0

    def add(self, score: PageScore) -> None:
        """Add a page."""
        self.pages += 1
        self.required += score.required
        self.forbidden += score.forbidden
        self._precision += score.words.precision
        self._recall += score.words.recall
        self._f1 += score.words.f1

    @property
    def precision(self) -> float | None:
        """The mean of the pages' precision; None without pages."""
        return self._precision / self.pages if self.pages else None

    @property
    def recall(self) -> float | None:
        """The mean of the pages' recall; None without pages."""
        return self._recall / self.pages if self.pages else None

    @property
    def f1(self) -> float | None:
        """The mean of the pages' F1; None without pages."""
        return self._f1 / self.pages if self.pages else None


@dataclass(slots=True)
class PageScores:
    """The scores of many pages: overall, by page type, and the worst ones, worst first.

    `left_out` counts pages without a gold text, `unanswered` those that the extractor gave
    nothing for and that counted as empty texts.
    """

    overall: PageMeans = field(default_factory=PageMeans)
    by_type: dict[str | None, PageMeans] = field(default_factory=dict)
    worst: list[WorstPage] = field(default_factory=list)
    left_out: int = 0
    unanswered: int = 0

    def add(self, score: PageScore) -> None:
        """Add a page to the means."""
        self.overall.add(score)
        self.by_type.setdefault(score.page_type, PageMeans()).add(score)


def words(text: str) -> list[str]:
    """Return the words that are compared: runs of letters, digits and underscores, lower case.

    Example:
        >>> words("It's the 2nd Été.")
        ['it', 's', 'the', '2nd', 'été']
    """
    return _WORD.findall(text.lower())


def word_score(gold: str, answer: str) -> WordScore:
    """Compare the words of two texts without regard to their order, each as often as it occurs.

    Where one text has no words all scores are 0, where both have none they are 1.

    Example:
        >>> word_score(gold="the cat and the dog", answer="The dog. The menu!")
        WordScore(precision=0.75, recall=0.6, f1=0.6666666666666666)
    """
    wanted, given = Counter(words(gold)), Counter(words(answer))
    if not wanted or not given:
        score = float(wanted == given)
        return WordScore(score, score, score)
    shared, in_gold, in_answer = (wanted & given).total(), wanted.total(), given.total()
    return WordScore(shared / in_answer, shared / in_gold, 2 * shared / (in_gold + in_answer))


def find_snippets(snippets: Iterable[str], text: str) -> Snippets:
    r"""Count the snippets that stand in a text, whatever the case and the white space.

    Blank snippets are passed over.

    Example:
        >>> find_snippets(["log in", "sign up"], "Log\n  in")
        Snippets(found=1, total=2)
    """
    folded = _folded(text)
    wanted = [one for one in map(_folded, snippets) if one]
    return Snippets(sum(one in folded for one in wanted), len(wanted))


def score_page(page: GoldPage, answer: str) -> PageScore:
    """Return the scores of the text that an extractor gave for a page."""
    return PageScore(
        page.id,
        page.url,
        page.page_type,
        word_score(page.gold or "", answer),
        find_snippets(page.must_contain, answer),
        find_snippets(page.must_not_contain, answer),
    )


def score_pages(
    pages: Iterable[GoldPage], answer: Callable[[GoldPage], str | None], worst: int = WORST
) -> PageScores:
    """Ask for the text of each page that has a gold text, score it, and keep the worst pages.

    `answer` returns a page's text, or None where it has none, which counts as an empty text.
    """
    scores = PageScores()
    for page in pages:
        if page.gold is None:
            scores.left_out += 1
            continue
        text = answer(page)
        if text is None:
            scores.unanswered += 1
            text = ""
        score = score_page(page, text)
        scores.add(score)
        insort(scores.worst, WorstPage(score, page.gold, text), key=_f1)
        del scores.worst[worst:]
    return scores


def _f1(page: WorstPage) -> float:
    return page.score.words.f1


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
