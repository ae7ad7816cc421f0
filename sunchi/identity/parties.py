"""The two parties to a message: whom a name means, in any language; pure."""

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

    name: str  # "" if the report names nobody
    lang: str
    state: str  # that the party belongs to

    def is_open(self, lexicon: Lexicon) -> bool:
        """Return whether the report does not identify the party: it names nobody, or only a state."""
        language = texts.primary_language(self.lang)
        name = texts.plain(self.name, language).strip()
        known = lexicon.forms.get(language, {}).get(name, ())
        is_label = name == texts.plain(lexicon.label(self.state), language)  # detectors use it if the text names nobody
        return not name or is_label or any(each.role in ("name", "adjective", "capital", "outside") for each in known)

    def identity(self, lexicon: Lexicon) -> str:
        """Return a key that is the same for this party's names in all languages.

        A person is identified by a row of partners.csv, a party or an office of that state by rows of
        organizations.csv; "" if there is no row for the name.
        """
        if people_named(self.name, self.lang, lexicon):
            return person_key(self.name, self.lang, lexicon)
        lines = self._organizations(lexicon)
        return f"{self.state}:{lines}" if lines else ""

    def key(self, lexicon: Lexicon) -> str:
        """Return `identity`, or the name itself if that is not known; "" without a name."""
        if identity := self.identity(lexicon):
            return identity
        return f"{self.lang}:{texts.normal(self.name).casefold()}" if self.name.strip() else ""

    def may_be(self, other: Party, lexicon: Lexicon) -> bool:
        """Return whether `other` may be meant: this party is open or the same, or `other` is its committee."""
        if self.is_open(lexicon) or self.key(lexicon) == other.key(lexicon):
            return True
        mine, theirs = self._organizations(lexicon), other._organizations(lexicon)
        return bool(mine) and set(mine) < set(theirs)

    def _organizations(self, lexicon: Lexicon) -> tuple[int, ...]:
        """Return the rows of organizations.csv that make up the name."""
        language = texts.primary_language(self.lang)
        return (
            lexicon.organization_lines(self.name, language, self.state) if language in lexicon.forms else None
        ) or ()


def sender_and_recipient(sender: str, recipient: str, lang: str, direction: str, partner: str) -> tuple[Party, Party]:
    """Return the parties to a message that a text in `lang` reports."""
    outgoing = direction == "out"
    return Party(sender, lang, HOME if outgoing else partner), Party(recipient, lang, partner if outgoing else HOME)


def merged_kind(kind: str) -> str:
    """Return the kind under which reports are compared: a Korean 축전 is a greeting or a congratulation in English."""
    return _MERGED_KINDS.get(kind, kind)


def message_key(signal: Mapping[str, Any], lexicon: Lexicon) -> str:
    """Return a key of the message that a signal (a row of model.SIGNALS) reports, the same in every language.

    It contains partner, direction, kind and both parties; "" if partners.csv and organizations.csv do not have one of
    them.
    """
    detail, partner = signal["detail"], signal["partner"]
    sender, recipient = detail["from"] or "", detail["to"] or ""
    parties = sender_and_recipient(sender, recipient, language_of_text(signal), detail["direction"], partner)
    keys = [party.identity(lexicon) for party in parties]
    return " ".join([partner, detail["direction"], merged_kind(signal["code"]), *keys]) if all(keys) else ""
