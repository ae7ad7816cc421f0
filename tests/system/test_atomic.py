"""A command's output file is written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sunchi.system.atomic import atomic_file


def test_a_file_replaces_the_old_one_when_complete(tmp_path: Path) -> None:
    out = tmp_path / "new" / "out.txt"
    for words in ("the old one", "the new one"):
        before = out.read_text() if out.exists() else None
        with atomic_file(out) as file:
            file.write_text(words)
            assert (out.read_text() if out.exists() else None) == before
        assert out.read_text() == words
    assert [each.name for each in out.parent.iterdir()] == ["out.txt"]


def test_an_incomplete_file_leaves_only_the_old_one(tmp_path: Path) -> None:
    out = tmp_path / "out.txt"
    out.write_text("the old one")

    def write() -> None:
        with atomic_file(out) as file:
            file.write_text("half of the n")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write()

    assert out.read_text() == "the old one"
    assert list(tmp_path.iterdir()) == [out]


def test_an_impossible_path_is_reported_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for out in (tmp_path, tmp_path / "file" / "out.txt"):
        with pytest.raises(OSError, match=r"is a folder|Not a directory"), atomic_file(out):
            pytest.fail("nothing can be written here")


def test_the_target_of_a_link_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("out.txt")

    with atomic_file(tmp_path / "link") as file:
        file.write_text("the new one")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "out.txt").read_text() == "the new one"
