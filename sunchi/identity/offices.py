"""The offices of persons: which office a text gives with a name, and the level of its holder's messages; pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

from sunchi import text as texts
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.organizations import LEVELS, OFFICES, Organization
from sunchi.lexicon.persons import Person

LEVEL_ORDER = ("leader", "party", "government", "ministry", "organ", "other", "")
"""The levels, the highest first."""

LATIN_NAME = r"[A-Z][\w.'-]*(?: (?:[A-Z][\w.'-]*|(?:al|bin|ibn|de|da|dos|del|van|von|el)(?:-[A-Z][\w.'-]*)?)){1,9}"
"""The pattern of a name of two or more words in English texts."""

HEADS_OF_A_PARTY = ("general_secretary", "first_secretary")
"""The offices of organizations.csv whose holder leads the state, if the party governs."""

_OF = {"en": "of (?:the )?", "es": "del? (?:la |el )?"}
_OF_THE = {lang: re.compile(f" {of}") for lang, of in _OF.items()}
_OF_AT_END = {lang: re.compile(f" {of}$") for lang, of in _OF.items()}
_LEAD = re.compile(r",? (?:who is )?(?:the )?")
_GOES_ON = re.compile(r" (?:of\b|[A-Z])")  # "of the Lebanon Tea Company"
_COMMITTEES = ("C.C.", "Central")
_BEFORE, _AFTER = 80, 160  # characters around a name that are searched for its office
_NAME = re.compile(LATIN_NAME)
_BEFORE_COMMA = re.compile(rf"({LATIN_NAME}), (?=[a-z])")


class Offices:
    """The offices of organizations.csv and their holders."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rows = [each for each in lexicon.organizations if each.kind in OFFICES]
        self.states = cache(self._states)
        self._state, self._state_at_end = cache(self._one_state), cache(self._one_state_at_end)
        either = {lang: self._offices(lang) for lang in _OF}
        self._office = {lang: re.compile(rf"(?:{either[lang]})\b", re.IGNORECASE) for lang in _OF}
        self._office_at_end = {lang: re.compile(rf"(?<![\w-])({either[lang]})$", re.IGNORECASE) for lang in _OF}

    def level(self, of: Organization, state: str, day: date | None, said: str = "") -> str:
        """Return the level of an office or organization; the leader of a party leads the state if the party governs.

        `said` is what follows the office in a text, and names the party.
        """
        if of.id in HEADS_OF_A_PARTY and said:
            ruling = (form for lang in _OF for form in self._lexicon.ruling(state, lang, day))
            return "leader" if any(form in said.casefold() for form in ruling) else "other"
        if of.kind == "party" and not (of.partner == HOME or of.governs(day)):
            return "other"
        return LEVELS[of.kind]

    def level_of(self, person: Person, day: date | None) -> str:
        """Return the level of the highest office that a person held on a day; "" if none is known."""
        if day is None:
            return ""
        held = {role.office for role in person.roles if role.held(day)}
        levels = (self.level(row, person.state, day) for row in self._rows if _names(row, person.state) & held)
        return min(levels, key=LEVEL_ORDER.index, default="")

    def holder(self, office: Organization, state: str, day: date | None) -> Person | None:
        """Return who held an office during the whole month of a day, if exactly one person did."""
        if day is None:
            return None
        held = [
            person
            for person in self._lexicon.persons
            if person.state == state
            and any(role.office in _names(office, state) and role.held_all_month(day) for role in person.roles)
        ]
        return held[0] if len(held) == 1 else None

    def level_by(self, quote: str, name: str, state: str, lang: str, day: date | None) -> str:
        """Return the level of the office that a text gives with a name: "X, president of Mongolia"; "" without one."""
        if lang not in _OF:
            return ""
        plain, shown = texts.plain(quote, lang), texts.plain(name, lang)
        at = plain.find(shown)
        if at < 0:
            return ""
        before, after = plain[max(at - _BEFORE, 0) : at].rstrip(" ,"), plain[at + len(shown) :][:_AFTER]
        said = self._after_name(after, state, lang) or self._before_name(before, state, lang)
        office = next((each for each in self._rows if said.casefold() in each.forms_in(lang)), None) if said else None
        return self.level(office, state, day, after) if office else ""

    def without(self, name: str, state: str) -> str:
        """Return the name in "Prime Minister of Lebanon Jan Example", "Jan Example, minister of …"; "" without one."""
        if match := _BEFORE_COMMA.match(name):
            return match[1]
        adjective = self._state(state, "en").match(name)
        office = self._office["en"].match(name, adjective.end() + 1 if adjective else 0)
        rest = name[office.end() :] if office else ""
        if rest.startswith(" of "):
            named = self._state(state, "en").finditer(rest)
            of_state = next((m for m in named if rest[: m.start()].endswith((" of ", " of the "))), None)
            rest = rest[of_state.end() :] if of_state else ""
        return rest.strip() if _NAME.fullmatch(rest.strip()) else ""

    def _after_name(self, after: str, state: str, lang: str) -> str:
        """Return the office in ", president of Mongolia …", ", Mongolian president …"."""
        lead = _LEAD.match(after)
        at = lead.end() if lead else 0
        if adjective := self._state(state, lang).match(after, at):
            office = self._office[lang].match(after, adjective.end() + 1)
            return office[0] if office else ""
        office = self._office[lang].match(after, at)
        of = _OF_THE[lang].match(after, office.end()) if office else None
        if not office or not of:
            return ""
        whose = self._state(state, lang).match(after, of.end())
        of_state = whose is not None and not _GOES_ON.match(after, whose.end())
        return office[0] if of_state or after.startswith(_COMMITTEES, of.end()) else ""

    def _before_name(self, before: str, state: str, lang: str) -> str:
        """Return the office in "Mongolian president …", "president of Mongolia …"."""
        if office := self._office_at_end[lang].search(before):
            adjective = self._state_at_end(state, lang).search(before[: office.start()].rstrip())
            return office[1] if adjective else ""
        whose = self._state_at_end(state, lang).search(before)
        of = _OF_AT_END[lang].search(before[: whose.start()]) if whose else None
        office = self._office_at_end[lang].search(before[: of.start()]) if of else None
        return office[1] if office else ""

    def _states(self, state: str, lang: str) -> str:
        """Return the names of a state, with or without its form ("Kingdom of …", 공화국), as a regular expression."""
        either = _either([form for role in ("name", "adjective") for form in self._names(state, lang, role)])
        forms = _either(self._lexicon.vocabulary.words("form_of_state", lang))
        if lang in _OF:
            return rf"(?:(?:(?:{forms}) )+{_OF[lang]})?(?:{either})"
        return rf"(?:{either})(?: ?(?:{forms}))*"

    def short_name(self, state: str, lang: str) -> str:
        """Return the first name of a state in a language; "" if there is none."""
        return next(iter(self._names(state, lang, "name")), "")

    def _names(self, state: str, lang: str, role: str) -> list[str]:
        return [n.form for n in self._lexicon.names if (n.partner, n.lang, n.role) == (state, lang, role)]

    def _offices(self, lang: str) -> str:
        return _either([form for each in self._rows for form in each.forms_in(lang)])

    def _one_state(self, state: str, lang: str) -> re.Pattern[str]:
        return re.compile(rf"{self.states(state, lang)}\b")

    def _one_state_at_end(self, state: str, lang: str) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){self.states(state, lang)}$")


def _names(office: Organization, state: str) -> set[str]:
    """Return how a role of persons.csv may call an office: kp_supreme_leader is the supreme_leader of KP."""
    return {office.id, office.id.removeprefix(f"{state.lower()}_")}


def _either(forms: Sequence[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form))) or "(?!)"
