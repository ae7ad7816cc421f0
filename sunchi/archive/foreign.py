"""Pages in WARC files that another program wrote, plain or compressed: the responses, without transfer encodings."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import SEEK_END, StringIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader, ChunkedDataReader, DecompressingBufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.limitreader import LimitReader

from sunchi.archive.warc import LARGEST, OF_THE_WIRE, ORIGINAL, Damage, moment
from sunchi.model import Page, Request
from sunchi.system.bounds import most_unpacked, too_far

_MAX_HEAD = 2**20  # bytes of a record's headers, and of the blank lines before them


def pages(file: BinaryIO) -> Iterator[Page | Damage]:
    """Yield every page that a server sent, in the order of the file; damage is reported and skipped.

    If the rest of the file can't be read, that is the last damage.
    """
    if not file.read(5).startswith((b"WARC/", b"\x1f\x8b")):
        yield Damage(0, "is not a WARC file")
        return
    most = most_unpacked(file.seek(0, SEEK_END))
    file.seek(0)
    records = ArchiveIterator(file)
    records.reader = reader = _Reader(file, most)
    while True:
        try:
            reader.left = _MAX_HEAD
            with redirect_stderr(StringIO()):  # warcio writes there by default
                record = next(records, None)
            if record is None:
                return
            if record.rec_type == "response" and record.http_headers is not None:
                yield _page(record, file)
        except _UNREADABLE as error:
            yield Damage(file.tell(), f"not a WARC record: {error}")
            return


class _Reader(DecompressingBufferedReader):  # type: ignore[misc]
    """What warcio reads a file with; raises ValueError for headers, or a file, without an end."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        super().__init__(file)
        self.left = _MAX_HEAD  # bytes that the current record's headers may still have
        self._most = most

    def readline(self, length: int | None = None) -> bytes:
        line: bytes = super().readline(min(length or self.left, self.left))
        self.left -= len(line)
        if not self.left:
            raise ValueError(f"its headers are longer than {_MAX_HEAD:,} bytes; the rest is not read")
        return line

    def _process_read(self, data: bytes) -> None:
        super()._process_read(data)
        if self.num_read > self._most:
            raise ValueError(too_far(self._most))


_UNREADABLE = (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError, KeyError, zlib.error)


def _page(record: Any, file: BinaryIO) -> Page | Damage:
    try:
        url = record.rec_headers["WARC-Target-URI"].strip("<>")
        headers = [
            (_as_sent(name.removeprefix(ORIGINAL)), _as_sent(value)) for name, value in record.http_headers.headers
        ]
        if any(not name or "\r" in name + value for name, value in headers):
            raise ValueError("it has a header that no server sends")
        return Page(
            request=Request(url),
            url=url,
            status=int(record.http_headers.get_statuscode()),
            headers=tuple((name, value) for name, value in headers if name.lower() not in OF_THE_WIRE),
            body=_body(record),
            fetched_at=moment(record.rec_headers["WARC-Date"]),
        )
    except _UNREADABLE as error:
        return Damage(file.tell(), f"not a readable page ({error})")


def _body(record: Any) -> bytes:
    """Return what a server sent, without transfer and content encoding. Raises ValueError if it is too large.

    warcio's own `content_stream` decompresses a chunk, which has any length, at once.
    """
    sent = LimitReader(record.raw_stream, LARGEST + 1)
    headers = record.http_headers
    stream = ChunkedDataReader(sent) if headers.get_header("Transfer-Encoding") == "chunked" else sent
    encoding = (headers.get_header("Content-Encoding") or "").lower()
    if encoding in BufferedReader.get_supported_decompressors():
        stream = BufferedReader(stream, decomp_type=encoding)
    body: bytes = stream.read(LARGEST + 1)
    if len(body) > LARGEST or not sent.limit:
        raise ValueError(f"larger than {LARGEST:,} bytes")
    return body


def _as_sent(value: str) -> str:
    """Return the bytes of a header as latin-1, as `Page.headers` are; warcio has decoded UTF-8."""
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode().decode("latin-1")
    return value
