"""Real texts through the whole crawl: every article of the polled days is stored once, word for word."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.fetch.client import Fetcher
from sunchi.ingest.context import CrawlContext
from sunchi.ingest.summary import Summary
from sunchi.store import AlertRecord, Store
from tests.ingest.press import analyzer, crawl, evening
from tests.replica import Replica

pytestmark = pytest.mark.drill


def days(first: str, last: str) -> list[str]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [str(start + timedelta(days=n)) for n in range((end - start).days + 1)]


def plain(paragraphs: list[str]) -> list[str]:
    """Return a text without white space and end mark, which do not count."""
    lines = [re.sub(r"\s*(-0-|\(끝\))\s*$", "", " ".join(text.split())) for text in paragraphs]
    return [line for line in lines if line]


def texts(rows: list[dict[str, Any]]) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return what must be equal for articles, in a fixed order."""
    return sorted((str(row["date"]), " ".join(row["title"].split()), tuple(plain(row["paragraphs"]))) for row in rows)


def real(shared: Path, name: str, span: list[str]) -> list[dict[str, Any]]:
    with (shared / "data" / name).open(encoding="utf-8") as lines:
        return [row for row in map(json.loads, lines) if span[0] <= row["date"] <= span[-1]]


@dataclass(frozen=True)
class Reader:
    """One store and archive that read the stand-ins, without Prefect."""

    sites: Replica
    folder: Path

    async def poll(self, source: str, day: str) -> Summary:
        """Poll all editions of a source, at the end of that day."""
        summary = Summary()
        outlet, at = SOURCES[source], evening(day)
        with self.store() as store, Archive.open(str(self.folder / "archive")).writer(source) as writer:
            for edition in outlet.editions:
                if edition.default:
                    mirror = self.sites.mirrors[edition.site]
                    async with Fetcher(edition, mirror=mirror, delay=0, clock=lambda: at) as fetcher:
                        await crawl(
                            CrawlContext(
                                outlet, edition, fetcher, writer, store, analyzer(), 40, lambda: at, summary=summary
                            )
                        )
        return summary

    async def poll_days(self, source: str, span: list[str]) -> list[Summary]:
        polls = []
        for day in span:
            self.sites.control(source, day=day)
            polls.append(await self.poll(source, day))
        return polls

    def store(self) -> Store:
        return Store.open(f"sqlite:///{self.folder / 'sunchi.db'}")

    def stored(self, span: list[str] | None = None) -> list[dict[str, Any]]:
        with self.store() as store:
            rows = [dict(row) for row in store.articles()]
        return [row for row in rows if span is None or span[0] <= str(row["date"]) <= span[-1]]

    def alerts(self) -> list[AlertRecord]:
        with self.store() as store:
            return store.alerts()


@pytest.fixture
def reader(shared: Path, tmp_path: Path) -> Iterator[Callable[..., Reader]]:
    """`reader("--kcna-era", "q")` returns one that reads stand-ins of these eras."""
    running: list[Replica] = []

    def start(*options: str) -> Reader:
        running.append(Replica(shared, *options))
        return Reader(running[-1], tmp_path)

    yield start
    for each in running:
        each.stop()


MESSAGES = {  # of that week, as read by hand: day, sender, recipient, occasion (a pattern), whether in full
    ("2024-10-01", "Kim Jong Un", "Xi Jinping", "75th founding anniversary of the PRC", True),
    ("2024-10-06", "Kim Jong Un", "Xi Jinping", "75th anniversary of .*diplomatic relations", True),
    ("2024-10-06", "Xi Jinping", "Kim Jong Un", "75th anniversary of .*diplomatic relations", True),
    ("2024-10-07", "Choe Son Hui", "Wang Yi", "75th anniversary of .*diplomatic relations", False),
    ("2024-10-07", "Wang Yi", "Choe Son Hui", "75th anniversary of .*diplomatic relations", False),
    ("2024-10-08", "Kim Jong Un", "Vladimir Vladimirovich Putin", "birthday", True),
}


def assert_the_weeks_messages_are_alerted(read: Reader) -> None:
    dated = {row["id"]: str(row["date"]) for row in read.stored()}
    told = [(dated[alert.article], alert) for alert in read.alerts()]
    for day, sender, recipient, occasion, in_full in MESSAGES:
        of_messages = [a for dated, a in told if dated == day and a.rule.endswith("-message")]
        parties = f"{sender} → {recipient}"
        found = [(a, line) for a in of_messages if (line := line_of(a, (f"{parties}: ", f"{parties}, ")))]
        assert len(found) == 1, (day, sender, recipient)
        [(alert, line)] = found
        assert re.search(occasion, line), line
        assert re.search(r"[,;] \d{2,3} words, ", line), line
        assert (", full text" in line) is in_full
        assert "“" in alert.body
        assert alert.url.startswith("http://www.kcna.kp/")


def line_of(alert: AlertRecord, beginnings: tuple[str, ...]) -> str:
    """Return the line that reports a message: the title, or a line of the body if the title says what changed."""
    return next((line for line in (alert.title, *alert.body.splitlines()) if line.startswith(beginnings)), "")


async def test_a_week_of_kcna_is_stored_whole_and_once_and_its_messages_are_alerted(
    shared: Path, reader: Callable[..., Reader]
) -> None:
    read = reader("--kcna-era", "detail")
    span = days("2024-10-01", "2024-10-08")

    polls = await read.poll_days("kcna", ["2024-09-30", *span])

    assert [each.outcome for each in polls if each.outcome == "failed"] == []
    assert texts(read.stored(span)) == texts(real(shared, "kcna_en.jsonl", span))
    assert_the_weeks_messages_are_alerted(read)


async def test_an_article_with_several_addresses_in_one_layout_is_stored_once(
    shared: Path, reader: Callable[..., Reader]
) -> None:
    read = reader("--kcna-era", "q")
    span = days("2024-10-06", "2024-10-07")

    polls = await read.poll_days("kcna", ["2024-10-05", *span])

    assert [each.outcome for each in polls if each.outcome == "failed"] == []
    assert texts(read.stored(span)) == texts(real(shared, "kcna_en.jsonl", span))
    assert any(len(row["urls"]) > 1 for row in read.stored()), "one text, several addresses"


async def test_a_second_pass_stores_and_alerts_nothing(reader: Callable[..., Reader]) -> None:
    read = reader()
    await read.poll_days("kcna", ["2024-10-06"])
    before = read.stored()
    alerts = read.alerts()

    again = await read.poll("kcna", "2024-10-06")

    assert ([again.count(each) for each in ("new", "changed", "gone")], again.alerts) == ([0, 0, 0], 0)
    assert read.stored() == before
    assert read.alerts() == alerts


@pytest.mark.parametrize("layout", ["base64", "old"])
async def test_two_weeks_of_rodong_sinmun_are_stored_whole_and_once(
    layout: str, shared: Path, reader: Callable[..., Reader]
) -> None:
    read = reader("--rodong-era", layout)
    span = days("2022-03-01", "2022-03-14")

    polls = await read.poll_days("rodong", span)

    assert [each.outcome for each in polls if each.outcome == "failed"] == []
    found = read.stored(span)
    assert texts(found) == texts(real(shared, "rodong_en.jsonl", span))
    assert len(found) == 15


async def test_the_hankyoreh_is_stored_whole_with_the_founding_article(
    shared: Path, reader: Callable[..., Reader]
) -> None:
    read = reader()

    await read.poll("hani", "2026-08-22")

    found = read.stored()
    (founding,) = real(shared, "hani_en.jsonl", ["2021-01-13"])
    english = next(row for row in found if row["lang"] == "en")
    assert english["title"] == founding["title"]
    assert english["date"] == date(2021, 1, 13)
    assert plain(english["paragraphs"]) == plain(founding["paragraphs"][:-1]), "the last one is the byline"
