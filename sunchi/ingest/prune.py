"""Drops what the settings no longer keep; by default, nothing.

A file of the archive is dropped as a whole, since pages are found by their position in it. First the manifest receives
its hash, those of its pages, and an entry that names the setting; so the archive still verifies, and says why the file
is gone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError
from sunchi.ingest.audit import audit_entry
from sunchi.settings import Settings
from sunchi.store import Store
from sunchi.store.backup import backed_up_at, backups


@dataclass
class Pruned:
    """What was dropped, or would be dropped."""

    files: dict[str, int] = field(default_factory=dict)  # setting -> files of the archive
    kept: int = 0  # files that are old enough, but that stored texts were read from
    records: dict[str, int] = field(default_factory=dict)  # table -> rows

    @property
    def words(self) -> str:
        """What was dropped, in words; "" if nothing was."""
        said = [f"{number} files by {why}" for why, number in self.files.items()]
        return ", ".join(said + [f"{number} {table}" for table, number in self.records.items() if number])


def prune(settings: Settings, archive: Archive, store: Store, now: datetime, *, dry_run: bool = False) -> Pruned:
    """Drop what the settings no longer keep, and record it in the manifest and the audit. Raises ArchiveError."""
    done = Pruned()
    try:
        _prune_files(settings, archive, store, now, done, dry_run=dry_run)
    except OSError as error:
        raise ArchiveError(f"old files can't be dropped: {error}: run `sunchi prune` again") from error
    if settings.keep_records_days:
        before = now - timedelta(days=settings.keep_records_days)
        done.records = store.count_old_records(before) if dry_run else store.drop_old_records(before)
    if done.words and not dry_run:
        store.record_command(audit_entry(f"prune: {done.words}", settings, now))
    return done


def _prune_files(
    settings: Settings, archive: Archive, store: Store, now: datetime, done: Pruned, *, dry_run: bool
) -> None:
    if not (days := settings.keep_pages_days or settings.keep_evidence_days):
        return
    evidence = settings.keep_evidence_days
    by_pages = f"SUNCHI_KEEP_PAGES_DAYS={days}" if settings.keep_pages_days else f"SUNCHI_KEEP_EVIDENCE_DAYS={days}"
    # Everything newer than the oldest backup is needed to restore it.
    newest = min([now, *map(backed_up_at, backups(settings.backup_folder()))])
    before = min(now - timedelta(days=days), newest)
    drop: dict[str, list[str]] = defaultdict(list)
    for unneeded, needed in store.old_files(before):
        drop[by_pages] += unneeded
        for file, at in needed:
            if evidence and at < min(now - timedelta(days=evidence), newest):
                drop[f"SUNCHI_KEEP_EVIDENCE_DAYS={evidence}"].append(file)
            else:
                done.kept += 1
    done.files = {why: len(files) for why, files in drop.items() if files}
    if dry_run or not done.files:
        return
    archive.enter_strangers(now)
    for why, files in drop.items():
        archive.manifest.enter_dropped(files, why, now)
        for file in files:
            archive.delete(file)
        store.mark_dropped(files, now)
