"""Secrets are planted in every setting that may have one, and searched for wherever a run or a fault leaves text."""

from __future__ import annotations

import base64
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import pytest
import stamina

from demo import DAYS, DemoServer
from sunchi.alerts.notify import Notifier
from sunchi.errors import SettingsError
from sunchi.fetch.network import mirror_origin
from sunchi.settings import Settings
from sunchi.store import Store
from tests.archive.test_object_storage import forget_connections
from tests.cli.command import Sunchi
from tests.flows.plain import poll
from tests.ingest.press import evening
from tests.object_store import ObjectStore, s3  # noqa: F401 - a fixture
from tests.web import Asked, Reply, Web

CANARY = "c4nary:s+cret@0123456789"
"""With signs that an address writes otherwise."""

WRITTEN = quote(CANARY, safe="")
FORMS = {
    form.encode()
    for form in (
        CANARY,
        WRITTEN,
        quote(CANARY),
        "c4nary",
        *(base64.b64encode(f"{user}:{CANARY}".encode()).decode() for user in ("u", "sunchi")),
    )
}


def leaks(text: bytes) -> set[bytes]:
    return {form for form in FORMS if form in text}


def leaking_files(folder: Path) -> list[str]:
    """Return the files that contain a secret, compressed or not."""
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.stat().st_size:
            content = path.read_bytes()
            if path.suffix == ".gz":
                content = gzip.decompress(content)
            found += [f"{path.relative_to(folder)}: {form!r}" for form in leaks(content)]
    return found


COMMAND = """
import stamina
from sunchi.cli import main

stamina.set_testing(True, attempts=100, cap=True)  # as many attempts as else, without the waits between them
main()
"""

Run = Callable[..., str]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """`run("check", proxy=…)` runs the command with these settings; its whole output is searched for secrets."""

    def call(*words: str, **settings: str) -> str:
        with (
            monkeypatch.context() as changed,
            patch.dict(os.environ),
            stamina.set_testing(True, attempts=100, cap=True),
        ):
            changed.chdir(tmp_path)
            for name in [name for name in os.environ if name.startswith("SUNCHI_")]:
                del os.environ[name]
            os.environ.update(named(tmp_path, settings))
            done = Sunchi(changed, capfd)(*words)
        assert leaks((done.out + done.err).encode()) == set(), done
        return done.out + done.err

    return call


@pytest.fixture
def run_alone(tmp_path: Path) -> Run:
    """The same in its own process, which sets up Prefect and its log by itself."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("SUNCHI_", "PREFECT_"))}

    def call(*words: str, **settings: str) -> str:
        done = subprocess.run(  # noqa: S603 - our own words
            [sys.executable, "-c", COMMAND, *words],
            env=clean | named(tmp_path, settings),
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=300,
        )
        assert leaks(done.stdout) == set(), done.stdout.decode()
        return done.stdout.decode()

    return call


def named(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of a command."""
    given = {name if name.isupper() else f"SUNCHI_{name.upper()}": value for name, value in settings.items()}
    return {"SUNCHI_DATA_DIR": str(folder / "var"), "SUNCHI_DELAY": "0"} | given


def people(port: str) -> str:
    """Recipients with a secret in each possible part of an address."""
    return " ".join(
        (
            f"json://u:{WRITTEN}@127.0.0.1:{port}/desk?+Authorization=Bearer+{WRITTEN}",
            f"json://127.0.0.1:{port}/hook/{WRITTEN}",
            f"gotify://127.0.0.1:{port}/{WRITTEN}",
            f"ntfy://u:{WRITTEN}@127.0.0.1:{port}/topic",
            f"mailto://u:{WRITTEN}@example.org:9?smtp=127.0.0.1&to=a@example.org",
        )
    )


def echo(asked: Asked) -> Reply:
    """A service that refuses, and repeats whatever it was sent."""
    return Reply(f"{asked.path} {dict(asked.headers)} {asked.body!r}", 401)


@pytest.mark.usefixtures("plainly")
async def test_no_secret_of_a_setting_reaches_a_screen_a_log_a_database_or_a_report(
    run: Run,
    run_alone: Run,
    web: Web,
    sites: DemoServer,
    settle: Callable[..., Settings],
    prefect: str,
    prefect_home: Path,
    tmp_path: Path,
) -> None:
    web.otherwise = echo
    settings = {
        "notify": people(web.origin.rpartition(":")[2]),
        "proxy": f"http://u:{WRITTEN}@127.0.0.1:9",
        "password": CANARY,
    }
    settle(mirrors=sites.mirrors, notify=settings["notify"], first_poll=1)
    for sites.day in DAYS[:2]:  # the second brings one alert, and no more: apprise waits 5.5 s before a second
        await poll("kcna", evening(str(sites.day)))

    polled = run_alone("poll", "kcna", "--verbose", PREFECT_API_URL=prefect, **settings)

    assert "through the proxy 127.0.0.1:9" in polled
    assert "waiting: " in polled
    asked = [f"{each.path} {dict(each.headers)}" for each in web.asked]
    assert [bool(leaks(each.encode())) for each in asked] == [True] * 4, "each secret was in use"
    for words in (["check"], ["alerts", "list"], ["alerts", "list", "--json"], ["alerts", "test"]):
        run(*words, **settings)
    run("report", "--since", str(DAYS[0]), "--out", "report.html", **settings)
    with Store.open(f"sqlite:///{tmp_path / 'var' / 'sunchi.db'}") as store:
        deliveries = [each for alert in store.alerts() for each in alert.deliveries]
    assert len({each.label for each in deliveries}) == 5
    assert all(each.error for each in deliveries)
    assert leaking_files(tmp_path) == leaking_files(prefect_home) == []


@pytest.mark.parametrize("port", ["", pytest.param("9", marks=pytest.mark.drill)], ids=["refused", "not there"])
def test_the_address_of_the_heartbeat_is_used_and_shown_nowhere(
    port: str, run: Run, run_alone: Run, web: Web, sites: DemoServer, prefect: str, prefect_home: Path, tmp_path: Path
) -> None:
    web.otherwise = echo
    to = f"127.0.0.1:{port}" if port else web.origin.partition("://")[2]
    settings = {
        "heartbeat": f"http://u:{WRITTEN}@{to}/ping/{WRITTEN}?key={WRITTEN}",
        "mirrors": json.dumps(sites.mirrors),
        "sources": "kcna",
        "first_poll": "1",
    }

    assert "the heartbeat" in run_alone("poll", "--verbose", PREFECT_API_URL=prefect, **settings)

    assert [bool(leaks(f"{each.path} {dict(each.headers)}".encode())) for each in web.asked] == [True] * (not port)
    assert "heartbeat" in run("check", **settings)
    for words in (["health"], ["health", "--json"], ["audit"], ["audit", "--json"], ["alerts", "list"]):
        run(*words, **settings)
    run("report", "--since", str(DAYS[0]), "--out", "report.html", **settings)
    assert leaking_files(tmp_path) == leaking_files(prefect_home) == []


def test_an_unreachable_database_is_reported_without_its_password(
    run: Run, run_alone: Run, prefect: str, prefect_home: Path, tmp_path: Path
) -> None:
    down = {"database_url": f"postgresql://u:{WRITTEN}@127.0.0.1:9/sunchi?password={WRITTEN}"}

    assert "127.0.0.1:9" in run_alone("poll", "kcna", "--verbose", PREFECT_API_URL=prefect, **down)
    for words in (["check"], ["alerts", "list"], ["migrate"]):
        assert "127.0.0.1:9" in run(*words, **down)

    assert leaking_files(tmp_path) == leaking_files(prefect_home) == []


@pytest.mark.parametrize(
    ("archive", "endpoint", "said"),
    [
        (f"s3://KEY:{WRITTEN}@pages/of/papers", "", "takes no keys"),
        (f"s3://KEY:{CANARY}@pages/of/papers", "", "takes no keys"),
        (f"s3://KEY:c4nary/{CANARY}@pages", "", "takes no keys"),
        (f"s3://pages/of/papers?secret={WRITTEN}", "", "takes no keys"),
        (f"memory://u:{WRITTEN}@pages", "", "takes no keys"),
        (f"nosuch://u:{CANARY}@pages", "", "can't be opened"),
        (f"ftp://u:{CANARY}:{CANARY}@127.0.0.1:9/pages", "", "can't be opened"),
        ("s3://pages/of/papers", f"http://u:{WRITTEN}@127.0.0.1:9/?key={WRITTEN}", "127.0.0.1:9"),
    ],
)
def test_no_key_in_the_address_of_the_archive_or_of_its_server_is_shown(
    archive: str,
    endpoint: str,
    said: str,
    run: Run,
    run_alone: Run,
    s3: ObjectStore,  # noqa: F811
    sites: DemoServer,
    prefect: str,
    prefect_home: Path,
    tmp_path: Path,
) -> None:
    settings = s3.environment | {"archive": archive, "mirrors": json.dumps(sites.mirrors), "AWS_MAX_ATTEMPTS": "1"}
    settings |= {"sources": "kcna", "first_poll": "1"} | ({"AWS_ENDPOINT_URL": endpoint} if endpoint else {})
    forget_connections()

    assert said in run("check", **settings)
    if endpoint:
        assert said in run_alone("poll", "kcna", "--verbose", PREFECT_API_URL=prefect, **settings)
    for words in (["poll", "kcna"], ["restore", "latest"], ["rebuild"], ["archive", "verify"], ["prune", "--dry-run"]):
        run(*words, **settings)
    run("backup", **settings)
    for words in (["health"], ["audit"], ["audit", "--json"]):
        run(*words, **settings)
    forget_connections()
    assert leaking_files(tmp_path) == leaking_files(prefect_home) == []


@pytest.mark.parametrize(
    "settings",
    [
        {"mirrors": json.dumps({"kcna": f"http://u:{WRITTEN}@127.0.0.1:9"})},
        {"mirrors": f'{{"kcna": "{CANARY}'},
        {"proxy": f"socks9://u:{WRITTEN}@127.0.0.1:9"},
        {"proxy": f"{CANARY}"},
        {"notify": f"nosuch://u:{WRITTEN}@127.0.0.1"},
        {"notify": CANARY},
        {"heartbeat": f"nosuch://u:{WRITTEN}@127.0.0.1"},
        {"heartbeat": CANARY},
        {"database_url": f"mysql://u:{WRITTEN}@127.0.0.1/x"},
        {"database_url": CANARY},
        {"archive": f"nosuch://u:{WRITTEN}@127.0.0.1/x"},
        {"archive": f"s3://KEY:{CANARY}@pages/of/papers"},
        {"lexicon": f"s3://KEY:{CANARY}@pages/lexicon"},
        {"data_dir": f"s3://KEY:{CANARY}@pages/var"},
    ],
    ids=lambda settings: "-".join(settings),
)
def test_a_wrong_setting_is_named_without_its_value(
    settings: Mapping[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    ((name, value),) = settings.items()
    for each in [each for each in os.environ if each.startswith("SUNCHI_")]:
        monkeypatch.delenv(each)
    monkeypatch.setenv("SUNCHI_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setenv(f"SUNCHI_{name.upper()}", value)
    monkeypatch.chdir(tmp_path)

    done = Sunchi(monkeypatch, capfd)("check")

    assert f"SUNCHI_{name.upper()}" in done.out + done.err
    assert leaks((done.out + done.err).encode()) == set()
    assert leaking_files(tmp_path) == []


def test_a_mirror_with_a_password_is_refused_without_showing_it() -> None:
    with pytest.raises(SettingsError) as caught:
        mirror_origin(f"http://u:{WRITTEN}@127.0.0.1:9")
    assert leaks(str(caught.value).encode()) == set()


@pytest.mark.parametrize(
    "text",
    [
        "urls:\n  - nosuch://u:{}@host\n",
        "urls:\n  - gotify://{}:\n     - tag: [\n",
        "urls: {}\n",
        "- {}\n",
        "urls:\n  - {}: x\n",
    ],
)
def test_a_wrong_file_of_recipients_is_not_quoted(text: str, tmp_path: Path) -> None:
    file = tmp_path / "people.yml"
    file.write_text(text.format(WRITTEN))
    with pytest.raises(SettingsError) as caught:
        Notifier(str(file))
    assert leaks(str(caught.value).encode()) == set()
