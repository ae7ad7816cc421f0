"""What an alert tells of, as facts that are the same in every edition and language; pure.

    message      partner, direction, kind, and both sides as partners.csv and bodies.csv know them; its full text is a
                 fact of its own
    contact      partner, kind, and who takes part, each of them a person whom partners.csv knows
    appointment  the person, in or out, and the place in the office by posts.csv; of other posts, their own words
    phrase       of a set phrase or a stance: the state, what is said and how, and in which document: the message that
                 stands in the article, or all that a person said on that day
    words        where that is not known: the whole sentence, in its own language

Nothing is guessed: where a key would not surely be of one fact, there is none, and the alert is told by itself.
Messages, talks and phrases may come twice a day, so an edition that tells of two alike leaves open which of them
another edition means. An appointment and a visit happen once, and a sentence that comes again word for word within
days is a reprint.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sunchi import text as texts
from sunchi.identity import parties as parties
from sunchi.identity.people import people_named, person_key
from sunchi.lexicon import Lexicon
from sunchi.model import Event

Signal = Mapping[str, Any]  # one row of model.SIGNALS

_KINDS = ("message", "contact", "appointment", "formula", "stance")  # of others each edition has its own
_LONGEST = 300  # characters of a key: names come from pages, and a database keeps an index of no long ones
_STAYS = ("visit", "delegation_in", "delegation_out")  # they last for days, and each day tells of them again
_ENVOY = re.compile(r"\b[Ee]nvoys?\b|\bon behalf\b|특사|대리인|特使|代表[^团]")
_WHOSE = {"en": "'s ", "ko": "의 ", "zh": "的"}
_AROUND = {"en": (r"(?<!\w)", r"(?!\w)"), "ko": ("(?<![가-힣])", ""), "zh": ("", "")}


def events_of(
    signals: Sequence[Signal], article: Sequence[Signal], text: str, day: date | None, lexicon: Lexicon
) -> tuple[Event, ...]:
    """The facts of an alert that rests on the signals `told`, each once; none where one of them is not known.

    `article` are all signals of the article, `text` is what their places count in.
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


def _event(signal: Signal, article: Sequence[Signal], text: str, day: date, lexicon: Lexicon) -> Event | None:
    kind, partner = signal["kind"], signal["partner"]
    if kind not in _KINDS:
        return None
    if kind == "message" and (message_key := parties.message_key(signal, lexicon)):
        return Event(f"message {message_key}", day)
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
    """What of a phrase makes it another, and of an appointment which of those in its sentence it is."""
    detail = signal["detail"]
    marks = [mark for mark in ("negated", "historical") if detail[mark]]
    return [*marks, *filter(None, (detail["voice"], detail["person"], detail["post"]))]


def _who_met(signal: Signal, lexicon: Lexicon) -> str:
    """Who takes part in a contact; "" where a party is no person whom partners.csv knows, or somebody's envoy."""
    if _ENVOY.search(signal["quote"]):
        return ""
    parties = [_named(part, signal["lang"], lexicon) for part in (signal["detail"]["who"] or "").split(" and ")]
    return ", ".join(sorted(set().union(*parties))) if all(parties) else ""


def _named(party: str, lang: str, lexicon: Lexicon) -> set[str]:
    """The persons whom a party to a contact names; none of his people or family."""
    language = texts.primary_language(lang)
    left = texts.plain(party, language)
    found: set[str] = set()
    if language not in _WHOSE or _WHOSE[language] in left:
        return found
    before, after = _AROUND[language]
    for form in lexicon.forms[language]:  # the longest first
        if form in left and people_named(form, language, lexicon):
            left, times = re.subn(before + re.escape(form) + after, "", left)
            found |= {person_key(form, language, lexicon)} if times else set()
    return found


def _appointment(signal: Signal, lexicon: Lexicon) -> str:
    """Who came into which place, or out of it; "" where either is not known in all languages."""
    detail, language = signal["detail"], texts.primary_language(signal["lang"])
    who = person_key(detail["person"] or "", language, lexicon)
    place = lexicon.posts.place(texts.plain(detail["post"] or "", language), language)
    return f"{who}, {'no more ' if signal['code'] == 'relieved' else ''}{place}" if who and place else ""


def _document(article: Sequence[Signal], lexicon: Lexicon) -> str:
    """In which document all of an article is said: its one message, or the words of its one speaker; "" if unknown."""
    if exchanges := {parties.message_key(each, lexicon) for each in article if each["kind"] == "message"}:
        message_key = exchanges.pop()
        return f"message {message_key}" if message_key and not exchanges else ""
    voice = next((each for each in article if each["kind"] == "authority"), None)
    speaker = person_key(voice["detail"]["by"] or "", voice["lang"], lexicon) if voice else ""
    return f"words of {speaker}" if speaker else ""


def _sentence(signal: Signal, text: str) -> str:
    """A hash of the whole sentence that a signal stands in, without dateline; "" where it is not found there.

    A headline is no sentence of its own, "Delegation Arrives" is any day's: the first sentence below goes with it.
    """
    start, end, lang = signal["start"], signal["end"], signal["lang"]
    if not signal["quote"] or text[start:end] != signal["quote"]:
        return ""
    plain = texts.plain(text, lang)
    bare = texts.blank(text, texts.frame(plain))
    below = text.find("\n") + 1
    spans = texts.sentences(plain, lang)
    lead = next((span for span in spans if span[0] >= below), None)
    signals = [span for span in spans if span[0] <= start < span[1] or (start < below and span == lead)]
    words = texts.normal(" ".join(bare[slice(*span)] for span in signals))
    return f"{lang}:{_hash(words)}" if words else ""


def _hash(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]
