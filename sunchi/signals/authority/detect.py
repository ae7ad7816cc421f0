"""Authority: how high the voice of an article stands, from the leader in person down to a plain report.

lexicon/authority.csv says which genre and which speaker make which level. They are looked for in the headline and at
the article's head; what a ministry abroad states is a report.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter

from sunchi import text as texts
from sunchi.lexicon.voices import Voice
from sunchi.signals.authority.leader import IS_TOLD_OF, LEADER, audience
from sunchi.signals.authority.opinion import is_opinion
from sunchi.signals.document import Document
from sunchi.signals.grammar import english as sides_en
from sunchi.signals.mentions import Mention
from sunchi.signals.message.reported import WORDLESS
from sunchi.signals.rationale import Found, Reason, Rejected
from sunchi.signals.row import Row, row
from sunchi.text import Span

REPORT = 1.0  # the level of a plain report
OPINION = 1.5  # of an unsigned opinion piece

_NEAR = 60  # characters between document and speaker in a headline
_NEXT = 2  # sentences after the first in which a document may be told of
_FURTHER = 9  # sentences after the first in which one may be brought in
_SHORT = 200  # characters of a sentence that only brings in whose words come next

_OF_ELSEWHERE = re.compile(r"(?: and \w+)?,? (?:of|for|in) (?:the )?")
_LEANS_ON_ANOTHER = re.compile(r"(?:Upon|Since|After|As|If|In|On|According|Recently|When|While|Supporting|Hearing)\b")
_ISSUES_ZH = re.compile("就|针对|关于|发表|发布|公布|的$")  # what follows who issues it
_OFFICE_ZH = re.compile("[\u4e00-\u9fff]{0,8}(?:部|省|署|府|院|厅|军)")
_OFFICE_KO = re.compile("(?:[가-힣]{0,10}(?:공화국|련방|연방|왕국))? ?(?:정부 ?)?")  # 꾸바공화국 외무성
_STUDIED_KO = re.compile("(?:문제)?연구[소실]")  # 외무성 일본연구소 is Pyongyang's
_ISSUES_KO = re.compile(' ?["“]| 조선중앙통신')  # 북한 김여정 “…” 담화
_ISSUES = re.compile(
    r"\s*(?P<who>[^;:]{3,240}?)(?:,? (?:on )?(?:\w+day|[A-Z][a-z]{2,8}\.? \d{1,2}),?)?,?"
    r" (?P<verb>issued|issues|released|releases|made public|gave|gives|made|makes|delivered|delivers|answered"
    r"|published|in (?:an?|its|his|her) (?:\w+ )?statement)\b"
)
# Told of, or no document but a talk: 담화를 나누었다. Without blanks
_RELAYED_KO = re.compile(
    "(?:을|를|에대하여|에대한|과관련).{0,36}?(?:보도|지지|환영|반향)|에서[^.]*(?:한|던|은)바있|를(?:하[였시고며]|나누|했|[^.]{0,6}진행)"
)
# Pyongyang's are called 省 and 内阁: what these say is another state's
_OFFICE_ABROAD_ZH = re.compile("(?:外交部|国防部|商务部|统一部|国务院|国台办|国务部|总统府|白宫|五角大楼)[^,。]{0,12}$")
_RELAYS_ZH = re.compile("(?:据|各国|西方|外国)?(?:外电|外媒|外国媒体|各国媒体|西方媒体|外国通讯社)")
_TALKED_ZH = re.compile("(?:进行|举行|交谈|亲切|友好|诚挚|气氛)[^,。]{0,6}$")  # a talk, and no document: 进行了谈话
_CLAUSE = re.compile(r"\b(?:that|after|when|since|while|have|has|had|is|are|was|were)\b")
_AFTER_OF = re.compile(r" (?:of|by|for) (.+)$")
_SAID = " said "
# That a document is told of only after the lead, and is the article's all the same
_FOLLOWS = {
    "en": re.compile(r"\bfollowing (?:\w+ ){1,2}on\b|\bfollowing [\w ]{3,60}[:.]?$"),
    "zh": re.compile("发表了?(?:题为.{1,40}?的)?(?:谈话|声明)|回答.{0,20}?(?:提问|问题)时?"),
}
_BRINGS_IN = re.compile(r":(?: [A-Z]|$)|\b(?:says|observes|notes|said|stressed|writes) (?:this|so)\b")
_IN_THIS_REGARD = re.compile(r"(?:In|On|With) (?:this|that|regard to this)(?: \w+)?,? ")
_GOES_ON = re.compile(
    "the (?:(?:press )?statement|spokesman|answer|memorandum|indictment)"
    " (?:said|says|noted|notes|went on|goes on|continued|added)"
)
_ARTICLE = re.compile(r"(?:an?|the) ", re.IGNORECASE)
_OUTLETS = ("commentary", "report")  # their documents are told of in any order: "…, says the paper in an article"


@dataclass(frozen=True, slots=True)
class _Fit:
    """A row of the table that an article fits, with its evidence."""

    voice: Voice
    span: Span
    by: str
    weight: tuple[int, int, float]  # length of the document, of the speaker, level


def authority(document: Document, rows: Sequence[Row]) -> Iterator[Found | Rejected]:
    """Yield exactly one signal; `rows` are those of the other kinds, of which messages are used."""
    considered = [*_documents(document), *_messages(document, rows)]
    yield from (each for each in considered if isinstance(each, Rejected))
    fits = [each for each in considered if isinstance(each, _Fit)]
    best = max(fits, key=lambda fit: fit.weight, default=None) or _at_length(document, rows)
    if best:
        for fit in fits:
            if fit.voice is not best.voice:
                yield Rejected("authority", fit.span, _OUTDONE, fit.voice)
        found = row(document, "authority", "", best.voice.code, best.voice.level, best.span, by=best.by)
        yield Found(found, (Reason("its document and its speaker stand there", best.voice),))
        return
    span = (0, document.headline) if document.original[: document.headline].strip() else document.sentence_at(0)
    code, level, why = ("commentary", OPINION, _JUDGES) if is_opinion(document, rows) else ("report", REPORT, _PLAIN)
    yield Found(row(document, "authority", "", code, level, span, by=""), (Reason(why),))


_OUTDONE = "another row fits with a longer document or speaker"
_JUDGES = "an unsigned piece that judges in its own name and tells of no speaker"
_PLAIN = "no row of authority.csv fits headline or first sentence"
_RELAYED = "told of there, and not issued there by its subject"
_ABROAD = "who speaks is another state's"


# --- what the article itself is -------------------------------------------------------------------------------------


def _documents(document: Document) -> Iterator[_Fit | Rejected]:
    """Yield the rows of the table whose document and speaker stand in the headline or at the article's head."""
    language = document.language
    anchored = document.lexicon.documents.get(language, {})
    if language == "en":  # the others are looked at without their blanks
        anchored = {anchor: anchored[anchor] for anchor in document.held(document.lexicon.document_words)}
    if not anchored or not document.opening:
        return
    heads = [*document.opening[:-1], sides_en.whole(document, document.opening[-1])]
    after = bisect_left(document.sentences, (heads[-1][1],))
    is_relay = language == "zh" and any(_RELAYS_ZH.match(document.text, *span) for span in heads)
    near = [] if is_relay else document.sentences[after : after + _NEXT]
    if language == "en":
        further = document.sentences[after + _NEXT : after + _FURTHER]
        words = tuple(anchored)
        short = [s for s in further if s[1] - s[0] < _SHORT and sides_en.holds_any(document.small[slice(*s)], words)]
        near += [s for s in short if _BRINGS_IN.search(document.text, *s)]
    follows = _FOLLOWS.get(language)
    for span in (*heads, *near):
        held, places = document.unframed[span[0] : span[1]], None
        if language != "en":
            held, places = texts.squeeze(held)
        small = texts.in_small_letters(held)
        said = {v for anchor, some in anchored.items() if anchor in small for v in some}
        voices = [v for v in said if not v.speakers or sides_en.holds_any(small, v.speakers)]
        if not voices:
            continue
        is_told_late = span in near and not (follows and follows.search(held)) and not _GOES_ON.search(document.small)
        for voice in sorted(voices, key=_line):  # of two that weigh the same the first row counts
            if is_told_late and voice.code != "commentary":
                continue
            is_out = voice.headline and span[0] >= document.headline
            fit = None if is_out else _fit(document, voice, span, held, small, places)
            if fit:
                yield fit


_line = attrgetter("line")


def _fit(
    document: Document, voice: Voice, span: Span, held: str, small: str, places: list[int] | None
) -> _Fit | Rejected | None:
    """Return the row if its document and its speaker stand in the span, rejected if they stand there otherwise.

    `held` is what stands there, `small` the same in small letters; `places` where blanks are out.
    """
    speaker = voice.speaker.search(small) if voice.speaker else None
    if voice.speaker and not speaker:
        return None
    genre = voice.document.search(small) if voice.document else None
    if voice.document and not genre:
        return None
    headline = span[0] < document.headline
    who = (0, genre.start() if places and headline and genre else len(held))
    if places and genre and _is_told_of(document, held, genre.span()):
        return Rejected("authority", span, _RELAYED, voice)
    if places is None and genre and voice.code not in _OUTLETS:
        found = _issuer(held) if headline else _subject(held, voice.document)
        if found is None:
            return Rejected("authority", span, _RELAYED, voice)
        who = found
    if speaker and not (who[0] <= speaker.start() and speaker.end() <= who[1]):
        return None
    if headline and genre and speaker and voice.code != LEADER and not _is_near(genre.span(), speaker.span()):
        return None
    at = speaker.span() if speaker else who
    if places:
        at = (places[at[0]], places[at[1] - 1] + 1) if at[1] else at
    if _is_foreign(document, span[0], (span[0] + at[0], span[0] + at[1]), named=speaker is not None):
        return Rejected("authority", span, _ABROAD, voice)
    lengths = (len(genre[0]) if genre else 0, len(speaker[0]) if speaker else 0)
    if places and genre and headline and voice.code != LEADER:
        by = _before_document(document, (span[0], span[0] + places[genre.start()]))
    else:
        by = _by(document, span) if places is None and voice.code not in (LEADER, *_OUTLETS) else ""
    named = document.text[span[0] + at[0] : span[0] + at[1]].strip(" :") if speaker else ""
    return _Fit(voice, span, by or named, (*lengths, voice.level))


def _before_document(document: Document, before: Span) -> str:
    """Who issues what a Korean or Chinese headline calls a document, by the words before that."""
    issues = _ISSUES_ZH if document.language == "zh" else _ISSUES_KO
    return issues.split(document.text[slice(*before)].strip(), maxsplit=1)[0].strip()


def _by(document: Document, span: Span) -> str:
    """Who issues it, without titles: the first sentence's subject, else whom the headline names after "of" or "by"."""
    lead = document.opening[-1]
    held = document.unframed[lead[0] : lead[1]]
    who = _subject(held, None) if lead[0] > document.headline else None
    if who and (lead == span or not _is_foreign(document, lead[0], (lead[0] + who[0], lead[0] + who[1]), named=False)):
        return _ARTICLE.sub("", held[who[0] : who[1]].strip(), count=1).partition(",")[0]
    after = _AFTER_OF.search(document.text[span[0] : span[1]])
    return after[1] if after and span[0] < document.headline else ""


def _issuer(headline: str) -> Span | None:
    """Where a headline may name the speaker; nowhere if it is about what others make of the document."""
    return None if IS_TOLD_OF.search(headline) else (0, len(headline))


def _subject(sentence: str, genre: re.Pattern[str] | None) -> Span | None:
    """The subject of a sentence that says that the document was issued."""
    leads = _IN_THIS_REGARD.match(sentence)
    issues = _ISSUES.match(sentence, leads.end() if leads else 0)
    small = texts.in_small_letters(sentence)
    if issues is None or (genre and not genre.search(small, issues.start("verb"))):
        return None
    start, end = issues.span("who")
    said = sentence.rfind(_SAID, start, end)  # "…, said a spokesman in a statement"
    start = said + len(_SAID) if said >= 0 else start
    who = sentence[start:end].lstrip()
    return None if _LEANS_ON_ANOTHER.match(who) or _CLAUSE.search(who) else (start, end)


def _is_near(one: Span, other: Span) -> bool:
    return max(one[0], other[0]) - min(one[1], other[1]) <= _NEAR


def _is_foreign(document: Document, start: int, speaker: Span, *, named: bool) -> bool:
    """Whether the speaker is another state's: "the Turkish Foreign Ministry", "the Foreign Ministry of Syria".

    One whom the table does not name is, where a foreigner is named first in what starts at `start`.
    """
    after = _OF_ELSEWHERE.match(document.text, speaker[1])
    studied = " Studies"  # the Institute for American Studies is Pyongyang's
    if after and any(
        n.start == after.end() and not document.text.startswith(studied, n.end) for n in document.mentions
    ):
        return True
    if document.language == "zh" and _OFFICE_ABROAD_ZH.search(document.text, start, speaker[0]):
        return True
    before = [n for n in document.mentions if start <= n.start < speaker[1]]
    before = [n for n in before if not _STUDIED_KO.match(document.text, n.end)]
    if named:
        return any(n.end >= speaker[0] - 1 or _is_office_of(document, n, speaker[0]) for n in before)
    home = [n.start for n in document.home if start <= n.start <= speaker[1] + 8 and n.role != "outside"]
    return bool(before) and not (home and home[0] < before[0].start)


def _is_office_of(document: Document, mention: Mention, start: int) -> bool:
    """In Chinese and Korean the state stands right before the office that speaks: 中国外交部发言人, 꾸바 외무성."""
    office = document.text[mention.end : start]
    belongs = _OFFICE_ZH if document.language == "zh" else _OFFICE_KO
    return bool(belongs.fullmatch(office)) and not document.home_in((mention.end, start))


def _is_told_of(document: Document, held: str, genre: Span) -> bool:
    """Whether the document of a Korean or Chinese sentence is only spoken of there, or a talk of two."""
    if document.language == "zh":
        return held.startswith("谈话", genre[0]) and bool(_TALKED_ZH.search(held, 0, genre[0]))
    return bool(_RELAYED_KO.match(held, genre[1]))


# --- messages and the leader's words --------------------------------------------------------------------------------


def _messages(document: Document, rows: Sequence[Row]) -> Iterator[_Fit]:
    """A message that the article's head says the home side sent has the height of its sender."""
    for message in (r for r in rows if r["kind"] == "message"):
        span, detail = (message["start"], message["end"]), message["detail"]
        if detail["direction"] != "out" or span not in document.opening:
            continue
        for voice in document.lexicon.senders.get(document.language, ()):
            speaker = voice.speaker.search(_bare(document, detail["from"]).lower()) if voice.speaker else None
            if speaker and (message["code"] not in WORDLESS or (voice.code == LEADER and message["code"] == "wreath")):
                yield _Fit(voice, span, detail["from"], (0, len(speaker[0]), voice.level))


def _bare(document: Document, name: str) -> str:
    """A name as it is matched: Korean without blanks."""
    return name if document.language == "en" else texts.squeeze(name)[0]


def _at_length(document: Document, rows: Sequence[Row]) -> _Fit | None:
    his = audience(document, rows)
    return _Fit(*his, weight=(0, 0, his[0].level)) if his else None
