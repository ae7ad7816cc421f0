"""Copies of the database: taken while it is in use, verified, limited in number, private to the owner."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from alembic import command

from sunchi.errors import StoreError
from sunchi.model import Location, Recipient
from sunchi.store import DeliveryJournal, DeliveryKey, Handover, Store, migrate
from sunchi.store.backup import Contents, backups, named_backup, replacement, take_backup, why_latest
from sunchi.store.database import address, engine
from sunchi.store.versions import _config
from tests.postgres import Server
from tests.store.making import NOW, link, page, see

SHORT = "postgresql:///{name}?host={host}&port={port}&user={user}"  # as one writes the folder of a socket
KEY = DeliveryKey("desk", ("alert", "rule", "CN", "new", "1", "an-article", "http://kcna.example/a"))


def keep_one(url: str, key: str = "a") -> None:
    with Store.open(url) as store:
        see(store, [link(key)])


def count(url: str) -> int:
    with Store.open(url) as store:
        return len(store.work("kcna", "en", NOW))


@pytest.fixture
def url(tmp_path: Path) -> str:
    made = f"sqlite:///{tmp_path / 'sunchi.db'}"
    keep_one(made)
    return made


@pytest.fixture
def journal(tmp_path: Path) -> DeliveryJournal:
    return DeliveryJournal(tmp_path / "deliveries")


def test_a_copy_is_taken_while_the_database_is_in_use_and_is_one_private_file(
    url: str, tmp_path: Path, journal: DeliveryJournal
) -> None:
    with Store.open(url) as store:
        see(store, [link("b")])
        made = take_backup(url, tmp_path / "backups", journal, 7, NOW)

    assert [file.name for file in (tmp_path / "backups").iterdir()] == [made.backup.name]
    assert made.backup.stat().st_mode & 0o777 == 0o600
    assert made.backup.parent.stat().st_mode & 0o777 == 0o700
    assert count(f"sqlite:///{made.backup}") == 2


def test_the_newest_copies_are_kept_and_the_one_just_made_whatever_the_clock_says(
    url: str, tmp_path: Path, journal: DeliveryJournal
) -> None:
    folder = tmp_path / "backups"
    (tmp_path / "backups").mkdir()
    (folder / "sunchi-notes.db").write_text("another's")
    for hour in range(5):
        made = take_backup(url, folder, journal, 3, NOW + timedelta(hours=hour))
    assert len(backups(folder)) == 3
    assert named_backup("latest", folder) == made.backup

    early = take_backup(url, folder, journal, 3, NOW - timedelta(days=1))

    assert early.backup.exists()
    assert len(backups(folder)) == 3
    assert (folder / "sunchi-notes.db").exists()


DAY = timedelta(days=1)


@pytest.mark.parametrize("ahead", [30 * DAY, 400 * DAY, -400 * DAY], ids=lambda step: f"{step.days} days")
@pytest.mark.parametrize("nights", [1, 7])
def test_after_a_wrong_clock_copies_are_kept_and_restored_by_what_is_in_them(
    url: str, tmp_path: Path, journal: DeliveryJournal, ahead: timedelta, nights: int
) -> None:
    folder, taken = tmp_path / "backups", []
    for night in range(nights + 10):
        at = NOW + night * DAY
        with Store.open(url) as store:
            place = Location("kcna/of-the-night", night, 1)
            store.add_response(page(link(f"{night}").url, at), place, "kcna")
        clock = at + (ahead if 3 <= night < 3 + nights else timedelta(0))
        journal.write([DeliveryKey(f"desk {night}", KEY.identity)], Handover.SENT, clock)
        taken.append(take_backup(url, folder, journal, 7, clock).backup)

        assert named_backup("latest", folder) == taken[-1]
        assert [copy.file for copy in backups(folder)] == taken[-7:]
        # What was sent since any of them is in the journal.
        assert all(journal.knows(file.name) for file in taken[-7:])
        sent = {key.recipient for key in journal.handed()}
        assert {f"desk {each}" for each in range(max(night - 6, 0), night + 1)} <= sent


def test_it_is_said_why_a_copy_is_the_latest_and_which_of_later_names_are_not(
    url: str, tmp_path: Path, journal: DeliveryJournal
) -> None:
    folder = tmp_path / "backups"
    with Store.open(url) as store:
        store.add_response(page(link("a").url, NOW), Location("kcna/file", 0, 1), "kcna")
        early = take_backup(url, folder, journal, 7, NOW + 30 * DAY).backup
        store.add_response(page(link("b").url, NOW + DAY), Location("kcna/file", 1, 1), "kcna")
    latest = take_backup(url, folder, journal, 7, NOW + DAY).backup
    (folder / f"sunchi-{NOW + 40 * DAY:%Y%m%dT%H%M%SZ}.db").write_bytes(b"damaged")

    assert named_backup("latest", folder) == latest
    later = "passed over, though its name is later"
    assert why_latest(folder) == [
        f"the latest by what is in it: {latest.name}: newest page {NOW + DAY:%Y-%m-%d %H:%M} UTC, 0 articles, 0 texts",
        f"{later}: sunchi-{NOW + 40 * DAY:%Y%m%dT%H%M%SZ}.db: its contents are unknown",
        f"{later}: {early.name}: newest page {NOW:%Y-%m-%d %H:%M} UTC, 0 articles, 0 texts",
    ]


def test_a_damaged_database_is_reported_and_no_older_copy_is_deleted(
    url: str, tmp_path: Path, journal: DeliveryJournal
) -> None:
    folder = tmp_path / "backups"
    take_backup(url, folder, journal, 1, NOW)
    file = tmp_path / "sunchi.db"
    content = bytearray(file.read_bytes())
    content[4096 * 3 : 4096 * 6] = b"\xff" * (4096 * 3)
    file.write_bytes(content)

    with pytest.raises(StoreError, match="sunchi rebuild"):
        take_backup(url, folder, journal, 1, NOW + timedelta(days=1))

    assert len(list(folder.iterdir())) == 1


@pytest.mark.parametrize("content", [b"SQLite format 3\x00" + b"\xff" * 9000, b"PGDMP of another program", b""])
def test_a_damaged_backup_does_not_replace_a_database(url: str, tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "sunchi-20261128T030000Z.db"
    bad.write_bytes(content)

    with pytest.raises(StoreError, match=rf"{bad.name}: .*name another backup"), replacement(url, bad, NOW):
        pytest.fail("it was taken")

    assert count(url) == 1


def test_a_second_restore_at_the_same_time_is_refused_and_does_not_touch_what_the_first_prepares(
    url: str, tmp_path: Path, journal: DeliveryJournal
) -> None:
    made = take_backup(url, tmp_path / "backups", journal, 3, NOW)
    lost = f"sqlite:///{tmp_path / 'lost' / 'sunchi.db'}"

    for database in (url, lost):
        with (
            replacement(database, made.backup, NOW),
            pytest.raises(StoreError, match="another restore or rebuild is under way"),
            replacement(database, made.backup, NOW),
        ):
            pytest.fail("there is one at a time")
        assert count(database) == 1


def test_a_file_that_is_not_a_backup_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no backup yet: `sunchi backup` makes one"):
        named_backup("latest", tmp_path)
    with pytest.raises(StoreError, match=r"other\.db: no such file, here or in"):
        named_backup("other.db", tmp_path)


def test_a_backup_of_an_older_version_is_migrated_before_it_replaces_the_database(url: str, tmp_path: Path) -> None:
    old = tmp_path / "sunchi-20261128T030000Z.db"
    made = engine(address(f"sqlite:///{old}"), foreign_keys=False)
    with made.begin() as connection:
        command.upgrade(_config(connection), "0005")
    made.dispose()

    with replacement(url, old, NOW) as prepared:
        assert migrate(prepared.url).before == "0005"
        keep_one(prepared.url)
        keep_one(prepared.url, "b")

    assert count(url) == 2
    assert not list(tmp_path.glob(".sunchi.db-restore*"))


def test_the_journal_forgets_lines_older_than_every_backup(url: str, tmp_path: Path, journal: DeliveryJournal) -> None:
    folder = tmp_path / "backups"
    journal.write([KEY], Handover.SENT, NOW)
    first = take_backup(url, folder, journal, 1, NOW).backup
    assert journal.handed()[KEY].state is Handover.SENT

    take_backup(url, folder, journal, 1, NOW + timedelta(days=40))

    assert journal.handed() == {}
    assert not journal.knows(first.name)
    assert journal.knows(named_backup("latest", folder).name)


def test_a_line_of_a_recipients_former_key_is_about_each_who_had_it_and_was_told(tmp_path: Path) -> None:
    journal = DeliveryJournal(tmp_path)
    journal.write([KEY], Handover.SENT, NOW)
    told = [Recipient(name, name, frozenset(), former_key="desk") for name in ("a", "b")]
    untold = Recipient("c", "c", frozenset(), former_key="desk", heard=False)

    handed = journal.handed([*told, untold])

    assert {key.recipient for key in handed} == {"desk", "a", "b"}
    assert {key.identity for key in handed} == {KEY.identity}


def test_a_line_of_the_journal_that_a_crash_cut_short_costs_only_itself(
    tmp_path: Path, journal: DeliveryJournal
) -> None:
    journal.write([KEY], Handover.SENT, NOW)
    [file] = (tmp_path / "deliveries").iterdir()
    with file.open("a") as lines:
        lines.write('\n{"at": "2026-11-28T0')
    other = DeliveryKey("desk", ("notice", "title", "body\nof two lines"))

    journal.write([other], Handover.SENDING, NOW)

    assert {key: each.state for key, each in journal.handed().items()} == {
        KEY: Handover.SENT,
        other: Handover.SENDING,
    }
    assert file.stat().st_mode & 0o777 == 0o600
    assert all(json.loads(line) for line in file.read_text().splitlines() if line.endswith("}"))


@pytest.mark.parametrize("form", ["postgresql://{user}@{host}:{port}/{name}", SHORT])
def test_postgres_is_copied_by_its_own_program_and_restored_into_an_empty_database(
    postgres: Server, tmp_path: Path, journal: DeliveryJournal, form: str
) -> None:
    present, empty = (
        form.format(user="sunchi", host="127.0.0.1", port=postgres.port, name=address(postgres.new_database()).database)
        for _ in range(2)
    )
    keep_one(present)
    with Store.open(present) as store:
        store.add_response(page(link("a").url, NOW), Location("kcna/file", 0, 1), "kcna")

    made = take_backup(present, tmp_path / "backups", journal, 7, NOW)

    assert made.backup.suffix == ".dump"
    [copy] = backups(made.backup.parent)
    assert copy.contents == Contents(NOW)
    assert made.backup.stat().st_mode & 0o777 == 0o600
    with replacement(empty, made.backup, NOW) as prepared:
        assert count(prepared.url) == 1
    with pytest.raises(StoreError, match=r"is not empty\..*`createdb`"), replacement(present, made.backup, NOW):
        pytest.fail("it was taken")
    early = take_backup(present, made.backup.parent, journal, 1, NOW - timedelta(days=1)).backup
    assert {file.name for file in early.parent.iterdir()} == {early.name, f"{early.name}.json"}


def test_a_missing_pg_dump_is_reported(
    tmp_path: Path, journal: DeliveryJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        StoreError,
        match=r"`pg_dump`, which copies a Postgres database, is missing: install the PostgreSQL client programs",
    ):
        take_backup("postgresql://sunchi:geheim@127.0.0.1:9/sunchi", tmp_path / "backups", journal, 7, NOW)

    assert not list((tmp_path / "backups").iterdir())
