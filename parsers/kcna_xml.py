"""KCNA's XML of 2015 to 2018: found in web archives, and not polled.

    /kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf?article_code=AR0099775&kwContent=&lang=eng   an article
    /kcna.user.article.retrieveArticleListForPage.kcmsf?page_start=0&newsTypeCode=NT41&…                     a list

Seen in captures of July 2017. Each field is an element with HTML as CDATA. An article is one `<NData>`; a list,
`<NMultiData>`, has its columns one after the other: ten `<articleCode>`, then ten `<dispTitle>`, and so on. The site
was mostly asked by POST, with the language in the session: such an address does not tell the language.
"""

from __future__ import annotations

from functools import partial

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.articles import assembled
from parsers.dates import dated
from parsers.kcna_cojp import TIMEZONE
from parsers.markup import Row, Target, inner_lines, listing
from sunchi.errors import Drift, NotThere
from sunchi.model import Article, Edition, Link, Listing, Page

LANGS = {"en": "eng", "ko": "kor", "zh": "chn"}
_ADDRESS = "{}/kcna.user.article.retrieveArticleInfoFromArticleCode.kcmsf?article_code={}&kwContent=&lang={}"


def parse_list(tree: LexborHTMLParser, page: Page, edition: Edition) -> Listing | None:
    """Return the articles of one page of a list; None for any other page."""
    box = tree.css_first("xsync > NMultiData")
    if box is None:
        return None
    codes, titles, days = (
        [node.text().strip() for node in box.css(name)] for name in ("articleCode", "dispTitle", "sendInfo")
    )
    if not len(codes) == len(titles) == len(days):
        raise Drift(f"{page.url}: {len(codes)} codes, {len(titles)} titles and {len(days)} days, which belong together")
    rows = [
        Row(code, " ".join(inner_lines(title, page, edition.lang)), dated(day))
        for code, title, day in zip(codes, titles, days, strict=True)
    ]
    return listing("xml", rows, page, edition, partial(_target, edition))


def _target(edition: Edition, code: str) -> Target | None:
    if not _is_code(code):
        return None
    return Target(_ADDRESS.format(edition.origin, code, LANGS[edition.lang]), code)


def _is_code(text: str) -> bool:
    """Return whether `text` may be an article's code, such as `AR0099775`."""
    return text.isascii() and text.isalnum() and len(text) < 20


def parse_article(tree: LexborHTMLParser, page: Page, link: Link) -> Article | None:
    """Return the article of the page; None for any other page."""
    box = tree.css_first("xsync > NData")
    if box is None:
        return None
    code = _field(box, "articleCode")
    if not _is_code(code):
        raise NotThere(f"{page.url}: an answer without an article")
    title, subtitle = (" ".join(inner_lines(_field(box, name), page, link.lang)) for name in ("mainTitle", "subTitle"))
    if not title:
        raise Drift(f"{page.url}: an article without a 'mainTitle'")
    photos, movies = (_number(_field(box, name)) for name in ("fPhotoCnt", "fMovieCnt"))
    return assembled(
        page,
        link,
        "xml",
        [title, subtitle] if subtitle else [title],
        inner_lines(_field(box, "content"), page, link.lang),
        dated(_field(box, "articleCreateDate")),
        timezone=TIMEZONE,
        media=photos + movies > 0,
        key=code,
        photos=photos,
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _field(box: LexborNode, name: str) -> str:
    node = box.css_first(name)
    return node.text().strip() if node else ""
