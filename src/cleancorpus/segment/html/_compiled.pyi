# The compiled walk, where it is built; its sources lie in cleancorpus/_walk.

from typing import TypeAlias

from selectolax.lexbor import LexborNode

_Rows: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]
_Blocks: TypeAlias = tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes, bytes]
_Tables: TypeAlias = tuple[bytes, bytes, bytes]
_Names: TypeAlias = list[tuple[bytes, int]]
_Page: TypeAlias = tuple[
    _Rows,
    list[str],
    bytes,
    bytes,
    list[str],
    bytes,
    dict[int, str | int],
    list[str],
    _Blocks,
    bytearray,
]

class Plan: ...

def make_plan(
    numbers: tuple[int, int],
    by_number: _Tables,
    names: tuple[_Names, _Names],
    by_code: _Tables,
    codes: tuple[int, int, int],
    kinds: tuple[int, int, int, int, int],
    limits: tuple[int, int, int, int, int, int],
    /,
) -> Plan: ...
def walk(
    plan: Plan, root: LexborNode, read_noscript: bool, most_blocks: int, /
) -> _Page | None: ...
def survey(
    html: bytes, few_tags: int, most_formats: int, least_tag: int, most_linked: int, /
) -> tuple[int, int, int, int, list[int]]: ...
def has_controls(text: bytes, /) -> bool: ...
def peek(address: int, size: int, /) -> bytes: ...
def layout() -> dict[str, int]: ...
