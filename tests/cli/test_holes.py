"""An archive with holes: every command gives the same answer to what is missing, and to what is the first."""

from __future__ import annotations

import json
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest

from sunchi.alerts.comparison import Background
from sunchi.alerts.rules import alerts, load_rules, missing_alerts
from sunchi.cli.inputs import past_of_files
from sunchi.history.baseline import MessageHistory
from sunchi.history.compare import compare, compare_new
from tests.cli.command import Sunchi
from tests.detecting import FOLDER, house_lexicon
from tests.history.making import FRIENDSHIP, WISH, Written, headline, letter, quiet

MET = date(2024, 12, 2)
SINCE = "since 2024-01-01; May to December 2021 and 2023 not known; the last known on 2022-06-01"
MISSING = (
    "Pyongyang → China: no greeting by a leader (74th anniversary of the founding of the People's Republic of China) "
    "until 2024-10-08; it came in 2022, 2023, last on 2023-10-01"
)
VISIT = ("Talks Held", ("Kim Jong Un met and had a talk with Xi Jinping in Beijing.",))


def _written() -> list[Written]:
    """2022 and 2024 by texts; of 2023 a letter and headlines alone, from March to August nothing."""
    headlines = [headline(date(2023, 9, 1) + timedelta(days=n), f"Farmers of County {n} Sow Rice") for n in range(100)]
    letters = [letter(date(year, 10, 1), FRIENDSHIP, WISH) for year in (2022, 2023)]
    mali = [headline(date(year, 5, 22), "Greetings to President of Mali") for year in (2021, 2022)]
    texts = [*quiet(date(2022, 1, 1), date(2022, 12, 31)), *quiet(date(2024, 1, 1), date(2024, 12, 31))]
    return [*texts, *headlines, *letters, *mali, (date(2022, 6, 1), *VISIT), (MET, *VISIT)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("holes") / "articles.jsonl"
    lines = [
        {"id": f"a{n}", "source": "kcna", "lang": "en", "date": str(day), "title": title, "paragraphs": paragraphs}
        for n, (day, title, paragraphs) in enumerate(_written())
    ]
    path.write_text("\n".join(map(json.dumps, lines)))
    return path


def _report(sunchi: Sunchi, file: Path, since: str, until: str) -> str:
    page = file.parent / f"{since}.html"
    sunchi("report", str(file), "--since", since, "--until", until, "--out", str(page))
    return unescape(page.read_text())


def test_what_is_missing_is_the_same_in_the_same_words_in_all_places(sunchi: Sunchi, file: Path) -> None:
    past = past_of_files([file], house_lexicon())
    found = compare(past.signals, MessageHistory.of(past.signals, past.articles, house_lexicon()), past.coverage,
                    house_lexicon(), past.articles)  # fmt: skip
    due = sunchi("due", str(file), "--on", "2024-12-31", "--days", "120", "--json").rows

    assert [row["words"] for row in sunchi("findings", str(file), "--kind", "silence", "--json").rows] == [MISSING]
    assert [row["words"] for row in due if row["state"] == "missing"] == [MISSING]
    assert _report(sunchi, file, "2024-10-01", "2024-10-31").count(MISSING) >= 2  # among the findings, and as due
    rules = load_rules(FOLDER / "rules.toml", house_lexicon())
    assert [alert.title for alert in missing_alerts(found, rules, ())] == [MISSING]
    assert "nothing" in sunchi("series", "CN", "cn_day", str(file)).out


def test_what_may_have_come_in_a_hole_is_missing_nowhere(sunchi: Sunchi, file: Path) -> None:
    due = sunchi("due", str(file), "--on", "2024-06-01", "--days", "400", "--partner", "ML", "--json").rows

    assert [(row["state"], row["trouble"]) for row in due if row["by"] == "archive"] == [
        ("not known", "the archive has not all days of that time")
    ]
    assert not sunchi("findings", str(file), "--partner", "ML", "--json").rows
    assert "Mali: no " not in _report(sunchi, file, "2023-05-01", "2023-06-30")


def test_what_is_the_first_is_said_with_the_time_since_when_it_could_be_known(sunchi: Sunchi, file: Path) -> None:
    (words,) = [row["words"] for row in sunchi("findings", str(file), "--kind", "contact", "--json").rows]
    past = past_of_files([file], house_lexicon())
    new = past.articles.filter(past.articles["date"] == MET)["article"].to_list()
    history, found = compare_new(past.signals, past.articles, past.coverage, house_lexicon(), new)
    background = Background(history, found, past.coverage, "kcna/en", past.signals)
    told = alerts(
        past.signals.filter(past.signals["date"] == MET), past.articles.filter(past.articles["date"] == MET),
        load_rules(FOLDER / "rules.toml", house_lexicon()), (), past=background,
    )  # fmt: skip

    assert words == f"China, Kim Jong Un and Xi Jinping: summit, the first contact at leaders' level {SINCE}"
    assert {alert.title for alert in told} == {words}
    assert words in _report(sunchi, file, "2024-12-01", "2024-12-31")
