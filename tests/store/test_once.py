"""Nothing twice, half or lost, whatever dies and whoever else is working."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from time import sleep

from sqlalchemy import event, func, select

from sunchi.store import Saved, Store
from sunchi.store.schema import metadata
from tests.store.making import HOUR, NOW, alert, due, id_of, link, parsed, see, signals

ROOT = Path(__file__).resolve().parent.parent.parent
TALKS = id_of("talks")
NEW = parsed(link(), "talks", signals=signals(TALKS, "CN", "RU"), alerts=[alert(TALKS)])

SAVER = """
import sys
from sunchi.store import Store
from tests.store.making import alert, id_of, link, parsed, signals

address, step, number = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
with Store.open(address) as store:
    sys.stdin.readline()
    for i in list(range(number))[::step]:
        text = f"text {i}"
        id = id_of(text)
        new = parsed(link(f"{i}-{step}"), text, signals=signals(id, "CN"), alerts=[alert(id)])
        print(store.save(new).kind, flush=True)
"""

CLAIMER = """
import json, sys
from sunchi.store import Store
from tests.store.making import NOW

with Store.open(sys.argv[1]) as store:
    sys.stdin.readline()
    while claimed := store.claim_deliveries(NOW, 3):
        print(json.dumps([delivery.id for delivery in claimed]), flush=True)
"""


@contextmanager
def program(script: str, *words: object) -> Iterator[subprocess.Popen[str]]:
    """Another process, which waits for a line before it starts."""
    command = [sys.executable, "-c", script, *map(str, words)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True, cwd=ROOT) as running:  # noqa: S603  our own words
        try:
            yield running
        finally:
            running.kill()


def rows(store: Store) -> dict[str, int]:
    with store._reading() as connection:
        counted = {table: select(func.count()).select_from(table) for table in metadata.sorted_tables}
        return {table.name: connection.execute(query).scalar_one() for table, query in counted.items()}


@contextmanager
def dying_at(store: Store, statement: int) -> Iterator[None]:
    """The store, which dies before the statement of that number."""
    numbers = count(1)

    def die(*_: object) -> None:
        if next(numbers) == statement:
            raise KeyboardInterrupt

    event.listen(store._writer, "before_cursor_execute", die)
    try:
        yield
    finally:
        event.remove(store._writer, "before_cursor_execute", die)


def test_a_save_that_dies_at_any_statement_leaves_nothing_and_the_next_one_everything(store: Store) -> None:
    see(store, [link()])
    before = rows(store)
    for statement in count(1):
        try:
            with dying_at(store, statement):
                saved = store.save(NEW)
            break
        except KeyboardInterrupt:
            assert rows(store) == before
            assert due(store, NOW) == [("a", "new")]
    assert statement > 8
    assert saved == Saved("article", TALKS, 1, alerts=1)
    assert rows(store)["signals"] == rows(store)["deliveries"] == 2


def test_a_list_that_dies_at_any_statement_is_recorded_whole_the_next_time(store: Store) -> None:
    links = [link(key) for key in "abc"]
    before = rows(store)
    for statement in count(1):
        try:
            with dying_at(store, statement):
                seen = see(store, links, first_limit=2)
            break
        except KeyboardInterrupt:
            assert rows(store) == before
    assert statement > 4
    assert (len(seen.new), len(seen.passed)) == (2, 1)


def test_a_deletion_that_dies_at_any_statement_is_neither_stored_nor_alerted(store: Store) -> None:
    store.save(parsed(link(), "talks"))
    store.record_missing(link(), NOW)
    for statement in count(1):
        try:
            with dying_at(store, statement):
                meaning = store.record_missing(link(), NOW + HOUR, [alert(TALKS, "deleted")])
            break
        except KeyboardInterrupt:
            assert store.alerts() == []
            assert [row["outcome"] for row in store.articles()] == ["read"]
    assert meaning == "deleted"
    assert len(store.alerts()) == 1


def test_a_claim_that_dies_claims_nothing(store: Store) -> None:
    store.save(NEW)
    for statement in count(1):
        try:
            with dying_at(store, statement):
                claimed = store.claim_deliveries(NOW, 10)
            break
        except KeyboardInterrupt:
            assert {one.attempts for one in store.alerts()[0].deliveries} == {0}
    for _ in range(100):  # Postgres may hold the dead one's locks for a moment, and what is locked is passed over
        if claimed:
            break
        sleep(0.05)
        claimed = store.claim_deliveries(NOW, 10)
    assert len(claimed) == 2


def test_a_process_that_is_killed_leaves_whole_articles_and_the_next_one_goes_on(store: Store, address: str) -> None:
    with program(SAVER, address, 1, 10_000) as victim:
        assert victim.stdin
        assert victim.stdout
        victim.stdin.write("go\n")
        victim.stdin.flush()
        for _ in range(20):
            assert victim.stdout.readline() == "article\n"
        victim.kill()
        said = 20 + len(victim.stdout.read().splitlines())
    counted = rows(store)
    assert said <= counted["articles"] <= said + 1
    assert counted["revisions"] == counted["signals"] == counted["alerts"] == counted["articles"]
    assert counted["deliveries"] == 2 * counted["articles"]
    number = counted["articles"] + 3
    with program(SAVER, address, 1, number) as heir:
        out, _ = heir.communicate("go\n")
    assert out.split() == ["same"] * counted["articles"] + ["article"] * 3


def test_two_processes_that_save_the_same_texts_store_and_alert_each_once(store: Store, address: str) -> None:
    with program(SAVER, address, 1, 40) as forwards, program(SAVER, address, -1, 40) as backwards:
        for running in (forwards, backwards):
            assert running.stdin
            running.stdin.write("go\n")
            running.stdin.flush()
        kinds = [kind for running in (forwards, backwards) for kind in running.communicate()[0].split()]
    assert sorted(kinds) == ["article"] * 40 + ["link"] * 40
    counted = rows(store)
    assert (counted["articles"], counted["revisions"], counted["known_links"]) == (40, 40, 80)
    assert (counted["signals"], counted["alerts"], counted["deliveries"]) == (40, 40, 80)


def test_two_workers_never_claim_the_same_delivery(store: Store, address: str) -> None:
    for number in range(40):
        text = f"text {number}"
        store.save(parsed(link(text), text, alerts=[alert(id_of(text))]))
    with program(CLAIMER, address) as one, program(CLAIMER, address) as other:
        for running in (one, other):
            assert running.stdin
            running.stdin.write("go\n")
            running.stdin.flush()
        claims = [json.loads(line) for running in (one, other) for line in running.communicate()[0].splitlines()]
    claimed = [delivery for claim in claims for delivery in claim]
    assert len(claimed) == len(set(claimed)) == 80


def test_two_processes_that_open_a_new_database_create_its_tables_once(database: str) -> None:
    with program(CLAIMER, database) as one, program(CLAIMER, database) as other:
        assert [running.communicate("go\n")[0] for running in (one, other)] == ["", ""]
        assert (one.returncode, other.returncode) == (0, 0)
    with Store.open(database) as store:
        assert rows(store)["articles"] == 0
