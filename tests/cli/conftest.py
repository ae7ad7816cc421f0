"""The command as a person or a script uses it, in its own folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest

from sunchi.store import Store
from tests.cli.command import TEXT, sunchi  # noqa: F401  a fixture
from tests.store.making import NOW, alert, article, id_of, link, parsed, see


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder without settings or data, the test's working directory; the environment is restored afterwards."""
    with patch.dict(os.environ):
        for name in [name for name in os.environ if name.startswith("SUNCHI_")]:
            del os.environ[name]
        monkeypatch.chdir(tmp_path)
        yield tmp_path


@pytest.fixture
def stored(folder: Path) -> str:
    """One article with an alert that has reached one of two recipients; the article's id."""
    paragraphs = TEXT.splitlines()[1:]
    (folder / "var").mkdir()
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        at = link("a")
        see(store, [at])
        long = article(at, "", title="A title [of] great length " * 12, paragraphs=tuple(paragraphs))
        store.save(parsed(at, "", article=long))
        other = link("b", date=date(2021, 1, 9))
        see(store, [other])
        store.save(parsed(other, "x", alerts=[alert(id_of("x"), title="A message [from] Beijing " * 8)]))
        first, second = store.claim_deliveries(NOW, limit=2)
        store.mark_sending([first.id], NOW)
        store.mark_sent([first.id], NOW)
        store.mark_sending([second.id], NOW)
        store.mark_failed([second.id], "refused", NOW)
        return next(row["id"] for row in store.articles() if row["id"] != id_of("x"))
