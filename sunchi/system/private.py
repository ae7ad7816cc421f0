"""Files and folders that only their owner can read: 0600 and 0700."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from sunchi.errors import SettingsError

FOLDER, FILE = 0o700, 0o600


def private_folder(folder: Path) -> Path:
    """Create a folder that only its owner can enter, or close an existing one to others. Raises OSError.

    Missing parents are created likewise; existing ones stay as they are.
    """
    for each in (*reversed(folder.parents), folder):
        if not each.is_dir():
            each.mkdir(FOLDER, exist_ok=True)
    close_to_others(folder)
    return folder


def close_to_others(path: Path) -> None:
    """Remove the permissions of everybody but the owner; somebody else's file stays as it is."""
    status = path.stat()
    if status.st_mode & 0o077 and status.st_uid == os.geteuid():
        path.chmod(status.st_mode & 0o700)


def is_open_to_others(path: Path) -> bool:
    """Return whether anybody but the owner may read or write a file."""
    return bool(path.stat().st_mode & 0o077)


def write_private(path: Path, words: str) -> None:
    """Write a new file that only its owner can read. Raises FileExistsError."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE), "w", encoding="utf-8") as file:
        file.write(words)


def try_folder(folder: Path, setting: str) -> None:
    """Write and delete a file in a folder, or where the folder will be created. Raises SettingsError if that fails."""
    there = next(each for each in (folder, *folder.parents) if each.exists())
    if not there.is_dir():
        raise SettingsError(f"{setting}: {folder}: {there} is not a folder; name another")
    try:
        with tempfile.NamedTemporaryFile(dir=there, prefix=".sunchi-check-") as file:
            file.write(b"Sunchi tries whether it can write here.\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        words = f"{there} can't be written: {error.strerror or error}; check its owner and permissions"
        raise SettingsError(f"{setting}: {folder}: {words}") from None
