"""The ledger: reports that are certainly about one message are one row, and no others."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import polars as pl
import pytest

from bench.ledger import reports
from sunchi import signals
from sunchi.identity.ledger import Message, message_reports, messages
from sunchi.model import ARTICLES, Salutation
from tests.counting import calls_of
from tests.detecting import house_lexicon

DAY = date(2024, 10, 6)
SENT = "Kim Jong Un sent a congratulatory message to Xi Jinping on the occasion of the National Day of China."
PARTIES = "The Central Committee of the Workers' Party of Korea sent a message of greeting to the {} on Thursday."
PARTIES_KO = "조선로동당 중앙위원회가 {}에 축전을 보내였다."
PARTIES_ZH = "朝鲜劳动党中央委员会向{}致贺电。"
SENT_KO = "김정은동지께서 습근평주석에게 축전을 보내시였다."
CHAD = "Kim Jong Un sent a congratulatory message to {}, president of Chad{}."
REPLY = "Kim Jong Un sent a reply message to Xi Jinping."


def told(text: str, edition: str = "kcna/en", day: date | None = DAY, *more: str, gone: bool = False) -> dict[str, Any]:
    """An article that begins with `text`."""
    source, _, lang = edition.partition("/")
    title = "축전" if lang == "ko" else "Message"
    return {"source": source, "lang": lang, "date": day, "title": title, "paragraphs": [text, *more], "gone": gone}


def ledger(*articles: dict[str, Any]) -> list[Message]:
    rows = [{"article": f"a{n}", "url": f"http://paper.example/{n}"} | each for n, each in enumerate(articles)]
    found = signals.detect(pl.DataFrame(rows, schema=ARTICLES), house_lexicon())
    by_id = {row["article"]: row | {"outcome": "gone" if row["gone"] else "read"} for row in rows}
    return messages(message_reports(found, by_id, house_lexicon()), house_lexicon())


def seen(*articles: dict[str, Any]) -> list[tuple[str, ...]]:
    return [message.editions for message in ledger(*articles)]


def test_a_message_has_everything_known_about_it() -> None:
    text = told(
        SENT, "kcna/en", DAY, "The message said:", "Comrade Xi Jinping,", "I congratulate you and wish you well."
    )
    (message,) = ledger(text)
    report = message.fullest
    assert (message.date, report.partner, report.direction, report.kind) == (DAY, "CN", "out", "congratulation")
    assert (report.sender, report.recipient, report.occasion) == ("Kim Jong Un", "Xi Jinping", "National Day of China")
    assert (report.words, report.full_text, report.salutation, report.grouped) == (
        10,
        True,
        Salutation.RESPECTED,
        False,
    )
    assert (report.title, report.url) == ("Message", "http://paper.example/0")


def test_an_old_gift_in_an_exhibition_is_not_a_row() -> None:
    lead = "Kim Jong Un visited the exhibition house of the DPRK."
    shown = "It is a gift presented to leader Kim Jong Il by Ana Example, wife of a king of Peru."
    assert ledger(told(lead, "kcna/en", DAY, shown)) == []
    assert len(ledger(told(lead, "kcna/en", DAY, "He received a gift from the king of Peru."))) == 1


# --- one message ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "articles",
    [
        (told(SENT), told(SENT, "rodong/en")),
        (told(f"Pyongyang, October 6 (KCNA) -- {SENT}"), told(SENT, "rodong/en", date(2024, 10, 7))),
        (told(SENT), told(SENT, "rodong/en", date(2024, 10, 7))),
        (told(SENT), told("Kim Jong Un sent a congratulatory message to Xi Jinping, president of China.", "rodong/en")),
        (told(CHAD.format("Ada Example", ", on its national day")), told(CHAD.format("Ada Example", ""), "rodong/en")),
        (told(SENT), told(SENT_KO, "kcna/ko")),
        (told(SENT), told(SENT_KO, "kcna/ko"), told(SENT, "rodong/en", date(2024, 10, 7))),
    ],
    ids=[
        "same words",
        "but for the dateline",
        "the next day",
        "same day and sides",
        "nobody we know",
        "in two languages",
        "all of it",
    ],
)
def test_reports_that_are_certainly_one_message_are_one_row(articles: tuple[dict[str, Any], ...]) -> None:
    (message,) = ledger(*articles)
    assert message.editions == tuple(sorted(f"{each['source']}/{each['lang']}" for each in articles))
    assert message.date == DAY


@pytest.mark.parametrize(
    ("english", "korean", "chinese"),
    [
        ("C.C., Lao People's Revolutionary Party", "라오스인민혁명당 중앙위원회", "老挝人民革命党中央委员会"),
        ("Central Committee of the Communist Party of Vietnam", "윁남공산당 중앙위원회", "越南共产党中央委员会"),
        ("Foreign Ministry of Cuba", "꾸바 외무성", "古巴外交部"),
        ("Central Committee of the CPC of Cuba", "꾸바공산당 중앙위원회", "古巴共产党中央委员会"),
    ],
)
def test_a_party_or_ministry_is_the_same_in_every_language(english: str, korean: str, chinese: str) -> None:
    (message,) = ledger(
        told(PARTIES.format(english)),
        told(PARTIES_KO.format(korean), "kcna/ko"),
        told(PARTIES_ZH.format(chinese), "kcna/zh"),
    )
    assert message.editions == ("kcna/en", "kcna/ko", "kcna/zh")


def test_a_party_congress_is_the_same_in_two_languages() -> None:
    english = "The Eighth Congress of the WPK sent a reply message to the C.C., Communist Party of China."
    korean = "조선로동당 제8차대회에서 중국공산당 중앙위원회에 답전을 보내였다."
    assert seen(told(english), told(korean, "kcna/ko")) == [("kcna/en", "kcna/ko")]


def test_a_greeting_is_one_message_whatever_the_papers_words() -> None:
    greeting = SENT.replace("congratulatory message", "message of greeting")
    assert seen(told(greeting), told(SENT_KO, "kcna/ko")) == [("kcna/en", "kcna/ko")]


REVIEW = "Kim Jong Un received messages of greeting from the president of Laos and the president of Mongolia."


@pytest.mark.parametrize(
    ("report", "rows"),
    [
        ("Kim Jong Un received a message of greeting from Thongloun Sisoulith, president of Laos.", 2),
        ("Kim Jong Un received a message of greeting from Thongloun Sisoulith, premier of Laos.", 3),
        ("Kim Jong Un received a message of sympathy from Thongloun Sisoulith, president of Laos.", 3),
        ("Choe Son Hui received a message of greeting from Thongloun Sisoulith, president of Laos.", 3),
    ],
    ids=["the office of the name", "another office", "another kind", "to somebody else"],
)
def test_a_review_that_gives_the_office_joins_the_report_with_the_name(report: str, rows: int) -> None:
    found = ledger(told(report), told(REVIEW, "kcna/en", date(2024, 10, 7)))
    assert len(found) == rows
    assert len(ledger(told(report), told(REVIEW, "kcna/en", date(2024, 10, 9)))) == 3


def test_an_office_is_the_same_in_short_and_in_full() -> None:
    report = (
        "Kim Jong Un received a message of greeting from To Lam, general secretary of {} Communist Party of Vietnam."
    )
    review = "Kim Jong Un received a message of greeting from the general secretary of {} Communist Party of Vietnam."
    for long, short in (
        ("the Central Committee of the", "the C.C.,"),
        ("the C.C., the", "the Central Committee of the"),
    ):
        assert len(ledger(told(report.format(long)), told(review.format(short)))) == 1


@pytest.mark.parametrize(
    ("who", "rows"),
    [
        ("upon his appointment as foreign minister of Peru", 1),
        (", minister of International Relations of Peru", 1),
        (", king of Peru", 2),
    ],
)
def test_a_counterpart_is_who_holds_an_office_like_that_of_our_party(who: str, rows: int) -> None:
    report = f"Choe Son Hui, foreign minister of the DPRK, sent a message of greeting to Ada Example {who}."
    review = "The DPRK foreign minister sent a message of greeting to her Peruvian counterpart."
    assert len(ledger(told(report.replace(" ,", ",")), told(review, "kcna/en", date(2024, 10, 7)))) == rows


def test_a_review_that_gives_two_offices_joins_the_report_with_the_name() -> None:
    report = "Kim Jong Un received a message of greeting from To Lam, secretary of a party of Vietnam and president."
    review = "Kim Jong Un received a message of greeting from the secretary of a party of Vietnam who is {}."
    assert len(ledger(told(report), told(review.format("president")))) == 1
    assert len(ledger(told(report), told(review.format("premier")))) == 2


def test_a_review_that_may_mean_two_messages_is_not_joined() -> None:
    name = "Kim Jong Un received a message of greeting from {}, president of Laos."
    found = ledger(told(name.format("Thongloun Sisoulith")), told(name.format("Choummaly Sayasone")), told(REVIEW))
    assert len(found) == 4


NORTH_TO_CHINA, CHINA_TO_NORTH = "북한은 중국에 편지를 보냈다.", "중국이 북한에 편지를 보냈다."
PARTY_TO_NOBODY = "중국공산당이 축전을 보냈다고 북한이 밝혔다."
CONGRESS = (
    "The Eighth Congress of the WPK received a congratulatory message from the Central Committee of the {} of China."
)


@pytest.mark.parametrize(
    ("report", "paper"),
    [
        (SENT, NORTH_TO_CHINA),
        (REPLY, NORTH_TO_CHINA),
        (CONGRESS.format("Communist Party"), PARTY_TO_NOBODY),
        ("Xi Jinping of China sent a congratulatory message to Kim Jong Un.", CHINA_TO_NORTH),
    ],
    ids=["states alone", "a letter is of any kind", "a party, to nobody", "the other way"],
)
def test_an_open_report_joins_the_only_message_that_it_can_mean(report: str, paper: str) -> None:
    (message,) = ledger(told(report), told(paper, "hani/ko", date(2024, 10, 7)))
    assert message.editions == ("hani/ko", "kcna/en")
    assert message.fullest.source == "kcna"


@pytest.mark.parametrize(
    ("reports", "paper", "day"),
    [
        ([SENT], NORTH_TO_CHINA, date(2024, 10, 8)),
        ([SENT], CHINA_TO_NORTH, DAY),
        ([SENT, REPLY], NORTH_TO_CHINA, DAY),
        ([SENT.replace("congratulatory message", "floral basket")], NORTH_TO_CHINA, DAY),
        ([SENT], NORTH_TO_CHINA.replace("편지", "조전"), DAY),
        ([CONGRESS.format("Youth League")], PARTY_TO_NOBODY, DAY),
        ([SENT], NORTH_TO_CHINA, None),
    ],
    ids=["two days later", "the other way", "either of two", "no letter", "another kind", "another body", "undated"],
)
def test_an_open_report_joins_no_message_that_it_cannot_mean(reports: list[str], paper: str, day: date | None) -> None:
    found = ledger(*(told(report) for report in reports), told(paper, "hani/ko", day))
    assert len(found) == len(reports) + 1
    assert ("hani/ko",) in [message.editions for message in found]


def test_a_letter_without_names_is_not_a_row_if_its_article_then_names_the_sender() -> None:
    party = "중국공산당 중앙위원회가 김정은에게 축전을 보냈다."
    leader = "시진핑 주석이 김정은에게 축전을 보냈다."
    found = ledger(told(CHINA_TO_NORTH, "hani/ko", DAY, leader, party))
    assert sorted(message.fullest.sender for message in found) == ["시진핑", "중국공산당 중앙위원회"]


@pytest.mark.parametrize(
    ("report", "edition", "named", "open_parties"),
    [
        (SENT, "kcna/en", "person", 0),
        ("The president of Laos sent a floral basket to Kim Jong Un.", "kcna/en", "office", 0),
        (NORTH_TO_CHINA, "hani/ko", "state", 2),
    ],
)
def test_a_report_says_how_it_names_the_other_side(report: str, edition: str, named: str, open_parties: int) -> None:
    (message,) = ledger(told(report, edition))
    assert message.fullest.names_by(house_lexicon()) == named
    assert message.fullest.open_parties(house_lexicon()) == open_parties


# --- two messages ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "articles",
    [
        (told(SENT), told(SENT, "kcna/en", date(2025, 10, 6))),
        (told(SENT), told(SENT, "rodong/en", date(2024, 10, 10))),
        (told(SENT), told(SENT_KO, "kcna/ko", date(2024, 10, 7))),
        (told(SENT), told(REPLY, "rodong/en")),
        (told(SENT), told(SENT.replace("Xi Jinping", "Hu Jintao"), "rodong/en")),
        (told(SENT), told("Xi Jinping of China sent a congratulatory message to Kim Jong Un.", "rodong/en")),
        (told(CHAD.format("Ada Example", "")), told(CHAD.format("Bo Example", ""), "rodong/en")),
        (told(SENT, day=None), told(SENT_KO, "kcna/ko", None)),
        (told(SENT, day=None), told(SENT, "rodong/en")),
    ],
    ids=[
        *("a year later", "four days later", "another day and language", "kind", "person", "direction"),
        *("a person we do not know", "undated", "one undated"),
    ],
)
def test_a_report_that_may_be_another_message_stays_a_separate_row(articles: tuple[dict[str, Any], ...]) -> None:
    assert len(ledger(*articles)) == 2


@pytest.mark.parametrize(
    ("english", "korean"),
    [
        ("United Russia Party", "로씨야련방공산당 중앙위원회"),
        ("Youth League of the Communist Party of Vietnam", "윁남공산당"),
        ("Foreign Ministry of Cuba", "꾸바 정부"),
        ("United Russia Party", "로씨야련방공산당"),
    ],
    ids=["another party", "a branch", "another office", "another party by name alone"],
)
def test_another_body_of_the_same_state_stays_a_separate_row(english: str, korean: str) -> None:
    assert len(ledger(told(PARTIES.format(english)), told(PARTIES_KO.format(korean), "kcna/ko"))) == 2


def test_a_press_review_joins_the_message_of_its_paper() -> None:
    review = told("- Kim Jong Un sent a congratulatory message to Xi Jinping.") | {"title": "Press Review"}
    (message,) = ledger(review, told(SENT))
    assert (message.fullest.title, len(message.reports)) == ("Message", 2)
    other = "Kim Jong Un sent a congratulatory message to Xi Jinping on the occasion of the New Year."
    assert len(ledger(told(SENT), told(other), review)) == 3, "of two it may be either"


def test_two_articles_of_one_paper_on_one_occasion_tell_of_one_message() -> None:
    laid = "A wreath in the name of Kim Jong Un was laid before the Liberation Tower{}. Russia was glad."
    other = "Seen standing before the Liberation Tower was a wreath bearing the name of Kim Jong Un{}. Russia was glad."
    for occasion, rows in (("", 2), (" on the occasion of the liberation day", 1)):
        assert len(ledger(told(laid.format(occasion)), told(other.format(occasion)))) == rows


def test_a_report_that_may_mean_two_messages_is_not_joined() -> None:
    other = "Kim Jong Un sent a congratulatory message to Xi Jinping on the occasion of the New Year."
    assert seen(told(SENT), told(other), told(SENT_KO, "kcna/ko")) == [("kcna/en",), ("kcna/en",), ("kcna/ko",)]


def test_two_undated_reports_in_the_same_words_are_one() -> None:
    assert seen(told(SENT, day=None), told(SENT, "rodong/en", None)) == [("kcna/en", "rodong/en")]


# --- what of it is shown --------------------------------------------------------------------------------------------


def test_the_fullest_report_is_shown() -> None:
    full = told(SENT, "rodong/en", DAY, "The message said:", "I congratulate you.")
    (message,) = ledger(told(SENT), full)
    assert (message.fullest.source, message.fullest.full_text) == ("rodong", True)


def test_the_english_report_is_preferred() -> None:
    assert [m.fullest.lang for m in ledger(told(SENT_KO, "kcna/ko"), told(SENT, "rodong/en"))] == ["en"]


def test_a_paper_that_deleted_its_report_is_marked() -> None:
    assert seen(told(SENT, gone=True), told(SENT, "rodong/en")) == [("kcna/en (deleted)", "rodong/en")]


def test_messages_are_ordered_by_date_with_undated_ones_first() -> None:
    days = [message.date for message in ledger(told(REPLY), told(SENT, day=date(2024, 1, 1)), told(REPLY, day=None))]
    assert days == [None, date(2024, 1, 1), DAY]


def test_a_message_says_which_day_of_the_calendar_it_belongs_to() -> None:
    (message,) = ledger(told("Kim Jong Un sent a message of greeting to Xi Jinping.", day=date(2024, 10, 1)))
    assert message.calendar_occasion(house_lexicon()) == "founding of the PRC"
    (message,) = ledger(told("Kim Jong Un sent a message of greeting to Xi Jinping.", day=date(2024, 11, 20)))
    assert message.calendar_occasion(house_lexicon()) == ""


@pytest.mark.parametrize(
    ("words", "day", "occasion"),
    [
        ("a message of greeting", date(2021, 1, 2), "New Year"),
        ("a message of greeting on the occasion of the New Year", date(2021, 1, 14), "New Year"),
        ("a message of congratulation on his election", date(2021, 1, 12), ""),
        (
            "a message of greeting on the 76th founding anniversary of the DPRK",
            date(2024, 9, 14),
            "founding of the DPRK",
        ),
        ("a message of greeting, which praised the DPRK,", date(2024, 9, 14), ""),
        ("a message of condolence on the demise of leader Kim Jong Il", date(2011, 12, 30), ""),
    ],
)
def test_long_after_a_day_or_on_another_occasion_a_message_belongs_to_it_only_by_name(
    words: str, day: date, occasion: str
) -> None:
    (message,) = ledger(told(f"Xi Jinping of China sent {words} to Kim Jong Un.", day=day))
    assert message.calendar_occasion(house_lexicon()) == occasion


# --- prints in another language -------------------------------------------------------------------------------------

SENT_ES = "El Dirigente Kim Jong Un envió un mensaje de felicitación a Xi Jinping por el día nacional de China."
THANKS_ES = "El Dirigente Kim Jong Un envió un mensaje de agradecimiento a Xi Jinping y al pueblo de China."
NEXT_DAY = date(2024, 10, 7)


@pytest.mark.parametrize(
    ("own", "translation"),
    [
        (told(SENT), told(SENT_ES)),
        (told(SENT), told(SENT_ES, "kcna/en", NEXT_DAY)),  # it comes a day or two later
        (told(SENT), told(SENT_ES.replace(" de felicitación", ""))),  # "mensaje" is any message in writing
        (
            told(CHAD.format("Ada Example", "")),
            told(SENT_ES.replace("Xi Jinping", "la presidenta").replace("China", "Chad")),
        ),
        (
            told("Kim Jong Un sent a message of sympathy to Xi Jinping."),
            told("El Dirigente Kim Jong Un envió un telegrama de pésame a Xi Jinping y a la familia."),
        ),
    ],
)
def test_the_spanish_print_of_a_message_is_not_a_second_message(
    own: dict[str, Any], translation: dict[str, Any]
) -> None:
    (message,) = ledger(own, translation)
    assert message.editions == ("kcna/en",)
    assert [report.language for report in message.reports] == ["en", "es"]  # English tells it first


def test_a_spanish_print_joins_the_nearest_message() -> None:
    thanks = told("Kim Jong Un sent a message of thanks to Xi Jinping.")
    first, second = ledger(told(SENT, "kcna/en", date(2024, 10, 5)), told(SENT), thanks, told(SENT_ES), told(THANKS_ES))
    assert [report.article for report in first.reports] == ["a0", "a1", "a3"]
    assert [report.article for report in second.reports] == ["a2", "a4"]


@pytest.mark.parametrize(
    ("own", "translation"),
    [
        (told(SENT), told(THANKS_ES)),
        (told(SENT), told(SENT_ES.replace("Xi Jinping", "Hu Jintao"))),
        (told(SENT), told(SENT_ES.replace("Xi Jinping", "Raúl Castro").replace("China", "Cuba"))),
        (told(SENT), told(SENT_ES, "kcna/en", date(2024, 10, 12))),
        (told(SENT), told("El Dirigente Kim Jong Un recibió un mensaje que le enviara Xi Jinping de China.")),
    ],
)
def test_a_message_reported_only_in_spanish_is_a_separate_row(own: dict[str, Any], translation: dict[str, Any]) -> None:
    assert [len(message.reports) for message in ledger(own, translation)] == [1, 1]


def test_a_spanish_print_does_not_keep_other_papers_from_joining() -> None:
    open_report = told("Kim Jong Un sent a congratulatory message to China.", "rodong/en")
    assert len(ledger(told(SENT), told(SENT_ES), open_report)) == 1


def test_a_report_says_the_language_of_its_edition_and_of_its_text() -> None:
    spanish = "El Comité Central del Partido del Trabajo de Corea envió un mensaje de felicitación al Partido de China."
    (report,) = ledger(told(spanish))[0].reports
    assert (report.lang, report.language) == ("en", "es")


def test_twice_the_reports_are_twice_the_work() -> None:
    few, many = (calls_of(partial(messages, list(reports(number)), house_lexicon())) for number in (500, 1000))
    assert 1.8 < many / few < 2.2
