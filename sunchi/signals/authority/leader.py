"""The leader's own words: an article that is his by its headline, and gives what he said at length."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sunchi.lexicon.voices import Voice
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.signals.row import Row
from sunchi.text import Span

LEADER = "leader"
"""The code of his voice in authority.csv."""

_OPENING = 40  # characters of a Korean or Chinese headline in which the one whose article it is stands
_AT_LENGTH = {"en": 3, "ko": 2}  # sentences of the leader's own words that make an article his

IS_TOLD_OF = re.compile(
    r"\b(?:supports?|supported|hails?|hailed|reported|reports|favou?red|welcomes?|welcomed|carried|backs?|backed|praised"
    r"|evokes?|studied|off press|on Kim Jong)\b",
    re.IGNORECASE,
)
"""A headline in which a document or a work is what others make something of."""

_SAYS = re.compile(
    r" ?(?:said|says|noted|stressed|told|extended|expressed|asked|affirmed|reaffirmed|clarified|underscored|instructed"
    r"|highly appreciated|wished)\b"
)
_HONOURS = re.compile(
    r"(?:\W|\b(?:Dear|Respected|Great|Beloved|Supreme|Fatherly|Comrade|Leader|Marshal|General|Secretary"
    r"|Chairman|Commander)\b)*",
    re.IGNORECASE,
)
_GUIDED = re.compile(r"\bunder (?:the )?(?:\w+ )?guidance of (?:[A-Z]\w+ )*$", re.IGNORECASE)
_STOPS = (".", "!", "?", ":", '"')
_HE_SAYS = re.compile(
    r"\b(?:He|he|General Secretary) (?:also |further |again |repeatedly )?(?:said|noted|stressed|called (?:for|on|upon)"
    r"|instructed|underscored|underlined|expressed|affirmed|pointed|referred|set forth|specified|praised|appreciated"
    r"|gave instructions|added|stated|continued|indicated the|advanced the)\b"
    r"|\b(?:Saying|Noting|Stressing|Pointing out|Recalling|Underlining|Referring to) [^.\n]{5,400}?,"
    r" (?:he|the (?:respected )?General)\b"
)
_SAYS_ZH = re.compile("强调|指出|表示|说|指示|号召|要求|高度评价|嘱托")
_SAYS_KO = re.compile(r"(?:말씀|강조|표명|언급|당부|피력|지적|지시|천명|선언)하시|표하시|표시하시")
# Another does it, and to him: 习近平同金正恩举行会谈, 向金正恩同志转达口信
_TO_HIM_ZH = re.compile(
    "[\u4e00-\u9fff·](?:同|与|和|向|给|对|会见了?|拜会了?)(?:[\u4e00-\u9fff]{0,20}(?:领导人|委员长|总书记|元帅|领袖))?(?:敬爱的|尊敬的)?$"
)
_HE_SAYS_ZH = re.compile("他(?:还|又|并|再次)?(?:强调|指出|表示|说|指示|号召|要求)")


def audience(document: Document, rows: Sequence[Row]) -> tuple[Voice, Span, str] | None:
    """His voice, the first of his words and his name, in an article that is his and not about a message to him; else
    None. `rows` are those of the other kinds, of which messages are used."""
    leaders = [n for n in document.home if n.role == "leader"]
    if not leaders or not _is_of_his(document, leaders[0]) or _is_told_of(document, leaders[0]):
        return None
    if any(r["kind"] == "message" and (r["start"], r["end"]) in document.opening for r in rows):
        return None
    name = document.text[leaders[0].start : leaders[0].end]
    for voice in document.lexicon.senders.get(document.language, ()):
        if voice.code == LEADER and voice.speaker and voice.speaker.fullmatch(name.lower()):
            said = {
                document.sentence_at(n.start) for n in leaders if n.start > document.headline and _speaks(document, n)
            }
            he_says = {"ko": _SAYS_KO, "zh": _HE_SAYS_ZH}.get(document.language, _HE_SAYS)
            said |= {document.sentence_at(m.start()) for m in he_says.finditer(document.text, document.headline)}
            if len(said) >= _AT_LENGTH.get(document.language, 2):
                return voice, min(said), name
    return None


def _is_of_his(document: Document, leader: Mention) -> bool:
    """Whether the headline, or the line below it that has no stop, is about what he does.

    Nothing but his honours stands before his name, or that it is done "under the guidance of" him.
    """
    if document.language != "en":
        is_other_first = document.language == "zh" and _TO_HIM_ZH.search(document.text, 0, leader.start)
        return leader.start <= min(document.headline, _OPENING) and not is_other_first
    line = document.text.rfind("\n", 0, leader.start) + 1
    below = document.text.find("\n", leader.end)
    if line > document.headline and (line > document.headline + 1 or document.text.endswith(_STOPS, line, below)):
        return False
    if document.text.startswith(" and ", leader.end):  # "Kim Jong Il and Red Flag" is a tale
        return False
    return bool(
        _HONOURS.fullmatch(document.text, line, leader.start) or _GUIDED.search(document.text, line, leader.start)
    )


def _is_told_of(document: Document, leader: Mention) -> bool:
    """Kim Jong Il's work studied abroad."""
    headline = document.text[: document.headline]
    return headline.startswith("'", leader.end) or bool(IS_TOLD_OF.search(headline))


def _speaks(document: Document, leader: Mention) -> bool:
    if document.language == "en":
        return bool(_SAYS.match(document.text, leader.end))
    start, end = document.sentence_at(leader.start)
    if document.language == "zh" and _TO_HIM_ZH.search(document.text, start, leader.start):
        return False
    says = _SAYS_ZH if document.language == "zh" else _SAYS_KO
    return bool(says.search(document.text, leader.end, end))
