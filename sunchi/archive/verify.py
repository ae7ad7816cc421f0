"""Verifies that an archive is still what was stored: the manifest's chain, each file, and each page in it.

In: an archive. Out: a Discrepancy for each thing that has changed, with the pages affected; then a Verified. The
database shows what the chain alone cannot: it knows the place and hash of each page (`KnownPage`), so an archive whose
end was cut off, or that was forged as a whole, does not agree with it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, Protocol

from sunchi.archive import warc
from sunchi.archive.manifest import (
    FOLDER,
    Entry,
    FileRecord,
    Manifest,
    PageRecord,
    number_of,
    parsed,
    path_of,
    size_and_sha256,
)
from sunchi.archive.store import Archive
from sunchi.model import Location

DiscrepancyKind = Literal["altered", "cut", "missing", "put_in", "manifest", "unread"]


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """Something that is not as it was stored."""

    kind: DiscrepancyKind
    file: str  # a WARC file, or an entry of the manifest
    words: str
    offset: int | None = None  # of a page
    url: str = ""
    at: str = ""  # when the page was fetched
    sha256: str = ""  # of the page, as the manifest or the database has it

    def __str__(self) -> str:
        if self.offset is None:
            return f"{self.file}: {self.words}"
        page = f"{self.url}, fetched {self.at}" if self.url else "a page"
        return f"{self.file}, byte {self.offset}: {page}: {self.words}"


@dataclass
class Verified:
    """What was verified."""

    entries: int = 0
    files: int = 0
    pages: int = 0
    intact: int = 0  # pages
    late: int = 0  # files entered by another session than the one that stored them
    dropped: dict[str, int] = field(default_factory=dict)  # setting -> files that it dropped
    writing: int = 0  # files of sessions that are not entered yet
    unknown_to_database: int = 0  # pages
    discrepancies: int = 0
    head: str = ""  # SHA-256 of the last entry; kept elsewhere, it proves that nothing before was altered


class KnownPage(Protocol):
    """A page that the database knows."""

    @property
    def url(self) -> str: ...

    @property
    def location(self) -> Location: ...

    @property
    def sha256(self) -> str: ...  # "" if stored before hashes were


class Verification:
    """One look through an archive; `verified` is complete once `discrepancies` has ended."""

    def __init__(self, archive: Archive, known: Iterable[KnownPage] = (), head: str = "") -> None:
        """`known`: what the database knows, by file and offset. `head`: an entry's SHA-256 that must be there."""
        self._archive = archive
        self._manifest: Manifest = archive.manifest
        self._known = known
        self._head = head
        self._entry_of: dict[str, int] = {}  # file -> number of the last entry that names it
        self._dropped: dict[str, Entry] = {}
        self._there: set[str] = set()
        self.verified = Verified()

    def discrepancies(self) -> Iterator[Discrepancy]:
        """Yield everything that is not as it was stored."""
        for discrepancy in self._discrepancies():
            self.verified.discrepancies += 1
            yield discrepancy

    def _discrepancies(self) -> Iterator[Discrepancy]:
        open_files = {file for name in self._manifest.open_sessions() for file in self._manifest.files_of(name)}
        self._there = set(self._archive.files())
        yield from self._chain()
        yield from self._files()
        yield from self._not_entered(open_files)
        yield from self._against_database(open_files)

    # --- the chain

    def _chain(self) -> Iterator[Discrepancy]:
        """Follow the chain, and note which entry names which file."""
        number, before, hashes = 0, "", set()
        for path, content in self._manifest.entries():
            own = number_of(path)
            if not own:
                yield Discrepancy("manifest", path, "no entry belongs here: it was inserted")
                continue
            if own > number + 1:
                more = f", and all after it up to {path_of(own - 1)}" if own > number + 2 else ""
                words = f"this entry is missing{more}: the files that it named are not known"
                yield Discrepancy("manifest", path_of(number + 1), words)
            entry = _parsed(content)
            if entry is None or entry.number != own:
                held = "something that Sunchi did not write" if entry is None else f"entry {entry.number}"
                yield Discrepancy("manifest", path, f"holds {held}: it was altered, or replaces entry {own}")
            elif own == number + 1 and entry.previous != before:
                what = f"entry {number}" if number else "no other"
                words = f"does not follow {what} as it is now: one of the two was altered, swapped or inserted"
                yield Discrepancy("manifest", path, words + self._named_in(number))
            number, before = own, hashlib.sha256(content).hexdigest()
            hashes.add(before)
            self.verified.entries += 1
            if entry:
                self._note(own, entry)
        self.verified.head = before
        if self._head and self._head not in hashes:
            words = f"has no entry of SHA-256 {self._head}: it, or one before it, was altered or removed"
            yield Discrepancy("manifest", FOLDER, words)

    def _note(self, number: int, entry: Entry) -> None:
        for record in entry.files:
            self._entry_of[record.file] = number
        for file in entry.dropped:
            if file not in self._dropped:  # an interrupted prune is repeated
                self.verified.dropped[entry.why] = self.verified.dropped.get(entry.why, 0) + 1
            self._dropped[file] = entry

    def _named_in(self, number: int) -> str:
        """Return a clause on the files that an entry names, which may have been altered."""
        files = [file for file, entry in self._entry_of.items() if entry in (number, number + 1)]
        return f"; entry {number} names {', '.join(files)}" if files else ""

    # --- files and pages

    def _files(self) -> Iterator[Discrepancy]:
        for path, content in self._manifest.entries():
            entry, number = _parsed(content), number_of(path)
            for record in entry.files if entry else ():
                if self._entry_of.get(record.file) == number and record.file not in self._dropped:
                    self.verified.late += entry.late if entry else 0
                    yield from self._file(record)

    def _file(self, record: FileRecord) -> Iterator[Discrepancy]:
        self.verified.files += 1
        self.verified.pages += len(record.pages)
        if record.file not in self._there:
            words = "its file is missing"
            yield from (_discrepancy("missing", record.file, page, words) for page in record.pages)
            if not record.pages:
                yield Discrepancy("missing", record.file, "is missing; it had no page")
            return
        try:
            wrong = list(self._altered(record))
        except OSError as error:
            words = f"its file can't be read: {error.strerror or error}"
            wrong = [_discrepancy("unread", record.file, page, words) for page in record.pages]
        touched = {each.offset for each in wrong if each.kind != "put_in" and each.offset is not None}
        self.verified.intact += len(record.pages) - len(touched)
        yield from wrong

    def _altered(self, record: FileRecord) -> Iterator[Discrepancy]:
        """Compare each page of a file with the manifest, then the file as a whole."""
        with self._archive.opened(record.file) as stream:
            size, sha256 = size_and_sha256(stream)
            found = {each.offset: each for each in warc.pages(stream)}
            wrong = False
            for page in record.pages:
                stream.seek(page.offset)
                is_same = hashlib.sha256(stream.read(page.length)).hexdigest() == page.records_sha256
                if is_same and _is_page(found.get(page.offset), page):
                    continue
                wrong = True
                yield _page_discrepancy(record, page, found.get(page.offset), size)
        for offset in sorted(found.keys() - {page.offset for page in record.pages}):
            other = found[offset]
            if isinstance(other, warc.PagePlace):
                wrong = True
                words = f"is not in the manifest: it was inserted; its SHA-256 is {other.page.sha256}"
                yield Discrepancy(
                    "put_in", record.file, words, offset, other.page.url, other.page.fetched_at.isoformat()
                )
        if not wrong and (size, sha256) != (record.size, record.sha256):
            what = "was cut" if size < record.size else "was altered"
            yield Discrepancy("cut" if size < record.size else "altered", record.file, f"{what} outside of its pages")

    def _not_entered(self, open_files: set[str]) -> Iterator[Discrepancy]:
        """Find files that no entry names; only count those of sessions that are under way or were killed."""
        strangers = sorted(self._there - self._entry_of.keys())
        if strangers and not self.verified.entries and not open_files:
            words = (
                f"the archive has {len(strangers)} files and no manifest: `sunchi archive enter` enters them as late"
            )
            yield Discrepancy("manifest", FOLDER, words)
            return
        for file in strangers:
            if file in open_files:
                self.verified.writing += 1
                continue
            words = "is in no entry of the manifest: inserted by somebody else, or older than the manifest"
            pages = self._manifest.file_record(file).pages
            yield from (_discrepancy("put_in", file, page, f"its file {words}") for page in pages)
            if not pages:
                yield Discrepancy("put_in", file, words)

    # --- the database

    def _against_database(self, open_files: set[str]) -> Iterator[Discrepancy]:
        is_known, matched = False, 0
        for file, some in groupby(self._known, key=lambda known: known.location.file):
            if file in self._dropped or file in open_files:
                continue
            pages = {page.offset: page for page in self._record(file).pages}
            is_known = True
            for known in some:
                page = pages.get(known.location.offset)
                matched += page is not None
                if page is None:
                    words = "the database knows a page here, and the manifest does not"
                    yield Discrepancy("missing", file, words, known.location.offset, known.url, "", known.sha256)
                elif known.sha256 and known.sha256 != page.sha256:
                    words = f"the database's hash differs from the manifest's, which is {page.sha256}"
                    yield Discrepancy("altered", file, words, page.offset, page.url, page.at, known.sha256)
        if is_known:
            self.verified.unknown_to_database = self.verified.pages - matched

    def _record(self, file: str) -> FileRecord:
        number = self._entry_of.get(file)
        entry = _parsed(self._manifest.entry(number)) if number else None
        found = next((each for each in entry.files if each.file == file), None) if entry else None
        return found or FileRecord(file, 0, "", ())


def _parsed(content: bytes) -> Entry | None:
    try:
        return parsed(content)
    except ValueError:
        return None


def _discrepancy(kind: DiscrepancyKind, file: str, page: PageRecord, words: str) -> Discrepancy:
    return Discrepancy(kind, file, words, page.offset, page.url, page.at, page.sha256)


def _is_page(found: warc.PagePlace | warc.Damage | None, page: PageRecord) -> bool:
    return isinstance(found, warc.PagePlace) and found.length == page.length and found.page.sha256 == page.sha256


def _page_discrepancy(
    record: FileRecord, page: PageRecord, found: warc.PagePlace | warc.Damage | None, size: int
) -> Discrepancy:
    """Describe what happened to a page whose bytes are not those that were stored."""
    if page.offset + page.length > size:
        return _discrepancy("cut", record.file, page, f"cut off: the file has {size} of {record.size} bytes")
    if isinstance(found, warc.Damage):
        return _discrepancy("altered", record.file, page, found.words)
    if found is None:
        return _discrepancy("altered", record.file, page, "there is no longer a page here")
    if (now := found.page.sha256) != page.sha256:
        return _discrepancy("altered", record.file, page, f"another text: its SHA-256 is {now}, and was {page.sha256}")
    return _discrepancy("altered", record.file, page, "its text is intact, but bytes around it were altered")
