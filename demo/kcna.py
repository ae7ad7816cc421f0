"""KCNA of that week: the `q` layout until 9 January, `detail` from the 10th.

A layout's lists respond only while it is current. Articles published in `q` keep their addresses and layout after the
change, as on a site in migration; the new lists show all articles, old ones too, at new addresses. So the change causes
no deletion, and each text also appears at a new address.

In `q`, an article has a different address on each list that shows it.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from demo.items import Item, load, midnight, newest_first
from demo.site import NOT_FOUND, Ask, Reply, dotted, hexes, page, robots

CHANGED = date(2021, 1, 10)
FIRST_PAGE = 10  # entries that the first page of a `detail` list shows

LISTS = {  # the site's names of its lists, the same in all languages
    "latest": "a666dda1282180e0ee1b4427b0574ae7",
    "top": "6a47505ba5268fd7749c0fe11e4b24b4",
    "activities": "b0721b9f23054ddc7fe56c2811a12715",
    "documents": "1afa96195f9b303902490a126ab7285f",
    "home": "2f7d854121ccbbfbe6feae9fdcc3556e",
    "social": "680e40b40899891bbe75a7072e3285e7",
    "external": "e2f336db98b5e69c75e0da264e037e8d",
    "world": "ecc14533d88be93068af4178946b1b05",
}
NAMES = {  # in the order of LISTS
    "en": (
        "Latest News",
        "Top News",
        "Revolutionary Activities",
        "Documents",
        "Home",
        "Social Life",
        "External",
        "World",
    ),
    "kp": ("최신소식", "중요기사", "혁명활동소식", "문헌", "국내소식", "사회생활", "대외", "세계"),
}
EDITIONS = {"en": "kcna-en", "kp": "kcna-ko"}  # path -> file


class Kcna:
    """www.kcna.kp, in English and Korean."""

    def __init__(self) -> None:
        self.items = {path: load(edition) for path, edition in EDITIONS.items()}
        self.sessions: dict[str, str] = {}  # JSESSIONID -> _csrf

    def reply(self, ask: Ask, day: date) -> Reply:
        if ask.path == "/robots.txt":
            return robots()
        if ask.path == "/":
            return self.home("en", day)
        if found := re.fullmatch(r"/(en|kp)/?", ask.path):
            return self.home(found[1], day)
        if day >= CHANGED and (found := re.fullmatch(r"/(en|kp)/article/list/([0-9a-f]{32})", ask.path)):
            return self.list_detail(found[1], found[2], ask, day)
        return self.fixed(day).get(ask.path, NOT_FOUND)

    def home(self, path: str, day: date) -> Reply:
        return Reply(200, page("kcna_home.html", **_frame(path, day)), midnight(day))

    @cache  # noqa: B019 -- a site lives as long as its server
    def fixed(self, day: date) -> dict[str, Reply]:
        """Every page of the day that is the same for all visitors, by its path."""
        return {address: reply for path in EDITIONS for address, reply in self._fixed(path, day)}

    def _fixed(self, path: str, day: date) -> Iterator[tuple[str, Reply]]:
        for item in newest_first(self.items[path], day):
            modified_at = item.modified_on(day)
            for each in (item, *_gallery_of(item)):
                if day >= CHANGED:
                    body = _article("kcna_detail.html", path, each, day)
                    yield _detail_path(path, each), Reply(200, body, modified_at)
                if item.day < CHANGED:
                    body = _article("kcna_q.html", path, each, day)
                    yield from ((_q_path(path, each, name), Reply(200, body, modified_at)) for name in _lists_of(each))
        if day < CHANGED:
            for name, number in LISTS.items():
                items = self.shown(path, name, day)
                rows = [(_q_path(path, item, name), item.title, _juche(item.day)) for item in items]
                body = page("kcna_q_list.html", rows=rows, name=_title(path, name), **_frame(path, day))
                yield f"/{path}/category/articles/q/{number}.kcmsf", Reply(200, body, midnight(day))

    def shown(self, path: str, name: str, day: date) -> list[Item]:
        return newest_first(self.items[path], day, "" if name == "latest" else name)

    def list_detail(self, path: str, number: str, ask: Ask, day: date) -> Reply:
        """Return a list of the later layout: ten entries by GET, others by POST of the previous page's form."""
        name = next((name for name, own in LISTS.items() if own == number), None)
        if name is None:
            return NOT_FOUND
        items = self.shown(path, name, day)
        first, count = 1, FIRST_PAGE
        if ask.method == "POST":
            first, count = _number(ask.form, "page_num", 1), _number(ask.form, "cnt_per_page", FIRST_PAGE)
            if ask.session not in self.sessions or ask.form.get("_csrf") != self.sessions[ask.session]:
                items = []  # as the site does: 200, and no links
        cookie = "" if ask.session in self.sessions else self.new_session()
        rows = [
            (_detail_path(path, item), item.title, dotted(item.day))
            for item in items[(first - 1) * count : first * count]
        ]
        body = page(
            "kcna_list.html",
            rows=rows,
            name=_title(path, name),
            total=len(items),
            first=first,
            count=count,
            pages=-(-len(items) // count),
            **_frame(path, day),
        )
        return Reply(
            200, body, midnight(day), per_visitor={"__CSRF__": self.sessions[cookie or ask.session]}, cookie=cookie
        )

    def new_session(self) -> str:
        cookie = secrets.token_hex(16).upper()
        self.sessions[cookie] = secrets.token_hex(18)
        return cookie


def _number(form: Mapping[str, str], name: str, otherwise: int) -> int:
    value = form.get(name, "")
    return int(value) if value.isdecimal() and int(value) > 0 else otherwise


def _title(path: str, name: str) -> str:
    return NAMES[path][list(LISTS).index(name)]


def _lists_of(item: Item) -> tuple[str, ...]:
    return ("latest", *item.lists)


def _gallery_of(item: Item) -> tuple[Item, ...]:
    """Return the page without a text to which an article with photos links, and a review with nothing but a link."""
    if item.media in ("photo", "video") or not (item.photos or item.media):
        return ()
    return (replace(item, paragraphs=(), media="photo"),)


def _q_path(path: str, item: Item, name: str) -> str:
    """Return 96 digits, of which the first 32 are the list's; photo and video items have a kind of their own."""
    own = hexes(path, item.name, name)
    kind = {"photo": "media/photo", "video": "media/video"}.get(item.media, "article")
    return f"/{path}/{kind}/q/{LISTS[name]}{own}{hexes(own)}.kcmsf"


def _detail_path(path: str, item: Item) -> str:
    kind = {"photo": "gallery", "video": "video"}.get(item.media, "article")
    return f"/{path}/{kind}/detail/{hexes(path, item.name)}"


def _frame(path: str, day: date) -> dict[str, object]:
    """Return the frame of every page."""
    form = "/{}/article/list/{}" if day >= CHANGED else "/{}/category/articles/q/{}.kcmsf"
    menu = [(name, form.format(path, number)) for name, number in zip(NAMES[path], LISTS.values(), strict=True)]
    return {"menu": menu, "lang": "ko" if path == "kp" else "en"}


def _article(template: str, path: str, item: Item, day: date) -> str:
    paragraphs = [] if item.media else list(item.text_on(day))
    if paragraphs:
        paragraphs[0] = _dateline(path, item.day) + paragraphs[0]
        paragraphs[-1] += "(끝)" if path == "kp" else " -0-"
    shown = next(iter(_gallery_of(item)), item)
    gallery = _q_path(path, shown, "latest") if template == "kcna_q.html" else _detail_path(path, shown)
    links = {"gallery": gallery if shown.media else ""}
    return page(template, item=item, paragraphs=paragraphs, juche=_juche(item.day), **links, **_frame(path, day))


def _dateline(path: str, day: date) -> str:
    if path == "kp":
        return f"(평양 {day.month}월 {day.day}일발 조선중앙통신) "
    return f"Pyongyang, {day:%B} {day.day} (KCNA) -- "


def _juche(day: date) -> str:
    """Return `Juche110.1.6.`, as the `q` layout dated its pages until 2024."""
    return f"Juche{day.year - 1911}.{day.month}.{day.day}."
