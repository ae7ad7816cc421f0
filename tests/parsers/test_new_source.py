"""Following `docs/new-source.md` gives a working source: this test does so in a copy of the project."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sunchi.errors import Drift, MediaOnly
from sunchi.model import Link, Page, Request
from sunchi.settings import ROOT

GUIDE = (ROOT / "docs" / "new-source.md").read_text("utf-8")
# ```python parsers/courier.py
BLOCKS = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
FILES = {name: (kind, text) for kind, name, text in BLOCKS}
COMMANDS = re.findall(r"^\$ make page (.*)$", GUIDE, re.MULTILINE)
DRAFT = "tests/parsers/pages/courier/en-2026-03-04-blue-bridge.json"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what a parser needs, after steps 1 to 4 of the guide, except for the review."""
    copy = tmp_path_factory.mktemp("project")
    for folder in ("parsers", "sunchi"):
        shutil.copytree(ROOT / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / "tests/parsers/pages").mkdir(parents=True)
    shutil.copy(ROOT / "tests/parsers/test_pages.py", copy / "tests/parsers")
    shutil.copy(ROOT / "pyproject.toml", copy)
    for name, (kind, text) in FILES.items():
        if kind in ("python", "html"):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_text(text, "utf-8")
    registry = copy / "parsers/__init__.py"
    registry.write_text(changed(registry.read_text("utf-8"), FILES["parsers/__init__.py"][1]), "utf-8")
    saved_at = datetime.fromisoformat(json.loads(FILES[DRAFT][1])["fetched_at"]).timestamp()
    for page in (copy / "saved").iterdir():
        os.utime(page, (saved_at, saved_at))
    for command in COMMANDS:
        words = dict(word.split("=", 1) for word in command.split())
        ended = run(copy, "parsers.draft", words["source"], words["url"], "--file", words["file"])
        assert ended.returncode == 0, ended.stderr
    return copy


def changed(text: str, diff: str) -> str:
    """Return `text` after the guide's diff; the lines that it removes or keeps must be there, in order."""
    lines = diff.splitlines()
    before = "\n".join(line[1:] for line in lines if line[:1] != "+")
    after = "\n".join(line[1:] for line in lines if line[:1] != "-")
    assert before in text, f"parsers/__init__.py no longer has what the guide shows of it:\n{before}"
    return text.replace(before, after)


def run(project: Path, module: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SUNCHI_"))}
    return subprocess.run(  # noqa: S603 - our own command and arguments
        [sys.executable, "-m", module, *words],
        cwd=project,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def drafts(project: Path) -> dict[str, Path]:
    return {path.stem: path for path in sorted((project / "tests/parsers/pages/courier").glob("*.json"))}


def test_the_guide_shows_every_file_that_it_mentions() -> None:
    saved = {command.rpartition("file=")[2] for command in COMMANDS}

    assert saved == {name for name in FILES if name.startswith("saved/")}
    assert set(FILES) - saved == {"parsers/courier.py", "parsers/__init__.py", DRAFT}


@pytest.mark.drill
def test_the_draft_of_the_article_is_the_one_that_the_guide_shows(project: Path) -> None:
    assert (project / DRAFT).read_text("utf-8") == FILES[DRAFT][1]


def test_the_other_drafts_are_as_the_guide_says(project: Path) -> None:
    found = {name: json.loads(path.read_text("utf-8")) for name, path in drafts(project).items()}

    listed = found["en-stories"]["expected"]
    assert [(link["key"], link["date"]) for link in listed["links"]] == [
        ("https://courier.example/2026/03/04/blue-bridge", "2026-03-04"),
        ("https://courier.example/2026/03/03/ice", "2026-03-03"),
    ]
    assert len(listed["skipped"]) == 1
    assert "Subscribe!" in listed["skipped"][0]
    assert found["en-2026-03-04-blocked"]["outcome"] == "blocked"
    assert found["en-2026-03-04-drift"]["outcome"] == "drift"


def test_the_guides_parser_knows_a_picture_without_a_text_from_text_that_it_cannot_read(project: Path) -> None:
    spec = importlib.util.spec_from_file_location("courier", project / "parsers/courier.py")
    assert spec is not None
    assert spec.loader is not None
    courier = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(courier)

    def read(content: str) -> None:
        url = f"{courier.ORIGIN}/2026/03/04/blue-bridge"
        body = f'<article class="story"><h1>A bridge</h1><time>2026-03-04</time>{content}</article>'.encode()
        page = Page(Request(url), url, 200, (), body, datetime(2026, 3, 4, tzinfo=UTC))
        courier.parse_article(page, Link("courier", "en", url, url, "A bridge", None, 1))

    with pytest.raises(MediaOnly):
        read("<img src='bridge.jpg'><aside>Read also: Ice</aside>")
    with pytest.raises(Drift, match="It is blue"):
        read("<img src='bridge.jpg'><div>It is blue.</div>")


@pytest.mark.drill
def test_the_pages_fail_until_they_are_reviewed_and_then_the_source_passes_every_test_of_pages(project: Path) -> None:
    before = run(project, "pytest", "-k", "courier")

    assert before.returncode == 1
    assert f"{len(COMMANDS)} failed, 2 passed" in before.stdout
    assert "compare its JSON file with the page, then say so there" in before.stdout

    for path in drafts(project).values():
        path.write_text(path.read_text("utf-8").replace('"reviewed": false', '"reviewed": true'), "utf-8")
    after = run(project, "pytest", "-k", "courier")

    assert after.returncode == 0, after.stdout
    assert f"{len(COMMANDS) + 2} passed" in after.stdout
