"""Who a sentence says speaks: the words before a verb of speech, or after it, and whom they name.

A person who was introduced with his state before speaks for it (introduced_en.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from sunchi.lexicon import HOME
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english_introductions import is_known_by_office, side_of_speaker
from sunchi.text import Span

OWN, PARTNER, THIRD = "own", "partner", "third"

_NEAR = 80  # signs before a verb in which its subject stands

SPEAKS_ZH = re.compile(
    "(?<![小传学据演游解])说(?![明服法])|表示|指出|强调|重申|声称|宣称|认为|写道|报道|透露|坚信|承诺|誓言|致辞"
    "|(?<![名简职对声号著尊堪自统])称(?![号赞呼])"
)
_PRESS_ZH = re.compile(
    "新华社|塔斯社|(?<!朝鲜中央)通讯社|报纸|日报|时报|电视台|广播|媒体|杂志|网站|专家|学者|分析人士|教授|前官员"
)
SPEAKS = re.compile(
    r"(?<![\w-])(?:said|says|saying|stressed|noted|notes|stated|expressed|hoped|affirmed|told|declared|called|described"
    r"|wrote|emphasi[sz]ed|added|continued(?=:)|recalled|referred|remarked|asserted|pledged|reiterated|reaffirmed"
    r"|went on|goes on|(?:held|charged)(?=,| that)|pointed out|according to)\b"
    r"|(?:고|라고|며) (?:말|밝|강조|전|보도|지적)|답전에서|축전에서"
)
SPEECH = (
    "said", "says", "saying", "stressed", "noted", "notes", "stated", "expressed", "hoped", "affirmed", "told",
    "declared", "called", "described", "wrote", "emphasi", "added", "continued", "recalled", "referred", "remarked",
    "asserted", "pledged", "reiterated", "reaffirmed", "went on", "goes on", "held", "charged", "pointed out",
    "according to",
)  # fmt: skip
"""How the verbs of SPEAKS begin in English."""
_PRESS = re.compile(
    r"\b(?:newspaper|paper|news agency|magazine|broadcasting|TV|radio|media|Xinhua|Tass|experts?|analysts?|professor"
    r"|website|daily)\b|former (?:\w+ ){0,4}officials?|신문|통신|방송|매체|전문가"
)
HOUSE = re.compile(
    r"\b(?:KCNA|Rodong Sinmun|Minju Joson|Tongil Sinbo|Uriminzokkiri|CPRK"
    r"|Peaceful Reunification of Korea)\b|[로노]동신문|조선중앙통신"
)
# 통신은 "…"고 전했다: the agency of which the text has told
_PAPER = re.compile(r"\b[Tt]he (?:article|commentary|paper|newspaper|daily|news analyst|essay|editorial|author)\b")
_GUEST = re.compile(
    r"\b(?:(?:head|leader|chief|members?) of the (?:\w+ )?(?:delegation|party|group|orchestra|troupe|ensemble|company)"
    r"|the (?:guests?|visitors?|ambassador))\b",
    re.IGNORECASE,
)
# Whom in the south Pyongyang speaks of, and does not let speak
_IS_FOE = re.compile(
    r"(?:'s)? (?:[\w-]+ ){0,3}(?:puppet|traitors?|warmongers?|authorities|regime|group|military|forces|quarters"
    r"|clique|gang)\b"
)
_OURS_ABROAD = re.compile(
    r"\b(?:DPRK|WPK|KPA|Korean) (?:[\w-]+ ){0,3}(?:delegation|group|troupe)"
    r"|(?:delegation|group) of the (?:DPRK|WPK|Korean)|DPRK ambassador|ambassador of the DPRK"
)
_SAME = re.compile(
    r"(?:^|[,;:] )[\"\s]*(?:and |[Bb]ut )?"
    r"(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:[a-z][a-z-]+ ){1,3})(?: ?(?:also|further|then|[A-Z][a-z]+day))? ?$"
)
# Who opens a sentence, after a participle or not, and has more than one verb in it
_PRONOUN = re.compile(r"\W*(?:He|She|It|They) ")
_SAYING = re.compile(r"\W*[A-Z][a-z]+ing\b")
_THEN_HE = re.compile(r", (?:he|she|it|they) ")
_ANOTHER = re.compile(r"(?:, | and )[A-Z][^,]* $")
_NAMED_WITH_OFFICE = re.compile(r" (?:[A-Z][\w'-]+ ){1,3}[A-Z][\w'-]+, [a-z]")
_FINITE = re.compile(r"\b(?:is|are|was|were|has|have|had|would|will|should|can|could|must|may)\b")
_NOT_WHO = re.compile(r"\b(?:with|for|to|in|on|of|by|against|into|toward|towards) (?:the )?(?:[a-z]+ )?$")


@per_document  # asked by several, of one article after another
def spoken(document: Document) -> Mapping[Span, re.Match[str]]:
    """The first verb of speech of each English sentence that has one, in order."""
    found: dict[Span, re.Match[str]] = {}
    for place in document.places(SPEECH):
        sentence = document.sentence_at(place)
        verb = SPEAKS.match(document.text, place, sentence[1]) if sentence not in found else None
        if verb:
            found[sentence] = verb
    return found


def subject_of(document: Document, sentence: Span, verb: Span) -> Span:
    """The words that hold the subject of a verb of speech: those before it, or after it in "…, said NAME"."""
    if verb[0] == sentence[0]:
        return sentence
    if document.text.startswith("accor", verb[0]):
        return verb[1], sentence[1]
    after = (verb[1], sentence[1])
    is_after = document.text.endswith((", ", '" '), sentence[0], verb[0]) and document.text.startswith("sa", verb[0])
    if is_after and HOUSE.match(document.text, verb[1] + 1):
        return after
    if is_after and not _FINITE.search(document.text, *after):
        is_told = _FINITE.search(document.text, sentence[0], verb[0])
        if is_told or _NAMED_WITH_OFFICE.match(document.text, verb[1]):
            return after
    return sentence[0], verb[0]


def goes_on_speaking(document: Document, told: Span) -> bool:
    """Whether he who spoke before speaks on: "he noted", "Saying that …, he …"."""
    held = document.text[told[0] : told[1]]
    if _SAME.search(held):
        return not is_known_by_office(document, told)
    is_his = _PRONOUN.match(held) or (_SAYING.match(held) and _THEN_HE.search(held))
    return bool(is_his) and not _ANOTHER.search(held[-_NEAR:])


def who_of(document: Document, told: Span) -> str | None:
    """Who the words before a verb of speech name."""
    if HOUSE.search(document.text, *told) or (_PAPER.search(document.text, *told) and is_of_the_house(document)):
        return OWN
    language = document.language
    if (_PRESS_ZH if language == "zh" else _PRESS).search(document.text, *told):
        return THIRD
    named, home = document.named_in(told), document.home_in(told)
    if language == "en":
        named = [
            n
            for n in named
            if n.partner != document.lexicon.standings.other_half or not _IS_FOE.match(document.text, n.end)
        ]
        home = [n for n in home if not _NOT_WHO.search(document.text, max(told[0], n.start - 24), n.start)]
    if home and (not named or home[0].start < named[0].start):
        return OWN
    if named or language != "en":
        return named[0].partner if named else None
    introduced = side_of_speaker(document, told)
    if introduced:
        return OWN if introduced == HOME else introduced
    return _guest(document) if _GUEST.search(document.text, *told) else None


@per_document
def _guest(document: Document) -> str | None:
    """The one state whose guests the opening tells of; None where they are Pyongyang's own."""
    opening = (0, document.opening[-1][1])
    named = {n.partner for n in document.named_in(opening)}
    return named.pop() if len(named) == 1 and not _OURS_ABROAD.search(document.text, *opening) else None


@per_document
def is_of_the_house(document: Document) -> bool:
    """Whether a paper of Pyongyang's speaks in the article's opening."""
    return any(HOUSE.search(document.text, *sentence) for sentence in document.opening)
