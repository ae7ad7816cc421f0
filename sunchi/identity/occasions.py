"""Finds the occasion of a message from the words of a text, such as "his birthday" or 국경절; pure.

An occasion with a day must fit the date of the article and the number of the anniversary. If none fits, or two do,
there is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sunchi import text as texts
from sunchi.identity.people import People
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.calendar import CalendarEntry
from sunchi.lexicon.columns import ANY, LANGUAGES
from sunchi.lexicon.occasions import Occasion
from sunchi.lexicon.organizations import matched

_NAMED_DAYS = (-45, 45)
"""How many days before and after its day an occasion may be mentioned by name: gifts come early, replies late."""

_UNNAMED_DAYS = (-10, 30)
"""The same for an occasion only called "its anniversary" or "the national day"."""

_ON_THE_DAY = (-1, 1)
"""The same for greetings that name no occasion."""

_ONE_DAY = 5  # days at most between a day of calendar.csv and the same one in occasions.csv
_AFTER_A_DEATH = 21  # days during which "his demise" needs no name
_COUNTED = ("party_congress", "new_year")
"""Kinds of events that are numbered."""

_FEW_WORDS = 2  # of "66th birthday"
_HIS = re.compile(r"(?:his|her|your|my|su|tu)\b")
_ARTICLE = re.compile(r"\b(?:the|el|la|los|las) ")
_FIRST_TEN = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HUNDREDS = {"centenary": 100, "centennial": 100, "bicentenary": 200, "bicentennial": 200}
_ANNIVERSARY = {
    "en": re.compile(r"\banniversary\b"),
    "ko": re.compile("돐|돌|주년"),
    "zh": re.compile("周年"),
    "es": re.compile(r"\baniversario\b"),
}
_ORDINALS = {
    "en": re.compile(rf"\b(?:(\d{{1,4}})(?:st|nd|rd|th)|({'|'.join(_FIRST_TEN)})|({'|'.join(_HUNDREDS)}))\b"),
    "ko": re.compile(r"(\d{1,4})(?:돐|돌|주년|회|차)"),
    "zh": re.compile(r"(\d{1,4})(?:周年|届|次)"),
    "es": re.compile(r"\b(\d{1,4})(?:[oaº°]|er|mo|vo)?\.? aniversario"),
}


@dataclass(frozen=True, slots=True)
class NumberedOccasion:
    """An occasion, and its number: 62 for the 62nd anniversary."""

    id: str = ""
    round: int | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """The words that give a message's occasion, and what is known of the message."""

    words: str
    lang: str
    partner: str
    recipient: str  # id; "" if not known
    direction: str
    day: date | None  # of the article

    @property
    def states(self) -> tuple[str, str]:
        """The states whose occasion it may be, the recipient's first."""
        return (self.partner, HOME) if self.direction == "out" else (HOME, self.partner)


class Occasions:
    """The occasions of occasions.csv, by their words."""

    def __init__(self, lexicon: Lexicon, people: People) -> None:
        self._lexicon, self._people = lexicon, people
        self._rows = {row.id: row for row in lexicon.occasions}
        self._rows_in = {
            lang: [(row, _pattern(row, lang)) for row in lexicon.occasions if row.forms_in(lang)] for lang in LANGUAGES
        }

    def find(self, said: Said) -> NumberedOccasion:
        """Return the occasion that the words give; none if uncertain."""
        lang = texts.primary_language(said.lang)
        if lang not in LANGUAGES:
            return NumberedOccasion()
        words = _ARTICLE.sub("", matched(said.words, lang))
        for row, match in self._matches(words, lang, said.states):
            number = _number(words, match, lang)
            if row.kind == "event" and row.id not in _COUNTED:
                if number is not None and _ANNIVERSARY[lang].search(words):
                    continue  # "the 10th anniversary of his visit" is not a visit
                number = None
            if found := self._fitting(row, said, number):
                return NumberedOccasion(found, number)
        return NumberedOccasion()

    def day_near(self, state: str, day: date | None) -> NumberedOccasion:
        """Return the national day of a state on a date, or a day before or after it; none if there are two."""
        days = (each for each in self._lexicon.occasions if each.kind == "day" and each.state == state)
        near = [each for each in days if _fits(each, day, None, _ON_THE_DAY)]
        return NumberedOccasion(near[0].id) if len(near) == 1 else NumberedOccasion()

    def _matches(self, words: str, lang: str, states: Sequence[str]) -> list[tuple[Occasion, re.Match[str]]]:
        """Return the rows whose words are present, in order; those of any state's day ("anniversary") last."""
        found = [
            (row.state == ANY and row.kind == "day", match.start(), -len(match[0]), row.line, row, match)
            for row, pattern in self._rows_in[lang]
            if row.state in (ANY, *states)
            for match in pattern.finditer(words)
        ]
        return [(row, match) for *_, row, match in sorted(found, key=lambda each: each[:4])]

    def _fitting(self, row: Occasion, said: Said, number: int | None) -> str:
        """Return the id of the occasion that a row's words mean; "" if it does not fit."""
        if row.state != ANY:
            return row.id if _fits(row, said.day, number, _NAMED_DAYS) else ""
        if row.kind == "birthday":
            return self._birthday(row, said, number)
        if row.kind == "death":
            return self._death(row, said, number)
        if row.kind == "relations":
            id = f"{said.partner.lower()}_{row.id}"
            return id if said.partner and self._agrees(id, said.day, number) else ""
        if row.kind == "day":
            return self._day_of_a_state(said, number)
        return row.id if _fits(row, said.day, None, _NAMED_DAYS) else ""

    def _birthday(self, row: Occasion, said: Said, number: int | None) -> str:
        """Return whose birthday it is: that of the person named, or of the recipient. A state has one, too."""
        if named := self._person_named(said):
            id = f"{named}_{row.id}"
        elif _is_bare(said):
            day = self._day_of_a_state(said, number) if number and not _is_his(said) else ""
            id = day or (f"{said.recipient}_{row.id}" if _is_person(said.recipient, self._people) else "")
        else:
            return self._day_of_a_state(said, number)
        return id if self._agrees(id, said.day, number) else ""

    def _death(self, row: Occasion, said: Said, number: int | None) -> str:
        """Return whose death it is: that of the person named, or of the one whose anniversary it is."""
        if named := self._person_named(said):
            id = f"{named}_{row.id}"
            return id if self._agrees(id, said.day, number) else ""
        days = [each for each in self._lexicon.occasions if each.kind == row.kind and each.state in said.states]
        near = [each for each in days if _fits(each, said.day, number, _UNNAMED_DAYS)]
        recalled = [each for each in near if _is_recalled(each, said, number)]
        if len(recalled) == 1:
            return recalled[0].id
        return row.id if number is None else ""

    def _person_named(self, said: Said) -> str:
        """Return the only person of persons.csv whom the words name."""
        plain = texts.plain(said.words, said.lang)
        named = {person.id for _, person in self._people.mentioned(plain, said.lang, said.states)}
        return named.pop() if len(named) == 1 else ""

    def _agrees(self, id: str, day: date | None, number: int | None) -> bool:
        """Return whether an occasion has that number, as far as its row says."""
        row = self._rows.get(id)
        return row is None or _right_number(row, day, number)

    def _day_of_a_state(self, said: Said, number: int | None) -> str:
        """Return the day of the state that is named, or of the recipient's, that fits date and number."""
        states = self._states_named(said) or said.states[:1]
        days = [each for each in self._lexicon.occasions if each.kind == "day" and each.state in states]
        fitting = [each for each in days if _fits(each, said.day, number, _UNNAMED_DAYS)]
        if len(fitting) > 1:
            counted = [each for each in fitting if number is not None and each.since]
            fitting = [each for each in counted or fitting if said.day and abs(each.days_from(said.day) or 0) <= 1]
        return fitting[0].id if len(fitting) == 1 else ""

    def _states_named(self, said: Said) -> list[str]:
        lang, plain = texts.primary_language(said.lang), texts.plain(said.words, said.lang)
        apart = lang in texts.WRITTEN_APART
        return [
            state
            for state in said.states
            if any(
                re.search(rf"\b{re.escape(name.form)}\b" if apart else re.escape(name.form), plain)
                for name in self._lexicon.names
                if (name.partner, name.lang) == (state, lang) and name.role in ("name", "adjective")
            )
        ]


def _pattern(row: Occasion, lang: str) -> re.Pattern[str]:
    forms = sorted((_ARTICLE.sub("", form) for form in row.forms_in(lang)), key=lambda form: (-len(form), form))
    either = "|".join(re.escape(form).replace("…", ".*?") for form in forms)
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)" if lang in texts.WRITTEN_APART else f"(?:{either})")


def _fits(row: Occasion, day: date | None, number: int | None, window: tuple[int, int]) -> bool:
    """Return whether a row's occasion is near enough to a date and has that number."""
    if row.day is None:
        return True
    if day is None:
        return False
    apart = row.days_from(day)
    return apart is not None and window[0] <= apart <= window[1] and _right_number(row, day, number)


def _right_number(row: Occasion, day: date | None, number: int | None) -> bool:
    return number is None or row.since is None or day is None or number == row.year(day) - row.since


def _is_recalled(row: Occasion, said: Said, number: int | None) -> bool:
    """Return whether words without a name mean a person's day: they give its number, or the death was recent."""
    if number is not None or said.day is None:
        return number is not None
    just_now = row.since is not None and row.year(said.day) == row.since
    return just_now and 0 <= (row.days_from(said.day) or 0) <= _AFTER_A_DEATH


def _is_his(said: Said) -> bool:
    """Return whether the words mention a person's day: "his birthday"."""
    return bool(_HIS.match(texts.plain(said.words, said.lang).casefold()))


def _is_bare(said: Said) -> bool:
    """Return whether the words name nobody: "his birthday", "66th birthday"."""
    return _is_his(said) or len(said.words.split()) <= _FEW_WORDS


def _is_person(id: str, people: People) -> bool:
    return people.has(id) or bool(re.fullmatch(r"[a-z]{2}:[^ ]+", id))


def _number(words: str, match: re.Match[str], lang: str) -> int | None:
    """Return the number of the anniversary: the last before an occasion's words, in Korean and Chinese the next."""
    found = list(_ORDINALS[lang].finditer(words))
    if not found:
        return None

    before = [ordinal for ordinal in found if ordinal.end() <= match.start()]
    after = [ordinal for ordinal in found if ordinal.end() > match.start()]
    nearest = (before[-1:] or after[:1])[0] if lang in texts.WRITTEN_APART else (after[:1] or before[-1:])[0]
    digits, *others = nearest.groups()
    if digits:
        return int(digits)
    return _FIRST_TEN.index(others[0]) + 1 if others[0] else _HUNDREDS[others[1]]


def is_of_another_day(occasion_id: str, day: date, entry: CalendarEntry, lexicon: Lexicon) -> bool:
    """Return whether a message of some day names an occasion whose own day is not near the calendar entry's.

    Replies and wreaths are not judged: what replies are for is past when they are due.
    """
    row = next((row for row in lexicon.occasions if row.id == occasion_id), None)
    if row is None or row.day is None or entry.item != "message":
        return False
    return entry.distance(date(day.year, *row.day)) > _ONE_DAY


def occasion_ids(lexicon: Lexicon) -> list[str]:
    """Return every id that a message's occasion may have: from the rows, and for each person and each state."""
    rows = [row.id for row in lexicon.occasions]
    persons = [f"{person.id}_{kind}" for person in lexicon.persons for kind in ("birthday", "death")]
    return sorted({*rows, *persons, *(f"{state.lower()}_relations" for state in lexicon.partners)})
