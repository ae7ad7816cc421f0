"""Messages in Korean: nouns of message with a verb of sending or receiving, and the particles that mark the sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from sunchi.signals.naming import Naming
from sunchi.signals.parties import Direction, Sent
from sunchi.signals.reading import Reading
from sunchi.text import Span

_KINDS = {
    "구두친서": "verbal",
    "친서": "letter",
    "축하편지": "congratulation",
    "축하전문": "congratulation",
    "축하인사": "congratulation",
    "축전": "congratulation",
    "답전": "reply",
    "위문전문": "sympathy",
    "위로전문": "sympathy",
    "위문편지": "sympathy",
    "위로": "sympathy",
    "조전": "condolence",
    "조의문": "condolence",
    "감사전문": "thanks",
    "감사편지": "thanks",
    "련대성전문": "solidarity",
    "년하장": "greeting",
    "연하장": "greeting",
    "인사": "greeting",
    "꽃바구니": "floral_basket",
    "화환": "wreath",
    "선물": "gift",
    "서한": "letter",
    "편지": "letter",
    "전문": "letter",
}
_NOUN = "|".join(sorted(_KINDS, key=len, reverse=True))
_REPORT = re.compile(
    rf"(?P<noun>{_NOUN})(?:을|를|과|와|도)?[^.\n]{{0,30}}?"
    r"(?P<verb>주고받|교환|보내여왔|보내왔|보내오|보냈|보내시|보내였|보내는|전달|전했|전하|올렸|드렸|받으시|받았|받은|받아)"
)
_BOTH_WAYS = ("주고받", "교환")
_RECEIVED = ("받",)
_CAME = ("보내여왔", "보내왔", "보내오")  # sent here
_PARTICLE = re.compile(
    r"(?:[가-힣]*\s)??(?:[가-힣]+\s){0,4}?[가-힣]*?(?P<particle>에게서|로부터|으로부터|에게|께서는|께서|께|앞으로|한테|은|는|이|가|과|와)(?=[\s,.]|$)"
)


def find(reading: Reading) -> Iterator[Sent]:
    """Every message that a sentence reports, the headline's only where the body reports none."""
    body = [s for s in reading.sentences if s[0] > reading.headline]
    found = [sent for n, s in enumerate(body) for sent in _read(reading, s, leads=n == 0)]
    if not found:
        found = [sent for s in reading.sentences if s[0] <= reading.headline for sent in _read(reading, s, leads=False)]
    yield from found


def _read(reading: Reading, sentence: Span, *, leads: bool) -> Iterator[Sent]:
    report = _REPORT.search(reading.text, *sentence)
    if not report:
        return
    before = (sentence[0], report.start())
    foreign, home = reading.named_in(before), reading.home_in(before)
    partner = _person_first(foreign)
    own = _person_first(home)
    if partner is None:
        reading.drop("message", report.span(), "nobody of another state is named before it")
        return
    verb = report["verb"]
    directions: tuple[Direction, ...]
    if verb.startswith(_BOTH_WAYS):
        directions = ("out", "in")
    else:
        particle = _particle(reading, partner)
        received = verb.startswith(_RECEIVED)
        if particle in ("에게서", "로부터", "으로부터"):
            directions = ("in",)
        elif particle in ("에게", "께", "앞으로", "한테"):
            directions = ("out",)
        else:
            own_particle = _particle(reading, own) if own else ""
            incoming = received or verb.startswith(_CAME) or own_particle in ("에게", "께", "앞으로", "한테")
            directions = ("in",) if incoming or not own else ("out",)
            if particle in ("은", "는", "이", "가") and not received:
                directions = ("in",)
    if own is None and not reading.home:
        reading.drop("message", report.span(), "nobody of Pyongyang's side is named")
        return
    reading.because("message", partner.partner, sentence, "the noun that says its kind, and its verb", at=report.span())
    for direction in directions:
        foreign_name, named = _name(reading, partner)
        home_name = _name(reading, own)[0] if own else _name(reading, _person_first(list(reading.home)))[0]
        yield Sent(
            kind=_KINDS[report["noun"]],
            direction=direction,
            partner=partner.partner,
            sender=home_name if direction == "out" else foreign_name,
            recipient=foreign_name if direction == "out" else home_name,
            span=sentence,
            named=named,
            listed=False,
            leads=leads,
        )


def _person_first(namings: list[Naming]) -> Naming | None:
    """A person, else whoever is named last before the noun."""
    people = [n for n in namings if n.role in ("leader", "official")]
    return people[0] if people else namings[-1] if namings else None


def _particle(reading: Reading, naming: Naming) -> str:
    match = _PARTICLE.match(reading.text, naming.end)
    return match["particle"] if match else ""


def _name(reading: Reading, naming: Naming | None) -> tuple[str, bool]:
    """A person's name, and True; else the state or its organ with the words that belong to it, and False."""
    if naming is None:
        return "", False
    person = naming.role in ("leader", "official")
    lexicon = reading.lexicon
    begins = naming.end + 1 if reading.text.startswith(" ", naming.end) else naming.start
    whole = None if person else _organ(lexicon.organs["ko"], lexicon.offices["ko"]).match(reading.text, begins)
    return reading.text[naming.start : max(naming.end, whole.end() if whole else 0)], person


@lru_cache(maxsize=8)
def _organ(organs: tuple[str, ...], offices: tuple[str, ...]) -> re.Pattern[str]:
    """An organ or congress by all its words, and the office in it: 꾸바공산당 중앙위원회, 로씨야련방 대통령."""
    organ, office = ("|".join(sorted(map(re.escape, some), key=len, reverse=True)) for some in (organs, offices))
    word = rf"(?:[가-힣]{{0,20}}(?:{organ})|제\d{{1,3}}차 ?대회)"
    return re.compile(rf"{word}(?: {word}){{0,4}}(?: (?:{office}))?|(?:{office})")
