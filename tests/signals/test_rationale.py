"""What detectors say of their own decisions: what they took and why, what they considered and why it is none."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from sunchi import signals
from sunchi.signals.detectors import Explained
from sunchi.signals.rationale import Reason
from tests.detecting import FOLDER, articles, detect, house_lexicon

Text = tuple[str, ...] | str


def explain(text: Text, lang: str = "en", day: date | None = date(2026, 3, 2)) -> Explained:
    (explained,) = signals.explain(articles(text, lang=lang, day=day), house_lexicon())
    return explained


def reasons(explained: Explained, kind: str) -> list[Reason]:
    return [reason for found in explained.found if found.row["kind"] == kind for reason in found.reasons]


def rejected(text: Text, lang: str = "en") -> list[tuple[str, str, str]]:
    """Kind, words and reason of each place that was considered."""
    explained = explain(text, lang)
    return [(each.kind, explained.document.quote(each.span), each.why) for each in dict.fromkeys(explained.rejected)]


REJECTED: list[tuple[str, Text, str, str, str]] = [
    # names
    ("name", "Ships sailed the South China Sea off Vietnam.", "en", "South China Sea", "a mask of titles.csv"),
    ("name", ("Visit", "Beijing, March 2 (KCNA) -- The envoy of Laos left."), "en", "Beijing", "in the dateline"),
    ("name", "Russia was told of a session of the CPC.", "en", "CPC", "abbreviation of several states"),
    ("name", "The envoy of Laos arrived in Beijing.", "en", "Beijing", "a capital as a mere place"),
    ("name", "라오스대표단이 베이징에서 회담하였다.", "ko", "베이징", "a capital as a mere place"),
    (
        "name",
        "Xi Jinping, president of the People's Republic of China, spoke.",
        "en",
        "People's Republic of China",
        "title",
    ),
    # formulas
    ("formula", "Mongolia and Laos deepen their friendly relations.", "en", "friendly relations", "between others"),
    ("formula", "The DPRK, at the cost of blood, won.  Russia saw it.", "en", "at the cost of blood", "blood"),
    ("formula", "Laos praised a member of the DPRK-Laos Friendship Society.", "en", "DPRK-Laos Friendship", "capitals"),
    (
        "formula",
        "The DPRK and China have friendly relations with all countries.",
        "en",
        "friendly relations",
        "all the world",
    ),
    ("formula", "The anti-Cuba hostile policy goes on, says the DPRK.", "en", "hostile policy", "aimed at another"),
    ("formula", "The DPRK and Laos made a strategic choice.", "en", "strategic choice", "one state's own"),
    (
        "formula",
        "The DPRK saw the traditional friendship between China and Vietnam.",
        "en",
        "friendship",
        "of which state",
    ),
    # messages
    (
        "message",
        "Kim Jong Un sent a message of greeting. China was glad.",
        "en",
        "message of greeting",
        "nor its recipient",
    ),
    ("message", "Vietnam sent a message of greeting to Laos.", "en", "message of greeting", "both of its sides"),
    (
        "message",
        "China sent a message of greeting to the pupils of Laos, far from the DPRK.",
        "en",
        "message",
        "both of",
    ),
    ("message", "China sent a gift to pupils. The DPRK saw it.", "en", "gift", "not to Pyongyang's side"),
    ("message", "Pupils sent a gift to China. The DPRK saw it.", "en", "gift", "not from Pyongyang's side"),
    ("message", "The gift was handed to Kim Jong Un by China.", "en", "gift", "one that was reported before"),
    ("message", "In the message China sent a gift to Kim Jong Un.", "en", "gift", "gives the words of a message"),
    ("message", "중국소식. 김정은동지께서 축전을 보내시였다.", "ko", "축전을 보내시", "nobody of another state"),
    ("message", "중국 주석에게 축전을 보냈다.", "ko", "축전을 보냈", "nobody of Pyongyang's side"),
    (
        "message",
        "Kim Jong Un sent a gift to Xi Jinping. Kim Jong Un sent a gift to Xi Jinping.",
        "en",
        "gift",
        "a second report",
    ),
    # contacts
    (
        "contact",
        ("Speech", "The people of Laos heard a speech. Kim Jong Un met Xi Jinping of China."),
        "en",
        "Kim Jong Un met Xi Jinping of China.",
        "after the first sentence",
    ),
    (
        "contact",
        ("In 1958", "Kim Il Sung met Zhou Enlai of China in 1958."),
        "en",
        "Kim Il Sung met",
        "year that is over",
    ),
    (
        "contact",
        ("Talks", "A delegation of Laos visited China."),
        "en",
        "A delegation of Laos",
        "nothing says that it came",
    ),
    ("contact", "Kim Jong Un received a letter from Xi Jinping.", "en", "received", "not somebody met"),
    ("contact", "북한이 중국에 정상회담을 제안했다.", "ko", "정상회담", "has not taken place"),
    (
        "contact",
        ("Talks", "A delegation of the DPRK met a delegation of Laos in Moscow."),
        "en",
        "of Laos",
        "own met abroad",
    ),
    (
        "contact",
        ("Laos", "A delegation of Laos left Pyongyang for China."),
        "en",
        "delegation of Laos",
        "goes to another",
    ),
    ("contact", ("Laos", "Laos and China signed an agreement."), "en", "signed an agreement", "a paper that"),
    ("contact", ("News", "A reception was given at the embassy here.", "Laos is far."), "en", "reception", "for whom"),
    ("contact", ("News", "The minister of Laos met the mayor of Hanoi in Vietnam."), "en", "met", "those who meet"),
    (
        "contact",
        ("Moscow", "Kim Il Sung met Stalin of the Soviet Union."),
        "en",
        "Kim Il Sung met",
        "a state of the past",
    ),
    # appointments, authority
    ("appointment", "Laos: Ri Song Chol was elected chairman of Chongryon.", "en", "Ri Song Chol", "Koreans abroad"),
    (
        "authority",
        "A spokesman for the Foreign Ministry of Syria issued a statement.",
        "en",
        "A spokesman",
        "another state's",
    ),
    ("appointment", "Laos: Ri Song Chol was appointed minister of Laos.", "en", "Ri Song Chol", "not Pyongyang's"),
    (
        "appointment",
        "Laos saw the day when Ri Song Chol was elected member of the DPRK Cabinet.",
        "en",
        "Ri",
        "recalled",
    ),
    (
        "appointment",
        ("Laos", "Laos spoke.", "Kim Jong Un was elected chairman of the State Affairs Commission of the DPRK."),
        "en",
        "Kim Jong Un",
        "remembered all the year",
    ),
    ("authority", ("Foreign Ministry Statement Supported in Laos", "It is so."), "en", "Statement", "told of there"),
    (
        "authority",
        ("Spokesman for Foreign Ministry Issues Statement on Laos", "It is so."),
        "en",
        "Statement",
        "longer",
    ),
    # stance
    (
        "stance",
        "In 1937 the friendship of China and the DPRK was sealed in blood.",
        "en",
        "sealed in blood",
        "of the past",
    ),
    ("stance", 'Japan spoke of "aggression" by somebody.', "en", "aggression", "quotation marks"),
    (
        "stance",
        ("On Japan", "The U.S. imperialists are far away. The U.S. slashes Japan."),
        "en",
        "slashes",
        "an adversary",
    ),
    (
        "stance",
        ("On Laos", "Kim Jong Un wished Laos success. The Lao aggression on the DPRK was an atrocity of Laos."),
        "en",
        "wished",
        "outweighed",
    ),
    (
        "stance",
        ("Rally Staged in S. Korea", "The south Korean puppet authorities watched it."),
        "en",
        "Rally Staged in S. Korea",
        "where other words say plainly",
    ),
    (
        "stance",
        ("Tokyo", "Japan condemned a U.S. aggression; the Japanese aggression is past."),
        "en",
        "aggression",
        "speaks of",
    ),
    ("stance", ("Laos", "The Lao threats are heard of in Chad."), "en", "threats", "a state without enmity"),
    ("stance", "Laos was told by many that there are war moves.", "en", "war moves", "said of no other state"),
    ("stance", "Laos was told by many that there are warmongers.", "en", "warmongers", "not given to another"),
    ("stance", ("On Laos", "It rained.", "He wished success."), "en", "wished", "a wish for no other"),
    ("stance", "The anti-imperialist people of Laos spoke.", "en", "imperialist", "against it"),
    ("stance", "The DPRK hits at somebody. Japan is far away.", "en", "hits at", "falls on no other state"),
]


@pytest.mark.parametrize(("kind", "text", "lang", "words", "why"), REJECTED, ids=[f"{d[0]}: {d[4]}" for d in REJECTED])
def test_what_was_considered_and_is_no_signal_says_why(kind: str, text: Text, lang: str, words: str, why: str) -> None:
    found = rejected(text, lang)
    assert any(k == kind and words in quote and why in reason for k, quote, reason in found), found


def test_a_second_report_of_one_message_is_dropped_and_the_first_stands() -> None:
    text = ("Reply", "Kim Jong Un sent a reply message to Xi Jinping of China.", "Kim Jong Un sent a reply to China.")
    assert [row["quote"] for row in detect(text) if row["kind"] == "message"] == [text[1]]


def test_every_signal_says_why_it_is_one() -> None:
    text = (
        "Kim Jong Un Sends Reply to Xi Jinping",
        "Kim Jong Un sent a reply message to Xi Jinping, president of China.",
        "He wished China prosperity. The traditional DPRK-China friendship will live on.",
        "Ri Song Chol was appointed ambassador of the DPRK to China.",
    )
    found = explain(text).found
    assert {each.row["kind"] for each in found} == {
        *("attention", "formula", "message", "appointment", "authority", "stance"),
    }
    assert [each.row["kind"] for each in found if not each.reasons] == []


def test_a_contact_says_where_it_was_read() -> None:
    explained = explain(("Visit", "Xi Jinping of China met Kim Jong Un here."))
    assert [reason.why for reason in reasons(explained, "contact")] == ["a first sentence tells of it"]


def test_a_contact_that_a_later_sentence_tells_of_is_not_also_dropped() -> None:
    text = "中国总理抵达平壤。他与崔善姬外务相举行会谈。去年中国总理访问平壤。"
    assert [reason.why for reason in reasons(explain(text, "zh"), "contact")] == [
        "a first sentence tells of it",
        "told of beside what the first sentence tells",
    ]
    assert [words for kind, words, _ in rejected(text, "zh") if kind == "contact"] == ["去年中国总理访问平壤。"]


@pytest.mark.parametrize(
    ("text", "kind", "line", "words"),
    [
        ("The DPRK-China friendship grows.", "formula", "terms", "DPRK-China friendship"),
        (("On Aggression", "The U.S. aggression goes on."), "stance", "stance", "aggression"),
        (("Statement of the Foreign Ministry on Japan", "It is so."), "authority", "authority", "Statement"),
        ("China is near.", "name", "partners", "China"),
    ],
)
def test_a_reason_names_the_row_of_the_file_it_rests_on(text: Text, kind: str, line: str, words: str) -> None:
    explained = explain(text)
    given = [reason for _, reason in explained.names] if kind == "name" else reasons(explained, kind)
    rules = [reason.rule for reason in given if reason.rule]
    assert rules
    row = (FOLDER / f"{line}.csv").read_text("utf-8").splitlines()[rules[0].line - 1]
    assert line == "terms" or words.lower() in row.lower()


def test_an_abbreviation_of_two_parties_says_as_whose_it_was_read() -> None:
    explained = explain("Cuba prepares a session of the CPC.")
    ((name, reason),) = [(name, reason) for name, reason in explained.names if reason.why]
    assert (name.partner, reason.why) == (
        "CU",
        "an abbreviation of several states, read as the one that the article names in full",
    )


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('The DPRK spoke to China of "traditional friendship" again.', "it stands alone in quotation marks"),
        (
            ("Reply", "Kim Jong Un received a message from Xi Jinping of China.", "The DPRK-China friendship grows."),
            "it stands in a message that was received",
        ),
        ("North Korea and China have a traditional friendship.", "as only others do"),
    ],
)
def test_why_a_phrase_is_not_pyongyangs_own_word_is_said(text: Text, why: str) -> None:
    assert [reason for reason in reasons(explain(text), "formula") if why in reason.why]


def test_the_words_that_decide_whose_voice_it_is_are_shown() -> None:
    explained = explain("China declared that the DPRK-China friendship will live on.")
    (verb,) = [reason for reason in reasons(explained, "formula") if reason.at]
    assert verb.at
    assert explained.document.quote(verb.at) == "declared"


def test_to_explain_changes_no_signal() -> None:
    frame = articles(*(text for _, text, lang, *_ in REJECTED if lang == "en"))
    noted = [found.row for each in signals.explain(frame, house_lexicon()) for found in each.found]
    plain = signals.detect(frame, house_lexicon())
    assert Counter(
        (r["article"], r["kind"], r["partner"], r["code"], r["value"], r["start"]) for r in noted
    ) == Counter(plain.select("article", "kind", "partner", "code", "value", "start").iter_rows())
