"""The settings, read once from the environment and `.env`, and passed to their users."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from dotenv.parser import Binding, parse_stream
from pydantic import AfterValidator, AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, NoDecode, SettingsConfigDict

from sunchi.errors import SettingsError

ROOT = Path(__file__).resolve().parent.parent
_FILE = ".env"
SHORTEST_PASSWORD = 12
NOTICE_FILE = "notice.txt"


def _words(value: object) -> object:
    """Split `kcna, rodong/ko` or `kcna rodong/ko` into a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


def _json(value: object) -> object:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except json.JSONDecodeError:
        raise ValueError('must be JSON, as in {"kcna": "http://127.0.0.1:8801"}') from None


def _long_enough(value: SecretStr | None) -> SecretStr | None:
    if value and len(value.get_secret_value()) < SHORTEST_PASSWORD:
        raise ValueError(f"must have at least {SHORTEST_PASSWORD} characters")
    return value


def _web_address(value: SecretStr | None) -> SecretStr | None:
    if value and not value.get_secret_value().startswith(("https://", "http://")):
        raise ValueError("must be an address that begins with https:// or http://")
    return value


def _no_address(value: object) -> object:
    if isinstance(value, str) and "://" in value:
        raise ValueError("must be a folder of this machine, not an address")
    return value


_Folder = Annotated[Path, BeforeValidator(_no_address)]


class Settings(BaseSettings):
    """Every setting: `SUNCHI_` and the field's name in capitals, in the environment or in `.env`."""

    model_config = SettingsConfigDict(
        env_prefix="SUNCHI_",
        env_file=_FILE,
        env_file_encoding="utf-8-sig",
        env_ignore_empty=True,
        extra="ignore",
    )

    data_dir: _Folder = Path("var")
    database_url: SecretStr | None = None
    archive: str = ""
    lexicon: _Folder = ROOT / "lexicon"

    sources: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(default=["kcna", "rodong", "hani"])
    mirrors: Annotated[dict[str, AnyHttpUrl], NoDecode, BeforeValidator(_json)] = Field(default_factory=dict)
    proxy: SecretStr | None = None
    contact: str = ""
    delay: float | None = Field(default=None, ge=0, le=600)
    timeout: float | None = Field(default=None, gt=0, le=600)
    first_poll: int = Field(default=40, ge=1, le=10_000)
    backups: int = Field(default=7, ge=1, le=10_000)
    keep_pages_days: int | None = Field(default=None, ge=90)
    keep_evidence_days: int | None = Field(default=None, ge=90)
    keep_records_days: int | None = Field(default=None, ge=90)

    notify: SecretStr | None = None
    heartbeat: Annotated[SecretStr | None, AfterValidator(_web_address)] = None
    password: Annotated[SecretStr | None, AfterValidator(_long_enough)] = None
    hosts: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(default=[])

    def database(self) -> str:
        """The database's address, with its password: for opening it, not for display."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'sunchi.db').absolute()}"

    def recipients(self) -> str:
        """`SUNCHI_NOTIFY` with its secrets: for sending, not for display."""
        return self.notify.get_secret_value() if self.notify else ""

    def backup_folder(self) -> Path:
        return self.data_dir / "backups"

    def journal_folder(self) -> Path:
        """Where the journal of deliveries is, outside the database."""
        return self.data_dir / "deliveries"

    def notice(self) -> str:
        """The first line of each alert, report and listing of this data folder: that it is a demonstration, a trial …

        It is the content of the folder's `notice.txt`; "" if there is none.
        """
        file = self.data_dir / NOTICE_FILE
        try:
            return " ".join(file.read_text("utf-8").split())
        except (FileNotFoundError, NotADirectoryError):
            return ""
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(f"{file} can't be read: {error}") from None

    def archive_address(self) -> str:
        return self.archive or str((self.data_dir / "archive").absolute())


def load() -> Settings:
    """Read the settings from the environment and `.env`; raises SettingsError that names each wrong variable."""
    try:
        lines = _lines()
        return Settings()
    except ValidationError as error:
        raise SettingsError("\n".join(_fault(fault, lines) for fault in error.errors())) from None
    except UnicodeDecodeError:
        raise SettingsError(f"{_FILE}: is not UTF-8 text; save it as UTF-8") from None
    except OSError as error:
        raise SettingsError(f"{_FILE}: can't be read: {error.strerror}") from None


def _lines() -> dict[str, int]:
    """Return the names in `.env` with their lines; raises SettingsError that names each line that is not a setting."""
    file = Path(_FILE)
    if not file.is_file():
        return {}
    with file.open(encoding="utf-8-sig") as words:
        read = list(parse_stream(words))
    broken = [_line(binding) for binding in read if binding.error or (binding.key and binding.value is None)]
    if broken:
        how = "is not a setting; write NAME=value on a separate line, and close every quote"
        raise SettingsError("\n".join(f"{_FILE}:{line}: {how}" for line in broken))
    return {binding.key.upper(): _line(binding) for binding in read if binding.key}


def _line(binding: Binding) -> int:
    """Return the line of a binding's name; the parser counts blank lines above as part of the binding."""
    written = binding.original.string
    return binding.original.line + written[: len(written) - len(written.lstrip())].count("\n")


_NUMBERS = frozenset(
    ("delay", "timeout", "first_poll", "backups", "keep_pages_days", "keep_evidence_days", "keep_records_days")
)


def _fault(fault: Any, lines: Mapping[str, int]) -> str:
    """Return one fault in words, with its line in `.env` if it is there, and its value unless it is secret."""
    field = str(fault["loc"][0])
    value = f"={fault['input']}" if field in _NUMBERS else ""
    name = f"SUNCHI_{field.upper()}"
    place = f"{_FILE}:{lines[name]}: " if name in lines and name not in os.environ else ""
    return f"{place}{name}{value}: {fault['msg'].removeprefix('Value error, ')}"


_USER = re.compile(r"(?:[^/]*|[^/].*:.*)@")  # a secret may contain "/": s3://KEY:SEC/RET@bucket
_QUERY = re.compile(r"[?#]")


def without_secrets(address: str) -> str:
    """Return an address as it may be shown: without user, password and query. A path is returned unchanged."""
    scheme, mark, rest = address.partition("://")
    if not mark:
        return address
    user, query = _USER.match(rest), _QUERY.search(rest)
    if user and query and query.start() < user.end():  # where which of the two ends is uncertain
        return f"{scheme}://…"
    shown = rest[: query.start()] + "?…" if query else rest
    return f"{scheme}://…@{shown[user.end() :]}" if user else f"{scheme}://{shown}"


_OF_DEVELOPERS = "SUNCHI_SHARED"  # the folder of real texts for tests and measurements: CONTRIBUTING.md


def unknown_settings() -> list[str]:
    """Return names in the environment and `.env` that look like settings but are not, such as misspelt ones."""
    known = {_OF_DEVELOPERS, *(f"SUNCHI_{name.upper()}" for name in Settings.model_fields)}
    named = {name.upper() for name in (*os.environ, *DotEnvSettingsSource(Settings).env_vars)}
    return sorted(name for name in named if name.startswith("SUNCHI_") and name not in known)
