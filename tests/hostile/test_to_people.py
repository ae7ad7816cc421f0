"""The text of a page reaches people as text, whatever it tries to be: in chats, the report, the terminal and Prefect.

From KCNA's page through the parser, the detectors, the store, the rules and apprise itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from apprise.plugins.discord import NotifyDiscord
from apprise.plugins.slack import NotifySlack
from apprise.plugins.telegram import NotifyTelegram
from selectolax.lexbor import LexborHTMLParser
from typer.testing import CliRunner

from sunchi.alerts.notify import Notifier
from sunchi.cli import app
from sunchi.cli.report import stored_report
from sunchi.ingest.summary import ArticleChange, Summary
from sunchi.model import Alert
from sunchi.store import Parsed, Store
from sunchi.text import article_id, fingerprint
from sunchi.text.safe import in_markdown
from tests.detecting import house_lexicon
from tests.fuzz.targets import house_analyzer
from tests.hostile.words import NOW, WORDS, article
from tests.store.making import link
from tests.web import Reply, Web, serve

EACH = pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What steers a terminal, or turns a line around."""


def told(words: str) -> list[Alert]:
    read = article(words)
    id = article_id("kcna", "en", fingerprint(read.title, read.paragraphs))
    alerts = house_analyzer().alerts_of_new(id, read, house_analyzer().signals(id, read))
    assert alerts, "somebody is told"
    return alerts


# --- chats ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def chats(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """Slack, Discord and Telegram, as apprise's own plugins request them; only the host is ours."""
    with serve() as web:
        web.otherwise = lambda asked: Reply("ok" if "/slack" in asked.path else '{"ok": true, "result": {}}')
        monkeypatch.setattr(NotifySlack, "webhook_url", f"{web.origin}/slack")
        for service in (NotifySlack, NotifyDiscord, NotifyTelegram):  # here is nobody whom much at once could burden
            monkeypatch.setattr(service, "request_rate_per_sec", 0)
        monkeypatch.setattr(NotifyDiscord, "notify_url", f"{web.origin}/discord")
        monkeypatch.setattr(NotifyTelegram, "notify_url", f"{web.origin}/telegram/bot")
        yield web


CHATS = {
    "Slack": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7QQ/",
    "Slack, as Markdown": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7QQ/?format=markdown",
    "Slack, in blocks": "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7QQ/?blocks=yes",
    "Discord": "discord://417429632418316298/JHZ7lQml277CDHmQKMHI8qBe7bk2ZwO5UKjCiOAF7711o33MyqU344Qpgv7YTpadV_js/",
    "Discord, as Markdown": "discord://417429632418316298/JHZ7lQml277CDHmQKMHI8qBe7bk2ZwO5UKjCiOAF7711o33MyqU344Qpgv7YTpad/"
    "?format=markdown",
    "Telegram": "tgram://123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/12345/",
    "Telegram, as Markdown": "tgram://123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw/12345/?format=markdown",
}


def texts(value: Any) -> Iterator[str]:
    """Every text of a JSON body."""
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(inner)


@pytest.mark.parametrize("address", CHATS.values(), ids=CHATS)
def test_no_text_of_a_page_is_a_mention_a_link_or_markup_in_a_chat(chats: Web, address: str) -> None:
    notifier = Notifier(address)
    [recipient] = notifier.recipients

    for words in WORDS.values():
        for alert in told(words)[:1]:
            result = notifier.post(recipient.key, alert.title, alert.body, alert.severity, {})
            assert result.state == "sent", result.error

    sent = [json.loads(asked.body) for asked in chats.asked if asked.body]
    assert len(sent) >= len(WORDS)
    for said in (text for body in sent for text in texts(body)):
        assert not STEERING.search(said.replace("\r\n", "\n"))
        assert "@" not in unescape(said)
        plain = re.sub(r'<a href="(https?://[^"<>]+)">\1</a>', r"\1", said)
        assert not re.search("<[^>]*>", plain.replace("<b>", "").replace("</b>", "")), "labels and our own links alone"
        assert not re.search(r"(?<!\\)\]\(", said)
        assert "`" not in said


def test_a_service_that_reads_mentions_from_the_text_finds_none(chats: Web) -> None:
    notifier = Notifier(CHATS["Discord, as Markdown"] + "&ping=")
    for alert in told(WORDS["mentions"]):
        notifier.post(notifier.recipients[0].key, alert.title, alert.body, alert.severity, {})

    for body in (json.loads(asked.body) for asked in chats.asked if asked.body):
        assert not body.get("allow_mentions", {}).get("users")
        assert "everyone" not in body.get("allow_mentions", {}).get("parse", [])


# --- report, Prefect ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database has all of the words."""
    folder = tmp_path_factory.mktemp("data")
    with Store.open(f"sqlite:///{folder / 'sunchi.db'}") as store:
        for n, words in enumerate(WORDS.values()):
            read = article(words)
            id = article_id("kcna", "en", fingerprint(read.title, read.paragraphs))
            found = house_analyzer().signals(id, read)
            alerts = tuple(house_analyzer().alerts_of_new(id, read, found))
            store.save(Parsed(link=link(f"k{n}"), article=read, now=NOW, signals=found, alerts=alerts))
            store.open_incident("list", f"kcna/en {words}", f"no address in '{words}'", NOW, source="kcna")
    return folder


@pytest.fixture
def database(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The settings' database, which no test here writes to."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUNCHI_DATA_DIR", str(data))
    return f"sqlite:///{data / 'sunchi.db'}"


def test_the_report_shows_a_page_s_words_as_words(database: str) -> None:
    with Store.open(database) as store:
        page, _ = stored_report(store, NOW.date(), NOW.date(), house_lexicon(), notice="")

    tree = LexborHTMLParser(page)
    assert not tree.css("script, img, iframe, object, form, input")
    for node in tree.css("*"):
        assert not [name for name in node.attributes if name.startswith("on")]
        for name in ("href", "src"):
            address = node.attributes.get(name) or ""
            assert urlsplit(address).scheme in ("", "http", "https"), address
            assert "evil.example" not in (urlsplit(address).hostname or "")
    assert tree.body is not None
    assert WORDS["templates"] in tree.body.text()
    assert "&lt;script&gt;" in page
    assert "{{ 7*7 }}" in page


@EACH
def test_prefect_s_artifacts_show_a_page_s_words_as_words(words: str) -> None:
    summary = Summary()
    summary.changes.append(ArticleChange("new", article(words), 3, 1))
    summary.unread.append((f"http://www.kcna.kp/{words}", words))
    summary.fault(f"kcna/en {words}", f"no list: {words}")

    shown = summary.markdown(f"KCNA {words}")

    assert not STEERING.search(shown)
    assert "<b>" not in shown
    assert "<script" not in shown
    assert not re.search(r"(?<!\\)\]\((?!<http://www\.kcna\.kp/)", shown)
    assert not re.search(r"(?<!\\)!\[", shown)
    assert "@everyone" not in shown


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("- a *b* _c_ | d", r"\- a \*b\* \_c\_ \| d"),
        ("1946. A year", r"1946\. A year"),
        ("http://a.example/x_y?b=1&c: no <i>", "<http://a.example/x_y?b=1&c>: no ‹i›"),
        ("see (https://b.example/_z).", "see (<https://b.example/_z>)."),
    ],
)
def test_an_address_is_a_link_without_escapes_and_a_number_begins_no_list(words: str, markdown: str) -> None:
    assert in_markdown(words) == markdown


def test_a_title_is_no_link_since_one_of_prefect_s_pages_shows_the_escapes_in_a_link() -> None:
    summary = Summary()
    summary.changes.append(ArticleChange("new", replace(article("x"), title="- A_title_"), 3, 1))
    shown = summary.markdown("KCNA")
    assert "- \\- A\\_title\\_, " in shown
    assert "[page](<http" in shown


# --- the terminal ---------------------------------------------------------------------------------------------------

COMMANDS = (
    ["articles"],
    ["articles", "--json"],
    ["alerts", "list"],
    ["alerts", "list", "--json"],
    ["messages"],
    ["messages", "--json"],
    ["check"],
    ["check", "--json"],
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_text_of_a_page_controls_the_terminal(database: str, command: list[str]) -> None:
    result = CliRunner().invoke(app, command)

    assert result.exit_code in (0, 1), result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "evil.example" in result.output or "alerts" in command, "the words are there"
    assert not STEERING.search(result.output)


@pytest.mark.parametrize("command", ["detect", "attention"])
def test_no_text_of_a_file_controls_the_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [
        {
            "id": f"x{n}{words}",
            "lang": "en",
            "date": words,
            "title": f"China {words}",
            "paragraphs": [f"China. {words}"],
        }
        for n, words in enumerate(WORDS.values())
    ]
    rows += [row | {"date": "2021-01-08"} for row in rows]
    (tmp_path / "articles.jsonl").write_text("\n".join(map(json.dumps, rows)))

    result = CliRunner().invoke(app, [command, "articles.jsonl"])

    assert "China" in result.output
    assert "evil.example" in result.output
    assert not STEERING.search(result.output)


def test_a_json_line_has_the_whole_text_without_controlling_a_terminal(database: str) -> None:
    result = CliRunner().invoke(app, ["articles", "--json"])

    titles = {json.loads(line)["title"] for line in result.output.splitlines()}
    assert article(WORDS["bidirectional controls"]).title in titles
    assert article(WORDS["private use"]).title in titles


def test_an_alert_on_the_terminal_does_not_control_it(capfd: pytest.CaptureFixture[str]) -> None:
    notifier = Notifier("terminal://")
    for words in WORDS.values():
        for alert in told(words):
            assert notifier.send(notifier.recipients[0].key, alert.title, alert.body).state == "sent"

    shown = capfd.readouterr().out
    assert "evil.example" in shown
    assert not STEERING.search(shown)
