"""Whatever bytes come, a parser gives a value or one of its own refusals, and a value holds clean text."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers import SOURCES
from parsers.stored import StoredPage, stored
from sunchi.model import Article, Listing, Page, ParseError

PAGES = [page for page in stored(Path(__file__).parent / "pages") if page.facts]
MARKUP = re.compile(r"</?(?:a|p|h[1-6]|div|li|span|nobr|august_name|strong|font|img|script|br|td)[\s/>]", re.IGNORECASE)
LIMITS = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# What a broken transfer, a filter or a new design does to a page.
PIECES = [b"<p>", b"</p>", b"<div>", b"</div>", b"<nobr>", b"</nobr>", b"<h1>", b"</article>", b"<li><a>", b"</table>",
          b"&nbsp;", b"&#0;", b"&#xD800;", b"&#128;", b"\x00", b"\xff\xfe", b"\xe2\x80", b" -0- ", b"2026.99.99.", b'"',
          b"<!--", b"-->", b"<p>\xe2\x80\x8b</p>", b"href='//['", b"9" * 5000]  # fmt: skip


@st.composite
def spoilt_pages(draw: st.DrawFn) -> tuple[StoredPage, bytes]:
    """A stored page, cut short, with bytes dropped, doubled, swapped or put in."""
    page = draw(st.sampled_from(PAGES))
    body = bytearray(page.file.read_bytes())
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, max(len(body) - 1, 0)))
        stop = min(len(body), start + draw(st.integers(0, 60)))
        change = draw(st.sampled_from(["drop", "double", "put", "cut", "byte"]))
        if change == "drop":
            del body[start:stop]
        elif change == "double":
            body[stop:stop] = body[start:stop] * draw(st.integers(1, 3))
        elif change == "put":
            body[start:start] = draw(st.sampled_from(PIECES))
        elif change == "cut":
            del body[start:]
        elif body:
            body[start] = draw(st.integers(0, 255))
    return page, bytes(body)


def parse(stored_page: StoredPage, body: bytes) -> Listing | Article | None:
    """What is read from `body` in place of the stored page's; None where it is refused."""
    source = SOURCES[stored_page.source]
    page: Page = replace(stored_page.page, body=body)
    try:
        if stored_page.facts["kind"] == "list":
            return source.parse_list(page, stored_page.edition(source))
        return source.parse_article(page, stored_page.link)
    except ParseError as refusal:
        said = str(refusal)
    assert stored_page.page.url.partition("#")[0] in said, "a refusal says of which page it speaks"
    return None


def assert_clean(value: Listing | Article) -> None:
    lines = [link.title for link in value.links] if isinstance(value, Listing) else [value.title, *value.paragraphs]
    assert isinstance(value, Listing) or value.paragraphs, "an article without text is refused, not returned"
    for line in lines:
        assert line
        assert line == " ".join(line.split())
        assert "\x00" not in line
        line.encode()  # no lone surrogates


@LIMITS
@given(spoilt_pages())
def test_a_spoilt_page_gives_a_value_or_a_refusal_and_the_value_is_clean(spoilt: tuple[StoredPage, bytes]) -> None:
    value = parse(*spoilt)

    if value is not None:
        assert_clean(value)


@LIMITS
@given(
    st.sampled_from(PAGES),
    st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
)
def test_any_bytes_give_a_value_or_a_refusal(page: StoredPage, body: bytes) -> None:
    value = parse(page, body)

    if value is not None:
        assert_clean(value)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.source}/{page.file.stem}")
def test_a_page_cut_anywhere_leaves_no_markup_in_the_text(page: StoredPage) -> None:
    body = page.file.read_bytes()
    for end in range(0, len(body), max(1, len(body) // 120)):
        value = parse(page, body[:end])
        if value is not None:
            assert_clean(value)
            lines = [link.title for link in value.links] if isinstance(value, Listing) else [value.title, value.text]
            assert not any(MARKUP.search(line) for line in lines)
