"""Findings: what changed and what is missing. A finding that no longer holds is kept, and says so.

The store knows only the fields it searches by, and keeps the rest as JSON; `sunchi.history.findings` defines a finding.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from operator import ge, le

from sqlalchemy import insert, select, update

from sunchi.store.database import Database, batches, narrow
from sunchi.store.records import FindingRecord
from sunchi.store.schema import findings


class Findings(Database):
    def save_findings(self, found: Iterable[FindingRecord], now: datetime) -> int:
        """Store findings, updating the known ones; return how many are new."""
        new = 0
        records = {each.id: each for each in found}
        with self._writing("findings") as connection:
            for some in batches(sorted(records)):
                rows = connection.execute(select(findings.c.id, findings.c.finding).where(findings.c.id.in_(some)))
                known = {row.id: row.finding for row in rows}
                fresh = [records[id] for id in some if id not in known]
                new += len(fresh)
                if fresh:
                    connection.execute(insert(findings), [_values(each) | {"made_at": now} for each in fresh])
                for id in known:
                    if known[id] != records[id].finding:
                        connection.execute(update(findings).where(findings.c.id == id).values(**_values(records[id])))
        return new

    def findings(self, since: date | None = None, until: date | None = None) -> list[FindingRecord]:
        """Return the findings of some days, both included, by day."""
        query = select(findings).order_by(findings.c.day, findings.c.id)
        query = narrow(query, (ge, findings.c.day, since), (le, findings.c.day, until))
        with self._reading() as connection:
            return [
                FindingRecord(row.id, row.edition, row.partner, row.day, row.kind, row.finding, row.made_at)
                for row in connection.execute(query)
            ]


def _values(record: FindingRecord) -> dict[str, object]:
    return {name: getattr(record, name) for name in ("id", "edition", "partner", "day", "kind", "finding")}
