"""Each stored page is read as reviewed, and every layout has stored pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import SOURCES
from parsers.stored import StoredPage, stored
from sunchi.model import Source

PAGES = stored(Path(__file__).parent / "pages")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.source}/{page.file.stem}")
def test_a_stored_page_is_read_as_it_was_reviewed(page: StoredPage) -> None:
    assert page.facts, f"{page.file.name} has no expectation: write {page.file.with_suffix('.json').name} beside it"
    assert page.facts["reviewed"] is True, f"{page.file.name}: compare its JSON file with the page, then say so there"

    answer = page.read(SOURCES[page.source])

    assert answer == {key: page.facts[key] for key in ("expected", "outcome") if key in page.facts}


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_every_layout_of_a_source_has_a_stored_page_of_each_kind_and_language(source: Source) -> None:
    claimed = {(layout.name, kind, lang) for layout in source.layouts for kind in layout.kinds for lang in layout.langs}
    shown = {
        (page.facts["expected"]["layout"], page.facts["kind"], page.facts["lang"])
        for page in PAGES
        if page.source == source.name and "expected" in page.facts
    }

    assert claimed, f"{source.name} names no layout"
    assert claimed - shown == set()
    assert shown - claimed == set(), "pages of a layout that the source does not name"


@pytest.mark.parametrize("source", SOURCES.values(), ids=lambda source: source.name)
def test_every_source_has_stored_pages_that_it_refuses(source: Source) -> None:
    refused = {page.facts["outcome"] for page in PAGES if page.source == source.name and "outcome" in page.facts}

    assert {"blocked", "drift"} <= refused
