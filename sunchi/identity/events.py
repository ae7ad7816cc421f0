"""The events that an alert reports, under keys that are the same in every edition and language; pure.

    message      partner, direction, kind, and both parties as partners.csv and organizations.csv know them; its full
                 text is an event of its own
    contact      partner, kind, and who takes part, if each is a person whom partners.csv knows
    appointment  the person, in or out, and the place in the office by posts.csv; for other posts their own words
    phrase       for a set phrase or a stance: the state, what is said and how, and in which document: the message that
                 the article prints, or all that a person or a body said on that day
    words        if that is not known: the whole sentence, in its own language

Nothing is guessed: an event without a certain key gets none, and its alert is sent by itself. Messages, talks and
phrases may occur twice a day, so if one edition reports two of a kind, it is unknown which one another edition means.
An appointment or a visit happens once, and a sentence repeated word for word within days is a reprint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sunchi import text as texts
from sunchi.identity.parties import message_key
from sunchi.identity.people import people_named, person_key
from sunchi.lexicon import HOME, Lexicon
from sunchi.model import Event, Signal, language_of_text

_KINDS = ("message", "contact", "appointment", "formula", "stance")  # other kinds are never shared between editions
_LONGEST = 300  # characters of a key: names come from pages, and a database can't index long ones
_STAYS = ("visit", "delegation_in", "delegation_out")  # they last for days and are reported each day
_ENVOY = re.compile(r"\b[Ee]nvoys?\b|\bon behalf\b|특사|대리인|特使|代表[^团]")
_SPOKESPERSON = {
    "en": re.compile(r"^(?:the |an? )?spokes(?:man|men|woman|person) (?:for|of) (?:the )?", re.IGNORECASE),
    "es": re.compile(r"^(?:el |la |un |una )?(?:portavoz|vocero) del? (?:la )?", re.IGNORECASE),
    "ko": re.compile(r" ?대변인$"),
    "zh": re.compile(r"发言人$"),
}
_POSSESSIVE = {"en": "'s ", "es": " de ", "ko": "의 ", "zh": "的"}
_AROUND = {"en": (r"(?<!\w)", r"(?!\w)"), "es": (r"(?<!\w)", r"(?!\w)"), "ko": ("(?<![가-힣])", ""), "zh": ("", "")}


def events_of(
    signals: Sequence[Signal], article: Sequence[Signal], text: str, day: date | None, lexicon: Lexicon
) -> tuple[Event, ...]:
    """Return the distinct events of an alert about `signals`; none if the event of any signal is unknown.

    `article` holds all signals of the article, `text` is the text that their offsets count in.
    """
    found: dict[str, Event] = {}
    for signal in signals:
        event = _event(signal, article, text, day, lexicon) if day else None
        if event is None:
            return ()
        if len(event.key) > _LONGEST:
            event = replace(event, key=_hash(event.key))
        found[event.key] = event
        if signal["detail"]["full_text"]:
            full = replace(event, key=f"{event.key}, in full")
            found[full.key] = full
    return tuple(found[key] for key in sorted(found))


def speakers(signals: Sequence[Signal], lexicon: Lexicon) -> list[str]:
    """Return the speakers of the stances among signals, each under one key for all names of the speaker."""
    return sorted({_speaker(each, lexicon) for each in signals if each["kind"] == "stance"} - {""})


def _speaker(stance: Signal, lexicon: Lexicon) -> str:
    return _known_speaker(stance, lexicon) or texts.normal(stance["detail"]["by"] or "").casefold()


def _known_speaker(said: Signal, lexicon: Lexicon) -> str:
    """Return the person, body or spokesperson who speaks, under one key in all languages; "" if not known."""
    said_by, language = said["detail"]["by"] or "", texts.primary_language(language_of_text(said))
    if person := person_key(said_by, language, lexicon):
        return person
    if language not in _SPOKESPERSON:
        return ""
    body = _SPOKESPERSON[language].sub("", said_by)
    lines = lexicon.organization_lines(body, language, HOME) or ()
    bodies = sorted(each.id for each in lexicon.organizations if each.line in lines)
    return "+".join(bodies) + ("" if body == said_by else "/spokesperson") if bodies else ""


def _event(signal: Signal, article: Sequence[Signal], text: str, day: date, lexicon: Lexicon) -> Event | None:
    kind, partner = signal["kind"], signal["partner"]
    if kind not in _KINDS:
        return None
    if kind == "message" and (key := message_key(signal, lexicon)):
        return Event(f"message {key}", day)
    if kind == "contact" and (who := _who_met(signal, lexicon)):
        return Event(f"contact {partner} {signal['code']}: {who}", day, once=signal["code"] in _STAYS)
    if kind == "appointment" and (post := _appointment(signal, lexicon)):
        return Event(f"appointment {partner or 'at home'}: {post}", day, once=True)
    said = " ".join(filter(None, (kind, partner, signal["code"], *_how(signal))))
    if kind in ("formula", "stance") and (document := _document(article, lexicon)):
        return Event(f"{said} in {document}", day)
    if words := _sentence(signal, text):
        return Event(f"{said} in the words {words}", day, once=True)
    return None


def _how(signal: Signal) -> list[str]:
    """Return what distinguishes a phrase from similar ones, and an appointment from others in its sentence."""
    detail = signal["detail"]
    marks = [mark for mark in ("negated", "historical") if detail[mark]]
    return [*marks, *filter(None, (detail["voice"], detail["person"], detail["post"]))]


def _who_met(signal: Signal, lexicon: Lexicon) -> str:
    """Return who takes part in a contact; "" if a party is an envoy, or a person unknown to partners.csv."""
    if _ENVOY.search(signal["quote"]):
        return ""
    parties = [
        _named(part, language_of_text(signal), lexicon) for part in (signal["detail"]["who"] or "").split(" and ")
    ]
    return ", ".join(sorted(set().union(*parties))) if all(parties) else ""


def _named(party: str, lang: str, lexicon: Lexicon) -> set[str]:
    """Return the persons whom a party to a contact names; none if it is their staff or family."""
    language = texts.primary_language(lang)
    left = texts.plain(party, language)
    found: set[str] = set()
    if language not in _POSSESSIVE or _POSSESSIVE[language] in left:
        return found
    before, after = _AROUND[language]
    for form in lexicon.forms[language]:  # the longest first
        if form in left and people_named(form, language, lexicon):
            left, times = re.subn(before + re.escape(form) + after, "", left)
            found |= {person_key(form, language, lexicon)} if times else set()
    return found


def _appointment(signal: Signal, lexicon: Lexicon) -> str:
    """Return who entered or left which post; "" if either is not known in all languages."""
    detail, language = signal["detail"], texts.primary_language(language_of_text(signal))
    who = person_key(detail["person"] or "", language, lexicon)
    place = lexicon.posts.place(texts.plain(detail["post"] or "", language), language)
    return f"{who}, {'no more ' if signal['code'] == 'relieved' else ''}{place}" if who and place else ""


def _document(article: Sequence[Signal], lexicon: Lexicon) -> str:
    """Return the document that an article prints: its one message, or the words of its one speaker; "" if unknown."""
    if keys := {message_key(each, lexicon) for each in article if each["kind"] == "message"}:
        key = keys.pop()
        return f"message {key}" if key and not keys else ""
    voice = next((each for each in article if each["kind"] == "authority"), None)
    speaker = _known_speaker(voice, lexicon) if voice else ""
    return f"words of {speaker}" if speaker else ""


def _sentence(signal: Signal, text: str) -> str:
    """Return a hash of the sentence of a signal, without dateline; "" if the quote is not found.

    "Delegation Arrives" may be the headline of any day, so a headline is hashed with the first sentence below it.
    """
    start, end, lang = signal["start"], signal["end"], language_of_text(signal)
    if not signal["quote"] or text[start:end] != signal["quote"]:
        return ""
    plain = texts.plain(text, lang)
    bare = texts.blank(text, texts.frame(plain))
    below = text.find("\n") + 1
    spans = texts.sentences(plain, lang)
    lead = next((span for span in spans if span[0] >= below), None)
    inside = [span for span in spans if span[0] <= start < span[1] or (start < below and span == lead)]
    words = texts.normal(" ".join(bare[slice(*span)] for span in inside))
    return f"{lang}:{_hash(words)}" if words else ""


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
