"""Rodong Sinmun, the organ of the Workers' Party of Korea: www.rodong.rep.kp.

Plain HTTP only. It is read at home, KCNA abroad, so it means something if an item is in only one of them. Since late
2022 an address is a query in base64, whose fields are separated by `@`:

    2@@2@1@                          the latest articles, first page
    1@@2@1@                          today's issue, first page
    1@@3@2@                          category 3, second page
    12@2025-10-10-013@3@1@@0@8=      article 013 of that day, as category 3 shows it
    10@2025-10-10-002@…              a video

The same article has many queries: day and serial number identify it. Lists in Korean say the page of the printed paper
(`[2면]`) and the genre (`[정론]`) beside a title. Digits in titles and texts are sometimes
full-width, and are read as ASCII.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.articles import assembled
from parsers.dates import dated
from parsers.markup import (
    Row,
    Target,
    ascii_digits,
    document,
    is_name,
    listing,
    outermost,
    text_of,
    unknown,
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
    """Return the entries in document order: each `.media-body`, and any other link to an article with words.

    A link that is only a picture leads to the same article, as another category shows it.
    """
    seen: set[int] = set()
    days: dict[int, date | None] = {}  # a row may have many entries
    for node in (node for box in boxes for node in box.css("a, .media-body")):
        href = node.attrs.sget("href")
        if node.tag == "a":
            entry = _target(edition, href) is not None or _above(node, "media-body") is not None
            entry = entry and (bool(_text(node, edition.lang)) or node.css_first("img") is None)
        else:
            entry = node.css_first("a") is None
        if entry and node.mem_id not in seen:
            row = _above(node, "row")
            if row and row.mem_id not in days:
                day = row.css_first(".news_date")
                days[row.mem_id] = dated(text_of(day, edition.lang)) if day else None
            yield Row(href, _listed(_text(node, edition.lang)), days[row.mem_id] if row else None)
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
        _listed(_text(anchor or entry, lang)),
        dated(text_of(day, lang)) if day else None,
    )


# --- articles -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleMarkup:
    """Selectors of an article."""

    layout: str
    box: str  # has the title, the photos, and the next four
    title: str
    paragraph: str
    day: str
    heading: str = ""  # a subtitle above the text, a paragraph within it
    writer: str = ""
    unmarked: bool = False  # the first paragraph is the title if no other one above the text is; some are outside `box`


ARTICLES = (
    ArticleMarkup(
        "base64-text",
        box="#ContDIV, #articleContent:not(:has(#ContDIV))",
        title="p.TitleP, p.RevoTitleP",
        paragraph="p.TextP, p.MarkP",
        day="#article-date",
        heading="p.HeadP, p.SubTitleP",
        writer="p.WriterP",
    ),
    ArticleMarkup("base64", ":has(> .news_Title)", ".news_Title", "p.ArticleContent", ".NewsDate"),
    ArticleMarkup(
        "old",
        box=":has(> p.ArticleContent)",
        title="p.ArticleContent:has(font[style*=bold])",
        paragraph="p.ArticleContent",
        day=".ArticleMenuDate",
        heading="p.ArticleContent[align=center]:has(font)",
        unmarked=True,
    ),
)
_PRINTED_PAGE = re.compile(r"_page_([0-9]{1,2})_")  # /photo/2022.02.10_page_1_image_0003-1.jpg
_PERSONS = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+){1,3}(?:(?:,| and) [A-Z][a-z]+(?: [A-Z][a-z]+){1,3}){0,4}")


def parse_article(page: Page, link: Link) -> Article:
    """Parse one article by the newest layout that its page has. Raises MediaOnly, Blocked or Drift."""
    tree = document(page, link.lang)
    for markup in ARTICLES:
        box = tree.css_first(markup.box)
        if box and (parts := _parts(tree.root if markup.unmarked else box, markup, link.lang)):
            return _article(tree, box, page, link, markup, *parts)
    if _fields(link.url)[0] == "10":
        raise MediaOnly(f"{link.url}: a video")
    raise unknown(tree, page, ", ".join(f"'{markup.title}'" for markup in ARTICLES))


def _parts(
    box: LexborNode | None, markup: ArticleMarkup, lang: str
) -> tuple[list[LexborNode], list[LexborNode]] | None:
    """Return the headings, title first, and the text without them; None if there is no title."""
    if box is None:
        return None
    blocks, titles, headings = (
        [node for node in outermost(box.css(selector)) if _text(node, lang)] if selector else []
        for selector in (_any(markup.title, markup.heading, markup.paragraph), markup.title, markup.heading)
    )
    marked = {node.mem_id for node in (*titles, *headings)}
    end = next((index for index, node in enumerate(blocks) if node.mem_id not in marked), len(blocks))
    above = {node.mem_id for node in blocks[:end]}
    title = next((node for node in titles if node.mem_id in above or not markup.unmarked), None)
    if title is None and markup.unmarked and blocks:
        title, end = blocks[0], 1
    if title is None:
        return None
    parts = [[node for node in part if node.mem_id != title.mem_id] for part in (blocks[:end], blocks[end:])]
    return [title, *parts[0]], parts[1]


def _any(*selectors: str) -> str:
    return ", ".join(filter(None, selectors))


def _article(
    tree: LexborHTMLParser,
    box: LexborNode,
    page: Page,
    link: Link,
    markup: ArticleMarkup,
    headings: list[LexborNode],
    blocks: list[LexborNode],
) -> Article:
    """Return the article in `box` with the text `blocks`."""
    writers = [_text(node, link.lang) for node in (box.css(markup.writer) if markup.writer else ())]
    if len(blocks) > 1 and _is_byline(blocks[-1], link.lang):
        writers.append(_text(blocks.pop(), link.lang))
    images = [node.attrs.sget("src") for node in box.css("img")]
    title, printed_page = _without_marks(_text(headings[0], link.lang))
    day = tree.css_first(markup.day)
    printed = [int(found[1]) for image in images if (found := _PRINTED_PAGE.search(image))]
    return assembled(
        page,
        link,
        markup.layout,
        [title, *(_text(node, link.lang) for node in headings[1:])],
        (_text(node, link.lang) for node in blocks),
        dated(text_of(day, link.lang)) if day else None,
        timezone=TIMEZONE,
        leftover="" if blocks else _leftover(box, link.lang),
        media=bool(images) or _fields(link.url)[0] == "10" or box.css_first("video") is not None,
        by_url=dated(link.key[:10]) if _ITEM.fullmatch(link.key) else None,
        writers=writers,
        printed_page=printed_page or _without_marks(link.title)[1] or min(printed, default=None),
        photos=len(images),
    )


def _text(node: LexborNode, lang: str) -> str:
    return ascii_digits(text_of(node, lang))


_PAGE_MARK = re.compile(r"\s*\[ ?([0-9]{1,2}) ?[면版] ?\]")  # [2면]
_GENRE_MARK = re.compile(r"^\[[가-힣一-鿿 ·]{1,12}\]\s*")  # [정론]


def _without_marks(title: str) -> tuple[str, int | None]:
    """Return a title without the marks of a genre and of a page of the printed paper, and that page."""
    page = _PAGE_MARK.search(title)
    return _GENRE_MARK.sub("", _PAGE_MARK.sub("", title)), int(page[1]) if page else None


def _listed(title: str) -> str:
    """Return a title as a list shows it, without its genre; the page goes to the end, since only the list tells it."""
    bare, page = _without_marks(title)
    return f"{bare} [{page}면]" if page else bare


def _is_byline(node: LexborNode, lang: str) -> bool:
    """Return whether the last block names the author, by its words or by its place on the right.

    A leader's name does not count: it signs a letter.
    """
    if any(is_name(inner) for inner in node.traverse()):
        return False
    text = _text(node, lang)
    if lang == "en" and _PERSONS.fullmatch(text):
        return True
    style = node.attrs.sget("style").replace(" ", "")
    right = node.attrs.sget("align") == "right" or "text-align:right" in style
    return right and len(text) <= 60 and not re.search(r"[.!?。！？]$", text)


def _leftover(box: LexborNode, lang: str) -> str:
    """Return the text in the box of an article without paragraphs, besides title and date."""
    known = _any(*(part for each in ARTICLES for part in (each.title, each.heading, each.writer)))
    return text_of(box, lang, without=f"{known}, .News_Detail, .NewsDate, p.ArticleContent, #moveNews, a")


def _edition(lang: str) -> Edition:
    root = f"{ORIGIN}/{PATHS[lang]}/index.php"
    latest = (Request(f"{root}?{_query(LATEST)}"), Request(f"{root}?strPageID=SF01_01_02&iMenuID=2"))
    return Edition(
        source="rodong",
        lang=lang,
        site="rodong",
        origin=ORIGIN,
        pages=f"/{PATHS[lang]}/",
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
