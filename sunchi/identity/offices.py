"""The offices of persons: which one a text gives with a name, and at which level its holder writes; pure."""

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
"""The pattern of a name of two words and more, as English texts write it."""

HEADS_OF_A_PARTY = ("general_secretary", "first_secretary")
"""The offices of organizations.csv whose holder leads the state, if the party governs."""

_OF = {"en": "of (?:the )?", "es": "del? (?:la |el )?"}
_BEFORE, _AFTER = 80, 160  # characters around a name in which its office stands
_BEFORE_COMMA = re.compile(rf"({LATIN_NAME}), (?=[a-z])")


class Offices:
    """The offices of organizations.csv and their holders."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rows = [each for each in lexicon.organizations if each.kind in OFFICES]
        self.states = cache(self._states)
        self._after, self._before = cache(self._after_name), cache(self._before_name)
        self._front = cache(self._leading)

    def level(self, of: Organization, state: str, day: date | None, said: str = "") -> str:
        """Return the level of an office or organization; who leads a party leads the state if the party governs.

        `said` is what follows the office in a text, and names the party.
        """
        if of.id in HEADS_OF_A_PARTY and said:
            ruling = (form for lang in _OF for form in self._lexicon.ruling(state, lang, day))
            return "leader" if any(form in said.casefold() for form in ruling) else "other"
        if of.kind == "party" and not (of.partner == HOME or of.governs(day)):
            return "other"
        return LEVELS[of.kind]

    def level_of(self, person: Person, day: date | None) -> str:
        """Return the level of the highest office that a person held on a day; "" where none is known."""
        if day is None:
            return ""
        held = {role.office for role in person.roles if role.held(day)}
        levels = (self.level(row, person.state, day) for row in self._rows if _names(row, person.state) & held)
        return min(levels, key=LEVEL_ORDER.index, default="")

    def holder(self, office: Organization, state: str, day: date | None) -> Person | None:
        """Return who held an office all the month of a day, if exactly one person did."""
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
        before, after = plain[max(at - _BEFORE, 0) : at], plain[at + len(shown) :][:_AFTER]
        match = self._after(state, lang).match(after) or self._before(state, lang).search(before)
        if not match:
            return ""
        said = (match["office"] or match["of"]).casefold()
        office = next(each for each in self._rows if said in each.forms_in(lang))
        return self.level(office, state, day, after)

    def without(self, name: str, state: str) -> str:
        """Return the name in "Prime Minister of Lebanon Jan Example", "Jan Example, minister of …"; "" without one."""
        match = _BEFORE_COMMA.match(name) or self._front(state).fullmatch(name)
        return match[1] if match else ""

    def _states(self, state: str, lang: str) -> str:
        """Return the names of a state, with or without its form ("Kingdom of …", 공화국), as a regular expression."""
        either = _either([form for role in ("name", "adjective") for form in self._names(state, lang, role)])
        forms = _either(self._lexicon.vocabulary.words("form_of_state", lang))
        if lang in _OF:
            return rf"(?:(?:(?:{forms}) )+{_OF[lang]})?(?:{either})"
        return rf"(?:{either})(?: ?(?:{forms}))*"

    def short_name(self, state: str, lang: str) -> str:
        """Return the first name of a state in a language; "" where there is none."""
        return next(iter(self._names(state, lang, "name")), "")

    def _names(self, state: str, lang: str, role: str) -> list[str]:
        return [n.form for n in self._lexicon.names if (n.partner, n.lang, n.role) == (state, lang, role)]

    def _offices(self, lang: str) -> str:
        return _either([form for each in self._rows for form in each.forms_in(lang)])

    def _after_name(self, state: str, lang: str) -> re.Pattern[str]:
        offices, states = self._offices(lang), self.states(state, lang)
        of_state = rf"(?P<of>(?i:{offices})) {_OF[lang]}(?:(?:{states})\b(?! (?:of\b|[A-Z]))|C\.C\.|Central)"
        return re.compile(rf",? (?:who is )?(?:the )?(?:(?:{states}) (?P<office>(?i:{offices}))\b|{of_state})")

    def _before_name(self, state: str, lang: str) -> re.Pattern[str]:
        offices, states = self._offices(lang), self.states(state, lang)
        of_state = rf"(?P<of>(?i:{offices})) {_OF[lang]}(?:{states})"
        return re.compile(rf"(?<![\w-])(?:(?:{states}) (?P<office>(?i:{offices}))|{of_state})[ ,]*$")

    def _leading(self, state: str) -> re.Pattern[str]:
        offices, states = self._offices("en"), self.states(state, "en")
        of_state = rf"(?: of (?:the )?(?:[\w' ]+ of )?(?:{states}))?"
        return re.compile(rf"(?:(?:{states}) )?(?i:{offices}){of_state} ({LATIN_NAME})")


def _names(office: Organization, state: str) -> set[str]:
    """Return how a role of persons.csv may call an office: kp_supreme_leader is the supreme_leader of KP."""
    return {office.id, office.id.removeprefix(f"{state.lower()}_")}


def _either(forms: Sequence[str]) -> str:
    return "|".join(re.escape(form) for form in sorted(set(forms), key=lambda form: (-len(form), form))) or "(?!)"
