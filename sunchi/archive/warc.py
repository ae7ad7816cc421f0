"""Pages as WARC records (WARC/1.1, ISO 28500:2017), and back, exactly as they were.

A page is stored as two records, each a gzip member of its own: the response, and the request that it answers. Any WARC
tool can read them. Four details make it possible to restore the page exactly:

- Bodies are stored decompressed. So that no reader decompresses them again, the headers that say how the body was sent
  are renamed to `X-Archive-Orig-Content-Encoding` and so on, and `Content-Length` is that of the stored body.
- Headers are stored as the bytes that were sent (latin-1 in `Page.headers`), in their order, with their capitals.
- An address that is not plain ASCII is escaped in `WARC-Target-URI`, and unchanged in `X-Archive-Orig-URL` (JSON).
- A 304 is a response without a body, not a revisit: a revisit must name the record that it repeats, and the request had
  only an ETag.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from typing import Any, BinaryIO
from urllib.parse import parse_qsl, quote, urlencode, urlsplit
from uuid import uuid4

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from sunchi.errors import ArchiveError
from sunchi.model import YEARS, Page, Request
from sunchi.version import VERSION

ORIGINAL = "X-Archive-Orig-"
"""The prefix of headers that say how a body was sent, if it is stored otherwise."""

OF_THE_WIRE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
"""The headers that say how a body was sent, in lower case."""

_URL_SIGNS = "!#$%&'()*+,/:;<=>?@[]_~-."
_GZIP = b"\x1f\x8b\x08"
_PIECE = 16 * 2**10

LARGEST = 64 * 2**20
"""Bytes of a decompressed record; a hostile file may expand without end. `Politeness.max_bytes` is far below."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """A page read from a file, and the place of its records there (bytes)."""

    page: Page
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Damage:
    """A damaged place in a file (byte), and what is wrong, in words."""

    offset: int
    words: str


# --- writing --------------------------------------------------------------------------------------------------------


def file_head(name: str, site: str, at: datetime) -> bytes:
    """Return the first record of a file, which says what wrote it."""
    fields = {"software": f"Sunchi/{VERSION}", "format": "WARC File Format 1.1", "isPartOf": site}
    block = "".join(f"{field}: {value}\r\n" for field, value in fields.items()).encode()
    return _record("warcinfo", "application/warc-fields", block, {"WARC-Date": _date(at), "WARC-Filename": name})


def records(page: Page) -> bytes:
    """Return the two records of a page. Raises ArchiveError for a page that no server can have sent."""
    response_id, date = _record_id(), _date(page.fetched_at)
    response = {"WARC-Record-ID": response_id, "WARC-Date": date, **_target(page.url)}
    request = {"WARC-Date": date, "WARC-Concurrent-To": response_id, **_target(page.request.url)}
    form = urlencode(page.request.form).encode("ascii")
    return _record(
        "response", "application/http; msgtype=response", _response_head(page), response, page.body
    ) + _record("request", "application/http; msgtype=request", _request_head(page.request, form), request, form)


def _record(kind: str, content_type: str, head: bytes, fields: dict[str, str], payload: bytes | None = None) -> bytes:
    """Return one gzip member. `head` precedes the payload; a record without payload has no payload digest."""
    headers = StatusAndHeaders("", [("WARC-Type", kind), *fields.items()], protocol="WARC/1.1")
    if "WARC-Record-ID" not in fields:
        headers.add_header("WARC-Record-ID", _record_id())
    if payload is not None:
        headers.add_header("WARC-Payload-Digest", _digest(payload))
    block = head + (payload or b"")
    out = BytesIO()
    # The block is passed as bytes: warcio would rewrite HTTP headers that are not ASCII.
    WARCWriter(out, gzip=True, warc_version="1.1").write_record(
        ArcWarcRecord("warc", kind, headers, BytesIO(block), None, content_type, len(block))
    )
    return out.getvalue()


def _response_head(page: Page) -> bytes:
    headers = [(ORIGINAL + name if _is_renamed(name) else name, value) for name, value in page.headers]
    return _http_head(
        f"HTTP/1.1 {page.status} {_phrase(page.status)}", [*headers, ("Content-Length", str(len(page.body)))]
    )


def _request_head(request: Request, form: bytes) -> bytes:
    address = urlsplit(_escaped(request.url))
    target = (address.path or "/") + (f"?{address.query}" if address.query else "")
    headers = [("Host", address.netloc)]
    if form:
        headers += [("Content-Type", "application/x-www-form-urlencoded"), ("Content-Length", str(len(form)))]
    return _http_head(f"{request.method} {target} HTTP/1.1", headers)


def _http_head(first: str, headers: list[tuple[str, str]]) -> bytes:
    lines = [first]
    for name, value in headers:
        if not name or ":" in name or any(sign in name + value for sign in "\r\n"):
            raise ArchiveError(f"a page can't be stored: its header {name!r}: {value!r} is not one that servers send")
        lines.append(f"{name}: {value}")
    try:
        return "\r\n".join([*lines, "", ""]).encode("latin-1")
    except UnicodeEncodeError as error:
        raise ArchiveError(f"a page can't be stored: its headers are not latin-1 ({error})") from None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _is_renamed(name: str) -> bool:
    """Return whether a header is stored under another name: transfer headers, and names that already look renamed."""
    return name.lower() in OF_THE_WIRE or name.startswith(ORIGINAL)


def _target(url: str) -> dict[str, str]:
    escaped = _escaped(url)
    return {"WARC-Target-URI": escaped} | ({} if escaped == url else {ORIGINAL + "URL": json.dumps(url)})


def _escaped(url: str) -> str:
    return quote(url, safe=_URL_SIGNS, errors="replace")


def _date(at: datetime) -> str:
    if at.tzinfo is None:
        raise ArchiveError(f"a page can't be stored: the time of its fetch, {at}, has no time zone")
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def _record_id() -> str:
    return f"<urn:uuid:{uuid4()}>"


def _digest(block: bytes) -> str:
    digester = Digester("sha1")  # the digest that all WARC tools check
    digester.update(block)
    return str(digester)


# --- reading --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Member:
    """One gzip member of a file."""

    offset: int
    length: int
    content: bytes


@dataclass(frozen=True, slots=True)
class _Record:
    headers: Any
    block: bytes
    offset: int
    end: int

    @property
    def kind(self) -> str:
        return str(self.headers.get_header("WARC-Type"))


def pages(file: BinaryIO) -> Iterator[PagePlace | Damage]:
    """Yield every page of a file, in the order of storing; damage is reported and skipped."""
    response: _Record | None = None
    for member in _members(file):
        record = _parsed(member) if isinstance(member, _Member) else member
        if response and not (isinstance(record, _Record) and record.kind == "request"):
            yield Damage(response.offset, "the request that belongs to this response is missing")
            response = None
        if isinstance(record, Damage):
            yield record
        elif record.kind == "response":
            response = record
        elif record.kind == "request" and response:
            yield _page(response, record)
            response = None
    if response:
        yield Damage(response.offset, "the request that belongs to this response is missing")


def _page(response: _Record, request: _Record) -> PagePlace | Damage:
    try:
        status_line, headers, body = _http(response.block)
        if response.headers["WARC-Payload-Digest"] != _digest(body):
            return Damage(response.offset, "its payload digest is not that of what it holds")
        request_line, _, form = _http(request.block)
        page = Page(
            request=Request(
                url=_url(request),
                method="POST" if request_line.startswith("POST ") else "GET",
                form=tuple(parse_qsl(form.decode("ascii"), keep_blank_values=True)),
            ),
            url=_url(response),
            status=int(status_line.split(" ")[1]),
            headers=tuple(
                (name.removeprefix(ORIGINAL), value) for name, value in headers if name.lower() != "content-length"
            ),
            body=body,
            fetched_at=moment(response.headers["WARC-Date"]),
        )
    except (ValueError, IndexError, TypeError, AttributeError, RecursionError) as error:
        return Damage(response.offset, f"not a page as Sunchi keeps them ({error})")
    return PagePlace(page, response.offset, request.end - response.offset)


def moment(written: str) -> datetime:
    """Return the time in a WARC-Date, which is in UTC; raises ValueError if no page can have been fetched then."""
    at = datetime.fromisoformat(written)
    if at.year not in YEARS:
        raise ValueError(f"fetched in the year {at.year}")
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _http(block: bytes) -> tuple[str, list[tuple[str, str]], bytes]:
    head, _, body = block.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = [line.partition(": ") for line in lines]
    return first, [(name, value) for name, _, value in pairs], body


def _url(record: _Record) -> str:
    original = record.headers.get_header(ORIGINAL + "URL")
    return str(json.loads(original) if original else record.headers["WARC-Target-URI"])


def _parsed(member: _Member) -> _Record | Damage:
    stream = BytesIO(member.content)
    try:
        headers = StatusAndHeadersParser(["WARC/"]).parse(stream)
        block = stream.read(int(headers["Content-Length"]))
        if headers["WARC-Block-Digest"] != _digest(block):
            return Damage(member.offset, "its block digest is not that of what it holds")
    except (StatusAndHeadersParserException, EOFError, OverflowError, ValueError, TypeError) as error:
        return Damage(member.offset, f"not a WARC record ({error})")
    return _Record(headers, block, member.offset, member.offset + member.length)


def _members(file: BinaryIO) -> Iterator[_Member | Damage]:
    """Yield the gzip members of a file; after damage, go on with the next member that can be read."""
    offset, well = 0, True
    while True:
        found = _member(file, offset)
        if found is None:
            return
        if isinstance(found, _Member) and (well or found.content.startswith(b"WARC/")):
            yield found
            offset, well = found.offset + found.length, True
            continue
        if well and isinstance(found, Damage):
            yield found
        well = False
        offset = _next_magic(file, offset + 1)


def _member(file: BinaryIO, offset: int) -> _Member | Damage | None:
    """Return the member that begins at this byte; None at the end of the file."""
    file.seek(offset)
    inflate, content, length = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray(), 0
    while not inflate.eof:
        sent = file.read(_PIECE)
        if not sent:
            return Damage(offset, "cut short") if length else None
        length += len(sent)
        try:
            content += inflate.decompress(sent, LARGEST + 1 - len(content))
        except zlib.error as error:
            return Damage(offset, f"damaged ({error})")
        if len(content) > LARGEST:
            return Damage(offset, f"larger than {LARGEST:,} bytes")
    return _Member(offset, length - len(inflate.unused_data), bytes(content))


def _next_magic(file: BinaryIO, offset: int) -> int:
    """Return the position of gzip's next magic number from this byte on, or the end of the file."""
    file.seek(offset)
    tail = b""
    while piece := file.read(_PIECE):
        window = tail + piece
        at = window.find(_GZIP)
        if at >= 0:
            return offset - len(tail) + at
        tail = window[-2:]
        offset += len(piece)
    return offset
