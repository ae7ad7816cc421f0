"""Stored pages of the tests: a page, and what is expected to be read from it.

`tests/parsers/pages/<source>/<name>.html` has the bytes of a page, `<name>.json` its facts and the expected result:

    {
      "url": "http://www.kcna.kp/en/article/detail/…",
      "lang": "en",
      "kind": "article",                          list or article
      "fetched_at": "2026-07-20T01:00:00+00:00",
      "method": "POST",                           only if it was not GET
      "headers": {"Content-Type": "text/html"},   only if they matter
      "link": {"date": "2026-07-19"},             only for an article, and only values from the list
      "reviewed": true,                           a person has compared the expectation with the page
      "expected": {…}                             a Listing or Article as `written` gives it,
      "outcome": "blocked"                        or instead, the outcome of the page
    }
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sunchi.errors import ParseError
from sunchi.model import Article, Edition, Link, Listing, Page, Request, Source


@dataclass(frozen=True, slots=True)
class StoredPage:
    """One stored page. `facts` is its JSON file."""

    file: Path
    facts: Mapping[str, Any]

    @property
    def source(self) -> str:
        return self.file.parent.name

    @property
    def page(self) -> Page:
        request = Request(self.facts["url"], self.facts.get("method", "GET"))
        return Page(
            request=request,
            url=request.url,
            status=200,
            headers=tuple(self.facts.get("headers", {}).items()),
            body=self.file.read_bytes(),
            fetched_at=datetime.fromisoformat(self.facts["fetched_at"]),
        )

    @property
    def link(self) -> Link:
        said = {"key": self.facts["url"], "title": "", "position": 1, **self.facts.get("link", {})}
        said["date"] = date.fromisoformat(said["date"]) if said.get("date") else None
        return Link(source=self.source, lang=self.facts["lang"], url=self.facts["url"], **said)

    def edition(self, source: Source) -> Edition:
        return next(edition for edition in source.editions if edition.lang == self.facts["lang"])

    def parse(self, source: Source) -> Listing | Article:
        """Return what `source` reads from the page; raises ParseError if it refuses it."""
        if self.facts["kind"] == "list":
            return source.parse_list(self.page, self.edition(source))
        return source.parse_article(self.page, self.link)

    def read(self, source: Source) -> dict[str, Any]:
        """Return `{"expected": …}` or `{"outcome": …}`, as the JSON file should have it."""
        try:
            return {"expected": written(self.parse(source))}
        except ParseError as refusal:
            return {"outcome": str(refusal.outcome)}


def stored(folder: Path) -> list[StoredPage]:
    """Return every page in `folder`, by source and name; a page without its JSON file has no facts."""
    return [
        StoredPage(file, json.loads(facts.read_text("utf-8")) if (facts := file.with_suffix(".json")).exists() else {})
        for file in sorted(folder.glob("*/*.html"))
    ]


def written(value: Listing | Article) -> dict[str, Any]:
    """Return a Listing or Article for JSON: dates in ISO form, without empty fields."""
    return {name: _plain(item) for name, item in asdict(value).items() if item not in _EMPTY}


_EMPTY: tuple[object, ...] = (None, "", (), [], {}, False, 0)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items() if item not in _EMPTY}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
