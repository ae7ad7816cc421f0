"""Who speaks where a phrase stands: the publishing side, the state the phrase is said of, or somebody else.

A sentence that says so itself decides. One that only says "he noted" or "the statement added" is of whoever spoke last,
and after "… said, and went on:" so are the paragraphs that follow, until somebody else is said to speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sunchi.lexicon import HOME
from sunchi.signals.parties import Sent
from sunchi.signals.reading import Reading
from sunchi.text import Span

_BACK = 4  # sentences in which he who goes on to speak was named
OWN, PARTNER, THIRD = "own", "partner", "third"
THIRD_WEIGHT = 0.2  # of what others say about the two, as KCNA reprints it

_OPENS, _CLOSES = frozenset('"《«「'), frozenset('"》»」')
_IN_QUOTES = "it stands alone in quotation marks, so somebody else calls it so"
_RECEIVED = "it stands in a message that was received from that side"
_SPEAKS_ZH = re.compile(
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
_HOUSE = re.compile(r"\b(?:KCNA|Rodong Sinmun|Minju Joson|Tongil Sinbo|Uriminzokkiri|CPRK)\b|[로노]동신문|조선중앙통신")
# 통신은 "…"고 전했다: the agency of which the text has told
_THE_AGENCY_KO = re.compile("(?<![가-힣])(?:중앙)?(?:통신|신문|방송)[은이]? *$")
_PAPER = re.compile(r"\b[Tt]he (?:article|commentary|paper|newspaper|daily|news analyst|essay|editorial|author)\b")
_GUEST = re.compile(
    r"\b(?:(?:head|leader|chief|members?) of the (?:\w+ )?(?:delegation|party|group|orchestra|troupe|ensemble|company)"
    r"|the (?:guests?|visitors?|ambassador))\b",
    re.IGNORECASE,
)
_OURS_ABROAD = re.compile(
    r"\b(?:DPRK|WPK|KPA|Korean) (?:[\w-]+ ){0,3}(?:delegation|group|troupe)"
    r"|(?:delegation|group) of the (?:DPRK|WPK|Korean)|DPRK ambassador|ambassador of the DPRK"
)
_ORGAN_KO = re.compile(r"외무성|외무상|국방성|대변인|노동당|로동당|위원장|총비서|부부장")
_LEADER_KO = re.compile("김(?:정은)? (?:국무)?(?:위원장|총비서)(?:은|이)")
_SAME = re.compile(
    r"(?:^|[,;:] )[\"\s]*(?:and |[Bb]ut )?"
    r"(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he (?:[a-z][a-z-]+ ){1,3})(?: ?(?:also|further|then|[A-Z][a-z]+day))? ?$"
)
_GOES_ON = re.compile(r":[\"\s]*$")
# Who opens a sentence: "In his reply, the respected Comrade …"
_OPENING = re.compile(
    r"\W*(?:(?:In (?:his|its|their|the) (?:reply|answer)|For (?:his|its|their) part),? )?(?:[Tt]he )?"
    r"(?:(?:respected|dear|great|beloved|[Cc]omrade|Marshal|Chairman|President|Supreme|Leader|leader) )*"
)
_MESSAGE_SAYS = re.compile(r"\W*(?:The|In the|In his|His) (?:message|letter|telegram)\b")
# From a subject to his own verb: "Kim Jong Un, president of …, once again"
_TO_HIS_VERB = re.compile(
    r"(?: government| side)?(?:,[^:;]*,)?"
    r"(?: (?:\w+ly|also|further|then|once again|in return|in (?:his|its|the) (?:reply|answer),?))* "
)
_NOT_WHO = re.compile(r"\b(?:with|for|to|in|on|of|by|against|into|toward|towards) (?:the )?(?:[a-z]+ )?$")


@lru_cache(maxsize=1)  # asked by several, of one article after another
def spoken(reading: Reading) -> Mapping[Span, re.Match[str]]:
    """The first verb of speech of each English sentence that has one, in order."""
    found: dict[Span, re.Match[str]] = {}
    for place in reading.places(SPEECH):
        sentence = reading.sentence_at(place)
        verb = SPEAKS.match(reading.text, place, sentence[1]) if sentence not in found else None
        if verb:
            found[sentence] = verb
    return found


def voice(reading: Reading, partner: str, span: Span, sentence: Span, sent: Sequence[Sent], *, hostile: bool) -> str:
    """Who says a phrase that is said of `partner`; no state calls its own policy `hostile`.

    What stands alone in quotation marks somebody else calls so, but in the headline over a message to that state.
    """
    messages = [message.direction for message in sent if message.partner == partner]
    is_quoted = _is_quoted(reading, span)
    over_ours = is_quoted and span[0] < reading.headline and "out" in messages
    is_ours = _is_inscribed(reading, span) or (not hostile and _we_say(reading, span, sentence)) if is_quoted else False
    if over_ours or (is_quoted and not is_ours):
        why = "it is quoted from a message to that side" if over_ours else _IN_QUOTES
        reading.because("formula", partner, span, why)
        return OWN if over_ours else THIRD
    told = reading.text.count('"', sentence[0], span[0]) % 2
    received = _received(partner, span, sent)
    if received:
        is_answer = _last_turn(reading, partner, received, span) == OWN
        why = "it stands in the answer to a message from that side" if is_answer else _RECEIVED
        reading.because("formula", partner, span, why)
        return OWN if is_answer else PARTNER
    spoken, verb = _says(reading, span, sentence)
    if verb:
        reading.because("formula", partner, span, "the word by which its sentence says who speaks", at=verb)
    if spoken is None:
        spoken = _course(reading).carried.get(sentence[0])
        if spoken:
            reading.because("formula", partner, span, "its sentence goes on with what somebody is said to say before")
    if told and spoken is None and not verb:
        reading.because("formula", partner, span, _IN_QUOTES)
        return THIRD
    # in the South bodies of all kinds speak of the hostile policy of their own authorities
    if hostile and spoken == partner != reading.lexicon.standings.other_half:
        spoken = None
    if spoken is None and _is_told_from_outside(reading):
        reading.because("formula", partner, span, "the text calls Pyongyang's side as only others do")
        return THIRD
    return PARTNER if spoken == partner else OWN if spoken in (None, OWN) else THIRD


def _received(partner: str, span: Span, sent: Sequence[Sent]) -> Span | None:
    """The sentence of the message from `partner` that stands before a phrase, if none to it is told of since."""
    before = [m for m in sent if m.partner == partner and m.span[0] < span[0]]
    received = max((m.span for m in before if m.direction == "in"), default=None)
    return received if received and not any(m.span > received and m.direction == "out" for m in before) else None


def turns(reading: Reading, partner: str, message: Span) -> Iterator[tuple[int, str]]:
    """Who takes the word after a message from `partner`: where his sentence starts, and OWN or PARTNER.

    An article that reports a message in its own words may tell of the answer, too: "Kim Jong Un expressed thanks".
    """
    if reading.tongue != "en":
        return
    for sentence, verb in spoken(reading).items():
        if sentence[0] < message[1]:
            continue
        told = (sentence[0], verb.start())
        first = min((*reading.home_in(told), *reading.named_in(told)), key=lambda n: n.start, default=None)
        if _MESSAGE_SAYS.match(reading.text, *told):
            yield sentence[0], PARTNER
        elif first and _OPENING.fullmatch(reading.text, sentence[0], first.start):
            is_ours = first.partner == HOME
            if first.partner == partner or (is_ours and _TO_HIS_VERB.fullmatch(reading.text, first.end, verb.start())):
                yield sentence[0], OWN if is_ours else PARTNER


def _last_turn(reading: Reading, partner: str, message: Span, span: Span) -> str:
    """Who spoke last before a phrase that stands after a message from `partner`."""
    told = [who for start, who in turns(reading, partner, message) if start < span[0]]
    return told[-1] if told else PARTNER


def _we_say(reading: Reading, span: Span, sentence: Span) -> bool:
    """Whether the press of Seoul or Beijing quotes Pyongyang in few words: 金正恩表示“全力支持”."""
    return reading.tongue != "en" and _says(reading, span, sentence)[0] == OWN


def _is_quoted(reading: Reading, span: Span) -> bool:
    return reading.text[max(0, span[0] - 1) : span[0]] in _OPENS and reading.text[span[1] : span[1] + 1] in _CLOSES


def _is_inscribed(reading: Reading, span: Span) -> bool:
    """Whether its words have capitals, as on a stamp or a banner."""
    return all(word[0].isupper() for word in reading.text[span[0] : span[1]].split())


def _says(reading: Reading, span: Span, sentence: Span) -> tuple[str | None, Span | None]:
    """OWN, THIRD, the state that speaks, or None where the sentence does not say; and the verb by which it does."""
    tongue = reading.tongue
    if tongue == "ko":  # "Xi stressed …, and Kim in his reply spoke of …": the last clause before it decides
        clause = max(reading.text.rfind(", ", sentence[0], span[0]), sentence[0])
        leader = _LEADER_KO.search(reading.text, clause, span[0])
        if leader:
            return OWN, leader.span()
    speaks = _SPEAKS_ZH if tongue == "zh" else SPEAKS
    verb = spoken(reading).get(sentence) if tongue == "en" else speaks.search(reading.text, *sentence)
    if not verb:
        ours = tongue == "ko" and _ORGAN_KO.search(reading.text, sentence[0], span[0])
        home = reading.home_in((sentence[0], span[0])) if ours else []
        return (OWN if home and not reading.named_in((sentence[0], home[0].start)) else None), None
    if tongue == "en" and verb.end() > span[0]:  # "…, NAME, chairman of the society, noted"
        last = max((m.start() for m in speaks.finditer(reading.text, span[1], sentence[1])), default=span[1])
        who = _who(reading, (span[1], last))
        if who:
            return who, verb.span()
    if tongue == "ko":
        return _says_in_korean(reading, sentence, verb.start()), verb.span()
    told = (sentence[0], verb.start()) if verb.start() > sentence[0] else sentence
    if tongue == "en" and _SAME.search(reading.text[told[0] : told[1]]):
        return _before(reading, sentence), verb.span()
    return _who(reading, told), verb.span()


def _says_in_korean(reading: Reading, sentence: Span, verb: int) -> str | None:
    """Who speaks: Korean names him before the words that it quotes, or in a sentence before."""
    end = verb
    for _ in range(_BACK):
        opens = reading.text.find('"', sentence[0], end)
        told = (sentence[0], opens if opens >= 0 else end)
        agency = not reading.named_in(told) and _THE_AGENCY_KO.search(reading.text, *told)
        if agency and any(n.role == "organ" for n in reading.home):
            return OWN
        who = _who(reading, told if told[0] < told[1] else (told[0], told[0] + 1))
        if who or opens < 0 or sentence[0] <= reading.headline:
            return who
        sentence = reading.sentence_at(max(sentence[0] - 2, 0))
        end = sentence[1]
    return None


def _who(reading: Reading, told: Span) -> str | None:
    """Who the words before a verb of speech name."""
    if _HOUSE.search(reading.text, *told) or (_PAPER.search(reading.text, *told) and _is_of_the_house(reading)):
        return OWN
    tongue = reading.tongue
    if (_PRESS_ZH if tongue == "zh" else _PRESS).search(reading.text, *told):
        return THIRD
    named, home = reading.named_in(told), reading.home_in(told)
    if tongue == "en":
        home = [n for n in home if not _NOT_WHO.search(reading.text, max(told[0], n.start - 24), n.start)]
    if home and (not named or home[0].start < named[0].start):
        return OWN
    if not named and tongue == "en" and _GUEST.search(reading.text, *told):
        return _guest(reading)
    return named[0].partner if named else None


@lru_cache(maxsize=1)
def _guest(reading: Reading) -> str | None:
    """The one state whose guests the opening tells of; None where they are Pyongyang's own."""
    opening = (0, reading.opening[-1][1])
    named = {n.partner for n in reading.named_in(opening)}
    return named.pop() if len(named) == 1 and not _OURS_ABROAD.search(reading.text, *opening) else None


def _before(reading: Reading, sentence: Span) -> str | None:
    """Who spoke last before a sentence, or else whom the one before it or the opening speaks of."""
    spoken = _course(reading).before.get(sentence[0])
    if spoken:
        return spoken
    if _is_of_the_house(reading):
        return OWN
    told_of = (reading.sentence_at(max(sentence[0] - 2, 0)), *reversed(reading.opening))
    return next((who for who in (_who(reading, told) for told in told_of if told != sentence) if who), None)


@dataclass(frozen=True, slots=True)
class _Course:
    """Who speaks in the course of an article, by the place where a sentence starts; None is for nobody."""

    before: Mapping[int, str | None]  # who was said to speak last before it
    carried: Mapping[int, str | None]  # whose words it is, for "he noted, and went on:"


@lru_cache(maxsize=1)  # asked of every phrase of an article
def _course(reading: Reading) -> _Course:
    before: dict[int, str | None] = {}
    carried: dict[int, str | None] = {}
    if reading.tongue != "en":
        return _Course(before, carried)
    verbs = spoken(reading)
    last: str | None = None
    going_on: str | None = None
    for sentence in reading.sentences:
        before[sentence[0]], carried[sentence[0]] = last, going_on
        if sentence not in verbs or sentence[0] < reading.headline:
            continue
        told = (sentence[0], verbs[sentence].start())
        same = bool(_SAME.search(reading.text[told[0] : told[1]]))
        said = last if same else _who(reading, told)
        if same and said is None:
            said = OWN if _is_of_the_house(reading) else None
        if same and said is None:
            said = _who(reading, reading.sentence_at(max(sentence[0] - 2, 0)))
        last = said or last
        if _GOES_ON.search(reading.text[max(sentence[0], sentence[1] - 4) : sentence[1]]):
            going_on = last
        elif not same:
            going_on = None
    return _Course(before, carried)


@lru_cache(maxsize=1)
def _is_of_the_house(reading: Reading) -> bool:
    """Whether a paper of Pyongyang's speaks in the article's opening."""
    return any(_HOUSE.search(reading.text, *sentence) for sentence in reading.opening)


@lru_cache(maxsize=1)
def _is_told_from_outside(reading: Reading) -> bool:
    """Whether the text calls Pyongyang's side as only others do, and so more often than as it calls itself."""
    outside = sum(n.role == "outside" for n in reading.home)
    return bool(outside) and outside * 2 >= len(reading.home)
