"""Selects the signals that match a rule of lexicon/rules.toml; pure."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import get_args

from sunchi.alerts.rules_file import SWITCHES, Counterpart, Level, Rule
from sunchi.history.compare_articles import recalls_visit
from sunchi.identity.offices import LATIN_NAME
from sunchi.identity.people import people_of
from sunchi.identity.resolver import resolver_of
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import Signal, language_of_text
from sunchi.text import normal, primary_language


def matching(signals: Sequence[Signal], rule: Rule, lexicon: Lexicon) -> dict[tuple[str, str], list[Signal]]:
    """Return the signals for which a rule holds, by article and state."""
    if rule.genres is not None:
        genres = [signal for signal in signals if signal["kind"] == "authority" and signal["code"] in rule.genres]
        of_genre = {signal["article"] for signal in genres}
        signals = [signal for signal in signals if signal["article"] in of_genre]
    found: dict[tuple[str, str], list[Signal]] = defaultdict(list)
    for signal in signals:
        if matches(rule, signal, lexicon):
            found[signal["article"], signal["partner"]].append(signal)
    return found


def matches(rule: Rule, signal: Signal, lexicon: Lexicon) -> bool:
    """Return whether every condition of the rule, apart from `changes`, holds for the signal."""
    detail = signal["detail"]
    chosen = (
        (rule.kinds, signal["kind"]),
        (rule.codes, signal["code"]),
        (rule.categories, detail["category"]),
        (rule.directions, detail["direction"]),
        (rule.voices, detail["voice"]),
    )
    if any(allowed is not None and value not in allowed for allowed, value in chosen):
        return False
    if not concerns(rule, signal["partner"]):
        return False
    if rule.levels is not None and level(signal, lexicon) not in rule.levels:
        return False
    if rule.counterparts is not None and counterpart(signal, lexicon) not in rule.counterparts:
        return False
    if signal["kind"] == "contact" and signal["code"] == "visit" and recalls_visit(signal["quote"], lexicon):
        return False
    value = signal["value"]
    if (rule.at_least is not None and value < rule.at_least) or (rule.at_most is not None and value > rule.at_most):
        return False
    if rule.strength is not None and (signal["kind"] != "formula" or abs(value) < rule.strength):
        return False
    if rule.authority is not None or rule.authority_below is not None:
        height = value if signal["kind"] == "authority" else detail["authority"]
        if height is None or not (rule.authority or 0) <= height < (rule.authority_below or math.inf):
            return False
    return all(getattr(rule, switch) is None or bool(detail[switch]) == getattr(rule, switch) for switch in SWITCHES)


def concerns(rule: Rule, partner: str) -> bool:
    """Return whether the rule is about this state."""
    return (rule.partners is None or partner in rule.partners) and partner not in (rule.not_partners or ())


_RANKS: dict[int, Level] = {1: "leader", 2: "government", 3: "other"}
_GOVERNMENT = re.compile(
    r"Central Committee|C\.C\.|Party|[Gg]overnment|Cabinet|[Pp]remier|[Mm]inister|Ministry|Assembly|Commission"
    r"|중앙위원회|정부|내각|외무상|외무성|총리"
)


def level(signal: Signal, lexicon: Lexicon) -> Level | None:
    """Return the rank of the home side of a message, or of the highest party to a contact; None for other kinds."""
    detail = signal["detail"]
    if signal["kind"] == "contact":
        found = _RANKS[detail["rank"]]
        return "other" if found == "leader" and _is_unknown_visitor(signal, lexicon) else found
    if signal["kind"] != "message":
        return None
    side = normal((detail["from"] if detail["direction"] == "out" else detail["to"]) or "")
    roles = {name.role for forms in lexicon.forms.values() for name in forms.get(side, ()) if name.partner == HOME}
    if "leader" in roles:
        return "leader"
    return "government" if "official" in roles or _GOVERNMENT.search(side) else "other"


def _is_unknown_visitor(contact: Signal, lexicon: Lexicon) -> bool:
    """Return whether a visitor is a bare name that persons.csv does not know.

    It has the leaders of the states that matter most, so an admirer on a visit is not mistaken for one.
    """
    who, language = contact["detail"]["who"] or "", primary_language(language_of_text(contact))
    states = [HOME, *filter(None, [contact["partner"]])]
    is_name = contact["code"] == "visit" and language == "en" and re.fullmatch(LATIN_NAME, who)
    return bool(is_name) and not list(people_of(lexicon).mentioned(who, language, states))


def counterpart(signal: Signal, lexicon: Lexicon) -> Counterpart | None:
    """Return the level of the other state's side of a message; None for other kinds.

    It is "other" if no office of that side is known. In a text without a date, persons hold the offices that they have
    not left.
    """
    if signal["kind"] != "message":
        return None
    sender, recipient = resolver_of(lexicon).parties({**signal, "date": signal["date"] or date.max})
    is_out = signal["detail"]["direction"] == "out"
    found = (recipient if is_out else sender).level
    if not found and _is_of_ruling_party(signal["detail"]["to" if is_out else "from"] or "", signal, lexicon):
        return "party"
    return next((each for each in get_args(Counterpart) if each == found), "other")


_TITLES = 160  # characters after a name that may hold the person's titles


def _is_of_ruling_party(name: str, message: Signal, lexicon: Lexicon) -> bool:
    """Return whether a text names the other state's governing party after a person's name."""
    behind = message["quote"].partition(name)[2][:_TITLES].casefold() if name else ""
    language = primary_language(language_of_text(message))
    return any(form in behind for form in lexicon.ruling(message["partner"], language, message["date"]))
