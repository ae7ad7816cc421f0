"""The journal of deliveries, in files outside the database, from which a restored database learns what was sent.

One line per message and state, on disk before the message goes out; one file per month, `2026-11.jsonl`. Each backup is
marked in the journal by name before it is taken: a journal with the mark has every delivery since that backup.

The clock may be wrong, so the order of the files is that of writing: if there is one of a later month, it is continued.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import compress, count
from pathlib import Path
from typing import Any

from sunchi.errors import StoreError
from sunchi.model import Recipient
from sunchi.store.records import DeliveryKey
from sunchi.system.atomic import sync, write_all
from sunchi.system.private import FILE, private_folder


class Handover(StrEnum):
    """What is known about a message that was handed to a recipient's service."""

    SENDING = "sending"  # about to be sent; without a later line, it is unknown whether it was
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Handed:
    """The journal's last state of one message to one recipient."""

    state: Handover
    at: datetime


class DeliveryJournal:
    """The journal in a folder, which is created with the first line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def mark_backup(self, name: str, now: datetime) -> None:
        """Record that a backup is about to be taken."""
        self._append([{"backup": name}], now)

    def write(self, keys: Sequence[DeliveryKey], state: Handover, now: datetime) -> None:
        """Record the states of messages; on return they are on disk. Raises StoreError."""
        self._append([{"state": state, "recipient": key.recipient, "of": key.identity} for key in keys], now)

    def knows(self, backup: str) -> bool:
        """Return whether the journal has everything since the backup of that name."""
        return any(line.get("backup") == backup for line in _lines(self._files()))

    def handed(self, recipients: Sequence[Recipient] = ()) -> dict[DeliveryKey, Handed]:
        """Return the last state of every message; what was sent once stays sent.

        A line with the key that recipients had before version 0017 is about each of them who was told.
        """
        found: dict[DeliveryKey, Handed] = {}
        heirs: dict[str, list[str]] = defaultdict(list)
        for each in recipients:
            heirs[each.former_key] += [each.key] * each.heard
        for line in _lines(self._files()):
            with suppress(KeyError, TypeError, ValueError):  # a line that a crash cut short
                recipient, of = str(line["recipient"]), tuple(map(str, line["of"]))
                state, at = Handover(line["state"]), datetime.fromisoformat(line["at"])
                for key in (DeliveryKey(each, of) for each in (recipient, *heirs.get(recipient, ()))):
                    if key not in found or found[key].state is not Handover.SENT:
                        found[key] = Handed(state, at)
        return found

    def forget_before(self, backups: Collection[str]) -> None:
        """Delete the files before the first one with the mark of one of these backups; none if there is no mark."""
        files = self._files()
        marked = (any(line.get("backup") in backups for line in _lines([file])) for file in files)
        for file in files[: next(compress(count(), marked), 0)]:
            file.unlink(missing_ok=True)

    def _append(self, rows: Sequence[dict[str, Any]], now: datetime) -> None:
        names = [f"{now.astimezone(UTC):%Y-%m}.jsonl", *(file.name for file in self._files())]
        file = self._folder / max(names)
        # Each record begins with the line break, so that a record cut short by a crash spoils only itself.
        lines = "".join("\n" + json.dumps({"at": now.isoformat()} | row, ensure_ascii=False) for row in rows)
        try:
            private_folder(self._folder)
            is_new = not file.exists()
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, FILE)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                write_all(handle, lines.encode())
                os.fsync(handle)
            finally:
                os.close(handle)
            if is_new:
                sync(self._folder)
        except OSError as error:
            raise StoreError(
                f"{file}: can't be written: {error.strerror or error}; nothing is sent without it"
            ) from error

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("????-??.jsonl"))


def _lines(files: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        with file.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                with suppress(ValueError):
                    row = json.loads(line)
                    if isinstance(row, dict):
                        yield row
