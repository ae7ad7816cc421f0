"""Counts how often the rule for a day's articles would report in a year of KCNA: the figure in docs/reliability.md.

    python -m bench.normal

The texts are not part of the project; kcna_en_2011.jsonl.gz is in the folder of real texts (SUNCHI_SHARED).
"""

from __future__ import annotations

import gzip
import json
import os
import sys
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from parsers import SOURCES
from sunchi.ingest import usual
from sunchi.store import Activity, LinkState

SHARED = Path(os.environ.get("SUNCHI_SHARED", Path(__file__).resolve().parents[2] / "shared"))
CORPUS = SHARED / "data" / "kcna_en_2011.jsonl.gz"
DAY = timedelta(days=1)


def main() -> int:
    if not CORPUS.is_file():
        sys.stderr.write(f"{CORPUS} does not exist: set SUNCHI_SHARED\n")
        return 2
    source = SOURCES["kcna"]
    zone, edition = ZoneInfo(source.timezone), source.editions[0]
    with gzip.open(CORPUS, "rt", encoding="utf-8") as lines:
        count = Counter(date.fromisoformat(json.loads(line)["date"]) for line in lines)
    days = [min(count) + number * DAY for number in range((max(count) - min(count)).days + 1)]
    read = {day: datetime.combine(day, time(23), zone).astimezone(UTC) for day in days}
    judged = 0
    for day in days:
        now = datetime.combine(day + DAY, time(1), zone).astimezone(UTC)
        before = [each for each in days if now - usual.MEMORY <= read[each] <= now]
        links = tuple((each, read[each], LinkState.READ) for each in before for _ in range(count[each]))
        activity = Activity(links, {each: read[each] for each in before}, max(read[each] for each in before))
        judged += sum(each.weekday() == day.weekday() for each in before[1:]) > usual.WEEKS
        if words := usual.deviations(activity, edition, zone, now)["few_articles"]:
            sys.stdout.write(f"{words}\n")
    least = min(count.values())
    sys.stdout.write(
        f"{len(days)} days, {len(count)} with articles, {least} or more; {judged} compared with similar days\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
