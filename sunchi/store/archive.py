"""The index of the archive: where each response is stored."""

from __future__ import annotations

from collections.abc import Iterator
from operator import eq
from typing import Any

from sqlalchemy import Row, select, tuple_

from sunchi.model import Location, Page
from sunchi.store.database import BATCH, Database, insert, narrow
from sunchi.store.records import Response
from sunchi.store.schema import responses


class ArchiveIndex(Database):
    def add_response(self, page: Page, location: Location, site: str) -> None:
        """Record where a page is archived, under the address that was requested."""
        place = {"file": location.file, "offset": location.offset, "length": location.length}
        said = {"site": site, "url": page.request.url, "status": page.status, "at": page.fetched_at}
        said["sha256"] = page.sha256
        with self._writing() as connection:
            connection.execute(insert(connection, responses).values(**place, **said).on_conflict_do_nothing())

    def responses(self, site: str | None = None) -> Iterator[Response]:
        """Yield every response by file and offset, so that each file is read once and forwards."""
        query = select(responses).order_by(responses.c.file, responses.c.offset).limit(BATCH)
        query = narrow(query, (eq, responses.c.site, site))
        after: Location | None = None
        while True:
            page = query
            if after is not None:
                page = query.where(tuple_(responses.c.file, responses.c.offset) > tuple_(after.file, after.offset))
            with self._reading() as connection:
                found = [_response(row) for row in connection.execute(page)]
            yield from found
            if len(found) < BATCH:
                return
            after = found[-1].location


def _response(row: Row[Any]) -> Response:
    return Response(row.url, row.at, Location(row.file, row.offset, row.length), row.site, row.status, row.sha256)
