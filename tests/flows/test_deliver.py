"""Alerts to real webhooks: each once; a failing recipient affects no other and is retried later.

The first of these tests runs under Prefect, the others do not.
"""

from __future__ import annotations

import asyncio
import json
import shutil
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from prefect.artifacts import Artifact
from typer.testing import CliRunner

from demo import DAYS, DemoServer
from flows.deliver import deliver as deliver_under_prefect
from flows.poll import poll as poll_under_prefect
from sunchi.cli import app
from sunchi.reports.health import health
from sunchi.settings import Settings
from sunchi.store import DeliveryRecord, DeliveryState, NoticeRecord, Store
from sunchi.text.safe import in_markdown
from tests.flows.plain import deliver, poll
from tests.ingest.press import evening
from tests.post import Post
from tests.web import Reply, Web, serve

WEEK = [str(day) for day in DAYS]
MESSAGES = WEEK[-2]
"""The day whose pages hold Xi Jinping's message."""


@pytest.fixture(scope="module")
def webhooks() -> Iterator[Web]:
    with serve() as web:
        yield web


@pytest.fixture
def desk(webhooks: Web) -> Web:
    """Two webhooks on one server: `/desk` and `/ministry`, which work."""
    webhooks.asked.clear()
    for path in ("/desk", "/ministry"):
        webhooks.on(path, Reply())
    return webhooks


def notify(web: Web, *paths: str) -> str:
    return " ".join(f"{web.origin.replace('http', 'json')}{path}" for path in paths)


def told(web: Web, path: str) -> list[str]:
    return [f"{message['title']}\n{message['message']}" for message in messages(web, path)]


def messages(web: Web, path: str) -> list[dict[str, str]]:
    """Return the alerts, without notices to the operators."""
    said = [json.loads(asked.body) for asked in web.asked if asked.path.partition("?")[0] == path]
    return [message for message in said if not message["title"].startswith("Sunchi: ")]


async def begun(sites: DemoServer, *editions: str) -> None:
    """Poll the editions for the first time two evenings before the day of the messages."""
    today = WEEK.index(MESSAGES)
    sites.day = DAYS[today - 2]
    for edition in editions:
        await poll(edition, evening(WEEK[today - 2]))
    sites.day = DAYS[today]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first test keeps its data for the others."""
    return tmp_path_factory.mktemp("kept") / "var"


Polled = Callable[[], Awaitable[Settings]]


@pytest.fixture
def polled(sites: DemoServer, desk: Web, settle: Callable[..., Settings], kept: Path, plainly: None) -> Polled:
    """`await polled()` polls up to the evening of the messages, for both webhooks; the second time it is a copy."""

    async def ready() -> Settings:
        settings = settle(mirrors=sites.mirrors, notify=notify(desk, "/ministry", "/desk"), first_poll=10)
        if kept.exists():
            shutil.copytree(kept, settings.data_dir)
        else:
            await begun(sites, "kcna")
            await poll("kcna", evening(MESSAGES))
            shutil.copytree(settings.data_dir, kept)
        return settings

    return ready


@pytest.mark.usefixtures("prefect")
async def test_three_polls_deliver_each_alert_once_and_keep_those_that_a_second_recipient_refuses(
    sites: DemoServer, desk: Web, settle: Callable[..., Settings]
) -> None:
    desk.on("/ministry", Reply(status=500))
    settings = settle(mirrors=sites.mirrors, notify=notify(desk, "/desk", "/ministry"))

    for day in WEEK[:3]:
        sites.day = DAYS[WEEK.index(day)]
        await poll_under_prefect("kcna", evening(day))
        await deliver_under_prefect(evening(day))

    with Store.open(settings.database()) as store:
        alerts = store.alerts()
    assert alerts, "the week's first days have something to say"
    shown = await Artifact.aget("deliver")
    assert shown is not None
    assert "ministry: 0 sent, 1 waiting" in str(shown.data)
    assert "error=500" in str(shown.data)
    assert f"- waiting: {in_markdown(alerts[0].title)}" in str(shown.data)
    assert max(Counter(told(desk, "/desk")).values()) == 1
    assert len(told(desk, "/desk")) == len(alerts)
    for alert in alerts:
        ledger = {each.label.rpartition("/")[2]: each for each in alert.deliveries}
        assert ledger["desk"].state is DeliveryState.SENT
        assert ledger["ministry"].state is DeliveryState.PENDING
        assert "500" in ledger["ministry"].error

    desk.on("/ministry", Reply())
    retried = await _in_a_thread(lambda: CliRunner().invoke(app, ["alerts", "retry"]))

    assert retried.exit_code == 0, retried.output
    assert ", waiting: 0" in retried.output
    with Store.open(settings.database()) as store:
        assert {each.state for alert in store.alerts() for each in alert.deliveries} == {DeliveryState.SENT}
    assert len(told(desk, "/desk")) == len(alerts), "who had it is not told again"


async def _in_a_thread(call: Callable[[], Any]) -> Any:
    """Run in a thread, since a command starts its own event loop."""
    return await asyncio.to_thread(call)


async def test_an_alert_says_what_happened_with_its_evidence_its_links_its_rule_and_as_data(
    desk: Web, polled: Polled
) -> None:
    await polled()
    await deliver(evening(MESSAGES))

    said = [message for message in messages(desk, "/desk") if "Xi Jinping" in message["title"]]

    assert len(said) == 1
    body = said[0]["message"]
    assert "Xi Jinping → Kim Jong Un" in said[0]["title"]
    assert "full text" in said[0]["title"]
    assert "“" in body
    assert "http://www.kcna.kp/en/article/detail/" in body
    assert "Rule: leader-message" in body
    assert "Explained: sunchi detect --explain kcna-en-" in body
    assert "Stored page: kcna/2021/01/kcna-" in body
    assert notify(desk, "/desk") not in body, "whoever it is passed on to need not know the address"
    data: Any = said[0]["alert"]
    assert data["rule"] == "leader-message"
    assert data["partner"] == "CN"
    assert [article["edition"] for article in data["articles"]] == ["kcna/en"]
    assert all(quote.startswith("“") for quote in data["quotes"])


async def test_a_dead_recipient_costs_a_few_attempts_and_delays_nobody(desk: Web, polled: Polled) -> None:
    desk.on("/ministry", Reply(status=500))
    settings = await polled()

    result = await deliver(evening(MESSAGES))

    with Store.open(settings.database()) as store:
        of_the_desk = [each for alert in store.alerts() for each in alert.deliveries if each.label.endswith("/desk")]
    assert {each.state for each in of_the_desk} <= {DeliveryState.SENT, DeliveryState.COVERED}
    sent = [each for each in of_the_desk if each.state is DeliveryState.SENT]
    assert (result.sent, result.pending) == (len(sent), len(sent))
    assert len(told(desk, "/ministry")) == len(told(desk, "/desk")) == 3, "of one article on one state one message"


async def test_a_failed_delivery_is_retried_by_a_later_run(desk: Web, polled: Polled) -> None:
    for path in ("/desk", "/ministry"):
        desk.on(path, Reply(status=503))
    settings = await polled()
    assert (await deliver(evening(MESSAGES))).sent == 0
    for path in ("/desk", "/ministry"):
        desk.on(path, Reply())

    at_once = await deliver(evening(MESSAGES))
    later = await deliver(evening(MESSAGES) + timedelta(hours=7))

    assert at_once.sent == 0, "it is given time"
    with Store.open(settings.database()) as store:
        states = [each.state for alert in store.alerts() for each in alert.deliveries]
    assert set(states) <= {DeliveryState.SENT, DeliveryState.COVERED}
    assert later.sent == states.count(DeliveryState.SENT)


@pytest.mark.usefixtures("plainly")
async def test_alerts_go_to_recipients_by_their_tags(
    sites: DemoServer, desk: Web, settle: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> None:
    people = tmp_path_factory.mktemp("people") / "people.yml"
    address = notify(desk, "/desk")
    other = notify(desk, "/ministry")
    people.write_text(f"urls:\n  - {address}:\n      tag: desk\n  - {other}:\n      tag: somebody-else\n")
    settle(mirrors=sites.mirrors, notify=people, first_poll=10)
    await begun(sites, "kcna")

    await poll("kcna", evening(MESSAGES))
    await deliver(evening(MESSAGES))

    assert told(desk, "/desk")
    assert told(desk, "/ministry") == []


XI_IN_KOREAN = "습근평"


@pytest.mark.usefixtures("plainly")
async def test_a_message_reported_by_two_editions_alerts_once_with_the_evidence_of_both(
    sites: DemoServer, desk: Web, settle: Callable[..., Settings]
) -> None:
    settings = settle(mirrors=sites.mirrors, notify=notify(desk, "/desk"), first_poll=10)
    await begun(sites, "kcna/ko", "kcna")
    for edition in ("kcna/ko", "kcna"):
        await poll(edition, evening(MESSAGES))
    await deliver(evening(MESSAGES))

    [told_of_xi] = [each for each in messages(desk, "/desk") if "Xi" in each["title"] or XI_IN_KOREAN in each["title"]]

    assert told_of_xi["title"].startswith("Xi Jinping → Kim Jong Un: congratulation")
    english, korean = told_of_xi["message"].split("Also in kcna (ko):")
    assert "http://www.kcna.kp/en/article/" in english
    assert "“" in english
    assert XI_IN_KOREAN not in english
    assert "http://www.kcna.kp/kp/article/" in korean
    assert "“" in korean
    with Store.open(settings.database()) as store:
        both = [each for each in store.alerts() if each.rule == "leader-message"]
    assert [each.deliveries[0].state for each in both] == [DeliveryState.SENT] * 2
    assert len({each.events for each in both}) == 1


@pytest.mark.drill
@pytest.mark.usefixtures("plainly")
async def test_a_day_of_four_editions_alerts_about_each_fact_once_whichever_comes_first(
    sites: DemoServer, desk: Web, settle: Callable[..., Settings]
) -> None:
    settings = settle(mirrors=sites.mirrors, notify=notify(desk, "/desk"), first_poll=10)
    editions = ("hani", "rodong", "kcna/ko", "kcna")
    await begun(sites, *editions)
    await poll("hani", evening(MESSAGES) - timedelta(hours=1))  # its headlines do not say what is sent: it looks twice
    for edition in editions:
        await poll(edition, evening(MESSAGES))
        await deliver(evening(MESSAGES))

    titles = [message["title"] for message in messages(desk, "/desk")]
    of_xi = [title for title in titles if title.startswith("Xi Jinping")]
    of_posts = [title for title in titles if " appointed " in title or " takes over " in title]
    assert [title.rpartition(": ")[2] for title in of_xi] == [
        "congratulation, text not given",  # in the Hankyoreh, which is polled first here
        "congratulation, 206 words, full text, addressed as respected or comrade",
    ]
    assert of_posts == ["Kim Song-nam takes over the International Department"]
    assert len(titles) == len(set(titles))
    with Store.open(settings.database()) as store:
        states = [each.deliveries[0].state for each in store.alerts()]
    assert set(states) == {DeliveryState.SENT, DeliveryState.COVERED}
    assert states.count(DeliveryState.COVERED) > len(titles)


@pytest.mark.usefixtures("plainly")
async def test_two_readers_on_one_account_get_each_alert_once_and_one_refused_address_costs_the_other_nothing(
    sites: DemoServer, post: Post, settle: Callable[..., Settings]
) -> None:
    account = f"mailto://desk:geheim@127.0.0.1:{post.port}/?from=desk@paper.example&to="
    people = [f"{name}@desk.example" for name in ("ann", "bob", "gone", "cy")]
    post.refused = {people[2]}
    # Two addresses of one account, the second with two targets.
    addresses = f"{account}{people[0]} {account}{people[1]},{people[2]},{people[3]}"
    settings = settle(mirrors=sites.mirrors, notify=addresses, first_poll=10)
    await begun(sites, "kcna")
    await poll("kcna", evening(MESSAGES))

    for hours in (0, 1, 2, 7, 24, 48, 120, 180, 200):
        await deliver(evening(MESSAGES) + timedelta(hours=hours))

    got = {name: [mail.text for mail in post.mails if mail.to == (name,)] for name in people}
    assert sum(map(len, got.values())) == len(post.mails), "each mail is to one reader"
    with Store.open(settings.database()) as store:
        ledger = {name: Counter(each.state for each in states) for name, states in _ledger(store, people).items()}
        notices = [each.body for each in store.notifications() if isinstance(each, NoticeRecord)]
        [given_up] = [each for each in store.incidents() if each.kind == "given_up"]
    for name in (people[0], people[1], people[3]):
        alerts = [text for text in got[name] if "Sunchi: delivery" not in text]
        assert len(alerts) == len(set(alerts)) == 3, "of one article on one state one message"
        assert ledger[name].keys() <= {DeliveryState.SENT, DeliveryState.COVERED}
    assert got[people[2]] == []
    assert ledger[people[2]].keys() == {DeliveryState.GIVEN_UP}
    assert people[2] in given_up.message
    assert "`sunchi alerts retry`" in given_up.message
    assert any("given up after a week" in body for body in notices), "the operators are told"
    assert f"given_up: {given_up.subject}: {given_up.message}" in health(settings, evening(MESSAGES)).faults

    post.refused.clear()
    retried = await _in_a_thread(lambda: CliRunner().invoke(app, ["alerts", "retry"]))
    assert retried.exit_code == 0, retried.output
    assert len([mail for mail in post.mails if mail.to == (people[2],)]) >= 3


def _ledger(store: Store, people: list[str]) -> dict[str, list[DeliveryRecord]]:
    of_alerts = [each for alert in store.alerts() for each in alert.deliveries]
    return {name: [each for each in of_alerts if each.label.endswith(name)] for name in people}


async def test_a_webhook_that_never_answers_ends_its_turn_at_once_and_one_that_is_removed_is_forgotten(
    desk: Web, polled: Polled, settle: Callable[..., Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sunchi.alerts.notify.PATIENCE", 1)
    desk.on("/ministry", Reply(hang=True))
    settings = await polled()

    await deliver(evening(MESSAGES))

    assert len(told(desk, "/ministry")) == 1, "the others wait: a recipient costs a run less than a minute"
    with Store.open(settings.database()) as store:
        assert [each.kind for each in store.incidents()] == ["recipient"]
    monkeypatch.setenv("SUNCHI_NOTIFY", notify(desk, "/desk"))
    await deliver(evening(MESSAGES) + timedelta(hours=1))
    with Store.open(settings.database()) as store:
        assert store.incidents() == []


async def test_two_concurrent_deliveries_notify_nobody_twice(desk: Web, polled: Polled) -> None:
    desk.on("/desk", Reply(wait=0.05))
    settings = await polled()

    await asyncio.gather(deliver(evening(MESSAGES)), deliver(evening(MESSAGES)))

    with Store.open(settings.database()) as store:
        states = {each.state for alert in store.alerts() for each in alert.deliveries}
    assert states <= {DeliveryState.SENT, DeliveryState.COVERED}
    assert len(told(desk, "/desk")) == len({*told(desk, "/desk")}) > 1
    assert max(Counter(told(desk, "/desk")).values()) == 1
