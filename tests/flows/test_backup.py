"""The nightly flow: a copy of the database, then drop what the settings no longer keep."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from prefect.artifacts import Artifact

from flows.backup import backup
from sunchi.archive.store import Archive
from sunchi.model import Location
from sunchi.settings import Settings
from sunchi.store import Poll, Store
from tests.store.making import NOW, link, page


@pytest.mark.usefixtures("prefect")
@pytest.mark.parametrize(
    ("days", "dropped"), [({}, "nothing"), ({"keep_pages_days": 365}, "1 files by SUNCHI_KEEP_PAGES_DAYS=365")]
)
async def test_the_nightly_flow_makes_a_copy_and_drops_only_what_a_setting_says(
    days: dict[str, int], dropped: str, settle: Callable[..., Settings]
) -> None:
    settings = settle(**days)
    archive = Archive.open(settings.archive_address())
    with Store.open(settings.database()) as store:
        with archive.writer("kcna") as writer:
            location = writer.write(stored := page(link("old").url, NOW))
        store.add_response(stored, location, "kcna")
        now = datetime.now(UTC)
        store.add_response(page(link("new").url, now), Location("kcna/new", 0, 9), "kcna")
        store.add_poll(Poll("kcna", now, now, 1, 0, 0, 0, 0, 0, 0, "ok"))

    done = backup()

    assert done.backup.exists()
    shown = await Artifact.aget("backup")
    assert shown is not None
    assert str(shown.data).startswith(done.backup.name)
    assert str(shown.data).endswith(f"Dropped from the archive and the database: {dropped}")
    assert (settings.data_dir / "archive" / location.file).exists() is (not days)
    with Store.open(settings.database()) as store:
        commands = [entry.command for entry in store.audit_entries(10)]
    assert commands == [f"prune: {dropped}"] * bool(days)
