"""The output file of a command: --out FILE."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sunchi.errors import SettingsError


@contextmanager
def out_file(out: Path) -> Iterator[Path]:
    """Yield a new file that replaces `out` once it is complete. Raises SettingsError if it can't be written."""
    from sunchi.system.atomic import atomic_file

    try:
        with atomic_file(out) as file:
            yield file
    except OSError as error:
        raise SettingsError(f"--out {out}: can't be written: {error.strerror or error}") from None
