"""Alerts -> people. The only file that imports apprise."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qsl, unquote_plus

from apprise import (
    Apprise,
    AppriseAsset,
    AppriseConfig,
    AppriseResultStatus,
    LogCapture,
    NotifyBase,
    NotifyFormat,
    NotifyType,
    OverflowMode,
    PersistentStoreMode,
)
from apprise.decorators import notify as custom_service
from apprise.utils.parse import parse_urls

from sunchi.errors import SettingsError
from sunchi.model import ALWAYS, OPERATORS, Recipient, Severity

_PATIENCE = 30.0
"""Seconds to wait for a service's answer. Apprise waits 4: a slow service would get each alert twice."""

# Only in its debug log does a service say whether it was a time-out; each call captures its own part, none is printed.
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("apprise").propagate = False

_TYPES = {"low": NotifyType.INFO, "medium": NotifyType.WARNING, "high": NotifyType.FAILURE}


def _print_it(body: str, title: str, *_: Any, **__: Any) -> bool:
    """`terminal://`: the alert on standard output, for a first look before any recipient is set."""
    from rich.console import Console
    from rich.text import Text

    screen = Console(soft_wrap=True)  # a link must stay whole, to be clicked or copied
    screen.print(Text(f"▌ {title}", style="bold red"))
    screen.print(Text("\n".join(f"▌ {line}" for line in body.splitlines())))
    screen.print()
    return True


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one message to one recipient; `unknown` is a time-out: it may have arrived."""

    state: Literal["sent", "failed", "unknown"]
    error: str = ""


class Notifier:
    """The recipients of `SUNCHI_NOTIFY`: addresses of apprise, or the path of an apprise file that gives them tags.

    Raises SettingsError where an address or the file cannot be used. Addresses hold secrets: only `Recipient.label`,
    which masks them, is ever shown or stored.
    """

    def __init__(self, notify: str = "") -> None:
        # Nothing of apprise's own is kept on disk, and one recipient is asked at a time: the ledger is ours.
        self._asset = AppriseAsset(
            storage_mode=PersistentStoreMode.MEMORY, storage_idlen=16, secure_logging=True, async_mode=False
        )
        self._services: dict[str, NotifyBase] = {}
        tags: dict[str, set[str]] = {}
        for service in self._read(notify.strip()):
            key = _key(service)
            # An alert is short and bears a link, so what a service cannot take is better cut than sent in pieces.
            service.overflow_mode = OverflowMode.TRUNCATE
            service.socket_read_timeout = max(service.socket_read_timeout, _PATIENCE)
            self._services.setdefault(key, service)
            tags.setdefault(key, set()).update({str(tag) for tag in service.tags} or {ALWAYS})
        self.recipients = tuple(
            Recipient(key, _label(service), frozenset(tags[key])) for key, service in self._services.items()
        )

    def _read(self, notify: str) -> Iterator[NotifyBase]:
        if notify and "://" not in notify:
            yield from self._read_file(Path(notify).expanduser())
            return
        if "terminal://" in notify:
            custom_service(on="terminal", name="Terminal")(_print_it)
        for number, address in enumerate(parse_urls(notify), 1):
            service = Apprise.instantiate(address, asset=self._asset, suppress_exceptions=True)
            if service is None:
                scheme = address.partition("://")[0]
                raise SettingsError(
                    f"SUNCHI_NOTIFY: address {number} ({scheme}://…) is none that apprise can use; "
                    "its form is in the apprise documentation of that service"
                )
            yield service

    def _read_file(self, path: Path) -> Iterator[NotifyBase]:
        if not path.is_file():
            named = f": {path}" if path.suffix else ""  # a token that was pasted without its address is not shown
            raise SettingsError(f"SUNCHI_NOTIFY: neither an address (…://…) nor a file{named}")
        config = AppriseConfig(asset=self._asset)
        with LogCapture(level=logging.WARNING, fmt="%(message)s") as complaints:
            services = list(config.services()) if config.add(str(path.absolute())) else []
            said = complaints.getvalue().strip()
        if said or not services:  # apprise leaves out what it cannot read; a recipient must not vanish like that
            raise SettingsError(f"SUNCHI_NOTIFY: {path}: {said or 'there is no recipient in this file'}")
        yield from services

    def send(self, key: str, title: str, body: str, severity: Severity = "medium") -> Result:
        """One message to one recipient; blocks until it is answered or times out. Never raises."""
        service = self._services.get(key)
        if service is None:
            return Result("failed", "this recipient is no longer in SUNCHI_NOTIFY")
        apprise = Apprise(asset=self._asset)
        apprise.add(service)
        outcome = apprise.notify(
            body=body,
            title=title,
            notify_type=_TYPES[severity],
            body_format=NotifyFormat.TEXT,
            timeout=2 * _PATIENCE,
            log_level=logging.DEBUG,
        )
        if outcome.status is AppriseResultStatus.SUCCESS:
            return Result("sent")
        entries = [*outcome.call_logs(), *(entry for result in outcome for entry in result.logs())]
        if outcome.status is AppriseResultStatus.TIMEOUT or any("Read timed out" in entry.message for entry in entries):
            return Result("unknown", "no answer in time: it may have arrived")
        said = [entry.message for entry in entries if entry.level in ("WARNING", "ERROR", "CRITICAL")]
        return Result("failed", _masked(" ".join(said) or "apprise gave no reason", service))


def operators(recipients: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Who is told what is wrong with Sunchi and its sources: those tagged `operators`; where there are none, all."""
    return tuple(each for each in recipients if OPERATORS in each.tags) or tuple(recipients)


def _key(service: NotifyBase) -> str:
    """Stable over restarts and free of secrets; where a service has no identity of its own, a hash of its address."""
    return service.url_id() or hashlib.sha256(service.url(privacy=False).encode()).hexdigest()[:16]


_TOKEN = 16
"""Characters from which on a part of a path is taken for a token: whoever knows such an address can post to it."""


def _label(service: NotifyBase) -> str:
    """The address without its secrets; its query is left out, since headers that stand there are not masked, and of a
    plain webhook, whose path apprise shows whole, the long parts."""
    shown = str(service.url(privacy=True)).partition("?")[0]
    head, slashes, rest = shown.partition("://")
    host, *parts = rest.split("/")
    return f"{head}{slashes}" + "/".join([host, *(_short(part) for part in parts)])


def _short(part: str) -> str:
    return f"{part[0]}...{part[-1]}" if len(part) >= _TOKEN else part


def _masked(text: str, service: NotifyBase) -> str:
    """An error as it may be stored: without what only the full address holds."""
    for secret in _secrets(service):
        text = text.replace(secret, "…")
    return text


def _secrets(service: NotifyBase) -> list[str]:
    """What an address holds and its label does not show, as it stands there and decoded; the longest first."""
    whole = str(service.url(privacy=False))
    address, _, query = whole.partition("?")
    parts = {part for part in _PARTS.split(address) if len(part) >= 4} - set(_PARTS.split(_label(service)))
    # In a query these marks begin a header, a parameter or a field that goes to the service with each message.
    sent = {value for name, value in parse_qsl(query) if name[0] in "+-:" and value}
    return sorted({whole, *parts, *map(unquote_plus, parts), *sent}, key=len, reverse=True)


_PARTS = re.compile("[/:@#]+")
