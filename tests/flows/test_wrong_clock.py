"""Nights with a wrong clock, by `faketime`: poll, deliver, backup, prune and restore lose nothing and tell all once."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from email.utils import format_datetime
from functools import cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from demo import DAYS, EVE, DemoServer
from sunchi.store import DeliveryJournal, Store
from sunchi.store.backup import backups
from tests.flows.plain import call_tasks_directly
from tests.web import Asked, Reply, serve

SOURCE = "kcna/en"
BEFORE, AFTER = 2, 2
"""Nights with the right clock, before the wrong ones and after them."""

KEPT = 3
"""Copies: fewer than the nights of a week."""

DAY = timedelta(days=1)
_EVENING, _START = datetime.combine(EVE, time(13), UTC), datetime.now(UTC)


def obey() -> None:
    """Run the commands that come on standard input, in the machine's process; `poll` without Prefect, and delivers."""
    import asyncio

    from flows.deliver import deliver
    from flows.poll import poll
    from sunchi.cli import main

    call_tasks_directly(pytest.MonkeyPatch())

    async def one_pass() -> str:
        state = await poll.fn(SOURCE)
        await deliver.fn()
        return str(state.message)

    for line in sys.stdin:
        said, code = StringIO(), 0
        sys.argv = ["sunchi", *json.loads(line)]
        with redirect_stdout(said), redirect_stderr(said):
            if sys.argv[1] == "poll":
                said.write(asyncio.run(one_pass()))
            else:
                try:
                    main()
                except SystemExit as ended:
                    code = int(ended.code or 0)
        sys.stdout.write(json.dumps([code, said.getvalue()]) + "\n")
        sys.stdout.flush()


@dataclass
class Machine:
    """A machine with a clock of its own, on the demo's site, which has the true one."""

    folder: Path
    night: int = 0
    ahead: int = 0  # days
    received: list[str] = field(default_factory=list)  # titles of messages to its recipient
    _process: subprocess.Popen[str] | None = None

    @property
    def true(self) -> timedelta:
        """What is to be added to this computer's time for that of the demo's evening."""
        return _EVENING - _START + self.night * DAY

    @contextmanager
    def running(self) -> Iterator[Machine]:
        if not shutil.which("faketime"):
            pytest.skip("needs the command faketime (Debian: faketime)")
        preload = subprocess.check_output(["faketime", "-f", "+0", "sh", "-c", "echo $LD_PRELOAD"], text=True)  # noqa: S607
        with DemoServer(EVE) as self._demo, serve() as web:
            web.otherwise = self._answer
            clean = {k: v for k, v in os.environ.items() if not k.startswith(("SUNCHI_", "PREFECT_", "FAKETIME"))}
            environment = clean | {
                "SUNCHI_DATA_DIR": str(self.folder / "var"),
                "SUNCHI_MIRRORS": json.dumps({"kcna": web.origin}),
                "SUNCHI_SOURCES": SOURCE,
                "SUNCHI_DELAY": "0",
                "SUNCHI_NOTIFY": web.origin.replace("http", "json") + "/desk",
                "SUNCHI_BACKUPS": str(KEPT),
                "SUNCHI_KEEP_EVIDENCE_DAYS": "90",
                "SUNCHI_KEEP_RECORDS_DAYS": "90",
                "LD_PRELOAD": preload.strip(),
                "FAKETIME_TIMESTAMP_FILE": str(self.folder / "clock"),
                "FAKETIME_NO_CACHE": "1",
                "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                "PYTHONPATH": os.pathsep.join(sys.path),
            }
            self.set_clock()
            obeys = [sys.executable, "-c", f"from {__name__} import obey; obey()"]
            self._process = subprocess.Popen(  # noqa: S603  our own words
                obeys, env=environment, cwd=self.folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
            )
            try:
                yield self
            finally:
                self._process.communicate()

    def set_clock(self) -> None:
        (self.folder / "clock").write_text(f"{(self.true + self.ahead * DAY).total_seconds():+.0f}")

    def __call__(self, *words: str) -> tuple[int, str]:
        """Run a command; return its exit code and output."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        code, said = json.loads(self._process.stdout.readline())
        return int(code), str(said)

    def sleep(self, ahead: int) -> None:
        """Go on to the next night, with the clock so many days ahead."""
        self.night, self.ahead = self.night + 1, ahead
        self._demo.day = DAYS[min(self.night, len(DAYS)) - 1]
        self.set_clock()

    def _answer(self, asked: Asked) -> Reply:
        """Answer as the demo's site does, at the true time; or receive a message."""
        if asked.path.startswith("/desk"):
            self.received.append(json.loads(asked.body)["title"])
            return Reply()
        passed = {name: value for name, value in asked.headers.items() if name not in ("host", "content-length")}
        got = httpx.request(
            asked.method, self._demo.mirrors["kcna"] + asked.path, headers=passed, content=asked.body, trust_env=False
        )
        names = ("ETag", "Last-Modified", "Content-Type", "Set-Cookie")
        kept = {name: got.headers[name] for name in names if name in got.headers}
        at = datetime.now(UTC) + self.true
        return Reply(got.content, got.status_code, kept | {"Date": format_datetime(at, usegmt=True)})

    # --- what it has

    def articles(self) -> list[str]:
        with Store.open(f"sqlite:///{self.folder / 'var' / 'sunchi.db'}") as store:
            return sorted(f"{row['date']} {row['title']}" for row in store.articles())

    def alerts(self) -> Counter[str]:
        """Return the alerts that its recipient has had."""
        return Counter(title for title in self.received if not title.startswith("Sunchi: "))

    def archived(self) -> set[str]:
        return {str(file) for file in (self.folder / "var" / "archive").rglob("*.*")}


@cache
def undisturbed(nights: int) -> tuple[list[str], Counter[str]]:
    """Return the articles and alerts of so many nights with the right clock."""
    with TemporaryDirectory() as folder, Machine(Path(folder)).running() as machine:
        for _ in range(nights):
            machine("poll")
            machine.sleep(0)
        return machine.articles(), machine.alerts()


DRILLS = [(1, 400), (7, 30), (1, -30)]
"""Nights with a wrong clock, and the days that it is ahead. `make served` has the two others."""


@pytest.mark.parametrize(
    ("nights", "ahead"),
    [
        *(pytest.param(*each, marks=pytest.mark.drill) for each in DRILLS),
        *(pytest.param(*each, marks=pytest.mark.long) for each in [(1, 30), (7, 400)]),
    ],
)
def test_nights_with_a_wrong_clock_cost_nothing(tmp_path: Path, nights: int, ahead: int) -> None:
    in_all = BEFORE + nights + AFTER
    with Machine(tmp_path).running() as machine:
        archived: set[str] = set()
        for night in range(in_all):
            is_wrong = BEFORE <= night < BEFORE + nights
            if night:
                machine.sleep(ahead if is_wrong else 0)
            pruned = [machine("prune")[1]]  # before any poll could say so
            said = machine("poll")[1]
            assert ("this machine's clock is" in said) is is_wrong, said
            assert ("first poll: recorded" in said) is (night == 0), said
            assert machine("backup")[0] == 0
            pruned.append(machine("prune")[1])
            for words in pruned:
                assert ("In doubt: " in words) is (is_wrong and ahead > 90), words
            assert archived <= machine.archived(), "nothing was deleted"
            archived = machine.archived()
            copies = [copy.file.name for copy in backups(tmp_path / "var" / "backups")]
            assert len(copies) == min(night + 1, KEPT)
            assert all(map(DeliveryJournal(tmp_path / "var" / "deliveries").knows, copies))

        articles, alerts = undisturbed(in_all)
        assert machine.articles() == articles
        assert machine.alerts() == alerts
        assert articles
        assert alerts
        assert machine("health")[0] == 0

        (tmp_path / "var" / "sunchi.db").unlink()
        latest = backups(tmp_path / "var" / "backups")[-1]
        code, said = machine("restore", "latest")
        assert code == 0, said
        assert f"the latest by what is in it: {latest.file.name}: newest page" in " ".join(said.split())
        assert machine.articles() == articles
        machine("poll")
        assert machine.alerts() == alerts
