"""www.kcna.co.jp, KCNA's mirror in Japan from 1997 to 2014: found in web archives, and not polled.

    /item/2011/201105/news28/20110528-06ee.html     one article
    /item/2011/201105/news28/20110528ee.html        the list of that day
    /item/2004/200410/news10/27.htm                 before about 2009: a whole day, its articles at #1, #2 …
    /item/2011/calendar-2011e.html                  a calendar of days: neither list nor article

Its markup is known only from descriptions, and changed from year to year. So a page is read as lines: those between the
date at the top and the copyright at the bottom, the title first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from urllib.parse import urldefrag, urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.articles import assembled
from parsers.dates import dated
from parsers.markup import BREAKS, Row, Target, clean, listing, outermost, text_of
from sunchi.errors import Drift
from sunchi.model import Article, Edition, Link, Listing, Page

TIMEZONE = "Asia/Pyongyang"
ORIGIN = "http://www.kcna.co.jp"
_NEWS = r"/item/(?P<year>[0-9]{4})/(?:[0-9]{2})?[0-9]{2}(?P<month>[0-9]{2})/news[0-9]{1,2}/"
_ARTICLE_FILE = re.compile(_NEWS + r"[0-9]{6}(?P<day>[0-9]{2})-[0-9]{1,3}e{0,2}\.html?$")
_DAY_LIST = re.compile(_NEWS + r"[0-9]{6}(?P<day>[0-9]{2})e{0,2}\.html?$")
_DAY_FILE = re.compile(_NEWS + r"(?P<day>[0-9]{2})\.html?$")
_ARTICLE_LINK = re.compile(r"[\w./:-]{0,100}[0-9]{8}-[0-9]{1,3}e{0,2}\.html?")
_ANCHOR_LINK = re.compile(r"#[0-9]{1,3}")


def parse_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    """Return the articles of one day; None for any other page."""
    bare, _ = urldefrag(page.url)
    if not (_DAY_FILE.search(bare) or _DAY_LIST.search(bare)):
        return None
    form = _ANCHOR_LINK if _DAY_FILE.search(bare) else _ARTICLE_LINK
    anchors = [(node.attrs.sget("href"), node) for node in outermost(tree.css("a"))]
    rows = [Row(href, text_of(node, edition.lang), _date_of(bare)) for href, node in anchors if form.fullmatch(href)]
    if not rows:
        raise Drift(f"{page.url}: a day of kcna.co.jp without links to '#1', '#2' … or '20110528-06ee.html'")
    return listing("cojp", rows, page, edition, partial(_target, bare))


def _target(base: str, href: str) -> Target | None:
    try:
        url = urljoin(base, href)
        return Target(url, url) if _date_of(urldefrag(url)[0]) else None
    except ValueError:  # an invalid address
        return None


def parse_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    """Return the article of the page, or of the link's fragment in a day's page; None for any other page."""
    bare, fragment = urldefrag(link.url)
    if not (_DAY_FILE.search(bare) or _ARTICLE_FILE.search(bare)):
        return None
    if _DAY_FILE.search(bare) and not fragment:
        raise Drift(f"{link.url}: a whole day; name the article by '#1', '#2' …")
    body = tree.body
    lines = _part(body, fragment) if body else []
    title, *paragraphs = lines or [""]
    if not title or not paragraphs:
        raise Drift(f"{link.url}: no title and text between the date and the copyright")
    return assembled(page, link, "cojp", [title], paragraphs, None, timezone=TIMEZONE, by_url=_date_of(bare))


_COPYRIGHT = re.compile(r"Copyright|\(C\) ?KOREA NEWS", re.IGNORECASE)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
# Lines above the title: "calendar>>", "KOREAN NEWS", and "May 28. 2011 Juche 100" in one line or in pieces.
_FRAME = re.compile(
    r"(?:past )?calendar\W*|KOREAN NEWS|News from KOREAN CENTRAL NEWS AGENCY.*"
    rf"|(?:(?:{_MONTH})\b\.?)? ?(?:[0-9]{{1,2}}\. ?[0-9]{{4}})? ?(?:Juche ?[0-9]{{2,3}})?",
    re.IGNORECASE,
)


def _part(body: LexborNode, fragment: str) -> list[str]:
    """Return the lines of one article, title first, without what surrounds it on the page."""
    lines: list[str] = []
    here = not fragment
    for anchor, line in _lines(body):
        if anchor is not None:
            here = not fragment or anchor == fragment
        elif _COPYRIGHT.match(line):
            break
        elif here and (lines or not _FRAME.fullmatch(line)):
            lines.append(line)
    return lines


def _lines(body: LexborNode) -> Iterator[tuple[str | None, str]]:
    """Return the lines of text in `body`, and between them the names of the anchors: `("1", "")` or `(None, "…")`."""
    held: list[str] = []
    pending: list[LexborNode | None] = [body]
    while pending:
        node = pending.pop()
        name = (node.attrs.sget("name") or node.attrs.sget("id")) if node and node.tag == "a" else None
        if node is None or node.tag in BREAKS or name:
            if line := clean("".join(held)):
                yield None, line
            held.clear()
        if name:
            yield name, ""
        if node is not None and node.is_text_node:
            held.append(node.text_content or "")
        elif node is not None and node.is_element_node and node.tag not in ("script", "style"):
            pending.extend([None] if node.tag in BREAKS else [])  # a block ends the line, too
            pending.extend(reversed(list(node.iter(include_text=True))))
    if line := clean("".join(held)):
        yield None, line


def _date_of(url: str) -> date | None:
    found = _ARTICLE_FILE.search(url) or _DAY_FILE.search(url) or _DAY_LIST.search(url)
    return dated(f"{found['year']}.{found['month']}.{found['day']}") if found else None
