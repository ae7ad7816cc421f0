"""A file that is there whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def atomic_file(path: Path) -> Iterator[Path]:
    """A new file, which takes the place of `path` once it is written; until then `path` is as it was, and may be read.

    Makes the folder. Raises OSError, at once, where no such file can stand.
    """
    place = path.resolve()  # of a link the file that it names is replaced, not the link
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
