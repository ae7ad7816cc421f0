"""Helpers shared by the parsers of all sources: encodings, HTML, text, lists, refusals.

Everything here is pure and accepts any bytes.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from html import escape
from typing import NamedTuple
from unicodedata import normalize

from selectolax.lexbor import LexborHTMLParser, LexborNode

from sunchi.errors import Blocked, Drift, MediaOnly, NotThere, ParseError
from sunchi.model import Edition, Link, Listing, Page, Request
from sunchi.system.bounds import LONGEST
from sunchi.text.notices import says_not_found

# --- encoding -------------------------------------------------------------------------------------------------------

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Names of encodings in pages -> the superset that browsers use to decode them. No other codec is used.
_CODECS = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "cp949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb18030": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "euc-jp": "euc-jp",
    "iso-8859-1": "cp1252",
    "windows-1252": "cp1252",
}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_META_WITHIN = 4096  # bytes at the start in which a page may declare its encoding


_WESTERN = ("en", "es", "fr")


def decode(page: Page, lang: str) -> str:
    """Decode the page: by its byte order mark, as UTF-8 if valid, as declared, or as `lang` suggests.

    UTF-8 comes before the declaration: bytes are not valid UTF-8 by chance, while servers declare any encoding for any
    page.
    """
    body = page.body
    for mark, codec in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    utf8 = body.decode("utf-8", "replace")
    damaged = utf8.count("\ufffd")
    foreign = len(utf8) - len(utf8.encode("ascii", "ignore"))
    # A UTF-8 page with a few damaged bytes is read as UTF-8: gb18030 would decode all of it to nonsense. In a Western
    # text, one UTF-8 character is enough: damaged bytes then show as damaged, not as nonsense.
    if damaged <= foreign - damaged or (lang in _WESTERN and foreign > damaged and 10 * damaged < len(utf8)):
        return utf8
    for codec in (*_declared(page), "gb18030" if lang == "zh" else "cp949"):
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            continue
    return utf8


def _declared(page: Page) -> Iterator[str]:
    for place in (page.header("Content-Type"), page.body[:_META_WITHIN].decode("ascii", "replace")):
        if (found := _CHARSET.search(place)) and (codec := _CODECS.get(found[1].lower())):
            yield codec


# --- the tree -------------------------------------------------------------------------------------------------------

_DEEPEST = 1000  # real pages nest about thirty elements; the parser's time grows with the square of the depth
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,20})")
# They have no content, or end where the next of their kind begins; within SVG the second half do nest.
_FLAT = frozenset(["br", "dd", "dt", "hr", "img", "li", "meta", "p"])
_FLAT_IN_HTML = _FLAT | {"a", "area", "col", "input", "link", "td", "th", "tr"}
_DRAWING = re.compile(r"<(?:svg|math)", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"(?<![\w-])(?:display\s*:\s*none|visibility\s*:\s*hidden)(?![\w-])", re.IGNORECASE)


def document(page: Page, lang: str) -> LexborHTMLParser:
    """Decode and parse the page. Raises Drift if it is too large, or its elements are nested too deep.

    XML is parsed like HTML, which forgives faults: CDATA becomes text, and `<link>`, which is empty in HTML, `<url>`.
    """
    if len(page.body) > LONGEST:
        raise Drift(f"{page.url}: larger than {LONGEST:,} bytes; no site writes such pages")
    text = decode(page, lang)
    if text.startswith("<?xml") and "<html" not in text[:_META_WITHIN].lower():
        text, *parts = text.replace("<link>", "<url>").replace("</link>", "</url>").split("<![CDATA[")
        text += "".join(escape(inner) + rest for inner, _, rest in (part.partition("]]>") for part in parts))
    return _parsed(text, page)


def _parsed(text: str, page: Page) -> LexborHTMLParser:
    if text.count("<") > _DEEPEST and _is_deeper(text, _DEEPEST):
        raise Drift(f"{page.url}: elements nested more than {_DEEPEST} deep; no site writes such pages")
    tree = LexborHTMLParser(text)
    for node in list(outermost(filter(_is_hidden, tree.css("body [hidden], body [aria-hidden], body [style]")))):
        node.decompose()
    return tree


def _is_hidden(node: LexborNode) -> bool:
    """Return whether a visitor is not shown an element, so that what it says is no text of the page."""
    given = node.attributes
    is_for_none = "hidden" in given or (given.get("aria-hidden") or "").strip().lower() == "true"
    return is_for_none or _NOT_SHOWN.search(given.get("style") or "") is not None


def _is_deeper(text: str, bound: int) -> bool:
    """Return whether more than `bound` elements are open at one point, judging by the tags."""
    flat = _FLAT if _DRAWING.search(text) else _FLAT_IN_HTML
    open_tags: dict[str, int] = {}
    depth = 0
    for closing, name in (found.groups() for found in _TAG.finditer(text)):
        if name in flat:
            continue
        count = open_tags.get(name, 0)
        if not closing:
            open_tags[name] = count + 1
            depth += 1
        elif count:
            open_tags[name] = count - 1
            depth -= 1
        if depth > bound:
            return True
    return False


# --- text -----------------------------------------------------------------------------------------------------------

_SILENT = frozenset({"script", "style", "template", "noscript", "iframe", "textarea", "title", "xmp", "noembed"})
BREAKS = frozenset(
    {"blockquote", "br", "center", "div", "figcaption", "figure", "hr", "li", "ol", "p", "pre", "table", "td", "th"}
    | {"tr", "ul", "h1", "h2", "h3", "h4", "h5", "h6"}
)
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_LOST = re.compile("[\x80-\x84\x86-\x9f]")  # no page means these: UTF-8 was read as Latin-1
_WIDE_DIGITS = {0xFF10 + digit: str(digit) for digit in range(10)}
_FORMS = {
    form: normalize("NFKC", chr(form))
    for form in (*range(0xFB00, 0xFB07), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}  # ﬁ, Ａ
_ENDINGS = re.compile(r"(?:isms?|ists?|ias?)\b")  # Kimilsungism, Kimjongilia: a name may begin a word


def clean(text: str) -> str:
    """Return text with one space for any white space, none at the ends, its letters composed, plain ones for wide and
    for joined ones, and without invisible characters such as soft hyphens, which would hide a word.

    What an encoder lost is U+FFFD.
    """
    if not text.isascii():
        text = normalize("NFC", _LOST.sub("\ufffd", text)).translate(_FORMS)
    return " ".join(_UNSEEN.sub("", text).split())


def ascii_digits(text: str) -> str:
    """Return `2026` for `２０２６`; nothing else is changed."""
    return text.translate(_WIDE_DIGITS)


def text_of(node: LexborNode, lang: str, *, without: str = "") -> str:
    """Return the visible text of `node` in one line, leaving out what the selector `without` matches.

    The sites mark up leaders' names and lose the space beside them: `Comrade<nobr>Kim Jong Un</nobr>sent`. If letters
    touch such a name, the space is restored in English. Korean and Chinese attach particles to the name.
    """
    return clean(_text(node, lang, without))


def lines_of(node: LexborNode, lang: str, *, without: str = "") -> list[str]:
    """Return the visible text of `node` in lines as a reader sees them: blocks, and what `<br>` divides; none empty."""
    return [text for line in _text(node, lang, without).split("\n") if (text := clean(line))]


def inner_lines(text: str, page: Page, lang: str) -> list[str]:
    """Return the lines of HTML that stands in a field of XML. Raises Drift if its elements are nested too deep."""
    body = _parsed(text, page).body
    return lines_of(body, lang) if body else []


def _text(node: LexborNode, lang: str, without: str) -> str:
    """Return the text of `node`, with a newline only where a line ends."""
    found: list[str] = []
    before = 0
    left_out = frozenset(inner.mem_id for inner in node.css(without)) if without else frozenset[int]()
    for text, name in _runs(node, left_out):
        if lang == "en" and name != before and found and _touch(found[-1], text, opens=bool(name)):
            found.append(" ")
        before = name
        found.append(text)
    return "".join(found)


def _runs(node: LexborNode, left_out: frozenset[int]) -> Iterator[tuple[str, int]]:
    """Yield the texts in `node` in order, each with the id of the marked-up name that it belongs to, or 0."""
    pending: list[tuple[LexborNode | str, int]] = [(node, 0)]
    while pending:
        here, name = pending.pop()
        if isinstance(here, str):
            yield here, name
        elif here.is_text_node:
            if text := here.text_content:
                yield text.replace("\n", " "), name
        elif here.is_element_node and here.tag not in _SILENT and here.mem_id not in left_out:
            if here.tag in BREAKS:
                yield "\n", name
                pending.append(("\n", name))
            name = name or (here.mem_id if is_name(here) else 0)
            pending.extend((child, name) for child in reversed(list(here.iter(include_text=True))))


def outermost(nodes: Iterable[LexborNode]) -> Iterator[LexborNode]:
    """Yield those of `nodes`, given in document order, that are not inside another one, so no text is read twice."""
    inside: set[int] = set()
    for node in nodes:
        if node.mem_id not in inside:
            inside.update(inner.mem_id for inner in node.css("*"))
            yield node


def is_name(node: LexborNode) -> bool:
    """Return whether `node` is the sites' markup of a leader's name."""
    return node.tag in ("nobr", "august_name") or "fSpecCs" in (node.attributes.get("class") or "").split()


def _touch(before: str, after: str, *, opens: bool) -> bool:
    """Return whether two runs of English need a space between them because one is a name (`opens`: the second)."""
    last, first = before[-1], after[0]
    if opens:
        return (last.isalnum() or last in ",;:)") and first.isalnum()
    return last.isalnum() and first.isalnum() and not _ENDINGS.match(after)


_END_MARK = re.compile(r"\s*(?:[-－]\s?[0０]\s?[-－]|[(（]\s?끝\s?[)）]|[(（]\s?完\s?[)）])$")


def without_end_mark(paragraphs: Iterable[str]) -> tuple[str, ...]:
    """Return the non-empty paragraphs, without the `-0-`, `(끝)` or `（完）` after the last one."""
    kept = [paragraph for paragraph in paragraphs if paragraph]
    while kept and (shorter := _END_MARK.sub("", kept[-1])) != kept[-1]:
        kept[-1:] = [shorter] if shorter else []
    return tuple(kept)


# --- lists ----------------------------------------------------------------------------------------------------------


class Row(NamedTuple):
    """One entry of a list as the page shows it."""

    href: str
    title: str
    date: date | None


class Target(NamedTuple):
    """What the address of an entry identifies; see `model.Link`."""

    url: str
    key: str
    media: bool = False


def listing(
    layout: str,
    rows: Iterable[Row],
    page: Page,
    edition: Edition,
    target: Callable[[str], Target | None],
    *,
    more: Request | None = None,
    total: int | None = None,
) -> Listing:
    """Return the rows as links with positions from 1, each item once; `target` resolves an address, or returns None."""
    shown_at = page.request.url
    section = next((each.name for each in edition.lists if any(shown_at == own.url for own in each.requests)), "")
    links: dict[str, Link] = {}
    skipped: list[str] = []
    for position, row in enumerate(rows, 1):
        found = target(row.href)
        if found is None or not row.title:
            lack = "no title" if found else f"no address of an article in '{clean(row.href)[:80]}'"
            skipped.append(f"entry {position} of {page.url}: {lack} (title '{row.title[:80]}')")
        elif found.key not in links:
            link = Link(
                source=edition.source,
                lang=edition.lang,
                url=found.url,
                key=found.key,
                title=row.title,
                date=row.date,
                position=position,
                section=section,
                media=found.media,
            )
            links[found.key] = link
    return Listing(layout, tuple(links.values()), more, total, tuple(skipped))


# --- refusals -------------------------------------------------------------------------------------------------------

# Complete headings of a filter's notice: "Web Page Blocked!", "Access Denied", "불법·유해정보에 대한 차단 안내".
# The text is not searched, since a newspaper may also write about blocked access.
_FILTER = re.compile(
    r"(?:this )?(?:web ?)?(?:page|site|url|content) (?:is |has been )?blocked\W*"
    r"|access (?:to this (?:page|site) )?(?:is |has been )?(?:blocked|denied)\W*"
    r"|불법.{0,2}유해.{0,20}차단.{0,6}|warning\.or\.kr",
    re.IGNORECASE,
)
# Items that may have only a title; with text they are articles like any other.
_MEDIA_TITLES = frozenset({"photo", "video", "press review", "사진", "동영상", "록화", "图片", "视频", "照片", "录像"})


def unknown(tree: LexborHTMLParser, page: Page, looked_for: str) -> ParseError:
    """Return the error for a page without a known layout: a filter's notice, or a changed layout."""
    heading = next((text for node in tree.css("title, h1") if (text := clean(node.text()))), "")
    if says_not_found(heading):
        return NotThere(f"{page.url}: says that there is nothing at its address ('{heading[:80]}')")
    if _FILTER.fullmatch(heading):
        return Blocked(f"{page.url}: a filter answered instead of the site ('{heading[:80]}'); try another network")
    return Drift(f"{page.url}: not a known layout; looked for {looked_for}; page title '{heading[:80]}'")


def textless(page: Page, title: str, leftover: str, *, media: bool) -> ParseError:
    """Return the error for an article without paragraphs; `leftover` is other text in its box."""
    if leftover:
        return Drift(f"{page.url}: text outside any known paragraph: '{leftover[:60]}' (title '{title[:60]}')")
    if media or title.casefold() in _MEDIA_TITLES:
        return MediaOnly(f"{page.url}: '{title[:80]}' has no text of its own")
    return Drift(f"{page.url}: '{title[:80]}' has neither paragraphs nor photos nor a video")
