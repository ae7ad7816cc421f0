"""The two sides of a message: who a name means, in whatever language a paper writes it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sunchi import text as texts
from sunchi.identity.people import person, persons
from sunchi.lexicon import HOME, Lexicon

_ALIKE = {"greeting": "congratulation"}


@dataclass(frozen=True, slots=True)
class Side:
    """Who wrote, or to whom, as one report has it."""

    name: str  # "" where it says nobody
    lang: str
    state: str  # whose it is

    def is_open(self, lexicon: Lexicon) -> bool:
        """Whether it is no person, party or office: nobody, or a state by its name alone."""
        language = texts.primary_language(self.lang)
        name = texts.plain(self.name, language).strip()
        known = lexicon.forms.get(language, {}).get(name, ())
        return not name or any(each.role in ("name", "adjective", "capital", "outside") for each in known)

    def party(self, lexicon: Lexicon) -> str:
        """The same for one party's names in all languages: a person by his row of partners.csv, a party or office of
        that state by those of bodies.csv; "" where they have no such name."""
        if persons(self.name, self.lang, lexicon):
            return person(self.name, self.lang, lexicon)
        lines = self._bodies(lexicon)
        return f"{self.state}:{lines}" if lines else ""

    def key(self, lexicon: Lexicon) -> str:
        """Who it is in any language, else the name as it is; "" where there is none."""
        if party := self.party(lexicon):
            return party
        return f"{self.lang}:{texts.normal(self.name).casefold()}" if self.name.strip() else ""

    def may_be(self, other: Side, lexicon: Lexicon) -> bool:
        """Whether `other` may be meant: this one is open, or is the same, or a party whose committee the other is."""
        if self.is_open(lexicon) or self.key(lexicon) == other.key(lexicon):
            return True
        whole, part = self._bodies(lexicon), other._bodies(lexicon)
        return bool(whole) and set(whole) < set(part)

    def _bodies(self, lexicon: Lexicon) -> tuple[int, ...]:
        """The rows of bodies.csv that the name is made of."""
        language = texts.primary_language(self.lang)
        return (lexicon.body(self.name, language, self.state) if language in lexicon.forms else None) or ()


def both(sender: str, recipient: str, lang: str, direction: str, partner: str) -> tuple[Side, Side]:
    """Sender and recipient of a message that a text in `lang` tells of."""
    home = direction == "out"
    return Side(sender, lang, HOME if home else partner), Side(recipient, lang, partner if home else HOME)


def alike(kind: str) -> str:
    """The kind by which reports of one message agree: what KCNA calls 축전 in Korean is either in English."""
    return _ALIKE.get(kind, kind)


def called(name: str, lang: str, lexicon: Lexicon) -> tuple[str, ...]:
    """By which names a side may be asked for: a person by all of his row in partners.csv, so Xi Jinping as 시진핑."""
    lines = {known.line for known in persons(name, lang, lexicon)}
    return (name, *(each.form for each in lexicon.names if each.line in lines))


def exchange(signal: Mapping[str, Any], lexicon: Lexicon) -> str:
    """What a message's signal (a row of model.SIGNALS) is of, the same in every language: partner, direction, kind and
    both sides; "" where partners.csv and bodies.csv do not know a side."""
    detail, partner = signal["detail"], signal["partner"]
    sides = both(detail["from"] or "", detail["to"] or "", signal["lang"], detail["direction"], partner)
    parties = [side.party(lexicon) for side in sides]
    return " ".join([partner, detail["direction"], alike(signal["code"]), *parties]) if all(parties) else ""
