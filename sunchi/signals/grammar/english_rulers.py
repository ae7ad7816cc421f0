"""Whether those who speak or write in English are a state's rulers, or a party out of power.

What a government, a parliament, an army or a ruling party says is said for its state; what other parties say is not.
"""

from __future__ import annotations

import re

from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.english import KOREAN, leads
from sunchi.signals.grammar.english_private import names_private
from sunchi.signals.mentions import Mention
from sunchi.text import Span

_OFFICE = re.compile(
    r"\b(?:(?:(?:deputy|vice)[ -])?(?:prime )?minister|premier|ministry|ministries|king|queen|emir|sultan|government"
    r"|parliament|senate|senators?|speaker|national assembly|(?<!dprk )(?:embassy|ambassador|consulate)"
    r"|people's army of|armed forces)\b",
    re.IGNORECASE,
)
_PRESIDENT = re.compile(r"\b(?:[Pp]resident|[Hh]ead of [Ss]tate) of (?:the )?(?:\w+ ){0,3}$")
_HIS_PRESIDENT = re.compile(r" (?:[Pp]resident|[Kk]ing|[Pp]remier)\b")
_GOES_ON = re.compile(r"(?:'s|n|ian)? [\w']+(?<!who)(?<!and)(?<!on)(?<!in)(?<!said)\b|-")  # "of the Peru Film League"
_LOCAL = re.compile(r"\b(?:City|Town|District|County|mayor|Preparatory|Youth|doyen|corps|[Ff]ormer|[Ee]x)\b")
# "Workers' Party of Korea" is the home side's
_PARTY = re.compile(
    r"\b(?:Party(?! of Korea\b)|Part(?:y|ies)(?= of [A-Z])|Vanguard|(?:Liberation|Struggle|Salvation|Democratic) Front"
    r"|Left Movement|Communists|Alternative|Left Bloc)\b"
)
_WREATH = re.compile(r"\b(?:[Ww]reaths?|[Ff]loral [Bb]askets?)\b")
_TO_WHOM = re.compile(r"\bto (?:the )?(?:(?:[Cc]omrade|[Gg]eneral|[Ss]ecretary|[Ll]eader|dear|respected|great) )*$")
_RECEIVES = re.compile(r"\b(?:received|was presented)\b")
_RULERS = (
    "minist", "premier", "king", "queen", "emir", "sultan", "government", "parliament", "senat", "speaker", "assembly",
    "embassy", "ambassador", "consulate", "army", "armed forces", "president", "head of state", "party", "front",
    "congress", "organization", "league", "movement", "frelimo", "swapo", "anc", "plo", "mpla", "fatah",
)  # fmt: skip
_SAYS = re.compile(
    r"\b(?:said|noted|stressed|praised|lauded|hailed|stated|added|expressed|wrote|highlighted|extolled|congratulated)\b"
)
_PRAISES = re.compile(
    r"\b(?:leadership|guidance|success\w*|victor\w*|exploits?|feats|immortal|invincible|great(?:est)? (?:man|leader)"
    r"|might|heroic|defend\w*|great korean|thriving|dignity|dignified|prosper\w+|founder of|eternal|support\w*"
    r"|solidarity|admir\w+|powerful|bulwark|wise\w*|outstanding|contribution\w*|friend\w*)\b"
)
_AND_THE = re.compile(r",? and (?:the |other |personages)|, the ")


def is_of_rulers(document: Document, partner: str, span: Span) -> bool:
    """Whether a span names rulers of a state: an office beside its name, or a party that governs it."""
    if _LOCAL.search(document.text, *span):
        return False
    if names_ruling_party(document, partner, span):
        return True
    named = [n for n in document.named_in(span) if n.partner == partner]
    return any(_is_headed(document, n, span) for n in named) or bool(named and _OFFICE.search(document.text, *span))


def _is_headed(document: Document, mention: Mention, span: Span) -> bool:
    """Whether it is a state's president who stands there, and not that of its "People's League"."""
    if _HIS_PRESIDENT.match(document.text, mention.end):
        return True
    before = (max(span[0], mention.start - 60), mention.start)
    return bool(_PRESIDENT.search(document.text, *before) and not _GOES_ON.match(document.text, mention.end))


def is_out_of_power(document: Document, partner: str) -> bool:
    """Whether the opening speaks, for a state, of parties alone and of none that governs it."""
    if document.language != "en":
        return False
    told = [lead for lead in leads(document) if any(n.partner == partner for n in document.named_in(lead))]
    told = told or list(leads(document))
    return any(_PARTY.search(document.text, *span) for span in told) and not any(
        is_of_rulers(document, partner, span) for span in told
    )


def is_of_no_rulers(document: Document, partner: str, span: Span) -> bool:
    """Whether a span names, for a state, a party out of power, or people with a wreath, and none of its rulers.

    It is not so where the home side stands before them: it wishes them something itself.
    """
    wreath = _WREATH.search(document.text, *span)
    tells = wreath or _PARTY.search(document.text, *span)
    if not tells:
        return False
    ours = next(iter(document.home_in(span)), None)
    if ours and _sends(document, ours, tells.start()):
        return False
    return bool(wreath) or not is_of_rulers(document, partner, span)


def _sends(document: Document, home: Mention, until: int) -> bool:
    """Whether the home side stands before a place, and not as the one to whom something comes."""
    if home.start > until or _TO_WHOM.search(document.text, max(0, home.start - 30), home.start):
        return False
    return not _RECEIVES.search(document.text, home.end, until)


@per_document  # asked for every state that a text names
def praise_of_rulers(document: Document) -> dict[str, tuple[Span, Span]]:
    """The states whose rulers are told to praise Pyongyang: the sentence, and its words up to the verb."""
    found: dict[str, tuple[Span, Span]] = {}
    if document.language != "en" or not document.held(_RULERS):
        return found
    friends = (
        n for n in document.mentions if n.start > document.headline and n.partner not in document.lexicon.adversaries
    )
    for sentence in dict.fromkeys(document.sentence_at(n.start) for n in friends):
        says = _SAYS.search(document.text, *sentence)
        if says and _PRAISES.search(document.small, says.start(), sentence[1]):
            partner = _speaking(document, (sentence[0], says.start()), sentence[1])
            if partner:
                found.setdefault(partner, (sentence, (sentence[0], says.end())))
    return found


def _speaking(document: Document, speaking: Span, end: int) -> str:
    """The one state whose rulers speak in a span, if what they say, up to `end`, is of Pyongyang; "" if none."""
    speakers = {n.partner for n in document.named_in(speaking)}
    ours = document.home_in((speaking[1], end)) or KOREAN.search(document.text, speaking[1], end)
    if (
        len(speakers) != 1
        or not ours
        or document.home_in(speaking)
        or names_private(document, _first_of(document, speaking))
    ):
        return ""
    partner = speakers.pop()
    return partner if is_of_rulers(document, partner, speaking) else ""


def speaks_privately(document: Document, mention: Mention, sentence: Span) -> bool:
    """Whether a state is named only as that of a private friend or a party out of power who speaks of Pyongyang."""
    says = _SAYS.search(document.text, mention.end, sentence[1])
    speaking = (sentence[0], says.start()) if says else sentence
    if not says or document.home_in(speaking) or not document.home_in((says.start(), sentence[1])):
        return False
    if not names_private(document, speaking) and not _PARTY.search(document.text, *speaking):
        return False
    return not is_of_rulers(document, mention.partner, speaking)


def _first_of(document: Document, span: Span) -> Span:
    """Who speaks first of those that a span lists."""
    next_one = _AND_THE.search(document.text, *span)
    return span[0], next_one.start() if next_one else span[1]


def names_ruling_party(document: Document, partner: str, span: Span, side: str = "") -> bool:
    """Whether a span, or the name of a side of a message, names a party that governs a state."""
    said = side.lower() or document.small[slice(*span)]
    ruling = document.lexicon.ruling(partner, document.language, document.date)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in ruling if name in said)
