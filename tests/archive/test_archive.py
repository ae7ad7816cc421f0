"""The archive: pages in WARC files, found again exactly as received."""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import fsspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sunchi.archive import warc
from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError, SettingsError
from sunchi.model import Location, Page, Request
from tests.object_store import bucket, s3  # noqa: F401  fixtures

AT = datetime(2026, 3, 1, 12, 30, 5, 250_000, tzinfo=UTC)
ARTICLE = Page(
    request=Request("http://www.paper.example/article/1"),
    url="http://www.paper.example/article/1?lang=en",
    status=200,
    headers=(
        ("Content-Type", "text/html"),
        ("content-encoding", "gzip"),
        ("Transfer-Encoding", "chunked"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Content-Disposition", 'inline; filename="\xc1\xb6\xbc\xb1.html"'),
    ),
    body="<p>A sentence, 한 문장.</p>".encode(),
    fetched_at=AT,
)
PAGED = replace(
    ARTICLE,
    request=Request(
        "http://www.paper.example/list", "POST", (("page_num", "2"), ("keyword", "a&b=조선"), ("empty", ""))
    ),
    url="http://www.paper.example/list",
)
UNCHANGED = replace(ARTICLE, status=304, headers=(("ETag", '"v1"'),), body=b"")
GONE = replace(ARTICLE, status=404, headers=(), body=b"not here")


@pytest.fixture(params=["folder", "object store", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return str(request.getfixturevalue("bucket"))
    return str(tmp_path / "archive") if request.param == "folder" else f"memory://archive-{uuid4().hex}/of/pages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "archive"


def keep(address: str | Path, *pages: Page, site: str = "paper") -> list[Location]:
    with Archive.open(str(address)).writer(site) as writer:
        return [writer.write(page) for page in pages]


def files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.warc.gz"))


def scanned(address: str | Path, site: str | None = None) -> tuple[list[Page], list[str]]:
    """Return the pages of an archive, and the damage reported."""
    reports: list[str] = []
    return [page for page, _ in Archive.open(str(address)).scan(site, report=reports.append)], reports


# --- there and back ---


@pytest.mark.parametrize("page", [ARTICLE, PAGED, UNCHANGED, GONE], ids=["article", "posted", "unchanged", "gone"])
def test_a_page_comes_back_as_it_was(address: str, page: Page) -> None:
    [location] = keep(address, page)
    assert Archive.open(address).read(location) == page


def test_folders_are_created_on_a_server_that_needs_them(folder: Path) -> None:
    archive = Archive(fsspec.filesystem("file"), str(folder), local=False)
    with archive.writer("paper") as writer:
        for page in (ARTICLE, PAGED):
            assert archive.read(writer.write(page)) == page
    assert len(files(folder)) == 2


def test_pages_and_their_folders_are_private_to_the_owner(folder: Path) -> None:
    keep(folder, ARTICLE, PAGED)
    assert [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077] == []


def test_a_page_can_be_read_as_soon_as_it_is_written(address: str) -> None:
    archive = Archive.open(address)
    with archive.writer("paper") as writer:
        for page in (ARTICLE, PAGED):
            assert archive.read(writer.write(page)) == page


def test_all_pages_are_found_again_with_their_places(address: str) -> None:
    locations = keep(address, ARTICLE, PAGED, GONE)
    archive = Archive.open(address)
    found = {location: page for page, location in archive.scan()}
    assert found == dict(zip(locations, (ARTICLE, PAGED, GONE), strict=True))


def test_one_site_is_found_without_the_others(address: str) -> None:
    keep(address, ARTICLE, site="paper")
    keep(address, GONE, site="paper-two")
    assert scanned(address, "paper") == ([ARTICLE], [])
    assert scanned(address, "paper-two") == ([GONE], [])
    assert scanned(address) == ([ARTICLE, GONE], [])
    assert scanned(address, "none") == ([], [])


def test_pages_of_a_year_that_was_moved_to_another_disk_are_found_through_a_link_to_it(
    tmp_path: Path, folder: Path
) -> None:
    keep(folder, ARTICLE, PAGED)
    year = folder / "paper" / f"{AT:%Y}"
    moved = year.rename(tmp_path / "other disk")
    year.symlink_to(moved)
    (moved / "back").symlink_to(folder)

    assert scanned(folder) == scanned(folder, "paper") == ([ARTICLE, PAGED], [])


def test_pages_are_found_in_chronological_order(address: str) -> None:
    days = [replace(ARTICLE, fetched_at=AT + timedelta(days=days)) for days in (400, 0, 31)]
    for page in days:
        keep(address, page)
    assert scanned(address)[0] == sorted(days, key=lambda page: page.fetched_at)


TEXT = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30)
NAMES = st.one_of(
    st.from_regex(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+", fullmatch=True),
    st.sampled_from(
        ["Content-Encoding", "content-length", "TRANSFER-ENCODING", "X-Archive-Orig-Server", "Content-Length"]
    ),
)
VALUES = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f" + "".join(map(chr, range(128, 160)))),
    max_size=40,
)
URLS = st.text(max_size=40).map(lambda rest: "http://www.paper.example/" + rest)
FORMS = st.lists(st.tuples(st.text(max_size=10), st.text(max_size=10)), max_size=4).map(tuple)
PAGES = st.builds(
    Page,
    request=st.builds(Request, url=URLS, method=st.sampled_from(["GET", "POST"]), form=FORMS),
    url=URLS,
    status=st.sampled_from([200, 304, 404, 410, 299]),
    headers=st.lists(st.tuples(NAMES, VALUES), max_size=6).map(tuple),
    body=st.binary(max_size=3000),
    fetched_at=st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - made aware here
)


@settings(max_examples=150)
@given(pages=st.lists(PAGES, min_size=1, max_size=3))
def test_any_page_that_a_server_can_send_comes_back_as_it_was(pages: list[Page]) -> None:
    address = f"memory://any-{uuid4().hex}"
    locations = keep(address, *pages)
    archive = Archive.open(address)
    assert [archive.read(location) for location in locations] == pages
    assert sorted(scanned(address)[0], key=repr) == sorted(pages, key=repr)


def test_a_large_body_is_stored_exactly(folder: Path) -> None:
    page = replace(ARTICLE, body=os.urandom(3 * 2**20))
    [first, last] = keep(folder, page, ARTICLE)
    archive = Archive.open(str(folder))
    assert archive.read(first) == page
    assert archive.read(last) == ARTICLE
    assert scanned(folder) == ([page, ARTICLE], [])


@pytest.mark.parametrize(
    "page",
    [
        replace(ARTICLE, headers=(("X", "one\r\nSet-Cookie: two"),)),
        replace(ARTICLE, headers=(("X: Y", "one"),)),
        replace(ARTICLE, headers=(("X", "한"),)),
        replace(ARTICLE, fetched_at=AT.replace(tzinfo=None)),
    ],
    ids=["line-break", "colon", "not-latin-1", "no-time-zone"],
)
def test_a_page_that_no_server_can_have_sent_is_refused_and_leaves_nothing(folder: Path, page: Page) -> None:
    with Archive.open(str(folder)).writer("paper") as writer, pytest.raises(ArchiveError, match="can't be stored"):
        writer.write(page)
    assert files(folder) == []


def test_a_time_in_another_zone_is_the_same_time(folder: Path) -> None:
    page = replace(ARTICLE, fetched_at=AT.astimezone(timezone(timedelta(hours=9))))
    [location] = keep(folder, page)
    assert Archive.open(str(folder)).read(location).fetched_at == AT


# --- files ---


def test_a_session_is_one_file_named_by_site_and_time(folder: Path) -> None:
    locations = keep(folder, ARTICLE, PAGED)
    [file] = files(folder)
    assert {location.file for location in locations} == {file.relative_to(folder).as_posix()}
    assert file.parent == folder / "paper" / "2026" / "03"
    assert file.name.startswith("paper-20260301123005-")


def test_a_session_without_pages_leaves_no_file(address: str, folder: Path) -> None:
    keep(address)
    assert scanned(address) == ([], [])
    assert not folder.exists()


def test_two_sessions_at_once_never_share_a_file(address: str) -> None:
    archive = Archive.open(address)
    with archive.writer("paper") as one, archive.writer("paper") as other:
        assert one.write(ARTICLE).file != other.write(ARTICLE).file
    assert scanned(address) == ([ARTICLE, ARTICLE], [])


def test_threads_may_share_a_writer(folder: Path) -> None:
    pages = [replace(ARTICLE, body=bytes([n]) * 5000) for n in range(24)]
    kept: dict[int, Location] = {}
    archive = Archive.open(str(folder))
    with archive.writer("paper") as writer:
        threads = [
            threading.Thread(target=lambda n=n: kept.update({n: writer.write(pages[n])})) for n in range(len(pages))
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert [archive.read(kept[n]) for n in range(len(pages))] == pages


def test_a_page_is_on_the_disk_before_write_returns(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    fsync = os.fsync

    def noted(handle: int) -> None:
        synced.append(os.fstat(handle).st_ino)
        fsync(handle)

    monkeypatch.setattr(os, "fsync", noted)
    with Archive.open(str(folder)).writer("paper") as writer:
        location = writer.write(ARTICLE)
        file = folder / location.file
        opened = folder / "manifest" / "open"  # the session is marked as open first, then a new file and its folders
        assert synced == [path.stat().st_ino for path in (opened, file, *list(file.parents)[:4])]
        assert file.stat().st_size == location.offset + location.length
        writer.write(GONE)
        assert synced[6:] == [file.stat().st_ino]


@pytest.mark.parametrize("site", ["", "manifest", "../up", "a/b", "Paper", ".hidden"])
def test_a_site_that_names_no_folder_is_refused(folder: Path, site: str) -> None:
    with pytest.raises(ValueError, match="can't name a folder"):
        Archive.open(str(folder)).writer(site)


def test_a_relative_path_and_a_file_address_are_the_same_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    [location] = keep("var/archive", ARTICLE)
    assert Archive.open(f"file://{tmp_path}/var/archive").read(location) == ARTICLE
    assert scanned(tmp_path / "var" / ".." / "var" / "archive") == ([ARTICLE], [])


@pytest.mark.parametrize("address", ["nowhere://key:secret@bucket/pages", "ftp://desk:secret@127.0.0.1:1/pages"])
def test_an_address_that_cannot_be_reached_is_a_wrong_setting(address: str) -> None:
    with pytest.raises(SettingsError, match="SUNCHI_ARCHIVE") as caught:
        Archive.open(address)
    assert "secret" not in str(caught.value)


# --- other tools ---


def warcio_says(*arguments: str | Path) -> str:
    done = subprocess.run(  # noqa: S603 - warcio, on a file of the test
        [sys.executable, "-m", "warcio.cli", *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_warcio_finds_every_digest_right(folder: Path) -> None:
    keep(folder, ARTICLE, PAGED, UNCHANGED, GONE)
    said = warcio_says("check", "-v", *files(folder))
    assert said.count("digest pass") == 9  # the file's own record, and two for each page
    assert "fail" not in said


def test_warcio_indexes_the_pages_where_we_find_them(folder: Path) -> None:
    locations = keep(folder, ARTICLE, GONE)
    index = warcio_says("index", "-f", "offset,warc-type,warc-target-uri,http:status", *files(folder))
    for location, page in zip(locations, (ARTICLE, GONE), strict=True):
        assert (
            f'{{"offset": "{location.offset}", "warc-type": "response", "warc-target-uri": "{page.url}", '
            f'"http:status": "{page.status}"}}' in index
        )


def test_another_reader_sees_the_page_and_does_not_decompress_it_again(folder: Path) -> None:
    keep(folder, ARTICLE, PAGED)
    [file] = files(folder)
    with file.open("rb") as stream:
        found = [
            (record.rec_type, record.rec_headers, record.http_headers, record.content_stream().read())
            for record in ArchiveIterator(stream, check_digests="raise")
        ]
    assert [kind for kind, *_ in found] == ["warcinfo", "response", "request", "response", "request"]
    _, about, http, body = found[1]
    assert about.protocol == "WARC/1.1"
    assert about["WARC-Target-URI"] == ARTICLE.url
    assert about["WARC-Date"] == "2026-03-01T12:30:05.250000Z"
    assert about["WARC-Payload-Digest"].startswith("sha1:")
    assert about["WARC-Block-Digest"].startswith("sha1:")
    assert http.get_statuscode() == "200"
    assert (http["X-Archive-Orig-content-encoding"], http["Content-Encoding"]) == ("gzip", None)
    assert http["Content-Length"] == str(len(ARTICLE.body))
    assert body == ARTICLE.body
    _, asked, http, form = found[4]
    assert asked["WARC-Concurrent-To"] == found[3][1]["WARC-Record-ID"]
    assert (http.protocol, http.statusline, http["Host"]) == ("POST", "/list HTTP/1.1", "www.paper.example")
    assert form == b"page_num=2&keyword=a%26b%3D%EC%A1%B0%EC%84%A0&empty="


# --- damage ---


@pytest.mark.parametrize("left", [1, 20, 400])
def test_a_record_cut_off_by_a_crash_loses_neither_earlier_pages_nor_later_files(folder: Path, left: int) -> None:
    [_, last] = keep(folder, ARTICLE, PAGED)
    keep(folder, replace(GONE, fetched_at=AT + timedelta(days=1)))
    file = folder / last.file
    os.truncate(file, last.offset + left)
    pages, reports = scanned(folder)
    assert [page.status for page in pages] == [200, 404]
    assert pages[0] == ARTICLE
    [report] = reports
    assert report == f"{last.file}, byte {last.offset}: cut short; left out"


@pytest.mark.parametrize("left", [5, 0], ids=["in-the-middle", "before-it"])
def test_a_response_whose_request_was_cut_off_is_left_out(folder: Path, left: int) -> None:
    [_, last] = keep(folder, ARTICLE, PAGED)
    file = folder / last.file
    begins = file.read_bytes().rindex(b"\x1f\x8b\x08")  # the last record's first bytes
    os.truncate(file, begins + left)
    pages, reports = scanned(folder)
    assert pages == [ARTICLE]
    assert f"{last.file}, byte {last.offset}: the request that belongs to this response is missing; left out" in reports


@pytest.mark.parametrize("place", range(12, 300, 24))
def test_a_damaged_record_loses_no_other_page(folder: Path, place: int) -> None:
    pages = [replace(ARTICLE, body=os.urandom(500) + bytes([n])) for n in range(5)]
    locations = keep(folder, *pages)
    hit = locations[2].offset + place
    with (folder / locations[2].file).open("r+b") as file:
        file.seek(hit)
        byte = file.read(1)[0]
        file.seek(hit)
        file.write(bytes([byte ^ 0xFF]))
    found, reports = scanned(folder)
    assert found == [*pages[:2], *pages[3:]]
    assert reports
    with pytest.raises(ArchiveError, match=f"byte {locations[2].offset}"):
        Archive.open(str(folder)).read(locations[2])


def test_damage_is_reported_once_whatever_the_damaged_page_contains(folder: Path) -> None:
    looks_like_a_record = gzip.compress(os.urandom(600))
    page = replace(ARTICLE, body=os.urandom(10**5) + looks_like_a_record + os.urandom(10**5))
    [hit, _] = keep(folder, page, GONE)
    file = folder / hit.file
    assert looks_like_a_record in file.read_bytes()
    with file.open("r+b") as stream:
        stream.seek(hit.offset + 12)
        stream.write(b"\xff\xff\xff")
    pages, reports = scanned(folder)
    assert pages == [GONE]
    assert len(reports) == 1


@pytest.mark.parametrize("short_by", [1, 2])
def test_the_next_record_is_found_even_if_its_mark_spans_two_reads(short_by: int) -> None:
    head, tail = b"\x1f\x8b\x08" + bytes(2**14 + 1 - 3 - short_by), gzip.compress(b"WARC/1.1\r\n\r\n")
    found = list(warc._members(BytesIO(head + tail)))
    assert [type(member).__name__ for member in found] == ["Damage", "_Member"]


def test_a_file_that_is_not_warc_is_reported_and_the_others_are_read(folder: Path) -> None:
    keep(folder, ARTICLE)
    (folder / "paper" / "a.warc.gz").write_bytes(b"not gzip at all")
    (folder / "paper" / "b.warc.gz").write_bytes(gzip.compress(b"not a record"))
    (folder / "paper" / "c.warc.gz").write_bytes(b"")
    pages, reports = scanned(folder)
    assert pages == [ARTICLE]
    assert [report.partition(",")[0] for report in reports] == ["paper/a.warc.gz", "paper/b.warc.gz"]


def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_read(folder: Path) -> None:
    keep(folder, ARTICLE)
    (folder / "paper" / "a.warc.gz").symlink_to("moved-away.warc.gz")

    assert scanned(folder) == ([ARTICLE], ["paper/a.warc.gz: can't be read: No such file or directory; left out"])


def test_a_decompression_bomb_is_reported_as_damage(folder: Path) -> None:
    [hit, _] = keep(folder, ARTICLE, GONE)
    file = folder / hit.file
    kept = file.read_bytes()
    bomb = gzip.compress(b"WARC/1.1\r\n" + bytes(warc.LARGEST))
    file.write_bytes(kept[: hit.offset] + bomb + kept[hit.offset :])
    pages, reports = scanned(folder)
    assert pages == [ARTICLE, GONE]
    assert reports == [f"{hit.file}, byte {hit.offset}: larger than 67,108,864 bytes; left out"]


def test_a_record_whose_content_does_not_match_its_digest_is_reported(folder: Path) -> None:
    [location] = keep(folder, ARTICLE)
    file = folder / location.file
    forged = gzip.decompress(file.read_bytes()).replace(b"A sentence", b"A forgery!")
    file.write_bytes(b"".join(gzip.compress(b"WARC/1.1" + part) for part in forged.split(b"WARC/1.1")[1:]))
    pages, reports = scanned(folder)
    assert pages == []
    assert "its block digest is not that of what it holds" in reports[0]


@pytest.mark.parametrize(
    "location",
    [
        Location("paper/2026/03/none.warc.gz", 0, 100),
        Location("/etc/hostname", 0, 100),
        Location("{file}", 0, 100),
        Location("{file}", 10**6, 100),
    ],
    ids=["no-file", "elsewhere", "wrong-place", "past-the-end"],
)
def test_a_place_without_a_page_is_an_error_that_names_it(folder: Path, location: Location) -> None:
    [kept] = keep(folder, ARTICLE)
    asked = replace(location, file=location.file.replace("{file}", kept.file))
    with pytest.raises(ArchiveError) as caught:
        Archive.open(str(folder)).read(asked)
    assert f"{asked.file} in {folder}, byte {asked.offset}: " in str(caught.value)


def test_a_place_above_the_archive_is_not_read(tmp_path: Path, folder: Path) -> None:
    [beside] = keep(tmp_path / "beside", ARTICLE)
    keep(folder, GONE)
    for file in (f"../beside/{beside.file}", f"paper/../../beside/{beside.file}"):
        with pytest.raises(ArchiveError, match="leads out of the archive"):
            Archive.open(str(folder)).read(replace(beside, file=file))


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Limit the size of every file of this process: what fits is written, then the system refuses."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_only_whole_pages_and_writing_continues_when_there_is_room(folder: Path) -> None:
    with Archive.open(str(folder)).writer("paper") as writer:
        first = writer.write(ARTICLE)
        with room_for(first.offset + first.length + 300), pytest.raises(ArchiveError, match="File too large") as caught:
            writer.write(PAGED)
        assert PAGED.url in str(caught.value)
        assert (folder / first.file).stat().st_size == first.offset + first.length
        last = writer.write(GONE)
    archive = Archive.open(str(folder))
    assert [archive.read(first), archive.read(last)] == [ARTICLE, GONE]
    assert [len(found) for found in scanned(folder)] == [2, 0]


def test_a_disk_that_is_full_from_the_start_gets_no_file(folder: Path) -> None:
    with Archive.open(str(folder)).writer("paper") as writer, room_for(300), pytest.raises(ArchiveError):
        writer.write(ARTICLE)
    assert files(folder) == []


def test_an_archive_that_cannot_be_written_to_says_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file, where a folder is wanted")
    with (
        Archive.open(str(tmp_path / "archive")).writer("paper") as writer,
        pytest.raises(ArchiveError, match=f"{tmp_path}/archive"),
    ):
        writer.write(ARTICLE)
