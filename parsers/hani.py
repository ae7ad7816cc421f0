"""The Hankyoreh (한겨레), Seoul: how the South's press reads the same news.

Three layouts, newest first. `nextjs` serves the Korean edition since 2023 and, it is thought, the English one too; the
class names of its modules end in letters that change with each build of the site (`ArticleDetailView_title__x9f1`), so
they are known by how they begin. `korean` and `english` are the layouts before it, each of one edition.

An article's number is its identity: `/arti/politics/defense/1161234.html` is the same item in every section. Lists and
pages give the time of Seoul, to the minute. Captions are text only where the page sets them as paragraphs, as the
`english` layout does. robots.txt (August 2026) closes `/arti/PRINT/ /arti/PREVIEW/ /api/ /test/ /fortunes/result`;
nothing here asks for them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urljoin, urlsplit
from zoneinfo import ZoneInfo

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.markup import clean, document, text_of, unknown
from sunchi.model import (
    Article,
    DateBasis,
    Drift,
    Edition,
    Layout,
    Link,
    ListAddress,
    Listing,
    MediaOnly,
    Page,
    Request,
    Source,
)

SEOUL = ZoneInfo("Asia/Seoul")
FIRST_YEAR = 1988  # the paper's first issue is of 15 May 1988: an earlier date is none


@dataclass(frozen=True, slots=True)
class ListMarkup:
    """Selectors of a list that is written in HTML."""

    layout: str
    box: str  # holds the entries, and is there where the list is empty
    entry: str
    link: str  # within an entry; the first that has words bears the title
    date: str  # within an entry, where it has one


@dataclass(frozen=True, slots=True)
class ArticleMarkup:
    """Selectors of an article; "" where the layout has no such part."""

    layout: str
    title: str
    times: str
    body: str
    photo: str  # within the body, as are the next two
    paragraph: str = ""  # "": the body is lines, each a paragraph
    other: str = "script, style, iframe"  # what is no text of the article
    subtitle: str = ""
    section: str = ""  # the last one is the narrowest
    reporters: str = ""


LISTS = (
    ListMarkup(
        "korean",
        box=".section-list-area",
        entry=".section-list-area .article-area",
        link=".article-title a",
        date=".date",
    ),
    ListMarkup("english", box="ul.list-group", entry="ul.list-group > li", link="a", date=".date"),
)

ARTICLES = (
    ArticleMarkup(
        "nextjs",
        title="[class*=ArticleDetailView_title_]",
        times="[class*=ArticleDetailView_dateList_]",
        body="article#renewal2023 div.article-text",
        photo="figure img",
        paragraph="p.text, .cont-midtitle",
        other="script, style, iframe, figure, button, [class*=BaseAd_], [class*=adWrap], .embeded-area",
        subtitle="[class*=ArticleDetailView_subtitle_]",
        reporters="[class*=ArticleDetailView_reporterList_]",
    ),
    ArticleMarkup(
        "korean",
        title="#article_view_headline .title",
        times="#article_view_headline .date-time",
        body=".article-text-font-size .text",
        photo=".image-area img",
        other="script, style, iframe, .image-area, .relation2-area, #ad_tag, #news-box, #news-box2",
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

LAYOUTS = (
    Layout("nextjs", kinds=("list", "article"), langs=("en", "ko"), seen="ko since 2023; en thought to have followed"),
    Layout("korean", kinds=("list", "article"), langs=("ko",), seen="to 2023"),
    Layout("english", kinds=("list", "article"), langs=("en",), seen="to about 2023"),
)


# --- lists ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it stands on the list, before it is known to be an article."""

    href: str
    title: str
    date: date | None
    section: str = ""


def parse_list(page: Page, edition: Edition) -> Listing:
    """The list of a section, or of `/arti`; raises ParseError."""
    layout, entries = _entries(document(page, edition.lang), page)
    links: dict[str, Link] = {}
    skipped: list[str] = []
    for place, entry in enumerate(entries, start=1):
        try:
            link = _link(entry, edition, page.url, rank=len(links) + 1)
        except ValueError as fault:
            skipped.append(f"entry {place}: {fault}")
        else:
            links.setdefault(link.key, link)
    if entries and not links:
        raise Drift(f"{page.url}: a list in the layout {layout}, and not one of its entries can be read: {skipped[0]}")
    return Listing(
        layout, tuple(links.values()), more=_next(page.url, layout) if links else None, skipped=tuple(skipped)
    )


def _entries(tree: LexborHTMLParser, page: Page) -> tuple[str, list[Entry]]:
    """The list's layout, and its entries."""
    props = _page_props(tree)
    for rows in (_at(props, "listData", "articleList"), _at(props, "list")):
        if isinstance(rows, list):
            return "nextjs", [_json_entry(row) for row in rows]
    for markup in LISTS:
        if tree.css_first(markup.box):
            return markup.layout, [_html_entry(node, markup) for node in tree.css(markup.entry)]
    boxes = ", ".join(f"'{markup.box}' ({markup.layout})" for markup in LISTS)
    raise unknown(tree, page, f"listData.articleList or list in script#__NEXT_DATA__ (nextjs), {boxes}")


def _json_entry(row: object) -> Entry:
    return Entry(
        href=_word(row, "url"),
        title=_word(row, "title"),
        date=_seoul_date(_word(row, "createDate")),
        section=_word(row, "section", "name"),
    )


def _html_entry(node: LexborNode, markup: ListMarkup) -> Entry:
    when = node.css_first(markup.date)
    for anchor in node.css(markup.link):
        if title := text_of(anchor, ""):
            return Entry(anchor.attributes.get("href") or "", title, _seoul_date(text_of(when, "")) if when else None)
    return Entry("", "", None)


# /arti/politics/defense/1161234.html, /arti/english_edition/e_northkorea/978654.html
_ARTICLE = re.compile(r"/arti/(?:\w+/)+(?P<number>\d{1,12})\.html", re.ASCII)


def _link(entry: Entry, edition: Edition, base: str, *, rank: int) -> Link:
    """The link of an entry; raises ValueError that says what is wrong with it."""
    if not entry.title or not entry.href:
        raise ValueError(
            f"has no {'address' if entry.title else 'title'} ({entry.title or entry.href or 'nor address'})"
        )
    parts = urlsplit(urljoin(base, entry.href.strip()))
    if parts.hostname != urlsplit(edition.origin).hostname:
        raise ValueError(f"leads away from the site, to {entry.href} ({entry.title})")
    path = _ARTICLE.fullmatch(parts.path)
    if not path:
        raise ValueError(f"leads to no article, but to {entry.href} ({entry.title})")
    url = edition.origin + parts.path
    return Link("hani", edition.lang, url, path["number"], entry.title, entry.date, rank, entry.section)


def _next(url: str, layout: str) -> Request | None:
    """The next page of the list at `url`: `?page=3` after `?page=2`, `list3.html` after `list2.html`."""
    parts = urlsplit(url)
    if layout == "nextjs":
        number = re.search(r"(?:^|&)page=([1-9]\d{0,4})(?=&|$)", parts.query, re.ASCII)
        return Request(parts._replace(query=f"page={int(number[1]) + 1 if number else 2}", fragment="").geturl())
    folder, _, name = parts.path.rpartition("/")
    number = re.fullmatch(r"list([1-9]\d{0,4})\.html", name, re.ASCII)
    if name and not number:
        return None
    return Request(parts._replace(path=f"{folder}/list{int(number[1]) + 1 if number else 2}.html", query="").geturl())


# --- articles -------------------------------------------------------------------------------------------------------


def parse_article(page: Page, link: Link) -> Article:
    """One article; raises ParseError."""
    tree = document(page, link.lang)
    for markup in ARTICLES:
        title, body = tree.css_first(markup.title), tree.css_first(markup.body)
        if title and body and (headline := text_of(title, link.lang)):
            return _article(tree, page, link, markup, headline, body)
    parts = ", ".join(f"'{markup.title}' with '{markup.body}' ({markup.layout})" for markup in ARTICLES)
    raise unknown(tree, page, parts)


def _article(
    tree: LexborHTMLParser, page: Page, link: Link, markup: ArticleMarkup, title: str, body: LexborNode
) -> Article:
    paragraphs, byline = _signed(_paragraphs(body, markup, page))
    if not paragraphs:
        raise Drift(f"{page.url}: an article in the layout {markup.layout} that is signed '{byline}' and says nothing")
    posted_at, modified_at = _times(tree, markup)
    when, basis = _date(posted_at, link)
    number = _ARTICLE.fullmatch(_path(link.url))
    return Article(
        source=link.source,
        lang=link.lang,
        url=link.url,
        key=number["number"] if number else link.key,
        layout=markup.layout,
        title=title,
        paragraphs=tuple(paragraphs),
        date=when,
        date_basis=basis,
        subtitle=_part(tree, markup.subtitle),
        byline=byline or _part(tree, markup.reporters),
        section=_part(tree, markup.section) or link.section,
        photos=len(body.css(markup.photo)),
        links=tuple(dict.fromkeys(_addresses(body, page.url))),
        posted_at=posted_at,
        modified_at=modified_at,
    )


def _part(tree: LexborHTMLParser, selector: str) -> str:
    found = tree.css(selector) if selector else []
    return text_of(found[-1], "") if found else ""


def _paragraphs(body: LexborNode, markup: ArticleMarkup, page: Page) -> list[str]:
    """The text of an article, with its signature; raises MediaOnly, or Drift where its paragraphs are not found."""
    other = body.css(markup.other)
    if markup.paragraph:
        outside = {node.mem_id for part in other for node in part.css(markup.paragraph)}
        found = [text_of(node, "") for node in body.css(markup.paragraph) if node.mem_id not in outside]
    else:
        found = list(_lines(body, {node.mem_id for node in other}))
    if paragraphs := [text for text in found if text]:
        return paragraphs
    if not text_of(body, "", without=other) and body.css_first("img, video, iframe, figure"):
        raise MediaOnly(f"{page.url}: pictures or a video, and no text")
    wanted = f"'{markup.paragraph}' within '{markup.body}'" if markup.paragraph else f"text within '{markup.body}'"
    raise Drift(f"{page.url}: title and body of the layout {markup.layout}, and no paragraphs; looked for {wanted}")


_LINE_ENDS = frozenset({"br", "p", "div", "figure", "figcaption", "ul", "li", "table", "tr", "h3", "h4", "blockquote"})


def _lines(body: LexborNode, left_out: set[int]) -> Iterator[str]:
    """The lines that a reader sees: before 2023 paragraphs were parted now by `<p>`, now by `<br><br>`."""
    line: list[str] = []
    pending: list[LexborNode | None] = [body]  # None: a line ends here
    while pending:
        node = pending.pop()
        if node is None:
            yield clean("".join(line))
            line = []
        elif node.is_text_node:
            line.append(node.text_content or "")
        elif node.is_element_node and node.mem_id not in left_out:
            inner = list(node.iter(include_text=True))
            pending += [None, *reversed(inner), None] if node.tag in _LINE_ENDS else reversed(inner)
    yield clean("".join(line))


# Please direct comments or questions to [english@hani.co.kr]
_CONTACT = re.compile(r"Please direct \w+ or \w+ to\b.*")
# By Lee Je-hun, senior staff writer
_ENGLISH_BYLINE = re.compile(r"By [A-Z][\w-]+(?: [A-Z][\w-]+){1,3}(?:(?:,| and) .*)?(?<![.?!”\"])")
# 이제훈 선임기자; 워싱턴/김원철 특파원
_KOREAN_BYLINE = re.compile(r"[가-힣/·, ]{2,40} ?(?:기자|특파원|논설위원|통신원|연구위원)")
_EMAIL = re.compile(r"[\w.+-]+@[\w.-]+", re.ASCII)
_LONGEST_SIGNATURE = 120


def _signed(paragraphs: list[str]) -> tuple[list[str], str]:
    """The text without its signature, and the name or names in that; "" where the last line is none."""
    text = list(paragraphs)
    if text and len(text[-1]) <= _LONGEST_SIGNATURE and _CONTACT.fullmatch(text[-1]):
        text.pop()
    if not text or len(text[-1]) > _LONGEST_SIGNATURE:
        return text, ""
    last = text[-1]
    if _ENGLISH_BYLINE.fullmatch(last) or _KOREAN_BYLINE.fullmatch(last):
        return text[:-1], last
    name = clean(_EMAIL.sub(" ", last)).strip(" ,")
    if name == last:
        return text, ""
    if not name:  # the address has a line of its own, under the name or alone
        text.pop()
        return _signed(text) if text and _KOREAN_BYLINE.fullmatch(text[-1]) else (text, "")
    return (text[:-1], name) if _KOREAN_BYLINE.fullmatch(name) else (text, "")


def _addresses(body: LexborNode, base: str) -> Iterator[str]:
    for anchor in body.css("a[href]"):
        try:
            url = urljoin(base, (anchor.attributes.get("href") or "").strip())
            if urlsplit(url).scheme in ("http", "https"):
                yield url
        except ValueError:  # not an address at all, as `http://[` is not
            continue


# --- dates ----------------------------------------------------------------------------------------------------------

# 등록 :2021-01-12 20:28수정 :2021-01-13 02:31
# Posted on : 2021-01-13 18:10 KST Modified on : 2021-01-13 18:10 KST
_STAMP = re.compile(r"(등록|수정|Posted on|Modified on)\s*:?\s*(\d{4}-\d\d-\d\d \d\d:\d\d)", re.ASCII)
# 2024-10-06T09:00:00+09:00; 2024-10-06 09:00
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:\d\d)?", re.ASCII)


def _times(tree: LexborHTMLParser, markup: ArticleMarkup) -> tuple[datetime | None, datetime | None]:
    """When the article was posted and modified: as the reader sees it, else as the page's own JSON has it."""
    shown = " ".join(text_of(node, "") for node in tree.css(markup.times))
    stamps = {label: _moment(stamp) for label, stamp in _STAMP.findall(shown)}
    posted_at, modified_at = (
        stamps.get("등록") or stamps.get("Posted on"),
        stamps.get("수정") or stamps.get("Modified on"),
    )
    if markup.layout == "nextjs" and not posted_at:
        article = _at(_page_props(tree), "article")
        posted_at = _moment(_word(article, "createDate"))
        modified_at = modified_at or _moment(_word(article, "updateDate"))
    return posted_at, modified_at


def _date(posted_at: datetime | None, link: Link) -> tuple[date | None, DateBasis]:
    """The paper's own date, and where it is from."""
    if posted_at:
        return posted_at.astimezone(SEOUL).date(), "page"
    return (link.date, "list") if link.date else (None, "none")


def _seoul_date(text: str) -> date | None:
    """The day in Seoul that `text` begins with: `2021-01-12 20:28`, or `2021-01-12` alone."""
    moment = _moment(text) or _moment(f"{text[:10]} 00:00")
    return moment.astimezone(SEOUL).date() if moment else None


def _moment(text: str) -> datetime | None:
    """The time that `text` begins with, in UTC; Seoul's where it names no offset."""
    found = _TIME.match(text)
    if not found:
        return None
    try:
        moment = datetime.fromisoformat(found[0])
    except ValueError:  # a day or an hour that no calendar has
        return None
    if not FIRST_YEAR <= moment.year < 9999:
        return None
    return (moment if moment.tzinfo else moment.replace(tzinfo=SEOUL)).astimezone(UTC)


# --- what a Next.js page carries ------------------------------------------------------------------------------------


def _page_props(tree: LexborHTMLParser) -> object:
    """`props.pageProps` of the JSON that a Next.js page carries; None where it carries none that can be read."""
    script = tree.css_first("script#__NEXT_DATA__")
    if not script:
        return None
    try:
        return _at(json.loads(script.text()), "props", "pageProps")
    except (ValueError, RecursionError):
        return None


def _at(value: object, *path: str) -> object:
    """What stands at `path` in JSON; None where nothing does."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _word(value: object, *path: str) -> str:
    """The string at `path`, in one line; "" where there is none. JSON can hold half a character, which no text can."""
    found = _at(value, *path)
    return clean(found.encode("utf-8", "replace").decode()) if isinstance(found, str) else ""


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


# --- the source -----------------------------------------------------------------------------------------------------

_ENGLISH = "https://english.hani.co.kr"
_KOREAN = "https://www.hani.co.kr"


def _list_address(name: str, section: str) -> ListAddress:
    """The section's address since 2023, and the one before, which has the list under a name of its own."""
    return ListAddress(name, (Request(section), Request(f"{section}/list1.html")), minimum=5)


SOURCE = Source(
    name="hani",
    title="The Hankyoreh",
    timezone="Asia/Seoul",
    editions=(
        Edition(
            "hani",
            "en",
            site="hani-en",
            origin=_ENGLISH,
            lists=(_list_address("North Korea", f"{_ENGLISH}/arti/english_edition/e_northkorea"),),
        ),
        Edition(
            "hani",
            "ko",
            site="hani-ko",
            origin=_KOREAN,
            lists=(_list_address("국방·북한", f"{_KOREAN}/arti/politics/defense"),),
        ),
    ),
    parse_list=parse_list,
    parse_article=parse_article,
    layouts=LAYOUTS,
)
