"""`sunchi serve` through accidents: killed in part or whole, restarted, stopped for a night, cancelled.

`make drills` runs those that take seconds, `make served` all of them.
"""

from __future__ import annotations

import signal
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from demo import DAYS, DemoServer
from flows.sweep import GONE
from sunchi.store import Store
from tests.browser import browse
from tests.flows.served import Served
from tests.flows.somebody_else import NOBODY, looks

POLL = "poll/kcna"


@pytest.fixture(scope="module")
def running(prefect_database: Path) -> Iterator[Served]:
    """A served Sunchi whose poll of kcna takes about ten seconds, with a generated password.

    It is in a folder that everybody may enter, unlike those of pytest.
    """
    with DemoServer(DAYS[-1]) as sites, TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        made = Served(
            folder,
            sites.mirrors,
            database=prefect_database,
            SUNCHI_PASSWORD="",
            SUNCHI_DELAY="0.3",
            SUNCHI_FIRST_POLL="10",
        )
        made.start()
        made.api.auth = ("sunchi", (made.home / "password").read_text())
        yield made
        made.stop()


@pytest.fixture
def served(running: Served) -> Iterator[Served]:
    """The same, without what earlier tests have read."""
    yield running
    running.wait(lambda: not running.processes("prefect.engine"))


def titles(served: Served) -> list[str]:
    with Store.open(f"sqlite:///{served.folder / 'var' / 'sunchi.db'}") as store:
        return sorted(row["title"] for row in store.articles("kcna"))


def in_mid_run(served: Served) -> str:
    """The first poll, which has read some of its pages."""
    served.forget()
    run = served.run(POLL)
    served.until(run, "RUNNING")
    served.wait(lambda: (served.folder / "var" / "sunchi.db").exists() and titles(served))
    return run


def on(served: Served) -> dict[str, list[bool]]:
    """Return whether each schedule is active, by deployment."""
    made = served.ask("POST", "/deployments/filter")
    return {each["name"]: [schedule["active"] for schedule in each["schedules"]] for each in made}


def is_taken(thief: socket.socket, port: int) -> bool:
    with suppress(OSError):  # as long as its holder dies
        thief.bind(("127.0.0.1", port))
        return True
    return False


@pytest.mark.drill
def test_after_the_power_fails_the_dead_run_is_ended_with_the_reason_and_its_source_is_polled_again(
    served: Served,
) -> None:
    killed = in_mid_run(served)
    [schedule] = served.deployment(POLL)["schedules"]
    served.ask("PATCH", f"/deployments/{served.deployment(POLL)['id']}/schedules/{schedule['id']}", active=False)
    before = {name: served.deployment(name)["id"] for name in (POLL, "deliver/due", "sweep/dead")}
    served.kill_all()
    served.start()

    assert served.state(killed)["type"] == "RUNNING", "nobody could say otherwise"
    assert served.ended(served.run("sweep/dead"))["type"] == "COMPLETED"
    assert served.state(killed)["type"] == "RUNNING", "it may live, for all that is known in the first five minutes"

    served.let_leases_lapse()
    served.wait(lambda: not served.deployment(POLL)["global_concurrency_limit"]["active_slots"])
    assert served.ended(served.run("sweep/dead"))["type"] == "COMPLETED"
    dead = served.state(killed)
    assert (dead["type"], dead["message"]) == ("CRASHED", GONE)

    half = titles(served)
    again = served.ended(served.run(POLL))
    assert again["type"] == "COMPLETED"
    assert "first poll: recorded" in again["message"], "the killed one had not come to its end"
    assert 0 < len(half) < len(titles(served))
    assert {name: served.deployment(name)["id"] for name in before} == before, "no deployment is made twice"
    assert on(served) == {
        "kcna": [True],
        "due": [True],
        "dead": [True],
        "nightly": [True],
        "daily": [True],
        "archive": [],
    }, "a restart makes everything as it is written down"


@pytest.mark.drill
def test_a_server_that_is_killed_in_mid_run_is_started_again_and_nothing_is_lost(served: Served) -> None:
    run = in_mid_run(served)
    served.kill("deployments.server")

    ended = served.ended(run)
    after = served.ended(served.run(POLL))

    assert ended["type"] in ("COMPLETED", "CRASHED"), ended
    assert after["type"] == "COMPLETED", after
    assert "The Prefect server ended (by signal 9) and is being restarted." in served.log.read_text()
    assert len(titles(served)) == len(set(titles(served)))


@pytest.mark.long
def test_a_command_that_is_killed_leaves_no_server_behind_and_starts_again_at_the_same_port(served: Served) -> None:
    served.kill_command()
    served.wait(lambda: not served.processes("deployments.server"))

    served.start()

    assert served.ended(served.run("deliver/due"))["type"] == "COMPLETED"


@pytest.mark.long
def test_the_command_ends_if_its_server_cannot_be_restarted(served: Served) -> None:
    with socket.socket() as thief:
        thief.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        served.kill("deployments.server")
        served.wait(lambda: is_taken(thief, served.port))
        thief.listen()

        assert served.exit_code() == 1

    assert "sunchi: the Prefect server ended at once" in served.log.read_text()
    served.start()


@pytest.mark.long
def test_a_killed_or_cancelled_run_ends_as_such_and_the_next_continues_its_work(served: Served) -> None:
    killed = in_mid_run(served)
    served.kill("prefect.engine")
    assert served.ended(killed)["type"] == "CRASHED"
    assert served.ended(served.run(POLL))["type"] == "COMPLETED"
    everything = titles(served)

    cancelled = in_mid_run(served)
    served.ask("POST", f"/flow_runs/{cancelled}/set_state", state={"type": "CANCELLING"})
    assert served.ended(cancelled)["type"] == "CANCELLED"
    assert set(titles(served)) < set(everything)
    assert served.ended(served.run(POLL))["type"] == "COMPLETED"
    assert titles(served) == everything


@pytest.mark.long
def test_all_late_runs_after_a_night_off_but_one_end_at_once(served: Served) -> None:
    served.forget()
    now = datetime.now(UTC)
    late = [served.run(POLL, at=now - timedelta(hours=hours)) for hours in range(9, 0, -1)]

    ends = [served.ended(run) for run in late]

    assert [end["name"] for end in ends].count("Completed") == 1
    assert {end["name"] for end in ends} <= {"Completed", "Overtaken", "Cancelled"}
    with Store.open(f"sqlite:///{served.folder / 'var' / 'sunchi.db'}") as store:
        assert len(store.polls("kcna")) == 1


@pytest.mark.long
def test_a_temporary_lock_on_prefects_database_only_costs_time(served: Served) -> None:
    run = in_mid_run(served)
    with closing(sqlite3.connect(served.home / "prefect.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        served.wait(lambda: served.api.get("/health").is_success)
        pause(12)
        other.execute("ROLLBACK")

    assert served.ended(run)["type"] == "COMPLETED"


def pause(seconds: float) -> None:
    signal.sigtimedwait([], seconds)


@pytest.mark.drill
def test_nothing_is_answered_without_the_password_which_is_only_in_its_file(served: Served) -> None:
    password, path = (served.home / "password").read_text(), "/deployments/name/poll/kcna"

    with httpx.Client(base_url=str(served.api.base_url), trust_env=False) as stranger:
        for page in ("/docs", "/openapi.json", "/"):
            assert stranger.get(f"http://127.0.0.1:{served.port}{page}").status_code == 401
        assert stranger.get(path).status_code == stranger.get(path, auth=("sunchi", "wrong")).status_code == 401
        assert stranger.get("/health").status_code == 200
    assert served.api.get(path).status_code == 200
    assert served.processes("serve")
    assert served.processes(password) == []
    kept = [path for path in served.folder.rglob("*") if path.is_file()]
    assert served.home / "prefect.db" in kept
    assert [path for path in kept if path.exists() and password.encode() in path.read_bytes()] == [
        served.home / "password"
    ]


@pytest.mark.drill
def test_another_user_can_read_neither_password_nor_data_and_needs_the_password(
    served: Served,
) -> None:
    if not (served.folder / "var" / "sunchi.db").exists():
        assert served.ended(served.run(POLL))["type"] == "COMPLETED"
    assert served.ended(served.run("backup/nightly"))["type"] == "COMPLETED"
    var, control = served.folder / "var", served.folder / "control"
    control.write_text("for all")
    kept = [path for path in var.rglob("*") if path.is_file()]
    assert {"password", "sunchi.db", "prefect.db"} <= {path.name for path in kept}
    assert any(path.name.endswith(".warc.gz") for path in kept)
    assert any("backups" in path.parts for path in kept)
    environments = [Path(f"/proc/{process}/environ") for process in served.processes("deployments.server")]
    assert environments, "the password is in the environment of the server"
    pages = [f"http://127.0.0.1:{served.port}{path}" for path in ("/", "/docs", "/api/deployments/name/poll/kcna")]

    nothing = {"user": NOBODY, "read": [str(control)], "answers": dict.fromkeys(pages, 401)}
    assert looks((control, *kept, *environments), pages) == nothing
    folders = {path: path.stat().st_mode for path in (var, *var.rglob("*")) if path.is_dir()}
    for each in folders:
        each.chmod(0o755)  # by hand: each file is closed by itself
    assert looks((control, *kept, *environments), pages) == nothing
    for each, mode in folders.items():
        each.chmod(mode)


@pytest.mark.drill
def test_a_page_of_another_site_can_neither_read_nor_start_runs(served: Served) -> None:
    foreign = {"Origin": "http://evil.example", "Content-Type": "text/plain"}
    path = f"/deployments/{served.deployment(POLL)['id']}/create_flow_run"

    started = served.api.post(path, content="{}", headers=foreign)
    read = served.api.get(f"/deployments/name/{POLL}", headers=foreign)

    assert started.status_code == 403
    assert "access-control-allow-origin" not in read.headers


@pytest.mark.drill
def test_a_name_that_a_stranger_points_at_this_machine_changes_no_deployment(served: Served) -> None:
    """Prefect runs the commands in a deployment's `pull_steps`: who can write them runs commands on this machine.

    Under that name the stranger gets no token, and one that he has does not help him.
    """
    deployment, forged = served.deployment("deliver/due"), {"Host": "evil.example"}
    steps = [{"prefect.deployments.steps.run_shell_script": {"script": "true"}}]

    given = served.api.get("/csrf-token", params={"client": "test"}, headers=forged)
    changed = served.api.patch(
        f"/deployments/{deployment['id']}", json={"pull_steps": steps}, headers=forged | served.token()
    )

    assert (given.status_code, changed.status_code) == (421, 421)
    assert served.deployment("deliver/due")["pull_steps"] == deployment["pull_steps"]


@pytest.mark.drill
def test_a_browser_that_a_strangers_name_leads_here_sees_nothing(served: Served, tmp_path: Path) -> None:
    """As after DNS rebinding: the name of the stranger's page has this machine's address now."""
    here = "--host-resolver-rules=MAP evil.example 127.0.0.1"

    shown = browse(f"http://evil.example:{served.port}/api/flows/filter", tmp_path, here)
    known = browse(f"http://localhost:{served.port}/", tmp_path)

    assert "This name does not lead here." in shown
    assert "This name does not lead here." not in known


@pytest.mark.drill
def test_the_data_folder_is_private_to_its_owner(served: Served) -> None:
    var = served.folder / "var"
    kept = [served.home / "prefect.db", var / "sunchi.db", *var.rglob("*.warc.gz")]
    open_to_others = [path for path in (var, served.home, *kept) if path.exists() and path.stat().st_mode & 0o077]
    assert open_to_others == []


@pytest.mark.long
def test_scheduled_deployments_are_due_at_their_minutes(tmp_path: Path) -> None:
    served = Served(tmp_path, {}, PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED="true")
    served.start()
    try:
        for name, minutes in ((POLL, {7}), ("deliver/due", {*range(0, 60, 5)}), ("sweep/dead", {*range(3, 60, 10)})):
            of_it = {"id": {"any_": [served.deployment(name)["id"]]}}
            due = served.wait(partial(served.ask, "POST", "/flow_runs/filter", deployments=of_it))
            assert {datetime.fromisoformat(run["expected_start_time"]).minute for run in due} == minutes, name
    finally:
        served.stop()


@pytest.mark.drill
def test_only_the_sites_and_the_server_are_contacted(served: Served) -> None:
    """This is the last test here, so it sees all earlier connections. The sites are mirrors on 127.0.0.1 here."""
    assert served.asked() >= {"connect 127.0.0.1"}
    assert {words.partition(" ")[2] for words in served.asked()} <= {"127.0.0.1", "localhost", "::1"}
