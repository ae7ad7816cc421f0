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

_NAME = 60  # characters of a speaker
_TRANSLATED = "another translation of a phrase that was there before"
_LEADERS = ("talks", "summit", "visit")  # codes of contacts


def observed(articles: Articles) -> Iterator[Observation]:
    """Yield what is new in the articles, compared with those before them."""
    for find in _COMPARISONS:
        yield from find(articles)


def phrases(articles: Articles) -> Iterator[Observation]:
    """Find families of phrases not said of a state for 330 days, in Pyongyang's own voice or the other state's.

    In whatever voice, wording and sense it was said before, it is no first.
    """
    detail = pl.col("detail").struct
    named = articles.signals.filter(pl.col("kind") == "formula", pl.col("date").is_not_null(), pl.col("partner") != "")
    of_families = with_identities(named, articles.lexicon).explode("families").filter(pl.col("families").is_not_null())
    of_families = of_families.with_columns(edition=pl.format("{}/{}", "source", "lang"), voice=detail.field("voice"))
    by = ["edition", "partner", "families"]
    days = {tuple(key): some["date"].to_list() for key, some in of_families.sort("date").group_by(by)}
    said = phrases_said(of_families).filter(
        (pl.col("voice") == "own")
        | ((pl.col("voice") == "partner") & pl.col("article").is_in(articles.in_full.implode()))
    )
    known = articles.about.select("article", "partner", "share", "stance", "headline")
    joined = said.join(known, on=["article", "partner"], how="inner").sort("date", "article", "start")
    found: dict[tuple[str, str, str, date, str, int], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in joined.iter_rows(named=True):
        edition, partner, family, day = row["edition"], row["partner"], row["families"], row["date"]
        new = articles.coverage.first(edition, day, days[edition, partner, family], PAUSE) if _is_about(row) else None
        if new:
            found[edition, partner, row["voice"], day, *new].setdefault(family, row)
    for (edition, partner, voice, day, words, pause), families in found.items():
        yield from _first_or_return(articles, edition, partner, voice, day, words, pause, families)


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
    words: str,
    days: int,
    families: Mapping[str, Mapping[str, Any]],
) -> Iterator[Observation]:
    """Find families, each with its phrase, that a voice says on a day for the first time in so many days."""
    number = articles.number(edition, partner, day - timedelta(days=days), day)
    if number < WRITTEN_OF:
        return
    label = articles.label(partner)
    between = _pyongyang_on(partner, articles) if voice == "own" else f"{label} to Pyongyang"
    kind, again = ("return", "again") if words.startswith("after") else ("first", "for the first time")
    said = f"{quoted(sorted(families))} {again} {words}; {number} articles on {label} in between"
    yield Observation(
        edition, partner, day, "articles", between,
        Part(kind, said, {"days": float(days), "articles": float(number)}, "medium", (_TRANSLATED,)),
        tuple(
            Compared(day, str(row["quote"]), article=str(row["article"]), title=str(row["headline"] or ""))
            for row in families.values()
        ),
    )  # fmt: skip


def levels(articles: Articles) -> Iterator[Observation]:
    """Find the leader on a state, or a voice of level 5 or more against it, after 45 days without one of its kind."""
    is_message = pl.col("article").is_in(articles.of_messages.implode())
    spoke = articles.about.filter(pl.col("height") >= HIGH, pl.col("voice") != "commentary", ~is_message)
    by = ["edition", "partner", "voice"]
    days = {tuple(key): some["date"].to_list() for key, some in spoke.sort("date").group_by(by)}
    high = spoke.filter(
        pl.col("share") >= SHARE,
        (pl.col("voice") == "leader") | (pl.col("stance") < 0),
    )
    for row in high.unique([*by, "date"], keep="first", maintain_order=True).iter_rows(named=True):
        edition, partner, day = row["edition"], row["partner"], row["date"]
        if new := articles.coverage.first(edition, day, days[edition, partner, row["voice"]], QUIET):
            voice, level = row["voice"].replace("_", " "), f"level {row['height']:g} of 10"
            speaks = f"{cut(row['by'], _NAME)} ({voice}, {level})" if row["by"] else f"{voice} ({level})"
            numbers = {"height": row["height"], "days": float(new[1])}
            yield Observation(
                edition, partner, day, "articles", _pyongyang_on(partner, articles),
                Part("level", f"{speaks}, the first {new[0]}", numbers, "medium"),
                (Compared(day, row["headline"] or "", article=row["article"], title=row["headline"] or ""),),
            )  # fmt: skip


def _pyongyang_on(partner: str, articles: Articles) -> str:
    return f"Pyongyang on {articles.lexicon.in_a_sentence(partner)}"


def contacts(articles: Articles) -> Iterator[Observation]:
    """Find a meeting with Pyongyang's leader, a summit, or a visit of the other state's leader, the first in 60 days.

    His journeys are counted separately: somebody who received a guest in between has not travelled. A meeting during a
    visit, or soon after it was announced, is found beside the visit.
    """
    for (edition, partner), some in _met(articles).group_by("edition", "partner", maintain_order=True):
        met: dict[str, list[date]] = defaultdict(list)
        for row in some.iter_rows(named=True):
            day, with_leader = row["date"], _is_led(row, HOME, (SUPREME_LEADER,), articles.lexicon)
            way = _way(row, articles.lexicon, with_leader=with_leader)
            if not way:
                continue
            counted = (way, "meeting", "journey")
            others = sorted(each for of, some in met.items() for each in some if of in counted or day - each > VISIT)
            new, of = articles.coverage.first(str(edition), day, others, APART), "contact at leaders' level"
            if not new and way == "journey" and met[way]:
                new, of = articles.coverage.first(str(edition), day, met[way], APART), "visit"
            if new and day not in (*others, *met[way]):
                words = f"{row['code']}, the first {of} {new[0]}"
                yield Observation(
                    str(edition), str(partner), day, "articles",
                    f"{articles.label(str(partner))}, {_who(row, articles.lexicon)}",
                    Part("contact", words, {"days": float(new[1])}, "high" if with_leader else "medium"),
                    (Compared(day, row["quote"], article=row["article"]),),
                )  # fmt: skip
            met[way].append(day)


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
