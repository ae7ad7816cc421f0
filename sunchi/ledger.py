"""The ledger of messages between Pyongyang and other states: one row a message, though several papers tell of it; pure.

Two reports are one message where that is known:

- they say so in the same words, in one language, at most three days apart: a paper reprints a report, or prints it the
  next day;
- they bear one date and tell of one kind of message between the same two sides, and no edition has two such. A side is
  the same where its name is, or where partners.csv has both names in the row of one person, or bodies.csv in those of
  one party or office. A message of greeting and one of congratulation are one kind: what KCNA calls 축전 in Korean is
  either in English;
- one gives a person's name with the office by which alone the other knows him, at most a day apart: a press review.

Else they stay two rows: what one paper calls a letter and another a message is not put together by guesswork.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from sunchi import text as texts
from sunchi.lexicon import HOME, Lexicon, Name
from sunchi.observances import observed

REPRINTED = timedelta(days=3)
"""The longest time between two reports in the same words that are of one message: greetings come back every year."""

_A_DAY = timedelta(days=1)
_COMMITTEE = re.compile(r"\bc\.c\.,? ?(?:of )?(?:the )?")
_THE = re.compile(r"\bthe ")
_ALIKE = {"greeting": "congratulation"}

SALUTATIONS = {0: "title", 1: "respected or comrade", 2: "closest"}


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of a message, as the message's signal has it."""

    article: str
    source: str
    lang: str
    date: date | None
    title: str
    url: str
    deleted: bool
    partner: str
    direction: str  # out: from Pyongyang; in
    kind: str
    sender: str
    recipient: str
    occasion: str
    words: int  # of the message, in the report's language; 0 where its text is not given
    full_text: bool
    salutation: str  # of SALUTATIONS, "" where the text calls nobody or is not given in full
    grouped: bool  # told of with others of its kind
    named: bool  # the other side by a person's name, not by office alone
    dated: str  # the date that the message itself bears, as written
    quote: str

    @property
    def edition(self) -> str:
        return f"{self.source}/{self.lang}"


@dataclass(frozen=True, slots=True)
class Message:
    """One message, with every report of it: the one that tells most stands first."""

    reports: tuple[Report, ...]

    @property
    def told(self) -> Report:
        """The report that tells most: in full before in part, in English before other languages, then the earliest."""
        return self.reports[0]

    @property
    def date(self) -> date | None:
        """The day on which it was published first."""
        return min((report.date for report in self.reports if report.date), default=None)

    def observance(self, lexicon: Lexicon) -> str:
        """What of calendar.csv it belongs to by its date, in words; "" where it belongs to nothing there."""
        item = {"reply": "reply", "wreath": "wreath"}.get(self.told.kind, "message")
        if self.date is None:
            return ""
        found = observed(lexicon.calendar, self.told.partner, self.told.direction, item, self.date)
        said = " ".join(f"{report.title} {report.occasion} {report.quote}" for report in self.reports)
        return found.occasion if found and found.is_plain(self.date, said) else ""

    @property
    def seen(self) -> tuple[str, ...]:
        """The editions that told of it, each once; those whose every such article was taken down say so."""
        gone = dict.fromkeys(sorted(report.edition for report in self.reports), True)
        for report in self.reports:
            gone[report.edition] &= report.deleted
        return tuple(f"{edition} (deleted)" if gone[edition] else edition for edition in gone)


def reports(signals: pl.DataFrame, articles: Mapping[str, Mapping[str, Any]]) -> Iterator[Report]:
    """The messages of a frame (model.SIGNALS), each with its article, which is in `articles` by its id.

    Of the article `title`, `url` and `outcome` are used; what is of no article there is left out.
    """
    for row in signals.filter(pl.col("kind") == "message").iter_rows(named=True):
        detail, article = row["detail"], articles.get(row["article"])
        if article is None:
            continue
        yield Report(
            article=row["article"],
            source=row["source"],
            lang=row["lang"],
            date=row["date"],
            title=article["title"],
            url=article["url"],
            deleted=article["outcome"] == "gone",
            partner=row["partner"],
            direction=detail["direction"] or "",
            kind=row["code"],
            sender=detail["from"] or "",
            recipient=detail["to"] or "",
            occasion=detail["occasion"] or "",
            words=int(row["value"] or 0),
            full_text=bool(detail["full_text"]),
            salutation=SALUTATIONS.get(detail["salutation"], ""),
            grouped=bool(detail["grouped"]),
            named=bool(detail["named"]),
            dated=detail["dated"] or "",
            quote=row["quote"],
        )


def messages(told: Iterable[Report], lexicon: Lexicon) -> list[Message]:
    """The reports, those of one message together; by date, the undated ones first."""
    groups = _by_name_and_by_office(_of_one_exchange(_in_the_same_words(told), lexicon), lexicon)
    found = [Message(tuple(sorted(group, key=_tells_most))) for group in groups]
    return sorted(found, key=lambda message: (message.date or date.min, message.told.partner, message.told.article))


def _tells_most(report: Report) -> tuple[object, ...]:
    return (not report.full_text, report.lang != "en", report.date or date.max, -report.words, report.article)


def _in_the_same_words(told: Iterable[Report]) -> list[list[Report]]:
    """Reports that are word for word the same, but for their dateline."""
    groups: list[list[Report]] = []
    latest: dict[tuple[str, ...], list[Report]] = {}
    for report in sorted(told, key=lambda report: (report.date or date.min, report.article)):
        key = (report.lang, report.partner, report.direction, report.kind, *_sides(report), _words(report.quote))
        group = latest.get(key)
        if group is None or not _near(group[-1], report):
            group = latest[key] = []
            groups.append(group)
        group.append(report)
    return groups


def _sides(report: Report) -> tuple[str, str]:
    return report.sender, report.recipient


def _words(quote: str) -> str:
    return texts.normal(texts.blank(quote, texts.frame(texts.plain(quote))))


def _near(one: Report, other: Report) -> bool:
    if one.date is None or other.date is None:
        return one.date == other.date
    return other.date - one.date <= REPRINTED


def _of_one_exchange(groups: list[list[Report]], lexicon: Lexicon) -> list[list[Report]]:
    """Groups that tell of one day's one message between two known sides, together."""
    by_sides: dict[tuple[object, ...], list[list[Report]]] = defaultdict(list)
    for group in groups:
        first = group[0]
        states = _states(first.direction, first.partner)
        names = (first.sender, first.recipient)
        sides = [_side(name, first.lang, state, lexicon) for name, state in zip(names, states, strict=True)]
        known = first.date is not None and all(sides)
        kind = _ALIKE.get(first.kind, first.kind)
        key = (first.date, first.partner, first.direction, kind, *sides) if known else (id(group),)
        by_sides[key].append(group)
    together: list[list[Report]] = []
    for some in by_sides.values():
        editions = Counter(edition for group in some for edition in {report.edition for report in group})
        if max(editions.values()) > 1:  # which of its two another paper means is not known
            together += some
        else:
            together.append([report for group in some for report in group])
    return together


def _by_name_and_by_office(groups: list[list[Report]], lexicon: Lexicon) -> list[list[Report]]:
    """What a review tells by office alone, beside the report that gives the name and that office."""
    named: dict[tuple[object, ...], list[list[Report]]] = defaultdict(list)
    for group in groups:
        if group[0].named and group[0].date:
            named[_but_for_the_other(group[0], lexicon)].append(group)
    joined: dict[int, list[Report]] = {}
    for group in groups:
        first = group[0]
        same = () if first.named or not first.date else named.get(_but_for_the_other(first, lexicon), ())
        holding = [known for known in same if _tells_of_the_office(known[0], first)]
        if len(holding) == 1:
            joined[id(group)] = holding[0]
            holding[0].extend(group)
    return [group for group in groups if id(group) not in joined]


def _but_for_the_other(report: Report, lexicon: Lexicon) -> tuple[object, ...]:
    """All by which reports of one message agree, but for its day and for who the other state's side is."""
    home = report.sender if report.direction == "out" else report.recipient
    side = _side(home, report.lang, HOME, lexicon)
    return report.lang, report.partner, report.direction, _ALIKE.get(report.kind, report.kind), side


def _tells_of_the_office(named: Report, other: Report) -> bool:
    """Whether the words of a report give the office by which the other knows that side, at most a day apart."""
    days = abs((named.date or date.min) - (other.date or date.max))
    office = _plain_office(other.recipient if other.direction == "out" else other.sender)
    return days <= _A_DAY and bool(office) and office in _plain_office(named.quote)


def _plain_office(words: str) -> str:
    """ "the C.C., Communist Party of China" as "central committee of communist party of china"."""
    plain = _COMMITTEE.sub("central committee of ", texts.normal(words).casefold())
    return _THE.sub("", plain)


def called(name: str, lang: str, lexicon: Lexicon) -> tuple[str, ...]:
    """By which names a side may be asked for: a person by all of his row in partners.csv, so Xi Jinping as 시진핑."""
    lines = {known.line for known in _persons(name, lang, lexicon)}
    return (name, *(each.form for each in lexicon.names if each.line in lines))


def _persons(name: str, lang: str, lexicon: Lexicon) -> list[Name]:
    tongue = texts.language(lang)
    known = lexicon.forms.get(tongue, {}).get(texts.plain(name, tongue), ())
    return [each for each in known if each.role in ("leader", "official")]


def exchange(signal: Mapping[str, Any], lexicon: Lexicon) -> str:
    """What a message's signal (a row of model.SIGNALS) is of, the same in every language: partner, direction, kind and
    both sides; "" where partners.csv and bodies.csv do not know a side."""
    detail, direction = signal["detail"], signal["detail"]["direction"]
    sides = [
        _party(detail[end] or "", signal["lang"], state, lexicon)
        for end, state in zip(("from", "to"), _states(direction, signal["partner"]), strict=True)
    ]
    kind = _ALIKE.get(signal["code"], signal["code"])
    return " ".join([signal["partner"], direction, kind, *sides]) if all(sides) else ""


def _states(direction: str, partner: str) -> tuple[str, str]:
    """Of the sender and of the recipient."""
    return (HOME, partner) if direction == "out" else (partner, HOME)


def _side(name: str, lang: str, state: str, lexicon: Lexicon) -> str:
    """Who it is in any language, else the name as it is; "" where there is none."""
    return _party(name, lang, state, lexicon) or (f"{lang}:{texts.normal(name).casefold()}" if name.strip() else "")


def _party(name: str, lang: str, state: str, lexicon: Lexicon) -> str:
    """The same for one party's names in all languages: a person by his row of partners.csv, a party or office of that
    state by those of bodies.csv; "" where they have no such name."""
    for person in _persons(name, lang, lexicon):
        return f"{person.partner}:{person.line}"
    tongue = texts.language(lang)
    body = lexicon.body(name, tongue, state) if tongue in lexicon.forms else None
    return f"{state}:{body}" if body else ""
