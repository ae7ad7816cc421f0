"""What the settings no longer keep is dropped and reported; by default everything is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from sunchi.archive.store import Archive
from sunchi.archive.verify import Discrepancy, Verification, Verified
from sunchi.errors import ArchiveError, Outcome
from sunchi.ingest.prune import Pruned, prune
from sunchi.model import Location
from sunchi.settings import Settings
from sunchi.store import Notice, Poll, Store
from tests.store.making import DESK, article, link, page, parsed, see
from tests.store.making import NOW as THEN

NOW = datetime(2026, 11, 28, tzinfo=UTC)
YEAR: dict[str, Any] = {"keep_pages_days": 365}
POLL = Poll("kcna", NOW, NOW, 40, 1, 0, 0, 0, 1, 0, "ok")


class House:
    """A data folder with a store and an archive in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.archive = Archive.open(str(folder / "archive"))
        self.store = Store.open(f"sqlite:///{folder / 'sunchi.db'}")
        self.store.add_poll(POLL)  # which confirms the clock

    def keep(self, key: str, at: datetime = THEN) -> Location:
        """Archive one page, as in a poll of its own."""
        with self.archive.writer("kcna") as writer:
            stored = page(link(key).url, at)
            location = writer.write(stored)
        self.store.add_response(stored, location, "kcna")
        return location

    def prune(self, now: datetime = NOW, *, dry_run: bool = False, sure: bool = False, **settings: Any) -> Pruned:
        own = Settings(data_dir=self.folder, **settings)
        return prune(own, self.archive, self.store, now, dry_run=dry_run, sure=sure)

    def has(self, location: Location) -> bool:
        return (self.folder / "archive" / location.file).exists()

    def verify(self) -> tuple[Verified, list[Discrepancy]]:
        look = Verification(self.archive, self.store.responses())
        discrepancies = list(look.discrepancies())
        return look.verified, discrepancies


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path)


@pytest.fixture
def places(house: House) -> dict[str, Location]:
    """A list, an article, the page that last showed it, a page that could not be read, a photo, and a new list."""
    a, b, c = link("a"), link("b"), link("c")
    see(house.store, [a, b, c])
    found = {name: house.keep(name) for name in ("list", "a", "b", "c")}
    found["again"] = house.keep("a", THEN + timedelta(days=1))
    found["new"] = house.keep("new", NOW - timedelta(days=1))
    text = article(a, "talks")
    house.store.save(parsed(a, "", article=text, response=found["a"]))
    house.store.save(parsed(a, "", article=text, now=THEN + timedelta(days=1), response=found["again"]))
    house.store.record_failure(b, Outcome.DRIFT, "no title", THEN)
    house.store.record_failure(c, Outcome.MEDIA_ONLY, "a photo", THEN)
    return found


def kept(house: House, places: dict[str, Location]) -> set[str]:
    return {name for name, location in places.items() if house.has(location)}


def test_by_default_everything_is_kept(house: House, places: dict[str, Location]) -> None:
    assert house.prune() == Pruned()
    assert kept(house, places) == set(places)


def test_pages_without_a_dependent_text_are_dropped_after_their_days(house: House, places: dict[str, Location]) -> None:
    done = house.prune(**YEAR)
    assert kept(house, places) == {"a", "again", "b", "new"}
    assert (done.files, done.kept) == ({"SUNCHI_KEEP_PAGES_DAYS=365": 2}, 3)


def test_after_that_the_archive_verifies_and_says_what_was_dropped_by_which_setting(
    house: House, places: dict[str, Location]
) -> None:
    house.prune(**YEAR)
    verified, discrepancies = house.verify()
    assert discrepancies == []
    assert verified.dropped == {"SUNCHI_KEEP_PAGES_DAYS=365": 2}
    assert verified.pages == verified.intact == 4
    assert [each.command for each in house.store.audit_entries(10)] == ["prune: 2 files by SUNCHI_KEEP_PAGES_DAYS=365"]
    assert house.prune(**YEAR).files == {}


def test_a_page_with_a_dependent_article_is_dropped_only_by_its_own_setting(
    house: House, places: dict[str, Location]
) -> None:
    done = house.prune(keep_pages_days=90, keep_evidence_days=365)
    assert kept(house, places) == {"new"}
    assert done.files == {"SUNCHI_KEEP_PAGES_DAYS=90": 2, "SUNCHI_KEEP_EVIDENCE_DAYS=365": 3}
    [row] = house.store.articles()
    page = row["provenance"]
    assert page is not None
    assert (page["file"], page["dropped_at"]) == (places["a"].file, NOW)
    assert page["sha256"] is not None
    assert house.store.pages_to_reparse() == []
    assert house.verify()[1] == []


def test_only_evidence_may_have_a_limit(house: House, places: dict[str, Location]) -> None:
    assert house.prune(keep_evidence_days=365).files == {"SUNCHI_KEEP_EVIDENCE_DAYS=365": 5}
    assert kept(house, places) == {"new"}


def test_a_dry_run_says_the_same_and_drops_nothing(house: House, places: dict[str, Location]) -> None:
    tried = house.prune(dry_run=True, keep_records_days=365, **YEAR)
    assert kept(house, places) == set(places)
    assert house.store.audit_entries(10) == []
    assert tried == house.prune(keep_records_days=365, **YEAR)


def test_everything_newer_than_the_oldest_backup_stays(house: House, places: dict[str, Location]) -> None:
    backup = house.folder / "backups" / f"sunchi-{THEN - timedelta(days=1):%Y%m%dT%H%M%SZ}.db"
    backup.parent.mkdir()
    backup.touch()
    assert house.prune(**YEAR).files == {}
    assert kept(house, places) == set(places)


def test_files_missing_from_the_manifest_are_entered_before_they_are_dropped(
    house: House, places: dict[str, Location]
) -> None:
    for entry in (house.folder / "archive" / "manifest" / "0000").iterdir():
        entry.unlink()
    house.prune(**YEAR)
    verified, discrepancies = house.verify()
    assert (discrepancies, verified.dropped) == ([], {"SUNCHI_KEEP_PAGES_DAYS=365": 2})


def test_an_interrupted_prune_is_repeated(
    house: House, places: dict[str, Location], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Archive, file: str) -> None:
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "delete", refuse)
        with pytest.raises(ArchiveError, match="run `sunchi prune` again"):
            house.prune(**YEAR)
    assert kept(house, places) == set(places)
    house.prune(**YEAR)
    assert kept(house, places) == {"a", "again", "b", "new"}
    verified, discrepancies = house.verify()
    assert (discrepancies, verified.dropped) == ([], {"SUNCHI_KEEP_PAGES_DAYS=365": 2})


def test_old_records_of_sunchis_own_work_are_dropped_and_its_findings_stay(
    house: House, places: dict[str, Location]
) -> None:
    store = house.store
    store.add_poll(replace(POLL, started_at=THEN, ended_at=THEN))
    store.add_poll(POLL)
    store.record_list_length("http://www.kcna.kp/en/latest", 40, THEN.date(), THEN, source="kcna", lang="en")
    store.open_incident("list", "kcna/en", "no entries", THEN)
    store.close_incident("list", "kcna/en", THEN)
    store.open_incident("list", "kcna/ko", "no entries", THEN)
    done = house.prune(keep_records_days=365)
    assert done.records == {"polls": 1, "incidents": 1, "list_days": 1, "notices": 0}
    assert [each.started_at for each in store.polls()] == [NOW, NOW]
    assert [each.subject for each in store.incidents(open_only=False)] == ["kcna/ko"]
    assert len(list(store.articles())) == 1


def test_a_notice_that_has_not_reached_everybody_stays(house: House) -> None:
    store = house.store
    for title in ("sent", "waits"):
        store.queue_notice(Notice("kcna", title, "no entries", (), ()), [DESK], THEN)
    [first, _] = store.claim_deliveries(THEN, 2)
    store.mark_sending([first.id], THEN)
    store.mark_sent([first.id], THEN)
    assert house.prune(keep_records_days=365).records["notices"] == 1
    assert [each.title for each in store.notifications()] == ["waits"]


DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("ahead", "known", "why"),
    [
        (30 * DAY, False, "the last good poll was at 2026-11-28 00:00 UTC, and it is 2026-12-28 00:00"),
        (400 * DAY, False, "either none ran since, or the clock is ahead"),
        (timedelta(0), True, "this machine's clock is 400 days ahead"),
    ],
    ids=["30 days ahead", "400 days ahead", "a poll has said so"],
)
def test_while_the_clock_may_be_wrong_nothing_is_dropped(
    house: House, places: dict[str, Location], ahead: timedelta, known: bool, why: str
) -> None:
    house.store.note_clock(why if known else "", NOW)
    keeps: dict[str, Any] = {"keep_evidence_days": 365, "keep_records_days": 90}

    done = house.prune(NOW + ahead, **keeps)

    assert why in done.doubt
    assert done.files, "it says what is old by this clock"
    assert kept(house, places) == set(places)
    assert house.store.polls() == [POLL]
    assert house.store.audit_entries(10) == []
    assert house.prune(NOW + ahead, sure=True, **keeps).doubt == ""
    assert "a" not in kept(house, places)


def test_no_clock_is_confirmed_before_the_first_good_poll(house: House, places: dict[str, Location]) -> None:
    own = Settings(data_dir=house.folder, sources=["hani"], **YEAR)
    assert "no good poll has compared" in prune(own, house.archive, house.store, NOW).doubt


def test_much_more_than_is_dropped_each_night_is_dropped_only_if_one_is_sure(house: House) -> None:
    old = [house.keep(f"{day}", THEN + day * DAY) for day in range(10)]

    done = house.prune(**YEAR)

    assert "10 files at once: a prune each night drops those of one day, 1 at most" in done.doubt
    assert all(map(house.has, old))
    assert house.prune(sure=True, **YEAR).files == {"SUNCHI_KEEP_PAGES_DAYS=365": 10}
    assert not any(map(house.has, old))
    night = house.keep("of the next night", THEN + 10 * DAY)
    assert house.prune(**YEAR).doubt == ""
    assert not house.has(night)
