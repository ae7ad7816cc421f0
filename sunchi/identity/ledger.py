"""The ledger of messages between Pyongyang and other states: one row a message, though several papers tell of it; pure.

Two reports are one message where that is known:

- they say so in the same words, in one language, at most three days apart: a paper reprints a report, or prints it the
  next day;
- they bear one date and tell of one kind of message between the same two sides, and no edition has two such, its press
  review apart. A side is the same where its name is, or where partners.csv has both names in the row of one person, or
  bodies.csv in those of one party or office. A message of greeting and one of congratulation are one kind: what KCNA
  calls 축전 in Korean is either in English;
- one gives a person's name with the office by which alone the other knows him, at most a day apart: a press review;
- one leaves a side open, as a newspaper does that writes "China" or nobody, and of all that may be meant, at most a day
  apart, there is one alone. What names nobody on either side and calls it a letter may mean any kind in writing;
- one names nobody on either side, and its article goes on to tell of a message that way by names: an introduction.

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
from sunchi.identity.parties import Side, alike, both
from sunchi.lexicon import Lexicon
from sunchi.lexicon.calendar import observed

REPRINTED = timedelta(days=3)
"""The longest time between two reports in the same words that are of one message: greetings come back every year."""

_A_DAY = timedelta(days=1)
_COMMITTEE = re.compile(r"\bc\.c\.,? ?(?:of )?(?:the )?")
_THE = re.compile(r"\bthe ")
_REVIEW = re.compile("Press Review|Review of Rodong Sinmun", re.IGNORECASE)
_UNWRITTEN = ("floral_basket", "gift", "verbal", "wreath")

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

    @property
    def is_review(self) -> bool:
        """Whether it stands in a press review: of what the same paper has told already."""
        return bool(_REVIEW.match(self.title))

    @property
    def sides(self) -> tuple[Side, Side]:
        """Sender and recipient."""
        return both(self.sender, self.recipient, self.lang, self.direction, self.partner)

    @property
    def ours(self) -> Side:
        """Pyongyang's."""
        return self.sides[self.direction == "in"]

    @property
    def theirs(self) -> Side:
        return self.sides[self.direction == "out"]

    def names_by(self, lexicon: Lexicon) -> str:
        """By what it names the other state's side: a person's name, an office or organ, or the state alone."""
        return "person" if self.named else "state" if self.theirs.is_open(lexicon) else "office"

    def open_sides(self, lexicon: Lexicon) -> int:
        """How many of its sides are nobody, or a state by its name alone."""
        return sum(side.is_open(lexicon) for side in self.sides)


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

    Of the article `title`, `url` and `outcome` are used; what is of no article there is left out, and what was sent
    long before its article came out.
    """
    for row in signals.filter(pl.col("kind") == "message").iter_rows(named=True):
        detail, article = row["detail"], articles.get(row["article"])
        if article is None or detail["historical"]:
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
    groups = _of_one_exchange(_in_the_same_words(told), lexicon)
    groups = _open_and_told(_by_name_and_by_office(groups, lexicon), lexicon)

    def tells_most(report: Report) -> tuple[object, ...]:
        thin = report.open_sides(lexicon)
        last = (report.is_review, -report.words, report.article)
        return (not report.full_text, thin, report.lang != "en", report.date or date.max, *last)

    found = [Message(tuple(sorted(group, key=tells_most))) for group in groups]
    return sorted(found, key=lambda message: (message.date or date.min, message.told.partner, message.told.article))


def _in_the_same_words(told: Iterable[Report]) -> list[list[Report]]:
    """Reports that are word for word the same, but for their dateline."""
    groups: list[list[Report]] = []
    latest: dict[tuple[str, ...], list[Report]] = {}
    for report in sorted(told, key=lambda report: (report.date or date.min, report.article)):
        names = (report.sender, report.recipient)
        key = (report.lang, report.partner, report.direction, report.kind, *names, _words(report.quote))
        group = latest.get(key)
        if group is None or not _near(group[-1], report):
            group = latest[key] = []
            groups.append(group)
        group.append(report)
    return groups


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
        sides = [side.key(lexicon) for side in first.sides]
        known = first.date is not None and all(sides)
        key = (first.date, first.partner, first.direction, alike(first.kind), *sides) if known else (id(group),)
        by_sides[key].append(group)
    together: list[list[Report]] = []
    for some in by_sides.values():
        tellings = Counter(each for group in some for each in {(report.edition, report.is_review) for report in group})
        if max(tellings.values()) > 1:  # which of its two another paper means is not known
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
    return report.lang, report.partner, report.direction, alike(report.kind), report.ours.key(lexicon)


def _tells_of_the_office(named: Report, other: Report) -> bool:
    """Whether the words of a report give the office by which the other knows that side, at most a day apart."""
    office = _plain_office(other.theirs.name)
    return _within_a_day(named, other) and bool(office) and office in _plain_office(named.quote)


def _plain_office(words: str) -> str:
    """ "the C.C., Communist Party of China" as "central committee of communist party of china"."""
    plain = _COMMITTEE.sub("central committee of ", texts.normal(words).casefold())
    return _THE.sub("", plain)


def _open_and_told(groups: list[list[Report]], lexicon: Lexicon) -> list[list[Report]]:
    """What a report tells that leaves a side open, beside the one message that it may mean."""
    whole: dict[tuple[str, str], list[list[Report]]] = defaultdict(list)
    thin: list[list[Report]] = []
    for group in groups:
        first = group[0]
        (thin if first.open_sides(lexicon) else whole[first.partner, first.direction]).append(group)
    joined: set[int] = set()
    for group in thin:
        first = group[0]
        that_way = whole[first.partner, first.direction]
        meant = [one for one in that_way if _may_mean(first, one[0], lexicon)]
        if len(meant) != 1 and first.open_sides(lexicon) == 2:
            meant = [one for one in that_way if any(report.article == first.article for report in one)][:1]
        if len(meant) == 1:
            joined.add(id(group))
            meant[0].extend(group)
    return [group for group in groups if id(group) not in joined]


def _may_mean(thin: Report, whole: Report, lexicon: Lexicon) -> bool:
    """Whether nothing that a report with an open side says speaks against it that it tells of that message."""
    if not _within_a_day(thin, whole):
        return False
    one_kind = alike(thin.kind) == alike(whole.kind)
    any_letter = thin.kind == "letter" and thin.open_sides(lexicon) == 2 and whole.kind not in _UNWRITTEN
    agree = (one.may_be(other, lexicon) for one, other in zip(thin.sides, whole.sides, strict=True))
    return (one_kind or any_letter) and all(agree)


def _within_a_day(one: Report, other: Report) -> bool:
    return one.date is not None and other.date is not None and abs(one.date - other.date) <= _A_DAY
