"""Contacts in Korean by the frames of frames.csv: who goes where, meets whom, gives a reception, signs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact import clauses
from sunchi.signals.document import Document, per_document
from sunchi.signals.frames import Match
from sunchi.signals.grammar.dates import is_of_an_older_year
from sunchi.signals.grammar.korean import KOREANS_ABROAD, OCCASION, parsed
from sunchi.signals.grammar.word_order import state_visited, without_quotations
from sunchi.signals.korean_frames import POSTED, matches, may_be_ours, parties, sides_of
from sunchi.signals.mentions import is_person
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_NOT_YET = Pattern("{not_yet}|[?]|오는 [0-9]", "ko")  # 오는 3일
_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")  # 회담 10돐: remembered
# 회담이 평양에서 진행되였다, 회담 결렬; no 회담이 끝난 후
_HELD = Pattern(r"에서|[을를이가]? ?(?:[^\s,.]+ ){0,3}?{took_place}|\W*$|\W*\n|[…\"',]", "ko")
_ATTENDED = Pattern("{diplomat}[^.\n]{0,50}{attend}", "ko")  # 대사관 성원들이 참가
_QUOTES = Pattern("(?:고|라고|며) {speakers_verb}", "ko")  # what a speaker tells of
_MEETINGS = ("talks", "courtesy_call")
_PRESENT = Pattern("[^ ,.]{0,20}{delegation}(?=[^.\n]{0,90}{attend})", "ko")  # 공안성대표단 | 성원들이 참가
_GROUP = Pattern("{delegation}(?: 단장들?)?$", "ko")
_OUR_OWN = Pattern("(?<![가-힣])(?:조선(?!족)|{our_side})", "ko")  # 조선외무상, 우리측
# 초청에 의하여 … 공식방문하게 된다: told by both sides beforehand
_ANNOUNCED = Pattern("초청에 [^\n]*{pay_visit}[^\n]*하게 된다", "ko")
_AND_OTHERS = re.compile("(?:[과와]|,| 및) ?$")
_MISSION = re.compile("(?:대사관|대표부|령사관)$")
_PLACES = ("을", "에", "에서", "로")  # cases of where somebody goes: 로씨야에서 진행되는 회의에 참가하기 위하여


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that an article reports, and what only looked like one; talks at a call are the call."""
    found = list(clauses.find(document, _read, _besides))
    contacts = [each for each in found if isinstance(each, Contact)]
    calls = [each.partner for each in contacts if each.kind == "courtesy_call"]
    at_calls = [each for each in contacts if each.kind == "talks" and each.partner in calls]
    yield from (each for each in found if each not in at_calls)


def read(document: Document, sentence: Span) -> Iterator[Contact]:
    """Yield every contact that one sentence reports."""
    return clauses.done(_read(document, sentence))


@per_document  # asked for every sentence
def _is_of_gathering(document: Document) -> bool:
    """Return whether the lead tells of a gathering."""
    return bool(document.word_of("gathering").search(document.text, *document.opening[-1]))


def _besides(document: Document, sentence: Span, told: set[tuple[str, str]]) -> Iterator[Contact]:
    """Yield the contacts of a later sentence that go on with those of the lead's one state."""
    lead = document.opening[-1]
    if _is_of_gathering(document) and (attended := document.pattern(_ATTENDED).search(document.text, *sentence)):
        guests = {n.partner for n in document.named_in((sentence[0], attended.start() + 1))}
        celebrated = dict.fromkeys(n.partner for n in document.named_in(lead) if n.partner in guests)
        yield from (Contact("joint_event", state, (lead,), lead) for state in celebrated)
    if not told:
        return
    present = document.pattern(_PRESENT).search(document.text, *sentence)
    if present and document.word_of("here").search(document.text, *lead):
        for n in document.named_in((sentence[0], present.end()))[-1:]:
            if any(n.partner == partner for _, partner in told):
                yield Contact("delegation_in", n.partner, (present.span(),), sentence)
    if document.pattern(_QUOTES).search(document.text, *sentence):
        return
    partners = {partner for _, partner in told}
    for each in clauses.done(_read(document, sentence, *partners)) if len(partners) == 1 else ():
        is_of_call = each.kind == "talks" and ("courtesy_call", each.partner) in told
        if not is_of_call and (each.partner in partners or each.kind.startswith("delegation")):
            yield each


def _read(document: Document, sentence: Span, partner: str = "") -> Iterator[tuple[Contact, str]]:
    """Yield what each frame of a sentence tells, and why it is none; "" where it has taken place.

    `partner` is whom a sentence after the lead speaks of without naming him. Of a meeting and the talks at it the first
    word counts.
    """
    unquoted = without_quotations(document.text[slice(*sentence)])
    is_announced = document.pattern(_ANNOUNCED).search(unquoted)
    is_old = is_of_an_older_year(document, sentence)
    met: list[str] = []
    for match in matches(document, "contact", (sentence,)):
        start, end = match.words
        is_to_come = document.pattern(_NOT_YET).search(unquoted, start - sentence[0]) is not None and not is_announced
        is_quoted = not unquoted[start - sentence[0] : end - sentence[0]].strip()
        by_the_way = match.before_noun and match.frame.code == "agreement"  # 체결된 | 조약
        if is_quoted or by_the_way or not (is_to_come or _is_held(document, match)):
            continue
        only = partner or (met[0] if len(met) == 1 else "")
        for kind, state in _told(document, match, only):
            if kind in _MEETINGS and state in met:
                continue
            met += [state] if kind in _MEETINGS else []
            is_undone = is_to_come or is_old or _is_remembered(document, match)
            who = _who_takes_part(document, match)
            yield Contact(kind, state, who, sentence, match.frame), clauses.UNDONE if is_undone else ""


def _is_held(document: Document, match: Match) -> bool:
    """Return whether talks of which only a noun tells are held, 회담이 진행되였다; no word only ends so: 강|연회."""
    if match.frame.code == "reception" and document.text.endswith("강", 0, (match.told or match.words)[0]):
        return False
    is_noun = match.frame.form.endswith(("이 {talks_alone}", "와 {talk_with}"))
    return not is_noun or document.pattern(_HELD).match(document.text, match.words[1]) is not None


def _is_remembered(document: Document, match: Match) -> bool:
    """Return whether a match tells of what is commemorated: 회담 10돐, 로씨야를 방문하신 15돐에 즈음하여."""
    after = [p for p in parsed(document, match.sentence).phrases if p.case == OCCASION and p.start >= match.words[1]]
    is_day = any(_YEARS_AGO.search(document.text, *phrase.span) for phrase in after)
    return is_day or _YEARS_AGO.match(document.text, match.words[1]) is not None


def _told(document: Document, match: Match, partner: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and the state of each contact that a match tells of; `partner` where it names none."""
    kind = match.frame.code
    if document.pattern(KOREANS_ABROAD).search(document.text, *match.sentence):
        return
    if kind in ("", "delegation_in"):
        yield from _journey(document, match)
        return
    states = _partners(document, match, partner)
    sides = [side for side in (match.side1, match.side2) if side]
    is_call = document.word_of("farewell_call").search(document.text, *match.sentence) or any(
        document.word_of("ambassador").search(document.text, *side) for side in sides
    )
    kind = "courtesy_call" if kind == "talks" and is_call else kind
    yield from ((kind, state) for state in states)
    if states and kind == "talks" and match.frame.direction == "by sides":
        yield from _delegations(document, match)


def _who_takes_part(document: Document, match: Match) -> tuple[Span, ...]:
    """Return the delegation, if a journey is one's; else the leaders and officials of the sides; else the sides."""
    side = match.side1
    if not match.frame.code and side and document.word_of("delegation").search(document.text, *side):
        return (side,)
    sides = sorted(filter(None, (match.side1, match.side2))) or [match.sentence]
    return clauses.people(document, sides) or tuple(sides)


def _partners(document: Document, match: Match, partner: str) -> list[str]:
    """Return the states of those with whom ours do something together; none if nobody of ours takes part."""
    sides = sides_of(document, match)
    theirs = [_foreign(document, side, match) for side in sides]
    everyone = list(dict.fromkeys([*theirs[0], *theirs[1]]))
    if not everyone:
        pairs = [pair.partner for pair in clauses.pairs(document, match.sentence)]
        return [*pairs, partner][:1] if pairs or partner else []
    ours = [_is_ours(document, side) for side in sides]
    if all(theirs):
        return theirs[1] if ours[0] else theirs[0] if ours[1] else []
    named, unnamed = sides if theirs[0] else sides[::-1]
    is_told_of_ours = _is_ours_unnamed(document, unnamed) or _is_listed_with_ours(document, named)
    return everyone if any(ours) or is_told_of_ours or _is_at_home(document, match) else []


def _delegations(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield the delegation that meets somebody of the other side: theirs as guests here, or ours abroad."""
    one, other = sides_of(document, match)
    scenes = [p.span for p in parsed(document, match.sentence).phrases if p.case == "에서"]
    is_abroad = any(document.named_in(scene) for scene in scenes)  # 베이징에서
    for side, opposite in ((one, other), (other, one)):
        if not side or not document.pattern(_GROUP).search(document.text, *side):
            continue
        if document.text.startswith("과의", side[1]):
            continue  # 대표단과의 회담
        is_here = _is_at_home(document, match) or (not is_abroad and _is_ours_unnamed(document, opposite))
        if (guests := _foreign(document, side, match)) and is_here:
            yield from (("delegation_in", state) for state in guests)
        elif is_abroad or side == other:
            yield from (("delegation_out", state) for state in _foreign(document, opposite, match))


def _foreign(document: Document, side: Span | None, match: Match) -> list[str]:
    """Return the states of those whom a side names; of a reception also where its hosts are posted."""
    if side is None:
        return []
    named = [n for n in document.named_in(side) if n.role != "pair"]
    if (
        match.frame.code == "joint_event"
        and document.text.startswith("에서", side[1])
        and not _MISSION.search(document.text, *side)
    ):
        return []  # where they were held: 중국,네팔,라오스에서
    is_of_mission = match.frame.code in ("reception", "courtesy_call", "joint_event")
    return list(dict.fromkeys(n.partner for n in named if is_of_mission or not POSTED.match(document.text, n.end)))


def _is_ours(document: Document, side: Span | None) -> bool:
    """Return whether a side is Pyongyang's by name, or says that it is: 조선외무상, 우리측."""
    says_so = side and (_names_ours(document, side) or document.pattern(_OUR_OWN).search(document.text, *side))
    return bool(says_so)


def _names_ours(document: Document, span: Span) -> bool:
    """Return whether a span names somebody of Pyongyang's, as its own papers name him."""
    named = (n for n in parties(document, span) if n.partner == HOME)
    return any(n.role not in ("capital", "outside") for n in named)


def _is_ours_unnamed(document: Document, side: Span | None) -> bool:
    """Return whether a side that names no state is Pyongyang's: papers that speak of "north Korea" name the state."""
    return side is not None and may_be_ours(document, side) and not any(n.role == "outside" for n in document.home)


def _is_listed_with_ours(document: Document, side: Span | None) -> bool:
    """Return whether ours stand before the others of a side, by post or body: 외무성 일군들과 | 라오스대사관 성원들."""
    for first in document.named_in(side)[:1] if side else ():
        if side and (before := _AND_OTHERS.search(document.text, side[0], first.start)):
            return _is_ours_unnamed(document, (side[0], before.start()))
    return False


def _is_at_home(document: Document, match: Match) -> bool:
    """Return whether a sentence or the lead names a place or somebody of Pyongyang's.

    What a line of a review of newspapers tells is news of home.
    """
    here = document.word_of("here")
    return document.is_review or any(
        here.search(document.text, *each) or _names_ours(document, each) or clauses.pairs(document, each)
        for each in (match.sentence, document.opening[-1])
    )


def _journey(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield the visit or the delegation of somebody who goes to another state, or comes from one."""
    who, hosts = _who_goes_where(document, match)
    if who is None or not _travels(document, match, who):
        return
    is_group = document.word_of("delegation").search(document.text, *who) is not None
    is_presence = bool(match.frame.code)  # that a delegation was seen somewhere is all that is told
    guests = _foreign(document, who, match)
    if match.side2 and _MISSION.search(document.text, *match.side2) and not _foreign(document, match.side2, match):
        yield from (("courtesy_call", state) for state in guests)  # on our mission in their capital
    elif guests and not _is_ours(document, who):
        comes = is_group and not is_presence and match.side2 is None
        if (comes or _is_at_home(document, match)) and set(hosts) <= set(guests):
            yield from (("delegation_in" if is_group else "visit", state) for state in guests)
    elif match.frame.direction != "in" and (_is_ours(document, who) or _is_ours_unnamed(document, who)):
        visited = hosts or filter(None, [state_visited(document.text, match.sentence)])
        yield from (("delegation_out" if is_group else "visit", state) for state in dict.fromkeys(visited))


def _who_goes_where(document: Document, match: Match) -> tuple[Span | None, list[str]]:
    """Return who goes, and to which states: what the frame's second side names, else the places of the sentence.

    A headline may run them together: 외무성대표단 | 몽골 | 방문, 최선희외무상 | 모스크바로 | 출발.
    """
    who, to = match.side1 or match.side2, match.side2
    goal = list(_states_at(document, [to])) if to and to != who else []
    if who is None or goal:
        return who, goal
    for last in document.named_in(who)[-1:]:
        is_end = last.role in ("name", "short") and not document.text[last.end : who[1]].strip()
        if is_end and document.text[who[0] : last.start].strip(" -"):
            return (who[0], last.start), [last.partner]
    sentence = parsed(document, match.sentence)
    phrases = [p for p in sentence.phrases if p.case in _PLACES or "초청" in document.text[p.start : p.end]]
    places = [(sentence.list_at(p.start)[0], p.end) for p in phrases]  # 로씨야와 | 중국에 대한 방문
    return who, list(_states_at(document, places))


def _states_at(document: Document, places: Iterable[Span]) -> Iterator[str]:
    """Return the states that places name, by their capitals, too, and no monument that bears a state's name."""
    for start, end in places:
        if not document.word_of("monument").search(document.text, start, end):
            named = [read for read in document.names if start <= read.span[0] < end]
            named = [read for read in named if not POSTED.match(document.text, read.span[1])]
            yield from (name.partner for read in named for name in read.meant if name.partner != HOME)


def _travels(document: Document, match: Match, who: Span) -> bool:
    """Return whether somebody is one who travels: a person or group, not at the table, and no resident envoy."""
    if document.word_of("side_at_talks").search(document.text, *match.sentence):
        return False
    if document.word_of("delegation").search(document.text, *who):
        return True
    named = any(is_person(n) for n in (*document.named_in(who), *document.home_in(who)))
    is_envoy = document.word_of("ambassador").search(document.text, *who)
    return not is_envoy and (named or document.word_of("traveller").search(document.text, *who) is not None)
