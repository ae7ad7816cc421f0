"""Runs the command in this process, and fills the store for it."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sunchi import signals
from sunchi.cli import main
from sunchi.ingest.analysis import frame
from sunchi.store import Store
from sunchi.text import article_id, fingerprint
from tests.detecting import house_lexicon
from tests.store.making import article, link, parsed, see

TEXT = """On External Relations
The long-standing and special DPRK-China relations were put before all else, and friendship with China grew.
Relations with Russia were developed on the basis of tradition.
The United States remains hostile.
"""


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


class Sunchi:
    """`sunchi …` in this process, with its output as in a pipe."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch, self._capsys = monkeypatch, capsys

    def __call__(self, *words: str) -> Done:
        self._monkeypatch.setattr(sys, "argv", ["sunchi", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return Done(int(ended.value.code or 0), said.out, said.err)


@pytest.fixture
def sunchi(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sunchi:
    return Sunchi(monkeypatch, capsys)


def line(**changes: object) -> str:
    """Return an article as `sunchi detect` reads it."""
    title, *paragraphs = TEXT.splitlines()
    plain = {"id": "a", "source": "kcna", "lang": "en", "date": "2021-01-09", "title": title, "paragraphs": paragraphs}
    return json.dumps(plain | changes)


def keep(folder: Path, told: list[tuple[str, str, date, str, str]]) -> None:
    """Store articles of one paragraph: source, language, date, title and text."""
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        for n, (source, lang, day, title, text) in enumerate(told):
            at = link(str(n), source=source, lang=lang, url=f"http://{source}.example/{n}", date=day)
            see(store, [at], source=source, lang=lang)
            kept = article(at, "", title=title, paragraphs=(text,))
            id = article_id(source, lang, fingerprint(title, kept.paragraphs))
            found = signals.detect(frame(id, kept), house_lexicon())
            store.save(parsed(at, "", article=kept, signals=found))
