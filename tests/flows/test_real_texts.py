"""Real texts through the whole walk: every article of the days polled, stored once, word for word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows.poll import poll
from sunchi.settings import Settings
from sunchi.store import Store
from tests.flows.conftest import evening, stored
from tests.replica import Replica


def days(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(days=n)) for n in range((end - start).days + 1)]


def plain(paragraphs: list[str]) -> list[str]:
    """White space and the end mark do not count."""
    lines = [re.sub(r"\s*(-0-|\(끝\))\s*$", "", " ".join(text.split())) for text in paragraphs]
    return [line for line in lines if line]


def texts(rows: list[dict[str, Any]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What must be equal of an article, in an order of its own."""
    return sorted((str(row["date"]), " ".join(row["title"].split()), tuple(plain(row["paragraphs"]))) for row in rows)


def real(shared: Path, name: str, span: list[str]) -> list[dict[str, Any]]:
    with (shared / "data" / name).open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if span[0] <= row["date"] <= span[-1]]


async def poll_days(replica: Replica, site: str, span: list[str]) -> list[Any]:
    polls = []
    for day in span:
        replica.control(site, day=day)
        polls.append(await poll(site, evening(day)))
    return polls


def within(settings: Settings, source: str, span: list[str]) -> list[dict[str, Any]]:
    return [row for row in stored(settings, source) if span[0] <= str(row["date"]) <= span[-1]]


MESSAGES = {  # of that week, as read by hand: day -> sender, recipient, occasion, words, whether in full
    ("2024-10-01", "Kim Jong Un", "Xi Jinping", "75th founding anniversary of the PRC", True),
    ("2024-10-06", "Kim Jong Un", "Xi Jinping", "75th anniversary of the establishment of diplomatic relations", True),
    ("2024-10-06", "Xi Jinping", "Kim Jong Un", "75th anniversary of the establishment of diplomatic relations", True),
    ("2024-10-07", "Choe Son Hui", "Wang Yi", "75th anniversary of the establishment of diplomatic relations", False),
    ("2024-10-07", "Wang Yi", "Choe Son Hui", "75th anniversary of the establishment of diplomatic relations", False),
    ("2024-10-08", "Kim Jong Un", "Vladimir Vladimirovich Putin", "birthday", True),
}


def assert_the_weeks_messages_are_alerted(settings: Settings) -> None:
    with Store.open(settings.database()) as store:
        dated = {row["id"]: str(row["date"]) for row in store.articles()}
        told = [(dated[alert.article], alert) for alert in store.alerts()]
    for day, sender, recipient, occasion, in_full in MESSAGES:
        found = [a for dated, a in told if dated == day and a.title.startswith(f"{sender} → {recipient}: ")]
        assert len(found) == 1, (day, sender, recipient)
        title = found[0].title
        assert occasion in title
        assert re.search(r", \d{2,3} words, ", title), title
        assert (", full text" in title) is in_full
        assert "“" in found[0].body
        assert found[0].url.startswith("http://www.kcna.kp/")


@pytest.mark.parametrize("layout", ["detail", "q"])
async def test_a_week_of_kcna_is_stored_whole_and_once_and_its_messages_are_alerted(
    layout: str, shared: Path, settle: Callable[..., Settings], replica: Callable[..., Replica]
) -> None:
    sites = replica("--kcna-era", layout)
    settings = settle(mirrors=sites.mirrors)
    span = days("2024-10-01", "2024-10-08")

    polls = await poll_days(sites, "kcna", span)

    assert [each.outcome for each in polls if each.outcome == "failed"] == []
    assert texts(within(settings, "kcna", span)) == texts(real(shared, "kcna_en.jsonl", span))
    if layout == "q":
        assert any(len(row["urls"]) > 1 for row in stored(settings, "kcna")), "one text, several addresses"
    assert_the_weeks_messages_are_alerted(settings)


async def test_a_second_pass_stores_and_alerts_nothing(
    settle: Callable[..., Settings], replica: Callable[..., Replica]
) -> None:
    sites = replica()
    settings = settle(mirrors=sites.mirrors, notify="json://127.0.0.1:9/")
    await poll_days(sites, "kcna", ["2024-10-06"])
    before = stored(settings, "kcna")
    with Store.open(settings.database()) as store:
        alerts = store.alerts()

    again: Any = await poll("kcna", evening("2024-10-06"))

    assert (again.new, again.changed, again.gone, again.alerts) == (0, 0, 0, 0)
    assert stored(settings, "kcna") == before
    with Store.open(settings.database()) as store:
        assert store.alerts() == alerts


@pytest.mark.parametrize("layout", ["base64", "old"])
async def test_a_month_of_rodong_sinmun_is_stored_whole_and_once(
    layout: str, shared: Path, settle: Callable[..., Settings], replica: Callable[..., Replica]
) -> None:
    sites = replica("--rodong-era", layout)
    settings = settle(mirrors=sites.mirrors)
    span = days("2022-03-01", "2022-03-31")

    polls = await poll_days(sites, "rodong", span)

    assert [each.outcome for each in polls if each.outcome == "failed"] == []
    found = within(settings, "rodong", span)
    assert texts(found) == texts(real(shared, "rodong_en.jsonl", span))
    assert len(found) == 18


async def test_the_hankyoreh_comes_out_whole_with_the_founding_article(
    shared: Path, settle: Callable[..., Settings], replica: Callable[..., Replica]
) -> None:
    sites = replica()
    settings = settle(mirrors=sites.mirrors)

    await poll("hani", evening("2026-08-22"))

    found = stored(settings, "hani")
    (founding,) = real(shared, "hani_en.jsonl", ["2021-01-13"])
    english = next(row for row in found if row["lang"] == "en")
    assert english["title"] == founding["title"]
    assert english["date"] == date(2021, 1, 13)
    assert plain(english["paragraphs"]) == plain(founding["paragraphs"][:-1]), "the last one is the byline"
