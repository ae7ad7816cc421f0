"""What the plain words of lexicon/stance.csv say of which state.

Blame falls on whoever is blamed, a hostile deed or an abusive name on the state that it is said of, a wish on the state
that its sentence names. Of whom an English sentence says it is for meant_en.py, a Korean or Chinese one for
meant_by_order.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sunchi.lexicon.voices import Tone
from sunchi.signals.attention.incidental import is_place
from sunchi.signals.attention.venues import venues
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order as meant_by_order
from sunchi.signals.grammar.english import holds_any, is_of_protest, is_review
from sunchi.signals.grammar.english_private import is_private, names_private
from sunchi.signals.grammar.english_rulers import is_of_no_rulers, is_of_rulers, names_ruling_party
from sunchi.signals.mentions import Mention
from sunchi.signals.rationale import Rejected
from sunchi.signals.row import Row
from sunchi.signals.stance import english as meant_en
from sunchi.signals.stance.evidence import Ground
from sunchi.text import Span

_BACK = 3  # sentences
_AT_LENGTH = 16  # characters of Korean or Chinese in quotation marks that are more than a name for something
_PROTESTS = re.compile(r" against |\b[Pp]rotests? (?=[A-Z])")  # whom it is against comes next
_NO_RULERS = ("north", "inter-", "south side", "south's side")
_RULERS = ("authorities", "regime", '"government', "chongwadae", "chief executive")
_RULING = re.compile(
    r"\b[Tt]he (?:present )?(?:authorities|regime|chief executive)\b|(?P<seoul>\"[Gg]overnment(?:'s)?\"|\bChongwadae\b)"
)
_OUGHT = re.compile(r" (?:should|must|ought to)(?! not)\b")
_IS_ASKED = re.compile(r"\b(?:asked|demanded|urged|urging|called on) (?:that )?(?:the )?$")
_PIECES = ("article", "commentary", "statement")  # of a press review
_SPOKEN_OF = "a deed that a state which blames others for it speaks of"
_WITHOUT_ENMITY = "a deed that others tell of, of a state without enmity"
# Good will to all is to none: 모든 나라들과의 관계를 발전
_ALL_STATES = re.compile("(?:모든|여러|세계 각?|각)[^.,]{0,12}(?:나라|국가)들?|各国|所有国家|一切国家")
_BLAMING = ("blame", "demand")
_OF_NOBODY = {
    "blame": "blame that falls on no other state",
    "demand": "a demand that is made of no adversary",
    "posture": "a deed that is said of no other state",
    "epithet": "a name that is not given to another state",
    "wish": "a wish for no other state, or of others for one another, or of private friends",
}


def said_of(document: Document, rows: Sequence[Row], subjects: set[str]) -> Iterator[tuple[str, Ground] | Rejected]:
    """What the words of stance.csv say of whom, but for those of a set phrase.

    A state that blames another is not asked for the deeds that it speaks of.
    """
    yield from _written_about(document, subjects)
    yield from _protested(document)
    yield from _ruled(document, subjects)
    yield from _not_recognized(document, subjects)
    phrases = [(r["start"], r["end"]) for r in rows if r["kind"] == "formula"]
    is_report = any(r["kind"] == "authority" and r["code"] == "report" for r in rows)
    is_news = is_report and document.language == "en"
    enemies = document.lexicon.adversaries | document.lexicon.standings.unrecognized
    blaming: set[str] = set()
    accusing: set[str] = set()
    unsaid: list[tuple[Span, Tone, bool]] = []
    plainly: set[str] = set()
    for place, tone in sorted(document.tones, key=lambda found: found[1].manner not in _BLAMING):
        if phrases and any(start <= place[0] < end for start, end in phrases):
            continue
        sentence = document.sentence_at(place[0])
        not_said = _why_not_said(document, sentence, place, tone)
        if not_said:
            yield Rejected("stance", place, not_said, tone)
            continue
        named = document.named_in(sentence)
        meant = _meant(document, place, tone, sentence, named)
        is_of_others = tone.manner == "posture" and is_news and meant and not enemies & set(meant)
        if is_of_others and not document.home_in(sentence):
            yield Rejected("stance", place, _WITHOUT_ENMITY, tone)
            continue
        found = [partner for partner in meant if tone.manner != "posture" or partner not in blaming]
        blamers, accusers = _blamers(document, place, named, found) if tone.manner in _BLAMING else (set(), set())
        # an adversary that blames a state without enmity is the one in the wrong
        blaming |= blamers - document.lexicon.adversaries if not document.lexicon.adversaries & set(found) else blamers
        accusing |= accusers
        words = f"“{document.quote(place)}”"
        for partner in dict.fromkeys(found):
            value = float(tone.strength)
            if tone.manner == "blame" and is_report and not document.home_in((sentence[0], place[0])):
                value = -1.0  # others condemn it
            plainly |= {partner} if value < 0 else set()
            yield partner, Ground(value, sentence, words, blamers, accusers, place, tone)
        if not found:
            unsaid.append((place, tone, bool(meant)))
    known = meant_en.Known(subjects, accusing, plainly)
    for place, tone, is_spoken_of in unsaid:
        yield from _faintly_said(document, place, tone, known, is_spoken_of=is_spoken_of)


def _protested(document: Document) -> Iterator[tuple[str, Ground]]:
    """An adversary where people protest, and whom they protest against: what is printed of it is meant so."""
    headline = (0, document.headline)
    named = document.named_in(headline) if is_of_protest(document) else []
    verb = _PROTESTS.search(document.text, *headline)
    for mention in [n for n in named if verb and n.start >= verb.end()] or named:
        if mention.partner in document.lexicon.adversaries or document.opposes(mention):
            yield mention.partner, Ground(-1.0, headline, f"“{document.quote(headline)}”", faint=True)


def _ruled(document: Document, subjects: set[str]) -> Iterator[tuple[str, Ground]]:
    """South Korea where those who rule it are spoken of: the papers tell of them what is held against them.

    Not so where they are only asked for something, nor where the opening speaks of the home side, as of its mourners.
    """
    south = document.lexicon.standings.other_half
    if south not in subjects or document.language != "en":
        return
    if any(document.home_in(sentence) for sentence in document.opening):
        return
    named = [(n.start, n.end) for n in document.mentions if n.partner == south and n.role == "organ"]
    rulers = [span for span in named if not document.small.startswith(_NO_RULERS, span[0])]
    for sentence in document.sentences if holds_any(document.small, _RULERS) else ():
        ruling = _RULING.search(document.text, *sentence)
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
            yield south, Ground(-1.0, sentence, f"“{document.quote(span)}”", at=span, faint=True)


def _not_recognized(document: Document, subjects: set[str]) -> Iterator[tuple[str, Ground]]:
    """Israel, which Pyongyang does not recognize: the papers tell of it what it does to the Palestinians."""
    for partner in subjects & document.lexicon.standings.unrecognized:
        mention = next(n for n in document.mentions if n.partner == partner)
        words = f"news of {document.lexicon.label(partner)}"
        yield partner, Ground(-1.0, document.sentence_at(mention.start), words, faint=True)


def _faintly_said(
    document: Document, place: Span, tone: Tone, known: meant_en.Known, *, is_spoken_of: bool
) -> Iterator[tuple[str, Ground] | Rejected]:
    """Of whom a harsh word may be said that by its sentence is said of nobody."""
    if is_spoken_of or tone.manner == "wish":
        yield Rejected("stance", place, _SPOKEN_OF if is_spoken_of else _OF_NOBODY[tone.manner], tone)
        return
    sentence = document.sentence_at(place[0])
    meant = meant_en.faintly(document, place, tone, sentence, known)
    value = -1.0 if tone.manner in _BLAMING else float(tone.strength)
    for partner in meant:
        yield partner, Ground(value, sentence, f"“{document.quote(place)}”", at=place, tone=tone, faint=True)
    if not meant:
        yield Rejected("stance", place, _OF_NOBODY[tone.manner], tone)


def _written_about(document: Document, subjects: set[str]) -> Iterator[tuple[str, Ground]]:
    """The adversaries of which a press review says that an article or a statement of Pyongyang's treats of them."""
    for sentence in document.holding(_PIECES) if is_review(document) else ():
        for mention in document.named_in(sentence):
            if mention.partner in subjects & document.lexicon.adversaries and not is_place(document, mention):
                words = f"an article about {document.lexicon.label(mention.partner)}"
                yield mention.partner, Ground(-1.0, sentence, words, faint=True)


def _why_not_said(document: Document, sentence: Span, place: Span, tone: Tone) -> str:
    """Why a word is not said there of anybody; "" where it is."""
    if document.text.startswith(("nti-", "non-", "Non-"), max(0, place[0] - 4)):
        return "against it is what somebody is"
    if _is_in_a_name(document, place):
        return "capitals: part of a name"
    # in a press review it is the titles of Pyongyang's own statements that are quoted
    if tone.manner != "wish" and not is_review(document) and _is_called_so(document, sentence, place):
        return "between quotation marks: what others call it"
    return ""


def _is_in_a_name(document: Document, place: Span) -> bool:
    """The word "Criminal" of an International Criminal Police Organization."""
    in_body = place[0] > document.headline and document.text[place[0]].isupper()
    return in_body and document.text[place[1] : place[1] + 2].strip().isupper() and document.text[place[0] - 1] == " "


def _is_called_so(document: Document, sentence: Span, place: Span) -> bool:
    """Whether it stands between quotation marks: what others call it.

    Where the press of Seoul or Beijing quotes Pyongyang at length, the words are Pyongyang's.
    """
    if document.text.count('"', sentence[0], place[0]) % 2 == 0:
        return False
    opens = document.text.rfind('"', sentence[0], place[0])
    at_length = (document.text.find('"', place[1]) + 1 or sentence[1]) - opens > _AT_LENGTH
    if document.language == "en" or not at_length:
        return True
    home, named = document.home_in((sentence[0], opens)), document.named_in((sentence[0], opens))
    return not home or bool(named and named[0].start < home[0].start)


def _meant(document: Document, span: Span, tone: Tone, sentence: Span, named: list[Mention]) -> list[str]:
    """Of whom the sentence says it."""
    if document.language != "en" and tone.manner != "wish":
        if tone.manner == "demand":
            ought = meant_by_order.demanded_of(document, span, named)
            return [partner for partner in ought if partner in document.lexicon.adversaries]
        if tone.manner in _BLAMING:
            return meant_by_order.blamed(document, span, sentence, named)
        return meant_by_order.agents_of(document, span, named)
    if tone.manner == "wish":
        return _wished(document, span, sentence, named)
    if tone.manner not in _BLAMING:
        return meant_en.owners(document, span, sentence, named) or _puppets(document, span, tone)
    blamed = meant_en.blamed(document, span, sentence, named)
    asked = document.lexicon.adversaries
    return blamed if tone.manner == "blame" else [partner for partner in blamed if partner in asked]


def _puppets(document: Document, span: Span, tone: Tone) -> list[str]:
    """The other half of the nation, whose "puppets" without a name are, if the text names it."""
    half = document.lexicon.standings.other_half
    is_so_called = tone.manner == "epithet" and document.small.startswith("puppet", span[0])
    return [half] if is_so_called and any(n.partner == half for n in document.mentions) else []


def _blamers(document: Document, span: Span, named: list[Mention], blamed: list[str]) -> tuple[set[str], set[str]]:
    """The states that blame, before the verb or after its "by"; and these with those in which somebody blames."""
    if not blamed:
        return set(), set()
    where = {n.partner for n in named if is_place(document, n)} - set(blamed)
    before = span[0] if document.language != "en" or not meant_en.is_passive(document, span) else -1
    speaking = [n for n in named if n.end <= before or meant_en.is_agent(document, span, n)]
    speaking = [n for n in speaking if meant_by_order.blames(document, n)]
    blamers = {n.partner for n in speaking if not is_place(document, n)} - set(blamed)
    return blamers, blamers | where


def _wished(document: Document, span: Span, sentence: Span, named: list[Mention]) -> list[str]:
    """Those that the sentence, or else the one before it, names as more than a place.

    What others wish one another, and what private friends and parties out of power say, is for nobody.
    """
    if all(n.role == "outside" for n in document.home):
        return []
    if not named and _ALL_STATES.search(document.text, *sentence):
        return []
    private = is_private(document, sentence)
    told = sentence
    for _ in range(_BACK):  # "he wished": those of the sentences before
        if named:
            break
        told = document.sentence_before(told)
        named = document.named_in(told)
    if private or (told != sentence and names_private(document, told)):
        return [n.partner for n in named if names_ruling_party(document, n.partner, told)]
    if document.language != "en":
        return meant_by_order.wished_well(document, named)
    said_by = (told[0], span[0] if told == sentence else told[1])
    spoken_of = dict.fromkeys(n.partner for n in named if not is_place(document, n))
    places = venues(document)  # at which people of all kinds speak
    return [
        partner
        for partner in spoken_of
        if not is_of_no_rulers(document, partner, said_by)
        and (partner not in places or is_of_rulers(document, partner, said_by))
    ]
