"""Appointments in Chinese: "任命金成男为…部长", "金成男当选…委员", "免去金成男的…职务", one or a list of names.

Signs are those of the plain text: "," for the Chinese comma. The home side's people go by their surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.document import Document
from sunchi.signals.frames import Match, matches
from sunchi.signals.rationale import Appointment

_POST = Pattern(r"(?:新任)?(?P<post>[^,;:。、\"\s的]{0,40}{post_noun})(?!馆)", "zh")
_NOT_YET = Pattern("{may_be}[^;]{0,6}$", "zh")  # 将任命
_FOREIGNER = re.compile(r"[\u4e00-\u9fff·-]{2,20}?(?=已?于|同志|日前|$)")  # an ambassador's name
_WHEN = r"(?:已经?|日前|近日|今[天日]|昨[天日])?(?:于?(?:\d{1,2}月)?\d{1,2}日)?(?:抵[\u4e00-\u9fff])?"
_NAME = r"{surname}[\u4e00-\u9fff]{1,2}"  # a Korean's
_FIRST_NAMES = Pattern(rf"(?P<names>{_NAME}(?:[、和]{_NAME})*)(?:同志)?的?", "zh")  # after a verb
_LAST_NAMES = Pattern(rf"(?P<names>{_NAME}?(?:[、和]{_NAME}?)*)(?:同志)?[则也]?{_WHEN}被?,?$", "zh")  # before it


def find(document: Document) -> Iterator[Appointment]:
    """Every appointment that a sentence reports as done, in order."""
    for match in matches(document, "appointment", document.sentences):
        if not document.pattern(_NOT_YET).search(document.text, match.sentence[0], match.words[0]):
            for person, post in _read(document, match):
                yield Appointment(match.frame.code, person, post, match.sentence, match.frame)


def _read(document: Document, match: Match) -> Iterator[tuple[str, str]]:
    """Yield each person with the post."""
    who, held = (document.text[slice(*side)] if side else "" for side in (match.side1, match.side2))
    first = None if held else document.pattern(_FIRST_NAMES).match(who)  # 解除|朴样本内阁总理|职务
    post = document.pattern(_POST).match(held or who, first.end() if first else 0)  # 朝鲜外相|李样本已|被撤换
    who = first["names"] if first else document.word_of("replace").split(who)[0]  # 金例子|接替崔样本
    last = document.pattern(_LAST_NAMES).search(who)
    if post and last:
        yield from ((person, post["post"]) for person in re.split("[、和]", last["names"]))
    elif post and document.word_of("envoy_post").search(post["post"]) and (foreigner := _FOREIGNER.match(who)):
        yield foreigner[0], post["post"]
