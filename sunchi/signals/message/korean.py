"""Messages in Korean: nouns of message with a verb of sending or receiving, and the particles of both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.word_order import are_brethren, is_reviled, speaks_for_us
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.kinds import kind_of_noun
from sunchi.signals.message.reported import Direction, Sent, in_body_or_headline
from sunchi.signals.rationale import Reason, Rejected
from sunchi.text import Span

# No message: 작별인사 (a farewell), 인사들 (people), 전문가 (an expert), 담화의 전문 (a full text)
_NOUN = r"(?!인사[들이가은는에]|(?<=작별)인사|(?<=작별 )인사|전문(?!들?을? ?(?:보내|보냈|받|$))){message_noun}"
_NOUNS = rf"(?P<nouns>{_NOUN}(?:들?(?:과|와|,| 및|ㆍ|·) ?(?:[가-힣]{{1,20}} )?{_NOUN}){{0,4}})들?"
_EACH_NOUN = Pattern(_NOUN, "ko")  # 축전과 꽃바구니: each of the two
_OF_THANKS = Pattern("{thank} $", "ko")  # 감사의 인사
# 련대성을 표시하는 | 전문, 위문의 뜻을 담은 | 편지: what a plain letter says
_SAYS = Pattern(
    "(?:(?P<solidarity>련대)|(?P<condolence>{condole})|(?P<sympathy>{sympathize})|(?P<thanks>{thank}|사의)"
    "|(?P<congratulation>{congratulate}))[^.,\n]{0,14}$",
    "ko",
)
_CALL = Pattern("(?P<at>대사관|대표부|령전)[^.\n]{0,30}?{condolence_call}", "ko")  # 중국대사관을 찾아 조의를 표시
_THAT_WAS_SENT = Pattern(rf"{{sent_before}} (?:[가-힣]+ ){{0,2}}?{_NOUN}", "ko")
_OUR_MISSION = re.compile(r"(?:우리 나라|우리나라|조선|공화국) ?$")  # 로씨야주재 우리 나라 | 대사관
# A body of ours that no list names: 조선직업총동맹, 조로친선협회
_OUR_BODY = Pattern("(?<![가-힣])조[가-힣]{2,14}{body_ending}(?: 중앙위원회)?", "ko")
# 축전을 보내시였다, 꽃바구니를 진정
_REPORT = Pattern(
    rf"{_NOUNS}(?:을|를|이|가|도|의)?(?:(?!{_NOUN})[^.\n]){{0,30}}?"
    r"(?P<verb>{exchange}|{send}|보내(?=[ ,])|(?<=[이가] )[갔왔]다|(?<=선물)(?:하시|하였|했)"
    r"|{sent_before}(?= ?소식)|{pass_on}|{offer}|{receive})"
    "(?!지 (?:않|못)|데 대|것)",
    "ko",
)
_OF_WHICH = Pattern(  # 보낸 축전에서, 보내온 축전은, 보내신 따뜻한 구두친서와 축전으로
    rf"(?P<verb>{{sent_before}}|받은|받으신) (?:[가-힣]+ )?{_NOUNS}(?=에서|은|는|에|을 통|이|가|으로)", "ko"
)
_HEADLINE = Pattern(  # 김정은, 푸틴에게 축전
    rf"{_NOUNS}(?P<verb>)(?= ?(?:보내|발송|진정|증정|$|\.\.|[\n\"',…-]))", "ko"
)
_SAID_IN = Pattern(  # 중국공산당 중앙위원회는 조전에서
    rf"(?<=[은는이가] )(?P<verb>)(?!인사|위로|{{tribute}})(?P<nouns>{_NOUN})(?=에서[ ,])", "ko"
)
_ADDRESSED = Pattern(r"\s*{honour}?\s*$", "ko")
_I_SEND = Pattern(
    "(?:(?P<congratulation>{congratulate})|(?P<sympathy>{sympathize})|(?P<condolence>{condole})|(?P<thanks>{thank}))"
    "[^.\n]{0,20}(?:보냅니다|드립니다|표합니다)",
    "ko",
)
_SENDS = ("이", "가", "께서")
_FROM, _TO, _DOES = ("에게서", "로부터", "으로부터"), ("에게", "께", "앞으로", "한테", "에"), ("은", "는", "이", "가")
_ENDS = "에게서|로부터|으로부터|에게|께서는|께서|께|앞으로|한테|은|는|이|(?<!국)가|과|와"
_WORDS = r"(?:[가-힣]{0,20}\s)??(?:[가-힣]{1,20}\s){0,4}?[가-힣]{0,20}?"
_PARTICLE = re.compile(rf"{_WORDS}(?P<particle>{_ENDS})(?=[\s,.]|$)")  # 주석|에게 축전을
_PARTICLE_IN_HEADLINE = re.compile(rf"{_WORDS}(?P<particle>{_ENDS}|에)(?=[\s,.]|$)")  # 로씨야|에 위문전문
# Who is named in an occasion sends nothing: 중국 창건 75돐에 즈음하여
_ASIDE = Pattern(r"(?:(?!에게|께서|께 |로부터|[이가은는] )[^.,\n]){0,40}?{at_the_time}", "ko")
# nor who is told of: 라오스주석이 서거하였다는 비보에 접하여
_TOLD_OF = Pattern(
    r"(?:(?!에게|께서|께 |로부터)[^.,\n]){0,90}?(?:소식|비보|것|데)[에과와]? ?(?:{at_the_time}|접하|대하여)", "ko"
)
# the last line of a text: 국가주석 습 근 평
_SIGNED = Pattern(r"{post}\s+([가-힣](?: [가-힣]){1,2})\s*$", "ko", re.MULTILINE)
_AT_THE_FOOT = 120  # characters
_OF_HIM = re.compile("(?:동지|위원장|총비서)?의 ")  # 습근평|동지의 | 축전
_POSTED = re.compile(r" ?(?:련방|연방|공화국)?\s?주재")  # 로씨야주재 우리 나라 대사관: there only is where it stands


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
    report = document.pattern(_REPORT).search(document.text, *sentence) or document.pattern(_OF_WHICH).search(
        document.text, *sentence
    )
    report = report or _said_in(document, sentence)
    headline = report is None and (sentence[0] < document.headline or is_review(document))
    report = document.pattern(_HEADLINE).search(document.text, *sentence) if headline else report
    if not report:
        return
    if speaks_for_us(document, (sentence[0], report.start())):
        yield Rejected("message", report.span(), "a greeting in a speech")
        return
    is_passed = report["verb"] in document.class_words("pass_on")
    passes_on = report["nouns"] == "인사" and is_passed  # 김정은동지의 인사를 뿌찐동지에게 전하였다
    before = (sentence[0], report.end() if passes_on else max(report.start(), report.start("verb")))
    home = [n for n in _senders_or_recipients(document, document.home_in(before)) if not _is_press(document, n)]
    home = home or [
        Mention(HOME, *m.span(), "organ", False) for m in document.pattern(_OUR_BODY).finditer(document.text, *before)
    ]
    foreign = _senders_or_recipients(document, document.named_in(before)) or (
        _tower(document, sentence) if home else []
    )
    partner, own = _person_first(foreign), _person_first(home)
    if partner is None:
        yield Rejected("message", report.span(), "nobody of another state is named before it")
        return
    is_laid = report["verb"] in document.class_words("offer") and not _tower(document, sentence)  # at nobody's grave
    if own is None and (is_laid or not document.home or _is_between_others(document, foreign)):
        yield Rejected("message", report.span(), "nobody of Pyongyang's side is named")
        return
    ending = _PARTICLE_IN_HEADLINE if headline else _PARTICLE
    directions = _directions(document, report, partner, own, ending)
    listed = _listed(foreign)
    from_abroad = (*document.class_words("came_here"), *document.class_words("offer"))
    separately = document.word_of("separately").search(document.text, *before)
    to_each = bool(separately) or _both_together(document, listed) or len(document.together(foreign[::-1])) > 1
    several = to_each if directions == ("out",) else report["verb"] in from_abroad
    partners = listed if several and len(directions) == 1 else [partner]
    nouns = document.pattern(_EACH_NOUN).findall(report["nouns"])
    again = document.pattern(_REPORT).search(document.text, report.end(), sentence[1])
    if again and not _parties(document, (report.end(), again.end())):  # 구두친서를 전달하였으며 | 선물을 드리였다
        nouns += document.pattern(_EACH_NOUN).findall(again["nouns"])
    kinds = dict.fromkeys(kind_of_noun(document, noun) for noun in nouns)
    says = document.pattern(_SAYS).search(document.text, sentence[0], report.start("nouns"))
    if says and "letter" in kinds:
        kinds = dict.fromkeys(says.lastgroup or "" if kind == "letter" else kind for kind in kinds)
    if is_passed and "greeting" in kinds:
        thanks = document.pattern(_OF_THANKS).search(document.text, sentence[0], report.start())
        kinds = dict.fromkeys(("thanks" if thanks else "verbal") if kind == "greeting" else kind for kind in kinds)
    if passes_on:
        own = next((n for n in home if _OF_HIM.match(document.text, n.end)), own)
    reason = Reason("the noun that says its kind, and its verb", at=report.span())
    is_list = len(partners) > 1
    sent = [(kind, one) for kind in kinds for one in partners]
    if is_list and len(partners) == len(kinds):  # to the one a letter, to the other a telegram
        sent = list(zip(kinds, partners, strict=True))
    for kind, one in sent:
        for direction in directions:
            yield _sent(document, kind, direction, one, own, sentence, reason, leads=leads, listed=is_list)


def _call_of_condolence(document: Document, sentence: Span) -> Iterator[Sent]:
    """Yield the condolence for which somebody calls at a mission: theirs here, or ours abroad."""
    call = document.pattern(_CALL).search(document.text, *sentence)
    if call is None:
        return
    is_ours = bool(_OUR_MISSION.search(document.text, sentence[0], call.start("at")))
    before = _senders_or_recipients(document, document.named_in((sentence[0], call.end() if is_ours else call.start())))
    if before:
        partner = (_person_first(before) if is_ours else None) or before[-1]
        reason = Reason("a call of condolence at a mission", at=call.span())
        direction: Direction = "in" if is_ours else "out"
        own = None if is_ours else _person_first(document.home_in((sentence[0], call.start())))
        yield _sent(document, "condolence", direction, partner, own, sentence, reason, leads=True, listed=False)


def _said_in(document: Document, sentence: Span) -> re.Match[str] | None:
    """Return the report of a message in which another state says something: 조전에서."""
    said = document.pattern(_SAID_IN).search(document.text, *sentence)
    if said is None:
        return None
    subjects = (_PARTICLE.match(document.text, n.end) for n in document.named_in((sentence[0], said.start())))
    answers = [n for n in document.home_in((said.end(), sentence[1])) if _particle(document, n, _PARTICLE) in _DOES]
    is_theirs = not answers and any(s and s.end() == said.start() - 1 and s["particle"] in _DOES for s in subjects)
    return said if is_theirs else None


def _parties(document: Document, span: Span) -> list[Mention]:
    return [*document.named_in(span), *document.home_in(span)]


def _tower(document: Document, sentence: Span) -> list[Mention]:
    """Return a tower for another state's soldiers, which stands for that state where nobody of it is named."""
    tower = document.word_of("monument").search(document.text, *sentence)
    if tower is None:
        return []
    partner = "RU" if tower[0] in document.class_words("soviet_monument") else "CN"
    return [Mention(partner, *tower.span(), "name", False)]


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


def _directions(
    document: Document, report: re.Match[str], partner: Mention, own: Mention | None, ending: re.Pattern[str]
) -> tuple[Direction, ...]:
    """Return which way it went: by the particle after the foreign side, else by the verb and the particle of ours."""
    verb = report["verb"]
    if verb in document.class_words("exchange"):
        return ("out", "in")
    is_told_of = document.pattern(_TOLD_OF).match(document.text, partner.end)
    particle = "" if is_told_of else _particle(document, partner, ending)
    sent = document.pattern(_THAT_WAS_SENT).search(document.text, partner.end, report.end())
    if sent and sent.end() >= report.start():  # 뿌찐대통령이 김정은동지께서 | 보내신 축전: the nearest one sent it
        ours = any(_particle(document, n, ending) in _SENDS for n in document.home_in((partner.end, sent.start())))
        if ours or particle in _SENDS:
            return ("out",) if ours else ("in",)
    if particle in _FROM:
        return ("in",)
    if particle in _TO:
        return ("out",)
    received = verb.startswith("받")
    before = bool(document.word_of("sent_before").search(document.text, partner.end, report.start()))
    if particle in _DOES and not received and not (before and own):
        return ("in",)
    incoming = (
        received or verb in document.class_words("came_here") or (own and _particle(document, own, ending) in _TO)
    )
    return ("in",) if incoming or not own else ("out",)


def _senders_or_recipients(document: Document, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions without those of an occasion, posting or monument, compatriots in the south, and foes.

    Where nobody else is named, a person on whose own day it was sent is meant: "on Putin's birthday".
    """
    parties = [n for n in mentions if not _POSTED.match(document.text, n.end) and not document.opposes(n)]
    parties = [n for n in parties if not are_brethren(document, n) and not is_reviled(document, n)]
    parties = [n for n in parties if not document.word_of("monument").match(document.text, n.start)]
    told_of = [n for n in parties if document.pattern(_TOLD_OF).match(document.text, n.end)]
    aside = [*told_of, *(n for n in parties if document.pattern(_ASIDE).match(document.text, n.end))]
    free = [n for n in parties if n not in aside] or [n for n in parties if is_person(n)] or told_of
    return [n for n in free if n.role != "pair"] or free


def _named_before(document: Document, direction: Direction, sentence: Span) -> Mention | None:
    """Return Pyongyang's side where the sentence leaves it out: the sender or recipient of the text before."""
    particles = _TO if direction == "in" else _DOES
    before = [n for n in document.home if n.start < sentence[0] and not _is_press(document, n)]
    opens = (
        direction == "out" and bool(before) and document.text.startswith(",", before[0].end)
    )  # "김정은, 푸틴에 축전"
    named = [n for n in before if _particle(document, n, _PARTICLE_IN_HEADLINE) in particles]
    return _person_first(before[:1] if opens else named)


def _is_between_others(document: Document, foreign: list[Mention]) -> bool:
    """Return whether one foreign side does it to another: 뿌찐이 습근평에게."""
    to = {n.partner for n in foreign if _particle(document, n, _PARTICLE) in _TO}
    does = {n.partner for n in foreign if _particle(document, n, _PARTICLE) in _DOES}
    return bool(to and does - to)


def _listed(foreign: list[Mention]) -> list[Mention]:
    """Return the senders of a list: of each state its first person, else its first mention."""
    firsts: dict[str, Mention] = {}
    for mention in sorted(foreign, key=lambda n: (not is_person(n), n.start)):
        firsts.setdefault(mention.partner, mention)
    return sorted(firsts.values(), key=lambda n: n.start)


def _both_together(document: Document, listed: list[Mention]) -> bool:
    """Return whether persons of two states stand together as those to whom it went: 습근평주석과 뿌찐대통령에게."""
    people = [n for n in listed if is_person(n)]
    to_last = people and _particle(document, people[-1], _PARTICLE) in _TO
    return len(people) > 1 and bool(to_last) and _particle(document, people[0], _PARTICLE) in ("과", "와")


def _is_press(document: Document, mention: Mention) -> bool:
    """Return whether it is the press that reports the message: 조선중앙통신에 따르면."""
    return document.text[mention.start : mention.end].endswith(("통신", "신문"))


def _person_first(mentions: list[Mention]) -> Mention | None:
    """Return the first person, else the last mention."""
    people = [n for n in mentions if is_person(n)]
    return people[0] if people else mentions[-1] if mentions else None


def _particle(document: Document, mention: Mention, ending: re.Pattern[str]) -> str:
    match = ending.match(document.text, mention.end)
    return match["particle"] if match else ""


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
