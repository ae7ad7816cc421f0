"""Verification: everything altered, cut off, removed or inserted is found, and the affected pages are named."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest

from sunchi.archive import manifest
from sunchi.archive.manifest import LAPSES, path_of
from sunchi.archive.store import Archive
from sunchi.archive.verify import Discrepancy, Verification, Verified
from sunchi.errors import ArchiveError
from sunchi.model import Location, Page, Request
from tests.object_store import bucket, s3  # noqa: F401  fixtures

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def page(name: str, at: datetime = AT) -> Page:
    url = f"http://www.paper.example/{name}"
    headers = (("Content-Type", "text/html"),)
    return Page(Request(url), url, 200, headers, f"<p>It is said of {name}.</p>".encode(), at)


SESSIONS = (("a", "b", "c"), ("d", "e"), ("f",))
"""Pages that three sessions stored."""


@dataclass(frozen=True)
class Known:
    """A page as the database knows it."""

    url: str
    location: Location
    sha256: str


@pytest.fixture(params=["folder", "object store"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "archive") if request.param == "folder" else f"memory://archive-{uuid4().hex}/of/pages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def store(address: str | Path, *names: str, at: datetime = AT) -> list[Known]:
    known = []
    with Archive.open(str(address)).writer("paper") as writer:
        for name in names:
            stored = page(name, at)
            known.append(Known(stored.url, writer.write(stored), stored.sha256))
    return known


def store_all(address: str | Path) -> list[Known]:
    return [known for n, names in enumerate(SESSIONS) for known in store(address, *names, at=AT + n * HOUR)]


def verify(address: str | Path, known: list[Known] | None = None, head: str = "") -> tuple[Verified, list[Discrepancy]]:
    in_order: list[Known] = sorted(known or [], key=_place)
    look = Verification(Archive.open(str(address)), in_order, head)
    discrepancies = list(look.discrepancies())
    return look.verified, discrepancies


def _place(known: Known) -> tuple[str, int]:
    return known.location.file, known.location.offset


def named(discrepancies: list[Discrepancy], kind: str) -> set[str]:
    """Return the pages that discrepancies of a kind name."""
    return {each.url.rpartition("/")[2] for each in discrepancies if each.kind == kind and each.url}


def entry(folder: Path, number: int) -> Path:
    return folder / path_of(number)


# --- nothing was done ---


def test_an_untouched_archive_has_no_discrepancies(address: str) -> None:
    known = store_all(address)
    verified, discrepancies = verify(address, known)
    assert discrepancies == []
    assert (verified.entries, verified.pages, verified.intact, verified.unknown_to_database) == (3, 6, 6, 0)


def test_an_empty_archive_and_a_session_without_pages_have_no_discrepancies(address: str) -> None:
    store(address)
    assert verify(address) == (Verified(), [])


def test_the_hashes_of_a_file_and_its_pages_can_be_computed_by_anybody(folder: Path) -> None:
    [known] = store(folder, "a")
    [said] = json.loads(entry(folder, 1).read_text())["files"]
    file = folder / known.location.file
    assert said["sha256"] == sha256(file.read_bytes()).hexdigest()
    command = [sys.executable, "-m", "warcio.cli", "extract", "--payload", str(file), str(known.location.offset)]
    body = subprocess.run(command, capture_output=True, check=True).stdout  # noqa: S603 - warcio, on a file of the test
    assert said["pages"][0]["sha256"] == sha256(body).hexdigest() == known.sha256


def test_each_entry_names_the_hash_of_the_one_before(folder: Path) -> None:
    store_all(folder)
    previous = ""
    for number in (1, 2, 3):
        content = entry(folder, number).read_bytes()
        assert (json.loads(content)["number"], json.loads(content)["previous"]) == (number, previous)
        previous = sha256(content).hexdigest()
    assert verify(folder)[0].head == previous


def test_the_manifest_is_private_to_the_owner(folder: Path) -> None:
    store(folder, "a")
    assert [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077] == []


# --- files ---


@pytest.mark.parametrize("place", range(0, 700, 23))
def test_any_altered_byte_of_a_page_is_noticed_at_that_page(folder: Path, place: int) -> None:
    [_, hit, _] = store(folder, "a", "b", "c")
    flip(folder / hit.location.file, hit.location.offset + place % hit.location.length)
    verified, discrepancies = verify(folder)
    assert [(each.kind, each.url, each.sha256) for each in discrepancies] == [("altered", hit.url, hit.sha256)]
    assert (verified.pages, verified.intact) == (3, 2)


def test_an_altered_byte_outside_of_the_pages_is_noticed(folder: Path) -> None:
    [first, *_] = store(folder, "a", "b")
    flip(folder / first.location.file, first.location.offset - 5)
    [discrepancy] = verify(folder)[1]
    assert str(discrepancy) == f"{first.location.file}: was altered outside of its pages"


def test_a_forged_page_with_right_digests_of_its_own_is_noticed_with_both_hashes(folder: Path) -> None:
    [forged, _] = store(folder, "a", "b")
    [other] = store(folder.parent / "forger", "z")
    file = folder / forged.location.file
    content, place = file.read_bytes(), forged.location
    records = (folder.parent / "forger" / other.location.file).read_bytes()[other.location.offset :]
    file.write_bytes(content[: place.offset] + records + content[place.offset + place.length :])
    discrepancies = verify(folder)[1]
    assert f"another text: its SHA-256 is {other.sha256}, and was {forged.sha256}" in str(discrepancies[0])


def flip(file: Path, place: int) -> None:
    content = bytearray(file.read_bytes())
    content[place] ^= 0x01
    file.write_bytes(content)


def test_pages_that_were_cut_off_are_named_and_the_others_are_intact(folder: Path) -> None:
    [_, second, _] = store(folder, "a", "b", "c")
    os.truncate(folder / second.location.file, second.location.offset + 10)
    verified, discrepancies = verify(folder)
    assert named(discrepancies, "cut") == {"b", "c"}
    assert len(discrepancies) == 2
    assert verified.intact == 1


def test_all_pages_of_a_deleted_file_are_named(folder: Path) -> None:
    known = store_all(folder)
    (folder / known[0].location.file).unlink()
    verified, discrepancies = verify(folder, known)
    assert named(discrepancies, "missing") == {"a", "b", "c"}
    assert len(discrepancies) == 3
    assert verified.intact == 3


def test_a_page_that_was_appended_is_named(folder: Path) -> None:
    [last] = store(folder, "a")
    [other] = store(folder.parent / "forger", "z")
    with (folder / last.location.file).open("ab") as file:
        file.write((folder.parent / "forger" / other.location.file).read_bytes()[other.location.offset :])
    assert named(verify(folder)[1], "put_in") == {"z"}


def test_the_pages_of_an_inserted_file_are_named(folder: Path) -> None:
    store_all(folder)
    [other] = store(folder.parent / "forger", "z")
    shutil.copy(folder.parent / "forger" / other.location.file, folder / "paper" / "2026" / "03")
    discrepancies = verify(folder)[1]
    assert named(discrepancies, "put_in") == {"z"}
    assert "is in no entry of the manifest" in str(discrepancies[0])


def test_two_files_that_were_swapped_are_both_named(folder: Path) -> None:
    known = store_all(folder)
    one, other = (folder / known[place].location.file for place in (0, 3))
    swap(one, other)
    assert named(verify(folder)[1], "altered") | named(verify(folder)[1], "cut") == {"a", "b", "c", "d", "e"}


def swap(one: Path, other: Path) -> None:
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


# --- the manifest ---


def test_a_missing_entry_is_named_with_the_pages_that_are_in_no_other(folder: Path) -> None:
    store_all(folder)
    entry(folder, 2).unlink()
    discrepancies = verify(folder)[1]
    assert str(discrepancies[0]).startswith("manifest/0000/00000002.json: this entry is missing")
    assert named(discrepancies, "put_in") == {"d", "e"}


def test_a_missing_last_entry_is_found_by_the_database_and_by_a_recorded_head(folder: Path) -> None:
    known = store_all(folder)
    head = verify(folder)[0].head
    entry(folder, 3).unlink()
    (folder / known[-1].location.file).unlink()
    assert verify(folder)[1] == []
    assert named(verify(folder, known)[1], "missing") == {"f"}
    assert [each.kind for each in verify(folder, head=head)[1]] == ["manifest"]


def test_an_earlier_head_is_among_the_entries(folder: Path) -> None:
    store(folder, "a")
    head = verify(folder)[0].head
    store(folder, "b", at=AT + HOUR)
    assert verify(folder, head=head)[1] == []


def test_two_entries_that_were_swapped_are_both_named(folder: Path) -> None:
    store_all(folder)
    swap(entry(folder, 1), entry(folder, 2))
    said = "\n".join(map(str, verify(folder)[1]))
    assert "00000001.json: holds entry 2" in said
    assert "00000002.json: holds entry 1" in said


def test_swapped_entries_with_corrected_numbers_break_the_chain(folder: Path) -> None:
    store_all(folder)
    swap(entry(folder, 1), entry(folder, 2))
    for number in (1, 2):
        rewrite(entry(folder, number), number=number)
    discrepancies = verify(folder)[1]
    assert [each.file for each in discrepancies if each.kind == "manifest"] == [path_of(1), path_of(2), path_of(3)]


def rewrite(file: Path, **values: object) -> None:
    file.write_text(json.dumps(json.loads(file.read_text()) | values))


@pytest.mark.parametrize("name", ["00000002b.json", "2.json", "00001002.json"])
def test_an_inserted_entry_is_named(folder: Path, name: str) -> None:
    store_all(folder)
    shutil.copy(entry(folder, 2), entry(folder, 2).with_name(name))
    [discrepancy] = verify(folder)[1]
    assert str(discrepancy) == f"manifest/0000/{name}: no entry belongs here: it was inserted"


def test_an_entry_inserted_by_renumbering_the_later_ones_breaks_the_chain(folder: Path) -> None:
    store_all(folder)
    for number in (3, 2):
        entry(folder, number).rename(entry(folder, number + 1))
        rewrite(entry(folder, number + 1), number=number + 1)
    shutil.copy(entry(folder, 1), entry(folder, 2))
    rewrite(entry(folder, 2), number=2, files=[], previous=sha256(entry(folder, 1).read_bytes()).hexdigest())
    assert [each.file for each in verify(folder)[1]] == [path_of(3), path_of(4)]


def test_an_altered_entry_is_found_by_the_next_entry_and_by_its_file(folder: Path) -> None:
    store_all(folder)
    files = json.loads(entry(folder, 2).read_text())["files"]
    rewrite(entry(folder, 2), files=[files[0] | {"sha256": "0" * 64}])
    discrepancies = verify(folder)[1]
    assert path_of(3) in str(discrepancies[0])
    assert files[0]["file"] in str(discrepancies[0])
    assert str(discrepancies[1]) == f"{files[0]['file']}: was altered outside of its pages"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"number": 2}', '{"number": 2, "previous": "", "at": "", "x": 1}'])
def test_an_invalid_entry_is_named_and_the_others_are_read(folder: Path, content: str) -> None:
    store_all(folder)
    entry(folder, 2).write_text(content)
    discrepancies = verify(folder)[1]
    assert path_of(2) in str(discrepancies[0])
    assert named(discrepancies, "put_in") == {"d", "e"}


def test_an_archive_that_was_forged_as_a_whole_does_not_agree_with_the_database(folder: Path) -> None:
    known = store(folder, "a", "b")
    forged = [replace(known[0], sha256="0" * 64), known[1]]
    assert named(verify(folder, forged)[1], "altered") == {"a"}
    shutil.rmtree(folder)
    store(folder, "a", "b")
    assert verify(folder)[1] == []
    assert named(verify(folder, known)[1], "missing") == {"a", "b"}


# --- sessions that are under way, or were killed ---


def test_files_being_written_are_counted_and_are_not_faults(address: str) -> None:
    with Archive.open(address).writer("paper") as writer:
        writer.write(page("a"))
        verified, discrepancies = verify(address)
        assert (discrepancies, verified.writing) == ([], 1)
        store(address, "b")
        assert verify(address)[1] == []
    verified, discrepancies = verify(address)
    assert (discrepancies, verified.writing, verified.late, verified.pages) == ([], 0, 0, 2)


KILLED = """
import os, signal, sys
from datetime import datetime, UTC
from sunchi.archive.store import Archive
from tests.archive.test_verify import page
with Archive.open(sys.argv[1]).writer("paper") as writer:
    for name in ("a", "b"):
        writer.write(page(name))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_the_files_of_a_killed_session_are_entered_as_late_by_the_next_one(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)  # noqa: S603 - our own words
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.writing, verified.pages) == ([], 1, 0)
    store(folder, "c", at=AT + HOUR)
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.late, verified.pages, verified.intact) == ([], 1, 3, 3)
    assert list((folder / "manifest" / "open").iterdir()) == []


def test_a_record_cut_off_by_the_kill_is_entered_as_it_is(folder: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(folder)], check=False)  # noqa: S603 - our own words
    [file] = folder.rglob("*.warc.gz")
    os.truncate(file, file.stat().st_size - 20)
    store(folder, "c", at=AT + HOUR)
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.pages, verified.intact) == ([], 2, 2)


def test_an_object_store_enters_the_files_of_a_dead_session_only_after_some_hours() -> None:
    address = f"memory://archive-{uuid4().hex}"
    left = Archive.open(address).writer("paper")
    left.write(page("a"))
    store(address, "b", at=AT + LAPSES)
    assert verify(address)[0].writing == 1
    store(address, "c", at=AT + LAPSES + HOUR)
    verified, discrepancies = verify(address)
    assert (discrepancies, verified.writing, verified.late, verified.pages) == ([], 0, 1, 3)
    with left:  # it was slow, and not dead: its file is entered again, and is the same
        pass
    assert verify(address)[1] == []


WRITERS = """
import sys
from sunchi.archive.store import Archive
from tests.archive.test_verify import page
for number in range(8):
    with Archive.open(sys.argv[1]).writer("paper") as writer:
        writer.write(page(sys.argv[2] + str(number)))
"""


def test_several_processes_at_once_make_one_chain(folder: Path) -> None:
    command = [sys.executable, "-c", WRITERS, str(folder)]
    running = [subprocess.Popen([*command, name]) for name in "abc"]  # noqa: S603 - our own words
    assert [process.wait() for process in running] == [0, 0, 0]
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.pages, verified.intact) == ([], 24, 24)
    assert verified.late == 0


@pytest.mark.parametrize("where", ["memory", "s3"])
def test_two_sessions_of_an_object_store_that_enter_at_once_make_one_chain(
    where: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    address = f"memory://archive-{uuid4().hex}" if where == "memory" else request.getfixturevalue("bucket")
    head = manifest.Manifest._head

    def overtaken(self: manifest.Manifest) -> tuple[int, str]:
        seen = head(self)
        monkeypatch.setattr(manifest.Manifest, "_head", head)
        store(address, "b")  # between looking for the last entry and writing the next
        return seen

    monkeypatch.setattr(manifest.Manifest, "_head", overtaken)
    store(address, "a")
    verified, discrepancies = verify(address)
    assert (discrepancies, verified.entries, verified.pages) == ([], 2, 2)


def test_a_session_that_cannot_be_entered_says_so_and_the_next_one_enters_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = Archive.open(str(folder)).writer("paper")
    writer.write(page("a"))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full_disk)
        with pytest.raises(ArchiveError, match="can't be entered in the manifest"):
            writer.__exit__(None, None, None)
    store(folder, "b", at=AT + HOUR)
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.pages, verified.late) == ([], 2, 1)


def full_disk(handle: int) -> None:
    raise OSError(28, "No space left on device")


# --- older archives, and many entries ---


def test_an_archive_older_than_the_manifest_is_one_discrepancy_until_it_is_entered(address: str) -> None:
    store_all(address)
    files, root = fsspec.url_to_fs(address)
    files.rm(f"{root}/manifest", recursive=True)
    verified, [discrepancy] = verify(address)
    assert "`sunchi archive enter`" in str(discrepancy)
    assert Archive.open(address).enter_strangers(AT) == verify(address)[0].files > 0
    verified, discrepancies = verify(address)
    assert (discrepancies, verified.pages, verified.intact) == ([], 6, 6)
    assert Archive.open(address).enter_strangers(AT) == 0


def test_no_folder_of_the_manifest_grows_without_limit(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_IN_A_FOLDER", 3)
    for number in range(7):
        store(folder, str(number))
    found = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("0*.json"))
    assert found[2:4] == ["manifest/0001/00000003.json", "manifest/0001/00000004.json"]
    verified, discrepancies = verify(folder)
    assert (discrepancies, verified.entries, verified.pages) == ([], 7, 7)


def test_a_record_with_a_wrong_payload_digest_is_not_a_page(folder: Path) -> None:
    [known] = store(folder, "a")
    file = folder / known.location.file
    members = gzip.decompress(file.read_bytes()).split(b"WARC/1.1\r\n")[1:]
    wrong = [member.replace(b"WARC-Payload-Digest: sha1:", b"WARC-Payload-Digest: sha1:A") for member in members]
    file.write_bytes(b"".join(gzip.compress(b"WARC/1.1\r\n" + member) for member in wrong))
    reports: list[str] = []
    assert list(Archive.open(str(folder)).scan(report=reports.append)) == []
    assert "its payload digest is not that of what it holds" in reports[0]
