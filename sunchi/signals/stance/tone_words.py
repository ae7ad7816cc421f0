"""What the plain words of lexicon/stance.csv say of which state.

Blame falls on whoever is blamed, a hostile deed or an abusive name on the state that it is said of, a wish on the state
that its sentence names (whose.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sunchi.model import Row
from sunchi.signals.document import LIST_OF_STATES, MOST_NAMED, Document
from sunchi.signals.grammar import english_rulers, word_order
from sunchi.signals.grammar.english_parties import is_korea
from sunchi.signals.grammar.negation import is_word_denied
from sunchi.signals.grammar.speech import naming
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.stance.evidence import Evidence
from sunchi.signals.stance.whose import Word, blamed, is_passive, may_do_it, owners, teller

# "the Citizens Solidarity | Demanding"; in capitals only there, after the headline
_IN_A_NAME = re.compile(r"\w [A-Z][a-z]+ [A-Z][a-z]+$")
_IS_ASKED = re.compile(r'\b(?:demanded|urged|urging) (?:that )?(?:the )?"?$')  # "urged the | authorities"
_LONG = 40  # sentences of an address, in which none speaks of a state that an earlier one named
BLAMING = ("blame", "demand")
_OF_NOBODY = "said of no other state there"


def said_of(
    document: Document, rows: Sequence[Row], subjects: set[str], *, is_report: bool
) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield what the words of stance.csv say of which state, except those inside a set phrase.

    The deeds that a state speaks of when it blames another are not its own.
    """
    phrases = {place for r in rows if r["kind"] == "formula" for place in range(r["start"], r["end"])}
    adversaries = document.lexicon.adversaries
    telling = teller(document) if is_report else None
    blaming, harsh = set[str](), set[str]()
    unsaid: list[Word] = []
    # who blames is known before other words are read, and wishes come last
    in_order = sorted(document.tones, key=lambda found: (found[1].manner not in BLAMING, found[1].manner == "wish"))
    for place, tone in in_order:
        if place[0] in phrases:
            continue
        sentence = document.sentence_at(place[0])
        word = Word(document, tone, place, sentence, document.named_in(sentence))
        if len(word.named) > MOST_NAMED:
            yield Rejected("stance", place, LIST_OF_STATES, tone)
            continue
        meant = [partner for partner in _meant(word) if partner != telling or tone.manner == "wish"]
        if why_not := _why_not_said(word, meant if is_report else []):
            yield Rejected("stance", place, why_not, tone)
            continue
        found = [partner for partner in meant if tone.manner != "posture" or partner not in blaming]
        blamers = _blamers(word, found) if tone.manner in BLAMING and found else set()
        # an adversary that blames a state without enmity is the one in the wrong
        blaming |= blamers if adversaries & set(found) else blamers - adversaries
        value = float(tone.strength)
        if is_report and tone.manner == "blame" and not document.home_in((sentence[0], place[0])):
            value = -1.0  # others condemn it
        # what the people of an adversary wish
        if is_report and tone.manner == "wish" and not document.word_of("atmosphere").search(document.small, *place):
            found = [partner for partner in found if partner not in adversaries]
        harsh.update(found if value < 0 else ())
        for partner in dict.fromkeys(found):
            is_faint = tone.manner == "news"
            yield partner, Evidence(value, sentence, f"“{document.quote(place)}”", blamers, place, tone, is_faint)
        if not found and (meant or tone.manner == "wish"):
            is_deed = meant and tone.manner == "posture"
            why_not = "a deed that a state which blames others for it speaks of" if is_deed else _OF_NOBODY
            yield Rejected("stance", place, why_not, tone)
        elif not found and tone.manner != "news":
            unsaid.append(word)
    for word in unsaid if len(document.sentences) <= _LONG else ():
        yield from _faintly_said(word, (subjects & harsh or subjects) & adversaries)


def _faintly_said(word: Word, subjects: set[str]) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield the adversaries among the subjects that a harsh word can be about, though no grammar says so.

    It is about nobody if its sentence is against the deed, nor in an article about a calamity.
    Else it is about those that the sentence names, or about the article's own subject where it names none. Who blames
    in such a sentence blames the rulers of his own state, in south Korea.
    """
    document, tone, place, sentence, named = word
    south = document.lexicon.standings.other_half
    states = {n.partner for n in named if may_do_it(document, n)}
    is_opposed = document.word_of("oppose").search(document.small, sentence[0], place[0])
    is_of_calamity = document.word_of("calamity").search(document.small, 0, document.headline)
    if is_opposed or is_of_calamity or not states <= subjects:
        meant = []
    elif not named:
        headed = {n.partner for n in document.named_in((0, document.headline))}
        alone = subjects if len(subjects) == 1 else subjects & headed
        meant = list(alone) if len(alone) == 1 else []
    elif tone.manner in BLAMING:  # who stands before it blames, unless it is his own rulers
        meant = [south] if states == {south} else []
    else:
        around = named if document.separates_words else word.before[::-1]
        meant = document.together([n for n in around if may_do_it(document, n)])
    value = -1.0 if tone.manner in BLAMING else float(tone.strength)
    for partner in meant:
        yield partner, Evidence(value, sentence, f"“{document.quote(place)}”", at=place, tone=tone, faint=True)
    if not meant:
        yield Rejected("stance", place, _OF_NOBODY, tone)


def _why_not_said(word: Word, reported: list[str]) -> str:
    """Return why a word is said of nobody there; "" where it is said of somebody.

    `reported` are the states that a mere report says it of.
    """
    document, tone, place, sentence, _ = word
    if tone.manner == "wish":
        return ""
    if tone.manner == "news":
        is_ours = any(document.home_in(span) for span in (*document.opening, sentence))
        is_asked = _IS_ASKED.search(document.text, max(0, place[0] - 30), place[0])
        is_other_news = is_ours or is_asked or document.word_of("dealings").search(document.small, *sentence)
        return "beside Pyongyang's own side, in dealings with it, or only asked for something" if is_other_news else ""
    if sentence[0] >= document.headline and _IN_A_NAME.search(document.text, place[0] - 30, place[1]):
        return "part of a name"
    if document.text.startswith(("nti-", "non-", "Non-"), max(0, place[0] - 4)):
        return "against it is what somebody is"
    if is_word_denied(document, place, sentence):
        return "its sentence denies it"
    # a press review quotes the titles of Pyongyang's own statements, the press of Seoul or Beijing Pyongyang itself
    is_our_word = document.is_review or (not document.separates_words and document.home_in((sentence[0], place[0])))
    if document.text.count('"', sentence[0], place[0]) % 2 and not is_our_word:
        return "between quotation marks: what others call it"
    is_news = document.separates_words or tone.form in document.class_words("deed_in_news")
    if reported and is_news and not word_order.enemies(document) & set(reported) and not document.home_in(sentence):
        return "what others tell of a state without enmity"
    return ""


def _meant(word: Word) -> list[str]:
    """Return the states that a sentence says a word of."""
    document, tone = word.document, word.row
    if tone.manner == "wish":
        return _wished(word)
    if tone.manner in BLAMING:
        found = owners(word) if tone.manner == "demand" and not document.separates_words else blamed(word)
        return [each for each in found if tone.manner == "blame" or each in document.lexicon.adversaries]
    half = document.lexicon.standings.other_half
    is_ruler = document.word_of("ruler_of_the_south").match(document.small, word.span[0])
    if tone.manner == "news":
        return [half] if is_ruler or {n.partner for n in word.named} <= {half} or half in owners(word) else []
    return owners(word) or ([half] if is_ruler else [])  # "puppets", 군사파쑈 of no named state


def _blamers(word: Word, accused: list[str]) -> set[str]:
    """Return the states that blame, before the verb."""
    if is_passive(word.document, word.span):
        return set()
    return {n.partner for n in word.before if word_order.may_speak(word.document, n)} - set(accused)


def _wished(word: Word) -> list[str]:
    """Return the states that the sentence, or else the one before it, names as more than a place.

    Where it names none, all to whom Pyongyang has written are wished well. What others wish one another, what many say
    together, and what private friends and parties out of power say, is for nobody.
    """
    document, _, span, sentence, named = word
    speaks = document.word_of("we").search(document.small, *sentence)
    is_of_us = speaks or any(n.role != "outside" for n in document.home)
    if not is_of_us and not any(is_korea(document, lead) for lead in document.opening):
        return []
    written_to = [sent.partner for sent in reports(document) if sent.direction == "out"]
    if written_to and not named:  # "In the replies he wished them success"
        return written_to
    # "he wished": of those before
    place = sentence if len(document.sentences) > _LONG else naming(document, sentence)
    named = document.named_in(place)
    are_many = document.separates_words and len({n.partner for n in named}) >= english_rulers.MANY
    if are_many or english_rulers.mourns_as_envoy(document, place):
        return []
    is_of_both = document.word_of("atmosphere").search(document.small, *span)
    names_private = english_rulers.names_private(document, place)
    if not is_of_both and (names_private or english_rulers.is_private(document, sentence)):
        rules = english_rulers.names_ruling_party if names_private else english_rulers.is_of_rulers
        return [n.partner for n in named if rules(document, n.partner, place)]
    if not document.separates_words:
        return word_order.wished_well(document, named)
    if named and place == sentence and document.word_of("wreath").search(document.small, named[0].end, span[0]):
        return []  # what a state lays for the dead is no word of its
    wished = [n for n in named if not word_order.is_place(document, n)]
    return [n.partner for n in wished if not english_rulers.is_of_no_rulers(document, n.partner, (place[0], span[0]))]
