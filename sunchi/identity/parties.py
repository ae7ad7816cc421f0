"""The two parties to a message: whom a name means, in whatever language a paper writes it; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sunchi import text as texts
from sunchi.identity.people import people_named, person_key
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import language_of_text

_MERGED_KINDS = {"greeting": "congratulation"}


@dataclass(frozen=True, slots=True)
class Party:
    """The sender or recipient of a message, as one report names it."""

    name: str  # "" where the report names nobody
    lang: str
    state: str  # that the party belongs to

    def is_open(self, lexicon: Lexicon) -> bool:
        """Return whether the report leaves open who it is: it names nobody, or a state alone."""
        language = texts.primary_language(self.lang)
        name = texts.plain(self.name, language).strip()
        known = lexicon.forms.get(language, {}).get(name, ())
        is_label = name == texts.plain(
            lexicon.label(self.state), language
        )  # detectors give it where the text names nobody
        return not name or is_label or any(each.role in ("name", "adjective", "capital", "outside") for each in known)

    def identity(self, lexicon: Lexicon) -> str:
        """Return a key that is the same for this party's names in all languages.

        A person is known by a row of partners.csv, a party or an office of that state by rows of organizations.csv;
        "" where they have no such name.
        """
        if people_named(self.name, self.lang, lexicon):
            return person_key(self.name, self.lang, lexicon)
        lines = self._organizations(lexicon)
        return f"{self.state}:{lines}" if lines else ""

    def key(self, lexicon: Lexicon) -> str:
        """Return `identity`, or where it is not known the name itself; "" where there is no name."""
        if identity := self.identity(lexicon):
            return identity
        return f"{self.lang}:{texts.normal(self.name).casefold()}" if self.name.strip() else ""

    def may_be(self, other: Party, lexicon: Lexicon) -> bool:
        """Return whether `other` may be meant: this one is open, is the same, or is a party whose committee it is."""
        if self.is_open(lexicon) or self.key(lexicon) == other.key(lexicon):
            return True
        mine, theirs = self._organizations(lexicon), other._organizations(lexicon)
        return bool(mine) and set(mine) < set(theirs)

    def _organizations(self, lexicon: Lexicon) -> tuple[int, ...]:
        """Return the rows of organizations.csv that the name is made of."""
        language = texts.primary_language(self.lang)
        return (
            lexicon.organization_lines(self.name, language, self.state) if language in lexicon.forms else None
        ) or ()


def sender_and_recipient(sender: str, recipient: str, lang: str, direction: str, partner: str) -> tuple[Party, Party]:
    """Return the parties to a message that a text in `lang` reports."""
    outgoing = direction == "out"
    return Party(sender, lang, HOME if outgoing else partner), Party(recipient, lang, partner if outgoing else HOME)


def merged_kind(kind: str) -> str:
    """Return the kind by which reports are compared: a Korean 축전 is a greeting or a congratulation in English."""
    return _MERGED_KINDS.get(kind, kind)


def message_key(signal: Mapping[str, Any], lexicon: Lexicon) -> str:
    """Return a key of the message that a signal (a row of model.SIGNALS) is of, the same in every language.

    It names partner, direction, kind and both parties; "" where partners.csv and organizations.csv do not know one.
    """
    detail, partner = signal["detail"], signal["partner"]
    sender, recipient = detail["from"] or "", detail["to"] or ""
    parties = sender_and_recipient(sender, recipient, language_of_text(signal), detail["direction"], partner)
    keys = [party.identity(lexicon) for party in parties]
    return " ".join([partner, detail["direction"], merged_kind(signal["code"]), *keys]) if all(keys) else ""
