"""Files and folders that only their owner can read."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from sunchi.cli.runs import _make_home
from sunchi.errors import SettingsError
from sunchi.store import Store
from sunchi.system.private import close_to_others, is_open_to_others, private_folder, write_private


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o777:o}"


def test_a_folder_and_its_created_parents_are_private_to_the_owner(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir(0o755)
    folder = private_folder(tmp_path / "shared" / "var" / "archive")
    assert (mode(folder), mode(folder.parent), mode(tmp_path / "shared")) == ("700", "700", "755")


def test_open_permissions_are_removed_and_the_owners_kept(tmp_path: Path) -> None:
    file = tmp_path / "sunchi.db"
    file.touch(0o644)
    assert is_open_to_others(file)
    close_to_others(file)
    assert mode(file) == "600"
    assert not is_open_to_others(file)


def test_a_secret_is_never_written_over_another(tmp_path: Path) -> None:
    write_private(tmp_path / "password", "first")
    with pytest.raises(FileExistsError):
        write_private(tmp_path / "password", "second")
    assert (mode(tmp_path / "password"), (tmp_path / "password").read_text()) == ("600", "first")


def test_the_database_is_private_to_the_owner_even_if_it_was_open_before(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'var' / 'sunchi.db'}"
    Store.open(url).close()
    (tmp_path / "var" / "sunchi.db").chmod(0o644)
    Store.open(url).close()
    assert mode(tmp_path / "var") == "700"
    assert [path.name for path in (tmp_path / "var").glob("sunchi.db*") if is_open_to_others(path)] == []


def test_prefects_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(**_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    home = tmp_path / "var" / "prefect"
    _make_home(home)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    with pytest.raises(SettingsError, match=f"SUNCHI_DATA_DIR: {home}: .* can't be written: Read-only file system"):
        _make_home(home)


def test_prefects_database_is_private_to_the_owner_before_prefect_creates_it(tmp_path: Path) -> None:
    _make_home(tmp_path / "var" / "prefect")

    database = tmp_path / "var" / "prefect" / "prefect.db"
    assert [oct(path.stat().st_mode & 0o777) for path in (database.parent, database)] == ["0o700", "0o600"]
