"""Faults of the web, injected between a healthy site and the poll that reads it.

    with serve() as web:
        front = Front(web, site_origin)
        front.strike(FAULTS["cut"], 0.3)     # from now on three responses in ten stop half way, the same ones each time
        tally = await Watch(front, "kcna", "en", folder).poll(at)
        front.strike(None)                   # healthy again

Every fault is real: bytes on a socket, a port without a listener, a name without DNS entry, a failing handshake.
"""

from __future__ import annotations

import base64
import gzip
import html
import http.client
import random
import re
import shutil
import socket
import threading
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize
from urllib.parse import urlsplit

import httpx

from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.fetch.client import Fetcher
from sunchi.fetch.network import _authorities
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.summary import Summary
from sunchi.model import Edition
from sunchi.store import Store
from tests.ingest.press import analyzer, crawl
from tests.web import Asked, Reply, Web

MiB = 2**20
RECOVERY = tuple(timedelta(hours=hours) for hours in (1, 2, 3, 6, 25, 49, 24 * 8, 24 * 31))
"""After the last troubled poll, when a site that is well again is polled: up to the last look at an article."""

PATIENCE = 20.0
"""Seconds that a reply may take, but where it is the fault that it takes long."""

CHANCE = random.Random()
"""What a fault draws from. A `Front` seeds it for each answer, so that each case has the same result each time."""

NOTICE = "<html><head><title>Web Page Blocked</title></head><body><h1>Web Page Blocked!</h1></body></html>"


@dataclass(frozen=True)
class Fault:
    """One way in which the web fails.

    `words` is the message if it affects every response; "" if pages are read in spite of it.
    """

    words: str
    trouble: Callable[[Asked, Reply], Reply] = lambda asked, reply: reply
    way: Callable[[str], str] = lambda origin: origin  # where the connection really goes
    outcome: str = "failed"  # of a poll in which it strikes every answer
    stores: bool = False  # what is not whole is stored, and completed later
    later: str = ""  # of the polls after the first, where it is another: the same pages were asked for again
    patience: float = PATIENCE
    begin: Callable[[], None] = lambda: None  # it knows nothing of the sites that it struck before


# --- what is made of a good answer ----------------------------------------------------------------------------------


def _cut(asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=reply.sent[: len(reply.sent) // 2], length=len(reply.sent) + 1)


def _drift(asked: Asked, reply: Reply) -> Reply:
    """A new design, with other elements and names."""
    unnamed = re.sub(rb"\b(class|id)=(?=[\"'])", rb"data-\1=", reply.sent)
    return replace(reply, body=re.sub(rb"<(/?)(?:p|h1|h2|h5|article)\b", rb"<\1section", unnamed))


def _empty(asked: Asked, reply: Reply) -> Reply:
    """A list page whose list has no entries."""
    rows = rb'<div class="article">.*?</div>|<div class="row">.*?</span></div></div>|<li>.*?</li>'
    body = re.sub(rows, b"", reply.sent, flags=re.DOTALL) if is_list(asked) else reply.sent
    return replace(reply, body=re.sub(rb'"articleList": ?\[.*?\]', b'"articleList": []', body, flags=re.DOTALL))


def _charset(asked: Asked, reply: Reply) -> Reply:
    """EUC-KR declared as UTF-8."""
    korean = reply.sent.decode("utf-8", "replace").encode("euc-kr", "replace")
    return _with(replace(reply, body=korean), "Content-Type", "text/html; charset=utf-8")


def _edit(asked: Asked, reply: Reply) -> Reply:
    edited = re.sub(rb"friendship|cooperation|\xec\xb9\x9c\xec\x84\xa0", b"trade", reply.sent)
    return reply if is_list(asked) else replace(reply, body=edited)


def _gone(asked: Asked, reply: Reply) -> Reply:
    return reply if is_list(asked) else Reply("gone", 404)


_PARAGRAPH = re.compile(rb"<p\b([^>]*)>.*?</p>", re.DOTALL)


def _paragraphs(make: Callable[[list[re.Match[bytes]]], list[bytes]]) -> Callable[[Asked, Reply], Reply]:
    """Replace the paragraphs of every article's page by those that `make` returns."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        found = [] if is_list(asked) else _text_of(reply.sent)
        if not found:
            return reply
        before, after = reply.sent[: found[0].start()], reply.sent[found[-1].end() :]
        return replace(reply, body=before + b"".join(make(found)) + after)

    return trouble


def _with_text(paragraph: re.Match[bytes], text: bytes) -> bytes:
    return b"<p" + paragraph[1] + b">" + text + b"</p>"


def _one_text(found: list[re.Match[bytes]]) -> list[bytes]:
    """The same notice under each article's own title."""
    return [_with_text(found[0], b"The site is being renewed."), _with_text(found[0], b"We ask for your patience.")]


def _numbered_notice(found: list[re.Match[bytes]]) -> list[bytes]:
    """A notice under each article's own title, with a different number each time, so that no two texts are equal."""
    number = CHANCE.randrange(10**6)
    words = (b"You are not logged in.", b"Enter name and password, or write to us under no. %d." % number)
    return [_with_text(found[0], text) for text in words]


class _WithTheLastText:
    """The text of the previously requested article, instead of an article's own or after it."""

    def __init__(self, *, after: bool) -> None:
        self._after = after
        self._last: list[bytes] = []

    def __call__(self, found: list[re.Match[bytes]]) -> list[bytes]:
        own = [each[0] for each in found]
        last, self._last = self._last, own
        return own + last if self._after else last or own

    def forget(self) -> None:
        self._last = []


_SHIFTED, _MIXED = _WithTheLastText(after=False), _WithTheLastText(after=True)


class _OfAnother:
    """Another article's text under each title: one of those that the proxy has passed on, in order, by its position."""

    def __init__(self, place: Callable[[int], int]) -> None:
        self._place = place
        self.pages: Mapping[str, bytes] = {}  # by path, as they should be

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        paths = list(self.pages)
        if asked.path not in paths:
            return reply
        there = self._place(paths.index(asked.path))
        other = self.pages[paths[there]] if there < len(paths) else reply.sent
        return _paragraphs(lambda found: [each[0] for each in _text_of(other)])(asked, reply)


def _text_of(page: bytes) -> list[re.Match[bytes]]:
    """Return the paragraphs of an article's page, except one that contains the date, and its footer's."""
    every = list(_PARAGRAPH.finditer(page.partition(b"<footer")[0]))
    return [each for each in every if each[1] == every[-1][1]]


def _advertisement(found: list[re.Match[bytes]]) -> list[bytes]:
    """The same advertisement instead of a text's middle paragraph."""
    words = "Our shop by the station has new stamps, books and paintings every week, at moderate prices."
    middle = len(found) // 2
    return [_with_text(each, words.encode()) if n == middle else each[0] for n, each in enumerate(found)]


def _translated(found: list[re.Match[bytes]]) -> list[bytes]:
    """Sentences in a language that is not the site's, each time from another article."""
    is_korean = re.search("[가-힣]", found[0][0].decode("utf-8", "replace"))
    korean = ("%d호 발전소건설장에서 새로운 혁신이 일어나고있다.", "건설자들은 계획을 넘쳐 수행하였다.")
    english = ("At power station no. %d the builders are ahead of their plan.", "The dam was finished last week.")
    first, second = english if is_korean else korean
    return [_with_text(found[0], text.encode()) for text in (first % CHANCE.randrange(10**6), second)]


_TITLES = (rb'("title": ")([^"]+)', rb"(<a\b[^>]*>)(.*?)(?=</a>)")
"""A title on a list, and what it stands behind: where the list is JSON, and where it is not."""


def _lagging_titles(asked: Asked, reply: Reply) -> Reply:
    """A list on which each title is one place below its link."""
    return _retitled(asked, reply, lambda titles: [titles[-1], *titles[:-1]])


def _retitled(asked: Asked, reply: Reply, make: Callable[[list[bytes]], list[bytes]]) -> Reply:
    """Replace the titles of a list's links by those that `make` makes of them."""
    entries = re.compile(_TITLES[b"articleList" not in reply.sent], re.DOTALL)
    titles = [title for _, title in entries.findall(reply.sent)]
    if not is_list(asked) or asked.path == "/robots.txt" or len(titles) < 2:
        return reply
    others = iter(make(titles))
    return replace(reply, body=entries.sub(lambda found: found[1] + next(others), reply.sent))


_DAY = re.compile(rb"(?<!\d)(20\d\d([.-])\d\d?\2)(\d\d?)(?!\d)")


def _dated_otherwise(of_lists: bool) -> Callable[[Asked, Reply], Reply]:
    """Each date of an article's page, or of a list, two days away from what it should be."""

    def other(found: re.Match[bytes]) -> bytes:
        day = int(found[3])
        return found[1] + (b"%02d" % (day - 2 if day > 2 else day + 2))

    def trouble(asked: Asked, reply: Reply) -> Reply:
        return replace(reply, body=_DAY.sub(other, reply.sent)) if is_list(asked) is of_lists else reply

    return trouble


def _cut_short(found: list[re.Match[bytes]]) -> list[bytes]:
    """The first half of a text, up to the middle of a sentence."""
    half = [each[0] for each in found[: (len(found) + 1) // 2]]
    last = re.sub(rb"<[^>]*>", b"", half[-1]).decode("utf-8", "replace").split()
    return [*half[:-1], _with_text(found[0], " ".join(last[: len(last) // 2]).rstrip(".,。").encode())]


def _in_another_language(found: list[re.Match[bytes]]) -> list[bytes]:
    texts = ("Les travaux avancent dans toutes les régions du pays.", "Les ouvriers ont dépassé le plan de la semaine.")
    return [_with_text(found[0], text.encode()) for text in texts]


def _garbled(found: list[re.Match[bytes]]) -> list[bytes]:
    """The last paragraph in another encoding than the page's."""
    return [each[0] for each in found[:-1]] + [_with_text(found[-1], "조선중앙통신".encode("euc-kr"))]


def _broken_off(asked: Asked, reply: Reply) -> Reply:
    """An article's page up to the end of its middle paragraph, with the length of what is left."""
    found = [] if is_list(asked) else _text_of(reply.sent)
    return replace(reply, body=reply.sent[: found[len(found) // 2].end()]) if len(found) > 1 else reply


def _with_ellipsis(found: list[re.Match[bytes]]) -> list[bytes]:
    """The first half of a text, with the sign that there is more."""
    *half, last = _cut_short(found)
    return [*half, last.replace(b"</p>", " …</p>".encode())]


def _lost_middle(found: list[re.Match[bytes]]) -> list[bytes]:
    return [each[0] for place, each in enumerate(found) if place != len(found) // 2]


def _doubled(found: list[re.Match[bytes]]) -> list[bytes]:
    return [each[0] for each in found for _ in range(2)]


def _question_marks(found: list[re.Match[bytes]]) -> list[bytes]:
    """Every second paragraph as left by an encoder that cannot write its characters; in English, the vowels."""
    lost = re.compile(rb"[^\x00-\x7f]|(?<=[a-z])[aeiou](?=[a-z ])")
    plain = [re.sub(rb"<[^>]*>", b"", each[0]) for each in found]
    return [_with_text(each, lost.sub(b"?", plain[n])) if n % 2 else each[0] for n, each in enumerate(found)]


def _escaped_twice(found: list[re.Match[bytes]]) -> list[bytes]:
    """Each paragraph with its quotes, dashes and marks as HTML writes them, for all to read."""
    plain = [html.unescape(re.sub(r"<[^>]*>", "", each[0].decode("utf-8", "replace"))) for each in found]
    signs = str.maketrans({sign: f"&amp;#{ord(sign)};" for sign in "'\"‘’“”–—－<>"})
    return [_with_text(each, text.translate(signs).encode()) for each, text in zip(found, plain, strict=True)]


def _with_headlines(found: list[re.Match[bytes]]) -> list[bytes]:
    """Headlines of other articles below the text, as if they were its paragraphs."""
    headlines = ("Snow Falls in North for Third Day", "Farmers Bring in Apples", "New Timetable of Trains")
    return [each[0] for each in found] + [_with_text(found[0], f"Related: {each}".encode()) for each in headlines]


def _banner(found: list[re.Match[bytes]]) -> list[bytes]:
    """A short line of the site's above each text."""
    return [_with_text(found[0], b"Under maintenance until Monday."), *(each[0] for each in found)]


def _read_more(found: list[re.Match[bytes]]) -> list[bytes]:
    """The first half of a text, up to the end of a paragraph, and the words of a link to the rest."""
    return [*(each[0] for each in found[: (len(found) + 1) // 2]), _with_text(found[0], b"Read more")]


def _counted(found: list[re.Match[bytes]]) -> list[bytes]:
    """A line below each text with a number that is another one at each request."""
    return [*(each[0] for each in found), _with_text(found[0], b"%d views" % CHANCE.randrange(10**6))]


def _letters(make: Callable[[str], str]) -> Callable[[list[re.Match[bytes]]], list[bytes]]:
    """Replace what stands between the tags of each paragraph."""

    def changed(found: re.Match[bytes]) -> bytes:
        text = html.unescape(found[1].decode("utf-8", "replace"))
        return b">" + html.escape(make(text), quote=False).encode() + b"<"

    return lambda found: [re.sub(rb">([^<]+)<", changed, each[0]) for each in found]


def _as_windows_1252(asked: Asked, reply: Reply) -> Reply:
    """A page in UTF-8, read as Windows-1252 and sent as UTF-8."""
    return reply if is_list(asked) else replace(reply, body=reply.sent.decode("cp1252", "ignore").encode())


def _as_latin_1(asked: Asked, reply: Reply) -> Reply:
    return reply if is_list(asked) else replace(reply, body=reply.sent.decode("latin-1").encode())


class _PageOneAgain:
    """A list whose further pages show its first one."""

    def __init__(self) -> None:
        self._first = b""

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if not is_list(asked) or asked.path == "/robots.txt":
            return reply
        if is_further(asked):
            return replace(reply, body=self._first or reply.sent)
        self._first = reply.sent
        return reply


class _OneBehind:
    """A proxy that has lost its place: it answers each request as it should have answered the one before."""

    def __init__(self) -> None:
        self._last: Reply | None = None

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if asked.path == "/robots.txt":
            return reply
        last, self._last = self._last, reply
        return last or reply

    def forget(self) -> None:
        self._last = None


_ONE_BEHIND = _OneBehind()


def _never_changed(asked: Asked, reply: Reply) -> Reply:
    """A cache that answers 304 whenever it may."""
    return Reply(status=304) if set(_CONDITIONS) & {name.lower() for name in asked.headers} else reply


def _old_titles(asked: Asked, reply: Reply) -> Reply:
    """A list whose links have the titles of its lower half."""
    return _retitled(asked, reply, lambda titles: titles[len(titles) // 2 :] * 2 + titles)


class _AllToOne:
    """Every article redirects to the one that was requested first."""

    def __init__(self) -> None:
        self._one = ""

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        self._one = self._one or ("" if is_list(asked) else asked.path)
        return reply if is_list(asked) or asked.path == self._one else _redirect(self._one)(asked, reply)

    def forget(self) -> None:
        self._one = ""


_ALL_TO_ONE = _AllToOne()
_LOOK_ALIKE = str.maketrans("aeo", "\u0430\u0435\u043e")
_NOT_FOUND = "<html><head><title>404 Not Found</title></head><body><h1>Not Found</h1></body></html>"


def _soft_404(asked: Asked, reply: Reply) -> Reply:
    return reply if is_list(asked) else Reply(_NOT_FOUND)


def _sent_home(asked: Asked, reply: Reply) -> Reply:
    return reply if is_list(asked) or asked.path in ("/", "/en/") else _redirect("/")(asked, reply)


def _paging(asked: Asked, reply: Reply) -> Reply:
    return Reply("down", 502) if is_list(asked) and is_further(asked) else reply


_ENTRIES = {  # what a list of a site holds -> where its entries stand, and one of them
    b'"articleList": [': (b'"articleList": [', b'{"url": "/arti/politics/defense/%07d.html", "title": "x"},'),
    b'class="date_news_list"': (b'class="date_news_list">', b"<a href=index.php?%s>x</a>"),
    b'class="list-group"': (b'class="list-group">', b"<li><a href=/arti/english_edition/e_northkorea/%07d.html>x</a>"),
    b'class="container"': (
        b'class="container">',
        b"<div class=article><h5 class=block><a href=/en/article/detail/%032x>x</a></h5></div>",
    ),
}


def crowded(count: int) -> Callable[[Asked, Reply], Reply]:
    """Put that many entries before a list's first one."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        page = reply.sent.replace(b"'", b'"') if b"__NEXT_DATA__" not in reply.sent else reply.sent
        for mark, (place, entry) in _ENTRIES.items():
            if is_list(asked) and mark in page:
                serial = b"%s" in entry
                entries = (entry % (_serial(number) if serial else number) for number in range(count))
                return replace(reply, body=page.replace(place, place + b"".join(entries), 1))
        return reply

    return trouble


def _serial(number: int) -> bytes:
    return base64.b64encode(f"12@20{number // 1000:02}-01-01-{number % 1000:03}@".encode())


def _later(asked: Asked, reply: Reply) -> Reply:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)
    return Reply("slow down", 429, {"Retry-After": soon})


class _Encrypted:
    """A site that redirects each http request to https, which works."""

    def __init__(self) -> None:
        self._sent_on: set[str] = set()

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if asked.path in self._sent_on or asked.method == "POST":
            self._sent_on.discard(asked.path)
            return reply
        self._sent_on.add(asked.path)
        return Reply(status=301, headers={"Location": f"https://{asked.host.partition(':')[0]}{asked.path}"})


def _with(reply: Reply, name: str, value: str) -> Reply:
    pairs = reply.headers.items() if isinstance(reply.headers, dict) else reply.headers
    kept = tuple((key, given) for key, given in pairs if key.lower() != name.lower())
    return replace(reply, headers=(*kept, (name, value)) if value else kept)


def is_list(asked: Asked) -> bool:
    """Return whether a request is for a list of any of the sites; everything else except articles counts as one."""
    path = asked.path
    is_article = re.search(r"/article/(?:detail|q)/|/\d+\.html|newsID=|\?MT[IJ]A", path)
    return not is_article or "MkBA" in path or "?MUBA" in path


def is_further(asked: Asked) -> bool:
    """Return whether a request is for a further page of a list."""
    return asked.method == "POST" or bool(re.search(r"page=(?!1$)|list(?!1\.)\d+\.html", asked.path))


@cache
def _bomb() -> bytes:
    return gzip.compress(b" " * (64 * MiB), 1)


@cache
def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _always(reply: Reply) -> Callable[[Asked, Reply], Reply]:
    return lambda asked, good: reply


def _redirect(to: str) -> Callable[[Asked, Reply], Reply]:
    return _always(Reply(status=302, headers={"Location": to}))


def _undeclared(asked: Asked, reply: Reply) -> Reply:
    return _with(replace(reply, body=re.sub(rb"<meta charset=[^>]*>", b"", reply.sent)), "Content-Type", "text/html")


_PICTURE = Reply(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 64, headers={"Content-Type": "image/png"})
_ENDLESS = Reply(raw=b"HTTP/1.1 200 OK\r\n" + b"X-More: and more\r\n" * 60_000)
_BUSY = Reply("busy", 503, {"Retry-After": "1"})
_TOO_MANY = Reply("later", 429, {"Retry-After": "1"})
_TOO_LARGE = "is larger than 8,388,608 bytes"

FAULTS: dict[str, Fault] = {
    "busy": Fault("answers 503 Service Unavailable", _always(_BUSY)),
    "slow": Fault("no answer from", lambda asked, reply: replace(reply, wait=5), patience=0.5),
    "hang": Fault("no answer from", _always(Reply(hang=True)), patience=0.5),
    "cut": Fault("no complete answer from", _cut),
    "blocked": Fault("Web Page Blocked", _always(Reply(NOTICE))),
    "drift": Fault("looked for", _drift),
    "empty": Fault("0 entries, where", _empty),
    "charset": Fault("", _charset, outcome="ok"),
    "bomb": Fault(_TOO_LARGE, lambda asked, reply: Reply(_bomb(), headers={"Content-Encoding": "gzip"})),
    "loop": Fault("redirects more than 5 times", lambda asked, reply: _redirect(asked.path)(asked, reply)),
    "inward": Fault("which is another site than", _redirect("http://127.0.0.1:22/")),
    "edit": Fault("", _edit, outcome="ok"),
    "gone": Fault("are gone: held back", _gone, outcome="noted"),
    "one text": Fault("show the same text", _paragraphs(_one_text), later="noted"),
    "first paragraph": Fault(
        "texts have a single paragraph", _paragraphs(lambda found: [found[0][0]]), outcome="noted", stores=True
    ),
    "numbered notice": Fault("match their titles", _paragraphs(_numbered_notice), outcome="noted", stores=True),
    "two articles": Fault(
        "contains text of", _paragraphs(_MIXED), outcome="noted", later="failed", stores=True, begin=_MIXED.forget
    ),
    "cut short": Fault("end in mid-sentence", _paragraphs(_cut_short), outcome="noted", stores=True),
    "no text": Fault("has no text of its own", _paragraphs(lambda found: []), outcome="noted"),
    "another language": Fault("show the same text", _paragraphs(_in_another_language), later="noted"),
    "two encodings": Fault("could not be decoded whole", _paragraphs(_garbled), later="noted"),
    "exchanged": Fault("titles", _OfAnother(lambda place: place ^ 1), outcome="noted", stores=True),
    "old text": Fault("text", _OfAnother(lambda place: place // 2), outcome="noted", stores=True),
    "advertisement": Fault("text of", _paragraphs(_advertisement), outcome="noted", stores=True),
    "translation": Fault("match their titles", _paragraphs(_translated), outcome="noted", stores=True),
    "soft 404": Fault("are gone: held back", _soft_404, outcome="noted"),
    "sent home": Fault("are gone: held back", _sent_home, outcome="noted"),
    "connection refused": Fault("connection refused", way=lambda origin: f"http://127.0.0.1:{_closed_port()}"),
    "no DNS": Fault("its name is not in the DNS", way=lambda origin: "http://no-such-site.invalid"),
    "no TLS": Fault("no TLS", way=lambda origin: origin.replace("http:", "https:")),
    "403": Fault("answers 403 Forbidden", _always(Reply("no", 403))),
    "429, seconds": Fault("answers 429 Too Many Requests", _always(_TOO_MANY)),
    "429, date": Fault("answers 429 Too Many Requests", _later),
    "502 in mid-paging": Fault("", _paging, outcome="ok"),  # where the site's list has further pages
    "a picture": Fault("looked for", _always(_PICTURE)),
    "wrong content type": Fault(
        "", lambda asked, reply: _with(reply, "Content-Type", "application/octet-stream"), outcome="ok"
    ),
    "no charset": Fault("", _undeclared, outcome="ok"),
    "40 MB": Fault(_TOO_LARGE, lambda asked, reply: replace(reply, body=reply.sent + b" " * (40 * MiB))),
    "100,000 links": Fault("entries on one page", crowded(100_000)),
    "headers without end": Fault("no complete answer from", _always(_ENDLESS)),
    "to https": Fault("", _Encrypted(), outcome="ok"),
    "to another site": Fault("which is another site than", _redirect("https://elsewhere.example/")),
}


HARD = {
    "lagging titles": Fault("not the page that was requested", _lagging_titles, outcome="noted", stores=True),
    "texts shifted": Fault(
        "one and the same", _paragraphs(_SHIFTED), outcome="noted", stores=True, begin=_SHIFTED.forget
    ),
    "old titles": Fault("not the page that was requested", _old_titles, outcome="noted", stores=True),
    "all to one": Fault("not the page that was requested", _ALL_TO_ONE, outcome="noted", begin=_ALL_TO_ONE.forget),
    "broken off": Fault("breaks off before its end", _broken_off, later="noted"),
    "ellipsis": Fault("end in mid-sentence", _paragraphs(_with_ellipsis), outcome="noted", stores=True),
    "escaped twice": Fault("could not be decoded whole", _paragraphs(_escaped_twice), later="noted"),
    "lost middle": Fault("waits for another look", _paragraphs(_lost_middle), outcome="waiting", stores=True),
    "doubled": Fault("waits for another look", _paragraphs(_doubled), outcome="waiting", stores=True),
    "question marks": Fault(
        "could not be decoded whole", _paragraphs(_question_marks), outcome="failed", later="noted"
    ),
    "another date": Fault("not the page that was requested", _dated_otherwise(of_lists=False), outcome="noted"),
    "list dated otherwise": Fault("", _dated_otherwise(of_lists=True), outcome="noted"),
    "headlines below": Fault("waits for another look", _paragraphs(_with_headlines), outcome="waiting", stores=True),
    "banner": Fault("show other articles", _paragraphs(_banner), outcome="noted", stores=True),
    "read more": Fault("show other articles", _paragraphs(_read_more), outcome="noted", stores=True),
    "view counter": Fault("show other articles", _paragraphs(_counted), outcome="noted", stores=True),
    "letters of two scripts": Fault(
        "could not be decoded whole",
        _paragraphs(_letters(lambda text: text.translate(_LOOK_ALIKE))),
        outcome="failed",
        later="noted",
    ),
    "soft hyphens": Fault(
        "", _paragraphs(_letters(lambda text: re.sub(r"(\w{3})(?=\w)", "\\1\u00ad", text))), outcome="ok"
    ),
    "letters in parts": Fault("", _paragraphs(_letters(lambda text: normalize("NFD", text))), outcome="ok"),
    "as Windows-1252": Fault("could not be decoded whole", _as_windows_1252, outcome="noted"),
    "as Latin-1": Fault("could not be decoded whole", _as_latin_1, outcome="noted"),
    "page one again": Fault("", _PageOneAgain(), outcome="ok"),
    "one behind": Fault("not a known layout", _ONE_BEHIND, begin=_ONE_BEHIND.forget),
    "304 for ever": Fault("", _never_changed, outcome="ok"),
}
"""What `make faults` has besides, and the suite has not."""

_CONDITIONS = ("if-none-match", "if-modified-since")

# --- between the site and us ----------------------------------------------------------------------------------------


class Front:
    """A proxy before a site that passes everything on, except for its current fault."""

    def __init__(self, web: Web, site: str) -> None:
        self.web, self._site = web, urlsplit(site)
        self.fault: Fault | None = None
        self.rate, self.patience = 1.0, PATIENCE
        self.direct = False  # connections lead past the front, to a site that has faults of its own
        self._case = ""
        self._times = Counter[tuple[str, str]]()  # how often chance was asked about each path, and what
        self._one_at_a_time = threading.Lock()
        self._pages: dict[str, bytes] = {}  # of articles, as they should be, by path
        web.otherwise = self._answer

    def strike(self, fault: Fault | None, rate: float = 1.0, case: str = "") -> None:
        """Put this fault into that many of the responses from now on; None: the site is healthy again.

        Chance depends on nothing but the name of the `case`, the path, and how often it was requested.
        """
        self.fault, self.rate, self._case = fault, rate, case
        self._times.clear()
        self.patience = fault.patience if fault else PATIENCE
        if fault:
            fault.begin()
        if fault and isinstance(fault.trouble, _OfAnother):
            fault.trouble.pages = self._pages

    def _chance(self, of: str, path: str) -> str:
        """Return the seed of what chance decides next about a path."""
        self._times[of, path] += 1
        return f"{self._case}, {of} {path}, {self._times[of, path]}"

    def _strikes(self, of: str, path: str) -> bool:
        return random.Random(self._chance(of, path)).random() < self.rate

    def origin(self, path: str) -> str:
        """Return the destination of the next connection, for a path."""
        if self.direct:
            return self._site.geturl()
        if self.fault and self._strikes("way", path):
            return self.fault.way(self.web.origin)
        return self.web.origin

    def _answer(self, asked: Asked) -> Reply:
        with self._one_at_a_time:
            if not (self.fault and self._strikes("answer", asked.path)):
                return self._handed_on(asked)
            headers = httpx.Headers({k: v for k, v in asked.headers.items() if k not in _CONDITIONS})
            good = self._handed_on(replace(asked, headers=headers))
            CHANCE.seed(self._chance("fault", asked.path))
            bad = self.fault.trouble(asked, good)
        return bad if bad.sent == good.sent else _with(_with(bad, "ETag", ""), "Last-Modified", "")

    def _handed_on(self, asked: Asked) -> Reply:
        reply = hand_on(asked, self._site.geturl())
        if reply.status == 200 and not is_list(asked):
            self._pages.setdefault(asked.path, reply.sent)
        return reply

    def transport(self) -> httpx.AsyncBaseTransport:
        """Return an internet in which every name leads here, as far as the fault allows."""
        return _Way(self)


def hand_on(asked: Asked, site: str) -> Reply:
    """Return the site's response to a request."""
    there = urlsplit(site)
    connection = http.client.HTTPConnection(str(there.hostname), there.port, timeout=30)
    kept = {name: value for name, value in asked.headers.items() if name not in ("host", "connection")}
    try:
        connection.request(asked.method, asked.path, asked.body or None, kept)
        answer = connection.getresponse()
        headers = tuple(
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in ("content-length", "transfer-encoding", "connection", "date", "server")
        )
        return Reply(answer.read(), answer.status, headers)
    finally:
        connection.close()


class _Way(httpx.AsyncBaseTransport):
    def __init__(self, front: Front) -> None:
        self._front = front
        self._inner = httpx.AsyncHTTPTransport(verify=_authorities(), trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        to = httpx.URL(self._front.origin(request.url.raw_path.decode()))
        there = request.url.copy_with(scheme=to.scheme, host=to.host, port=to.port)
        return await self._inner.handle_async_request(
            httpx.Request(
                request.method, there, headers=request.headers, stream=request.stream, extensions=request.extensions
            )
        )

    async def aclose(self) -> None:
        await self._inner.aclose()


# --- what reads it --------------------------------------------------------------------------------------------------


async def _no_wait(seconds: float) -> None:
    """Ignore Retry-After, which `Fetcher` implements and its tests cover."""


@dataclass
class Watch:
    """One store and archive that read an edition through a proxy, without Prefect and with short time-outs."""

    front: Front
    source: str
    lang: str
    folder: Path
    first_poll: int = 6
    lists: int = 1  # of the edition's lists, the first so many

    async def poll(self, at: datetime) -> Summary:
        outlet, edition = SOURCES[self.source], self._edition()
        fetcher = Fetcher(
            edition,
            delay=0,
            timeout=self.front.patience,
            attempts=1,
            clock=lambda: at,
            sleep=_no_wait,
            transport=self.front.transport(),
        )
        with ExitStack() as stack:
            store = stack.enter_context(self.store())
            writer = stack.enter_context(Archive.open(str(self.folder / "archive")).writer(edition.site))
            async with fetcher:
                return await crawl(
                    CrawlContext(outlet, edition, fetcher, writer, store, analyzer(), self.first_poll, lambda: at)
                )

    def _edition(self) -> Edition:
        edition = next(each for each in SOURCES[self.source].editions if each.lang == self.lang)
        # The sites' clocks stand still, while the polls go on for a month: that a day brings nothing is no fault here.
        # One request at a time, for what some faults answer depends on the request before.
        polite = replace(edition.politeness, concurrency=1)
        return replace(edition, lists=edition.lists[: self.lists], daily=0, politeness=polite)

    def copy(self, folder: Path) -> Watch:
        """Return a copy that continues in another folder."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return replace(self, folder=folder)

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.folder / 'sunchi.db'}")

    def texts(self) -> list[tuple[Any, ...]]:
        """Return every article as stored."""
        with self.store() as store:
            return sorted(
                (str(row["date"]), row["title"], tuple(row["paragraphs"]), row["outcome"]) for row in store.articles()
            )

    def incidents(self) -> list[str]:
        with self.store() as store:
            return [f"{each.kind}: {each.message}" for each in store.incidents()]
