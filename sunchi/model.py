"""The nouns of Sunchi: what a site is, what it sends, what is read from it, what is said about it.

Everything here is frozen and knows nothing of the network, the database or Prefect. Times end in `_at`, are aware and
in UTC; a publication `date` is the paper's own. Languages are BCP-47 (`en`, `ko`, `zh`), states ISO-3166 alpha-2.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

import polars as pl

# --- what is asked, and what comes back -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask of a site, by the site's own address; a mirror is the fetcher's business."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """What makes the next GET conditional; empty where the site gave none."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A reply, whole. `body` is bytes after content decoding (gzip); its text encoding is the parser's to decide."""

    request: Request
    url: str  # after redirects, in the site's own address
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str:
        """The first header of that name, or `""`."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")

    @property
    def validators(self) -> Validators:
        return Validators(self.header("ETag"), self.header("Last-Modified"))


@dataclass(frozen=True, slots=True)
class Location:
    """Where the archive keeps one response: a WARC file in the archive, and the record's place in it (bytes)."""

    file: str
    offset: int
    length: int


# --- what is read from it -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list."""

    source: str
    lang: str
    url: str  # absolute, in the site's own address
    key: str  # the site's own identity of the item within source and language; the URL where it has none
    title: str
    date: date | None  # as the list says it
    rank: int  # place on the list, from 1
    section: str = ""  # the list it stood on
    media: bool = False  # the list itself shows that it is a photo or video item


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list, read."""

    layout: str
    links: tuple[Link, ...]
    more: Request | None = None  # the next page of the same list
    total: int | None = None  # entries in the whole list, where the page says so
    skipped: tuple[str, ...] = ()  # entries that could not be read, each in words


DateBasis = Literal["page", "list", "dateline", "url", "none"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article, as its page gives it. End marks, footers and related stories are no part of it."""

    source: str
    lang: str
    url: str
    key: str
    layout: str
    title: str
    paragraphs: tuple[str, ...]
    date: date | None
    date_basis: DateBasis
    subtitle: str = ""
    byline: str = ""
    section: str = ""
    printed_page: int | None = None  # page of the printed paper, from 1
    photos: int = 0
    links: tuple[str, ...] = ()
    posted_at: datetime | None = None
    modified_at: datetime | None = None

    @property
    def text(self) -> str:
        """What the offsets of signals count in: title, newline, paragraphs joined by newlines."""
        return self.title + "\n" + "\n".join(self.paragraphs)


# --- what is known of a site ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Manners:
    """How a site is to be asked. Seconds, and bytes after decompression."""

    concurrency: int = 2
    delay: float = 1.0  # between two requests to the site; up to half as much again is added at random
    timeout: float = 120.0  # for a whole reply; KCNA takes 80 s now and then
    max_bytes: int = 8 * 2**20
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class ListAddress:
    """One list of an edition: where it is, newest layout first (the next is asked where one answers 404)."""

    name: str
    requests: tuple[Request, ...]
    minimum: int = 0  # fewer links than this on its first page is a failure of the poll; 0: emptiness is only noted


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a source."""

    source: str
    lang: str
    site: str  # the name that SUNCHI_MIRRORS and the archive know it by
    origin: str  # "http://www.kcna.kp"
    lists: tuple[ListAddress, ...]
    manners: Manners = field(default_factory=Manners)
    default: bool = True  # polled where the settings name only the source
    daily: int = 0  # fewest articles that a day brings, as far as is known; 0: a day without one is nothing strange


@dataclass(frozen=True, slots=True)
class Layout:
    """One form that a site's pages have had; the tests keep a page of each kind and language."""

    name: str  # as `Listing.layout` and `Article.layout` give it
    kinds: tuple[Literal["list", "article"], ...]
    langs: tuple[str, ...]
    seen: str  # when the site had it, as far as is known: "since 2026-07"


@dataclass(frozen=True, slots=True)
class Source:
    """One outlet: facts of the site and two pure functions. `parsers/__init__.py` lists them."""

    name: str
    title: str
    timezone: str  # of its dates
    editions: tuple[Edition, ...]
    parse_list: Callable[[Page, Edition], Listing]  # raises ParseError
    parse_article: Callable[[Page, Link], Article]  # raises ParseError
    layouts: tuple[Layout, ...] = ()  # newest first


# --- what is said about it ------------------------------------------------------------------------------------------

ARTICLES = pl.Schema(
    {
        "article": pl.String(),  # the article's id
        "source": pl.String(),
        "lang": pl.String(),
        "url": pl.String(),
        "date": pl.Date(),
        "title": pl.String(),
        "paragraphs": pl.List(pl.String()),
    }
)

PLACE = pl.Schema(
    {
        "page": pl.Int32(),  # of the printed paper, from 1
        "rank": pl.Int32(),  # order on the list, from 1
        "of": pl.Int32(),  # pages of the paper, or entries of the list where no page is known
        "photos": pl.Int32(),
    }
)
"""What page and list say of an article's place: columns that a frame of articles may have besides; null if unknown."""

DETAIL = pl.Struct(
    {
        # attention
        "share": pl.Float64,  # of all words given to partners, 0 to 1
        "rank": pl.Int32,  # order of first mention, from 1; of a contact its level, 1 for leaders; of a placement its
        # order on the list
        "sentences": pl.Int32,
        "words_raw": pl.Int32,  # with datelines and titles, beside the masked count
        # formula
        "category": pl.String,
        "voice": pl.String,  # own, partner, third
        "negated": pl.Boolean,
        "historical": pl.Boolean,  # of a message: it was sent long ago, as a gift that an exhibition shows
        # message
        "direction": pl.String,  # out, in
        "from": pl.String,  # of a message its sender; of a stance the signals that it rests on, in words
        "to": pl.String,
        "occasion": pl.String,
        "full_text": pl.Boolean,
        "grouped": pl.Boolean,
        "named": pl.Boolean,
        "dated": pl.String,  # the date the message itself bears, as written
        "salutation": pl.Int32,  # 0 title, 1 respected or comrade, 2 closest
        # contact
        "who": pl.String,  # the persons or delegations, as the text names them
        # appointment
        "person": pl.String,
        "post": pl.String,
        # authority
        "by": pl.String,  # who speaks
        # stance
        "level": pl.Float64,  # the authority of the article that takes it
        # placement
        "of": pl.Int32,  # pages of the paper, or entries of the list
        "photos": pl.Int32,
    }
)
"""One struct for all kinds: a kind fills its own fields and leaves the rest null; JSON lines drop the nulls."""

SIGNALS = pl.Schema(
    {
        "article": pl.String(),
        "source": pl.String(),
        "lang": pl.String(),
        "date": pl.Date(),
        "kind": pl.String(),
        "partner": pl.String(),
        "code": pl.String(),
        "value": pl.Float64(),
        "start": pl.Int32(),
        "end": pl.Int32(),
        "quote": pl.String(),
        "detail": DETAIL,
    }
)
"""One row a signal. `start` and `end` count characters of `Article.text`; `quote` is exactly that text."""

Event = Literal["published", "edited", "deleted"]
Severity = Literal["low", "medium", "high"]


ALWAYS = "always"
"""The tag of a recipient that names none, by apprise's own convention: it gets every alert."""


OPERATORS = "operators"
"""The tag of a recipient who is told what is wrong with Sunchi and its sources; where none bears it, all are told."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to tell. `key` is stable and secret-free; `label` is the address with its secrets masked."""

    key: str
    label: str
    tags: frozenset[str]


RETOLD = timedelta(days=3)
"""How much later a paper may tell of what happens once: a reprint, or a look back at the week."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What an alert tells of, by a key that is the same in every edition and language that tells of it."""

    key: str
    day: date  # of the article
    once: bool = False  # it can't happen again within days: whoever tells of it then, and how often, tells of the same

    def is_same(self, other: Fact) -> bool:
        near = abs(self.day - other.day) <= RETOLD if self.once and other.once else self.day == other.day
        return self.key == other.key and near


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to say, once, about one article and one partner, by one version of one rule."""

    rule: str
    rule_version: str
    severity: Severity
    event: Event
    article: str  # the article's id
    revision: int  # which text of it, from 1
    partner: str
    title: str  # plain text, one line
    body: str  # plain text
    url: str
    tags: tuple[str, ...]
    recipients: tuple[Recipient, ...]  # those that bear one of the tags, when the alert was made
    facts: tuple[Fact, ...] = ()  # what it tells of, each once; none where that is not certain of all of it
