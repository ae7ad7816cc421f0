"""The commands that the documents show exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from sunchi.cli import app

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def typed(document: Path) -> list[str]:
    """Return the lines of its shell blocks, and its `sunchi …` and `make …` in back-ticks."""
    text = document.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line] + re.findall(r"`((?:sunchi|make) [^`]+)`", text)


def commands(document: Path, program: str) -> list[list[str]]:
    words = [line.replace(".venv/bin/", "").replace("\\|", "|").split() for line in typed(document)]
    return [line[1:] for line in words if line[0] == program]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_of_a_document_exists_with_its_options(document: Path) -> None:
    group = get_command(app)
    for words in commands(document, "sunchi"):
        if words[0].isupper():  # `sunchi COMMAND --help`
            continue
        command = group.commands[words[0].rstrip(",")]  # type: ignore[attr-defined]
        if hasattr(command, "commands") and len(words) > 1:
            command = command.commands[words[1].rstrip(",")]
        options = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= options, words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_make_target_of_a_document_exists(document: Path) -> None:
    targets = set(re.findall(r"^([a-z0-9]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for words in commands(document, "make"):
        assert words[0] in targets, words


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_that_a_document_links_to_exists(document: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", document.read_text(encoding="utf-8"))
    for link in links:
        assert (document.parent / link).exists(), link


def test_the_readme_names_every_command() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    group = get_command(app)
    assert isinstance(group, typer.core.TyperGroup)
    for name in group.commands:
        assert f"sunchi {name}" in text, name


def test_the_readme_opens_with_its_two_commands_in_order() -> None:
    blocks = re.findall(
        r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    assert blocks[0].split() == ["make", "demo"]
    assert blocks[-1].split() == ["make", "test"]
