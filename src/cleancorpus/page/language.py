"""Which languages' phrases to look for on a page."""

from __future__ import annotations

from functools import cache

from cleancorpus import phrases
from cleancorpus.page.line import Line

_SAMPLED_TOKENS = 300
_LAST_LATIN = "\u024f"
_BITS = 16  # of a language's count; the sample and one block more have far fewer words
_LEAST_STOPWORDS = 2  # one may stand in a line by chance
_SECOND_LANGUAGE_SHARE = 0.5  # of the stop words that the first language has


def find_languages(lines: list[Line]) -> tuple[str, ...]:
    """The languages whose phrases to look for: English, which is everywhere, and the page's own."""
    together = sum(filter(None, map(_counted().get, _sample(lines))))
    counts = [
        (-(together >> at * _BITS & (1 << _BITS) - 1), name)
        for at, name in enumerate(phrases.languages())
    ]
    ranked = sorted(one for one in counts if one[0])[:2]
    least = max(_LEAST_STOPWORDS, _SECOND_LANGUAGE_SHARE * -ranked[0][0]) if ranked else 0
    chosen = [name for count, name in ranked if -count >= least]
    return tuple(sorted({"en", *chosen}))


@cache
def _counted() -> dict[str, int]:
    """What each stop word adds to the counts of all languages, which stand in one integer.

    So a word of the sample costs one addition, however many languages have it.
    """
    places = {name: at * _BITS for at, name in enumerate(phrases.languages())}
    return {
        # Few languages share another script than Latin: it counts double.
        word: sum(1 << places[name] for name in names) << (word[0] > _LAST_LATIN)
        for word, names in phrases.stopword_languages().items()
    }


def _sample(lines: list[Line]) -> list[str]:
    """Some hundred words of the page, of running text where there is any."""
    words: list[str] = []
    for is_prose in (True, False):
        for line in lines:
            if line.is_prose is is_prose:
                words += line.tokens
                if len(words) > _SAMPLED_TOKENS:
                    return words
    return words
