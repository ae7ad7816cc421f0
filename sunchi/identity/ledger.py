"""The ledger of messages between Pyongyang and other states: one row per message, however many papers report it.

Two reports are about one message if that is certain:

- they use the same words, in one language, at most three days apart: a paper reprints a report, or prints it a day
  later;
- they bear one date and report one kind of message between the same two parties, and no edition reports two of them,
  except in a press review, or on one occasion in the same words. Parties are the same if their names are, or if they
  have one identity (persons.csv, organizations.csv). Greeting and congratulation count as one kind: a Korean 축전 is
  either in English;
- one gives a person's name and offices, the other these alone, at most a day apart: a press review, which may write
  "her counterpart" for whoever holds an office like hers;
- one leaves a party open, as a newspaper that writes "China" or names nobody, and can mean exactly one message, at most
  a day apart. A letter that names neither party may be any kind of written message;
- one names neither party, and its article then reports a message in that direction by names: an introduction;
- one is a translation: KCNA's English edition also prints some articles in Spanish. The other is the same edition's
  report in its own language, at most three days apart, of the same kind and direction, with no party known to differ.
  Among several messages it is the one with the most parties in common, then the nearest in time.

Otherwise they remain two rows: a letter in one paper and a message in another are not joined by guesswork. Pure.
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
from sunchi.identity.identities import identities
from sunchi.identity.nearby import Nearby
from sunchi.identity.occasions import is_of_another_day
from sunchi.identity.parties import Party, merged_kind, sender_and_recipient
from sunchi.lexicon import Lexicon
from sunchi.lexicon.calendar import entry_for
from sunchi.model import IDENTITIES, Salutation, language_of_text

REPRINTED = timedelta(days=3)
"""Reports in the same words are about one message only within this time: greetings recur every year."""

_A_DAY = timedelta(days=1)
_COMMITTEE = re.compile(r"\bc\.c\.,? ?(?:of )?(?:the )?")
_THE = re.compile(r"\bthe ")
_HEADS = re.compile("(premier|prime minister)|(minister)|(president)|(chair)|(secretary)", re.IGNORECASE)
_OFFICES = re.compile(r" (?:and|who is) (?:the )?")  # "general secretary of the party | who is | president of Laos"
_REVIEW = re.compile("Press Review|Review of Rodong Sinmun", re.IGNORECASE)
_UNWRITTEN = ("floral_basket", "gift", "verbal", "wreath")
_NAMED_ALIKE = ({"floral_basket", "wreath"}, {"condolence", "sympathy"})


@dataclass(frozen=True, slots=True)
class MessageReport:
    """One article's report of a message, from the message's signal."""

    article: str
    source: str
    lang: str  # of the edition
    language: str  # of the text
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
    words: int  # of the message, in the report's language; 0 if the report does not give its text
    full_text: bool
    salutation: Salutation | None  # None without a salutation or a full text
    grouped: bool  # reported along with others of its kind
    named: bool  # the other state's party is named, not only its office
    dated: str  # the date that the message itself bears, as written
    quote: str
    identity: Mapping[str, Any]  # the columns of model.IDENTITIES

    @property
    def edition(self) -> str:
        return f"{self.source}/{self.lang}"

    @property
    def is_translation(self) -> bool:
        """Return whether its language is not that of its edition."""
        return self.language != texts.primary_language(self.lang)

    @property
    def is_review(self) -> bool:
        """Return whether the article is a press review, which repeats reports of the same paper."""
        return bool(_REVIEW.match(self.title))

    @property
    def parties(self) -> tuple[Party, Party]:
        """Sender and recipient."""
        return sender_and_recipient(self.sender, self.recipient, self.language, self.direction, self.partner)

    @property
    def theirs(self) -> Party:
        """The other state's party."""
        return self.parties[self.direction == "out"]

    @property
    def ours(self) -> Party:
        """Pyongyang's party."""
        return self.parties[self.direction == "in"]

    def keys(self, lexicon: Lexicon) -> tuple[str, str]:
        """Return keys of sender and recipient that are the same in all reports; "" for one not named."""
        sender, recipient = self.parties
        return (
            self.identity["from_id"] or sender.key(lexicon),
            self.identity["to_id"] or recipient.key(lexicon),
        )

    def names_by(self, lexicon: Lexicon) -> str:
        """Return how the report names the other state's party: by "person", "office" or "state"."""
        return "person" if self.named else "state" if self.theirs.is_open(lexicon) else "office"

    def open_parties(self, lexicon: Lexicon) -> int:
        """Return how many of its parties the report leaves open."""
        return sum(party.is_open(lexicon) for party in self.parties)


@dataclass(frozen=True, slots=True)
class Message:
    """One message with all reports of it, the fullest first."""

    reports: tuple[MessageReport, ...]

    @property
    def fullest(self) -> MessageReport:
        """The fullest report: in full before in part, English before other languages, then the earliest."""
        return self.reports[0]

    @property
    def date(self) -> date | None:
        """The day of the first report."""
        return min((report.date for report in self.reports if report.date), default=None)

    def calendar_occasion(self, lexicon: Lexicon) -> str:
        """Return the occasion of calendar.csv that its date belongs to; "" if there is none."""
        item = {"reply": "reply", "wreath": "wreath"}.get(self.fullest.kind, "message")
        if self.date is None:
            return ""
        found = entry_for(lexicon.calendar, self.fullest.partner, self.fullest.direction, item, self.date)
        said = " ".join(f"{report.title} {report.occasion} {report.quote}" for report in self.reports)
        if not found or is_of_another_day(self.fullest.identity["occasion_id"], self.date, found, lexicon):
            return ""
        return found.occasion if found.is_certain(self.date, said) else ""

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that reported it; an edition is marked as deleted if all its reports were taken down."""
        gone = dict.fromkeys(sorted(report.edition for report in self.reports), True)
        for report in self.reports:
            gone[report.edition] &= report.deleted
        return tuple(f"{edition} (deleted)" if gone[edition] else edition for edition in gone)


def message_reports(
    signals: pl.DataFrame, articles: Mapping[str, Mapping[str, Any]], lexicon: Lexicon
) -> Iterator[MessageReport]:
    """Yield the message reports of a frame (model.SIGNALS) whose articles are in `articles`, by id.

    `title`, `url` and `outcome` of the article are used, and the columns of model.IDENTITIES if the frame has them.
    Messages that are only recalled are left out.
    """
    reported = signals.filter(pl.col("kind") == "message")
    known = reported.select(*IDENTITIES) if set(IDENTITIES) <= set(reported.columns) else identities(reported, lexicon)
    for row, identity in zip(reported.iter_rows(named=True), known.iter_rows(named=True), strict=True):
        detail, article = row["detail"], articles.get(row["article"])
        if article is None or detail["historical"]:
            continue
        yield MessageReport(
            article=row["article"],
            source=row["source"],
            lang=row["lang"],
            language=language_of_text(row),
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
            salutation=None if detail["salutation"] is None else Salutation(detail["salutation"]),
            grouped=bool(detail["grouped"]),
            named=bool(detail["named"]),
            dated=detail["dated"] or "",
            quote=row["quote"],
            identity=identity,
        )


def messages(reports: Iterable[MessageReport], lexicon: Lexicon) -> list[Message]:
    """Join the reports of each message; return the messages by date, undated ones first."""
    reports = list(reports)
    groups = _join_same_parties(_join_same_words(r for r in reports if not r.is_translation), lexicon)
    groups = _join_open(_join_office_with_name(groups, lexicon), lexicon)
    translated = _join_same_words(r for r in reports if r.is_translation)
    groups = _join_translations(groups, translated, lexicon)

    def fullness(report: MessageReport) -> tuple[object, ...]:
        thin = report.open_parties(lexicon)
        last = (report.is_review, -report.words, report.article)
        return (not report.full_text, thin, report.language != "en", report.date or date.max, *last)

    found = [Message(tuple(sorted(group, key=fullness))) for group in groups]
    return sorted(
        found, key=lambda message: (message.date or date.min, message.fullest.partner, message.fullest.article)
    )


def _join_same_words(reports: Iterable[MessageReport]) -> list[list[MessageReport]]:
    """Join reports with the same words, apart from the dateline."""
    groups: list[list[MessageReport]] = []
    latest: dict[tuple[str, ...], list[MessageReport]] = {}
    for report in sorted(reports, key=lambda report: (report.date or date.min, report.article)):
        names = (report.sender, report.recipient)
        key = (report.language, report.partner, report.direction, report.kind, *names, _words(report.quote))
        group = latest.get(key)
        if group is None or not _near(group[-1], report):
            group = latest[key] = []
            groups.append(group)
        group.append(report)
    return groups


def _words(quote: str) -> str:
    return texts.normal(texts.blank(quote, texts.frame(texts.plain(quote))))


def _near(one: MessageReport, other: MessageReport) -> bool:
    if one.date is None or other.date is None:
        return one.date == other.date
    return abs(other.date - one.date) <= REPRINTED


def _join_same_parties(groups: list[list[MessageReport]], lexicon: Lexicon) -> list[list[MessageReport]]:
    """Join groups that report the only message of a day between the same two parties."""
    by_parties: dict[tuple[object, ...], list[list[MessageReport]]] = defaultdict(list)
    for group in groups:
        first = group[0]
        parties = first.keys(lexicon)
        known = first.date is not None and all(parties)
        key = (first.date, first.partner, first.direction, merged_kind(first.kind), *parties) if known else (id(group),)
        by_parties[key].append(group)
    joined: list[list[MessageReport]] = []
    for some in by_parties.values():
        times = Counter(each for group in some for each in {(report.edition, report.is_review) for report in group})
        occasions = {group[0].occasion for group in some}
        if max(times.values()) > 1 and (len(occasions) > 1 or "" in occasions):
            joined += some  # it is unknown which of the two another paper means
        else:
            joined.append([report for group in some for report in group])
    return joined


def _join_office_with_name(groups: list[list[MessageReport]], lexicon: Lexicon) -> list[list[MessageReport]]:
    """Join a review that gives only the office with the report that gives name and office."""
    named = Nearby()
    for place, group in enumerate(groups):
        if group[0].named and group[0].date:
            named.add(_key_without_their_party(group[0], lexicon), group[0].date, place)
    joined: dict[int, list[MessageReport]] = {}
    for group in groups:
        first, same = group[0], list[int]()
        if first.date and not first.named:
            same = named.find(_key_without_their_party(first, lexicon), first.date, _A_DAY)
        holding = [groups[place] for place in same if _gives_the_office(groups[place][0], first)]
        if len(holding) == 1:
            joined[id(group)] = holding[0]
            holding[0].extend(group)
    return [group for group in groups if id(group) not in joined]


def _key_without_their_party(report: MessageReport, lexicon: Lexicon) -> tuple[object, ...]:
    """Return what reports of one message have in common, apart from day and the other state's party."""
    ours = report.keys(lexicon)[report.direction == "in"]
    return report.language, report.partner, report.direction, merged_kind(report.kind), ours


def _gives_the_office(named: MessageReport, other: MessageReport) -> bool:
    """Return whether `named` gives the offices that `other` uses for that party, at most a day apart.

    A counterpart has an office like that of our party, which `named` gives with both.
    """
    if not _within_a_day(named, other):
        return False
    if other.theirs.name.endswith("counterpart"):
        ours = _HEADS.search(other.ours.name)
        return sum(each.lastindex == (ours and ours.lastindex) for each in _HEADS.finditer(named.quote)) > 1
    offices, plain = map(_plain_office, _OFFICES.split(other.theirs.name)), _plain_office(named.quote)
    return all(office and office in plain for office in offices)


def _plain_office(words: str) -> str:
    """Normalize an office: "the C.C., Communist Party of China" -> "central committee of communist party of china"."""
    plain = _COMMITTEE.sub("central committee of ", texts.normal(words).casefold())
    return _THE.sub("", plain)


def _join_open(groups: list[list[MessageReport]], lexicon: Lexicon) -> list[list[MessageReport]]:
    """Join a report that leaves a party open with the only message that it may mean."""
    complete = Nearby()
    in_article: dict[tuple[str, str, str], set[int]] = defaultdict(set)  # messages reported by an article
    thin: list[list[MessageReport]] = []
    for place, group in enumerate(groups):
        first = group[0]
        if first.open_parties(lexicon):
            thin.append(group)
        else:
            complete.add((first.partner, first.direction), first.date, place)
            for report in group:
                in_article[first.partner, first.direction, report.article].add(place)
    joined: set[int] = set()
    for group in thin:
        first = group[0]
        way = first.partner, first.direction
        near = complete.find(way, first.date, _A_DAY)
        meant = [place for place in near if _may_mean(first, groups[place][0], lexicon)]
        if len(meant) != 1 and first.open_parties(lexicon) == 2:
            meant = sorted(in_article[*way, first.article])[:1]
        if len(meant) == 1:
            joined.add(id(group))
            groups[meant[0]].extend(group)
            for report in group:
                in_article[*way, report.article].add(meant[0])
    return [group for group in groups if id(group) not in joined]


def _may_mean(thin: MessageReport, full: MessageReport, lexicon: Lexicon) -> bool:
    """Return whether a report with an open party may be about the same message as `full`."""
    if not _within_a_day(thin, full):
        return False
    one_kind = merged_kind(thin.kind) == merged_kind(full.kind)
    any_letter = thin.kind == "letter" and thin.open_parties(lexicon) == 2 and full.kind not in _UNWRITTEN
    agree = (one.may_be(other, lexicon) for one, other in zip(thin.parties, full.parties, strict=True))
    return (one_kind or any_letter) and all(agree)


def _within_a_day(one: MessageReport, other: MessageReport) -> bool:
    return one.date is not None and other.date is not None and abs(one.date - other.date) <= _A_DAY


def _join_translations(
    groups: list[list[MessageReport]], translated: Iterable[list[MessageReport]], lexicon: Lexicon
) -> list[list[MessageReport]]:
    """Join each translation with the message that the same edition reports in its own language, if any."""
    printed = Nearby()
    for place, group in enumerate(groups):
        _note_way(printed, group, place)
    alone: list[list[MessageReport]] = []
    for translations in translated:
        first = translations[0]
        near = printed.find(_way(first), first.date, REPRINTED)
        candidates = ((distance, n) for n in near for distance in _distances(first, groups[n], lexicon))
        nearest = min(candidates, default=None)
        if nearest:
            groups[nearest[1]].extend(translations)
            _note_way(printed, translations, nearest[1])
        else:
            alone.append(translations)
    return groups + alone


def _note_way(printed: Nearby, group: Iterable[MessageReport], place: int) -> None:
    for report in group:
        printed.add(_way(report), report.date, place)


def _way(report: MessageReport) -> tuple[str, str, str]:
    return report.edition, report.partner, report.direction


def _distances(
    translation: MessageReport, group: Iterable[MessageReport], lexicon: Lexicon
) -> Iterator[tuple[int, bool, timedelta]]:
    """Yield the distance of a translation to each report of a message that it may be about.

    The distance is smaller the more parties are known to be the same, then if the kind is the same, then the fewer days
    lie between.
    """
    for report in group:
        if _way(report) != _way(translation) or not _near(translation, report):
            continue
        identities = [
            (one.identity(lexicon), other.identity(lexicon))
            for one, other in zip(translation.parties, report.parties, strict=True)
        ]
        if any(one and other and one != other for one, other in identities):
            continue
        same_kind = merged_kind(translation.kind) == merged_kind(report.kind)
        if same_kind or _may_be_translated(translation.kind, report.kind):
            same = sum(one == other != "" for one, other in identities)
            yield -same, not same_kind, _time_between(translation, report)


def _may_be_translated(kind: str, other: str) -> bool:
    """Return whether two kinds may be one message: a "mensaje" is any letter, an "ofrenda floral" any flowers."""
    if "letter" in (kind, other):
        return not {kind, other} & set(_UNWRITTEN)
    return any({kind, other} <= some for some in _NAMED_ALIKE)


def _time_between(one: MessageReport, other: MessageReport) -> timedelta:
    return abs(one.date - other.date) if one.date and other.date else timedelta(0)
