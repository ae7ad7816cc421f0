"""Signals come back as they were found, and only those of current texts."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from sunchi.model import SIGNALS
from sunchi.store import Store
from tests.store.making import HOUR, NOW, id_of, link, parsed, signals

TALKS, VISIT = id_of("talks"), id_of("visit")


def partners(store: Store, **asked: object) -> list[str]:
    return store.signals(**asked)["partner"].to_list()  # type: ignore[arg-type]


def test_signals_come_back_as_they_were_found(store: Store) -> None:
    rows = [
        signals(TALKS, "CN").row(0, named=True),
        signals(TALKS, "").row(0, named=True) | {"value": None, "start": None, "end": None, "detail": None},
        signals(TALKS, "RU").row(0, named=True)
        | {"kind": "message", "quote": "친선", "detail": {"from": "KP", "full_text": False, "salutation": 2}},
    ]
    found = pl.DataFrame(rows, schema=SIGNALS)
    store.save(parsed(link(), "talks", signals=found))
    assert_frame_equal(store.signals(), found)


def test_a_store_without_signals_gives_an_empty_frame_of_the_schema(store: Store) -> None:
    assert_frame_equal(store.signals(), pl.DataFrame(schema=SIGNALS))


def test_a_revision_has_its_own_signals_and_those_of_the_old_text_are_no_longer_shown(store: Store) -> None:
    store.save(parsed(link(), "talks", signals=signals(TALKS, "CN", "RU")))
    store.save(parsed(link(), "failed talks", NOW + HOUR, signals=signals(TALKS, "US")))
    assert partners(store) == ["US"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["CN", "RU", "US"]),
        ({"since": date(2021, 1, 9)}, ["US"]),
        ({"until": date(2021, 1, 8)}, ["CN", "RU"]),
        ({"since": date(2021, 1, 8), "until": date(2021, 1, 9)}, ["CN", "RU", "US"]),
        ({"kinds": ["attention"]}, ["CN", "RU", "US"]),
        ({"kinds": ["message", "formula"]}, []),
        ({"kinds": []}, []),
        ({"partner": "CN"}, ["CN"]),
        ({"source": "rodong"}, []),
        ({"lang": "en", "source": "kcna"}, ["CN", "RU", "US"]),
        ({"article": VISIT}, ["US"]),
    ],
)
def test_signals_are_selected_by_day_kind_partner_source_and_article(
    store: Store, asked: dict[str, object], found: list[str]
) -> None:
    store.save(parsed(link("a"), "talks", signals=signals(TALKS, "CN", "RU")))
    store.save(parsed(link("b", date=date(2021, 1, 9)), "visit", signals=signals(VISIT, "US")))
    assert partners(store, **asked) == found
