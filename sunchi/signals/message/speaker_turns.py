"""Who speaks after the sentence that reports a message: its sender, or the one who answers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon import HOME
from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.speech import OWN, PARTNER, verbs_of_speech
from sunchi.text import Span

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
