"""Finds what articles say of a state for the first time in long: a phrase, a high voice, a meeting; pure, by frames.

Each kind of finding is a function from articles to observations. It looks back only, and only where the archive has the
days.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from sunchi.history.articles import SHARE, Articles
from sunchi.history.findings import Compared, Observation, Part
from sunchi.history.identities import phrases_said, quoted, with_identities
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.organizations import SUPREME_LEADER
from sunchi.text import cut

PAUSE = timedelta(days=330)
"""A family of phrases is said “again” after this time; within it, it was never gone."""

WRITTEN_OF = 30
"""The number of articles on a state without a phrase that makes its absence mean something."""

HIGH = 5
"""The least level of a voice, as in authority.csv, whose return counts; commentaries do not speak for the state."""

QUIET = timedelta(days=45)
"""The least time without a voice of that kind and level on a state."""

APART = timedelta(days=60)
"""The least time without a contact at leaders' level."""

VISIT = timedelta(days=14)
"""The most time from the first report of a guest's visit to his meetings."""

DEPTH = timedelta(days=180)
"""How far back the archive must go without a gap for something to count as the first in it."""

_NAME = 60  # characters of a speaker
_TRANSLATED = "another translation of a phrase that was there before"
_LEADERS = ("talks", "summit", "visit")  # codes of contacts


def observed(articles: Articles) -> Iterator[Observation]:
    """Yield what is new in the articles, compared with those before them."""
    for find in _COMPARISONS:
        yield from find(articles)


def phrases(articles: Articles) -> Iterator[Observation]:
    """Find families of phrases not said of a state for 330 days, in Pyongyang's own voice or the other state's."""
    detail = pl.col("detail").struct
    said = phrases_said(articles.signals).filter(
        pl.col("date").is_not_null(),
        pl.col("partner") != "",
        detail.field("voice").is_in(["own", "partner"]),
    )
    said = said.filter((detail.field("voice") == "own") | pl.col("article").is_in(articles.in_full.implode()))
    said = with_identities(said, articles.lexicon).with_columns(voice=detail.field("voice")).explode("families")
    said = said.filter(pl.col("families").is_not_null())
    known = articles.about.select("article", "partner", "edition", "share", "stance", "headline")
    joined = said.join(known, on=["article", "partner"], how="inner").sort("date", "article", "start")
    by = ("edition", "partner", "voice", "families")
    found: dict[tuple[str, str, str, date, date | None], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for (edition, partner, voice, family), some in joined.group_by(*by, maintain_order=True):
        last: date | None = None
        for row in some.iter_rows(named=True):
            if (last is None or row["date"] - last >= PAUSE) and _is_about(row):
                found[str(edition), str(partner), str(voice), row["date"], last][str(family)] = row
            last = row["date"]
    for (edition, partner, voice, day, last), families in found.items():
        yield from _first_or_return(articles, edition, partner, voice, day, last, families)


def _is_about(row: Mapping[str, Any]) -> bool:
    """Return whether an article is about the state, with a stance that agrees with the phrase."""
    share, stance, value = (float(row[name] or 0) for name in ("share", "stance", "value"))
    return share >= SHARE and stance * value >= 0


def _first_or_return(
    articles: Articles,
    edition: str,
    partner: str,
    voice: str,
    day: date,
    last: date | None,
    families: Mapping[str, Mapping[str, Any]],
) -> Iterator[Observation]:
    """Find families, each with its phrase, that a voice says on a day and last said on another, or never."""
    since = articles.coverage.since(edition, day, texts=True)
    number = articles.number(edition, partner, max(since, day - PAUSE), day)
    if day - since < PAUSE or number < WRITTEN_OF:
        return
    label = articles.label(partner)
    between = _pyongyang_on(partner, articles) if voice == "own" else f"{label} to Pyongyang"
    named = quoted(sorted(families))
    if last is None or last < since:
        words, kind = f"{named} for the first time in {_depth(day, since)}", "first"
    else:
        words, kind = f"{named} again after {(day - last).days} days, last on {last}", "return"
    numbers = {"days": float((day - max(last or since, since)).days), "articles": float(number)}
    yield Observation(
        edition, partner, day, "articles", between,
        Part(kind, f"{words}; {number} articles on {label} in between", numbers, "medium", (_TRANSLATED,)),
        tuple(
            Compared(day, str(row["quote"]), article=str(row["article"]), title=str(row["headline"] or ""))
            for row in families.values()
        ),
    )  # fmt: skip


def levels(articles: Articles) -> Iterator[Observation]:
    """Find the leader on a state, or a voice of level 5 or more against it, after 45 days without one of its kind."""
    high = articles.about.filter(
        pl.col("height") >= HIGH,
        pl.col("share") >= SHARE,
        (pl.col("voice") == "leader") | (pl.col("stance") < 0),
        pl.col("voice") != "commentary",
        ~pl.col("article").is_in(articles.of_messages.implode()),
    )
    for (edition, partner, _), some in high.group_by("edition", "partner", "voice", maintain_order=True):
        last: date | None = None
        for row in some.iter_rows(named=True):
            day = row["date"]
            since = articles.coverage.since(str(edition), day)
            if ago := _ago(day, last, since, QUIET):
                words, days = ago
                voice, level = row["voice"].replace("_", " "), f"level {row['height']:g} of 10"
                speaks = f"{cut(row['by'], _NAME)} ({voice}, {level})" if row["by"] else f"{voice} ({level})"
                words = f"{speaks}, {words}"
                yield Observation(
                    str(edition), str(partner), day, "articles", _pyongyang_on(str(partner), articles),
                    Part("level", words, {"height": row["height"], "days": days}, "medium"),
                    (Compared(day, row["headline"] or "", article=row["article"], title=row["headline"] or ""),),
                )  # fmt: skip
            last = day


def _pyongyang_on(partner: str, articles: Articles) -> str:
    return f"Pyongyang on {articles.lexicon.in_a_sentence(partner)}"


def _ago(day: date, last: date | None, since: date, apart: timedelta, of: str = "") -> tuple[str, float] | None:
    """Return in words how long ago the last one was, and in how many days; None if less than `apart`, or not known.

    The archive has the days from `since` on; `of` says what it is the first of. To call something the first, the
    archive must go back far enough; the words say how far.
    """
    if last is None or last < since:
        if day - since < max(apart, DEPTH):
            return None
        return f"the first{of} in {_depth(day, since)}", float((day - since).days)
    days = (day - last).days
    return (f"the first{of} after {days} days; last on {last}", float(days)) if day - last >= apart else None


def _depth(day: date, since: date) -> str:
    """Return in words how far back the archive goes without a gap."""
    return f"{(day - since).days} days; the archive goes back no further than {since}"


def contacts(articles: Articles) -> Iterator[Observation]:
    """Find a meeting with Pyongyang's leader, a summit, or a visit of the other state's leader, the first in 60 days.

    His journeys are counted separately: somebody who received a guest in between has not travelled. A meeting during a
    visit, or soon after it was announced, is found beside the visit.
    """
    for (edition, partner), some in _met(articles).group_by("edition", "partner", maintain_order=True):
        last: dict[str, date] = {}
        for row in some.iter_rows(named=True):
            day, with_leader = row["date"], _is_led(row, HOME, (SUPREME_LEADER,), articles.lexicon)
            way = _way(row, articles.lexicon, with_leader=with_leader)
            if not way:
                continue
            since = articles.coverage.since(str(edition), day)
            others = [each for of, each in last.items() if of in (way, "meeting", "journey") or day - each > VISIT]
            ago = _ago(day, max(others, default=None), since, APART, " contact at leaders' level")
            if way == "journey" and way in last:
                ago = ago or _ago(day, last[way], since, APART, " visit")
            if ago:
                yield Observation(
                    str(edition), str(partner), day, "articles",
                    f"{articles.label(str(partner))}, {_who(row, articles.lexicon)}",
                    Part("contact", f"{row['code']}, {ago[0]}", {"days": ago[1]}, "high" if with_leader else "medium"),
                    (Compared(day, row["quote"], article=row["article"]),),
                )  # fmt: skip
            last[way] = day


def _met(articles: Articles) -> pl.DataFrame:
    """Return the contacts at the leaders' level by date, with their identities; without visits that are recalled."""
    detail = pl.col("detail").struct
    met = articles.signals.filter(
        pl.col("kind") == "contact",
        pl.col("date").is_not_null(),
        pl.col("language").is_null(),
        pl.col("code").is_in(list(_LEADERS)),
        detail.field("rank") == 1,
        (pl.col("code") != "visit") | ~pl.col("quote").str.contains(_recalled(articles.lexicon, r"|\b[Hh]is")),
    ).with_columns(edition=pl.format("{}/{}", "source", "lang"), who=detail.field("who"))
    return with_identities(met, articles.lexicon).sort("date", "article", "start")


def _way(contact: Mapping[str, Any], lexicon: Lexicon, *, with_leader: bool) -> str:
    """Return how the leaders meet: by a "journey" of Pyongyang's, at a "meeting", or with a "guest"; "" if not at all.

    `with_leader`: Pyongyang's own takes part.
    """
    if with_leader:
        return "journey" if contact["code"] == "visit" else "meeting"
    if contact["code"] == "summit":
        return "meeting"
    leading = {office.id for office in lexicon.organizations if office.kind == "leader"}
    is_guest = contact["code"] == "visit" and _is_led(contact, contact["partner"], leading, lexicon)
    return "guest" if is_guest else ""


def _who(contact: Mapping[str, Any], lexicon: Lexicon) -> str:
    """Return who met: by the names of persons.csv if it has all of them, otherwise as the text names them."""
    names = [lexicon.person_name(id) for id in contact["person_ids"] or ()]
    return " and ".join(names) if names and all(names) else cut(contact["who"], _NAME)


def recalls_visit(quote: str, lexicon: Lexicon) -> bool:
    """Return whether a text only recalls an earlier visit of a leader: "Kim Jong Il's Successful Visit Hailed"."""
    return bool(re.search(_recalled(lexicon), quote))


@lru_cache(maxsize=4)
def _recalled(lexicon: Lexicon, or_his: str = "") -> str:
    """Return a pattern of a visit that is only recalled: "hailed Kim Jong Il's recent visit to China"."""
    ours = [person for person in lexicon.persons if person.state == HOME]
    names = "|".join(form for person in ours for form in person.forms_in("en"))
    return rf"(?:(?:{names})['’]s{or_his})(?: [\w-]+){{0,3}} [Vv]isits?\b"


def _is_led(contact: Mapping[str, Any], state: str, offices: Collection[str], lexicon: Lexicon) -> bool:
    """Return whether somebody of a state takes part who held one of these offices on that day."""
    present = set(contact["person_ids"] or ())
    return any(
        person.id in present and role.office in offices and role.held(contact["date"])
        for person in lexicon.persons
        if person.state == state
        for role in person.roles
    )


_COMPARISONS: tuple[Callable[[Articles], Iterator[Observation]], ...] = (phrases, levels, contacts)
