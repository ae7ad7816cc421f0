"""Rules: which signals become alerts, what the alerts say, and what no alert may contain."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sunchi import signals
from sunchi.alerts import matching, rules
from sunchi.alerts.comparison import Background
from sunchi.alerts.rules import Rules, load_rules, missing_alerts
from sunchi.alerts.wording import on_occasion
from sunchi.errors import LexiconError
from sunchi.history.baseline import MessageHistory
from sunchi.history.coverage import Coverage
from sunchi.history.findings import Compared, Finding, Part
from sunchi.model import ALWAYS, ARTICLES, Alert, Recipient
from sunchi.text.safe import safe_text, web_address
from tests.detecting import FOLDER, articles, house_lexicon

DESK = Recipient("k1", "json://desk.example/***", frozenset({"desk"}))
EDITORS = Recipient("k2", "mail://editors.example", frozenset({"editors"}))

TO_XI = (
    "Kim Jong Un Sends Message to Xi Jinping",
    "Kim Jong Un sent a congratulatory message to Xi Jinping, president of China.",
    "The message said:",
    "My closest comrade,",
    "I congratulate you on the occasion of the 77th founding anniversary of the PRC.",
    "The traditional DPRK-China friendship will live on.",
)
CHINA = {"kinds": ["message"], "partners": ["CN"]}


def written(folder: Path, *tables: dict[str, Any]) -> Rules:
    """Rules as an analyst would write them; required keys are filled in."""
    lines = []
    for n, table in enumerate(tables):
        needed = {"id": f"rule-{n}", "severity": "high", "tags": ["desk"], "why": "It matters."}
        lines.append("[[rule]]")
        lines += [f"{key} = {toml(value)}" for key, value in (needed | table).items() if value is not None]
    path = folder / "rules.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return load_rules(path, house_lexicon())


def toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return (
        str(value).replace("'", '"')
        if isinstance(value, list)
        else f'"{value}"'
        if isinstance(value, str)
        else str(value)
    )


def alerts(found: Rules, *texts: tuple[str, ...] | str, recipients: tuple[Recipient, ...] = (DESK,)) -> list[Alert]:
    frame = articles(*texts)
    return rules.alerts(signals.detect(frame, house_lexicon()), frame, found, recipients)


def edited(found: Rules, before: tuple[str, ...], after: tuple[str, ...]) -> list[Alert]:
    old, new = articles(before), articles(after)
    house = house_lexicon()
    was, now = signals.detect(old, house), signals.detect(new, house)
    return rules.edited_alerts(was, now, old, new, found, (DESK,), revision=2)


# --- the file -------------------------------------------------------------------------------------------------------


def test_the_shipped_rules_are_right_and_explained() -> None:
    found = load_rules(FOLDER / "rules.toml")
    assert [rule.id for rule in found][:3] == ["changed", "missing", "leader-message"]
    written_lines = (FOLDER / "rules.toml").read_text(encoding="utf-8").splitlines()
    for n, line in enumerate(written_lines):
        if line == "[[rule]]":
            assert written_lines[n - 1].startswith("# "), f"the rule on line {n + 1} has no comment above it"


def test_a_rules_version_changes_with_any_word_of_it_and_with_nothing_else(tmp_path: Path) -> None:
    first, second = written(tmp_path, CHINA, {"kinds": ["formula"]})
    again, changed = written(tmp_path, CHINA, {"kinds": ["formula"], "why": "It matters much."})
    assert (first.version, first) == (again.version, again)
    assert second.version != changed.version


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ({"severity": None}, "has no severity; add severity"),
        ({"severity": "urgent"}, "severity “urgent” is unknown; use one of low, medium, high"),
        ({"tags": ["china:2"]}, "tag “china:2” may contain only"),
        ({"tags": ["1:desk"]}, "tag “1:desk” may contain only"),
        ({"tags": []}, "tags must be a list of words"),
        ({"tags": "desk"}, "tags must be a list of words"),
        ({"partners": ["XX"]}, "partner “XX” is not in partners.csv"),
        ({"kinds": ["rumour"]}, "“rumour” is not one of the kinds: "),
        ({"codes": ["congratulations"]}, "“congratulations” is not a code of "),
        (
            {"kinds": ["message"], "codes": ["congratulations"]},
            "is not a code of message; did you mean congratulation?",
        ),
        (
            {"kinds": ["message"], "codes": ["tr_friendship"]},
            "“tr_friendship” is not a code of message; correct it, or the k",
        ),
        ({"directions": ["up"]}, "“up” is not one of the directions: in, out"),
        ({"events": ["edited"]}, "“events” is now called changes; rename it"),
        ({"categories": ["abroad"]}, "“abroad” is no longer one of categories; write abroad = true"),
        ({"abroad": "yes"}, "abroad must be true or false"),
        ({"levels": ["king"]}, "“king” is not one of the levels: "),
        ({"changes": ["burnt"]}, "“burnt” is not one of the changes: "),
        ({"at_least": "many"}, "at_least must be a number"),
        ({"quiet": 10**12}, "quiet must be a number of days from 0 to 3,650"),
        ({"named": "yes"}, "named must be true or false"),
        ({"colour": "red"}, "“colour” is unknown; a rule may have "),
        ({"title": "{sumary}"}, "title names {sumary}, which is unknown; the fields are "),
        ({"body": "{url.__class__}"}, "body names {url.__class__}, which is unknown"),
        ({"body": "{what"}, "body can't be read: "),
        ({"id": "My Rule"}, "id “My Rule” may contain only lower-case letters"),
    ],
)
def test_a_wrong_rule_is_reported_with_file_line_and_fix(tmp_path: Path, table: dict[str, Any], says: str) -> None:
    with pytest.raises(LexiconError) as error:
        written(tmp_path, {"id": "right"}, table)
    rows = (tmp_path / "rules.toml").read_text("utf-8").splitlines()
    lines = [n for n, row in enumerate(rows, 1) if n > 6 and row.split(" = ")[0] in table]
    wrong = lines[-1] if lines else 6
    assert str(error.value).startswith(f"rules.toml:{wrong if 'has no' not in says else 6}: ")
    assert says in str(error.value)


RULE = '[[rule]]\nid = "x"\nseverity = "low"\ntags = ["desk"]\nwhy = "It matters."\n'


@pytest.mark.parametrize(
    ("content", "line", "says"),
    [
        ("", 1, "it contains no rule; each rule begins with [[rule]]"),
        ("# nothing yet\n", 1, "it contains no rule"),
        (RULE.replace("[[rule]]", "[[rules]]"), 1, "“rules” is not a rule; each rule begins with [[rule]]"),
        (RULE.replace("[[rule]]", "[rule]"), 1, "in double brackets"),
        ("\nrule = 5\n", 2, "in double brackets"),
        ('kinds = ["message"]\n' + RULE, 1, "“kinds” is not a rule"),
        (RULE + 'kindz = ["message"]\n', 6, "“kindz” is unknown; did you mean kinds?"),
        (
            RULE + "\n[[rule]]\n" + RULE.partition("\n")[2].replace('"x"', '"y"') + "at_most = inf\n",
            12,
            "must be a number",
        ),
        (RULE + 'title = "{summary:d}"\n', 6, "title can't be filled in"),
        (RULE + 'title = "{summary!q}"\n', 6, "title can't be filled in"),
        (RULE + 'title = "{0}"\n', 6, "title names {0}, which is unknown"),
    ],
)
def test_a_file_whose_rules_would_be_ignored_is_reported_with_its_line(
    tmp_path: Path, content: str, line: int, says: str
) -> None:
    (tmp_path / "rules.toml").write_text(content, encoding="utf-8")

    with pytest.raises(LexiconError) as error:
        load_rules(tmp_path / "rules.toml", house_lexicon())

    assert str(error.value).startswith(f"rules.toml:{line}: ")
    assert says in str(error.value)


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + RULE,
        'rule = [{id = "x", severity = "low", tags = ["desk"], why = "It matters."}]\n',
        RULE.replace("[[rule]]", '[[ "rule" ]]  # the first'),
    ],
    ids=["a byte order mark", "in one line", "a name in quotes"],
)
def test_a_rule_is_read_however_toml_lets_it_be_written(tmp_path: Path, content: str) -> None:
    (tmp_path / "rules.toml").write_text(content, encoding="utf-8")

    assert [rule.id for rule in load_rules(tmp_path / "rules.toml", house_lexicon())] == ["x"]


def test_two_rules_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"rules\.toml:7: there is already a rule “twin”"):
        written(tmp_path, {"id": "twin"}, {"id": "twin"})


def test_a_file_that_is_not_toml_is_named_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text('[[rule]]\nid = "x\n', encoding="utf-8")
    with pytest.raises(LexiconError, match=r"^rules\.toml:2: is not TOML"):
        load_rules(tmp_path / "rules.toml", house_lexicon())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"^rules\.toml:1: can't be read"):
        load_rules(tmp_path / "rules.toml", house_lexicon())


def test_the_lexicon_beside_the_file_is_the_default(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "lexicon")
    assert load_rules(tmp_path / "lexicon" / "rules.toml").lexicon.version == house_lexicon().version


# --- conditions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({}, True),
        ({"codes": ["congratulation"]}, True),
        ({"codes": ["reply"]}, False),
        ({"partners": ["CN", "RU"]}, True),
        ({"partners": ["RU"]}, False),
        ({"not_partners": ["CN"]}, False),
        ({"not_partners": ["RU"]}, True),
        ({"directions": ["out"]}, True),
        ({"directions": ["in"]}, False),
        ({"levels": ["leader"]}, True),
        ({"levels": ["government", "other"]}, False),
        ({"at_least": 20}, True),
        ({"at_least": 30}, False),
        ({"at_most": 30}, True),
        ({"at_most": 20}, False),
        ({"named": True}, True),
        ({"named": False}, False),
        ({"grouped": False}, True),
        ({"full_text": True}, True),
        ({"full_text": False}, False),
        ({"strength": 1}, False),
        ({"voices": ["own"]}, False),
        ({"changes": ["edited"]}, False),
        ({"genres": ["leader"]}, True),
        ({"genres": ["commentary", "report"]}, False),
    ],
)
def test_a_message_alerts_if_every_condition_holds(tmp_path: Path, condition: dict[str, Any], holds: bool) -> None:
    found = written(tmp_path, {"kinds": ["message"], **condition})
    assert bool(alerts(found, TO_XI)) is holds


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"strength": 1}, True),
        ({"strength": 2}, False),
        ({"categories": ["traditional"]}, True),
        ({"categories": ["blood"]}, False),
        ({"voices": ["own"]}, True),
        ({"voices": ["partner", "third"]}, False),
        ({"historical": False}, True),
        ({"negated": True}, False),
        ({"levels": ["leader"]}, False),
    ],
)
def test_a_formula_alerts_if_every_condition_holds(tmp_path: Path, condition: dict[str, Any], holds: bool) -> None:
    found = written(tmp_path, {"kinds": ["formula"], "codes": ["tr_friendship"], **condition})
    assert bool(alerts(found, TO_XI)) is holds


def test_hostile_strength_counts_like_friendly_strength(tmp_path: Path) -> None:
    found = written(tmp_path, {"kinds": ["formula"], "strength": 2})
    assert alerts(found, "The DPRK called the U.S. its sworn enemy.")


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("Kim Jong Un sent a gift to the president of China.", "leader"),
        ("Kim Jong Un received a gift from the president of China.", "leader"),
        ("The Central Committee of the WPK sent a gift to the president of China.", "government"),
        ("Choe Son Hui received a letter from Wang Yi, foreign minister of China.", "government"),
        ("The DPRK Red Cross sent a letter to the Red Cross of China.", "other"),
    ],
)
def test_the_level_is_that_of_pyongyangs_side(sentence: str, level: str) -> None:
    found = signals.detect(articles(sentence), house_lexicon()).filter(pl.col("kind") == "message")
    assert [matching.level(row, house_lexicon()) for row in found.iter_rows(named=True)] == [level]


# --- what is said ---------------------------------------------------------------------------------------------------


def test_a_message_is_worded_as_an_analyst_would(tmp_path: Path) -> None:
    (alert,) = alerts(written(tmp_path, CHINA), TO_XI)
    assert alert.title == (
        "Kim Jong Un → Xi Jinping: congratulation on the 77th founding anniversary of the PRC, 24 words, full text, "
        "addressed as the closest"
    )
    assert (alert.partner, alert.severity, alert.change, alert.revision) == ("CN", "high", "published", 1)


def test_an_alert_has_evidence_headline_source_date_link_and_rule(tmp_path: Path) -> None:
    (alert,) = alerts(written(tmp_path, CHINA), TO_XI)
    for part in (
        f"“{TO_XI[1]}”",
        TO_XI[0],
        "kcna (en), 2026-03-02",
        "http://paper.example/0",
        "Rule: rule-0. It matters.",
    ):
        assert part in alert.body


@pytest.mark.parametrize(
    ("sender", "told"),
    [
        ("the Central Committee of the CPC", "Central Committee of the CPC (China)"),
        ("the Central Committee of the Communist Party of China", "Central Committee of the Communist Party of China"),
    ],
)
def test_a_foreign_side_without_a_name_is_shown_with_its_state_once(tmp_path: Path, sender: str, told: str) -> None:
    (alert,) = alerts(written(tmp_path, CHINA), ("China Remembers", f"Kim Jong Un received a gift from {sender}."))
    assert alert.title == f"{told} → Kim Jong Un: gift, text not given"


def test_a_strangers_state_is_shown_beside_his_name(tmp_path: Path) -> None:
    text = "Kim Jong Un sent a congratulatory message to Jan Example upon his election as president of Cuba."
    (alert,) = alerts(written(tmp_path, {"kinds": ["message"]}), ("Congratulations", text))
    assert alert.title.startswith("Kim Jong Un → Jan Example (Cuba): congratulation")
    (alert,) = alerts(written(tmp_path, CHINA), TO_XI)
    assert alert.title.startswith("Kim Jong Un → Xi Jinping: congratulation")


def test_the_line_of_a_contact_says_who_met(tmp_path: Path) -> None:
    text = "A delegation of the Ministry of Transport of Russia led by its minister arrived here on Monday."
    (alert,) = alerts(written(tmp_path, {"kinds": ["contact"]}), text)
    assert alert.title.startswith("Russia: delegation received, a delegation of the Ministry of Transport of Russia")


def test_a_person_with_an_english_name_is_also_shown_by_it(tmp_path: Path) -> None:
    frame = articles(("축전", "김정은동지께서 습근평주석이 보내온 축전을 받으시였다."), lang="ko")
    found = signals.detect(frame, house_lexicon())
    (alert,) = rules.alerts(found, frame, written(tmp_path, CHINA), (DESK,))
    assert alert.title.startswith("Xi Jinping (습근평) → Kim Jong Un (김정은): congratulation")


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (
            "A China hand, Ri Example, takes over the International Department of the WPK.",
            "Ri Example takes over the International Department of the WPK",
        ),
        (
            "Ri Example was appointed director of the International Department of the WPK.",
            "Ri Example appointed director of the International Department of the WPK",
        ),
        (
            "Ri Example was relieved of his post as minister of Foreign Affairs of the DPRK.",
            "Ri Example relieved as minister of Foreign Affairs of the DPRK",
        ),
    ],
)
def test_a_person_who_takes_over_an_office_is_not_called_appointed_to_it(
    tmp_path: Path, sentence: str, told: str
) -> None:
    (alert,) = alerts(written(tmp_path, {"kinds": ["appointment"]}), sentence)
    assert alert.title == told


def test_evidence_is_quoted_without_the_papers_dateline(tmp_path: Path) -> None:
    (alert,) = alerts(
        written(tmp_path, CHINA),
        ("A Gift", "Pyongyang, March 2 (KCNA) -- Kim Jong Un received a gift from Xi Jinping."),
    )
    assert "\n“Kim Jong Un received a gift from Xi Jinping.”\n" in f"\n{alert.body}\n"


def test_a_formula_is_quoted_with_its_sentence_and_who_says_it(tmp_path: Path) -> None:
    (alert,) = alerts(written(tmp_path, {"kinds": ["formula"], "categories": ["traditional"]}), TO_XI)
    assert alert.title == "China: “traditional DPRK-China friendship” (traditional, +1), in Pyongyang's own voice"
    assert "“The traditional DPRK-China friendship will live on.”" in alert.body


def test_a_stance_names_the_phrase_it_rests_on_and_no_id(tmp_path: Path) -> None:
    text = ("On Policy", "Kim Jong Un said that the U.S. hostile policy toward the DPRK goes on.")
    (alert,) = alerts(written(tmp_path, {"kinds": ["stance"], "codes": ["negative"]}), text)
    line, _, evidence, *_ = alert.body.splitlines()
    assert line == "United States: critical (-1); rests on “hostile policy toward the DPRK”"
    assert evidence == f"“{text[1]}”"
    assert alert.title == "kcna against the United States; On Policy"


def test_the_body_does_not_repeat_the_title(tmp_path: Path) -> None:
    twice = "The DPRK-China friendship is sealed in blood, and the traditional DPRK-China relations grow."
    (alert,) = alerts(written(tmp_path, {"kinds": ["formula"]}), twice)
    first, *others = (line for line in f"{alert.title}\n{alert.body}".splitlines() if line.startswith("China: "))
    assert first.endswith(f" (and {len(others)} more)")
    assert others
    assert len({first.rpartition(" (and ")[0], *others}) == len(others) + 1

    (one,) = alerts(written(tmp_path, CHINA), TO_XI)
    assert one.body.startswith("“Kim Jong Un sent a congratulatory message")


def test_clauses_that_do_not_fit_into_the_title_are_in_the_body(tmp_path: Path) -> None:
    (alert,) = alerts(written(tmp_path, CHINA | {"title": "x" * 190 + " {summary}"}), TO_XI)
    assert alert.title.endswith("…")
    assert alert.body.startswith("Kim Jong Un → Xi Jinping: congratulation")


def test_one_alert_is_sent_for_each_rule_article_and_state(tmp_path: Path) -> None:
    text = "We treasure the DPRK-China friendship, the DPRK-Russia friendship and again the DPRK-China friendship."
    found = written(tmp_path, {"kinds": ["formula"]}, {"kinds": ["formula"], "partners": ["RU"]})
    told = [(alert.rule, alert.article, alert.partner) for alert in alerts(found, text, text)]
    assert sorted(told) == sorted(
        [("rule-0", a, p) for a in ("a0", "a1") for p in ("CN", "RU")] + [("rule-1", a, "RU") for a in ("a0", "a1")]
    )


def test_at_most_five_quotes_of_at_most_300_characters_are_given(tmp_path: Path) -> None:
    long = " ".join(["and the people of the land worked on without any rest"] * 9)
    text = ("Speech", *(f"Speech {n}: the DPRK-China friendship {long}." for n in range(8)))
    (alert,) = alerts(written(tmp_path, {"kinds": ["formula"], "codes": ["fr_friendship"], "body": "{evidence}"}), text)
    quotes = alert.body.split("\n")
    assert len(quotes) == 5
    assert all(len(quote) <= 300 and "DPRK-China friendship" in quote for quote in quotes)


def test_a_long_quote_has_words_on_both_sides_of_the_phrase_and_more_of_those_before_it(tmp_path: Path) -> None:
    long = " ".join(["and the people of the land worked on without any rest"] * 9)
    rule = {"kinds": ["formula"], "codes": ["fr_friendship"], "body": "{evidence}"}
    (alert,) = alerts(written(tmp_path, rule), ("Speech", f"It rained {long}, the DPRK-China friendship grew {long}."))

    before, after = map(len, alert.body.split("DPRK-China friendship"))

    assert 100 < before + after < 300
    assert before > after > 50


def test_a_template_decides_the_text(tmp_path: Path) -> None:
    found = written(tmp_path, CHINA | {"title": "{severity}: {partner}", "body": "{headline} {{so}}"})
    (alert,) = alerts(found, TO_XI)
    assert (alert.title, alert.body) == ("high: China", f"{TO_XI[0]} {{so}}")


def test_recipients_are_those_with_a_tag(tmp_path: Path) -> None:
    found = written(tmp_path, CHINA, CHINA | {"tags": ["desk", "editors"]}, CHINA | {"tags": ["nobody"]})
    told = alerts(found, TO_XI, recipients=(DESK, EDITORS))
    assert [alert.recipients for alert in told] == [(DESK,), (DESK, EDITORS), ()]


def test_a_recipient_without_tags_gets_everything(tmp_path: Path) -> None:
    everyone = Recipient("k3", "json://all.example", frozenset({ALWAYS}))
    (alert,) = alerts(written(tmp_path, CHINA), TO_XI, recipients=(EDITORS, everyone))
    assert alert.recipients == (everyone,)


# --- edits and deletions --------------------------------------------------------------------------------------------

TOUCHED = {"changes": ["edited", "deleted"], "kinds": ["message", "formula"]}


def test_an_edit_that_removes_a_formula_quotes_it(tmp_path: Path) -> None:
    (alert,) = edited(
        written(tmp_path, TOUCHED | {"kinds": ["formula"], "categories": ["traditional"]}), TO_XI, TO_XI[:-1]
    )
    assert alert.title.startswith("Edited, no longer there: China: “traditional DPRK-China friendship”")
    assert alert.body.startswith("Before: “The traditional DPRK-China friendship will live on.”\n\n")
    assert (alert.change, alert.revision) == ("edited", 2)


def test_an_edit_that_adds_a_formula_says_that_it_is_there_now(tmp_path: Path) -> None:
    (alert,) = edited(
        written(tmp_path, TOUCHED | {"kinds": ["formula"], "categories": ["traditional"]}), TO_XI[:-1], TO_XI
    )
    assert alert.title.startswith("Edited, now there: China: “traditional DPRK-China friendship”")
    assert alert.body.startswith("Now: “")


def test_an_edit_that_changes_a_phrase_quotes_both(tmp_path: Path) -> None:
    weaker = (*TO_XI[:-1], "The DPRK-China friendship will live on.")
    (alert,) = edited(
        written(
            tmp_path, TOUCHED | {"kinds": ["formula"], "partners": ["CN"], "codes": ["tr_friendship", "fr_friendship"]}
        ),
        TO_XI,
        weaker,
    )
    assert "Before: “The traditional DPRK-China friendship will live on.”" in alert.body
    assert "Now: “The DPRK-China friendship will live on.”" in alert.body


def test_an_edit_that_shortens_a_message_gives_both_lengths(tmp_path: Path) -> None:
    (alert,) = edited(written(tmp_path, TOUCHED | {"kinds": ["message"]}), TO_XI, TO_XI[:-1])
    assert "24 words" in alert.body
    assert "17 words" in alert.body


def test_an_edit_that_changes_the_person_or_post_of_an_appointment_alerts_with_both_texts() -> None:
    found = load_rules(FOLDER / "rules.toml")
    named = ("Session of the SPA", "Ri Example was appointed minister of Foreign Affairs of the DPRK.")
    for word, other in (("Ri Example", "Pak Example"), ("minister", "vice-minister")):
        corrected = (named[0], named[1].replace(word, other))
        (alert,) = edited(found, named, corrected)
        assert (alert.rule, alert.change, alert.events) == ("post-abroad", "edited", ())
        assert f"Before: “{named[1]}”\nNow: “{corrected[1]}”" in alert.body
        before, now = (text[1][:-1].replace("was ", "") for text in (named, corrected))
        assert alert.title == f"Edited: {before}; now: {now}"


def test_an_edit_that_only_rewords_an_appointment_or_a_meeting_does_not_alert() -> None:
    found = load_rules(FOLDER / "rules.toml")
    met = ("Kim Jong Un Meets Xi Jinping", "Kim Jong Un met Xi Jinping in Beijing.")
    assert edited(found, met, (met[0], "Kim Jong Un met Xi Jinping in Beijing on Monday.")) == []
    assert [alert.rule for alert in edited(found, met, ("Weather", "It rained in Beijing."))] == ["leader-contact"]
    named = ("Session of the SPA", "Ri Example was appointed minister of Foreign Affairs of the DPRK.")
    assert edited(found, named, (named[0], f"{named[1][:-1]} in accordance with a decision.")) == []


def test_an_edit_that_only_moves_a_phrase_does_not_alert(tmp_path: Path) -> None:
    moved = ("A Longer Headline: " + TO_XI[0], *TO_XI[1:])
    assert edited(written(tmp_path, TOUCHED), TO_XI, moved) == []


def test_only_rules_for_edits_alert_about_an_edit(tmp_path: Path) -> None:
    assert edited(written(tmp_path, CHINA), TO_XI, TO_XI[:-1]) == []


def test_a_deletion_says_what_the_article_had_said(tmp_path: Path) -> None:
    frame = articles(TO_XI)
    found = written(tmp_path, TOUCHED | {"kinds": ["message"]}, CHINA)
    (alert,) = rules.alerts(signals.detect(frame, house_lexicon()), frame, found, (DESK,), change="deleted", revision=1)
    assert alert.title.startswith("Deleted: Kim Jong Un → Xi Jinping")
    assert alert.body.startswith("The article was taken down. It had said:\n\n“Kim Jong Un sent")
    assert f"“{TO_XI[1]}”" in alert.body
    assert (alert.change, alert.events) == ("deleted", ()), "what was told before is not why it is told"


HOSTILE = "The hostile policy of the U.S. goes on."


@pytest.mark.parametrize(
    ("before", "after", "lost"),
    [
        (HOSTILE, HOSTILE, set()),
        (HOSTILE, f"It is cold. {HOSTILE}", set()),
        (HOSTILE, "The policy of the U.S. goes on.", {"US"}),
        (HOSTILE, "The hostile policy of Japan goes on.", {"US"}),  # the words are there, and said of another state
        (HOSTILE, 'It is what they call a "hostile policy" of the U.S.', {"US"}),
        ("The U.S. holds reckless talks.", 'Others say: "The U.S. holds reckless talks."', {"US"}),
        ("The U.S. holds reckless talks.", "The U.S. holds talks.", {"US"}),
    ],
)
def test_an_alert_of_a_text_is_borne_out_by_another_if_that_says_so_of_the_state_in_the_same_voice(
    tmp_path: Path, before: str, after: str, lost: set[str]
) -> None:
    found = written(tmp_path, {"kinds": ["formula"], "voices": ["own"]}, {"kinds": ["stance"], "codes": ["negative"]})
    texts = [articles(("A Day in January", text)) for text in (before, after)]
    was, now = (signals.detect(text, house_lexicon()) for text in texts)
    assert {partner for _, partner in rules.lost_signals(was, now, before, after, found)} == lost


# --- what no alert may carry ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("@everyone look", "＠everyone look"),
        ("<!channel> <@U123> <b>bold</b>", "‹!channel› ‹＠U123› ‹b›bold‹/b›"),
        ("[here](javascript:alert(1))", "[here] (javascript:alert(1))"),
        ("a\x00b\x1b[31mc\u202ed\u200be\ufefff", "ab[31mcdef"),
        ("`code`", "'code'"),
        ("조중친선 – “뜻”", "조중친선 – “뜻”"),
    ],
)
def test_a_pages_text_stays_text(text: str, safe: str) -> None:
    assert safe_text(text) == safe


@given(st.text())
def test_no_text_contains_a_tag_a_mention_or_a_control_character(text: str) -> None:
    safe = safe_text(text)
    assert not set(safe) & set("<>@`\x00\x1b\u202e\u200b\r")
    assert "](" not in safe


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://www.kcna.kp/en/a?b=c#d", True),
        ("https://paper.example/1", True),
        ("javascript:alert(1)", False),
        ("data:text/html,x", False),
        ("ftp://paper.example/1", False),
        ("//paper.example/1", False),
        ("http://", False),
        ("http://paper.example/a b", False),
        ('http://paper.example/"><script>', False),
        ("http://[paper.example/", False),
        ("", False),
    ],
)
def test_a_link_is_http_or_none(url: str, kept: bool) -> None:
    assert web_address(url) == (url if kept else "")


def test_hostile_words_of_an_article_reach_nobody_unescaped(tmp_path: Path) -> None:
    title = "@everyone {why} <script>alert(1)</script>\n\n[Juche] \u202eevil"
    frame = articles((title, TO_XI[1])).with_columns(url=pl.lit("javascript:alert(1)"))
    found = written(tmp_path, CHINA | {"title": "{headline}"})
    (alert,) = rules.alerts(signals.detect(frame, house_lexicon()), frame, found, (DESK,))
    for part in (alert.title, alert.body):
        assert not set(part) & set("<>@\u202e")
        assert "{why}" in part
    assert "\n" not in alert.title
    assert alert.url == ""
    assert "javascript" not in alert.body


def test_an_article_without_a_date_says_so(tmp_path: Path) -> None:
    frame = articles(TO_XI, day=None)
    (alert,) = rules.alerts(signals.detect(frame, house_lexicon()), frame, written(tmp_path, CHINA), (DESK,))
    assert "kcna (en), no date" in alert.body


# --- the shipped rules on real texts --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Ri Example was appointed DPRK ambassador to Laos.", "Ri Example appointed DPRK ambassador to Laos"),
        (
            "Pak Example was relieved of his post as minister of Foreign Affairs of the DPRK.",
            "Pak Example relieved as minister of Foreign Affairs of the DPRK",
        ),
        ("Han Example was appointed minister of Fisheries of the DPRK.", None),
        (
            "Kim Jong Un, president of the State Affairs of the DPRK, met with Xi Jinping, president of China.",
            "China: summit, Kim Jong Un and Xi Jinping (leaders' level)",
        ),
        (
            "Ri Example, minister of Rail of the DPRK, left here to visit Russia.",
            "Russia: visit, Ri Example (ministers' level)",
        ),
        ("Ri Example, minister of Rail of the DPRK, left here to visit Laos.", None),
        ("Pak Example, vice-minister of Rail of the DPRK, left here to visit Russia.", None),
        ("The Russian ambassador to the DPRK hosted a reception at his embassy.", None),
    ],
)
def test_the_shipped_rules_alert_about_posts_that_deal_with_other_states_and_ministers_meetings_with_the_three(
    sentence: str, told: str | None
) -> None:
    by = {"post-abroad", "leader-contact", "minister-contact"}
    found = [alert.title for alert in alerts(load_rules(FOLDER / "rules.toml"), sentence) if alert.rule in by]
    assert found == ([told] if told else [])


def test_the_shipped_rules_are_quiet_and_miss_no_exchange_of_the_leaders(shared: Path) -> None:
    frame = (
        pl.read_ndjson(shared / "data" / "kcna_en.jsonl")
        .with_columns(article=pl.col("url"), date=pl.col("date").str.to_date())
        .select(ARTICLES.names())
    )
    found = load_rules(FOLDER / "rules.toml")
    told = rules.alerts(signals.detect(frame, house_lexicon()), frame, found, (DESK,))
    assert 20 <= len(told) < 2 * frame["date"].n_unique()
    titles = {alert.title for alert in told if alert.rule == "leader-message" and "2024-10-0" in alert.body}
    assert {title.split(":")[0] for title in titles} >= {
        "Kim Jong Un → Xi Jinping",
        "Xi Jinping → Kim Jong Un",
        "Kim Jong Un → Vladimir Vladimirovich Putin",
    }


def test_an_alert_does_not_depend_on_the_other_recipients(tmp_path: Path) -> None:
    found = written(tmp_path, CHINA)
    (alone,), (beside,) = alerts(found, TO_XI), alerts(found, TO_XI, recipients=(DESK, EDITORS))
    assert alone == beside == replace(beside, recipients=(DESK,))


@pytest.mark.parametrize(
    ("occasion", "said"),
    [
        ("75th founding anniversary of the PRC", " on the 75th founding anniversary of the PRC"),
        ("Xi Jinping's election as president", " on Xi Jinping's election as president"),
        ("Kim Jong-un’s birthday", " on Kim Jong-un’s birthday"),
        ("his birthday", " on his birthday"),
        ("your birthday", " on the recipient's birthday"),
        ("historic day", " on the historic day"),
        ("수교 75돌", " on 수교 75돌"),
        ("", ""),
    ],
)
def test_an_occasion_is_given_in_english(occasion: str, said: str) -> None:
    assert on_occasion("congratulation", occasion) == said


def test_what_has_not_come_alerts_under_the_article_of_the_last_year_in_which_it_came(tmp_path: Path) -> None:
    found = written(tmp_path, {"findings": ["silence"], "partners": ["CN"]})
    part = Part("silence", "no greeting until 2021-10-08; it came in 2019, 2020", {}, "medium")
    earlier = Compared(date(2020, 10, 1), "Kim Jong Un → Xi Jinping", 120, article="a0", url="http://paper.example/0")
    china = Finding("kcna/en", "CN", date(2021, 10, 8), "silence out", "Pyongyang → China", (part,), (earlier,))
    others = replace(china, partner="RU"), replace(china, withdrawn_on=date(2021, 10, 9), withdrawn="it came")

    (alert,) = missing_alerts([china, *others], found, (DESK,))

    assert alert.title == "Pyongyang → China: no greeting until 2021-10-08; it came in 2019, 2020"
    assert "before: 2020-10-01 · Kim Jong Un → Xi Jinping · 120 words" in alert.body
    assert (alert.article, alert.url, alert.recipients) == ("a0", "http://paper.example/0", (DESK,))


# --- what was said lately -------------------------------------------------------------------------------------------


SWORN = ("A Reply", "The United States is the sworn enemy of the Korean people.")


@pytest.mark.parametrize(("days", "told"), [(1, 0), (30, 0), (31, 1)])
def test_a_rule_with_quiet_does_not_alert_about_a_phrase_that_the_edition_used_in_the_days_before(
    tmp_path: Path, days: int, told: int
) -> None:
    rule = written(tmp_path, {"kinds": ["formula"], "partners": ["US"], "quiet": 30})
    texts = articles(SWORN).with_columns(date=pl.lit(date(2024, 10, 1)))
    now = signals.detect(texts, house_lexicon())
    earlier = now.with_columns(date=pl.lit(date(2024, 10, 1) - timedelta(days=days)), article=pl.lit("earlier"))

    made = rules.alerts(
        now, texts, rule, (DESK,), past=Background(MessageHistory(()), (), Coverage({}), "kcna/en", earlier)
    )

    assert len(made) == told


def test_a_change_alerts_however_recently_something_similar_was_said(tmp_path: Path) -> None:
    rule = written(tmp_path, {"kinds": ["formula"], "partners": ["US"], "quiet": 30})
    day = date(2024, 10, 1)
    texts = articles(SWORN).with_columns(date=pl.lit(day))
    now = signals.detect(texts, house_lexicon())
    changed = Finding(
        "kcna/en", "US", day, "articles", "Pyongyang on United States", (Part("level", "the first after 60 days"),),
        (Compared(day, "A Reply", article=texts["article"][0]),),
    )  # fmt: skip
    earlier = now.with_columns(date=pl.lit(day - timedelta(days=1)), article=pl.lit("earlier"))

    past = Background(MessageHistory(()), (changed,), Coverage({}), "kcna/en", earlier)

    (alert,) = rules.alerts(now, texts, rule, (DESK,), past=past)
    assert alert.title == f"{changed.first_line}; A Reply"


def test_findings_on_many_articles_come_after_what_the_article_says(tmp_path: Path) -> None:
    day = date(2024, 10, 1)
    texts = articles(SWORN).with_columns(date=pl.lit(day))
    many = Finding(
        "kcna/en", "US", day, "articles", "United States in kcna/en", (Part("burst", "9 articles, where 1 was usual"),),
        (Compared(day, "A Reply", article=texts["article"][0]),),
    )  # fmt: skip
    past = Background(MessageHistory(()), (many,), Coverage({}), "kcna/en")

    rule = written(tmp_path, {"kinds": ["formula"], "partners": ["US"]})
    (alert,) = rules.alerts(signals.detect(texts, house_lexicon()), texts, rule, (DESK,), past=past)

    assert alert.title.startswith("United States: “sworn enemy”")
    assert alert.body.startswith("Also: United States in kcna/en: 9 articles, where 1 was usual")


def test_the_severity_in_a_template_is_that_of_the_alert_which_is_low_for_what_came_as_in_earlier_years(
    tmp_path: Path,
) -> None:
    day = date(2024, 10, 1)
    texts = articles(SWORN).with_columns(date=pl.lit(day))
    usual = Finding(
        "kcna/en", "US", day, "articles", "United States in kcna/en", (Part("burst", "9 articles, 8 were usual"),),
        (Compared(day, "A Reply", article=texts["article"][0]), Compared(date(2023, 10, 1), "A Reply", article="old")),
    )  # fmt: skip
    past = Background(MessageHistory(()), (usual,), Coverage({}), "kcna/en")

    rule = written(tmp_path, {"kinds": ["formula"], "partners": ["US"], "title": "{severity}: {partner}"})
    (alert,) = rules.alerts(signals.detect(texts, house_lexicon()), texts, rule, (DESK,), past=past)

    assert (alert.severity, alert.data["severity"], alert.title) == ("low", "low", "low: United States")


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (1, "the last was 1 day before"),
        (13, "the last was 13 days before"),
        (14, "first after 14 days; last on 2024-09-17"),
        (365, "the last was 365 days before"),
        (None, "first since 2023-08-29, where the archive begins"),
    ],
)
def test_the_first_line_of_an_alert_without_a_change_says_when_something_similar_was_last_said(
    tmp_path: Path, days: int | None, standing: str
) -> None:
    day = date(2024, 10, 1)
    texts = articles(SWORN).with_columns(date=pl.lit(day))
    now = signals.detect(texts, house_lexicon())
    earlier = now.head(0) if days is None else now.with_columns(date=pl.lit(day - timedelta(days=days)))
    coverage = Coverage({"kcna/en": {day - timedelta(days=n): 9 for n in range(400)}})

    (made,) = rules.alerts(
        now, texts, written(tmp_path, {"kinds": ["formula"], "partners": ["US"]}), (DESK,),
        past=Background(MessageHistory(()), (), coverage, "kcna/en", earlier),
    )  # fmt: skip

    assert made.title == f"United States: “sworn enemy” (hostile, -2), in Pyongyang's own voice: {standing}"


@pytest.mark.parametrize(
    ("message", "rule", "severity"),
    [
        ("Kim Jong Un received a message of greeting from Xi Jinping, president of China.", "leader-message", "high"),
        (
            "Kim Jong Un received a message of greeting from Jan Example, chairman of the United Russia Party.",
            "leader-message",
            "high",
        ),
        (
            "Kim Jong Un received a message of greeting from Jan Example, chairman of the Communist Party of Russia.",
            "leader-message-unofficial",
            "low",
        ),
        ("Kim Jong Un received a gift from Jan Example, minister of Defence of Russia.", "leader-gift", "medium"),
        ("Kim Jong Un received a gift from Jan Example, president of a Russian trading company.", "", ""),
        (
            (
                "The Central Committee of the Workers' Party of Korea received a message of condolence from Jan "
                "Example, first secretary of the Socialist Workers' Party of the U.S."
            ),
            "",
            "",
        ),
        (
            (
                "The chairman of the Central Committee of the DPRK Red Cross Society sent a letter to the president of "
                "the Red Cross of south Korea."
            ),
            "letter-to-the-south",
            "medium",
        ),
    ],
)
def test_a_message_from_somebody_without_an_office_is_of_low_severity_and_a_gift_does_not_alert(
    message: str, rule: str, severity: str
) -> None:
    told = alerts(load_rules(FOLDER / "rules.toml", house_lexicon()), message)
    assert [(each.rule, each.severity) for each in told] == ([(rule, severity)] if rule else [])
