"""Who stands in which role beside set phrases and plain words: whose a deed is, to whom it is done, and where.

Korean and Chinese say by order and particles what English and Spanish say by prepositions.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from typing import Generic, NamedTuple, TypeVar

from sunchi.lexicon import Lexicon, Term
from sunchi.lexicon.vocabulary import Pattern
from sunchi.lexicon.voices import Tone
from sunchi.signals.document import Document, per_document
from sunchi.signals.mentions import Mention
from sunchi.text import Span, blank

# Searched for in many places, they begin with a blank: `re` finds a literal character in half the time.
# "the | U.S.", "Laos and | Nepal"
LISTED = r"(?:the )?(?:[\w.]+(?: [A-Z][\w.]+){0,2}(?:,| and) (?:the |puppet )*)*"
REACH = 80  # characters before a name
# "in Peru", "at the Embassy of Peru", "in different parts of Peru", "en Perú"
_PLACE = re.compile(rf"[ (](?:in|at|near|across|outside) {LISTED}(?:(?:[\w-]+ ){{1,4}}of (?:the )?)?$")
# "aggression against the | DPRK", "killed 24 | Pakistani soldiers", "agresión contra | Cuba"
_SUFFERS = Pattern(
    r"\b(?:{harm}|on|upon|against|towards?|to|from|in|over|out of|(?:rights|sovereignty|interests) of"
    r"|contra|hacia|sobre) (?:the )?(?:territory of (?:the )?|\w+ )?$"
)
# "committed | by the | U.S.", "las intrigas urdidas | por | Japón"
BY = re.compile(r"[^.;,]{0,30}?\b(?:by|por) [^.;,]{0,12}")
# puppet | Yoon; what farce | the U.S. may stage; the vicious | policy of the | U.S.; la agresión militar de | EE.UU.
OF = re.compile(
    r"(?:,? (?:that )?)?(?:(?:the|la|los) )?|(?:(?: (?!(?:in|to|on|against|towards?|with|under) )[^.;,]{1,30}?)? of"
    r"|(?: (?!contra|hacia|en|a|y|que)[\w'-]+){0,3}? del?) [^.;,]{0,12}"
)
# Not who does it, but to whom it is done: 꾸바에 대한 간섭, 对古巴的封锁; 미국에 추종, 미국의 장단에
_PATIENT_KO = Pattern(
    "(?:인민)?(?:에 ?대한|[을를](?! 비롯한)|[과와]의|에게? ?(?={toady})|에게?(?= )(?! ?의[한하해])"
    "|의 {instigation}[에을밑]) ?",
    "ko",
)
_PATIENT_ZH = Pattern("(?:(?<![应反面])对|向|反|{aim_at})$", "zh")  # 对|古巴|的封锁, but 反应对, 面对
# 꾸바의 제도를 말살, 베네수엘라정부를 전복하려고 책동, 중국의 위협에 대하여 떠드는
_PATIENT_OWNS_KO = re.compile(
    "(?:(?:의|[가-힣]{0,4}[과와] [가-힣 ]{1,12}사이의) [^.,]*(?:[을를]|에 ?대하여)"
    "|[가-힣]{0,6}[을를](?! 비롯한)) ?(?:[^.,]* )?"
)
_SUBJECT_KO = re.compile("(?![과와을를에])[가-힣 ]{0,24}?[은는이가] ")  # 미국은, 미행정부가, 중국의 행위는
# 중국에서, 중국의 베이징에서, 미국 국회에서; 중국을 거쳐; 우크라이나|분쟁; 중국 동북; 라오스주재 대사
_PLACE_KO = re.compile(" ?(?:(?:의? [가-힣]{1,6})?(?:에서|[을를] 거쳐)|에 있는|동북|주재 (?!우리|조선)|분쟁|사태)")
_PLACE_ZH = re.compile("(?:在|途经)$")  # 在|中国
# 남조선인민들, 남조선의 애국적인사들, 남조선|강점; but not 남조선당국의 인민탄압
_BRETHREN_KO = Pattern("(?:의 | )?(?! ?{rulers}| ?{regime})(?:[가-힣, ]{0,10}[^은는이가을를] ?)?{brethren}", "ko")
_OF_SOLDIERS = {"CN": "chinese_monument", "RU": "soviet_monument"}  # what is laid there is laid for their state
_VISIT = re.compile("[방访赴驻](.)")
_QUOTED = re.compile('["][^"\n]{0,40}["]')
HOME_IN_PAIR = re.compile("[조북朝北]")  # 북중, 朝俄
"""The home side in a form that holds both: 조중, 북-러, 朝中."""


_Row = TypeVar("_Row", bound=Term | Tone)


class Words(NamedTuple, Generic[_Row]):
    """A set phrase or a plain word where it stands, with the states that are named around it."""

    document: Document
    row: _Row  # of terms.csv or stance.csv
    span: Span
    sentence: Span
    named: list[Mention]  # the states of its sentence of which it may be said

    @property
    def before(self) -> list[Mention]:
        """The states that are named before it, the nearest first."""
        return [n for n in reversed(self.named) if n.end <= self.span[0]]

    def joined(self, joint: re.Pattern[str]) -> list[Mention]:
        """Return the states after it, from the first one on that other words join to it: "the policy of the | U.S."."""
        between = ((self.span[1], n.start) for n in self.named)
        joins = (n for n, span in enumerate(between) if joint.fullmatch(self.document.text, *span))
        return self.named[next(joins, len(self.named)) :]


def without_quotations(text: str) -> str:
    """Return a text with blanks in place of short quotations; what is longer is another paper's report."""
    return blank(text, [quoted.span() for quoted in _QUOTED.finditer(text)])


def is_patient(document: Document, mention: Mention, span: Span) -> bool:
    """Return whether a state is named as the one to whom the deed in `span` is done: 对古巴的封锁, 꾸바에 대한 간섭."""
    if document.language == "zh":
        return bool(document.pattern(_PATIENT_ZH).search(document.text, max(0, mention.start - 2), mention.start))
    if document.pattern(_PATIENT_KO).match(document.text, mention.end):
        return True
    if mention.end == span[0] and mention.partner not in document.lexicon.adversaries:
        return bool(document.word_of("invasion").match(document.text, span[0]))  # 윁남|침략, right after its name
    return bool(_PATIENT_OWNS_KO.fullmatch(document.text, mention.end, max(mention.end, span[0])))


def may_speak(document: Document, mention: Mention) -> bool:
    """Return whether a state that a sentence names before a verb may be who speaks or blames: no mere place."""
    return is_subject(document, mention) if document.language == "ko" else not is_place(document, mention)


def is_subject(document: Document, mention: Mention) -> bool:
    """Return whether Korean names a state as the subject of its sentence: 미국|을 규탄하는 우리 인민은 names none."""
    return _SUBJECT_KO.match(document.text, mention.end) is not None


def wished_well(document: Document, named: list[Mention]) -> list[str]:
    """Return those whom a friendly sentence names as more than a place; in Korean no state with enmities of its own.

    There it is for the people of the nation's other half (남조선인민들에게 인사를 보낸다), not for those who rule them.
    """
    enemies = document.lexicon.adversaries if document.language == "ko" else frozenset()
    return [n.partner for n in named if n.partner not in enemies and not is_place(document, n)]


def are_brethren(document: Document, mention: Mention) -> bool:
    """Return whether Korean names the people or land of the other half of the nation, not its state: 남조선인민들."""
    is_of_other_half = mention.partner == document.lexicon.standings.other_half
    return is_of_other_half and document.pattern(_BRETHREN_KO).match(document.text, mention.end) is not None


def is_reviled(document: Document, mention: Mention) -> bool:
    """Return whether Korean names a state by a word of abuse, or with one right after its name: 미제, 남조선괴뢰."""
    return not _epithets(document).isdisjoint((mention.start, mention.end))


@per_document  # asked of every name
def _epithets(document: Document) -> frozenset[int]:
    """Return where words of abuse begin."""
    return frozenset(place[0] for place, tone in document.tones if tone.manner == "epithet")


@per_document  # each word of blame asks it of every state of its sentence
def is_place(document: Document, mention: Mention) -> bool:
    """Return whether a state is named as where something is, or through where somebody goes: in Peru, 중국에서."""
    if document.language == "ko":
        return bool(_PLACE_KO.match(document.text, mention.end))
    place = _PLACE_ZH if document.language == "zh" else _PLACE
    return bool(place.search(document.text, max(0, mention.start - REACH), mention.start))


def enemies(document: Document) -> AbstractSet[str]:
    """Return the states of which any deed may be held against them, whoever tells of it."""
    return document.lexicon.adversaries | document.lexicon.standings.unrecognized


def suffers(document: Document, mention: Mention) -> bool:
    """Return whether English or Spanish names a state as the one to whom something is done: an attack on Russia."""
    before = document.pattern(_SUFFERS).search(document.text, max(0, mention.start - 30), mention.start)
    return bool(before) or document.opposes(mention) or document.favors(mention)


def ends_of_list(document: Document, mention: Mention) -> tuple[Mention, Mention]:
    """Return the first and the last of the states that a sentence lists together with one: 윁남, 라오스인민들은."""
    start, end = document.sentence_at(mention.start)
    before = [*document.named_in((start, mention.start)), mention][::-1]
    after = [mention, *document.named_in((mention.end, end))]
    return before[len(document.together(before)) - 1], after[len(document.together(after)) - 1]


def honoured_at(document: Document, *spans: Span) -> tuple[str, Span] | None:
    """Return whose soldiers the first monument of theirs in the spans honours, and where its name stands."""
    sought = ((state, document.word_of(monument), span) for span in spans for state, monument in _OF_SOLDIERS.items())
    found = ((state, word.search(document.small, *span)) for state, word, span in sought)
    return next(((state, named.span()) for state, named in found if named), None)


def state_visited(lexicon: Lexicon, text: str, span: Span) -> str:
    """Return the state that one word names as where somebody goes or is posted, else "": 방중, 访俄, 驻华大使."""
    named = (lexicon.initials.get(visit[1]) for visit in _VISIT.finditer(text, *span))
    return next((name.partner for name in named if name), "")
