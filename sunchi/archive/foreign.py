"""Pages in WARC files that another program wrote, plain or compressed: the responses, without transfer encodings."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from io import StringIO
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from sunchi.archive.warc import LARGEST, OF_THE_WIRE, ORIGINAL, Damage, moment
from sunchi.model import Page, Request


def pages(file: BinaryIO) -> Iterator[Page | Damage]:
    """Yield every page that a server sent, in the order of the file; damage is reported and skipped.

    If the rest of the file can't be read, that is the last damage.
    """
    if not file.read(5).startswith((b"WARC/", b"\x1f\x8b")):
        yield Damage(0, "is not a WARC file")
        return
    file.seek(0)
    records = ArchiveIterator(file)
    while True:
        try:
            with redirect_stderr(StringIO()):  # warcio writes there by default
                record = next(records, None)
            if record is None:
                return
            if record.rec_type == "response" and record.http_headers is not None:
                yield _page(record, file)
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError, zlib.error) as error:
            yield Damage(file.tell(), f"not a WARC record: {error}; the rest is not read")
            return


def _page(record: Any, file: BinaryIO) -> Page | Damage:
    try:
        body = record.content_stream().read(LARGEST + 1)
        if len(body) > LARGEST:
            return Damage(file.tell(), f"larger than {LARGEST:,} bytes")
        url = record.rec_headers["WARC-Target-URI"].strip("<>")
        headers = ((name.removeprefix(ORIGINAL), value) for name, value in record.http_headers.headers)
        return Page(
            request=Request(url),
            url=url,
            status=int(record.http_headers.get_statuscode()),
            headers=tuple((name, value) for name, value in headers if name.lower() not in OF_THE_WIRE),
            body=body,
            fetched_at=moment(record.rec_headers["WARC-Date"]),
        )
    except (ValueError, TypeError, AttributeError, KeyError, EOFError, OSError, zlib.error) as error:
        return Damage(file.tell(), f"not a readable page ({error})")
