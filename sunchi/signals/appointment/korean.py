"""Appointments in Korean: "김성남이 당중앙위원회 국제부장으로 임명되였다", or the post first and then the names.

The verb, which a frame finds, stands last. What stands before it, back to the verb before, is its clause: names and
posts, in a row. Communiqués set a list below such a sentence, a person a line, or all of one post in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.korean_frames import matches
from sunchi.signals.reported import Appointment
from sunchi.text import Span

# 임명|되였다; 임명|할데 대한 정령; in a headline 임명 alone
_DONE = Pattern(r"{done}|(?:할|될)데 대한 (?:정령|결정)|$|[\s,.…]", "ko")
_RANK = "(?: ?(?:동지|동무|대의원)들?)?"  # as the papers call their own
# 예시 동지(61살), | 예시 동지; 김보기 내각부총리와 | 최견본
_LINKED = re.compile(rf"{_RANK}(?:\([^()]*\))?(?: [가-힣0-9]{{1,20}}){{0,6}}?(?:, ?| ?· ?|[과와] | 및 )")
_LEADS_IN = re.compile(
    "^(?:.*(?:에서|의하여|따라) )?(?:[0-9]+일 )?(?:각각 |새 |신임 )*"
)  # 정령에 따라 | 3일 신임 | 외무상
_TITLED = Pattern(rf"{_RANK} (?P<post>[가-힣0-9 ]{{1,40}}{{post_noun}})[이가을를]?(?: [가-힣]{{2}})? ?$", "ko")
_TITLE = Pattern("(?:^|[,은는] ?)(?P<post>[가-힣0-9 ]{1,40}{post_noun}) $", "ko")
# 전원회의에서는 정치국 위원들을 | 선거하였다; 비서들은 다음과 같다
_HEAD = re.compile("(?:.*(?:에서|에서는|은|는) )?(?P<title>.{2,60}?)(?:[을를]|[은는] 다음과 같다)? ?")

# 부 총 리 | 김보기, a list's offices with blanks to one width
_SPACED_OUT = re.compile(r"(?<![가-힣0-9])[가-힣0-9](?: [가-힣0-9])+(?![가-힣0-9])")


class _Shapes(NamedTuple):
    """What a name or a post looks like in a clause, and a line of a list."""

    piece: Pattern
    line: Pattern


@lru_cache(maxsize=4)
def _shapes(surname: str, no_name: str) -> _Shapes:
    """A name has two or three syllables, opens with a surname and is no other word; a post bears a particle."""
    first = rf"(?!(?:{no_name})(?:[이가을를은는도,의]|\s|$))(?:{surname})"
    ends = r"동지|동무|대의원|\(|께서|[이가을를은는도과와](?![가-힣])|[,·\s]|$"
    name = rf"(?<![가-힣]){first}(?:[가-힣][^\W를는]|[가-힣])(?={ends})"
    post = "(?<![가-힣0-9])(?P<post>(?:[가-힣0-9]+(?<![이가을를은는]) ){0,8}?[가-힣0-9]*{post_noun})들?"
    case = "(?:의? ?(?:직무|직책|직|자리))?(?:으로|로|에서|에는|에|인)도?(?=[ ,]|$)"
    row = rf"(?P<names>(?:{first}[가-힣]{{1,2}}{_RANK}[ ,·]*)+)"
    return _Shapes(
        Pattern(f"(?P<name>{name})|{post}{case}", "ko"),
        Pattern(f"(?:(?P<post>[가-힣0-9 ]*{{post_noun}})들?:? ?)?{row}", "ko"),
    )


def find(document: Document) -> Iterator[Appointment]:
    """Every appointment that a sentence reports as done, in order, and those of lists."""
    done = document.pattern(_DONE)
    told = [
        (match, ends[0])
        for match in matches(document, "appointment", document.sentences)
        if (ends := done.match(document.text, match.words[1], match.sentence[1]))
        and (ends[0].strip(" ,.…") or match.sentence[0] < document.headline)  # and no name: 김승진
    ]
    if not told:
        return
    shapes = _shapes(document.lexicon.posts.surnames["ko"], "|".join(document.class_words("no_name")))
    yield from _in_lists(document, [match for match, _ in told], document.pattern(shapes.line))
    piece, start, persons = document.pattern(shapes.piece), 0, list[str]()
    for match, how in told:
        clause = (max(start, match.sentence[0]), match.words[0])
        start = match.words[1] + len(how)
        after = (start + 1, match.sentence[1]) if how == "된" else (start, start)
        if how != "된" or match.sentence in document.opening:
            read = list(_read(document, clause, after, piece, persons))  # 부장에서 해임하고 | 외무상으로 임명
            persons = [person for person, _ in read] or persons
            for person, post in read:
                yield Appointment(match.frame.code, person, _LEADS_IN.sub("", post), match.sentence, match.frame)


def _read(
    document: Document, clause: Span, after: Span, piece: re.Pattern[str], before: list[str]
) -> Iterator[tuple[str, str]]:
    """Yield each person of a clause with the post: names before it, or "위원장으로 | 김보기, 위원들로 | 박예시".

    A post is also that of whom a verb describes, `after` it: "외무상에 임명된 | 김보기"; or of those of the clause
    `before`, if this one names nobody.
    """
    groups: list[tuple[list[str], str]] = []
    waiting = list(before)  # names whose post comes
    held = ""  # the post before a name that has none after it: 외무상 김보기동지를 직무에서
    post, end = "", clause[0]  # the post right before, if no name came after it
    for found in piece.finditer(document.text, *clause):
        between, end = document.text[end : found.start()], found.end()
        is_linked = bool(_LINKED.fullmatch(between))
        if found["post"]:
            if waiting:
                groups.append((waiting, found["post"]))
            waiting, post = [], found["post"]
        elif post and between == " ":
            groups.append(([found["name"]], post))
            post = ""
        elif is_linked and groups and not waiting and not post:
            groups[-1][0].append(found["name"])
        else:
            waiting = [*waiting, found["name"]] if is_linked else [found["name"]]
            post = ""
            title = document.pattern(_TITLE).search(between)
            held = held if is_linked else title["post"] if title else ""
    yield from ((person, held) for persons, held in groups for person in persons)
    titled = document.pattern(_TITLED).match(document.text, end, clause[1])
    holds = titled["post"] if titled else held
    yield from ((person, holds) for person in waiting if holds)
    person = piece.match(document.text, *after) if post else None
    if person and person["name"]:
        yield person["name"], post


def _in_lists(document: Document, told: list[Match], shape: re.Pattern[str]) -> Iterator[Appointment]:
    """Yield those whom lines name, below the sentence that says what was done: "정치국 위원들을 선거하였다."."""
    verbs = {match.sentence: match for match in told}
    verb, post = None, ""  # what was done, by the sentence above, and to which post
    for line in document.body:
        verb = verbs.get(line, verb)
        words = document.text[line[0] : verbs[line].words[0] if line in verbs else line[1]]
        words = _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), words.removesuffix("(끝)")).strip(" .-:")
        listed = shape.fullmatch(words) if verb and line not in verbs else None
        if verb and listed and (held := listed["post"] or post):
            for person in re.findall("[가-힣]{2,3}", re.sub("(?:동지|동무|대의원)들?", "", listed["names"])):
                yield Appointment(verb.frame.code, person, held, line, verb.frame)
        else:
            head = _HEAD.fullmatch(words)
            title = head["title"] if head else ""
            post = title.removesuffix("들") if document.word_of("post_noun").search(title[-4:]) else ""
