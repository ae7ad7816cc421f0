"""Alerts about statements: the speaker's level, the stance to a state, and the place in the paper."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi import signals
from sunchi.alerts import rules
from sunchi.alerts.rules import load_rules
from sunchi.model import PLACE, Alert, Recipient
from tests.detecting import FOLDER, articles, house_lexicon

DESK = Recipient("desk", "somewhere", frozenset({"desk"}))

STATEMENT = ("Statement of DPRK Foreign Ministry", "The U.S. imperialists went too far.")
PRESS = ("Press Statement of Vice Foreign Minister of DPRK", "The U.S. imperialists went too far.")
REPORT = ("Drills Staged", "The U.S. imperialists staged drills.")
FRIENDLY = ("Statement of DPRK Foreign Ministry", "The DPRK wished Russia prosperity.")


def told(*texts: tuple[str, ...], found: rules.Rules | None = None, **place: int) -> list[Alert]:
    frame = articles(*texts).with_columns(pl.lit(place.get(name), kind).alias(name) for name, kind in PLACE.items())
    found = found or load_rules(FOLDER / "rules.toml")
    return rules.alerts(signals.detect(frame, house_lexicon()), frame, found, (DESK,))


def written(folder: Path, **conditions: Any) -> rules.Rules:
    lines = [f"{key} = {value!r}".replace("'", '"') for key, value in conditions.items()]
    head = '[[rule]]\nid = "one"\nseverity = "low"\ntags = ["desk"]\nwhy = "It matters."\n'
    (folder / "rules.toml").write_text(head + "\n".join(lines), encoding="utf-8")
    return load_rules(folder / "rules.toml", house_lexicon())


def test_a_ministrys_statement_against_one_of_the_three_is_urgent() -> None:
    assert [(a.rule, a.severity, a.partner) for a in told(STATEMENT)] == [("statement-against", "high", "US")]


def test_a_press_statement_alerts_once_and_less_urgently() -> None:
    assert [(a.rule, a.severity, a.partner) for a in told(PRESS)] == [("press-statement-against", "medium", "US")]


def test_a_report_and_a_friendly_statement_are_neither() -> None:
    assert [a.rule for a in told(REPORT, FRIENDLY) if a.rule.endswith("against")] == []


@pytest.mark.parametrize(
    ("conditions", "count"),
    [
        ({"kinds": ["stance"], "authority": 7}, 1),
        ({"kinds": ["stance"], "authority": 7.5}, 0),
        ({"kinds": ["stance"], "authority_below": 7}, 0),
        ({"kinds": ["authority"], "authority": 6, "authority_below": 8}, 1),
        ({"kinds": ["attention"], "authority": 1}, 0),  # what has no height is not high
    ],
)
def test_a_rule_may_have_a_condition_on_the_level_of_the_voice(
    tmp_path: Path, conditions: dict[str, Any], count: int
) -> None:
    assert len(told(STATEMENT, found=written(tmp_path, **conditions))) == count


@pytest.mark.parametrize(
    ("kind", "text", "place", "says"),
    [
        ("stance", STATEMENT, {},
         "DPRK Foreign Ministry against the United States; “The U.S. imperialists went too far.”"),
        ("stance", REPORT, {}, "kcna against the United States; Drills Staged"),
        ("stance", ("Talks Held", "The DPRK and Mongolia held talks."), {}, "Mongolia: neutral (0)"),
        ("authority", STATEMENT, {}, "Foreign Ministry statement (level 7 of 10), by DPRK Foreign Ministry"),
        ("authority", REPORT, {}, "report (level 1 of 10)"),
        ("placement", REPORT, {"page": 1, "pages": 6, "entries": 30, "photos": 1}, "page 1 of 6, 1 photo"),
        ("placement", REPORT, {"page": 4}, "page 4"),
        ("placement", REPORT, {"position": 7, "entries": 30, "pages": 6}, "on the list, number 7 of 30"),
        ("placement", ("U.S. Envoy Leaves",), {"position": 7}, "a line on the list only, number 7"),
        ("placement", ("U.S. Envoy Leaves",), {"photos": 3}, "pictures without a text, 3 photos"),
    ],
)  # fmt: skip
def test_a_statement_is_described_in_words(
    tmp_path: Path, kind: str, text: tuple[str, ...], place: dict[str, int], says: str
) -> None:
    (alert,) = told(text, found=written(tmp_path, kinds=[kind]), **place)
    assert alert.title == says
