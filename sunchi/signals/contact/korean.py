"""Contacts in Korean: the particles and verbs that say who goes where, and whether what is told of has taken place."""

from __future__ import annotations

import re

from sunchi.lexicon.vocabulary import Pattern
from sunchi.signals.contact.nouns import Grammar, finders
from sunchi.signals.document import Document
from sunchi.signals.mentions import Mention
from sunchi.text import Span

# "보기성대표단", and five words before it where the name is long
_NAMED_DELEGATION = Pattern(
    "(?<![가-힣])(?:(?:[가-힣]{1,20} ){5}|(?:[가-힣]{1,20} ){0,4}[가-힣]{0,20}){delegation}", "ko"
)
# "중국을 공식방문", "평양에 도착", "로씨야정부의 초청에 따라", "라오스 방문", "베이징에서 열리는 회의에 참가"
_TO_HOST = Pattern(
    r"(?: [가-힣]{1,8}(?:주|시|성|도|변강|지역|자치구)|의 [가-힣]{1,10}?)?(?:을|를|에|으로|로|에로|에서)"
    r"\s(?:[가-힣]{1,20}\s){0,3}?[가-힣]{0,20}{bound_for}"
    r"|(?:[가-힣]{0,20}\s){0,4}?[가-힣]{0,20}(?<=의) ?초청"
    r"| ?(?:공식 ?|친선 ?|국가 ?|공식친선 ?)?방문(?:[ .\n]|$)|에서\s(?:진행되는|열리는|개최되는)\s[^.\n]{0,60}참가",
    "ko",
)
_NOT_YET = Pattern(
    "{not_yet}|성사(?!이)|[?]|오는 [0-9]|곧 [가-힣]{1,20}[을를로] 방문", "ko"
)  # 회담 성사, but 외무성|사이; 오는 3일
_YEARS_AGO = re.compile(r"[^.,\n]{0,14}?[0-9]+ ?(?:돐|돌|주년)")  # 회담 10돐: remembered
_NOTHING_BETWEEN = re.compile(" ?(?:국가 ?)?")  # 중국 | 국가 | 주석


def _not_yet(document: Document, reported: str, lead: Span, at: Span) -> bool:
    """Return whether a lead speaks of what is to come, or of an anniversary.

    The verb that says "proposed" stands last: all of the sentence is what it speaks of.
    """
    return bool(document.pattern(_NOT_YET).search(reported, *lead) or _YEARS_AGO.match(reported, at[1]))


def _is_host(document: Document, mention: Mention) -> bool:
    return bool(document.pattern(_TO_HOST).match(document.text, mention.end))


def _named_delegation(document: Document, lead: Span) -> Span | None:
    match = document.pattern(_NAMED_DELEGATION).search(document.text, *lead)
    return match.span() if match else None


def _with_post(document: Document, person: Mention) -> Span:
    """Return the span of a person with the post that follows the name: "최선희 외무상"."""
    start, end = person.start, person.end
    post = next(document.lexicon.posts.offices(document.small, "ko", end, end + 10), None)
    return start, post.end() if post and _NOTHING_BETWEEN.fullmatch(document.text, end, post.start()) else end


GRAMMAR = Grammar(
    # Not 6자회담; "두 나라사이의 경제무역위원회 제5차회의가", "외교협의", "협상이 ... 진행되였다"
    talks=Pattern(
        "(?<![0-9다]자){talks}|만나 |(?:사이의|간) [^.\n]{0,40}위원회[^.\n]{0,14}회의(?:가| 진행)"
        "|{consultation_level}{consultation}"
        "|(?:협의|협상)[이가를을] (?:[^.\n]{1,30} )?{took_place}",
        "ko",
    ),
    # "협정이 …에서 조인되였다", "공동성명을 …채택", "비준서를 …교환"
    agreement=Pattern(
        "{paper}[^.\n]{0,40}{sign}|{joint_paper}[에을를이가] ?(?:[가-힣0-9]{1,20} ){0,3}{sign}|비준서[^.\n]{0,20}교환",
        "ko",
    ),
    concluded=Pattern("{sign}(?:되였|되었|됐|하였|했|하시였)", "ko"),  # 조인되였다
    gathering=Pattern("{gathering}[가이] ", "ko"),  # 모임이
    # Not 대표단을 위하여 연회를, 두 대표단사이의 회담
    delegation=Pattern("{delegation}(?!들?(?: ?(?:성원|사이|과의)|[을를] (?:위|환영)))", "ko"),
    # …을 단장으로 하는 대표단이 회의에 참가; no 방문단
    moves=Pattern("{move}(?!단)|단장으로 하는 (?:[가-힣]{1,20} )?대표단[^.\n]*참가", "ko"),
    visit=Pattern("{visit}", "ko"),  # 방문, 도착
    they=Pattern("{they}[은는이가] ", "ko"),  # 그들은
    speaks=Pattern("{say_or_thank}", "ko"),  # 그들은 | 강조
    # Who does it, as Pyongyang's papers write of their own, with no state named: 보건성에서는, 부총리 …동지가,
    # 외무성 부상 …를 단장으로, 보건성과
    ours_unnamed=Pattern(
        r"(?!.*{international})(?:[^.\n]*?(?:동지(?:가|께서|께서는|는)|{supreme_leader}께서는?|{official}[은이]"
        r"|{body_ending}(?:에서|에서는|[은는이가])|외무성 [가-힣]{1,20} [가-힣]{2,4}[을를] 단장으로) .*"
        r"|[가-힣 ]*{body_ending}[과와] ?)",
        "ko",
        re.DOTALL,
    ),
    # How Pyongyang writes, and nobody else: its endings, and its spelling of foreign names
    of_the_house=re.compile("[하되시]였[다으]|여왔다|동지께서|로씨야|윁남|꾸바"),
    not_yet=_not_yet,
    is_host=_is_host,
    named_delegation=_named_delegation,
    with_post=_with_post,
)

find, read = finders(GRAMMAR)
