"""Settings, from the environment and `.env`; each fault is named."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sunchi.errors import SettingsError
from sunchi.settings import load, unknown_settings, without_secrets


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("SUNCHI_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_settings_everything_is_stored_in_var(folder: Path) -> None:
    settings = load()

    assert settings.database() == f"sqlite:///{folder / 'var' / 'sunchi.db'}"
    assert settings.archive_address() == str(folder / "var" / "archive")
    assert settings.sources == ["kcna", "rodong", "hani"]
    assert settings.recipients() == ""


@pytest.mark.parametrize("written", ["kcna, rodong/ko", "kcna rodong/ko", "kcna,rodong/ko"])
def test_sources_are_separated_by_commas_or_spaces(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNCHI_SOURCES", written)

    assert load().sources == ["kcna", "rodong/ko"]


def test_the_environment_wins_over_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("SUNCHI_CONTACT=file@example.org\nSUNCHI_FIRST_POLL=7\n")
    monkeypatch.setenv("SUNCHI_CONTACT", "environment@example.org")

    assert (load().contact, load().first_poll) == ("environment@example.org", 7)


def test_every_wrong_setting_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNCHI_FIRST_POLL", "many")
    monkeypatch.setenv("SUNCHI_DELAY", "-1")
    monkeypatch.setenv("SUNCHI_MIRRORS", '{"kcna": "no address"}')

    with pytest.raises(SettingsError) as raised:
        load()

    for name in ("SUNCHI_FIRST_POLL", "SUNCHI_DELAY", "SUNCHI_MIRRORS"):
        assert name in str(raised.value)


@pytest.mark.parametrize("name", ["SUNCHI_DATA_DIR", "SUNCHI_LEXICON"])
def test_a_folder_is_no_address_and_one_with_a_password_is_not_shown(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, "s3://key:geheim@bucket/folder")
    with pytest.raises(SettingsError, match=f"{name}: must be a folder of this machine") as raised:
        load()
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("s3://bucket/of/pages", "s3://bucket/of/pages"),
        ("s3://bucket/of/me@example", "s3://bucket/of/me@example"),
        ("s3://key:s/e@c@bucket/of/pages", "s3://…@bucket/of/pages"),
        ("s3://key:s?c@bucket", "s3://…"),
        ("s3://bucket/pages?key=geheim", "s3://bucket/pages?…"),
        ("https://host/#geheim", "https://host/?…"),
        ("simplecache::s3://key:geheim@bucket", "simplecache::s3://…@bucket"),
        ("sftp://user@host/pages", "sftp://…@host/pages"),
        ("postgresql://u:geheim@host/db?password=a@b", "postgresql://…@host/db?…"),
        ("postgresql:///db?host=/run", "postgresql:///db?…"),
        ("sqlite:////home/me@here:1/sunchi.db", "sqlite:////home/me@here:1/sunchi.db"),
        ("/home/me@here/archive", "/home/me@here/archive"),
        ("", ""),
    ],
)
def test_an_address_is_shown_without_user_password_and_query(address: str, shown: str) -> None:
    assert without_secrets(address) == shown


def test_a_short_password_is_reported_by_its_length_and_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNCHI_PASSWORD", "hunter2")
    with pytest.raises(SettingsError) as raised:
        load()
    assert str(raised.value) == "SUNCHI_PASSWORD: must have at least 12 characters"


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUNCHI_NOTIFY", "json://desk:geheim@127.0.0.1/")
    monkeypatch.setenv("SUNCHI_DATABASE_URL", "postgresql://sunchi:geheim@127.0.0.1/sunchi")

    assert "geheim" not in repr(load())
    assert "geheim" in load().recipients()


def test_a_wrong_value_is_in_the_message_unless_it_may_contain_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SUNCHI_DELAY", "soon")
    monkeypatch.setenv("SUNCHI_MIRRORS", "http://desk:geheim@127.0.0.1")

    with pytest.raises(SettingsError) as raised:
        load()

    assert "SUNCHI_DELAY=soon: " in str(raised.value)
    assert "SUNCHI_MIRRORS: must be JSON, as in {" in str(raised.value)
    assert "geheim" not in str(raised.value)


def test_an_unreadable_env_file_is_reported(folder: Path) -> None:
    (folder / ".env").write_bytes(b"SUNCHI_CONTACT=\xff")

    with pytest.raises(SettingsError, match=r"\.env: is not UTF-8 text; save it as UTF-8"):
        load()


def test_names_that_only_look_like_settings_are_found_in_the_environment_and_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("SUNCHI_NOTIFIY=json://127.0.0.1/\nSUNCHI_CONTACT=a@example.org\nOTHER=1\n")
    monkeypatch.setenv("SUNCHI_SOURCE", "kcna")
    monkeypatch.setenv("SUNCHI_SHARED", "texts")  # which CONTRIBUTING.md asks a developer to set

    assert unknown_settings() == ["SUNCHI_NOTIFIY", "SUNCHI_SOURCE"]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("SUNCHI_DATA_DIR=var\nSUNCHI_CONTACT desk@example.org\n", [2]),
        ("# mine\n\nthis is nothing\n\n=x\nSUNCHI_DELAY=1\n", [3, 5]),
        ('SUNCHI_CONTACT="desk@example.org\nSUNCHI_DELAY=1\n', [1]),
    ],
)
def test_a_line_that_is_not_a_setting_is_reported(folder: Path, content: str, lines: list[int]) -> None:
    (folder / ".env").write_text(content)

    with pytest.raises(SettingsError) as error:
        load()

    assert [line.split(" ")[0] for line in str(error.value).splitlines()] == [f".env:{line}:" for line in lines]
    assert "write NAME=value on a separate line" in str(error.value)


def test_a_wrong_value_is_reported_with_its_line_in_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("# mine\n\nSUNCHI_DELAY=soon\nexport SUNCHI_TIMEOUT=5\n")
    with pytest.raises(SettingsError, match=r"^\.env:3: SUNCHI_DELAY=soon: "):
        load()

    monkeypatch.setenv("SUNCHI_DELAY", "later")
    with pytest.raises(SettingsError, match=r"^SUNCHI_DELAY=later: "):
        load()


def test_a_byte_order_mark_hides_no_setting(folder: Path) -> None:
    (folder / ".env").write_bytes(b"\xef\xbb\xbfSUNCHI_CONTACT=desk@example.org\n")

    assert load().contact == "desk@example.org"


@pytest.mark.parametrize("encoding", ["utf-16", "cp949"])
def test_a_file_in_another_encoding_is_reported(folder: Path, encoding: str) -> None:
    (folder / ".env").write_bytes("SUNCHI_CONTACT=독자@example.org\n".encode(encoding))

    with pytest.raises(SettingsError, match=r"^\.env: is not UTF-8 text"):
        load()
