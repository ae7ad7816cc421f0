"""Contacts in Korean by the frames of frames.csv: who goes where, meets whom, gives a reception, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.people import is_summit, pairs, people, ranks
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.korean import KOREANS_ABROAD, parsed
from sunchi.signals.grammar.word_order import state_visited, without_quotations
from sunchi.signals.korean_frames import Side, matches, parties, side_at, sides_of
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.rationale import UNDONE, Contact
from sunchi.text import Span

# 회담 10돐, 방문|기념: remembered; 행각을 규탄, 회담에 대하여: spoken of
_NOT_TOLD = Pattern(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)|기념|[을를에과와] {spoken_of}", "ko")
_LONG_AGO = re.compile("[0-9]+년 ?전|지난해|작년")  # begins a sentence: 2년전 두 나라는
# 회담이 평양에서 진행되였다, 회담 결렬; no 회담이 끝난 후
_HELD = Pattern(r"에서|들?[을를이가]? ?(?:[^\s,.]+ ){0,3}?{took_place}(?![가-힣]{0,2}것)|\W*(?:\n|$)|[…\"',]", "ko")
_SENT_WORD = Pattern("{message_noun}들?을?를? {send}", "ko")  # 방문을 마치고 귀국하면서 | 감사전문을 보내였다: no visit
_QUOTES = Pattern("[고며] {speakers_verb}", "ko")  # what a speaker tells of
# 착공식에 참가한 | 대표단이 떠났다; 교향악단의 공연을 | 관람하였다: an event of both if theirs perform
_ATTENDED = Pattern("[을를] {attend}|에 {attend}(?!하였다|했다|하시였|되였)", "ko")
_TRAVEL = ("", "visit", "delegation_in")  # codes of frames that tell of a journey, or of guests who are seen here
_PLACES = ("을", "에", "에서", "로")  # cases of where somebody goes: 로씨야에서 진행되는 회의에 참가하기 위하여
# 대표단, 대표단 | 단장들인 A,B; 외무상|일행
_GUESTS = Pattern("(?P<group>{delegation}(?:(?: 단장들?)?$| 단장(?:,대표)?들?인 ))|일행$", "ko")
# 초청에 의하여 … 공식방문하게 된다: told by both sides beforehand
_ANNOUNCED = Pattern("초청에 [^\n]*{pay_visit}[^\n]*하게 된다", "ko")
_VISITING = Pattern("{our_side}를 [^.\n]{0,6}방문하고 ?있는", "ko")  # who takes part is here on a visit


def besides(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact]:
    """Yield the contacts of a later sentence that go on with those of the lead's one state."""
    lead = document.opening[-1]
    if attends := [word.start() for word in document.word_of("attend").finditer(document.text, *sentence)]:
        present = (sentence[0], attends[-1])  # 모임에는 대사관 성원들이 | 참가하였다
        diplomat = document.word_of("diplomat").search(document.text, *present)
        if diplomat and document.word_of("gathering").search(document.text, *lead):
            guests = {n.partner for n in document.named_in(present)}
            celebrated = dict.fromkeys(n.partner for n in document.named_in(lead) if n.partner in guests)
            yield from (Contact("joint_event", state, (lead,), lead) for state in celebrated)
        if document.pattern(_VISITING).search(document.text, *present):
            yield from told(document, sentence)
    if len(partners) == 1 and not document.pattern(_QUOTES).search(document.text, *sentence):
        yield from told(document, sentence, *partners)


def told(document: Document, sentence: Span, partner: str = "") -> Iterator[Contact]:
    """Yield what each frame of a sentence tells, and what only looks like a contact.

    `partner` is whom a sentence after the lead speaks of without naming him.
    """
    unquoted = without_quotations(document.text[slice(*sentence)])
    is_announced = document.pattern(_ANNOUNCED).search(unquoted)
    is_old = document.is_of_an_older_year(sentence) or _LONG_AGO.match(unquoted)
    is_near = document.word_of("day_to_come").search(unquoted)
    before: list[str] = []  # the states of which the sentence has told
    for match in matches(document, "contact", (sentence,)):
        start, end = (place - sentence[0] for place in match.words)
        is_to_come = not is_announced and (is_near or document.word_of("not_yet").search(unquoted, start))
        is_agreed = match.before_noun and match.frame.code == "agreement"  # 체결된 | 조약
        sent = document.pattern(_SENT_WORD).search(document.text, match.words[1], sentence[1])
        by_the_way = is_agreed or (sent and match.frame.code in _TRAVEL)
        is_quoted = not unquoted[start:end].strip()
        if is_quoted or by_the_way or not (is_to_come or _is_held(document, match)):
            continue
        for kind, state in _told(document, match, partner or "".join(before[:1])):
            before.append(state)
            is_undone = is_to_come or is_old or document.pattern(_NOT_TOLD).match(document.text, match.words[1])
            who = _who_takes_part(document, match, kind)
            is_in_doubt = kind == "summit" and (partner or not match.frame.form.endswith("{summit_talks}"))
            if is_in_doubt and not is_summit(document, (who[0][0], who[-1][1])):
                continue
            yield Contact(kind, state, who, sentence, match.frame, UNDONE if is_undone else "")


def _is_held(document: Document, match: Match) -> bool:
    """Return whether talks of which only a noun tells are held, 회담이 진행되였다; no word only ends so: 강|연회."""
    form, start = match.frame.form, match.words[0]
    if document.pattern(_ATTENDED).match(document.text, match.words[1]) and not _performers(document, match):
        return False
    if document.text.endswith("강", 0, start):
        return False
    if form == "{SIDE1}이 {committee_session}":  # 조로수산공동위원회 제34|차회의
        return document.text[match.sentence[0] : start].rstrip("제0123456789 ").endswith("위원회")
    is_noun = form.endswith(("이 {talks_alone}", "{talk_with}", "{summit_talks}"))
    return not is_noun or document.pattern(_HELD).match(document.text, match.words[1]) is not None


def _told(document: Document, match: Match, partner: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the state of each contact that a match tells of; `partner` where it names none."""
    kind = match.frame.code
    if document.pattern(KOREANS_ABROAD).search(document.text, *match.sentence):
        return
    if kind in _TRAVEL:
        yield from _journey(document, match)
        yield from (("summit", n.partner) for n in side_at(document, match.side1).theirs[:1])
        return
    sides = sides_of(document, match)
    states = _partners(document, match, sides, partner)
    with_envoy = document.word_of("ambassador").search(document.text, *match.sentence)
    is_call = with_envoy or document.word_of("farewell_call").search(document.text, 0, document.opening[-1][1])
    yield from (("courtesy_call" if kind == "talks" and is_call else kind, state) for state in states)
    is_here = match.frame.direction != "both" or document.word_of("here").search(document.text, *match.sentence)
    if states and is_here:
        yield from _guests(document, match, sides)


def _guests(document: Document, match: Match, sides: tuple[Side, Side]) -> Iterator[tuple[str, str]]:
    """Yield whose delegation a side is, or whose minister with his party: theirs is a guest here, ours is abroad.

    A leader or minister for whom a reception is given is a guest, too.
    """
    for side, opposite in (sides, sides[::-1]):
        span = side.span or (0, 0)
        found = document.pattern(_GUESTS).search(document.text, *span)
        is_feasted = match.frame.code == "reception" and side is sides[1]
        if found or (is_feasted and any(ranks(document, span, side.theirs))):
            guests = [n.partner for n in side.theirs]
            kind = ("delegation_in" if guests else "delegation_out") if found and found["group"] else "visit"
            yield from ((kind, state) for state in dict.fromkeys(guests or _states(document, opposite, match)))


def _who_takes_part(document: Document, match: Match, kind: str) -> tuple[Span, ...]:
    """Return the delegation, if a journey is one's; else the leaders and officials of the sides; else the sides."""
    side = match.side1
    if not match.frame.code and side and document.word_of("delegation").search(document.text, *side):
        return (side,)
    both = sorted(filter(None, (side, match.side2))) or [match.sentence]
    sides = [side] if side and match.frame.code in _TRAVEL and kind != "summit" else both
    return tuple(who for side in sides for who in people(document, side) or (side,))


def _partners(document: Document, match: Match, sides: tuple[Side, Side], partner: str) -> list[str]:
    """Return the states of those with whom ours do something together; none if nobody of ours takes part."""
    theirs = [_states(document, side, match) for side in sides]
    if not any(theirs):
        named = _performers(document, match) or pairs(document, match.sentence)
        return [state for state in (*(n.partner for n in named), partner) if state][:1]
    one, other = sides
    if all(theirs):
        return theirs[1] if one.is_ours else theirs[0] if other.is_ours else []
    unnamed = other if theirs[0] else one
    is_ours = one.is_ours or other.is_ours or unnamed.may_be_ours
    is_ours = is_ours or any(side.span and _is_mission(document, side.span) and not side.posted for side in sides)
    return theirs[0] or theirs[1] if is_ours or _is_at_home(document, match) else []


def _states(document: Document, side: Side, match: Match) -> list[str]:
    """Return the states of those whom a side names, and where they are posted."""
    named = [*side.posted, *side.theirs]
    if match.frame.code == "joint_event" and side.span and document.text.startswith("에서", side.span[1]):
        named = named if _is_mission(document, side.span) else []  # no hall of theirs: 중국,네팔에서
    return list(dict.fromkeys(n.partner for n in named))


def _performers(document: Document, match: Match) -> list[Mention]:
    """Return the states whose artists perform: 로씨야|예술단의 공연을 관람하시였다."""
    phrase = parsed(document, match.sentence).phrase_at(match.words[0])
    is_performed = phrase is not None and document.text.endswith("공연", *match.words)
    return document.named_in((phrase.start, match.words[0])) if phrase and is_performed else []


def _is_at_home(document: Document, match: Match) -> bool:
    """Return whether a sentence or the lead names a place or somebody of ours; the lines of a review all do."""
    here = document.word_of("here")
    lead = document.opening[-1]
    following = [s for s in document.body if s > lead][:1]  # as who saw him off
    return document.is_review or any(
        here.search(document.text, *each)
        or any(n.partner == HOME for n in parties(document, each))
        or pairs(document, each)
        for each in (match.sentence, lead, *following)
    )


def _journey(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield the visit or the delegation of somebody who goes to another state, or comes from one."""
    span, hosts = _who_goes_where(document, match)
    if span is None or document.word_of("joint_event").search(document.text, *span):
        return  # 우리 나라를 방문한 | 중국예술단의 공연: told of as an event of both
    is_led = document.word_of("leads_group").search(document.text, match.sentence[0], match.words[0])
    is_group = is_led or document.word_of("delegation").search(document.text, *span)
    if not (is_group or _travels(document, span)):
        return
    if match.side1 is None and match.frame.form.endswith("{welcome_guests}"):
        return  # 부총리가 영접하였다 says of nobody that he came
    who, visited, seen_here = side_at(document, span), side_at(document, match.side2), match.frame.code
    guests = _states(document, who, match)
    if match.side2 and _is_mission(document, match.side2) and not visited.theirs:
        yield from (("courtesy_call", state) for state in guests)  # on our mission in their capital
    elif guests and not who.is_ours:
        is_at_home = _is_at_home(document, match) and (is_group or seen_here != "delegation_in")
        is_sure = is_group and not seen_here and not match.frame.form.endswith("{pay_visit}")
        if (is_sure or is_at_home) and set(hosts) <= set(guests):
            yield from (("delegation_in" if is_group else "visit", state) for state in guests)
    elif match.frame.direction != "in" and (who.is_ours or who.may_be_ours):
        goals = hosts or filter(None, [state_visited(document.lexicon, document.text, match.sentence)])
        yield from (("delegation_out" if is_group else "visit", state) for state in dict.fromkeys(goals))


def _who_goes_where(document: Document, match: Match) -> tuple[Span | None, list[str]]:
    """Return who goes, and to which states: those of the second side, of a headline's end, or of any place named."""
    who, to = match.side1 or match.side2, match.side2
    goal = _states_at(document, [to]) if to else []
    if who is None or goal:
        return who, goal
    last = document.named_in(who)[-1:]
    if last and last[0].role in ("name", "short") and not document.text[last[0].end : who[1]].strip():
        return (who[0], last[0].start), [last[0].partner]  # 외무성대표단 | 몽골 | 방문
    sentence = parsed(document, match.sentence)
    phrases = [p for p in sentence.phrases if p.case in _PLACES or "초청" in document.text[p.start : p.end]]
    return who, _states_at(document, [sentence.list_at(p.start) for p in phrases])  # 로씨야와 | 중국에 대한 방문


def _states_at(document: Document, places: Iterable[Span]) -> list[str]:
    """Return the states that places name, by their capitals, too."""
    meant = [name for a, b in places for read in document.names if a <= read.span[0] < b for name in read.meant]
    return [name.partner for name in meant if name.partner not in (HOME, *document.lexicon.standings.past)]


def _is_mission(document: Document, span: Span) -> bool:
    """Return whether a phrase names an embassy or the like: 주조 중국|대사관."""
    return document.text.endswith(document.class_words("mission"), *span)


def _travels(document: Document, who: Span) -> bool:
    """Return whether somebody is a person who travels, and no resident envoy."""
    named = any(is_person(n) for n in document.all_in(who))
    is_envoy = document.word_of("resident_envoy").search(document.text, *who)
    return not is_envoy and (named or document.word_of("traveller").search(document.text, *who) is not None)
