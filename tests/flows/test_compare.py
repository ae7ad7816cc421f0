"""The morning flow: stored data is compared with its past."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from sunchi.settings import Settings
from sunchi.store import Store
from tests.cli.command import keep
from tests.flows.plain import compare
from tests.history.making import FRIENDSHIP, KINDRED, WISH, letter

NOW = datetime(2024, 10, 20, tzinfo=UTC)


@pytest.mark.usefixtures("plainly")
def test_what_changed_is_stored_and_found_once(settle: Callable[..., Settings], tmp_path: Path) -> None:
    letters = [letter(date(year, 10, 1), FRIENDSHIP, *[WISH] * 4) for year in (2021, 2022, 2023)]
    letters.append(letter(date(2024, 10, 1), KINDRED, *[WISH] * 4))
    keep(tmp_path, [("kcna", "en", day, title, "\n".join(paragraphs)) for day, title, paragraphs in letters])
    settings = settle()

    new, again = compare(NOW), compare(NOW)

    assert [(each.kind, each.partner) for each in new] == [("omission", "CN")]
    assert again == []
    with Store.open(settings.database()) as store:
        assert [each.id for each in store.findings()] == [new[0].id]
