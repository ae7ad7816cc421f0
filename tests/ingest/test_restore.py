"""A restore drill: nothing read since the backup is lost, and nobody is alerted twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.errors import StoreError
from sunchi.ingest.restore import Restored, restore
from sunchi.model import Source
from sunchi.store import DeliveryJournal, DeliveryState, Handover, Store
from sunchi.store.backup import named_backup, replacement, take_backup
from tests.ingest.press import FRIENDSHIP, HOUR, LETTER, LETTER_TEXT, Dying, Killed, Paper
from tests.ingest.test_rebuild import live, lose, stored
from tests.web import Reply

RAIN = (
    "Rain fell on fields across several southern provinces, where farmers had waited since early spring.\n"
    "Reservoirs there are nearly full again, engineers report, while seedlings grow well along every river bank.\n"
    "More showers should follow within days, forecasters believe, before warm weather returns next week."
)


@dataclass
class Desk:
    """The recipient, and a delivery to it that may die at a step."""

    paper: Paper
    received: list[str] = field(default_factory=list)

    @property
    def journal(self) -> DeliveryJournal:
        return DeliveryJournal(self.paper.folder / "deliveries")

    def deliver(self, dies_before: str = "") -> None:
        """Send what is due, one by one, as the flow does."""

        def step(name: str) -> None:
            if name == dies_before:
                raise Killed

        with self.paper.store() as store:
            for each in store.claim_deliveries(self.paper.now, limit=100):
                keys = store.delivery_keys([each.id])
                store.mark_sending([each.id], self.paper.now)
                self.journal.write(keys, Handover.SENDING, self.paper.now)
                step("send")
                self.received.append(f"{each.title} {each.url}")
                step("note")
                self.journal.write(keys, Handover.SENT, self.paper.now)
                step("record")
                store.mark_sent([each.id], self.paper.now)

    def back_up(self) -> Path:
        url = f"sqlite:///{self.paper.folder / 'sunchi.db'}"
        return take_backup(url, self.paper.folder / "backups", self.journal, 7, self.paper.now).backup

    async def restore(self, backup: str = "latest", *, others: Sequence[Source] = ()) -> Restored:
        paper = self.paper
        file = named_backup(backup, paper.folder / "backups")
        archive = Archive.open(str(paper.folder / "archive"))
        at_hand = archive, paper.analyzer, self.journal
        with (
            replacement(f"sqlite:///{paper.folder / 'sunchi.db'}", file, paper.now) as prepared,
            Store.open(prepared.url) as store,
        ):
            return await restore([paper.outlet(), *others], store, *at_hand, file.name, paper.first_poll, paper.now)


@pytest.fixture
def desk(paper: Paper) -> Desk:
    return Desk(paper)


def publish_story(paper: Paper, number: int) -> None:
    paper.publish(f"story{number}", f"{LETTER}, {number}", f"{LETTER_TEXT} It was letter {'abcde'[number]}.")


def states(paper: Paper) -> Counter[DeliveryState]:
    with paper.store() as store:
        return Counter(each.state for alert in store.alerts() for each in alert.deliveries)


@pytest.mark.parametrize(
    ("step", "call"),
    [("before", "add_response"), ("after", "record_list"), ("before", "save"), ("after", "record_unchanged")],
)
async def test_a_backup_in_mid_poll_loses_nothing_and_alerts_nobody_twice(
    paper: Paper, desk: Desk, step: str, call: str
) -> None:
    for number in range(3):
        publish_story(paper, number)
    await paper.poll()
    await paper.poll_later()
    desk.deliver()
    publish_story(paper, 3)
    taken: list[Path] = []

    def back_up_at(name: str) -> None:
        if name == f"{step} {call}" and len(taken) < 2:  # the copy of the second moment takes the first one's place
            taken.append(desk.back_up())

    paper.store_of = lambda store: Dying(store, back_up_at)
    await paper.poll_later(6 * HOUR)
    paper.store_of = lambda store: store
    desk.deliver()
    publish_story(paper, 4)
    paper.items[-1].text = LETTER_TEXT.replace("traditional friendship", "cooperation")
    await paper.poll_later(24 * HOUR)
    assert taken
    before, told = stored(paper), list(desk.received)
    waiting = states(paper)[DeliveryState.PENDING]
    assert waiting > 0, "the last poll's alerts are not sent yet"
    lose(paper)

    done = await desk.restore()

    assert done.is_journal_whole
    after = stored(paper)
    for part in before:
        assert after[part] == before[part], part
    assert states(paper)[DeliveryState.PENDING] == done.waiting == waiting
    desk.deliver()
    assert desk.received[: len(told)] == told
    assert max(Counter(desk.received).values()) == 1
    assert len(desk.received) == len(told) + waiting
    await paper.poll_later(HOUR)  # at which a second look agrees with the edit
    desk.deliver()
    [edit] = desk.received[len(told) + waiting :]
    assert edit.startswith("Edited, no longer there: ")


@pytest.mark.drill
async def test_edits_and_deletions_since_the_backup_are_the_same_again(paper: Paper, desk: Desk) -> None:
    paper.publish("first", "First", "It says nothing.")
    await paper.poll()
    desk.back_up()
    await live(paper)
    letter = next(item for item in paper.items if item.key == "letter")
    letter.text = LETTER_TEXT.replace("traditional friendship", "neighbourly relations")
    for _ in range(3):
        await paper.poll_later(7 * 24 * HOUR)
    desk.deliver()
    before, told = stored(paper), list(desk.received)
    assert {change for change, _ in paper.told()} == {"published", "edited", "deleted"}
    assert {row["revisions"] for row in before["articles"]} == {1, 2}
    lose(paper)

    await desk.restore()

    after = stored(paper)
    for part in before:
        assert after[part] == before[part], part
    desk.deliver()
    assert desk.received == told


async def test_a_backup_between_the_two_404s_of_a_deletion_counts_neither_twice(paper: Paper, desk: Desk) -> None:
    paper.publish("talks", "Talks Held", FRIENDSHIP)
    publish_story(paper, 1)
    await paper.poll()
    gone = paper.items.pop()
    assert gone.key == "talks"
    await paper.poll_later(2 * HOUR)
    desk.back_up()

    await desk.restore()

    with paper.store() as store:
        assert {row["outcome"] for row in store.articles()} == {"read"}
    assert (await paper.poll_later()).count("gone") == 1


@pytest.mark.parametrize(
    ("dies_before", "times"),
    [("send", 1), ("note", 2), ("record", 1)],
    ids=["before it goes out", "in flight", "once it is noted"],
)
async def test_messages_in_flight_when_the_database_was_lost_are_sent_again_and_say_so(
    paper: Paper, desk: Desk, dies_before: str, times: int
) -> None:
    paper.publish("first", "First", "It says nothing.")
    await paper.poll()
    desk.back_up()
    publish_story(paper, 1)
    await paper.poll_later(2 * HOUR)
    with pytest.raises(Killed):
        desk.deliver(dies_before)
    lose(paper)

    await desk.restore()
    desk.deliver()

    assert [len(desk.received), len(set(desk.received))] == [times, 1]
    with paper.store() as store:
        doubts = {bool(each.doubt) for alert in store.alerts() for each in alert.deliveries}
    assert doubts == {dies_before != "record"}, "sent it may have been, once it was handed over"


async def test_messages_pending_in_the_backup_and_sent_since_are_not_sent_again(paper: Paper, desk: Desk) -> None:
    publish_story(paper, 1)
    await paper.poll()
    desk.back_up()
    desk.deliver()
    told = list(desk.received)

    done = await desk.restore(others=[SOURCES["rodong"]])  # of which no page was ever fetched
    desk.deliver()

    assert (done.sent, done.waiting) == (len(told), 0)
    assert desk.received == told


async def test_alerts_that_proved_false_since_the_backup_are_corrected_for_their_recipients(
    paper: Paper, desk: Desk
) -> None:
    paper.publish("first", "First", "It says nothing.")
    await paper.poll()
    desk.back_up()
    publish_story(paper, 1)
    await paper.poll_later()
    desk.deliver()
    told = list(desk.received)
    paper.items[0].text = RAIN
    for _ in range(12):
        await paper.poll_later(6 * HOUR)
    assert "corrected" in {change for change, _ in paper.told()}
    before = paper.told()
    lose(paper)

    await desk.restore()

    assert paper.told() == before
    desk.deliver()
    [correction] = desk.received[len(told) :]
    assert correction.startswith("Correction")


async def test_without_the_journal_news_since_the_backup_alerts_nobody(paper: Paper, desk: Desk) -> None:
    paper.publish("first", "First", "It says nothing.")
    await paper.poll()
    desk.back_up()
    for file in (paper.folder / "deliveries").iterdir():
        file.unlink()
    publish_story(paper, 1)
    await paper.poll_later(2 * HOUR)
    lose(paper)

    done = await desk.restore()

    assert not done.is_journal_whole
    assert done.articles == 1
    assert states(paper) == {}


async def test_problems_of_past_polls_are_not_incidents_now(paper: Paper, desk: Desk) -> None:
    paper.publish("first", "First", "It says nothing.")
    await paper.poll()
    desk.back_up()
    paper.answers["/new/list"] = Reply(status=503)
    await paper.poll_later()
    await paper.poll_later()
    assert "site" in paper.incidents()

    await desk.restore()

    assert paper.incidents() == {}


async def test_a_database_in_use_is_not_replaced(paper: Paper, desk: Desk) -> None:
    publish_story(paper, 1)
    await paper.poll()
    desk.back_up()
    publish_story(paper, 2)
    await paper.poll_later()
    before = stored(paper)

    with paper.store() as store:
        assert list(store.articles())
        with pytest.raises(StoreError, match="it is in use: stop `sunchi serve` and every other command"):
            await desk.restore()

    assert stored(paper) == before
    assert not list(paper.folder.glob("*restore*"))


async def test_the_database_is_locked_while_it_is_replaced_and_the_present_one_is_kept(
    paper: Paper, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_story(paper, 1)
    await paper.poll()
    desk.back_up()
    publish_story(paper, 2)
    await paper.poll_later(2 * HOUR)
    before = stored(paper)
    monkeypatch.setattr("sunchi.store.database.BUSY_SECONDS", 0.1)
    url = f"sqlite:///{paper.folder / 'sunchi.db'}"

    with (
        replacement(url, named_backup("latest", paper.folder / "backups"), paper.now) as prepared,
        pytest.raises(StoreError, match="locked"),
        paper.store() as store,
    ):
        store.alerts()

    assert prepared.kept
    assert paper.titles() == [f"{LETTER}, 1"], "this was only put in its place"
    prepared.kept.replace(paper.folder / "sunchi.db")
    assert stored(paper) == before


async def test_a_restore_that_fails_leaves_the_database_as_it_was(paper: Paper, desk: Desk) -> None:
    publish_story(paper, 1)
    await paper.poll()
    desk.back_up()
    publish_story(paper, 2)
    await paper.poll_later(2 * HOUR)
    before: dict[str, Any] = stored(paper)

    with (
        pytest.raises(Killed),
        replacement(f"sqlite:///{paper.folder / 'sunchi.db'}", desk.back_up(), paper.now),
    ):
        raise Killed

    assert stored(paper) == before
    assert not list(paper.folder.glob("*restore*"))


async def test_a_damaged_database_is_moved_aside_for_the_backup(paper: Paper, desk: Desk) -> None:
    publish_story(paper, 1)
    await paper.poll()
    desk.back_up()
    (paper.folder / "sunchi.db").write_bytes(b"no database" * 1000)

    await desk.restore()

    assert paper.titles() == [f"{LETTER}, 1"]
    [kept] = paper.folder.glob("sunchi.db.before-restore-*")
    assert kept.read_bytes().startswith(b"no database")
