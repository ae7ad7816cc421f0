"""Data stored before a migration is still there after it, under today's names."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from itertools import cycle
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, MetaData

from sunchi.model import KINDS, Event
from sunchi.store import DeliveryState, Store, edits_in_words, migrate, versions
from sunchi.store.database import address, engine

MESSAGE = {
    "historical": False, "direction": "in", "from": "Xi Jinping", "to": "Kim Jong Un", "occasion": "", "dated": "",
    "full_text": True, "grouped": False, "named": True, "salutation": 1,
}  # fmt: skip
PHRASE = {"category": "friendship", "voice": "own", "negated": False, "historical": False}
AMBASSADOR = {"person": "Ri Example", "post": "DPRK ambassador to Laos"}
DETAILS: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [  # kind, code, as it was stored until 0005, and since
    ("attention", "about", {"share": 0.25, "rank": 2, "sentences": 1, "words_raw": 9},
     {"share": 0.25, "order": 2, "sentences": 1, "words_raw": 9}),
    ("formula", "dprk_friendship", PHRASE, PHRASE),
    ("message", "reply", MESSAGE, MESSAGE),
    ("contact", "talks", {"rank": 2, "who": "최선희 외무상"}, {"rank": 2, "who": "최선희 외무상"}),
    ("appointment", "appointed", AMBASSADOR | {"category": "abroad"}, AMBASSADOR | {"abroad": True}),
    ("appointment", "relieved", {"person": "Pak Example", "post": "minister of Fisheries"},
     {"person": "Pak Example", "post": "minister of Fisheries", "abroad": False}),
    ("authority", "press_statement", {"by": "Kim Yo Jong"}, {"by": "Kim Yo Jong"}),
    ("placement", "front_page", {"rank": 3, "of": 6, "photos": 1}, {"position": 3, "pages": 6, "photos": 1}),
    ("placement", "listed", {"rank": 7, "of": 30}, {"position": 7, "entries": 30}),
    ("stance", "negative", {"from": "“imperialists”", "level": 4.5, "by": "Kim Yo Jong"},
     {"rests_on": "“imperialists”", "authority": 4.5, "by": "Kim Yo Jong"}),
    ("stance", "neutral", {"from": "", "level": 1.0, "by": ""}, {"rests_on": "", "authority": 1.0, "by": ""}),
]  # fmt: skip


def test_incidents_of_the_first_version_are_still_open_and_not_yet_reported(database: str) -> None:
    with at_version(database, "0001") as connection:
        fill(connection, "incidents", kind="list", subject="kcna/en", source="kcna", message="no entries", times=2)

    migrated = migrate(database)

    assert (migrated.before, migrated.after) == ("0001", versions._head())
    with Store.open(database) as store:
        assert [each.subject for each in store.unreported_incidents()] == ["kcna/en"]


def test_alerts_of_version_0002_that_may_have_come_twice_still_say_so(database: str) -> None:
    doubt = "may have come twice: who sent it first died, or heard no answer, before it could be recorded"
    with at_version(database, "0002") as connection:
        fill(connection, "notices", id=1, title="A", body="B")
        for recipient, state, error in (("a", "sent", doubt), ("b", "sent", ""), ("c", "pending", "answered 500")):
            fill(connection, "deliveries", notice_id=1, recipient=recipient, state=state, attempts=2, error=error)

    migrate(database)

    with Store.open(database) as store:
        [notice] = store.notifications()
    assert [(each.recipient, each.unsure, each.error) for each in notice.deliveries] == [
        ("a", 1, ""),
        ("b", 0, ""),
        ("c", 0, "answered 500"),
    ]


def test_events_shared_by_alerts_of_two_editions_in_version_0004_are_kept(database: str) -> None:
    with at_version(database, "0004") as connection:
        fill(connection, "sightings", id=1)
        for lang in ("en", "ko"):
            fill(connection, "articles", id=f"kcna-{lang}-1", source="kcna", lang=lang, fingerprint=lang)
            fill(connection, "revisions", article_id=f"kcna-{lang}-1", number=1, sighting_id=1, date=date(2021, 1, 8))
            fill(connection, "alerts", article_id=f"kcna-{lang}-1", revision=1, fact="a letter")

    migrate(database)

    with Store.open(database) as store:
        assert [alert.events for alert in store.alerts()] == [(Event("a letter", date(2021, 1, 8)),)] * 2


def test_every_kind_of_signal_was_stored() -> None:
    assert {kind for kind, *_ in DETAILS} == set(KINDS)


def test_every_kind_of_signal_of_version_0005_keeps_its_content(database: str) -> None:
    with at_version(database, "0005") as connection:
        fill(connection, "sightings", id=1)
        fill(connection, "articles", id="kcna-en-1", current=1)
        fill(connection, "revisions", article_id="kcna-en-1", number=1, sighting_id=1)
        stored = [
            {"kind": kind, "code": code, "value": float(number), "detail": json.dumps(before)}
            for number, (kind, code, before, _) in zip(range(1500), cycle(DETAILS))  # more than are read at once
        ]
        fill_all(connection, "signals", [{"article_id": "kcna-en-1", "revision": 1, **each} for each in stored])

    migrate(database)

    with Store.open(database) as store:
        found = store.signals()
    assert found["value"].to_list() == list(range(1500))
    for row in found.iter_rows(named=True):
        kind, code, _, after = DETAILS[int(row["value"]) % len(DETAILS)]
        detail = {name: value for name, value in row["detail"].items() if value is not None}
        assert (row["kind"], row["code"], detail) == (kind, code, after)


def test_links_lists_polls_incidents_and_alerts_of_version_0005_are_unchanged(database: str) -> None:
    at, url = datetime(2021, 1, 8, tzinfo=UTC), "http://www.kcna.kp/en/latest"
    with at_version(database, "0005") as connection:
        fill(connection, "articles", id="kcna-en-1", source="kcna", lang="en", current=1)
        fill(connection, "sightings", id=1, source="kcna", lang="en", key="a", rank=12, article_id="kcna-en-1")
        fill(connection, "sighting_urls", source="kcna", lang="en", url="http://www.kcna.kp/en/a", sighting_id=1)
        fill(connection, "revisions", article_id="kcna-en-1", number=1, sighting_id=1, response_file="kcna.warc.gz")
        fill(connection, "lists", url=url, source="kcna", lang="en", links=40)
        fill(connection, "polls", source="kcna", outcome="noted", error="1 page: drift")
        fill(connection, "incidents", subject="kcna/en", told_at=at, end_told_at=at)
        fill(connection, "alerts", id=1, rule="letter", article_id="kcna-en-1", revision=1, event="edited")
        fill(connection, "facts", alert_id=1, key="a letter", day=date(2021, 1, 8))
        fill(connection, "deliveries", alert_id=1, recipient="desk", state="told")

    migrate(database)

    with Store.open(database) as store:
        [row], [listed], [poll], [incident] = store.articles(), store.lists(), store.polls(), store.incidents()
        [alert], [page] = store.alerts(), store.pages_to_reparse()
    assert (row["urls"], page.link.position, listed.entries) == (["http://www.kcna.kp/en/a"], 12, 40)
    assert (poll.outcome, poll.words) == ("noted", "1 page: drift")
    assert (incident.reported_at, incident.end_reported_at) == (at, at)
    assert (alert.change, alert.events) == ("edited", (Event("a letter", date(2021, 1, 8)),))
    assert [delivery.state for delivery in alert.deliveries] == [DeliveryState.COVERED]


def test_of_texts_of_version_0015_only_the_first_and_the_alerted_edits_have_a_kind(database: str) -> None:
    with at_version(database, "0015") as connection:
        fill(connection, "known_links", id=1)
        fill(connection, "articles", id="kcna-en-1", source="kcna", lang="en", current=3)
        for number in (1, 2, 3):
            fill(connection, "revisions", article_id="kcna-en-1", number=number, link_id=1)
        fill(connection, "alerts", article_id="kcna-en-1", revision=2, change="edited")
        fill(connection, "alerts", article_id="kcna-en-1", revision=3, change="published")

    migrate(database)

    with Store.open(database) as store:
        assert [text.kind for text in store.revisions("kcna-en-1")] == ["first", "edit", None]
        [row] = store.articles()
        changed = store.changed_texts(datetime(2021, 1, 1, tzinfo=UTC))
    assert edits_in_words(row["changes"]) == "edited, 1 other text, not known why"
    assert {after.number for _, after, _ in changed if after} == {2, 3}


@pytest.mark.parametrize(("kind", "code", "before", "after"), DETAILS)
def test_a_detail_is_renamed_once(kind: str, code: str, before: dict[str, Any], after: dict[str, Any]) -> None:
    renamed = versions._scripts().get_revision("0006").module.renamed
    once = renamed(kind, code, json.dumps(before))
    assert json.loads(once) == after
    assert renamed(kind, code, once) == once


@pytest.mark.parametrize("stored", ["", "{broken", "[1]", "null"])
def test_a_value_without_fields_is_unchanged(stored: str) -> None:
    assert versions._scripts().get_revision("0006").module.renamed("attention", "about", stored) == stored


@contextmanager
def at_version(database: str, version: str) -> Iterator[Connection]:
    """Create the tables of an earlier version, to be filled."""
    with Store(engine(address(database), foreign_keys=False)) as store, store._writing("schema") as connection:
        command.upgrade(versions._config(connection), version)
        yield connection


PLAIN = {bool: False, int: 1, float: 0.0, str: "", date: date(2021, 1, 8), datetime: datetime(2021, 1, 8)}  # noqa: DTZ001


def fill(connection: Connection, table: str, **values: Any) -> None:
    """Insert a row into a table of an earlier version, with values for all required columns."""
    fill_all(connection, table, [values])


def fill_all(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    """Insert rows that give the same columns."""
    metadata = MetaData()
    metadata.reflect(connection, only=[table], resolve_fks=False)
    given = ("id", *rows[0])
    needed = [each for each in metadata.tables[table].columns if not each.nullable and each.name not in given]
    plain = {each.name: [] if "json" in str(each.type).lower() else PLAIN[each.type.python_type] for each in needed}
    connection.execute(metadata.tables[table].insert(), [plain | values for values in rows])
