"""KCNA, the Korean Central News Agency: www.kcna.kp, and its older mirror www.kcna.co.jp.

Plain HTTP only; a page takes 2 to 80 s, and the site drops the packets of clients with more than three requests at
once. The languages share layouts and list hashes. `Latest` has every article; the other lists show what the agency
promotes. Letters and greetings are not in `Revolutionary Activities`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

import parsers.kcna_cojp as cojp
import parsers.kcna_xml as xml
from parsers.articles import assembled
from parsers.dates import dated
from parsers.markup import (
    Row,
    Target,
    document,
    listing,
    outermost,
    text_of,
    unknown,
)
from sunchi.model import Article, Edition, Layout, Link, ListAddress, Listing, Page, Politeness, Request, Source

ORIGIN = "http://www.kcna.kp"
TIMEZONE = cojp.TIMEZONE
PATHS = {"en": "en", "ko": "kp", "zh": "cn"}
LISTS = (  # name, hash, fewest links on the first page
    ("Latest", "a666dda1282180e0ee1b4427b0574ae7", 5),
    ("Revolutionary Activities", "b0721b9f23054ddc7fe56c2811a12715", 0),
    ("Top", "6a47505ba5268fd7749c0fe11e4b24b4", 0),
    ("External", "e2f336db98b5e69c75e0da264e037e8d", 0),
)
LAYOUTS = (
    Layout("detail", ("list", "article"), ("en", "ko", "zh"), "since 2026-07"),
    Layout("q", ("list", "article"), ("en", "ko", "zh"), "2019 to 2026-07"),
    Layout("xml", ("list", "article"), ("en", "ko", "zh"), "2015 to 2018"),
    Layout("cojp", ("list", "article"), ("en",), "1997 to 2014"),
)


def parse_list(page: Page, edition: Edition) -> Listing:
    """Parse one page of a list by the newest layout that it has. Raises Blocked or Drift."""
    tree = document(page, edition.lang)
    for layout in (_detail_list, _q_list, xml.parse_list, cojp.parse_list):
        if (found := layout(tree, page, edition)) is not None:
            return found
    raise unknown(tree, page, "'div.article > h5.block', '.article-link', 'NMultiData' and the addresses of kcna.co.jp")


def parse_article(page: Page, link: Link) -> Article:
    """Parse one article by the newest layout that its page has. Raises MediaOnly, Blocked or Drift."""
    tree = document(page, link.lang)
    for layout in (_detail_article, _q_article, xml.parse_article, cojp.parse_article):
        if (found := layout(tree, page, link)) is not None:
            return found
    raise unknown(tree, page, "'main article h1', '.article-main-title' with '.content-wrapper', 'NData', kcna.co.jp")


# /en/article/detail/99d2…, /en/gallery/detail/b13b…, /en/article/q/04dc….kcmsf, /en/media/photo/q/x.kcmsf
_ADDRESS = re.compile(
    r"(?:http://(?:www\.)?kcna\.kp)?(?P<path>/(?P<lang>en|kp|cn)/"
    r"(?:(?P<kind>article|gallery|video)/detail/(?P<id>[0-9a-f]{32})"
    r"|(?P<q_kind>article|media/photo|media/video)/q/(?P<q_id>[0-9a-f]{32,128})\.kcmsf))"
)


def _target(edition: Edition, href: str) -> Target | None:
    found = _ADDRESS.fullmatch(href)
    if found is None or found["lang"] != PATHS[edition.lang]:
        return None
    media = (found["kind"] or found["q_kind"]) != "article"
    return Target(ORIGIN + found["path"], found["id"] or found["q_id"], media)


# --- detail ---------------------------------------------------------------------------------------------------------

PER_PAGE = 50  # entries of each page after the first; the site sets no limit, but takes about a second for every ten
_VARIABLE = re.compile(r"\bvar\s+(total|cur_page|per_page|page_cnt)\s*=\s*([0-9]{1,7})\b")


def _detail_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    heads = list(outermost(tree.css("div.article > h5.block")))
    counts = {name: int(number) for node in tree.css("script") for name, number in _VARIABLE.findall(node.text())}
    strange = tree.css_first("main a[href*='/article/detail/']")  # an entry of an unknown form
    if not heads and ("total" not in counts or strange is not None):
        return None
    rows = [_detail_row(head, edition.lang) for head in heads]
    more, lack = _next_page(tree, page, counts) if rows else (None, ())
    found = listing("detail", rows, page, edition, partial(_target, edition), more=more, total=counts.get("total"))
    return replace(found, skipped=found.skipped + lack)


def _detail_row(head: LexborNode, lang: str) -> Row:
    anchor = head.css_first("a")
    if anchor is None:
        return Row("", text_of(head, lang), None)
    return Row(anchor.attrs.sget("href"), text_of(anchor, lang), dated(text_of(head, lang, without="a")))


def _next_page(tree: LexborHTMLParser, page: Page, counts: dict[str, int]) -> tuple[Request | None, tuple[str, ...]]:
    """Return the request for the next page, or in words why it can't be fetched.

    The first page comes by GET and has ten entries. The site counts pages in units of the requested size, so the first
    page by POST begins with the same ten.
    """
    if page.request.method == "GET":
        number, last = 1, counts.get("per_page", 0) >= counts.get("total", 0)
    else:
        asked = next((value for name, value in page.request.form if name == "page_num"), "0")
        number = max(counts.get("cur_page", 0), int(asked)) + 1
        last = number > counts.get("page_cnt", 0)
    if last:
        return None, ()
    token = tree.css_first("input[name='_csrf']")
    value = token.attrs.sget("value") if token else ""
    if not value:
        return None, (
            f"{page.url}: the rest of {counts.get('total', 0)} entries: no input '_csrf', without which none is sent",
        )
    form = (("page_num", str(number)), ("cnt_per_page", str(PER_PAGE)), ("keyword", ""), ("_csrf", value))
    return Request(page.request.url, "POST", form), ()


def _detail_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    box = tree.css_first("main article")
    if box is None:
        return None
    headings = [text for node in outermost(box.css("h1")) if (text := text_of(node, link.lang))]
    if not headings:
        return None
    return _article("detail", page, link, headings, box, apart="h1")


# --- q --------------------------------------------------------------------------------------------------------------


_PUBLISH_TIME = ".publish-time"


def _q_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    if tree.css_first(".article-link") is None:
        return None
    rows = [_q_row(item, edition.lang) for item in outermost(tree.css(".article-link li"))]
    return listing("q", rows, page, edition, partial(_target, edition))


def _q_row(item: LexborNode, lang: str) -> Row:
    """Return one entry; its date is inside the link or beside it."""
    times = outermost(item.css(_PUBLISH_TIME))
    day = next((found for node in times if (found := dated(text_of(node, lang)))), None)
    anchor = item.css_first("a")
    href = anchor.attrs.sget("href") if anchor else ""
    return Row(href, text_of(anchor or item, lang, without=_PUBLISH_TIME), day)


def _q_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    heading, box = tree.css_first(".article-main-title"), tree.css_first(".content-wrapper")
    title = text_of(heading, link.lang) if heading else ""
    if box is None or not title:
        return None
    return _article("q", page, link, [title], box, apart=_PUBLISH_TIME, media=tree.css(".media-icon"))


# --- both -----------------------------------------------------------------------------------------------------------

_FOOTER = re.compile(r"\s*www\.kcna\.kp\s*\((?P<date>[^()]{6,24})\)$")


def _article(
    layout: str,
    page: Page,
    link: Link,
    headings: list[str],
    box: LexborNode,
    *,
    apart: str,
    media: Sequence[LexborNode] = (),
) -> Article:
    """Return the article in `box`; `apart` selects what in it is not text, `media` have links to photos."""
    blocks = [text_of(node, link.lang, without=apart) for node in outermost(box.css("p"))]
    links = tuple(dict.fromkeys(href for place in (box, *outermost(media)) for href in _links(place)))
    photos = len(box.css("img")) + sum("/gallery/" in href or "/photo/" in href for href in links)
    return assembled(
        page,
        link,
        layout,
        headings,
        (_FOOTER.sub("", block) for block in blocks),
        _footer_date(blocks, box.css(apart), link.lang),
        timezone=TIMEZONE,
        leftover=_FOOTER.sub("", text_of(box, link.lang, without=f"{apart}, p, a")),
        media=bool(photos or links or box.css_first("video")),
        photos=photos,
        links=links,
    )


def _links(place: LexborNode) -> Iterator[str]:
    for anchor in place.css("a"):
        href = anchor.attrs.sget("href")
        if found := re.match(r"(?:http://(?:www\.)?kcna\.kp)?(/(?:en|kp|cn)/[\w/.-]{1,200})$", href):
            yield ORIGIN + found[1]


def _footer_date(blocks: list[str], apart: list[LexborNode], lang: str) -> date | None:
    """Return the date of `www.kcna.kp (2025.12.14.)`, which has its own box or ends the text."""
    footers = [*(text_of(node, lang) for node in outermost(apart)), *blocks[-1:]]
    found = (match for text in footers if (match := _FOOTER.search(" " + text)))
    return next((day for match in found if (day := dated(match["date"]))), None)


def _edition(lang: str) -> Edition:
    root = f"{ORIGIN}/{PATHS[lang]}"
    return Edition(
        source="kcna",
        lang=lang,
        site="kcna",
        origin=ORIGIN,
        pages=rf"/{PATHS[lang]}/|/kcna\.user\..*[?&]lang={xml.LANGS[lang]}\b",
        archived_origins=(cojp.ORIGIN,) if lang == "en" else (),
        lists=tuple(
            ListAddress(
                name,
                (Request(f"{root}/article/list/{code}"), Request(f"{root}/category/articles/q/{code}.kcmsf")),
                minimum,
            )
            for name, code, minimum in LISTS
        ),
        politeness=Politeness(concurrency=2, delay=1.0, timeout=120.0),
        default=lang == "en",
        daily=int(lang == "en"),  # from February 2011 to the end of the year, it had 6 or more on 331 of 334 days
        brief=0.05,  # in English, in 2011 and 2024
    )


SOURCE = Source(
    name="kcna",
    title="Korean Central News Agency",
    timezone=TIMEZONE,
    editions=tuple(_edition(lang) for lang in PATHS),
    parse_list=parse_list,
    parse_article=parse_article,
    layouts=LAYOUTS,
)
