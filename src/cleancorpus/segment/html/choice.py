"""Which walk reads pages: the compiled one where it is built and can be trusted, else Python's."""

from __future__ import annotations

import importlib
import os
from collections.abc import Mapping
from functools import cache
from typing import Final, Protocol

from selectolax.lexbor import LexborHTMLParser

from cleancorpus.errors import OptionError
from cleancorpus.segment.html.collect import python_columns
from cleancorpus.segment.html.columns import Columns
from cleancorpus.segment.html.compiled import READ_ATTRIBUTES, CompiledWalk
from cleancorpus.segment.html.selfcheck import PAGE, Mismatch, attribute_numbers
from cleancorpus.segment.html.survey import LIMITS, Survey, survey

VARIABLE: Final = "CLEANCORPUS_WALK"


class Walk(Protocol):
    """What reads a tree."""

    name: str

    def survey(self, html: bytes, /) -> Survey:
        """Return what is asked of a page's bytes before parsing."""
        ...

    def read(
        self, tree: LexborHTMLParser, head: Mapping[str, str], *, read_noscript: bool
    ) -> Columns:
        """Return a tree as columns, with what its head says."""
        ...


class PythonWalk:
    """The walk that serves everywhere."""

    name = "python"
    read = staticmethod(python_columns)

    def survey(self, html: bytes, /) -> Survey:
        """Return what is asked of a page's bytes before parsing."""
        return survey(html, *LIMITS)


@cache
def chosen_walk() -> Walk:
    """Return the walk that reads all pages of this process; the environment can force one.

    Raises:
        OptionError: a walk is forced that there is not, or that cannot serve here.
    """
    wanted = os.environ.get(VARIABLE, "")
    if wanted not in ("", "python", "compiled"):
        raise OptionError(f"{VARIABLE} must be python or compiled, not {wanted!r}")
    if wanted == "python":
        return PythonWalk()
    try:
        return load_compiled()
    except (ImportError, Mismatch) as error:
        if wanted == "compiled":
            raise OptionError(
                f"{VARIABLE} asks for the compiled walk, which cannot serve here: {error}; "
                "leave the variable unset to read pages in Python"
            ) from error
        return PythonWalk()


def walk_in_use() -> str:
    """Return which walk reads pages here: `compiled`, several times as fast, or `python`."""
    return chosen_walk().name


def load_compiled() -> CompiledWalk:
    """Return the compiled walk, having checked it against memory and against the Python walk.

    Raises:
        ImportError: it is not built.
        Mismatch: it would not read this selectolax's trees as the Python walk does.
    """
    module = importlib.import_module("cleancorpus.segment.html._compiled")
    numbers = attribute_numbers(module.layout(), module.peek, READ_ATTRIBUTES)
    walk = CompiledWalk(module, numbers)
    tree = LexborHTMLParser(PAGE)
    for read_noscript in (False, True):
        wanted = python_columns(tree, {}, read_noscript=read_noscript)
        if walk.try_to_read(tree, {}, read_noscript=read_noscript) != wanted:
            raise Mismatch("the compiled walk and the Python walk differ on a small page")
    return walk
