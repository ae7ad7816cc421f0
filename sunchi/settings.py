"""The environment, read once; handed in, never imported by the machinery."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import AnyHttpUrl, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from sunchi.model import SettingsError

ROOT = Path(__file__).resolve().parent.parent


def _words(value: object) -> object:
    """`kcna, rodong/ko` or `kcna rodong/ko` -> a list."""
    return value.replace(",", " ").split() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting: `SUNCHI_` and the field's name in capitals, in the environment or in `.env`."""

    model_config = SettingsConfigDict(env_prefix="SUNCHI_", env_file=".env", env_ignore_empty=True, extra="ignore")

    data_dir: Path = Path("var")
    database_url: SecretStr | None = None
    archive: str = ""
    lexicon: Path = ROOT / "lexicon"

    sources: Annotated[list[str], NoDecode, BeforeValidator(_words)] = Field(default=["kcna", "rodong", "hani"])
    mirrors: dict[str, AnyHttpUrl] = Field(default_factory=dict)
    proxy: SecretStr | None = None
    contact: str = ""
    delay: float | None = Field(default=None, ge=0, le=600)
    timeout: float | None = Field(default=None, gt=0, le=600)
    first_poll: int = Field(default=40, ge=1, le=10_000)

    notify: SecretStr | None = None

    def database(self) -> str:
        """The database's address, with its password: for opening it, never for showing."""
        if self.database_url:
            return self.database_url.get_secret_value()
        return f"sqlite:///{(self.data_dir / 'sunchi.db').absolute()}"

    def recipients(self) -> str:
        """`SUNCHI_NOTIFY` as it stands, with its secrets: for sending, never for showing."""
        return self.notify.get_secret_value() if self.notify else ""

    def archive_address(self) -> str:
        return self.archive or str((self.data_dir / "archive").absolute())


def load() -> Settings:
    """Settings from the environment and `.env`; raises SettingsError that names each variable that is wrong."""
    try:
        return Settings()
    except ValidationError as error:
        lines = []
        for fault in error.errors():
            name = "SUNCHI_" + "_".join(str(part) for part in fault["loc"][:1]).upper()
            lines.append(f"{name}: {fault['msg']}")
        raise SettingsError("\n".join(lines)) from None
