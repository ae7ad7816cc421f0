"""The containers are locked down: nobody is root, only volumes are writable; they have what they need; and Sunchi runs
that way.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from demo import DAYS, DemoServer
from tests.conftest import ROOT
from tests.flows.served import PASSWORD, Served

COMPOSE = ROOT / "deployments" / "compose.yaml"
DOCKERFILE = ROOT / "deployments" / "Dockerfile"
NOBODY = 65534


def services() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(COMPOSE.read_text("utf-8"))["services"])


def instructions() -> list[tuple[str, str]]:
    lines = DOCKERFILE.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [(line.split()[0], line.split(None, 1)[1]) for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("name", services())
def test_a_service_is_locked_in(name: str) -> None:
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "/tmp" in service["tmpfs"]  # noqa: S108 - of the container
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert service.get("user") == "postgres" or service["image"] == "sunchi"
    assert all(port.startswith("127.0.0.1:") for port in service.get("ports", []))
    volumes = yaml.safe_load(COMPOSE.read_text("utf-8"))["volumes"]
    folders = [volume for volume in service["volumes"] if volume.partition(":")[0] not in volumes]
    assert all(folder.endswith((":/app/config:ro", ":/app/lexicon:ro")) for folder in folders), (
        "of the machine's own folders only what people edit, and only for reading"
    )


def test_what_people_edit_is_mounted_where_sunchi_looks_for_it() -> None:
    service = services()["sunchi"]
    folders = [volume.split(":/app/")[0] for volume in service["volumes"] if volume.endswith(":ro")]

    assert folders == ["../config", "${SUNCHI_LEXICON:-../lexicon}"]
    assert all((COMPOSE.parent / name).is_dir() for name in ("../config", "../lexicon")), "or Docker makes it, as root"
    assert service["environment"]["SUNCHI_LEXICON"] == "/app/lexicon"
    assert ("WORKDIR", "/app") in instructions(), "so that SUNCHI_NOTIFY=config/people.yml leads there"


def test_the_server_is_also_known_by_the_names_in_the_settings() -> None:
    environment = services()["prefect"]["environment"]

    assert environment["SUNCHI_HOSTS"].split() == ["prefect", "${SUNCHI_HOSTS:-}"]
    assert services()["sunchi"]["environment"]["PREFECT_API_URL"].startswith("http://prefect:")
    assert environment["PREFECT_SERVER_UI_API_URL"] == "/api", "of whatever name the page was opened with"


def test_images_are_pinned_and_the_backup_finds_the_programs_of_the_servers_version() -> None:
    [base] = [words for step, words in instructions() if step == "FROM"]
    server = services()["postgres"]["image"]

    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-[a-z]+", base)
    assert re.fullmatch(r"postgres:\d+\.\d+-[a-z]+", server)
    assert base.rpartition("-")[2] == server.rpartition("-")[2], "one Debian, which has a client of one version"
    major = server.removeprefix("postgres:").partition(".")[0]
    assert [words for step, words in instructions() if step == "RUN" and f" postgresql-client-{major} " in words]


def test_the_passwords_come_from_outside_and_must_be_set() -> None:
    text = COMPOSE.read_text("utf-8")
    assert re.findall(r"PASSWORD\w*: (?!\$\{)", text) == []
    assert "${POSTGRES_PASSWORD:?" in text
    assert "PREFECT_SERVER_API_AUTH_STRING: sunchi:${SUNCHI_PASSWORD:?" in text


def test_the_image_has_the_locked_packages_and_does_not_run_as_root() -> None:
    steps = instructions()
    users = [words for step, words in steps if step == "USER"]
    installs = [part for step, words in steps if step == "RUN" for part in words.split("&&") if "pip install" in part]
    copied = [word for step, words in steps if step == "COPY" for word in words.split()[:-1]]
    let_through = (DOCKERFILE.parent / "Dockerfile.dockerignore").read_text("utf-8").splitlines()

    assert users
    assert users[-1].isdigit()
    assert int(users[-1]) > 0
    assert all("--require-hashes" in each or "--no-deps" in each for each in installs)
    assert all((ROOT / name).exists() for name in copied)
    assert "*" in let_through
    assert {line[1:] for line in let_through if line.startswith("!")} == set(copied)
    assert not [step for step, _ in steps if step == "ADD"]


@pytest.fixture
def locked_in(tmp_path: Path) -> list[str]:
    """A command that runs another as nobody, without privileges, on a read-only root: only this folder is writable."""
    if os.geteuid() != 0 or not shutil.which("setpriv") or not shutil.which("unshare"):
        pytest.skip("needs root, setpriv and unshare, to give up all rights as a container does")
    free = tmp_path / "free"
    free.mkdir()
    (free / "tmp").mkdir()
    for folder in (free, free / "tmp"):
        os.chown(folder, NOBODY, NOBODY)
    for folder in free.parents:
        if folder.stat().st_uid == 0 and len(folder.parts) > 2:
            folder.chmod(0o755)
    made = ["unshare", "--mount", "sh", "-c"]
    made += [f'mount --bind "{free}" "{free}" && mount -o remount,bind,ro / && exec "$@"', "sh", "setpriv"]
    made += [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--no-new-privs"]
    # It may read all, since Python may lie in root's own folder here; and write what nobody may.
    made += [f"--{kind}=-all,+dac_read_search" for kind in ("inh-caps", "ambient-caps", "bounding-set")]
    if subprocess.run([*made, "true"], capture_output=True).returncode:  # noqa: S603 - our own words
        pytest.skip("this machine lets nobody remount its root, not even root")
    return made


@pytest.mark.long
def test_a_poll_and_all_of_serve_run_as_nobody_on_a_read_only_root(locked_in: list[str], tmp_path: Path) -> None:
    def touch(path: Path) -> int:
        return subprocess.run([*locked_in, "touch", str(path)], capture_output=True).returncode  # noqa: S603 - ours

    assert touch(tmp_path / "free" / "x") == 0
    assert [path for path in (ROOT / "x", Path.home() / "x", tmp_path / "x", Path("/etc/x")) if touch(path) == 0] == []
    free = tmp_path / "free"
    with DemoServer(DAYS[-1]) as sites:
        served = Served(free, sites.mirrors, inside=locked_in, SUNCHI_DELAY="0", TMPDIR=str(free / "tmp"))
        for folder in free.rglob("*"):
            os.chown(folder, NOBODY, NOBODY)
        polled = subprocess.run(  # noqa: S603 - our own words
            [*locked_in, *served.command("poll")],
            env=served.environment,
            cwd=free,
            capture_output=True,
            text=True,
        )
        assert polled.returncode == 0, polled.stdout + polled.stderr
        served.start()
        try:
            for name in ("poll/kcna", "deliver/due", "sweep/dead", "reparse/archive"):
                assert served.ended(served.run(name))["type"] == "COMPLETED", name
            assert {path.stat().st_uid for path in (free / "var").rglob("*")} == {NOBODY}
            assert (free / "var" / "prefect" / "ui").is_dir(), "the pages of the UI, too, are written where they may be"
            page = httpx.get(f"http://127.0.0.1:{served.port}/", auth=("sunchi", PASSWORD), trust_env=False)
            assert "<title>Prefect Server</title>" in page.text
        finally:
            served.stop()
