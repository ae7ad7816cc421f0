"""Messages in Korean: nouns of message with a verb of sending or receiving, and the particles of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.word_order import speaks_for_us
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.kinds import kind_of_noun
from sunchi.signals.message.korean_sides import (
    DOES,
    IN_HEADLINE,
    IN_TEXT,
    NOUN,
    TO,
    is_passed_on,
    is_press,
    particle_of,
    parties,
    person_first,
    sides_of,
)  # fmt: skip
from sunchi.signals.message.reported import Direction, Sent, in_body_or_headline
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

_NOUNS = rf"(?P<nouns>{NOUN}(?:들?(?:과|와|,| 및|ㆍ|·) ?(?:[가-힣]{{1,20}} )?{NOUN}){{0,4}})들?"
_EACH_NOUN = Pattern(NOUN, "ko")  # 축전과 꽃바구니: each of the two
# 련대성을 표시하는 | 전문, 위문의 뜻을 담은 | 편지: what a plain letter says
_SAYS = Pattern(
    "(?:(?P<solidarity>련대)|(?P<condolence>{condole})|(?P<sympathy>{sympathize})|(?P<thanks>{thank}|사의)"
    "|(?P<congratulation>{congratulate}))[^.,\n]{0,14}$",
    "ko",
)
_CALL = Pattern("(?P<at>대사관|대표부|령전)[^.\n]{0,30}?{condolence_call}", "ko")  # 중국대사관을 찾아 조의를 표시
_OUR_MISSION = re.compile(r"(?:우리 나라|우리나라|조선|공화국) ?$")  # 로씨야주재 우리 나라 | 대사관
# 축전을 보내시였다, 꽃바구니를 진정
_REPORT = Pattern(
    rf"{_NOUNS}(?:을|를|이|가|도|의)?(?:(?!{NOUN})[^.\n]){{0,30}}?"
    r"(?P<verb>{exchange}|{send}|보내(?=[ ,])|(?<=[이가] )[갔왔]다|(?<=선물)(?:하시|하였|했)"
    r"|{sent_before}(?= ?소식)|(?<![가-힣]){pass_on}|전달|{offer}|{receive})"
    r"(?!지 (?:않|못)|데 대|것|[^.\n]{0,4}(?:방안|추진|예정|계획|검토))",
    "ko",
)
_OF_WHICH = Pattern(  # 보낸 축전에서, 보내온 축전은, 보내신 따뜻한 구두친서와 축전으로
    rf"(?P<verb>{{sent_before}}|받은|받으신) (?:[가-힣]+ )?{_NOUNS}(?=에서|은|는|에|을 통|이|가|으로)", "ko"
)
_HEADLINE = Pattern(  # 김정은, 푸틴에게 축전
    rf"{_NOUNS}(?P<verb>)(?= ?(?:보내|발송|진정|증정|$|\.\.|[\n\"',…-]))", "ko"
)
_SAID_IN = Pattern(  # 중국공산당 중앙위원회는 조전에서
    rf"(?<=[은는이가] )(?P<verb>)(?!인사|위로|{{tribute}})(?P<nouns>{NOUN})(?=에서[ ,])", "ko"
)
_ADDRESSED = Pattern(r"\s*{honour}?\s*$", "ko")
_I_SEND = Pattern(
    "(?:(?P<congratulation>{congratulate})|(?P<sympathy>{sympathize})|(?P<condolence>{condole})|(?P<thanks>{thank}))"
    "[^.\n]{0,20}(?:보냅니다|드립니다|표합니다)",
    "ko",
)
# the last line of a text: 국가주석 습 근 평
_SIGNED = Pattern(r"{post}\s+([가-힣](?: [가-힣]){1,2})\s*$", "ko", re.MULTILINE)
_AT_THE_FOOT = 120  # characters


def messages(document: Document) -> Iterator[Sent | Rejected]:
    """Yield every message that a sentence reports, the headline's only where the body reports none.

    Where none does, the text itself may be one, and its headline its address.
    """
    found = [_as_headlined(document, each) for each in in_body_or_headline(document, _in_sentence)]
    yield from found
    if not any(isinstance(each, Sent) for each in found):
        yield from _printed_alone(document)


def _as_headlined(document: Document, each: Sent | Rejected) -> Sent | Rejected:
    """Return a report with the kind that the headline gives, where the first sentence speaks of a plain letter."""
    if not isinstance(each, Sent) or each.kind != "letter" or not each.leads:
        return each
    if each.partner not in {n.partner for n in document.named_in((0, document.headline))}:
        return each  # it may speak of another one
    nouns = document.pattern(_EACH_NOUN).findall(document.text, 0, document.headline)
    kinds = {kind_of_noun(document, noun) for noun in nouns} - {"letter"}
    return replace(each, kind=kinds.pop()) if len(kinds) == 1 else each


def _printed_alone(document: Document) -> Iterator[Sent]:
    """Yield the message whose text an article is: addressed to somebody of another state in the headline."""
    to = next((n for n in document.named_in((0, document.headline)) if is_person(n)), None)
    if to is None or not document.pattern(_ADDRESSED).match(document.text, to.end, document.headline):
        return
    for sentence in document.body:
        if said := document.pattern(_I_SEND).search(document.text, *sentence):
            reason = Reason("the text of a message, addressed in the headline", at=said.span())
            kind = said.lastgroup or "letter"
            yield _sent(document, kind, "out", to, None, sentence, reason, leads=True, listed=False)
            return


def _in_sentence(document: Document, sentence: Span, *, leads: bool) -> Iterator[Sent | Rejected]:
    if not document.is_in(sentence, (*document.class_words("message_noun"), *document.class_words("condolence_call"))):
        return
    yield from _call_of_condolence(document, sentence)
    searches = (document.pattern(pattern).search(document.text, *sentence) for pattern in (_REPORT, _OF_WHICH))
    report = next(filter(None, searches), None) or _said_in(document, sentence)
    in_headline = report is None and (sentence[0] < document.headline or is_review(document))
    report = document.pattern(_HEADLINE).search(document.text, *sentence) if in_headline else report
    if not report:
        return
    if speaks_for_us(document, (sentence[0], report.start())):
        yield Rejected("message", report.span(), "a greeting in a speech")
        return
    sides = sides_of(document, sentence, report, in_headline=in_headline)
    if isinstance(sides, str):
        yield Rejected("message", report.span(), sides)
        return
    kinds = _kinds(document, sentence, report)
    reason = Reason("the noun that says its kind, and its verb", at=report.span())
    listed = len(sides.partners) > 1
    sent = [(kind, one) for kind in kinds for one in sides.partners]
    if listed and len(sides.partners) == len(kinds):  # to the one a letter, to the other a telegram
        sent = list(zip(kinds, sides.partners, strict=True))
    for kind, one in sent:
        for direction in sides.directions:
            yield _sent(document, kind, direction, one, sides.own, sentence, reason, leads=leads, listed=listed)


def _kinds(document: Document, sentence: Span, report: re.Match[str]) -> list[str]:
    """Return the kinds that the nouns of a report say, and of the reports that go on with it."""
    each_noun = document.pattern(_EACH_NOUN)
    nouns = each_noun.findall(report["nouns"])
    again = document.pattern(_REPORT).search(document.text, report.end(), sentence[1])
    span = (report.end(), again.end()) if again else sentence
    if again and not (document.named_in(span) or document.home_in(span)):  # 친서를 전달하였으며 | 선물을 드리였다
        nouns += each_noun.findall(again["nouns"])
    kinds = dict.fromkeys(kind_of_noun(document, noun) for noun in nouns)
    says = document.pattern(_SAYS).search(document.text, sentence[0], report.start("nouns"))
    said = says.lastgroup if says else None
    exactly = {"letter": said or "letter"}
    if is_passed_on(document, report):
        exactly["greeting"] = "thanks" if said == "thanks" else "verbal"  # 감사의 | 인사
    return list(dict.fromkeys(exactly.get(kind, kind) for kind in kinds))


def _call_of_condolence(document: Document, sentence: Span) -> Iterator[Sent]:
    """Yield the condolence for which somebody calls at a mission: theirs here, or ours abroad."""
    call = document.pattern(_CALL).search(document.text, *sentence)
    if call is None:
        return
    is_ours = bool(_OUR_MISSION.search(document.text, sentence[0], call.start("at")))
    before = parties(document, document.named_in((sentence[0], call.end() if is_ours else call.start())))
    if before:
        partner = (person_first(before) if is_ours else None) or before[-1]
        reason = Reason("a call of condolence at a mission", at=call.span())
        direction: Direction = "in" if is_ours else "out"
        own = None if is_ours else person_first(document.home_in((sentence[0], call.start())))
        yield _sent(document, "condolence", direction, partner, own, sentence, reason, leads=True, listed=False)


def _said_in(document: Document, sentence: Span) -> re.Match[str] | None:
    """Return the report of a message in which another state says something: 조전에서."""
    said = document.pattern(_SAID_IN).search(document.text, *sentence)
    if said is None:
        return None
    subjects = (IN_TEXT.match(document.text, n.end) for n in document.named_in((sentence[0], said.start())))
    answers = [n for n in document.home_in((said.end(), sentence[1])) if particle_of(document, n, IN_TEXT) in DOES]
    is_theirs = not answers and any(s and s.end() == said.start() - 1 and s["particle"] in DOES for s in subjects)
    return said if is_theirs else None


def _sent(
    document: Document,
    kind: str,
    direction: Direction,
    partner: Mention,
    own: Mention | None,
    sentence: Span,
    reason: Reason,
    *,
    leads: bool,
    listed: bool,
) -> Sent:
    foreign_name, named = _name(document, partner)
    home_name = _name(document, own or _named_before(document, direction, sentence))[0]
    home_name = home_name or (_signed(document) if direction == "out" else "")
    return Sent(
        kind=kind,
        direction=direction,
        partner=partner.partner,
        sender=home_name if direction == "out" else foreign_name,
        recipient=foreign_name if direction == "out" else home_name,
        span=sentence,
        named=named,
        listed=listed,
        leads=leads,
        reason=reason,
    )


def _signed(document: Document) -> str:
    """Return who signs a text printed in full, in spaced letters: 위원장 김 정 은."""
    signed = document.pattern(_SIGNED).search(document.text, max(document.headline, len(document.text) - _AT_THE_FOOT))
    return signed[1].replace(" ", "") if signed else ""


def _named_before(document: Document, direction: Direction, sentence: Span) -> Mention | None:
    """Return Pyongyang's side where the sentence leaves it out: the sender or recipient of the text before."""
    particles = TO if direction == "in" else DOES
    before = [n for n in document.home if n.start < sentence[0] and not is_press(document, n)]
    opens = (
        direction == "out" and bool(before) and document.text.startswith(",", before[0].end)
    )  # "김정은, 푸틴에 축전"
    named = [n for n in before if particle_of(document, n, IN_HEADLINE) in particles]
    return person_first(before[:1] if opens else named)


def _name(document: Document, mention: Mention | None) -> tuple[str, bool]:
    """Return a person's name, and True; else the state or its organ in the text's words, and False."""
    if mention is None:
        return "", False
    person = is_person(mention)
    lexicon = document.lexicon
    begins = mention.end + 1 if document.text.startswith(" ", mention.end) else mention.start
    organ = None if person else _organ(lexicon.organs["ko"], lexicon.offices["ko"]).match(document.text, begins)
    return document.text[mention.start : max(mention.end, organ.end() if organ else 0)], person


@lru_cache(maxsize=8)
def _organ(organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds an organ or congress, and an office in it: 꾸바공산당 중앙위원회, 로씨야련방 대통령."""
    organ, office = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (organs, offices))
    word = rf"(?:[가-힣]{{0,20}}(?:{organ})|제\d{{1,3}}차 ?대회)"
    return re.compile(rf"{word}(?: {word}){{0,4}}(?: ?(?:{office}))?|(?:{office})")
