"""Another user of the machine reads no file of the data folder, and gets nothing of the server without its password."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from demo import DAYS, DemoServer
from tests.flows.served import Served

NOBODY = 65534

LOOK = """
import json, os, sys, urllib.error, urllib.request

def opened(path):
    try:
        with open(path, "rb") as file:
            file.read(1)
    except OSError as error:
        return False
    return True

def answer(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code

asked = json.load(sys.stdin)
print(json.dumps({
    "user": os.geteuid(),
    "read": [path for path in asked["paths"] if opened(path)],
    "answers": {url: answer(url) for url in asked["urls"]},
}))
"""


@pytest.fixture
def somebody_else() -> list[str]:
    """A Python that another user may run."""
    if os.geteuid() != 0:
        pytest.skip("only root may act as another user")
    python = shutil.which("python3", path="/usr/local/bin:/usr/bin:/bin")
    if python is None:
        pytest.skip("no Python of the system's, which another user could run")
    return [python, "-I", "-c", LOOK]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that all may enter; pytest's own are closed again whenever another session of it begins."""
    with TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    """A served Sunchi with a password that was made for it."""
    with DemoServer(DAYS[-1]) as sites:
        made = Served(folder, sites.mirrors, SUNCHI_PASSWORD="", SUNCHI_DELAY="0", SUNCHI_FIRST_POLL="3")
        made.start()
        made.api.auth = ("sunchi", (made.home / "password").read_text())
        for name in ("poll/kcna", "backup/nightly"):
            assert made.ended(made.run(name))["type"] == "COMPLETED"
        yield made
        made.stop()


def test_another_user_can_read_neither_password_nor_data_and_the_server_asks_him_for_the_password(
    served: Served, somebody_else: list[str], folder: Path
) -> None:
    var, control = folder / "var", folder / "control"
    control.write_text("for all")
    kept = [path for path in var.rglob("*") if path.is_file()]
    names = {path.name for path in kept}
    assert {"password", "sunchi.db", "prefect.db"} <= names
    assert any(name.endswith(".warc.gz") for name in names)
    assert any("backups" in path.parts for path in kept)
    environments = [Path(f"/proc/{process}/environ") for process in served.processes("deployments.server")]
    assert environments, "the password is in the environment of the server"
    pages = [f"http://127.0.0.1:{served.port}{path}" for path in ("/", "/docs", "/api/deployments/name/poll/kcna")]

    def look() -> dict[str, object]:
        asked = {"paths": [str(path) for path in (control, *kept, *environments)], "urls": pages}
        done = subprocess.run(  # noqa: S603 - our own words
            somebody_else,
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            user=NOBODY,
            group=NOBODY,
            extra_groups=[],
            cwd="/",
            env={},
            check=True,
        )
        return dict(json.loads(done.stdout))

    nothing = {"user": NOBODY, "read": [str(control)], "answers": dict.fromkeys(pages, 401)}
    assert look() == nothing
    for each in (var, *(path for path in var.rglob("*") if path.is_dir())):
        each.chmod(0o755)  # by hand: each file is closed by itself
    assert look() == nothing

    password = (var / "prefect" / "password").read_text()
    assert httpx.get(pages[-1], auth=("sunchi", password), trust_env=False).status_code == 200
