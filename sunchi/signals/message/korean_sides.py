"""The sides of a Korean message: who stands before its noun or verb, with which particle."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.word_order import are_brethren, is_reviled
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.reported import Direction
from sunchi.text import Span

# No message: 작별인사 (a farewell), 인사들 (people), 전문가 (an expert), 담화의 전문 (a full text)
NOUN = r"(?!인사[들이가은는에]|(?<=작별)인사|(?<=작별 )인사|전문(?!들?을? ?(?:보내|보냈|받|$))){message_noun}"

_THAT_WAS_SENT = Pattern(rf"{{sent_before}} (?:[가-힣]+ ){{0,2}}?{NOUN}", "ko")
# A body of ours that no list names: 조선직업총동맹, 조로친선협회
_OUR_BODY = Pattern("(?<![가-힣])조[가-힣]{2,14}{body_ending}(?: 중앙위원회)?", "ko")
_SENDS = ("이", "가", "께서")
FROM, TO, DOES = ("에게서", "로부터", "으로부터"), ("에게", "께", "앞으로", "한테", "에"), ("은", "는", "이", "가")
_ENDS = (
    "에서는|에서|에게서|(?<=대사관)에|(?<=위원회)에|로부터|으로부터|에게|께서는|께서|께|앞으로|한테|은|는|이"
    "|(?<!국)가|과|와"
)
_WORDS = r"(?:[가-힣]{0,20}\s)??(?:[가-힣]{1,20}\s){0,4}?[가-힣]{0,20}?"
IN_TEXT = re.compile(rf"{_WORDS}(?P<particle>{_ENDS})(?=[\s,.]|$)")  # 주석|에게 축전을
IN_HEADLINE = re.compile(rf"{_WORDS}(?P<particle>{_ENDS}|에)(?=[\s,.]|$)")  # 로씨야|에 위문전문
# Who is named in an occasion sends nothing: 중국 창건 75돐에 즈음하여
_ASIDE = Pattern(r"(?:(?!에게|께서|께 |로부터|[이가은는] )[^.,\n]){0,40}?{at_the_time}", "ko")
# nor who is told of: 라오스주석이 서거하였다는 비보에 접하여
_TOLD_OF = Pattern(
    r"(?:(?!에게|께서|께 |로부터)[^.,\n]){0,90}?(?:소식|비보|것|데)[에과와]? ?(?:{at_the_time}|접하|대하여)", "ko"
)
_OF_HIM = re.compile("(?:동지|위원장|총비서)?의 ")  # 습근평|동지의 | 축전
_POSTED = re.compile(r" ?(?:련방|연방|공화국)?\s?주재")  # 로씨야주재 우리 나라 대사관: there only is where it stands


@dataclass(frozen=True, slots=True)
class Sides:
    """Whom a message joins: one of ours, if named, with those of other states, in one direction or in both."""

    partners: list[Mention]
    own: Mention | None
    directions: tuple[Direction, ...]


def sides_of(document: Document, sentence: Span, report: re.Match[str], *, in_headline: bool) -> Sides | str:
    """Return the sides of a report, or why it is none."""
    passes_on = report["nouns"] == "인사" and is_passed_on(document, report)  # 인사를 뿌찐에게 전하였다
    before = (sentence[0], report.end() if passes_on else max(report.start(), report.start("verb")))
    home = [n for n in parties(document, document.home_in(before)) if not is_press(document, n)]
    bodies = () if home else document.pattern(_OUR_BODY).finditer(document.text, *before)
    home = home or [Mention(HOME, *body.span(), "organ", False) for body in bodies]
    tower = _tower(document, sentence)
    foreign = parties(document, document.named_in(before)) or (tower if home else [])
    partner, own = person_first(foreign), person_first(home)
    if partner is None:
        return "nobody of another state is named before it"
    is_laid = report["verb"] in document.class_words("offer") and not tower  # at nobody's grave
    is_ours = bool(document.home or tower)  # the towers stand in Pyongyang
    if own is None and (is_laid or not is_ours or _is_between_others(document, foreign)):
        return "nobody of Pyongyang's side is named"
    ending = IN_HEADLINE if in_headline else IN_TEXT
    directions = _directions(document, report, partner, own, ending)
    listed = _listed(foreign)
    from_abroad = (*document.class_words("came_here"), *document.class_words("offer"))
    separately = document.word_of("separately").search(document.text, *before)
    to_each = bool(separately) or _both_together(document, listed) or len(document.together(foreign[::-1])) > 1
    several = to_each if directions == ("out",) else report["verb"] in from_abroad
    if passes_on:
        own = next((n for n in home if _OF_HIM.match(document.text, n.end)), own)
    return Sides(listed if several and len(directions) == 1 else [partner], own, directions)


def is_passed_on(document: Document, report: re.Match[str]) -> bool:
    """Return whether a third one conveys what is reported: 인사를 전하였다."""
    return report["verb"] in document.class_words("pass_on")


def _directions(
    document: Document, report: re.Match[str], partner: Mention, own: Mention | None, ending: re.Pattern[str]
) -> tuple[Direction, ...]:
    """Return which way it went: by the particle after the foreign side, else by the verb and the particle of ours."""
    verb = report["verb"]
    if verb in document.class_words("exchange"):
        return ("out", "in")
    is_told_of = document.pattern(_TOLD_OF).match(document.text, partner.end)
    particle = "" if is_told_of else particle_of(document, partner, ending)
    sent = document.pattern(_THAT_WAS_SENT).search(document.text, partner.end, report.end())
    if sent and sent.end() >= report.start():  # 뿌찐대통령이 김정은동지께서 | 보내신 축전: the nearest one sent it
        ours = any(particle_of(document, n, ending) in _SENDS for n in document.home_in((partner.end, sent.start())))
        if ours or particle in _SENDS:
            return ("out",) if ours else ("in",)
    if particle in FROM:
        return ("in",)
    if particle in TO or (own and particle_of(document, own, ending) in FROM):
        return ("out",)
    received = verb.startswith("받")
    before = bool(document.word_of("sent_before").search(document.text, partner.end, report.start()))
    if particle in DOES and not received and not (before and own):
        return ("in",)
    incoming = (
        received or verb in document.class_words("came_here") or (own and particle_of(document, own, ending) in TO)
    )
    return ("in",) if incoming or not own else ("out",)


def parties(document: Document, mentions: list[Mention]) -> list[Mention]:
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


def _is_between_others(document: Document, foreign: list[Mention]) -> bool:
    """Return whether one foreign side does it to another: 뿌찐이 습근평에게."""
    to = {n.partner for n in foreign if particle_of(document, n, IN_TEXT) in TO}
    does = {n.partner for n in foreign if particle_of(document, n, IN_TEXT) in DOES}
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
    to_last = people and particle_of(document, people[-1], IN_TEXT) in TO
    return len(people) > 1 and bool(to_last) and particle_of(document, people[0], IN_TEXT) in ("과", "와")


def is_press(document: Document, mention: Mention) -> bool:
    """Return whether it is the press that reports the message: 조선중앙통신에 따르면."""
    return document.text[mention.start : mention.end].endswith(("통신", "신문"))


def person_first(mentions: list[Mention]) -> Mention | None:
    """Return the first person, else the last mention."""
    people = [n for n in mentions if is_person(n)]
    return people[0] if people else mentions[-1] if mentions else None


def particle_of(document: Document, mention: Mention, ending: re.Pattern[str]) -> str:
    match = ending.match(document.text, mention.end)
    return match["particle"] if match else ""


def _tower(document: Document, sentence: Span) -> list[Mention]:
    """Return a tower for another state's soldiers, which stands for that state where nobody of it is named."""
    tower = document.word_of("monument").search(document.text, *sentence)
    if tower is None:
        return []
    partner = "RU" if tower[0] in document.class_words("soviet_monument") else "CN"
    return [Mention(partner, *tower.span(), "name", False)]
