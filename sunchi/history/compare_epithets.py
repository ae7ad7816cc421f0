"""Finds new epithets of a leader of Pyongyang: "great successor", "dear respected"; pure.

An epithet is a chain of words of the class `epithet` of vocabulary.csv before a leader's name, or after it as in "Kim
Jong Un, great successor". It is new if the edition has long named the leader often without it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import polars as pl

from sunchi.history.coverage import Coverage
from sunchi.history.findings import Compared, Observation, Part
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.organizations import SUPREME_LEADER
from sunchi.lexicon.persons import Person

KNOWN = timedelta(days=60)
"""The number of earlier days that the archive must have."""

NAMED = 50
"""The number of earlier articles that must name the leader."""

FEWEST = 2
"""The number of articles that must have the epithet."""

TOGETHER = timedelta(days=7)
"""The time within which they must appear."""

_COMRADE = {"en": "comrade", "ko": "동지"}  # by language, those in which epithets are known


def observed(texts: pl.DataFrame, coverage: Coverage, lexicon: Lexicon) -> Iterator[Observation]:
    """Yield the epithets that are new on a day in `texts` (model.ARTICLES), one observation each."""
    dated = texts.filter(pl.col("date").is_not_null())
    leaders = [
        person for person in lexicon.persons
        if person.state == HOME and any(role.office == SUPREME_LEADER for role in person.roles)
    ]  # fmt: skip
    for lang in _COMRADE:
        for person in leaders:
            yield from _of_person(person, lang, dated.filter(pl.col("lang") == lang), coverage, lexicon)


def _of_person(
    person: Person, lang: str, texts: pl.DataFrame, coverage: Coverage, lexicon: Lexicon
) -> Iterator[Observation]:
    forms = person.forms_in(lang)
    if not forms:
        return
    called = _pattern(forms, lexicon.vocabulary.words("epithet", lang))
    text = pl.concat_list("title", "paragraphs").list.join("\n")
    naming = texts.with_columns(text=text, edition=pl.format("{}/{}", "source", "lang")).filter(
        pl.col("text").str.contains_any(list(forms))
    )
    for (edition,), some in naming.sort("date", "article").group_by("edition", maintain_order=True):
        yield from _of_edition(forms[0], called, _COMRADE[lang], str(edition), some, coverage)


def _of_edition(
    name: str, called: re.Pattern[str], comrade: str, edition: str, texts: pl.DataFrame, coverage: Coverage
) -> Iterator[Observation]:
    """Yield what is new in the texts of one edition that name one leader, by day.

    An epithet is new with its second article, if that follows the first within days; a single one may be a guest's
    word.
    """
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    named: list[date] = []
    for row in texts.iter_rows(named=True):
        day = row["date"]
        for epithet in dict.fromkeys(_plain(match, comrade) for match in called.finditer(row["text"])):
            some = found[epithet]
            if not epithet or len(some) >= FEWEST:
                continue
            some.append(row)
            first, since = some[0]["date"], coverage.since(edition, day, texts=True)
            before = bisect_left(named, first) - bisect_left(named, since)
            is_new = len(some) == FEWEST and day - first <= TOGETHER
            if is_new and first - since >= KNOWN and before >= NAMED:
                yield _observation(edition, name, epithet, some, before, (first - since).days)
        named.append(day)


def _observation(
    edition: str, name: str, epithet: str, found_in: Sequence[dict[str, Any]], before: int, days: int
) -> Observation:
    words = f"called “{epithet}”, as in none of {before} articles of {days} days before that name {name}"
    day = found_in[-1]["date"]
    return Observation(
        edition, "", day, f"epithet {name}", name, Part("epithet", words, {"before": float(before)}, "medium"),
        tuple(
            Compared(row["date"], row["title"], article=row["article"], title=row["title"], url=row["url"])
            for row in reversed(found_in)
        ),
    )  # fmt: skip


def _pattern(names: Sequence[str], epithets: Sequence[str]) -> re.Pattern[str]:
    words, name = (
        "|".join(sorted(map(re.escape, some), key=lambda each: (-len(each), each))) for some in (epithets, names)
    )
    chain = rf"(?:{words})(?:\s*(?:{words}))*"
    before = rf"(?<!\w)(?P<before>{chain})\s*(?:{name})"  # dear respected Comrade | Kim Jong Un
    after = rf"(?:{name}), (?:the |our )?(?P<after>{chain})(?!\w)"  # Kim Jong Un, | great successor
    return re.compile(f"{before}|{after}", re.IGNORECASE)


def _plain(match: re.Match[str], comrade: str) -> str:
    """Return an epithet in lower case, without "comrade", which may always be there."""
    words = (match["before"] or match["after"]).casefold().split()
    return " ".join(word for word in words if word != comrade)
