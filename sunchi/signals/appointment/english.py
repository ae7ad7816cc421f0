"""Appointments in English, by frames and lists.

"X was appointed Y", "X was relieved of his post as Y", "it elected X as Y", "the appointment of X as Y", and lists:
"A, B and C were elected members of Z", "A was appointed vice-premier, B minister of Commerce". A person is known by a
Korean name, a post by its noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.rationale import Appointment
from sunchi.text import Span

_POST = Pattern(r"(?i:{post_noun})|\b{organization}\b")  # "minister", "the International Department"
# "minister of Commerce at the 7th session", "… on Monday", "… in 2012"
_POST_ENDS = Pattern(r",? (?:(?:{post_ends}|{weekday}|on \w+day)\b|at the \d|on [A-Z]\w+\.? \d|in \d{4}\b)|[,;:]| \(")
_ITS = re.compile(r"its (?P<office>(?:alternate )?[\w-]+)$")  # "the committee and | its alternate member"
_BODY = re.compile(r" of (?:the )?(?P<body>.+)$")  # "member | of the committee"
_PLURAL = re.compile(r"\b([a-z-]+?)(ies|men|cy|ship|s)\b")  # secretar|ies, chair|men, presiden|cy, premier|ship
_ENDS_AS = {"ies": "y", "men": "man", "cy": "t"}
_HONOUR = r"(?:(?i:{before_names}) )*"
# "Kim Song Nam", "Kim Song-nam", "Ho Hwang"; several in a row; "minister of Defence (MOD)|, Ho Hwang the | chairman"
_ONE = r"\b{surname} [A-Z][a-z]+(?: [A-Z][a-z]+\b|-[a-z]+\b|\b)"
_NAME = Pattern(_ONE)
_NAMES = Pattern(rf"{_ONE}(?:(?:, |,? and ){_HONOUR}{_ONE})*")
_NEXT = Pattern(rf"(?: ?\([A-Z]+\))?(?:, |,? and ){_HONOUR}(?P<name>{_ONE})(?: (?:from|as)\b)?(?: (?:the|an?)\b)* ?")


def find(document: Document) -> Iterator[Appointment]:
    """Every appointment that a sentence reports, in order."""
    before = ""  # the post before, "its member" is one of whose body
    for match in matches(document, "appointment"):
        for person, post in _read(document, match):
            if document.pattern(_POST).search(post):
                its, body = _ITS.fullmatch(post), _BODY.search(before)
                before = f"{its['office']} of the {body['body']}" if its and body else post
                yield Appointment(match.frame.code, person, _singular(before), match.sentence, match.frame)


def _read(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield each person of whom a verb speaks, with the post, and those of the list that goes on after it."""
    side, (place, last) = match.side1 or match.words, match.side2 or match.words
    post, place = _post(document, (place, last))
    for row in list(document.pattern(_NAMES).finditer(document.text, *side))[-1:]:
        if not document.pattern(_POST).search(post):
            post = document.text[row.end() : side[1]].strip(" ,")  # "Ri Example, minister of Commerce, was relieved"
        yield from ((person, post) for person in document.pattern(_NAME).findall(row[0]))
    while item := document.pattern(_NEXT).match(document.text, place, last):
        post, place = _post(document, (item.end(), last))
        yield item["name"], post


def _post(document: Document, span: Span) -> tuple[str, int]:
    """Return the words of a post, and where they end: before the next name, or where another thought begins."""
    found = [document.pattern(ends).search(document.text, *span) for ends in (_POST_ENDS, _NEXT)]
    end = min([match.start() for match in found if match] + [span[1]])
    return document.text[span[0] : end].strip(" ,."), end


def _singular(post: str) -> str:
    """Return a post as one person holds it: "members of the bureau" as "member of the bureau"."""
    head, of, rest = post.partition(" of ")
    return _PLURAL.sub(lambda word: word[1] + _ENDS_AS.get(word[2], ""), head) + of + rest
