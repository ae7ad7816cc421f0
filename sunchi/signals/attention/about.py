"""Which states a text is about, and why: by its headline, its first sentence, and the sentences that are theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi import text as texts
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar import english as sides_en
from sunchi.signals.grammar import word_order as meant_by_order
from sunchi.signals.grammar.english_causes import is_fallen, is_righteous, is_wrongdoer
from sunchi.signals.grammar.english_private import names_private
from sunchi.signals.grammar.english_rulers import praise_of_rulers, speaks_privately
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_PLACE_BEFORE = re.compile(
    r"\b(?:in|at|across|near|outside|inside) +(?:the +)?(?:[\w.]+(?: [A-Z][\w.]+){0,2}(?:,| and) +(?:the +)?)*"
    r"(?:(?:[A-Z][\w-]+|capital|city|capital city|region|(?:different|various|all) parts) of (?:the )?)?$"
)
_A_SENTENCE = "a sentence is about it: no other state is named there more often, and it is more than a place"


def why_about(document: Document, partner: str) -> str:
    """Why a text is about a state: its headline is, or its lead is and it comes back to it, or a sentence is; else "".

    A sentence is about a state that no other is named in more often, if it names it as more than a place, and about
    one that is its subject, alone or beside others. "Anti-U.S." speaks of those who are it, and a list of many states
    of none of them.
    """
    if _is_of_sport(document):
        return ""  # a rival on the field
    mentions = [n for n in document.mentions if n.partner == partner and not _is_aside(document, n)]
    if _is_of_koreans_there(document) and all(is_place(document, n) for n in mentions):
        return ""  # where they live
    in_headline = [n for n in mentions if n.start < document.headline]
    if any(not is_place(document, n) for n in in_headline):
        return "the headline names it, as more than a place"
    if in_headline and _is_listed_in_headline(document, in_headline[0]):
        return "the headline names it and another as the places of what is told"
    if in_headline and partner == document.foremost:
        return "the headline names it as the place of what is told, and the text names no other more often"
    held = [(n, document.sentence_at(n.start)) for n in mentions]
    return _why_of_the_text(document, partner, held) or _why_of_a_sentence(document, partner, held)


def _why_of_the_text(document: Document, partner: str, held: Sequence[tuple[Mention, Span]]) -> str:
    """Why, by where and how often it names the state: `held` are its names with the sentence of each."""
    events = telling_of_events(document)
    if events and any(s in events and is_place(document, n) for n, s in held):
        return "events are told of that took place there, and in other places"
    sentences = {s for _, s in held}
    comes_back, leads = len(sentences) > 1, _leads(document)
    if len({s for n, s in held if not is_place(document, n)}) >= _OFTEN:
        return "sentence after sentence names it"
    if comes_back and leads[:1] and leads[0] in [s[0] for _, s in held]:
        return "the first sentence names it, and the text comes back to it"
    if comes_back and any(_is_denounced(document, n, s) for n, s in held):
        return "the text denounces it in its own words, and names it elsewhere, too"
    if partner in praise_of_rulers(document):
        return "its rulers are told to praise Pyongyang"
    if any(is_fallen(document, n) for n, _ in held):
        return "tribute is paid to its fallen"
    unrecognized = partner in document.lexicon.standings.unrecognized
    if unrecognized and any(is_wrongdoer(document, n) for n, _ in held):
        return "the text tells of the wrong that it does"
    if comes_back and any(is_righteous(document, n) for n, _ in held):
        return "the text stands up for its rights, and names it elsewhere, too"
    return ""


def _why_of_a_sentence(document: Document, partner: str, held: Sequence[tuple[Mention, Span]]) -> str:
    """Why, by one sentence that is about the state."""
    comes_back = len({s for _, s in held}) > 1
    is_of_friends = sides_en.is_review(document) and partner not in document.lexicon.adversaries
    leads, several = _leads(document), len({n.partner for n in document.mentions}) > 2
    is_foremost = partner == document.foremost
    for mention, sentence in held:
        if _is_subject(document, mention, sentence):
            return "a sentence opens with it as its subject"
        named = [n.partner for n in document.named_in(sentence) if n == mention or not _is_source(document, n)]
        states = set(named)
        if named.count(partner) < max(map(named.count, states)) or is_place(document, mention):
            continue
        if len(states) >= A_LIST or (is_of_friends and names_private(document, sentence)):
            continue
        if sentence[0] in leads or (is_foremost and comes_back):
            return _A_SENTENCE
        is_more = is_foremost or named.count(partner) > named.count(document.foremost)
        is_more = is_more and not _is_object(document, mention, sentence)
        is_more = is_more and not (several and speaks_privately(document, mention, sentence))
        if is_more and not _names_by_the_way(document, mention, sentence):
            return _A_SENTENCE
    return ""


def _leads(document: Document) -> list[int]:
    return [s[0] for s in sides_en.leads(document) if s[0] > document.headline]


@per_document  # asked for every state
def _is_of_sport(document: Document) -> bool:
    return bool(_SPORT.search(document.small, 0, document.headline))


@per_document
def _is_of_koreans_there(document: Document) -> bool:
    return bool(_OF_KOREANS_THERE.search(document.text, 0, document.headline))


_OFTEN = 5  # sentences
_WE_DENOUNCE = re.compile(
    r"\W*We (?:also |too )?(?:strongly |vehemently |bitterly |resolutely |categorically |vigorously |flatly )?"
    r"(?:denounce|condemn|reject|protest)\b"
)


def _is_denounced(document: Document, mention: Mention, sentence: Span) -> bool:
    """Whether an adversary is named, as more than a place, among those whom "we" denounce there."""
    denounce = document.text.startswith("We ", sentence[0]) and _WE_DENOUNCE.match(document.text, *sentence)
    adversary = mention.partner in document.lexicon.adversaries
    return bool(
        denounce and adversary and not is_place(document, mention) and not _is_object(document, mention, sentence)
    )


_OF_KOREANS_THERE = re.compile(
    r"\b(?:Koreans?(?: [A-Z]\w+)? (?:in|from)|Chongryon|Korean (?:[Ss]chools?|[Rr]esidents?|[Cc]ompatriots)"
    r"|[Rr]elief [Ff]und)\b"
    "|총련|재일|재중|재로|旅日|旅华|总联|在日"
)
_EVENTS = re.compile(
    r"\b(?:events?|meetings?|seminars?|lectures?|film shows?|exhibitions?|talks|rall(?:y|ies)|sessions?|gatherings?)\b"
    r"[^.]*\b(?:held|took place|opened|given|included|were)\b|\b(?:there (?:took place|were)|they (?:included|were))\b"
)
_OURS = re.compile(r"\bKorea(?:n people)?'s\b|\bFatherland Liberation War\b")
_MISSIONS = re.compile(r"\b(?:embassies|missions)\b")


def venues(document: Document) -> set[str]:
    """The states in which a day was kept, if the article tells of several."""
    named = (n for s in telling_of_events(document) for n in document.named_in(s))
    return {n.partner for n in named if is_place(document, n)}


_VENUES_SOON = 2  # sentences after the first in which a text says where the events took place


@per_document  # asked for every name
def telling_of_events(document: Document) -> frozenset[Span]:
    """The first sentences that list, in an article that names the home side, the places where a day was kept."""
    if len({n.partner for n in document.mentions}) < 2:
        return frozenset()
    body = document.body[: _VENUES_SOON + 1]
    several = [s for s in body if len({n.partner for n in document.named_in(s)}) > 1]
    telling = [s for s in several if _EVENTS.search(document.small, *s)]
    at_missions = any(_MISSIONS.search(document.small, *s) for s in body) if telling else False
    if not telling or at_missions or not any(document.home_in(s) or _OURS.search(document.text, *s) for s in body[:2]):
        return frozenset()  # missions are Pyongyang's, in many states
    return frozenset(s for s in telling if len({n.partner for n in document.named_in(s) if is_place(document, n)}) > 1)


_NEXT_PLACE = re.compile(r"(?:,| and|, and) (?:the )?")


def _is_listed_in_headline(document: Document, mention: Mention) -> bool:
    """Whether a headline tells of it and of another as places: "Floods in Laos, Cuba"."""
    headline = (0, document.headline)
    return any(
        n.partner != mention.partner and _NEXT_PLACE.fullmatch(document.text, *_between(n, mention))
        for n in document.named_in(headline)
    )


def _between(one: Mention, other: Mention) -> Span:
    first, second = sorted((one, other), key=lambda n: n.start)
    return first.end, max(first.end, second.start)


_SPORT = re.compile(
    r"\b(?:championships?|world cup|asian cup|football|soccer|boxing|boxer|wrestling|taekwon-do|olympi\w+|medals?"
    r"|marathon|tournament|rivals|sports contest|players)\b"
    "|축구|녀자축구|롱구|탁구|선수권|월드컵|아시안컵|올림픽|올림픽경기|足球|[女男]足|乒乓球|锦标赛|亚洲杯|世界杯|奥运会"
)
# Who only relays: 로씨야의 이따르-따쓰통신은, 俄罗斯塔斯社
_PRESS_OF = re.compile(
    r"(?:의|) ?(?:[가-힣A-Z《》-]{1,15} ?){0,3}?(?:통신|신문|방송|텔레비죤|언론)(?:들)?(?:은|는|이|가|도|사)"
    "|(?:的)?(?:[\u4e00-\u9fff]{0,6}?)(?:通讯社|媒体|报纸|日报|电视台|广播|新华社|塔斯社|共同社)"
)
_OF_OLD = re.compile(r"(?:'s)? (?:imperialis|colonial|(?:military )?occupation of Korea)|帝国主义(?!者)")
_RULERS_OF_OLD = ("일제", "日帝")
_MONEY = re.compile(
    r"\$|\.? (?:dollars?|yen|yuan|rubles?|won)\b|의? ?(?:딸라|달라|달러|엔화|원화|위안(?!부)|루블)"
    "|的?(?:美元|日元|卢布|人民币)"
)


def _is_aside(document: Document, mention: Mention) -> bool:
    """Named without being spoken of: as what somebody is against, where Koreans live, or as Korea's rulers of old."""
    if _is_source(document, mention) and any(n.partner != mention.partner for n in document.mentions):
        return True
    if mention.titled and mention.role == "capital":  # the Tokyo Metropolitan Headquarters of Chongryon
        return True
    if document.text.endswith(_TO, 0, mention.start) and _ENVOY_TO.search(
        document.text, max(0, mention.start - 25), mention.start
    ):  # where another's ambassador speaks
        return True
    if document.opposes(mention):  # but for what a demonstration is against
        return mention.start > document.headline or not sides_en.is_of_protest(document)
    if sides_en.is_where_koreans_live(document, mention):
        return True
    if document.text.startswith(("pro-", "Pro-"), max(0, mention.start - 4)) or document.text.startswith(
        " War", mention.end
    ):
        return True
    if _MONEY.match(document.text, mention.end):
        return True
    if document.language != "en":
        if _PRESS_OF.match(document.text, mention.end):
            return True
        if meant_by_order.is_lesson(document, mention):
            return mention.start > document.headline
    if mention.partner not in document.lexicon.standings.former_ruler:
        return False
    return bool(_OF_OLD.match(document.text, mention.end)) or document.text.startswith(_RULERS_OF_OLD, mention.start)


_SOURCE = re.compile(r"\b[Aa]ccording to (?:an? |the )?$")
_RELAYS = re.compile(
    r"(?:'s|n|ese)? (?:[Yy]onhap|MBC|KBS|SBS|CBS|[Nn]ewspapers?|[Pp]apers?|[Mm]edia|[Nn]ews|daily|TV|radio)\b"
)
_TO = ("to ", "to the ")
_ENVOY_TO = re.compile(r"(?<!DPRK )\b[Aa]mbassador to (?:the )?$")
_TO_WHOM = re.compile(r"\b(?:to|on|upon|against|from|(?<!together )with) (?:the )?(?:[\w.]+(?:,| and) +)*$")


def _is_object(document: Document, mention: Mention, sentence: Span) -> bool:
    """To whom another's deed goes: "its sale of arms to Japan"."""
    if document.language != "en":
        return meant_by_order.is_object(document, mention, document.named_in(sentence))
    return bool(_TO_WHOM.search(document.text, max(0, mention.start - 80), mention.start))


_GUESTS = re.compile(r"(?:[Pp]resent|[Oo]n hand) (?:there|at|on)\b|\b(?:doyen|corps)\b")
_OLD_WAR = re.compile(r"\bLiberation War\b|\bKorean War\b|\banti-Japanese\b|\bimperialisms\b|\bmilitarism\b")
_OPENS_ASIDE = re.compile(r"(?:After|Despite|Amid|Since|Through|Following) [^,]*$")


def _names_by_the_way(document: Document, mention: Mention, sentence: Span) -> bool:
    """Late in a sentence or in a clause before it, among guests, for the corps of diplomats, or in a war of old."""
    start, end = sentence
    if mention.start - start > (end - start) // 2 or _OPENS_ASIDE.match(document.text, start, mention.start):
        return True
    if _GUESTS.search(document.text, start, end):
        return True
    return mention.partner in document.lexicon.standings.old_enemy and bool(_OLD_WAR.search(document.text, start, end))


A_LIST = 5  # states in one sentence
_NO_WORD = re.compile(
    r"(?:\W|\b(?:the|and|meanwhile|(?:that|the same|this) day|on|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
    r"|[과와](?= )|(?:최근|오늘|지금|한편|이날)(?= )|最近|近来|近日|近期|如今|今天|当年|目前|另外|此外)*",
    re.IGNORECASE,
)


def _is_subject(document: Document, mention: Mention, sentence: Span) -> bool:
    """The sentence opens with the state, or with it and others: "China and Laos agreed"."""
    if mention.role not in ("name", "capital") or mention.titled or not _VERB_AFTER.match(document.text, mention.end):
        return False
    before = texts.blank(document.text[sentence[0] : mention.start], _within(document, (sentence[0], mention.start)))
    return bool(_NO_WORD.fullmatch(before))


def _within(document: Document, span: Span) -> list[Span]:
    """The names and the frame inside a span, counted from its start."""
    mentions = [(n.start, n.end) for n in document.named_in(span)]
    frame = [f for f in document.frame if span[0] <= f[0] and f[1] <= span[1]]
    return [(start - span[0], end - span[0]) for start, end in (*mentions, *frame)]


_VERB_AFTER = re.compile(
    r"\.?,? (?!'s)[a-z]"
    "|(?: ?(?:(?:집권자|통치배|반동|당국자|호전광|군부호전광)들|당국|정부|군부|행정부))?(?:은|는|이|가)(?= )"
    r"|(?=[\u4e00-\u9fff])(?![的、和与及同驻籍人方])"
)


def _is_source(document: Document, mention: Mention) -> bool:
    """Whether it is only the press that is named as a source: "according to south Korea's Yonhap News"."""
    if not _RELAYS.match(document.text, mention.end):
        return False
    return bool(_SOURCE.search(document.text, max(0, mention.start - 20), mention.start))


def is_place(document: Document, mention: Mention) -> bool:
    """In Peru, at the Peruvian embassy; 중국에서, 在中国."""
    if document.language != "en":
        return meant_by_order.is_place(document, mention)
    return bool(_PLACE_BEFORE.search(document.text, max(0, mention.start - 80), mention.start))
