"""`sunchi demo`, run once in its own folder; tests/flows/test_commands.py runs one evening of it under Prefect."""

from __future__ import annotations

import html
import re
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import redirect_stdout
from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from demo import NOTICE
from flows import deliver, poll
from sunchi.cli import main
from sunchi.cli.demo import _emptied
from sunchi.store import DeliveryState, Poll, Store
from tests.cli.command import Sunchi
from tests.conftest import ROOT
from tests.flows.plain import call_tasks_directly

pytestmark = pytest.mark.drill


def _messages(printed: str) -> list[str]:
    """Return the alerts on the screen."""
    return re.findall(r"(?:^▌.*\n)+", printed, re.MULTILINE)


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder where the command ran, and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    (folder / ".env").write_text("SUNCHI_NOTIFY=json://127.0.0.1:9/\nSUNCHI_FIRST_POLL=1\n")
    screen = StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(screen):
        call_tasks_directly(patch)
        patch.setattr(deliver, "deliver", deliver.deliver.fn)
        patch.setattr("sunchi.cli.demo.poll_all", _poll_all)
        patch.setattr("sunchi.system.workers.processors", lambda: 1)
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["sunchi", "demo"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code
    return folder, screen.getvalue()


async def _poll_all(sources: Sequence[str], as_of: datetime) -> list[Poll]:
    done: list[Any] = [(await poll.poll.fn(source, as_of)).data for source in sources]
    return done


def test_alerts_are_printed_with_their_evidence_and_link(week: tuple[Path, str]) -> None:
    assert "Congress Receives Congratulatory Message from CPC Central Committee" in week[1]
    assert "http://www.kcna.kp/en/article/" in week[1]
    assert "“" in week[1]


def test_screen_report_and_alerts_say_that_the_sentences_are_the_demos_own(
    week: tuple[Path, str], sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert week[1].splitlines()[0] == NOTICE
    assert NOTICE in html.unescape((week[0] / "var/demo/report.html").read_text("utf-8"))
    printed = _messages(week[1])
    assert [NOTICE in each for each in printed] == [True] * len(printed)
    with Store.open(f"sqlite:///{week[0] / 'var/demo/sunchi.db'}") as store:
        assert {alert.body.partition("\n")[0] for alert in store.alerts()} == {NOTICE}
        article = store.alerts()[0].article
    monkeypatch.chdir(week[0])
    monkeypatch.setenv("SUNCHI_DATA_DIR", "var/demo")
    asked = sunchi("detect", "--explain", article, "--out", "why.html")
    assert " ".join(asked.err.split()).count(NOTICE) == 1
    assert NOTICE in html.unescape((week[0] / "why.html").read_text("utf-8"))


def test_the_first_poll_the_evening_before_alerts_nobody(week: tuple[Path, str]) -> None:
    first = week[1].index("Monday 4 January 2021: the first poll recorded 31 articles")
    assert "▌" not in week[1][first : week[1].index("Wednesday 6 January")]


def test_the_edit_is_alerted(week: tuple[Path, str]) -> None:
    assert "Edited, no longer there: Russia" in week[1]


def test_the_deletion_is_alerted(week: tuple[Path, str]) -> None:
    assert "Deleted: United States" in week[1]


def test_only_its_owner_can_enter_its_folder(week: tuple[Path, str]) -> None:
    [home] = {path.parent for path in week[0].rglob("report.html")}
    assert oct(home.stat().st_mode & 0o777) == "0o700"


def test_an_env_file_in_the_users_folder_is_ignored(week: tuple[Path, str]) -> None:
    assert _messages(week[1])
    assert "json://" not in week[1]


def test_the_table_has_a_row_for_every_source(week: tuple[Path, str]) -> None:
    for source in ("kcna ", "kcna/ko ", "rodong ", "hani "):
        assert any(line.startswith(source) and "9 polls" in line for line in week[1].splitlines()), source


def test_every_alert_is_printed_and_recorded_as_sent(week: tuple[Path, str]) -> None:
    with Store.open(f"sqlite:///{week[0] / 'var/demo/sunchi.db'}") as store:
        alerts = store.alerts()
    assert len(alerts) > len(_messages(week[1])) > 5, "what belongs to one event is one message"
    said_lately = [alert for alert in alerts if alert.deliveries[0].state == DeliveryState.COVERED]
    looked_at_twice = {"leader-message", "statement-against"}  # one edition's, whose event another has told meanwhile
    quiet = {"strong-formula", "leader-contact", "minister-contact"}
    assert {alert.rule for alert in said_lately} <= quiet | looked_at_twice
    assert len(said_lately) < len(alerts) / 4
    for alert in alerts:
        assert [delivery.state for delivery in alert.deliveries] == [
            DeliveryState.COVERED if alert in said_lately else DeliveryState.SENT
        ], alert.title
    assert {alert.change for alert in alerts} == {"published", "edited", "deleted"}


def test_no_fact_of_the_week_alerts_twice(week: tuple[Path, str]) -> None:
    told = [each.splitlines()[0].removeprefix("▌ ") for each in _messages(week[1])]
    assert sum("Kim Song" in title for title in told) == 1
    assert sum(title.startswith("Xi Jinping") for title in told) == 1
    assert len(told) == len(set(told))


def test_its_alerts_say_what_is_new_compared_with_earlier_years(week: tuple[Path, str]) -> None:
    told = [each.splitlines()[0] for each in _messages(week[1])]
    assert any("China is named first, while the last of its type, on 2016-05-08, did not name it" in t for t in told)
    assert "of China alone: “blood”, “relations”, “special”, “strategic”" in week[1]
    assert (
        "118 words on China, 34% of the words on states, while the last of its type, on 2016-05-08, had none" in week[1]
    )
    assert "kcna/en is known since 2021-01-01; May 2016 to 2020 " in week[1]
    assert "The last of " in week[1], "a message across the hole is told, and is no first"


def test_what_one_article_says_of_several_states_is_one_alert(week: tuple[Path, str]) -> None:
    report = [each for each in _messages(week[1]) if "Report Made by Comrade Kim Jong Un" in each.splitlines()[0]]
    assert len(report) == 1
    assert all(words in report[0] for words in ("of Russia for the first time", "130 words on United States"))


def test_every_text_is_stored_once(week: tuple[Path, str]) -> None:
    with Store.open(f"sqlite:///{week[0] / 'var/demo/sunchi.db'}") as store:
        rows = list(store.articles())
    texts = [(row["source"], row["lang"], row["title"], tuple(row["paragraphs"])) for row in rows]
    assert len(set(texts)) == len(texts)
    assert any(len(row["urls"]) > 1 for row in rows), "a layout change gives known texts new addresses"


def test_the_report_agrees_with_the_founding_article(week: tuple[Path, str]) -> None:
    page = (week[0] / "var/demo/report.html").read_text(encoding="utf-8")
    order = page.split('id="order"')[1].split('id="messages"')[0]
    first = " ".join(re.sub(r"<[^>]+>", " ", order.split("</section>")[0]).split())
    assert "On Report Made by Comrade Kim Jong Un at Eighth Congress of WPK" in first
    assert re.search(r"1 China 118 .* 2 Russia 48 .* 3 Cuba 26 .* 4 Vietnam 24 .* 5 United States 130 ", first)
    for words in ("long-standing and special DPRK-China relations", "traditional DPRK-Russia relations"):
        assert words in page


def test_the_paths_it_prints_exist(week: tuple[Path, str]) -> None:
    for name in ("Report", "Database"):
        printed = next(line.split()[1] for line in week[1].splitlines() if line.startswith(name))
        assert (week[0] / printed).is_file()


def test_eighty_articles_or_more_are_stored(week: tuple[Path, str]) -> None:
    with sqlite3.connect(week[0] / "var/demo/sunchi.db") as database:
        (stored,) = database.execute("select count(*) from articles").fetchone()
    database.close()
    assert stored >= 80


def test_a_folder_with_other_content_is_left_alone(tmp_path: Path, sunchi: Sunchi) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine")
    done = sunchi("demo", "--folder", str(tmp_path / "mine"))
    assert done.code == 2
    assert "contains something other than a demo" in done.err
    assert (tmp_path / "mine" / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_created_is_reported_with_advice(
    tmp_path: Path, sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.chdir(tmp_path)
    done = sunchi("demo", "--folder", "file/demo")
    assert done.code == 2
    assert done.err == "sunchi: file/demo can't be created: Not a directory: name another folder with --folder\n"


def test_an_earlier_demo_is_replaced_completely(tmp_path: Path) -> None:
    home = _emptied(tmp_path / "demo")
    (home / "sunchi.db").touch()

    _emptied(tmp_path / "demo")

    assert [path.name for path in home.iterdir()] == [".sunchi-demo"]


def test_what_the_readme_shows_is_what_it_prints(week: tuple[Path, str]) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"^```text\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert shown
    printed = {" ".join(line.split()) for line in week[1].splitlines()}
    lines = [" ".join(line.split()) for line in shown[1].splitlines()]
    assert len(lines) > 20
    for line in lines:
        if line not in ("", "…") and "Prefect UI" not in line and "var/demo" not in line:
            assert line in printed, line


def test_the_readmes_further_commands_work_on_the_demo(week: tuple[Path, str]) -> None:
    asked = re.findall(r"\b(?:kcna|rodong|hani)-(?:en|ko)-[0-9a-f]{16}", (ROOT / "README.md").read_text("utf-8"))
    with Store.open(f"sqlite:///{week[0] / 'var/demo/sunchi.db'}") as store:
        stored = store.articles_by_id(asked)

    assert len(asked) >= 2
    assert set(stored) == set(asked)
