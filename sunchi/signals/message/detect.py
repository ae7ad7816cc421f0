"""Messages: who wrote to whom, of what kind, on what occasion, at what length, and whether the text is given.

english.py, korean.py, chinese.py and spanish.py find the sentences that report one, with sender and recipient; here
the article around such a sentence gives the rest: occasion, text, salutation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sunchi import text as texts
from sunchi.lexicon import HOME
from sunchi.lexicon.frames import Frame
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.speech import OWN, PARTNER, verbs_of_speech
from sunchi.signals.languages import module_for
from sunchi.signals.message.kinds import WORDED, kind_spoken_of
from sunchi.signals.message.occasion import dated, occasion_of
from sunchi.signals.message.reported import Sent
from sunchi.signals.rationale import Deferred, Found, Rejected
from sunchi.signals.row import row
from sunchi.text import Span

_WRITTEN = frozenset({*WORDED, "letter"}) - {"verbal"}
# "The message reads:", 축전의 전문은 다음과 같다, 贺电全文如下:
_FULL_TEXT = {
    "en": Pattern(
        r"^[^\n]{0,120}\b(?:{writing}|text)\b[^\n:]{0,60}\b(?:{say}|says|reads?|follows?)\b *:[ \"]*",
        flags=re.MULTILINE,
    ),
    "ko": Pattern(r"^[^\n]{0,40}{message_noun}[^\n]{0,40}다음과 같다[.:]? *", "ko", re.MULTILINE),
    "zh": Pattern(r"^[^\n]{0,80}?(?:[电信函]的?|{full_text})+(?:如下|说|写道|指出)[:。]? *", "zh", re.MULTILINE),
}
# a line of its own that ends so: "Dear Comrade Example,"
_SALUTATION = re.compile(r"^ *([^\n]{3,90}?)[,!:] *$", re.MULTILINE)
# Who opens a sentence: "In his reply, the respected Comrade …"
_OPENING = Pattern(
    r"\W*(?:(?:in (?:his|its|their|the) (?:reply|answer)|for (?:his|its|their) part),? )?(?:the )?"
    r"(?:{leader_honorific} )*"
)
_MESSAGE_SAYS = Pattern(r"\W*(?:in )?(?:the|his) {letter}\b")  # "In the message he expressed …"
# From a subject to his own verb: "Kim Jong Un, president of …, once again"
_TO_HIS_VERB = re.compile(
    r"(?: government| side)?(?:,[^:;]*,)?"
    r"(?: (?:\w+ly|also|further|then|once again|in return|in (?:his|its|the) (?:reply|answer),?))* "
)


@dataclass(frozen=True, slots=True)
class _Text:
    """The text of a message, as far as the article gives it."""

    span: Span
    words: int
    full: bool


@per_document  # formulas and contacts ask, too
def reports(document: Document) -> list[Sent]:
    """Return every report of a message in the article, in order; one message may be reported twice."""
    return [each for each in _considered(document) if isinstance(each, Sent)]


@per_document
def _considered(document: Document) -> list[Sent | Rejected]:
    """Return every report of a message, and what only looks like one."""
    module = module_for("message", document.language)
    return list(module.messages(document)) if module else []


def message(document: Document) -> Iterator[Found | Rejected | Deferred]:
    """Yield one row for each kind, direction and partner, and of these for a person and an organ.

    A second report of one message has no row. In a list each sender and recipient has a row of his own.
    """
    # Nobody is named to whom Pyongyang could write; in Korean and Chinese a tower may stand for a state: 우의탑.
    if document.language == "en" and not document.mentions:
        yield Deferred(lambda: [each for each in _considered(document) if isinstance(each, Rejected)])
        return
    yield from (each for each in _considered(document) if isinstance(each, Rejected))
    found = reports(document)
    if not found:
        return
    counted = list(_without_repeats(document, found))
    yield from (each for each in counted if isinstance(each, Rejected))
    once = [each for each in counted if isinstance(each, Sent)]
    leading = {(sent.kind, sent.direction, sent.partner) for sent in found if sent.leads}
    alike = Counter((sent.kind, sent.direction) for sent in once)
    when: dict[tuple[Span, Span], tuple[str, str]] = {}  # occasion and day, which those of a list share
    for sent in once:
        grouped = alike[sent.kind, sent.direction] > 1 or sent.listed
        given = _text_of(document, sent, alone=len(leading) == 1 and sent.leads)
        places = sent.span, given.span
        if places not in when:
            when[places] = occasion_of(document, sent, given.span), dated(document, sent.span)
        occasion, day = when[places]
        found_row = row(
            document,
            "message",
            sent.partner,
            _kind(document, sent, given),
            float(given.words),
            sent.span,
            direction=sent.direction,
            **{"from": sent.sender, "to": sent.recipient},
            occasion=occasion,
            full_text=given.full,
            grouped=grouped,
            named=sent.named,
            dated=day,
            salutation=_salutation(document, given) if given.full else None,
            historical=(sent.recalled),
        )
        yield Found(found_row, (sent.reason,))


def _without_repeats(document: Document, found: list[Sent]) -> Iterator[Sent | Rejected]:
    """Yield the first report of each message; reject later ones, and messages of states that are gone."""
    first: dict[tuple[str, ...], Sent] = {}
    laid = {_theirs(sent) for sent in found if sent.kind == "wreath"}
    known: set[tuple[str, ...]] = set()
    for sent in found:
        if sent.partner in document.lexicon.standings.past:
            yield Rejected("message", sent.span, "with a state of the past: history")
            continue
        if _is_call(sent) and _theirs(sent) in laid:
            yield Rejected("message", sent.span, "the call on which the wreath was laid, which is reported, too")
            continue
        of_state = (sent.kind, sent.direction, sent.partner, str(sent.named))
        of_its_own = sent.listed or (of_state in known and _is_of_others(sent, first.values()))
        key = (*of_state, sent.sender, sent.recipient) if of_its_own else of_state
        is_new = of_state not in known or (of_its_own and key not in first)
        known.add(of_state)
        if is_new:
            first[key] = sent
            yield sent
        else:
            yield Rejected("message", sent.span, "a second report of a message that was reported before")


def _theirs(sent: Sent) -> tuple[str, str, str]:
    return sent.partner, sent.direction, sent.sender if sent.direction == "in" else sent.recipient


def _is_call(sent: Sent) -> bool:
    """Return whether somebody condoled in person."""
    frame = sent.reason.rule
    return isinstance(frame, Frame) and (frame.code, frame.strength) == ("condolence", "strong")


def _is_of_others(sent: Sent, reported: Iterable[Sent]) -> bool:
    """Return whether both sides are new among the reported messages: the minister, too, wrote to his counterpart."""
    if not (sent.named and sent.sender and sent.recipient and sent.kind in _WRITTEN):
        return False
    alike = [r for r in reported if (r.kind, r.direction, r.partner) == (sent.kind, sent.direction, sent.partner)]
    return all(r.named and sent.sender != r.sender and sent.recipient != r.recipient for r in alike)


def _text_of(document: Document, sent: Sent, *, alone: bool) -> _Text:
    """Return its full text if the article gives it, else what the article reports of it, else nothing."""
    after = document.text.find("\n", sent.span[1])
    after = len(document.text) if after < 0 else after + 1
    if not alone or sent.kind not in _WRITTEN:
        return _Text((after, after), 0, full=False)
    pattern = document.pattern(_FULL_TEXT.get(document.language, _FULL_TEXT["en"]))
    opening = pattern.search(document.text, after) or pattern.search(document.text, sent.span[0])
    if opening:
        span = (opening.end(), len(document.text))
        return _Text(span, texts.count_words(document.unframed[span[0] :], document.lang), full=True)
    answers = speaker_turns(document, sent.partner, sent.span) if sent.direction == "in" else ()
    span = (after, max(after, next((start for start, who in answers if who == OWN), len(document.text))))
    if _is_call(sent):
        span = (after, after)
    return _Text(span, texts.count_words(document.unframed[span[0] : span[1]], document.lang), full=False)


def _kind(document: Document, sent: Sent, given: _Text) -> str:
    """Return the kind; of a bare "message" by its sentence ("in reply to"), else by the first words of its text."""
    reported = document.small[slice(*sent.span)]
    if sent.kind != "letter" or "letter" in reported or "message" not in reported:
        return sent.kind
    if "in reply to" in reported:
        return "reply"
    opening = document.small[given.span[0] : given.span[0] + _FIRST_WORDS] if given.full else ""
    return kind_spoken_of(document, opening) or sent.kind


_FIRST_WORDS = 300  # characters: the salutation and the first sentence


def _salutation(document: Document, given: _Text) -> int | None:
    """Return 0 for a title alone, 1 for respected or comrade, 2 for closest; None where the text addresses nobody."""
    held = document.text[given.span[0] : given.span[1]]
    calls = [m[1] for m in _SALUTATION.finditer(held) if len(m[1].split()) <= 12]
    if any(document.word_of("close_address").search(call.lower()) for call in calls):
        return 2
    if any(document.word_of("respectful_address").search(call.lower()) for call in calls):
        return 1
    if document.word_of("called_comrade").search(held):
        return 1
    return 0 if calls else None


def speaker_turns(document: Document, partner: str, message: Span) -> Iterator[tuple[int, str]]:
    """Yield who takes the word after a message from `partner`: where his sentence starts, and OWN or PARTNER.

    An article that reports a message in its own words may tell of the answer, too: "Kim Jong Un expressed thanks".
    """
    if document.language != "en":
        return
    opening, message_says = document.pattern(_OPENING), document.pattern(_MESSAGE_SAYS)
    for sentence, verb in verbs_of_speech(document).items():
        if sentence[0] < message[1]:
            continue
        subject = (sentence[0], verb.start())
        first = min((*document.home_in(subject), *document.named_in(subject)), key=lambda n: n.start, default=None)
        if message_says.match(document.small, *subject):
            yield sentence[0], PARTNER
        elif first and opening.fullmatch(document.small, sentence[0], first.start):
            is_ours = first.partner == HOME
            if first.partner == partner or (is_ours and _TO_HIS_VERB.fullmatch(document.text, first.end, verb.start())):
                yield sentence[0], OWN if is_ours else PARTNER
