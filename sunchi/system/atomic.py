"""Writes files completely or not at all, and syncs them to the disk."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """Yield a new file that replaces `path` when the block ends; until then `path` is unchanged and can be read.

    Creates the folder. Raises OSError at once if the file can't be written.
    """
    place = path.resolve()  # a symbolic link stays, and its target is replaced
    if place.is_dir():
        raise IsADirectoryError(f"{path} is a folder")
    if not place.parent.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(f".{place.name}-{secrets.token_hex(4)}")
    new.open("xb").close()
    try:
        yield new
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)


def unused(file: Path, suffix: str = "") -> Path:
    """Return the path of a file, or with `-2`, `-3` … before the suffix if there is one of that name already."""
    free, number = file.with_name(f"{file.name}{suffix}"), 1
    while free.exists():
        number += 1
        free = file.with_name(f"{file.name}-{number}{suffix}")
    return free


def write_all(handle: int, content: bytes) -> None:
    """Write all of the content to an open file: a single `os.write` may write less. Raises OSError."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def sync_folders(file: Path, root: Path) -> None:
    """Return once the entries of a new file and of its folders below `root` are on disk. Raises OSError."""
    for folder in file.parents:
        sync(folder)
        if folder == root:
            return


def sync(path: Path) -> None:
    """Return once a file's content, or a folder's entries, are on disk. Raises OSError if that fails."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
