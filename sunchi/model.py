"""The data types of Sunchi: requests and pages, articles, sources, signals and alerts.

Everything here is frozen and independent of the network, the database and Prefect. Times end in `_at`, are aware and
in UTC; a publication `date` is the paper's own. Languages are BCP-47 (`en`, `ko`, `zh`), states ISO-3166 alpha-2.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import IntEnum
from typing import Any, Literal

import polars as pl

# --- requests and pages ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Request:
    """A request to a site, by the site's own address; the fetcher replaces it by a mirror's."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Validators:
    """The validators for a conditional GET; empty if the site gave none."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A complete response. `body` is bytes after content decoding (gzip); the parser decides the text encoding."""

    request: Request
    url: str  # after redirects, in the site's own address
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    fetched_at: datetime

    def header(self, name: str) -> str:
        """Return the first header of that name, or ""."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), "")

    @property
    def sha256(self) -> str:
        """The SHA-256 of the body, by which a page is known in the manifest of the archive."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def validators(self) -> Validators:
        return Validators(self.header("ETag"), self.header("Last-Modified"))


@dataclass(frozen=True, slots=True)
class Location:
    """Where a response is in the archive: the WARC file, and the record's place in it (bytes)."""

    file: str
    offset: int
    length: int


YEARS = range(1945, 2101)
"""The years that a date may have. Any other is a misprint, and may have no day before or after it to compare with."""

# --- links and articles ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a list."""

    source: str
    lang: str
    url: str  # absolute, in the site's own address
    key: str  # the site's own id of the item within source and language; the URL if it has none
    title: str
    date: date | None  # from the list
    position: int  # on the list, from 1
    section: str = ""  # the list it was on
    media: bool = False  # a photo or video item, by what the list shows


@dataclass(frozen=True, slots=True)
class Listing:
    """One parsed page of a list."""

    layout: str
    links: tuple[Link, ...]
    more: Request | None = None  # the next page of the same list
    total: int | None = None  # entries in the whole list, if the page says so
    skipped: tuple[str, ...] = ()  # entries that could not be read, each in words


DateBasis = Literal["page", "list", "dateline", "url", "file", "none"]

Day = date
"""The type, for use beside a field `date`."""

FIRST_DAY = date(1990, 1, 1)
"""No site shows older articles; a list or page that says so is wrong."""


IMPORTED = "file"
"""The layout of an article that was not parsed from a page but came from a file."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article as parsed from its page, without end marks, footers and related stories."""

    source: str
    lang: str
    url: str
    key: str
    layout: str
    title: str
    paragraphs: tuple[str, ...]
    date: date | None
    date_basis: DateBasis
    dateline: Day | None = None  # the day that the text itself says it was written, if it does; not stored
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
        """The text that the offsets of signals count in: title, newline, paragraphs joined by newlines."""
        return self.title + "\n" + "\n".join(self.paragraphs)


# --- sources --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Politeness:
    """The limits for fetching a site, in seconds, and in bytes after decompression."""

    concurrency: int = 2
    delay: float = 1.0  # between two requests to the site; up to half as much again is added at random
    timeout: float = 120.0  # for a whole response; KCNA sometimes takes 80 s
    max_bytes: int = 8 * 2**20
    attempts: int = 3


@dataclass(frozen=True, slots=True)
class ListAddress:
    """One list of an edition: its addresses, newest layout first (the next is tried if one answers 404)."""

    name: str
    requests: tuple[Request, ...]
    minimum: int = 0  # fewer links on its first page fail the poll; 0: what it shows is a choice, and may be nothing


@dataclass(frozen=True, slots=True)
class Edition:
    """One language of a source."""

    source: str
    lang: str
    site: str  # its name in SUNCHI_MIRRORS and in the archive
    origin: str  # "http://www.kcna.kp"
    lists: tuple[ListAddress, ...]
    politeness: Politeness = field(default_factory=Politeness)
    default: bool = True  # polled if the settings name only the source
    pages: str = ""  # regular expression: how its addresses begin after the host, if editions share one
    other_origins: tuple[str, ...] = ()  # that serve its pages, too
    archived_origins: tuple[str, ...] = ()  # that once did, as in web archives; not fetched
    daily: int = 0  # the fewest articles of a usual day; 0: a day without one is not unusual
    brief: float = 0.0  # the usual share of its articles with a single paragraph


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout of a site's pages; the tests have a page of each kind and language."""

    name: str  # as in `Listing.layout` and `Article.layout`
    kinds: tuple[Literal["list", "article"], ...]
    langs: tuple[str, ...]
    seen: str  # when the site used it, if known: "since 2026-07"


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


# --- signals and alerts ---------------------------------------------------------------------------------------------

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


@dataclass(frozen=True, slots=True)
class Field:
    """A column of a frame, or a field of a signal's detail: its type, and what it means."""

    type: type[pl.DataType]
    meaning: str


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A kind of signal: what one row is, what its `value` counts, its codes, and the fields of its `detail`."""

    of: str
    value: str
    codes: tuple[str, ...]  # none for a formula: there they are the ids of terms.csv
    detail: Mapping[str, Field]


def _schema(fields: Mapping[str, Field]) -> pl.Schema:
    return pl.Schema({name: field.type() for name, field in fields.items()})


PLACE_FIELDS: Mapping[str, Field] = {
    "page": Field(pl.Int32, "page of the printed paper, from 1"),
    "pages": Field(pl.Int32, "number of pages that the paper has"),
    "position": Field(pl.Int32, "place on the list, from 1"),
    "entries": Field(pl.Int32, "number of entries that the list has"),
    "photos": Field(pl.Int32, "number of photos"),
}
"""What page and list say about an article's place."""

PLACE = _schema(PLACE_FIELDS)
"""Columns of PLACE_FIELDS, which a frame of articles may have besides ARTICLES; null where not known."""

_MESSAGES = (
    "congratulation", "greeting", "reply", "condolence", "sympathy", "thanks", "verbal", "letter", "solidarity",
    "floral_basket", "wreath", "gift",
)  # fmt: skip
_CONTACTS = (
    "summit", "talks", "visit", "delegation_out", "delegation_in", "reception", "courtesy_call", "agreement",
    "joint_event",
)  # fmt: skip
_VOICES = (
    "leader", "government", "foreign_ministry_statement", "press_statement", "spokesperson_answer", "commentary",
    "report",
)  # fmt: skip
_BY = Field(pl.String, "who speaks, as the text names them; empty if it names nobody")
_HISTORICAL = Field(pl.Boolean, "the text recalls it from years past")


class Salutation(IntEnum):
    """How a message addresses its recipient, the warmer the higher."""

    TITLE = 0  # by title alone
    RESPECTED = 1  # respected or comrade
    CLOSEST = 2

    @property
    def word(self) -> str:
        """The salutation in one word, for tables."""
        return self.name.lower()

    @property
    def in_words(self) -> str:
        """How the recipient is addressed."""
        return ("by title alone", "as respected or comrade", "as the closest")[self]


KINDS: Mapping[str, SignalKind] = {
    "attention": SignalKind(
        "a state that the article names",
        "words given to the state",
        ("about", "mention"),
        {
            "share": Field(pl.Float64, "share of all words given to states, 0 to 1"),
            "order": Field(pl.Int32, "order of first mention, from 1"),
            "sentences": Field(pl.Int32, "number of sentences given to the state"),
            "words_raw": Field(pl.Int32, "words given to the state, with full titles"),
        },
    ),
    "formula": SignalKind(
        "a set phrase, at a place where it means a state",
        "strength, from -2 (hostile) to 2 (close), after voice and negation",
        (),
        {
            "category": Field(pl.String, "category of the phrase in terms.csv"),
            "voice": Field(pl.String, "who says it: `own` (Pyongyang), `partner` (the other state), `third` (others)"),
            "negated": Field(pl.Boolean, "the words around it deny it"),
            "historical": _HISTORICAL,
        },
    ),
    "message": SignalKind(
        "a message or gift that the article reports",
        "words of the message, 0 if its text is not given",
        _MESSAGES,
        {
            "direction": Field(pl.String, "`out` (from Pyongyang) or `in`"),
            "from": Field(pl.String, "sender, as the text names them; empty if it names nobody"),
            "to": Field(pl.String, "recipient, as the text names them; empty if it names nobody"),
            "occasion": Field(pl.String, "occasion, in the words of the text; empty if it gives none"),
            "full_text": Field(pl.Boolean, "the article gives the message in full"),
            "grouped": Field(pl.Boolean, "the article reports others of the same code and direction"),
            "named": Field(pl.Boolean, "the other side is a person by name, not an office or a state alone"),
            "dated": Field(pl.String, "date that the message itself bears, as written; empty if it bears none"),
            "salutation": Field(
                pl.Int32, "how a text in full addresses its reader: 0 by title, 1 respected or comrade, 2 closest"
            ),
            "historical": _HISTORICAL,
        },
    ),
    "contact": SignalKind(
        "a meeting, visit, reception, call or agreement that a lead reports",
        "always 1",
        _CONTACTS,
        {
            "rank": Field(
                pl.Int32, "highest rank of those who take part, as in posts.csv: 1 leaders, 2 ministers, 3 others"
            ),
            "who": Field(pl.String, "persons or delegations, as the text names them"),
        },
    ),
    "appointment": SignalKind(
        "a person who comes into a post, or out of it",
        "always 1",
        ("appointed", "elected", "relieved"),
        {
            "person": Field(pl.String, "person, as the text names them"),
            "post": Field(pl.String, "post, as the text names it"),
            "abroad": Field(pl.Boolean, "the post deals with other states, as posts.csv knows them"),
        },
    ),
    "authority": SignalKind(
        "the voice in which the article speaks; one row an article. The leader speaks in his messages and speeches, in "
        "a New Year address that names no author, and in a text that a note attributes to a volume of his works. What "
        "he says to guests or at an inspection is a report. An unsigned piece that judges an adversary in its own name "
        "is a commentary",
        "level of the voice by authority.csv, from 1 (a report) to 10 (the leader)",
        _VOICES,
        {"by": _BY},
    ),
    "placement": SignalKind(
        "where the outlet put the article; one row if page or list say so",
        "page of the printed paper, else place on the list; 0 if neither is known",
        ("front_page", "page", "listed", "list_only", "media_only"),
        {name: PLACE_FIELDS[name] for name in ("pages", "position", "entries", "photos")},
    ),
    "stance": SignalKind(
        "how Pyongyang stands, by this article, to a state that it is about",
        "from -2 (hostile) to 2 (exceptionally warm)",
        ("negative", "neutral", "positive"),
        {
            "by": _BY,
            "rests_on": Field(pl.String, "signals and words that decided, separated by `; `; empty if none did"),
            "authority": Field(pl.Float64, "level of the voice that takes the stance, as the value of `authority`"),
        },
    ),
}
"""Every kind of signal. A field that several kinds fill means the same in all of them."""

DETAIL = pl.Struct({name: field.type for kind in KINDS.values() for name, field in kind.detail.items()})
"""One struct for all kinds: each kind fills its own fields, and the rest are null; JSON lines omit nulls."""

SIGNAL_FIELDS: Mapping[str, Field] = {
    "article": Field(pl.String, "id of the article"),
    "source": Field(pl.String, "outlet: `kcna`, `rodong`, `hani`"),
    "lang": Field(pl.String, "language of the edition, BCP-47"),
    "language": Field(pl.String, "language of the text, if it is not the edition's; else null"),
    "date": Field(pl.Date, "the outlet's own date of the article; null if it has none"),
    "kind": Field(pl.String, "kind of the signal, below"),
    "partner": Field(pl.String, "the other state, ISO-3166 alpha-2; empty if there is none"),
    "code": Field(pl.String, "what it is, by kind"),
    "value": Field(pl.Float64, "how much, by kind"),
    "start": Field(
        pl.Int32, "where the evidence begins: characters into title, newline, paragraphs joined by newlines"
    ),
    "end": Field(pl.Int32, "where the evidence ends"),
    "quote": Field(pl.String, "the evidence, exactly as the text has it"),
}

SIGNALS = pl.Schema({**_schema(SIGNAL_FIELDS), "detail": DETAIL})
"""One row per signal. `start` and `end` count characters of `Article.text`; `quote` is exactly that text."""

IDENTITY_FIELDS: Mapping[str, Field] = {
    "from_id": Field(pl.String, "sender of a message: an id of persons.csv or organizations.csv, or a name's own"),
    "to_id": Field(pl.String, "recipient, likewise"),
    "level": Field(pl.String, "office of the sender: `leader`, `party`, `government`, `ministry`, `organ`, `other`"),
    "class": Field(pl.String, "`greet`, `reply`, `mourn`, `sympathy`, `thanks`, `tribute`"),
    "occasion_id": Field(
        pl.String,
        "occasion, by occasions.csv: `cn_day`, `new_year`, `flood`; of a greeting from Pyongyang that gives none, the "
        "national day on which it is printed",
    ),
    "round": Field(pl.Int32, "number of the anniversary: 75 for the 75th"),
    "event_date": Field(pl.Date, "day that the message itself bears"),
    "seq": Field(pl.Int32, "place among the messages of its direction in the article, from 1"),
    "person_ids": Field(pl.List, "persons of a contact or an appointment, in the order of the text"),
    "families": Field(pl.List, "families of a formula, by families.csv"),
}
"""What identities add to a signal. Empty: uncertain; null: the kind of signal has no such field."""

IDENTITIES = pl.Schema(
    {name: pl.List(pl.String()) if field.type is pl.List else field.type() for name, field in IDENTITY_FIELDS.items()}
)
"""Columns of IDENTITY_FIELDS, a frame beside a frame of SIGNALS."""

Row = dict[str, Any]
"""One row of SIGNALS or ARTICLES, by column."""

Signal = Mapping[str, Any]
"""One row of SIGNALS, for those who only read it."""


def language_of_text(signal: Mapping[str, Any]) -> str:
    """Return the language of the text that a row of SIGNALS was found in."""
    return str(signal["language"] or signal["lang"])


Change = Literal["published", "edited", "deleted", "corrected"]
Severity = Literal["low", "medium", "high"]


ALWAYS = "always"
"""The tag of recipients without a tag, by apprise's convention; they get every alert."""


OPERATORS = "operators"
"""The tag of recipients of notices about Sunchi and its sources; without such a recipient, all get them."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of alerts: one target of one address.

    `key` is stable and free of secrets; `label` is the address with its secrets masked.
    """

    key: str
    label: str
    tags: frozenset[str]
    former_key: str = ""  # before version 0017; several targets, and several addresses, could have the same
    heard: bool = True  # whether what was sent under the former key came here: not to a second address that had it
    times: int = 1  # how often it is named
    targets: int = 1  # several if the address can't be split: while one of them fails, the others get each alert again


RETELLING_WINDOW = timedelta(days=3)
"""How much later a paper may report an event that happens once: a reprint, or a review of the week."""


@dataclass(frozen=True, slots=True)
class Event:
    """An event that an alert reports; its key is the same in every edition and language that reports it."""

    key: str
    day: date  # of the article
    once: bool = False  # it can't happen again within days, so all reports of it within that time are of one event

    def is_same(self, other: Event) -> bool:
        near = abs(self.day - other.day) <= RETELLING_WINDOW if self.once and other.once else self.day == other.day
        return self.key == other.key and near


def covers(known: Iterable[Event], wanted: Sequence[Event]) -> bool:
    """Return whether there are wanted events and all of them are known."""
    known = list(known)
    return bool(wanted) and all(any(event.is_same(other) for other in known) for event in wanted)


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert about one article and one partner, by one version of one rule."""

    rule: str
    rule_version: str
    severity: Severity
    change: Change
    article: str  # the article's id
    revision: int  # the number of its text, from 1
    partner: str
    title: str  # plain text, one line
    body: str  # plain text
    url: str
    tags: tuple[str, ...]
    recipients: tuple[Recipient, ...]  # those with one of the tags, when the alert was made
    events: tuple[Event, ...] = ()  # each once; none where one of them is uncertain
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)  # the same for programs, as JSON has it
