"""Who speaks where a phrase stands: the publishing side, the state the phrase is said of, or somebody else.

A sentence that says so itself decides. One that only says "he noted" or "the statement added" is of whoever spoke last,
and after "… said, and went on:" so are the paragraphs that follow, until somebody else is said to speak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sunchi.lexicon import HOME
from sunchi.signals.document import Document, per_document
from sunchi.signals.formula.english_voice import course, speaker_before
from sunchi.signals.grammar.speech import (
    OWN,
    PARTNER,
    SPEAKS,
    SPEAKS_ZH,
    THIRD,
    goes_on_speaking,
    spoken,
    subject_of,
    who_of,
)
from sunchi.signals.message.reported import WORDLESS, Sent
from sunchi.text import Span

_BACK = 4  # sentences in which he who goes on to speak was named
THIRD_WEIGHT = 0.2  # of what others say about the two, as KCNA reprints it

_OPENS, _CLOSES = frozenset('"《«「'), frozenset('"》»」')
_IN_QUOTES = "it stands alone in quotation marks, so somebody else calls it so"
_RECEIVED = "it stands in a message that was received from that side"
_THE_AGENCY_KO = re.compile("(?<![가-힣])(?:중앙)?(?:통신|신문|방송)[은이]? *$")
_ORGAN_KO = re.compile(r"외무성|외무상|국방성|대변인|노동당|로동당|위원장|총비서|부부장")
_LEADER_KO = re.compile("김(?:정은)? (?:국무)?(?:위원장|총비서)(?:은|이)")
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
_ORDER = {
    "en": re.compile(
        r"(?P<own>\b(?:DPRK|Korea)(?:-[A-Z]| and (?:the )?[A-Z]))"
        r"|\b[A-Z]\w+(?:-| and (?:the )?)(?:DPRK|Korea)(?:n\b|\b)"
        r"|\b(?:friendly|fraternal|brotherly) (?:DPRK|Democratic|Korean)\b"
    ),
    "ko": re.compile("(?P<own>조(?:중|로|러|쏘)|북(?:중|러))|(?:중|로|러|쏘)조"),
    "zh": re.compile("(?P<own>朝(?:中|俄|越|老|古))|(?:中|俄|越|老|古)朝"),
}


def voice(document: Document, partner: str, span: Span, sentence: Span, sent: Sequence[Sent], *, hostile: bool) -> str:
    """Who says a phrase that is said of `partner`; no state calls its own policy `hostile`.

    What stands alone in quotation marks somebody else calls so, but in the headline over a message to that state.
    """
    messages = [message.direction for message in sent if message.partner == partner]
    is_quoted = _is_quoted(document, span)
    over_ours = is_quoted and span[0] < document.headline and "out" in messages
    is_ours = (
        _is_inscribed(document, span) or (not hostile and _we_say(document, span, sentence)) if is_quoted else False
    )
    if over_ours or (is_quoted and not is_ours):
        why = "it is quoted from a message to that side" if over_ours else _IN_QUOTES
        document.because("formula", partner, span, why)
        return OWN if over_ours else THIRD
    told = document.text.count('"', sentence[0], span[0]) % 2
    received = _received(partner, span, sent)
    if received:
        is_answer = _last_turn(document, partner, received, span) == OWN
        why = "it stands in the answer to a message from that side" if is_answer else _RECEIVED
        document.because("formula", partner, span, why)
        return OWN if is_answer else PARTNER
    said_by, verb = _says(document, span, sentence)
    if verb:
        document.because("formula", partner, span, "the word by which its sentence says who speaks", at=verb)
    if said_by is None:
        said_by = course(document).carried.get(sentence[0])
        if said_by:
            document.because("formula", partner, span, "its sentence goes on with what somebody is said to say before")
    if told and said_by is None and not verb:
        document.because("formula", partner, span, _IN_QUOTES)
        return THIRD
    if not hostile and said_by is None and not _is_sent(partner, span, sent) and _order(document, span) == PARTNER:
        document.because("formula", partner, span, "it names that side first, or ours a friend, as only that side does")
        said_by = partner
    # in the South bodies of all kinds speak of the hostile policy of their own authorities
    if hostile and said_by == partner != document.lexicon.standings.other_half:
        said_by = None
    if said_by is None and _is_told_from_outside(document):
        document.because("formula", partner, span, "the text calls Pyongyang's side as only others do")
        return THIRD
    return PARTNER if said_by == partner else OWN if said_by in (None, OWN) else THIRD


def _received(partner: str, span: Span, sent: Sequence[Sent]) -> Span | None:
    """The sentence of the message from `partner` that stands before a phrase, if none to it is told of since."""
    before = [m for m in sent if m.partner == partner and m.span[0] < span[0] and m.kind not in WORDLESS]
    received = max((m.span for m in before if m.direction == "in"), default=None)
    return received if received and not any(m.span > received and m.direction == "out" for m in before) else None


def _is_sent(partner: str, span: Span, sent: Sequence[Sent]) -> bool:
    """Whether a message with words to `partner` stands before a phrase."""
    return any(
        m.partner == partner and m.direction == "out" and m.kind not in WORDLESS and m.span[0] < span[0] for m in sent
    )


def turns(document: Document, partner: str, message: Span) -> Iterator[tuple[int, str]]:
    """Who takes the word after a message from `partner`: where his sentence starts, and OWN or PARTNER.

    An article that reports a message in its own words may tell of the answer, too: "Kim Jong Un expressed thanks".
    """
    if document.language != "en":
        return
    for sentence, verb in spoken(document).items():
        if sentence[0] < message[1]:
            continue
        told = (sentence[0], verb.start())
        first = min((*document.home_in(told), *document.named_in(told)), key=lambda n: n.start, default=None)
        if _MESSAGE_SAYS.match(document.text, *told):
            yield sentence[0], PARTNER
        elif first and _OPENING.fullmatch(document.text, sentence[0], first.start):
            is_ours = first.partner == HOME
            if first.partner == partner or (is_ours and _TO_HIS_VERB.fullmatch(document.text, first.end, verb.start())):
                yield sentence[0], OWN if is_ours else PARTNER


def _last_turn(document: Document, partner: str, message: Span, span: Span) -> str:
    """Who spoke last before a phrase that stands after a message from `partner`."""
    told = [who for start, who in turns(document, partner, message) if start < span[0]]
    return told[-1] if told else PARTNER


def _we_say(document: Document, span: Span, sentence: Span) -> bool:
    """Whether the press of Seoul or Beijing quotes Pyongyang in few words: 金正恩表示“全力支持”."""
    return document.language != "en" and _says(document, span, sentence)[0] == OWN


def _order(document: Document, span: Span) -> str | None:
    """Whose a phrase is by its words: each side names itself first, and the other one a friend."""
    order = _ORDER[document.language].search(document.text, *span)
    return None if order is None else OWN if order["own"] else PARTNER


def _is_quoted(document: Document, span: Span) -> bool:
    return document.text[max(0, span[0] - 1) : span[0]] in _OPENS and document.text[span[1] : span[1] + 1] in _CLOSES


def _is_inscribed(document: Document, span: Span) -> bool:
    """Whether its words have capitals, as on a stamp or a banner."""
    return all(word[0].isupper() for word in document.text[span[0] : span[1]].split())


def _says(document: Document, span: Span, sentence: Span) -> tuple[str | None, Span | None]:
    """OWN, THIRD, the state that speaks, or None where the sentence does not say; and the verb by which it does."""
    language = document.language
    if language == "ko":  # "Xi stressed …, and Kim in his reply spoke of …": the last clause before it decides
        clause = max(document.text.rfind(", ", sentence[0], span[0]), sentence[0])
        leader = _LEADER_KO.search(document.text, clause, span[0])
        if leader:
            return OWN, leader.span()
    speaks = SPEAKS_ZH if language == "zh" else SPEAKS
    verb = spoken(document).get(sentence) if language == "en" else speaks.search(document.text, *sentence)
    if not verb:
        ours = language == "ko" and _ORGAN_KO.search(document.text, sentence[0], span[0])
        home = document.home_in((sentence[0], span[0])) if ours else []
        return (OWN if home and not document.named_in((sentence[0], home[0].start)) else None), None
    if language == "en" and verb.end() > span[0]:  # "…, NAME, chairman of the society, noted"
        last = max((m.start() for m in speaks.finditer(document.text, span[1], sentence[1])), default=span[1])
        who = who_of(document, (span[1], last))
        if who:
            return who, verb.span()
    if language == "ko":
        return _says_in_korean(document, sentence, verb.start()), verb.span()
    told = subject_of(document, sentence, verb.span())
    if language == "en" and goes_on_speaking(document, told):
        who = speaker_before(document, sentence)
        return who, verb.span()
    return who_of(document, told), verb.span()


def _says_in_korean(document: Document, sentence: Span, verb: int) -> str | None:
    """Who speaks: Korean names him before the words that it quotes, or in a sentence before."""
    end = verb
    for _ in range(_BACK):
        opens = document.text.find('"', sentence[0], end)
        told = (sentence[0], opens if opens >= 0 else end)
        agency = not document.named_in(told) and _THE_AGENCY_KO.search(document.text, *told)
        if agency and any(n.role == "organ" for n in document.home):
            return OWN
        who = who_of(document, told if told[0] < told[1] else (told[0], told[0] + 1))
        if who or opens < 0 or sentence[0] <= document.headline:
            return who
        sentence = document.sentence_before(sentence)
        end = sentence[1]
    return None


@per_document
def _is_told_from_outside(document: Document) -> bool:
    """Whether the text calls Pyongyang's side as only others do, and so more often than as it calls itself."""
    outside = sum(n.role == "outside" for n in document.home)
    return bool(outside) and outside * 2 >= len(document.home)
