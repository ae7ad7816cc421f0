"""Appointments in Korean: "김성남이 당중앙위원회 국제부장으로 임명되였다", or the post first and then the names.

The verb stands last. What stands before it, back to the verb before, is its clause: one list of names with a post, or
posts with their names in a row. Names go by their surnames, the code by the verb; that the post is the home side's the
sentence has to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.grammar.dates import is_of_an_older_year
from sunchi.signals.rationale import Rejected
from sunchi.signals.reported import Appointment
from sunchi.text import Span

_VERB = "(?:{appointed}|{elected}|{relieved})"
_TOLD = Pattern(_VERB, "ko")  # 임명, 해임
# 임명되였다; 임명할데 대한 정령; in a headline 임명 alone
_DONE = Pattern(rf"(?P<verb>{_VERB})(?P<how>{{done}}|(?:할|될)데 대한 (?:정령|결정)|$|[\s,.…])", "ko")
_OURS = Pattern("{our_organ}|(?<!남)조선", "ko")  # 조선로동당, and no 남조선
_AMBASSADOR = re.compile("대사(?!관)|총령사|총영사")  # no 대사관, the building
# "임명된데 대하여 축하", "…임명 5돐"
_NOT_YET = Pattern(f"{_VERB}[가-힣]{{0,5}} ?(?:데 대하여 ?)?(?:[가-힣]{{1,20}} )?축하|{{back_then}}|[0-9]돐", "ko")
_OF_EXPERTS = re.compile("통(?:[으인이 ]|$)| ?전문가")  # "중국통인 김성남"
# the last syllables of an office: 외무상, 위원장
_OFFICE = re.compile("(?:장|상|비서|위원|총리|수상|대사|서기|사령관|특사|대표|령사|영사|부관|원사)들?$")
# 정령에 따라 | 3일 신임 | 외무상
_BEFORE_POST = re.compile(
    "^(?:.*(?:에서|의하면|의해|의하여|따라|따르면|[은는]|으며|되고|하고|였고) )?"
    "(?:[0-9]+일 )?(?:각각 |북한의 )?(?:새 |신임 )?"
)
_BY_THE_WAY = re.compile("(?: |각각|새로|새롭게|다시|높이|공식|정식|전격|또)+$")  # 외무상으로 | 새로 | 임명
_CASE = re.compile("(?:(?:의 ?| )?(?:직무|직책|직|자리))?(?:에서|들로|으로|로|에)도?$")  # 외무상|으로, 위원장| 자리에서
_PARTICLE = re.compile("(?<=[가-힣)])(?:께서|[은는이가을를도]) ")  # 예시동무|가 외무상으로
_NEXT_PART = re.compile("(?<=로), |(?<=에), |(?<=에서), ")  # 외무상으로, | 부상으로
_RANK = "(?: ?(?:동지|동무|대의원)들?)?"  # as the papers call their own
_TITLE = rf"{_RANK}(?:\([^()]*\))?(?: [가-힣0-9]{{1,20}}){{0,6}}?"
_LINKED = re.compile(rf"{_TITLE}(?:, ?| ?· ?|[과와] | 및 |$)")  # 예시 동지(61살), | 예시 동지
# 정치국 위원들을 | 선거하였다; 비서들은 다음과 같다; 국무위원회 위원들
_HEAD = re.compile("(?P<post>.{2,60}?들?)(?:[을를]|[은는](?: 다음과 같다)?)? ?")
_SET_WIDE = re.compile("(?<=(?<![가-힣])[가-힣]) (?=[가-힣](?![가-힣]))")  # 위 | 원 | 장
_BODY = re.compile("(?:위원회|내각|비서국|정치국|검찰소|재판소)$")  # whose members a list names
_LONGEST = 60  # characters of a post


@dataclass(frozen=True, slots=True)
class _Named:
    """A post with the names of those who come into it or leave it; places in the text."""

    persons: tuple[str, ...]
    start: int  # of the first name
    post: Span


@lru_cache(maxsize=4)
def _name(surname: str) -> re.Pattern[str]:
    """Two or three syllables that open with a surname, and are no other word."""
    return re.compile(
        rf"(?<![가-힣]){surname}(?:[가-힣][^\W를는]|[가-힣])(?=동지|동무|대의원|\(|께서|[이가을를은는도,·과와]|\s|$)"
    )


@lru_cache(maxsize=4)
def _posts_first(surname: str) -> re.Pattern[str]:
    """ "위원장으로 김보기, 위원들로 박예시, 최견본을", "위원들인 박예시를": one post with its names."""
    one = rf"{_name(surname).pattern}{_RANK}"
    return re.compile(
        rf"(?P<post>[^,.…<>\"\n△▲◇]{{2,60}}?)(?:의 (?:직무|직책))?(?:들로|으로|로|에서|에는|에|들?인) "
        rf"(?P<names>{one}(?:(?:, ?|·){one})*)"
        rf"(?=(?: [가-힣0-9]{{1,20}}){{0,4}}?[이가을를]? ?$|, | ?[△▲◇])"
    )


@lru_cache(maxsize=4)
def _with_title(surname: str) -> re.Pattern[str]:
    """A name and its title at the end of a clause: "김보기 내각총리를"."""
    return re.compile(
        rf"(?P<names>{_name(surname).pattern}){_RANK}"
        r"(?P<post>(?: [가-힣0-9]{1,20}){1,6}?)(?<![이가을를])[이가을를]?$"
    )


def _surname(document: Document) -> str:
    """Return the expression for a surname that does not begin another word: 조선, 정부."""
    words = "|".join(document.class_words("no_name"))
    return rf"(?!(?:{words})(?:[이가을를은는도,의]|\s|$))(?:{document.lexicon.posts.surnames['ko']})"


def find(document: Document) -> Iterator[Appointment | Rejected]:
    """Every appointment that a sentence reports as done, in order."""
    if not document.pattern(_TOLD).search(document.text):
        return
    yield from _in_lists(document)
    for sentence in document.sentences:
        if document.pattern(_NOT_YET).search(document.text, *sentence) or is_of_an_older_year(document, sentence):
            if document.pattern(_TOLD).search(document.text, *sentence):
                yield Rejected("appointment", sentence, "recalled, or not yet done")
            continue
        seen: set[str] = set()
        for code, named in _clauses(document, sentence):
            post, partner = _post(document, named)
            ours = (
                partner
                or post.startswith(document.class_words("our_post"))
                or _is_ours(document, sentence, min(named.start, named.post[0]))
            )
            if partner is None or not ours:
                continue
            for person in named.persons:
                if person not in seen:
                    seen.add(person)
                    yield Appointment(code, person, post, partner, sentence)


def _in_lists(document: Document) -> Iterator[Appointment]:
    """Every appointment of a list, below the sentence that says what was done: a person a line, or a post's in one.

    So communiqués of plenary meetings and of parliament tell of them: "정치국 위원들을 선거하였다." and below it
    "김보기 박예시", or "상임위원회를 선거하였다." and below it "위 원 장 김보기", set with blanks to be of one width.
    """
    surname = _surname(document)
    name = _name(surname)
    names = re.compile(rf"(?:{name.pattern}{_RANK}[ ,·]*)+")
    ranked = re.compile(
        rf"(?P<post>[가-힣0-9 ]{{0,40}}?{_OFFICE.pattern[:-1]}) ?(?P<name>{surname}[가-힣]{{1,2}}){_RANK}"
    )
    how, body, post = "", "", ""  # what was done, by the sentence above; in which body, and to which post
    foreign = document.begins[0] if document.begins else len(document.text)
    for line in [each for each in document.body if each[0] < foreign]:  # what follows may be another state's list
        words = _SET_WIDE.sub("", document.text[slice(*line)].split("(끝)")[0].strip(" .-"))
        verb = document.pattern(_DONE).search(words)
        how = _code(document, verb) if verb else how
        head, colon, listed = words.rpartition(":")
        post = head if colon and _is_office(head, (0, len(head))) else post
        single = ranked.fullmatch(words)
        if how and single:
            yield Appointment(how, single["name"], f"{body} {single['post']}".strip(), "", line)
        elif how and post and names.fullmatch(listed.strip()):
            for person in name.findall(listed):
                yield Appointment(how, person, _BEFORE_POST.sub("", post).removesuffix("들"), "", line)
        else:
            above = _HEAD.fullmatch(words[: verb.start()] if verb else words)
            post = above["post"] if above and _is_office(words, above.span("post")) else ""
            body = words if _BODY.search(words) else body


def _code(document: Document, verb: re.Match[str]) -> str:
    return next(code for code in ("appointed", "elected", "relieved") if verb["verb"] in document.class_words(code))


def _clauses(document: Document, sentence: Span) -> Iterator[tuple[str, _Named]]:
    """The code of each clause of a sentence, with every post that it names; last, what only a lead tells as news."""
    surname = _surname(document)
    start = sentence[0]
    by_the_way: list[tuple[str, _Named]] = []
    for verb in document.pattern(_DONE).finditer(document.text, *sentence):
        clause = (start, verb.start())
        start = verb.end()
        code = _code(document, verb)
        if verb["how"] == "된":
            after = (verb.end(), sentence[1])
            by_the_way += [(code, named) for named in _who_came_into(document.text, clause, after, surname)]
        else:
            yield from ((code, named) for named in _read(document.text, clause, surname))
    if sentence in document.opening:
        yield from by_the_way


def _read(text: str, clause: Span, surname: str) -> list[_Named]:
    """Every post of a clause with its names."""
    tail = _BY_THE_WAY.search(text, *clause)
    held = (clause[0], tail.start() if tail else clause[1])
    return _after_posts(text, held, surname) or _before_posts(text, held, surname) or _titled(text, held, surname)


def _after_posts(text: str, clause: Span, surname: str) -> list[_Named]:
    """ "위원장으로 김보기, 위원들로 박예시, 최견본을"."""
    return [
        _Named(tuple(_name(surname).findall(item["names"])), item.start("names"), item.span("post"))
        for item in _posts_first(surname).finditer(text, *clause)
        if _is_office(text, item.span("post"))
    ]


def _before_posts(text: str, clause: Span, surname: str) -> list[_Named]:
    """ "박예시가 내각총리로, 김보기가 국무위원회 위원으로"."""
    starts = [clause[0], *(part.end() for part in _NEXT_PART.finditer(text, *clause))]
    ends = [*(part.start() for part in _NEXT_PART.finditer(text, *clause)), clause[1]]
    return [named for part in zip(starts, ends, strict=True) for named in _names_first(text, part, _name(surname))]


def _titled(text: str, clause: Span, surname: str) -> list[_Named]:
    """ "김보기 내각총리를": the title beside a name is the post."""
    titled = _with_title(surname).search(text, *clause)
    if titled and _is_office(text, titled.span("post")):
        return [_Named((titled["names"],), titled.start("names"), titled.span("post"))]
    return []


def _names_first(text: str, part: Span, name: re.Pattern[str]) -> list[_Named]:
    """ "김보기와 박예시 내각부총리가 국무위원회 위원으로": the particle that is nearest to a post ends the names."""
    case = _CASE.search(text, *part)
    end = case.start() if case else part[1]
    for particle in reversed(list(_PARTICLE.finditer(text, *part))):
        post = (particle.end(), end)
        if end - post[0] > _LONGEST or "," in text[slice(*post)]:
            return []
        names = _listed(text, (part[0], particle.start()), name) if _is_office(text, post) else []
        longest = name.match(text, names[-1].start(), end) if names else None
        if longest and longest.end() <= particle.start():  # else it is 김정은, and no 김정
            return [_Named(tuple(match[0] for match in names), names[0].start(), post)]
    return []


def _listed(text: str, zone: Span, name: re.Pattern[str]) -> list[re.Match[str]]:
    """The names of a list that ends where `zone` does: no "리보기" in "리보기의 후임인 김보기"."""
    found = list(name.finditer(text, *zone))
    ends = [match.start() for match in found[1:]] + [zone[1]] * bool(found)
    return [match for match, end in zip(found, ends, strict=True) if _LINKED.fullmatch(text, match.end(), end)]


def _who_came_into(text: str, clause: Span, after: Span, surname: str) -> list[_Named]:
    """ "외무상에 임명된 김보기"."""
    person = _name(surname).match(text, after[0] + 1, after[1])
    case = _CASE.search(text[slice(*clause)].rstrip())
    post = (clause[0], clause[0] + case.start()) if case else (clause[0], clause[0])
    return [_Named((person[0],), person.start(), post)] if person and _is_office(text, post) else []


def _is_office(text: str, post: Span) -> bool:
    held = text[slice(*post)].strip()
    return 2 <= len(held) <= _LONGEST and bool(_OFFICE.search(held))


def _post(document: Document, named: _Named) -> tuple[str, str | None]:
    """A post without what leads to it, and the state of an ambassador: "" of other posts, None if it is another's."""
    held = document.text[slice(*named.post)]
    post = _BEFORE_POST.sub("", held.strip()).strip()
    start = named.post[0] + held.rfind(post)
    states = {n.partner for n in document.named_in((start, named.post[1]))}
    if not states:
        return post, ""
    return post, states.pop() if len(states) == 1 and _AMBASSADOR.search(post) else None


def _is_ours(document: Document, sentence: Span, start: int) -> bool:
    """Return whether a sentence names the home side, and no other one after it before the person's name.

    Where no other state was named before, a comrade is one of ours.
    """
    if "동지" in document.text[slice(*sentence)] and not (document.begins and document.begins[0] < start):
        return True
    others = [n.start for n in document.named_in((sentence[0], start)) if not _OF_EXPERTS.match(document.text, n.end)]
    ours = [n.start for n in document.home_in(sentence)] + [
        m.start() for m in document.pattern(_OURS).finditer(document.text, *sentence)
    ]
    return bool(ours) and (not others or any(max(others) < place < start for place in ours))
