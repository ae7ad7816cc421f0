"""Messages: who wrote to whom, of what kind, on what occasion, at what length, and whether the text is given.

english.py, korean.py, chinese.py and spanish.py find the sentences that report one, with sender and recipient; here
the article around such a sentence gives the rest: occasion, text, salutation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sunchi import text as texts
from sunchi.lexicon.columns import LANGUAGES
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document, per_document
from sunchi.signals.grammar.speech import verbs_of_speech
from sunchi.signals.languages import module_for
from sunchi.signals.message.occasion import dated, occasion_of
from sunchi.signals.message.reported import WORDLESS, Sent, kind_spoken_of
from sunchi.signals.rationale import Found, Rejected
from sunchi.text import Span

# "The message reads:", 축전의 전문은 다음과 같다, 贺电全文如下:
_FULL_TEXT = {
    lang: Pattern(r'^[^\n]{0,120}?(?<![a-z]){message_or_text}[^\n:]{0,60}?{full_text_follows}[ "]*', lang, re.MULTILINE)
    for lang in LANGUAGES
}
# a line of its own that ends so: "Dear Comrade Example,"
_SALUTATION = re.compile(r"^ *([^\n]{3,90}?)[,!:] *$", re.MULTILINE)
_FIRST_WORDS = 300  # characters: the salutation and the first sentence
# "In his reply, the respected Comrade Kim Jong Un, president of …, once again | said"
_ANSWERS = Pattern(
    r"\W*(?:In (?:his|its|their) reply,? )?(?:[Tt]he )?(?i:{leader_honorific} )*"
    r"{recent_leader}(?:,[^:;]*,)? (?:\w+ ){0,3}"
)


@per_document  # formulas and contacts ask, too
def reports(document: Document) -> list[Sent]:
    """Return every report of a message in the article, in order; one message may be reported twice."""
    return [each for each in _considered(document) if isinstance(each, Sent)]


@per_document
def _considered(document: Document) -> list[Sent | Rejected]:
    """Return every report of a message, and what only looks like one; the headline's only if the body has no message.

    A body that speaks neither of a state nor of ours is another article's, which a site may show for a while.
    """
    module = module_for("message", document.language)
    if module is None:
        return []
    found: list[Sent | Rejected] = list(module.told(document, None))
    speaks = not document.body or any(n.start > document.headline for n in (*document.mentions, *document.home))
    is_reported = any(isinstance(each, Sent) for each in found)
    return found if is_reported or not speaks else [*found, *module.told(document, document.above)]


def message(document: Document) -> Iterator[Found | Rejected]:
    """Yield one row for each kind, direction and partner, and of these for a person and an organ.

    A second report of one message has no row. In a list each sender and recipient has a row of his own.
    """
    # Nobody is named to whom Pyongyang could write; in Korean and Chinese a tower may stand for a state: 우의탑.
    if document.language == "en" and not document.mentions and not document.explaining:
        return
    once = list(_without_repeats(document))
    lead = document.opening[-1:]
    leading = {(sent.kind, sent.direction, sent.partner) for sent in reports(document) if sent.span in lead}
    alike = Counter((sent.kind, sent.direction) for sent in once if isinstance(sent, Sent))
    for sent in once:
        if isinstance(sent, Rejected):
            yield sent
            continue
        text, is_full = _text_of(document, sent, alone=len(leading) == 1 and sent.span in lead)
        held = document.unframed[slice(*text)]
        is_bare = sent.kind == "letter" and "letter" not in document.small[slice(*sent.span)]  # "a message"
        found_row = document.row(
            "message",
            sent.partner,
            (is_bare and kind_spoken_of(document, held[:_FIRST_WORDS].lower())) or sent.kind,
            float(texts.count_words(held, document.lang)),
            sent.span,
            direction=sent.direction,
            **dict(zip(("from", "to"), sent.sides, strict=True)),
            occasion=occasion_of(document, sent.span, text, mourns=sent.kind in ("condolence", "wreath")),
            full_text=is_full,
            grouped=sent.listed or alike[sent.kind, sent.direction] > 1,
            named=sent.named,
            dated=dated(document, sent.span),
            salutation=_salutation(document, held) if is_full else None,
            historical=sent.recalled,
        )
        yield Found(found_row, (sent.reason,))


def _without_repeats(document: Document) -> Iterator[Sent | Rejected]:
    """Yield the first report of each message; reject later ones, and messages of states that are gone.

    Of one kind, direction and state, a list tells of several, and so do reports of others by name: the minister, too,
    wrote to his counterpart.
    """
    told: set[tuple[str, ...]] = set()
    for sent in _considered(document):
        if isinstance(sent, Rejected):
            yield sent
            continue
        event = sent.kind, sent.direction, sent.partner, str(sent.named)
        by_name = (*event, *sent.sides)
        is_his_own = sent.listed or (sent.named and all(sent.sides))
        if sent.partner in document.lexicon.standings.past:
            yield Rejected("message", sent.span, "with a state of the past: history")
        elif (by_name if is_his_own else event) in told:
            yield Rejected("message", sent.span, "a second report of a message that was reported before")
        else:
            told |= {event, by_name}
            yield sent


def _text_of(document: Document, sent: Sent, *, alone: bool) -> tuple[Span, bool]:
    """Return where the article gives the text of a message or tells of it, if it does, and whether it is all of it."""
    end = len(document.text)
    after = document.text.find("\n", sent.span[1]) + 1 or end
    if not alone or sent.kind in (*WORDLESS, "verbal"):
        return (after, after), False
    if opening := document.pattern(_FULL_TEXT[document.language]).search(document.text, sent.span[0]):
        return (opening.end(), end), True
    return (after, max(after, answered_at(document, sent.span) if sent.direction == "in" else end)), False


def _salutation(document: Document, held: str) -> int | None:
    """Return 0 for a title alone, 1 for respected or comrade, 2 for closest; None where the text addresses nobody."""
    calls = "\n".join(_SALUTATION.findall(held)).lower()
    if document.word_of("close_address").search(calls):
        return 2
    if document.word_of("respectful_address").search(calls) or document.word_of("called_comrade").search(held):
        return 1
    return 0 if calls else None


def answered_at(document: Document, message: Span) -> int:
    """Return where an article that tells of a message from another side goes on with Pyongyang's answer; else its end.

    "Kim Jong Un expressed thanks": the leader opens the sentence, as the subject of its verb.
    """
    answers = document.pattern(_ANSWERS)
    spoken = ((start, verb) for (start, _), verb in verbs_of_speech(document).items() if start >= message[1])
    found = (start for start, verb in spoken if answers.fullmatch(document.text, start, verb.start()))
    return next(found, len(document.text))
