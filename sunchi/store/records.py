"""What goes into the store, and what comes out of it. All frozen; all times aware and in UTC."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal, TypedDict

import polars as pl

from sunchi.model import SIGNALS, Alert, Article, Change, Event, Link, Location, Severity, Validators

# --- links ----------------------------------------------------------------------------------------------------------


class LinkState(StrEnum):
    """What became of a link: one of three words of the store's own, else the word of the `Outcome` it ended in."""

    NEW = "new"  # never fetched yet
    PASSED = "passed"  # known, and left alone: older than the first poll of its list reached
    READ = "read"  # an article was read from it; a later look that fails does not change that
    MEDIA_ONLY = "media_only"
    BLOCKED = "blocked"
    DRIFT = "drift"
    GONE = "gone"  # 404 at two polls
    UNREACHABLE = "unreachable"
    REFUSED = "refused"
    TOO_LARGE = "too_large"
    BAD_STATUS = "bad_status"


WorkReason = Literal["new", "again", "relook", "missing"]
"""Why a link is to be fetched: never was; failed before; may have been edited; may have been deleted."""


@dataclass(frozen=True, slots=True)
class RecordedLinks:
    """What `Store.see` made of the links of a list; every link is in one of them, a key that stood twice once."""

    new: tuple[Link, ...] = ()  # to be fetched
    known: tuple[Link, ...] = ()
    passed: tuple[Link, ...] = ()  # never seen before, and left alone
    media: tuple[Link, ...] = ()  # never seen before, and a photo or video by the list's own word
    unfit: tuple[Link, ...] = ()  # key or URL longer than MAX_IDENTITY bytes: not recorded


@dataclass(frozen=True, slots=True)
class Work:
    """One link to fetch."""

    link: Link
    article: str | None  # the id of what it showed before
    why: WorkReason
    validators: Validators
    attempts: int  # that failed since the last good one


@dataclass(frozen=True, slots=True)
class UnreadLink:
    """A link that is no article, and why."""

    link: Link
    state: LinkState
    error: str
    attempts: int
    first_seen_at: datetime
    next_due_at: datetime | None  # None: it is not asked again


@dataclass(frozen=True, slots=True)
class ListRecord:
    """One list's address, and when it last was well."""

    url: str
    source: str
    lang: str
    name: str
    entries: int  # that it showed when it was last read
    first_ok_at: datetime
    last_ok_at: datetime  # read whole, or said to be unchanged
    last_new_at: datetime | None  # showed a link that no list had shown


# --- articles -------------------------------------------------------------------------------------------------------

TextKind = Literal["article", "sighting", "revision", "same"]
"""What a text at a link is: a new article; a known one at one more link; a new text of its article; nothing new."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What saving a text would do."""

    kind: TextKind
    article_id: str
    revision: int  # the number that the text would bear (article, revision) or that stands (sighting, same)
    previous: Article | None  # the text that stands now; None for a new article


@dataclass(frozen=True, slots=True)
class Parsed:
    """One article as read from one link, with all that is to be kept with it; `now` is when the page was fetched."""

    link: Link
    article: Article
    now: datetime
    response: Location | None = None
    validators: Validators = field(default_factory=Validators)
    signals: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SIGNALS))
    alerts: Sequence[Alert] = ()
    lexicon_version: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving did."""

    kind: Literal["article", "sighting", "revision", "same", "amended"]
    article_id: str
    revision: int
    alerts: int = 0  # that were not there before


MissingOutcome = Literal["first", "gone", "deleted", "known"]
"""What a 404 means: a first one, to be asked again; the link is gone but no article with it; the article is deleted;
nothing that was not known."""


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


class ArticleRow(TypedDict):
    """One article as it stands, the way `sunchi articles` prints it."""

    id: str
    source: str
    lang: str
    date: date | None
    title: str
    paragraphs: list[str]
    url: str
    urls: list[str]  # every address it was seen at, first seen first
    page: int | None  # of the printed paper
    revisions: int  # how many texts it has had
    outcome: Literal["read", "gone"]  # gone: deleted


@dataclass(frozen=True, slots=True)
class ArchivedPage:
    """One archived response that can be read again, and the link it answers."""

    link: Link
    location: Location
    at: datetime
    article: str | None  # the id of what was read from it; None: nothing was


# --- the archive's index --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Response:
    """One response in the archive."""

    url: str
    at: datetime
    location: Location
    site: str
    status: int


# --- alerts ---------------------------------------------------------------------------------------------------------


class DeliveryState(StrEnum):
    PENDING = "pending"
    CLAIMED = "claimed"  # a worker has taken it, and has not handed it over yet
    SENDING = "sending"  # handed to the service, which has not answered yet
    SENT = "sent"
    UNKNOWN = "unknown"  # the service did not say whether it took it; tried again like a pending one
    COVERED = "covered"  # not sent: its recipient has had all of its facts, by alerts of other editions


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
    events: tuple[Event, ...] = ()  # none where nobody can be certain that they are those of another edition


@dataclass(frozen=True, slots=True)
class DeliveryRecord:
    """How one delivery stands."""

    id: int
    recipient: str
    label: str
    state: DeliveryState
    attempts: int  # how often it was handed to the service
    unsure: int  # of these, how often its sender died before it knew what came of it, or heard no answer
    error: str
    next_due_at: datetime | None
    sent_at: datetime | None

    @property
    def status(self) -> str:
        """The state, in words."""
        return "told of it already, by another edition" if self.state is DeliveryState.COVERED else str(self.state)

    @property
    def doubt(self) -> str:
        """That it may have come more often than it is known to, in words; "" where that can't be."""
        if not self.unsure:
            return ""
        most = self.unsure + (self.state is DeliveryState.SENT)
        often = {1: "already", 2: "twice"}.get(most, f"{most} times")
        return f"may have come {often}: its sender died, or heard no answer, before that could be recorded"


@dataclass(frozen=True, slots=True)
class AlertRecord:
    """One alert, and how its deliveries stand."""

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
    events: tuple[Event, ...]  # none where nobody can be certain that they are those of another edition
    deliveries: tuple[DeliveryRecord, ...]


@dataclass(frozen=True, slots=True)
class NoticeRecord:
    """One notice to the operators, and how its deliveries stand."""

    id: int
    made_at: datetime
    source: str
    title: str
    body: str
    deliveries: tuple[DeliveryRecord, ...]


# --- health ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Incident:
    """Something is wrong with a source, a list, a recipient; open until it is closed."""

    id: int
    kind: str
    subject: str
    source: str
    message: str  # the latest
    opened_at: datetime
    last_at: datetime
    times: int  # how often it was reported; 1: just now for the first time
    closed_at: datetime | None
    reported_at: datetime | None = None  # the operators were told that it is open
    end_reported_at: datetime | None = None  # and that it is over


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say to the operators: incidents of one source that they were not told of, or not that they ended."""

    source: str  # "" for what is no source's
    title: str
    body: str
    open: tuple[int, ...]  # ids of incidents
    over: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Activity:
    """What an edition's lists brought until now, as far back as PAST reaches; days are those of the site's clock."""

    links: tuple[
        tuple[date, datetime, LinkState], ...
    ]  # day, when first seen, what became of it; in the order of coming
    read_until: dict[date, datetime]  # day -> the last reading of a list on it
    last_new_at: datetime | None


@dataclass(frozen=True, slots=True)
class Poll:
    """One pass over one source."""

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
    words: str = ""  # what failed, and what else is to be noted
