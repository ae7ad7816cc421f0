"""Features of every command, of stored data, of health checks, and access to Prefect's server."""

from __future__ import annotations

import json
import os
import re
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from sunchi.cli import app
from sunchi.store import Notice, Store
from sunchi.system.alone import alone
from tests.cli.command import Done, Sunchi, line
from tests.conftest import ROOT
from tests.store.making import DESK, NOW, article, link, parsed, see


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `sunchi …` as its own process."""
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", "from sunchi.cli import main; main()", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT), "SUNCHI_DELAY": "0"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


# --- help -------------------------------------------------------------------------------------------------------------


def commands() -> Iterator[list[str]]:
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        if hasattr(command, "commands"):
            yield from ([name, inner] for inner in command.commands)
        else:
            yield [name]


def test_help_imports_nothing_heavy() -> None:
    program = "import sys; from sunchi.cli import app; app(['--help'], standalone_mode=False); print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"prefect", "polars", "sqlalchemy", "alembic", "apprise", "pydantic", "httpx", "jinja2", "selectolax"}
    assert "demo" in done.stdout
    assert set(done.stdout.split()).isdisjoint(heavy)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_has_help_with_an_example(words: list[str]) -> None:
    shown = CliRunner().invoke(app, [*words, "--help"])

    assert shown.exit_code == 0
    example = " ".join(shown.output.split()).partition("Example")[2]
    assert f"sunchi {' '.join(words)}" in example


@pytest.mark.parametrize("words", [["nonsense"], ["articles", "--nonsense"], ["detect"]], ids=" ".join)
def test_wrong_use_is_exit_code_2(sunchi: Sunchi, words: list[str]) -> None:
    assert sunchi(*words).code == 2


# --- what is stored ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", [["articles"], ["articles", "--json"], ["messages"], ["findings"], ["alerts", "list"]], ids=" ".join
)
def test_before_the_first_poll_reading_commands_create_nothing(sunchi: Sunchi, folder: Path, words: list[str]) -> None:
    done = sunchi(*words)

    assert (done.code, done.out) == (0, "")
    assert "no database yet" in done.err
    assert "`sunchi poll` creates it" in done.err
    assert not (folder / "var").exists()


def test_no_report_is_written_without_a_database(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("report")

    assert done.code == 1
    assert "no database yet" in done.err
    assert not (folder / "report.html").exists()


def test_korean_goes_into_a_file_as_utf_8_whatever_the_locale(folder: Path) -> None:
    line = {"source": "kcna", "lang": "ko", "url": "http://www.kcna.kp/x", "date": "2024-10-08", "title": "축전",
            "paragraphs": ["경애하는 김정은동지께서 로씨야련방 대통령에게 축전을 보내시였다."]}  # fmt: skip
    (folder / "ko.jsonl").write_text(json.dumps(line), "utf-8")

    for words, encoding, shown in (
        (("messages", "ko.jsonl"), "latin-1", "→ Vladimir Putin (로씨야"),
        (("signals", "ko.jsonl", "--csv"), "ascii", "김정은동지"),
        (("--help",), "ascii", "…"),
    ):
        done = run(folder, *words, PYTHONIOENCODING=encoding, PYTHONUTF8="0", LC_ALL="C")
        assert (done.returncode, done.stderr) == (0, "")
        assert shown in done.stdout


@pytest.mark.parametrize("words", [("--help",), ("audit", "--help"), ("check",), ("check", "--json")], ids=" ".join)
def test_a_full_disk_is_reported_without_a_traceback(folder: Path, words: tuple[str, ...]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, which is always full")
    settings = {"PYTHONPATH": str(ROOT), "SUNCHI_LEXICON": str(folder)}  # without files, which need not be tried
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", "from sunchi.cli import main; main()", *words],
            cwd=folder, env=os.environ | settings, stdout=full, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip

    assert (done.returncode, done.stderr) == (1, "sunchi: the output can't be written: No space left on device\n")


def test_output_into_a_pipe_is_uncut_and_uncoloured(sunchi: Sunchi, stored: str) -> None:
    articles, alerts = sunchi("articles").out, sunchi("alerts", "list").out

    assert ("A title [of] great length " * 12).strip() in articles
    assert stored in articles
    assert "2 articles" in articles
    assert ("A message [from] Beijing " * 8).strip() in alerts
    assert "\x1b" not in articles + alerts


def test_articles_as_json_have_every_column(sunchi: Sunchi, stored: str) -> None:
    row = next(row for row in sunchi("articles", "--json").rows if row["id"] == stored)

    place, text = {"id", "source", "lang", "url", "urls", "page"}, {"language", "date", "title", "paragraphs"}
    assert set(row) == place | text | {"revisions", "changes", "outcome", "provenance"}
    assert (row["date"], row["revisions"], row["changes"], row["outcome"]) == ("2021-01-08", 1, [], "read")


def test_an_article_in_another_language_than_its_edition_is_named_as_such(sunchi: Sunchi, folder: Path) -> None:
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        at = link("a")
        see(store, [at])
        spanish = article(at, "", title="Visita a una granja", paragraphs=("El Dirigente visitó una granja del país.",))
        store.save(parsed(at, "", article=spanish))

    assert "Visita a una granja (in Spanish)" in sunchi("articles").out


def test_articles_are_chosen_by_source_language_and_day(sunchi: Sunchi, stored: str) -> None:
    assert [row["date"] for row in sunchi("articles", "--since", "2021-01-09", "--json").rows] == ["2021-01-09"]
    assert [row["id"] for row in sunchi("articles", "--until", "2021-01-08", "--json").rows] == [stored]
    assert sunchi("articles", "--source", "rodong", "--json").rows == []
    assert sunchi("articles", "--lang", "ko").out.startswith(
        "No stored article matches. The articles searched:\n  kcna/en: "
    )


def test_alerts_show_who_was_notified_and_who_was_not(sunchi: Sunchi, stored: str) -> None:
    shown, row = sunchi("alerts", "list", "--waiting").out, sunchi("alerts", "list", "--json").rows[0]

    assert "to json://desk/…: sent 2021-01-08 03:00 UTC" in shown
    assert "to mailto://e…: pending, tried once: refused" in shown
    assert [each["state"] for each in row["deliveries"]] == ["sent", "pending"]
    assert row["made_at"] == "2021-01-08T03:00:00+00:00"


def test_no_alerts_and_none_waiting_are_both_reported(sunchi: Sunchi, folder: Path) -> None:
    (folder / "var").mkdir()
    Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}").close()

    assert "No alerts yet. There are no articles with a date." in sunchi("alerts", "list").out
    assert "Nothing waits." in sunchi("alerts", "list", "--waiting").out


def test_alerts_also_show_the_notices_to_operators(sunchi: Sunchi, stored: str, folder: Path) -> None:
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        incident = store.open_incident("list", "kcna/en", "no entries", NOW)
        store.queue_notice(Notice("kcna", "Sunchi: kcna: 1 problem", "No entries.", (incident.id,), ()), (DESK,), NOW)

    shown, rows = sunchi("alerts", "list").out, sunchi("alerts", "list", "--json").rows

    assert "Sunchi: kcna: 1 problem\n  to the operators, 2021-01-08 03:00 UTC\n  No entries.\n" in shown
    assert "to json://desk/…: pending, not tried yet" in shown
    assert sorted(row["notice"] for row in rows) == [False, True]


def test_alerts_test_reports_missing_recipients(sunchi: Sunchi) -> None:
    done = sunchi("alerts", "test")

    assert done.code == 2
    assert "SUNCHI_NOTIFY" in done.err


def test_alerts_test_tries_each_recipient_and_names_the_one_that_fails(
    sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        monkeypatch.setenv("SUNCHI_NOTIFY", f"terminal:// json://desk:secret@127.0.0.1:{closed.getsockname()[1]}/")

        done = sunchi("alerts", "test")

    assert done.code == 1
    assert "If you can read this" in done.out
    assert "terminal://: sent" in done.out
    assert re.search(r"json://\S+: failed: ", done.out)
    assert "secret" not in done.out + done.err


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["articles", "--since", "yesterday"], "2024-10-06"),
        (["messages", "--since", "0001-01-01"], "is not of 1945 to 2100"),
        (["articles", "--source", "pravda"], "--source pravda: unknown; known are kcna, rodong"),
        (["articles", "--lang", "fr"], "--lang fr: unknown; known are en, ko, zh"),
        (["articles", "--since", "2021-01-09", "--until", "2021-01-08"], "--since 2021-01-09 is after --until 2021-"),
        (["reparse", "pravda"], "no such source; known are kcna, rodong, hani"),
        (
            ["poll", "kcna", "hani/zh"],
            "hani/zh: no such source; known are kcna, rodong, hani, kcna/en",
        ),
        (
            ["report", "--since", "2021-01-09", "--until", "2021-01-08"],
            "--since 2021-01-09 is after --until 2021-01-08",
        ),
        (["report", "--out", "no/such\0/out.html"], "--out"),
        (["ui", "--data-dir", "nowhere"], "nowhere"),
    ],
    ids=" ".join,
)
def test_an_unknown_name_is_reported_with_the_known_ones(sunchi: Sunchi, words: list[str], fault: str) -> None:
    done = sunchi(*words)

    assert done.code == 2
    assert fault in " ".join(done.err.split())


def test_a_report_covers_the_given_days(sunchi: Sunchi, folder: Path, stored: str) -> None:
    done = sunchi("report", "--since", "2021-01-08", "--until", "2021-01-09", "--out", "new/week.html")

    assert done == Done(0, "2021-01-08 to 2021-01-09, written: new/week.html\n", "")
    assert "2 articles" in (folder / "new" / "week.html").read_text()


def test_a_report_of_days_without_articles_says_which_days_have_some(sunchi: Sunchi, folder: Path, stored: str) -> None:
    done = sunchi("report")

    assert done.code == 0
    assert done.err == (
        "No article of these days is stored: choose --since. The articles searched:\n"
        "  kcna/en: 2 articles from 2021-01-08 to 2021-01-09\n"
    )
    page = (folder / "report.html").read_text()
    assert "There is no article from these days" in page
    assert "Without a past" not in page


# --- how it stands ----------------------------------------------------------------------------------------------------


def test_check_of_a_new_folder_succeeds(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("check")

    assert done.code == 0, done.out
    assert "no database yet" in done.out
    assert not (folder / "var").exists()


def test_check_reports_an_unwritable_data_folder(sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "file").touch()
    monkeypatch.setenv("SUNCHI_DATA_DIR", "file/var")

    done = sunchi("check", "--json")

    assert done.code == 1
    (fault,) = [row["words"] for row in done.rows if row["subject"] == "data"]
    assert fault.startswith(f"SUNCHI_DATA_DIR: {folder / 'file' / 'var'}: {folder / 'file'} is not a folder")


def test_check_reports_what_is_right_and_what_is_wrong(
    sunchi: Sunchi, folder: Path, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    well = sunchi("check", "--json")
    (folder / ".env").write_text("SUNCHI_NOTIFIY=json://127.0.0.1/\n")
    (folder / ".env").chmod(0o600)
    monkeypatch.setenv("SUNCHI_NOTIFY", "nosuchservice://x")
    monkeypatch.setenv("SUNCHI_MIRRORS", '{"kcna": "http://127.0.0.1:1", "pravda": "http://127.0.0.1:1"}')
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        store.open_incident("list_short", "kcna/en latest", "2 links, 40 are usual", NOW)
    wrong = sunchi("check", "--json")

    assert well.code == 0
    assert all(row["well"] for row in well.rows)
    assert {"lexicon", "rules", "recipients", "database", "kcna"} <= {row["subject"] for row in well.rows}
    assert wrong.code == 1
    faults = {row["subject"]: row["words"] for row in wrong.rows if not row["well"]}
    assert set(faults) == {"settings", "recipients", "mirrors", "list_short"}
    assert "SUNCHI_NOTIFIY" in faults["settings"]
    assert "SUNCHI_NOTIFY" in faults["recipients"]
    assert "pravda: no such site" in faults["mirrors"]


def test_check_lists_every_recipient_and_names_tags_that_reach_nobody(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = folder / "people.yml"
    account = "mailto://u:geheim@h.example"
    people.write_text(
        f"urls:\n  - {account}?to=ann@h.example,bob@h.example:\n      tag: desk\n"
        f"  - {account}?to=bob@h.example:\n      tag: operators\n  - json://h.example/x:\n      tag: dsek\n"
        "  - hassios://h.example/token?to=one,two:\n      tag: desk\n"
    )
    monkeypatch.setenv("SUNCHI_NOTIFY", str(people))
    listed = sunchi("check", "--json")
    people.write_text("urls:\n  - json://h.example/x:\n      tag: operators\n")
    alone = sunchi("check", "--json")

    rows = [row for row in listed.rows if row["subject"] == "recipients"]
    ann, bob, webhook, house = rows[0]["words"].splitlines()
    assert ann == "mailto://u:****@h.example/ann@h.example: alerts of the rules tagged desk"
    assert bob.startswith("mailto://u:****@h.example/bob@h.example: alerts of the rules tagged desk, notices; ")
    assert bob.endswith("named 2 times, told once")
    assert webhook == "json://h.example/x: alerts of the rules tagged dsek"
    assert house.startswith(
        "hassios://h.example/t...n/notify.one/notify.two: alerts of the rules tagged desk; 2 targets"
    )
    assert rows[1:] == [
        {"subject": "recipients", "well": False, "words": "json://h.example/x: no rule in rules.toml has the tag dsek"}
    ]
    [untold] = [row["words"] for row in alone.rows if not row["well"] and row["subject"] == "rules"]
    assert untold.startswith("no recipient has a tag of these rules, so nobody is told: ")
    assert "leader-message (desk)" in untold


def test_a_fault_of_the_lexicon_is_named_by_file_and_line(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "in.jsonl").write_text(line())
    (folder / "lexicon").mkdir()
    for file in (ROOT / "lexicon").iterdir():
        (folder / "lexicon" / file.name).write_bytes(file.read_bytes())
    with (folder / "lexicon" / "partners.csv").open("a") as partners:
        partners.write("China,name,China,,,\n")
    last = len((folder / "lexicon" / "partners.csv").read_text().splitlines())
    monkeypatch.setenv("SUNCHI_LEXICON", "lexicon")

    done, checked = sunchi("detect", "in.jsonl"), sunchi("check")

    assert done.code == 2
    assert f"partners.csv:{last}: partner “China” is not an ISO 3166 alpha-2 code" in done.err
    assert checked.code == 1
    assert f"partners.csv:{last}: partner “China”" in checked.out


def test_a_check_tries_the_lexicon_s_examples_and_touches_nothing(
    sunchi: Sunchi, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "lexicon").mkdir()
    for file in (ROOT / "lexicon").iterdir():
        (folder / "lexicon" / file.name).write_bytes(file.read_bytes())
    with (folder / "lexicon" / "examples.csv").open("a") as examples:
        examples.write("kin_lips,en,no,The DPRK and China are lips and teeth.\n")
    last = len((folder / "lexicon" / "examples.csv").read_text().splitlines())
    monkeypatch.setenv("SUNCHI_LEXICON", "lexicon")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}

    checked = sunchi("check")

    assert checked.code == 1
    assert f"examples.csv:{last}: kin_lips is found in the sentence, but should not be" in checked.out
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_database_of_a_newer_program_is_reported_and_left_alone(sunchi: Sunchi, folder: Path, stored: str) -> None:
    with closing(sqlite3.connect(folder / "var" / "sunchi.db")) as database:
        database.execute("update alembic_version set version_num = '9999'")
        database.commit()

    for words in (["articles"], ["alerts", "list"], ["check"], ["migrate"]):
        done = sunchi(*words)
        assert done.code == 1, words
        assert "9999" in done.err + done.out, words


def test_migrate_reports_what_it_did(sunchi: Sunchi, stored: str) -> None:
    assert "Nothing to do: the database is at this program's version" in sunchi("migrate").out


def test_check_names_settings_that_others_can_read(sunchi: Sunchi, folder: Path) -> None:
    (folder / ".env").write_text("SUNCHI_CONTACT=desk@example.org\n")
    (folder / ".env").chmod(0o644)
    readable = sunchi("check", "--json")
    (folder / ".env").chmod(0o600)

    (fault,) = [row["words"] for row in readable.rows if row["subject"] == "settings"]
    assert fault == ".env holds passwords, and others can read it: chmod 600 .env"
    assert [row for row in sunchi("check", "--json").rows if row["subject"] == "settings"] == []


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("SUNCHI_PASSWORD", "too-short-a", "SUNCHI_PASSWORD: "),
        ("SUNCHI_FIRST_POLL", "many", "SUNCHI_FIRST_POLL=many: "),
        ("SUNCHI_MIRRORS", "kcna", "SUNCHI_MIRRORS: must be JSON"),
        ("SUNCHI_DATABASE_URL", "mysql://sunchi:secret@x/y", "not a database that Sunchi can keep its store in"),
    ],
)
def test_a_wrong_setting_is_named_without_a_traceback(
    sunchi: Sunchi, folder: Path, name: str, value: str, fault: str
) -> None:
    (folder / ".env").write_text(f"{name}={value}\n")

    done = sunchi("articles")

    assert done.code == 2
    assert fault in done.err
    assert "secret" not in done.err


def test_a_port_in_use_is_reported_at_once(sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_HOME", "prefect")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = sunchi("ui", "--port", port)

    assert done.code == 2
    assert f"port {port} of 127.0.0.1: Address already in use; choose another: --port" in done.err


# --- with Prefect -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["serve", "ui"])
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "some.host.example"])  # noqa: S104 - refused
def test_the_prefect_server_is_never_open_to_others_without_a_password(
    command: str, host: str, sunchi: Sunchi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    done = sunchi(command, "--host", host)

    assert done.code == 2
    assert f"--host {host}: others could reach the Prefect server" in done.err
    assert "set SUNCHI_PASSWORD" in done.err


def test_a_prefect_server_that_is_opened_to_others_is_announced(folder: Path) -> None:
    """The address is reserved for documentation: no machine has it, so nothing is really opened."""
    done = run(folder, "ui", "--host", "192.0.2.1", SUNCHI_PASSWORD="just-between-us", PREFECT_API_URL="")  # noqa: S106

    assert "The Prefect server listens on 192.0.2.1:4200: whoever reaches this machine there" in done.stderr
    assert "port 4200 of 192.0.2.1: " in done.stderr
    assert "just-between-us" not in done.stdout + done.stderr


def test_a_rebuild_is_refused_while_another_one_is_under_way(sunchi: Sunchi, folder: Path) -> None:
    with alone(folder / "var"):
        done = sunchi("rebuild")

    assert done.code == 1
    assert "another restore or rebuild is under way" in done.err
    assert not (folder / "var" / "sunchi.db").exists()


def test_a_rebuild_without_an_archive_fails(sunchi: Sunchi, folder: Path) -> None:
    done = sunchi("rebuild")

    assert done.code == 1
    assert "The archive has no pages: is it elsewhere?" in done.err
