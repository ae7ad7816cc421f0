"""The Hankyoreh of that week: the English edition in its old layout, the Korean one in Next.js."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from urllib.parse import parse_qs

from markupsafe import Markup

from demo.items import Item, load, midnight, newest_first
from demo.site import NOT_FOUND, Ask, Reply, page, robots

CLOSED = ("/arti/PRINT/", "/arti/PREVIEW/", "/api/", "/test/", "/fortunes/result")
PER_PAGE = 15


class HaniEnglish:
    """english.hani.co.kr; its lists are `list1.html`, `list2.html` …"""

    section = "/arti/english_edition/e_northkorea"

    def __init__(self) -> None:
        self.items = load("hani-en")
        self.paths = _paths(self.section, self.items, first=9_020_000)

    def reply(self, ask: Ask, day: date) -> Reply:
        if ask.path == "/robots.txt":
            return robots(*CLOSED)
        if ask.path == "/":
            return self.listing(1, day)
        if found := re.fullmatch(rf"{self.section}/list([1-9]\d?)\.html", ask.path):
            return self.listing(int(found[1]), day)
        return self.articles(day).get(ask.path, NOT_FOUND)

    @cache  # noqa: B019 -- a site lives as long as its server
    def articles(self, day: date) -> dict[str, Reply]:
        """Every article of the day, by its path."""
        return {
            path: Reply(
                200,
                page(
                    "hani_en_article.html",
                    item=item,
                    paragraphs=item.text_on(day),
                    modified_at=item.modified_on(day),
                    section=self.section,
                ),
                item.modified_on(day),
            )
            for path, item in self.paths.items()
            if item.stands_on(day)
        }

    @cache  # noqa: B019
    def listing(self, number: int, day: date) -> Reply:
        paths = {item.name: path for path, item in self.paths.items()}
        shown = newest_first(self.items, day)[(number - 1) * PER_PAGE : number * PER_PAGE]
        rows = [(paths[item.name], item.title) for item in shown]
        return Reply(200, page("hani_en_list.html", rows=rows), midnight(day))


class HaniKorean:
    """www.hani.co.kr, the section on defence and the North."""

    section = "/arti/politics/defense"

    def __init__(self) -> None:
        self.items = load("hani-ko")
        self.paths = _paths(self.section, self.items, first=9_010_000)

    def reply(self, ask: Ask, day: date) -> Reply:
        if ask.path == "/robots.txt":
            return robots(*CLOSED)
        if ask.path in ("/", "/arti", self.section):
            number = parse_qs(ask.query).get("page", ["1"])[0]
            return self.listing(int(number), ask.path == self.section, day) if number.isdecimal() else NOT_FOUND
        return self.articles(day).get(ask.path, NOT_FOUND)

    @cache  # noqa: B019
    def articles(self, day: date) -> dict[str, Reply]:
        """Every article of the day, by its path."""
        pages = {}
        for path, item in self.paths.items():
            if item.stands_on(day):
                props = {"article": _entry(path, item, day)}
                body = page(
                    "hani_ko.html",
                    item=item,
                    paragraphs=item.text_on(day),
                    modified_at=item.modified_on(day),
                    rows=[],
                    props=_json(props),
                )
                pages[path] = Reply(200, body, item.modified_on(day))
        return pages

    @cache  # noqa: B019
    def listing(self, number: int, of_section: bool, day: date) -> Reply:
        """A page of the section's list, or of the list of all sections, whose JSON has another form."""
        paths = {item.name: path for path, item in self.paths.items()}
        shown = newest_first(self.items, day)[(number - 1) * PER_PAGE : number * PER_PAGE]
        entries = [_entry(paths[item.name], item, day) for item in shown]
        props = {"listData": {"articleList": entries}} if of_section else {"list": entries}
        rows = [(entry["url"], entry["title"]) for entry in entries]
        return Reply(200, page("hani_ko.html", item=None, rows=rows, props=_json(props)), midnight(day))


def _paths(section: str, items: tuple[Item, ...], first: int) -> dict[str, Item]:
    """Return the items by address; their numbers have gaps, as in a paper with other sections."""
    return {f"{section}/{first + 13 * place}.html": item for place, item in enumerate(items)}


def _entry(path: str, item: Item, day: date) -> dict[str, object]:
    return {
        "title": item.title,
        "url": path,
        "createDate": item.published_at.isoformat(),
        "updateDate": item.modified_on(day).isoformat(),
        "section": {"name": "국방·북한"},
    }


def _json(props: Mapping[str, object]) -> Markup:
    """Return the page's JSON, in which nothing can close its script element."""
    text = json.dumps({"props": {"pageProps": props}, "buildId": "demo"}, ensure_ascii=False)
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 -- no `<` is left
