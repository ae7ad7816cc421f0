"""Nothing twice, half or lost, whatever dies and whoever else is working."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from time import sleep
from typing import Any

import pytest
from sqlalchemy import event, func, select

from sunchi.store import Saved, Store
from sunchi.store.schema import metadata
from tests.store.making import HOUR, NOW, alert, due, id_of, link, parsed, see, signals

TALKS = id_of("talks")
NEW = parsed(link(), "talks", signals=signals(TALKS, "CN", "RU"), alerts=[alert(TALKS)])

PROCESSES = get_context("forkserver")


@pytest.fixture(scope="module", autouse=True)
def processes() -> Iterator[None]:
    """Fork the others from one that has imported what they need."""
    PROCESSES.set_forkserver_preload([__name__, "psycopg"])
    yield
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


def save(pipe: Connection, address: str, step: int, number: int) -> None:
    """Save that many texts, forwards or backwards, and tell what became of each."""
    with Store.open(address) as store:
        pipe.recv()
        for i in list(range(number))[::step]:
            text = f"text {i}"
            id = id_of(text)
            new = parsed(link(f"{i}-{step}"), text, signals=signals(id, "CN"), alerts=[alert(id)])
            pipe.send(store.save(new).kind)


def claim(pipe: Connection, address: str) -> None:
    """Claim every delivery, and tell which."""
    with Store.open(address) as store:
        pipe.recv()
        while claimed := store.claim_deliveries(NOW, 3):
            pipe.send([delivery.id for delivery in claimed])


@dataclass(frozen=True)
class Running:
    process: BaseProcess
    pipe: Connection

    def begin(self) -> None:
        self.pipe.send("go")

    def rest(self) -> list[Any]:
        """Return what else it tells until its end."""
        told = []
        with suppress(EOFError):
            while True:
                told.append(self.pipe.recv())
        self.process.join()
        return told


@contextmanager
def program(work: Callable[..., None], *words: object) -> Iterator[Running]:
    """Another process, which opens the store and waits until it is told to begin."""
    here, there = PROCESSES.Pipe()
    process = PROCESSES.Process(target=work, args=(there, *words))
    process.start()
    there.close()
    try:
        yield Running(process, here)
    finally:
        process.kill()
        process.join()
        here.close()


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
    with program(save, address, 1, 10_000) as victim:
        victim.begin()
        assert [victim.pipe.recv() for _ in range(20)] == ["article"] * 20
        victim.process.kill()
        said = 20 + len(victim.rest())
    counted = rows(store)
    assert said <= counted["articles"] <= said + 1
    assert counted["revisions"] == counted["signals"] == counted["alerts"] == counted["articles"]
    assert counted["deliveries"] == 2 * counted["articles"]
    number = counted["articles"] + 3
    with program(save, address, 1, number) as heir:
        heir.begin()
        kinds = heir.rest()
    assert kinds == ["same"] * counted["articles"] + ["article"] * 3


def test_two_processes_that_save_the_same_texts_store_and_alert_each_once(store: Store, address: str) -> None:
    with program(save, address, 1, 40) as forwards, program(save, address, -1, 40) as backwards:
        for running in (forwards, backwards):
            running.begin()
        kinds = [*forwards.rest(), *backwards.rest()]
    assert sorted(kinds) == ["article"] * 40 + ["link"] * 40
    counted = rows(store)
    assert (counted["articles"], counted["revisions"], counted["known_links"]) == (40, 40, 80)
    assert (counted["signals"], counted["alerts"], counted["deliveries"]) == (40, 40, 80)


def test_two_workers_never_claim_the_same_delivery(store: Store, address: str) -> None:
    for number in range(40):
        text = f"text {number}"
        store.save(parsed(link(text), text, alerts=[alert(id_of(text))]))
    with program(claim, address) as one, program(claim, address) as other:
        for running in (one, other):
            running.begin()
        claims = [*one.rest(), *other.rest()]
    claimed = [delivery for claim in claims for delivery in claim]
    assert len(claimed) == len(set(claimed)) == 80


def test_two_processes_that_open_a_new_database_create_its_tables_once(database: str) -> None:
    with program(claim, database) as one, program(claim, database) as other:
        for running in (one, other):
            running.begin()
        assert [one.rest(), other.rest()] == [[], []]
        assert (one.process.exitcode, other.process.exitcode) == (0, 0)
    with Store.open(database) as store:
        assert rows(store)["articles"] == 0
