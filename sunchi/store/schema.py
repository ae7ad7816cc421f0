"""The tables. `sunchi/migrations` creates them; a test checks that the two agree.

Two rules hold for every column. Times are aware and in UTC. Text has no NUL and no lone surrogate, which Postgres
cannot store: each is replaced by one U+FFFD, so that the offsets of signals stay right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.types import TypeDecorator

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(value: str) -> str:
    """Return the text as both databases can store it; of the same length."""
    return _UNSTORABLE.sub("\ufffd", value)


def _storable_json(value: object) -> object:
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list | tuple):
        return [_storable_json(item) for item in value]
    if isinstance(value, Mapping):
        return {storable(str(name)): _storable_json(item) for name, item in value.items()}
    return value


class SafeText(TypeDecorator[str]):
    """Text, stored by `storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else storable(value)


class SafeJSON(TypeDecorator[Any]):
    """A list of texts, or structured data, as JSON, its texts stored by `storable`."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return _storable_json(value)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware time; a naive one is refused. SQLite stores UTC without an offset, Postgres with one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError(f"{value!r} has no time zone: the store accepts aware times only")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

INCIDENT_IS_OVER = "closed_at IS NOT NULL AND reported_at IS NOT NULL AND end_reported_at IS NULL"
"""The condition of incidents that are over, if the operators were told only of their beginning."""


IS_GIVEN_UP = "state = 'given_up'"
"""The condition of deliveries that were given up."""

IS_EDIT, IS_DELETED = "number > 1", "deleted_at IS NOT NULL"
"""The conditions of texts that replaced others, and of articles that were taken down."""


def _partial(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """Return an index of the rows that meet a condition; a query uses it if it states the same condition."""
    return Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


lists = Table(
    "lists",
    metadata,
    Column("url", SafeText, primary_key=True),
    Column("source", SafeText, nullable=False),
    Column("lang", SafeText, nullable=False),
    Column("name", SafeText, nullable=False),
    Column("etag", SafeText, nullable=False),
    Column("last_modified", SafeText, nullable=False),
    Column("entries", Integer, nullable=False),  # that it showed when it was last read
    Column("first_ok_at", UTCDateTime, nullable=False),
    Column("last_ok_at", UTCDateTime, nullable=False),  # read, or unchanged by its own account
    Column("watched_at", UTCDateTime),  # the end of the edition's first poll; null: not over yet
    Column("last_new_at", UTCDateTime),  # showed a link that no list had shown
)

list_days = Table(
    "list_days",
    metadata,
    Column("url", SafeText, primary_key=True),
    Column("day", Date, primary_key=True),  # in the site's time zone
    Column("source", SafeText, nullable=False),
    Column("lang", SafeText, nullable=False),
    Column("entries", Integer, nullable=False),  # the most that its first page showed on that day
    Column("last_at", UTCDateTime, nullable=False),  # read for the last time on that day
    Index("ix_list_days_source_lang_day", "source", "lang", "day"),
)

known_links = Table(
    "known_links",
    metadata,
    Column("id", Integer, primary_key=True),
    # from the list; position, section and list as first seen
    Column("source", SafeText, nullable=False),
    Column("lang", SafeText, nullable=False),
    Column("key", SafeText, nullable=False),
    Column("url", SafeText, nullable=False),  # the one to request
    Column("title", SafeText, nullable=False),
    Column("date", Date),
    Column("position", Integer, nullable=False),
    Column("section", SafeText, nullable=False),
    Column("list_name", SafeText, nullable=False),
    Column("media", Boolean, nullable=False),
    Column("backlog", Boolean, nullable=False, server_default=false()),  # was there before the first poll: no alerts
    Column("first_seen_at", UTCDateTime, nullable=False),
    Column("last_seen_at", UTCDateTime, nullable=False),
    # its state
    Column("state", SafeText, nullable=False),  # records.LinkState
    Column("error", SafeText, nullable=False),  # of the last look, "" if it went well
    Column("attempts", Integer, nullable=False),  # failed looks since the last good one
    Column("misses", Integer, nullable=False),  # polls in a row at which it was 404 or 410
    Column("missed_at", UTCDateTime),  # the last of these polls
    Column("looked_at", UTCDateTime),
    Column("next_due_at", UTCDateTime),  # null: nothing to do
    Column("etag", SafeText, nullable=False),
    Column("last_modified", SafeText, nullable=False),
    # what it showed when it was last read
    Column("article_id", SafeText, ForeignKey("articles.id")),
    Column("fingerprint", SafeText),
    Column("response_file", SafeText),
    Column("response_offset", BigInteger),
    Column("response_length", BigInteger),
    Column("looks", Integer, nullable=False, server_default="0"),  # good ones
    # a text that it shows and that is not believed yet
    Column("pending", SafeText),  # the fingerprint of a text
    Column("pending_since", UTCDateTime),
    Column("pending_looks", Integer, nullable=False, server_default="0"),
    Column("flickers", Integer, nullable=False, server_default="0"),  # changes taken back or replaced
    UniqueConstraint("source", "lang", "key"),
    Index("ix_known_links_due", "source", "lang", "next_due_at"),
    Index("ix_known_links_first_seen_at", "source", "lang", "first_seen_at"),
    Index("ix_known_links_date", "source", "lang", "date"),
    _partial("ix_known_links_failing", "source", "lang", "state", where="attempts > 0"),
    _partial("ix_known_links_missing", "article_id", where="misses > 0 AND state <> 'gone'"),
    Index("ix_known_links_article_id", "article_id"),
    Index("ix_known_links_fingerprint", "fingerprint"),
    _partial("ix_known_links_pending", "pending", where="pending IS NOT NULL"),
    Index("ix_known_links_response", "response_file", "response_offset"),
)

link_urls = Table(
    "link_urls",
    metadata,
    Column("source", SafeText, primary_key=True),
    Column("lang", SafeText, primary_key=True),
    Column("url", SafeText, primary_key=True),
    Column("link_id", Integer, ForeignKey("known_links.id"), nullable=False),
    Column("first_seen_at", UTCDateTime, nullable=False),
    Index("ix_link_urls_link_id", "link_id"),
    Index("ix_link_urls_url", "url"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", SafeText, primary_key=True),
    Column("source", SafeText, nullable=False),
    Column("lang", SafeText, nullable=False),
    Column("fingerprint", SafeText, nullable=False),  # of its first text, as it was first read
    Column("current", Integer, nullable=False),  # number of the current revision
    Column("first_seen_at", UTCDateTime, nullable=False),
    Column("deleted_at", UTCDateTime),
    UniqueConstraint("source", "lang", "fingerprint"),
    Index("ix_articles_first_seen_at", "source", "lang", "first_seen_at"),
    _partial("ix_articles_deleted_at", "deleted_at", where=IS_DELETED),
)

revisions = Table(
    "revisions",
    metadata,
    Column("article_id", SafeText, ForeignKey("articles.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("fingerprint", SafeText, nullable=False),
    Column("body", SafeText, nullable=False, server_default=""),  # the fingerprint of the paragraphs alone
    Column("seen_at", UTCDateTime, nullable=False),
    Column("link_id", Integer, ForeignKey("known_links.id"), nullable=False),  # the address it was read at
    Column("response_file", SafeText),
    Column("response_offset", BigInteger),
    Column("response_length", BigInteger),
    Column("lexicon_version", SafeText, nullable=False),  # the version its signals were read with
    Column("language", SafeText),  # of the text; null if it is its edition's
    Column("kind", SafeText),  # records.RevisionKind; null: not known, stored before version 0016
    # model.Article
    Column("url", SafeText, nullable=False),
    Column("key", SafeText, nullable=False),
    Column("layout", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("subtitle", SafeText, nullable=False),
    Column("byline", SafeText, nullable=False),
    Column("section", SafeText, nullable=False),
    Column("date", Date),
    Column("date_basis", SafeText, nullable=False),
    Column("printed_page", Integer),
    Column("photos", Integer, nullable=False),
    Column("posted_at", UTCDateTime),
    Column("modified_at", UTCDateTime),
    Column("links", SafeJSON, nullable=False),
    Column("paragraphs", SafeJSON, nullable=False),
    Index("ix_revisions_fingerprint", "fingerprint"),
    Index("ix_revisions_body", "body"),
    Index("ix_revisions_date", "date"),
    Index("ix_revisions_link_id", "link_id"),
    Index("ix_revisions_response", "response_file", "response_offset"),
    _partial("ix_revisions_edited", "seen_at", where=IS_EDIT),
)

IS_CURRENT = (revisions.c.article_id == articles.c.id) & (revisions.c.number == articles.c.current)
"""The condition that a revision is the current text of its article."""

signals = Table(
    "signals",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", SafeText, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", SafeText, nullable=False),
    Column("partner", SafeText, nullable=False),
    Column("code", SafeText, nullable=False),
    Column("value", Float),
    Column("start", Integer),
    Column("end", Integer),
    Column("quote", SafeText, nullable=False),
    Column("detail", SafeText, nullable=False),  # JSON without nulls
    ForeignKeyConstraint(["article_id", "revision"], ["revisions.article_id", "revisions.number"]),
    Index("ix_signals_article_id_revision", "article_id", "revision"),
    Index("ix_signals_kind_partner", "kind", "partner"),
)

alerts = Table(
    "alerts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("rule", SafeText, nullable=False),
    Column("rule_version", SafeText, nullable=False),
    Column("article_id", SafeText, ForeignKey("articles.id"), nullable=False),
    Column("partner", SafeText, nullable=False),
    Column("change", SafeText, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("severity", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("body", SafeText, nullable=False),
    Column("url", SafeText, nullable=False),
    Column("data", SafeJSON, nullable=False, server_default="{}"),
    Column("tags", SafeJSON, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    UniqueConstraint("rule", "rule_version", "article_id", "partner", "change", "revision"),
    Index("ix_alerts_made_at", "made_at"),
    Index("ix_alerts_article_id", "article_id"),
)

events = Table(  # model.Event, of alerts
    "events",
    metadata,
    Column("alert_id", Integer, ForeignKey("alerts.id"), primary_key=True),
    Column("key", SafeText, primary_key=True),
    Column("day", Date, nullable=False),
    Column("once", Boolean, nullable=False),
    Index("ix_events_key", "key"),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", SafeText, nullable=False),
    Column("title", SafeText, nullable=False),
    Column("body", SafeText, nullable=False),
    Column("made_at", UTCDateTime, nullable=False),
    Index("ix_notices_made_at", "made_at"),
)

findings = Table(
    "findings",
    metadata,
    Column("id", SafeText, primary_key=True),
    Column("edition", SafeText, nullable=False),
    Column("partner", SafeText, nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", SafeText, nullable=False),
    Column("finding", SafeText, nullable=False),  # JSON, by sunchi.history.findings
    Column("made_at", UTCDateTime, nullable=False),
    Index("ix_findings_day", "day"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("alert_id", Integer, ForeignKey("alerts.id")),  # this or a notice
    Column("notice_id", Integer, ForeignKey("notices.id")),
    Column("recipient", SafeText, nullable=False),  # Recipient.key
    Column("label", SafeText, nullable=False),
    Column("state", SafeText, nullable=False),  # records.DeliveryState
    Column("attempts", Integer, nullable=False),  # how often it was handed to the service
    Column("unsure", Integer, nullable=False, server_default="0"),  # of these, how often the result is unknown
    Column("error", SafeText, nullable=False),
    Column("next_due_at", UTCDateTime),  # when a worker may claim it, or claim it again; null: never
    Column("sent_at", UTCDateTime),
    Column("failing_since", UTCDateTime),  # its first failure, or its recipient's while it waited; null: none
    UniqueConstraint("alert_id", "recipient"),
    UniqueConstraint("notice_id", "recipient"),
    _partial("ix_deliveries_waiting", "attempts", "id", where="next_due_at IS NOT NULL"),
    _partial("ix_deliveries_given_up", "recipient", where=IS_GIVEN_UP),
    Index("ix_deliveries_recipient", "recipient"),
)

incidents = Table(
    "incidents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", SafeText, nullable=False),
    Column("subject", SafeText, nullable=False),
    Column("source", SafeText, nullable=False),
    Column("message", SafeText, nullable=False),
    Column("opened_at", UTCDateTime, nullable=False),
    Column("last_at", UTCDateTime, nullable=False),
    Column("times", Integer, nullable=False),
    Column("closed_at", UTCDateTime),
    Column("reported_at", UTCDateTime),  # a notice says that it is open
    Column("end_reported_at", UTCDateTime),  # a notice says that it is over
    _partial("uq_incidents_open", "kind", "subject", where="closed_at IS NULL", unique=True),
    _partial("ix_incidents_over", "id", where=INCIDENT_IS_OVER),
)

responses = Table(
    "responses",
    metadata,
    Column("file", SafeText, primary_key=True),
    Column("offset", BigInteger, primary_key=True, autoincrement=False),
    Column("length", BigInteger, nullable=False),
    Column("site", SafeText, nullable=False),
    Column("url", SafeText, nullable=False),
    Column("status", Integer, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("sha256", SafeText, nullable=False, server_default=""),  # Page.sha256; "" before version 0012
    Column("dropped_at", UTCDateTime),  # by retention
    Index("ix_responses_url_at", "url", "at"),
    Index("ix_responses_site_at", "site", "at"),
)

polls = Table(
    "polls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", SafeText, nullable=False),
    Column("started_at", UTCDateTime, nullable=False),
    Column("ended_at", UTCDateTime, nullable=False),
    Column("listed", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("gone", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("signals", Integer, nullable=False),
    Column("alerts", Integer, nullable=False),
    Column("outcome", SafeText, nullable=False),
    Column("words", SafeText, nullable=False),  # what failed, and what else is to be noted
    Index("ix_polls_source", "source", "id"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UTCDateTime, nullable=False),
    Column("user", SafeText, nullable=False),  # user and machine
    Column("program_version", SafeText, nullable=False),
    Column("command", SafeText, nullable=False),
    Column("lexicon_version", SafeText, nullable=False),  # "" if the command reads none
    Column("rules_version", SafeText, nullable=False),
    Column("settings", SafeText, nullable=False),  # JSON, without secrets
    Index("ix_audit_user", "user", "id"),
)

heartbeats = Table(
    "heartbeats",
    metadata,
    Column("poll_id", Integer, primary_key=True, autoincrement=False),  # the last poll of the last good pass
    Column("at", UTCDateTime, nullable=False),
)
