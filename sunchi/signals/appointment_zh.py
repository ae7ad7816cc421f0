"""Appointments in Chinese: "任命金成男为…部长", "金成男当选为…委员", "免去金成男的…职务".

Signs are those of the plain text: "," for the Chinese comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sunchi.signals.events import Appointment
from sunchi.signals.reading import Reading

_PERSON = r"(?P<person>[\u4e00-\u9fff]{2,4}?)(?:同志)?"
_POST = r"(?P<post>[^,;:。、\s]{2,40}?)(?=[,;。、\s]|$)"
_PATTERNS = (
    ("appointed", re.compile(rf"任命{_PERSON}为{_POST}")),
    ("appointed", re.compile(rf"(?:(?<=[,;:。、\s])|^){_PERSON}被任命为{_POST}", re.MULTILINE)),
    ("elected", re.compile(rf"(?:(?<=[,;:。、\s])|^){_PERSON}(?:当选为?|被选为|被选举为){_POST}", re.MULTILINE)),
    ("elected", re.compile(rf"选举{_PERSON}为{_POST}")),
    (
        "relieved",
        re.compile(r"(?:免去|解除)(?P<person>[\u4e00-\u9fff]{2,4}?)(?:同志的?|的)(?P<post>[^,;:。、\s]{2,40}?)职务"),
    ),
)
_AMBASSADOR = re.compile("大使|总领事")


def find(reading: Reading) -> Iterator[Appointment]:
    """Every appointment to a post of the home side, and of ambassadors to and from it."""
    for code, pattern in _PATTERNS:
        for match in pattern.finditer(reading.text):
            sentence = reading.sentence_at(match.start())
            states = {n.partner for n in reading.named_in(sentence)}
            ambassador = _AMBASSADOR.search(match["post"])
            if reading.home_in(sentence) and (not states or (ambassador and len(states) == 1)):
                yield Appointment(code, match["person"], match["post"], "".join(states), sentence)
