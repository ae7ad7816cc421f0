"""`sunchi health`: exit code 0 if every source is polled and every message arrives, otherwise 1 and the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sunchi.store import Poll, Store
from tests.cli.command import Sunchi
from tests.store.making import alert, id_of, link, parsed, see

SOURCES = ("kcna", "rodong", "hani")


@pytest.fixture
def store(folder: Path) -> Store:
    """A store in which each source was just polled successfully."""
    (folder / "var").mkdir()
    opened = Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}")
    for source in SOURCES:
        add_poll(opened, source, timedelta(0))
    return opened


def add_poll(store: Store, source: str, ago: timedelta, outcome: str = "ok") -> None:
    at = datetime.now(UTC) - ago
    store.add_poll(Poll(source, at, at, 1, 0, 0, 0, 0, 0, 0, outcome))


def test_all_is_well_while_each_source_is_polled(sunchi: Sunchi, store: Store) -> None:
    add_poll(store, "kcna", timedelta(0), "failed")  # one poll alone may fail

    done = sunchi("health", "--json")

    [row] = done.rows
    assert (done.code, row["well"], row["faults"]) == (0, True, [])
    assert [each["source"] for each in row["sources"]] == list(SOURCES)
    assert all(each["age"] < 60 for each in row["sources"])


def test_a_source_without_a_good_poll_for_three_hours_is_wrong(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SUNCHI_SOURCES", "kcna kcna/ko rodong/ko")
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        add_poll(store, "kcna", timedelta(hours=4))
        add_poll(store, "kcna/ko", timedelta(hours=4, minutes=13))
        add_poll(store, "kcna", timedelta(minutes=5), "failed")

    done = sunchi("health")

    assert done.code == 1
    assert "kcna, kcna/ko: last good poll 4 hours ago" in done.out
    assert "rodong/ko: no good poll yet" in done.out


def test_check_notices_that_a_source_has_not_been_polled_for_hours(sunchi: Sunchi, folder: Path) -> None:
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        add_poll(store, "kcna", timedelta(hours=74))
        add_poll(store, "hani", timedelta(minutes=50))

    done = sunchi("check", "--json")

    found = {row["subject"]: row for row in done.rows}
    assert done.code == 1
    assert not found["kcna"]["well"]
    assert found["kcna"]["words"].endswith(", 74 hours ago: ok")
    assert found["hani"]["well"]


def test_an_incident_counts_when_it_lasts(sunchi: Sunchi, store: Store) -> None:
    now = datetime.now(UTC)
    store.open_incident("list", "kcna/en Latest", "no entries", now, source="kcna")
    assert sunchi("health").code == 0

    store.open_incident("list", "kcna/en Latest", "no entries", now, source="kcna")

    done = sunchi("health")
    assert done.code == 1
    assert "list: kcna/en Latest: no entries" in done.out


@pytest.mark.parametrize(("ago", "code"), [(timedelta(minutes=50), 0), (timedelta(minutes=70), 1)])
def test_an_alert_that_waits_for_over_an_hour_is_wrong(sunchi: Sunchi, store: Store, ago: timedelta, code: int) -> None:
    at = link("a")
    see(store, [at])
    store.save(parsed(at, "x", now=datetime.now(UTC) - ago, alerts=[alert(id_of("x"))]))

    done = sunchi("health")

    assert done.code == code
    assert ("1 alerts or notices have not reached everybody" in done.out) == bool(code)


def test_a_full_disk_is_wrong(sunchi: Sunchi, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sunchi.reports.health.MIN_DISK", 2**60)

    done = sunchi("health")

    assert done.code == 1
    assert "MB are free on the disk of the data folder" in done.out


def test_a_missing_or_damaged_database_is_wrong_and_none_is_created(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("health", "--json")
    assert (done.code, done.rows[0]["database"][:15]) == (1, "no database yet")
    assert not (folder / "var").exists()

    (folder / "var").mkdir()
    (folder / "var" / "sunchi.db").write_bytes(b"no database" * 1000)
    assert sunchi("health").code == 1
