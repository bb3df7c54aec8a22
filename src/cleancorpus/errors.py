"""Every error that cleancorpus raises on purpose.

::

    CleanCorpusError
    ├── OptionError          (ValueError)       an option's value lies outside its range
    ├── UnknownName          (LookupError)
    │   ├── UnknownFilter                       no filter of that name
    │   ├── UnknownOption                       the filter has no such option
    │   ├── UnknownPreset                       no preset of that name
    │   ├── UnknownMedia                        none of text, markdown, html
    │   ├── UnknownRendering                    no renderer of that name
    │   ├── UnknownFormat                       no file format of that name
    │   ├── UnknownExtra                        no further field of that name
    │   └── UnknownLanguage                     no phrase pack for that language
    ├── RecipeError          (ValueError)       a recipe's TOML cannot be read as a chain
    ├── PackError            (ValueError)       a phrase pack breaks the form
    ├── InvalidRemoval       (ValueError)       a filter pointed where no kept block is
    ├── InputError           (ValueError)       an input cannot be taken, or has no place to go
    ├── RecordError          (ValueError)       a record of the input cannot be read
    │   └── TooDeep                             a page would cost far more than its length
    ├── OutputExists         (FileExistsError)  the output is there and may not be replaced
    ├── OutputError          (OSError)          an output cannot be written
    ├── StartError           (RuntimeError)     the processes that clean cannot be started
    ├── GoldError            (ValueError)       a file to score against breaks the form
    ├── TableError           (ValueError)       a learned table cannot be made, read or used
    ├── WeightsError         (ValueError)       weights of the learned judge cannot be used
    ├── FilterError          (ImportError)      another package's filter cannot be loaded
    └── MissingExtra         (ImportError)      an optional dependency is not installed

Each also inherits the builtin error that a caller would expect.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class CleanCorpusError(Exception):
    """The root of the tree; catch it to catch them all."""


class OptionError(CleanCorpusError, ValueError):
    """An option's value lies outside its range."""


class UnknownName(CleanCorpusError, LookupError):
    """A name that nothing answers to; the message offers the nearest names."""

    thing = "name"

    def __init__(self, name: str, known: Iterable[str], where: str = "") -> None:
        """Say which name was asked for and which known names come nearest."""
        names = sorted(known)
        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
        known_names = f"known are {', '.join(names)}" if names else "there are none"
        way_out = f"did you mean {' or '.join(near)}?" if near else known_names
        super().__init__(f"no {self.thing} named {name!r}{where}: {way_out}")
        self.name = name
        self.near = tuple(near)
        self._arguments = (name, tuple(names), where)

    def __reduce__(self) -> tuple[type[UnknownName], tuple[str, tuple[str, ...], str]]:
        """Pickle by the arguments, so that the error crosses process borders whole."""
        return type(self), self._arguments


class UnknownFilter(UnknownName):
    """No filter of that name is built in or installed."""

    thing = "filter"


class UnknownOption(UnknownName):
    """The filter has no option of that name."""

    thing = "option"


class UnknownPreset(UnknownName):
    """No preset of that name."""

    thing = "preset"


class UnknownMedia(UnknownName):
    """The media is none that can be segmented."""

    thing = "media"


class UnknownRendering(UnknownName):
    """No renderer has that name."""

    thing = "rendering"


class UnknownFormat(UnknownName):
    """No file format has that name."""

    thing = "format"


class UnknownExtra(UnknownName):
    """No further field has that name."""

    thing = "further field"


class UnknownLanguage(UnknownName):
    """No phrase pack is there for that language."""

    thing = "phrase pack"


class RecipeError(CleanCorpusError, ValueError):
    """A recipe's TOML cannot be read as a chain."""


class PackError(CleanCorpusError, ValueError):
    """A phrase pack does not have the form that packs have."""


class InvalidRemoval(CleanCorpusError, ValueError):
    """A filter pointed outside the document, at a block already gone, or gave no evidence."""


class RecordError(CleanCorpusError, ValueError):
    """A record of the input cannot be read; the message names file and record."""


class TooDeep(RecordError):
    """A page is built so that parsing it would cost far more time or memory than its length."""


class InputError(CleanCorpusError, ValueError):
    """An input cannot be taken, or nobody could tell where its output should go."""


class OutputError(CleanCorpusError, OSError):
    """An output cannot be written; what was finished before it stays."""


class StartError(CleanCorpusError, RuntimeError):
    """The processes that clean cannot be started; the message says how a program does so."""


class OutputExists(CleanCorpusError, FileExistsError):
    """The output is there already and may not be replaced."""


class GoldError(CleanCorpusError, ValueError):
    """A file of labels, gold texts or answers does not have the form that it should."""


class FilterError(CleanCorpusError, ImportError):
    """A filter that another package brings cannot be loaded; the message names the package."""


class MissingExtra(CleanCorpusError, ImportError):
    """An optional dependency is not installed; the message says which extra brings it."""


class WeightsError(CleanCorpusError, ValueError):
    """The weights of the learned judge cannot be used; the message says what is wrong."""


class TableError(CleanCorpusError, ValueError):
    """A learned table cannot be made, read or used; the message says what is wrong."""
