"""Events: the same fact has the same key in every language, and similar facts have different ones."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import polars as pl
import pytest

from sunchi import signals
from sunchi.alerts import rules
from sunchi.alerts.rules import Rules, load_rules
from sunchi.identity.events import speakers
from sunchi.model import Alert, Event, covers
from tests.detecting import FOLDER, articles, house_lexicon

DAY = date(2021, 1, 11)


@dataclass(frozen=True)
class Told:
    """An article of one edition, "kcna en", as its paper prints it."""

    edition: str
    title: str
    text: str
    day: date | None = DAY

    def alerts(self) -> list[Alert]:
        """Return alerts by the shipped rules."""
        source, lang = self.edition.split()
        frame = articles((self.title, *self.text.split("\n")), lang=lang, day=self.day)
        frame = frame.with_columns(source=pl.lit(source))
        return rules.alerts(
            signals.detect(frame, house_lexicon()), frame, load_rules(FOLDER / "rules.toml", house_lexicon()), ()
        )

    def events(self, rule: str) -> tuple[Event, ...]:
        [alert] = [alert for alert in self.alerts() if alert.rule == rule]
        return alert.events


def told_by(one: Told, other: Told, rule: str) -> bool:
    """Return whether a recipient of the one learns nothing new from the other."""
    return covers(one.events(rule), other.events(rule))


# --- appointments ---------------------------------------------------------------------------------------------------

PLENARY = "Plenary Meeting of WPK Central Committee"
DIRECTOR = Told(
    "kcna en",
    PLENARY,
    "Kim Song Nam was appointed director of the International Department of the WPK Central Committee.",
)


@pytest.mark.parametrize(
    "other",
    [
        Told("kcna ko", "당중앙위원회 전원회의", "김성남이 당중앙위원회 국제부장으로 임명되였다."),
        Told("hani ko", "노동당 인사", "중국통인 김성남이 노동당 국제부장에 임명됐다."),
        Told("kcna zh", "全体会议", "金成男被任命为朝鲜劳动党中央国际部部长。"),
        Told(
            "hani en",
            "North Korea's new faces",
            "Kim Song-nam takes over the International Department of the WPK.",
            DAY,
        ),
        Told("rodong en", PLENARY, DIRECTOR.text, date(2021, 1, 12)),
    ],
    ids=lambda told: told.edition,
)
def test_an_appointment_is_one_in_every_language_and_spelling(other: Told) -> None:
    assert told_by(DIRECTOR, other, "post-abroad")
    assert told_by(other, DIRECTOR, "post-abroad")


def test_a_person_without_a_row_is_identified_by_the_sound_of_the_name() -> None:
    english = Told("kcna en", "Session", "Ri Kyong Gwon was appointed minister of Foreign Affairs of the DPRK.")
    for name, edition in (("리경권", "kcna ko"), ("이경권", "hani ko")):
        assert told_by(english, Told(edition, "최고인민회의", f"{name}이 내각 외무상으로 임명되였다."), "post-abroad")


@pytest.mark.parametrize(
    "text",
    [
        "Kim Song Chol was appointed director of the International Department of the WPK Central Committee.",
        "Kim Song Nam was appointed vice director of the International Department of the WPK Central Committee.",
        "Kim Song Nam was elected chairman of the Foreign Affairs Committee of the SPA of the DPRK.",
        "Kim Song Nam was relieved of his post as director of the International Department of the WPK.",
        "Kim Song Nam was appointed DPRK ambassador to China.",
        "Kim Song Nam was appointed vice-premier and director of the International Department of the WPK.",
        DIRECTOR.text + "\nRi Son Gwon was appointed minister of Foreign Affairs of the DPRK.",
    ],
)
def test_another_person_or_post_or_one_more_is_news(text: str) -> None:
    assert not told_by(DIRECTOR, Told("rodong en", PLENARY, text), "post-abroad")


def test_two_appointments_in_one_article_are_separate_events() -> None:
    both = Told(
        "kcna en", PLENARY, DIRECTOR.text + "\nRi Son Gwon was appointed minister of Foreign Affairs of the DPRK."
    )
    assert len(both.events("post-abroad")) == 2
    for text in ("김성남이 당중앙위원회 국제부장으로 임명되였다.", "리선권이 외무상으로 임명되였다."):
        assert told_by(both, Told("kcna ko", "전원회의", text), "post-abroad")


def test_an_endless_name_does_not_make_an_endless_key() -> None:
    name = f"Kim {'Song' + 'a' * 400} Nam"
    [event] = replace(DIRECTOR, text=DIRECTOR.text.replace("Kim Song Nam", name)).events("post-abroad")
    assert len(event.key) < 100
    [other] = replace(DIRECTOR, text=DIRECTOR.text.replace("Kim Song Nam", name + "a")).events("post-abroad")
    assert event.key != other.key


def test_ambassadors_to_two_states_are_two_events_even_with_the_same_name() -> None:
    to_china, to_laos = (
        Told("kcna en", "New Ambassador", f"Ri Example was appointed DPRK ambassador to {state}.")
        for state in ("China", "Laos")
    )
    assert not told_by(to_china, to_laos, "post-abroad")


# --- contacts -------------------------------------------------------------------------------------------------------

SUMMIT = Told("kcna en", "Kim Jong Un Meets Xi Jinping", "Kim Jong Un met Xi Jinping in Beijing on Monday.")


@pytest.mark.parametrize(
    "other",
    [
        Told("kcna ko", "김정은동지께서 습근평동지와 회담", "김정은동지께서 습근평동지와 회담하시였다."),
        Told("rodong en", SUMMIT.title, "The respected Comrade Kim Jong Un met Comrade Xi Jinping in Beijing."),
    ],
    ids=lambda told: told.edition,
)
def test_a_meeting_of_the_same_persons_on_the_same_day_is_one(other: Told) -> None:
    assert told_by(SUMMIT, other, "leader-contact")


@pytest.mark.parametrize(
    "other",
    [
        Told("rodong en", SUMMIT.title, SUMMIT.text + "\n", date(2021, 1, 15)),
        Told("rodong en", "Kim Jong Un Meets Putin", "Kim Jong Un met Putin in Vladivostok on Monday."),
        Told("rodong en", "Kim Jong Un Meets Wang Yi", "Kim Jong Un met Wang Yi in Pyongyang on Monday."),
        Told("rodong en", "Envoy", "Kim Jong Un held talks with Xi Jinping's special envoy on Monday."),
    ],
    ids=["another day", "another state", "another person", "an envoy"],
)
def test_a_meeting_on_another_day_or_with_another_is_another(other: Told) -> None:
    assert not told_by(SUMMIT, other, "leader-contact")


def test_two_visits_may_have_the_same_headline() -> None:
    first, other = (
        Told("kcna en", "Russian Prime Minister Arrives Here", f"He came by {way}.", day)
        for way, day in (("train", DAY), ("air", date(2021, 1, 13)))
    )
    assert told_by(first, replace(first, edition="rodong en"), "minister-contact")
    assert not told_by(first, other, "minister-contact")


def test_an_envoy_is_not_the_person_who_sent_him() -> None:
    wang = Told("kcna en", "Kim Jong Un Meets Guest", "Kim Jong Un held talks with Wang Yi in Pyongyang on Monday.")
    envoy = replace(wang, text="Kim Jong Un held talks with Wang Yi's special envoy in Pyongyang on Monday.")
    korean = Told("kcna ko", "담화", "경애하는 김정은동지께서 왕의외교부장과 회담하시였다.")
    envoy_ko = replace(korean, text="경애하는 김정은동지께서 왕의외교부장의 특사와 회담하시였다.")
    assert told_by(wang, korean, "leader-contact")
    deputy = replace(wang, text="Kim Jong Un held talks with Wang Yi's deputy in Pyongyang on Monday.")
    assert not told_by(wang, envoy, "leader-contact")
    assert not told_by(wang, deputy, "leader-contact")
    assert not told_by(wang, envoy_ko, "leader-contact")


def test_a_meeting_with_an_unknown_person_is_joined_only_by_its_sentence() -> None:
    text = "Kim Jong Un held talks with Wang Yi and his party in Pyongyang on Monday."
    one = Told("kcna en", "Talks", text)
    assert told_by(one, Told("rodong en", "Talks Held", text), "leader-contact")
    assert not told_by(one, Told("rodong en", "Talks", text.replace("in Pyongyang", "here")), "leader-contact")


def test_a_visit_is_one_event_while_it_lasts_and_each_meeting_on_it_is_another() -> None:
    premier = "Li Keqiang, vice-premier of the State Council of China,"
    arrives = Told("kcna en", "Guest Here", f"{premier} arrived here on Monday on an official visit to the DPRK.")
    leaves = Told(
        "kcna en",
        "Guest Returns Home",
        f"{premier} left Pyongyang for home on Wednesday after concluding his visit to the DPRK.",
        date(2021, 1, 13),
    )
    later = replace(arrives, day=date(2021, 2, 1))
    talks = Told(
        "kcna en",
        "Talks",
        "DPRK Foreign Minister Choe Son Hui held talks with Li Keqiang, vice-premier of China, on Tuesday.",
    )
    assert told_by(arrives, leaves, "minister-contact")
    assert not told_by(arrives, later, "minister-contact")
    assert not told_by(arrives, talks, "minister-contact")
    other = replace(arrives, text=arrives.text.replace("Li Keqiang", "Wang Yi"))
    assert not told_by(arrives, other, "minister-contact")


def test_a_visit_that_is_only_hailed_does_not_alert() -> None:
    pays = Told("kcna en", "Kim Jong Un Visits China", "Kim Jong Un paid an official visit to China on Monday.")
    hailed = Told("kcna en", "Kim Jong Un's Successful Visit to China Hailed", "A meeting in Italy hailed it.")
    assert [alert.rule for alert in pays.alerts()] == ["leader-contact"]
    assert hailed.alerts() == []


def test_an_admirer_on_a_visit_is_not_a_leader() -> None:
    said = (
        "secretary general of a Japanese society, expressed reverence for leader Kim Jong Il while visiting the DPRK."
    )
    assert Told("kcna en", "Praise", f"Masao Example, {said}").alerts() == []


def test_two_delegations_of_one_state_on_one_day_are_two() -> None:
    of_transport, of_health = (
        Told(
            f"{source} en",
            f"Delegation of {what} Arrives",
            f"A delegation of the Ministry of {what} of Russia led by its minister arrived here on Monday.",
        )
        for source, what in (("kcna", "Transport"), ("rodong", "Public Health"))
    )
    assert not told_by(of_transport, of_health, "minister-contact")
    assert of_health.events("minister-contact")


def test_a_reprint_about_a_delegation_is_the_same_event() -> None:
    text = "A delegation of the Ministry of Transport of Russia led by its minister arrived here on Monday."
    first = Told("kcna en", "Delegation Arrives", f"Pyongyang, January 11 (KCNA) -- {text}")
    assert told_by(first, Told("rodong en", "Russian Delegation Here", text, date(2021, 1, 12)), "minister-contact")


# --- messages -------------------------------------------------------------------------------------------------------

FROM_XI = Told("kcna en", "Message", "Kim Jong Un received a congratulatory message from Xi Jinping.")
FROM_XI_KO = Told("kcna ko", "축전", "김정은동지께서 습근평주석이 보내온 축전을 받으시였다.")


def test_a_message_between_two_known_persons_is_one_in_two_languages_and_papers() -> None:
    assert told_by(FROM_XI, FROM_XI_KO, "leader-message")
    assert told_by(FROM_XI_KO, Told("rodong en", "Letter", FROM_XI.text), "leader-message")


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un sent a congratulatory message to Xi Jinping.",
        "Kim Jong Un received a reply message from Xi Jinping.",
        "Kim Jong Un received a congratulatory message from Li Keqiang.",
    ],
    ids=["direction", "kind", "person"],
)
def test_a_message_of_another_direction_kind_or_person_is_another_event(text: str) -> None:
    assert not told_by(FROM_XI, Told("rodong en", "Message", text), "leader-message")


def test_the_full_text_of_a_message_is_news_after_the_bare_report_of_it_and_not_before() -> None:
    full = Told(
        "kcna en", "Message", f"{FROM_XI.text}\nThe message said:\nDear comrade,\nI congratulate you on your birthday."
    )
    bare = Told("hani ko", "축전", "시진핑 중국 국가주석은 김정은 총비서에게 축전을 보냈다.")
    assert not told_by(bare, full, "leader-message")
    assert told_by(full, bare, "leader-message")


def test_a_speaking_body_has_one_key_whatever_the_order_of_its_name() -> None:
    def key(lang: str, by: str) -> list[str]:
        stance = {"kind": "stance", "lang": lang, "language": None, "partner": "KR", "detail": {"by": by}}
        return speakers([stance], house_lexicon())

    assert key("en", "National Defence Commission of the DPRK") == key("en", "DPRK National Defence Commission")
    assert key("en", "National Defence Commission") != key("en", "Foreign Ministry")
    assert key("en", "spokesperson for the Foreign Ministry of the DPRK") == key("ko", "외무성 대변인")
    assert key("en", "spokesperson for the Foreign Ministry of the DPRK") != key("en", "Foreign Ministry of the DPRK")
    assert key("en", "") == []


def test_a_message_of_another_day_is_another() -> None:
    assert not told_by(FROM_XI_KO, Told("kcna en", "Message", FROM_XI.text, date(2021, 1, 12)), "leader-message")


# --- set phrases and stances ----------------------------------------------------------------------------------------

SPEECH = Told(
    "kcna en",
    "Kim Jong Un Makes Speech",
    "Kim Jong Un made a speech at the meeting. He said:\nThe U.S. must end its hostile policy toward the DPRK."
    "\nOur friendship with China is sealed in blood.",
)
SPEECH_KO = Told(
    "kcna ko",
    "김정은동지께서 연설을 하시였다",
    "경애하는 김정은동지께서 회의에서 연설을 하시였다.\n미국의 대조선적대시정책은 날로 악랄해지고있다."
    "\n중국과의 친선은 피로써 맺어진 친선이다.",
)


def test_a_statement_of_a_ministrys_spokesperson_is_one_in_every_language_of_its_day() -> None:
    said = "issued the following press statement on Monday:\nThe U.S. imperialists went too far."
    title = "Press Statement of Spokesperson for DPRK Foreign Ministry"
    english = Told("kcna en", title, f"A spokesperson for the Foreign Ministry of the DPRK {said}")
    korean = Told(
        "kcna ko",
        "조선민주주의인민공화국 외무성 대변인담화",
        "조선민주주의인민공화국 외무성 대변인은 11일 다음과 같은 담화를 발표하였다.\n"
        "미국의 대조선적대시정책은 날로 악랄해지고있다.",
    )
    assert told_by(english, korean, "press-statement-against")
    assert not told_by(english, replace(korean, day=date(2021, 1, 12)), "press-statement-against")


def test_what_one_person_says_on_a_day_is_one_document_in_every_language() -> None:
    assert told_by(SPEECH, SPEECH_KO, "strong-formula")
    assert told_by(SPEECH, SPEECH_KO, "statement-against")


def test_what_another_person_says_on_that_day_is_another() -> None:
    other = Told("rodong en", SPEECH.title.replace("Un", "Il"), SPEECH.text.replace("Kim Jong Un", "Kim Jong Il"))
    assert not told_by(SPEECH, other, "strong-formula")


def test_a_phrase_of_a_message_is_one_with_the_message() -> None:
    english = Told(
        "kcna en",
        "Kim Jong Un Sends Message to Xi Jinping",
        "Kim Jong Un sent a congratulatory message to Xi Jinping.\nIt said:\nOur friendship is sealed in blood.",
    )
    korean = Told(
        "kcna ko",
        "김정은동지께서 습근평동지에게 축전을 보내시였다",
        "김정은동지께서 습근평동지에게 축전을 보내시였다.\n축전은 다음과 같다.\n조중친선은 피로써 맺어진 친선이다.",
    )
    assert told_by(english, korean, "strong-formula")
    reply = Told("rodong en", "A Reply", english.text.replace("congratulatory", "reply"))
    assert not told_by(english, reply, "strong-formula")


def test_the_same_phrase_denied_or_quoted_from_the_other_side_is_another_event() -> None:
    said = Told(
        "kcna en", "Speech", "Kim Jong Un made a speech. He said:\nOur friendship with China is sealed in blood."
    )
    denied = Told("rodong en", said.title, said.text.replace("is sealed", "is not sealed"))
    quoted = Told("rodong en", said.title, said.text.replace("Our", "Xi Jinping said that the"))
    assert not told_by(said, denied, "strong-formula")
    assert not told_by(said, quoted, "strong-formula")


def test_a_phrase_in_an_article_with_two_messages_is_assigned_to_neither() -> None:
    both = Told(
        "kcna en",
        "Messages",
        "Kim Jong Un sent a congratulatory message to Xi Jinping.\nIt said:\n"
        "Our friendship with China is sealed in blood.\nKim Jong Un received a reply message from Xi Jinping.",
    )
    [event] = both.events("strong-formula")
    assert "in the words en:" in event.key


COMMENTARY = "Our friendship with China is sealed in blood, and no storm will ever break it."


def test_a_phrase_of_an_unknown_speaker_is_joined_only_by_its_whole_sentence() -> None:
    first = Told("kcna en", "On Friendship", COMMENTARY)
    assert told_by(first, Told("rodong en", "Of Friends", COMMENTARY, date(2021, 1, 12)), "strong-formula")
    for text in (COMMENTARY.replace("storm", "wind"), "우리와 중국과의 친선은 피로써 맺어진 친선이다."):
        edition = "rodong en" if text.isascii() else "kcna ko"
        assert not told_by(first, Told(edition, "On Friendship", text), "strong-formula")


# --- what has no fact -----------------------------------------------------------------------------------------------


def test_without_a_date_nothing_is_certain() -> None:
    assert Told("kcna en", "Message", FROM_XI.text, None).events("leader-message") == ()


def test_signals_counted_per_edition_are_not_events() -> None:
    loaded = load_rules(FOLDER / "rules.toml", house_lexicon())
    [letters] = [rule for rule in loaded if rule.id == "leader-message"]
    rule = replace(letters, kinds=("message", "attention"), codes=None, levels=None, counterparts=None, named=None)
    frame = articles((FROM_XI.title, FROM_XI.text))
    [alert] = rules.alerts(signals.detect(frame, house_lexicon()), frame, Rules((rule,), house_lexicon()), ())
    assert alert.events == ()


def test_an_event_alerts_separately_under_another_rule() -> None:
    [message] = FROM_XI.events("leader-message")
    assert message.key.startswith("leader-message: ")
