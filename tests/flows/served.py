"""`sunchi serve` as its own process, on the embedded sites; and what Prefect's API reports of its runs."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

ENDED = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
PATIENCE = 120.0
PASSWORD = "cana7y-of-the-pages"  # noqa: S105 - of a server that lives as long as a test

EAR = """
import os, sys
def ear(event, args, file=os.open({file!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)):
    if event == "socket.connect" and isinstance(args[1], tuple):
        os.write(file, f"connect {{args[1][0]}}\\n".encode())
    if event == "socket.getaddrinfo":
        os.write(file, f"resolve {{args[0]}}\\n".encode())
sys.addaudithook(ear)
"""
"""Written down by every process, in one file: whom it connects to, and whose address it asks the DNS for."""


class Served:
    """The command, its server and its runs, on one data folder; `start` and `kill` it any number of times.

    `inside` is a command that confines the command after it, `database` a Prefect database that has its tables.
    """

    def __init__(
        self,
        folder: Path,
        mirrors: Mapping[str, str],
        *,
        inside: Sequence[str] = (),
        database: Path | None = None,
        **settings: str,
    ) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.folder = folder
        self._inside = inside
        self.home = folder / "var" / "prefect"
        if database:
            self.home.parent.mkdir(mode=0o700, exist_ok=True)
            self.home.mkdir(mode=0o700)
            shutil.copyfile(database, self.home / "prefect.db")
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("SUNCHI_", "PREFECT_"))}
        self.environment = clean | {
            "SUNCHI_DATA_DIR": str(folder / "var"),
            "SUNCHI_MIRRORS": json.dumps(dict(mirrors)),
            "SUNCHI_SOURCES": "kcna",
            "SUNCHI_PASSWORD": PASSWORD,
            "PREFECT_RUNNER_POLL_FREQUENCY": "1",
            # A run of the schedule takes the one place of its deployment: at such minutes a test's own is cancelled.
            "PREFECT_SERVER_SERVICES_SCHEDULER_ENABLED": "false",
            "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "300",
            "PYTHONPATH": str(folder / "ear"),
            **settings,
        }
        self.api = httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}/api", auth=("sunchi", PASSWORD), trust_env=False, timeout=30
        )
        (folder / "ear").mkdir()
        (folder / "ear" / "sitecustomize.py").write_text(EAR.format(file=str(folder / "asked")))
        self.log = folder / "log"
        self.starts = 0

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-c", "from sunchi.cli import main; main()", *words]

    def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own words
                [*self._inside, *self.command("serve", "--port", str(self.port))],
                env=self.environment,
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.wait(lambda: self._process.poll() is not None or self.log.read_text().count("being served") > self.starts)
        self.starts += 1
        assert self._process.poll() is None, self.log.read_text()

    def kill_all(self) -> None:
        """Kill all processes, as a power failure does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def kill_command(self) -> None:
        """Kill only the command, as a machine short of memory does."""
        self._process.kill()
        self._process.wait()

    def exit_code(self) -> int:
        """Return the exit code of the command, once it has ended by itself."""
        return self._process.wait(PATIENCE)

    def stop(self) -> None:
        self.api.close()
        self._process.terminate()
        try:
            self._process.wait(60)
        finally:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def processes(self, words: str) -> list[int]:
        """Return the ids of this session's processes with these words in their command line."""
        found = []
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                session = int((folder / "stat").read_text().rpartition(")")[2].split()[3])
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if session == self._process.pid and words in command:
                found.append(int(folder.name))
        return found

    def kill(self, words: str) -> None:
        for found in self.processes(words):
            os.kill(found, signal.SIGKILL)

    def asked(self) -> set[str]:
        """Return every host that any of its processes connected to or looked up."""
        return set((self.folder / "asked").read_text().splitlines())

    def forget(self) -> None:
        """Delete all that was read; the next poll is the first one."""
        for file in (self.folder / "var").glob("sunchi.db*"):
            file.unlink()

    # --- Prefect's API

    def ask(self, method: str, path: str, **content: Any) -> Any:
        """Request until the server responds: it is sometimes down, or answers concurrent requests with 503."""

        def answer() -> httpx.Response | None:
            try:
                got = self.api.request(method, path, json=content or None, headers=self.token())
            except httpx.TransportError:
                return None
            return None if got.status_code == 503 else got

        got = self.wait(answer)
        assert got.is_success, got.text
        return got.json() if got.content else None

    def token(self) -> dict[str, str]:
        """Return the token that a client other than a page of another site must send."""
        got = self.api.get("/csrf-token", params={"client": "test"})
        return {"Prefect-Csrf-Token": got.json()["token"], "Prefect-Csrf-Client": "test"} if got.is_success else {}

    def deployment(self, name: str) -> dict[str, Any]:
        return dict(self.ask("GET", f"/deployments/name/{name}"))

    def run(self, name: str, at: datetime | None = None) -> str:
        """Start a run of a deployment, now or at a time; return its id."""
        details = {"scheduled_time": at.isoformat()} if at else {}
        state = {"type": "SCHEDULED", "state_details": details}
        made = self.ask("POST", f"/deployments/{self.deployment(name)['id']}/create_flow_run", state=state)
        return str(made["id"])

    def state(self, run: str) -> dict[str, Any]:
        return dict(self.ask("GET", f"/flow_runs/{run}")["state"])

    def until(self, run: str, *types: str) -> dict[str, Any]:
        """Return the run's state, as soon as it is one of these."""

        def there() -> dict[str, Any] | None:
            state = self.state(run)
            return state if state["type"] in types else None

        return dict(self.wait(there))

    def ended(self, run: str) -> dict[str, Any]:
        return self.until(run, *ENDED)

    def wait(self, there: Callable[[], Any], patience: float = PATIENCE) -> Any:
        deadline = time.monotonic() + patience
        while not (found := there()):
            assert time.monotonic() < deadline, self.log.read_text()[-4_000:]
            time.sleep(0.2)
        return found

    def let_leases_lapse(self) -> None:
        """Expire the deployments' leases as after five minutes: those not renewed are lost."""
        folder = self.home / "concurrency_leases"
        past = datetime(2021, 1, 1, tzinfo=UTC).isoformat()
        files = [file for file in folder.glob("*.json") if file.name != "expirations.json"]
        assert files, "a run that was killed leaves its lease behind"
        for file in files:
            file.write_text(json.dumps(json.loads(file.read_text()) | {"expiration": past}))
        (folder / "expirations.json").write_text(json.dumps({file.stem: past for file in files}))
