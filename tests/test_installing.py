"""What is installed depends on the lock files alone, whatever the index has come to hold since they were written."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


def wheel(folder: Path, name: str, version: str, needs: str = "") -> Path:
    """Write a wheel of an empty module that has the extra `more`."""
    file = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    parts = {
        f"{name}.py": "",
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nProvides-Extra: more\n{needs}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    rows = [
        f"{path},sha256={base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b'=').decode()},"
        for path, text in parts.items()
    ]
    parts[f"{info}/RECORD"] = "\n".join([*rows, f"{info}/RECORD,,\n"])
    with zipfile.ZipFile(file, "w") as packed:
        for path, text in parts.items():
            packed.writestr(path, text)
    return file


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with our Makefile and a whole lock; beside it an index that has a newer version of `wanted`, too.

    `wanting` wants it with an extra, as Prefect wants httpx[http2].
    """
    locked = []
    for name, version, needs in (
        ("wanting", "1.0", "Requires-Dist: wanted[more]>=1"),
        ("wanted", "1.0", 'Requires-Dist: behind; extra == "more"'),
        ("behind", "1.0", ""),
        ("wanted", "2.0", 'Requires-Dist: behind; extra == "more"'),
    ):
        folder = tmp_path / "index" / name
        folder.mkdir(parents=True, exist_ok=True)
        file = wheel(folder, name, version, needs)
        if version == "1.0":
            locked.append(f"{name}==1.0 --hash=sha256:{hashlib.sha256(file.read_bytes()).hexdigest()}\n")
        (folder / "index.html").write_text(
            "".join(f"<a href='{each.name}'>{each.name}</a>" for each in folder.iterdir())
        )
    made = tmp_path / "project"
    made.mkdir()
    shutil.copy(ROOT / "Makefile", made)
    for name in ("requirements.lock", "requirements-dev.lock"):
        (made / name).write_text("".join(locked))
    (made / "pyproject.toml").touch()
    return made


def test_a_newer_version_in_the_index_changes_nothing_with_the_oldest_pip_that_is_supported(
    project: Path, tmp_path: Path
) -> None:
    def run(*words: str) -> str:
        environment = {**os.environ, "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": (tmp_path / "index").as_uri()}
        done = subprocess.run(words, cwd=project, env=environment, capture_output=True, text=True)  # noqa: S603 - ours
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(sys.executable, "-m", "venv", ".venv")  # with the pip that this Python brings: with 3.11 the oldest supported
    steps = run("make", "--dry-run", ".venv/run").replace("\\\n", " ").splitlines()
    installs = [step for step in steps if "requirements.lock" in step]
    checks = [step for step in steps if "pip check" in step]

    for step in [*installs, *checks]:
        run("sh", "-ec", step)

    assert len(installs) == 1
    assert len(checks) == 1, "what a lock lacks is noticed at once"
    installed = run(".venv/bin/python", "-m", "pip", "freeze").splitlines()
    assert {"wanting==1.0", "wanted==1.0", "behind==1.0"} == set(installed)


def test_every_lock_is_installed_as_it_is() -> None:
    files = ["Makefile", ".ci/run", ".env.example", "deployments/Dockerfile", "README.md", "CONTRIBUTING.md"]
    files += [str(path.relative_to(ROOT)) for folder in ("docs", "sunchi") for path in (ROOT / folder).rglob("*.*")]
    installs = [
        (file, line)
        for file in files
        if not file.endswith(".pyc")
        for line in (ROOT / file).read_text("utf-8").replace("\\\n", " ").splitlines()
        if re.search(r"\bpip install\b", line)
    ]
    all_of_them = [".venv/bench", ".venv/fuzz", ".venv/supply/ready", "s3", "lock"]
    dry = subprocess.run(  # noqa: S603 - our own words
        ["make", "--dry-run", "--always-make", *all_of_them],  # noqa: S607 - whichever make the user has
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.replace("\\\n", " ")
    installs += [("make", line) for line in dry.splitlines() if "pip install" in line]

    assert len(installs) >= 10
    assert [each for each in installs if "--no-deps" not in each[1]] == []
    assert [each for each in installs if ".lock" in each[1] and "--require-hashes" not in each[1]] == []
    assert not [each for each in installs if " -r " in each[1] and ".lock" not in each[1] and each[0] == "make"]


def test_a_lock_file_has_no_address() -> None:
    locks = [*ROOT.glob("*.lock"), *ROOT.glob("*/requirements.lock"), *ROOT.glob("tests/*/requirements.lock")]

    assert len(locks) == 6
    assert [lock.name for lock in locks if "://" in lock.read_text("utf-8")] == []
