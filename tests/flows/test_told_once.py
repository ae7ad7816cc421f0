"""One fact in two editions, from their pages to a real webhook: sent once, while another fact is sent, too."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sunchi.alerts.notify import Notifier
from sunchi.alerts.rules import load_rules
from sunchi.cli import app
from sunchi.ingest.analysis import Analyzer
from sunchi.settings import Settings
from tests.detecting import FOLDER, house_lexicon
from tests.flows.plain import deliver
from tests.ingest.press import DAY, HOUR, Paper
from tests.web import Reply, Web, serve

NAMED = "Ri Son Gwon was appointed minister of Foreign Affairs of the DPRK."
NAMED_IN_KOREAN = "리선권이 내각 외무상으로 임명되였다."
ANOTHER_POST = "리선권이 당중앙위원회 통일전선부장으로 임명되였다."


@dataclass
class Desks:
    """Two editions polled into one database, and a desk with a webhook."""

    english: Paper
    korean: Paper
    webhook: Web

    async def tell(self, paper: Paper) -> list[str]:
        """Poll the edition and send what is due; return what the desk receives, titles first."""
        before = len(self.webhook.asked)
        await paper.poll()
        await deliver(paper.now)
        said = [json.loads(asked.body) for asked in self.webhook.asked[before:]]
        return [f"{message['title']}\n{message['message']}" for message in said]


@pytest.fixture
def desks(settle: Callable[..., Settings], plainly: None, tmp_path: Path) -> Iterator[Desks]:
    with serve() as english, serve() as korean, serve() as webhook:
        webhook.on("/desk", Reply())
        notify = f"{webhook.origin.replace('http', 'json')}/desk"
        settings = settle(notify=notify, database_url=f"sqlite:///{tmp_path / 'sunchi.db'}")
        lexicon = house_lexicon()
        rules = load_rules(FOLDER / "rules.toml", lexicon)
        desk = Analyzer(lexicon, rules, Notifier(settings.recipients()).recipients)
        papers = Paper(english, tmp_path, desk), Paper(korean, tmp_path, desk, "shinmun", "ko")
        for paper in papers:
            paper.web.otherwise = paper.answer
            paper.has_been_polled()
            paper.publish("weather", "Weather", "It snowed.")
        yield Desks(*papers, webhook)


async def test_an_appointment_alerts_once_and_the_later_edition_is_attached_to_it(desks: Desks) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN)

    [first] = await desks.tell(desks.english)
    later = await desks.tell(desks.korean)

    assert first.startswith("Ri Son Gwon appointed minister of Foreign Affairs of the DPRK\n")
    assert later == []
    shown = (await asyncio.to_thread(lambda: CliRunner().invoke(app, ["alerts", "list"]))).output
    assert shown.count("post-abroad") == 1
    assert "post-abroad, paper (en)" in shown
    assert "also in shinmun (ko): Ri Son Gwon (리선권) appointed 내각 외무상\n  http://shinmun.example/" in shown
    waiting = (await asyncio.to_thread(lambda: CliRunner().invoke(app, ["alerts", "list", "--waiting"]))).output
    assert "Nothing waits." in waiting


async def test_the_alert_that_was_sent_is_listed_first_even_if_not_in_english(desks: Desks) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN)

    assert len(await desks.tell(desks.korean)) == 1
    assert await desks.tell(desks.english) == []

    shown = (await asyncio.to_thread(lambda: CliRunner().invoke(app, ["alerts", "list"]))).output
    assert shown.startswith("Ri Son Gwon (리선권) appointed 내각 외무상\n")
    assert "also in paper (en): Ri Son Gwon appointed minister of Foreign Affairs of the DPRK\n" in shown
    assert shown.count("/desk: sent") == 1
    last = (await asyncio.to_thread(lambda: CliRunner().invoke(app, ["alerts", "list", "--limit", "1"]))).output
    assert "/desk: told already, by another edition" in last


async def test_two_editions_polled_before_anything_is_sent_are_one_message_with_the_words_of_both(
    desks: Desks,
) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN)

    await desks.korean.poll()
    [told] = await desks.tell(desks.english)

    assert told.startswith("Ri Son Gwon appointed minister of Foreign Affairs of the DPRK\n")
    english, korean = told.split("Also in shinmun (ko):\n")
    assert f"“{NAMED}”" in english
    assert "http://paper.example/" in english
    assert f"“{NAMED_IN_KOREAN}”\nhttp://shinmun.example/" in korean


async def test_a_later_different_fact_still_alerts(desks: Desks) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    await desks.tell(desks.english)
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN)
    desks.korean.publish("b", "통일전선부장 임명", ANOTHER_POST)

    [told] = await desks.tell(desks.korean)

    assert told.startswith("Ri Son Gwon (리선권) appointed 당중앙위원회 통일전선부장\n")


async def test_a_correction_that_changes_the_fact_alerts_in_each_edition(desks: Desks) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    await desks.tell(desks.english)
    corrected = desks.english.items[0]
    corrected.text = NAMED.replace("Ri Son Gwon", "Choe Son Hui")
    desks.english.now += HOUR + HOUR
    desks.korean.now = desks.english.now
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN.replace("리선권", "최선희"))

    assert await desks.tell(desks.english) == []  # an edit is told when a second look agrees
    desks.english.now += HOUR
    [edited] = await desks.tell(desks.english)
    [other] = await desks.tell(desks.korean)

    [title, *_] = edited.splitlines()
    assert title == "Edited: {}; now: {}".format(*(text[:-1].replace("was ", "") for text in (NAMED, corrected.text)))
    assert f"Before: “{NAMED}”\nNow: “{corrected.text}”" in edited
    assert other.startswith("Choe Son Hui (최선희) appointed 내각 외무상\n")


async def test_an_unsent_alert_goes_out_with_the_other_edition(desks: Desks) -> None:
    desks.english.publish("a", "Minister of Foreign Affairs Appointed", NAMED)
    desks.korean.publish("a", "내각 외무상 임명", NAMED_IN_KOREAN)
    desks.webhook.on("/desk", Reply(status=503))
    await desks.tell(desks.english)
    desks.webhook.on("/desk", Reply())
    desks.korean.now += DAY

    [told] = await desks.tell(desks.korean)

    assert told.startswith("Ri Son Gwon appointed minister of Foreign Affairs of the DPRK\n")
    assert "Also in shinmun (ko):" in told
