"""A truncated page gives a value or one of its parser's refusals, and a value contains clean text.

Other damage (bytes dropped, doubled, swapped, inserted, or any bytes at all) is tried in tests/fuzz, with the same
properties.
"""

from __future__ import annotations

import re

import pytest

from parsers.stored import StoredPage
from sunchi.model import Listing
from tests.fuzz.targets import PAGES, assert_clean, read_page

MARKUP = re.compile(r"</?(?:a|p|h[1-6]|div|li|span|nobr|august_name|strong|font|img|script|br|td)[\s/>]", re.IGNORECASE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.source}/{page.file.stem}")
def test_a_page_cut_anywhere_leaves_no_markup_in_the_text(page: StoredPage) -> None:
    body = page.file.read_bytes()
    for end in range(0, len(body), max(1, len(body) // 120)):
        value = read_page(page, body[:end])
        if value is not None:
            assert_clean(value)
            lines = [link.title for link in value.links] if isinstance(value, Listing) else [value.title, value.text]
            assert not any(MARKUP.search(line) for line in lines)
