"""What the plain words of lexicon/stance.csv say of which state.

Blame falls on whoever is blamed, a hostile deed or an abusive name on the state that it is said of, a wish on the state
that its sentence names. english.py finds the state that an English sentence means, grammar/word_order.py the one that a
Korean or Chinese sentence means.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place, venues
from sunchi.signals.document import MOST_NAMED, Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import is_of_protest, is_review
from sunchi.signals.grammar.english_rulers import (
    is_of_no_rulers,
    is_of_rulers,
    is_private,
    names_private,
    names_ruling_party,
)
from sunchi.signals.grammar.negation import is_word_denied
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Rejected
from sunchi.signals.row import Row
from sunchi.signals.stance import english, spanish
from sunchi.signals.stance.evidence import Evidence
from sunchi.text import Span

_BACK = 3  # sentences
_LONG = 40  # sentences of a Korean or Chinese address, in which none speaks of a state that an earlier one named
_AT_LENGTH = 16  # characters of Korean or Chinese in quotation marks that are more than a name for something
_QUOTES = frozenset("'\"")
_MOST = 40  # words of stance.csv in a sentence; of 12,000 real texts none has more than 10
_A_LIST = "its sentence is a mere list"
_BLAMING = ("blame", "demand")
_ORDER = {"blame": 0, "demand": 0, "wish": 2}  # in which the manners are read
_PROTESTS = re.compile(r" against |\b[Pp]rotests? (?=[A-Z])")  # whom it is against comes next
# the present authorities; the south Korean "government"
_RULING = Pattern(
    r"\bthe (?:present )?(?:{authorities}|chief executive)\b|(?P<seoul>\"government(?:'s)?\"|\bchongwadae\b)"
)
_OUGHT = re.compile(r" (?:should|must|ought to)(?! not)\b")  # "the U.S. | should"
# "demanded that the | U.S."
_IS_ASKED = re.compile(r"\b(?:asked|demanded|urged|urging|called on) (?:that )?(?:the )?$")


def said_of(document: Document, rows: Sequence[Row], subjects: set[str]) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield what the words of stance.csv say of which state, and what it says of one to be named in such news."""
    yield from _written_about(document, subjects)
    yield from _protested(document)
    yield from _ruled(document, subjects)
    yield from _not_recognized(document, subjects)
    yield from _said_in_words(document, rows, subjects)


def _said_in_words(
    document: Document, rows: Sequence[Row], subjects: set[str]
) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield what the words of stance.csv say of which state, except those inside a set phrase.

    The deeds that a state speaks of when it blames another are not its own.
    """
    phrases = sorted({(r["start"], r["end"]) for r in rows if r["kind"] == "formula"})  # none lies over another
    crowded = _crowded(document)
    is_report = any(r["kind"] == "authority" and r["code"] == "report" for r in rows)
    adversaries = document.lexicon.adversaries
    known = english.Known(subjects, set(), set())
    blaming: set[str] = set()
    unsaid: list[tuple[Span, Tone, bool]] = []
    harsh: set[tuple[str, Span]] = set()
    for place, tone in sorted(document.tones, key=lambda found: _ORDER.get(found[1].manner, 1)):
        before = bisect_right(phrases, (place[0], len(document.text)))
        if before and place[0] < phrases[before - 1][1]:
            continue
        sentence = document.sentence_at(place[0])
        why_not = _A_LIST if sentence in crowded else _why_not_said(document, sentence, place, tone)
        if why_not:
            yield Rejected("stance", place, why_not, tone)
            continue
        named = document.named_in(sentence)
        meant = _meant(document, place, tone, sentence, named)
        if is_report and _is_news_of_others(document, sentence, tone, meant):
            yield Rejected("stance", place, "a deed that others tell of, of a state without enmity", tone)
            continue
        found = [partner for partner in meant if tone.manner != "posture" or partner not in blaming]
        blamers, accusers = _blamers(document, place, named, found) if tone.manner in _BLAMING else (set(), set())
        # an adversary that blames a state without enmity is the one in the wrong
        blaming |= blamers if adversaries & set(found) else blamers - adversaries
        known.accusing.update(accusers)
        value = float(tone.strength)
        if tone.manner == "blame" and is_report and not document.home_in((sentence[0], place[0])):
            value = -1.0  # others condemn it
        if tone.manner == "wish":  # support for one against another is not for that other
            found = [partner for partner in found if (partner, sentence) not in harsh]
            if is_report:
                found = [partner for partner in found if partner not in adversaries]  # what its people wish
        for partner in dict.fromkeys(found):
            if value < 0:
                known.blamed.add(partner)
                harsh.add((partner, sentence))
            yield partner, Evidence(value, sentence, f"“{document.quote(place)}”", blamers, accusers, place, tone)
        if not found:
            unsaid.append((place, tone, bool(meant)))
    is_long = document.language in word_order.LANGUAGES and len(document.sentences) > _LONG
    for place, tone, is_spoken_of in () if is_long else unsaid:
        yield from _faintly_said(document, place, tone, known, is_spoken_of=is_spoken_of)


def _crowded(document: Document) -> set[Span]:
    """Return the sentences with more words of stance.csv, or more names, than any in which something is said."""
    if len(document.tones) <= _MOST and len(document.mentions) <= MOST_NAMED:
        return set()
    words = Counter([document.sentence_at(place[0]) for place, _ in document.tones])
    return {sentence for sentence, n in words.items() if n > _MOST or len(document.named_in(sentence)) > MOST_NAMED}


def _is_news_of_others(document: Document, sentence: Span, tone: Tone, meant: list[str]) -> bool:
    """Return whether a report tells of a deed of states without enmity, and not of the home side."""
    if tone.manner not in ("posture", "epithet") or not meant:
        return False
    if document.language in word_order.LANGUAGES and tone.form not in document.class_words("deed_in_news"):
        return False
    enemies = document.lexicon.adversaries | document.lexicon.standings.unrecognized
    return not enemies & set(meant) and not document.home_in(sentence)


def _protested(document: Document) -> Iterator[tuple[str, Evidence]]:
    """Yield the adversary where people protest or which they protest against: its press reports that for a reason."""
    headline = (0, document.headline)
    named = document.named_in(headline) if is_of_protest(document) else []
    verb = _PROTESTS.search(document.text, *headline)
    for mention in [n for n in named if verb and n.start >= verb.end()] or named:
        if mention.partner in document.lexicon.adversaries or document.opposes(mention):
            yield mention.partner, Evidence(-1.0, headline, f"“{document.quote(headline)}”", faint=True)


def _ruled(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield south Korea where those who rule it are named: the papers report what is held against them.

    Not so where they are only asked for something, nor where the opening names the home side, as of its mourners.
    """
    south = document.lexicon.standings.other_half
    if south not in subjects or document.language != "en":
        return
    if any(document.home_in(sentence) for sentence in document.opening):
        return
    joint = ("north", "inter-", "south side", "south's side")  # what both do together
    named = [(n.start, n.end) for n in document.mentions if n.partner == south and n.role == "organ"]
    rulers = [span for span in named if not document.small.startswith(joint, span[0])]
    for sentence in document.holding("ruling_in_seoul"):
        ruling = document.pattern(_RULING).search(document.small, *sentence)
        if not ruling:
            continue
        others = {n.partner for n in document.named_in(sentence)} - {south}
        if ruling["seoul"] or not others:  # a "government" in quotation marks is Seoul's alone
            rulers.append(ruling.span())
    for span in rulers:
        sentence = document.sentence_at(span[0])
        is_asked = _IS_ASKED.search(document.text, max(0, span[0] - 30), span[0]) or _OUGHT.match(
            document.text, span[1]
        )
        if not is_asked and not document.home_in(sentence):
            yield south, Evidence(-1.0, sentence, f"“{document.quote(span)}”", at=span, faint=True)


def _not_recognized(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield Israel, which Pyongyang does not recognize: the papers report what it does to the Palestinians."""
    for partner in subjects & document.lexicon.standings.unrecognized:
        mention = next(n for n in document.mentions if n.partner == partner)
        words = f"news of {document.lexicon.label(partner)}"
        yield partner, Evidence(-1.0, document.sentence_at(mention.start), words, faint=True)


def _faintly_said(
    document: Document, place: Span, tone: Tone, known: english.Known, *, is_spoken_of: bool
) -> Iterator[tuple[str, Evidence] | Rejected]:
    """Yield the states that a harsh word may be said of, though its sentence says it of none."""
    if is_spoken_of or tone.manner == "wish":
        spoken_of = "a deed that a state which blames others for it speaks of"
        yield Rejected("stance", place, spoken_of if is_spoken_of else _of_nobody(tone), tone)
        return
    sentence = document.sentence_at(place[0])
    meant = english.faintly(document, place, tone, sentence, known)
    value = -1.0 if tone.manner in _BLAMING else float(tone.strength)
    for partner in meant:
        yield partner, Evidence(value, sentence, f"“{document.quote(place)}”", at=place, tone=tone, faint=True)
    if not meant:
        yield Rejected("stance", place, _of_nobody(tone), tone)


def _of_nobody(tone: Tone) -> str:
    """Return why a word is said of no state, by its manner."""
    return {
        "blame": "blame that falls on no other state",
        "demand": "a demand that is made of no adversary",
        "posture": "a deed that is said of no other state",
        "epithet": "a name that is not given to another state",
        "wish": "a wish for no other state, or of others for one another, or of private friends",
    }[tone.manner]


def _written_about(document: Document, subjects: set[str]) -> Iterator[tuple[str, Evidence]]:
    """Yield the adversaries that, as a press review says, an article or a statement of Pyongyang's is about."""
    for sentence in document.holding("press_item") if is_review(document) else ():
        for mention in document.named_in(sentence):
            if mention.partner in subjects & document.lexicon.adversaries and not is_place(document, mention):
                words = f"an article about {document.lexicon.label(mention.partner)}"
                yield mention.partner, Evidence(-1.0, sentence, words, faint=True)


def _why_not_said(document: Document, sentence: Span, place: Span, tone: Tone) -> str:
    """Return why a word is said of nobody there; "" where it is said of somebody."""
    if document.text.startswith(("nti-", "non-", "Non-"), max(0, place[0] - 4)):
        return "against it is what somebody is"
    if tone.manner != "wish" and is_word_denied(document, place, sentence):
        return "its sentence denies it"
    # in a press review it is the titles of Pyongyang's own statements that are quoted
    if tone.manner != "wish" and not is_review(document) and _is_called_so(document, sentence, place):
        return "between quotation marks: what others call it"
    return ""


def _is_called_so(document: Document, sentence: Span, place: Span) -> bool:
    """Return whether a word stands between quotation marks: what others call it.

    Where the press of Seoul or Beijing quotes Pyongyang at length, the words are Pyongyang's.
    """
    if document.text.count('"', sentence[0], place[0]) % 2 == 0:
        return False
    opens = document.text.rfind('"', sentence[0], place[0])
    at_length = (document.text.find('"', place[1]) + 1 or sentence[1]) - opens > _AT_LENGTH
    if document.language not in word_order.LANGUAGES or not at_length:
        return True
    home, named = document.home_in((sentence[0], opens)), document.named_in((sentence[0], opens))
    return not home or bool(named and named[0].start < home[0].start)


def _meant(document: Document, span: Span, tone: Tone, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that a sentence says a word of."""
    if document.language in word_order.LANGUAGES and tone.manner != "wish":
        if tone.manner == "demand":
            asked = word_order.demanded_of(document, span, named)
            return [partner for partner in asked if partner in document.lexicon.adversaries]
        if tone.manner in _BLAMING:
            return word_order.blamed(document, span, sentence, named)
        agents = word_order.agents_of(document, span, named, is_name=tone.manner == "epithet")
        return agents or _rulers_of_the_south(document, span)
    if tone.manner == "wish":
        return _wished(document, span, sentence, named)
    if document.language == "es" and tone.manner not in _BLAMING:
        return spanish.owners(document, span, sentence, named)
    if tone.manner not in _BLAMING:
        owners = english.owners(document, span, sentence, named)
        return owners or (_rulers_of_the_south(document, span) if tone.manner == "epithet" else [])
    reader = spanish if document.language == "es" else english
    blamed = reader.blamed(document, span, sentence, named)
    adversaries = document.lexicon.adversaries
    return blamed if tone.manner == "blame" else [partner for partner in blamed if partner in adversaries]


def _rulers_of_the_south(document: Document, span: Span) -> list[str]:
    """Return the other half of the nation for "puppets" or 군사파쑈 of no named state, if the text names it."""
    half = document.lexicon.standings.other_half
    is_quoted = document.language == "ko" and document.text[span[0] - 1 : span[0]] in _QUOTES
    is_so_called = not is_quoted and document.word_of("ruler_of_the_south").match(document.small, span[0])
    return [half] if is_so_called and half in document.states else []


def _blamers(document: Document, span: Span, named: list[Mention], blamed: list[str]) -> tuple[set[str], set[str]]:
    """Return the states that blame, before the verb; and these with those where somebody blames."""
    if not blamed:
        return set(), set()
    where = {n.partner for n in named if is_place(document, n)} - set(blamed)
    before = span[0] if document.language in word_order.LANGUAGES or not english.is_passive(document, span) else -1
    speaking = [n for n in named if n.end <= before and word_order.blames(document, n)]
    blamers = {n.partner for n in speaking if not is_place(document, n)} - set(blamed)
    return blamers, blamers | where


def _wished(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Return the states that the sentence, or else the one before it, names as more than a place.

    What others wish one another, and what private friends and parties out of power say, is for nobody.
    """
    is_ours = document.language in word_order.LANGUAGES and document.word_of("we").search(document.text, *sentence)
    if not is_ours and all(n.role == "outside" for n in document.home):
        return []
    private = is_private(document, sentence)
    naming = sentence
    is_long = document.language in word_order.LANGUAGES and len(document.sentences) > _LONG
    for _ in range(0 if is_long else _BACK):  # "he wished": those of the sentences before
        if named:
            break
        naming = document.sentence_before(naming)
        named = document.named_in(naming)
    if private or (naming != sentence and names_private(document, naming)):
        return [n.partner for n in named if names_ruling_party(document, n.partner, naming)]
    if document.language in word_order.LANGUAGES:
        return word_order.wished_well(document, named)
    speakers = (naming[0], span[0] if naming == sentence else naming[1])
    wished = dict.fromkeys(n.partner for n in named if not is_place(document, n))
    places = venues(document)  # at which people of all kinds speak
    return [
        partner
        for partner in wished
        if not is_of_no_rulers(document, partner, speakers)
        and (partner not in places or is_of_rulers(document, partner, speakers))
    ]
