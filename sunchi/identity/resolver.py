"""Resolves the words for a party to its identity: a person, an office or an organization of one state, and its level.

    person        the id of persons.csv: ru_putin; for an office alone, its holder during that whole month. Any other
                  person is identified by state and name: np:rambaranyadav
    office        the state's letters and the id of organizations.csv: mn_foreign_minister
    organization  the same: cn_cpc, cu_embassy; any other English one by its title: FI:finland korea association

Nothing is guessed: a state alone, a crowd ("participants"), a list or a name that two persons may have has no id. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import dropwhile
from typing import Any

from sunchi import text as texts
from sunchi.identity.offices import HEADS_OF_A_PARTY, LATIN_NAME, LEVEL_ORDER, Offices
from sunchi.identity.parties import Party, sender_and_recipient
from sunchi.identity.people import people_of
from sunchi.identity.spelling import name_key, title_key, words_of_name
from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.columns import ANY
from sunchi.lexicon.organizations import LEVELS, OFFICES, Organization
from sunchi.model import language_of_text

_PARTS_OF_A_PARTY = ("committee", "congress")
_NAME = re.compile(LATIN_NAME)
_AWAY = re.compile(r" in (?:the country|that country|those countries|relevant countries|[A-Z][\w-]*(?: [A-Z][\w-]*)?)$")
_HERE = re.compile(r" (?:(?:to|in) (?:the )?(?:DPRK|Democratic People's Republic of Korea|Korea|Pyongyang)|here)$")
_COMMITTEE = re.compile(r"\bC\. ?C\.?(?:, | )(?:the )?")
_INITIAL = re.compile(r"(?<= )[A-Z]\. ?(?=[A-Z])")
_WORD = re.compile(r"[\w'-]+")
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "with", "between", "to", "against"))
_PRIVATE = frozenset(("Party", "Association", "Society", "Federation", "Union", "League", "Company", "Foundation"))
_CROWD = frozenset(("leaders", "officials", "counterparts"))  # "Chinese party and state leaders" are not a body
_FULL = 2  # words of a full name
_KEPT = 4_096  # parties in the cache


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a party is, and the level of its messages; "" if uncertain."""

    id: str = ""
    level: str = ""  # leader, party, government, ministry, organ or other


NOBODY = Identity()


class Resolver:
    """Resolves parties by the rows of the lexicon, with a cache of the latest results."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.people, self.offices = people_of(lexicon), Offices(lexicon)
        self._lexicon = lexicon
        self._organizations = {each.line: each for each in lexicon.organizations}
        self._heads = {word.casefold() for word in lexicon.vocabulary.words("organization", "en")}
        self._officers = set(" ".join(lexicon.vocabulary.words("officer", "en")).casefold().split())
        self._titles = self._officers | {word.strip(".").casefold() for word in lexicon.vocabulary.words("title", "en")}
        self._find = lru_cache(maxsize=_KEPT)(self._party)

    def parties(self, message: Mapping[str, Any]) -> tuple[Identity, Identity]:
        """Return sender and recipient of a message, a row of model.SIGNALS."""
        detail = message["detail"]
        is_named = bool(detail["named"])
        sender, recipient = (
            self.party(party, message["date"], named=is_named and party.state != HOME, quote=message["quote"])
            for party in sender_and_recipient(
                detail["from"] or "", detail["to"] or "", language_of_text(message), detail["direction"] or "",
                message["partner"],
            )
        )  # fmt: skip
        return sender, recipient

    def party(self, party: Party, day: date | None, *, named: bool, quote: str) -> Identity:
        """Return who a party is; `named` says that it is a person, `quote` may give the person's office."""
        return self._find(party, day, named, quote)

    def _party(self, party: Party, day: date | None, named: bool, quote: str) -> Identity:
        name, lang, state = texts.normal(party.name), texts.primary_language(party.lang), party.state
        if lang not in self._lexicon.forms or party.is_open(self._lexicon):
            return NOBODY
        if (person := self._person(name, lang, state, day, quote, named=named)).id:
            return person
        if (title := self._title(name, lang, state, day)).id or lang != "en":
            return title
        bare = self.offices.without(name, state)
        if bare and (person := self._person(bare, lang, state, day, quote, named=True)).id:
            return person
        return NOBODY if named else self._organization(name, state)

    def _person(self, name: str, lang: str, state: str, day: date | None, quote: str, *, named: bool) -> Identity:
        level = self.offices.level_by(quote, name, state, lang, day)
        if person := self.people.find(name, lang, state):
            return Identity(person.id, self.offices.level_of(person, day) or level)
        id = self.unlisted(name, lang, state) if named or state == HOME else ""
        return Identity(id, level) if id else NOBODY

    def unlisted(self, name: str, lang: str, state: str) -> str:
        """Return the id of a person without a row, from the name itself; "" if it is not a full name."""
        if state == HOME:
            sound = self.people.sound(name, lang).replace(" ", "_")
            return f"{HOME.lower()}:{sound}" if sound else ""
        if lang not in texts.WRITTEN_APART:
            return f"{state.lower()}:{texts.squeeze(name)[0]}"
        bare = " ".join(dropwhile(lambda word: word.casefold().strip(".") in self._titles, name.split()))
        bare = _INITIAL.sub("", bare) if len(bare.split()) > _FULL else bare
        full = _NAME.fullmatch(bare) and len(words_of_name(bare, state)) >= _FULL and not self._is_title(bare)
        return f"{state.lower()}:{name_key(bare, state)}" if full else ""

    def _is_title(self, name: str) -> bool:
        """Return whether capitalized words name an organization or a state, not a person."""
        words = name.split()
        return any(word.casefold() in self._heads or self._lexicon.forms["en"].get(word) for word in words)

    # --- offices and organizations ----------------------------------------------------------------------------------

    def _title(self, name: str, lang: str, state: str, day: date | None) -> Identity:
        """Return the office or organization that rows of organizations.csv make up."""
        bare = (_AWAY if state == HOME else _HERE).sub("", name) if lang == "en" else name
        lines = self._lexicon.organization_lines(bare, lang, state)
        if lines is None:  # "the Kingdom of Thailand" is Thailand
            short = re.sub(self.offices.states(state, lang), self.offices.short_name(state, lang), bare)
            lines = self._lexicon.organization_lines(short, lang, state)
        rows = [self._organizations[line] for line in lines or ()]
        is_elsewhere = lang == "en" and state != HOME and not _HERE.search(name)
        if is_elsewhere and any(each.kind == "envoy" for each in rows):
            return NOBODY  # "the Chinese ambassador" may be the ambassador to any state
        offices = [each for each in rows if each.kind in OFFICES]
        bodies = [each for each in rows if each.kind not in OFFICES]
        return self._office(offices, bodies, state, day) if offices else self._body(bodies, state, day)

    def _office(
        self, offices: Sequence[Organization], bodies: Sequence[Organization], state: str, day: date | None
    ) -> Identity:
        """Return the highest of the offices of one person, or the person who held it."""
        office = min(offices, key=lambda each: (LEVEL_ORDER.index(LEVELS[each.kind]), each.line))
        body = self._body(bodies, state, day)
        leads_party = office.id in HEADS_OF_A_PARTY and body.level == "party"
        if bodies and len(offices) == 1 and not leads_party and body.level != "government":
            return Identity(f"{body.id}/{office.id}", body.level) if body.id else NOBODY
        holder = self.offices.holder(office, state, day)
        return Identity(holder.id if holder else _id(office, state), self.offices.level(office, state, day))

    def _body(self, bodies: Sequence[Organization], state: str, day: date | None) -> Identity:
        """Return the organization that several rows make up; a party's committee is the party."""
        party = next((each for each in bodies if each.kind == "party"), None)
        others = [each for each in bodies if each is not party]
        if party and all(each.kind in _PARTS_OF_A_PARTY and each.partner == ANY for each in others):
            return Identity(_id(party, state), self.offices.level(party, state, day))
        if len(others) != 1 or (others[0].kind == "committee" and not party):
            return NOBODY
        level = self.offices.level(others[0], state, day)
        return Identity(f"{party.id}/{others[0].id}" if party else _id(others[0], state), level)

    def _organization(self, name: str, state: str) -> Identity:
        """Return an English organization without a row, or its head, by title; the state's names count as one."""
        bare = _COMMITTEE.sub("C.C. ", re.sub(rf"\b{self.offices.states(state, 'en')}\b", state, name))
        words = _WORD.findall(bare)
        if words and words[-1].casefold() in _CROWD:
            return NOBODY
        small = {word for word in words if word.islower()} - _SMALL
        heads = [word for word in words if word.casefold() in self._heads and not word.islower()]
        if "," in bare or not heads or small - self._officers or len(words) <= _FULL:
            return NOBODY
        key = title_key(bare)
        level = "ministry" if {"ministry", "minister"} & set(key.split()) else "other" if heads[-1] in _PRIVATE else ""
        return Identity(f"{state.lower()}:{key}", level)


@lru_cache(maxsize=2)
def resolver_of(lexicon: Lexicon) -> Resolver:
    """Return the resolver of a lexicon, made once per process, because every poll needs it."""
    return Resolver(lexicon)


def _id(organization: Organization, state: str) -> str:
    return organization.id if organization.partner != ANY else f"{state.lower()}_{organization.id}"
