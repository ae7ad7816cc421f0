"""Contacts in Chinese, by the nouns and verbs of headline and first sentence, and what goes with them.

Two states besides the home side in one sentence are as often third parties as partners; then only a form that holds
both sides (朝中) says whose contact it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.absent import is_unseen
from sunchi.signals.document import Document
from sunchi.signals.grammar import word_order
from sunchi.signals.grammar.english import is_review
from sunchi.signals.grammar.word_order import HOME_IN_PAIR, has_its_own_time, state_visited, without_quotations
from sunchi.signals.mentions import Mention, is_person
from sunchi.signals.message.detect import reports
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Contact
from sunchi.text import Span

_INVITED = re.compile("应[^,;。\n]{2,60}邀请")  # 应老挝政府邀请
_OF_LEADERS = "首脑"  # whose talks are a summit: 朝美首脑会晤
_AMBASSADOR = Pattern("{ambassador}(?!馆)", "zh")  # no 大使馆, the building
_NEXT_ITEM = Pattern("{next_item}", "zh")
_NEWCOMER = Pattern("新任[^,;.。\n]{0,12}{ambassador}|{take_up_post}", "zh")  # 新任老挝大使
_HERE = Pattern("(?<!日本){here}", "zh")  # 来访, and no 日本外务省
_CONCLUDED = Pattern("{sign}了", "zh")  # 签署了
_NAMED_DELEGATION = Pattern("[^,;。:\n]{0,60}?{delegation}", "zh")  # 老挝教育部|代表团
_BEFORE_IT = Pattern("^.*(?:{welcome_guest}|的名义|访问.*?的|\\d日|今天|昨天)", "zh")  # …3日 | 老挝代表团
_JOURNEY = Pattern("的?(?:正式|友好|国事)?(?:访问)?{journey}", "zh")  # 对老挝的|正式访问行程
_INVITED_BY = re.compile("应(?:[^,;。\n]{0,6})$")  # 应老挝|邀请
_INVITES = re.compile("[^,;。\n]{0,40}?邀请")  # 老挝政府的邀请
_NOT_YET = Pattern("{not_yet}|将$", "zh")  # 两国将|会谈
# "Will" reaches over a comma where the sentence goes on with "and": 将于10日率团出席庆典,并对朝鲜进行访问
_WILL = Pattern("{will}(?:[^,;。\n]|,(?:并|还|同时))*$", "zh")
_CAME_TO_NOTHING = Pattern("[^,。\n]{0,6}(?:{come_to_nothing}|[?])|[^,。\n]{0,10}周年", "zh")  # 会谈|取消; 建交|60周年
_NEAR = 16  # characters before a noun of contact in which its "will" or "proposes" stands
# "首脑举行会谈", "政府间经贸委员会第五次会议", "进行了友好谈话", and no 会见记者
_TALKS = Pattern(
    "首脑[^,;。\n]{0,6}?(?:会谈|会晤)|{talks}(?!记者)|政府间[^,;。\n]{0,24}委员会[^,;。\n]{0,8}会议"
    "|(?:进行了?|举行了?|亲切|友好)的?谈话",
    "zh",
)
# "签署了…协定", "协定…签字仪式", "互换了…批准书"
_AGREEMENT = Pattern(
    "{sign}[^,;。\n]{0,40}?{paper}|{paper}[^,;。\n]{0,20}?{sign}"
    "|(?:交换|互换)了?[^,;。\n]{0,20}批准书|批准书[^,;。\n]{0,10}(?:交换|互换)",
    "zh",
)
_DELEGATION = Pattern("{delegation}", "zh")
_MOVES = Pattern("{move}(?!团)|[访赴][朝华俄中美日韩越]", "zh")  # 访华; no 访问团, a delegation
# "结束对…的访问行程", "访华", "赴俄", and no 访越南, which names the state in full
_VISIT = Pattern("结束[^,;。\n]{0,12}{journey}|{visit}(?!团)|[访赴][朝华俄中美日韩越](?!南)", "zh")
_THEY = Pattern("{they}(?!还?{say_or_thank})", "zh")  # 双方; who only 双方表示 speaks
_SPEAKS = Pattern("{say_or_thank}|欢迎(?!招待|宴|仪式|晚会)", "zh")  # 欢迎, and no 欢迎宴, a banquet


def find(document: Document) -> Iterator[Contact | Rejected]:
    """Yield every contact that the headline or first sentence reports as done or under way, and what goes with it.

    That is other news of the same day, and what else the guests of the lead did, or by whose invitation they came. A
    contact that the headline gives in short and the lead announces for later is none.
    """
    partners: set[str] = set()
    lead_spans = document.body if is_review(document) else document.opening
    to_come = {
        (contact.kind, contact.partner)
        for lead in lead_spans
        if not document.word_of("sport").search(document.text, *lead)
        for contact, done in _spoken_of(document, lead, _partners(document, lead))
        if not done
    }
    for lead in lead_spans:
        for each in read(document, lead):
            if isinstance(each, Rejected):
                yield each
            elif lead[0] >= document.headline or (each.kind, each.partner) not in to_come:
                partners.add(each.partner)
                yield each
    for sentence in document.sentences[bisect_right(document.sentences, lead_spans[-1]) :]:
        if document.pattern(_NEXT_ITEM).match(document.text, *sentence):
            yield from read(document, sentence)
        elif partners and _INVITED.search(document.text, *sentence):
            found = read(document, sentence)
            yield from (each for each in found if isinstance(each, Rejected) or each.partner in partners)
        elif partners and not has_its_own_time(document, sentence):
            yield from _besides(document, sentence, partners)


def _besides(document: Document, sentence: Span, partners: set[str]) -> Iterator[Contact | Rejected]:
    """Yield a banquet for the guests of the lead, their delegation, talks with one of ours, and what they sign."""
    they = document.pattern(_THEY).match(document.text, *sentence) is not None
    named = document.named_in(sentence)
    guests = {n.partner for n in named} or partners
    if len(guests) != 1 or not guests <= partners:
        return
    partner = next(iter(guests))
    if document.word_of("reception").search(document.text, *sentence):
        yield Contact("reception", partner, _who(document, "reception", sentence), sentence)
    if document.pattern(_SPEAKS).search(document.text, *sentence) or any(
        sent.span == sentence for sent in reports(document)
    ):
        return
    met = they or any(is_person(n) for n in document.home_in(sentence))
    # One who came with a delegation is told of by it
    alone = any(map(is_person, named)) and not document.word_of("delegation").search(document.text)
    is_reported = {
        "delegation_in": bool(named) or they,
        "delegation_out": bool(named) or they,
        "talks": met,
        "agreement": met or not named or _is_between(document, sentence, named),
        "visit": alone and any(_is_host(document, n) for n in document.home_in(sentence)),
    }
    for each in read(document, sentence, partner):
        if isinstance(each, Rejected) or is_reported.get(each.kind):
            yield each


def _is_between(document: Document, sentence: Span, named: list[Mention]) -> bool:
    """Return whether a sentence says of both sides that they have signed: "a treaty between the two was concluded"."""
    pair = any(n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end) for n in named)
    is_of_both = pair or bool(document.home_in(sentence))
    return is_of_both and document.pattern(_CONCLUDED).search(document.text, *sentence) is not None


def read(document: Document, lead: Span, partner: str = "") -> Iterator[Contact | Rejected]:
    """Yield every contact that one sentence reports: with `partner`, else with whom it names."""
    partners = [partner] if partner else _partners(document, lead)
    if partners and document.word_of("sport").search(document.text, *lead):
        yield Rejected("contact", lead, "sports: teams meet there")
        return
    for contact, done in _spoken_of(document, lead, partners):
        if done:
            yield contact
        else:
            yield Rejected("contact", lead, "asked for, expected or refused: it has not taken place")


def _spoken_of(document: Document, lead: Span, partners: list[str]) -> Iterator[tuple[Contact, bool]]:
    """Yield every contact that one sentence speaks of, and whether it has taken place."""
    if not partners:
        return
    unquoted = without_quotations(document.text[: lead[1]])
    for kind, at in _kinds(document, unquoted, lead):
        for one in partners:
            yield (
                Contact(kind, one, _who(document, kind, lead), lead),
                not _not_yet(document, unquoted, lead, at),
            )


def _partners(document: Document, lead: Span) -> list[str]:
    """Return the state named beside the home side, or those of a list to which ours go or are posted."""
    partner = _partner(document, lead)
    if partner:
        return [partner]
    named = document.named_in(lead)
    listed = document.together(named)
    hosts = [n for n in named if _is_host(document, n) or document.text.endswith("驻", 0, n.start)]
    is_all = len(listed) > 1 and {n.partner for n in named} == set(listed)
    return listed if is_all and hosts and document.home_in(lead) else []


def _partner(document: Document, lead: Span) -> str:
    """Return the one state that a sentence names beside the home side; "" if there is none, or more than one."""
    named = word_order.participants(document, lead)
    pairs = [n for n in named if n.role == "pair" and HOME_IN_PAIR.search(document.text, n.start, n.end)]
    states = {n.partner for n in pairs or named if n.role != "pair" or n in pairs}
    if pairs and named[0].role != "capital" and named[0].partner not in states:
        return ""  # China speaks on the talks of 朝美
    if not states and document.home_in(lead):
        return state_visited(document.text, lead)
    if len(states) > 1 and not pairs:  # where they met is no side: 싱가포르에서
        states = {n.partner for n in named if n.role != "pair" and not word_order.is_place(document, n)}
    if len(states) != 1:
        return ""
    ours = bool(pairs) or bool(document.home_in(lead)) or _is_here(document, lead)
    return states.pop() if ours or _is_ours_unnamed(document, lead) else ""


def _is_ours_unnamed(document: Document, lead: Span) -> bool:
    """Return whether the headline says whose the delegation is that goes to the states of a lead."""
    opens = document.home[0].start < document.headline if document.home else False
    is_group = document.word_of("delegation").search(document.text, *lead) is not None
    return is_group and opens and all(_is_host(document, n) for n in document.named_in(lead))


def _is_here(document: Document, lead: Span) -> bool:
    """Return whether a lead takes place at home, or with the home side."""
    return bool(document.pattern(_HERE).search(document.text, *lead))


def _kinds(document: Document, held: str, lead: Span) -> Iterator[tuple[str, Span]]:
    """Yield the kinds that the nouns of `held` say, with the words; `held` is the text without what somebody says."""
    call = document.word_of("courtesy_call").search(held, *lead)
    talks = document.pattern(_TALKS).search(held, *lead)
    if call:
        yield "courtesy_call", call.span()
    elif talks:
        met = "summit" if talks[0].startswith(_OF_LEADERS) else "talks"
        yield (
            "courtesy_call" if document.pattern(_AMBASSADOR).search(held, *lead) else met,
            talks.span(),
        )
    moves = document.pattern(_MOVES).search(held, *lead)
    takes_part = document.word_of("delegation") if moves else document.pattern(_DELEGATION)
    delegation = takes_part.search(held, *lead)
    if delegation and not document.word_of("side_at_talks").search(held, *lead):  # whose members sat at the table
        does = moves or talks or document.word_of("reception").search(held, *lead)
        way = _way(document, lead, delegation.start()) if does else ""
        if way:
            yield way, (moves or talks or delegation).span()
    else:
        visit = document.pattern(_VISIT).search(held, *lead)
        if visit and not call and not document.pattern(_NEWCOMER).search(held, *lead) and _visitor(document, lead):
            yield "visit", visit.span()
    given = document.word_of("reception").search(held, *lead)  # a gathering that one of them gives is a reception
    for kind, pattern in (
        ("reception", document.word_of("reception")),
        ("agreement", document.pattern(_AGREEMENT)),
        ("joint_event", document.word_of("joint_event")),
    ):
        match = pattern.search(held, *lead)
        if match and not (kind == "joint_event" and given):
            yield kind, match.span()


def _way(document: Document, lead: Span, delegation: int) -> str:
    """Return delegation_in or delegation_out, by the state named last before it, else by its goal; "" if unsaid."""
    before = document.text[lead[0] : delegation].rstrip()
    if before.endswith(document.class_words("our_side")):
        return "delegation_out"
    if before.endswith(document.class_words("south_side")):
        return "delegation_in"
    named, home = document.named_in(lead), document.home_in(lead)
    both = [n for n in [*named, *home] if n.role != "pair" and n.end <= delegation]
    last = max((n for n in both if not _is_host(document, n)), key=lambda n: n.start, default=None)
    if last is None:
        if any(_is_host(document, n) for n in named):
            return "delegation_out"
        return "delegation_in" if any(_is_host(document, n) for n in home) else ""
    return "delegation_out" if last.partner == HOME else "delegation_in"


def _visitor(document: Document, lead: Span) -> bool:
    """Return whether a person of the home side goes to a state, or one of a state comes."""
    if document.word_of("resident").search(document.text, *lead):
        return False
    foreign = [n for n in document.named_in(lead) if n.role != "pair"]
    to_them = any(_is_host(document, n) for n in foreign) or state_visited(document.text, lead)
    if to_them and any(not _is_host(document, n) for n in document.home_in(lead)):
        return True
    to_us = any(_is_host(document, n) for n in document.home_in(lead)) or _is_here(document, lead)
    return bool(to_us) and any(not _is_host(document, n) for n in foreign)


def _who(document: Document, kind: str, lead: Span) -> tuple[Span, ...]:
    """Return the delegation, if the kind is one; else the leaders and officials of a sentence; else all of it."""
    delegation = _named_delegation(document, lead)
    if delegation and kind.startswith("delegation"):
        return (delegation,)
    both = sorted([*document.named_in(lead), *document.home_in(lead)], key=lambda n: n.start)
    people = tuple(_with_post(document, n) for n in both if is_person(n) and not is_unseen(document, n))
    return people or ((delegation or lead),)


def _not_yet(document: Document, reported: str, lead: Span, at: Span) -> bool:
    """Return whether what is said at `at` is to come, came to nothing, or is an anniversary.

    "Will" and "proposes" stand before what they speak of, "was called off" and "anniversary" right after it.
    """
    return bool(
        document.pattern(_NOT_YET).search(reported, max(lead[0], at[0] - _NEAR), at[0])
        or document.pattern(_WILL).search(reported, lead[0], at[0])
        or document.pattern(_CAME_TO_NOTHING).match(reported, at[1])
    )


def _is_host(document: Document, mention: Mention) -> bool:
    """Return whether somebody goes there: 访问中国, 对俄罗斯进行访问, 在朝鲜访问行程, 应中国政府邀请."""
    text, start, end = document.text, mention.start, mention.end
    return bool(
        text.endswith(document.class_words("bound_for"), max(0, start - 4), start)
        or document.pattern(_JOURNEY).match(text, end)
        or (_INVITED_BY.search(text, max(0, start - 7), start) and _INVITES.match(text, end))
    )


def _named_delegation(document: Document, lead: Span) -> Span | None:
    match = document.pattern(_NAMED_DELEGATION).search(document.text, *lead)
    before = document.pattern(_BEFORE_IT).match(match[0]) if match else None
    return (match.start() + (before.end() if before else 0), match.end()) if match else None


def _with_post(document: Document, person: Mention) -> Span:
    """Return the span of a person with the post before or after the name: 外务相崔善姬, 崔善姬外务相."""
    start, end, offices = person.start, person.end, document.lexicon.posts.offices
    before = [post for post in offices(document.small, "zh", max(0, start - 12), start) if post.end() == start]
    after = next(offices(document.small, "zh", end, end + 8), None)
    return before[0].start() if before else start, after.end() if after and after.start() == end else end
