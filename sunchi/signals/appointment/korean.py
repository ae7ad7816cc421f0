"""Appointments in Korean: "김성남이 당중앙위원회 국제부장으로 임명되였다", or the post first and then the names.

The verb, which a frame finds, stands last. What stands before it, back to the verb before, is its clause: names and
posts, in a row. Communiqués set a list below such a sentence, a person a line, or all of one post in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match
from sunchi.signals.korean_frames import matches
from sunchi.signals.rationale import Appointment
from sunchi.text import Span

# 임명|되였다; 임명|할데 대한 정령; in a headline 임명 alone
_DONE = Pattern(r"{done}|(?:할|될)데 대한 (?:정령|결정)|$|[\s,.…]", "ko")
_RANK = "(?: ?{own_rank}들?)?"  # as the papers call their own
# 예시 동지(61살), | 예시 동지; 김보기 내각부총리와 | 최견본
_LINKED = Pattern(rf"{_RANK}(?:\([^()]*\))?(?: [가-힣0-9]{{1,20}}){{0,6}}?(?:, ?| ?· ?|[과와] | 및 )", "ko")
# 정령에 따라 | 3일 신임 | 외무상
_LEADS_IN = re.compile("^(?:.*(?:에서|의하여|따라|[은는]) )?(?:[0-9]+일 )?(?:각각 |새 |신임 )*")
_TITLED = Pattern(rf"{_RANK} (?P<post>[가-힣0-9 ]{{1,40}}{{post_noun}})[이가을를]?(?: [가-힣]{{2}})? ?$", "ko")
_TITLE = Pattern("(?:^|[,은는] ?)(?P<post>[가-힣0-9 ]{1,40}{post_noun}) $", "ko")
# 전원회의에서는 정치국 위원들을 | 선거하였다; 비서들은 다음과 같다
_HEAD = Pattern("(?P<post>[가-힣0-9 ]{0,60}{post_noun})들?(?:을|은 다음과 같다)?$", "ko")
# A name has two or three syllables, opens with a surname and is no other word; a post bears a particle
_SURNAME = r"(?!{no_name}(?:[이가을를은는도에의,\s]|$)){surname}"
_NAME_ENDS = r"(?={own_rank}|\(|[이가을를은는도과와](?![가-힣])|[,·\s]|$)"
_NAME = rf"(?P<name>(?<![가-힣]){_SURNAME}(?:[가-힣][^\W를는]|[가-힣]){_NAME_ENDS})"
_POST = "(?P<post>(?:[가-힣0-9]+(?<![이가을를은는]) ){0,8}?[가-힣0-9]*{post_noun})들?"
_CASE = "(?:의? ?(?:직무|직책|직|자리))?(?:으로|로|에서|에는|에|인)도?(?=[ ,])"
_PIECE = Pattern(f"{_NAME}|{_POST}{_CASE}", "ko")
_NAMES = rf"(?P<names>(?:{_SURNAME}[가-힣]{{1,2}}{_RANK}[ ,·]*)+)"
_LINE = Pattern(rf"(?:(?P<post>[가-힣0-9 ]*{{post_noun}})들?:? ?)?{_NAMES}", "ko")  # of a list
# 부 총 리 | 김보기, a list's offices with blanks to one width
_SPACED_OUT = re.compile(r"(?<![가-힣0-9])[가-힣0-9](?: [가-힣0-9])+(?![가-힣0-9])")


def find(document: Document) -> Iterator[Appointment]:
    """Every appointment that a sentence reports as done, in order, and those of lists."""
    told = [
        (match, ends.end())
        for match in matches(document, "appointment", document.sentences)
        if (ends := document.pattern(_DONE).match(document.text, match.words[1], match.sentence[1]))
        and not document.pattern(_PIECE).match(document.text, match.words[0] - 1)  # and no name: 김승진
    ]
    yield from _in_lists(document, {match.sentence: match for match, _ in told}) if told else ()
    start, persons = 0, list[str]()
    for match, end in told:
        read = _read(document, (max(start, match.sentence[0]), match.words[0]), persons)
        start, persons = end, list(read)  # 부장에서 해임하고 | 외무상으로 임명하였다
        for person, post in read.items():
            yield Appointment(match.frame.code, person, _LEADS_IN.sub("", post), match.sentence, match.frame)


def _read(document: Document, clause: Span, before: list[str]) -> dict[str, str]:
    """Return the post of each person of a clause: names before it, or "위원장으로 | 김보기, 위원들로 | 박예시".

    A clause that names nobody is of those named `before`. A title beside a name counts where no post is named.
    """
    posts, titles = dict[str, str](), dict[str, str]()
    row, post, end = before, "", clause[0]  # names that are linked, and the last post
    for found in document.pattern(_PIECE).finditer(document.text, *clause):
        between, end = document.text[end : found.start()], found.end()
        if found["post"]:  # 김보기는 부장에서 | 부위원장으로
            posts |= {person: found["post"] for person in row if post or person not in posts}
            post = found["post"]
            continue
        person, is_linked = found["name"], bool(row and not post and document.pattern(_LINKED).fullmatch(between))
        title = document.pattern(_TITLE).search(between)
        if is_linked and row[-1] in posts:
            posts[person] = posts[row[-1]]
        elif post and between == " ":
            posts[person] = post
        titles[person] = titles.get(row[-1], "") if is_linked else title["post"] if title else ""
        row, post = [*row, person] if is_linked else [person], ""
    titled = document.pattern(_TITLED).match(document.text, end, clause[1])
    others = {person: titled["post"] if titled else titles.get(person, "") for person in row if person not in posts}
    return posts | {person: post for person, post in others.items() if post}


def _in_lists(document: Document, verbs: Mapping[Span, Match]) -> Iterator[Appointment]:
    """Yield those whom lines name, below the sentence that says what was done: "정치국 위원들을 선거하였다."."""
    verb, post = None, ""  # what was done, by the sentence above, and to which post
    for line in document.body:
        verb = verbs.get(line, verb)
        words = document.text[line[0] : verbs[line].words[0] if line in verbs else line[1]]
        words = _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), words.removesuffix("(끝)")).strip(" .-:")
        listed = document.pattern(_LINE).fullmatch(words) if line not in verbs else None
        if verb and listed and (held := listed["post"] or post):
            for person in re.findall("[가-힣]{2,3}", document.word_of("own_rank").sub("", listed["names"])):
                yield Appointment(verb.frame.code, person, held, line, verb.frame)
        else:
            head = document.pattern(_HEAD).search(words)
            post = _LEADS_IN.sub("", head["post"]) if head else ""
