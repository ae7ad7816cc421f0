"""The audit's entry for a command: who ran it, when, with which program, lexicon, rules and settings."""

from __future__ import annotations

import getpass
import hashlib
import json
import socket
from datetime import datetime

from pydantic import SecretStr

from sunchi.alerts.rules import Rules
from sunchi.lexicon import Lexicon
from sunchi.settings import Settings, without_secrets
from sunchi.store import AuditEntry
from sunchi.version import VERSION


def audit_entry(
    command: str, settings: Settings, now: datetime, lexicon: Lexicon | None = None, rules: Rules | None = None
) -> AuditEntry:
    """Return the entry of a command, with the lexicon and the rules that it reads, if any."""
    versions = " ".join(sorted(rule.version for rule in rules)) if rules else ""
    return AuditEntry(
        at=now,
        user=_user(),
        program_version=VERSION,
        command=command,
        lexicon_version=lexicon.version[:12] if lexicon else "",
        rules_version=hashlib.sha256(versions.encode()).hexdigest()[:12] if rules else "",
        settings=json.dumps(plain_settings(settings), ensure_ascii=False, sort_keys=True),
    )


def plain_settings(settings: Settings) -> dict[str, object]:
    """Return the settings without secrets; for a secret one, only whether it is set."""
    shown: dict[str, object] = {}
    for name in sorted(Settings.model_fields):
        value = getattr(settings, name)
        if isinstance(value, SecretStr):
            shown[name] = "set"
        elif isinstance(value, dict):
            shown[name] = {key: without_secrets(str(each)) for key, each in sorted(value.items())}
        elif isinstance(value, str) or not isinstance(value, list | int | float | None):
            shown[name] = without_secrets(str(value))
        else:
            shown[name] = value
    return shown


def _user() -> str:
    try:
        name = getpass.getuser()
    except (KeyError, OSError):  # a container's user has no name
        name = "unknown"
    return f"{name}@{socket.gethostname()}"
