"""Contacts in Korean by the frames of frames.csv: who goes where, meets whom, gives a reception, signs.

The headline and the first sentence count, and each line of a review of newspapers; of later sentences those that bring
other news, or tell what else the guests of the lead did.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.absent import is_unseen
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.dates import DAY, is_of_an_older_year, is_of_these_days
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.korean import OCCASION, parsed
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, speaks_for_us, state_visited
from sunchi.signals.korean_frames import POSTED, matches, may_be_ours, parties, sides_of
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_NOT_YET = Pattern(
    "{not_yet}|성사(?!이)|[?]|오는 [0-9]|곧 [가-힣]{1,20}[을를로] 방문", "ko"
)  # 회담 성사, but 외무성|사이; 오는 3일
_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")  # 회담 10돐: remembered
_OF_SEVERAL = re.compile("[0-9다]자$")  # 6자 | 회담
_INSIDE_WORD = re.compile("[가-힣]방[중북미일러로]")  # 국방중기계획 is no 방중
_QUOTED = re.compile('["][^"\n]{0,40}["]')  # what is longer is another paper's report
_AMBASSADOR = Pattern("{ambassador}(?!관)", "ko")  # no 대사관, the building
_ATTENDED = Pattern("{diplomat}[^.\n]{0,50}{attend}", "ko")  # 대사관 성원들이 참가
_MISSIONS = 3  # states; where more of our missions gave one each, it is a list
_AFTER_IT = 2  # sentences after a gathering's own in which is told who took part
_NEXT_ITEM = Pattern("{next_item}|[^.\n]{0,20}(?:다른|별도) 기사", "ko")
_ON_THAT = re.compile("이와 관련|이에 관한")  # 이와 관련한 협정이: what the lead speaks of
_KOREANS_ABROAD = Pattern("{koreans_abroad}(?!맹)", "ko")  # 총련, and no 로총련맹
_OUR_OWN = Pattern("(?<![가-힣])(?:조선(?!족)|{our_side})", "ko")  # 조선외무상, 우리측
_GUESTS = Pattern("{delegation}(?: 단장들?)?", "ko")  # 대표단을 만났다, and no talks of two delegations
# Whom a paper of Pyongyang's names without their state: 김성남동지, 외무성 부상, 체육성대표단
_LIKE_OURS = Pattern("동지|(?:{our_body}|{delegation})(?:들| 성원들| ?일행)?\\s*$", "ko")
_PERSON = Pattern("{traveller}", "ko")
_BOTH_HALVES = re.compile("(?:북과 남|남과 북)(?:은|이|사이)")  # 북과 남은 … 회담을
_NOTHING_BETWEEN = re.compile(" ?(?:국가 ?)?")  # 중국 | 국가 | 주석
# 회담이 평양에서 진행되였다, 회담 결렬; no 회담이 끝난 후
_HELD = Pattern(r"에서|[을를이가]? ?(?:[^\s,.]+ ){0,3}?{took_place}|\W*$|\W*\n|[…\"',]", "ko")
_PLACES = ("을", "에", "에서", "로")  # cases of where somebody goes: 로씨야에서 진행되는 회의에 참가하기 위하여


_start = attrgetter("start")


@dataclass(frozen=True, slots=True)
class _Sides:
    """Who takes part: those of other states, and whether somebody of ours does."""

    theirs: tuple[str, ...]
    are_ours: bool


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    A contact that the headline gives in short and the lead announces for later is none.
    """
    leads = document.body if is_review(document) else document.opening
    told = [(sentence, each) for sentence in leads for each in _read(document, sentence)]
    to_come = {(each.kind, each.partner) for _, (each, is_done) in told if not is_done and isinstance(each, Contact)}
    partners: set[str] = set()
    for sentence, (each, is_done) in told:
        if not isinstance(each, Contact):
            yield each
        elif not is_done:
            yield Rejected("contact", sentence, "asked for, expected or refused: it has not taken place", each.frame)
        elif sentence[0] >= document.headline or (each.kind, each.partner) not in to_come:
            partners.add(each.partner)
            yield each
    for sentence in document.sentences[bisect_right(document.sentences, leads[-1]) :]:
        yield from _later(document, sentence, partners)


def read(document: Document, sentence: Span, partner: str = "") -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports: with whom it names, else with `partner`."""
    yield from (each for each, is_done in _read(document, sentence, partner) if is_done)


def _later(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact | Rejected]:
    """Yield the contacts of a later sentence that bring other news or go on with those of the lead."""
    if document.pattern(_NEXT_ITEM).match(document.text, *sentence):
        yield from read(document, sentence)
        return
    lead = document.opening[-1]
    if sentence in document.sentences[: document.sentences.index(lead) + 1 + _AFTER_IT]:
        yield from _attended(document, lead, sentence)
    if _ON_THAT.match(document.text, *sentence):  # of the one state that the lead names
        partners = partners or {n.partner for n in document.named_in(lead)}
    if len(partners) != 1 or speaks_for_us(document, sentence) or _is_recalled(document, sentence):
        return
    (partner,) = partners
    is_message = any(sent.span == sentence for sent in reports(document))
    says = document.word_of("say_or_thank").search(document.text, *sentence)
    for each, is_done in _read(document, sentence, partner, by_the_way=False):
        if is_done and isinstance(each, Contact):
            is_other = each.kind.startswith("delegation") and bool(each.frame and not each.frame.code)
            is_told = each.kind == "talks" or not is_message
            if each.kind == "reception" or (is_told and not says and (is_other or each.partner == partner)):
                yield each


def _is_recalled(document: Document, sentence: Span) -> bool:
    """Return whether a sentence after the lead has a time of its own."""
    if document.word_of("earlier").search(document.text, *sentence):
        return True
    return any(not is_of_these_days(document.date, day) for day in DAY.finditer(document.text, *sentence))


def _attended(document: Document, lead: Span, sentence: Span) -> Iterator[Contact]:
    """Yield the gathering of the lead as a joint event, where those of an embassy whose state it names took part."""
    if document.word_of("gathering").search(document.text, *lead):
        attended = document.pattern(_ATTENDED).search(document.text, *sentence)
        named = document.named_in((sentence[0], attended.start() + 1)) if attended else []
        if named and named[-1].partner in {n.partner for n in document.named_in(lead)}:
            yield Contact("joint_event", named[-1].partner, (lead,), lead)


def _read(
    document: Document, sentence: Span, partner: str = "", *, by_the_way: bool = True
) -> Iterator[tuple[Contact | Rejected, bool]]:
    """Yield what each frame of a sentence tells, and whether it has taken place; `by_the_way`: before a noun, too."""
    found = list(matches(document, "contact", (sentence,)))
    if found and document.word_of("sport").search(document.text, *sentence):
        yield Rejected("contact", sentence, "sports: teams meet there"), True
        return
    unquoted = _QUOTED.sub(lambda quote: " " * len(quote[0]), document.text[slice(*sentence)])
    is_to_come = document.pattern(_NOT_YET).search(unquoted) is not None
    met: set[str] = set()
    for match in found:
        start, end = match.words
        if not unquoted[start - sentence[0] : end - sentence[0]].strip():
            continue
        is_past = is_of_an_older_year(document, sentence) or _is_remembered(document, match)
        if _OF_SEVERAL.match(document.text, max(0, start - 2), start) or _INSIDE_WORD.match(
            document.text, max(0, start - 1), end
        ):
            continue
        is_noun = match.frame.form.endswith(("이 {talks_alone}", "와 {talk_with}"))
        if is_noun and not is_to_come and not document.pattern(_HELD).match(document.text, end):
            continue
        if match.before_noun and (match.frame.code == "agreement" or not by_the_way):  # 체결된 | 조약
            continue
        for kind, state in _told(document, match, partner or (next(iter(met)) if len(met) == 1 else "")):
            if kind in ("talks", "courtesy_call") and state in met:
                continue  # of a meeting and the talks at it
            met.update([state] if kind in ("talks", "courtesy_call") else [])
            contact = Contact(kind, state, _who(document, match), sentence, match.frame)
            yield contact, not (is_to_come or is_past)


def _is_remembered(document: Document, match: Match) -> bool:
    """Return whether a match tells of what is commemorated: 회담 10돐, 로씨야를 방문하신 15돐에 즈음하여."""
    after = [p for p in parsed(document, match.sentence).phrases if p.case == OCCASION and p.start >= match.words[1]]
    is_day = any(_YEARS_AGO.search(document.text, *phrase.span) for phrase in after)
    return is_day or _YEARS_AGO.match(document.text, match.words[1]) is not None


def _told(document: Document, match: Match, partner: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the state of each contact that a match tells of."""
    if document.pattern(_KOREANS_ABROAD).search(document.text, *match.sentence):
        return
    if match.frame.code in ("", "delegation_in"):
        yield from _journey(document, match)
        return
    sides = _sides(document, match, partner)
    if not sides.are_ours:
        return
    kind = match.frame.code
    if kind == "talks" and any(_names_ambassador(document, side) for side in (match.side1, match.side2)):
        kind = "courtesy_call"
    yield from ((kind, state) for state in sides.theirs)
    if kind == "talks" and match.frame.direction == "by sides":
        yield from _delegations(document, match)


def _delegations(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield the delegation that meets somebody of the other side, where it is a guest."""
    one, other = sides_of(document, match)
    for side in filter(None, (one, other)):
        last = list(document.pattern(_GUESTS).finditer(document.text, *side))[-1:]
        if not last or last[0].end() != side[1] or document.text.startswith("과의", side[1]):
            continue
        if (guests := _foreign(document, side, match)) and _is_at_home(document, match):
            yield from (("delegation_in", state) for state in guests)
        elif (_ours(document, side) or _is_ours_unnamed(document, side)) and (
            ("{meet_with}" in match.frame.form and side == other) or _is_abroad(document, match)
        ):
            hosts = one if side == other else other
            yield from (("delegation_out", state) for state in _foreign(document, hosts, match))


def _is_abroad(document: Document, match: Match) -> bool:
    """Return whether a sentence is set in another state: 베이징에서."""
    places = [p.span for p in parsed(document, match.sentence).phrases if p.case == "에서" and not p.inside]
    return any(document.named_in(place) for place in places)


def _names_ambassador(document: Document, side: Span | None) -> bool:
    return bool(side and document.pattern(_AMBASSADOR).search(document.text, *side))


def _sides(document: Document, match: Match, partner: str) -> _Sides:
    """Return who takes part in what two sides do together."""
    one, other = sides_of(document, match)
    theirs = [_foreign(document, side, match) for side in (one, other)]
    ours = [_ours(document, side) for side in (one, other)]
    if match.frame.code in ("reception", "joint_event") and not any(theirs):  # 라오스주재 우리 나라 대사관에서
        places = [p.span for p in parsed(document, match.sentence).phrases if p.case == "에서" and not p.inside]
        missions = [state for place in places for state in _foreign(document, place, match)]
        theirs[0] = missions if len(missions) <= _MISSIONS else []
    everyone = list(dict.fromkeys([*theirs[0], *theirs[1]]))
    pairs = _pairs(document, match.sentence)
    if pairs and not everyone:
        return _Sides((pairs[0].partner,), are_ours=True)
    if not everyone and _BOTH_HALVES.search(document.text, *match.sentence):
        partner = document.lexicon.standings.other_half
    goes_on = everyone == [partner] and match.frame.code in ("reception", "agreement")
    if not everyone or goes_on:
        return _Sides((partner,) if partner else (), are_ours=True)
    if theirs[0] and theirs[1]:
        return _Sides(tuple(theirs[1] if ours[0] else theirs[0]), are_ours=any(ours))
    named, unnamed = (one, other) if theirs[0] else (other, one)
    is_first = bool(unnamed and named and unnamed[0] <= named[0])
    is_told_of_ours = is_first and _is_ours_unnamed(document, unnamed)
    return _Sides(tuple(everyone), bool(any(ours) or pairs or is_told_of_ours or _is_at_home(document, match)))


def _foreign(document: Document, side: Span | None, match: Match) -> list[str]:
    """Return the states of those whom a side names; of a reception also where its hosts are posted."""
    if side is None:
        return []
    named = [n for n in document.named_in(side) if n.role != "pair" and not document.opposes(n)]
    there = [n for n in named if POSTED.match(document.text, n.end)]
    is_embassy = match.frame.code in ("reception", "courtesy_call", "joint_event")
    return list(dict.fromkeys(n.partner for n in named if n not in there or is_embassy))


def _ours(document: Document, side: Span | None) -> bool:
    """Return whether a side names somebody of Pyongyang's, and no place of posting: 우리 나라 주재 | 중국대사."""
    if side is None:
        return False
    return _names_ours(document, side) or document.pattern(_OUR_OWN).search(document.text, *side) is not None


def _names_ours(document: Document, span: Span) -> bool:
    named = (n for n in parties(document, span) if n.partner == HOME)
    return any(n.role not in ("capital", "outside") for n in named)


def _is_ours_unnamed(document: Document, side: Span | None) -> bool:
    """Return whether a side that names no state is Pyongyang's by post or body: its papers leave the state out."""
    looks_so = side is not None and document.pattern(_LIKE_OURS).search(document.text, *side) is not None
    return looks_so and may_be_ours(document, side) and not any(n.role == "outside" for n in document.home)


def _journey(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield the visit or the delegation of somebody who goes to another state, or comes from one."""
    who = match.side1
    if who and (
        document.word_of("resident").search(document.text, *who)
        or document.pattern(_AMBASSADOR).search(document.text, *who)
    ):
        return
    hosts = [n.partner for n in _hosts(document, match)]
    is_unsaid = match.side2 is None or not document.named_in(match.side2)
    if who and is_unsaid and (end := _end_of_journey(document, who)):  # 외무성대표단 | 몽골 | 방문
        who, hosts = (who[0], end.start), [end.partner]
    guests = _foreign(document, who, match)
    is_group = bool(who and document.word_of("delegation").search(document.text, *who))
    if who and match.frame.code and document.word_of("side_at_talks").search(document.text, *match.sentence):
        return
    if who and not is_group and not _is_somebody(document, who):
        return  # goods, ships, a people
    if guests and not _ours(document, who):
        comes = is_group and not match.frame.code and match.side2 is None and may_be_ours(document, None)
        if (
            (comes or _is_at_home(document, match))
            and not (set(hosts) - set(guests))
            and (is_group or not match.frame.code)
        ):
            yield from (("delegation_in" if is_group else "visit", state) for state in guests)
    elif who and match.frame.direction != "in":
        visited = list(dict.fromkeys(hosts)) or [
            state for state in (state_visited(document.text, match.sentence),) if state
        ]
        yield from (
            ("delegation_out" if is_group else "visit", state)
            for state in visited
            if _ours(document, who) or _is_ours_unnamed(document, who)
        )


def _is_somebody(document: Document, who: Span) -> bool:
    """Return whether a span names a person, by name or by post."""
    named = any(is_person(n) for n in (*document.named_in(who), *document.home_in(who)))
    return named or document.pattern(_PERSON).search(document.text, *who) is not None


def _end_of_journey(document: Document, who: Span) -> Mention | None:
    """Return the state that stands in a headline between who goes and the word for going."""
    last = next(reversed(document.named_in(who)), None)
    is_last = last and last.role in ("name", "short") and not document.text[last.end : who[1]].strip()
    return last if is_last and last and document.text[who[0] : last.start].strip(" -") else None


def _hosts(document: Document, match: Match) -> list[Mention]:
    """Return the states to which somebody goes: by the frame's second side, else by the sentence's places."""
    monument = document.word_of("monument")
    if match.side2 and (named := document.named_in(match.side2)):
        return [] if monument.search(document.text, *match.side2) else named
    phrases = [p for p in parsed(document, match.sentence).phrases if p.span != match.side1]
    phrases = [p for p in phrases if p.case in _PLACES or "초청" in document.text[p.start : p.end]]
    phrases = [p for p in phrases if not monument.search(document.text, *p.span)]
    return [n for p in phrases for n in document.named_in(p.span) if not POSTED.match(document.text, n.end)]


def _is_at_home(document: Document, match: Match) -> bool:
    """Return whether a sentence or the lead names a place or somebody of Pyongyang's.

    What a line of a review of newspapers tells is news of home.
    """
    here = document.word_of("here")
    return is_review(document) or any(
        here.search(document.text, *each) or _names_ours(document, each) or _pairs(document, each)
        for each in (match.sentence, document.opening[-1])
    )


def _pairs(document: Document, span: Span) -> list[Mention]:
    """Return the words that name another state together with Pyongyang: 조중, 북러."""
    named = [n for n in document.named_in(span) if n.role == "pair"]
    return [n for n in named if HOME_IN_PAIR.search(document.text, n.start, n.end)]


def _who(document: Document, match: Match) -> tuple[Span, ...]:
    """Return the delegation, if a journey is one's; else the leaders and officials of a sentence; else the sides."""
    side = match.side1
    if not match.frame.code and side and document.word_of("delegation").search(document.text, *side):
        return (side,)
    sides = sorted(filter(None, (match.side1, match.side2))) or [match.sentence]
    both = [n for each in sides for n in sorted([*document.named_in(each), *document.home_in(each)], key=_start)]
    people = tuple(_with_post(document, n) for n in both if is_person(n) and not is_unseen(document, n))
    return people or tuple(sides)


def _with_post(document: Document, person: Mention) -> Span:
    """Return the span of a person with the post that follows the name: "최선희 외무상"."""
    start, end = person.start, person.end
    post = next(document.lexicon.posts.offices(document.small, "ko", end, end + 10), None)
    return start, post.end() if post and _NOTHING_BETWEEN.fullmatch(document.text, end, post.start()) else end
