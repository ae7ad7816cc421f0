"""Rodong Sinmun, the organ of the Workers' Party of Korea: www.rodong.rep.kp.

Plain HTTP only. It is read at home, KCNA abroad, so it means something if an item is in only one of them. Since late
2022 an address is a query in base64, whose fields are separated by `@`:

    2@@2@1@                          the latest articles, first page
    1@@3@2@                          category 3, second page
    12@2025-10-10-013@3@1@@0@8=      article 013 of that day, as category 3 shows it
    10@2025-10-10-002@…              a video

The same article has many queries: day and serial number identify it. Digits in titles and texts are sometimes
full-width, and are read as ASCII.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.dates import dated, dateline, first_known
from parsers.markup import (
    Row,
    Target,
    ascii_digits,
    document,
    is_name,
    listing,
    outermost,
    text_of,
    textless,
    unknown,
    without_end_mark,
)
from sunchi.errors import MediaOnly
from sunchi.model import Article, Edition, Layout, Link, ListAddress, Listing, Page, Request, Source

ORIGIN = "http://www.rodong.rep.kp"
TIMEZONE = "Asia/Pyongyang"
PATHS = {"en": "en", "ko": "ko", "zh": "cn"}
LATEST = "2@@2@1@"
LAYOUTS = (
    Layout("base64-text", ("article",), ("en", "ko", "zh"), "since 2025"),
    Layout("base64", ("list", "article"), ("en", "ko", "zh"), "since 2022-11; its articles to 2025"),
    Layout("old", ("list", "article"), ("en", "ko", "zh"), "to 2022-11"),
)


def parse_list(page: Page, edition: Edition) -> Listing:
    """Parse one page of a list by the newest layout that it has. Raises Blocked or Drift."""
    tree = document(page, edition.lang)
    for layout in (_base64_list, _old_list):
        if (found := layout(tree, page, edition)) is not None:
            return found
    raise unknown(tree, page, "'.date_news_list', '#RevoListDIV', '#ThemeListDIV' and 'div.ListNewsLineContainer'")


def parse_article(page: Page, link: Link) -> Article:
    """Parse one article by the newest layout that its page has. Raises MediaOnly, Blocked or Drift."""
    tree = document(page, link.lang)
    for layout in (_base64_text_article, _base64_article, _old_article):
        if (found := layout(tree, page, link)) is not None:
            return found
    if _fields(link.url)[0] == "10":
        raise MediaOnly(f"{link.url}: a video")
    raise unknown(tree, page, "'#ContDIV p.TitleP', '.news_Title' and 'p.ArticleContent'")


# --- addresses ------------------------------------------------------------------------------------------------------

_ITEM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}-[A-Z]?[0-9]{3,4}")  # "2025-10-10-013", "2023-03-13-H001"
_OLD_ITEM = re.compile(rf"[?&]newsID=({_ITEM.pattern})(?![0-9])")
_OPEN = re.compile(r"javascript:article_open\('([^']{1,300})'\)")


def _fields(url: str) -> list[str]:
    """Return the fields of a base64 query; one empty field if it is invalid."""
    query = unquote(url.partition("?")[2].partition("&")[0]).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(query + "=" * (-len(query) % 4), validate=True).decode().split("@")
    except ValueError:
        return [""]


def _query(text: str) -> str:
    return base64.b64encode(text.encode()).decode()


def _target(edition: Edition, href: str) -> Target | None:
    """Return what an address identifies: `index.php?…`, `/en/index.php?…` or `javascript:article_open('…')`."""
    if opened := _OPEN.match(href):
        href = opened[1]
    root = f"{ORIGIN}/{PATHS[edition.lang]}/"
    local = re.fullmatch(
        rf"(?:{re.escape(root)}|/{PATHS[edition.lang]}/|\./)?(index\.php\?[\w=&@%+/.-]{{1,300}})", href
    )
    if local is None:
        return None
    url = root + local[1]
    if old := _OLD_ITEM.search(url):
        return Target(url, old[1])
    kind, item, *_ = [*_fields(url), ""]
    if kind not in ("10", "12") or not _ITEM.fullmatch(item):
        return None
    return Target(url, item, media=kind == "10")


# --- base64 ---------------------------------------------------------------------------------------------------------


def _base64_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    boxes = list(outermost(tree.css(".date_news_list, #RevoListDIV, #ThemeListDIV")))
    if not boxes:
        return None
    rows = list(_base64_rows(boxes, edition))
    more = _next_page(tree, page, edition) if rows else None
    return listing("base64", rows, page, edition, partial(_target, edition), more=more)


def _base64_rows(boxes: list[LexborNode], edition: Edition) -> Iterator[Row]:
    """Return the entries in document order: each `.media-body`, and any other link to an article."""
    seen: set[int] = set()
    days: dict[int, date | None] = {}  # a row may have many entries
    for node in (node for box in boxes for node in box.css("a, .media-body")):
        href = node.attrs.sget("href")
        if node.tag == "a":
            entry = _target(edition, href) is not None or _above(node, "media-body") is not None
        else:
            entry = node.css_first("a") is None
        if entry and node.mem_id not in seen:
            row = _above(node, "row")
            if row and row.mem_id not in days:
                day = row.css_first(".news_date")
                days[row.mem_id] = dated(text_of(day, edition.lang)) if day else None
            yield Row(href, _text(node, edition.lang), days[row.mem_id] if row else None)
            seen |= {inner.mem_id for inner in node.css("*")}
        seen.add(node.mem_id)


def _above(node: LexborNode, name: str) -> LexborNode | None:
    """Return the nearest of the six elements around `node` with the class `name`."""
    here = node.parent
    for _ in range(6):
        if here is None or name in (here.attributes.get("class") or "").split():
            return here
        here = here.parent
    return None


def _next_page(tree: LexborHTMLParser, page: Page, edition: Edition) -> Request | None:
    """Return the request for the next page, if this one links to it."""
    here = _fields(page.request.url)
    if len(here) < 4 or not re.fullmatch("[0-9]{1,4}", here[3]):
        return None
    wanted = [*here[:3], str(int(here[3]) + 1)]
    hrefs = (node.attrs.sget("href") for node in tree.css("a"))
    if any(_fields(href)[:4] == wanted for href in hrefs):
        return Request(f"{ORIGIN}/{PATHS[edition.lang]}/index.php?{_query('@'.join(wanted) + '@')}")
    return None


def _base64_text_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    box = tree.css_first("#ContDIV") or tree.css_first("#articleContent")
    titles = [text for node in (outermost(box.css("p.TitleP")) if box else ()) if (text := _text(node, link.lang))]
    if box is None or not titles:
        return None
    return _article(
        "base64-text", page, link, titles, list(outermost(box.css("p.TextP"))), box, tree.css_first("#article-date")
    )


def _base64_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    heading = tree.css_first(".news_Title")
    title = _text(heading, link.lang) if heading else ""
    box = heading.parent if heading else None
    if box is None or not title:
        return None
    return _article(
        "base64", page, link, [title], list(outermost(box.css("p.ArticleContent"))), box, tree.css_first(".NewsDate")
    )


# --- old ------------------------------------------------------------------------------------------------------------


def _old_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    entries = list(outermost(tree.css("div.ListNewsLineContainer")))
    if not entries and tree.css_first("div.ListNewsContainer") is None:
        return None
    rows = [_old_row(entry, edition.lang) for entry in entries]
    return listing("old", rows, page, edition, partial(_target, edition))


def _old_row(entry: LexborNode, lang: str) -> Row:
    anchor = entry.css_first("a")
    day = entry.css_first(".ListNewsLineDate")
    return Row(
        anchor.attrs.sget("href") if anchor else "",
        _text(anchor or entry, lang),
        dated(text_of(day, lang)) if day else None,
    )


def _old_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    blocks = list(outermost(tree.css("p.ArticleContent")))
    full = [index for index, node in enumerate(blocks) if _text(node, link.lang)]
    if not full or blocks[0].parent is None:
        return None
    first = full[0]
    title = _text(blocks[first], link.lang)
    box = blocks[first].parent
    return _article("old", page, link, [title], blocks[first + 1 :], box, tree.css_first(".ArticleMenuDate"))


# --- all ------------------------------------------------------------------------------------------------------------

_PRINTED_PAGE = re.compile(r"_page_([0-9]{1,2})_")  # /photo/2022.02.10_page_1_image_0003-1.jpg
_AGENCY = re.compile(r"Rodong Sinmun|KCNA|로동신문|본사기자.{0,30}|조선중앙통신|劳动新闻|朝中社|本社?记者.{0,20}")
_PERSONS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}(?:(?:,| and) [A-Z][a-z]+(?: [A-Z][a-z]+){1,3}){0,4}")


def _article(
    layout: str,
    page: Page,
    link: Link,
    titles: list[str],
    blocks: list[LexborNode],
    box: LexborNode | None,
    day: LexborNode | None,
) -> Article:
    """Return the article in `box` with the text `blocks`."""
    full = [node for node in blocks if _text(node, link.lang)]
    byline = _text(full.pop(), link.lang) if len(full) > 1 and _is_byline(full[-1], link.lang) else ""
    paragraphs = without_end_mark(_text(node, link.lang) for node in full)
    images = [node.attrs.sget("src") for node in (box.css("img") if box else ())]
    if not paragraphs:
        video = _fields(link.url)[0] == "10" or bool(box and box.css_first("video"))
        raise textless(page, titles[0], _leftover(box, link.lang), media=video or bool(images))
    written = dateline(paragraphs, page.fetched_at, TIMEZONE, link.date)
    published, basis = first_known(
        ("page", dated(text_of(day, link.lang)) if day else None),
        ("list", link.date),
        ("dateline", written),
        ("url", dated(link.key[:10]) if _ITEM.fullmatch(link.key) else None),
    )
    printed = [int(found[1]) for image in images if (found := _PRINTED_PAGE.search(image))]
    return Article(
        source=link.source,
        lang=link.lang,
        url=link.url,
        key=link.key,
        layout=layout,
        title=titles[0],
        paragraphs=paragraphs,
        date=published,
        date_basis=basis,
        dateline=written,
        subtitle=" ".join(titles[1:]),
        byline=byline,
        section=link.section,
        printed_page=min(printed, default=None),
        photos=len(images),
    )


def _text(node: LexborNode, lang: str) -> str:
    return ascii_digits(text_of(node, lang))


def _is_byline(node: LexborNode, lang: str) -> bool:
    """Return whether the last block names the author, by its words or by its place on the right.

    A leader's name does not count: it signs a letter.
    """
    if any(is_name(inner) for inner in node.traverse()):
        return False
    text = _text(node, lang)
    if _AGENCY.fullmatch(text) or (lang == "en" and _PERSONS.fullmatch(text)):
        return True
    style = node.attrs.sget("style").replace(" ", "")
    right = node.attrs.sget("align") == "right" or "text-align:right" in style
    return right and len(text) <= 60 and not re.search(r"[.!?。！？]$", text)


def _leftover(box: LexborNode | None, lang: str) -> str:
    """Return the text in the box of an article without paragraphs, besides title and date."""
    if box is None:
        return ""
    return text_of(box, lang, without=".news_Title, .News_Detail, .NewsDate, .TitleP, p.ArticleContent, #moveNews, a")


def _edition(lang: str) -> Edition:
    root = f"{ORIGIN}/{PATHS[lang]}/index.php"
    latest = (Request(f"{root}?{_query(LATEST)}"), Request(f"{root}?strPageID=SF01_01_02&iMenuID=2"))
    return Edition(
        source="rodong",
        lang=lang,
        site="rodong",
        origin=ORIGIN,
        lists=(ListAddress("Latest", latest, minimum=5),),
        default=lang == "en",
    )


SOURCE = Source(
    name="rodong",
    title="Rodong Sinmun",
    timezone=TIMEZONE,
    editions=tuple(_edition(lang) for lang in PATHS),
    parse_list=parse_list,
    parse_article=parse_article,
    layouts=LAYOUTS,
)
