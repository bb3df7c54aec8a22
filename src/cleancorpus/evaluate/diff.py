"""A page's gold text and its extracted text side by side, as a page for the browser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape
from typing import Final

from cleancorpus.evaluate.pages import WorstPage, words

# difflib takes quadratic time and more, so it only ever sees pieces of bounded size.
_MOST_CHARS: Final = 100_000
_MOST_LINES: Final = 2_000
_MOST_WORDS: Final = 1_500

_LEGEND: Final = (
    "Words marked on the left are missing from the answer, words marked on the right are not in "
    "the gold text. A word that stands in another place is marked too, although the scores "
    "disregard the order."
)
_PIECE = re.compile(r"\w+|\W+")
_HEAD: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }}
body {{ margin: 1rem; }}
table {{ border-collapse: collapse; table-layout: fixed; width: 100%; }}
th {{ text-align: start; }}
th, td {{ padding: 0 .5rem; vertical-align: top; width: 50%; overflow-wrap: anywhere; }}
tr.apart td {{ border-inline-start: .2rem solid #c60; }}
p {{ margin: .4rem 0; white-space: pre-wrap; }}
del {{ background: #f9c6c0; color: #000; }}
ins {{ background: #bfe8c0; color: #000; text-decoration: none; }}
</style>
</head>
<body>
"""


def diff_page(page: WorstPage) -> str:
    """Return HTML with the two texts of a page side by side, and the words that differ marked.

    Everything that comes from the page is escaped; the HTML has no scripts and loads nothing.
    Of long texts the beginning is shown, and long passages without a common line are marked
    whole.
    """
    score = page.score
    gold, answer = _lines(page.gold), _lines(page.answer)
    of_words = score.words
    means = (
        f"F1 {of_words.f1:.3f}, precision {of_words.precision:.3f}, recall {of_words.recall:.3f}."
    )
    said = [means, _LEGEND]
    if _is_cut(page.gold) or _is_cut(page.answer):
        said.append(
            f"Of each text at most {_MOST_CHARS:,} characters and {_MOST_LINES:,} lines are shown."
        )
    parts = [
        _HEAD.format(title=escape(f"{score.id}: {score.words.f1:.3f}")),
        f'<h1 dir="auto">{escape(score.id)}</h1>\n',
        f'<p dir="auto">{escape(score.url)}</p>\n' if score.url else "",
        *(f"<p>{escape(sentence)}</p>\n" for sentence in said),
        "<table>\n<tr><th>gold</th><th>answer</th></tr>\n",
        *_rows(gold, answer),
        "</table>\n</body>\n</html>\n",
    ]
    return "".join(parts)


def _lines(text: str) -> list[str]:
    """The lines of a text that are not blank, up to the most that are compared."""
    return [line for line in text[:_MOST_CHARS].splitlines() if line.strip()][:_MOST_LINES]


def _is_cut(text: str) -> bool:
    shown = sum(1 for line in text.splitlines() if line.strip())
    return len(text) > _MOST_CHARS or shown > _MOST_LINES


def _rows(gold: Sequence[str], answer: Sequence[str]) -> Iterator[str]:
    """A row a line that both texts have, and a row for all that stands between two such lines."""
    in_gold, in_answer = ([tuple(words(line)) for line in lines] for lines in (gold, answer))
    steps = SequenceMatcher(None, in_gold, in_answer).get_opcodes()
    for step, start, end, other_start, other_end in steps:
        left, right = gold[start:end], answer[other_start:other_end]
        if step == "equal":
            for one, other in zip(left, right, strict=True):
                yield _row("", _shown([one], set(), "del"), _shown([other], set(), "ins"))
        else:
            missing, added = _unmatched(left, right)
            cells = _shown(left, missing, "del"), _shown(right, added, "ins")
            yield _row(' class="apart"' if missing or added else "", *cells)


def _row(attributes: str, left: str, right: str) -> str:
    return f"<tr{attributes}><td>{left}</td><td>{right}</td></tr>\n"


def _unmatched(gold: Sequence[str], answer: Sequence[str]) -> tuple[set[int], set[int]]:
    """Which words of two passages, counted from 0 through all lines, have no counterpart."""
    left, right = words("\n".join(gold)), words("\n".join(answer))
    missing, added = set(range(len(left))), set(range(len(right)))
    if max(len(left), len(right)) <= _MOST_WORDS:
        for start, other, length in SequenceMatcher(None, left, right).get_matching_blocks():
            missing.difference_update(range(start, start + length))
            added.difference_update(range(other, other + length))
    return missing, added


def _shown(lines: Sequence[str], marked: set[int], tag: str) -> str:
    """Lines as paragraphs, with the words of these numbers marked."""
    at = 0
    paragraphs = []
    for line in lines:
        pieces = []
        for piece in _PIECE.findall(line):
            found = len(words(piece))
            shown = escape(piece)
            pieces.append(f"<{tag}>{shown}</{tag}>" if found and at in marked else shown)
            at += found
        joined = "".join(pieces).replace(f"</{tag}> <{tag}>", " ")
        paragraphs.append(f'<p dir="auto">{joined}</p>')
    return "".join(paragraphs)
