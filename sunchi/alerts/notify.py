"""Sends alerts to people. The only module that imports apprise."""

from __future__ import annotations

import hashlib
import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
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
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.email import NotifyEmail
from apprise.utils.parse import parse_urls

from sunchi.alerts.markup import as_html, as_markdown
from sunchi.errors import SettingsError
from sunchi.model import ALWAYS, OPERATORS, Recipient, Severity
from sunchi.text import cut_clauses

_PATIENCE = 30.0
"""Seconds to wait for a service's response. With apprise's own 4, a slow service would get each alert twice."""

# Only apprise's debug log says whether a failure was a time-out. Each call captures its own part; nothing is printed.
logging.getLogger("apprise").setLevel(logging.DEBUG)
logging.getLogger("apprise").propagate = False

SUBJECT = 90
"""Characters of a subject line; a phone shows no more."""

_PLAIN = ("json", "jsons", "xml", "xmls", "form", "forms", "terminal")
"""Services read by programs, or that show text as it is."""


def _print_it(body: str, title: str, *_: Any, **__: Any) -> bool:
    """Print an alert on standard output: the address `terminal://`, for a first look without a recipient."""
    from rich.console import Console
    from rich.text import Text

    screen = Console(soft_wrap=True)  # a broken link can't be clicked or copied
    screen.print(Text(f"▌ {title}", style="bold red"))
    screen.print(Text("\n".join(f"▌ {line}" for line in body.splitlines())))
    screen.print()
    return True


@dataclass(frozen=True, slots=True)
class Result:
    """The result of sending one message to one recipient; `unknown` means a time-out, so it may have arrived."""

    state: Literal["sent", "failed", "unknown"]
    error: str = ""


class Notifier:
    """The recipients in `SUNCHI_NOTIFY`: apprise addresses, or the path of an apprise file that gives them tags.

    Raises SettingsError if an address or the file cannot be used. Addresses contain secrets: only `Recipient.label`,
    which masks them, is ever shown or stored.
    """

    def __init__(self, notify: str = "") -> None:
        # Apprise keeps nothing on disk and sends to one recipient at a time: the store records what was sent.
        self._asset = AppriseAsset(
            storage_mode=PersistentStoreMode.MEMORY, storage_idlen=16, secure_logging=True, async_mode=False,
            app_id="Sunchi", app_desc="What changed in North Korea's state media", app_url="",
            image_url_mask="", image_url_logo="",
        )  # fmt: skip
        self._services: dict[str, NotifyBase] = {}
        tags: dict[str, set[str]] = {}
        for service in self._read(notify.strip()):
            key = _key(service)
            if isinstance(service, NotifyEmail) and not service.from_addr[0]:
                service.from_addr = [self._asset.app_id, service.from_addr[1]]
            # An alert is short and has a link, so truncate it rather than split it.
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
                    f"SUNCHI_NOTIFY: apprise can't use address {number} ({scheme}://…); "
                    "apprise's documentation of that service gives its format"
                )
            yield service

    def _read_file(self, path: Path) -> Iterator[NotifyBase]:
        if not path.is_file():
            named = f": {path}" if path.suffix else ""  # a token pasted without its address is not shown
            raise SettingsError(f"SUNCHI_NOTIFY: neither an address (…://…) nor a file{named}")
        config = AppriseConfig(asset=self._asset)
        with LogCapture(level=logging.WARNING, fmt="%(message)s") as complaints:
            services = list(config.services()) if config.add(str(path.absolute())) else []
            said = complaints.getvalue().strip()
        if said or not services:  # apprise skips what it cannot read, but a recipient must not vanish
            raise SettingsError(f"SUNCHI_NOTIFY: {path}: {said or 'the file has no recipients'}")
        yield from services

    def send(
        self, key: str, title: str, body: str, severity: Severity = "medium", data: Mapping[str, Any] | None = None
    ) -> Result:
        """Send one message to one recipient; block until the service responds or a time-out. Never raises.

        Mail gets HTML, chats get Markdown if they support it, and `json://` gets the alert's `data` beside its text.
        """
        service = self._services.get(key)
        if service is None:
            return Result("failed", "this recipient is no longer in SUNCHI_NOTIFY")
        apprise = Apprise(asset=self._asset)
        apprise.add(service)
        subject, written, form = _message(service, title, body, severity)
        with _with_data(service, data):
            outcome = apprise.notify(
                body=written,
                title=subject,
                notify_type=NotifyType.INFO,  # the text says how urgent it is, and nothing has failed
                body_format=form,
                timeout=2 * _PATIENCE,
                log_level=logging.DEBUG,
            )
        if outcome.status is AppriseResultStatus.SUCCESS:
            return Result("sent")
        entries = [*outcome.call_logs(), *(entry for result in outcome for entry in result.logs())]
        if outcome.status is AppriseResultStatus.TIMEOUT or any("Read timed out" in entry.message for entry in entries):
            return Result("unknown", "no response in time: it may have arrived")
        said = [entry.message for entry in entries if entry.level in ("WARNING", "ERROR", "CRITICAL")]
        return Result("failed", _masked(" ".join(said) or "apprise gave no reason", service))


def _message(service: NotifyBase, title: str, body: str, severity: Severity) -> tuple[str, str, NotifyFormat]:
    """Return the subject, body and format of a message for a service; the subject tells people how urgent it is."""
    if _is(service, _PLAIN):
        return title, body, NotifyFormat.TEXT
    first_line = f"{severity.capitalize()}: {title}"
    subject = cut_clauses(first_line, SUBJECT)
    if subject != first_line:
        body = f"{title}\n\n{body}"
    form = _format(service)
    write: Callable[[str], str] = {NotifyFormat.HTML: as_html, NotifyFormat.MARKDOWN: as_markdown}.get(form, str)
    while len(write(body)) > service.body_maxlen - SUBJECT and "\n\n" in body:
        body = body.rpartition("\n\n")[0]  # if apprise truncated it, the markup would break
    return subject, write(body), form


def _format(service: NotifyBase) -> NotifyFormat:
    """Return the format of a message to a service: as `?format=` sets, otherwise the richest that it displays."""
    declared = service.notify_format
    taken = (declared,) if isinstance(declared, str) else tuple(declared)
    rich = (*taken[:1], NotifyFormat.MARKDOWN, NotifyFormat.HTML)
    best = next((each for each in rich if each in taken and each != NotifyFormat.TEXT), NotifyFormat.TEXT)
    return NotifyFormat(service.resolve_format(best))


def _is(service: NotifyBase, schemas: Collection[str]) -> bool:
    return str(service.url(privacy=True)).partition("://")[0] in schemas


@contextmanager
def _with_data(service: NotifyBase, data: Mapping[str, Any] | None) -> Iterator[None]:
    """Make a JSON webhook send the alert's data, too, as `alert`."""
    if not data or not isinstance(service, NotifyJSON):
        yield
        return
    service.payload_extras["alert"] = data
    try:
        yield
    finally:
        del service.payload_extras["alert"]


def operators(recipients: Sequence[Recipient]) -> tuple[Recipient, ...]:
    """Return the recipients of notices: those tagged `operators`, or all if there are none."""
    return tuple(each for each in recipients if OPERATORS in each.tags) or tuple(recipients)


def _key(service: NotifyBase) -> str:
    """Return a key that is stable over restarts and free of secrets: the service's own, or a hash of its address."""
    return service.url_id() or hashlib.sha256(service.url(privacy=False).encode()).hexdigest()[:16]


_TOKEN = 16
"""Length from which a part of a path counts as a token: whoever knows it can post to the address."""


def _label(service: NotifyBase) -> str:
    """Return the address without secrets.

    Omits its query, in which apprise does not mask headers, and long parts of a plain webhook's path.
    """
    shown = str(service.url(privacy=True)).partition("?")[0]
    head, slashes, rest = shown.partition("://")
    host, *parts = rest.split("/")
    return f"{head}{slashes}" + "/".join([host, *(_short(part) for part in parts)])


def _short(part: str) -> str:
    return f"{part[0]}...{part[-1]}" if len(part) >= _TOKEN else part


def _masked(text: str, service: NotifyBase) -> str:
    """Return an error message without the secrets of the service's address."""
    for secret in _secrets(service):
        text = text.replace(secret, "…")
    return text


def _secrets(service: NotifyBase) -> list[str]:
    """Return the parts of an address that its label hides, as written and decoded; the longest first."""
    url = str(service.url(privacy=False))
    address, _, query = url.partition("?")
    parts = {part for part in _PARTS.split(address) if len(part) >= 4} - set(_PARTS.split(_label(service)))
    # In a query, these characters begin a header, parameter or field that is sent to the service with each message.
    sent = {value for name, value in parse_qsl(query) if name.startswith(("+", "-", ":"))}
    return sorted({url, *parts, *map(unquote_plus, parts), *sent}, key=len, reverse=True)


_PARTS = re.compile("[/:@#]+")
