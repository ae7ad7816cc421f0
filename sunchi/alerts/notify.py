"""Sends alerts to people. The only module that imports apprise."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, unquote_plus

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
from apprise.exception import AppriseImproperlyConfigured
from apprise.manager_plugins import NotificationManager
from apprise.plugins import url_to_dict
from apprise.plugins.custom_json import NotifyJSON
from apprise.plugins.email import NotifyEmail
from apprise.utils.parse import is_email, parse_list, parse_urls

from sunchi.alerts.markup import as_html, as_markdown
from sunchi.alerts.transport import Result, send_within
from sunchi.errors import SettingsError
from sunchi.model import ALWAYS, OPERATORS, Recipient, Severity
from sunchi.text import cut_clauses

PATIENCE = 30.0
"""Seconds to wait for a service's response. With apprise's own 4, a slow service would get each alert twice.

A message takes a third more at most: it is then cut off.
"""

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


class Notifier:
    """The recipients in `SUNCHI_NOTIFY`: apprise addresses, or the path of an apprise file that gives them tags.

    An address with several targets (`?to=a,b`, also `cc` and `bcc`) has a recipient for each. Raises SettingsError if
    an address or the file cannot be used. Addresses contain secrets: only `Recipient.label`, which masks them, is ever
    shown or stored.
    """

    def __init__(self, notify: str = "", patience: float | None = None) -> None:
        self.patience = PATIENCE if patience is None else patience
        # Apprise keeps nothing on disk and sends to one recipient at a time: the store records what was sent.
        self._asset = AppriseAsset(
            storage_mode=PersistentStoreMode.MEMORY, storage_idlen=16, secure_logging=True, async_mode=False,
            app_id="Sunchi", app_desc="What changed in North Korea's state media", app_url="",
            image_url_mask="", image_url_logo="", service_timeout=0,
        )  # fmt: skip
        self._notify = notify.strip()
        self._services: dict[str, NotifyBase] = {}
        tags: dict[str, set[str]] = {}
        former: dict[str, tuple[str, bool]] = {}  # key -> key before version 0017, and whether messages to it came here
        named: Counter[str] = Counter()
        with _recorded():
            services = list(self._read(self._notify))
        for service in services:
            parts, old = _split(service), _former_key(service)
            if len(asked := _asked(service)) > max(len(parts), len(service)):
                raise SettingsError(f"SUNCHI_NOTIFY: {_label(service)}: one of the {len(asked)} in `to=` is no address")
            is_first = old not in {each for each, _ in former.values()}
            for part in parts:
                key = _key(part)
                self._services.setdefault(key, self._ready(part))
                tags.setdefault(key, set()).update({str(tag) for tag in service.tags} or {ALWAYS})
                former.setdefault(key, (old, is_first))
                named[key] += 1
        labels = {key: _label(service) for key, service in self._services.items()}
        shared = {label for label, times in Counter(labels.values()).items() if times > 1}
        self.recipients = tuple(
            Recipient(
                key=key,
                label=f"{label} ({key[:4]})" if label in shared else label,
                tags=frozenset(tags[key]),
                former_key=former[key][0],
                heard=former[key][1],
                times=named[key],
                targets=len(self._services[key]),
            )
            for key, label in labels.items()
        )

    def _ready(self, service: NotifyBase) -> NotifyBase:
        if isinstance(service, NotifyEmail) and not service.from_addr[0]:
            service.from_addr = [self._asset.app_id, service.from_addr[1]]
        # An alert is short and has a link, so truncate it rather than split it.
        service.overflow_mode = OverflowMode.TRUNCATE
        service.socket_read_timeout = self.patience
        return service

    def _read(self, notify: str) -> Iterator[NotifyBase]:
        if notify and "://" not in notify:
            yield from self._read_file(Path(notify).expanduser())
            return
        if "terminal://" in notify:
            custom_service(on="terminal", name="Terminal")(_print_it)
        for number, address in enumerate(parse_urls(notify), 1):
            with LogCapture(level=logging.WARNING, fmt="%(message)s") as complaints:
                service = Apprise.instantiate(address, asset=self._asset, suppress_exceptions=True)
                said = complaints.getvalue().strip()
            if service is None or said:  # apprise drops a target that it can't use
                why = _masked(said, service) if service else "its documentation of that service gives the format"
                scheme = address.partition("://")[0]
                raise SettingsError(f"SUNCHI_NOTIFY: apprise can't use address {number} ({scheme}://…): {why}")
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
        """Send one message to one recipient; block until the service responds or the message is cut off. Never raises.

        Mail gets HTML, chats get Markdown if they support it, and `json://` gets the alert's `data` beside its text.
        """
        message: dict[str, Any] = {"key": key, "title": title, "body": body, "severity": severity, "data": data}
        service = self._services.get(key)
        if service is None:
            return Result("failed", "this recipient is no longer in SUNCHI_NOTIFY")
        if _is(service, ("terminal",)):  # contacts nobody
            return self.post(**message)
        return send_within(self.patience * 4 / 3, {**message, "notify": self._notify, "patience": self.patience})

    def speaks_http_or_smtp(self, key: str) -> bool:
        """Return whether a recipient's service is reached by HTTP or SMTP, so that its sender knows what has left."""
        service = self._services.get(key)
        return service is None or bool({"requests", "smtplib"} & vars(sys.modules[type(service).__module__]).keys())

    def post(self, key: str, title: str, body: str, severity: Severity, data: Mapping[str, Any] | None) -> Result:
        """Send one message in this process, which may take for ever."""
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
                log_level=logging.DEBUG,
            )
        if outcome.status is AppriseResultStatus.SUCCESS:
            return Result("sent")
        entries = [*outcome.call_logs(), *(entry for result in outcome for entry in result.logs())]
        if any("Read timed out" in entry.message for entry in entries):
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


@contextmanager
def _recorded() -> Iterator[None]:
    """Record in each service that is made what it is made of, as `written`: its address does not say it all."""
    with _one_at_a_time:
        class_of: Callable[[Any, str], type[NotifyBase]] = NotificationManager.__getitem__
        recording = lambda self, schema: _recording(class_of(self, schema))  # noqa: E731 - it takes a method's place
        NotificationManager.__getitem__ = recording  # type: ignore[method-assign]
        try:
            yield
        finally:
            NotificationManager.__getitem__ = class_of  # type: ignore[method-assign]


_one_at_a_time = threading.Lock()


def _recording(service: type[NotifyBase]) -> type[NotifyBase]:
    def make(self: Any, **written: Any) -> None:
        service.__init__(self, **written)
        self.written = written

    return type(service.__name__, (service,), {"__init__": make, "__module__": service.__module__})


def _split(service: NotifyBase) -> list[NotifyBase]:
    """Return a service for each target of an address; the address itself if it has one, or can't be split."""
    where = next((name for name, each in service.template_tokens.items() if "list" in str(each.get("type"))), None)
    named = url_to_dict(service.url(privacy=False)) if where else None  # each target by itself, however it was written
    if where is None or named is None:
        return [service]
    none = dict.fromkeys(name for name in ("cc", "bcc") if name in service.template_args)
    targets = [{where: [target]} for name in (where, *none) for target in _listed(named.get(name))]
    if targets and not _listed(named.get(where)):
        targets.insert(0, {})  # a mail to its sender, and copies to others
    if len(targets) < max(2, len(service)):
        return [service]
    try:
        return [type(service)(**(vars(service)["written"] | none | target)) for target in targets]
    except AppriseImproperlyConfigured:
        return [service]


def _asked(service: NotifyBase) -> set[str]:
    """Return the targets in the address's `to=`, also those that apprise leaves out without a word."""
    written = vars(service).get("written", {}).get("qsd") or {}
    return {target.strip() for target in str(written.get("to") or "").split(",")} - {""}


def _listed(value: Any) -> list[str]:
    return parse_list(value) if isinstance(value, str) else list(value or ())


def _key(service: NotifyBase) -> str:
    """Return a key that is stable over restarts: a hash of all that says where messages go.

    That is the address without its password, which can't be guessed from the key, and without the parameters of every
    service, such as `format`.
    """
    address, _, query = str(service.url(privacy=False)).partition("?")
    # Apprise writes some lists in any order.
    options = [(name, sorted(value.split(","))) for name, value in parse_qsl(query) if name not in _OF_ALL]
    place = repr((_PASSWORD.sub(r"\g<user>", address), sorted(options)))
    return hashlib.sha256(place.encode()).hexdigest()[:16]


_OF_ALL = frozenset(NotifyBase.template_args)
_PASSWORD = re.compile(r"(?<=://)(?P<user>[^/:@]*):[^/@]*(?=@)")


def _former_key(service: NotifyBase) -> str:
    """Return the key of an address before version 0017, which left out its targets."""
    return service.url_id() or hashlib.sha256(service.url(privacy=False).encode()).hexdigest()[:16]


_TOKEN = 16
"""Length from which a part of a path counts as a token: whoever knows it can post to the address."""


def _label(service: NotifyBase) -> str:
    """Return the address without secrets.

    Omits its query, in which apprise does not mask headers, and long parts of its path, if they are not mail addresses.
    """
    shown = str(service.url(privacy=True)).partition("?")[0]
    head, slashes, rest = shown.partition("://")
    host, *parts = rest.split("/")
    return f"{head}{slashes}" + "/".join([host, *(_short(part, service) for part in parts)])


def _short(part: str, service: NotifyBase) -> str:
    if "target_email" in service.template_tokens and is_email(unquote(part)):
        return unquote(part)
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
    shown = {*_PARTS.split(_label(service)), *_label(service).split("/")}
    parts = {part for part in _PARTS.split(address) if len(part) >= 4 and unquote(part) not in shown}
    # In a query, these characters begin a header, parameter or field that is sent to the service with each message.
    sent = {value for name, value in parse_qsl(query) if name.startswith(("+", "-", ":"))}
    return sorted({url, *parts, *map(unquote_plus, parts), *sent}, key=len, reverse=True)


_PARTS = re.compile("[/:@#]+")
