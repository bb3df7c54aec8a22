"""Which cleaned documents are written, and which are passed by with a counted reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from cleancorpus.document import Document
from cleancorpus.errors import InputError, MissingExtra
from cleancorpus.measures.words import count_words, tokens

UNKNOWN: Final = "unknown"
_MOST_IDENTIFIED_CHARS: Final = 10_000  # more of a text says nothing new of its language


@dataclass(frozen=True, slots=True)
class Selection:
    """What a document must have to be written.

    `min_words` are those that stay after cleaning, `languages` the two-letter codes (ISO 639-1)
    of which one must be the text's, as py3langid tells it; without any, languages are only
    counted, as the pages themselves name them.
    """

    keeps_empty: bool = True
    min_words: int = 0
    languages: tuple[str, ...] = ()

    def language(self, document: Document) -> str:
        """Return the language of a document: identified if languages are chosen, else declared."""
        if self.languages:
            return identified(document.text[:_MOST_IDENTIFIED_CHARS])
        declared = document.metadata.get("language", "")
        return declared[:2].lower() or UNKNOWN

    def reason(self, document: Document, language: str) -> str | None:
        """Return why a document is not written, or None."""
        if not document.kept:
            return None if self.keeps_empty and not self.min_words else "empty"
        if self.min_words and count_words(tokens(document.text)) < self.min_words:
            return f"fewer than {self.min_words} words"
        if self.languages and language not in self.languages:
            return f"language {language}"
        return None

    def check(self) -> None:
        """Refuse languages that cannot be told, before any work.

        Raises:
            InputError: a language is none that can be identified.
            MissingExtra: nothing is installed that identifies languages.
        """
        if not self.languages:
            return
        known = sorted(code for code, _ in _identifier().rank(""))
        for code in self.languages:
            if code not in known:
                raise InputError(f"no language {code!r} is known: {', '.join(known)}")


def identified(text: str) -> str:
    """Return the two-letter code of a text's language.

    Raises:
        MissingExtra: nothing is installed that identifies languages.
    """
    found: str = _identifier().classify(text)[0]
    return found if text.strip() else UNKNOWN


def _identifier() -> Any:  # noqa: ANN401 - a package without types
    try:
        import py3langid  # noqa: PLC0415 - an extra, loaded where it is asked for
    except ImportError as error:
        raise MissingExtra(
            "--language needs py3langid: pip install 'cleancorpus[language]'"
        ) from error
    return py3langid
