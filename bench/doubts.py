"""Measures how many real texts are doubted under their own titles, and under the title of another text of the same day.

    python -m bench.doubts                      days of KCNA drawn at random in the folder of real texts (SUNCHI_SHARED)
    python -m bench.doubts --days 100 --seed 7

A doubted text is stored, and its alerts wait for a second look, or for a day of looks. Under their own titles few texts
should be doubted, since that delays true alerts; under another's title many should be, since a site that shows one
article under another's title would otherwise cause false ones. Only the comparison with other articles is measured here
(ingest/likeness.py).

The second figures are about edits: an edit that adds a foreign paragraph to a text waits for a day (ingest/trust.py).
They are measured for each paragraph of a text, as if the rest had been there before, and for a paragraph of another
text.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.quality.texts import collection
from sunchi.ingest.likeness import Likeness
from sunchi.ingest.trust import UNTRUSTED, brings_foreign, is_article_own
from sunchi.model import Article, Link
from sunchi.store import ImportedText, Store
from sunchi.text import fingerprint

COLLECTIONS = ("kcna_en.jsonl", "kcna_en_2011.jsonl.gz", "kcna_ko.jsonl")
NEAR = 2  # days before and after whose articles are stored
Waits = Counter[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--days", type=int, default=25)
    parser.add_argument("--seed", type=int, default=3)
    given = parser.parse_args()
    rng = random.Random(given.seed)  # noqa: S311  # the same days each time is what is wanted
    _say(f"{'wait for a second look, or for a day':24}")
    for name in COLLECTIONS:
        by_day = _by_day(name)
        own, others, edits = Waits(), Waits(), Waits()
        for day in rng.sample(sorted(by_day), min(given.days, len(by_day))):
            near = [each for n in range(-NEAR, NEAR + 1) for each in by_day.get(day + timedelta(days=n), ())]
            _look(by_day[day], near, own, others)
            edits += _edits(by_day[day])
        _say(f"{name:24} own titles: {_shares(own)}; another's: {_shares(others)}")
        _say(f"{'':24} foreign paragraphs: of its own {_share(edits, 'own')}, of another's {_share(edits, 'other')}")


def _by_day(name: str) -> dict[date, list[Article]]:
    found: dict[date, list[Article]] = defaultdict(list)
    for n, text in enumerate(collection(name)):
        row = text.article
        if row["paragraphs"] and row["title"] and row["date"]:
            day = date.fromisoformat(row["date"])
            article = Article(
                "kcna", text.language, f"http://kcna.example/{n}", str(n), "", row["title"], tuple(row["paragraphs"]),
                day, "page",
            )  # fmt: skip
            found[day].append(article)
    return found


def _look(shown: Sequence[Article], near: Sequence[Article], own: Waits, others: Waits) -> None:
    """Count the results for the articles of a day, under their own titles and each under the next one's."""
    today = shown[0].date or date.min
    with TemporaryDirectory() as folder, Store.open(f"sqlite:///{Path(folder) / 'sunchi.db'}") as store:
        texts = [ImportedText(each, fingerprint(each.title, each.paragraphs, each.date)) for each in near]
        store.add_texts(texts, "", datetime(today.year, today.month, today.day, tzinfo=UTC))
        ids = {text.article.key: text.id for text in texts}
        for article, title in _titled(shown):
            likeness = Likeness(store, "kcna", article.lang, today)
            link = Link("kcna", article.lang, article.url, article.key, title, today, 1)
            doubt = likeness.doubt(link, article, ids[article.key])
            wait = "none" if not doubt else "day" if doubt.wait == UNTRUSTED else "look"
            (own if title == article.title else others)[wait] += 1


def _edits(shown: Sequence[Article]) -> Waits:
    """Count the paragraphs that would be new in the articles of a day, and those that are foreign to them."""
    found = Waits()
    for article, other in zip(shown, (*shown[1:], shown[0]), strict=True):
        ways = [("own", place, text) for place, text in enumerate(article.paragraphs)]
        middle = len(article.paragraphs) // 2
        ways += [("other", middle, text) for text in other.paragraphs[len(other.paragraphs) // 2 :][:1]]
        for whose, place, text in ways:
            rest = (*article.paragraphs[:place], *article.paragraphs[place + 1 :])
            if rest and is_article_own(text) and (whose == "own" or other.title != article.title):
                before = replace(article, paragraphs=rest)
                found[whose] += 1
                found[f"{whose}, foreign"] += brings_foreign(before, replace(article, paragraphs=(*rest, text)))
    return found


def _share(edits: Waits, whose: str) -> str:
    return f"{edits[f'{whose}, foreign'] / max(edits[whose], 1):.1%} of {edits[whose]}"


def _titled(shown: Sequence[Article]) -> Iterator[tuple[Article, str]]:
    for article, other in zip(shown, (*shown[1:], shown[0]), strict=True):
        yield article, article.title
        if other.title != article.title:
            yield article, other.title


def _shares(waits: Waits) -> str:
    number = waits.total()
    return f"{waits['look'] / max(number, 1):.1%} and {waits['day'] / max(number, 1):.1%} of {number}"


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
