"""Who writes and who is written to, in English: the items of a list, and names without their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sunchi.lexicon import Lexicon
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import NEXT_IN_LIST, has_envoy, names_a_korean, ours
from sunchi.signals.mentions import Mention
from sunchi.text import Span, cut

# In small letters: "Koreans in Sample City of", "embassy in", "the ambassadors of Nepal and Peru to"
_NO_SIDE = Pattern(
    r"\b(?:koreans? (?:[\w'-]+ ){0,3}in (?:[\w-]+ ){0,6}|embass\w+ in "
    r"|{ambassador}(?: a\.i\.| ad interim)?(?: of [^.;]*?)? to (?:the |[a-z]\w+ of )?)$"
)
_BEFORE_NO_SIDE = ("in ", "of ", "to ", "the ")  # how it may end, in small letters
_CURRENCY = Pattern(r"\.? {currency}\b")  # "5 million U.S. | dollars"
_OF_HOME = re.compile(r"\bof Korea\b|\b[Tt]he north\b")
_OFFICE_OPENS = Pattern(r"(?:,| and) the (?:[\w-]+ ){0,3}?{high_office}\b")  # "…, the first vice-minister"
# ", the minister"; "and | Laos,"; ", Ana Example, | minister"
_ITEM = re.compile(
    r"(?:[,;]| and) (?=the |an? |other \w+|(?P<bare>[A-Z]\w+(?:,|\.| and\b|\s*$)))"
    r"|(?<!C\.C\.),(?: and)? (?=(?P<person>[A-Z]\w+(?: [A-Z]\w+){1,4}), [a-z])"
)
_OFFICE_ALONE = Pattern(r"\W*(?:[\w-]+ ){0,3}{high_office}")  # "the president | and the"
_AND_HIS = Pattern(r" and (?={title_of_office} (?:[A-Z][\w'.-]*(?: |,|$)){2})")  # "President Ana Example | and Premier"
_BREAK = re.compile("[,;] ")
# "foreign ministers of"; "ambassadors and consuls of", "personages of", who stay many
_OFFICES_OF = Pattern(
    r"(?:[\w-]+ ){0,3}?(?:(?:{high_office}|{ambassador}|envoy)(?:(?P<many>s)|s and [\w'. -]{3,40}?)|{personage}) of ",
    flags=re.IGNORECASE,
)
_IS_HIM = Pattern(r"^$|^\W*(?:He|They)\b|\b(?:him|{likeness})\b")
_HONOUR = Pattern(r"^{honorific}\s+", flags=re.IGNORECASE)  # "HE | Comrade | Ana Example"
_NAME_PART = r"(?:[A-Z\u2160-\u216f][\w'.\u2160-\u216f-]*|[a-z]{2}-[A-Z]\w+|bin|al|de|van)"
_PERSON = re.compile(rf"{_NAME_PART}(?: {_NAME_PART}){{0,6}}$")  # "Ana bin Example-Sample III"
# "Ana Example, | minister", "Ana Example | expressed"
_HEAD_ENDS = re.compile(r"(?<!C\.C\.), | (?:and|on|who|said|[a-z]+ed|\w+day)\b")
# "the minister | on an official visit"
_WHOLE_ENDS = re.compile(
    r"(?P<item>, (?=[A-Z]))|,? (?:on an? [a-z ]*visit|staying|consisting|led|headed|said|here)\b"
    r"|,? (?:on )?\w+day\b| on (?=[A-Z][a-z]+\.? \d)| in (?:their|his|its)\b"
)
_OPENING = Pattern(r"^(?:(?:[,;-]|{lead_in}) +)+")  # "; and the visiting | minister"
_LONGEST = 200  # signs of an office or organ: the longest of real lists has 130


class Party(NamedTuple):
    """One who writes or is written to: his state, the words that name him, and his name without titles."""

    partner: str
    place: Span
    name: str
    is_person: bool


def is_foreign(document: Document, span: Span) -> bool:
    """Return whether the first state that a phrase names is foreign and takes part, not a place or an enemy."""
    both = [*document.named_in(span), *ours(document, span)]
    return bool(both) and min(both, key=lambda n: n.start) in taking_part(document, span)


def taking_part(document: Document, span: Span) -> list[Mention]:
    """Return the states that take part, without a place, an enemy or the posts of ambassadors."""
    found: list[Mention] = []
    last = span[0]  # where the last name ends that takes no part
    for n in document.foreign_in(span):
        is_next = n.role == "name" and not has_envoy(document, n)  # "ambassadors to Peru, | Laos and"
        is_listed = is_next and NEXT_IN_LIST.fullmatch(document.text, last, n.start)
        before = max(span[0], n.start - 200)
        may_be_none = document.small.endswith(_BEFORE_NO_SIDE, before, n.start)
        is_none = may_be_none and document.pattern(_NO_SIDE).search(document.small, before, n.start)
        if is_listed or is_none or document.pattern(_CURRENCY).match(document.small, n.end):
            last = n.end
        else:
            found.append(n)
    return found


def is_korea(document: Document, span: Span) -> bool:
    """Return whether a phrase means the home side by other words than its name: "of Korea", "the north"."""
    return bool(_OF_HOME.search(document.text, *span)) or names_a_korean(document, span)


def parties(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield each sender or recipient of a list with his state, by the item that names it first.

    A second one of the same state is one if his item opens with an office of his own: "and the premier of …".
    """
    cuts = [span[0], *_items(document, span), span[1]]
    taken: dict[str, int] = {}  # by state, where its last item begins
    for mention in taking_part(document, span):
        start = max(cut for cut in cuts if cut <= mention.start)
        is_second = start not in taken.values() and document.pattern(_OFFICE_OPENS).match(document.text, start)
        if mention.partner in taken and not is_second:
            continue
        begin = start if taken else span[0]  # "Ana Example, the president of …": the name stands before the first cut
        taken[mention.partner] = start
        begin, end = _own_words(document, mention, (begin, min(cut for cut in cuts if cut >= mention.end)))
        two = document.pattern(_AND_HIS).search(document.text, begin, end)
        yield mention.partner, (begin, two.start() if two else end)
        if two:
            yield mention.partner, (two.end(), end)


def _items(document: Document, span: Span) -> Iterator[int]:
    """Yield where the second and later items of a list start; a bare word that is no state starts none."""
    named = document.named_in(span)
    begins = {n.start for n in named}
    people = {n.end for n in named if n.role in ("leader", "official")}  # "Xi Jinping|, the president of China" is one
    last = span[0]
    for item in _ITEM.finditer(document.text, *span):
        is_item = item.end() in begins if item["bare"] else item.start() not in people or item[0][0] != ","
        is_one_body = document.pattern(_OFFICE_ALONE).fullmatch(document.text, last, item.start())
        if is_item and not is_one_body and not document.word_of("body").search(item["person"] or ""):
            last = item.start()
            yield last


def _own_words(document: Document, mention: Mention, item: Span) -> Span:
    """Return an item without the part of the next state: "Chairman A of Peru, Secretary B of Laos"."""
    start, end = item
    for other in document.named_in(item):
        if other.partner == mention.partner:
            continue
        one, two = sorted((mention, other), key=lambda n: n.start)
        between = document.text[one.end : two.start]
        if between == " and " and one.role == two.role == "name" and not document.text[start : one.start].strip(" ,"):
            return mention.start, mention.end  # ", Ecuador and Dominica to this country"
        gap = _BREAK.search(between)
        if gap and other is one:
            start = max(start, one.end + gap.start())
        elif gap:
            end = min(end, one.end + gap.start())
    return start, end


def named_parties(document: Document, listed: Iterable[tuple[str, Span]]) -> list[Party]:
    """Return the parties of a list with their names.

    Of one who stands there by his state alone the office is that of the one before: "the foreign ministers of Peru,
    Laos and Mali", "personages of Ghana and Peru".
    """
    found: list[Party] = []
    office: re.Match[str] | None = None
    for partner, place in listed:
        name, is_person = short(document.unframed[slice(*place)], partner, document.lexicon)
        if office and not is_person and _is_state(name, document.lexicon):
            of_one = f"{office[0][: office.start('many')]} of " if office["many"] else office[0]
            first = found[-1]
            if first.name.startswith(office[0]):
                found[-1] = first._replace(name=of_one + first.name[office.end() :])
            name = of_one + name
        else:
            office = document.pattern(_OFFICES_OF).match(name)
        found.append(Party(partner, place, name, is_person))
    return found


def home_name(document: Document, span: Span) -> str:
    """Return the person or organ of the home side: the leader by name, an organ in the text's words.

    Nobody at all, "him" and "his portrait" are whom the article names first; "they" are nobody in particular.
    """
    here = document.home_in(span)
    held = document.shown(span).strip(" ,.")
    is_him = document.pattern(_IS_HIM).search(held) if not here else held.endswith(" leader")
    for n in document.home if is_him else here:
        if n.role in ("leader", "official"):
            return document.text[n.start : n.end]
    return "" if held.startswith("They") else short(held, "", document.lexicon)[0]


def short(phrase: str, partner: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return a person's name without titles, and True; or an office or organ in the text's words, and False."""
    phrase = " ".join(phrase.split()).strip(" ,.-")
    name, shorter = "", _HEAD_ENDS.split(phrase, maxsplit=1)[0].strip(" ,.-")
    fronts = lexicon.fronts(partner)
    while shorter != name:
        name = shorter
        shorter = lexicon.vocabulary.compiled(_HONOUR).sub("", name)
        if shorter.startswith(fronts):  # there are hundreds of them
            shorter = shorter.removeprefix(next(front for front in fronts if shorter.startswith(front)))
    is_body = lexicon.vocabulary.word_of("body", "en").search(name) or f"{name} " in fronts or _is_state(name, lexicon)
    if _PERSON.match(name) and not is_body:
        return name, True
    return cut(_office(phrase, partner, lexicon), _LONGEST).strip(" ,;-"), False


def _office(phrase: str, partner: str, lexicon: Lexicon) -> str:
    """Return an office or organ without the words about it; no comma ends it before its state is named.

    "The Ministry of Culture, Sports and Tourism of Laos" is one.
    """
    phrase = lexicon.vocabulary.compiled(_OPENING).sub("", phrase)
    states = (phrase.find(form) for form in lexicon.adjectives.get(partner, ()))
    named = min((place for place in states if place >= 0), default=0)
    ends = _WHOLE_ENDS.finditer(phrase)
    return phrase[: next((end.start() for end in ends if not end["item"] or end.start() > named), len(phrase))]


def _is_state(name: str, lexicon: Lexicon) -> bool:
    return any(n.role in ("name", "adjective", "organ") for n in lexicon.forms["en"].get(name, ()))
