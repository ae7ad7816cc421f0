"""What every parser does with the parts of an article, once it has found them on the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from parsers.dates import dateline, first_known
from parsers.markup import clean, textless, without_end_mark
from sunchi.model import Article, Link, Page


def assembled(
    page: Page,
    link: Link,
    layout: str,
    headings: Sequence[str],
    lines: Iterable[str],
    day: date | None,
    *,
    timezone: str,
    leftover: str = "",
    media: bool = False,
    by_url: date | None = None,
    writers: Sequence[str] = (),
    **others: Any,
) -> Article:
    """Return the article that a page shows: headings, title first, and the lines below them with their signature.

    `day` is the date on the page. It is known from there, from the list, from the dateline or from the address, in
    this order. The byline has the names that sign the text and the `writers` that the page marks up or, without any,
    the byline in `others`, which are fields of Article. Without any text, raises the error that fits `leftover`, other
    text of the page, and `media`, whether there are photos or a video.
    """
    paragraphs, signature = signed(without_end_mark(lines))
    if not paragraphs:
        raise textless(page, headings[0], signature or leftover, media=media)
    written = dateline(paragraphs, page.fetched_at, timezone, link.date)
    published, basis = first_known(("page", day), ("list", link.date), ("dateline", written), ("url", by_url))
    told = {"key": link.key, "section": link.section, "subtitle": " ".join(headings[1:])} | others
    told["byline"] = ", ".join(filter(None, (signature, *writers))) or told.get("byline", "")
    return Article(
        link.source, link.lang, link.url, layout=layout, title=headings[0], paragraphs=paragraphs, date=published,
        date_basis=basis, dateline=written, **told,
    )  # fmt: skip


# --- signatures and captions ----------------------------------------------------------------------------------------

_NAMES = r"[가-힣]{2,4}(?:[ ,·]+[가-힣]{2,4}){0,5}"
_STAFF = r"(?:[가-힣]{0,4}기자|[가-힣]{2,8}보도반|[가-힣]{0,4}특파원)"
_SIGNATURES = re.compile(
    # By Lee Je-hun, senior staff writer
    r"By [A-Z][\w-]+(?: [A-Z][\w-]+){1,3}(?:(?:,| and) .*)?(?<![.?!”\"])"
    # 이제훈 선임기자; 워싱턴/김원철 특파원; 최원형 기자, 고경주 기자
    r"|[가-힣/·, ]{2,40} ?(?:기자|특파원|논설위원|통신원|연구위원)"
    # 연합뉴스; 베이징/AP 연합뉴스; 김원철 기자, 연합뉴스
    r"|(?:[가-힣A-Z/·,= ]{1,30}[/,= ])?(?:연합뉴스|뉴시스|뉴스1)"
    # 본사정치보도반; 글 본사기자 …; 사진 본사기자 …
    rf"|(?:(?:글|사진)[ ,·및과]*){{0,2}}본사{_STAFF}(?: {_NAMES})?"
    r"|로동신문|조선중앙통신|Rodong Sinmun|KCNA|劳动新闻|朝中社|本社?记者.{0,20}"
)
_COLUMNIST = re.compile(r"[가-힣]{2,4} ?[|｜ㅣ] ?[^.?!]{2,40}")  # 김진해 | 한겨레말글연구소 연구위원
_CAPTION = re.compile(r"[-－―–]\s?[가-힣0-9 ,·《》]{2,40}에서\s?[-－―–]")  # -교육성에서-
_CONTACT = re.compile(r"Please direct \w+ or \w+ to\b.*")  # Please direct comments or questions to [english@hani.co.kr]
_EMAIL = re.compile(r"[\w.+-]{1,40}@[\w.-]{1,60}", re.ASCII)
_LONGEST = 120  # characters of a signature


def signed(paragraphs: Iterable[str]) -> tuple[tuple[str, ...], str]:
    """Split a text from the names that sign it, as lines at its end or as its first one; captions are left out."""
    text = [paragraph for paragraph in paragraphs if paragraph and not _CAPTION.fullmatch(paragraph)]
    names: list[str] = []
    while text and (name := _name(text[-1])) is not None:
        names[:0] = [name] if name else []
        text.pop()
    if text and _COLUMNIST.fullmatch(text[0]):
        names.insert(0, text.pop(0))
    return tuple(text), ", ".join(dict.fromkeys(names))


def _name(line: str) -> str | None:
    """Return the name with which a line signs a text: "" if it is only an address for letters, None if it is text."""
    if len(line) > _LONGEST:
        return None
    name = clean(_EMAIL.sub(" ", line)).replace(" ,", ",").strip(" ,")
    if not name or _CONTACT.fullmatch(name):
        return ""
    return name if _SIGNATURES.fullmatch(name) or _COLUMNIST.fullmatch(name) else None
