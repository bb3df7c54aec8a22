"""Which languages' phrases to look for on a page."""

from __future__ import annotations

from collections import Counter

from cleancorpus import phrases
from cleancorpus.page.line import Line

_SAMPLED_TOKENS = 600
_LAST_LATIN = "\u024f"
_LEAST_STOPWORDS = 2  # one may stand in a line by chance
_SECOND_LANGUAGE_SHARE = 0.5  # of the stop words that the first language has


def find_languages(lines: list[Line]) -> tuple[str, ...]:
    """The languages whose phrases to look for: English, which is everywhere, and the page's own."""
    known = phrases.stopword_languages()
    counts: Counter[str] = Counter()
    for word, times in Counter(filter(known.__contains__, _sample(lines))).items():
        # Few languages share another script than Latin: it counts double.
        weight = times if word[0] <= _LAST_LATIN else 2 * times
        for name in known[word]:
            counts[name] += weight
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:2]
    least = max(_LEAST_STOPWORDS, _SECOND_LANGUAGE_SHARE * ranked[0][1]) if ranked else 0
    chosen = [name for name, count in ranked if count >= least]
    return tuple(sorted({"en", *chosen}))


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
