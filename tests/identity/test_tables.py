"""Persons, occasions and dates, by the tables beside this file; nothing is ever guessed."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from sunchi.identity.dates import message_date
from sunchi.identity.occasions import Occasions, Said
from sunchi.identity.parties import Party
from sunchi.identity.resolver import Resolver
from tests.detecting import house_lexicon
from tests.signals.tables import rows, written

Row = dict[str, str]
HERE = Path(__file__).parent


@cache
def resolver() -> Resolver:
    return Resolver(house_lexicon())


@cache
def occasions() -> Occasions:
    return Occasions(house_lexicon(), resolver().people)


def table(name: str, *shown: str) -> pytest.MarkDecorator:
    """Give the test each row of a table."""
    found = rows(HERE / f"{name}.md")
    return pytest.mark.parametrize("row", found, ids=[" ".join(row[column] for column in shown) for row in found])


def day(cell: str) -> date | None:
    return None if cell == "none" else date.fromisoformat(cell)


@table("names", "one person", "lang")
def test_all_spellings_of_a_name_are_one_person_and_others_are_others(row: Row) -> None:
    assert {who(name, row) for name in names(row["one person"])} == {row["id"]}
    assert row["id"] == "" or row["id"] not in {who(name, row) for name in names(row["≠"])}


def who(name: str, row: Row) -> str:
    person = resolver().people.find(name, row["lang"], row["state"])
    return person.id if person else ""


def names(cell: str) -> list[str]:
    return [name for name in cell.split("; ") if name]


@table("parties", "words", "state", "day")
def test_a_party_is_resolved_from_its_words(row: Row) -> None:
    party = Party(row["words"], row["lang"], row["state"])
    found = resolver().party(party, day(row["day"]), named=row["named"] == "yes", quote=row["text"])
    assert (written(found.id), written(found.level)) == (row["id"], row["level"])


@table("occasions", "words", "day")
def test_an_occasion_is_the_one_that_fits_words_date_and_number(row: Row) -> None:
    said = Said(row["words"], row["lang"], row["partner"], row["to"], row["direction"], day(row["day"]))
    found = occasions().find(said)
    assert (written(found.id), written(found.round)) == (row["id"], row["round"])


@table("dates", "words", "published")
def test_a_message_has_the_latest_matching_date_before_its_article(row: Row) -> None:
    assert message_date(row["words"], row["lang"], day(row["published"])) == day(row["day"])


def test_a_party_that_no_file_knows_is_the_same_by_its_name_in_one_language_alone() -> None:
    lexicon = house_lexicon()
    known = Party("the Friends of the Blue Teapot", "en", "CN").key(lexicon)
    assert known == Party("The Friends of the  Blue Teapot", "en", "CN").key(lexicon) != ""
    assert known != Party("the Friends of the Blue Teapot", "es", "CN").key(lexicon)
    assert known != Party("the Friends of the Green Teapot", "en", "CN").key(lexicon)
    assert Party(" ", "en", "CN").key(lexicon) == ""
