"""Which site a page belongs to."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from cleancorpus.errors import MissingExtra

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

_SITES_REMEMBERED: Final = 100_000
# Host names are read from the right, so that an address of numbers would be cut as one.
_ADDRESS: Final = re.compile(r"[\d.]+|.*:.*", re.DOTALL)


def site_of(url: str | None) -> str:
    """Return the site of a URL: its registered domain, by the public suffix list.

    What has no registered domain, such as an address of numbers or a bare name, is a site by
    itself, so that a name of your own may stand in place of a URL. Without a URL the site is
    the empty name, which pages without one share.

    Raises:
        MissingExtra: the public suffix list is not installed.

    Example:
        >>> site_of("https://news.example.co.uk/1"), site_of("localhost:8000/a"), site_of(None)
        ('example.co.uk', 'localhost', '')
    """
    host = _host(url or "")
    if not host or _ADDRESS.fullmatch(host):
        return host
    return _registered(host)


def _host(url: str) -> str:
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:  # half an address in brackets
        return ""
    return host.encode("utf-8", "replace").decode("utf-8").rstrip(".")


@functools.lru_cache(_SITES_REMEMBERED)
def _registered(host: str) -> str:
    return _suffixes().privatesuffix(host) or host


@functools.cache
def _suffixes() -> PublicSuffixList:
    try:
        from publicsuffixlist import PublicSuffixList  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtra(
            "learning from a corpus needs publicsuffixlist: pip install 'cleancorpus[corpus]'"
        ) from error
    return PublicSuffixList()
