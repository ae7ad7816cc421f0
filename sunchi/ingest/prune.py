"""Drops what the settings no longer keep; by default, nothing.

A file of the archive is dropped as a whole, since pages are found by their position in it. First the manifest receives
its hash, those of its pages, and an entry that names the setting; so the archive still verifies, and says why the file
is gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sunchi.archive.store import Archive
from sunchi.errors import ArchiveError
from sunchi.ingest.audit import audit_entry
from sunchi.settings import Settings
from sunchi.store import Store
from sunchi.store.backup import backups

DAYS_AT_ONCE = 3
"""What a prune may drop without being told to, in days: the next one after a night or two without."""


HOW_TO_BE_SURE = "Nothing was dropped. `sunchi prune --dry-run` shows what would be, `sunchi prune --yes` drops it"


@dataclass
class Pruned:
    """What was dropped, or would be dropped."""

    files: dict[str, int] = field(default_factory=dict)  # setting -> files of the archive
    kept: int = 0  # files that are old enough, but that stored texts were read from
    records: dict[str, int] = field(default_factory=dict)  # table -> rows
    doubt: str = ""  # why nothing was dropped, or would be: what is old enough may be so by a wrong clock alone

    @property
    def words(self) -> str:
        """What was dropped, in words; "" if nothing was."""
        said = [f"{number} files by {why}" for why, number in self.files.items()]
        return ", ".join(said + [f"{number} {table}" for table, number in self.records.items() if number])


def prune(
    settings: Settings, archive: Archive, store: Store, now: datetime, *, dry_run: bool = False, sure: bool = False
) -> Pruned:
    """Drop what the settings no longer keep, and record it in the manifest and the audit. Raises ArchiveError.

    Nothing is dropped if that is in doubt, unless the caller is `sure`.
    """
    drop, kept = _old_files(settings, store, now)
    done = Pruned({why: len(files) for why, files in drop.items() if files}, kept)
    before = now - timedelta(days=settings.keep_records_days) if settings.keep_records_days else None
    if before:
        done.records = store.count_old_records(before)
    done.doubt = _doubt(settings, store, now, done) if done.words and not sure else ""
    if dry_run or done.doubt or not done.words:
        return done
    try:
        _drop_files(archive, store, drop, now)
    except OSError as error:
        raise ArchiveError(f"old files can't be dropped: {error}: run `sunchi prune` again") from error
    if before:
        done.records = store.drop_old_records(before)
    store.record_command(audit_entry(f"prune: {done.words}", settings, now))
    return done


def _doubt(settings: Settings, store: Store, now: datetime, done: Pruned) -> str:
    """Return why what is old by the clock may not be old; "" if it is."""
    if words := store.unconfirmed_clock(settings.sources, now):
        return words
    of_a_day = store.most_of_a_day()
    for what, number in (("files", sum(done.files.values())), ("polls", done.records.get("polls", 0))):
        if number > (limit := DAYS_AT_ONCE * of_a_day[what]):
            return (
                f"{number} {what} at once: a prune each night drops those of one day, {limit // DAYS_AT_ONCE} at most. "
                "Is a setting new, or was there no prune for some time?"
            )
    return ""


def _old_files(settings: Settings, store: Store, now: datetime) -> tuple[dict[str, list[str]], int]:
    """Return the files of the archive to drop, by the setting, and the number of those that are old, but needed."""
    drop: dict[str, list[str]] = defaultdict(list)
    kept = 0
    if not (days := settings.keep_pages_days or settings.keep_evidence_days):
        return drop, kept
    evidence = settings.keep_evidence_days
    by_pages = f"SUNCHI_KEEP_PAGES_DAYS={days}" if settings.keep_pages_days else f"SUNCHI_KEEP_EVIDENCE_DAYS={days}"
    # Everything newer than the oldest backup is needed to restore it.
    newest = min([now, *(copy.reaches for copy in backups(settings.backup_folder()))])
    for unneeded, needed in store.old_files(min(now - timedelta(days=days), newest)):
        drop[by_pages] += unneeded
        for file, at in needed:
            if evidence and at < min(now - timedelta(days=evidence), newest):
                drop[f"SUNCHI_KEEP_EVIDENCE_DAYS={evidence}"].append(file)
            else:
                kept += 1
    return drop, kept


def _drop_files(archive: Archive, store: Store, drop: Mapping[str, Sequence[str]], now: datetime) -> None:
    if not any(drop.values()):
        return
    archive.enter_strangers(now)
    for why, files in drop.items():
        archive.manifest.enter_dropped(files, why, now)
        for file in files:
            archive.delete(file)
        store.mark_dropped(files, now)
