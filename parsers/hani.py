"""The Hankyoreh (한겨레), Seoul: how the press of the South reports the same news.

`nextjs` serves the Korean edition since 2023 and probably the English one too; the class names of its modules end in
letters that change with each build of the site (`ArticleDetailView_title__x9f1`), so they are matched by their
beginning. `korean` and `english` are the layouts before it, one per edition. `rss` is the feed of the English edition
(August 2026), whose items have no date.

By August 2026 the English edition had moved from english.hani.co.kr, where its feed stayed, to www.hani.co.kr: there
the path alone tells the two apart. An article's number identifies it, in every section and on both hosts:
`/arti/politics/defense/1161234.html`. Lists and pages give the time of Seoul, to the minute. Captions are text only if
the page has them as paragraphs, as in the `english` layout. robots.txt (August 2026) closes `/arti/PRINT/
/arti/PREVIEW/ /api/ /test/ /fortunes/result`; Sunchi does not request these.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import partial
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.articles import assembled
from parsers.dates import dated
from parsers.markup import (
    Row,
    Target,
    clean,
    document,
    inner_lines,
    lines_of,
    listing,
    outermost,
    text_of,
    unknown,
)
from sunchi.errors import Drift
from sunchi.model import YEARS, Article, Edition, Layout, Link, ListAddress, Listing, Page, Request, Source

TIMEZONE = "Asia/Seoul"
SEOUL = ZoneInfo(TIMEZONE)
LAYOUTS = (
    Layout("nextjs", ("list", "article"), ("en", "ko"), "ko since 2023; en probably later"),
    Layout("rss", ("list",), ("en",), "since 2026-08 at the latest"),
    Layout("korean", ("list", "article"), ("ko",), "to 2023"),
    Layout("english", ("list", "article"), ("en",), "to about 2023"),
)


# --- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ListMarkup:
    """Selectors of an HTML list; `link` and `time` are within an entry."""

    layout: str
    box: str  # present even if the list is empty
    entry: str
    link: str  # the first one with words has the title; pictures are links, too
    time: str  # missing in some entries


LISTS = (
    ListMarkup("korean", ".section-list-area", ".section-list-area .article-area", ".article-title a", ".date"),
    ListMarkup("english", "ul.list-group", "ul.list-group > li", "a", ".date"),
)


def parse_list(page: Page, edition: Edition) -> Listing:
    """Parse one page of a section's list, or of `/arti`. Raises Blocked or Drift."""
    layout, rows = _rows(document(page, edition.lang), page, edition.lang)
    found = listing(layout, rows, page, edition, partial(_target, page, edition))
    if rows and not found.links:
        raise Drift(f"{page.url}: a list in the layout '{layout}', of which no entry can be read: {found.skipped[0]}")
    return Listing(layout, found.links, _next_page(page.url, layout) if rows else None, None, found.skipped)


def _rows(tree: LexborHTMLParser, page: Page, lang: str) -> tuple[str, list[Row]]:
    """Return the list's layout and its entries."""
    props = _page_props(tree)
    for entries in (_at(props, "listData", "articleList"), _at(props, "list")):  # of a section; of /arti
        if isinstance(entries, list):
            return "nextjs", [_json_row(entry) for entry in entries]
    if tree.css_first("rss > channel"):
        return "rss", [_feed_row(item, page, lang) for item in tree.css("rss > channel > item")]
    for markup in LISTS:
        if tree.css_first(markup.box):
            return markup.layout, [_html_row(node, markup, lang) for node in outermost(tree.css(markup.entry))]
    boxes = " and ".join(f"'{markup.box}'" for markup in LISTS)
    looked_for = "pageProps.listData.articleList or pageProps.list in 'script#__NEXT_DATA__', 'rss > channel'"
    raise unknown(tree, page, f"{looked_for}, {boxes}")


def _json_row(entry: object) -> Row:
    created = _string(entry, "createDate")
    moment = _moment(created)
    return Row(_string(entry, "url"), _string(entry, "title"), _seoul_day(moment) if moment else dated(created))


def _feed_row(item: LexborNode, page: Page, lang: str) -> Row:
    url, title = ("".join(node.text() for node in item.css(name)) for name in ("url", "title"))
    return Row(url, " ".join(inner_lines(title, page, lang)), None)


def _html_row(node: LexborNode, markup: ListMarkup, lang: str) -> Row:
    time = node.css_first(markup.time)
    day = dated(text_of(time, lang)) if time else None
    for anchor in outermost(node.css(markup.link)):
        if title := text_of(anchor, lang):
            return Row(anchor.attrs.sget("href"), title, day)
    return Row("", text_of(node, lang), day)


# https://www.hani.co.kr/arti/politics/defense/1161234.html, http://english.hani.co.kr/arti/english_edition/…?_ns=t0
_ADDRESS = re.compile(
    r"https?://(?P<host>www\.|english\.|)hani\.co\.kr(?P<path>/arti/(?:\w+/)+(?P<id>[0-9]{1,12})\.html)(?:[?#].*)?"
)


def _target(page: Page, edition: Edition, href: str) -> Target | None:
    try:
        found = _ADDRESS.fullmatch(urljoin(page.url, href.strip()))
    except ValueError:  # an invalid address
        return None
    if not found or not re.match(edition.pages, found["path"]):
        return None
    return Target(f"https://{found['host'] or 'www.'}hani.co.kr{found['path']}", found["id"])


# https://www.hani.co.kr/arti/politics/defense?page=2
_NUMBERED = re.compile(r"(?P<section>[^?#]+)(?:\?page=(?P<number>[0-9]{1,4}))?")
# https://www.hani.co.kr/arti/politics/defense/list2.html, https://www.hani.co.kr/arti/list.html
_FILED = re.compile(r"(?P<section>https?://[^/?#]+(?:/\w+)+?)(?:/|/list(?P<number>[0-9]{0,4})\.html)?")


def _next_page(url: str, layout: str) -> Request | None:
    if layout == "rss":
        return None
    found = (_NUMBERED if layout == "nextjs" else _FILED).fullmatch(url)
    if not found:
        return None
    number = int(found["number"] or 1) + 1
    name = f"?page={number}" if layout == "nextjs" else f"/list{number}.html"
    return Request(found["section"] + name)


# --- articles -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ArticleMarkup:
    """Selectors of an article; "" for parts that the layout does not have."""

    layout: str
    title: str
    times: str
    body: str
    photo: str  # within the body, like the next two
    paragraph: str = ""  # "": each line of the body is a paragraph
    apart: str = "script, style, iframe"  # not part of the text
    subtitle: str = ""
    section: str = ""
    reporters: str = ""


ARTICLES = (
    ArticleMarkup(
        "nextjs",
        title="[class*=ArticleDetailView_title_]",
        times="[class*=ArticleDetailView_dateList_]",
        body="article#renewal2023 div.article-text",
        photo="figure img:not(button img)",  # a button beside each photo shows a magnifying glass
        paragraph="p.text, .cont-midtitle",
        apart="figure, button, script, style, iframe, [class*=BaseAd_], [class*=adWrap], .embeded-area",
        subtitle="[class*=ArticleDetailView_subtitle_]",
        reporters="[class*=ArticleDetailView_reporterList_]",
    ),
    ArticleMarkup(
        "korean",
        title="#article_view_headline .title",
        times="#article_view_headline .date-time",
        body=".article-text-font-size .text",
        photo=".image-area img",
        apart=".image-area, .relation2-area, #ad_tag, #news-box, #news-box2, script, style, iframe",
        subtitle=".article-text-font-size .subtitle",
        section="#article_view_headline .category a",
        reporters=".kiza-info .name strong",
    ),
    ArticleMarkup(
        "english",
        title="h2#titleapp",
        times="div.headline-data",
        body="#bodyapp",
        photo="img",
        section="div.view_map span a",
    ),
)


def parse_article(page: Page, link: Link) -> Article:
    """Parse one article by the newest layout that its page has. Raises MediaOnly, Blocked or Drift."""
    tree = document(page, link.lang)
    for markup in ARTICLES:
        titles, body = _texts(tree, markup.title, link.lang), tree.css_first(markup.body)
        if titles and body:
            return _article(tree, page, link, markup, titles[0], body)
    raise unknown(tree, page, ", ".join(f"'{markup.title}' with '{markup.body}'" for markup in ARTICLES))


def _article(
    tree: LexborHTMLParser, page: Page, link: Link, markup: ArticleMarkup, title: str, body: LexborNode
) -> Article:
    subtitles, sections, reporters = (
        _texts(tree, selector, link.lang) for selector in (markup.subtitle, markup.section, markup.reporters)
    )
    lines = _paragraphs(body, markup, link.lang)
    posted_at, modified_at = _times(tree, markup)
    address = _ADDRESS.fullmatch(link.url)
    return assembled(
        page,
        link,
        markup.layout,
        [title, *subtitles[:1]],
        lines,
        _seoul_day(posted_at) if posted_at else None,
        timezone=TIMEZONE,
        leftover="" if lines else text_of(body, link.lang, without=markup.apart),
        media=body.css_first("img, figure, video, iframe") is not None,
        key=address["id"] if address else link.key,
        byline=", ".join(reporters),
        section=sections[-1] if sections else link.section,  # the last is the narrowest
        photos=len(body.css(markup.photo)),
        links=tuple(dict.fromkeys(_links(body, page.url))),
        posted_at=posted_at,
        modified_at=modified_at,
    )


def _texts(tree: LexborHTMLParser, selector: str, lang: str) -> list[str]:
    """Return the non-empty texts at `selector`."""
    return [text for node in outermost(tree.css(selector)) if (text := text_of(node, lang))] if selector else []


def _paragraphs(body: LexborNode, markup: ArticleMarkup, lang: str) -> list[str]:
    """Return the lines of the text, with its signature: before 2023 `<p>` or `<br><br>` separate them."""
    if not markup.paragraph:
        return lines_of(body, lang, without=markup.apart)
    within = {node.mem_id for part in outermost(body.css(markup.apart)) for node in part.css(markup.paragraph)}
    found = [text_of(node, lang) for node in outermost(body.css(markup.paragraph)) if node.mem_id not in within]
    return [text for text in found if text]


def _links(body: LexborNode, base: str) -> Iterator[str]:
    for anchor in body.css("a"):
        try:
            url = urljoin(base, anchor.attrs.sget("href").strip())
            if urlsplit(url).scheme in ("http", "https"):
                yield url
        except ValueError:  # an invalid address
            continue


# --- times ----------------------------------------------------------------------------------------------------------

# 등록 :2021-01-12 20:28수정 :2021-01-13 02:31
# Posted on : 2021-01-13 18:10 KST Modified on : 2021-01-13 18:10 KST
# Posted on : Nov.6,2018 17:33 KST
_STAMP = re.compile(r"(등록|수정|Posted on|Modified on)\s*:?\s*([^:]{6,20}?)\s+([0-9]{1,2}):([0-9]{2})(?![0-9])")
# 2024-10-06T09:00:00+09:00, 2024-10-06 09:00
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)


def _times(tree: LexborHTMLParser, markup: ArticleMarkup) -> tuple[datetime | None, datetime | None]:
    """Return when the article was posted and modified: as shown or, failing that, from a `nextjs` page's JSON."""
    shown = " ".join(text_of(node, "ko") for node in outermost(tree.css(markup.times)))
    stamps = {label: _shown_moment(*stamp) for label, *stamp in _STAMP.findall(shown)}
    posted_at = stamps.get("등록") or stamps.get("Posted on")
    modified_at = stamps.get("수정") or stamps.get("Modified on")
    if posted_at or markup.layout != "nextjs":
        return posted_at, modified_at
    article = _at(_page_props(tree), "article")
    return _moment(_string(article, "createDate")), modified_at or _moment(_string(article, "updateDate"))


def _shown_moment(words: str, hour: str, minute: str) -> datetime | None:
    """Return a time of Seoul in UTC; None if there is no such time."""
    day, is_time = dated(words), int(hour) < 24 and int(minute) < 60
    return datetime.combine(day, time(int(hour), int(minute)), SEOUL).astimezone(UTC) if day and is_time else None


def _moment(text: str) -> datetime | None:
    """Return the time of `text` in UTC; without an offset, it is Seoul time."""
    if not _TIME.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:  # the 31st of February
        return None
    if moment.year not in YEARS:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SEOUL)).astimezone(UTC)


def _seoul_day(moment: datetime) -> date:
    return moment.astimezone(SEOUL).date()


# --- the JSON of a Next.js page -------------------------------------------------------------------------------------


def _page_props(tree: LexborHTMLParser) -> object:
    """Return `props.pageProps` of the page's JSON; None if there is none or it is invalid."""
    script = tree.css_first("script#__NEXT_DATA__")
    try:
        return _at(json.loads(script.text()), "props", "pageProps") if script else None
    except (ValueError, RecursionError):
        return None


def _at(value: object, *path: str) -> object:
    """Return the value at `path`; None if there is none."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _string(value: object, name: str) -> str:
    """Return the string of that name in one line, "" if there is none; lone surrogates in the JSON are replaced."""
    found = _at(value, name)
    return clean(found.encode("utf-8", "replace").decode()) if isinstance(found, str) else ""


# --- the site -------------------------------------------------------------------------------------------------------


ORIGIN, ENGLISH_ORIGIN = "https://www.hani.co.kr", "https://english.hani.co.kr"
_SECTION = "/arti/english_edition/e_northkorea"


def _edition(lang: str, pages: str, name: str, *lists: str, other_origins: tuple[str, ...] = ()) -> Edition:
    """Return an edition with one list, by the list's addresses, newest first."""
    listed = ListAddress(name, tuple(map(Request, lists)), minimum=1)
    return Edition("hani", lang, f"hani-{lang}", ORIGIN, (listed,), pages=pages, other_origins=other_origins)


SOURCE = Source(
    name="hani",
    title="The Hankyoreh",
    timezone=TIMEZONE,
    editions=(
        _edition(
            "en",
            "/(?:arti|rss)/english_edition",
            "North Korea",
            f"{ORIGIN}{_SECTION}",
            f"{ENGLISH_ORIGIN}{_SECTION}",  # where it was before, in either layout
            f"{ENGLISH_ORIGIN}{_SECTION}/list1.html",
            f"{ENGLISH_ORIGIN}/rss/english_edition",  # of all sections
            other_origins=(ENGLISH_ORIGIN,),
        ),
        _edition(
            "ko",
            "/(?:arti|rss)/(?!english_edition)",
            "국방·북한",
            f"{ORIGIN}/arti/politics/defense",
            f"{ORIGIN}/arti/politics/defense/list1.html",
        ),
    ),
    parse_list=parse_list,
    parse_article=parse_article,
    layouts=LAYOUTS,
)
