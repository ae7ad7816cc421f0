"""The archive: every response, stored before it is parsed.

An archive is a folder, or any address that fsspec knows (`s3://…`, with the extra `s3`), with WARC files in it, and
the manifest (manifest.py), in which each is entered when its session ends:

    kcna/2026/10/kcna-20261003060012-9f3c51d2a4e0b786.warc.gz
    manifest/0000/00000017.json

`write` returns when the page is stored, so a page may be parsed as soon as it has a Location. In a folder a session
appends to one file, and each page is on the disk (fsync) before `write` returns; a crash can only cut off the record
that was being written, which `scan` leaves out. An object store can't append, and an object appears when complete:
there each page is a small file of its own. One file for a batch of pages would mean fewer files, but its pages could
not be parsed before the batch is full.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self

import fsspec

from sunchi.archive import warc
from sunchi.archive.manifest import (
    FOLDER,
    FileInProgress,
    FolderManifest,
    Manifest,
    ObjectManifest,
    new_session,
    parsed,
    put,
    session_prefix,
)
from sunchi.archive.object_files import ObjectFiles
from sunchi.errors import ArchiveError, SettingsError
from sunchi.model import Location, Page
from sunchi.settings import without_secrets
from sunchi.system.atomic import sync_folders, write_all
from sunchi.system.private import FILE, private_folder, try_folder

log = logging.getLogger(__name__)

_AT_ONCE = 100  # files in one entry of the manifest


class Archive:
    """An archive of pages. Opening one creates nothing."""

    def __init__(self, files: Any, root: str, *, local: bool, place: str = "") -> None:
        self._files = files  # an fsspec file system
        self._root = root
        self._local = local
        self.place = place or root
        """The archive's address, without secrets."""

    @classmethod
    def open(cls, address: str) -> Archive:
        """Open the archive at a path or an fsspec address; raises SettingsError if it can't be reached."""
        shown = without_secrets(address)
        try:
            files, root = fsspec.url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            more = " needs another package (for s3://: `make s3`);" if isinstance(error, ImportError) else ""
            why = error if shown == address else type(error).__name__  # which may quote what is not shown
            raise SettingsError(f"SUNCHI_ARCHIVE: {shown}{more} can't be opened: {why}") from None
        if "file" in files.protocol:
            return cls(files, str(Path(root).resolve()), local=True)
        root = root.rstrip("/")
        if root.lstrip("/") not in shown:  # the driver takes the secrets for a part of the path, which is shown
            raise SettingsError(
                f"SUNCHI_ARCHIVE: {shown}: this driver takes no keys, password or query from the address; "
                "s3:// reads AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY from the environment"
            )
        return cls(ObjectFiles(files), root, local=False, place=shown.rstrip("/"))

    def try_out(self, setting: str) -> None:
        """Write, read and delete a test file. Raises SettingsError, for that setting, if that fails."""
        if self._local:
            try_folder(Path(self._root), setting)
            return
        path, content = f"{self._root}/check-{secrets.token_hex(8)}", b"Sunchi tries whether it can write here.\n"
        try:
            put(self._files, path, content)
            if self._files.cat_file(path) != content:
                raise OSError("what was read back is not what was written")
            self._files.rm_file(path)
        except OSError as error:
            words = f"{setting}: {self.place}: can't be written, read and deleted: {error.strerror or error}"
            raise SettingsError(words) from None

    def writer(self, site: str) -> Writer:
        """Return a writer for one session with one site, as a context manager. It leaves no file if nothing is
        written."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", site) or site == FOLDER:
            raise ValueError(f"{site!r} can't name a folder of the archive: lower-case letters, digits, - and _")
        if self._local:
            return FolderWriter(Path(self._root), site, self.read, self.manifest)
        return ObjectWriter(self._files, self._root, site, self.read, self.manifest, self.place)

    @property
    def manifest(self) -> Manifest:
        return (FolderManifest if self._local else ObjectManifest)(self._files, self._root)

    def read(self, location: Location) -> Page:
        """Return the page stored there; raises ArchiveError if it is no longer there."""
        where = f"{location.file} in {self.place}, byte {location.offset}"
        if location.file.startswith("/") or ".." in location.file.split("/"):
            raise ArchiveError(f"{where}: leads out of the archive")
        try:
            kept = self._files.cat_file(
                f"{self._root}/{location.file}", start=location.offset, end=location.offset + location.length
            )
        except OSError as error:
            raise ArchiveError(f"{where}: can't be read: {error.strerror or error}") from error
        for found in warc.pages(BytesIO(kept)):
            if isinstance(found, warc.PagePlace):
                return found.page
            raise ArchiveError(f"{where}: {found.words}")
        raise ArchiveError(f"{where}: there is no page here")

    def scan(
        self, site: str | None = None, *, report: Callable[[str], object] = log.warning
    ) -> Iterator[tuple[Page, Location]]:
        """Yield every page, by site and time of its file; damaged pages are reported and skipped.

        Raises ArchiveError if the files can't be listed.
        """
        try:
            names = self.files(site)
        except OSError as error:
            raise ArchiveError(f"the archive at {self.place} can't be read: {error.strerror or error}") from error
        for name in names:
            try:
                with self.opened(name) as file:
                    for found in warc.pages(file):
                        if isinstance(found, warc.PagePlace):
                            yield found.page, Location(name, found.offset, found.length)
                        else:
                            report(f"{name}, byte {found.offset}: {found.words}; left out")
            except OSError as error:
                report(f"{name}: can't be read: {error.strerror or error}; left out")

    def files(self, site: str | None = None) -> list[str]:
        """Return the names of all WARC files, by site and time; in a folder, years may be links to another disk."""
        start = f"{self._root}/{site}" if site else self._root
        self._files.invalidate_cache()
        paths = _files_below(start) if self._local else self._files.find(start)
        names = [path.removeprefix(self._root).lstrip("/") for path in paths]
        return sorted((name for name in names if name.endswith(".warc.gz")), key=lambda name: name.split("/"))

    def enter_strangers(self, now: datetime) -> int:
        """Enter in the manifest, as late, the files that no entry names; return their number. Raises OSError.

        They are older than the manifest, or were put back or inserted; it is unknown whether they were changed before.
        """
        manifest = self.manifest
        entered = manifest.enter_abandoned(now)
        known = {file for session in manifest.open_sessions() for file in manifest.files_of(session)}
        for _, content in manifest.entries():
            with suppress(ValueError):
                known |= {record.file for record in parsed(content).files}
        strangers = [file for file in self.files() if file not in known]
        for start in range(0, len(strangers), _AT_ONCE):
            some = strangers[start : start + _AT_ONCE]
            manifest.enter([manifest.file_record(file) for file in some], now, late=True)
        return entered + len(strangers)

    def opened(self, file: str) -> BinaryIO:
        """Open a WARC file for reading; raises OSError."""
        opened: BinaryIO = self._files.open(f"{self._root}/{file}", "rb")
        return opened

    def delete(self, file: str) -> None:
        """Delete a WARC file, if it is there; raises OSError. The manifest must say why."""
        with suppress(FileNotFoundError):
            self._files.rm_file(f"{self._root}/{file}")


class Writer(ABC):
    """Stores the pages of one session; may be used from several threads. It enters them when it is closed."""

    def __init__(self, site: str, read: Callable[[Location], Page], manifest: Manifest, place: str) -> None:
        self._site = site
        self._place = place  # the archive's
        self.read = read  # reads what this session or an earlier one stored
        self._manifest = manifest
        self._lock = threading.Lock()
        self._mark = ExitStack()  # that the session is open
        self._session = ""
        self._stored: list[FileInProgress] = []
        self._last_at = datetime.min.replace(tzinfo=UTC)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._close()
            try:
                self._manifest.enter([each.record() for each in self._stored if each.pages], self._last_at)
                self._mark.__exit__(None, None, None)
            except OSError as failure:
                self._mark.__exit__(type(failure), failure, None)
                words = f"{self._place}: the session can't be entered in the manifest: {failure.strerror or failure}"
                if error is None:
                    raise ArchiveError(f"{words}; the next one enters it") from failure
                log.warning("%s", words)

    def write(self, page: Page) -> Location:
        """Store a page; on return it is on disk. After an ArchiveError it is not, but the earlier pages are."""
        records = warc.records(page)
        with self._lock:
            try:
                if not self._session:
                    self._begin(page.fetched_at)
                location = self._keep(page, records)
                self._stored[-1].add_page(page, location, records)
                self._last_at = max(self._last_at, page.fetched_at)
                return location
            except OSError as error:
                raise ArchiveError(
                    f"{page.url} can't be stored in the archive at {self._place}: {error.strerror or error}"
                ) from error

    def _begin(self, at: datetime) -> None:
        """Mark the session as open, and enter sessions that were killed."""
        self._manifest.enter_abandoned(at)
        session = new_session(self._site, at)
        self._mark.enter_context(self._manifest.session(session))
        self._session = session

    def _new_file(self, page: Page) -> tuple[FileInProgress, bytes]:
        """Start a new file of the session; return it and its first record."""
        number = f"-{len(self._stored) + 1}" if self._stored else ""
        path = f"{session_prefix(self._session)}{number}.warc.gz"
        self._stored.append(FileInProgress(path))
        return self._stored[-1], warc.file_head(path.rpartition("/")[2], self._site, page.fetched_at)

    @abstractmethod
    def _keep(self, page: Page, records: bytes) -> Location: ...

    @abstractmethod
    def _close(self) -> None: ...


class FolderWriter(Writer):
    """One file for the session, in a folder of this machine."""

    def __init__(self, root: Path, site: str, read: Callable[[Location], Page], manifest: Manifest) -> None:
        super().__init__(site, read, manifest, str(root))
        self._root = root
        self._file: FileIO | None = None

    def _keep(self, page: Page, records: bytes) -> Location:
        head = b""
        if self._file is None:
            begun, head = self._new_file(page)
            self._file = _created(self._root / begun.file)
        stored = self._stored[-1]
        try:
            write_all(self._file.fileno(), head + records)
            os.fsync(self._file.fileno())
            if head:
                sync_folders(self._root / stored.file, self._root)
        except OSError:
            self._abandon(stored)
            raise
        offset = stored.size + len(head)
        stored.add(head + records)
        return Location(stored.file, offset, len(records))

    def _abandon(self, stored: FileInProgress) -> None:
        """Undo a failed write (a full disk) and close the file; the next page opens a new one."""
        file, self._file = self._file, None
        with suppress(OSError):
            if file and stored.size:
                file.truncate(stored.size)
            else:
                (self._root / stored.file).unlink()
        if file:
            file.close()

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


class ObjectWriter(Writer):
    """One file for each page, in an object store."""

    def __init__(
        self, files: Any, root: str, site: str, read: Callable[[Location], Page], manifest: Manifest, place: str
    ) -> None:
        super().__init__(site, read, manifest, place)
        self._files = files
        self._root = root

    def _keep(self, page: Page, records: bytes) -> Location:
        stored, head = self._new_file(page)
        put(self._files, f"{self._root}/{stored.file}", head + records)
        stored.add(head + records)
        return Location(stored.file, len(head), len(records))

    def _close(self) -> None:
        """Do nothing: every page was a file of its own."""


def _files_below(root: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, through symbolic links, but each folder once."""
    seen: set[str] = set()
    for folder, folders, names in os.walk(root, followlinks=True):
        if (real := os.path.realpath(folder)) in seen:
            folders.clear()
            continue
        seen.add(real)
        yield from (f"{folder}/{name}" for name in names)


def _created(path: Path) -> FileIO:
    private_folder(path.parent)
    # Unbuffered, so that closing writes nothing.
    return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "w")
