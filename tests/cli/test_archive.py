"""From a signal to its archived page, and whether that page is unchanged."""

from __future__ import annotations

import csv
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from sunchi import signals
from sunchi.archive.store import Archive
from sunchi.ingest.analysis import frame
from sunchi.model import Location, Page, Request
from sunchi.store import Store
from sunchi.text import article_id, fingerprint
from tests.cli.command import Sunchi
from tests.detecting import house_lexicon
from tests.store.making import NOW, alert, article, link, parsed, see

SENTENCE = "The DPRK and China are bound by a friendship sealed in blood."
BODY = f"<p>{SENTENCE}</p>".encode()


@pytest.fixture
def archived(folder: Path) -> Location:
    """One article with its page, its signals and an alert; returns the place of its page."""
    at = link("a", date=date(2021, 1, 8))
    read = article(at, "", title="Friendship", paragraphs=(SENTENCE,))
    id = article_id("kcna", "en", fingerprint(read.title, read.paragraphs))
    page = Page(Request(at.url), at.url, 200, (), BODY, NOW)
    with Archive.open(str(folder / "var" / "archive")).writer("kcna") as writer:
        location = writer.write(page)
    with Store.open(f"sqlite:///{folder / 'var' / 'sunchi.db'}") as store:
        see(store, [at])
        store.add_response(page, location, "kcna")
        found = signals.detect(frame(id, read), house_lexicon())
        store.save(parsed(at, "", article=read, response=location, signals=found, alerts=[alert(id)]))
    return location


def test_each_signal_names_its_page_and_the_pages_hash(sunchi: Sunchi, folder: Path, archived: Location) -> None:
    for row in sunchi("signals", "--json").rows:
        said = row["provenance"]
        page = Archive.open(str(folder / "var" / "archive")).read(
            Location(said["file"], said["offset"], said["length"])
        )
        assert (page.body, said["sha256"]) == (BODY, sha256(BODY).hexdigest())


def test_articles_alerts_tables_explanations_and_the_report_name_their_pages(
    sunchi: Sunchi, folder: Path, archived: Location
) -> None:
    digest = sha256(BODY).hexdigest()
    [row] = sunchi("articles", "--json").rows
    [told] = sunchi("alerts", "list", "--json").rows
    assert row["provenance"] == told["provenance"]
    assert row["provenance"]["sha256"] == digest
    cells = next(csv.DictReader(sunchi("signals", "--csv").out.removeprefix("\N{BOM}").splitlines()))
    assert (cells["file"], cells["offset"], cells["sha256"]) == (archived.file, str(archived.offset), digest)
    words = f"Read from {archived.file} in the archive, byte {archived.offset}; SHA-256 of the page {digest}."
    assert words in sunchi("detect", "--explain", row["id"]).out
    sunchi("detect", "--explain", row["id"], "--out", "why.html")
    sunchi("report", "--since", "2021-01-08", "--until", "2021-01-08", "--out", "report.html")
    for file in ("why.html", "report.html"):
        assert words in Path(file).read_text(encoding="utf-8")


def test_signals_of_articles_in_files_have_no_page(sunchi: Sunchi, archived: Location) -> None:
    Path("all.jsonl").write_text(sunchi("articles", "--json").out, encoding="utf-8")
    assert all("provenance" not in row for row in sunchi("signals", "all.jsonl", "--json").rows)
    assert sunchi("signals", "all.jsonl", "--csv").code == 0


def test_an_unchanged_archive_verifies(sunchi: Sunchi, archived: Location) -> None:
    done = sunchi("archive", "verify")
    assert done.code == 0
    assert done.out.startswith(
        "1 of 1 pages in 1 files are as they were stored.\nHead of the manifest: entry 1, SHA-256 "
    )


def test_alterations_are_reported_with_their_page_and_exit_code_1(
    sunchi: Sunchi, folder: Path, archived: Location
) -> None:
    file = folder / "var" / "archive" / archived.file
    content = bytearray(file.read_bytes())
    content[archived.offset + 200] ^= 1
    file.write_bytes(content)
    done = sunchi("archive", "verify")
    assert done.code == 1
    assert f"{archived.file}, byte {archived.offset}: http://www.kcna.kp/en/a, fetched 2021-01-08T03:00:00" in done.out
    finding, found = sunchi("archive", "verify", "--json").rows
    assert (finding["kind"], finding["url"], finding["sha256"]) == (
        "altered",
        "http://www.kcna.kp/en/a",
        sha256(BODY).hexdigest(),
    )
    assert (found["discrepancies"], found["pages"], found["intact"]) == (1, 1, 0)


def test_pages_in_the_database_that_the_archive_lacks_are_reported(
    sunchi: Sunchi, folder: Path, archived: Location
) -> None:
    for file in (folder / "var" / "archive").rglob("*.*"):
        file.unlink()
    finding, found = sunchi("archive", "verify", "--json").rows
    assert (finding["kind"], finding["file"], finding["url"]) == ("missing", archived.file, "http://www.kcna.kp/en/a")
    assert found["pages"] == 0


def test_a_recorded_head_must_be_present(sunchi: Sunchi, archived: Location) -> None:
    [found] = sunchi("archive", "verify", "--json").rows
    assert sunchi("archive", "verify", "--head", found["head"].upper()).code == 0
    assert sunchi("archive", "verify", "--head", "0" * 64).code == 1


def test_files_older_than_the_manifest_are_entered_and_audited(
    sunchi: Sunchi, folder: Path, archived: Location
) -> None:
    (folder / "var" / "archive" / "manifest" / "0000" / "00000001.json").unlink()
    assert sunchi("archive", "verify").code == 1
    assert sunchi("archive", "enter").out == "1 files were entered.\n"
    assert sunchi("archive", "verify").code == 0
    assert sunchi("audit", "--json").rows[0]["command"] == "archive enter: 1 files"


def test_an_archive_is_verified_without_a_database(sunchi: Sunchi, folder: Path, archived: Location) -> None:
    (folder / "var" / "sunchi.db").unlink()
    assert sunchi("archive", "verify").code == 0
