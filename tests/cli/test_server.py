"""How the server of a command is waited for, and what is said if it does not start."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from sunchi.cli import server
from sunchi.errors import SunchiError
from tests.web import Reply, Web

HEALTH = "/api/health"


def started(port: int, script: str) -> server._Server:
    """Return the server of a command, with this program as its process."""
    made = server._Server("127.0.0.1", port, ())
    made._process = subprocess.Popen([sys.executable, "-S", "-c", script])  # noqa: S603 - our own words
    return made


def test_a_server_is_up_once_it_answers_that_it_is_well(web: Web) -> None:
    web.on(HEALTH, Reply(status=503), Reply(status=503), Reply())
    waiting = started(int(web.origin.rpartition(":")[2]), "import time; time.sleep(60)")
    try:
        waiting._wait()
    finally:
        waiting.stop()
    assert [asked.path for asked in web.asked] == [HEALTH] * 3


def test_a_server_that_does_not_answer_in_time_is_reported(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "PATIENCE", 0.5)
    web.on(HEALTH, Reply(status=503))
    waiting = started(int(web.origin.rpartition(":")[2]), "import time; time.sleep(60)")
    try:
        with pytest.raises(SunchiError, match=rf"did not answer at {web.origin} in 0 s|in 1 s"):
            waiting._wait()
        waiting._stopping.set()
        waiting._wait()
    finally:
        waiting.stop()


def test_a_server_that_ends_at_once_is_reported_with_the_command_that_shows_why() -> None:
    ended = started(9, "")
    ended._process.wait()
    with pytest.raises(SunchiError, match=r"ended at once; .* -m deployments.server --host 127\.0\.0\.1 --port 9$"):
        ended._wait()


def test_ctrl_c_while_the_server_starts_ends_it_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(made: server._Server) -> None:
        begun.append(made._process)
        raise KeyboardInterrupt

    begun: list[subprocess.Popen[bytes]] = []
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    monkeypatch.setattr(signal, "signal", lambda number, handler: None)
    monkeypatch.setattr(server._Server, "_begun", lambda made, secret: started(9, "input()")._process)
    monkeypatch.setattr(server._Server, "_wait", interrupted)
    with pytest.raises(KeyboardInterrupt), server.server("127.0.0.1", 0):
        pytest.fail("it has not started")
    assert begun[0].poll() is not None


@pytest.mark.parametrize(("code", "way"), [(-9, "by signal 9"), (0, "exit code 0"), (3, "exit code 3")])
def test_how_a_server_ended_is_said(code: int, way: str) -> None:
    assert server._way(code) == way
