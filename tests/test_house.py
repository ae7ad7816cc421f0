"""The project as a newcomer finds it: complete, independent of one machine, with documents that match the code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from sunchi.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
FORBIDDEN = re.compile(
    r"/w[o]rk/|/f[a]rm/|pythonh[o]sted|registry\.npmj[s]|deb\.debi[a]n\.org|TO[D]O|FIX[M]E|NotImplemented[E]rror"
    r"|pytest\.mark\.(s[k]ip|x[f]ail)"
)
NOT_OURS = {".git", ".venv", "var"}


def files() -> list[Path]:
    """Return the tracked files; in a copy without git, all that are not hidden or built."""
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        listed = subprocess.run([git, "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - git itself
        return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    found = []
    for folder, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS and not name.endswith(("cache", "cache__"))]
        found += [Path(folder, name) for name in names]
    return found


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(line: str) -> str:
    """Return the package in a line of requirements."""
    return normal(re.split(r"[^\w.-]", line, maxsplit=1)[0])


def dependencies(*extras: str) -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = project["dependencies"] + [line for extra in extras for line in project["optional-dependencies"][extra]]
    return set(map(required, lines))


def test_no_file_names_a_machine_a_package_mirror_or_work_left_undone() -> None:
    faults = []
    for path in files():
        if path.suffix in {".svg", ".lock"}:
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        faults += [f"{path.relative_to(ROOT)}: {found[0]}" for found in FORBIDDEN.finditer(text)]
    assert not faults


@pytest.mark.parametrize(
    ("name", "extras"), [("requirements.lock", ["build"]), ("requirements-dev.lock", ["build", "dev"])]
)
def test_a_lock_file_pins_every_dependency(name: str, extras: list[str]) -> None:
    pins = _pins(ROOT / name)
    assert dependencies(*extras) <= {required(pin) for pin in pins}


def test_every_lock_file_pins_each_of_its_packages_by_hash_and_names_no_address() -> None:
    locks = [path for path in files() if path.suffix == ".lock"]
    assert {path.name for path in locks} >= {"requirements.lock", "requirements-dev.lock"}
    assert all(_pins(path) for path in locks)


def _pins(lock: Path) -> list[str]:
    text = lock.read_text("utf-8")
    pins = [entry for entry in re.split(r"\n(?=\S)", text.strip()) if not entry.startswith("#")]
    for pin in pins:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+", pin), pin
        assert "--hash=sha256:" in pin, pin
    assert "://" not in text
    return pins


def test_the_example_of_settings_names_every_setting_and_no_other() -> None:
    text = (ROOT / ".env.example").read_text("utf-8")
    named = set(re.findall(r"^(?:# )?(SUNCHI_\w+)=", text, re.MULTILINE))
    assert named == {f"SUNCHI_{name.upper()}" for name in Settings.model_fields}


def test_what_the_example_sets_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SUNCHI_")]:
        monkeypatch.delenv(name)
    example = Settings(_env_file=ROOT / ".env.example")  # type: ignore[call-arg]  # pydantic-settings' own
    assert example == Settings(_env_file=None)  # type: ignore[call-arg]


def test_every_dependency_has_a_reason() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text("utf-8").split("## Dependencies, and why each")[1]
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \|$", table, re.MULTILINE)
    explained = {normal(name.strip()) for names, reason in rows if reason.strip() for name in names.split(",")}
    assert explained == dependencies("build", "dev", "s3")


def test_the_check_on_a_clean_machine_runs_all_tests_by_the_readme_s_commands() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert {"make test", "make drills"} <= set(script.read_text("utf-8").splitlines())
    assert "`make drills`" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    "name",
    [
        *("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", ".env.example"),
        *("requirements.lock", "requirements-dev.lock", "flows", "parsers", "sunchi", "tests", "deployments", "demo"),
        *("docs", "lexicon"),
    ],
)
def test_the_files_a_newcomer_expects_exist(name: str) -> None:
    assert (ROOT / name).exists()


def test_every_package_is_in_the_checked_layers() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    [layers] = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    checked = {room.strip(" ()") for layer in layers for room in layer.split("|")}
    rooms = {f"sunchi.{path.stem}" for path in (ROOT / "sunchi").iterdir() if path.suffix == ".py" or path.is_dir()}
    assert rooms - {"sunchi.__init__", "sunchi.__pycache__", "sunchi.templates"} <= checked
