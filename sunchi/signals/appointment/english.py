"""Appointments in English.

"X was appointed Y", "X was relieved of his post as Y", "it elected X as Y", "the appointment of X as Y", and lists:
"A, B and C were elected members of Z", "A was appointed vice-premier, B minister of Commerce". A person is known by a
Korean name, an ambassador by the post. That the post is the home side's the sentence has to show, or the article's
headline or first sentence: South Korea, Koreans abroad and friendship groups have chairmen too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.grammar.english import foreign, leads
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Appointment
from sunchi.text import Span

# "assumed | the premiership"
_OWN_NAME = re.compile(r"\W*(?:\w+ )?(?:\w*commander|\w+ship\b|presidency)")
# "minister of Commerce at the 7th session", "… on Monday", "… in 2012", "… (KPA)"
_POST_ENDS = Pattern(r",? (?:{post_ends}|at the \d|on (?:[A-Z]|\w+day)|in (?=19|20)|{weekday})\b|[,;:]| \(|\.$|$")
# "relieved of | his current office"
_OWN_POST = re.compile(r"(?:(?:his|her|their|the) )?(?:current |former )?(?:posts?|office|duties)?")
_SHORT_FORM = re.compile(r" ?\([A-Z]+\)")  # "minister of Defence (MOD)"
_OF_EXPERTS = re.compile(r" (?:hand|specialist|expert|veteran)s?\b")  # "a China | hand"
_ITS = re.compile(r"its (?P<office>(?:alternate )?[\w-]+)$")  # "the committee and | its alternate member"
_BODY = re.compile(r" of (?:the )?(?P<body>.+)$")  # "member | of the committee"
_NOT_OURS = Pattern(r"\b(?:{not_our_post}|koreans? (?:[\w-]+ ){0,3}in)\b")  # "Koreans resident in Japan"
# "ministers", "premiership"
_REGULAR = re.compile(
    r"\b(chairman|director|member|minister|vice-premier|premier|president|ambassador|commander)(?:s|ship)\b"
)
_IRREGULAR = {"secretaries": "secretary", "deputies": "deputy", "chairmen": "chairman", "presidency": "president"}
_HONOUR = r"(?:(?:Deput(?:y|ies)|[Cc]omrades?|[Gg]eneral|Vice Marshal|Marshal|leader|respected) )*"


@dataclass(frozen=True, slots=True)
class _Clause:
    """A verb of appointing, with the persons it speaks of."""

    match: Match
    persons: tuple[str, ...]
    described: str  # what is said of the persons, between commas

    @property
    def before(self) -> Span:
        return self.match.sentence[0], self.match.words[0]

    @property
    def post(self) -> Span:
        """The span that their post begins."""
        return self.match.side2 or (self.match.words[1], self.match.words[1])


def find(document: Document) -> Iterator[Appointment | Rejected]:
    """Every appointment that the article reports as news, in order."""
    names = _patterns(document.lexicon.posts.surnames["en"])
    sentences = document.holding("appoint_stem")
    for sentence, found in groupby(matches(document, "appointment", sentences), key=lambda match: match.sentence):
        if document.pattern(_NOT_OURS).search(document.small, *sentence):
            yield Rejected(
                "appointment", sentence, "of Koreans abroad, of a society of friends, or of another committee"
            )
            continue
        post = ""
        for clause in _clauses(document, found, names):
            for each in _appointments(document, sentence, clause, names, post):
                if isinstance(each, Appointment):
                    post = each.post
                yield each


# --- who, and the post ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Names:
    """Korean names: one; several in a row; one that opens the next item of a list; one that ends a post."""

    one: re.Pattern[str]
    row: re.Pattern[str]
    item: re.Pattern[str]
    next: re.Pattern[str]


@lru_cache(maxsize=4)
def _patterns(surname: str) -> _Names:
    """ "Kim Song Nam", "Kim Song-nam", "Ho Hwang"."""
    one = rf"\b(?:{surname}) [A-Z][a-z]+(?: (?!Deput)[A-Z][a-z]+\b|-[a-z]+\b|\b)"
    row = rf"{_HONOUR}{one}(?:(?:, |,? and ){_HONOUR}{one})*"
    after = rf"(?:, |,? and ){_HONOUR}(?P<name>{one})"
    item = rf"{after} (?:from|as)?(?: ?(?:the|an?)\b)* ?"
    return _Names(re.compile(one), re.compile(row), re.compile(item), re.compile(after))


def _clauses(document: Document, found: Iterable[Match], names: _Names) -> Iterator[_Clause]:
    """Yield what each verb of a sentence says, with those who stand before it or, as "elected X as Y", after it."""
    text = document.text
    for match in found:
        side = match.side1 or match.words
        if side[1] <= match.words[0]:
            if not document.small.startswith("assum", match.words[0]) or _OWN_NAME.match(text, *(match.side2 or side)):
                yield _Clause(match, *_before(text, side, names))
        elif row := names.row.search(text, *side):
            yield _Clause(match, tuple(names.one.findall(row[0])), "")


def _before(text: str, span: Span, names: _Names) -> tuple[tuple[str, ...], str]:
    """The persons right before a verb, and what is said of them: "Ri Example, minister of Commerce, was"."""
    rows = list(names.row.finditer(text, *span))
    if not rows:
        return (), text[slice(*span)]
    described = text[rows[-1].end() : span[1]].strip()
    if described and not (described[0] == described[-1] == ","):
        return (), described
    return tuple(names.one.findall(rows[-1][0])), described.strip(", ")


def _appointments(
    document: Document, sentence: Span, clause: _Clause, names: _Names, before: str
) -> Iterator[Appointment | Rejected]:
    """The appointments of a clause; `before` is the post that the clause before it ended with."""
    post, end = _post(document, clause.post, names)
    if _OWN_POST.fullmatch(post):
        post = clause.described  # "Ri Example, minister of Commerce, was relieved of his post"
    post = _of_the_same(post, before)
    found = [(person, post) for person in clause.persons]
    found += [(person, _of_the_same(its, post)) for person, its in _items(document, (end, clause.post[1]), names)]
    for person, office in found:
        partner = _partner(document, sentence, office)
        ours = partner is not None and (bool(partner) or _is_ours(document, sentence))
        if office and ours and (person not in _leaders(document) or _is_told_first(document, sentence)):
            frame = clause.match.frame
            yield Appointment(frame.code, person, _singular(office), partner or "", sentence, frame)
        elif office and ours:
            yield Rejected("appointment", sentence, "a leader's election, which is remembered all the year round")
        elif office:
            yield Rejected("appointment", sentence, "to a post that is not Pyongyang's")


def _post(document: Document, span: Span, names: _Names) -> tuple[str, int]:
    """The words of a post, and where they end: before the next name, or where another thought begins."""
    text, post_ends = document.text, document.pattern(_POST_ENDS)
    ends = [match.start() for match in (post_ends.search(text, *span), names.next.search(text, *span)) if match]
    end = min([*ends, span[1]])
    return text[span[0] : end].strip(" ,."), end


def _items(document: Document, span: Span, names: _Names) -> Iterator[tuple[str, str]]:
    """Further persons, each with a post: "..., Ri Example minister of Commerce and Pak Example as its member"."""
    text, start = document.text, span[0]
    while item := names.item.match(text, _after_short_form(text, start), span[1]):
        post, start = _post(document, (item.end(), span[1]), names)
        if not post[:1].islower() or post.startswith(("was ", "were ", "is ", "and ")):
            return
        yield item["name"], post


def _after_short_form(text: str, start: int) -> int:
    """ "... of the Korean People's Army (KPA), Ri Example": where the comma stands."""
    short = _SHORT_FORM.match(text, start)
    return short.end() if short else start


def _of_the_same(post: str, first: str) -> str:
    """ "its member" of the body that the post before named."""
    its, body = _ITS.fullmatch(post), _BODY.search(first)
    return f"{its['office']} of the {body['body']}" if its and body else post


def _singular(post: str) -> str:
    head, of, rest = post.partition(" of ")
    head = re.sub(r"\w+", lambda word: _IRREGULAR.get(word[0], word[0]), _REGULAR.sub(r"\1", head))
    return head + of + rest


def _is_envoy(document: Document, post: str) -> bool:
    return bool(document.word_of("envoy_post").search(post.lower()))


# --- whose ----------------------------------------------------------------------------------------------------------


def _partner(document: Document, sentence: Span, post: str) -> str | None:
    """The state that an ambassador goes to or comes from, "" of other posts; None where the post is another state's."""
    states = {n.partner for n in foreign(document, sentence) if not _OF_EXPERTS.match(document.text, n.end)}
    if not states:
        return ""
    if not _is_envoy(document, post) or len(states) > 1:
        return None
    return states.pop() if document.home_in(sentence) or _is_ours(document, sentence) else None


def _is_ours(document: Document, sentence: Span) -> bool:
    """Return whether a sentence speaks of the home side's posts: it, or else a lead, names the home side."""
    if document.home_in(sentence):
        return True
    lead_spans = leads(document)
    others = any(
        foreign(document, lead) or document.pattern(_NOT_OURS).search(document.small, *lead) for lead in lead_spans
    )
    return not others and any(document.home_in(lead) for lead in lead_spans)


def _leaders(document: Document) -> set[str]:
    return {document.text[n.start : n.end] for n in document.home if n.role == "leader"}


def _is_told_first(document: Document, sentence: Span) -> bool:
    """Return whether the leads report an election: those of leaders are remembered all the year round."""
    return sentence in leads(document) and any(verb in document.text[: document.headline] for verb in ("lect", "ssum"))
