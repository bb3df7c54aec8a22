# ruff: noqa: INP001 - a helper beside the pages, no package
"""The parts of the pages that are read from the code: cog calls these and pastes the result.

`cog -r -I docs ...` brings the pages up to date, `cog --check` fails where one is not; the
environments `docs` and `pages` of tox hold the whole command.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any, Final

import typer
from rich.text import Text

import cleancorpus
from cleancorpus import testing
from cleancorpus.chain import Chain
from cleancorpus.cli import app
from cleancorpus.filters import by_name
from cleancorpus.options import options_of
from cleancorpus.phrases import CATEGORIES, languages, load

_SECTIONS: Final = ("Removes", "Keeps", "Example", "Cost")
_MISS: Final = "Known miss"


def filters(folder: str) -> str:
    """Return the table of all filters: a name that links to its page, and what it removes."""
    rows = [
        (f"[`{one.name}`]({folder}/{one.name}.md)", _summary(one).removeprefix("Remove "))
        for one in cleancorpus.BUILTIN
    ]
    return _table(("filter", "removes"), rows)


def options(name: str) -> str:
    """Return the table of a filter's options."""
    rows = [
        (f"`{one.name}`", f"`{one.default!r}`", one.unit, one.source)
        for one in options_of(by_name(name))
    ]
    return _table(("option", "default", "unit", "where the default comes from"), rows)


def card(name: str) -> str:
    """Return what a filter removes, keeps and misses, as its docstring says."""
    sections = docstring_sections(by_name(name))
    keeps, _, misses = sections["Keeps"].partition(f"{_MISS}:")
    parts = [
        ("What it removes", sections["Removes"]),
        ("What it keeps", keeps),
        ("Known misses", misses or "None is recorded."),
        ("Cost", sections["Cost"]),
    ]
    return "\n\n".join(f"## {title}\n\n{_sentence(text)}" for title, text in parts)


def docstring_sections(filter_type: type) -> dict[str, str]:
    """Return the sections of a filter's docstring, each under its heading.

    Example:
        >>> sorted(docstring_sections(by_name("byline")))
        ['Cost', 'Example', 'Keeps', 'Removes']
    """
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (inspect.getdoc(filter_type) or "").splitlines():
        heading = line.removesuffix(":")
        if heading in _SECTIONS and heading != line:
            current = sections.setdefault(heading, [])
        else:
            current.append(line.strip())
    return {heading: "\n".join(lines).strip() for heading, lines in sections.items()}


def presets() -> str:
    """Return the table of presets: name, filters, least score and loss budget."""
    rows = []
    for name, build in cleancorpus.PRESETS.items():
        chain = build()
        budget = chain.budget
        weak = f"{budget.max_share:g} below {budget.weak_below:g}" if budget else "none"
        rows.append((f"`{name}`", str(len(chain.names())), f"{chain.min_score:g}", weak))
    return _table(("preset", "filters", "least score", "loss budget"), rows)


def preset_differences(name: str) -> str:
    """Return the options by which a preset's filters differ from their defaults."""
    rows = []
    for step in cleancorpus.preset(name).filters:
        if isinstance(step, Chain):
            continue
        for one in options_of(type(step)):
            value = getattr(step, one.name)
            if value != one.default:
                rows.append(
                    (f"`{step.name}`", f"`{one.name}`", f"`{one.default!r}`", f"`{value!r}`")
                )
    return _table(("filter", "option", "default", name), rows)


def packs() -> str:
    """Return the table of phrase packs: language, and how many phrases and stop words."""
    rows = []
    for code in languages():
        pack = load(code)
        rows.append((f"`{code}`", pack.name, str(len(pack.phrases)), str(len(pack.stopwords))))
    return _table(("code", "language", "phrases", "stop words"), rows)


def categories() -> str:
    """Return the categories that a pack may have, in order."""
    return ", ".join(f"`{category}`" for category in CATEGORIES) + "."


def names() -> str:
    """Return every public name with the first line of its docstring."""
    rows = []
    for name in cleancorpus.__all__:
        value = getattr(cleancorpus, name)
        says = _summary(value) if callable(value) else _CONSTANTS[name]
        rows.append((f"`{name}`", says))
    return _table(("name", "what it is"), rows)


def members(name: str) -> str:
    """Return the public methods and properties of a class, with their first lines."""
    owner = getattr(cleancorpus, name)
    rows = []
    for member, value in vars(owner).items():
        if member.startswith("_"):
            continue
        if isinstance(value, property):
            rows.append((f"`.{member}`", _summary(value)))
        elif inspect.isfunction(value):
            rows.append((f"`.{member}{_parameters(value)}`", _summary(value)))
    return _table(("member", "what it gives"), rows)


def fields(name: str) -> str:
    """Return the public fields of a dataclass with their types."""
    owner = getattr(cleancorpus, name)
    rows = [
        (f"`{field}`", f"`{kind}`".replace("|", "\\|"))
        for field, kind in owner.__annotations__.items()
        if not field.startswith(("_", "memo")) and not str(kind).startswith("ClassVar")
    ]
    return _table(("field", "type"), rows)


def laws() -> str:
    """Return every law with the first line of its docstring."""
    rows = [(f"`{law.__name__}`", _summary(law)) for law in testing.LAWS]
    return _table(("law", "what holds for every filter"), rows)


def helpers() -> str:
    """Return what else `cleancorpus.testing` offers: strategies and functions."""
    laws = {law.__name__ for law in testing.LAWS}
    found = {name: getattr(testing, name) for name in testing.__all__ if name not in laws}
    rows = [
        (f"`{name}`", _summary(value))
        for name, value in found.items()
        if inspect.isfunction(value) or inspect.isclass(value)
    ]
    return _table(("name", "what it is"), rows)


def commands() -> str:
    """Return the reference of the command line: each command's usage, arguments and options."""
    root = typer.main.get_command(app)
    return "\n\n".join(_command("cleancorpus", root))


# A constant has no docstring of its own.
_CONSTANTS: Final = {
    "BUILTIN": "The filter types that come with the package, in the order of the default chain; "
    "those that no preset has stand last.",
    "PRESETS": "The presets' names, each with the function that builds its chain.",
}
# Typer adds these to every program; how they are worded depends on its version.
_TYPERS_OWN: Final = ("install_completion", "show_completion")


def _command(path: str, command: Any) -> Iterator[str]:  # noqa: ANN401 - click's or typer's own
    children = getattr(command, "commands", None)
    yield f"## `{path}`"
    yield _plain(inspect.cleandoc(command.help or "").split("\f")[0])
    rows = [
        (f"`{_spelling(one)}`", _default(one), _plain(getattr(one, "help", None) or ""))
        for one in command.params
        if not getattr(one, "hidden", False) and one.name not in _TYPERS_OWN
    ]
    if rows:
        yield _table(("argument or option", "default", "what it does"), rows)
    if command.epilog:
        yield _epilog(command.epilog.strip())
    for name, child in (children or {}).items():
        yield from _command(f"{path} {name}", child)


def _spelling(parameter: Any) -> str:  # noqa: ANN401 - click's or typer's own
    if parameter.param_type_name == "argument":
        many = "..." if parameter.nargs == -1 else ""
        return f"{(parameter.metavar or parameter.name).upper().rstrip('.')}{many}"
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    return f"{names} {parameter.metavar}" if parameter.metavar else names


def _default(parameter: Any) -> str:  # noqa: ANN401 - click's or typer's own
    if parameter.required:
        return "required"
    value = parameter.default
    is_nothing = value is None or value is False or value in ((), [])
    if is_nothing or callable(value) or repr(value).endswith("UNSET"):
        return ""
    return f"`{value}`"


def _parameters(function: Any) -> str:  # noqa: ANN401 - any function
    taken = [str(one) for one in inspect.signature(function).parameters.values()][1:]
    short = [text.split(":")[0] for text in taken]
    return f"({', '.join(short)})"


def _epilog(text: str) -> str:
    """What stands under a command's help: a sentence, or examples to be shown as they are."""
    plain = Text.from_markup(text).plain
    if "\n" not in plain:
        return plain
    heading, _, examples = plain.partition("\n\n")
    return f"{heading}:\n\n```sh\n{_as_shell(examples)}\n```"


def _as_shell(examples: str) -> str:
    """The examples with their explanations, which are not indented, as comments."""
    lines = [
        line.strip() if not line or line.startswith(" ") else f"# {line}"
        for line in examples.splitlines()
    ]
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A help text without the markup that colours it in the terminal."""
    return "\n\n".join(
        " ".join(Text.from_markup(part).plain.split()) for part in text.split("\n\n")
    )


def _summary(thing: object) -> str:
    lines = (inspect.getdoc(thing) or "").split("\n\n")[0].splitlines()
    return " ".join(line.strip() for line in lines)


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said[0].upper() + said[1:] if said else said


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return "None."
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
