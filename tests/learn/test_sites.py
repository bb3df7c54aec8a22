from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleancorpus.learn import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://news.example.com/2024/a?b#c", "example.com"),
        ("https://www.example.co.uk", "example.co.uk"),
        ("http://someone.github.io/blog", "someone.github.io"),
        ("https://user:word@docs.example.org:8080/", "example.org"),
        ("HTTPS://WWW.Example.ORG./", "example.org"),
        ("https://例え.jp/頁", "例え.jp"),
    ],
)
def test_a_site_is_the_registered_domain_of_the_url(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("example.org/page", "example.org"),
        ("harbour", "harbour"),
        ("http://127.0.0.1/a", "127.0.0.1"),
        ("http://[2001:db8::1]/a", "2001:db8::1"),
        ("http://localhost:8000/a", "localhost"),
    ],
)
def test_what_has_no_registered_domain_is_a_site_by_itself(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize("url", [None, "", "file:///page.html", "http://[half", "/page.html"])
def test_pages_without_a_host_share_the_empty_name(url: str | None) -> None:
    assert site_of(url) == ""


@given(st.text() | st.text().map("https://{}/".format))
def test_any_text_has_a_site_that_can_be_written(url: str) -> None:
    site_of(url).encode("utf-8")
