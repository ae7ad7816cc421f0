"""The manifest of an archive: which files it has, with the SHA-256 of each and of every page, in a chain of entries.

    manifest/0000/00000017.json   the seventeenth entry: what one session stored, or what retention dropped
    manifest/open/kcna-2026…      a session that has stored something and is not entered yet

Each entry names the SHA-256 of the entry before it, so altering, removing, swapping or inserting one breaks the chain
at the next. A session is entered when it ends. A killed session is entered by the next one, as `late`; its marker says
where its files are. In a folder, a living session holds a lock on its marker; in an object store, which has no locks, a
session counts as living for LAPSES. There, a file is complete when it appears, and may be entered twice.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import secrets
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sunchi.archive import warc
from sunchi.model import Location, Page
from sunchi.system.atomic import sync, sync_folders
from sunchi.system.private import FILE, private_folder

FOLDER = "manifest"
LAPSES = timedelta(hours=6)
"""How long a session in an object store may take before others enter its files; a crawl takes minutes."""

_OPEN = f"{FOLDER}/open"
_NAME = re.compile(r"(\d{4,})/(\d{8,})\.json")
_IN_A_FOLDER = 1000  # entries


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page of a file."""

    offset: int
    length: int
    url: str
    status: int
    at: str
    sha256: str  # of the page's body, as it is stored: decompressed
    records_sha256: str  # of the bytes from offset on


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One WARC file that is complete."""

    file: str
    size: int
    sha256: str
    pages: tuple[PageRecord, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: files that were stored, or files that were dropped."""

    number: int
    previous: str  # SHA-256 of the entry before, "" for the first
    at: str
    files: tuple[FileRecord, ...] = ()
    late: bool = False  # entered by another session than the one that stored the files
    dropped: tuple[str, ...] = ()
    why: str = ""  # the setting by which they were dropped


@dataclass
class FileInProgress:
    """A file that is being written, and the record to enter for it."""

    file: str
    size: int = 0
    pages: list[PageRecord] = field(default_factory=list)
    _digest: Any = field(default_factory=hashlib.sha256)

    def add(self, content: bytes) -> None:
        """Note that bytes were appended."""
        self._digest.update(content)
        self.size += len(content)

    def add_page(self, page: Page, location: Location, records: bytes) -> None:
        """Note a page whose records were appended."""
        self.pages.append(page_record(page, location, records))

    def record(self) -> FileRecord:
        return FileRecord(self.file, self.size, self._digest.hexdigest(), tuple(self.pages))


def page_record(page: Page, location: Location, records: bytes) -> PageRecord:
    """Return the manifest's record of a page; `records` are its bytes in the file."""
    at = page.fetched_at.astimezone(UTC).isoformat()
    found = (page.url, page.status, at, page.sha256, hashlib.sha256(records).hexdigest())
    return PageRecord(location.offset, location.length, *found)


def size_and_sha256(file: Any) -> tuple[int, str]:
    """Return size and SHA-256 of an open file, as a FileRecord has them."""
    digest = hashlib.file_digest(file, "sha256")
    return file.seek(0, os.SEEK_END), digest.hexdigest()


class Manifest(ABC):
    """The manifest in an archive; reading it creates nothing."""

    def __init__(self, files: Any, root: str) -> None:
        self._files = files  # an fsspec file system
        self._root = root

    # --- reading

    def entries(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of each file that is named like an entry, by number."""
        for folder in self._folders():
            for path in sorted(self._listed(f"{FOLDER}/{folder}")):
                name = f"{FOLDER}/{folder}/{_last(path)}"
                yield name, self._files.cat_file(f"{self._root}/{name}")

    def entry(self, number: int) -> bytes:
        """Return the content of an entry."""
        content: bytes = self._files.cat_file(f"{self._root}/{path_of(number)}")
        return content

    def open_sessions(self) -> list[str]:
        """Return the file name prefixes of open sessions: those that are storing files, or were when they were
        killed."""
        return [_last(path) for path in self._listed(_OPEN) if not _last(path).startswith(".")]

    def file_record(self, file: str) -> FileRecord:
        """Return the manifest's record of a file as it is now."""
        pages: list[PageRecord] = []
        with self._files.open(f"{self._root}/{file}", "rb") as stream:
            size, sha256 = size_and_sha256(stream)
            for found in warc.pages(stream):
                if isinstance(found, warc.PagePlace):
                    stream.seek(found.offset)
                    location = Location(file, found.offset, found.length)
                    pages.append(page_record(found.page, location, stream.read(found.length)))
        return FileRecord(file, size, sha256, tuple(pages))

    def files_of(self, session: str) -> list[str]:
        """Return the files of a session, by its marker."""
        prefix = session_prefix(session)
        folder = prefix.rpartition("/")[0]
        return sorted(
            f"{folder}/{_last(path)}" for path in self._listed(folder) if f"{folder}/{_last(path)}".startswith(prefix)
        )

    def _head(self) -> tuple[int, str]:
        """Return number and SHA-256 of the last entry."""
        for folder in reversed(self._folders()):
            for name in sorted(map(_last, self._listed(f"{FOLDER}/{folder}")), reverse=True):
                if number := number_of(f"{FOLDER}/{folder}/{name}"):
                    return number, hashlib.sha256(self.entry(number)).hexdigest()
        return 0, ""

    def _folders(self) -> list[str]:
        return sorted(name for name in map(_last, self._listed(FOLDER)) if name.isdecimal())

    def _listed(self, folder: str) -> list[str]:
        """Return what is in a folder now, bypassing the file system's cache."""
        try:
            return list(self._files.ls(f"{self._root}/{folder}", detail=False, refresh=True))
        except FileNotFoundError:
            return []

    # --- writing

    def enter(self, files: Sequence[FileRecord], now: datetime, *, late: bool = False) -> None:
        """Append an entry for complete files; on return it is on disk. Raises OSError."""
        if files:
            self._append(now, {"files": [asdict(each) for each in files], "late": late})

    def enter_dropped(self, files: Sequence[str], why: str, now: datetime) -> None:
        """Append an entry for files about to be dropped, with the setting that drops them. Raises OSError."""
        if files:
            self._append(now, {"dropped": list(files), "why": why})

    def enter_abandoned(self, now: datetime) -> int:
        """Enter the files of sessions that were killed before they were entered; return their number."""
        entered = 0
        for session in self.open_sessions():
            with self._taken_over(session, now) as is_mine:
                if is_mine:
                    records = [self.file_record(file) for file in self.files_of(session)]
                    self.enter(records, now, late=True)
                    entered += len(records)
        return entered

    def _append(self, now: datetime, what: dict[str, Any]) -> None:
        number, previous = self._head()
        while True:
            number += 1
            entry = {"number": number, "previous": previous, "at": now.astimezone(UTC).isoformat()} | what
            content = (json.dumps(entry, ensure_ascii=False, indent=1) + "\n").encode()
            if self._create(path_of(number), content):
                return
            previous = hashlib.sha256(self.entry(number)).hexdigest()

    @abstractmethod
    def _create(self, path: str, content: bytes) -> bool:
        """Write an entry; return False if another session has already written one with that number."""

    @abstractmethod
    def session(self, session: str) -> AbstractContextManager[None]:
        """Mark a session as open; the mark stays after an exception."""

    @abstractmethod
    def _taken_over(self, session: str, now: datetime) -> AbstractContextManager[bool]:
        """Yield whether a session was killed and is ours to enter; if so, its mark is removed afterwards."""


class FolderManifest(Manifest):
    """The manifest of an archive in a folder of this machine."""

    def _create(self, path: str, content: bytes) -> bool:
        file = Path(self._root, path)
        private_folder(file.parent)
        with _locked(Path(self._root, FOLDER, ".lock"), os.O_CREAT):
            if file.exists():
                return False
            self._write_synced(file, content)
        return True

    def _write_synced(self, file: Path, content: bytes) -> None:
        """Write a file whole or not at all; on return it is on disk."""
        new = file.with_name(f".{file.name}")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(file)
        sync_folders(file, Path(self._root))

    @contextmanager
    def session(self, session: str) -> Iterator[None]:
        marker = Path(self._root, _OPEN, session)
        private_folder(marker.parent)
        new = marker.with_name(f".{session}-{secrets.token_hex(4)}")
        with _locked(new, os.O_CREAT | os.O_EXCL):  # before others can see it
            new.replace(marker)
            sync(marker.parent)
            yield
            marker.unlink(missing_ok=True)

    @contextmanager
    def _taken_over(self, session: str, now: datetime) -> Iterator[bool]:
        marker = Path(self._root, _OPEN, session)
        with ExitStack() as lock:
            try:
                lock.enter_context(_locked(marker, 0, wait=False))
                is_mine = marker.exists()  # otherwise its session has just ended well
            except (BlockingIOError, FileNotFoundError):
                is_mine = False
            yield is_mine
            if is_mine:
                marker.unlink(missing_ok=True)


class ObjectManifest(Manifest):
    """The manifest of an archive in an object store."""

    def _create(self, path: str, content: bytes) -> bool:
        place = f"{self._root}/{path}"
        try:
            put(self._files, place, content, mode="create")
        except OSError:
            self._files.invalidate_cache()
            if not self._files.exists(place):
                raise
            return bool(self._files.cat_file(place) == content)  # the answer was lost and the write was retried
        return True

    @contextmanager
    def session(self, session: str) -> Iterator[None]:
        marker = f"{self._root}/{_OPEN}/{session}"
        put(self._files, marker, b"open\n")
        yield
        with suppress(FileNotFoundError):
            self._files.rm_file(marker)

    @contextmanager
    def _taken_over(self, session: str, now: datetime) -> Iterator[bool]:
        is_mine = now - session_began_at(session) > LAPSES
        yield is_mine
        if is_mine:
            with suppress(FileNotFoundError):
                self._files.rm_file(f"{self._root}/{_OPEN}/{session}")


# --- names ----------------------------------------------------------------------------------------------------------


def path_of(number: int) -> str:
    """Return the path of an entry in the archive."""
    return f"{FOLDER}/{number // _IN_A_FOLDER:04}/{number:08}.json"


def number_of(path: str) -> int:
    """Return the number of the entry at a path; 0 if no entry belongs there."""
    found = _NAME.fullmatch(path.removeprefix(f"{FOLDER}/"))
    return int(found[2]) if found and path_of(int(found[2])) == path else 0


def new_session(site: str, at: datetime) -> str:
    """Return a unique name for a session that begins now: `kcna-20261003060012-9f3c51d2a4e0b786`."""
    return f"{site}-{at.astimezone(UTC):%Y%m%d%H%M%S}-{secrets.token_hex(8)}"


def session_prefix(session: str) -> str:
    """Return the prefix of the names of all files of a session: `kcna/2026/10/kcna-20261003060012-9f3c51d2a4e0b786`."""
    site, _, rest = session.rpartition("-")[0].rpartition("-")
    return f"{site}/{rest[:4]}/{rest[4:6]}/{session}"


def session_began_at(session: str) -> datetime:
    """Return when a session began, by its name; long ago for any other name."""
    try:
        return datetime.strptime(session.split("-")[-2], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except (ValueError, IndexError):
        return datetime.min.replace(tzinfo=UTC)


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


# --- reading entries ------------------------------------------------------------------------------------------------


def parsed(content: bytes) -> Entry:
    """Return an entry. Raises ValueError for one that Sunchi did not write."""
    try:
        said = json.loads(content)
        files = tuple(
            FileRecord(**each | {"pages": tuple(PageRecord(**page) for page in each["pages"])})
            for each in said.pop("files", ())
        )
        return Entry(**said | {"files": files, "dropped": tuple(said.get("dropped", ()))})
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not an entry as Sunchi writes them ({error})") from None


# --- files ----------------------------------------------------------------------------------------------------------


def put(files: Any, path: str, content: bytes, mode: str = "overwrite") -> None:
    """Write an object; create its folders if the store has folders."""
    try:
        files.pipe_file(path, content, mode=mode)
    except FileNotFoundError:  # a file server
        files.makedirs(path.rpartition("/")[0], exist_ok=True)
        files.pipe_file(path, content, mode=mode)


@contextmanager
def _locked(file: Path, flags: int, *, wait: bool = True) -> Iterator[None]:
    handle = os.open(file, os.O_RDWR | flags, FILE)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        yield
    finally:
        os.close(handle)
