"""Wrong pages of sites, proxies, caches and content managers, in addition to those of tests/faults.py.

Each is something that was seen on real sites: walls in the site's own layout, blocks of other headlines, texts that
differ at each request, lists that lose or repeat entries.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import textwrap
from collections.abc import Callable
from dataclasses import replace

from tests.faults import (
    CHANCE,
    Fault,
    _letters,
    _paragraphs,
    _redirect,
    _retitled,
    _text_of,
    _with_text,
    is_further,
    is_list,
)
from tests.web import Asked, Reply

Found = list[re.Match[bytes]]
"""The paragraphs of an article's page."""

_WARES = [
    *("stamps", "books", "paintings", "market", "shoes", "bargains", "holiday", "hotel", "flight", "watches", "coffee"),
    *("garden", "furniture", "kitchen", "winter", "summer", "lottery", "insurance"),
]


def _plain(paragraph: re.Match[bytes]) -> str:
    return html.unescape(re.sub(rb"<[^>]*>", b"", paragraph[0]).decode("utf-8", "replace"))


def _own(found: Found) -> list[bytes]:
    return [each[0] for each in found]


def _lines(found: Found, *lines: str) -> list[bytes]:
    return [_with_text(found[0], line.encode()) for line in lines]


# --- texts that differ at each request --------------------------------------------------------------------------------


def _rotating(found: Found) -> list[bytes]:
    """Another advertisement each time, instead of a text's middle paragraph."""
    words = " ".join(CHANCE.sample(_WARES, 14)).capitalize() + "."
    middle = len(found) // 2
    return [*_own(found)[:middle], *_lines(found, words), *_own(found)[middle + 1 :]]


def _lost_at_random(found: Found) -> list[bytes]:
    lost = CHANCE.randrange(len(found))
    return [each for place, each in enumerate(_own(found)) if place != lost or len(found) < 2]


def _comments(found: Found) -> list[bytes]:
    """What readers say, below the text; the latest ones first."""
    said = "The news of the {} from {} was read here with great interest by all of us."
    return [*_own(found), *_lines(found, *(said.format(*CHANCE.sample(_WARES, 2)) for _ in range(3)))]


def _minutes_ago(found: Found) -> list[bytes]:
    return [*_lines(found, f"Posted {CHANCE.randrange(2, 60)} minutes ago"), *_own(found)]


def _rate_limit(found: Found) -> list[bytes]:
    """A refusal under each article's own title, with status 200."""
    wait = f"Please try again in {CHANCE.randrange(10, 90)} seconds."
    return _lines(found, "Too many requests have come from your address.", wait)


def _shuffled(found: Found) -> list[bytes]:
    return CHANCE.sample(_own(found), len(found))


def _other_numbers(text: str) -> str:
    return re.sub(r"\d", lambda _: str(CHANCE.randrange(1, 9)), text)


class _OthersBelow:
    """What other articles have, below each text; `make` makes it of their pages, the latest first."""

    def __init__(self, make: Callable[[list[bytes]], list[bytes]]) -> None:
        self._make = make
        self._pages: dict[str, bytes] = {}

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if is_list(asked) or not _text_of(reply.sent):
            return reply
        others = [page for path, page in self._pages.items() if path != asked.path][::-1]
        self._pages.setdefault(asked.path, reply.sent)
        return _paragraphs(lambda found: [*_own(found), *self._make(others)])(asked, reply)

    def forget(self) -> None:
        self._pages.clear()


_TITLE = re.compile(
    rb"(<(h[1-4]|p|div)\b[^>]*(?:TitleP|news_Title|titleapp|ArticleDetailView_title|text-danger)[^>]*>)(.*?)(</\2>)",
    re.DOTALL,
)
"""The title on an article's page of one of the sites."""


def _headlines(pages: list[bytes]) -> list[bytes]:
    """Headlines of three other articles, as paragraphs."""
    return _headlines_of(pages, 3)


def _headlines_of(pages: list[bytes], number: int) -> list[bytes]:
    titles = [found[3].strip() for page in pages[:number] if (found := _TITLE.search(page))]
    return [_with_text(_text_of(page)[0], title) for page, title in zip(pages, titles, strict=False)]


def _beginning(pages: list[bytes]) -> list[bytes]:
    """The beginning of the next article, as pages have it that go on and on."""
    return [each[0] for page in pages[:1] for each in _text_of(page)[:2]]


_LATEST, _GOING_ON = _OthersBelow(_headlines), _OthersBelow(_beginning)


# --- texts with something lost or added -------------------------------------------------------------------------------


def _pay_wall(found: Found) -> list[bytes]:
    wall = "You have read all your free articles of this month.", "Sign in or subscribe to go on."
    return [*_own(found)[:1], *_lines(found, *wall)]


def _cookie_wall(found: Found) -> list[bytes]:
    return [*_lines(found, "We value your privacy.", "This site uses cookies and the like. Accept all?"), *_own(found)]


def _half_translated(found: Found) -> list[bytes]:
    is_korean = re.search("[가-힣]", _plain(found[0]))
    others = ("The builders are ahead of their plan.", "The dam was finished last week.")
    if not is_korean:
        others = ("건설자들은 계획을 넘쳐 수행하였다.", "발전소건설장에서 새로운 혁신이 일어나고있다.")
    half = (len(found) + 1) // 2
    return [*_own(found)[:half], *_lines(found, *(others[n % 2] for n in range(len(found) - half)))]


def _for_printing(found: Found) -> list[bytes]:
    head = "Printed from the site. All rights reserved."
    return [*_lines(found, head), *_own(found), *_lines(found, head)]


def _first_of_pages(found: Found) -> list[bytes]:
    return [*_own(found)[: (len(found) + 1) // 2], *_lines(found, "1 2 3 Next")]


def _first_twice(found: Found) -> list[bytes]:
    return [*_own(found)[:1], *_own(found)]


def _without_first(found: Found) -> list[bytes]:
    return _own(found)[len(found) > 1 :]


def _without_last(found: Found) -> list[bytes]:
    return _own(found)[: max(1, len(found) - 1)]


def _halved(text: str) -> str:
    """Each paragraph up to its middle word."""
    words = text.split()
    return " ".join(words[: max(1, len(words) // 2)])


def _without_every_third_word(text: str) -> str:
    return " ".join(word for place, word in enumerate(text.split()) if place % 3 != 2)


def _sentences_apart(found: Found) -> list[bytes]:
    return _lines(found, *(html.escape(each, quote=False) for text in found for each in _plain(text).split(". ")))


def _tags_shown(found: Found) -> list[bytes]:
    return _lines(found, *(f"&lt;p&gt;{html.escape(_plain(each), quote=False)}&lt;/p&gt;" for each in found))


def _in_one(found: Found) -> list[bytes]:
    """All paragraphs as one."""
    return _lines(found, html.escape(" ".join(map(_plain, found)), quote=False))


def _shared(found: Found) -> list[bytes]:
    """The words of buttons in the middle of each text."""
    middle = (len(found) + 1) // 2
    return [*_own(found)[:middle], *_lines(found, "Share Tweet Mail Print"), *_own(found)[middle:]]


def _with_captions(found: Found) -> list[bytes]:
    return [*_lines(found, "A view of the place. Photo by our own photographer."), *_own(found)]


def _title_alone(asked: Asked, reply: Reply) -> Reply:
    title = None if is_list(asked) else _TITLE.search(reply.sent)
    return _paragraphs(lambda found: [_with_text(found[0], title[3])])(asked, reply) if title else reply


def _template(found: Found) -> list[bytes]:
    return _lines(found, "{{ article.body }}", "[object Object]")


def _with_a_warning(found: Found) -> list[bytes]:
    return [
        *_lines(found, "Warning: Too many connections in /var/www/db.php on line 42"),
        *_own(found),
    ]


_NAMES = "Kim Jong Un|Xi Jinping|Putin|China|Russia|Japan|DPRK|U.S.|김정은|푸틴|중국|러시아|북한|미국"


def _without_names(text: str) -> str:
    return re.sub(_NAMES, "", text)


def _glued(text: str) -> str:
    return text.replace(" ", "")


def _titled(make: Callable[[bytes], bytes]) -> Callable[[Asked, Reply], Reply]:
    """Replace the title on each article's page."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        body = _TITLE.sub(lambda found: found[1] + make(found[3]) + found[4], reply.sent, count=1)
        return reply if is_list(asked) else replace(reply, body=body)

    return trouble


def _updated(title: bytes) -> bytes:
    """A title that says how often the article was written anew, another number each time."""
    return b"UPDATE %d: " % CHANCE.randrange(2, 9) + title


def _other_edition(asked: Asked, reply: Reply) -> Reply:
    """An article of another edition, in another language, at each address."""
    titled = _titled(lambda title: b"Une visite de l'usine no. %d" % (len(title) % 97))(asked, reply)
    lines = ("Les ouvriers de l'usine ont fait visiter leur atelier.", "La visite a dur\u00e9 toute la journ\u00e9e.")
    return _paragraphs(lambda found: _lines(found, *lines))(asked, titled)


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+", text)


def _sentences_twice(text: str) -> str:
    return " ".join(each for sentence in _sentences(text) for each in (sentence, sentence))


def _with_a_highlight(found: Found) -> list[bytes]:
    """The longest sentence of the last paragraph, once more in the middle of the text."""
    middle = len(found) // 2
    longest = max(_sentences(_plain(found[-1])), key=len)
    return [*_own(found)[:middle], *_lines(found, html.escape(longest, quote=False)), *_own(found)[middle:]]


def _first_half(found: Found) -> list[bytes]:
    return _own(found)[: (len(found) + 1) // 2]


def _every_second(found: Found) -> list[bytes]:
    return _own(found)[::2]


def _starred(text: str) -> str:
    return re.sub(rf"{_NAMES}|nuclear|missile|핵|전쟁", lambda name: "*" * len(name[0]), text)


def _other_signs(text: str) -> str:
    """Quotes, dashes and apostrophes as a font without them shows them."""
    return re.sub(r"[^\w\s.,;:!?()%/$&*…-]", "¿", text)


def _swallowed(opening: bytes) -> Callable[[Asked, Reply], Reply]:
    """Markup without end in the middle of each text."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        found = [] if is_list(asked) else _text_of(reply.sent)
        if not found:
            return reply
        place = found[len(found) // 2].start()
        return replace(reply, body=reply.sent[:place] + opening + reply.sent[place:])

    return trouble


# --- other articles, other words, other orders ------------------------------------------------------------------------


def _with_all_headlines(pages: list[bytes]) -> list[bytes]:
    """Headlines of up to forty other articles below each text, as where the list stands on the same page."""
    return _headlines_of(pages, 40)


def _taking_turns(pages: list[bytes]) -> list[bytes]:
    """All of another article below each text."""
    return [each[0] for page in pages[:1] for each in _text_of(page)]


class _Interleaved:
    """The paragraphs of each text and of the one requested before, by turns, as where two columns are read across."""

    def __init__(self) -> None:
        self._last: list[bytes] = []

    def __call__(self, found: Found) -> list[bytes]:
        own, last = _own(found), self._last
        self._last = own
        return [each for pair in zip(own, last, strict=False) for each in pair] + own[len(last) :]

    def forget(self) -> None:
        self._last = []


class _TwoCaches:
    """A cache of which every second answer is an older version, without the last third of its text."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        self._asked[asked.path] = self._asked.get(asked.path, 0) + 1
        if self._asked[asked.path] % 2:
            return _paragraphs(lambda found: _own(found)[: max(1, len(found) * 2 // 3)])(asked, reply)
        return reply

    def forget(self) -> None:
        self._asked.clear()


class _TitlesShifted:
    """The title of the article that was requested before, above each text."""

    def __init__(self) -> None:
        self._last = b""

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        found = None if is_list(asked) else _TITLE.search(reply.sent)
        if not found:
            return reply
        last, self._last = self._last, found[3]
        return _titled(lambda title: last or title)(asked, reply)

    def forget(self) -> None:
        self._last = b""


_INTERLEAVED, _TWO_CACHES, _TITLES_SHIFTED = _Interleaved(), _TwoCaches(), _TitlesShifted()
_LIST_BELOW, _ALL_OF_ANOTHER = _OthersBelow(_with_all_headlines), _OthersBelow(_taking_turns)


def _with_its_title(make: Callable[[Found, bytes], list[bytes]]) -> Callable[[Asked, Reply], Reply]:
    """Replace the paragraphs of each page by those that `make` makes of them and of the title."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        title = None if is_list(asked) else _TITLE.search(reply.sent)
        return _paragraphs(lambda found: make(found, title[3].strip()))(asked, reply) if title else reply

    return trouble


def _log_in(found: Found, title: bytes) -> list[bytes]:
    """A wall that names the article behind it."""
    wall = b"Log in to read \xe2\x80\x9c%s\xe2\x80\x9d." % title
    return [_with_text(found[0], wall), *_lines(found, "Members can read all articles of this site.")]


def _own_404(found: Found, title: bytes) -> list[bytes]:
    """A page that was not found, under its own title and with it."""
    said = b"The page \xe2\x80\x9c%s\xe2\x80\x9d could not be found." % title
    return [_with_text(found[0], said), *_lines(found, "It may have been moved or deleted.")]


def _emptied(found: Found) -> list[bytes]:
    return [*_own(found)[:1], *_lines(found, *[""] * (len(found) - 1))]


def _to_a_limit(found: Found) -> list[bytes]:
    """Whole paragraphs of up to six hundred characters together, as an interface gives them out that has a limit."""
    kept, length = 0, 0
    while kept < len(found) and (kept == 0 or length + len(_plain(found[kept])) <= 600):
        length += len(_plain(found[kept]))
        kept += 1
    return _own(found)[:kept]


def _without_last_sentences(text: str) -> str:
    """Each paragraph without its last sentence, if it has several."""
    every = _sentences(text)
    return " ".join(every[:-1] if len(every) > 1 else every)


def _summary_above(found: Found) -> list[bytes]:
    """The first sentences of a text's paragraphs, as one paragraph above it."""
    first = " ".join(_sentences(_plain(each))[0] for each in found)
    return [*_lines(found, html.escape(first, quote=False)), *_own(found)]


def _hard_wrapped(found: Found) -> list[bytes]:
    """Each line of sixty characters a paragraph of its own."""
    lines = [line for each in found for line in textwrap.wrap(_plain(each), 60)]
    return _lines(found, *(html.escape(line, quote=False) for line in lines))


_SYNONYMS = {
    "said": "told",
    "sent": "dispatched",
    "message": "missive",
    "friendship": "amity",
    "leader": "chief",
    "met": "encountered",
    "people": "folk",
    "country": "land",
    "countries": "lands",
    "relations": "ties",
    "visit": "trip",
    "the": "this",
    "of": "from",
    "and": "as well as",
    "to": "towards",
    "말했다": "이야기했다",
    "밝혔다": "알려 주었다",
    "대통령": "국가 수반",
    "전문": "문서",
    "친선": "우정",
    "오늘": "이날",
    "인민": "사람들",
    "나라": "국가",
    "국가": "나라",
    "대한": "관한",
    "위한": "향한",
    "회담": "이야기",
}


def _retranslated(text: str) -> str:
    """Other words for many of a text's, as where it was translated and back."""
    return re.sub("|".join(rf"\b{word}\b" if word.isascii() else word for word in _SYNONYMS),
                  lambda found: _SYNONYMS[found[0]], text)  # fmt: skip


def _letters_exchanged(text: str) -> str:
    """Each two letters inside a word in the other order."""
    return re.sub(r"(?<=\w)([^\W\d_])([^\W\d_])", r"\2\1", text)


_WIDE = {**{n: n + 0xFEE0 for n in range(0x41, 0x5B)}, **{n: n + 0xFEE0 for n in range(0x61, 0x7B)}}
_TOGETHER = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


def _ligatures(text: str) -> str:
    """Letters joined as in print."""
    for letters, sign in _TOGETHER.items():
        text = text.replace(letters, sign)
    return text


def _with_marks_between(mark: str) -> Callable[[str], str]:
    return lambda text: re.sub(r"(?<=\w)(?=\w)", mark, text)


def _list_undated(asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=_DAY.sub(b"", reply.sent)) if is_list(asked) else reply


# --- answers that are no pages, or not in their encoding --------------------------------------------------------------


def _of_articles(make: Callable[[Reply], Reply]) -> Callable[[Asked, Reply], Reply]:
    return lambda asked, reply: reply if is_list(asked) else make(reply)


def _as_bytes(make: Callable[[bytes], bytes], kind: str = "") -> Callable[[Reply], Reply]:
    def changed(reply: Reply) -> Reply:
        return Reply(make(reply.sent), 200, {"Content-Type": kind} if kind else reply.headers)

    return changed


def _half_gzip(reply: Reply) -> Reply:
    headers = {"Content-Encoding": "gzip", "Content-Type": "text/html; charset=utf-8"}
    return Reply(gzip.compress(reply.sent)[:-20], 200, headers)


def _in_part(reply: Reply) -> Reply:
    half = len(reply.sent) // 2
    ranges = {"Content-Type": "text/html; charset=utf-8", "Content-Range": f"bytes 0-{half - 1}/{len(reply.sent)}"}
    return Reply(reply.sent[:half], 206, ranges)


def _undated(asked: Asked, reply: Reply) -> Reply:
    return reply if is_list(asked) else replace(reply, body=_DAY.sub(b"", reply.sent))


def _of_1970(of_lists: bool) -> Callable[[Asked, Reply], Reply]:
    def trouble(asked: Asked, reply: Reply) -> Reply:
        if is_list(asked) is not of_lists:
            return reply
        return replace(reply, body=_DAY.sub(rb"1970\g<2>01\g<2>01", reply.sent))

    return trouble


_JSON = Reply(b'{"error": {"code": 200, "message": "try again"}}', 200, {"Content-Type": "application/json"})


class _ToNewer:
    """Every second article redirects to the one that was first requested before it."""

    def __init__(self) -> None:
        self._paths: list[str] = []

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if is_list(asked):
            return reply
        if asked.path not in self._paths:
            self._paths.append(asked.path)
        place = self._paths.index(asked.path)
        return _redirect(self._paths[place - 1])(asked, reply) if place % 2 else reply

    def forget(self) -> None:
        self._paths.clear()


_TO_NEWER = _ToNewer()


# --- lists ------------------------------------------------------------------------------------------------------------

_ROWS = (rb'<div class="article">.*?</div>', rb'<div class="row">.*?</span></div></div>', rb"<li>.*?</li>")


def _rows(make: Callable[[list[bytes]], list[bytes]], *, further: bool = False) -> Callable[[Asked, Reply], Reply]:
    """Replace the entries of each list, or of its further pages alone."""

    def trouble(asked: Asked, reply: Reply) -> Reply:
        if not is_list(asked) or asked.path == "/robots.txt" or (further and not is_further(asked)):
            return reply
        if found := re.search(rb'"articleList": (\[.*?\])\}', reply.sent, re.DOTALL):
            entries = [json.dumps(each, ensure_ascii=False).encode() for each in json.loads(found[1])]
            return replace(reply, body=reply.sent.replace(found[1], b"[%s]" % b", ".join(make(entries))))
        for pattern in _ROWS:
            rows = list(re.finditer(pattern, reply.sent, re.DOTALL))
            if len(rows) > 1:
                before, after = reply.sent[: rows[0].start()], reply.sent[rows[-1].end() :]
                return replace(reply, body=before + b"".join(make(_own(rows))) + after)
        return reply

    return trouble


def _list_broken_off(asked: Asked, reply: Reply) -> Reply:
    if not is_list(asked) or asked.path == "/robots.txt":
        return reply
    return replace(reply, body=reply.sent[: len(reply.sent) * 2 // 3])


_DAY = re.compile(rb"(?<!\d)(20\d\d([.-])\d\d?\2)(\d\d?)(?!\d)")


def _dated_at_random(of_lists: bool) -> Callable[[Asked, Reply], Reply]:
    def trouble(asked: Asked, reply: Reply) -> Reply:
        if is_list(asked) is not of_lists:
            return reply
        return replace(reply, body=_DAY.sub(lambda found: found[1] + b"%02d" % CHANCE.randrange(1, 28), reply.sent))

    return trouble


def _dated_a_day_later(asked: Asked, reply: Reply) -> Reply:
    """Every date, of pages and lists alike, in another time zone."""
    return replace(reply, body=_DAY.sub(lambda found: found[1] + b"%02d" % (int(found[3]) + 1), reply.sent))


class _OldLists:
    """A cache that hands out the lists as they were when it first saw them, at each request or every second one."""

    def __init__(self, every: int) -> None:
        self._every = every
        self.forget()

    def __call__(self, asked: Asked, reply: Reply) -> Reply:
        if not is_list(asked) or asked.path == "/robots.txt" or asked.method != "GET":
            return reply
        first = self._first.setdefault(asked.path, _rows(lambda rows: rows[len(rows) // 3 :])(asked, reply))
        self._asked[asked.path] = self._asked.get(asked.path, 0) + 1
        return first if self._asked[asked.path] % self._every == 0 else reply

    def forget(self) -> None:
        self._first: dict[str, Reply] = {}
        self._asked: dict[str, int] = {}


_TWO_SERVERS = _OldLists(every=2)


def _shortened(title: bytes) -> bytes:
    text = title.decode("utf-8", "replace")
    return (text[: max(8, len(text) // 2)].rstrip() + "…").encode()


def _with_short_titles(asked: Asked, reply: Reply) -> Reply:
    return _retitled(asked, reply, lambda titles: list(map(_shortened, titles)))


def _tracked(asked: Asked, reply: Reply) -> Reply:
    """Addresses on lists with a parameter that is another each time."""
    number = b"%06d" % CHANCE.randrange(10**6)
    if not is_list(asked) or asked.path == "/robots.txt":
        return reply
    marked = re.sub(rb"(/arti/[\w/]+\.html|/article/detail/[0-9a-f]{32})", rb"\1?utm_source=" + number, reply.sent)
    return replace(reply, body=re.sub(rb"(index\.php\?MT[IJ]A[\w=]+)", rb"\1&amp;utm_source=" + number, marked))


ODD: dict[str, Fault] = {
    "rotating": Fault("", _paragraphs(_rotating)),
    "lost at random": Fault("", _paragraphs(_lost_at_random)),
    "comments": Fault("", _paragraphs(_comments)),
    "minutes ago": Fault("", _paragraphs(_minutes_ago)),
    "rate limit": Fault("", _paragraphs(_rate_limit)),
    "shuffled": Fault("", _paragraphs(_shuffled)),
    "other numbers": Fault("", _paragraphs(_letters(_other_numbers))),
    "latest headlines": Fault("", _LATEST, begin=_LATEST.forget),
    "going on": Fault("", _GOING_ON, begin=_GOING_ON.forget),
    "pay wall": Fault("", _paragraphs(_pay_wall)),
    "cookie wall": Fault("", _paragraphs(_cookie_wall)),
    "half translated": Fault("", _paragraphs(_half_translated)),
    "for printing": Fault("", _paragraphs(_for_printing)),
    "first of pages": Fault("", _paragraphs(_first_of_pages)),
    "first twice": Fault("", _paragraphs(_first_twice)),
    "first lost": Fault("", _paragraphs(_without_first)),
    "last lost": Fault("", _paragraphs(_without_last)),
    "halves": Fault("", _paragraphs(_letters(_halved))),
    "words lost": Fault("", _paragraphs(_letters(_without_every_third_word))),
    "sentences apart": Fault("", _paragraphs(_sentences_apart)),
    "tags shown": Fault("", _paragraphs(_tags_shown)),
    "as in titles": Fault("", _paragraphs(_letters(str.title))),
    "quotes lost": Fault("", _paragraphs(_letters(lambda text: re.sub("[\"'“”‘’]", "", text)))),
    "in one": Fault("", _paragraphs(_in_one)),
    "buttons": Fault("", _paragraphs(_shared)),
    "captions": Fault("", _paragraphs(_with_captions)),
    "title alone": Fault("", _title_alone),
    "template": Fault("", _paragraphs(_template)),
    "warning": Fault("", _paragraphs(_with_a_warning)),
    "names lost": Fault("", _paragraphs(_letters(_without_names))),
    "spaces lost": Fault("", _paragraphs(_letters(_glued))),
    "capitals": Fault("", _paragraphs(_letters(str.upper))),
    "site in title": Fault("", _titled(lambda title: title + b" | The News Site")),
    "updated titles": Fault("", _titled(_updated)),
    "other edition": Fault("", _other_edition),
    "sentences twice": Fault("", _paragraphs(_letters(_sentences_twice))),
    "highlight": Fault("", _paragraphs(_with_a_highlight)),
    "first half": Fault("", _paragraphs(_first_half)),
    "every second": Fault("", _paragraphs(_every_second)),
    "starred": Fault("", _paragraphs(_letters(_starred))),
    "other signs": Fault("", _paragraphs(_letters(_other_signs))),
    "open comment": Fault("", _swallowed(b"<!-- an advertisement")),
    "open script": Fault("", _swallowed(b"<script>document.write(")),
    "of 1970": Fault("", _of_1970(of_lists=False)),
    "list of 1970": Fault("", _of_1970(of_lists=True)),
    "empty body": Fault("", _of_articles(lambda reply: Reply(b"", 200, {"Content-Type": "text/html"}))),
    "JSON": Fault("", _of_articles(lambda reply: _JSON)),
    "in part": Fault("", _of_articles(_in_part)),
    "undated": Fault("", _undated),
    "half gzip": Fault("", _of_articles(_half_gzip)),
    "byte order mark": Fault("", _of_articles(_as_bytes(lambda page: b"\xef\xbb\xbf" + page))),
    "UTF-16": Fault("", _of_articles(_as_bytes(lambda page: page.decode().encode("utf-16"), "text/html"))),
    "declared Latin-1": Fault("", _of_articles(_as_bytes(bytes, "text/html; charset=iso-8859-1"))),
    "twice on a page": Fault("", _of_articles(_as_bytes(lambda page: page + page))),
    "to a newer one": Fault("", _TO_NEWER, begin=_TO_NEWER.forget),
    "half list": Fault("", _rows(lambda rows: rows[::2])),
    "list reversed": Fault("", _rows(lambda rows: rows[::-1])),
    "list shuffled": Fault("", _rows(lambda rows: CHANCE.sample(rows, len(rows)))),
    "shifted pages": Fault("", _rows(lambda rows: rows[1:], further=True)),
    "list broken off": Fault("", _list_broken_off),
    "list dated at random": Fault("", _dated_at_random(of_lists=True)),
    "dated at random": Fault("", _dated_at_random(of_lists=False)),
    "a day later": Fault("", _dated_a_day_later),
    "two servers": Fault("", _TWO_SERVERS, begin=_TWO_SERVERS.forget),
    "short titles": Fault("", _with_short_titles),
    "no titles": Fault("", lambda asked, reply: _retitled(asked, reply, lambda titles: [b""] * len(titles))),
    "tracked": Fault("", _tracked),
    "list below": Fault("", _LIST_BELOW, begin=_LIST_BELOW.forget),
    "all of another": Fault("", _ALL_OF_ANOTHER, begin=_ALL_OF_ANOTHER.forget),
    "interleaved": Fault("", _paragraphs(_INTERLEAVED), begin=_INTERLEAVED.forget),
    "two caches": Fault("", _TWO_CACHES, begin=_TWO_CACHES.forget),
    "titles shifted": Fault("", _TITLES_SHIFTED, begin=_TITLES_SHIFTED.forget),
    "title cut": Fault("", _titled(_shortened)),
    "wall with title": Fault("", _with_its_title(_log_in)),
    "own 404": Fault("", _with_its_title(_own_404)),
    "emptied": Fault("", _paragraphs(_emptied)),
    "to a limit": Fault("", _paragraphs(_to_a_limit)),
    "last sentences lost": Fault("", _paragraphs(_letters(_without_last_sentences))),
    "summary above": Fault("", _paragraphs(_summary_above)),
    "hard wrapped": Fault("", _paragraphs(_hard_wrapped)),
    "retranslated": Fault("", _paragraphs(_letters(_retranslated))),
    "reversed": Fault("", _paragraphs(lambda found: _own(found)[::-1])),
    "words reversed": Fault("", _paragraphs(_letters(lambda text: " ".join(text.split()[::-1])))),
    "letters reversed": Fault("", _paragraphs(_letters(lambda text: text[::-1]))),
    "letters exchanged": Fault("", _paragraphs(_letters(_letters_exchanged))),
    "invisible marks": Fault("", _paragraphs(_letters(_with_marks_between("\u200b")))),
    "dots between": Fault("", _paragraphs(_letters(_with_marks_between("\u00b7")))),
    "wide letters": Fault("", _paragraphs(_letters(lambda text: text.translate(_WIDE)))),
    "ligatures": Fault("", _paragraphs(_letters(_ligatures))),
    "spaces as written": Fault("", _paragraphs(_letters(lambda text: text.replace(" ", " &nbsp;")))),
    "list undated": Fault("", _list_undated),
    "entries twice": Fault("", _rows(lambda rows: [each for row in rows for each in (row, row)])),
}
