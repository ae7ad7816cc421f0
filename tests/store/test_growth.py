"""No query of the store gets slower as the store gets older: every SQL statement is examined.

`CALLS` calls every public function of the store; a new one must be added, so that its statements are examined, too.
"""

from __future__ import annotations

import inspect
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from sunchi.errors import Outcome
from sunchi.model import Location, Recipient
from sunchi.store import AuditEntry, DeliveryKey, FindingRecord, Handover, ImportedText, Notice, Poll, Store
from sunchi.store.delivery_journal import Handed
from sunchi.store.schema import metadata
from tests.postgres import Server
from tests.store import making
from tests.store.large import NOW, fill

DAY = timedelta(days=1)
ARTICLE, KNOWN = "kcna-en-5000", making.link("key-5000", url="http://www.kcna.kp/en/5000")
FRESH = making.link("fresh", date=NOW.date())
TODAY = NOW.date()
KEY = DeliveryKey("recipient-0", ("alert", "first-named", "CN", "published", "1", ARTICLE, KNOWN.url))
TALKS = making.parsed(
    FRESH,
    "talks",
    NOW,
    signals=making.signals(making.id_of("talks"), "CN"),
    alerts=[making.alert(making.id_of("talks"))],
)
POLL = Poll("kcna", NOW, NOW, 40, 1, 0, 0, 0, 1, 0, "ok")
FINDING = FindingRecord("f-1", "kcna/en", "CN", TODAY, "silence", "{}")
ENTRY = AuditEntry(NOW, "desk@host", "1", "poll kcna", "2", "1", "{}")

IMPORTED = [
    ImportedText(making.article(link, "talks"), "text-5001", (link.url,))
    for link in (KNOWN, FRESH, making.link("of-a-file", url="http://old.example/5001"))
]

CALLS: dict[str, Callable[[Store], object]] = {
    # what a poll asks
    "refuse_half_rebuilt": lambda store: store.refuse_half_rebuilt(),
    "refuse_half_restored": lambda store: store.refuse_half_restored(),
    "list_validators": lambda store: store.list_validators(making.LATEST),
    "lists": lambda store: store.lists("kcna", "en"),
    "unknown": lambda store: store.unknown([KNOWN, FRESH]),
    "has_believed": lambda store: store.has_believed("kcna", "en", 3),
    "newest_listed": lambda store: store.newest_listed("kcna", "en", "latest"),
    "count_unlisted": lambda store: store.count_unlisted([KNOWN, FRESH], "latest", NOW - DAY),
    "count_renamed": lambda store: store.count_renamed([KNOWN, FRESH], "latest"),
    "record_list": lambda store: making.see(store, [KNOWN, FRESH], NOW),
    "begin_watch": lambda store: store.begin_watch("kcna", "en", NOW),
    "record_unchanged_list": lambda store: store.record_unchanged_list(making.LATEST, NOW),
    "record_list_length": lambda store: store.record_list_length(
        making.LATEST, None, TODAY, NOW, source="kcna", lang="en"
    ),
    "list_lengths": lambda store: store.list_lengths(making.LATEST, TODAY, TODAY - 30 * DAY),
    "activity": lambda store: store.activity("kcna", "en", UTC, NOW - 7 * DAY),
    "work": lambda store: store.work("kcna", "en", NOW),
    "work_at": lambda store: store.work_at(KNOWN),
    "link_at": lambda store: store.link_at("kcna", "en", KNOWN.url),
    "looked_at": lambda store: store.looked_at(KNOWN),
    "look_again": lambda store: store.look_again([KNOWN], NOW),
    "is_first": lambda store: store.is_first(KNOWN),
    "last_listed": lambda store: store.last_listed(KNOWN),
    "pend": lambda store: store.pend(KNOWN, "another text", NOW, DAY),
    "pend_absent": lambda store: store.pend_absent(KNOWN, NOW),
    "add_response": lambda store: store.add_response(making.page(KNOWN.url, NOW), Location("kcna/x", 0, 9), "kcna"),
    "resolve": lambda store: store.resolve(FRESH, "text-5001"),
    "save": lambda store: store.save(TALKS),
    "amend": lambda store: store.amend(making.parsed(KNOWN, "talks again", NOW, response=Location("kcna/500", 0, 900))),
    "redate": lambda store: [store.save(TALKS), store.redate(TALKS)],
    "stored_texts": lambda store: store.stored_texts(IMPORTED),
    "add_texts": lambda store: store.add_texts(IMPORTED, "lexicon-1", NOW),
    "texts_after": lambda store: store.texts_after(ARTICLE, 10),
    "came_between": lambda store: store.came_between("kcna", "en", NOW - DAY, NOW),
    "knows_fewer": lambda store: store.knows_fewer("kcna", "en", 3),
    "changed_texts": lambda store: store.changed_texts(NOW - DAY),
    "signal_rows": lambda store: store.signal_rows({ARTICLE: 1}),
    "mark_read": lambda store: store.mark_read([(ARTICLE, 1)], "lexicon-1"),
    "replace_signals": lambda store: store.replace_signals([], {ARTICLE: 1}, "lexicon-1"),
    "bodies_like": lambda store: store.bodies_like("kcna", "en", "body-5000"),
    "usual_shape": lambda store: store.usual_shape("kcna", "en"),
    "doubt": lambda store: store.doubt([ARTICLE], NOW),
    "has_held": lambda store: store.has_held(ARTICLE),
    "was_corrected": lambda store: store.was_corrected(ARTICLE),
    "doubted": lambda store: store.doubted("kcna", "en"),
    "doubted_articles": lambda store: store.doubted_articles("kcna", "en"),
    "withdraw_unheard": lambda store: store.withdraw_unheard(ARTICLE),
    "last_shown": lambda store: store.last_shown(KNOWN),
    "withdraw_alerts": lambda store: store.withdraw_alerts(ARTICLE),
    "reword_alerts": lambda store: store.reword_alerts([making.alert(ARTICLE)], NOW),
    "queue_alerts": lambda store: store.queue_alerts([making.alert(ARTICLE, revision=2)], NOW),
    "release_alerts": lambda store: store.release_alerts("kcna", "en", NOW),
    "mark_dropped": lambda store: store.mark_dropped(["kcna/501"], NOW),
    "record_unchanged": lambda store: store.record_unchanged(KNOWN, NOW),
    "record_failure": lambda store: store.record_failure(KNOWN, Outcome.UNREACHABLE, "no answer", NOW),
    "would_delete": lambda store: store.would_delete(KNOWN),
    "record_missing": lambda store: [store.record_missing(KNOWN, NOW + days * DAY) for days in (0, 1)],
    "part": lambda store: store.part(making.link("key-5001", url="http://www.kcna.kp/en/5001"), NOW),
    "failing": lambda store: store.failing("kcna", "en"),
    "completeness": lambda store: store.completeness("kcna", "en", TODAY - 7 * DAY),
    "refetch": lambda store: store.refetch("kcna", "en", TODAY, NOW),
    "add_poll": lambda store: store.add_poll(POLL),
    "polls": lambda store: [store.polls(source, limit=1) for source in (None, "kcna", "hani")],
    "last_good_poll": lambda store: [store.last_good_poll(source) for source in ("kcna", "hani")],
    "clock_error": lambda store: store.clock_error(NOW),
    "unconfirmed_clock": lambda store: store.unconfirmed_clock(["kcna", "hani"], NOW),
    "note_clock": lambda store: store.note_clock("it is wrong", NOW),
    "complete_pass": lambda store: store.complete_pass(["kcna"], NOW),
    "record_command": lambda store: store.record_command(ENTRY, only_changes=True),
    "audit_entries": lambda store: store.audit_entries(10),
    # incidents and deliveries
    "open_incident": lambda store: [store.open_incident("list", "kcna/ko", "no entries", NOW) for _ in range(2)],
    "unreported_incidents": lambda store: store.unreported_incidents(),
    "incidents": lambda store: store.incidents(),
    "queue_notice": lambda store: store.queue_notice(
        Notice("kcna", "kcna", "no entries", tuple(each.id for each in store.unreported_incidents()), ()),
        [making.DESK],
        NOW,
    ),
    "close_incident": lambda store: store.close_incident("list", "kcna/ko", NOW),
    "close_incidents": lambda store: store.close_incidents(["list", "list_few"], "kcna/ko", NOW),
    "claim_deliveries": lambda store: store.claim_deliveries(NOW + DAY, 100),
    "delivery_keys": lambda store: store.delivery_keys([5000]),
    "mark_sending": lambda store: store.mark_sending([5000], NOW),
    "mark_sent": lambda store: store.mark_sent([5000], NOW),
    "mark_failed": lambda store: store.mark_failed([5000], "no answer", NOW),
    "release": lambda store: store.release([5000], "no answer", NOW),
    "retry": lambda store: store.retry(NOW),
    "given_up": lambda store: store.given_up("recipient-0"),
    "rename_recipients": lambda store: store.rename_recipients(
        [
            Recipient("new", "desk", frozenset(), former_key="of nobody")
        ]  # it has found all it will at the first delivery
    ),
    "undelivered": lambda store: store.undelivered(NOW),
    "doubt_pending": lambda store: store.doubt_pending(NOW),
    "record_handed": lambda store: store.record_handed({KEY: Handed(Handover.SENT, NOW)}, NOW),
    # what people ask
    "article": lambda store: store.article(ARTICLE),
    "articles_by_id": lambda store: store.articles_by_id([ARTICLE]),
    "article_at": lambda store: store.article_at(KNOWN.url),
    "revisions": lambda store: store.revisions(ARTICLE),
    "articles": lambda store: list(store.articles("kcna", TODAY - DAY, TODAY)),
    "findings": lambda store: store.findings(TODAY - DAY, TODAY),
    "save_findings": lambda store: store.save_findings([FINDING], NOW),
    "signals": lambda store: [
        store.signals(TODAY - DAY, TODAY, kinds=["attention"], partner="CN"),
        store.signals(article=ARTICLE),
    ],
    "notifications": lambda store: [store.notifications(50), store.notifications(50, waiting=True)],
}

WHOLE_READS: dict[str, Callable[[Store], object]] = {
    "alerts": lambda store: store.alerts(),
    "articles_a_day": lambda store: store.articles_a_day(),
    "count_articles": lambda store: store.count_articles(),
    "pages_to_reparse": lambda store: store.pages_to_reparse(),
    "responses": lambda store: list(store.responses()),
    "unread_links": lambda store: store.unread_links(),
    "old_files": lambda store: list(store.old_files(NOW)),
    "most_of_a_day": lambda store: store.most_of_a_day(),
}
"""Functions whose answer is a whole table."""

OTHERS = {
    "damage": "SQLite looks through the whole file",
    "begin_rebuild": "empties the database",
    "end_rebuild": "closes an incident",
    "begin_restore": "opens an incident",
    "end_restore": "puts every incident back",
    "count_old_records": "looks through tables that it keeps short",
    "drop_old_records": "likewise",
    "open": "opens the database",
    "close": "closes it",
    "together": "makes one transaction of what is called in it",
}
"""Functions that are no queries of what grows, and what they do."""

GROWING = metadata.tables.keys() - {"lists", "heartbeats"}
"""Tables that grow: of the others one has a row for each list, and one has one."""

PARTIAL = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_options["sqlite"]["where"] is not None
}
"""Indexes of what is still to be done."""


def test_every_function_of_the_store_is_examined() -> None:
    functions = {name for name, _ in inspect.getmembers(Store, callable) if not name.startswith("_")}
    assert functions == CALLS.keys() | WHOLE_READS.keys() | OTHERS.keys()


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    if request.param == "sqlite":
        address = f"sqlite:///{tmp_path_factory.mktemp('large') / 'sunchi.db'}"
    else:
        running: Server = request.getfixturevalue("postgres")
        address = running.new_database()
    with Store.open(address) as store:
        fill(store, 50_000)
        yield store


def test_no_statement_scans_a_table_that_grows(large: Store) -> None:
    scans = {}
    for name, call in CALLS.items():
        with statements(large) as emitted:
            call(large)
        found = {words for statement, values in emitted for words in scanned(large, statement, values)}
        if found:
            scans[name] = found
    assert scans == {}


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, Any]]]:
    """Collect every statement that the store executes, with its values."""
    found: list[tuple[str, Any]] = []

    def note(connection: object, cursor: object, statement: str, values: Any, context: object, many: bool) -> None:
        if re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)\b", statement):
            found.append((statement, values[0] if many else values))

    event.listen(store._engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(store._engine, "before_cursor_execute", note)


def scanned(store: Store, statement: str, values: Any) -> list[str]:
    """Return the growing tables that a statement reads from end to end, each with the statement."""
    with store._engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            tables = _scanned_by_sqlite([row[3] for row in plan], statement)
        else:
            # Of a small table, reading all of it is often cheaper: the question is whether Postgres must.
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
            plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
            tables = _scanned_by_postgres(plan[0]["Plan"])
    return [f"{table}: {' '.join(statement.split())}" for table in tables]


def _scanned_by_sqlite(plan: list[str], statement: str) -> list[str]:
    """Return the tables that are read from end to end: not by a partial index, nor in order up to a limit."""
    if " LIMIT ?" in statement and not any("TEMP B-TREE" in line for line in plan):
        return []
    found = (re.fullmatch(r"SCAN (\w+?)(?:_\d+)?(?: USING (?:COVERING )?INDEX (\w+))?", line) for line in plan)
    return [each[1] for each in found if each and each[1] in GROWING and each[2] not in PARTIAL]


def _scanned_by_postgres(plan: dict[str, Any]) -> list[str]:
    is_scan = plan["Node Type"] == "Seq Scan" and plan["Relation Name"] in GROWING
    found = [plan["Relation Name"]] if is_scan else []
    for part in plan.get("Plans", ()):
        found += _scanned_by_postgres(part)
    return found


# --- steps that SQLite takes: an index that finds half of a table is no scan, and takes as long ---


@pytest.fixture(scope="module")
def younger_and_older(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Store]]:
    """Two stores of the same press, one with four times the past of the other."""
    folder = tmp_path_factory.mktemp("ages")
    with Store.open(f"sqlite:///{folder / 'young.db'}") as young, Store.open(f"sqlite:///{folder / 'old.db'}") as old:
        fill(young, 10_000)
        fill(old, 40_000)
        yield young, old


def test_no_function_takes_more_steps_in_an_older_store(younger_and_older: tuple[Store, Store]) -> None:
    grown = {}
    for name, call in CALLS.items():
        young, old = (steps(store, call) for store in younger_and_older)
        if old > 1.5 * young + 3000:
            grown[name] = young, old
    assert grown == {}


@pytest.mark.parametrize("name", WHOLE_READS)
def test_functions_that_return_a_whole_table_take_proportional_steps(
    younger_and_older: tuple[Store, Store], name: str
) -> None:
    young, old = (steps(store, WHOLE_READS[name]) for store in younger_and_older)
    assert old <= 1.2 * 4 * young


def steps(store: Store, call: Callable[[Store], object]) -> int:
    """Return how many steps SQLite's virtual machine takes for a call, in hundreds."""
    taken = 0

    def count() -> int:
        nonlocal taken
        taken += 100
        return 0

    with store._engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
    driver.set_progress_handler(count, 100)
    try:
        call(store)
    finally:
        driver.set_progress_handler(None, 100)
    return taken
