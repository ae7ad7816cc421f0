"""What analysts published of texts that we have, found again from the texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sunchi import signals, text
from sunchi.model import ARTICLES
from tests.detecting import house_lexicon


def articles(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def read(article: dict[str, Any]) -> pl.DataFrame:
    day = date.fromisoformat(article["date"])
    row = ("a", article["source"], "en", article["url"], day, article["title"], article["paragraphs"])
    return signals.detect(pl.DataFrame([row], schema=ARTICLES, orient="row"), house_lexicon())


def sent_by_kim(shared: Path, day: str, partner: str) -> tuple[dict[str, Any], pl.DataFrame, dict[str, Any]]:
    """The article of a day that gives Kim Jong Un's message to a partner: it, its signals, its message."""
    for article in articles(shared / "data" / "kcna_en.jsonl"):
        if article["date"] == day:
            found = read(article)
            sent = pl.col("kind").eq("message") & pl.col("partner").eq(partner)
            for message in found.filter(sent).iter_rows(named=True):
                if message["detail"]["direction"] == "out" and message["detail"]["from"] == "Kim Jong Un":
                    return article, found, message
    raise LookupError(f"no message to {partner} on {day}")


def words(article: dict[str, Any]) -> int:
    """All words of an article but dateline and end mark."""
    body = text.plain("\n".join(article["paragraphs"]))
    return text.count_words(text.blank(body, text.frame(body)), "en")


def codes(found: pl.DataFrame, partner: str) -> set[str]:
    return set(found.filter(pl.col("kind").eq("formula") & pl.col("partner").eq(partner))["code"])


def test_the_founding_article_contrasts_long_standing_and_special_with_traditional(shared: Path) -> None:
    (article,) = (a for a in articles(shared / "data" / "hani_en.jsonl") if a["date"] == "2021-01-13")
    found = read(article)
    assert "sp_relations" in codes(found, "CN")
    assert codes(found, "RU") == {"tr_friendship"}
    strength = dict(
        found.filter(pl.col("code").is_in(["sp_relations", "tr_friendship"])).select("partner", "value").rows()
    )
    assert strength["CN"] > strength["RU"]


def test_kim_calls_putin_his_closest_comrade_and_xi_by_his_title(shared: Path) -> None:
    _, found, to_putin = sent_by_kim(shared, "2024-10-08", "RU")
    assert to_putin["detail"]["salutation"] == 2
    assert "sal_closest" in codes(found, "RU")
    _, found, to_xi = sent_by_kim(shared, "2024-10-06", "CN")
    assert to_xi["detail"]["salutation"] == 1
    assert "sal_closest" not in codes(found, "CN")


def test_the_message_to_xi_is_the_longer_and_the_cooler(shared: Path) -> None:
    xi, of_xi, _ = sent_by_kim(shared, "2024-10-06", "CN")
    putin, of_putin, _ = sent_by_kim(shared, "2024-10-08", "RU")
    assert words(xi) == 321
    assert words(putin) == pytest.approx(296, abs=2)  # the analyst's count; how "-" was counted then is not known
    for stem, in_xi, in_putin in (("strateg", 0, 3), ("alliance", 0, 1)):
        counted = [len(re.findall(stem, " ".join(a["paragraphs"]), re.IGNORECASE)) for a in (xi, putin)]
        assert counted == [in_xi, in_putin]
    warm = {"inv_alliance", "inv_strategic", "st_partnership", "su_stand"}
    assert warm <= codes(of_putin, "RU")
    assert not warm & codes(of_xi, "CN")
