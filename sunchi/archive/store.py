"""The archive: every response, stored before it is parsed.

An archive is a folder, or any address that fsspec knows (`s3://…`, `memory://…`), with WARC files in it:

    kcna/2026/10/kcna-20261003060012-9f3c51d2a4e0b786.warc.gz

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
from contextlib import suppress
from datetime import UTC
from io import BytesIO, FileIO
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import fsspec

from sunchi.archive import warc
from sunchi.errors import ArchiveError, SettingsError
from sunchi.model import Location, Page
from sunchi.system.private import FILE, private_folder

log = logging.getLogger(__name__)


class Archive:
    """An archive of pages. Opening one creates nothing."""

    def __init__(self, files: Any, root: str, *, local: bool) -> None:
        self._files = files  # an fsspec file system
        self._root = root
        self._local = local

    @classmethod
    def open(cls, address: str) -> Archive:
        """Open the archive at a path or an fsspec address; raises SettingsError where it can't be reached."""
        try:
            files, root = fsspec.url_to_fs(address)
        except (ImportError, ValueError, OSError) as error:
            shown = re.sub(r"//[^/@]*@", "//…@", address)
            raise SettingsError(f"SUNCHI_ARCHIVE: {shown} can't be opened: {error}") from None
        if "file" in files.protocol:
            return cls(files, str(Path(root).resolve()), local=True)
        return cls(files, root.rstrip("/"), local=False)

    def writer(self, site: str) -> Writer:
        """Return a writer for one session with one site; a context manager. It leaves no file if nothing is written."""
        if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", site):
            raise ValueError(f"{site!r} can't name a folder of the archive: small letters, digits, - and _")
        if self._local:
            return FolderWriter(Path(self._root), site, self.read)
        return ObjectWriter(self._files, self._root, site, self.read)

    def read(self, location: Location) -> Page:
        """Return the page stored there; raises ArchiveError if it is no longer there."""
        where = f"{location.file} in {self._root}, byte {location.offset}"
        if location.file.startswith("/") or ".." in location.file.split("/"):
            raise ArchiveError(f"{where}: leads out of the archive")
        try:
            kept = self._files.cat_file(
                f"{self._root}/{location.file}", start=location.offset, end=location.offset + location.length
            )
        except OSError as error:
            raise ArchiveError(f"{where}: can't be read: {error.strerror or error}") from error
        for found in warc.pages(BytesIO(kept)):
            if isinstance(found, warc.Entry):
                return found.page
            raise ArchiveError(f"{where}: {found.words}")
        raise ArchiveError(f"{where}: there is no page here")

    def scan(
        self, site: str | None = None, *, report: Callable[[str], object] = log.warning
    ) -> Iterator[tuple[Page, Location]]:
        """Yield every page, by site and time of its file; damaged ones are reported in words and left out."""
        start = f"{self._root}/{site}" if site else self._root
        found_files = [path for path in self._files.find(start) if path.endswith(".warc.gz")]
        for path in sorted(found_files, key=lambda path: path.split("/")):
            name = path.removeprefix(self._root).lstrip("/")
            try:
                with self._files.open(path, "rb") as file:
                    for found in warc.pages(file):
                        if isinstance(found, warc.Entry):
                            yield found.page, Location(name, found.offset, found.length)
                        else:
                            report(f"{name}, byte {found.offset}: {found.words}; left out")
            except OSError as error:
                report(f"{name}: can't be read: {error.strerror or error}; left out")


class Writer(ABC):
    """Stores the pages of one session; may be used from several threads."""

    def __init__(self, site: str, read: Callable[[Location], Page]) -> None:
        self._site = site
        self.read = read  # reads what this session or an earlier one stored
        self._lock = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._close()

    def write(self, page: Page) -> Location:
        """Store a page; on return it is on the disk. After an ArchiveError it is not, but the earlier ones are."""
        records = warc.records(page)
        with self._lock:
            try:
                return self._keep(page, records)
            except OSError as error:
                raise ArchiveError(
                    f"{page.url} can't be kept in the archive at {self._place}: {error.strerror or error}"
                ) from error

    def _new_file(self, page: Page) -> tuple[str, bytes]:
        """Return a unique name for a file, and its first record."""
        at = page.fetched_at.astimezone(UTC)
        name = f"{self._site}-{at:%Y%m%d%H%M%S}-{secrets.token_hex(8)}.warc.gz"
        return f"{self._site}/{at:%Y/%m}/{name}", warc.file_head(name, self._site, at)

    @property
    @abstractmethod
    def _place(self) -> str: ...

    @abstractmethod
    def _keep(self, page: Page, records: bytes) -> Location: ...

    @abstractmethod
    def _close(self) -> None: ...


class FolderWriter(Writer):
    """One file for the session, in a folder of this machine."""

    def __init__(self, root: Path, site: str, read: Callable[[Location], Page]) -> None:
        super().__init__(site, read)
        self._root = root
        self._file: FileIO | None = None
        self._name = ""
        self._end = 0  # bytes of complete records in the file

    @property
    def _place(self) -> str:
        return str(self._root)

    def _keep(self, page: Page, records: bytes) -> Location:
        head = b""
        if self._file is None:
            self._name, head = self._new_file(page)
            self._file, self._end = _created(self._root / self._name), 0
        try:
            _write_whole(self._file, head + records)
            os.fsync(self._file.fileno())
            if head:
                _fsync_folders(self._root / self._name)
        except OSError:
            self._abandon()
            raise
        offset = self._end + len(head)
        self._end = offset + len(records)
        return Location(self._name, offset, len(records))

    def _abandon(self) -> None:
        """Undo a failed write (a full disk) and close the file; the next page opens a new one."""
        file, self._file = self._file, None
        with suppress(OSError):
            if file and self._end:
                file.truncate(self._end)
            else:
                (self._root / self._name).unlink()
        if file:
            file.close()

    def _close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


class ObjectWriter(Writer):
    """One file for each page, in an object store."""

    def __init__(self, files: Any, root: str, site: str, read: Callable[[Location], Page]) -> None:
        super().__init__(site, read)
        self._files = files
        self._root = root

    @property
    def _place(self) -> str:
        return self._root

    def _keep(self, page: Page, records: bytes) -> Location:
        name, head = self._new_file(page)
        path = f"{self._root}/{name}"
        try:
            self._files.pipe_file(path, head + records)
        except FileNotFoundError:  # a file server, on which folders must be created
            self._files.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._files.pipe_file(path, head + records)
        return Location(name, len(head), len(records))

    def _close(self) -> None:
        """Do nothing: every page was a file of its own."""


def _created(path: Path) -> FileIO:
    private_folder(path.parent)
    # Unbuffered, so that closing writes nothing.
    return FileIO(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "w")


def _write_whole(file: FileIO, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


def _fsync_folders(path: Path) -> None:
    """Write a new file's directory entries to the disk: month, year, site and archive."""
    for folder in list(path.parents)[:4]:
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
