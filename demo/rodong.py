"""Rodong Sinmun of that week, in the layout whose addresses are queries in base64.

    2@@2@1@                      the latest, first page; `1@@3@1@` is category 3
    12@2021-01-09-001@3@1@@0@3@  the first article of 9 January, as category 3 shows it
    10@2021-01-06-009@5@1@@0@5@  a video

The English edition has `.news_Title` and `p.ArticleContent`, the Korean one `p.TitleP` and `p.TextP`. Within a day the
order is the paper's: page one first.
"""

from __future__ import annotations

import base64
import binascii
import re
from datetime import date
from functools import cache

from demo.items import Item, load, midnight
from demo.site import NOT_FOUND, Ask, Reply, dotted, page, robots

PER_PAGE = 30
LATEST = "2@@2@1@"
CATEGORIES = {  # number -> name in English, in Korean
    "1": ("Supreme Leader's Activities", "혁명활동"),
    "2": ("Politics", "정치"),
    "3": ("Documents", "문헌"),
    "4": ("Economy and Life", "경제와 생활"),
    "5": ("World", "세계"),
}
EDITIONS = {"en": "rodong-en", "ko": "rodong-ko"}  # path -> file


class Rodong:
    """www.rodong.rep.kp, in English and Korean."""

    def __init__(self) -> None:
        self.items = {path: load(edition) for path, edition in EDITIONS.items()}

    def reply(self, ask: Ask, day: date) -> Reply:
        if ask.path == "/robots.txt":
            return robots()
        if found := re.fullmatch(r"/photo/[\d.]+_page_(\d+)_image_(\d+)\.jpg", ask.path):
            return Reply(200, page("photo.svg", page=found[1], number=int(found[2])), kind="image/svg+xml")
        found = re.fullmatch(r"/(?:(en|ko)/)?(?:index\.php)?", ask.path)
        return self.numbered(found[1] or "en", _decoded(ask.query), day) if found else NOT_FOUND

    def numbered(self, path: str, code: str, day: date) -> Reply:
        """Return the page of a query; the front page if it names none."""
        if found := re.match(r"1[02]@(\d{4}-\d\d-\d\d-\d{3})@", code):
            return self.articles(path, day).get(found[1], NOT_FOUND)
        if found := re.match(r"1@@([1-5])@(\d{1,3})@", code):
            return self.listing(path, found[1], int(found[2]), day)
        found = re.match(r"2@@2@(\d{1,3})@", code)
        return self.listing(path, "", int(found[1]) if found else 1, day)

    @cache  # noqa: B019 -- a site lives as long as its server
    def articles(self, path: str, day: date) -> dict[str, Reply]:
        """Every article of the day, by date and serial."""
        return {
            item.name: Reply(
                200,
                page(
                    f"rodong_article_{path}.html",
                    item=item,
                    paragraphs=[_wide(paragraph) for paragraph in item.text_on(day)],
                    photos=_photos(item),
                    menu=_menu(path),
                    lang=path,
                ),
                item.modified_on(day),
            )
            for item in self.items[path]
            if item.stands_on(day)
        }

    @cache  # noqa: B019
    def listing(self, path: str, category: str, number: int, day: date) -> Reply:
        """Return one page of a category, or of the latest articles if that is empty."""
        standing = [item for item in self.items[path] if item.stands_on(day) and category in ("", *item.lists)]
        standing.sort(key=lambda item: item.day, reverse=True)
        shown = standing[(number - 1) * PER_PAGE : number * PER_PAGE]
        rows = [(_link(item, category or item.lists[0]), item.title, dotted(item.day)) for item in shown]
        form = f"1@@{category}@{{}}@" if category else "2@@2@{}@"
        more = _address(form.format(number + 1)) if number * PER_PAGE < len(standing) else ""
        body = page("rodong_list.html", rows=rows, more=more, menu=_menu(path), lang=path)
        return Reply(200, body, midnight(day))


def _decoded(query: str) -> str:
    try:
        return base64.b64decode(query + "==").decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _address(code: str) -> str:
    return "index.php?" + base64.b64encode(code.encode()).decode()


def _link(item: Item, category: str) -> str:
    return _address(f"{10 if item.media == 'video' else 12}@{item.name}@{category}@1@@0@{category}@")


def _menu(path: str) -> list[tuple[str, str]]:
    names = {number: both[path == "ko"] for number, both in CATEGORIES.items()}
    latest = "최신기사" if path == "ko" else "Latest"
    return [(latest, _address(LATEST)), *((name, _address(f"1@@{number}@1@")) for number, name in names.items())]


def _photos(item: Item) -> list[str]:
    """Return the paths of an article's photos, which contain its printed page."""
    if item.page is None:
        return []
    day = f"{item.day:%Y.%m.%d}"
    return [f"/photo/{day}_page_{item.page}_image_{number:04d}.jpg" for number in range(1, max(item.photos, 1) + 1)]


def _wide(text: str) -> str:
    """Write every second number in full-width digits, as the site sometimes does."""
    odd = False

    def widened(found: re.Match[str]) -> str:
        nonlocal odd
        odd = not odd
        return "".join(chr(ord(digit) + 0xFEE0) for digit in found[0]) if odd else found[0]

    return re.sub("[0-9]+", widened, text)
