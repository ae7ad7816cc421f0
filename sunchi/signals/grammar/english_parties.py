"""Whom a phrase of an English sentence means: whose side it is, each party of a list, and names without titles.

A side is another state's (each of its parties counts), the home side's, or open: "they", "the delegation", "the king",
of whom the article spoke before, and who stand on the side that the other one leaves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sunchi.lexicon import HOME, Lexicon
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import KOREAN, NEXT_IN_LIST, names_a_korean, only_state, with_listed
from sunchi.signals.grammar.speech import said_before, side_of_speaker
from sunchi.signals.grammar.word_order import honoured_at
from sunchi.signals.mentions import Mention, is_person
from sunchi.text import Span, cut

# Where another thought begins: "to Xi Jinping | on the occasion of", "from the president | who expressed"
STOP = Pattern(
    r",? (?:(?:on|between) (?=the (?:\w+ )?(?:{occasion}|{feast})|{own}|[A-Z]\w+\.? \d|\w+day)|{at_the_time}\b"
    r"|and {another_deed}\b|(?:expressing|thanking|saying|who(?! (?:is|are|was|doubles?)\b)) |by (?=the [a-z])"
    r"|to (?={purpose}\b))"
)
# "With reverence for the leader, | the king", "Among them were | the king", "Papers reported that | Kim Jong Un", and
# no "In May ambassadors of"
_INTRODUCTION = re.compile(
    r"(?:On the same day|Meanwhile),? |(?:Among them|They) (?:were|included?) "
    r"|(?:With|On|In|At|Upon|After|Earlier|Authorized by)\b(?:(?! ambassadors\b)[^,]){0,80}, "
    r"|.*\breported (?:[^.;]{0,60} )?that ",
    re.DOTALL,
)
_TO_HIM = Pattern(r"\W*(?:him|his|(?:the )?{likeness})\b")  # "him", "the portrait"
# "They", "the head of the delegation", "the statement"
_KNOWN = Pattern(
    r"\W*(?:(?i:they|he|she|it)\b|(?i:the) (?P<noun>(?:(?:head|member)s? of (?:the )?)?(?:\w+ )?"
    r"(?:{guest_or_group}|{office}|{statement}|{society}|artistes|performers))\b(?! of (?:the )?[A-Z]))"
)
# "the delegation | visited", "the leader who is chairman | met"
_VERB = Pattern(r"\b(?:{delegation_does}|{another_deed}|{send}|(?<!who ){finite_verb})\b")
_MANY = Pattern(r"\W*(?:they|the (?:\w+ )?{caller})\b")  # "They", "the foreign visitors"
# In small letters: "Koreans in Sample City of", "embassy in", "the ambassadors of Nepal and Peru to", "… and Peru in"
_BEFORE_NO_SIDE = ("in ", "of ", "to ", "the ")  # how it may end
_NO_SIDE = Pattern(
    r"\b(?:koreans? (?:[\w'-]+ ){0,3}in (?:[\w-]+ ){0,6}|embass\w+ in "
    r"|{ambassador}(?: a\.i\.| ad interim)?(?: of [^.;]*?)? to (?:the |[a-z]\w+ of )?"
    r"|(?:{ambassador}|those) of [^.;]{1,150} and (?:\w+ ){1,3}in (?:the )?)$"
)
_NAMED = r"[A-Z]\w*(?: [A-Z]\w+){1,4}, (?!the )[a-z]"  # "Ana Example, premier"
_ANOTHER = Pattern(rf"the (?:[\w-]+ ){{0,3}}?{{high_office}}\b|the famil|{_NAMED}")  # "the first vice-minister"
_IN_ITS_NAME = re.compile(r"-|(?: [A-Z][\w'-]*)+ ")  # "the Malaysian| Associated |Chinese Chambers of Commerce"
_LAST = Pattern(r"the (?:[\w'-]+ ){0,6}?(?:{body}|{office})\b")
_ANOTHER_LISTED = Pattern(rf"the |those |{_NAMED}")
# Between two of a list: "Peru|, |the king of", "Peru|, |members of", "Peru| and |Laos", and no "C.C., "
_OPENS = rf"(?=the |those |an? |(?:[a-z]+ )?[a-z]+s (?:of|from) |{_NAMED}|$)"
_OTHERS = r"(?=other (?:[\w-]+ )?person)"  # "and | other high-ranking personages", who are of no organ before them
_BREAK = re.compile(
    rf"(?<!C\.C\.)(?:(?P<comma>[,;])(?: and)? (?P<opens>{_OPENS})?| and (?:(?P<others>{_OTHERS})|{_OPENS}))"
)
# "the visiting family of", "Ana Example, daughter of", who are no state's
_PRIVATE = Pattern(r"\W*(?:[\w-]+(?: [\w-]+){1,3}, )?(?:the )?(?:\w+ )?{private_sender}\b")
_IS_HIM = Pattern(r"^$|^\W*He\b|\b(?:him|{likeness})\b")
# "HE | Comrade | Ana Example", and no "He Guoqiang"
_HONOUR = Pattern(r"^(?!(?-i:He) ){honorific}\s+", flags=re.IGNORECASE)
_NAME_PART = r"(?:[A-Z\u2160-\u216f][\w'.\u2160-\u216f-]*|[a-z]{2}-[A-Z]\w+|bin|al|del?|van|von|da|dos)"
# "Ana bin Example-Sample III"
_PERSON = re.compile(rf"{_NAME_PART}(?: {_NAME_PART}){{0,6}}$")
# "Ana Example, | the minister", "a party, | an ally of ours", "the chairman and | the secretary of the party",
# "members of the cabinet, | the army and the press"
_GOES_ON = re.compile(
    rf"\W*{_NAME_PART}(?: {_NAME_PART}){{0,6}}, |.*, an? |(?:the )?[a-z-]+(?:,| and) |[\w-]*s (?:of|from) ", re.DOTALL
)
# "Ana Example, | minister", "Ana Example | expressed", and no "Political and social personages of"
_HEAD_ENDS = re.compile(r"(?<!C\.C\.), | (?:and(?! (?!other )[a-z]+ [a-z]+ of\b)|on|who|said|[a-z]+ed|\w+day)\b")
# "the minister | on an official visit", "the army | waging a war", and no "committee for commemorating the war"
_WHOLE_ENDS = re.compile(
    r", (?=[A-Z])|,? (?:on an? [a-z ]*visit|consisting|led|headed|said|here)\b| in (?:their|his|its|those)\b"
    r"|,? (?:on )?\w+day\b| on (?=[A-Z][a-z]+\.? \d)| and (?:other\b|(?=[a-z]+ed\b))|, (?=[a-z]+ed by\b)"
    r"|,? (?:amid|(?<!for |the )[a-z]+ing (?:an?|the|here|in|to))\b"
)
_THE = re.compile("the [A-Z]")  # "the Workers' House"
_OPENING = Pattern(r"^(?:(?:other|{lead_in}|those (?:of|from) the) +)+")  # "and the visiting | minister"
# "Peru|, and", "Laos| to Nepal, representatives of international bodies"
_AFTER_STATE = re.compile(r"(?P<own>(?: (?!and )(?:[a-z]|\w+day\b)[^,;]*)?)(?:[,;.]| and\b|\s*$)")
# "a party", "the secretary-general of the International Sample Council", and no organs of the state that follows
_OF_NO_STATE = Pattern(r"an? [\w-]+|.*\bthe {body_of_no_state}\b.*", flags=re.DOTALL)
_INCLUDING = re.compile(r"(?<= of )[^,;]* including $")  # "envoys of | many countries including | Peru"
# "President Kim Il Sung| and Chairman |Kim Jong Il"; "Kim Il Sung| University", "Kim Il Sung|- Kim Jong Il Foundation"
_AND = Pattern(r" and (?:{before_a_name} )*")
_IN_A_NAME = Pattern(r"(?:- ?[A-Z]\w+(?: [A-Z]\w+)*)? {body}\b")
_TITLED = Pattern(r"\W*(?i:{high_office}) [A-Z]\w")  # "King Example", and no "the king of Peru"
_LONGEST = 200  # signs of an office or organ: the longest of real lists has 130


@dataclass(frozen=True, slots=True)
class Side:
    """One side of an event."""

    span: Span
    listed: tuple[tuple[str, Span], ...] = ()  # each party of another state: the state, and where it stands
    is_ours: bool = False
    is_open: bool = False

    @property
    def is_theirs(self) -> bool:
        """Return whether the phrase itself names another state's side."""
        return bool(self.listed) and not self.is_open


def side_of(document: Document, span: Span, sentence: Span, *, follows: bool) -> Side:
    """Return the side that a phrase means; `follows` says that it stands after the verb."""
    end = span[1]
    if follows:
        stop = document.pattern(STOP).search(document.text, *span)
        span = span[0], stop.start() if stop else end
    else:
        span = without_introduction(document, span)
    first = next(iter(taking_part(document, span)), None)
    if first and not document.home_in((span[0], first.start)):
        return Side(span, tuple(parties(document, span)))
    known = document.pattern(_KNOWN).match(document.text, *span)
    # "the guests toured Kim Il Sung Square and | laid a wreath"
    if (follows or not known) and (document.home_in(span) or is_korea(document, span)):
        return Side(span, is_ours=True)
    if document.pattern(_TO_HIM).match(document.small, *span):
        return Side(span, is_ours=bool(document.home))
    is_open = is_monument = bool(document.word_of("monument").search(document.small, *span))
    if is_monument:  # at home, and of those who fell for another state
        honoured = honoured_at(document, span, (0, document.opening[-1][1]))
        state = honoured[0] if honoured else only_state(document)
    elif known:
        return Side(span, tuple(_known_before(document, sentence, known)), is_open=True)
    elif (speaker := side_of_speaker(document, span) or HOME) != HOME:
        state, is_open = speaker, True
    elif named := document.named_in((span[1], end)):  # "to Ana Example | on her election as president of Peru"
        state = named[0].partner
    else:
        state = only_state(document) if document.pattern(_TITLED).match(document.text, *span) else ""
    return Side(span, ((state, span),) if state else (), is_monument, is_open)


def without_introduction(document: Document, span: Span) -> Span:
    """Return the words before a verb without those that open the sentence: "At the invitation of the leader, | …"."""
    opening = _INTRODUCTION.match(document.text, *span)
    return (opening.end(), span[1]) if opening else span


def _known_before(document: Document, sentence: Span, known: re.Match[str]) -> list[tuple[str, Span]]:
    """Return the parties that "they" or "the delegation" means: those of the sentence before, or the article's.

    Of each state it is the first that is the subject of its verb; without one, "the delegation", and "they" nobody.
    """
    spoken = tuple(said_before(document, sentence))
    are_many = document.pattern(_MANY).match(document.small, known.start())
    named: dict[str, Span] = {}
    for said in spoken:
        begin, end = without_introduction(document, (max(said[0], document.headline), said[1]))
        does = document.pattern(_VERB).search(document.text, begin, end)
        for state, place in parties(document, (begin, does.start() if does else end)):
            if not document.home_in((place[0], next((n.start for n in document.named_in(place)), place[1]))):
                named.setdefault(state, place)
    for said in spoken:
        states = list(dict.fromkeys(n.partner for n in taking_part(document, said)))
        if len(states) == 1 or (states and are_many):
            return [(state, named.get(state, known.span("noun"))) for state in states]
    return []


def taking_part(document: Document, span: Span) -> list[Mention]:
    """Return the states that take part, without a place, an enemy or the posts of ambassadors."""

    def is_apart(n: Mention) -> bool:
        before = max(span[0], n.start - 200), n.start
        may_be = document.small.endswith(_BEFORE_NO_SIDE, *before)
        is_none = may_be and document.pattern(_NO_SIDE).search(document.small, *before)
        return bool(is_none) or document.small.startswith("-resident korean", n.end)

    apart = with_listed(document, span, is_apart)  # "ambassadors to Peru, | Laos and"
    for one, two in pairwise(document.foreign_in((max(span[0], document.headline), span[1]))):
        if one.partner != two.partner and _IN_ITS_NAME.fullmatch(document.text, one.end, two.start):
            apart.append(two)
    return [n for n in document.foreign_in(span) if n not in apart]


def is_korea(document: Document, span: Span) -> bool:
    """Return whether a phrase means the home side by other words than its name: "Koreans", "Kim Yong Il"."""
    return bool(KOREAN.search(document.text, *span)) or names_a_korean(document, span)


def parties(document: Document, span: Span) -> list[tuple[str, Span]]:
    """Return each sender or recipient of a list: his state, and the item that names it."""
    items = _items(document, span)
    named = ((n.partner, next(item for item in items if n.start < item[1])) for n in taking_part(document, span))
    return list(dict.fromkeys((state, one) for state, item in named for one in _members(document, item)))


def is_private(document: Document, span: Span) -> bool:
    """Return whether a phrase names persons who are no organ of their state: a family."""
    return bool(document.pattern(_PRIVATE).match(document.small, *span))


def _items(document: Document, span: Span) -> list[Span]:
    """Return the items of a list: between two states one ends at the first break, and the next begins there.

    So "of Syria" says whose all the organs are that are listed before it. A second item of the same state begins with
    an article or a name of his own: "and the premier of …".
    """
    items = [span]
    for one, two in pairwise(document.named_in(span)):
        breaks = list(_BREAK.finditer(document.text, one.end, two.start))
        if not breaks or (breaks[0].span() == (one.end, two.start) and not breaks[0]["comma"] and two.role != "name"):
            continue  # "the Cuban | and | Lao embassies"
        opened = [each.end() for each in breaks if each.lastgroup in ("opens", "others")] or [breaks[0].end()]
        if one.partner == two.partner:
            is_him = is_person(one) and breaks[0]["comma"]  # "Xi Jinping|, the president of China"
            another = document.pattern(_ANOTHER_LISTED if breaks[0]["comma"] or items[1:] else _ANOTHER)
            opened = [at for at in opened if another.match(document.text, at) and not is_him]
        if opened:
            items[-1:] = (items[-1][0], breaks[0].start()), (opened[0], span[1])
    return items


def _members(document: Document, item: Span) -> list[Span]:
    """Return those listed in an item before its state is named, each by itself: "the X Party, | the Y Party of Syria".

    Whoever is of no state stands alone; two without a comma act together, "the president and the premier of Laos", and
    after a name alone stands his office.
    """
    named, start, members = document.named_in(item), item[0], list[Span]()
    is_none = document.pattern(_OF_NO_STATE).fullmatch
    for each in _BREAK.finditer(document.text, item[0], named[0].start) if named else ():
        is_next = each["comma"] and each["opens"] is not None
        is_last = members and not each["comma"] and document.pattern(_LAST).match(document.text, each.end())
        before = start, each.start()
        goes_on = _GOES_ON.match(document.text, start, each.end() + len("an ")) and not is_none(document.text, *before)
        if (is_next or is_last) and not goes_on:
            members.append(before)
            start = each.end()
    return [*(one for one in members if not is_none(document.text, *one)), (start, item[1])]


def _alone(document: Document, item: Span) -> Span:
    """Return an item without those of no state who stand in the list after its party."""
    named = document.named_in(item)
    if not named:
        return item
    after = _BREAK.finditer(document.text, named[-1].end, item[1])
    end = next((each.start() for each in after if each["opens"] is not None or not each["comma"]), item[1])
    return item[0], end


def _of_one(document: Document, place: Span, partner: str) -> str:
    """Return the words of a place that are of one state: "the Vietnamese embassy", and whose name follows his state.

    "the Vietnamese and Indonesian embassies", "the premier of Vietnam Ana Example".
    """
    text, named = document.unframed, document.named_in(place)
    adjectives = [n for n in named if n.role == "adjective"]
    own = [n for n in adjectives if n.partner == partner]
    if own and adjectives[1:] and all(NEXT_IN_LIST.fullmatch(text, a.end, b.start) for a, b in pairwise(adjectives)):
        first, last = adjectives[0].start, adjectives[-1].end
        return text[place[0] : first] + text[own[0].start : own[0].end] + text[last : place[1]]
    ends = [n.end for n in named if n.partner == partner and n.role == "name"]
    name = text[ends[-1] : place[1]].strip(" .,") if ends else ""
    is_name = " " in name and short(name, partner, document.lexicon) == (name, True)
    return name if is_name else text[slice(*place)]


def names_of(document: Document, side: Side) -> Iterator[tuple[str, str, bool]]:
    """Yield the state, the name of each party of another state's side, and whether it is a person's.

    In a list each bare state has the words before the first, "embassies of", as "those of" means, and nothing that
    follows the last.
    """
    if side.is_ours:
        yield from ((partner, home_name(document, side.span), False) for partner, _ in side.listed)
        return
    text, head = document.unframed, ""
    for partner, item in side.listed:
        place = _alone(document, item)
        name, is_person = short(_of_one(document, place, partner), partner, document.lexicon)
        states = [n for n in document.named_in(place) if n.partner == partner and n.role == "name"]
        after = _AFTER_STATE.match(text, states[-1].end, place[1]) if states else None
        front, end = (text[place[0] : states[-1].start], after.end("own")) if after else (None, 0)
        is_bare = front in ("", "the ")
        if not is_bare and front != "those of ":
            head = _INCLUDING.sub("", front) if front else ""
        if head and head != front:
            begin = place[0] if is_bare else states[-1].start
            name = short(head + text[begin:end], partner, document.lexicon)[0]
        yield partner, name, is_person


def home_name(document: Document, span: Span) -> str:
    """Return the person, or two, or the organ of the home side: leaders by name, an organ in the text's words.

    Nobody at all, "him" and "his portrait" are whom the article names first, "the tower" is the one that it named
    before; "they" are nobody in particular.
    """
    here = document.home_in(span)
    held = document.shown(span).strip(" ,.")
    is_him = held.endswith(" leader") if here else document.pattern(_IS_HIM).search(held)
    named = [n for n in (document.home if is_him else here) if is_person(n)]
    persons = [n for n in named if not document.pattern(_IN_A_NAME).match(document.text, n.end)]
    if not persons:
        name = "" if held.startswith("They") else short(held, "", document.lexicon)[0]
        called = re.compile(rf"(?:[A-Z]\w+ )+{re.escape(name.title())}\b") if name.islower() else None
        before = called.findall(document.unframed, document.headline, span[0]) if called else ()
        return str(before[-1]) if before else name
    are_two = persons[1:] and document.pattern(_AND).fullmatch(document.text, persons[0].end, persons[1].start)
    return " and ".join(document.text[n.start : n.end] for n in persons[: 2 if are_two else 1])


def short(phrase: str, partner: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return a person's name without titles, and True; or an office or organ in the text's words, and False.

    No comma ends an organ before its state is named: "the Ministry of Culture, Sports and Tourism of Laos".
    """
    phrase = " ".join(phrase.split()).strip(" ,.-")
    name, shorter = "", _HEAD_ENDS.split(phrase, maxsplit=1)[0].strip(" ,.-")
    fronts = lexicon.fronts(partner)
    while shorter != name:
        name = shorter
        shorter = lexicon.vocabulary.compiled(_HONOUR).sub("", name)
        if shorter.startswith(fronts):  # there are hundreds of them
            shorter = shorter.removeprefix(next(front for front in fronts if shorter.startswith(front)))
    is_body = lexicon.vocabulary.word_of("body", "en").search(name) or f"{name} " in fronts or _THE.match(phrase)
    is_state = any(n.role in ("name", "adjective", "organ") for n in lexicon.forms["en"].get(name, ()))
    if _PERSON.match(name) and not (is_body or is_state):
        return name, True
    phrase = lexicon.vocabulary.compiled(_OPENING).sub("", phrase)
    states = (phrase.find(form) for form in lexicon.adjectives.get(partner, ()))
    end = _WHOLE_ENDS.search(phrase, min((place for place in states if place >= 0), default=0))
    return cut(phrase[: end.start()] if end else phrase, _LONGEST).strip(" ,;-"), False
