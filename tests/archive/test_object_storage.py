"""The archive in object storage, from the command to a real S3 server on this machine."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from demo import DAYS, DemoServer
from parsers import SOURCES
from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError, SettingsError
from sunchi.fetch.client import Fetcher
from sunchi.ingest.context import CrawlContext
from sunchi.settings import load
from sunchi.store import Store
from tests.archive.test_archive import ARTICLE
from tests.cli.command import Sunchi
from tests.ingest.press import analyzer, crawl, evening
from tests.object_store import ObjectStore, bucket, s3  # noqa: F401  fixtures

EVENING = evening(str(DAYS[-1]))


def articles(folder: Path) -> list[dict[str, Any]]:
    with Store.open(f"sqlite:///{folder / 'sunchi.db'}") as store:
        return [{name: row[name] for name in ("id", "url", "title", "paragraphs")} for row in store.articles()]


async def poll() -> None:
    """Poll KCNA as the flow does, with the settings of the environment."""
    settings, outlet = load(), SOURCES["kcna"]
    edition = outlet.editions[0]
    with Store.open(settings.database()) as store, Archive.open(settings.archive_address()).writer("kcna") as writer:
        async with Fetcher.of(edition, settings, lambda: EVENING) as fetcher:
            await crawl(CrawlContext(outlet, edition, fetcher, writer, store, analyzer(), 5, lambda: EVENING))


@pytest.mark.drill
def test_a_lost_database_is_rebuilt_from_pages_polled_into_it(
    bucket: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    sunchi = Sunchi(monkeypatch, capsys)
    for name, value in {"ARCHIVE": bucket, "DELAY": "0", "DATA_DIR": str(tmp_path / "one")}.items():
        monkeypatch.setenv(f"SUNCHI_{name}", value)
    with DemoServer(DAYS[-1]) as sites:
        monkeypatch.setenv("SUNCHI_MIRRORS", json.dumps({"kcna": sites.mirrors["kcna"]}))
        asyncio.run(poll())
    monkeypatch.setenv("SUNCHI_DATA_DIR", str(tmp_path / "two"))
    rebuilt, verified, checked = sunchi("rebuild"), sunchi("archive", "verify"), sunchi("check")

    assert rebuilt.code == 0, rebuilt
    assert len(articles(tmp_path / "one")) >= 5
    assert articles(tmp_path / "two") == articles(tmp_path / "one")
    assert verified.code == 0, verified
    assert f"archive     {bucket}" in checked.out
    assert [name for name in Archive.open(bucket)._files.find(bucket) if "check" in name] == []
    assert not (tmp_path / "one" / "archive").exists()


@pytest.mark.parametrize(
    ("wrong", "address", "words"),
    [
        ({}, "s3://pages-misspelt/of/pages", "pages-misspelt"),
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, "", "Could not connect"),
        ({"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}, "", "credentials"),
    ],
    ids=["no bucket", "no server", "no keys"],
)
def test_check_and_the_poll_report_why_it_cannot_be_written(
    wrong: dict[str, str],
    address: str,
    words: str,
    bucket: str,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    for name, value in wrong.items():
        if value:
            monkeypatch.setenv(name, value)
        else:
            monkeypatch.delenv(name)
    forget_connections()
    archive = Archive.open(address or bucket)
    with pytest.raises(SettingsError, match=words):
        archive.try_out("SUNCHI_ARCHIVE")
    with pytest.raises(ArchiveError, match=words), archive.writer("paper") as writer:
        writer.write(ARTICLE)
    forget_connections()


def forget_connections() -> None:
    """Drop the driver's cached connections, whose key does not include the environment."""
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()


def test_a_missing_driver_is_named_with_how_to_install_the_one_for_s3() -> None:
    with pytest.raises(SettingsError, match=r"needs another package \(for s3://.*`make s3`\)"):
        Archive.open("gs://bucket/pages")
