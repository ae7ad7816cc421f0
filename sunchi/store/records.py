"""The records that the store accepts and returns. All are frozen; all times are aware and in UTC."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal, TypedDict

import polars as pl

from sunchi.model import SIGNALS, Alert, Article, Change, Event, Link, Location, Severity, Validators
from sunchi.text import article_id

# --- links ----------------------------------------------------------------------------------------------------------


class LinkState(StrEnum):
    """The state of a link: new, passed over, read, or otherwise the `Outcome` of its last fetch."""

    NEW = "new"  # never fetched yet
    PASSED = "passed"  # known and not to be fetched: the first poll of its list did not reach back so far
    READ = "read"  # an article was read from it; a later failure does not change that
    MEDIA_ONLY = "media_only"
    BLOCKED = "blocked"
    DRIFT = "drift"
    GONE = "gone"  # 404 at two polls
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    BAD_STATUS = "bad_status"
    MISMATCH = "mismatch"
    ALIKE = "alike"
    DAMAGED = "damaged"


WorkReason = Literal["new", "again", "relook", "missing"]
"""Why a link is to be fetched: it never was; it failed before; it may have been edited; it may have been deleted."""


@dataclass(frozen=True, slots=True)
class RecordedLinks:
    """How `Store.record_list` sorted the links of a list; each key is in one of the groups, once."""

    new: tuple[Link, ...] = ()  # to be fetched
    known: tuple[Link, ...] = ()
    passed: tuple[Link, ...] = ()  # never seen before, and not to be fetched
    media: tuple[Link, ...] = ()  # never seen before, and a photo or video item according to the list
    unfit: tuple[Link, ...] = ()  # not recorded: key or URL longer than MAX_IDENTITY bytes


@dataclass(frozen=True, slots=True)
class Work:
    """One link to fetch."""

    link: Link
    article: str | None  # the id of the article that it showed before
    why: WorkReason
    validators: Validators
    attempts: int  # failures since the last success
    is_pending: bool = False  # it last showed a text that is not believed yet
    is_doubted: bool = False  # and that text is stored
    looks: int = 0  # successful ones
    flickers: int = 0  # changes that were taken back, or gave way to others before they were believed
    is_backlog: bool = False  # it was on its list before the first poll

    @property
    def is_imported(self) -> bool:
        """Whether its article came from a file, and its page was never read."""
        return self.article is not None and self.looks == 0


@dataclass(frozen=True, slots=True)
class LastListed:
    """The list that brought a link, and when a list last showed it."""

    list_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class UnreadLink:
    """A link that is not an article, and why."""

    link: Link
    state: LinkState
    error: str
    attempts: int
    first_seen_at: datetime
    next_due_at: datetime | None  # None: it is not fetched again


@dataclass(frozen=True, slots=True)
class Watch:
    """Since when an edition is watched; both are days in the site's time zone."""

    first_day: date  # of its first poll
    horizon: date  # for a list read for the first time, entries from this day on are news


@dataclass(frozen=True, slots=True)
class ListReading:
    """A list as it was read now: which one it is, at which address, with the validators of its first page."""

    source: str
    lang: str
    name: str
    url: str
    validators: Validators = field(default_factory=Validators)


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One address of a list, and when it was last read."""

    url: str
    source: str
    lang: str
    name: str
    entries: int  # that it showed when it was last read
    first_ok_at: datetime
    last_ok_at: datetime  # read completely, or answered 304
    last_new_at: datetime | None  # showed a link that no list had shown before
    watched_at: datetime | None = None  # the end of the edition's first poll; None: not over yet


# --- articles -------------------------------------------------------------------------------------------------------

TextKind = Literal["article", "link", "revision", "same"]
"""The kind of a text at a link: a new article; one more link to a known article; a new text of its article; nothing
new."""


RevisionKind = Literal["first", "edit", "completed", "settled", "replaced", "flicker", "mended"]
"""What a text of an article is: its first one; an edit by the site; the whole of a text that was incomplete or wrong
when it was first read; one in place of a text that was never settled, and of which nobody was told; another text
altogether; one shown until an earlier text was back, or that earlier one; a page's own text in place of a file's, or
the text of an article of which a file had the headline alone."""

BY_THE_SITE: tuple[RevisionKind, ...] = ("edit", "replaced")
"""Kinds of texts by which a site changed an article that was settled."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What saving a text would do."""

    kind: TextKind
    article_id: str
    revision: int  # the number that the text would get (article, revision), or the current one (link, same)
    previous: Article | None  # the current text; None for a new article


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article as parsed from one link, with all that is to be saved with it; `now` is when it was fetched."""

    link: Link
    article: Article
    now: datetime
    response: Location | None = None
    validators: Validators = field(default_factory=Validators)
    signals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SIGNALS))
    alerts: Sequence[Alert] = ()
    hold_alerts: bool = False  # until the crawl has ended: see Store.release_alerts
    is_doubted: bool = False  # its text may be wrong or incomplete: alerts wait for other looks
    lexicon_version: str = ""
    is_past: bool = False  # from a file of pages: the link's due time does not change
    kind: RevisionKind | None = None  # if it replaces another text; None: not known


@dataclass(frozen=True, slots=True)
class ImportedText:
    """One article of a file, with its signals, to be saved with others in one transaction."""

    article: Article
    fingerprint: str
    urls: tuple[str, ...] = ()  # addresses that no other text has; the first is its own
    signals: Sequence[dict[str, Any]] = ()  # as made by store.signals.rows_of

    @property
    def id(self) -> str:
        return article_id(self.article.source, self.article.lang, self.fingerprint)

    @property
    def identity(self) -> tuple[str, str, str]:
        return self.article.source, self.article.lang, self.fingerprint


ImportKind = Literal["new", "known", "completed", "reworded"]
"""The result for an imported text: a new article; already stored, if only by the text of this headline; the text of a
headline from a file; or its address has the same article in other words, which stays."""


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of saving."""

    kind: Literal["article", "link", "revision", "same", "amended"]
    article_id: str
    revision: int
    alerts: int = 0  # new ones


@dataclass(frozen=True, slots=True)
class Completeness:
    """What the lists of an edition showed of one day, and what of it is waiting."""

    source: str
    lang: str
    day: date
    listed: int
    waiting: tuple[tuple[str, str], ...]  # title, and why it is not stored

    @property
    def words(self) -> str:
        """`2026-11-27: listed 104, stored 103, 1 waits: “…” (mismatch)`"""
        number = len(self.waiting)
        found = f"{self.day}: listed {self.listed}, stored {self.listed - number}"
        if not number:
            return found
        some = "; ".join(f"“{title[:60]}” ({why})" for title, why in self.waiting[:3])
        more = f"; and {number - 3} more" if number > 3 else ""
        return f"{found}, {number} {'waits' if number == 1 else 'wait'}: {some}{more}"


@dataclass(frozen=True, slots=True)
class Shape:
    """Shares of an edition's texts."""

    brief: float = 0.0  # with a single paragraph
    unended: float = 0.0  # that do not end at the end of a sentence
    astray: float = 0.0  # that do not match their titles
    redated: float = 0.0  # whose page has another date than their list
    unmarked: float = 0.0  # long ones without any quotation mark or apostrophe, of the long ones


@dataclass(frozen=True, slots=True)
class Pending:
    """A text that a link shows and that is not believed yet."""

    since: datetime
    looks: int
    is_its_own: bool  # no other link shows it


MissingOutcome = Literal["first", "gone", "deleted", "known"]
"""The meaning of a 404: the first one, to be tried again; the link is gone, but not its article; the article is
deleted; nothing new."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One text of an article."""

    article_id: str
    number: int  # from 1
    article: Article
    fingerprint: str
    seen_at: datetime
    response: Location | None
    lexicon_version: str
    kind: RevisionKind | None = None  # None: not known, since it was stored before version 0016


class Provenance(TypedDict):
    """The archived page that a text was read from; `docs/reliability.md` says how anybody can check it."""

    file: str  # in the archive
    offset: int
    length: int
    fetched_at: datetime | None
    sha256: str | None  # of the page's body; None if archived before hashes were stored
    dropped_at: datetime | None  # by retention; None: still in the archive


class ArticleRow(TypedDict):
    """The current text of an article, as `sunchi articles` prints it."""

    id: str
    source: str
    lang: str
    language: str  # of the text
    date: date | None
    title: str
    paragraphs: list[str]
    url: str
    urls: list[str]  # every address it was seen at, first seen first
    page: int | None  # of the printed paper
    revisions: int  # how many texts it has had
    changes: list[RevisionKind | None]  # the kinds of these after the first; None: not known
    outcome: Literal["read", "gone"]  # gone: deleted
    provenance: Provenance | None  # None if no page is archived


def edits_in_words(changes: Sequence[RevisionKind | None]) -> str:
    """Return how often an article was edited, by the kinds of its texts; "" if it was not."""
    edits, unknown = sum(kind in BY_THE_SITE for kind in changes), changes.count(None)
    words = ["edited" if edits == 1 else f"edited {edits} times"] * (edits > 0)
    words += [f"{unknown} other text{'s' * (unknown > 1)}, not known why"] * (unknown > 0)
    return ", ".join(words)


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One archived response that can be read again, and the link it answers."""

    link: Link
    location: Location
    at: datetime
    article: str | None  # the id of the article that was read from it; None: none was


# --- the archive's index --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Response:
    """One response in the archive."""

    url: str
    at: datetime
    location: Location
    site: str
    status: int
    sha256: str  # of the page; "" if archived before hashes were stored


# --- alerts ---------------------------------------------------------------------------------------------------------


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"  # by a worker that has not started to send it
    SENDING = "sending"  # to the service, which has not answered yet
    SENT = "sent"
    UNKNOWN = "unknown"  # the service did not say whether it accepted it; tried again like a pending one
    HELD = "held"  # until the end of its crawl, which may find that its page was wrong
    WITHDRAWN = "withdrawn"  # never sent: its content proved false first
    GIVEN_UP = "given_up"  # after a week of failures; `sunchi alerts retry` makes it pending again
    COVERED = "covered"  # not sent: other editions' alerts, or earlier alerts of the kind, have reported all its events


_STATES_IN_WORDS = {
    DeliveryState.COVERED: "told already, by another edition",
    DeliveryState.GIVEN_UP: "given up; `sunchi alerts retry` sends it",
    DeliveryState.HELD: "held back: its page is not confirmed yet, or its crawl is still running",
}


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message to one recipient, claimed for sending: of an alert, or of a notice to the operators."""

    id: int
    alert: int | None
    notice: int | None
    severity: Severity
    title: str
    body: str
    recipient: str  # Recipient.key
    label: str
    attempts: int  # before this one
    edition: str = ""  # of an alert, that of its article: `kcna (en)`
    url: str = ""
    events: tuple[Event, ...] = ()  # none if they can't be matched with certainty with those of other editions
    article: str = ""
    partner: str = ""
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)  # Alert.data


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """What identifies a message to one recipient in any database: no id, since a restored one gives new ids."""

    recipient: str  # Recipient.key
    identity: tuple[str, ...]  # "alert", rule, partner, change, revision, article, url; or "notice", title, body


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """The state of one delivery."""

    id: int
    recipient: str
    label: str
    state: DeliveryState
    attempts: int  # how often it was handed to the service
    unsure: int  # of these, how often the sender died before it recorded the result, or got no response
    error: str
    next_due_at: datetime | None
    sent_at: datetime | None

    @property
    def status(self) -> str:
        """The state, in words."""
        return _STATES_IN_WORDS.get(self.state, str(self.state))

    @property
    def doubt(self) -> str:
        """Says in words that it may have arrived more often than recorded; "" if that is impossible."""
        if not self.unsure:
            return ""
        most = self.unsure + (self.state is DeliveryState.SENT)
        often = {1: "already", 2: "twice"}.get(most, f"{most} times")
        return f"may have come {often}: its sender died, or got no answer, before the result was recorded"


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One alert with its deliveries."""

    id: int
    made_at: datetime
    rule: str
    rule_version: str
    severity: Severity
    change: Change
    article: str
    revision: int
    partner: str
    title: str
    body: str
    url: str
    tags: tuple[str, ...]
    edition: str  # of its article: `kcna (en)`
    events: tuple[Event, ...]  # none if they can't be matched with certainty with those of other editions
    deliveries: tuple[DeliveryRecord, ...]
    provenance: Provenance | None = None  # of the text it is about
    data: Mapping[str, Any] = field(default_factory=dict, hash=False)  # Alert.data


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One notice to the operators with its deliveries."""

    id: int
    made_at: datetime
    source: str
    title: str
    body: str
    deliveries: tuple[DeliveryRecord, ...]


# --- health ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that is wrong with a source, a list or a recipient; open until it is closed."""

    id: int
    kind: str
    subject: str
    source: str
    message: str  # the latest
    opened_at: datetime
    last_at: datetime
    times: int  # how often it was reported
    closed_at: datetime | None
    reported_at: datetime | None = None  # when the operators were told that it is open
    end_reported_at: datetime | None = None  # and when they were told that it is over


@dataclass(frozen=True, slots=True)
class FindingRecord:
    """One finding as it is stored."""

    id: str
    edition: str
    partner: str
    day: date
    kind: str
    finding: str  # JSON
    made_at: datetime | None = None  # None before it is stored


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One command that writes, and what it ran with."""

    at: datetime
    user: str  # and machine
    program_version: str
    command: str
    lexicon_version: str  # "" if it reads none
    rules_version: str
    settings: str  # JSON, without secrets

    @property
    def used(self) -> tuple[str, ...]:
        """What it ran with."""
        return self.program_version, self.lexicon_version, self.rules_version, self.settings


@dataclass(frozen=True, slots=True)
class Notice:
    """A message to the operators about one source: incidents that are new to them, and known ones that are over."""

    source: str  # "" for incidents of no source
    title: str
    body: str
    open: tuple[int, ...]  # ids of incidents
    over: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """What an edition's lists brought in some span of time; days are those of the site's time zone."""

    links: tuple[tuple[date, datetime, LinkState], ...]  # (day, first seen at, result), first seen first
    read_until: dict[date, datetime]  # day -> the last reading of a list on it
    last_new_at: datetime | None


@dataclass(frozen=True, slots=True)
class Poll:
    """One poll of one source, with its result."""

    source: str
    started_at: datetime
    ended_at: datetime
    listed: int
    new: int
    changed: int
    gone: int
    failed: int
    signals: int
    alerts: int
    outcome: str
    words: str = ""  # failures and notes
