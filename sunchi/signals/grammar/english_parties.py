"""Who writes and who is written to, in English: the phrases of a list, and names without their titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sunchi.lexicon import Lexicon
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.english import has_envoy, names_a_korean
from sunchi.signals.mentions import Mention
from sunchi.text import Span, cut

# "anti-Japanese", "Koreans in Sample Province of China", "embassy in Laos", "the ambassadors of Nepal and Peru to Cuba"
_NO_SIDE = Pattern(  # in small letters
    r"\b(?:anti-|pro-|koreans? (?:[\w-]+ ){0,3}in (?:the )?(?:[\w-]+(?: [\w-]+)? {district} of (?:the )?)*"
    r"|embass(?:y|ies) in (?:the )?"
    r"|(?:{ambassador}|envoys?)(?: a\.i\.| ad interim)?(?!\w)(?: of [^.;]*?)? to (?:the |[a-z]\w+ of )?)$"
)
_BEFORE_NO_SIDE = ("-", "in ", "of ", "to ", "the ")  # how it may end, in small letters
_AND_NEXT = re.compile(r"(?:,| and|, and) (?:the )?")  # "ambassadors to Peru | , the | Philippines"
_OFFICE_OPENS = Pattern(r"(?:,| and) the (?:[\w-]+ ){0,3}?{high_office}\b")  # "…, the first vice-minister"
_OFFICE_ALONE = Pattern(r"\W*(?:and )?(?:the )?(?:[\w-]+ ){0,2}{high_office}(?: general)?")  # "and the new premier"
_SECOND_ITEM = re.compile(
    r"(?:[,;]| and) (?=the |an? |other (?:[\w-]+ )?personages\b|(?P<bare>[A-Z]\w+(?:,|\.| and\b|\s*$)))"
    r"|(?<!C\.C\.),(?: and)? (?=(?P<person>[A-Z]\w+(?: [A-Z]\w+){1,4}), (?!and\b|who\b)[a-z])"  # with his office
)
# "President Ana Example and Prime Minister Ali Example"
_AND_HIS = Pattern(r"(?<=[a-z]) and (?={title_of_office} (?:[A-Z][\w'.-]*(?: |,|$)){2,5})")
_NEXT = re.compile(r"(?:.*(?=; ))?.*?(?P<gap>[,;] )", re.DOTALL)  # the next comma, or semicolon where there is one
_HE = r"^\W*(?:He|She|Kim|They|The (?:\w+ ){0,2}(?i:{high_office}))\b"
_IS_HIM = Pattern(rf"{_HE}|\b(?:him|her|his|{{likeness}})\b")  # "They", "the president"; "his", "portrait"
_STUDIED = re.compile(r"\b[Ss]tudy of (?:[\w'-]+ ){0,4}$")  # a group abroad bears its subject's name
_OUR_LEADER = re.compile(r"(?:the )?(?:DPRK|Korean|supreme) leader$")  # "the supreme leader" with no name

_OF_HOME = re.compile(r"\bof Korea\b|\b[Tt]he north\b")  # "of Korea", "the north"
_HONOUR = Pattern(r"^(?:,|-|{honorific}|(?-i:new))\s+", flags=re.IGNORECASE)  # "HE | Comrade | Ana Example"
# "On May 1, |", "On the same day |"
_WHEN = re.compile(
    r"^(?:(?:On|In|Earlier|Meanwhile)\b[^,]{0,30}, |On the same day |Meanwhile "
    r"|Upon the authori[sz]ation of [^,]{3,60}, )"
)
_NAME_PART = r"(?:[A-Z\u2160-\u216f][\w'.\u2160-\u216f-]*|[a-z]{2}-[A-Z]\w+|bin|al|el|de|da|van|von|ibn)"
_PERSON = re.compile(rf"{_NAME_PART}(?: {_NAME_PART}){{0,6}}$")  # "Ana bin Example-Sample III"
# "Ana Example, | minister", "Ana Example | and"
_HEAD_ENDS = re.compile(r"(?<!C\.C\.), | (?:and|upon|on|as|asked|expressed|said|thanked|who|here|\w+day)\b")
# "the minister | on an official visit", "…, and other officials"
_WHOLE_ENDS = Pattern(
    r"(?P<item>(?<!C\.C\.), (?=[A-Z]))"
    r"|,? (?:on an? [a-z ]*visit|staying|asked|expressed|said|thanked|here|(?:on )?\w+day)\b"
    r"| (?:was|were) (?:conveyed|handed)\b|,? and (?:some )?other (?:[\w-]+ )?{personage}\b"
    r"| on (?=[A-Z][a-z]+\.? \d)| (?:consisting of|waging|when|in (?:their|his|her|its|Juche|{month}))\b"
)
_LED_BY_ONE = re.compile(r"((?:led|headed) by (?:[a-z]+ )?[A-Z][^,]+),.*")  # and not what all he is
_OPENING = Pattern(r"^(?:(?:[,;-]|{lead_in}|at the \w+(?: held)? in) +)+")  # "; and the visiting | minister"
# "foreign ministers of", "ambassadors of"; "personages of", "ambassadors and chargés d'affaires of", who stay many
_OFFICES_OF = Pattern(
    r"(?:(?P<office>(?:[\w-]+ ){0,3}?(?:{high_office}|{ambassador}|envoy)s)"
    r"|(?P<people>(?:[\w-]+ ){0,3}?(?:{personage}|(?:{high_office}|{ambassador}|envoy)s and [\w'. -]{3,40}?))) of ",
    flags=re.IGNORECASE,
)
# "People's Republic of | China"
_OF_A_STATE = re.compile(r"(?:[A-Z][\w']+ ){0,4}(?:Republic|State|Kingdom|Union|Federation|Sultanate) of (?:the )?")
_LONGEST = 200  # signs of an office or organ: the longest of real lists has 130


def is_foreign(document: Document, span: Span) -> bool:
    """Return whether the first state that a phrase names is foreign and takes part, not a place or an enemy."""
    ours = [
        n for n in document.home_in(span) if not _STUDIED.search(document.text, max(span[0], n.start - 60), n.start)
    ]
    both = [*document.named_in(span), *ours]
    return bool(both) and min(both, key=lambda n: n.start) in taking_part(document, span)


def taking_part(document: Document, span: Span) -> list[Mention]:
    """Return the states that take part, without a place, an enemy or the posts of ambassadors."""
    found: list[Mention] = []
    last = -1  # where the last name ends that takes no part
    for n in document.named_in(span):
        is_next = last >= 0 and n.role == "name" and not has_envoy(document, n)  # "ambassadors to Peru, | Laos and"
        is_listed = is_next and _AND_NEXT.fullmatch(document.text, last, n.start)
        before = max(span[0], n.start - 200)
        may_be_none = document.small.endswith(_BEFORE_NO_SIDE, before, n.start)
        if is_listed or (may_be_none and document.pattern(_NO_SIDE).search(document.small, before, n.start)):
            last = n.end
        else:
            found.append(n)
    return found


def is_korea(document: Document, span: Span) -> bool:
    """Return whether a phrase means the home side by other words than its name: "of Korea", "the north"."""
    is_of_home = bool(_OF_HOME.search(document.text, *span)) or names_a_korean(document, span)
    return is_of_home and not document.named_in(span)


def parties(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    """Yield each sender or recipient of a list with his state, by the item that names it first.

    A second one of the same state is one if his item opens with an office of his own: "and the premier of …".
    """
    cuts = [span[0], *_items(document, span), span[1]]
    seen: set[str] = set()
    taken: set[int] = set()
    named = -1  # where the last person's name ends: "Xi Jinping, the president of China" is one
    for mention in taking_part(document, span):
        start = max(cut for cut in cuts if cut <= mention.start)
        his_own = named == start and document.text.startswith(",", start)
        named = mention.end if mention.role in ("leader", "official") else -1
        if mention.partner in seen and (
            start in taken or his_own or not document.pattern(_OFFICE_OPENS).match(document.text, start)
        ):
            continue
        taken.add(start)
        if not seen and not document.named_in((span[0], start)) and not _is_another(document, (span[0], start)):
            start = span[0]  # "Xi Jinping, the general secretary of …": the name stands before the first cut
        seen.add(mention.partner)
        before = max((cut for cut in cuts if cut < start), default=start)
        if document.pattern(_OFFICE_ALONE).fullmatch(document.text, before, start):
            start = before  # "the president and the vice-president of Peru"
        start, end = _own_words(document, mention, (start, min(cut for cut in cuts if cut >= mention.end)))
        two = document.pattern(_AND_HIS).search(document.text, start, end)
        yield mention.partner, (start, two.start() if two else end)
        if two:
            yield mention.partner, (two.end(), end)


class Party(NamedTuple):
    """One who writes or is written to: his state, the words that name him, and his name without titles."""

    partner: str
    place: Span
    name: str
    is_person: bool


def named_parties(document: Document, listed: Iterable[tuple[str, Span]]) -> list[Party]:
    """Return the parties of a list with their names.

    Of one who stands there by his state alone the office is that of the one before: "the foreign ministers of Peru,
    Laos and Mali", "personages of Ghana and Peru".
    """
    found: list[Party] = []
    office, heirs = "", 0
    for partner, place in listed:
        name, is_person = short(document.unframed[slice(*place)], partner, document.lexicon)
        if office and not is_person and _is_state(_OF_A_STATE.sub("", name), document.lexicon):
            name = f"{office} of {'the ' * bool(_OF_A_STATE.match(name))}{name}"
            heirs += 1
        else:
            offices = document.pattern(_OFFICES_OF).match(name)
            office = (offices["office"] or offices["people"]) if offices else ""
        found.append(Party(partner, place, name, is_person))
    return [party._replace(name=_of_one(document, party.name)) for party in found] if heirs else found


def _of_one(document: Document, name: str) -> str:
    """Return the name of one of several with one office: "foreign minister of Laos" for "foreign ministers of Laos"."""
    offices = document.pattern(_OFFICES_OF).match(name)
    if offices is None or not offices["office"]:
        return name
    end = offices.end("office")
    return name[: end - 1] + name[end:]


def _own_words(document: Document, mention: Mention, item: Span) -> Span:
    """Return an item without the part of the next state: "Chairman A of Peru, Secretary B of Laos"."""
    start, end = item
    for other in document.named_in(item):
        if other.partner != mention.partner:
            before = other.end <= mention.start
            if _is_bare_pair(document, start, *((other, mention) if before else (mention, other))):
                return mention.start, mention.end
            gap = _NEXT.match(document.text, *((other.end, mention.start) if before else (mention.end, other.start)))
            if gap and before:
                start = max(start, gap.start("gap"))
            elif gap:
                end = min(end, gap.start("gap"))
    return start, end


def _is_bare_pair(document: Document, start: int, one: Mention, other: Mention) -> bool:
    """Return whether an item is two states with nothing before them: ", Ecuador and Dominica to this country"."""
    together = document.text[one.end : other.start] == " and "
    return together and one.role == other.role == "name" and not document.text[start : one.start].strip(" ,")


def _items(document: Document, span: Span) -> list[int]:
    """Return where the second and later items of a list start; a bare word that is no state starts none."""
    names = {mention.start for mention in document.named_in(span)}
    items = [m for m in _SECOND_ITEM.finditer(document.text, *span) if m["bare"] is None or m.end() in names]
    return [item.start() for item in items if not document.word_of("body").search(item["person"] or "")]


def _is_another(document: Document, before: Span) -> bool:
    """Return whether another person's office follows `before`: "the secretary of the … Party, the chairman of …"."""
    return bool(
        document.word_of("body").search(document.text, *before)
        and document.pattern(_OFFICE_OPENS).match(document.text, before[1])
    )


def home_name(document: Document, span: Span) -> str:
    """Return the person or organ of the home side: the leader by name, an organ in the text's words.

    Nobody at all, "him" and "his portrait" are whom the article names first; "they" are nobody in particular.
    """
    people = [n for n in document.home_in(span) if n.role in ("leader", "official")]
    if people:
        return document.text[people[0].start : people[0].end]
    held = document.shown(span).strip(" ,.")
    is_him = not document.home_in(span) and (not held or document.pattern(_IS_HIM).search(held))
    if _OUR_LEADER.match(held) or is_him:
        leaders = [n for n in document.home if n.role in ("leader", "official")]
        if leaders:
            return document.text[leaders[0].start : leaders[0].end]
    return "" if held.startswith("They") else short(held, "", document.lexicon)[0]


def short(phrase: str, partner: str, lexicon: Lexicon) -> tuple[str, bool]:
    """Return a person's name without titles, and True; or an office or organ in the text's words, and False."""
    phrase = _WHEN.sub("", " ".join(phrase.split())).strip(" ,.-")
    name = _HEAD_ENDS.split(phrase, maxsplit=1)[0].strip(" ,.-")
    fronts = lexicon.fronts(partner)
    while True:
        shorter = lexicon.vocabulary.compiled(_HONOUR).sub("", name)
        if shorter.startswith(fronts):
            shorter = next(shorter[len(front) :] for front in fronts if shorter.startswith(front))
        if shorter == name:
            break
        name = shorter
    if (
        _PERSON.match(name)
        and not lexicon.vocabulary.word_of("body", "en").search(name)
        and f"{name} " not in fronts
        and not _is_state(name, lexicon)
    ):
        return name, True
    return cut(_office(phrase, partner, lexicon), _LONGEST).strip(" ,;-"), False


def _office(phrase: str, partner: str, lexicon: Lexicon) -> str:
    """Return an office or organ without the words about it; no comma ends it before its state is named.

    "The Ministry of Culture, Sports and Tourism of Laos" is one.
    """
    phrase = lexicon.vocabulary.compiled(_OPENING).sub("", phrase)
    states = (phrase.find(form) for form in lexicon.adjectives.get(partner, ()))
    named = min((place for place in states if place >= 0), default=0)
    ends = (
        m.start()
        for m in lexicon.vocabulary.compiled(_WHOLE_ENDS).finditer(phrase)
        if m["item"] is None or m.start() > named
    )
    return _LED_BY_ONE.sub(r"\1", phrase[: next(ends, len(phrase))])


def _is_state(name: str, lexicon: Lexicon) -> bool:
    return any(n.role in ("name", "adjective", "organ") for n in lexicon.forms["en"].get(name, ()))
